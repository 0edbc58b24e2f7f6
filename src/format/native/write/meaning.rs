//! What values mean, and what personal data asks.

use super::tree::Keys;
use crate::model::{Aggregation, Exactness, FieldRole, Literal, Moment, Privacy, Rounding, Semantics};

/// What values mean.
pub(in crate::format) fn semantics(semantics: &Semantics) -> Literal {
    Keys::new()
        .text("role", semantics.role.map(FieldRole::name))
        .text("term", semantics.term.as_deref())
        .text("definition", semantics.definition.as_deref())
        .text("derivation", semantics.derivation.as_deref())
        .text("aggregation", semantics.aggregation.map(Aggregation::name))
        .text("exactness", semantics.exactness.map(Exactness::name))
        .text("rounding", semantics.rounding.map(Rounding::name))
        .text("sign", semantics.sign.as_deref())
        .text("time", semantics.time.map(Moment::name))
        .text("timezone", semantics.timezone.as_deref())
        .text("calendar", semantics.calendar.as_deref())
        .text("code_system", semantics.code_system.as_deref())
        .text("code_system_version", semantics.code_system_version.as_deref())
        .text("language", semantics.language.as_deref())
        .text("collation", semantics.collation.as_deref())
        .done()
}

/// What personal data asks.
pub(in crate::format) fn privacy(privacy: &Privacy) -> Literal {
    Keys::new()
        .texts("category", &privacy.category)
        .text("masking", privacy.masking.as_deref())
        .texts("legal_basis", &privacy.legal_basis)
        .texts("residency", &privacy.residency)
        .number("erase_within", privacy.erase_within.as_ref())
        .done()
}
