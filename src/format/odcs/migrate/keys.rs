//! The keys that 3.2.0 knows, where earlier editions let others pass.

pub(super) const ROOT: &[&str] = &[
    "version",
    "kind",
    "apiVersion",
    "id",
    "name",
    "tenant",
    "tags",
    "status",
    "servers",
    "dataProduct",
    "description",
    "domain",
    "context",
    "schema",
    "support",
    "price",
    "team",
    "roles",
    "slaDefaultElement",
    "slaProperties",
    "authoritativeDefinitions",
    "customProperties",
    "contractCreatedTs",
];

pub(super) const OBJECT: &[&str] = &[
    "id",
    "name",
    "physicalType",
    "description",
    "businessName",
    "deprecated",
    "synonyms",
    "authoritativeDefinitions",
    "tags",
    "customProperties",
    "logicalType",
    "physicalName",
    "dataGranularityDescription",
    "properties",
    "relationships",
    "quality",
    "context",
];

pub(super) const PROPERTY: &[&str] = &[
    "id",
    "name",
    "physicalType",
    "description",
    "businessName",
    "deprecated",
    "synonyms",
    "authoritativeDefinitions",
    "tags",
    "customProperties",
    "primaryKey",
    "primaryKeyPosition",
    "logicalType",
    "logicalTypeOptions",
    "physicalName",
    "required",
    "unique",
    "semanticType",
    "partitioned",
    "partitionKeyPosition",
    "classification",
    "encryptedName",
    "transformSourceObjects",
    "transformLogic",
    "transformDescription",
    "examples",
    "enum",
    "criticalDataElement",
    "relationships",
    "quality",
    "properties",
    "items",
    "map",
];

pub(super) const RULE: &[&str] = &[
    "id",
    "authoritativeDefinitions",
    "businessImpact",
    "customProperties",
    "description",
    "dimension",
    "method",
    "name",
    "schedule",
    "scheduler",
    "severity",
    "tags",
    "type",
    "unit",
];

pub(super) const DEFINITION: &[&str] = &["id", "url", "type", "description"];
pub(super) const CUSTOM_PROPERTY: &[&str] = &["id", "property", "value", "description", "vendor"];
pub(super) const SUPPORT: &[&str] =
    &["id", "channel", "url", "description", "tool", "scope", "invitationUrl", "customProperties"];
pub(super) const PRICE: &[&str] = &["id", "priceAmount", "priceCurrency", "priceUnit"];
pub(super) const TEAM: &[&str] =
    &["id", "name", "description", "members", "tags", "customProperties", "authoritativeDefinitions"];
pub(super) const MEMBER: &[&str] = &[
    "id",
    "username",
    "name",
    "description",
    "role",
    "dateIn",
    "dateOut",
    "replacedByUsername",
    "tags",
    "customProperties",
    "authoritativeDefinitions",
];
pub(super) const ROLE: &[&str] =
    &["id", "role", "description", "access", "firstLevelApprovers", "secondLevelApprovers", "customProperties"];
pub(super) const SERVICE_LEVEL: &[&str] = &[
    "id",
    "property",
    "value",
    "valueExt",
    "unit",
    "element",
    "driver",
    "description",
    "scheduler",
    "schedule",
    "customProperties",
    "authoritativeDefinitions",
];
