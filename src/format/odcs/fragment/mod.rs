//! What the native format can say and the standard can't: it stands in the custom property `pact` of its element, in the words
//! of the native format, and is laid over what the standard's keys say.

mod merge;

use crate::format::native::{read, write};
use crate::format::values::literal;
use crate::model::{
    Access, Contract, ContractKind, Dataset, Field, ForeignKey, Literal, Role, Rule, RuleFamily, Source,
};
use crate::source::{Entry, Node, Span, Value};

use merge::merge;
pub(super) use merge::{Map, difference, map};

/// A contract with what its fragment says. Its datasets and sources have fragments of their own.
pub(super) fn contract(fragment: &Node, mut it: Contract) -> Contract {
    let datasets = std::mem::take(&mut it.datasets);
    let sources = std::mem::take(&mut it.sources);
    let mut rules = std::mem::take(&mut it.rules);
    let tree = laid(write::contract(&it), fragment);
    let is_model = tree.get("kind").and_then(Node::text) == Some("model");
    let kind = if is_model { ContractKind::Model } else { ContractKind::Contract };
    let Some(read) = read::contract(it.source, kind, &tree) else {
        return Contract { datasets, rules, sources, ..it };
    };
    // Those of the fragment belong to no dataset.
    rules.extend(read.rules);
    Contract {
        rules,
        datasets,
        sources,
        short_form: it.short_form,
        format_version: it.format_version,
        version: it.version,
        written_version: it.written_version,
        written_status: it.written_status,
        ..read
    }
}

/// A dataset with what its fragment says. Its fields, rules and references have fragments of their own.
pub(super) fn dataset(fragment: &Node, mut it: Dataset) -> Dataset {
    let fields = std::mem::take(&mut it.fields);
    let rules = std::mem::take(&mut it.rules);
    let references = std::mem::take(&mut it.foreign_keys);
    let tree = laid(write::dataset::dataset(&it), fragment);
    let mut it = read::dataset::dataset(&tree).unwrap_or(it);
    if fragment.get("schema").is_none() {
        it.fields = fields;
    }
    if fragment.get("foreign_keys").is_none() {
        it.foreign_keys = references;
    }
    it.rules = rules;
    it
}

/// A field with what its fragment says. What is in it has fragments of its own, unless the fragment says that too.
pub(super) fn field(fragment: &Node, mut it: Field) -> Field {
    let fields = std::mem::take(&mut it.fields);
    let (items, values) = (it.items.take(), it.values.take());
    let tree = laid(write::data::field(&it), fragment);
    let mut it = read::data::field(&tree, it.name.clone()).unwrap_or(it);
    if fragment.get("fields").is_none() {
        it.fields = fields;
    }
    if fragment.get("items").is_none() {
        it.items = items;
    }
    if fragment.get("values").is_none() {
        it.values = values;
    }
    it
}

/// A rule with what its fragment says.
pub(super) fn rule(fragment: &Node, it: Rule) -> Rule {
    let family = fragment.get("family").and_then(Node::text).and_then(RuleFamily::from_name).unwrap_or(it.family);
    let tree = laid(write::terms::rule(&it), fragment);
    let all = mapping("technical", node(Value::List(vec![tree])));
    let read = read::terms::rules(&all).pop().unwrap_or(it);
    Rule { family, ..read }
}

/// A reference with what its fragment says.
pub(super) fn foreign_key(fragment: &Node, it: ForeignKey) -> ForeignKey {
    read::dataset::foreign_key(&laid(write::dataset::foreign_key(&it), fragment)).unwrap_or(it)
}

/// A role with what its fragment says.
pub(super) fn role(fragment: &Node, it: Role) -> Role {
    let tree = laid(write::access::role(&it), fragment);
    let Access { mut roles, .. } = read::access::access(&mapping("roles", node(Value::List(vec![tree]))));
    roles.pop().unwrap_or(it)
}

/// A source with what its fragment says: settings, and `type`.
pub(super) fn source(fragment: &Node, mut it: Source) -> Source {
    let mut settings = merge(it.settings, map(literal(fragment)));
    if let Some(place) = settings.iter().position(|(key, _)| key == "type")
        && let (_, Literal::Text(kind)) = settings.remove(place)
    {
        it.kind = kind;
    }
    Source { settings, ..it }
}

/// An element of the native format with a fragment laid over it.
fn laid(element: Literal, fragment: &Node) -> Node {
    tree(Literal::Map(merge(map(element), map(literal(fragment)))))
}

/// A value as a tree that stands nowhere.
fn tree(literal: Literal) -> Node {
    node(match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(value),
        Literal::Int(value) => Value::Int(value),
        Literal::Float(value) => Value::Float(value),
        Literal::Text(text) => Value::Text(text.into()),
        Literal::List(items) => Value::List(items.into_iter().map(tree).collect()),
        Literal::Map(entries) => {
            let entry = |(key, value): (String, Literal)| Entry {
                key: key.into(),
                key_span: Span::default(),
                value: tree(value),
            };
            Value::Map(entries.into_iter().map(entry).collect())
        }
    })
}

fn mapping(key: &str, value: Node) -> Node {
    node(Value::Map(vec![Entry { key: key.into(), key_span: Span::default(), value }]))
}

fn node(value: Value) -> Node {
    Node { span: Span::default(), value }
}
