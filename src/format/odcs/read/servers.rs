//! Servers: where the live data is.

use crate::format::values::{literal, text};
use crate::model::Source;
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
    let settings = settings.filter(|entry| !entry.value.is_null()).map(|entry| {
        let key = setting(written, &entry.key);
        (key.to_owned(), literal(&entry.value))
    });
    Some(Source { environment: text(node, "server")?, kind: kind.to_owned(), settings: settings.collect() })
}

/// What pact calls a key of a server.
pub(in crate::format::odcs) fn setting<'a>(kind: &str, key: &'a str) -> &'a str {
    match (kind, key) {
        ("api", "location") => "url",
        _ => key,
    }
}
