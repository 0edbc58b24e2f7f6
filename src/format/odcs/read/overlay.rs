//! What pact keeps in words of its own, laid over what the standard's words say.
//!
//! An element is written in the native format, the fragment is laid over it, and the native reader reads the sum: so whatever
//! the native format can say can be kept, and means the same there.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::format::native::{read, write};
use crate::format::values::literal;
use crate::model::{Contract, ContractKind, Dataset, Field, ForeignKey, Literal, Role, Rule, RuleFamily, Source};
use crate::source::shape::{Shape, check};
use crate::source::{Entry, Node, Problem, Span, Value};

type Map = Vec<(String, Literal)>;

/// The fragments of a file, as they are read.
#[derive(Debug, Default)]
pub(super) struct Fragments<'a>(RefCell<Vec<(&'a Node, &'static Shape)>>);

impl<'a> Fragments<'a> {
    /// Notes a fragment and what it is one of.
    pub(super) fn note(&self, fragment: &'a Node, shape: &'static Shape) {
        self.0.borrow_mut().push((fragment, shape));
    }

    /// What is wrong with the form of the fragments.
    pub(super) fn problems(self) -> Vec<Problem> {
        self.0.into_inner().into_iter().flat_map(|(fragment, shape)| problems(fragment, shape)).collect()
    }
}

/// Keys of rules that the native format tells by where the rule stands.
const OF_RULES: &[&str] = &["family", "constraint"];

/// What is wrong with the form of a fragment. It need not be whole: it is a part of its element, and so are those of its
/// items that are laid over others.
fn problems(fragment: &Node, shape: &'static Shape) -> Vec<Problem> {
    let first = |node: &Node| node.entries().first().map(|entry| entry.key_span);
    let parts = ["constraints", "quality"].into_iter().filter_map(|key| fragment.get(key));
    let partial: HashSet<Span> =
        first(fragment).into_iter().chain(parts.flat_map(|list| list.one_or_many().iter().filter_map(first))).collect();
    let of_rules = fragment.entries().iter().filter(|entry| shape.name == "rule" && OF_RULES.contains(&&*entry.key));
    let of_rules: HashSet<Span> = of_rules.map(|entry| entry.key_span).collect();
    let mut problems = check(fragment, shape);
    problems.retain(|problem| match problem.code {
        "missing-key" => !partial.contains(&problem.span),
        "unknown-key" | "misplaced-key" => !of_rules.contains(&problem.span),
        _ => true,
    });
    problems
}

/// The contract with a fragment laid over it. Objects and servers have fragments of their own.
pub(super) fn contract(mut contract: Contract, fragment: &Node) -> Contract {
    let (datasets, sources) = (std::mem::take(&mut contract.datasets), std::mem::take(&mut contract.sources));
    let node = laid_over(write::contract(&contract), fragment);
    let is_model = node.get("kind").and_then(Node::text) == Some("model");
    let kind = if is_model { ContractKind::Model } else { ContractKind::Contract };
    match read::contract(contract.source, kind, &node) {
        Some(read) => Contract {
            datasets,
            sources,
            short_form: false,
            format_version: contract.format_version,
            written_version: contract.written_version,
            written_status: contract.written_status,
            ..read
        },
        None => Contract { datasets, sources, ..contract },
    }
}

/// The dataset with a fragment laid over it. Its fields, rules and references have fragments of their own; fields and
/// references stand in the fragment all together where they have no place.
pub(super) fn dataset(mut dataset: Dataset, fragment: &Node) -> Dataset {
    let fields = std::mem::take(&mut dataset.fields);
    let rules = std::mem::take(&mut dataset.rules);
    let foreign_keys = std::mem::take(&mut dataset.foreign_keys);
    let node = laid_over(write::dataset::dataset(&dataset), fragment);
    let mut read = read::dataset::dataset(&node).unwrap_or(dataset);
    if fragment.get("schema").is_none() {
        read.fields = fields;
        for field in read.fields.iter_mut().filter(|_| !read.key_order.is_empty()) {
            field.is_primary_key |= read.key_order.contains(&field.name);
        }
    }
    if fragment.get("foreign_keys").is_none() {
        read.foreign_keys = foreign_keys;
    }
    read.rules = rules;
    read
}

/// The field with a fragment laid over it. What it holds has fragments of its own, or stands in this one as a whole.
pub(super) fn field(mut field: Field, fragment: &Node) -> Field {
    let fields = std::mem::take(&mut field.fields);
    let (items, values) = (field.items.take(), field.values.take());
    let node = laid_over(write::data::field(&field), fragment);
    let mut read = read::data::field(&node, field.name.clone()).unwrap_or(field);
    if fragment.get("fields").is_none() {
        read.fields = fields;
    }
    if fragment.get("items").is_none() {
        read.items = items;
    }
    if fragment.get("values").is_none() {
        read.values = values;
    }
    read
}

