//! A tree made to fit the shape of the format, so that what is written is always read without a problem. What does not fit
//! stays in the file, in the metadata of its element.

use std::collections::{HashMap, HashSet};

use crate::format::{Note, Outcome};
use crate::model::{Literal, Path, Step};
use crate::source::emit::json;
use crate::source::shape::{Kind, Shape};
use crate::source::words::{alternatives, quoted};

/// How deep readers let lists and mappings nest.
const DEPTH: usize = 100;
/// Below this nothing is kept: there would be no room for it.
const DEEP: usize = 90;
/// Where that stands which does not fit.
const KEPT: &str = "kept";

type Entries = Vec<(String, Literal)>;

/// The tree as the shape allows it, with its keys in the order of the shape, and what became of the rest.
pub(super) fn fit(tree: Literal, shape: &'static Shape, name: &str) -> (Literal, Vec<Note>) {
    let mut fitter = Fitter { name, notes: Vec::new(), owners: Vec::new() };
    let Literal::Map(entries) = tree else { return (tree, Vec::new()) };
    let entries = fitter.map(entries, shape, &Path::root(), 1);
    (Literal::Map(entries), fitter.notes)
}

struct Fitter<'a> {
    /// The name of the contract.
    name: &'a str,
    notes: Vec<Note>,
    /// The elements around that have metadata, each with what is to be kept there.
    owners: Vec<(Path, Entries)>,
}

