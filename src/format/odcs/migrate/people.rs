//! The team and the roles.

use super::notes::{Notes, keep};
use super::{definitions, keys, v3};
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Node, Value};

/// The team as an object, and members that have a `username`.
pub(super) fn upgrade(tree: &mut Node, notes: &mut Notes) {
    v3::each(
        tree,
        "roles",
        |role, path, notes| {
            definitions::both(role, path, notes);
            v3::close(role, keys::role, path, notes);
        },
        notes,
    );
    let Some(team) = tree.get_mut("team") else { return };
    let path = Path::of("team");
    if matches!(&team.value, Value::List(members) if !members.is_empty()) {
        let members = std::mem::replace(team, Node::mapping());
        team.add("members", members);
        notes.reworded(&path, "the list of members is `members` of the team, as it is since 3.1");
    }
    if !matches!(team.value, Value::Map(_)) {
        return;
    }
    let mut nameless = Vec::new();
    if let Some(members) = team.get_mut("members").and_then(Node::items_mut) {
        for (index, member) in members.iter_mut().enumerate() {
            self::member(member, &path.key("members").index(index), notes);
        }
        let is_nameless = |member: &Node| matches!(member.value, Value::Map(_)) && member.entry("username").is_none();
        if members.iter().any(is_nameless) {
            let (gone, stay) = std::mem::take(members).into_iter().partition(is_nameless);
            *members = stay;
            nameless = gone;
        }
    }
    for member in nameless {
        notes.kept(
            &path,
            "a member of the team has neither `username` nor `name`: it is the custom property `member` now",
        );
        keep(team, "member", member);
    }
    definitions::both(team, &path, notes);
    v3::close(team, keys::team, &path, notes);
}

fn member(member: &mut Node, path: &Path, notes: &mut Notes) {
    if member.entry("username").is_none()
        && let Some(name) = member.get("name").and_then(Node::text).map(str::to_owned)
        && let Some(entries) = member.entries_mut()
    {
        entries.insert(0, crate::source::Entry::new("username", name.as_str()));
        notes.reworded(path, format!("a member has a `username` since 3.1: it is the name {}", quoted(&name)));
    }
    definitions::both(member, path, notes);
    v3::close(member, keys::member, path, notes);
}
