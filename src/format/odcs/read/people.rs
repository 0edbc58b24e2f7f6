//! Who publishes the data, whom to ask, and who may have it.

use super::custom::{Custom, custom};
use super::kept::Fragments;
use super::leftovers::{Leftovers, rest_of};
use super::property::owned;
use crate::format::native::shapes;
use crate::format::odcs::fragment;
use crate::format::values::{literal, text};
use crate::model::{Access, Channel, Contract, Publisher, Role, RoleAccess};
use crate::source::{Node, Value};

/// The team: a mapping, or its members alone.
pub(super) fn team(publisher: &mut Publisher, node: &Node, rest: &mut Leftovers) {
    let mut left = Leftovers::default();
    if let Value::List(_) = node.value {
        members(publisher, node, &mut left);
    }
    for entry in node.entries() {
        match &*entry.key {
            "name" => publisher.team = owned(&entry.value),
            "members" => members(publisher, &entry.value, &mut left),
            _ => left.keep(entry),
        }
    }
    rest.map("team", left);
}

/// The members by their names. The first owner is the owner; who has left is left over.
fn members(publisher: &mut Publisher, node: &Node, left: &mut Leftovers) {
    let mut kept = Vec::new();
    for member in node.items() {
        let Some(name) = member_name(member) else {
            if !member.is_null() {
                kept.push(literal(member));
            }
            continue;
        };
        if publisher.owner.is_none() && is_owner(member) {
            publisher.owner = Some(name.to_owned());
            kept.extend(rest_of(member, "username", &["role"]));
        } else {
            publisher.members.push(name.to_owned());
            kept.extend(rest_of(member, "username", &[]));
        }
    }
    left.list("members", kept);
}

/// The name of who is a member today.
pub(in crate::format::odcs) fn member_name(member: &Node) -> Option<&str> {
    let text = |key| member.get(key).and_then(Node::text);
    let name = text("username").or_else(|| text("name"))?;
    member.get("dateOut").is_none_or(Node::is_null).then_some(name)
}

/// Whether a member answers for the contract.
pub(in crate::format::odcs) fn is_owner(member: &Node) -> bool {
    member.get("role").and_then(Node::text).is_some_and(|role| role.eq_ignore_ascii_case("owner"))
}

/// Whether a way to ask is an address of mail.
pub(in crate::format::odcs) fn is_mail(item: &Node) -> bool {
    address(item).is_some()
}

fn address(item: &Node) -> Option<&str> {
    let address = item.get("url")?.text()?.strip_prefix("mailto:")?;
    (item.get("tool")?.text() == Some("email")).then_some(address)
}

/// The ways to ask. The first address of mail is the contact.
pub(super) fn support(publisher: &mut Publisher, node: &Node, rest: &mut Leftovers) {
    let mut kept = Vec::new();
    for item in node.items() {
        match (address(item), text(item, "channel")) {
            (Some(mail), channel) if publisher.contact_email.is_none() => {
                publisher.contact_email = Some(mail.to_owned());
                // The name of the channel is `email` unless something else is said.
                let read: &[&str] = if channel.as_deref() == Some("email") { &["tool", "url"] } else { &["url"] };
                kept.extend(rest_of(item, "channel", read));
            }
            (_, Some(name)) => publisher.channels.push(channel(item, name)),
            (_, None) if !item.is_null() => kept.push(literal(item)),
            (_, None) => {}
        }
    }
    rest.list("support", kept);
}

fn channel(node: &Node, name: String) -> Channel {
    let mut channel = Channel { channel: name, to: text(node, "url").unwrap_or_default(), metadata: Vec::new() };
    let mut rest = Leftovers::default();
    for entry in node.entries() {
        match &*entry.key {
            "channel" | "url" => {}
            "customProperties" => channel.metadata = custom(&entry.value, &mut rest).metadata,
            _ => rest.keep(entry),
        }
    }
    rest.into_metadata(&mut channel.metadata);
    channel
}

/// Who may have the data.
pub(super) fn roles<'a>(contract: &mut Contract, node: &'a Node, fragments: &Fragments<'a>, rest: &mut Leftovers) {
    let mut kept = Vec::new();
    let mut roles = Vec::with_capacity(node.items().len());
    for item in node.items() {
        match text(item, "role") {
            Some(name) => roles.push(role(item, name, fragments)),
            None if !item.is_null() => kept.push(literal(item)),
            None => {}
        }
    }
    if !roles.is_empty() {
        contract.access = Some(Access { roles, ..Access::default() });
    }
    rest.list("roles", kept);
}

fn role<'a>(node: &'a Node, name: String, fragments: &Fragments<'a>) -> Role {
    let (mut rest, mut metadata) = (Leftovers::default(), Custom::default());
    let first = text(node, "firstLevelApprovers");
    let mut role = Role {
        name,
        allows: RoleAccess::default(),
        fields: Vec::new(),
        approvers: Vec::new(),
        description: None,
        metadata: Vec::new(),
    };
    for entry in node.entries() {
        let value = &entry.value;
        match &*entry.key {
            "role" | "firstLevelApprovers" => {}
            // Where only the second level is given, it is no first one.
            "secondLevelApprovers" if first.is_some() => {}
            "description" => role.description = owned(value),
            "access" => match value.text().and_then(|word| RoleAccess::from_name(&word.to_lowercase())) {
                Some(access) => role.allows = access,
                None => rest.keep(entry),
            },
            "customProperties" => metadata = custom(value, &mut rest),
            _ => rest.keep(entry),
        }
    }
    if let Some(first) = first {
        role.approvers.push(first);
        role.approvers.extend(text(node, "secondLevelApprovers"));
    }
    role.metadata = metadata.metadata;
    rest.into_metadata(&mut role.metadata);
    match metadata.fragment {
        Some(fragment) => {
            fragments.note(fragment, &shapes::ROLE);
            fragment::role(fragment, role)
        }
        None => role,
    }
}
