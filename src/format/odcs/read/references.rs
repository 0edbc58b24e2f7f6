//! Relationships: what they lead to, in the words of the model.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use crate::format::native::shapes;
use crate::model::ForeignKey;
use crate::source::{Node, Span};

use super::Whole;
use super::custom::{Custom, custom};
use super::leftovers::Leftovers;
use crate::format::odcs::fragment;

/// Where a relationship leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The dataset, as `contract.object`; what is before the last field, where it is none of this file.
    references: String,
    /// The field there.
    field: String,
    /// Whether it is in this file.
    is_known: bool,
}

/// Finds what relationships of a file lead to.
#[derive(Debug)]
pub(super) struct References<'a> {
    contract: String,
    schema: Option<&'a Node>,
    /// The names of the objects, found when the first relationship asks.
    objects: OnceCell<HashMap<&'a str, &'a Node>>,
    /// Elements by their identifiers and names, by the place of their list.
    lists: RefCell<HashMap<Span, HashMap<&'a str, &'a Node>>>,
}

/// An object with more dots in its name is not looked for.
const MOST_DOTS: usize = 8;

impl<'a> References<'a> {
    pub(super) fn new(contract: &str, schema: Option<&'a Node>) -> Self {
        Self { contract: contract.to_owned(), schema, objects: OnceCell::new(), lists: RefCell::default() }
    }

    /// What a field refers to, as the model writes it. What leads nowhere in this file stays as it is written.
    pub(super) fn field(&self, to: &str) -> String {
        match self.target(to) {
            Target { references, field, is_known: true } => format!("{references}.{field}"),
            _ => to.to_owned(),
        }
    }

    fn target(&self, to: &str) -> Target {
        self.by_id(to).or_else(|| self.by_name(to)).unwrap_or_else(|| {
            // `file.yaml#/schema/customers/properties/id`, or `contract.object.field`.
            let parts = to.split_once("/properties/").or_else(|| to.rsplit_once('.').filter(|_| !to.contains('/')));
            let (references, field) = parts.unwrap_or((to, ""));
            Target { references: references.to_owned(), field: field.to_owned(), is_known: false }
        })
    }

    /// `object.property`, with further properties behind dots.
    fn by_name(&self, to: &str) -> Option<Target> {
        let objects = self.objects.get_or_init(|| {
            let items = self.schema.map(Node::items).unwrap_or_default();
            let named = items.iter().filter_map(|item| Some((item.get("name")?.text()?, item)));
            named.collect()
        });
        let dots = to.match_indices('.').take(MOST_DOTS);
        dots.filter_map(|(dot, _)| Some((to.get(..dot)?, to.get(dot + 1..)?)))
            .find(|(object, _)| objects.contains_key(object))
            .map(|(object, field)| self.known(object, field.to_owned()))
    }

    fn known(&self, object: &str, field: String) -> Target {
        Target { references: format!("{}.{object}", self.contract), field, is_known: true }
    }

    /// `schema/OBJECT/properties/PROPERTY`, with further properties and items behind it.
    fn by_id(&self, to: &str) -> Option<Target> {
        let mut steps = to.strip_prefix('/').unwrap_or(to).strip_prefix("schema/")?.split('/');
        let object = self.element(self.schema?, steps.next()?)?;
        let name = object.get("name")?.text()?;
        let (mut at, mut path) = (object, Vec::new());
        while let Some(step) = steps.next() {
            match step {
                "properties" => {
                    at = self.element(at.get("properties")?, steps.next()?)?;
                    path.push(at.get("name")?.text()?);
                }
                "items" => at = at.get("items")?,
                _ => return None,
            }
        }
        (!path.is_empty()).then(|| self.known(name, path.join(".")))
    }

    /// The element of an identifier, or of a name that is nobody's identifier.
    fn element(&self, list: &'a Node, id: &str) -> Option<&'a Node> {
        let mut lists = self.lists.borrow_mut();
        let elements = lists.entry(list.span).or_insert_with(|| {
            let mut elements = HashMap::with_capacity(list.items().len());
            for key in ["id", "name"] {
                for (id, item) in list.items().iter().filter_map(|item| Some((item.get(key)?.text()?, item))) {
                    elements.entry(id).or_insert(item);
                }
            }
            elements
        });
        elements.get(id).copied()
    }

    /// What refers to what.
    fn foreign_key(&self, node: &'a Node, object: &str, from: Option<&str>) -> Option<ForeignKey> {
        let own = format!("{}.{object}", self.contract);
        let fields = match from {
            Some(field) => vec![field.to_owned()],
            None => {
                let here = |from: &str| match self.target(from) {
                    Target { references, field, is_known: true } if references == own => field,
                    _ => from.to_owned(),
                };
                texts_of(node.get("from")).map(here).collect()
            }
        };
        let mut references = None;
        let mut referenced_fields = Vec::new();
        for to in texts_of(node.get("to")) {
            let target = self.target(to);
            if *references.get_or_insert_with(|| target.references.clone()) == target.references {
                referenced_fields.extend(Some(target.field).filter(|field| !field.is_empty()));
            } else {
                // One reference leads to one dataset: that this one does not is for others to tell.
                referenced_fields.push(to.to_owned());
            }
        }
        Some(ForeignKey {
            fields,
            references: references?,
            referenced_fields,
            id: node.get("id").and_then(Node::scalar_text),
            ..ForeignKey::default()
        })
    }
}

/// A relationship as a foreign key of an object; `from` is the property at which it stands, if it stands at one.
pub(super) fn foreign_key<'a>(
    node: &'a Node,
    object: &str,
    from: Option<&str>,
    whole: Whole<'a, '_>,
) -> Option<ForeignKey> {
    let mut key = whole.references.foreign_key(node, object, from)?;
    let (mut rest, mut metadata) = (Leftovers::default(), Custom::default());
    for entry in node.entries() {
        match &*entry.key {
            "type" | "from" | "to" | "id" => {}
            "customProperties" => metadata = custom(&entry.value, &mut rest),
            _ => rest.keep(entry),
        }
    }
    key.metadata = metadata.metadata;
    rest.into_metadata(&mut key.metadata);
    if let Some(fragment) = metadata.fragment {
        whole.fragments.note(fragment, &shapes::FOREIGN_KEY);
        key = fragment::foreign_key(fragment, key);
    }
    Some(key)
}

fn texts_of(node: Option<&Node>) -> impl Iterator<Item = &str> {
    node.map(Node::one_or_many).unwrap_or_default().iter().filter_map(Node::text)
}
