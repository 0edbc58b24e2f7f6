//! What a rule is, and what is to be said of it as a whole.

use super::super::keys::OPERATORS;
use super::super::version::Version;
use super::mend;
use super::walk::Checker;
use crate::source::words::alternatives;
use crate::source::{Entry, Node, Problem, Value};

#[expect(clippy::struct_excessive_bools, reason = "a rule may be of several types at once")]
/// Of which types a rule is: a `metric` makes any rule a measured one too.
pub(super) struct RuleTypes {
    /// Its type in a word, where it has one.
    pub(super) word: &'static str,
    pub(super) library: bool,
    pub(super) sql: bool,
    pub(super) custom: bool,
    /// Whether its type is no type: nothing more is said of it then.
    pub(super) unknown: bool,
    /// Keys whose absence is told in another way.
    pub(super) excused: &'static [&'static str],
    /// What is wrong with the whole of it.
    cause: Option<Cause>,
}

/// What may be wrong with a whole rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// It has the keys of a type and does not say the type.
    NoType { key: &'static str, word: &'static str },
    /// It has operators, and nothing says what is measured.
    NothingMeasured,
    /// It measures with `rule`, as before 3.1.
    OldRule,
    /// It measures with `metric`, which came with 3.1.
    NewMetric,
}

impl RuleTypes {
    /// The types of a rule of an edition.
    pub(super) fn of(node: &Node, version: Version) -> Self {
        let mut types =
            Self { word: "", library: false, sql: false, custom: false, unknown: false, excused: &[], cause: None };
        let declared = node.get("type");
        match declared.map(Node::text) {
            None => {}
            Some(Some("library")) => (types.word, types.library) = ("library", true),
            Some(Some("sql")) => (types.word, types.sql) = ("sql", true),
            Some(Some("custom")) => (types.word, types.custom) = ("custom", true),
            Some(Some("text")) => types.word = "text",
            Some(_) => types.unknown = true,
        }
        let has = |key: &str| node.entry(key).is_some();
        if version < Version::V3_1_0 {
            types.library |= declared.is_none();
            if types.library && !has("rule") {
                if has("metric") {
                    (types.cause, types.excused) = (Some(Cause::NewMetric), &["rule"]);
                } else if declared.is_none() {
                    types.untyped(&has);
                }
            }
            return types;
        }
        if node.get("metric").is_some_and(|metric| metric.text().is_some()) {
            types.library = true;
        } else if types.library && has("rule") {
            (types.cause, types.excused) = (Some(Cause::OldRule), &["metric"]);
        } else if declared.is_none() {
            if has("rule") {
                types.library = true;
                (types.cause, types.excused) = (Some(Cause::OldRule), &["metric"]);
            } else if has("metric") {
                types.library = true;
            } else {
                types.untyped(&has);
            }
        }
        types
    }

    /// A rule without a type: what its keys say.
    fn untyped(&mut self, has: &dyn Fn(&str) -> bool) {
        let (key, word) = if has("query") {
            ("query", "sql")
        } else if has("implementation") {
            ("implementation", "custom")
        } else if has("engine") {
            ("engine", "custom")
        } else if OPERATORS.iter().any(|operator| has(operator)) {
            self.library = true;
            self.excused = &["metric", "rule"];
            self.cause = Some(Cause::NothingMeasured);
            return;
        } else {
            return;
        };
        self.library = false;
        self.sql = word == "sql";
        self.custom = word == "custom";
        self.cause = Some(Cause::NoType { key, word });
    }
}

impl Checker {
    /// What is to be said of a whole rule.
    pub(super) fn rule(&mut self, node: &Node, entries: &[Entry], types: &RuleTypes) {
        let key_span = |key: &str| node.entry(key).map_or(node.span, |entry| entry.key_span);
        let first = entries.first().map_or(node.span, |entry| entry.key_span);
        match types.cause {
            Some(Cause::NoType { key, word }) => {
                let message = format!("a rule with `{key}` has to say `type: {word}`");
                let problem = Problem::new("missing-key", key_span(key), message);
                self.problems.push(problem.help(format!("add `type: {word}`; without a type it is a `library` rule")));
            }
            Some(Cause::NothingMeasured) => {
                let key = if self.version < Version::V3_1_0 { "rule" } else { "metric" };
                let message = format!("a rule has no `{key}`: nothing says what is measured");
                let problem = Problem::new("missing-key", first, message);
                self.problems.push(problem.help(if self.version < Version::V3_1_0 {
                    "add `rule`, such as `rule: rowCount`, or `type: sql` with a `query`"
                } else {
                    "add `metric`, such as `metric: nullValues`, or `type: sql` with a `query`"
                }));
            }
            Some(Cause::OldRule) => {
                if let Some(entry) = node.entry("rule") {
                    let message = format!(
                        "`rule` says what is measured until ODCS 3.0.2, and the file declares {}",
                        self.version.api_version()
                    );
                    let problem = Problem::new("outdated-key", entry.key_span, message);
                    let problem = problem.help(super::strange::instead_of_rule(&entry.value));
                    self.tell(problem, |_| mend::metric_for_rule(node, entry));
                }
            }
            Some(Cause::NewMetric) => {
                self.is_newer("`metric`".to_owned(), Version::V3_1_0, key_span("metric"));
            }
            None => {}
        }
        if self.version >= Version::V3_1_0 && (types.library || types.sql) {
            self.operators(entries, first);
        }
    }

    /// A measured rule has one operator.
    fn operators(&mut self, entries: &[Entry], first: crate::source::Span) {
        let given: Vec<&Entry> = entries.iter().filter(|entry| OPERATORS.contains(&&*entry.key)).take(9).collect();
        match given.as_slice() {
            [_] => {}
            [] => {
                let mut misspelt = |entry: &Entry| self.may_search() && super::strange::is_near_operator(&entry.key);
                if !entries.iter().any(&mut misspelt) {
                    self.problems.push(
                        Problem::new(
                            "missing-key",
                            first,
                            "a measured rule has no operator: nothing says what is right",
                        )
                        .help(format!("add one of {}", alternatives(OPERATORS))),
                    );
                }
            }
            [one, other, ..] if one.key == other.key => {}
            [one, other, ..] => {
                let message = format!("a rule has one operator, and this has `{}` and `{}`", one.key, other.key);
                let help = between(one, other).or_else(|| between(other, one)).unwrap_or_else(|| {
                    "write two rules; for a range of numbers there is `mustBeBetween: [LOW, HIGH]`, whose ends are \
                     not allowed themselves"
                        .to_owned()
                });
                self.problems.push(Problem::new("invalid-value", other.key_span, message).help(help));
            }
        }
    }
}

/// The one operator that says what two say.
fn between(low: &Entry, high: &Entry) -> Option<String> {
    let number = |node: &Node| matches!(node.value, Value::Int(_) | Value::Float(_)).then(|| node.scalar_text())?;
    let range = || Some(format!("[{}, {}]", number(&low.value)?, number(&high.value)?));
    match (&*low.key, &*high.key) {
        ("mustBeGreaterThan", "mustBeLessThan") => {
            Some(format!("write `mustBeBetween: {}`, which means the same", range()?))
        }
        ("mustBeGreaterOrEqualTo", "mustBeLessOrEqualTo") => {
            Some(format!("write two rules: `mustBeBetween: {}` would not allow the ends themselves", range()?))
        }
        _ => None,
    }
}
