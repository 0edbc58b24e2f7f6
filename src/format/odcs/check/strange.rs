//! Keys that a mapping can't have: what they are, and what was meant.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::super::keys::{
    CUSTOM, HOMES, Habit, Instead, Key, LIBRARY, OPERATORS, OPTIONS, RULE_HABITS, SERVERS, SQL, Shape, Variant,
};
use super::super::version::Version;
use super::mend;
use super::variant::Tables;
use super::walk::Checker;
use crate::source::shape::{CUT_OFF, is_cut_off};
use crate::source::words::{alternatives, nearest, quoted};
use crate::source::{Entry, Node, Problem};

/// For so many words of a file the right one is looked for. A file with more of them was made to keep pact busy.
pub(super) const PATIENCE: usize = 1_000;

/// Where a key is right that is not right here.
enum Elsewhere {
    Nowhere,
    /// In a mapping of another type, from an edition on.
    Later(Version),
    /// In a mapping of another type: what to say, and what to do.
    Misplaced(String, String),
}

impl Checker {
    /// Judges the keys of a mapping that are in none of its tables.
    pub(super) fn strange(&mut self, entries: &[Entry], shape: &'static Shape, tables: &Tables, lacks: bool) {
        let mut seen = HashSet::new();
        let version = self.version;
        for entry in entries.iter().filter(|entry| tables.find(&entry.key, version).is_none()) {
            if !seen.insert(&entry.key) {
                self.duplicate(entry, entries);
            } else if tables.open {
                self.in_open(entry, entries, lacks, shape, tables);
            } else {
                self.unknown(entry, entries, shape, tables);
            }
        }
    }

    /// Other keys are let be here, unless one is sure to be a slip: an operator that nobody would heed, or another spelling
    /// of a key that has to be there.
    fn in_open(&mut self, entry: &Entry, entries: &[Entry], lacks: bool, shape: &'static Shape, tables: &Tables) {
        let word = &*entry.key;
        let version = self.version;
        let operator = shape.variant == Some(Variant::RuleType) && operator_of(word, shape).is_some();
        let required = || {
            let meant = meant(word, shape, tables, version)?;
            let key = tables.find(meant, version)?.1;
            let absent = !entries.iter().any(|entry| &*entry.key == meant);
            (absent && key.is_required(version) && !tables.is_excused(meant)).then_some(())
        };
        let is_slip = operator || lacks && self.may_search() && required().is_some();
        if is_slip {
            self.unknown(entry, entries, shape, tables);
        }
    }

    /// Whether a key that is missing was misspelt, which the unknown key has told.
    pub(super) fn is_misspelt(&mut self, entries: &[Entry], shape: &Shape, tables: &Tables, key: &Key) -> bool {
        let version = self.version;
        let mut strange = entries.iter().filter(|entry| tables.find(&entry.key, version).is_none());
        strange.any(|entry| self.may_search() && meant(&entry.key, shape, tables, version) == Some(key.name))
    }

    /// Whether one more word may be looked for.
    pub(super) fn may_search(&mut self) -> bool {
        self.searched += 1;
        self.searched <= PATIENCE
    }

