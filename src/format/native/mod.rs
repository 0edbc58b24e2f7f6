//! The native format: YAML with the keys of [`keys`].

mod find;
mod keys;
pub(in crate::format) mod read;
pub(in crate::format) mod write;

use serde_json::Value as Json;

use crate::source::shape::{json_schema, markdown};

pub(in crate::format) use keys::shapes;
use keys::{CALENDAR, CONTRACT, MODEL, SUBSCRIPTION};

pub(super) use find::{below, find, is_one_line, node};
pub use keys::is_name;
pub(super) use read::read;
pub(super) use write::write;

/// Where the JSON Schema of the native format is published.
pub const SCHEMA_URL: &str = "https://pact.dev/schemas/contract.schema.json";

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
