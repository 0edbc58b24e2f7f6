//! Where the live data is, by environment.

use std::collections::{HashMap, HashSet, VecDeque};

use super::documentation::description;
use super::pairs::Pairs;
use super::{At, Changes, code, spellings, text};
use crate::model::{DataType, Literal, Source};

/// What a setting of a source is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// Where the system is, and what of it holds the data.
    Address,
    /// In which part of the world it stands.
    Region,
    /// What it is for, where that is not its name.
    Environment,
    /// What kind of files are in it.
    Format,
    /// How the files in it are written.
    Writing,
    /// What it is, in words.
    Words,
    /// How pact gets in, which is nobody else's business.
    Other,
}

/// Settings that say where the data is, in lower case and without what stands between words: other formats write
/// `endpointUrl` for `endpoint_url`.
const ADDRESSES: &[&str] = &[
    "account",
    "baseurl",
    "bucket",
    "catalog",
    "catalogurl",
    "container",
    "database",
    "dataset",
    "endpointurl",
    "host",
    "httppath",
    "location",
    "namespace",
    "path",
    "port",
    "project",
    "schema",
    "servicename",
    "sid",
    "stream",
    "table",
    "tables",
    "topic",
    "url",
    "warehouse",
];

/// A key without what differs between the habits of formats.
fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

impl About {
    fn of(key: &str) -> Self {
        let key = plain(key);
        match key.as_str() {
            "region" | "regionname" => Self::Region,
            "environment" => Self::Environment,
            "format" => Self::Format,
            "encoding" | "delimiter" => Self::Writing,
            "description" => Self::Words,
            key if ADDRESSES.binary_search(&key).is_ok() => Self::Address,
            _ => Self::Other,
        }
    }
}

/// The text of the only setting that is about something.
fn word(source: &Source, about: About) -> Option<String> {
    let setting = source.settings.iter().find(|(key, _)| About::of(key) == about);
    setting.and_then(|(_, value)| value.text()).map(str::to_owned)
}

pub(super) fn compare(changes: &mut Changes, base: &[Source], head: &[Source]) {
    let element = |source: &Source| At::of("sources").named(&source.environment);
    let pairs = Pairs::by(base, head, |source| source.environment.as_str());
    // What is new waits for what is gone by where it is: one system may have got another name.
    let mut new: HashMap<String, VecDeque<&Source>> = HashMap::new();
    for (source, _) in head.iter().zip(pairs.old()).filter(|(_, old)| old.is_none()) {
        if let Some(address) = address(source) {
            new.entry(address).or_default().push_back(source);
        }
    }
    let mut renamed_to: HashSet<*const Source> = HashSet::new();
    for (_, gone) in pairs.gone(base) {
        let same_place = address(gone).and_then(|address| new.get_mut(&address)?.pop_front());
        let Some(renamed) = same_place else {
            changes.push(&code::SERVER_REMOVED, &element(gone), Some(text(&gone.kind)), None);
            continue;
        };
        renamed_to.insert(std::ptr::from_ref(renamed));
        let at = At { base: element(gone).base, head: element(renamed).head };
        let names = (text(&gone.environment), text(&renamed.environment));
        // Where the environment is said on its own, and is the same, the name is a label.
        let environments = [gone, renamed].map(|source| word(source, About::Environment));
        let is_label = matches!(&environments, [Some(one), Some(other)] if one == other);
        let meta = if is_label { &code::CUSTOM_PROPERTY_CHANGED } else { &code::SERVER_ENVIRONMENT_CHANGED };
        changes.push(meta, &at, Some(names.0), Some(names.1));
        settings(changes, &at, gone, renamed, is_label);
    }
    for (source, old) in head.iter().zip(pairs.old()) {
        let Some(old) = old.and_then(|old| base.get(old)) else {
            if !renamed_to.contains(&std::ptr::from_ref(source)) {
                changes.push(&code::SERVER_ADDED, &element(source), None, Some(text(&source.kind)));
            }
            continue;
        };
        if old.kind != source.kind {
            // Another system has other settings: they went with it.
            let values = (Some(text(&old.kind)), Some(text(&source.kind)));
            changes.property(&code::SERVER_TYPE_CHANGED, &element(source), "type", values.0, values.1);
            continue;
        }
        settings(changes, &element(source), old, source, true);
    }
}

/// The names of settings, whatever their spelling. Two spellings of one key are two settings: nothing tells which of them
/// counts.
fn names(source: &Source) -> impl Fn(&str) -> String {
    let mut spelt: HashMap<String, usize> = HashMap::with_capacity(source.settings.len());
    for (key, _) in &source.settings {
        *spelt.entry(plain(key)).or_default() += 1;
    }
    move |key| {
        let name = plain(key);
        if spelt.get(&name).is_some_and(|count| *count > 1) { key.to_owned() } else { name }
    }
}

fn those(source: &Source, about: About) -> Literal {
    let name = names(source);
    let one = |(key, value): &(String, Literal)| {
        let value = match value {
            Literal::Text(address) => text(&spellings::address(address)),
            // A port is the same as a number and as a text.
            Literal::Int(number) => text(&number.to_string()),
            value => value.clone(),
        };
        (name(key), value)
    };
    Literal::Map(source.settings.iter().filter(|(key, _)| About::of(key) == about).map(one).collect())
}

