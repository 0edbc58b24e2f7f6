//! The keys of what values mean, and of what personal data asks.

use super::TEXT;
use super::forms::{LANGUAGE, ZONE};
use crate::model::{Aggregation, Exactness, Moment, Role, Rounding};
use crate::source::shape::{Key, Kind, Shape};

pub(super) const SEMANTICS_KEY: Key =
    Key::new("semantics", Kind::Map(&SEMANTICS), "What values mean, where more is to be said than type and unit.");

pub(super) const PRIVACY_KEY: Key =
    Key::new("privacy", Kind::Map(&PRIVACY), "What personal data asks of those who hold it.");

static SEMANTICS: Shape = Shape {
    name: "semantics",
    doc: "What values mean. Whatever is not given is not promised.",
    keys: &[
        Key::new("role", Kind::Word(Role::ALL), "What the field is for in analyses.")
            .example("measure")
            .also_called(&["semantic_type", "kind", "type"]),
        Key::new("term", TEXT, "The term of a glossary that it stands for, by name or address.")
            .example("net revenue")
            .also_called(&["glossary", "concept"]),
        Key::new("definition", TEXT, "The address of the text that defines it with authority.")
            .example("https://wiki.example.com/net-revenue")
            .also_called(&["authoritative_definition", "authoritativeDefinitions"]),
        Key::new("derivation", TEXT, "How the value is computed from others, as SQL or in words.")
            .example("net_amount + tax")
            .also_called(&["expression", "computed_as", "transformLogic", "formula"]),
        Key::new("aggregation", Kind::Word(Aggregation::ALL), "How values of several rows become one.")
            .example("sum")
            .also_called(&["aggregate", "additivity"]),
        Key::new("exactness", Kind::Word(Exactness::ALL), "How good a value is; `exact` if not given.")
            .also_called(&["accuracy", "precision"]),
        Key::new("rounding", Kind::Word(Rounding::ALL), "How a value was rounded.").example("half_even"),
        Key::new("sign", TEXT, "What a positive value says, and what a negative one.")
            .example("debits are positive")
            .also_called(&["sign_convention"]),
        Key::new("time", Kind::Word(Moment::ALL), "Which moment a time is.").example("event"),
        Key::new("timezone", Kind::Form(&ZONE), "The zone in which dates and times are told.")
            .example("Europe/Amsterdam")
            .also_called(&["time_zone", "tz", "zone"]),
        Key::new("calendar", TEXT, "The calendar of years, weeks and working days.")
            .example("fiscal, from 1 April, weeks from Monday"),
        Key::new("code_system", TEXT, "The list of codes that values are from.")
            .example("ISO 3166-1 alpha-2")
            .also_called(&["codes", "codelist", "code_list"]),
        Key::new("code_system_version", Kind::Scalar, "The release of that list.").example("\"2.1\""),
        Key::new("language", Kind::Form(&LANGUAGE), "The language of texts, as a BCP 47 tag.")
            .example("nl-NL")
            .also_called(&["locale", "lang"]),
        Key::new("collation", TEXT, "The rules by which texts are compared and sorted.").example("de-u-ks-level1"),
    ],
};

static PRIVACY: Shape = Shape {
    name: "privacy",
    doc: "What personal data asks of those who hold it.",
    keys: &[
        Key::new("category", Kind::OneOrMany(&Kind::Text), "What of a person it tells.")
            .example("contact")
            .also_called(&["categories", "pii_category"]),
        Key::new("masking", TEXT, "How values were made unreadable; they are clear if not given.")
            .example("sha256")
            .also_called(&["masked", "method", "anonymization", "encryption"]),
        Key::new("legal_basis", Kind::OneOrMany(&Kind::Text), "On which grounds it is processed.")
            .example("consent")
            .also_called(&["basis", "purpose"]),
        Key::new("residency", Kind::OneOrMany(&Kind::Text), "The countries or regions that it may be stored in.")
            .example("EU")
            .also_called(&["region", "regions", "location"]),
        Key::new(
            "erase_within",
            Kind::Scalar,
            "In what time readers delete it from their copies when a person asks; without it they need not.",
        )
        .example("30 days")
        .also_called(&["erasure", "erasure_window"]),
    ],
};
