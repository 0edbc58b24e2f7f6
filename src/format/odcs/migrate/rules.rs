//! Rules of quality: metrics and operators.

use super::notes::{Notes, keep};
use super::{definitions, keys};
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Entry, Node, Value};

/// What a result is held against.
pub(in crate::format) const OPERATORS: [&str; 8] = crate::format::odcs::keys::OPERATORS;

/// Spellings of operators that the Data Contract Specification brought into many files.
pub(in crate::format) const MISSPELT: [(&str, &str); 2] =
    [("mustBeGreaterThanOrEqualTo", "mustBeGreaterOrEqualTo"), ("mustBeLessThanOrEqualTo", "mustBeLessOrEqualTo")];

/// A name that rules of 3.0 have, with the metric that measures the same.
struct Metric {
    rule: &'static str,
    measure: &'static str,
    /// Whether the rule alone says that there must be none of what the metric counts.
    demands_none: bool,
    /// Whether the rule counts what the metric counts, so that its operators mean the same.
    counts: bool,
}

const fn metric(rule: &'static str, metric: &'static str, demands_none: bool, counts: bool) -> Metric {
    Metric { rule, measure: metric, demands_none, counts }
}

static METRICS: &[Metric] = &[
    metric("nullvalues", "nullValues", true, true),
    metric("nullcount", "nullValues", true, true),
    metric("nullcheck", "nullValues", true, false),
    metric("notnull", "nullValues", true, false),
    metric("missingvalues", "missingValues", true, true),
    metric("missingcount", "missingValues", true, true),
    metric("invalidvalues", "invalidValues", true, true),
    metric("invalidcount", "invalidValues", true, true),
    metric("validvalues", "invalidValues", true, false),
    metric("duplicatevalues", "duplicateValues", true, true),
    metric("duplicatecount", "duplicateValues", true, true),
    metric("duplicates", "duplicateValues", true, true),
    metric("uniquecheck", "duplicateValues", true, false),
    metric("unique", "duplicateValues", true, false),
    metric("rowcount", "rowCount", false, true),
];

/// Changes the rules of an element. One that has two operators becomes two.
pub(in crate::format) fn upgrade(rules: &mut Vec<Node>, path: &Path, notes: &mut Notes) {
    let mut new = Vec::with_capacity(rules.len());
    for (index, mut rule) in std::mem::take(rules).into_iter().enumerate() {
        if !matches!(rule.value, Value::Map(_)) {
            new.push(rule);
            continue;
        }
        let path = path.key("quality").index(index);
        let others = self::rule(&mut rule, &path, notes);
        new.push(rule);
        new.extend(others);
    }
    *rules = new;
}

/// Changes a rule; the rules that its further operators become.
fn rule(rule: &mut Node, path: &Path, notes: &mut Notes) -> Vec<Node> {
    for (wrong, right) in MISSPELT {
        if rule.rename(wrong, right) {
            notes.reworded(path, format!("`{wrong}` is called `{right}`"));
        }
    }
    for range in ["mustBeBetween", "mustNotBeBetween"] {
        let has_ends = |list: &Node| matches!(list.items(), [low, high] if !low.is_same(high));
        if rule.get(range).is_some_and(|list| !has_ends(list))
            && let Some(value) = rule.take(range)
        {
            notes.kept(path, format!("`{range}` has two different ends in 3.2: it is a custom property now"));
            keep(rule, range, value);
        }
    }
    if rule.get("type").is_none_or(|kind| kind.text() == Some("library")) && rule.entry("metric").is_none() {
        library(rule, path, notes);
    }
    let kind = kind(rule);
    let mut others = Vec::new();
    if matches!(kind, "library" | "sql") {
        others = one_operator(rule, path, notes);
    }
    if kind == "sql" && operators(rule).is_empty() {
        rule.set("type", "custom", None);
        rule.set("engine", "sql", Some("type"));
        rule.rename("query", "implementation");
        notes.reworded(path, "a query that is held against nothing is a rule of the engine `sql`: `sql` rules have an operator since 3.1");
    }
    let kind = self::kind(rule);
    let own: &[&str] = match kind {
        "library" => &["metric", "rule", "arguments"],
        "sql" => &["query"],
        "custom" => &["engine", "implementation"],
        _ => &[],
    };
    let operators: &[&str] = if matches!(kind, "library" | "sql") { &OPERATORS } else { &[] };
    definitions::both(rule, path, notes);
    super::close(rule, |key| keys::rule(key) || own.contains(&key) || operators.contains(&key), path, notes);
    others
}

/// What kind of rule it is for 3.2.
fn kind(rule: &Node) -> &'static str {
    match rule.get("type").and_then(Node::text) {
        Some("sql") => "sql",
        Some("custom") => "custom",
        Some("text") => "text",
        Some("library") => "library",
        _ if rule.entry("metric").is_some() => "library",
        _ => "text",
    }
}

