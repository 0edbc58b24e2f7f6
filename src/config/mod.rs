//! `pact.yaml`: where the contracts are, and what the repository decides. Pure: text in, [`Config`] out.

mod accept;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::finding::Severity;
use crate::finding::policy::{Ignore, Policy, Setting};
use crate::model::{Compatibility, Mode, Quantity};
use crate::source::shape::{Form, Key, Kind, Shape, check, json_schema, markdown};
use crate::source::{Node, Problem, Value, parse};

pub use accept::with_exception;

/// The name of the configuration file, looked for in the working directory and every folder above it.
pub const FILE_NAME: &str = "pact.yaml";

/// What a repository has decided, with defaults for the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Files, folders and glob patterns of contracts, relative to the configuration file.
    pub contracts: Vec<String>,
    /// Glob patterns of files that are not contracts.
    pub exclude: Vec<String>,
    /// The branch that `pact diff` compares with; `None` asks git.
    pub default_branch: Option<String>,
    /// Whom versions protect where a contract does not say.
    pub compatibility: Compatibility,
    /// Levels of rules and accepted exceptions.
    pub policy: Policy,
    /// How versions are judged.
    pub diff: DiffConfig,
    /// How live services are asked.
    pub check: CheckConfig,
    /// Where the ledger is, relative to the configuration file.
    pub ledger: String,
}

/// How versions are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffConfig {
    /// Gates whose missing yes fails the run.
    pub gates: Vec<String>,
    /// How the git tags of released contracts are named, with `{contract}` and `{version}` in the place of both.
    pub release_tags: Vec<String>,
    /// The changelog of all contracts, relative to the configuration file; `None` for one beside each contract.
    pub changelog: Option<String>,
}

/// How live services are asked and their answers judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckConfig {
    /// How long one request may take.
    pub timeout: SignedDuration,
    /// How long the whole run may take.
    pub deadline: SignedDuration,
    /// How many services are asked at once.
    pub concurrency: u32,
    /// How far the clocks of a service and of this machine may differ.
    pub clock_skew: SignedDuration,
    /// From which share of a service level on there is a notice, in percent.
    pub info_at: f64,
    /// From which share of a service level on there is a warning, in percent.
    pub warning_at: f64,
    /// How many violations of one type in 24 hours are still no critical matter.
    pub critical_after: u32,
}

impl Config {
    /// The entries of `contracts`: glob patterns, and plain files and folders.
    pub fn contract_entries(&self) -> (Vec<String>, Vec<String>) {
        self.contracts.iter().cloned().partition(|entry| entry.contains(['*', '?', '[', '{']))
    }
}

impl Default for DiffConfig {
    fn default() -> Self {
        let tags = [
            "{contract}/v{version}",
            "{contract}/{version}",
            "{contract}-v{version}",
            "{contract}-{version}",
            "{contract}@{version}",
            "v{version}",
            "{version}",
        ];
        Self { gates: Vec::new(), release_tags: tags.map(str::to_owned).to_vec(), changelog: None }
    }
}

