//! Who publishes the contract, and whom to ask.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::documentation::metadata;
use super::pairs::Pairs;
use super::{At, Changes, code, text, texts};
use crate::model::{Alert, Channel, Contract, Path, Publisher};

pub(super) fn compare(changes: &mut Changes, old: &Contract, new: &Contract) {
    let (base, head) = (&old.publisher, &new.publisher);
    let at = At::of("publisher");
    let owner = [&code::OWNER_CHANGED, &code::OWNER_REMOVED, &code::OWNER_CHANGED];
    changes.optional(owner, &at.key("team"), "", base.team.as_ref(), head.team.as_ref(), text);
    changes.optional(owner, &at.key("owner"), "", base.owner.as_ref(), head.owner.as_ref(), text);
    members(changes, &at, &base.members, &head.members);
    channels(changes, &at, base, head);
    of_channels(changes, &at.key("channels"), &base.channels, &head.channels);
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

/// Who and what came or went: of these all is said with that.
pub(super) fn moved<'a>(base: &'a Publisher, head: &'a Publisher) -> HashSet<&'a str> {
    let people =
        |one: &'a Publisher| -> HashSet<&'a str> { one.members.iter().chain(&one.owner).map(String::as_str).collect() };
    let channels = |one: &'a Publisher| -> HashSet<&'a str> {
        one.channels.iter().map(|channel| channel.channel.as_str()).collect()
    };
    let mut moved: HashSet<&str> = people(base).symmetric_difference(&people(head)).copied().collect();
    moved.extend(channels(base).symmetric_difference(&channels(head)));
    moved
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

/// A way to ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Way<'a> {
    /// The key of the publisher below which it stands.
    key: &'static str,
    /// What it is, which tells it from others.
    kind: String,
    /// As it is shown.
    shown: Cow<'a, str>,
}

fn ways(publisher: &Publisher) -> Vec<Way<'_>> {
    let email = publisher.contact_email.iter().map(|to| {
        let key = "contact_email";
        Way { key, kind: key.to_owned(), shown: Cow::Borrowed(to) }
    });
    let others = publisher.channels.iter().map(|Channel { channel, to, .. }| {
        let key = "channels";
        Way { key, kind: format!("{key} {channel}"), shown: Cow::Owned(format!("{channel} {to}")) }
    });
    email.chain(others).collect()
}

/// What else is said of channels that both sides have.
fn of_channels(changes: &mut Changes, at: &At, base: &[Channel], head: &[Channel]) {
    let pairs = Pairs::by(base, head, |channel| channel.channel.as_str());
    for ((index, new), old) in head.iter().enumerate().zip(pairs.old()) {
        let Some((place, old)) = old.and_then(|old| Some((old, base.get(old)?))) else { continue };
        let from = changes.list.len();
        metadata(changes, &at.named(&new.channel), &old.metadata, &new.metadata);
        for change in changes.list.iter_mut().skip(from) {
            change.base.place = at.base.index(place).key("metadata");
            change.head.place = at.head.index(index).key("metadata");
        }
    }
}

/// A channel of the same kind with another address has moved; the last one that goes leaves nobody to ask.
fn channels(changes: &mut Changes, at: &At, base: &Publisher, head: &Publisher) {
    let (before, after) = (ways(base), ways(head));
    let only = |one: &[Way<'_>], other: &[Way<'_>]| -> Vec<(String, &'static str, String)> {
        let known: HashSet<&Way<'_>> = other.iter().collect();
        let rest = one.iter().filter(|way| !known.contains(way));
        rest.map(|way| (way.kind.clone(), way.key, way.shown.to_string())).collect()
    };
    let (gone, new) = (only(&before, &after), only(&after, &before));
    let pairs = Pairs::by(&gone, &new, |(kind, ..)| kind.as_str());
    let positions = |channels: &[Channel]| -> HashMap<String, usize> {
        let shown = |(index, one): (usize, &Channel)| (format!("{} {}", one.channel, one.to), index);
        channels.iter().enumerate().map(shown).collect()
    };
    let (old_positions, new_positions) = (positions(&base.channels), positions(&head.channels));
    let place = |place: &mut Path, positions: &HashMap<String, usize>, shown: &str| {
        if let Some(index) = positions.get(shown) {
            *place = place.index(*index);
        }
    };
    for ((_, key, shown), old) in new.iter().zip(pairs.old()) {
        if let Some((_, _, old)) = old.and_then(|old| gone.get(old)) {
            let change = changes.push(&code::CONTACT_CHANGED, &at.key(key), Some(text(old)), Some(text(shown)));
            place(&mut change.base.place, &old_positions, old);
            place(&mut change.head.place, &new_positions, shown);
        } else {
            let change = changes.push(&code::SUPPORT_CHANNEL_ADDED, &at.key(key), None, Some(text(shown)));
            place(&mut change.head.place, &new_positions, shown);
        }
    }
    let gone: Vec<_> = pairs.gone(&gone).map(|(_, way)| way).collect();
    match gone.as_slice() {
        // The last of them says it for all.
        [.., (_, key, _)] if after.is_empty() => {
            let all = texts(gone.iter().map(|(_, _, shown)| shown));
            changes.push(&code::SUPPORT_CHANNEL_LAST_REMOVED, &at.key(key), Some(all), None);
        }
        some => {
            for (_, key, shown) in some {
                let change = changes.push(&code::SUPPORT_CHANNEL_REMOVED, &at.key(key), Some(text(shown)), None);
                place(&mut change.base.place, &old_positions, shown);
            }
        }
    }
}
