//! Who publishes the contract, and whom to ask.

use super::{At, Changes, code, text, texts};
use crate::model::{Alert, Channel, Contract, Publisher};

pub(super) fn compare(changes: &mut Changes, old: &Contract, new: &Contract) {
    let (base, head) = (&old.publisher, &new.publisher);
    let at = At::of("publisher");
    let owner = [&code::OWNER_CHANGED, &code::OWNER_REMOVED, &code::OWNER_CHANGED];
    changes.optional(owner, &at.key("team"), "", base.team.as_ref(), head.team.as_ref(), text);
    changes.optional(owner, &at.key("owner"), "", base.owner.as_ref(), head.owner.as_ref(), text);
    members(changes, &at, &base.members, &head.members);
    channels(changes, &at, base, head);
    let (before, after) = (base.repository_url.as_ref(), head.repository_url.as_ref());
    changes.optional([&code::LINK_CHANGED; 3], &at.key("repository_url"), "", before, after, text);
    let (before, after) = (&old.alerts, &new.alerts);
    if before != after {
        let channels = |alerts: &[Alert]| {
            texts(alerts.iter().map(|alert| {
                let to = [Some(alert.channel.as_str()), alert.to.as_deref(), alert.consumer.as_deref()];
                format!("{} {}", alert.severity, to.into_iter().flatten().collect::<Vec<_>>().join(" "))
            }))
        };
        changes.push(&code::CONTACT_CHANGED, &At::of("alerts"), Some(channels(before)), Some(channels(after)));
    }
}

/// In whatever order.
fn members(changes: &mut Changes, at: &At, base: &[String], head: &[String]) {
    let sorted = |members: &[String]| {
        let mut members = members.to_vec();
        members.sort();
        members.dedup();
        members
    };
    if sorted(base) != sorted(head) {
        let values = (texts(base), texts(head));
        changes.property(&code::TEAM_MEMBER_CHANGED, at, "members", Some(values.0), Some(values.1));
    }
}

/// A way to ask: the place in the publisher where it stands, what it is, and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Way<'a> {
    key: &'static str,
    channel: &'a str,
    to: &'a str,
}

fn ways(publisher: &Publisher) -> Vec<Way<'_>> {
    let email = publisher.contact_email.iter().map(|to| Way { key: "contact_email", channel: "", to });
    let others = publisher.channels.iter();
    email.chain(others.map(|Channel { channel, to }| Way { key: "channels", channel, to })).collect()
}

/// A channel of the same kind with another address has moved; the last one that goes leaves nobody to ask.
fn channels(changes: &mut Changes, at: &At, base: &Publisher, head: &Publisher) {
    let (before, after) = (ways(base), ways(head));
    let mut gone: Vec<&Way<'_>> = before.iter().filter(|way| !after.contains(way)).collect();
    let mut new: Vec<&Way<'_>> = after.iter().filter(|way| !before.contains(way)).collect();
    let shown = |way: &Way<'_>| {
        let both = [way.channel, way.to];
        both.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    gone.retain(|old| {
        let same_kind = |way: &&Way<'_>| (way.key, way.channel) == (old.key, old.channel);
        let Some(index) = new.iter().position(same_kind) else { return true };
        let moved = new.remove(index);
        changes.push(&code::CONTACT_CHANGED, &at.key(old.key), Some(text(&shown(old))), Some(text(&shown(moved))));
        false
    });
    match gone.as_slice() {
        [] => {}
        // The last of them says it for all.
        [.., last] if after.is_empty() => {
            let all = texts(gone.iter().map(|way| shown(way)));
            changes.push(&code::SUPPORT_CHANNEL_LAST_REMOVED, &at.key(last.key), Some(all), None);
        }
        some => {
            for way in some {
                changes.push(&code::SUPPORT_CHANNEL_REMOVED, &at.key(way.key), Some(text(&shown(way))), None);
            }
        }
    }
    for way in new {
        changes.push(&code::SUPPORT_CHANNEL_ADDED, &at.key(way.key), None, Some(text(&shown(way))));
    }
}
