//! Where an element of the model stands in the text.

use crate::format::names::Names;
use crate::model::{Path, Step};
use crate::source::{Node, Span, Value};

/// The place of an element. What is not there is at the nearest element around it that is.
pub(in crate::format) fn find(tree: &Node, path: &Path, names: &Names) -> Span {
    below(tree, None, path.steps(), names).0
}

/// The place of what is some steps below a node, and whether it is there. `key` is where the key of the node stands.
pub(in crate::format) fn below(node: &Node, key: Option<Span>, steps: &[Step], names: &Names) -> (Span, bool) {
    let mut at = Cursor { node, key };
    for step in steps {
        let Some(next) = at.step(step, names) else { return (at.span(false), false) };
        at = next;
    }
    (at.span(true), true)
}

/// The node of an element, some steps below a node; `None` where it is not there.
pub(in crate::format) fn node<'a>(around: &'a Node, steps: &[Step], names: &Names) -> Option<&'a Node> {
    let start = Cursor { node: around, key: None };
    steps.iter().try_fold(start, |at, step| at.step(step, names)).map(|at| at.node)
}

#[derive(Clone, Copy)]
struct Cursor<'a> {
    node: &'a Node,
    /// The key under which the node stands.
    key: Option<Span>,
}

impl<'a> Cursor<'a> {
    fn step(self, step: &Step, names: &Names) -> Option<Self> {
        let item = |list: &'a Node, name: &str| names.find(list, name).map(|node| Self { node, key: None });
        match step {
            // In the short form the contract is its one dataset.
            Step::Dataset(name) => match self.node.get("datasets") {
                Some(datasets) => item(datasets, name),
                None => (self.node.get("name").and_then(Node::text) == Some(name)).then_some(self),
            },
            Step::Field(name) => {
                let fields = self.node.get("schema").or_else(|| self.node.get("fields"))?;
                item(fields, name)
            }
            Step::Items => self.child("items"),
            Step::Values => self.child("values"),
            Step::Key(key) => self.child(key),
            Step::Index(index) => {
                let node = self.node.one_or_many().get(*index)?;
                Some(Self { node, key: None })
            }
        }
    }

    fn child(self, key: &str) -> Option<Self> {
        // What a source is reached by in the words of its system counts like its other keys.
        let entry = self.node.entry(key).or_else(|| self.node.get("settings")?.entry(key))?;
        Some(Self { node: &entry.value, key: Some(entry.key_span) })
    }

    /// A span that a person can look at: scalars whole; of a mapping its name; of a list or a nameless mapping the key that
    /// it stands under.
    fn span(self, found: bool) -> Span {
        let name = ["name", "metric_type", "team", "type"].iter().find_map(|key| self.node.get(key));
        match &self.node.value {
            Value::Map(entries) => {
                let first = entries.first().map(|entry| entry.key_span);
                let name = name.map(|name| name.span);
                name.or(self.key).or(first).unwrap_or(self.node.span)
            }
            Value::List(items) if found && !items.is_empty() && is_one_line(self.node) => self.node.span,
            Value::List(_) | Value::Null => self.key.unwrap_or(self.node.span),
            _ => self.node.span,
        }
    }
}

/// Whether a list holds scalars only, as `[a, b]` does.
pub(in crate::format) fn is_one_line(node: &Node) -> bool {
    node.items().iter().all(|item| item.scalar_text().is_some()) && node.span.end - node.span.start < 80
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::source::parse;

    const TEXT: &str = "\
name: orders
version: 1.0.0
schema:
  - name: order_id
    data_type: string
    nullable: false
  - name: lines
    data_type: array
    items:
      data_type: object
      fields:
        - name: price
          data_type: decimal
          constraints:
            - {type: min, value: 0}
subscribers:
  - team: crm
    fields_used: [order_id]
";

    #[track_caller]
    fn at(path: &Path, expected: &str) {
        let tree = parse(TEXT).expect("YAML");
        assert_eq!(&TEXT[find(&tree, path, &Names::default()).range()], expected, "{path}");
    }

    #[test]
    fn elements_are_found_where_people_look() {
        let orders = Path::dataset("orders");
        let price = orders.field("lines").step(Step::Items).field("price");
        at(&Path::of("version"), "1.0.0");
        at(&orders.field("order_id"), "order_id");
        at(&orders.field("order_id").key("nullable"), "false");
        at(&price, "price");
        at(&price.key("constraints").index(0).key("value"), "0");
        at(&Path::of("subscribers").index(0), "crm");
        at(&Path::of("subscribers").index(0).key("fields_used").index(0), "order_id");
        at(&Path::of("schema"), "schema");
    }

    #[test]
    fn in_a_long_list_the_first_of_a_name_is_found() {
        let mut text = String::from("name: a\nschema:\n");
        for index in 0..200 {
            let _ = writeln!(text, "  - {{name: f{}, data_type: string}}", index % 150);
        }
        let (tree, names) = (parse(&text).expect("YAML"), Names::default());
        let line = |name: &str| {
            let span = find(&tree, &Path::dataset("a").field(name), &names);
            text[..span.range().start].lines().count()
        };
        assert_eq!((line("f0"), line("f149"), line("f3")), (3, 152, 6));
        // What is not there is at the contract's name.
        assert_eq!(line("gone"), 1);
    }

    #[test]
    fn what_is_not_there_is_at_what_is_around_it() {
        at(&Path::dataset("orders").field("order_id").key("description"), "order_id");
        at(&Path::dataset("orders").field("gone"), "orders");
        at(&Path::of("publisher").key("team"), "orders");
    }
}
