//! 3.0 and 3.1 to 3.2: what changed its form, and keys that 3.0 let pass.

use super::notes::{Notes, keep, keep_all, listed, take_unknown};
use super::{TARGET, definitions, keys, options, people, rules, servers::Server};
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Node, Value};

/// Changes the tree of a contract of 3.0 or later.
pub(super) fn upgrade(tree: &mut Node, notes: &mut Notes) {
    let root = Path::root();
    let has_dates_alone =
        tree.get("apiVersion").and_then(Node::text).is_some_and(|version| version.starts_with("v3.0."));
    tree.set("apiVersion", TARGET, None);
    let mut empty = 0;
    drop_empty(tree, &mut empty);
    if empty > 0 {
        let what = if empty == 1 {
            "a key without a value is".to_owned()
        } else {
            format!("{empty} keys without a value are")
        };
        notes.reworded(&root, format!("{what} left out: 3.2 takes none"));
    }
    if tree.entry("dataProduct").is_some() {
        let message =
            "`dataProduct` stays, and is deprecated since 3.1: data products have a standard of their own (ODPS)";
        notes.reworded(&Path::of("dataProduct"), message);
    }
    if let Some(description) = tree.get_mut("description") {
        definitions::both(description, &Path::of("description"), notes);
    }
    default_element(tree, notes);
    people::upgrade(tree, notes);
    each(
        tree,
        "slaProperties",
        |level, path, notes| {
            definitions::both(level, path, notes);
            close(level, keys::service_level, path, notes);
        },
        notes,
    );
    each(tree, "servers", server, notes);
    price(tree, notes);
    each(tree, "support", |item, path, notes| close(item, keys::channel, path, notes), notes);
    if let Some(objects) = tree.get_mut("schema").and_then(Node::items_mut) {
        for (index, object) in objects.iter_mut().enumerate() {
            let path = match object.get("name").and_then(Node::text) {
                Some(name) => Path::dataset(name),
                None => Path::of("schema").index(index),
            };
            if has_dates_alone {
                options::moments(object, &path, notes);
            }
            element(object, keys::object, &path, notes);
        }
    }
    definitions::both(tree, &root, notes);
    close(tree, keys::root, &root, notes);
}

/// Does something with every mapping of a list of the contract.
pub(super) fn each(
    tree: &mut Node,
    key: &'static str,
    change: impl Fn(&mut Node, &Path, &mut Notes),
    notes: &mut Notes,
) {
    let items = tree.get_mut(key).and_then(Node::items_mut).into_iter().flatten();
    for (index, item) in items.enumerate().filter(|(_, item)| matches!(item.value, Value::Map(_))) {
        change(item, &Path::of(key).index(index), notes);
    }
}

/// Moves the keys that 3.2 does not know to the custom properties of their element.
pub(in crate::format) fn close(element: &mut Node, is_known: impl Fn(&str) -> bool, path: &Path, notes: &mut Notes) {
    let unknown = take_unknown(element, is_known);
    if unknown.is_empty() {
        return;
    }
    let became = if unknown.len() == 1 { "it is a custom property" } else { "they are custom properties" };
    notes.kept(path, format!("3.2 has no {} here: {became} now", listed(&unknown)));
    keep_all(element, unknown);
}

/// An object or a property with everything in it.
fn element(node: &mut Node, is_known: fn(&str) -> bool, path: &Path, notes: &mut Notes) {
    options::upgrade(node, path, notes);
    if let Some(list) = node.get_mut("quality").and_then(Node::items_mut) {
        rules::upgrade(list, path, notes);
    }
    if let Some(properties) = node.get_mut("properties").and_then(Node::items_mut) {
        for (index, property) in properties.iter_mut().enumerate() {
            let path = match property.get("name").and_then(Node::text) {
                Some(name) => path.field(name),
                None => path.key("properties").index(index),
            };
            element(property, keys::property, &path, notes);
        }
    }
    if let Some(items) = node.get_mut("items") {
        element(items, keys::property, &path.key("items"), notes);
    }
    definitions::both(node, path, notes);
    close(node, is_known, path, notes);
}

/// `slaDefaultElement` is deprecated: each service level names its element itself.
fn default_element(tree: &mut Node, notes: &mut Notes) {
    let Some(default) = tree.get("slaDefaultElement").and_then(Node::text).map(str::to_owned) else { return };
    let levels = tree.get_mut("slaProperties").and_then(Node::items_mut).map(std::mem::take).unwrap_or_default();
    if levels.is_empty() {
        return;
    }
    let mut told = 0;
    let mut new = Vec::with_capacity(levels.len());
    for mut level in levels {
        if level.entry("element").is_none() && matches!(level.value, Value::Map(_)) {
            let behind = ["unit", "valueExt", "value"].into_iter().find(|key| level.entry(key).is_some());
            level.set("element", default.as_str(), behind);
            told += 1;
        }
        new.push(level);
    }
    if let Some(list) = tree.get_mut("slaProperties").and_then(Node::items_mut) {
        *list = new;
    }
    tree.take("slaDefaultElement");
    let who = if told == 1 { "a service level names".to_owned() } else { format!("{told} service levels name") };
    let message = format!("`slaDefaultElement` is deprecated: {who} {} as `element` instead", quoted(&default));
    notes.reworded(&Path::of("slaDefaultElement"), message);
}

fn price(tree: &mut Node, notes: &mut Notes) {
    let Some(price) = tree.get_mut("price") else { return };
    for entry in take_unknown(price, keys::price) {
        let message = format!("3.2 has no {} here: it is a custom property of the contract now", quoted(&entry.key));
        notes.kept(&Path::of("price"), message);
        keep(tree, &format!("price.{}", entry.key), entry.value);
    }
}

fn server(server: &mut Node, path: &Path, notes: &mut Notes) {
    if let Some(roles) = server.get_mut("roles").and_then(Node::items_mut) {
        for (index, role) in roles.iter_mut().enumerate() {
            let path = path.key("roles").index(index);
            definitions::both(role, &path, notes);
            close(role, keys::role, &path, notes);
        }
    }
    definitions::both(server, path, notes);
    let Some(kind) = server.get("type").and_then(Node::text).and_then(Server::named) else { return };
    // A schema that is a number is a name since 3.1.
    if kind.name() == "duckdb"
        && let Some(number) = server.get("schema").and_then(Node::integer)
    {
        server.set("schema", number.to_string(), None);
        notes.reworded(path, "`schema` is text since 3.1: the number stands in quotes");
    }
    close(server, |key| kind.takes(key), path, notes);
}

/// Removes keys without a value, apart from those whose value may be nothing.
fn drop_empty(node: &mut Node, count: &mut usize) {
    const MAY_BE_NULL: &[&str] =
        &["value", "valueExt", "mustBe", "mustNotBe", "arguments", "implementation", "examples"];
    let is_free = |key: &str| MAY_BE_NULL.contains(&key);
    match &mut node.value {
        Value::Map(entries) => {
            let before = entries.len();
            entries.retain(|entry| !entry.value.is_null() || is_free(&entry.key));
            *count += before - entries.len();
            for entry in entries.iter_mut().filter(|entry| !is_free(&entry.key)) {
                drop_empty(&mut entry.value, count);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| drop_empty(item, count)),
        _ => {}
    }
}
