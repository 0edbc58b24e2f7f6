//! What can be wrong with the form of a document, as rules: the same table as the linter's, with a page each.

use crate::finding::{Group, RuleMeta, Severity};

macro_rules! problems {
    ($($code:literal: $summary:literal,)*) => {
        /// Every code that reading a document can give.
        pub const PROBLEMS: &[RuleMeta] = &[$(RuleMeta {
            code: $code,
            group: Group::Form,
            by_default: true,
            severity: Severity::Error,
            summary: $summary,
            page: include_str!(concat!($code, ".md")),
        },)*];
    };
}

problems! {
    "duplicate-id": "Two items of one list have the same id.",
    "duplicate-key": "A key is given twice in one mapping.",
    "empty-file": "The file has no content.",
    "invalid-value": "A value is of the right type but not one that the key can have.",
    "misplaced-key": "A known key stands in a mapping where it means nothing.",
    "missing-key": "A required key is missing.",
    "newer-than-declared": "An ODCS file uses what came after the version that it declares.",
    "not-utf8": "The file is not encoded as UTF-8.",
    "other-format": "The file is written in a format that pact does not read.",
    "outdated-key": "An ODCS file uses a key that the version it declares no longer has.",
    "schema-and-datasets": "A contract has both `schema` and `datasets`.",
    "unknown-key": "A key that pact does not know.",
    "unreadable-file": "The file can't be read, or is no file of the repository.",
    "wrong-type": "A value is of the wrong type.",
    "yaml-documents": "The file has more than one YAML document.",
    "yaml-syntax": "The file is not YAML, or has the name of a JSON file and is not JSON.",
    "yaml-tag": "A YAML tag does not fit its value.",
    "yaml-too-deep": "Lists and mappings nest too deep.",
    "yaml-too-large": "The file, or what its aliases unfold to, is too large.",
}
