//! A tree held against a shape: what is unknown, misplaced, twice there, missing or of the wrong kind.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::super::fix::Fix;
use super::super::words::{alternatives, nearest, quoted};
use super::super::{Entry, Node, Problem, Span, Value};
use super::types::{bare_type, known_type};
use super::{Key, Kind, Shape, mend};

/// Everything in the tree that the shape does not allow, in the order of the file.
pub fn check(root: &Node, shape: &'static Shape) -> Vec<Problem> {
    let mut checker = Checker { root: shape, problems: Vec::new(), around: Vec::new(), is_silent: false };
    checker.map(root, shape);
    checker.problems.sort_by_key(|problem| problem.span);
    checker.problems
}

/// For so many problems of a file the right word is looked for. A file with more of them was made to keep pact busy.
const PATIENCE: usize = 1_000;

/// Keys whose values are secrets, if they are not references to the environment: a password may well be a number.
const SECRET_KEYS: &[&str] = &["password", "token"];

pub(super) struct Checker<'t> {
    root: &'static Shape,
    problems: Vec<Problem>,
    /// The mappings around what is looked at, the outermost first.
    around: Vec<(&'t Node, &'static Shape)>,
    /// Whether it only asks if something is wrong, and looks for no way out.
    is_silent: bool,
}

/// What to do where a comma cut a text in two.
pub const CUT_OFF: &str = "within `{…}` a comma ends the text in front of it: put the whole text in quotes";

/// Whether a key is the rest of a text that stands without quotes in `{…}` and has a comma: it has no value, and words or
/// marks as no key has them.
pub fn is_cut_off(entry: &Entry, entries: &[Entry]) -> bool {
    /// Pieces of one text that are looked at.
    const MOST: usize = 20;
    let strange = |letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '/' | ':'));
    if !entry.value.is_null() || !entry.key.contains(strange) {
        return false;
    }
    let before = entries.iter().take_while(|earlier| earlier.key_span < entry.key_span).count();
    let mut next = entry.key_span.start;
    for earlier in entries.iter().take(before).rev().take(MOST) {
        let end = if earlier.value.is_null() { earlier.key_span.end } else { earlier.value.span.end };
        // A comma and a space are between them, and nothing else.
        if end + 2 != next {
            return false;
        }
        if !earlier.value.is_null() {
            return earlier.value.text().is_some();
        }
        next = earlier.key_span.start;
    }
    false
}

/// A shape without keys.
static NOTHING: Shape = Shape { name: "", doc: "", keys: &[] };

impl<'t> Checker<'t> {
    /// One that only asks whether something is wrong, below a root.
    pub(super) fn silent_in(root: &'static Shape) -> Self {
        Self { root, problems: Vec::new(), around: Vec::new(), is_silent: true }
    }

    /// The same of values without keys.
    pub(super) fn silent() -> Self {
        Self::silent_in(&NOTHING)
    }

    /// Whether nothing is wrong.
    pub(super) fn is_content(&self) -> bool {
        self.problems.is_empty()
    }

    /// Adds a problem, with a fix if there is one.
    fn tell(&mut self, problem: Problem, fix: impl FnOnce(&Self) -> Option<Fix>) {
        let fix = if self.is_silent || self.problems.len() > PATIENCE { None } else { fix(self) };
        self.problems.push(match fix {
            Some(fix) => problem.fix(fix),
            None => problem,
        });
    }

    fn map(&mut self, node: &'t Node, shape: &'static Shape) {
        self.around.push((node, shape));
        self.keys(node, shape);
        self.around.pop();
    }

