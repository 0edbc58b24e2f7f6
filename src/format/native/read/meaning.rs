//! What values mean, and what personal data asks.

use crate::format::values::{quantity, text, texts, word};
use crate::model::{Aggregation, Exactness, FieldRole, Moment, Privacy, Rounding, Semantics};
use crate::source::Node;

pub(super) fn semantics(node: &Node) -> Option<Box<Semantics>> {
    let semantics = Semantics {
        role: word(node, "role", FieldRole::from_name),
        term: text(node, "term"),
        definition: text(node, "definition"),
        derivation: text(node, "derivation"),
        aggregation: word(node, "aggregation", Aggregation::from_name),
        exactness: word(node, "exactness", Exactness::from_name),
        rounding: word(node, "rounding", Rounding::from_name),
        sign: text(node, "sign"),
        time: word(node, "time", Moment::from_name),
        timezone: text(node, "timezone"),
        calendar: text(node, "calendar"),
        code_system: text(node, "code_system"),
        code_system_version: text(node, "code_system_version"),
        language: text(node, "language"),
        collation: text(node, "collation"),
    };
    (semantics != Semantics::default()).then(|| Box::new(semantics))
}

pub(super) fn privacy(node: &Node) -> Option<Box<Privacy>> {
    let privacy = Privacy {
        category: texts(node.get("category")),
        masking: text(node, "masking"),
        legal_basis: texts(node.get("legal_basis")),
        residency: texts(node.get("residency")),
        erase_within: quantity(node, "erase_within"),
    };
    (privacy != Privacy::default()).then(|| Box::new(privacy))
}