impl Fitter<'_> {
    fn map(&mut self, mut entries: Entries, shape: &'static Shape, path: &Path, depth: usize) -> Entries {
        let place = |key: &str| shape.keys.iter().position(|known| known.name == key);
        entries.sort_by_key(|(key, _)| place(key).unwrap_or(usize::MAX));
        let is_owner = place("metadata").is_some() && depth < DEEP;
        if is_owner {
            self.owners.push((path.clone(), Vec::new()));
        }
        let mut fitting: Entries = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let at = within(path, &key);
            let Some(known) = shape.keys.iter().find(|known| known.name == key) else {
                let why = format!("the {} has no `{}`", shape.name, printable(&key));
                self.keep(&at, value, &why);
                continue;
            };
            if fitting.iter().any(|(other, _)| *other == key) {
                self.keep(&at, value, &format!("`{key}` is said twice"));
            } else {
                let was_empty = is_empty(&value);
                let value = self.value(value, &known.kind, known.name, &at, depth + 1);
                // What nothing is left of is not said, unless it has to be.
                let is_said = |value: &Literal| known.required || was_empty || !is_empty(value);
                fitting.extend(value.filter(is_said).map(|value| (key, value)));
            }
        }
        if is_owner && let Some((_, kept)) = self.owners.pop() {
            add_kept(&mut fitting, kept);
            fitting.sort_by_key(|(key, _)| place(key));
        }
        fitting
    }

    fn value(&mut self, value: Literal, kind: &'static Kind, key: &str, at: &Path, depth: usize) -> Option<Literal> {
        let is_free = matches!(kind, Kind::Any | Kind::AnyOrListed(_));
        if matches!(value, Literal::Null) && !is_free {
            return None;
        }
        if (is_free || depth >= DEEP) && depth + height(&value) > DEPTH {
            if is_free {
                self.note(at, Outcome::Reworded, "nests deeper than pact reads, so that it is written as JSON");
                return Some(Literal::Text(json(&value).trim_end().to_owned()));
            }
            self.keep(at, value, &format!("`{key}` nests too deep"));
            return None;
        }
        if !right(&value, kind) {
            self.keep(at, value, &format!("`{key}` takes {}", expected(kind)));
            return None;
        }
        Some(match (kind, value) {
            (Kind::List(item) | Kind::OneOrMany(item), Literal::List(items)) => {
                let items = items.into_iter().enumerate();
                Literal::List(
                    items
                        .filter_map(|(index, one)| {
                            let at = self.item(&one, key, at, index);
                            if matches!(one, Literal::Null) && !right(&one, item) {
                                self.keep(&at, one, &format!("`{key}` takes {}", expected(item)));
                                return None;
                            }
                            self.value(one, item, key, &at, depth + 1)
                        })
                        .collect(),
                )
            }
            (Kind::OneOrMany(item), one) => return self.value(one, item, key, at, depth),
            (Kind::Map(shape) | Kind::Either(_, shape), Literal::Map(entries)) => {
                Literal::Map(self.map(entries, shape, at, depth))
            }
            (Kind::AnyOrListed(shape), Literal::List(items)) => {
                let first = shape.keys.first().map(|key| key.name);
                let is_listed = |entries: &Entries| entries.iter().any(|(key, _)| Some(key.as_str()) == first);
                let items = items.into_iter().enumerate();
                Literal::List(
                    items
                        .map(|(index, item)| match item {
                            Literal::Map(entries) if is_listed(&entries) => {
                                Literal::Map(self.map(entries, shape, &at.index(index), depth + 1))
                            }
                            other => other,
                        })
                        .collect(),
                )
            }
            (Kind::Dict(item), Literal::Map(entries)) => Literal::Map(self.dict(entries, item, at, depth)),
            (_, value) => value,
        })
    }

    fn dict(&mut self, entries: Entries, kind: &'static Kind, at: &Path, depth: usize) -> Entries {
        let mut taken = Taken::by(entries.iter().map(|(name, _)| name.as_str()));
        let mut seen: HashSet<String> = HashSet::with_capacity(entries.len());
        let mut fitting = Entries::with_capacity(entries.len());
        for (name, value) in entries {
            let mut key = name.clone();
            if !seen.insert(name.clone()) {
                key = taken.free(&name);
                let message = format!("is there twice; the second one is called {} now", quoted(&key));
                self.note(&at.key(name), Outcome::Reworded, &message);
            }
            let place = at.key(key.clone());
            if let Some(value) = self.value(value, kind, &key, &place, depth + 1) {
                fitting.push((key, value));
            }
        }
        fitting
    }

    /// The address of an item: by its name where items are known by that.
    fn item(&self, item: &Literal, key: &str, at: &Path, index: usize) -> Path {
        let entries = if let Literal::Map(entries) = item { entries.as_slice() } else { &[] };
        let named = entries.iter().find(|(key, _)| key == "name").and_then(|(_, value)| value.text());
        let around = || at.parent().unwrap_or_default();
        match (key, named) {
            ("datasets", Some(name)) => Path::dataset(name),
            ("schema", Some(name)) if at.steps().len() == 1 => Path::dataset(self.name).field(name),
            ("schema" | "fields", Some(name)) => around().field(name),
            _ => at.index(index),
        }
    }

    /// Puts a value where it is kept: with the nearest element around it that has metadata.
    fn keep(&mut self, at: &Path, value: Literal, why: &str) {
        if matches!(value, Literal::Null) {
            return;
        }
        let value =
            if height(&value) > DEPTH - DEEP { Literal::Text(json(&value).trim_end().to_owned()) } else { value };
        let is_last = self.owners.len() == 1;
        let Some((owner, kept)) = self.owners.last_mut() else { return };
        let steps = at.steps().iter().skip(if is_last { 0 } else { owner.steps().len() });
        let name = steps.fold(Path::root(), |path, step| path.step(step.clone())).to_string();
        kept.push((name, value));
        self.note(at, Outcome::Kept, &format!("is kept in `metadata.{KEPT}`, since {why}"));
    }

    fn note(&mut self, at: &Path, outcome: Outcome, message: &str) {
        let what = at.steps().last().map_or_else(
            || "it".to_owned(),
            |step| match step {
                Step::Dataset(name) | Step::Field(name) => quoted(name),
                Step::Key(key) => quoted(key),
                Step::Index(index) => format!("item {}", index + 1),
                Step::Items => "`items`".to_owned(),
                Step::Values => "`values`".to_owned(),
            },
        );
        self.notes.push(Note { element: at.clone(), outcome, message: format!("{what} {message}") });
    }
}

/// The address of the value of a key.
fn within(path: &Path, key: &str) -> Path {
    match key {
        "items" => path.step(Step::Items),
        "values" => path.step(Step::Values),
        key => path.key(key.to_owned()),
    }
}

/// What is kept goes to the metadata, beside what is kept there already.
fn add_kept(entries: &mut Entries, kept: Entries) {
    if kept.is_empty() {
        return;
    }
    if !entries.iter().any(|(key, _)| key == "metadata") {
        entries.push(("metadata".to_owned(), Literal::Map(Vec::new())));
    }
    let metadata = entries.iter_mut().find(|(key, _)| key == "metadata");
    let Some((_, Literal::Map(metadata))) = metadata else { return };
    let mut taken = Taken::by(metadata.iter().map(|(name, _)| name.as_str()));
    let there = metadata.iter_mut().find(|(name, value)| name == KEPT && matches!(value, Literal::Map(_)));
    if let Some((_, Literal::Map(there))) = there {
        add(there, kept);
    } else {
        let mut all = Entries::new();
        add(&mut all, kept);
        metadata.push((taken.free(KEPT), Literal::Map(all)));
    }
}