/// Where a source is, in a form that two names of one system share; `None` where nothing says it.
fn address(source: &Source) -> Option<String> {
    let Literal::Map(mut settings) = those(source, About::Address) else { return None };
    settings.sort_by(|(one, _), (other, _)| one.cmp(other));
    let shown = |(key, value): &(String, Literal)| format!("{key} {}", DataType::Json.identity(value));
    let settings: Vec<String> = settings.iter().map(shown).collect();
    (!settings.is_empty()).then(|| format!("{} {}", source.kind, settings.join("\n")))
}

/// `says_more` is false where the name itself was the environment, and has been told.
fn settings(changes: &mut Changes, at: &At, old: &Source, new: &Source, says_more: bool) {
    let (before, after) = (those(old, About::Address), those(new, About::Address));
    if !before.same(&after) {
        // Of a system of many parts only those that differ.
        let known = |all: &Literal| -> Vec<(String, Literal)> {
            if let Literal::Map(entries) = all { entries.clone() } else { Vec::new() }
        };
        let (old_parts, new_parts) = (known(&before), known(&after));
        let only = |one: &[(String, Literal)], other: &[(String, Literal)]| {
            let known: HashMap<&str, &Literal> = other.iter().map(|(key, value)| (key.as_str(), value)).collect();
            let differs =
                |(key, value): &&(String, Literal)| !known.get(key.as_str()).is_some_and(|other| value.same(other));
            let left: Vec<_> = one.iter().filter(differs).cloned().collect();
            (!left.is_empty()).then_some(Literal::Map(left))
        };
        let (gone, now) = (only(&old_parts, &new_parts), only(&new_parts, &old_parts));
        let key_of = |source: &Source, parts: &Option<Literal>| -> Option<String> {
            let Some(Literal::Map(parts)) = parts else { return None };
            let (first, _) = parts.first()?;
            source.settings.iter().map(|(key, _)| key).find(|key| plain(key) == *first).cloned()
        };
        let keys = (key_of(old, &gone), key_of(new, &now));
        let change = changes.push(&code::ENDPOINT_ADDRESS_CHANGED, at, gone, now);
        if let (_, Some(key)) | (Some(key), None) = &keys {
            change.head.place = at.named(key).head;
        }
        if let (Some(key), _) | (None, Some(key)) = &keys {
            change.base.place = at.named(key).base;
        }
    }
    let region = |source: &Source| word(source, About::Region).map(|region| region.trim().to_lowercase());
    let metas = [&code::SLA_ADDED, &code::SLA_REMOVED, &code::SERVER_REGION_CHANGED];
    changes.optional(metas, at, "region", region(old).as_ref(), region(new).as_ref(), text);
    let environment = |source: &Source| word(source, About::Environment);
    let metas = [&code::CUSTOM_PROPERTY_CHANGED, &code::CUSTOM_PROPERTY_CHANGED, &code::SERVER_ENVIRONMENT_CHANGED];
    if says_more {
        let at = at.key("environment");
        changes.optional(metas, &at, "", environment(old).as_ref(), environment(new).as_ref(), text);
    }
    let format = |source: &Source| word(source, About::Format).map(|format| text(&format.trim().to_lowercase()));
    changes.stated(&code::DATASET_FILE_FORMAT_CHANGED, at, "format", format(old), format(new));
    let written = |source: &Source| Some(those(source, About::Writing)).filter(|all| *all != Literal::Map(Vec::new()));
    let (before, after) = (written(old), written(new));
    if !before.as_ref().zip(after.as_ref()).is_some_and(|(one, other)| one.same(other)) {
        changes.stated(&code::DATASET_SERIALIZATION_CHANGED, at, "", before, after);
    }
    let words = |source: &Source| word(source, About::Words);
    description(changes, at, words(old).as_ref(), words(new).as_ref(), &code::SEMANTICS_TEXT_CHANGED);
    let others = |source: &'_ Source| -> Vec<(String, String, String)> {
        let name = names(source);
        let one = |(key, value): &(String, Literal)| (name(key), key.clone(), DataType::Json.identity(value));
        source.settings.iter().filter(|(key, _)| About::of(key) == About::Other).map(one).collect()
    };
    let (before, after) = (others(old), others(new));
    let known = |list: &[(String, String, String)]| -> HashMap<String, String> {
        list.iter().map(|(plain, _, value)| (plain.clone(), value.clone())).collect()
    };
    let (was, is) = (known(&before), known(&after));
    let gone = before.iter().filter(|(key, ..)| !is.contains_key(key));
    for (_, key, _) in after.iter().filter(|(key, _, value)| was.get(key) != Some(value)).chain(gone) {
        // User names and secrets are not repeated in reports.
        changes.push(&code::CUSTOM_PROPERTY_CHANGED, &at.named(key), None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_known_in_the_words_of_every_format() {
        assert!(ADDRESSES.is_sorted());
        for (key, about) in [
            ("endpoint_url", About::Address),
            ("endpointUrl", About::Address),
            ("serviceName", About::Address),
            ("regionName", About::Region),
            ("password", About::Other),
            ("stagingDir", About::Other),
            ("user", About::Other),
        ] {
            assert_eq!(About::of(key), about, "{key}");
        }
    }
}