    fn unknown(&mut self, entry: &Entry, entries: &[Entry], shape: &'static Shape, tables: &Tables) {
        let word = &*entry.key;
        let span = entry.key_span;
        if let Some(key) = tables.find_ever(word) {
            return self.is_newer(format!("`{word}` of {}", shape.name), key.since, span);
        }
        let message = || format!("unknown key {} in {}", quoted(word), shape.name);
        if !self.may_search() {
            return self.problems.push(Problem::new("unknown-key", span, message()).help(known(tables, self.version)));
        }
        match self.of_another_variant(entry, shape, tables) {
            Elsewhere::Nowhere => {}
            Elsewhere::Later(since) => return self.is_newer(format!("`{word}`"), since, span),
            Elsewhere::Misplaced(message, help) => {
                return self.problems.push(Problem::new("misplaced-key", span, message).help(help));
            }
        }
        if let Some(habit) = habit(word, shape) {
            let help = match habit.instead {
                Instead::Key(key) => match tables.find_ever(key) {
                    Some(known) if known.since > self.version => {
                        format!("ODCS calls this `{key}`, from {} on", known.since)
                    }
                    _ => format!("ODCS calls this `{key}`"),
                },
                Instead::Do(what) => what.to_owned(),
                Instead::Depends(help) => help(&entry.value, self.version),
            };
            let problem = Problem::new("unknown-key", span, message()).help(help);
            return self.tell(problem, |checker| mend::by_habit(checker, entry, entries, habit, tables));
        }
        if is_cut_off(entry, entries) {
            return self.problems.push(Problem::new("unknown-key", span, message()).help(CUT_OFF));
        }
        let near = nearest(word, tables.keys().filter(|(_, key)| key.since <= self.version).map(|(_, key)| key.name));
        let homes = self.homes(word, shape);
        if !homes.is_empty() {
            let message = format!("the key {} is in the wrong place: {} has no such key", quoted(word), shape.name);
            let mut help = format!("it belongs {}", alternatives(homes.iter().copied()));
            if let Some(near) = near {
                let _ = write!(help, "; or did you mean `{near}`?");
            }
            return self.problems.push(Problem::new("misplaced-key", span, message).help(help));
        }
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("{}; anything else is an item of `customProperties`", known(tables, self.version)),
        };
        let problem = Problem::new("unknown-key", span, message()).help(help);
        self.tell(problem, |checker| mend::by_spelling(checker, entry, entries, near?, tables));
    }

    /// Whether a key belongs to another logical type, another type of server or of rule.
    fn of_another_variant(&self, entry: &Entry, shape: &'static Shape, tables: &Tables) -> Elsewhere {
        let word = &*entry.key;
        let version = self.version;
        let misplaced = Elsewhere::Misplaced;
        match shape.variant {
            Some(Variant::LogicalType) => {
                let (owner, since) = match word {
                    "properties" => ("object", Version::V3_0_0),
                    "items" => ("array", Version::V3_0_0),
                    "map" => ("map", Version::V3_2_0),
                    _ => return Elsewhere::Nowhere,
                };
                if since > version {
                    return Elsewhere::Later(since);
                }
                let found =
                    if tables.word.is_empty() { String::new() } else { format!(", and this one is `{}`", tables.word) };
                misplaced(
                    format!("`{word}` is of properties with `logicalType: {owner}`{found}"),
                    format!("write `logicalType: {owner}`, or leave `{word}` out"),
                )
            }
            Some(Variant::ServerType) => {
                let owners: Vec<&str> = SERVERS
                    .iter()
                    .filter(|server| server.since <= version)
                    .filter(|server| server.keys.iter().any(|key| key.name == word && key.since <= version))
                    .map(|server| server.name)
                    .collect();
                if owners.is_empty() {
                    return Elsewhere::Nowhere;
                }
                let help = match owners.as_slice() {
                    few if few.len() <= 4 => format!("servers of type {} have it", alternatives(few.iter().copied())),
                    _ => "servers of other types have it".to_owned(),
                };
                misplaced(
                    format!("a `{}` server has no `{word}`", tables.word),
                    format!("{help}; here it is an item of `customProperties`"),
                )
            }
            Some(Variant::RuleType) => {
                let of = |keys: &[Key]| keys.iter().any(|key| key.name == word);
                let owner = if OPERATORS.contains(&word) {
                    "`library` or `sql`"
                } else if of(&LIBRARY) && word != "rule" {
                    "`library`"
                } else if of(&SQL) {
                    "`sql`"
                } else if of(&CUSTOM) {
                    "`custom`"
                } else {
                    return Elsewhere::Nowhere;
                };
                let found =
                    if tables.word.is_empty() { String::new() } else { format!(", and this one is `{}`", tables.word) };
                misplaced(
                    format!("`{word}` is of rules with `type:` {owner}{found}"),
                    format!("change the type, or leave `{word}` out"),
                )
            }
            _ => {
                let is_options = OPTIONS.iter().any(|(_, options)| std::ptr::eq(*options, shape));
                let owners: Vec<&str> = OPTIONS
                    .iter()
                    .filter(|(_, options)| is_options && options.keys.iter().any(|key| key.name == word))
                    .map(|(name, _)| *name)
                    .collect();
                if owners.is_empty() {
                    return Elsewhere::Nowhere;
                }
                misplaced(
                    format!("{} have no `{word}`", shape.name),
                    format!("it is an option of {}; change the `logicalType`, or leave it out", alternatives(owners)),
                )
            }
        }
    }

    /// The mappings in which a key is right, where they are few.
    fn homes(&self, word: &str, shape: &Shape) -> Vec<&'static str> {
        let has = |home: &Shape| home.keys.iter().any(|key| key.name == word && key.since <= self.version);
        let mut homes: Vec<&'static str> = HOMES
            .iter()
            .filter(|(home, _)| !std::ptr::eq(*home, shape) && has(home))
            .map(|(_, place)| *place)
            .collect();
        if OPTIONS.iter().any(|(_, options)| has(options)) {
            homes.push("in `logicalTypeOptions`");
        }
        if word == "logicalTypeOptions" {
            homes.push("in a property");
        }
        if OPERATORS.contains(&word) || word == "metric" {
            homes.push("in a rule of `quality`");
        }
        // A word that is at home everywhere tells nothing.
        if homes.len() > 3 { Vec::new() } else { homes }
    }
}

