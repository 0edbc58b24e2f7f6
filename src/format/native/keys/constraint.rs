//! The keys of what values satisfy.

use super::TEXT;
use crate::model::ConstraintKind;
use crate::source::shape::{Key, Kind, Shape};

pub(super) static CONSTRAINT: Shape = Shape {
    name: "constraint",
    doc: "A condition on the values of a field.",
    keys: &[
        Key::new("type", Kind::Word(ConstraintKind::ALL), "Which condition.").required().example("min"),
        Key::new(
            "value",
            Kind::AnyOrListed(&LISTED_VALUE),
            "The bound, list, pattern or expression. In the list of an `enum`, a value may also be a mapping that says more of it.",
        )
        .required()
        .example("0"),
        Key::new("message", TEXT, "What to tell people whose values break it."),
        Key::new("when", TEXT, "A SQL boolean: the condition holds for those rows only.")
            .example("status = 'paid'")
            .also_called(&["if", "where", "filter"]),
        Key::new(
            "enforced",
            Kind::Bool,
            "Whether the store itself refuses what breaks it; if not given, it is declared only.",
        ),
        Key::new("open", Kind::Bool, "Of an `enum`: whether readers have to expect values that are not listed.")
            .also_called(&["extensible"]),
        Key::new(
            "fallback",
            Kind::Scalar,
            "Of an `enum`: the listed value for which readers take one that they do not know.",
        )
        .example("other"),
    ],
};

pub(in crate::format) static LISTED_VALUE: Shape = Shape {
    name: "listed value",
    doc: "A value of an `enum`, with more said of it.",
    keys: &[
        Key::new("value", Kind::Any, "The value as rows have it.").required().example("NL"),
        Key::new("label", TEXT, "What people call it.").example("Netherlands").also_called(&["name", "title"]),
        Key::new("description", TEXT, "What it means.").also_called(&["doc", "comment"]),
        Key::new("id", Kind::Scalar, "What it is known by, whatever the value is called, so that a rename is known.")
            .example("528")
            .also_called(&["number", "code"]),
        Key::new("deprecated", Kind::Bool, "Whether writers should stop using it."),
    ],
};
