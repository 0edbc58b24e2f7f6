//! What people write who come from the Data Contract Specification, from ODCS 2, from SQL or from another tool.

use super::Habit;
use super::Instead::{self, Depends, Do, Key};
use super::quality::METRIC_OF_RULE;
use crate::format::odcs::version::Version;
use crate::source::words::quoted;
use crate::source::{Node, Value};

const fn habit(words: &'static [&'static str], instead: Instead) -> Habit {
    Habit { words, instead }
}

pub(super) const ROOT_HABITS: &[Habit] = &[
    habit(&["uuid"], Key("id")),
    habit(&["title"], Key("name")),
    habit(&["datasetDomain"], Key("domain")),
    habit(&["quantumName"], Key("dataProduct")),
    habit(&["dataset", "datasets", "tables", "models", "objects"], Key("schema")),
    habit(&["stakeholders"], Key("team")),
    habit(&["sla", "slas", "serviceLevels"], Key("slaProperties")),
    habit(&["slaDefaultColumn"], Key("slaDefaultElement")),
    habit(&["channels"], Key("support")),
    habit(&["owner", "owners", "publisher"], Do("write `team`, with its `name` and `members`")),
    habit(&["contact", "contacts", "email"], Do("write it as an item of `support`, with `channel` and `url`")),
    habit(
        &["quality", "rules"],
        Do("rules belong to what they are about: move them into `quality` of an object or a property"),
    ),
    habit(&["terms"], Do("write `usage` and `limitations` in `description`")),
    habit(&["links"], Do("write each as an item of `authoritativeDefinitions`, with `type` and `url`")),
    habit(&["metadata", "extensions"], Do("write each as an item of `customProperties`, with `property` and `value`")),
    habit(
        &["lineage"],
        Do("properties have it: `transformSourceObjects`, `transformLogic` and `transformDescription`"),
    ),
    habit(&["definitions"], Do("the standard has no definitions to refer to: write them out where they are used")),
    habit(
        &["properties", "fields", "columns"],
        Do("they belong to an object: `schema: [{name: ..., properties: [...]}]`"),
    ),
];

pub(super) const OBJECT_HABITS: &[Habit] = &[
    habit(&["columns", "fields"], Key("properties")),
    habit(&["table", "tableName"], Key("name")),
    habit(&["type", "tableType"], Key("physicalType")),
    habit(&["title", "label"], Key("businessName")),
    habit(&["comment", "doc"], Key("description")),
    habit(&["dataGranularity", "grain"], Key("dataGranularityDescription")),
    habit(&["primaryKey", "primaryKeys", "keys"], Do("write `primaryKey: true` at each property of the key")),
    habit(
        &["foreignKeys", "references"],
        Do("write `relationships: [{from: object.property, to: object.property}]` (ODCS 3.1.0 and later)"),
    ),
    habit(&["priorTableName"], Do("write it as an item of `customProperties`")),
    habit(&["metadata"], Do("write each as an item of `customProperties`, with `property` and `value`")),
];

pub(super) const PROPERTY_HABITS: &[Habit] = &[
    habit(&["nullable", "isNullable", "null"], Depends(required_of_nullable)),
    habit(&["notNull", "mandatory", "isRequired"], Key("required")),
    habit(&["type", "dataType", "columnType"], Depends(type_of)),
    habit(&["isPrimaryKey", "primary", "pk"], Key("primaryKey")),
    habit(&["isUnique"], Key("unique")),
    habit(
        &["pii", "isPii", "personal", "isPersonal", "sensitive"],
        Do("write `classification`, such as `classification: restricted`, or an item of `customProperties`, \
            such as `{property: pii, value: true}`"),
    ),
    habit(&["column", "columnName", "field"], Key("name")),
    habit(&["title", "label"], Key("businessName")),
    habit(&["comment", "doc"], Key("description")),
    habit(&["fields", "columns"], Key("properties")),
    habit(&["example", "sampleValues", "sampleValue"], Do("write `examples`, a list")),
    habit(&["encryptedColumnName"], Key("encryptedName")),
    habit(&["partitionStatus", "isPartitioned", "partition", "partitionKey"], Key("partitioned")),
    habit(&["clusterStatus", "clusterKeyPosition"], Do("write it as an item of `customProperties`")),
    habit(&["criticalDataElementStatus", "cde", "isCritical", "critical"], Key("criticalDataElement")),
    habit(&["transformSourceTables"], Key("transformSourceObjects")),
    habit(
        &["length", "size"],
        Do("write `logicalTypeOptions: {maxLength: ...}`, or the `physicalType`, such as `varchar(40)`"),
    ),
    habit(&["precision", "scale"], Do("write it into `physicalType`, such as `decimal(12,2)`")),
    habit(&["default", "defaultValue"], Do("the standard has no default values: write an item of `customProperties`")),
    habit(
        &["references", "reference", "foreignKey", "isForeignKey", "fk"],
        Do("write `relationships: [{to: object.property}]` (ODCS 3.1.0 and later)"),
    ),
    habit(
        &["enumValues", "allowedValues", "values", "validValues"],
        Do("write `enum: [{value: ...}]` (ODCS 3.2.0), or a rule with `metric: invalidValues` and \
            `arguments: {validValues: [...]}` (3.1.0)"),
    ),
    habit(&["unit"], Do("the standard has no unit of properties: write an item of `customProperties`")),
    habit(&["metadata"], Do("write each as an item of `customProperties`, with `property` and `value`")),
];

