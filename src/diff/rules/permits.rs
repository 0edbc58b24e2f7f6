//! Who may have the data: scopes, roles, networks, keys.

use std::collections::HashSet;

use super::documentation::{description, metadata};
use super::pairs::Pairs;
use super::{At, Changes, Relation, Stronger, code, networks, order_of_quantities, quantity, text, texts};
use crate::model::{Access, Path, Role, TlsVersion};

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Access, head: &Access) {
    scopes(changes, &at.key("required_scopes"), &base.required_scopes, &head.required_scopes);
    roles(changes, &at.key("roles"), &base.roles, &head.roles);
    networks::compare(changes, &at.key("allowed_networks"), &base.allowed_networks, &head.allowed_networks);
    let meta = if head.minimum_tls > base.minimum_tls { &code::NETWORK_RESTRICTED } else { &code::NETWORK_RELAXED };
    let name = |tls: &TlsVersion| text(tls.name());
    let (before, after) = (base.minimum_tls.as_ref(), head.minimum_tls.as_ref());
    changes.optional([meta; 3], &at.key("minimum_tls"), "", before, after, name);
    // Without a time keys hold for ever.
    let (before, after) = (base.credentials_rotation.as_ref(), head.credentials_rotation.as_ref());
    let moved = match (before, after) {
        (Some(before), Some(after)) => match Stronger::Higher.relation(order_of_quantities(before, after)) {
            Relation::Same => return,
            Relation::Tightened => &code::CREDENTIALS_ROTATION_LENGTHENED,
            Relation::Loosened => &code::CREDENTIALS_ROTATION_SHORTENED,
            Relation::Changed => &code::SLA_PROPERTY_UNKNOWN,
        },
        (None, _) => &code::CREDENTIALS_ROTATION_SHORTENED,
        (_, None) => &code::CREDENTIALS_ROTATION_LENGTHENED,
    };
    changes.optional([moved; 3], &at.key("credentials_rotation"), "", before, after, quantity);
}

/// The words of a scope, whatever their order and what is between them: `orders:read` and `read_orders` are one right.
fn words_of(scope: &str) -> Vec<String> {
    let words = scope.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    words.sort();
    words
}

fn scopes(changes: &mut Changes, at: &At, base: &[String], head: &[String]) {
    let only = |one: &[String], other: &[String]| -> Vec<(String, String)> {
        let known: HashSet<&String> = other.iter().collect();
        let rest = one.iter().filter(|scope| !known.contains(scope));
        rest.map(|scope| (words_of(scope).join(" "), scope.clone())).collect()
    };
    let (gone, new) = (only(base, head), only(head, base));
    let pairs = Pairs::by(&gone, &new, |(words, _)| words.as_str());
    let mut more = Vec::new();
    for ((_, scope), old) in new.iter().zip(pairs.old()) {
        match old.and_then(|old| gone.get(old)) {
            Some((_, old)) => {
                changes.push(&code::SCOPE_RENAMED, at, Some(text(old)), Some(text(scope)));
            }
            None => more.push(scope),
        }
    }
    let fewer: Vec<&String> = pairs.gone(&gone).map(|(_, (_, scope))| scope).collect();
    if !fewer.is_empty() {
        changes.push(&code::SCOPE_REQUIRED_REMOVED, at, Some(texts(fewer)), None);
    }
    if !more.is_empty() {
        changes.push(&code::SCOPE_REQUIRED_ADDED, at, None, Some(texts(more)));
    }
}

fn roles(changes: &mut Changes, at: &At, base: &[Role], head: &[Role]) {
    let pairs = Pairs::by(base, head, |role| role.name.as_str());
    for (index, gone) in pairs.gone(base) {
        let change = changes.push(&code::ROLE_REMOVED, &at.named(&gone.name), Some(text(gone.allows.name())), None);
        change.base.place = at.base.index(index);
        change.head.place = at.head.clone();
    }
    for ((index, role), old) in head.iter().enumerate().zip(pairs.old()) {
        let element = at.named(&role.name);
        let first = changes.list.len();
        let old = old.and_then(|old| Some((old, base.get(old)?)));
        match old {
            Some((_, old)) => one_role(changes, &element, old, role),
            None => {
                changes.push(&code::ROLE_ADDED, &element, None, Some(text(role.allows.name())));
            }
        }
        let below = |place: &Path, list: &Path, index: usize| {
            let steps = place.steps().iter().skip(element.head.steps().len());
            steps.fold(list.index(index), |path, step| path.step(step.clone()))
        };
        for change in changes.list.iter_mut().skip(first) {
            change.head.place = below(&change.head.place, &at.head, index);
            change.base.place = old.map_or(at.base.clone(), |(old, _)| below(&change.base.place, &at.base, old));
        }
    }
}

fn one_role(changes: &mut Changes, at: &At, base: &Role, head: &Role) {
    if base.allows != head.allows {
        let extended = head.allows > base.allows;
        let meta = if extended { &code::ROLE_ACCESS_EXTENDED } else { &code::ROLE_ACCESS_REDUCED };
        let values = (text(base.allows.name()), text(head.allows.name()));
        changes.property(meta, at, "allows", Some(values.0), Some(values.1));
    }
    let fields = at.key("fields");
    let (extended, reduced) = (&code::ROLE_ACCESS_EXTENDED, &code::ROLE_ACCESS_REDUCED);
    match (base.fields.is_empty(), head.fields.is_empty()) {
        (true, true) => {}
        (true, false) => {
            changes.push(reduced, &fields, Some(text("all fields")), Some(texts(&head.fields)));
        }
        (false, true) => {
            changes.push(extended, &fields, Some(texts(&base.fields)), Some(text("all fields")));
        }
        (false, false) => changes.words(extended, reduced, &fields, &base.fields, &head.fields),
    }
    if base.approvers != head.approvers {
        let values = (texts(&base.approvers), texts(&head.approvers));
        changes.property(&code::APPROVER_CHANGED, at, "approvers", Some(values.0), Some(values.1));
    }
    let (before, after) = (base.description.as_ref(), head.description.as_ref());
    description(changes, at, before, after, &code::SEMANTICS_TEXT_CHANGED);
    metadata(changes, at, &base.metadata, &head.metadata);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_of_the_same_words_are_the_same_right() {
        assert_eq!(words_of("orders:read"), words_of("Read_Orders"));
        assert_ne!(words_of("orders:read"), words_of("orders:write"));
        assert_ne!(words_of("read"), words_of("orders:read"));
    }
}
