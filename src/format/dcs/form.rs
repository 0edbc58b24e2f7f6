//! The form of a contract of the specification: where it has lists, mappings and single values. Keys that it does not know may
//! hold anything.

use super::Notes;
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Entry, Node, Problem, Value};

/// What a value may be.
enum Form {
    /// Text, a number or a boolean.
    Scalar,
    /// One or several of them.
    Scalars,
    /// A single value alone, or what else it may be.
    Either(&'static Form),
    /// A mapping with known keys.
    Map(&'static [(&'static str, Form)]),
    /// A mapping from names to values of one form. A list is right too where each item has its name in one of the keys.
    Named(&'static Form, &'static [&'static str]),
    /// A list of values of one form.
    List(&'static Form),
}

use Form::{Either, List, Map, Named, Scalar, Scalars};

static CONTRACT: Form = Map(&[
    ("dataContractSpecification", Scalar),
    ("id", Scalar),
    ("info", INFO),
    ("servers", Named(&SERVER, SERVER_NAMES)),
    ("terms", TERMS),
    ("models", Named(&MODEL, NAMES)),
    ("definitions", Named(&FIELD, &[])),
    ("servicelevels", Named(&LEVEL, &[])),
    ("serviceLevels", Named(&LEVEL, &[])),
    ("tags", Scalars),
]);

const INFO: Form = Map(&[
    ("title", Scalar),
    ("version", Scalar),
    ("status", Scalar),
    ("description", Scalar),
    ("owner", Scalar),
    ("contact", Map(&[("name", Scalar), ("url", Scalar), ("email", Scalar)])),
]);

const TERMS: Form = Map(&[
    ("usage", Scalar),
    ("limitations", Scalar),
    ("billing", Scalar),
    ("noticePeriod", Scalar),
    ("policies", List(&Map(&[("name", Scalar), ("type", Scalar), ("url", Scalar), ("description", Scalar)]))),
]);

static SERVER: Form = Map(&[
    ("type", Scalar),
    ("description", Scalar),
    ("environment", Scalar),
    ("roles", List(&Map(&[("name", Scalar), ("description", Scalar)]))),
]);

static MODEL: Form = Map(&[
    ("title", Scalar),
    ("type", Scalar),
    ("description", Scalar),
    ("primaryKey", Scalars),
    ("tags", Scalars),
    ("config", Map(&[])),
    ("fields", Named(&FIELD, NAMES)),
    ("quality", List(&Map(&[]))),
]);

static FIELD: Form = Map(&[
    ("$ref", Scalar),
    ("title", Scalar),
    ("type", Scalar),
    ("description", Scalar),
    ("classification", Scalar),
    ("tags", Scalars),
    ("config", Map(&[])),
    ("fields", Named(&FIELD, NAMES)),
    ("items", Map(&[])),
    ("quality", List(&Map(&[]))),
]);

static LEVEL: Form = Either(&Map(&[("description", Scalar)]));

const NAMES: &[&str] = &["name"];
const SERVER_NAMES: &[&str] = &["server", "name"];

/// So many problems are told; a file with more has one cause.
const MOST: usize = 20;

/// What is wrong with the form of a contract.
pub(super) fn check(tree: &Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    one(tree, &CONTRACT, "the contract", &mut problems);
    problems.sort_by_key(|problem| problem.span);
    problems
}

fn one(node: &Node, form: &'static Form, name: &str, problems: &mut Vec<Problem>) {
    if node.is_null() || problems.len() >= MOST {
        return;
    }
    let mut wrong = |expected: &str, help: String| {
        let message = format!("{} has to be {expected}, found {}", quoted(name), node.described());
        problems.push(Problem::new("wrong-type", node.span, message).help(help));
    };
    match (form, &node.value) {
        (Scalar, Value::List(_) | Value::Map(_)) => {
            wrong("a single value", format!("write one text behind {}", quoted(name)));
        }
        (Scalars, Value::Map(_)) => wrong("a list", format!("write a list behind {}: `[a, b]`", quoted(name))),
        (Scalars, Value::List(items)) => items.iter().for_each(|item| one(item, &Scalar, name, problems)),
        (Map(keys), Value::Map(entries)) => {
            for entry in entries {
                if let Some((_, form)) = keys.iter().find(|(key, _)| *key == &*entry.key) {
                    one(&entry.value, form, &entry.key, problems);
                }
            }
            // What is in `items`, `keys` and `values` is a field again.
            if std::ptr::eq(form, &raw const FIELD) {
                for key in ["items", "keys", "values"] {
                    if let Some(inner) = node.get(key).filter(|inner| matches!(inner.value, Value::Map(_))) {
                        one(inner, &FIELD, key, problems);
                    }
                }
            }
        }
        (Map(keys), _) => {
            let example = keys.first().map_or("KEY", |(key, _)| key);
            wrong("a mapping", format!("write keys and values below {}, such as `{example}: ...`", quoted(name)));
        }
        (Named(inner, _), Value::Map(entries)) => {
            for entry in entries {
                one(&entry.value, inner, &entry.key, problems);
            }
        }
        (Named(inner, keys), Value::List(items)) if named(items, keys).is_some() => {
            for item in items {
                one(item, inner, name, problems);
            }
        }
        (Named(..), _) => {
            wrong("a mapping", format!("write what is in {} by name, each as `NAME: {{...}}`", quoted(name)));
        }
        (List(inner), Value::List(items)) => items.iter().for_each(|item| one(item, inner, name, problems)),
        (List(_), _) => wrong("a list", format!("write the items of {} behind dashes: `- ...`", quoted(name))),
        (Either(inner), Value::List(_) | Value::Map(_)) => one(node, inner, name, problems),
        (Either(_) | Scalar | Scalars, _) => {}
    }
}

/// The names of items, where each has one of its own.
fn named<'a>(items: &'a [Node], keys: &[&str]) -> Option<Vec<(&'a Node, &'a str)>> {
    let mut seen = std::collections::HashSet::new();
    let name = |item: &'a Node| {
        let name = keys.iter().find_map(|key| item.get(key))?;
        let text = name.text().filter(|text| seen.insert(*text))?;
        Some((name, text))
    };
    let names: Option<Vec<_>> = items.iter().map(name).collect();
    names.filter(|names| !names.is_empty())
}

/// The entries of a mapping by names, which may be written as a list.
pub(super) fn by_name(node: Option<Node>, path: &Path, notes: &mut Notes) -> Option<Vec<Entry>> {
    let node = node?;
    match node.value {
        Value::Map(entries) => Some(entries),
        Value::List(mut items) => {
            let names: Vec<String> =
                named(&items, SERVER_NAMES)?.into_iter().map(|(_, name)| name.to_owned()).collect();
            notes.meant(path, "the list is read by the names of its items, as the specification has it");
            let entries = items.iter_mut().zip(names).map(|(item, name)| {
                let taken = SERVER_NAMES.iter().find(|key| item.get(key).and_then(Node::text) == Some(name.as_str()));
                if let Some(old) = taken.and_then(|key| item.take(key)) {
                    notes.carry(&old);
                }
                Entry::new(name, std::mem::replace(item, Node::mapping()))
            });
            Some(entries.collect())
        }
        _ => None,
    }
}
