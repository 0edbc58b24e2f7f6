//! The keys of the life of a contract.

use super::TEXT;
use super::forms::{DATE, OTHER};
use crate::source::shape::{Key, Kind, Shape};

pub(super) static LIFECYCLE: Shape = Shape {
    name: "lifecycle",
    doc: "Approvals and dates.",
    keys: &[
        Key::new("approvals", Kind::List(&Kind::Map(&APPROVAL)), "Who approved it."),
        Key::new("effective_date", Kind::Form(&DATE), "The first day on which the promise binds."),
        Key::new("available_from", Kind::Form(&DATE), "The first day on which everybody can have the data."),
        Key::new("deprecated_on", Kind::Form(&DATE), "The day on which it was deprecated."),
        Key::new("sunset_on", Kind::Form(&DATE), "The day on which it ends."),
        Key::new("expires_on", Kind::Form(&DATE), "The last day on which the promise binds, unless it is renewed."),
        Key::new("support_until", Kind::Form(&DATE), "The last day on which somebody helps and mends."),
        Key::new("replaced_by", Kind::Form(&OTHER), "The contract to use instead."),
    ],
};

pub(super) static APPROVAL: Shape = Shape {
    name: "approval",
    doc: "A recorded approval.",
    keys: &[
        Key::new("by", TEXT, "Who.").required().example("jane.doe"),
        Key::new("on", Kind::Form(&DATE), "When.").required().example("\"2026-02-01\""),
        Key::new("role", TEXT, "In which role.").example("data owner"),
    ],
};
