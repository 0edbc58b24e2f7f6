//! The owner and whom to ask.

use super::{Notes, leftovers};
use crate::format::odcs::migrate::keep;
use crate::model::Path;
use crate::source::{Node, Value};

/// The owner as the team, the contact as channels of support.
pub(super) fn upgrade(new: &mut Node, info: &mut Node, notes: &mut Notes) {
    let mut team = Node::mapping();
    if let Some(owner) = info.take("owner").and_then(|owner| super::text_of(&owner)) {
        team.add("name", owner);
    }
    let path = Path::of("info").key("contact");
    let mut support = Vec::new();
    if let Some(mut contact) = info.take("contact").filter(|contact| matches!(contact.value, Value::Map(_))) {
        if let Some(email) = contact.get("email").and_then(Node::text).map(str::to_owned) {
            if let Some(email) = contact.take("email") {
                notes.carry(&email);
            }
            let channel = Node::mapping().with("channel", email.as_str()).with("url", format!("mailto:{email}"));
            support.push(channel.with("tool", "email"));
        }
        if let Some(url) = contact.take("url").and_then(|url| super::text_of(&url)) {
            support.push(Node::mapping().with("channel", "contact").with("url", url));
        }
        if !support.is_empty() {
            notes.reworded(&path, "`email` and `url` of the contact are channels of `support`");
        }
        if let Some(name) = contact.take("name").filter(|name| !name.is_null()) {
            notes.kept(&path, "the name of the contact is the custom property `contactName` of the team now");
            keep(&mut team, "contactName", name);
        }
        leftovers(&mut team, contact, &path, notes);
    }
    if !support.is_empty() {
        new.add("support", support);
    }
    if !team.entries().is_empty() {
        new.add("team", team);
    }
}
