//! The keys of the standard for the keys of the model, where one says what the other does.

use super::Kind;
use crate::format::odcs::read::Promise;

/// What names an element, the first that is there.
pub(super) const NAMES: &[&str] =
    &["username", "name", "server", "channel", "property", "role", "metric", "rule", "synonym", "to", "id", "type"];

/// Keys of the model whose values the standard writes as the model has them.
pub(super) const ALIKE: &[&str] = &[
    "classification",
    "critical",
    "description",
    "domain",
    "format_version",
    "id",
    "is_primary_key",
    "physical_name",
    "status",
    "synonyms",
    "tags",
    "tenant",
    "title",
    "unique",
    "version",
];

/// The keys that lead to what the model has under a key; `None` where the standard has none for it.
pub(super) fn keys(kind: Kind, key: &str) -> Option<&'static [&'static str]> {
    let table: &[(&str, &'static [&'static str])] = match kind {
        Kind::Contract => &[
            ("id", &["id"]),
            ("format_version", &["apiVersion"]),
            ("version", &["version"]),
            ("status", &["status"]),
            ("tenant", &["tenant"]),
            ("domain", &["domain"]),
            ("tags", &["tags"]),
        ],
        Kind::Publisher => &[("team", &["team", "name"])],
        Kind::Terms => &[("usage", &["usage"]), ("limitations", &["limitations"])],
        Kind::Price => &[("amount", &["priceAmount"]), ("currency", &["priceCurrency"]), ("per", &["priceUnit"])],
        Kind::Role => &[("name", &["role"]), ("allows", &["access"]), ("description", &["description"])],
        Kind::Promise => &[
            ("metric_type", &["property"]),
            ("threshold", &["value"]),
            ("timestamp_field", &["element"]),
            ("measurement_method", &["description"]),
            ("check_every", &["schedule"]),
        ],
        Kind::Dataset => &[
            ("name", &["name"]),
            ("id", &["id"]),
            ("title", &["businessName"]),
            ("description", &["description"]),
            ("physical_name", &["physicalName"]),
            ("medium", &["physicalType"]),
            ("grain", &["dataGranularityDescription"]),
            ("schema", &["properties"]),
            ("fields", &["properties"]),
            ("tags", &["tags"]),
            ("deprecated", &["deprecated"]),
        ],
        Kind::Field => &[
            ("name", &["name"]),
            ("id", &["id"]),
            ("title", &["businessName"]),
            ("synonyms", &["synonyms"]),
            ("description", &["description"]),
            ("physical_name", &["physicalName"]),
            ("physical_type", &["physicalType"]),
            ("precision", &["physicalType"]),
            ("scale", &["physicalType"]),
            ("nullable", &["required"]),
            ("unique", &["unique"]),
            ("is_primary_key", &["primaryKey"]),
            ("classification", &["classification"]),
            ("critical", &["criticalDataElement"]),
            ("format", &["logicalTypeOptions", "format"]),
            ("embedding_model", &["logicalTypeOptions", "embeddingModel"]),
            ("example_value", &["examples"]),
            ("fields", &["properties"]),
            ("tags", &["tags"]),
            ("deprecated", &["deprecated"]),
        ],
        Kind::Semantics => &[("role", &["semanticType"]), ("derivation", &["transformLogic"])],
        Kind::Listed => {
            &[("value", &["value"]), ("label", &["label"]), ("description", &["description"]), ("id", &["id"])]
        }
        Kind::ForeignKey => {
            &[("fields", &["from"]), ("references", &["to"]), ("referenced_fields", &["to"]), ("id", &["id"])]
        }
        Kind::Rule => &[
            ("name", &["name"]),
            ("id", &["id"]),
            ("check", &["rule"]),
            ("metric", &["metric"]),
            ("arguments", &["arguments"]),
            ("query", &["query"]),
            ("engine", &["engine"]),
            ("implementation", &["implementation"]),
            ("unit", &["unit"]),
            ("must_be", &["mustBe"]),
            ("must_not_be", &["mustNotBe"]),
            ("must_be_greater_than", &["mustBeGreaterThan"]),
            ("must_be_greater_or_equal_to", &["mustBeGreaterOrEqualTo"]),
            ("must_be_less_than", &["mustBeLessThan"]),
            ("must_be_less_or_equal_to", &["mustBeLessOrEqualTo"]),
            ("must_be_between", &["mustBeBetween"]),
            ("must_not_be_between", &["mustNotBeBetween"]),
            ("severity", &["severity"]),
            ("dimension", &["dimension"]),
            ("description", &["description"]),
            ("check_every", &["schedule"]),
            ("tags", &["tags"]),
        ],
        _ => return None,
    };
    table.iter().find(|(name, _)| *name == key).map(|(_, keys)| *keys)
}

/// The service level that a key of the model is about.
pub(super) fn promise(of_lifecycle: bool, key: &str) -> Option<Promise> {
    Some(match (of_lifecycle, key) {
        (false, "availability") => Promise::Availability,
        (false, "throughput") => Promise::Throughput,
        (false, "error_rate") => Promise::ErrorRate,
        (false, "retention") => Promise::Retention,
        (false, "cadence") => Promise::Cadence,
        (false, "ready_by") => Promise::ReadyBy,
        (false, "detect_within") => Promise::Detect,
        (false, "notify_within") => Promise::Notify,
        (false, "repair_within") => Promise::Repair,
        (true, "available_from") => Promise::AvailableFrom,
        (true, "support_until") => Promise::SupportUntil,
        (true, "sunset_on") => Promise::SunsetOn,
        _ => return None,
    })
}
