//! The Data Contract Specification (DCS), <https://datacontract-specification.com>: its contracts as contracts of the Open Data
//! Contract Standard, which took its place.

mod definitions;
mod duration;
mod fields;
mod form;
mod levels;
mod models;
mod notes;
mod people;
mod quality;
mod servers;
#[cfg(test)]
mod tests;
mod types;

use crate::format::odcs::migrate::{TARGET, keep, keep_all, listed};
use crate::format::written::Written;
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Entry, Node, Problem, Value, emit};
use definitions::Definitions;

pub(in crate::format) use notes::Target;
use notes::{Notes, in_pact};

const VERSION: &str = "dataContractSpecification";

/// The version of the specification that a document says it is written in: empty where it is no scalar, `None` where it says
/// nothing of the specification.
pub(super) fn version(tree: &Node) -> Option<String> {
    Some(tree.get(VERSION)?.scalar_text().unwrap_or_default())
}

/// A contract of the specification as a text of the newest ODCS. `tree` is what the old text means. Every value of it is said in
/// the new text, or told as lost.
///
/// # Errors
///
/// Its form is wrong.
pub(in crate::format) fn to_odcs(tree: &Node, text: &str, target: Target) -> Result<Written, Vec<Problem>> {
    let problems = form::check(tree);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut notes = Notes::new(target);
    let mut old = tree.clone();
    let mut new = Node::mapping().with("apiVersion", TARGET).with("kind", "DataContract");
    // The head of an ODCS file above a body of the specification says nothing.
    for key in [VERSION, "kind", "apiVersion"] {
        if let Some(word) = old.take(key) {
            notes.carry(&word);
        }
    }
    let mut info = old.take("info").unwrap_or_else(Node::mapping);
    for (from, to) in [("name", "title"), ("version", "version"), ("status", "status")] {
        if info.entry(to).is_none()
            && old.get(from).is_some_and(|value| value.scalar_text().is_some())
            && let Some(value) = old.take(from)
            && let Some(entries) = info.entries_mut()
        {
            entries.push(Entry { key: to.into(), key_span: value.span, value });
        }
    }
    let title = info.take("title");
    let id = old.take("id").and_then(|id| text_of(&id)).or_else(|| title.as_ref().and_then(text_of));
    new.add(
        "id",
        id.unwrap_or_else(|| {
            notes.meant(&Path::of("id"), "the contract has neither `id` nor `info.title`: its `id` is `contract`");
            "contract".into()
        }),
    );
    if let Some(title) = title.as_ref().and_then(text_of) {
        new.add("name", title);
    }
    new.add(
        "version",
        info.take("version").and_then(|version| text_of(&version)).unwrap_or_else(|| {
            notes.meant(&Path::of("version"), "the contract has no `info.version`: its `version` is `0.0.0`");
            "0.0.0".into()
        }),
    );
    if let Some(status) = info.take("status").and_then(|status| text_of(&status)) {
        new.add("status", status);
    }
    let mut terms =
        old.take("terms").filter(|terms| matches!(terms.value, Value::Map(_))).unwrap_or_else(Node::mapping);
    notice_period(&mut new, &mut terms, &mut notes);
    description(&mut new, &mut info, terms, &mut notes);
    servers::upgrade(&mut new, old.take("servers"), &mut notes);
    let mut definitions = Definitions::new(old.take("definitions"));
    models::upgrade(&mut new, old.take("models"), &mut definitions, &mut notes);
    quality::of_contract(&mut new, old.take("quality"), &mut notes);
    old.rename("serviceLevels", "servicelevels");
    let levels = levels::upgrade(&mut new, old.take("servicelevels"), &mut notes);
    if !levels.entries().is_empty() {
        in_pact(&mut new, "service_levels", levels);
    }
    people::upgrade(&mut new, &mut info, &mut notes);
    tags(&mut new, &mut old);
    links(&mut new, &mut old, &Path::root(), &mut notes);
    leftovers(&mut new, info, &Path::of("info"), &mut notes);
    leftovers(&mut new, old, &Path::root(), &mut notes);
    sources(&mut new, &mut notes);
    elsewhere(&mut notes);
    notes.carry_all(&new);
    if let Some(unused) = definitions.unused(&notes) {
        notes.kept(
            &Path::of("definitions"),
            "what of the definitions no field says is the custom property `definitions` now",
        );
        notes.carry_all(&unused);
        keep(&mut new, "definitions", unused);
    }
    notes.lost(tree, text);
    Ok(Written { text: emit::yaml(&new.literal()), notes: notes.finish() })
}

/// The systems that fields take their values from, each once.
fn sources(new: &mut Node, notes: &mut Notes) {
    let mut seen = std::collections::HashSet::new();
    let names = std::mem::take(&mut notes.pulls_from).into_iter().filter(|name| seen.insert(name.clone()));
    let names: Vec<Node> = names.map(Node::from).collect();
    if !names.is_empty() {
        in_pact(new, "lineage", Node::mapping().with("pulls_from", names));
    }
}

