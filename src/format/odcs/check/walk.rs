//! The way through the tree. What is right costs a look at a table and no memory; what is not is looked at again.

use std::fmt::Write as _;

use super::super::keys::{CONTRACT, Key, Shape, Variant};
use super::super::version::Version;
use super::mend;
use super::strange::PATIENCE;
use super::variant::{Tables, tables};
use crate::model::{Literal, Path};
use crate::source::fix::{Edit, Fix, Place};
use crate::source::{Entry, Node, Problem, Span, Value};

/// The judge of one file.
pub(super) struct Checker {
    pub(super) version: Version,
    pub(super) problems: Vec<Problem>,
    /// What came after the declared edition: the feature, the edition that has it, and where. It is one mistake, that of the
    /// declaration.
    newer: Vec<(String, Version, Span)>,
    /// For how many words the right one was looked for.
    pub(super) searched: usize,
    /// Whether it only asks if something is wrong, and looks for no way out.
    is_silent: bool,
}

/// Which keys of a mapping were given, as bits: tables have fewer than 64 keys together.
#[derive(Clone, Copy, Default)]
struct Given(u64);

impl Given {
    /// Whether a key was given before; it is from now on.
    fn again(&mut self, index: usize) -> bool {
        let bit = 1_u64 << (index & 63);
        let again = self.0 & bit != 0;
        self.0 |= bit;
        again
    }

    fn has(self, index: usize) -> bool {
        self.0 & (1_u64 << (index & 63)) != 0
    }
}

impl Checker {
    pub(super) fn new(version: Version, problems: Vec<Problem>) -> Self {
        Self { version, problems, newer: Vec::new(), searched: 0, is_silent: false }
    }

    /// One that only asks whether something is wrong.
    pub(super) fn silent(version: Version) -> Self {
        Self { is_silent: true, ..Self::new(version, Vec::new()) }
    }

    /// Whether nothing is wrong.
    pub(super) fn is_content(&self) -> bool {
        self.problems.is_empty() && self.newer.is_empty()
    }

    /// Adds a problem, with a fix if there is one.
    pub(super) fn tell(&mut self, problem: Problem, fix: impl FnOnce(&Self) -> Option<Fix>) {
        let fix = if self.is_silent || self.searched > PATIENCE { None } else { fix(self) };
        self.problems.push(match fix {
            Some(fix) => problem.fix(fix),
            None => problem,
        });
    }

    /// Judges the whole file, but for what its head says.
    pub(super) fn contract(&mut self, tree: &Node) {
        self.map(tree, &CONTRACT);
    }

    /// Everything that was found, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.tell_newer();
        self.problems.sort_by_key(|problem| problem.span);
        self.problems
    }

    /// Notes a feature that came after the declared edition.
    pub(super) fn is_newer(&mut self, feature: String, since: Version, span: Span) {
        self.newer.push((feature, since, span));
    }

    /// One finding for everything newer than the declared edition: a higher `apiVersion` mends it all.
    fn tell_newer(&mut self) {
        let Some(first) = self.newer.iter().min_by_key(|(_, _, span)| *span) else { return };
        let needed = self.newer.iter().map(|(_, since, _)| *since).max().unwrap_or(first.1);
        let declared = self.version.api_version();
        let mut message = format!("{} came with ODCS {}, and the file declares {declared}", first.0, first.1);
        let mut others: Vec<&str> = Vec::new();
        for (feature, _, _) in &self.newer {
            if *feature != first.0 && !others.contains(&feature.as_str()) && others.len() < 4 {
                others.push(feature);
            }
        }
        if !others.is_empty() {
            let _ = write!(message, "; also newer: {}", others.join(", "));
        }
        let mut problem = Problem::new("newer-than-declared", first.2, message)
            .help(format!("declare `apiVersion: {}`, or leave it out", needed.api_version()));
        let span = first.2;
        problem.also = self.newer.iter().map(|(_, _, other)| *other).filter(|other| *other != span).collect();
        let version = Literal::Text(needed.api_version().to_owned());
        problem = problem.fix(Fix::guess(
            format!("declare `apiVersion: {}`", needed.api_version()),
            vec![Edit::Value(Place::Element(Path::of("format_version")), version)],
        ));
        self.problems.push(problem);
    }

    /// Judges a mapping. Returns its id, where it has one.
    pub(super) fn map<'a>(&mut self, node: &'a Node, shape: &'static Shape) -> Option<(&'a str, Span)> {
        let Value::Map(entries) = &node.value else {
            self.no_mapping(node, shape);
            return None;
        };
        let mut tables = tables(shape, node, self.version);
        if let Some(rule) = tables.rule.take() {
            self.rule(node, entries, &rule);
        }
        let mut given = Given::default();
        let mut strange = false;
        let mut id = None;
        for entry in entries {
            let Some((index, key)) = tables.find(&entry.key, self.version) else {
                strange = true;
                continue;
            };
            if given.again(index) {
                self.duplicate(entry, entries);
            }
            if key.name == "id" {
                id = entry.value.text().map(|text| (text, entry.value.span));
            }
            self.value(&entry.value, entry.key_span, key, &key.kind);
        }
        let version = self.version;
        let is_missing = |key: &Key, index| key.is_required(version) && !given.has(index);
        if strange {
            let lacks = tables.keys().any(|(index, key)| is_missing(key, index));
            self.strange(entries, shape, &tables, lacks);
        }
        for (_, key) in tables.keys().filter(|(index, key)| is_missing(key, *index)) {
            self.missing(node, entries, shape, &tables, key);
        }
        match shape.variant {
            Some(Variant::BothEnds) => self.both_ends(node),
            Some(Variant::ServerType) => self.server_type(node),
            _ => {}
        }
        id
    }

    pub(super) fn duplicate(&mut self, entry: &Entry, entries: &[Entry]) {
        let message = format!("the key {} is given twice", crate::source::words::quoted(&entry.key));
        let problem = Problem::new("duplicate-key", entry.key_span, message)
            .help("keep one of the two: YAML readers disagree on which one counts");
        self.tell(problem, |_| mend::again(entry, entries));
    }

    fn missing(&mut self, node: &Node, entries: &[Entry], shape: &Shape, tables: &Tables, key: &'static Key) {
        // Said already: by an unknown key that means this one, or of the whole rule.
        if tables.is_excused(key.name) || self.is_misspelt(entries, shape, tables, key) {
            return;
        }
        let message = format!("{} has no `{}`{}", shape.name, key.name, tables.of());
        // The whole mapping may be pages long: its first key is a place that one can look at.
        let span = entries.first().map_or(node.span, |entry| entry.key_span);
        let example =
            if key.example.is_empty() { String::new() } else { format!(", such as `{}: {}`", key.name, key.example) };
        self.problems.push(Problem::new("missing-key", span, message).help(format!("add `{}`{example}", key.name)));
    }
}
