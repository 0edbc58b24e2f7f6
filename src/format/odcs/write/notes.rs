//! What became of what the standard has no word for, in sentences: one for each kind of thing, however many elements say it.

use std::collections::{BTreeMap, HashMap};

use super::place::{Fragments, Inner, Place};
use crate::format::odcs::read::ENGINE;
use crate::format::{Note, Outcome};
use crate::model::{Contract, Dataset, Field, Literal, Path, Rule, Step};
use crate::source::words::quoted;

/// What writing an element came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// A rule that pact alone executes.
    OwnRule,
    /// A list of allowed values that is a rule before 3.2.
    ListIsRule,
}

/// What is told of an element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Message {
    /// A rule that pact alone executes.
    OwnRule,
    /// A list of allowed values that is a rule.
    ListIsRule,
    /// What is kept, whether that is several things, and where.
    Kept(String, bool, &'static str),
}

/// Where that is kept which the standard has no word for.
const CUSTOM: &str = "the custom property `pact`";

/// One message with the elements that it is about: the address of the first, and the names of all.
struct Told {
    path: Path,
    message: Message,
    kind: &'static str,
    names: Vec<String>,
}

/// The notes on a contract, element by element; what many elements say alike is told at the first.
pub(super) fn notes(
    written: &Contract,
    meant: &Contract,
    fragments: &Fragments,
    remarks: &[(Place, Remark)],
) -> Vec<Note> {
    let mut by_place: BTreeMap<&Place, Vec<(Option<&str>, Message)>> = BTreeMap::new();
    for (place, remark) in remarks {
        let message = match remark {
            Remark::OwnRule => Message::OwnRule,
            Remark::ListIsRule => Message::ListIsRule,
        };
        by_place.entry(place).or_default().push((None, message));
    }
    for (place, fragment) in fragments {
        let notes = by_place.entry(place).or_default();
        // A reference says already that there is one.
        let is_said =
            |key: &str| key == "is_foreign_key" && fragment.iter().any(|(key, _)| key == "foreign_key_reference");
        for (key, value) in fragment.iter().filter(|(key, value)| *value != Literal::Null && !is_said(key)) {
            let names = names(key, value);
            notes.push((Some(key), Message::Kept(listed(&names), names.len() > 1, CUSTOM)));
        }
    }
    let mut telling = Telling::default();
    for (place, notes) in by_place {
        let Some(name) = name(place, meant) else { continue };
        for (key, message) in notes {
            let path = || {
                let path = path(place, written, meant).unwrap_or_else(Path::root);
                key.map_or_else(|| path.clone(), |key| path.clone().key(key.to_owned()))
            };
            telling.tell(kind(place), name.clone(), path, message);
        }
    }
    telling.notes()
}

/// Collects what is told, and tells it once for all elements of a kind.
#[derive(Default)]
pub(super) struct Telling {
    told: Vec<Told>,
    places: HashMap<(&'static str, Message), usize>,
}

impl Telling {
    /// Tells something of an element: of which kind it is, its name and its address, which only the first is asked for.
    pub(super) fn tell(&mut self, kind: &'static str, name: String, path: impl FnOnce() -> Path, message: Message) {
        let told = &mut self.told;
        let at = *self.places.entry((kind, message.clone())).or_insert_with(|| {
            told.push(Told { path: path(), message, kind, names: Vec::new() });
            told.len() - 1
        });
        if let Some(told) = told.get_mut(at) {
            told.names.push(name);
        }
    }

