//! The keys of `pact.yaml` as data: what they are checked by, and what the JSON Schema and the reference are made of.

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::finding::Severity;
use crate::finding::policy::Setting;
use crate::model::Quantity;
use crate::source::Node;
use crate::source::layout::Order;
use crate::source::shape::{self, Form, Key, Kind, Shape, json_schema, markdown};

const LEVELS: Kind = Kind::Word(&[
    ("off", "the rule is silent"),
    ("info", "worth knowing; never fails a run"),
    ("warning", "worth mending"),
    ("error", "fails the run; for a kind of change, whatever the version says"),
    ("none", "for a kind of change: it asks nothing of the version"),
    ("patch", "for a kind of change: it asks for a patch version, for readers and for writers"),
    ("minor", "for a kind of change: it asks for a minor version"),
    ("major", "for a kind of change: it asks for a major version"),
]);

/// What a code names, and so what a repository may set for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Configurable {
    /// A rule, or something to say about a version: it has a severity.
    Rule,
    /// A kind of change: it has levels.
    Change,
}

impl Configurable {
    /// Why a code of this kind can't be set so, if it can't.
    pub(super) fn refusal(self, setting: Setting) -> Option<&'static str> {
        match (self, setting) {
            (Self::Rule, Setting::Level(_)) => Some("a rule has a severity: off, info, warning or error"),
            (Self::Change, Setting::Severity(Severity::Info | Severity::Warning)) => Some(
                "a kind of change has a level: off, none, patch, minor, major, or error for one that nobody may make",
            ),
            _ => None,
        }
    }

    /// The words that a code of this kind can be set to.
    fn words(self) -> Vec<&'static str> {
        let Kind::Word(words) = LEVELS else { return Vec::new() };
        let fits = |word: &&str| Setting::from_name(word).is_some_and(|setting| self.refusal(setting).is_none());
        words.iter().map(|(word, _)| *word).filter(fits).collect()
    }

    /// What these words are called in the JSON Schema.
    fn definition(self) -> &'static str {
        match self {
            Self::Rule => "severity",
            Self::Change => "level",
        }
    }
}

static DURATION: Form = Form {
    expected: "a time such as `30 seconds`",
    pattern: "",
    accepts: |text| Quantity::new(text).duration().is_some_and(|time| time.is_positive()),
};

static DAY: Form = Form {
    expected: "a date as YYYY-MM-DD",
    pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    accepts: |text| text.len() == 10 && text.parse::<Date>().is_ok(),
};

/// The shape of `pact.yaml`.
pub static SHAPE: Shape = Shape {
    name: "configuration",
    doc: "What a repository of data contracts has decided.",
    keys: &[
        Key::new("contracts", Kind::OneOrMany(&Kind::Text), "Files, folders and glob patterns of contracts. Folders give their YAML files and `*.odcs.json`; another JSON file is taken where it is named, \
             or a pattern names such files: `contracts/*.json`.")
            .example("[contracts]"),
        Key::new("exclude", Kind::OneOrMany(&Kind::Text), "Glob patterns of files that are not contracts.")
            .example("[\"**/drafts/**\"]"),
        Key::new("default_branch", Kind::Text, "The branch that `pact diff` compares with.").example("main"),
        Key::new(
            "compatibility",
            Kind::Word(&[
                ("readers", "whoever reads the data keeps working (the default)"),
                ("writers", "whoever writes the data still conforms"),
                ("both", "readers and writers"),
                ("none", "changes are reported and demand no version"),
                ("FORWARD", "the schema registries' word for readers"),
                ("BACKWARD", "the schema registries' word for writers"),
                ("FULL", "the schema registries' word for both"),
                ("NONE", "the schema registries' word for none"),
                ("FORWARD_TRANSITIVE", "readers, against every version still in use"),
                ("BACKWARD_TRANSITIVE", "writers, against every version still in use"),
                ("FULL_TRANSITIVE", "both, against every version still in use"),
            ]),
            "Whom versions protect where a contract does not say.",
        ),
        Key::new("rules", Kind::Dict(&LEVELS), "Levels of rules and of kinds of change by their code.")
            .example("{field-without-description: off}"),
        Key::new("ignores", Kind::List(&Kind::Map(&IGNORE)), "Findings that are accepted for a time.")
            .also_called(&["ignore", "exceptions"]),
        Key::new("diff", Kind::Map(&DIFF), "How versions are judged."),
        Key::new("check", Kind::Map(&CHECK), "How live services are asked and judged."),
        Key::new("ledger", Kind::Text, "Where the ledger is.").example(".pact/ledger.db"),
    ],
};

