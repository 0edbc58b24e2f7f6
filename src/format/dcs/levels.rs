//! Service levels.

use super::{duration, leftovers, text_of};
use crate::format::odcs::migrate::Notes;
use crate::model::Path;
use crate::source::{Node, Value, parse_scalar};

/// The service levels, in their order.
pub(super) fn upgrade(new: &mut Node, levels: Option<Node>, notes: &mut Notes) {
    let Some(Value::Map(levels)) = levels.map(|levels| levels.value) else { return };
    let mut all = Vec::with_capacity(levels.len());
    for entry in levels {
        let path = Path::of("servicelevels").key(entry.key.to_string());
        all.push(level(&entry.key, entry.value, &path, notes));
    }
    if !all.is_empty() {
        new.add("slaProperties", all);
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

fn level(name: &str, mut old: Node, path: &Path, notes: &mut Notes) -> Node {
    let mut new = Node::mapping().with("property", name);
    if !matches!(old.value, Value::Map(_)) {
        new.add("value", text_of(&old).unwrap_or_else(|| Value::Null.into()));
        return new;
    }
    let (values, elements) = keys(name);
    let found = values.iter().find(|key| old.get(key).is_some_and(|value| value.scalar_text().is_some()));
    let value = found.and_then(|key| if *key == "cron" { old.get(key).cloned() } else { old.take(key) });
    let text = value.as_ref().and_then(Node::scalar_text);
    match text {
        Some(text) => quantity(&mut new, &text),
        None if old.get("unlimited").and_then(Node::boolean) == Some(true) => {
            old.take("unlimited");
            new.add("value", "unlimited");
        }
        // A level in words is one still.
        None => new.add("value", Value::Null),
    }
    if let Some(element) = elements.iter().find_map(|key| old.take(key)).and_then(|element| text_of(&element)) {
        new.add("element", element);
    }
    if let Some(description) = old.take("description").and_then(|text| text_of(&text)) {
        new.add("description", description);
    }
    if let Some(cron) = old.take("cron").and_then(|cron| text_of(&cron)) {
        new.add("scheduler", "cron");
        new.add("schedule", cron);
    }
    leftovers(&mut new, old, path, notes);
    new
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