    /// The same, with what the same elements keep in the same place told together.
    pub(super) fn together(self) -> Self {
        let mut groups: Vec<(Told, Vec<String>)> = Vec::new();
        let mut places: HashMap<(&'static str, Vec<String>), usize> = HashMap::new();
        for told in self.told {
            let Message::Kept(what, ..) = &told.message else { continue };
            let what = what.clone();
            let at = *places.entry((told.kind, told.names.clone())).or_insert_with(|| {
                groups.push((told, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, all)) = groups.get_mut(at) {
                all.push(what);
            }
        }
        let told = groups.into_iter().map(|(mut told, all)| {
            if let Message::Kept(what, is_many, _) = &mut told.message {
                (*what, *is_many) = (listed(&all), all.len() > 1);
            }
            told
        });
        Self { told: told.collect(), places: HashMap::new() }
    }

    pub(super) fn notes(self) -> Vec<Note> {
        self.told.into_iter().map(Told::note).collect()
    }
}

impl Told {
    fn note(self) -> Note {
        let Self { path, message, kind, names } = self;
        let count = names.len();
        // The address says which one it is, but for what has none of its own.
        let whose = match (count, names.first()) {
            (1, Some(name)) if kind == "rule" => format!("the rule {name}"),
            (1, _) => String::new(),
            _ => format!("{count} {kind}s"),
        };
        let all = if count > 1 { format!(": {}", listed(&names)) } else { String::new() };
        let outcome = if message == Message::ListIsRule { Outcome::Reworded } else { Outcome::Kept };
        let message = match message {
            Message::ListIsRule if count > 1 => {
                format!("the lists of allowed values of {whose} are rules in that version{all}")
            }
            Message::ListIsRule => "the list of allowed values is a rule in that version".to_owned(),
            Message::OwnRule if count > 1 => {
                format!("{whose} are kept as rules of the engine `{ENGINE}`, which other tools do not execute{all}")
            }
            Message::OwnRule => {
                format!("{whose} is kept as a rule of the engine `{ENGINE}`, which other tools do not execute")
            }
            Message::Kept(what, is_many, place) => {
                let verb = if is_many { "are" } else { "is" };
                let of = if whose.is_empty() { String::new() } else { format!(" of {whose}") };
                format!("{what}{of} {verb} kept in {place}{all}")
            }
        };
        Note { element: path, outcome, message }
    }
}

/// So many names are shown.
const SHOWN: usize = 5;

/// A list for people, with the count of those that it leaves out.
fn listed(names: &[String]) -> String {
    let shown = names.get(..SHOWN).filter(|_| names.len() > SHOWN + 1).unwrap_or(names);
    match (names.len() - shown.len(), shown) {
        (0, [before @ .., last]) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        (0, _) => shown.join(", "),
        (more, _) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Sections of which each key is a thing of its own.
const SECTIONS: &[&str] =
    &["publisher", "service_levels", "access", "obligations", "terms", "lineage", "lifecycle", "semantics", "privacy"];

/// What a key of a fragment says, in the words of the native format. The address of its note ends with the key.
fn names(key: &str, value: &Literal) -> Vec<String> {
    match value {
        Literal::Map(entries) if SECTIONS.contains(&key) => {
            let said = entries.iter().filter(|(_, value)| *value != Literal::Null);
            said.map(|(inner, _)| quoted(inner)).collect()
        }
        Literal::List(items) if key == "quality" || key == "constraints" => {
            let (word, whole) = if key == "quality" { ("metric_type", "threshold") } else { ("type", "value") };
            let names: Vec<String> = items.iter().flat_map(|item| parts(item, word, whole)).collect();
            if names.is_empty() { vec![quoted(key)] } else { names }
        }
        _ => vec![quoted(key)],
    }
}

/// What is kept of an item of a list: the item itself, by its word, or what it says beyond what is there.
fn parts(item: &Literal, word: &str, whole: &str) -> Vec<String> {
    let Literal::Map(entries) = item else { return Vec::new() };
    let has = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, value)| value);
    let Some(name) = has(word).and_then(Literal::text).map(quoted) else { return Vec::new() };
    if has(whole).is_some() {
        return vec![name];
    }
    let more = entries.iter().filter(|(key, value)| key != word && *value != Literal::Null);
    more.map(|(key, _)| format!("{} of {name}", quoted(key))).collect()
}

/// What the elements of a place are called.
fn kind(place: &Place) -> &'static str {
    match place {
        Place::Root => "contract",
        Place::Server(_) => "source",
        Place::Role(_) => "role",
        Place::Object(_) => "dataset",
        Place::Property(..) => "field",
        Place::Rule(..) => "rule",
        Place::Relationship(..) => "reference",
    }
}

/// What an element is called.
fn name(place: &Place, meant: &Contract) -> Option<String> {
    let dataset = |index: usize| meant.datasets.get(index);
    Some(match place {
        Place::Root => quoted(&meant.name),
        Place::Server(index) => quoted(&meant.sources.get(*index)?.environment),
        Place::Role(index) => quoted(&meant.access.as_ref()?.roles.get(*index)?.name),
        Place::Object(index) => quoted(&dataset(*index)?.name),
        Place::Property(index, steps) => quoted(&field(dataset(*index)?, steps)?.to_string()),
        Place::Relationship(index, position) => {
            quoted(&dataset(*index)?.foreign_keys.get(*position)?.fields.join(", "))
        }
        Place::Rule(index, position) => quoted(&dataset(*index)?.rules.get(*position)?.name),
    })
}

/// The address of an element.
fn path(place: &Place, written: &Contract, meant: &Contract) -> Option<Path> {
    let dataset = |index: usize| meant.datasets.get(index);
    Some(match place {
        Place::Root => Path::root(),
        Place::Server(index) => Path::of("sources").key(meant.sources.get(*index)?.environment.clone()),
        Place::Role(index) => Path::of("access").key("roles").index(*index),
        Place::Object(index) => Path::dataset(&dataset(*index)?.name),
        Place::Property(index, steps) => field(dataset(*index)?, steps)?,
        Place::Relationship(index, position) => {
            Path::dataset(&dataset(*index)?.name).key("foreign_keys").index(*position)
        }
        Place::Rule(index, position) => {
            let dataset = dataset(*index)?;
            rule_path(written, dataset, dataset.rules.get(*position)?)
        }
    })
}

fn field(dataset: &Dataset, steps: &[Inner]) -> Option<Path> {
    let mut path = Path::dataset(&dataset.name);
    let mut at: Option<&Field> = None;
    for step in steps {
        let (next, step) = match step {
            Inner::Field(index) => {
                let fields = at.map_or(&dataset.fields, |field| &field.fields);
                let field = fields.get(*index)?;
                (field, Step::Field(field.name.clone()))
            }
            Inner::Items => (at?.items.as_deref()?, Step::Items),
            Inner::Values => (at?.values.as_deref()?, Step::Values),
            Inner::Keys => return Some(path.key("keys")),
        };
        path = path.step(step);
        at = Some(next);
    }
    Some(path)
}

/// Where a rule stands in the contract as it was given.
pub(super) fn rule_path(written: &Contract, dataset: &Dataset, rule: &Rule) -> Path {
    let key = rule.family.name();
    let position = |rules: &[Rule]| {
        let mut family = rules.iter().filter(|one| one.family == rule.family);
        family.position(|one| one.name == rule.name)
    };
    if let Some(index) = position(&written.rules) {
        return Path::of("rules").key(key).index(index);
    }
    let own = written.datasets.iter().find(|one| one.name == dataset.name);
    let index = own.and_then(|dataset| position(&dataset.rules)).unwrap_or_default();
    Path::dataset(&dataset.name).key("rules").key(key).index(index)
}
