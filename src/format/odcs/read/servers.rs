//! Servers: where the live data is.

use super::custom::{PACT, fragment, is_fragment};
use super::overlay;
use crate::format::values::{literal, text};
use crate::model::{Literal, Source};
use crate::source::Node;

/// The sources by the names of their servers. Whatever is said of one is a setting.
pub(super) fn sources(node: &Node) -> Vec<Source> {
    node.items().iter().filter_map(source).collect()
}

fn source(node: &Node) -> Option<Source> {
    let written = node.get("type")?.text()?;
    let kind = match written {
        "api" => "http",
        "postgresql" => "postgres",
        other => other,
    };
    let settings = node.entries().iter().filter(|entry| !matches!(&*entry.key, "server" | "type"));
    let settings = settings.filter(|entry| !entry.value.is_null()).filter_map(|entry| {
        let value = match &*entry.key {
            "customProperties" => others(&entry.value)?,
            _ => literal(&entry.value),
        };
        Some((setting(written, &entry.key).to_owned(), value))
    });
    let source = Source { environment: text(node, "server")?, kind: kind.to_owned(), settings: settings.collect() };
    Some(match fragment(node) {
        Some(fragment) => overlay::source(source, fragment),
        None => source,
    })
}

/// The custom properties without pact's own, if there are others.
fn others(node: &Node) -> Option<Literal> {
    let is_own = |item: &&Node| {
        item.get("property").and_then(Node::text) == Some(PACT) && item.get("value").is_some_and(is_fragment)
    };
    let others: Vec<Literal> = node.items().iter().filter(|item| !is_own(item)).map(literal).collect();
    (!others.is_empty()).then_some(Literal::List(others))
}

/// What pact calls a key of a server.
fn setting<'a>(kind: &str, key: &'a str) -> &'a str {
    match (kind, key) {
        ("api", "location") => "url",
        _ => key,
    }
}
