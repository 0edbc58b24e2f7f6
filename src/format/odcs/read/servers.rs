//! Servers: where the live data is.

use super::custom::{Custom, custom};
use super::leftovers::Leftovers;
use crate::format::odcs::fragment;
use crate::format::values::{literal, text};
use crate::model::{Literal, Source};
use crate::source::Node;

/// The sources by the names of their servers. Whatever is said of one is a setting.
pub(super) fn sources(node: &Node) -> Vec<Source> {
    node.items().iter().filter_map(source).collect()
}

/// Formats of files on a disk that are kinds of sources of their own.
pub(in crate::format::odcs) const FILES: &[&str] = &["csv", "json", "ndjson", "parquet"];

fn source(node: &Node) -> Option<Source> {
    let written = node.get("type")?.text()?;
    let kind = match written {
        "api" => "http",
        "postgresql" => "postgres",
        other => other,
    };
    let is_file = written == "local" && node.get("format").and_then(Node::text).is_some_and(|it| FILES.contains(&it));
    let kind = if is_file { text(node, "format")? } else { kind.to_owned() };
    let (mut rest, mut metadata) = (Leftovers::default(), Custom::default());
    if let Some(properties) = node.get("customProperties") {
        metadata = custom(properties, &mut rest);
    }
    let is_setting = |key: &str| match key {
        "server" | "type" => false,
        "format" => !is_file,
        // The part that is pact's own says settings.
        "customProperties" => metadata.fragment.is_none(),
        _ => true,
    };
    let settings = node.entries().iter().filter(|entry| is_setting(&entry.key));
    let settings = settings.filter(|entry| !entry.value.is_null()).map(|entry| {
        let key = setting(written, &entry.key);
        (key.to_owned(), literal(&entry.value))
    });
    let mut source = Source { environment: text(node, "server")?, kind, settings: settings.collect() };
    if let Some(kept) = metadata.fragment {
        let others = node.get("customProperties").map(Node::items).unwrap_or_default().iter();
        let others: Vec<Literal> =
            others.filter(|one| !one.get("value").is_some_and(|it| std::ptr::eq(it, kept))).map(literal).collect();
        if !others.is_empty() {
            source.settings.push(("customProperties".to_owned(), Literal::List(others)));
        }
        source = fragment::source(kept, source);
    }
    Some(source)
}

/// What pact calls a key of a server.
fn setting<'a>(kind: &str, key: &'a str) -> &'a str {
    match (kind, key) {
        ("api", "location") => "url",
        _ => key,
    }
}