static IGNORE: Shape = Shape {
    name: "exception",
    doc: "A finding that is accepted for a time.",
    keys: &[
        Key::new("code", Kind::Text, "The code of the rule.").required().example("field-without-description"),
        Key::new("contract", Kind::Text, "The contract; every contract if not given.").example("orders"),
        Key::new("path", Kind::Text, "The element; every element if not given.").example("orders.email"),
        Key::new(
            "fingerprint",
            Kind::Text,
            "The change with its values, as `pact diff` names it; every change if not given.",
        )
        .example("\"9c1f4e0a7b2d\""),
        Key::new("approved_by", Kind::Text, "Who accepted it.").example("jane.doe"),
        Key::new("reason", Kind::Text, "Why it is accepted.").required().example("agreed with crm on 2026-03-01"),
        Key::new("until", Kind::Form(&DAY), "The last day on which it holds.").required().example("\"2026-12-31\""),
    ],
};

static GATE: Kind = Kind::Word(&[
    ("subscribers", "consumers that a change hits"),
    ("subscriber", "the one consumer that a change is about"),
    ("privacy", "who answers for personal data"),
    ("security", "who answers for access"),
    ("legal", "who answers for terms and purposes"),
    ("finance", "who answers for prices"),
    ("semantics", "who answers for what the data means"),
    ("sunset", "no person: the last day of what is deprecated"),
]);

static RELEASE_TAG: Form = Form {
    expected: "a tag with `{version}` in it, such as `{contract}/v{version}`",
    pattern: "\\{version\\}",
    accepts: |text| text.contains("{version}"),
};

static RELEASE_TAG_KIND: Kind = Kind::Form(&RELEASE_TAG);

static DIFF: Shape = Shape {
    name: "judging versions",
    doc: "How versions are judged.",
    keys: &[
        Key::new(
            "gates",
            Kind::OneOrMany(&GATE),
            "Gates whose missing yes fails `pact diff`; the others are told. None if not given.",
        )
        .example("[privacy, subscribers]"),
        Key::new(
            "release_tags",
            Kind::OneOrMany(&RELEASE_TAG_KIND),
            "How the git tags of released contracts are named, instead of `orders/v1.2.0`, `orders/1.2.0`, `orders-v1.2.0`, \
             `orders-1.2.0`, `orders@1.2.0`, `v1.2.0` and `1.2.0`.",
        )
        .example("[\"{contract}/v{version}\"]"),
        Key::new("changelog", Kind::Text, "The changelog of all contracts; `CHANGELOG.md` beside each contract if not given.")
            .example("CHANGELOG.md"),
    ],
};

static CHECK: Shape = Shape {
    name: "checking",
    doc: "How live services are asked and judged.",
    keys: &[
        Key::new("timeout", Kind::Form(&DURATION), "How long one request may take.").example("30 seconds"),
        Key::new("deadline", Kind::Form(&DURATION), "How long the whole run may take.").example("5 minutes"),
        Key::new("concurrency", Kind::Count, "How many services are asked at once.").example("64"),
        Key::new("clock_skew", Kind::Form(&DURATION), "How far clocks may differ.").example("60 seconds"),
        Key::new("info_at", Kind::Number, "The share of a service level, in percent, that gives a notice.")
            .example("80"),
        Key::new("warning_at", Kind::Number, "The share of a service level, in percent, that gives a warning.")
            .example("90"),
        Key::new("critical_after", Kind::Count, "How many violations of one type a day are still not critical.")
            .example("3"),
    ],
};

/// The JSON Schema of `pact.yaml`. `codes` are those that it may name, each with what it means: an editor completes them.
pub fn schema(codes: &[(&str, Configurable, &str)]) -> Json {
    let id = "https://pact.dev/schemas/config.schema.json";
    let mut schema = json_schema(id, "pact configuration", "", &[("", &SHAPE)]);
    // What the shapes can't know: the codes belong to rooms that this one must not reach.
    if let Some(rules) = schema.pointer_mut("/$defs/configuration/properties/rules/anyOf/0") {
        let described = |(code, kind, meaning): &(&str, Configurable, &str)| {
            ((*code).to_owned(), json!({ "$ref": format!("#/$defs/{}", kind.definition()), "description": meaning }))
        };
        rules["properties"] = Json::Object(codes.iter().map(described).collect());
        rules["additionalProperties"] = json!(false);
        for kind in [Configurable::Rule, Configurable::Change] {
            schema["$defs"][kind.definition()] = json!({ "enum": kind.words() });
        }
    }
    if let Some(code) = schema.pointer_mut("/$defs/exception/properties/code") {
        code["enum"] = codes.iter().map(|(code, ..)| *code).collect();
        // No part of the standard; editors show them beside the words.
        code["enumDescriptions"] = codes.iter().map(|(.., meaning)| *meaning).collect();
    }
    schema
}

/// The order of the keys of a configuration.
pub fn order(tree: &Node) -> Order {
    shape::order(tree, &SHAPE)
}

/// The reference of `pact.yaml`, in Markdown.
pub fn reference() -> String {
    markdown(&[&SHAPE])
}
