//! How to get at the data: address, protocol, amounts.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::pairs::Pairs;
use super::{At, Changes, code, permits, spellings, text};
use crate::model::{Access, AuthType, Contract, Literal, Pagination, Quantity, Redirect, Step};

pub(super) fn compare(changes: &mut Changes, old: &Contract, new: &Contract) {
    let none = Access::default();
    let (base, head) = (old.access.as_ref().unwrap_or(&none), new.access.as_ref().unwrap_or(&none));
    let at = At::of("access");
    let (before, after) = (base.endpoint_url.as_ref(), head.endpoint_url.as_ref());
    let is_kept =
        before.is_some_and(|old| head.redirects.iter().any(|kept| is_of(kept, old) && answers(changes, kept)));
    let moved = if is_kept { &code::ENDPOINT_ADDRESS_REDIRECTED } else { &code::ENDPOINT_ADDRESS_CHANGED };
    let metas = [&code::SERVER_ADDED, &code::SERVER_REMOVED, moved];
    let same = before.zip(after).is_some_and(|(old, new)| spellings::address(old) == spellings::address(new));
    if !same {
        changes.optional(metas, &at.key("endpoint_url"), "", before, after, text);
    }
    if before.is_some() != after.is_some() && (old.access.is_none() || new.access.is_none()) {
        // The whole of it came or went: how it is used came or went with it.
        return;
    }
    redirects(changes, &at.key("redirects"), base, head);
    let metas = [&code::AUTH_TYPE_ADDED, &code::AUTH_TYPE_REMOVED, &code::AUTH_TYPE_CHANGED];
    let name = |auth: &AuthType| text(auth.name());
    changes.optional(metas, &at.key("auth_type"), "", base.auth_type.as_ref(), head.auth_type.as_ref(), name);
    let words = |list: &[String]| -> Vec<String> { list.iter().map(|word| word.to_uppercase()).collect() };
    let (before, after) = (words(&base.methods), words(&head.methods));
    changes.words(&code::METHOD_ADDED, &code::METHOD_REMOVED, &at.key("methods"), &before, &after);
    changes.words(&code::ACCESS_MODE_ADDED, &code::ACCESS_MODE_REMOVED, &at.key("modes"), &base.modes, &head.modes);
    let (added, removed) = (&code::PROTOCOL_VERSION_ADDED, &code::PROTOCOL_VERSION_DROPPED);
    changes.words(added, removed, &at.key("protocol_versions"), &base.protocol_versions, &head.protocol_versions);
    rate_limit(changes, &at.key("rate_limit"), base.rate_limit.as_ref(), head.rate_limit.as_ref());
    page_size(changes, &at.key("page_size"), base.page_size, head.page_size);
    if base.pagination != head.pagination {
        let name = |pagination: Pagination| Some(text(pagination.name()));
        let values = (name(base.pagination), name(head.pagination));
        changes.push(&code::PAGINATION_CHANGED, &at.key("pagination"), values.0, values.1);
    }
    permits::compare(changes, &at, base, head);
}

/// An address as it is compared.
fn address(text: &str) -> String {
    spellings::address(text).trim_end_matches('/').to_owned()
}

/// Whether a redirect keeps an address alive.
fn is_of(redirect: &Redirect, url: &str) -> bool {
    address(&redirect.from) == address(url)
}

fn answers(changes: &Changes, redirect: &Redirect) -> bool {
    redirect.until.parse::<Date>().is_ok_and(|until| until >= changes.today)
}

/// Old addresses that come or go with the address itself are part of its change, and those whose last day is past
/// have ended as announced.
fn redirects(changes: &mut Changes, at: &At, base: &Access, head: &Access) {
    let is_address = |access: &Access, one: &Redirect| access.endpoint_url.as_ref().is_some_and(|url| is_of(one, url));
    let from = |access: &Access| access.redirects.iter().map(|one| address(&one.from)).collect::<Vec<_>>();
    let pairs = Pairs::by(&from(base), &from(head), String::as_str);
    for (_, gone) in pairs.gone(&base.redirects) {
        if answers(changes, gone) && !is_address(head, gone) {
            changes.push(&code::SERVER_REMOVED, at, Some(text(&gone.from)), None);
        }
    }
    for ((index, one), old) in head.redirects.iter().enumerate().zip(pairs.old()) {
        let Some(old) = old.and_then(|old| base.redirects.get(old)) else {
            if answers(changes, one) && !is_address(base, one) {
                changes.push(&code::SERVER_ADDED, at, None, Some(text(&one.from)));
            }
            continue;
        };
        let later = one.until.parse::<Date>().ok() > old.until.parse().ok();
        let meta = if later { &code::SUNSET_POSTPONED } else { &code::SUNSET_BROUGHT_FORWARD };
        changes.optional([meta; 3], &at.step(&Step::Index(index)), "until", Some(&old.until), Some(&one.until), text);
    }
}

/// Without a limit callers may ask as much as they like.
fn rate_limit(changes: &mut Changes, at: &At, base: Option<&String>, head: Option<&String>) {
    let rate = |limit: &String| Quantity::new(limit.clone()).rate();
    let order = match (base, head) {
        (Some(base), Some(head)) => match (rate(base), rate(head)) {
            (Some((one, of)), Some((other, what))) if of == what => one.partial_cmp(&other),
            _ => None,
        },
        _ => None,
    };
    let moved = match order {
        Some(Ordering::Equal) => return,
        Some(Ordering::Less) => &code::RATE_LIMIT_RAISED,
        Some(Ordering::Greater) => &code::RATE_LIMIT_LOWERED,
        None => &code::SLA_PROPERTY_UNKNOWN,
    };
    changes.optional([&code::RATE_LIMIT_LOWERED, &code::RATE_LIMIT_RAISED, moved], at, "", base, head, text);
}

/// Without a size every answer is whole.
fn page_size(changes: &mut Changes, at: &At, base: Option<u32>, head: Option<u32>) {
    let lowered = head.unwrap_or(u32::MAX) < base.unwrap_or(u32::MAX);
    let meta = if lowered { &code::RESPONSE_PAGE_SIZE_LOWERED } else { &code::RESPONSE_PAGE_SIZE_RAISED };
    let rows = |rows: &u32| Literal::Int((*rows).into());
    changes.optional([meta; 3], at, "", base.as_ref(), head.as_ref(), rows);
}
