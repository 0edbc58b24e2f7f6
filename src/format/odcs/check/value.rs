//! A value held against the kind that its key wants.

use super::super::keys::{Key, Kind, Shape, Word};
use super::super::version::Version;
use super::mend;
use super::walk::Checker;
use crate::source::words::{alternatives, nearest, quoted};
use crate::source::{Node, Problem, Span, Value};

impl Checker {
    /// Judges the value of a key.
    pub(super) fn value(&mut self, node: &Node, key_span: Span, key: &'static Key, kind: &'static Kind) {
        let name = key.name;
        match kind {
            Kind::Any => {}
            Kind::Word(_)
            | Kind::Form(_)
            | Kind::Text
            | Kind::Bool
            | Kind::Whole(_)
            | Kind::Number
            | Kind::Positive
                if node.is_null() =>
            {
                self.nothing(key_span, key);
            }
            Kind::Text => self.demand(node, name, node.text().is_some(), "text", kind),
            Kind::Bool => self.demand(node, name, node.boolean().is_some(), "`true` or `false`", kind),
            Kind::Number => self.demand(node, name, is_number(node), "a number", kind),
            Kind::Positive => {
                let right = match node.value {
                    Value::Int(number) => number > 0,
                    Value::Float(number) => number > 0.0,
                    _ => false,
                };
                self.demand(node, name, right, "a number above 0", kind);
            }
            Kind::Whole(least) => {
                let right = node.integer().is_some_and(|number| number >= *least);
                let expected = if *least == i128::MIN {
                    "a whole number".to_owned()
                } else {
                    format!("a whole number, {least} or more")
                };
                self.demand(node, name, right, &expected, kind);
            }
            Kind::Scalar => {
                let right = !matches!(node.value, Value::List(_) | Value::Map(_));
                self.demand(node, name, right, "text, a number, a boolean or null", kind);
            }
            Kind::Form(form) => match node.text() {
                Some(text) if (form.accepts)(text) => {}
                Some(text) => {
                    let problem =
                        Problem::new("invalid-value", node.span, format!("`{name}` can't be {}", quoted(text)));
                    self.tell(problem.help(format!("expected {}", form.expected)), |_| mend::text(node, form));
                }
                None => self.demand(node, name, false, form.expected, kind),
            },
            Kind::Word(words) => self.word(node, name, words, kind),
            Kind::Mapping | Kind::Empty | Kind::Map(_) | Kind::List(_) if node.is_null() => self.nothing(key_span, key),
            Kind::Mapping => {
                self.demand(node, name, matches!(node.value, Value::Map(_)), "a mapping of keys and values", kind);
            }
            Kind::Empty => self.empty(node, name),
            Kind::Map(shape) => {
                if let Some(text) = node.text().filter(|_| name == "description") {
                    self.description(node, text);
                } else {
                    self.map(node, shape);
                }
            }
            Kind::List(list) => self.list(node, key_span, key, list),
            Kind::Or(one, other) => {
                let kind = if is_of(node, one) { one } else { other };
                self.value(node, key_span, key, kind);
            }
            Kind::Until(since, before, after) => self.until(node, key_span, key, (*since, before, after)),
        }
    }

    /// A value that changed its kind with an edition.
    fn until(
        &mut self,
        node: &Node,
        key_span: Span,
        key: &'static Key,
        (since, before, after): (Version, &'static Kind, &'static Kind),
    ) {
        let is_old = self.version < since;
        let (kind, other) = if is_old { (before, after) } else { (after, before) };
        let found = self.problems.len();
        self.value(node, key_span, key, kind);
        if self.problems.len() == found || node.is_null() {
            return;
        }
        // It is wrong: would another edition take it?
        if !is_of(node, other) {
            return;
        }
        if !matches!(node.value, Value::List(_) | Value::Map(_)) {
            let mut scratch = Self::new(if is_old { since } else { Version::V3_0_0 }, Vec::new());
            scratch.value(node, key_span, key, other);
            if !scratch.finish().is_empty() {
                return;
            }
        }
        let shown = match node.value {
            Value::Map(_) => "a mapping".to_owned(),
            Value::List(_) => "a list".to_owned(),
            _ => quoted(&node.scalar_text().unwrap_or_default()),
        };
        self.problems.truncate(found);
        if is_old {
            self.is_newer(format!("{shown} as `{}`", key.name), since, node.span);
        } else {
            let message = format!("`{}` is not {} since ODCS {since}", key.name, node.described());
            let help = match (key.name, node.boolean()) {
                ("exclusiveMinimum", Some(true)) => "write the value of `minimum` here, and leave `minimum` out",
                ("exclusiveMaximum", Some(true)) => "write the value of `maximum` here, and leave `maximum` out",
                ("exclusiveMinimum" | "exclusiveMaximum", _) => "leave it out: the bound beside it is inclusive",
                _ => "write it as the edition that the file declares has it",
            };
            self.problems.push(Problem::new("wrong-type", node.span, message).help(help));
        }
    }

    fn word(&mut self, node: &Node, name: &str, words: &'static [Word], kind: &'static Kind) {
        let known = || words.iter().filter(|word| word.since <= self.version).map(|word| word.name);
        let Some(text) = node.text() else {
            return self.demand(node, name, false, &format!("one of {}", alternatives(known())), kind);
        };
        match words.iter().find(|word| word.name == text) {
            Some(word) if word.since <= self.version => {}
            Some(word) => self.is_newer(format!("`{name}: {text}`"), word.since, node.span),
            None => {
                let long = || words.iter().filter(|word| word.name.len() > 2 || words.len() < 12).map(|word| word.name);
                let known: Vec<&str> = known().filter(|word| long().any(|long| long == *word)).collect();
                let meant = meant_word(name, text).or_else(|| nearest(text, known.iter().copied()));
                let help = match meant {
                    Some(near) => format!("did you mean `{near}`? Known: {}", alternatives(known.iter().copied())),
                    None => format!("expected {}", alternatives(known.iter().copied())),
                };
                let message = format!("`{name}` can't be {}", quoted(text));
                let problem = Problem::new("invalid-value", node.span, message).help(help);
                self.tell(problem, |_| Some(mend::word(node, text, &known, meant?)));
            }
        }
    }

