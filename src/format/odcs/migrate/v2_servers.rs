//! Where the data is and whom to ask, which 2.2 told by keys of the contract.

use super::notes::Notes;
use crate::model::Path;
use crate::source::{Node, Value};

/// A server, where the contract says all that one of its type has to have. What is left over stays where it is.
pub(super) fn servers(tree: &mut Node, notes: &mut Notes) {
    let is_bigquery = tree
        .get("sourceSystem")
        .and_then(Node::text)
        .is_some_and(|system| system.replace([' ', '-', '_'], "").eq_ignore_ascii_case("bigquery"));
    let has = |key: &str| tree.get(key).and_then(Node::text).is_some();
    if !is_bigquery || !has("project") || !has("datasetName") || tree.entry("servers").is_some() {
        return;
    }
    let mut server = Node::mapping();
    server.add("server", tree.take("server").filter(|name| name.text().is_some()).unwrap_or_else(|| "bigquery".into()));
    server.add("type", "bigquery");
    if let (Some(project), Some(dataset)) = (tree.take("project"), tree.take("datasetName")) {
        server.add("project", project);
        server.add("dataset", dataset);
    }
    tree.take("sourceSystem");
    tree.add("servers", vec![server]);
    let message = "`sourceSystem`, `project` and `datasetName` are a server of the type `bigquery`";
    notes.reworded(&Path::of("servers"), message);
}

/// The channels by which people are reached.
pub(super) fn support(tree: &mut Node, notes: &mut Notes) {
    let mut channels = Vec::new();
    for (key, channel, tool) in [
        ("productSlackChannel", None, Some("slack")),
        ("productDl", None, Some("email")),
        ("productFeedbackUrl", Some("feedback"), None),
    ] {
        if tree.get(key).and_then(Node::text).is_none() {
            continue;
        }
        let Some(value) = tree.take(key) else { continue };
        let mut item = Node::mapping();
        match channel {
            Some(channel) => {
                item.add("channel", channel);
                item.add("url", value);
            }
            None => item.add("channel", value),
        }
        if let Some(tool) = tool {
            item.add("tool", tool);
        }
        notes.reworded(&Path::of(key), format!("`{key}` is a channel of `support`"));
        channels.push(item);
    }
    if channels.is_empty() {
        return;
    }
    match tree.get_mut("support").map(|support| &mut support.value) {
        Some(Value::List(list)) => list.extend(channels),
        _ => tree.set("support", channels, None),
    }
}