    fn keys(&mut self, node: &'t Node, shape: &'static Shape) {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected a mapping ({}), found {}", shape.name, node.described());
            let known: Vec<&str> = shape.keys.iter().take(4).map(|key| key.name).collect();
            let help = format!("write keys and values here, such as {}", alternatives(known));
            self.problems.push(Problem::new("wrong-type", node.span, message).help(help));
            return;
        };
        self.duplicates(entries);
        for entry in entries {
            match shape.keys.iter().find(|key| key.name == &*entry.key) {
                Some(key) => self.entry(entry, key),
                None => self.unknown(entry, entries, shape),
            }
        }
        // A required key that was misspelt is one mistake, and the unknown key has said it.
        let misspelt =
            |key: &Key| entries.iter().take(PATIENCE).any(|entry| meant(&entry.key, shape) == Some(key.name));
        for key in shape.keys.iter().filter(|key| key.required) {
            if !entries.iter().any(|entry| &*entry.key == key.name) && !misspelt(key) {
                self.missing(node, entries, shape, key);
            }
        }
    }

    fn duplicates(&mut self, entries: &[Entry]) {
        const FEW: usize = 32;
        // Most mappings are short, and comparing is quicker than hashing then.
        let mut seen = HashSet::with_capacity(if entries.len() > FEW { entries.len() } else { 0 });
        for (index, entry) in entries.iter().enumerate() {
            let twice = if entries.len() > FEW {
                !seen.insert(&entry.key)
            } else {
                entries.iter().take(index).any(|earlier| earlier.key == entry.key)
            };
            if twice {
                let message = format!("the key {} is given twice", quoted(&entry.key));
                let problem = Problem::new("duplicate-key", entry.key_span, message);
                let problem = problem.help("keep one of the two: YAML readers disagree on which one counts");
                self.tell(problem, |_| mend::again(entry, entries));
            }
        }
    }

    fn missing(&mut self, node: &Node, entries: &[Entry], shape: &Shape, key: &Key) {
        let message = format!("the {} has no `{}`", shape.name, key.name);
        // The whole mapping may be pages long: its first key is a place that one can look at.
        let span = entries.first().map_or(node.span, |entry| entry.key_span);
        let example = key.example.map_or_else(String::new, |example| format!(", such as `{}: {example}`", key.name));
        self.problems.push(Problem::new("missing-key", span, message).help(format!("add `{}`{example}", key.name)));
    }

    fn unknown(&mut self, entry: &Entry, entries: &[Entry], shape: &'static Shape) {
        let word = &*entry.key;
        let span = entry.key_span;
        if self.is_silent || self.problems.len() > PATIENCE {
            let message = format!("unknown key {} in the {}", quoted(word), shape.name);
            let problem = Problem::new("unknown-key", span, message);
            return self.problems.push(problem.help(format!("known keys here: {}", list(shape))));
        }
        if is_cut_off(entry, entries) {
            let message = format!("unknown key {} in the {}", quoted(word), shape.name);
            return self.problems.push(Problem::new("unknown-key", span, message).help(CUT_OFF));
        }
        let homes = if synonym(word, shape).is_some() { Vec::new() } else { homes(self.root, word) };
        if !homes.is_empty() {
            let message = format!("the key {} is in the wrong place: the {} has no such key", quoted(word), shape.name);
            let mut help = format!("it belongs {}", alternatives(homes.iter().map(String::as_str)));
            if let Some(near) = meant(word, shape) {
                let _ = write!(help, "; or did you mean `{near}`?");
            }
            let problem = Problem::new("misplaced-key", span, message).help(help);
            return self.tell(problem, |checker| {
                let (_, around) = checker.around.split_last()?;
                let outermost = checker.around.get(..around.len().max(1)).unwrap_or_default();
                mend::moved(entry, outermost, shape, homes.len(), checker.root)
            });
        }
        let message = format!("unknown key {} in the {}", quoted(word), shape.name);
        let help = match (synonym(word, shape), meant(word, shape)) {
            (Some(name), _) => format!("pact calls this `{name}`"),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("known keys here: {}", list(shape)),
        };
        let problem = Problem::new("unknown-key", span, message).help(help);
        self.tell(problem, |checker| mend::renamed(entry, entries, shape, meant(word, shape), checker.root));
    }

    fn entry(&mut self, entry: &'t Entry, key: &'static Key) {
        // A key without a value says nothing; only where something has to be said is that wrong.
        if entry.value.is_null() && !matches!(key.kind, Kind::Any | Kind::AnyOrListed(_)) {
            if key.required {
                let problem = Problem::new("wrong-type", entry.key_span, format!("`{}` has no value", key.name));
                let example = key.example.unwrap_or("…");
                self.problems.push(problem.help(format!("write one, such as `{}: {example}`", key.name)));
            }
            return;
        }
        if let Some(unit) = missing_unit(&entry.value, key) {
            let found = entry.value.described();
            let problem =
                Problem::new("wrong-type", entry.value.span, format!("`{}` has no unit: found {found}", key.name));
            return self.problems.push(problem.help(format!("write {unit}")));
        }
        self.value(&entry.value, key.name, &key.kind);
    }

    pub(super) fn value(&mut self, node: &'t Node, name: &str, kind: &'static Kind) {
        match kind {
            Kind::Any => {}
            Kind::AnyOrListed(shape) => {
                let first = shape.keys.first().map(|key| key.name);
                for item in node.items().iter().filter(|item| first.is_some_and(|first| item.get(first).is_some())) {
                    self.map(item, shape);
                }
            }
            Kind::Text => self.demand(node, name, node.text().is_some(), "text", kind),
            Kind::Bool => self.demand(node, name, node.boolean().is_some(), "`true` or `false`", kind),
            Kind::Number => {
                self.demand(node, name, matches!(node.value, Value::Int(_) | Value::Float(_)), "a number", kind);
            }
            Kind::Count => {
                let right = node.integer().is_some_and(|number| (0..=i128::from(u32::MAX)).contains(&number));
                self.demand(node, name, right, "a whole number, 0 or more", kind);
            }
            Kind::Scalar => {
                self.demand(node, name, node.scalar_text().is_some(), "text, a number or a boolean", kind);
            }
            Kind::Form(form) => match node.text() {
                Some(text) if (form.accepts)(text) => {}
                Some(text) => {
                    let message = format!("`{name}` can't be {}", quoted(text));
                    let help = match mend::meant(text, form).filter(|_| !self.is_silent) {
                        Some((meant, _)) => format!("did you mean {}? Expected {}", quoted(&meant), form.expected),
                        None => format!("expected {}", form.expected),
                    };
                    let problem = Problem::new("invalid-value", node.span, message);
                    self.tell(problem.help(help), |_| mend::text(node, form));
                }
                None => self.demand(node, name, false, form.expected, kind),
            },
            Kind::Word(words) => self.word(node, name, words, kind),
            Kind::List(item) => {
                if let Value::List(items) = &node.value {
                    for node in items {
                        self.value(node, name, item);
                    }
                } else {
                    self.demand(node, name, false, "a list (items begin with `- `)", kind);
                }
            }
            Kind::OneOrMany(item) => {
                for node in node.one_or_many() {
                    self.value(node, name, item);
                }
            }
            Kind::Map(shape) => self.map(node, shape),
            Kind::Dict(item) => self.dict(node, name, item, kind),
            Kind::Either(scalar, shape) => {
                if matches!(node.value, Value::Map(_)) {
                    self.map(node, shape);
                } else {
                    self.value(node, name, scalar);
                }
            }
        }
    }

    fn dict(&mut self, node: &'t Node, name: &str, item: &'static Kind, kind: &'static Kind) {
        let Value::Map(entries) = &node.value else {
            return self.demand(node, name, false, "a mapping from names to values", kind);
        };
        self.duplicates(entries);
        for entry in entries {
            self.value(&entry.value, &entry.key, item);
        }
    }

    fn word(&mut self, node: &Node, name: &str, words: &'static [(&'static str, &'static str)], kind: &'static Kind) {
        let known = || words.iter().map(|(word, _)| *word);
        let Some(text) = node.text() else {
            return self.demand(node, name, false, &format!("one of {}", alternatives(known())), kind);
        };
        if known().any(|word| word == text) {
            return;
        }
        let message = format!("`{name}` can't be {}", quoted(text));
        let is_type = matches!(name, "data_type" | "keys");
        let of_others = if is_type { known_type(text).or_else(|| bare_type(text, known())) } else { None };
        let help = match (of_others, nearest(text, known())) {
            (Some(own), _) => {
                format!(
                    "pact calls this `{own}`; the type of the store, as it is written there, is the `physical_type`"
                )
            }
            (None, Some(near)) => format!("did you mean `{near}`? Known: {}", alternatives(known())),
            (None, None) => format!("expected {}", alternatives(known())),
        };
        let problem = Problem::new("invalid-value", node.span, message).help(help);
        self.tell(problem, |checker| {
            let foreign = of_others.zip(checker.around.last());
            foreign
                .and_then(|(own, (mapping, shape))| mend::foreign_type(node, own, mapping, shape))
                .or_else(|| mend::word(node, &known().collect::<Vec<_>>()))
        });
    }

    /// Demands a value of a kind.
    fn demand(&mut self, node: &Node, name: &str, right: bool, expected: &str, kind: &'static Kind) {
        if right {
            return;
        }
        if SECRET_KEYS.contains(&name) {
            let mut problem = Problem::new("wrong-type", first_line(node), format!("`{name}` must be {expected}"));
            problem.is_secret = true;
            return self.problems.push(problem.help("write `${NAME}`, a variable of the environment"));
        }
        let message = format!("`{name}` must be {expected}, found {}", node.described());
        let problem = Problem::new("wrong-type", first_line(node), message);
        let quote = node.scalar_text().filter(|_| !matches!(node.value, Value::Text(_)));
        let fits = |text: &str| match kind {
            Kind::Text => true,
            Kind::Form(form) => (form.accepts)(text),
            _ => false,
        };
        let problem = match quote {
            Some(text) if fits(&text) => problem.help(format!("put it in quotes: \"{text}\"")),
            _ => problem,
        };
        self.tell(problem, |_| mend::value(node, kind));
    }
}

