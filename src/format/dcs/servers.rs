//! Servers.

use super::{Notes, form, leftovers, prose, text_of};
use crate::format::odcs::migrate::keep;
use crate::format::odcs::migrate::servers::Server;
use crate::model::Path;
use crate::source::Node;
use crate::source::words::quoted;

/// The servers, in their order.
pub(super) fn upgrade(new: &mut Node, servers: Option<Node>, notes: &mut Notes) {
    let Some(servers) = form::by_name(servers, &Path::of("servers"), notes) else { return };
    let mut kinds = servers.iter().map(|server| server.value.get("type").and_then(Node::text).map(str::to_lowercase));
    let first = kinds.next().flatten();
    notes.platform = first.filter(|first| kinds.all(|kind| kind.as_ref() == Some(first)));
    let servers: Vec<Node> = servers
        .into_iter()
        .map(|entry| {
            let path = Path::of("servers").key(entry.key.to_string());
            server(&entry.key, entry.value, &path, notes)
        })
        .collect();
    if !servers.is_empty() {
        new.add("servers", servers);
    }
}

fn server(name: &str, mut old: Node, path: &Path, notes: &mut Notes) -> Node {
    let mut new = Node::mapping().with("server", name);
    let written = old.take("type");
    if let Some(kind) = &written {
        notes.carry(kind);
    }
    let word = written.and_then(|kind| kind.scalar_text()).unwrap_or_default();
    let plain = word.to_lowercase();
    let has_all =
        |server: &Server| server.required().all(|key| old.get(key).is_some_and(|value| value.scalar_text().is_some()));
    let known = Server::named(&plain);
    let kind = known.filter(has_all);
    if let Some(kind) = kind {
        new.add("type", kind.name());
    } else {
        new.add("type", "custom");
        let reason = match known {
            None => format!("ODCS has no servers of the type {}", quoted(&word)),
            Some(known) => {
                let missing: Vec<String> =
                    known.required().filter(|key| old.entry(key).is_none()).map(|key| format!("`{key}`")).collect();
                format!(
                    "a server of the type {} has {} in ODCS, which this one has not",
                    quoted(&word),
                    missing.join(", ")
                )
            }
        };
        notes.kept(path, format!("{reason}: its type is `custom`, and `customType` tells what it was"));
    }
    let takes = |key: &str| kind.or_else(|| Server::named("custom")).is_some_and(|kind| kind.has(key));
    for key in ["description", "environment"] {
        if let Some(text) = old.take(key).and_then(|text| prose(&text)) {
            new.add(key, text);
        }
    }
    let keys: Vec<String> = old.entries().iter().map(|entry| entry.key.to_string()).filter(|key| takes(key)).collect();
    for key in keys {
        let fits = old.get(&key).is_some_and(|value| value.scalar_text().is_some());
        if fits && let Some(value) = old.take(&key) {
            // A port may be a number or a variable; everything else is text.
            let is_port = key == "port" && value.integer().is_some();
            let value = if is_port { Some(value) } else { text_of(&value) };
            if let Some(value) = value {
                new.add(&key, value);
            }
        }
    }
    roles(&mut new, &mut old, path, notes);
    if kind.is_none() {
        keep(&mut new, "customType", word.into());
    }
    leftovers(&mut new, old, path, notes);
    new
}

fn roles(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(roles) = old.take("roles") else { return };
    let mut list = Vec::new();
    for mut role in roles.items().iter().cloned() {
        let Some(name) = role.take("name").and_then(|name| text_of(&name)) else {
            notes.kept(path, "a role without a name is a custom property of the server now");
            keep(new, "role", role);
            continue;
        };
        let mut one = Node::mapping().with("role", name);
        if let Some(description) = role.take("description").and_then(|text| text_of(&text)) {
            one.add("description", description);
        }
        leftovers(&mut one, role, path, notes);
        list.push(one);
    }
    if !list.is_empty() {
        new.add("roles", list);
    }
}