impl Default for CheckConfig {
    fn default() -> Self {
        Self {
            timeout: SignedDuration::from_secs(30),
            deadline: SignedDuration::from_mins(5),
            concurrency: 64,
            clock_skew: SignedDuration::from_secs(60),
            info_at: 80.0,
            warning_at: 90.0,
            critical_after: 3,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            contracts: vec!["contracts".to_owned()],
            exclude: Vec::new(),
            default_branch: None,
            compatibility: Compatibility::default(),
            policy: Policy::default(),
            diff: DiffConfig::default(),
            check: CheckConfig::default(),
            ledger: ".pact/ledger.db".to_owned(),
        }
    }
}

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
    fn refusal(self, setting: Setting) -> Option<&'static str> {
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
        Key::new("contracts", Kind::OneOrMany(&Kind::Text), "Files, folders and glob patterns of contracts. Folders give their YAML files; a JSON file is taken where it is named, \
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

/// Reads a configuration. `configurable` says of a rule's code whether a repository may set its level or accept its
/// findings, and if not, what to do about it.
///
/// # Errors
///
/// Everything that is wrong with it, with places in the text.
pub fn read(text: &str, configurable: &dyn Fn(&str) -> Result<Configurable, String>) -> Result<Config, Vec<Problem>> {
    let tree = parse(text).map_err(|problem| vec![problem])?;
    let mut config = Config::default();
    if tree.is_null() {
        return Ok(config);
    }
    let mut problems = check(&tree, &SHAPE);
    problems.extend(unknown_rules(&tree, configurable));
    problems.extend(out_of_range(&tree));
    if !problems.is_empty() {
        return Err(problems);
    }
    let texts = |key: &str| {
        let node = tree.get(key).filter(|node| !node.is_null())?;
        Some(node.one_or_many().iter().filter_map(Node::text).map(str::to_owned).collect())
    };
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    config.contracts = texts("contracts").unwrap_or(config.contracts);
    config.exclude = texts("exclude").unwrap_or_default();
    config.default_branch = text(&tree, "default_branch");
    config.ledger = text(&tree, "ledger").unwrap_or(config.ledger);
    config.compatibility = text(&tree, "compatibility").map(|word| compatibility(&word)).unwrap_or_default();
    if let Some(rules) = tree.get("rules") {
        let setting = |node: &Node| Setting::from_name(node.text().unwrap_or_default());
        let entries = rules.entries().iter();
        config.policy.levels =
            entries.filter_map(|entry| Some((entry.key.to_string(), setting(&entry.value)?))).collect();
    }
    for node in tree.get("ignores").map(Node::items).unwrap_or_default() {
        config.policy.ignores.push(Ignore {
            code: text(node, "code").unwrap_or_default(),
            contract: text(node, "contract"),
            path: text(node, "path"),
            fingerprint: text(node, "fingerprint"),
            approved_by: text(node, "approved_by"),
            reason: text(node, "reason").unwrap_or_default(),
            until: text(node, "until").and_then(|day| day.parse().ok()).unwrap_or_default(),
            span: node.span,
        });
    }
    if let Some(node) = tree.get("diff") {
        let texts = |key: &str| -> Option<Vec<String>> {
            let node = node.get(key).filter(|node| !node.is_null())?;
            Some(node.one_or_many().iter().filter_map(Node::text).map(str::to_owned).collect())
        };
        config.diff.changelog = text(node, "changelog");
        config.diff.gates = texts("gates").unwrap_or_default();
        config.diff.release_tags = texts("release_tags").unwrap_or(config.diff.release_tags);
    }
    if let Some(node) = tree.get("check") {
        config.check = checking(node, config.check);
    }
    Ok(config)
}

/// Codes in `rules` and `ignores` that name no rule, or one that nobody can overrule.
fn unknown_rules(tree: &Node, configurable: &dyn Fn(&str) -> Result<Configurable, String>) -> Vec<Problem> {
    let refused = |code: &str, span, help: String| {
        let message = format!("{} can't be configured", crate::source::words::quoted(code));
        Problem::new("invalid-value", span, message).help(help)
    };
    let rules = tree.get("rules").map(Node::entries).unwrap_or_default().iter().filter_map(|entry| {
        let kind = match configurable(&entry.key) {
            Ok(kind) => kind,
            Err(help) => return Some(refused(&entry.key, entry.key_span, help)),
        };
        let word = entry.value.text()?;
        let help = kind.refusal(Setting::from_name(word)?)?;
        let message = format!("{} can't be {word}", crate::source::words::quoted(&entry.key));
        Some(Problem::new("invalid-value", entry.value.span, message).help(help))
    });
    let ignores = tree.get("ignores").map(Node::items).unwrap_or_default().iter().filter_map(|node| {
        let code = node.get("code")?;
        Some(refused(code.text()?, code.span, configurable(code.text()?).err()?))
    });
    rules.chain(ignores).collect()
}

/// Numbers that mean nothing, where the shape allows any.
fn out_of_range(tree: &Node) -> Vec<Problem> {
    let check = tree.get("check");
    let wrong = |key: &str, right: fn(f64) -> bool, help: &str| {
        let node = check?.get(key).filter(|node| number(node).is_some_and(|number| !right(number)))?;
        let message = format!("`{key}` can't be {}", node.scalar_text().unwrap_or_default());
        Some(Problem::new("invalid-value", node.span, message).help(help))
    };
    let share = |key| wrong(key, |number| (0.0..=100.0).contains(&number), "a share in percent is from 0 to 100");
    let one = wrong("concurrency", |number| number >= 1.0, "at least 1 service is asked at once");
    [one, share("info_at"), share("warning_at")].into_iter().flatten().collect()
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        #[expect(clippy::cast_precision_loss, reason = "settings are small")]
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

fn compatibility(word: &str) -> Compatibility {
    let (word, transitive) = word.strip_suffix("_TRANSITIVE").map_or((word, false), |word| (word, true));
    let mode = match word {
        "FORWARD" => Mode::Readers,
        "BACKWARD" => Mode::Writers,
        "FULL" => Mode::Both,
        "NONE" => Mode::None,
        word => Mode::from_name(word).unwrap_or_default(),
    };
    Compatibility { mode, transitive }
}

fn checking(node: &Node, default: CheckConfig) -> CheckConfig {
    let time = |key: &str, default| {
        node.get(key).and_then(Node::text).and_then(|text| Quantity::new(text).duration()).unwrap_or(default)
    };
    let count = |key: &str, default| {
        node.get(key).and_then(Node::integer).and_then(|value| u32::try_from(value).ok()).unwrap_or(default)
    };
    let share = |key: &str, default| node.get(key).and_then(number).unwrap_or(default);
    CheckConfig {
        timeout: time("timeout", default.timeout),
        deadline: time("deadline", default.deadline),
        concurrency: count("concurrency", default.concurrency),
        clock_skew: time("clock_skew", default.clock_skew),
        info_at: share("info_at", default.info_at),
        warning_at: share("warning_at", default.warning_at),
        critical_after: count("critical_after", default.critical_after),
    }
}

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

/// The reference of `pact.yaml`, in Markdown.
pub fn reference() -> String {
    markdown(&[&SHAPE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "the signature that `read` takes")]
    fn any(_: &str) -> Result<Configurable, String> {
        Ok(Configurable::Rule)
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        assert_eq!(read("", &any).unwrap(), Config::default());
        assert_eq!(read("# nothing\n", &any).unwrap(), Config::default());
    }

    #[test]
    fn what_is_given_replaces_the_defaults() {
        let config = read(
            "contracts: data/*.yaml\ncompatibility: BACKWARD_TRANSITIVE\nrules: {field-odd: off, field-even: error}\n\
             diff: {gates: privacy, release_tags: 'data/{contract}/{version}'}\n\
             check: {timeout: 5s, concurrency: 8, info_at: 50}\n\
             ignores: [{code: a-b, reason: agreed, until: 2026-12-31}]\n",
            &any,
        )
        .unwrap();
        assert_eq!(config.contracts, ["data/*.yaml"]);
        assert_eq!(config.compatibility, Compatibility { mode: Mode::Writers, transitive: true });
        let levels =
            [("field-odd".to_owned(), Setting::Off), ("field-even".to_owned(), Setting::Severity(Severity::Error))];
        assert_eq!(config.policy.levels, levels);
        assert_eq!(config.check.timeout, SignedDuration::from_secs(5));
        assert_eq!(config.diff.gates, ["privacy"]);
        assert_eq!(config.diff.release_tags, ["data/{contract}/{version}"]);
        assert_eq!((config.check.concurrency, config.check.info_at), (8, 50.0));
        assert_eq!(config.policy.ignores[0].until.to_string(), "2026-12-31");
    }

    #[test]
    fn mistakes_have_places() {
        let problems = read("contract: x\ncheck: {timeout: soon}\n", &any).unwrap_err();
        assert_eq!(problems[0].help.as_deref(), Some("it belongs in `ignores`; or did you mean `contracts`?"));
        assert_eq!(problems[1].code, "invalid-value");
    }

    #[test]
    fn numbers_that_mean_nothing_are_mistakes() {
        let messages = |text: &str| -> Vec<String> {
            read(text, &any).err().into_iter().flatten().map(|problem| problem.message).collect()
        };
        let wrong = messages("check: {concurrency: 0, info_at: 300, warning_at: -5}");
        assert_eq!(wrong, ["`concurrency` can't be 0", "`info_at` can't be 300", "`warning_at` can't be -5"]);
        assert_eq!(messages("check: {concurrency: 1, info_at: 0, warning_at: 100}"), [""; 0]);
        assert_eq!(messages("check: {warning_at: .nan}").len(), 1);
    }

    #[test]
    fn an_editor_knows_the_codes() {
        let codes = [("field-odd", Configurable::Rule, "it is odd"), ("type-odd", Configurable::Change, "less")];
        let schema = schema(&codes);
        let definitions = &schema["$defs"];
        let rules = &definitions["configuration"]["properties"]["rules"]["anyOf"][0];
        assert_eq!(rules["properties"]["field-odd"], json!({"$ref": "#/$defs/severity", "description": "it is odd"}));
        assert_eq!(rules["properties"]["type-odd"]["$ref"], "#/$defs/level");
        assert_eq!(rules["additionalProperties"], json!(false));
        assert_eq!(definitions["severity"]["enum"], json!(["off", "info", "warning", "error"]));
        assert_eq!(definitions["level"]["enum"], json!(["off", "error", "none", "patch", "minor", "major"]));
        let code = &definitions["exception"]["properties"]["code"];
        assert_eq!(code["enum"], json!(["field-odd", "type-odd"]));
        assert_eq!(code["enumDescriptions"], json!(["it is odd", "less"]));
    }

    #[test]
    fn a_rule_has_a_severity_and_a_change_has_levels() {
        let kinds = |code: &str| Ok(if code.starts_with("type-") { Configurable::Change } else { Configurable::Rule });
        let text = "rules: {type-odd: minor, type-even: error, type-new: off, field-odd: info}";
        let levels = read(text, &kinds).unwrap().policy.levels;
        assert_eq!(levels[0].1, Setting::Level(crate::finding::change::Level::Minor));
        assert_eq!(levels[1].1, Setting::Severity(Severity::Error));
        let problems = read("rules: {type-odd: warning, field-odd: major}", &kinds).unwrap_err();
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["`type-odd` can't be warning", "`field-odd` can't be major"]);
    }

    #[test]
    fn the_examples_of_the_pages_about_exceptions_are_configurations() {
        for rule in crate::finding::policy::RULES {
            let example = rule.page.split_once("```yaml\n").expect("an example").1;
            let example = example.split_once("```").expect("the end of the example").0;
            assert!(rule.page.starts_with(&format!("# {}\n", rule.code)));
            assert_eq!(read(example, &any).expect("a configuration").policy.ignores.len(), 1, "{}", rule.code);
        }
    }

    #[test]
    fn rules_that_do_not_exist_are_mistakes() {
        let known = |code: &str| {
            if code == "field-odd" { Ok(Configurable::Rule) } else { Err("did you mean `field-odd`?".to_owned()) }
        };
        let text = "rules: {field-od: off, field-odd: off}\nignores: [{code: odd, reason: r, until: 2026-12-31}]\n";
        let problems = read(text, &known).unwrap_err();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].message, "`field-od` can't be configured");
    }
}
