//! The table itself, a file for each section of the catalogue. A row: name, code, section, level for readers, level for
//! writers, sureness, gates; what changes; why.

mod access;
mod constraints;
mod datasets;
mod defaults;
mod documentation;
mod enums;
mod fields;
mod identity;
mod keys;
mod privacy;
mod quality;
mod semantics;
mod service_levels;
mod subscribers;
mod types;

use crate::finding::change::ChangeMeta;

pub use access::*;
pub use constraints::*;
pub use datasets::*;
pub use defaults::*;
pub use documentation::*;
pub use enums::*;
pub use fields::*;
pub use identity::*;
pub use keys::*;
pub use privacy::*;
pub use quality::*;
pub use semantics::*;
pub use service_levels::*;
pub use subscribers::*;
pub use types::*;

/// The sections in their order: the letter, and what the changes in it are about.
pub static SECTIONS: &[(char, &str)] = &[
    ('A', "Identity, version and lifecycle"),
    ('B', "Datasets"),
    ('C', "Fields: presence, name and place"),
    ('D', "Types"),
    ('E', "Missing values, keys and references"),
    ('F', "Constraints on values"),
    ('G', "Lists of allowed values"),
    ('H', "Defaults and examples"),
    ('I', "Meaning: units, codes, time and text"),
    ('J', "Privacy and protection"),
    ('K', "Quality"),
    ('L', "Service levels, delivery and recovery"),
    ('M', "Access and infrastructure"),
    ('N', "Subscribers and what they were promised beyond"),
    ('O', "Ownership, support and documentation"),
];

/// The rows of the sections in their order.
static ROWS: &[&[&ChangeMeta]] = &[
    IDENTITY,
    DATASETS,
    FIELDS,
    TYPES,
    KEYS,
    CONSTRAINTS,
    ENUMS,
    DEFAULTS,
    SEMANTICS,
    PRIVACY,
    QUALITY,
    SERVICE_LEVELS,
    ACCESS,
    SUBSCRIBERS,
    DOCUMENTATION,
];

/// Every kind of change, in the order of the catalogue's sections.
pub fn all() -> impl Iterator<Item = &'static ChangeMeta> {
    ROWS.iter().copied().flatten().copied()
}

/// The kind of change of a code.
pub fn find(code: &str) -> Option<&'static ChangeMeta> {
    all().find(|meta| meta.code == code)
}
