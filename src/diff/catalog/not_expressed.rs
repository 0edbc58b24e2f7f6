//! Changes that the written catalogue names and that pact has no code for, each with the reason.

/// A change that has no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotExpressed {
    /// What it would be called.
    pub code: &'static str,
    /// The section of the catalogue that it would be in.
    pub section: char,
    /// Why it is not told, or how it is.
    pub why: &'static str,
}

const fn none(code: &'static str, section: char, why: &'static str) -> NotExpressed {
    NotExpressed { code, section, why }
}

/// Changes that no finding has, and why, by section.
pub static NOT_EXPRESSED: &[NotExpressed] = &[
    none(
        "contract-split",
        'A',
        "contracts are compared one by one, by id or name: the old one is `contract-removed`, each of the new ones `contract-added`",
    ),
    none(
        "contract-merged",
        'A',
        "contracts are compared one by one, by id or name: each of the old ones is `contract-removed`, the new one `contract-added`",
    ),
    none(
        "type-respelled",
        'D',
        "spelling is taken away before types are compared: another spelling is no change and no finding",
    ),
    none(
        "type-epoch-unit-changed",
        'D',
        "an epoch is an integer whose unit says what it counts: the change is `unit-changed`, told once",
    ),
    none("type-struct-field-*", 'D', "the members of an object are fields: their changes have the codes of fields"),
    none("type-array-item-*", 'D', "the items of an array are a field: their changes have the codes of fields"),
    none("type-map-value-*", 'D', "the values of a map are a field: their changes have the codes of fields"),
    none(
        "key-generation-changed",
        'E',
        "a contract has no place of its own for how ids are made: where its texts say it, the change is `semantics-text-changed`",
    ),
    none(
        "unregistered-use-detected",
        'N',
        "pact reads no logs of use: it knows the readers that are registered, and no others",
    ),
    none(
        "comment-or-format-only",
        'O',
        "contracts are compared by what they say: comments, order of keys and quotes are no change and no finding",
    ),
    none(
        "definition-target-changed",
        'O',
        "a contract can't refer to shared definitions: all that it promises stands in its own file",
    ),
    none(
        "definition-inlined",
        'O',
        "a contract can't refer to shared definitions, and YAML aliases are followed before anything is compared",
    ),
];
