//! The keys of the standard's elements: in which order its examples have them, and since which version.

use super::super::keys::Shape;
use super::super::version::Version::{self, V3_0_0, V3_0_1, V3_1_0, V3_2_0};

/// The keys of an element in the order in which the examples of the standard have them, each with the version that it came
/// with.
pub(super) type Order = &'static [(&'static str, Version)];

pub(super) const ROOT: Order = &[
    ("apiVersion", V3_0_0),
    ("kind", V3_0_0),
    ("id", V3_0_0),
    ("name", V3_0_0),
    ("version", V3_0_0),
    ("status", V3_0_0),
    ("tenant", V3_0_0),
    ("domain", V3_0_0),
    ("dataProduct", V3_0_0),
    ("contractCreatedTs", V3_0_0),
    ("description", V3_0_0),
    ("tags", V3_0_0),
    ("authoritativeDefinitions", V3_0_1),
    ("context", V3_2_0),
    ("servers", V3_0_0),
    ("schema", V3_0_0),
    ("price", V3_0_0),
    ("team", V3_0_0),
    ("roles", V3_0_0),
    ("slaDefaultElement", V3_0_0),
    ("slaProperties", V3_0_0),
    ("support", V3_0_0),
    ("customProperties", V3_0_0),
];

pub(super) const OBJECT: Order = &[
    ("id", V3_1_0),
    ("name", V3_0_0),
    ("physicalName", V3_0_0),
    ("logicalType", V3_0_0),
    ("physicalType", V3_0_0),
    ("businessName", V3_0_0),
    ("synonyms", V3_2_0),
    ("description", V3_0_0),
    ("deprecated", V3_2_0),
    ("authoritativeDefinitions", V3_0_0),
    ("tags", V3_0_0),
    ("dataGranularityDescription", V3_0_0),
    ("context", V3_2_0),
    ("properties", V3_0_0),
    ("relationships", V3_1_0),
    ("quality", V3_0_0),
    ("customProperties", V3_0_0),
];

pub(super) const PROPERTY: Order = &[
    ("id", V3_1_0),
    ("name", V3_0_0),
    ("physicalName", V3_0_1),
    ("primaryKey", V3_0_0),
    ("primaryKeyPosition", V3_0_0),
    ("businessName", V3_0_0),
    ("synonyms", V3_2_0),
    ("logicalType", V3_0_0),
    ("logicalTypeOptions", V3_0_0),
    ("physicalType", V3_0_0),
    ("required", V3_0_0),
    ("unique", V3_0_0),
    ("description", V3_0_0),
    ("deprecated", V3_2_0),
    ("partitioned", V3_0_0),
    ("partitionKeyPosition", V3_0_0),
    ("criticalDataElement", V3_0_0),
    ("semanticType", V3_2_0),
    ("tags", V3_0_0),
    ("classification", V3_0_0),
    ("encryptedName", V3_0_0),
    ("transformSourceObjects", V3_0_0),
    ("transformLogic", V3_0_0),
    ("transformDescription", V3_0_0),
    ("enum", V3_2_0),
    ("examples", V3_0_0),
    ("authoritativeDefinitions", V3_0_0),
    ("relationships", V3_1_0),
    ("quality", V3_0_0),
    ("customProperties", V3_0_0),
    ("properties", V3_0_0),
    ("items", V3_0_0),
    ("map", V3_2_0),
];

pub(super) const RULE: Order = &[
    ("id", V3_1_0),
    ("name", V3_0_0),
    ("description", V3_0_0),
    ("type", V3_0_0),
    ("metric", V3_1_0),
    ("rule", V3_0_0),
    ("arguments", V3_1_0),
    ("query", V3_0_0),
    ("engine", V3_0_0),
    ("implementation", V3_0_0),
    ("mustBe", V3_0_0),
    ("mustNotBe", V3_0_0),
    ("mustBeGreaterThan", V3_0_0),
    ("mustBeGreaterOrEqualTo", V3_0_0),
    ("mustBeLessThan", V3_0_0),
    ("mustBeLessOrEqualTo", V3_0_0),
    ("mustBeBetween", V3_0_0),
    ("mustNotBeBetween", V3_0_0),
    ("unit", V3_0_0),
    ("dimension", V3_0_0),
    ("method", V3_0_0),
    ("severity", V3_0_0),
    ("businessImpact", V3_0_0),
    ("scheduler", V3_0_0),
    ("schedule", V3_0_0),
    ("tags", V3_0_0),
    ("authoritativeDefinitions", V3_0_0),
    ("customProperties", V3_0_0),
];

pub(super) const RELATIONSHIP: Order =
    &[("id", V3_2_0), ("type", V3_1_0), ("from", V3_1_0), ("to", V3_1_0), ("customProperties", V3_1_0)];

pub(super) const SERVER: Order =
    &[("server", V3_0_0), ("id", V3_1_0), ("type", V3_0_0), ("description", V3_0_0), ("environment", V3_0_0)];

pub(super) const ROLE: Order = &[
    ("id", V3_1_0),
    ("role", V3_0_0),
    ("description", V3_0_0),
    ("access", V3_0_0),
    ("firstLevelApprovers", V3_0_0),
    ("secondLevelApprovers", V3_0_0),
    ("customProperties", V3_0_0),
];

pub(super) const CHANNEL: Order = &[
    ("id", V3_1_0),
    ("channel", V3_0_0),
    ("tool", V3_0_0),
    ("scope", V3_0_0),
    ("url", V3_0_0),
    ("description", V3_0_0),
    ("invitationUrl", V3_0_0),
    ("customProperties", V3_1_0),
];

const PROMISE: Order = &[
    ("id", V3_1_0),
    ("property", V3_0_0),
    ("value", V3_0_0),
    ("valueExt", V3_0_0),
    ("unit", V3_0_0),
    ("element", V3_0_0),
    ("driver", V3_0_0),
];

const CUSTOM_PROPERTY: Order =
    &[("id", V3_1_0), ("property", V3_0_0), ("vendor", V3_2_0), ("value", V3_0_0), ("description", V3_1_0)];

/// The order of the keys of a mapping, by what it is called. Keys that are not in it follow in that of the table of its keys.
pub(in crate::format::odcs) fn order_of(shape: &Shape) -> Order {
    match shape.name {
        "the contract" => ROOT,
        "an object of `schema`" => OBJECT,
        "a property" => PROPERTY,
        "a rule of `quality`" => RULE,
        "a relationship of an object" | "a relationship of a property" => RELATIONSHIP,
        "a server" => SERVER,
        "a role" => ROLE,
        "a support channel" => CHANNEL,
        "a service level" => PROMISE,
        "a custom property" => CUSTOM_PROPERTY,
        _ => &[],
    }
}