pub(super) const SERVER_HABITS: &[Habit] = &[
    habit(&["name"], Key("server")),
    habit(&["url", "uri"], Do("write `location`, or `host` and `port`, as the type of the server has it")),
    habit(&["db", "dbname", "databaseName"], Key("database")),
    habit(&["topic", "table", "tables"], Do("it is the `physicalName` of the object in `schema`")),
    habit(
        &["user", "username", "password", "token"],
        Do("remove it: a contract holds no credentials, and tools that connect take them from their environment"),
    ),
    habit(&["stagingDirectory"], Key("stagingDir")),
];

pub(in crate::format::odcs) const RULE_HABITS: &[Habit] = &[
    habit(
        &[
            "mustBeGreaterThanOrEqualTo",
            "mustBeGreaterThanOrEqual",
            "mustBeGreaterOrEqual",
            "mustBeGreaterThanOrEquals",
            "mustBeAtLeast",
        ],
        Key("mustBeGreaterOrEqualTo"),
    ),
    habit(
        &[
            "mustBeLessThanOrEqualTo",
            "mustBeLessThanOrEqual",
            "mustBeLessOrEqual",
            "mustBeLessThanOrEquals",
            "mustBeAtMost",
        ],
        Key("mustBeLessOrEqualTo"),
    ),
    habit(&["mustBeGreater", "mustBeMoreThan"], Key("mustBeGreaterThan")),
    habit(&["mustBeLess", "mustBeLower", "mustBeLowerThan"], Key("mustBeLessThan")),
    habit(&["mustBeEqual", "mustBeEqualTo", "mustEqual"], Key("mustBe")),
    habit(&["mustNotBeEqual", "mustNotBeEqualTo", "mustNotEqual"], Key("mustNotBe")),
    habit(&["rule"], Depends(metric_of)),
    habit(&["sql"], Key("query")),
    habit(&["code", "toolRuleName"], Key("name")),
    habit(&["templateName", "toolName", "tool"], Key("engine")),
];

/// `nullable` says the opposite of `required`.
fn required_of_nullable(value: &Node, _: Version) -> String {
    match value.value {
        Value::Bool(false) => "write `required: true`".to_owned(),
        Value::Bool(true) => {
            "leave it out, or write `required: false`: values may be null unless they are required".to_owned()
        }
        _ => "write `required`: `required: true` means that no value is null".to_owned(),
    }
}

/// The type of a property stands in two keys: what it means, and what the database calls it.
fn type_of(value: &Node, _: Version) -> String {
    const LOGICAL: [&str; 11] =
        ["string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean", "map", "vector"];
    match value.text() {
        Some(text) if LOGICAL.contains(&text) => format!("write `logicalType: {text}`"),
        Some(text) => {
            let physical = quoted(&format!("physicalType: {text}"));
            format!("write {physical}, and the nearest `logicalType`, such as `string` or `number`")
        }
        None => "write `logicalType` for what it means, `physicalType` for what the database calls it".to_owned(),
    }
}

/// What a rule of 3.0 is since 3.1.
fn metric_of(value: &Node, _: Version) -> String {
    let metric = value.text().and_then(|rule| METRIC_OF_RULE.iter().find(|(name, _)| *name == rule));
    match metric {
        Some((_, metric)) => format!("write `metric: {metric}`"),
        None => "write `metric` with what is measured: nullValues, missingValues, invalidValues, duplicateValues or \
                 rowCount"
            .to_owned(),
    }
}
