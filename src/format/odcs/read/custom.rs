//! Custom properties: metadata, apart from the one in which pact keeps what ODCS has no word for.

use super::leftovers::{Leftovers, ODCS, rest_of};
use crate::format::values::literal;
use crate::model::Literal;
use crate::source::{Node, Value};

/// The custom property in which pact keeps what ODCS has no word for, in the words of pact's own format.
pub(in crate::format) const PACT: &str = "pact";

/// What an element says for other tools.
#[derive(Debug, Default)]
pub(super) struct Custom<'a> {
    /// Values by their properties.
    pub(super) metadata: Vec<(String, Literal)>,
    /// What pact keeps there.
    pub(super) fragment: Option<&'a Node>,
}

/// Reads the custom properties of an element.
///
/// A property is a key of the metadata. What is said of it beyond its value is left over, and so is one that is there
/// already or would be taken for the leftovers, with its value.
pub(super) fn custom<'a>(node: &'a Node, leftovers: &mut Leftovers) -> Custom<'a> {
    let mut custom = Custom::default();
    let mut kept = Vec::new();
    let mut taken = std::collections::HashSet::new();
    for item in node.items() {
        let Some(property) = item.get("property").and_then(Node::text) else {
            if !item.is_null() {
                kept.push(literal(item));
            }
            continue;
        };
        let value = item.get("value");
        if property == PACT && custom.fragment.is_none() && value.is_some_and(is_fragment) {
            custom.fragment = value;
        } else if property == ODCS || !taken.insert(property) {
            kept.push(literal(item));
        } else {
            custom.metadata.push((property.to_owned(), value.map_or(Literal::Null, literal)));
            kept.extend(rest_of(item, "property", &["value"]));
        }
    }
    leftovers.list("customProperties", kept);
    custom
}

/// What pact keeps in an element.
pub(in crate::format::odcs) fn fragment_of(element: &Node) -> Option<&Node> {
    let mut items = element.get("customProperties")?.items().iter();
    let is_own = |item: &&Node| item.get("property").and_then(Node::text) == Some(PACT);
    items.find(|item| is_own(item) && item.get("value").is_some_and(is_fragment))?.get("value")
}

/// Whether a value of the custom property `pact` is one that pact wrote: others are a custom property like any other.
pub(in crate::format::odcs) fn is_fragment(value: &Node) -> bool {
    matches!(value.value, Value::Map(_))
}
