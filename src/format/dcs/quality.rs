//! Rules of quality.

use super::Notes;
use crate::format::odcs::migrate::{CUSTOM, keep, rules};
use crate::model::Path;
use crate::source::{Node, Value, emit, parse};

/// The rules of a model or a field.
pub(super) fn of_element(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    if !matches!(old.get("quality").map(|quality| &quality.value), Some(Value::List(_))) {
        return;
    }
    let Some(Value::List(items)) = old.take("quality").map(|quality| quality.value) else { return };
    let mut all = Vec::with_capacity(items.len());
    for (index, mut rule) in items.into_iter().enumerate() {
        let path = path.key("quality").index(index);
        if !matches!(rule.value, Value::Map(_)) {
            notes.kept(&path, "what is no rule is a custom property of its element now");
            keep(new, "quality", rule);
            continue;
        }
        for key in ["type", "rule", "metric", "dimension"] {
            if let Some(word) = rule.get(key).filter(|word| word.text().is_some()) {
                notes.carry(word);
            }
        }
        sound(&mut rule, &path, notes);
        all.push(rule);
    }
    notes.of_rules(|notes| rules::upgrade(&mut all, path, notes));
    if !all.is_empty() {
        new.add("quality", all);
    }
}

/// Makes a rule one that ODCS allows as far as its type goes.
fn sound(rule: &mut Node, path: &Path, notes: &mut Notes) {
    let null: Vec<String> =
        rule.entries().iter().filter(|entry| entry.value.is_null()).map(|entry| entry.key.to_string()).collect();
    for key in null.iter().filter(|key| *key != "mustBe" && *key != "mustNotBe") {
        rule.take(key);
    }
    let kind = rule.get("type").and_then(Node::text).unwrap_or_default().to_owned();
    let has = |key: &str| rule.entry(key).is_some();
    let right = match kind.as_str() {
        "custom" if has("engine") && has("implementation") => "custom",
        "sql" if has("query") => "sql",
        "library" | "" if has("metric") || has("rule") => "library",
        _ => "text",
    };
    if right == "custom"
        && let Some(list) = rule.get_mut("implementation").filter(|value| matches!(value.value, Value::List(_)))
    {
        let checks = std::mem::replace(list, Node::mapping());
        list.add("checks", checks);
        notes.reworded(path, "`implementation` is a text or a mapping in ODCS: the list stands under `checks`");
    }
    if right != kind {
        if !matches!(kind.as_str(), "" | "text" | "library" | "sql" | "custom") {
            keep(rule, "type", kind.as_str().into());
        }
        rule.set("type", right, None);
    }
    if let Some(dimension) = rule.get("dimension").and_then(Node::text).map(str::to_lowercase) {
        let known = ["accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness", "uniqueness"];
        if known.contains(&dimension.as_str()) {
            rule.set("dimension", dimension, None);
        } else if let Some(word) = rule.take("dimension") {
            notes.kept(path, "ODCS has no such `dimension`: it is a custom property now");
            keep(rule, "dimension", word);
        }
    }
    // Operators that hold a result against no number are no operators.
    for operator in rules::OPERATORS {
        let fits = rule.get(operator).is_none_or(|value| match operator {
            "mustBe" | "mustNotBe" => true,
            "mustBeBetween" | "mustNotBeBetween" => is_range(value),
            _ => is_number(value),
        });
        if !fits && let Some(value) = rule.take(operator) {
            notes.kept(path, format!("`{operator}` with such a value is a custom property now"));
            keep(rule, operator, value);
        }
    }
}

fn is_number(node: &Node) -> bool {
    matches!(node.value, Value::Int(_) | Value::Float(_))
}

fn is_range(node: &Node) -> bool {
    matches!(node.items(), [low, high] if is_number(low) && is_number(high) && !low.is_same(high))
}

/// The quality of the whole contract, which versions before 1.0 had: the checks of a tool, by model. What belongs to no model is a
/// custom property of the contract.
pub(super) fn of_contract(new: &mut Node, quality: Option<Node>, notes: &mut Notes) {
    let Some(quality) = quality.filter(|quality| !quality.is_null()) else { return };
    let path = Path::of("quality");
    let engine = quality.get("type").and_then(Node::text).map(|kind| match kind.to_lowercase().as_str() {
        "sodacl" | "soda" => "soda".to_owned(),
        "great-expectations" | "greatexpectations" => "greatExpectations".to_owned(),
        other => other.to_owned(),
    });
    let specification = quality.get("specification");
    // The checks may stand in the file as they are, or as a text.
    let checks = match specification.map(|node| &node.value) {
        Some(Value::Map(_)) => specification.cloned(),
        Some(Value::Text(text)) => parse(text).ok(),
        _ => None,
    };
    let only_specified = quality.entries().iter().all(|entry| matches!(&*entry.key, "type" | "specification"));
    if let (Some(engine), Some(checks)) = (engine.filter(|_| only_specified), checks)
        && distribute(new, &engine, &checks)
    {
        notes.carry(&quality);
        let message = format!("the checks of each model are a rule of the engine `{engine}` of its object");
        return notes.meant(&path, message);
    }
    notes.kept(&path, "ODCS has no quality of a whole contract: it is the custom property `quality` now");
    keep(new, "quality", quality);
}

/// A text as YAML has it on one line.
fn plain(text: &str) -> String {
    emit::yaml(&Node::from(text).literal()).trim_end().to_owned()
}

/// Gives the checks of each model to its object. Whether all of them found one.
fn distribute(new: &mut Node, engine: &str, checks: &Node) -> bool {
    let model = |key: &str| key.strip_prefix("checks for ").unwrap_or(key).trim().to_owned();
    let Some(objects) = new.get_mut("schema").and_then(Node::items_mut) else { return false };
    let mut homes = Vec::new();
    for entry in checks.entries() {
        let name = model(&entry.key);
        let home = objects.iter().position(|object| object.get("name").and_then(Node::text) == Some(name.as_str()));
        match home {
            Some(home) => homes.push((home, entry)),
            None => return false,
        }
    }
    for (home, entry) in &homes {
        let Some(object) = objects.get_mut(*home) else { continue };
        let part: Node = Value::Map(vec![(*entry).clone()]).into();
        // A text of the tool's own is what the tool reads.
        let implementation = match &entry.value.value {
            Value::Text(text) => Node::from(&**text),
            Value::List(checks) => {
                // One check on each line, as the tool's own files have it.
                let is_line = |check: &Node| check.text().is_some_and(|text| text.len() < 90 && !text.contains('\n'));
                if checks.iter().all(is_line) {
                    let texts = checks.iter().filter_map(Node::text).map(plain);
                    let lines: Vec<String> = std::iter::once(plain(&entry.key) + ":").chain(texts).collect();
                    Node::from(lines.join("\n  - ") + "\n")
                } else {
                    Node::from(emit::yaml(&part.literal()))
                }
            }
            _ => Node::from(emit::yaml(&part.literal())),
        };
        let rule = Node::mapping().with("type", "custom").with("engine", engine).with("implementation", implementation);
        if let Some(rules) = object.get_mut("quality").and_then(Node::items_mut) {
            rules.push(rule);
        } else {
            let behind = object.entries().iter().rev().map(|entry| entry.key.to_string()).find(|key| key != CUSTOM);
            object.set("quality", vec![rule], behind.as_deref());
        }
    }
    !homes.is_empty()
}