/// How a plain number may be meant that stands where a number with a unit should: `7 days`. In quotes it would still have none.
fn missing_unit(node: &Node, key: &Key) -> Option<String> {
    let number = node.scalar_text().filter(|_| matches!(node.value, Value::Int(_) | Value::Float(_)))?;
    let example = key.example.filter(|_| matches!(key.kind, Kind::Text))?;
    let unit = example.trim_start_matches(|digit: char| digit.is_ascii_digit() || digit == '.');
    let is_unit = unit.len() < example.len() && unit.contains(|letter: char| letter.is_alphabetic() || letter == '%');
    let has_digits = unit.contains(|digit: char| digit.is_ascii_digit());
    let unit = match unit.strip_prefix(' ').filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(word) if number == "1" => format!(" {}", word.trim_end_matches('s')),
        Some(word) => format!(" {}s", word.trim_end_matches('s')),
        None => unit.to_owned(),
    };
    (is_unit && !has_digits).then(|| format!("`{number}{unit}`, or with another unit"))
}

/// Where a container stands, in a span that fits on a line.
fn first_line(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |entry| entry.key_span),
        Value::List(items) => items.first().map_or(node.span, first_line),
        _ => node.span,
    }
}

/// The key that other tools call by this word.
fn synonym(word: &str, shape: &Shape) -> Option<&'static str> {
    let is_called = |key: &&Key| key.also_called.iter().chain(key.opposites).any(|other| same_word(other, word));
    shape.keys.iter().find(is_called).map(|key| key.name)
}