fn add(there: &mut Entries, more: Entries) {
    let mut taken = Taken::by(there.iter().map(|(name, _)| name.as_str()));
    there.extend(more.into_iter().map(|(name, value)| (taken.free(&name), value)));
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Taken {
    names: HashSet<String>,
    /// The last number that was given out for a name.
    numbers: HashMap<String, u64>,
}

impl Taken {
    /// The names that some things have already.
    pub(super) fn by<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { names: names.into_iter().map(str::to_owned).collect(), numbers: HashMap::new() }
    }

    /// A name that nothing has, and takes it: the name itself, or `name_2`, `name_3`.
    pub(super) fn free(&mut self, name: &str) -> String {
        if self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        let number = self.numbers.entry(name.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{name}_{number}");
            if self.names.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

fn is_empty(value: &Literal) -> bool {
    matches!(value, Literal::List(items) if items.is_empty())
        || matches!(value, Literal::Map(entries) if entries.is_empty())
}

/// How deep a value nests.
fn height(value: &Literal) -> usize {
    match value {
        Literal::List(items) => 1 + items.iter().map(height).max().unwrap_or_default(),
        Literal::Map(entries) => 1 + entries.iter().map(|(_, value)| height(value)).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Whether a value is one of its kind, as far as it can't be made one by leaving parts of it out.
fn right(value: &Literal, kind: &'static Kind) -> bool {
    match kind {
        Kind::Any | Kind::AnyOrListed(_) => true,
        Kind::Text => matches!(value, Literal::Text(_)),
        Kind::Form(form) => value.text().is_some_and(form.accepts),
        Kind::Word(words) => value.text().is_some_and(|text| words.iter().any(|(word, _)| *word == text)),
        Kind::Bool => matches!(value, Literal::Bool(_)),
        Kind::Count => matches!(value, Literal::Int(number) if (0..=i128::from(u32::MAX)).contains(number)),
        Kind::Number => matches!(value, Literal::Int(_) | Literal::Float(_)),
        Kind::Scalar => !matches!(value, Literal::Null | Literal::List(_) | Literal::Map(_)),
        Kind::List(_) => matches!(value, Literal::List(_)),
        Kind::OneOrMany(item) => matches!(value, Literal::List(_)) || right(value, item),
        Kind::Dict(_) => matches!(value, Literal::Map(_)),
        Kind::Map(shape) => is_whole(value, shape),
        Kind::Either(scalar, shape) => right(value, scalar) || is_whole(value, shape),
    }
}

/// Whether it is a mapping with all that it can't do without.
fn is_whole(value: &Literal, shape: &'static Shape) -> bool {
    let Literal::Map(entries) = value else { return false };
    shape.keys.iter().filter(|key| key.required).all(|key| {
        let given = entries.iter().find(|(name, _)| name == key.name);
        given.is_some_and(|(_, value)| right(value, &key.kind))
    })
}

fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Form(form) => form.expected.to_owned(),
        Kind::Word(words) => alternatives(words.iter().map(|(word, _)| *word)),
        Kind::Bool => "`true` or `false`".to_owned(),
        Kind::Count => "a whole number, 0 or more".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Scalar => "text, a number or a boolean".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::Dict(_) => "a mapping".to_owned(),
        Kind::Map(shape) | Kind::Either(_, shape) => {
            let needed = shape.keys.iter().filter(|key| key.required).map(|key| key.name);
            format!("a {} with its {}", shape.name, needed.collect::<Vec<_>>().join(", "))
        }
        Kind::OneOrMany(item) => expected(item),
        Kind::Text | Kind::Any | Kind::AnyOrListed(_) => "text".to_owned(),
    }
}

fn printable(key: &str) -> String {
    key.chars().take(40).collect()
}

/// Whether a shape has a key that takes a value.
pub(super) fn takes(shape: &'static Shape, key: &str, value: &Literal) -> bool {
    shape.keys.iter().find(|known| known.name == key).is_some_and(|known| right(value, &known.kind))
}