/// What to write instead of `rule`.
pub(super) fn instead_of_rule(value: &Node) -> String {
    let instead = RULE_HABITS.iter().find_map(|habit| match habit.instead {
        Instead::Depends(help) if habit.words == ["rule"] => Some(help(value, Version::NEWEST)),
        _ => None,
    });
    instead.unwrap_or_default()
}

/// Whether a word is nearly an operator.
pub(super) fn is_near_operator(word: &str) -> bool {
    word.len() < 64
        && (RULE_HABITS.iter().any(|habit| {
            matches!(habit.instead, Instead::Key(key) if OPERATORS.contains(&key)) && is_one_of(word, habit.words)
        }) || nearest(word, OPERATORS).is_some())
}

/// The operator that a word stands for by habit.
fn operator_of(word: &str, shape: &Shape) -> Option<&'static str> {
    match habit(word, shape)?.instead {
        Instead::Key(key) if OPERATORS.contains(&key) => Some(key),
        _ => None,
    }
}

/// The key that somebody who wrote an unknown word most likely meant.
fn meant(word: &str, shape: &Shape, tables: &Tables, version: Version) -> Option<&'static str> {
    match habit(word, shape) {
        Some(Habit { instead: Instead::Key(key), .. }) => Some(key),
        Some(_) => None,
        None => nearest(word, tables.keys().filter(|(_, key)| key.since <= version).map(|(_, key)| key.name)),
    }
}

fn habit(word: &str, shape: &Shape) -> Option<&'static Habit> {
    shape.habits.iter().find(|habit| is_one_of(word, habit.words))
}

/// Letter case and separators are not counted. Nothing is allocated: this is asked of every unknown word.
fn is_one_of(word: &str, words: &[&str]) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
        let letters = text.chars().filter(|letter| !matches!(letter, '_' | '-' | ' '));
        letters.flat_map(char::to_lowercase).take(64)
    }
    words.iter().any(|other| plain(other).eq(plain(word)))
}

fn known(tables: &Tables, version: Version) -> String {
    let names: Vec<&str> = tables.keys().filter(|(_, key)| key.since <= version).map(|(_, key)| key.name).collect();
    format!("known keys here: {}", names.join(", "))
}
