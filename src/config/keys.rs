//! The keys of `pact.yaml` as data: what they are checked by, and what the JSON Schema and the reference are made of.

use jiff::civil::Date;
use serde_json::Value as Json;

use super::words;
use crate::finding::Severity;
use crate::finding::policy::{Codes, Configurable, Setting};
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
    pub(super) fn words(self) -> Vec<&'static str> {
        let Kind::Word(words) = LEVELS else { return Vec::new() };
        let fits = |word: &&str| Setting::from_name(word).is_some_and(|setting| self.refusal(setting).is_none());
        words.iter().map(|(word, _)| *word).filter(fits).collect()
    }

    /// What these words are called in the JSON Schema.
    pub(super) fn definition(self) -> &'static str {
        match self {
            Self::Rule => "severity",
            Self::Change => "level",
        }
    }
}

const SEVERITY_WORDS: &[(&str, &str)] =
    &[("info", "worth knowing"), ("warning", "worth mending"), ("error", "what must not be")];

static SEVERITIES: Kind = Kind::Word(&[
    ("off", "the rule is silent"),
    ("info", "worth knowing"),
    ("warning", "worth mending"),
    ("error", "what must not be"),
]);

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
        Key::new(
            "rules",
            Kind::Dict(&LEVELS),
            "Levels of rules and of kinds of change by their code. Rules can be named together as well, by their group, by how \
             their codes begin, or as `all`: the more specific name counts. A level for a single rule selects it.",
        )
        .example("{field-without-description: off, governance: error}"),
        Key::new("lint", Kind::Map(&LINT), "Which rules `pact lint` follows."),
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

const SELECT: &str = "Rules to follow, and no others: `all`, a group, a code, or how codes begin (`secret` for `secret-in-url` \
     and its like). The default selection if not given.";
const EXTEND_SELECT: &str = "Rules to follow as well.";
const IGNORE_RULES: &str = "Rules not to follow. Of two names for a rule the more specific one counts: a code, how codes begin, a \
     group, `all`.";

static LINT: Shape = Shape {
    name: "linting",
    doc: "Which rules `pact lint` follows. What is wrong with the form of a text (the group `form`) is always told.",
    keys: &[
        Key::new("select", Kind::OneOrMany(&Kind::Text), SELECT).example("[all]"),
        Key::new("extend_select", Kind::OneOrMany(&Kind::Text), EXTEND_SELECT).example("[documentation]"),
        Key::new("ignore", Kind::OneOrMany(&Kind::Text), IGNORE_RULES).example("[no-primary-key]"),
        Key::new(
            "overrides",
            Kind::List(&Kind::Map(&OVERRIDE)),
            "What holds for some files or contracts only. Where several fit, the last one that says something of a rule counts.",
        ),
        Key::new(
            "baseline",
            Kind::Text,
            "A file with findings that are held back until they are mended, relative to this one. \
             `pact lint --write-baseline` writes it.",
        )
        .example("pact-baseline.yaml"),
        Key::new("fail_on", Kind::Word(SEVERITY_WORDS), "The lowest severity that fails a run; `error` if not given.")
            .example("warning"),
    ],
};

static OVERRIDE: Shape = Shape {
    name: "override",
    doc: "What holds for some files or contracts only. Where both are given, both must fit.",
    keys: &[
        Key::new(
            "paths",
            Kind::OneOrMany(&Kind::Text),
            "Glob patterns of files, relative to this one, as git has them in `.gitignore`: a folder takes everything in it.",
        )
        .example("[contracts/legacy, \"*.odcs.yaml\"]"),
        Key::new("contracts", Kind::OneOrMany(&Kind::Text), "Glob patterns of names of contracts.")
            .example("[payments.*]"),
        Key::new("select", Kind::OneOrMany(&Kind::Text), "Rules to follow there, and no others.").example("[structure]"),
        Key::new("extend_select", Kind::OneOrMany(&Kind::Text), "Rules to follow there as well.")
            .example("[documentation]"),
        Key::new("ignore", Kind::OneOrMany(&Kind::Text), "Rules not to follow there.").example("[governance]"),
        Key::new("rules", Kind::Dict(&SEVERITIES), "Levels of rules there.").example("{no-primary-key: info}"),
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
pub fn schema(codes: &Codes) -> Json {
    let id = "https://pact.dev/schemas/config.schema.json";
    let mut schema = json_schema(id, "pact configuration", "", &[("", &SHAPE)]);
    // What the shapes can't know: the codes belong to rooms that this one must not reach.
    words::complete(&mut schema, codes);
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
