//! The native format: YAML with the keys of [`keys`].

mod find;
mod keys;
pub(in crate::format) mod read;
pub(in crate::format) mod write;

use serde_json::Value as Json;

use crate::source::Node;
use crate::source::layout::Order;
use crate::source::shape::{self, SCHEMA_URL, json_schema, markdown};

pub(in crate::format) use keys::shapes;
use keys::{CALENDAR, CONTRACT, MODEL, SUBSCRIPTION};

pub(super) use find::{below, find, is_one_line, node};
pub use keys::{is_name, meant_name};
pub(super) use read::read;
pub(super) use write::write;

/// The JSON Schema of the native format.
pub fn schema() -> Json {
    json_schema(
        SCHEMA_URL,
        "pact data contract",
        "kind",
        &[("contract", &CONTRACT), ("subscription", &SUBSCRIPTION), ("model", &MODEL), ("calendar", &CALENDAR)],
    )
}

/// The reference of the native format, in Markdown.
pub fn reference() -> String {
    markdown(&[&CONTRACT, &SUBSCRIPTION, &MODEL, &CALENDAR])
}

/// The order of the keys of a document.
pub(super) fn order(tree: &Node) -> Order {
    let shape = match tree.get("kind").and_then(Node::text) {
        Some("subscription") => &SUBSCRIPTION,
        Some("model") => &MODEL,
        Some("calendar") => &CALENDAR,
        _ => &CONTRACT,
    };
    shape::order(tree, shape)
}