/// The key that somebody who wrote an unknown word most likely meant.
fn meant(word: &str, shape: &Shape) -> Option<&'static str> {
    if shape.keys.iter().any(|key| key.name == word) {
        return None;
    }
    synonym(word, shape).or_else(|| nearest(word, shape.keys.iter().map(|key| key.name)))
}

pub(super) fn same_word(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-', ' '], "").to_lowercase();
    plain(one) == plain(other)
}

fn list(shape: &Shape) -> String {
    let names: Vec<&str> = shape.keys.iter().map(|key| key.name).collect();
    names.join(", ")
}

/// The mappings in which a key is right, as "in `quality`" or "at the top level"; empty for a word that is no key
/// anywhere.
fn homes(root: &'static Shape, word: &str) -> Vec<String> {
    let mut homes = Vec::new();
    let mut seen: Vec<*const Shape> = Vec::new();
    let mut waiting: Vec<(&'static Shape, String)> = vec![(root, "at the top level".to_owned())];
    while let Some((shape, place)) = waiting.pop() {
        if seen.contains(&std::ptr::from_ref(shape)) {
            continue;
        }
        seen.push(std::ptr::from_ref(shape));
        if shape.keys.iter().any(|key| key.name == word) {
            homes.push(place);
        }
        for key in shape.keys {
            if let Some(inner) = key.kind.shape() {
                waiting.push((inner, format!("in `{}`", key.name)));
            }
        }
    }
    homes.sort();
    homes.dedup();
    homes
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;
    use crate::source::parse;

    static VERSION: Form = Form { expected: "a version", pattern: "", accepts: |text| text.contains('.') };
    static INNER: Shape = Shape {
        name: "limit",
        doc: "",
        keys: &[
            Key::new("threshold", Kind::Scalar, "").required().example("5"),
            Key::new("metric", Kind::Word(&[("freshness", ""), ("volume", "")]), ""),
        ],
    };
    static LISTED: Shape = Shape {
        name: "listed",
        doc: "",
        keys: &[Key::new("value", Kind::Scalar, "").required(), Key::new("label", Kind::Text, "")],
    };
    static ROOT: Shape = Shape {
        name: "contract",
        doc: "",
        keys: &[
            Key::new("version", Kind::Form(&VERSION), "").required(),
            Key::new("nullable", Kind::Bool, "").opposites(&["required"]),
            Key::new("limits", Kind::List(&Kind::Map(&INNER)), ""),
            Key::new("cadence", Kind::Text, "").example("1 hour"),
            Key::new("allowed", Kind::AnyOrListed(&LISTED), ""),
        ],
    };

    fn problems(text: &str) -> Vec<(&'static str, String)> {
        let problems = check(&parse(text).expect("YAML"), &ROOT);
        problems.into_iter().map(|problem| (problem.code, problem.help.unwrap_or_default())).collect()
    }

    #[test]
    fn each_kind_of_mistake_has_its_code_and_its_way_out() {
        let cases = [
            ("version: a.b\nnulable: true\n", "unknown-key", "did you mean `nullable`?"),
            ("version: a.b\nrequired: true\n", "unknown-key", "pact calls this `nullable`"),
            ("version: a.b\nthreshold: 5\n", "misplaced-key", "it belongs in `limits`"),
            (
                "version: a.b\nversion: a.c\n",
                "duplicate-key",
                "keep one of the two: YAML readers disagree on which one counts",
            ),
            ("version: 1.0\n", "wrong-type", "put it in quotes: \"1.0\""),
            ("version: 1\n", "wrong-type", ""),
            ("version: a.b\ncadence: 4\n", "wrong-type", "write `4 hours`, or with another unit"),
            ("version: abc\n", "invalid-value", "did you mean `abc.0`? Expected a version"),
            ("version: a.b\nnullable: yes\n", "wrong-type", ""),
            ("version: a.b\nlimits: [{metric: volume}]\n", "missing-key", "add `threshold`, such as `threshold: 5`"),
            ("version: a.b\nlimits: {threshold: 5}\n", "wrong-type", ""),
            ("version:\n", "wrong-type", "write one, such as `version: …`"),
            ("version: a.b\nallowed: [1, {value: 5, lable: five}]\n", "unknown-key", "did you mean `label`?"),
            (
                "version: a.b\nlimits: [{metric: volum, threshold: 1}]\n",
                "invalid-value",
                "did you mean `volume`? Known: freshness or volume",
            ),
        ];
        for (text, code, help) in cases {
            assert_eq!(problems(text), [(code, help.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_right_is_silent() {
        assert_eq!(problems("version: a.b\nlimits:\n- threshold: 5\n  metric: volume\nnullable:\n"), []);
        assert_eq!(problems("version: a.b\nallowed: [1, {other: 5}, {value: 5}]\n"), []);
        assert_eq!(problems("version: a.b\nallowed: {value: 5, other: 6}\n"), []);
    }
}
