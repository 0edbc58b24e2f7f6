//! Lists, and mappings in their place.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::super::keys::{Key, Kind, List};
use super::walk::Checker;
use crate::source::fix::{Edit, Fix, Place};
use crate::source::words::quoted;
use crate::source::{Node, Problem, Span, Value};

impl Checker {
    /// Judges a value that has to be a list.
    pub(super) fn list(&mut self, node: &Node, key_span: Span, key: &'static Key, list: &'static List) {
        let items = match &node.value {
            Value::List(items) => items,
            Value::Map(entries) if !list.named_by.is_empty() => {
                // Names as keys are the way of other formats. What is inside is not judged: it is to be rewritten.
                let name = entries.first().map_or("...", |entry| &*entry.key);
                let single = entries.iter().any(|entry| &*entry.key == list.named_by);
                let message = format!("`{}` is a list, found a mapping", key.name);
                let help = if single {
                    format!("begin its first key with `- `: {} is an item of the list", list.called)
                } else {
                    format!(
                        "write each entry as an item: {}, with its keys below it",
                        quoted(&format!("- {}: {name}", list.named_by))
                    )
                };
                return self.problems.push(Problem::new("wrong-type", key_span, message).help(help));
            }
            _ => return self.demand(node, key.name, false, "a list (items begin with `- `)", &key.kind),
        };
        if items.len() < list.least || items.len() > list.most {
            let message = match (list.least, list.most) {
                (least, most) if least == most => {
                    format!("`{}` has {} items, and needs {least}", key.name, items.len())
                }
                _ => format!("`{}` is an empty list", key.name),
            };
            let help = if items.is_empty() {
                "write an item, or leave the key out"
            } else {
                "write the lower and the upper bound"
            };
            self.problems.push(Problem::new("invalid-value", key_span, message).help(help));
        }
        let before = self.problems.len();
        match &list.item {
            Kind::Map(shape) => {
                if let (Some(first), "enum") =
                    (items.iter().find(|item| !matches!(item.value, Value::Map(_))), key.name)
                {
                    return self.plain_values(first);
                }
                let mut ids: Vec<(&str, Span)> = Vec::new();
                for item in items {
                    ids.extend(self.map(item, shape));
                }
                self.unique_ids(&ids);
            }
            item => {
                for node in items {
                    self.item(node, key_span, key, item);
                }
            }
        }
        if list.distinct && self.problems.len() == before {
            self.distinct(items, key.name);
        }
    }

    fn item(&mut self, node: &Node, key_span: Span, key: &'static Key, kind: &'static Kind) {
        if node.is_null() && !matches!(kind, Kind::Any) {
            let message = format!("an item of `{}` has no value", key.name);
            let span = if node.span == Span::default() { key_span } else { node.span };
            return self
                .problems
                .push(Problem::new("wrong-type", span, message).help("write one, or leave the item out"));
        }
        self.value(node, key_span, key, kind);
    }

    /// The values of an enum as a plain list: it is said once.
    fn plain_values(&mut self, first: &Node) {
        let value = first.scalar_text().unwrap_or_else(|| "...".to_owned());
        let message = format!("a value of `enum` is a mapping, found {}", first.described());
        let problem = Problem::new("wrong-type", first.span, message);
        self.problems.push(problem.help(format!("write each as {}", quoted(&format!("- value: {value}")))));
    }

    /// No two items of a list have one id.
    fn unique_ids(&mut self, ids: &[(&str, Span)]) {
        const FEW: usize = 16;
        let mut seen = HashSet::with_capacity(if ids.len() > FEW { ids.len() } else { 0 });
        for (index, (id, span)) in ids.iter().enumerate() {
            let twice = if ids.len() > FEW {
                !seen.insert(*id)
            } else {
                ids.iter().take(index).any(|(earlier, _)| earlier == id)
            };
            if twice {
                let message = format!("the id {} is given to two items of one list", quoted(id));
                self.problems.push(
                    Problem::new("duplicate-id", *span, message)
                        .help("give each an id of its own: references by id can't tell them apart"),
                );
            }
        }
    }

    /// No two items of a list are equal.
    fn distinct(&mut self, items: &[Node], name: &str) {
        let mut seen = HashSet::with_capacity(items.len());
        for item in items {
            let mut text = String::new();
            canonical(item, &mut text);
            if !seen.insert(text) {
                let message = format!("`{name}` has {} twice", item.described());
                let problem = Problem::new("invalid-value", super::value::first_line(item), message);
                self.tell(problem.help("leave one out"), |_| {
                    let remove = Edit::Remove(Place::Span(item.span));
                    item.scalar_text().map(|_| Fix::safe("remove the second one", vec![remove]))
                });
            }
        }
    }
}

/// A value as text that is the same for equal values, whatever the order of their keys.
fn canonical(node: &Node, into: &mut String) {
    match &node.value {
        Value::Null => into.push('n'),
        Value::Bool(value) => into.push(if *value { 't' } else { 'f' }),
        Value::Int(value) => {
            let _ = write!(into, "{value}");
        }
        // A whole float equals the integer.
        Value::Float(value) => {
            let _ = write!(into, "{value}");
        }
        Value::Text(text) => {
            let _ = write!(into, "{text:?}");
        }
        Value::List(items) => {
            into.push('[');
            for item in items {
                canonical(item, into);
                into.push(',');
            }
            into.push(']');
        }
        Value::Map(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|one, other| one.key.cmp(&other.key));
            into.push('{');
            for entry in sorted {
                let _ = write!(into, "{:?}:", entry.key);
                canonical(&entry.value, into);
                into.push(',');
            }
            into.push('}');
        }
    }
}
