//! Service levels.

use super::notes::Target;
use super::{Notes, duration, leftovers, prose, text_of};
use crate::model::Path;
use crate::source::{Node, Value, parse_scalar};

/// The service levels, in their order.
/// What the native format has words for is given back, as its `service_levels`.
pub(super) fn upgrade(new: &mut Node, levels: Option<Node>, notes: &mut Notes) -> Node {
    let mut own = Node::mapping();
    let Some(Value::Map(levels)) = levels.map(|levels| levels.value) else { return own };
    let mut all = Vec::with_capacity(levels.len());
    for entry in levels {
        let path = Path::of("servicelevels").key(entry.key.to_string());
        let mut old = entry.value;
        if &*entry.key == "backup" {
            backup(&mut own, &mut old, &path, notes);
            if old.entries().iter().all(|entry| entry.value.is_null()) {
                continue;
            }
        }
        all.extend(level(&entry.key, old, &path, notes));
    }
    if !all.is_empty() {
        new.add("slaProperties", all);
    }
    own
}

/// What the native format says of backups: recovery times, and how often there is one.
fn backup(own: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    for (from, to) in [("recoveryTime", "rto"), ("recoveryPoint", "rpo"), ("interval", "backup_every")] {
        let Some(span) = old.get(from).and_then(Node::scalar_text).and_then(|text| duration::in_words(&text)) else {
            continue;
        };
        if let Some(value) = old.take(from) {
            notes.carry(&value);
            own.add(to, span);
            let place = if notes.target == Target::Odcs { " of the custom property `pact`" } else { "" };
            notes.meant(path, format!("`{from}` is `service_levels.{to}`{place}"));
        }
    }
}

/// The keys of a level that tell its value, the first that is there counts; and those that name its field.
fn keys(level: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match level {
        "availability" => (&["percentage"], &[]),
        "retention" => (&["period"], &["timestampField"]),
        "latency" => (&["threshold"], &["processedTimestampField"]),
        "freshness" => (&["threshold"], &["timestampField"]),
        "frequency" | "backup" => (&["interval", "cron"], &[]),
        "support" => (&["time", "responseTime"], &[]),
        _ => (&["value"], &[]),
    }
}

fn level(name: &str, mut old: Node, path: &Path, notes: &mut Notes) -> Option<Node> {
    let mut new = Node::mapping().with("property", name);
    if !matches!(old.value, Value::Map(_)) {
        new.add("value", text_of(&old)?);
        return Some(new);
    }
    let (values, elements) = keys(name);
    let found = values.iter().find(|key| old.get(key).is_some_and(|value| value.scalar_text().is_some()));
    let value = found.and_then(|key| if *key == "cron" { old.get(key).cloned() } else { old.take(key) });
    let text = value.as_ref().and_then(Node::scalar_text);
    match text {
        Some(text) => {
            if let Some(value) = &value {
                notes.carry(value);
            }
            quantity(&mut new, &text);
        }
        None if old.get("unlimited").and_then(Node::boolean) == Some(true) => {
            if let Some(unlimited) = old.take("unlimited") {
                notes.carry(&unlimited);
            }
            new.add("value", "unlimited");
        }
        // A level in words is one still.
        None => {
            let word = ["type", "source", "description"].into_iter().find_map(|key| {
                old.get(key).is_some_and(|value| value.scalar_text().is_some()).then(|| old.take(key)).flatten()
            });
            match word.as_ref().and_then(prose) {
                Some(word) => new.add("value", word),
                // What is promised stands in the other keys.
                None => new.add("value", name),
            }
        }
    }
    if let Some(element) = elements.iter().find_map(|key| old.take(key)).and_then(|element| text_of(&element)) {
        new.add("element", element);
    }
    if let Some(description) = old.take("description").and_then(|text| prose(&text)) {
        new.add("description", description);
    }
    if let Some(cron) = old.take("cron").and_then(|cron| text_of(&cron)) {
        new.add("scheduler", "cron");
        new.add("schedule", cron);
    }
    leftovers(&mut new, old, path, notes);
    Some(new)
}

/// A value with its unit, as far as it can be told apart.
fn quantity(new: &mut Node, text: &str) {
    if let Some((number, unit)) = duration::parse(text) {
        new.add("value", Value::Int(number));
        new.add("unit", unit);
        return;
    }
    let share = text.trim().strip_suffix('%').map(|share| parse_scalar(share.trim()));
    match share {
        Some(number @ (Value::Int(_) | Value::Float(_))) => {
            new.add("value", number);
            new.add("unit", "%");
        }
        _ => new.add("value", text),
    }
}
