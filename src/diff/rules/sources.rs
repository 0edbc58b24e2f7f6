//! Where the live data is, by environment.

use super::{At, Changes, code, spellings, text};
use crate::model::{Literal, Source};

/// What a setting of a source is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// Where the system is.
    Address,
    /// In which part of the world it stands.
    Region,
    /// How pact gets in, which is nobody else's business.
    Other,
}

impl About {
    fn of(key: &str) -> Self {
        match key {
            "url" | "path" | "host" | "port" | "database" | "schema" | "table" | "tables" => Self::Address,
            "region" => Self::Region,
            _ => Self::Other,
        }
    }
}

pub(super) fn compare(changes: &mut Changes, base: &[Source], head: &[Source]) {
    let element = |source: &Source| At::of("sources").named(&source.environment);
    let is_in = |source: &Source, list: &[Source]| list.iter().any(|other| other.environment == source.environment);
    let mut new: Vec<&Source> = head.iter().filter(|source| !is_in(source, base)).collect();
    for gone in base.iter().filter(|source| !is_in(source, head)) {
        let Some(index) = new.iter().position(|new| is_same_place(gone, new)) else {
            changes.push(&code::SERVER_REMOVED, &element(gone), Some(text(&gone.kind)), None);
            continue;
        };
        let renamed = new.remove(index);
        let at = At { base: element(gone).base, head: element(renamed).head };
        let names = (text(&gone.environment), text(&renamed.environment));
        changes.push(&code::SERVER_ENVIRONMENT_CHANGED, &at, Some(names.0), Some(names.1));
        settings(changes, &at, gone, renamed);
    }
    for source in head {
        let Some(old) = base.iter().find(|old| old.environment == source.environment) else {
            if new.iter().any(|new| std::ptr::eq(*new, source)) {
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
        settings(changes, &element(source), old, source);
    }
}

fn those(source: &Source, about: About) -> Literal {
    let plain = |(key, value): &(String, Literal)| {
        let value = match value {
            Literal::Text(url) if key == "url" => text(&spellings::address(url)),
            value => value.clone(),
        };
        (key.clone(), value)
    };
    Literal::Map(source.settings.iter().filter(|(key, _)| About::of(key) == about).map(plain).collect())
}

/// Whether two environments are one system under two names.
fn is_same_place(one: &Source, other: &Source) -> bool {
    let (before, after) = (those(one, About::Address), those(other, About::Address));
    let is_known = matches!(&before, Literal::Map(settings) if !settings.is_empty());
    is_known && one.kind == other.kind && before.same(&after)
}

fn settings(changes: &mut Changes, at: &At, old: &Source, new: &Source) {
    let (before, after) = (those(old, About::Address), those(new, About::Address));
    if !before.same(&after) {
        changes.push(&code::ENDPOINT_ADDRESS_CHANGED, at, Some(before), Some(after));
    }
    let region = |source: &Source| -> Option<String> {
        let setting = source.settings.iter().find(|(key, _)| key == "region");
        setting.and_then(|(_, value)| value.text()).map(|text| text.trim().to_lowercase())
    };
    let metas = [&code::SLA_ADDED, &code::SLA_REMOVED, &code::SERVER_REGION_CHANGED];
    changes.optional(metas, at, "region", region(old).as_ref(), region(new).as_ref(), text);
    if !those(old, About::Other).same(&those(new, About::Other)) {
        // User names and secrets are not repeated in reports.
        changes.push(&code::CUSTOM_PROPERTY_CHANGED, at, None, None);
    }
}
