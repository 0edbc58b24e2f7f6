//! The Data Contract Specification (DCS), <https://datacontract-specification.com>: its contracts as contracts of the Open Data
//! Contract Standard, which took its place.

mod definitions;
mod duration;
mod fields;
mod levels;
mod models;
mod people;
mod quality;
mod servers;
mod types;

use crate::format::odcs::migrate::{Notes, TARGET, keep, keep_all, listed};
use crate::format::written::Written;
use crate::model::Path;
use crate::source::{Entry, Node, Value, emit};
use definitions::Definitions;

const VERSION: &str = "dataContractSpecification";

/// The version of the specification that a document says it is written in: empty where it is no scalar, `None` where it says
/// nothing of the specification.
pub(super) fn version(tree: &Node) -> Option<String> {
    Some(tree.get(VERSION)?.scalar_text().unwrap_or_default())
}

/// A contract of the specification as a text of the newest ODCS. `tree` is what the old text means.
pub(in crate::format) fn to_odcs(tree: &Node) -> Written {
    let mut notes = Notes::default();
    let mut old = tree.clone();
    let mut new = Node::mapping().with("apiVersion", TARGET).with("kind", "DataContract");
    // The head of an ODCS file above a body of the specification says nothing.
    for key in [VERSION, "kind", "apiVersion"] {
        old.take(key);
    }
    let mut info = old.take("info").unwrap_or_else(Node::mapping);
    for (from, to) in [("name", "title"), ("version", "version"), ("status", "status")] {
        if info.entry(to).is_none()
            && old.get(from).is_some_and(|value| value.scalar_text().is_some())
            && let Some(value) = old.take(from)
        {
            info.add(to, value);
        }
    }
    let title = info.take("title");
    let id = old.take("id").and_then(|id| text_of(&id)).or_else(|| title.as_ref().and_then(text_of));
    new.add(
        "id",
        id.unwrap_or_else(|| {
            notes.reworded(&Path::of("id"), "the contract has neither `id` nor `info.title`: its `id` is `contract`");
            "contract".into()
        }),
    );
    if let Some(title) = title.as_ref().and_then(text_of) {
        new.add("name", title);
    }
    new.add(
        "version",
        info.take("version").and_then(|version| text_of(&version)).unwrap_or_else(|| {
            notes.reworded(&Path::of("version"), "the contract has no `info.version`: its `version` is `0.0.0`");
            "0.0.0".into()
        }),
    );
    if let Some(status) = info.take("status").and_then(|status| text_of(&status)) {
        new.add("status", status);
    }
    description(&mut new, &mut info, old.take("terms"), &mut notes);
    servers::upgrade(&mut new, old.take("servers"), &mut notes);
    let mut definitions = Definitions::new(old.take("definitions"));
    models::upgrade(&mut new, old.take("models"), &mut definitions, &mut notes);
    quality::of_contract(&mut new, old.take("quality"), &mut notes);
    levels::upgrade(&mut new, old.take("servicelevels"), &mut notes);
    people::upgrade(&mut new, &mut info, &mut notes);
    tags(&mut new, &mut old);
    links(&mut new, &mut old, &Path::root(), &mut notes);
    leftovers(&mut new, info, &Path::of("info"), &mut notes);
    leftovers(&mut new, old, &Path::root(), &mut notes);
    if let Some(unused) = definitions.unused() {
        notes.kept(
            &Path::of("definitions"),
            "what of the definitions no field says is the custom property `definitions` now",
        );
        keep(&mut new, "definitions", unused);
    }
    Written { text: emit::yaml(&new.literal()), notes: notes.all }
}

/// The description and the terms, which are one in ODCS.
fn description(new: &mut Node, info: &mut Node, terms: Option<Node>, notes: &mut Notes) {
    let path = Path::of("terms");
    let mut description = Node::mapping();
    if let Some(text) = info.take("description").and_then(|text| text_of(&text)) {
        description.add("purpose", text);
    }
    let mut terms = terms.filter(|terms| matches!(terms.value, Value::Map(_))).unwrap_or_else(Node::mapping);
    for key in ["usage", "limitations"] {
        if let Some(text) = terms.take(key).and_then(|text| text_of(&text)) {
            description.add(key, text);
        }
    }
    let policies = terms.take("policies");
    let mut links = Vec::new();
    for (index, mut policy) in
        policies.and_then(|mut list| list.items_mut().map(std::mem::take)).unwrap_or_default().into_iter().enumerate()
    {
        let path = path.key("policies").index(index);
        let is_link = policy.get("url").and_then(Node::text).is_some()
            && policy.entries().iter().all(|entry| matches!(&*entry.key, "url" | "type" | "description"));
        if !is_link {
            notes.kept(
                &path,
                "a policy without `url`, or with more than that, is a custom property of `description` now",
            );
            keep(&mut description, "policy", policy);
            continue;
        }
        let mut link = Node::mapping();
        link.add("type", policy.take("type").and_then(|kind| text_of(&kind)).unwrap_or_else(|| "policy".into()));
        for key in ["url", "description"] {
            if let Some(value) = policy.take(key).and_then(|value| text_of(&value)) {
                link.add(key, value);
            }
        }
        notes.reworded(&path, "a policy is an authoritative definition of `description`");
        links.push(link);
    }
    if !links.is_empty() {
        description.add("authoritativeDefinitions", links);
    }
    leftovers(&mut description, terms, &path, notes);
    if !description.entries().is_empty() {
        new.add("description", description);
    }
}

/// The tags of an element.
fn tags(new: &mut Node, old: &mut Node) {
    let Some(tags) = old.take("tags") else { return };
    let texts: Vec<Node> = tags.one_or_many().iter().filter_map(text_of).collect();
    if !texts.is_empty() {
        new.add("tags", texts);
    }
}

/// The links of an element as authoritative definitions.
fn links(new: &mut Node, old: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(links) = old.take("links") else { return };
    let is_link = |entry: &Entry| entry.value.text().is_some();
    if links.entries().is_empty() || !links.entries().iter().all(is_link) {
        if !links.is_null() {
            notes.kept(path, "`links` that are no mapping to addresses are a custom property now");
            keep(new, "links", links);
        }
        return;
    }
    let definition = |entry: &Entry| Node::mapping().with("type", &*entry.key).with("url", entry.value.clone());
    new.add("authoritativeDefinitions", links.entries().iter().map(definition).collect::<Vec<_>>());
    notes.reworded(&path.key("links"), "`links` are `authoritativeDefinitions`");
}

/// Keeps what has no place in ODCS as custom properties of the new element.
fn leftovers(new: &mut Node, old: Node, path: &Path, notes: &mut Notes) {
    let left: Vec<Entry> = match old.value {
        Value::Map(entries) => entries.into_iter().filter(|entry| !entry.value.is_null()).collect(),
        _ => return,
    };
    if left.is_empty() {
        return;
    }
    let became = if left.len() == 1 { "it is a custom property" } else { "they are custom properties" };
    notes.kept(path, format!("ODCS has no {} here: {became} now", listed(&left)));
    keep_all(new, left);
}

/// A scalar as text: versions and names are texts in ODCS, whatever they look like.
fn text_of(node: &Node) -> Option<Node> {
    node.scalar_text().map(Node::from)
}
