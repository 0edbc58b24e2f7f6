//! Where an element of the model stands in the text.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::{Path, Step};
use crate::source::{Node, Span, Value};

/// Names of long lists, by the place of the list: a file with many findings has them in one long list most often.
#[derive(Debug, Default)]
pub(in crate::format) struct Names {
    positions: RefCell<HashMap<Span, HashMap<String, usize>>>,
}

impl Names {
    /// The first item of a list that has a name.
    fn find<'a>(&self, list: &'a Node, name: &str) -> Option<&'a Node> {
        const SHORT: usize = 64;
        let items = list.items();
        let named = |item: &'a Node| item.get("name").and_then(Node::text);
        if items.len() <= SHORT {
            return items.iter().find(|item| named(item) == Some(name));
        }
        let mut positions = self.positions.borrow_mut();
        let positions = positions.entry(list.span).or_insert_with(|| {
            let mut positions = HashMap::with_capacity(items.len());
            for (index, name) in items.iter().enumerate().filter_map(|(index, item)| Some((index, named(item)?))) {
                positions.entry(name.to_owned()).or_insert(index);
            }
            positions
        });
        items.get(*positions.get(name)?)
    }
}

/// The place of an element. What is not there is at the nearest element around it that is.
pub(in crate::format) fn find(tree: &Node, path: &Path, names: &Names) -> Span {
    let mut at = Cursor { node: tree, key: None };
    let mut found = true;
    for step in path.steps() {
        let Some(next) = at.step(step, names) else {
            found = false;
            break;
        };
        at = next;
    }
    at.span(found)
}

#[derive(Clone, Copy)]
struct Cursor<'a> {
    node: &'a Node,
    /// The key under which the node stands.
    key: Option<Span>,
}

impl Cursor<'_> {
    fn step(self, step: &Step, names: &Names) -> Option<Self> {
        let named = |list, name: &str| names.find(list, name).map(|node| Self { node, key: None });
        match step {
            // In the short form the contract is its one dataset.
            Step::Dataset(name) => match self.node.get("datasets") {
                Some(datasets) => named(datasets, name),
                None => (self.node.get("name").and_then(Node::text) == Some(name)).then_some(self),
            },
            Step::Field(name) => {
                let fields = self.node.get("schema").or_else(|| self.node.get("fields"))?;
                named(fields, name)
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
        let entry = self.node.entry(key)?;
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
            Value::List(items) if found && !items.is_empty() && one_line(self.node) => self.node.span,
            Value::List(_) | Value::Null => self.key.unwrap_or(self.node.span),
            _ => self.node.span,
        }
    }
}

/// Whether a list holds scalars only, as `[a, b]` does.
fn one_line(node: &Node) -> bool {
    node.items().iter().all(|item| item.scalar_text().is_some()) && node.span.end - node.span.start < 80
}

#[cfg(test)]
mod tests {
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
        let fields: String =
            (0..200).map(|index| format!("  - {{name: f{}, data_type: string}}\n", index % 150)).collect();
        let text = format!("name: a\nschema:\n{fields}");
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
