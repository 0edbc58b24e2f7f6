//! Rules of 2.2, which name a template of a tool, as rules of that engine.

use super::notes::{Notes, keep};
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Entry, Node, Value};

/// What the tool is told.
const IMPLEMENTATION: &[&str] = &["code", "templateName", "toolRuleName", "columns", "column"];

const DIMENSIONS: &[(&str, &str)] = &[
    ("accuracy", "ac"),
    ("completeness", "cp"),
    ("conformity", "cf"),
    ("consistency", "cs"),
    ("coverage", "cv"),
    ("timeliness", "tm"),
    ("uniqueness", "uq"),
];

/// Changes the rules of an element.
pub(super) fn upgrade(element: &mut Node, path: &Path, notes: &mut Notes) {
    let rules = element.get_mut("quality").and_then(Node::items_mut).into_iter().flatten();
    for (index, rule) in rules.enumerate().filter(|(_, rule)| matches!(rule.value, Value::Map(_))) {
        self::rule(rule, &path.key("quality").index(index), notes);
    }
}

fn rule(rule: &mut Node, path: &Path, notes: &mut Notes) {
    rule.rename("type", "method");
    if rule.rename("scheduleCronExpression", "schedule") {
        rule.set("scheduler", "cron", Some("schedule"));
    }
    if let Some(kept) = dimension(rule) {
        let word = kept.scalar_text().unwrap_or_default();
        notes.kept(path, format!("3.2 has no dimension {}: it is the custom property `dimension` now", quoted(&word)));
        keep(rule, "dimension", kept);
    }
    let has_tool = rule.get("toolName").and_then(Node::text).is_some();
    let has_more = IMPLEMENTATION.iter().any(|key| rule.get(key).is_some_and(|value| !value.is_null()));
    if !has_tool || !has_more {
        if let Some(entries) = rule.entries_mut() {
            entries.insert(0, Entry::new("type", "text"));
        }
        return notes.kept(path, "a rule without a tool and what it does there is a rule in words");
    }
    rule.rename("toolName", "engine");
    if let Some(entries) = rule.entries_mut() {
        entries.insert(0, Entry::new("type", "custom"));
    }
    let mut implementation = Node::mapping();
    for key in IMPLEMENTATION {
        if let Some(value) = rule.take(key).filter(|value| !value.is_null()) {
            implementation.add(key, value);
        }
    }
    let told: Vec<String> = implementation.entries().iter().map(|entry| format!("`{}`", entry.key)).collect();
    rule.set("implementation", implementation, Some("engine"));
    let message = format!(
        "a rule of 2.2 is a rule of its tool: `toolName` is `engine`, and {} stand in `implementation`",
        told.join(", ")
    );
    notes.reworded(path, message);
}

/// Writes the dimension as 3.2 has it, or takes it out.
fn dimension(rule: &mut Node) -> Option<Node> {
    let word = rule.get("dimension")?.text()?.to_owned();
    let plain = word.to_lowercase();
    let known = DIMENSIONS.iter().find(|(long, short)| *long == plain || *short == plain);
    match known {
        Some((long, _)) if *long == word => None,
        Some((long, _)) => {
            rule.set("dimension", *long, None);
            None
        }
        None => rule.take("dimension"),
    }
}