fn operators(rule: &Node) -> Vec<&'static str> {
    OPERATORS.into_iter().filter(|operator| rule.entry(operator).is_some()).collect()
}

/// A rule of the library of 3.0 as one with a metric, or in words where 3.2 has no metric for it.
fn library(rule: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(name) = rule.get("rule").and_then(Node::text).map(str::to_owned) else {
        return in_words(rule, None, path, notes);
    };
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let has_operator = !operators(rule).is_empty() && !is_none_demanded(rule);
    let known = METRICS.iter().find(|metric| metric.rule == plain);
    let Some(metric) =
        known.filter(|metric| if has_operator { metric.counts } else { metric.demands_none || is_none_demanded(rule) })
    else {
        return in_words(rule, Some(&name), path, notes);
    };
    rule.rename("rule", "metric");
    let mut told = format!("`rule: {name}` is `metric: {}`", metric.measure);
    if name != metric.measure {
        rule.set("metric", metric.measure, None);
    }
    if operators(rule).is_empty() {
        rule.set("mustBe", 0, Some("metric"));
        told.push_str(" with `mustBe: 0`");
    }
    notes.reworded(path, told);
    let wanted: &[(&str, &str)] = match metric.measure {
        "missingValues" => &[("missingValues", "missingValues")],
        "invalidValues" => &[("validValues", "validValues"), ("pattern", "pattern")],
        "duplicateValues" => &[("properties", "properties"), ("columns", "properties")],
        _ => &[],
    };
    for (from, to) in wanted {
        let Some(value) = rule.take(from) else { continue };
        if !matches!(rule.get("arguments").map(|arguments| &arguments.value), Some(Value::Map(_))) {
            rule.set("arguments", Node::mapping(), Some("metric"));
        }
        notes.reworded(path, format!("`{from}` stands in `arguments`"));
        if let Some(arguments) = rule.get_mut("arguments") {
            arguments.set(to, value, None);
        }
    }
}

fn is_none_demanded(rule: &Node) -> bool {
    operators(rule) == ["mustBe"] && rule.get("mustBe").and_then(Node::integer) == Some(0)
}

/// A rule that 3.2 has no metric for: people can read it still.
fn in_words(rule: &mut Node, name: Option<&str>, path: &Path, notes: &mut Notes) {
    let has_more = rule.entries().iter().any(|entry| !keys::rule(&entry.key));
    if rule.entry("type").is_none() && !has_more {
        // Without `type` and `metric` it is a rule in words already.
        return;
    }
    rule.set("type", "text", None);
    if let Some(name) = name {
        if rule.entry("description").is_none() {
            rule.set("description", name, Some("type"));
        }
        notes.kept(path, format!("3.2 has no metric for the rule {}: it is a rule in words now", quoted(name)));
    }
}

/// Leaves one operator in a rule. Two bounds that exclude their values are `mustBeBetween`; every other further operator gets a
/// rule of its own.
fn one_operator(rule: &mut Node, path: &Path, notes: &mut Notes) -> Vec<Node> {
    let all = operators(rule);
    if all == ["mustBeGreaterThan", "mustBeLessThan"] {
        let ends = all.iter().filter_map(|operator| rule.get(operator).cloned()).collect::<Vec<Node>>();
        let is_range = matches!(ends.as_slice(), [low, high] if !low.is_same(high));
        if is_range {
            rule.take("mustBeLessThan");
            rule.set("mustBeGreaterThan", ends, None);
            rule.rename("mustBeGreaterThan", "mustBeBetween");
            notes.reworded(
                path,
                "`mustBeGreaterThan` and `mustBeLessThan` are `mustBeBetween`, which excludes its ends too",
            );
            return Vec::new();
        }
    }
    let Some((_, further)) = all.split_first().filter(|(_, further)| !further.is_empty()) else { return Vec::new() };
    notes.reworded(path, format!("a rule has one operator since 3.1: each of its {} has a rule of its own", all.len()));
    let mut others = Vec::new();
    for operator in further {
        let Some(value) = rule.take(operator) else { continue };
        let entries = rule.entries().iter().filter(|entry| !OPERATORS.contains(&&*entry.key) && &*entry.key != "id");
        let mut other = Node::mapping();
        if let Some(new) = other.entries_mut() {
            // Copies: they stand nowhere yet.
            new.extend(entries.map(|entry| Entry::new(entry.key.clone(), copied(&entry.value))));
        }
        other.add(operator, value);
        others.push(other);
    }
    others
}

/// A value without its places.
fn copied(node: &Node) -> Node {
    match &node.value {
        Value::List(items) => Node::from(items.iter().map(copied).collect::<Vec<_>>()),
        Value::Map(entries) => {
            let mut map = Node::mapping();
            for entry in entries {
                map.add(&entry.key, copied(&entry.value));
            }
            map
        }
        other => other.clone().into(),
    }
}
