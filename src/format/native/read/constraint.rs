//! What values satisfy.

use crate::format::values::{flag, literal, text, word};
use crate::model::{Constraint, ConstraintKind, ListedValue, Listing, Literal};
use crate::source::{Node, Value};

pub(super) fn constraint(node: &Node) -> Option<Constraint> {
    let kind = word(node, "type", ConstraintKind::from_name)?;
    let mut listing = Listing {
        open: flag(node, "open").unwrap_or_default(),
        fallback: node.get("fallback").filter(|fallback| !fallback.is_null()).map(literal),
        entries: Vec::new(),
    };
    let value = match &node.get("value")?.value {
        Value::List(items) if kind == ConstraintKind::Enum => {
            Literal::List(items.iter().map(|item| listed(item, &mut listing.entries)).collect())
        }
        _ => node.get("value").map(literal)?,
    };
    Some(Constraint {
        message: text(node, "message"),
        when: node.get("when").and_then(Node::text).filter(|when| !when.trim().is_empty()).map(Box::from),
        enforced: flag(node, "enforced").unwrap_or_default(),
        listing: (!listing.is_empty()).then(|| Box::new(listing)),
        ..Constraint::new(kind, value)
    })
}

/// A value of a list; what more is said of it goes to the entries.
fn listed(item: &Node, entries: &mut Vec<ListedValue>) -> Literal {
    let Some(value) = item.get("value").map(literal) else { return literal(item) };
    entries.push(ListedValue {
        value: value.clone(),
        label: text(item, "label"),
        description: text(item, "description"),
        id: item.get("id").filter(|id| !id.is_null()).map(literal),
        deprecated: flag(item, "deprecated").unwrap_or_default(),
    });
    value
}