/// Tells of references to other files, once.
fn elsewhere(notes: &mut Notes) {
    let all = std::mem::take(&mut notes.elsewhere);
    let Some((path, _)) = all.first() else { return };
    let mut names: Vec<&str> = all.iter().map(|(_, reference)| reference.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(3);
    let shown: Vec<String> = names.iter().take(3).map(|name| quoted(name)).collect();
    let shown = shown.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() };
    let who = if all.len() == 1 { "a field refers".to_owned() } else { format!("{} fields refer", all.len()) };
    let message = format!(
        "{who} to what is in another file, which is not followed ({shown}): what that says of them is missing, and `$ref` is a \
         custom property"
    );
    notes.kept(path, message);
}

/// How long before a change consumers are told, for which the native format has a word.
fn notice_period(new: &mut Node, terms: &mut Node, notes: &mut Notes) {
    let period = terms.get("noticePeriod").and_then(Node::scalar_text).and_then(|text| duration::in_words(&text));
    let Some(period) = period else { return };
    if let Some(old) = terms.take("noticePeriod") {
        notes.carry(&old);
    }
    let place = if notes.target == Target::Odcs { " of the custom property `pact`" } else { "" };
    let message = format!("`noticePeriod` is `obligations.notice_period`{place}: {period}");
    notes.meant(&Path::of("terms").key("noticePeriod"), message);
    in_pact(new, "obligations", Node::mapping().with("notice_period", period));
}

/// The description and the terms, which are one in ODCS.
fn description(new: &mut Node, info: &mut Node, mut terms: Node, notes: &mut Notes) {
    let path = Path::of("terms");
    let mut description = Node::mapping();
    if let Some(text) = info.take("description").and_then(|text| prose(&text)) {
        description.add("purpose", text);
    }
    for key in ["usage", "limitations"] {
        if let Some(text) = terms.take(key).and_then(|text| prose(&text)) {
            description.add(key, text);
        }
    }
    let policies = terms.take("policies");
    let mut links = Vec::new();
    for (index, mut policy) in
        policies.and_then(|mut list| list.items_mut().map(std::mem::take)).unwrap_or_default().into_iter().enumerate()
    {
        let path = path.key("policies").index(index);
        let has_one_name = policy.entry("type").is_none() || policy.entry("name").is_none();
        let is_link = policy.get("url").and_then(Node::text).is_some()
            && has_one_name
            && policy.entries().iter().all(|entry| matches!(&*entry.key, "url" | "type" | "name" | "description"));
        if !is_link {
            notes.kept(
                &path,
                "a policy without `url`, or with more than that, is a custom property of `description` now",
            );
            keep(&mut description, "policy", policy);
            continue;
        }
        let mut link = Node::mapping();
        let name = policy.take("type").or_else(|| policy.take("name"));
        link.add("type", name.and_then(|kind| text_of(&kind)).unwrap_or_else(|| "policy".into()));
        for key in ["url", "description"] {
            if let Some(value) = policy.take(key).and_then(|value| text_of(&value)) {
                link.add(key, value);
            }
        }
        match notes.target {
            Target::Odcs => notes.reworded(&path, "a policy is an authoritative definition of `description`"),
            Target::Native => notes.kept(&path, "a policy stands in `metadata`"),
        }
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
    notes.standard_only(&path.key("links"), "`links`", "are `authoritativeDefinitions`");
}

/// Keeps what has no place in ODCS as custom properties of the new element.
fn leftovers(new: &mut Node, old: Node, path: &Path, notes: &mut Notes) {
    let left: Vec<Entry> = match old.value {
        Value::Map(entries) => entries.into_iter().filter(|entry| !entry.value.is_null()).collect(),
        _ => return,
    };
    // What became of a reference was told where it was looked up.
    let (references, left): (Vec<Entry>, Vec<Entry>) = left.into_iter().partition(|entry| &*entry.key == "$ref");
    if !references.is_empty() {
        keep_all(new, references);
    }
    if left.is_empty() {
        return;
    }
    let became = if left.len() == 1 { "it is a custom property" } else { "they are custom properties" };
    notes.kept(path, format!("ODCS has no {} here: {became} now", listed(&left)));
    keep_all(new, left);
}

/// A scalar as text: versions and names are texts in ODCS, whatever they look like.
fn text_of(node: &Node) -> Option<Node> {
    let text = node.scalar_text()?;
    Some(Node { span: node.span, value: Value::Text(text.into()) })
}

/// A text for people: blanks at the ends of its lines mean nothing, and would stand in the way of a text in lines.
fn prose(node: &Node) -> Option<Node> {
    let text = node.scalar_text()?;
    if !text.contains('\n') {
        return text_of(node);
    }
    let mut trimmed: String = text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    if text.ends_with('\n') {
        trimmed.push('\n');
    }
    Some(Node { span: node.span, value: Value::Text(trimmed.into()) })
}
