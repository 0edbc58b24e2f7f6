//! Changes that the written catalogue names and that pact has no code for, each with the reason.

/// Codes of section D that no finding has, and why.
pub static NOT_EXPRESSED: &[(&str, &str)] = &[
    (
        "type-respelled",
        "spelling is taken away before types are compared: another spelling is no change and no finding",
    ),
    (
        "type-epoch-unit-changed",
        "an epoch is an integer whose unit says what it counts: the change is `unit-changed`, told once",
    ),
    ("type-struct-field-*", "the members of an object are fields: their changes have the codes of fields"),
    ("type-array-item-*", "the items of an array are a field: their changes have the codes of fields"),
    ("type-map-value-*", "the values of a map are a field: their changes have the codes of fields"),
];