    /// A key without a value.
    fn nothing(&mut self, key_span: Span, key: &Key) {
        let problem = Problem::new("wrong-type", key_span, format!("`{}` has no value", key.name));
        let example =
            if key.example.is_empty() { String::new() } else { format!(", such as `{}: {}`", key.name, key.example) };
        self.problems.push(problem.help(format!("write one{example}, or leave the key out")));
    }

    /// Options of a property without a logical type.
    fn empty(&mut self, node: &Node, name: &str) {
        match &node.value {
            Value::Map(entries) if entries.is_empty() => {}
            Value::Map(entries) => {
                let span = entries.first().map_or(node.span, |entry| entry.key_span);
                let message = format!("`{name}` without `logicalType`: nothing tells what they mean");
                self.problems.push(
                    Problem::new("missing-key", span, message).help("add `logicalType`, such as `logicalType: string`"),
                );
            }
            _ => self.demand(node, name, false, "a mapping of keys and values", &Kind::Mapping),
        }
    }

    fn description(&mut self, node: &Node, text: &str) {
        let problem =
            Problem::new("wrong-type", first_line(node), "the `description` of a contract is a mapping, found text");
        let shown = if text.len() <= 40 && !text.contains('\n') { text } else { "..." };
        self.problems.push(problem.help(format!("write `description: {{purpose: {}}}`", quoted_value(shown))));
    }

    /// A value where a mapping has to be.
    pub(super) fn no_mapping(&mut self, node: &Node, shape: &Shape) {
        let message = format!("{} is a mapping, found {}", shape.name, node.described());
        let keys: Vec<&str> = shape.keys.iter().take(3).map(|key| key.name).collect();
        let problem = Problem::new("wrong-type", first_line(node), message);
        let required = shape.keys.iter().find(|key| key.is_required(self.version)).map(|key| key.name);
        self.problems.push(match (node.scalar_text(), required) {
            (Some(text), Some(key)) if text.len() <= 40 && !node.is_null() => {
                problem.help(format!("write `{key}: {}`", quoted_value(&text)))
            }
            _ => problem.help(format!("write keys and values here, such as {}", alternatives(keys))),
        });
    }

    /// Demands a value of a kind.
    pub(super) fn demand(&mut self, node: &Node, name: &str, right: bool, expected: &str, kind: &'static Kind) {
        if right {
            return;
        }
        let message = format!("`{name}` must be {expected}, found {}", node.described());
        let problem = Problem::new("wrong-type", first_line(node), message);
        let plain = node.scalar_text().filter(|_| !matches!(node.value, Value::Text(_)));
        let problem = match (plain, &node.value) {
            (Some(text), _) if matches!(kind, Kind::Text | Kind::Form(_)) => {
                problem.help(format!("put it in quotes: \"{text}\""))
            }
            (_, Value::Float(number)) if number.fract() == 0.0 && expected.contains("whole") => {
                problem.help("write it without a fraction: other readers take it for a float")
            }
            _ => problem,
        };
        self.tell(problem, |_| mend::value(node, kind));
    }
}

/// Whether a value has the YAML type of a kind.
fn is_of(node: &Node, kind: &Kind) -> bool {
    match kind {
        Kind::Text | Kind::Form(_) | Kind::Word(_) => node.text().is_some(),
        Kind::Map(_) | Kind::Mapping => matches!(node.value, Value::Map(_)),
        Kind::List(_) => matches!(node.value, Value::List(_)),
        Kind::Whole(_) => node.integer().is_some(),
        Kind::Until(_, before, _) => is_of(node, before),
        Kind::Or(one, other) => is_of(node, one) || is_of(node, other),
        _ => true,
    }
}

fn is_number(node: &Node) -> bool {
    matches!(node.value, Value::Int(_) | Value::Float(_))
}

/// Words of other vocabularies, and what they are here.
fn meant_word(name: &str, text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    Some(match (name, lower.as_str()) {
        ("logicalType", "int" | "bigint" | "smallint" | "long" | "short") => "integer",
        ("logicalType", "varchar" | "text" | "char" | "uuid" | "str") => "string",
        ("logicalType", "decimal" | "float" | "double" | "numeric") => "number",
        ("logicalType", "bool") => "boolean",
        ("logicalType", "datetime" | "timestamp_tz" | "timestamp_ntz") => "timestamp",
        ("logicalType", "record" | "struct" | "json") => "object",
        ("logicalType", "list") => "array",
        ("dimension", "validity") => "conformity",
        ("dimension", "freshness" | "currency") => "timeliness",
        ("type", "soda" | "greatexpectations" | "dbt" | "montecarlo") => "custom",
        _ => return None,
    })
}

/// A text as a value in a sentence: in double quotes, shortened.
fn quoted_value(text: &str) -> String {
    if text == "..." { text.to_owned() } else { format!("{text:?}") }
}

/// Where a container stands, in a span that fits on a line.
pub(super) fn first_line(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |entry| entry.key_span),
        Value::List(items) => items.first().map_or(node.span, first_line),
        _ => node.span,
    }
}