/// The rule with a fragment laid over it.
pub(super) fn rule(rule: Rule, fragment: &Node) -> Rule {
    let family = match fragment.get("family").and_then(Node::text) {
        Some("business") => RuleFamily::Business,
        Some("technical") => RuleFamily::Technical,
        _ => rule.family,
    };
    let node = laid_over(write::terms::rule(&rule), fragment);
    read::terms::rule(&node, family).unwrap_or(rule)
}

/// The role with a fragment laid over it.
pub(super) fn role(role: Role, fragment: &Node) -> Role {
    let node = laid_over(write::access::role(&role), fragment);
    read::access::role(&node).unwrap_or(role)
}

/// The reference with a fragment laid over it.
pub(super) fn foreign_key(key: ForeignKey, fragment: &Node) -> ForeignKey {
    let node = laid_over(write::dataset::foreign_key(&key), fragment);
    read::dataset::foreign_key(&node).unwrap_or(key)
}

/// The source with a fragment laid over it: its type, and settings of any kind.
pub(super) fn source(source: Source, fragment: &Node) -> Source {
    let mut entries: Map = vec![("type".to_owned(), Literal::Text(source.kind.clone()))];
    entries.extend(source.settings);
    let Literal::Map(over) = literal(fragment) else { return Source { settings: entries.split_off(1), ..source } };
    let (mut kind, mut settings) = (source.kind, Map::new());
    for (key, value) in merged(entries, over) {
        match value {
            Literal::Text(text) if key == "type" => kind = text,
            value => settings.push((key, value)),
        }
    }
    Source { environment: source.environment, kind, settings }
}

fn laid_over(element: Literal, fragment: &Node) -> Node {
    match (element, literal(fragment)) {
        (Literal::Map(element), Literal::Map(fragment)) => node(Literal::Map(merged(element, fragment))),
        (element, _) => node(element),
    }
}

/// Keys below which a mapping is a value like any other, and null too.
const VALUES: &[&str] = &["example_value", "default_value", "implementation", "must_be", "must_not_be"];

fn merged(base: Map, over: Map) -> Map {
    let positions: HashMap<String, usize> =
        base.iter().enumerate().map(|(position, (key, _))| (key.clone(), position)).collect();
    let mut all: Vec<Option<(String, Literal)>> = base.into_iter().map(Some).collect();
    for (key, value) in over {
        let is_value = VALUES.contains(&key.as_str());
        let Some(slot) = positions.get(&key).and_then(|position| all.get_mut(*position)) else {
            if is_value || value != Literal::Null {
                all.push(Some((key, value)));
            }
            continue;
        };
        let there = slot.take().map(|(_, there)| there);
        *slot = match (there, value) {
            (_, Literal::Null) if !is_value => None,
            (Some(Literal::Map(base)), Literal::Map(over)) if !is_value => {
                Some((key, Literal::Map(merged(base, over))))
            }
            (Some(Literal::List(base)), Literal::List(over)) if key == "constraints" => {
                Some((key, Literal::List(completed(base, over, "type"))))
            }
            (Some(Literal::List(base)), Literal::List(over)) if key == "quality" => {
                Some((key, Literal::List(completed(base, over, "metric_type"))))
            }
            (_, value) => Some((key, value)),
        };
    }
    all.into_iter().flatten().collect()
}

/// The items of a list, each of the others laid over the next one of its word, and added where there is none.
fn completed(base: Vec<Literal>, over: Vec<Literal>, word: &str) -> Vec<Literal> {
    let name = |item: &Literal| -> String {
        let Literal::Map(entries) = item else { return String::new() };
        let found = entries.iter().find(|(key, _)| key == word);
        found.and_then(|(_, value)| value.text()).unwrap_or_default().to_owned()
    };
    let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
    for (position, item) in base.iter().enumerate().rev() {
        waiting.entry(name(item)).or_default().push(position);
    }
    let mut all = base;
    for item in over {
        let position = waiting.get_mut(&name(&item)).and_then(Vec::pop);
        match (position.and_then(|position| all.get_mut(position)), item) {
            (Some(Literal::Map(there)), Literal::Map(more)) => *there = merged(std::mem::take(there), more),
            (Some(there), item) => *there = item,
            (None, item) => all.push(item),
        }
    }
    all
}

/// A value as a tree without places.
fn node(value: Literal) -> Node {
    let span = Span::default();
    let value = match value {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(value),
        Literal::Int(value) => Value::Int(value),
        Literal::Float(value) => Value::Float(value),
        Literal::Text(text) => Value::Text(text.into()),
        Literal::List(items) => Value::List(items.into_iter().map(node).collect()),
        Literal::Map(entries) => {
            let entry = |(key, value): (String, Literal)| Entry { key: key.into(), key_span: span, value: node(value) };
            Value::Map(entries.into_iter().map(entry).collect())
        }
    };
    Node { span, value }
}
