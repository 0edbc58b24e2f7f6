//! How to get at the data, and where it is.

use std::cmp::Ordering;

use super::{At, Changes, code, text};
use crate::model::{Access, AuthType, Contract, Literal, Source};

pub(super) fn compare(changes: &mut Changes, old: &Contract, new: &Contract) {
    sources(changes, &old.sources, &new.sources);
    let none = Access::default();
    let (base, head) = (old.access.as_ref().unwrap_or(&none), new.access.as_ref().unwrap_or(&none));
    let at = At::of("access");
    let metas = [&code::SERVER_ADDED, &code::SERVER_REMOVED, &code::ENDPOINT_ADDRESS_CHANGED];
    let (before, after) = (base.endpoint_url.as_ref(), head.endpoint_url.as_ref());
    changes.optional(metas, &at.key("endpoint_url"), "", before, after, text);
    if before.is_some() != after.is_some() && (old.access.is_none() || new.access.is_none()) {
        // The whole of it came or went: how it is used came or went with it.
        return;
    }
    let metas = [&code::AUTH_TYPE_ADDED, &code::AUTH_TYPE_REMOVED, &code::AUTH_TYPE_CHANGED];
    let name = |auth: &AuthType| text(auth.name());
    changes.optional(metas, &at.key("auth_type"), "", base.auth_type.as_ref(), head.auth_type.as_ref(), name);
    let words = |list: &[String]| -> Vec<String> { list.iter().map(|word| word.to_uppercase()).collect() };
    let (before, after) = (words(&base.methods), words(&head.methods));
    changes.words(&code::METHOD_ADDED, &code::METHOD_REMOVED, &at.key("methods"), &before, &after);
    changes.words(&code::ACCESS_MODE_ADDED, &code::ACCESS_MODE_REMOVED, &at.key("modes"), &base.modes, &head.modes);
    let (added, removed) = (&code::SCOPE_REQUIRED_ADDED, &code::SCOPE_REQUIRED_REMOVED);
    changes.words(added, removed, &at.key("required_scopes"), &base.required_scopes, &head.required_scopes);
    rate_limit(changes, &at.key("rate_limit"), base.rate_limit.as_ref(), head.rate_limit.as_ref());
}

/// Requests a second, of a limit such as `1000 req/min`.
fn per_second(limit: &str) -> Option<f64> {
    let (count, unit) = limit.split_once('/')?;
    let digits: String =
        count.chars().take_while(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '_' | ',')).collect();
    let count: f64 = digits.replace(['_', ','], "").parse().ok()?;
    let seconds = match unit.trim().to_lowercase().as_str() {
        "s" | "sec" | "second" => 1.0,
        "m" | "min" | "minute" => 60.0,
        "h" | "hour" => 3600.0,
        "d" | "day" => 86_400.0,
        _ => return None,
    };
    Some(count / seconds)
}

/// Without a limit callers may ask as much as they like.
fn rate_limit(changes: &mut Changes, at: &At, base: Option<&String>, head: Option<&String>) {
    let order = match (base, head) {
        (Some(base), Some(head)) => {
            per_second(base).zip(per_second(head)).and_then(|(one, other)| one.partial_cmp(&other))
        }
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

/// Settings that say where a system is. Others say how pact gets in, and are nobody else's business.
const ADDRESS: &[&str] = &["url", "path", "host", "port", "database", "schema", "table", "tables"];

fn sources(changes: &mut Changes, base: &[Source], head: &[Source]) {
    let element = |source: &Source| At::of("sources").named(&source.environment);
    for gone in base.iter().filter(|one| !head.iter().any(|other| other.environment == one.environment)) {
        changes.push(&code::SERVER_REMOVED, &element(gone), Some(text(&gone.kind)), None);
    }
    for new in head {
        let Some(old) = base.iter().find(|old| old.environment == new.environment) else {
            changes.push(&code::SERVER_ADDED, &element(new), None, Some(text(&new.kind)));
            continue;
        };
        if old.kind != new.kind {
            // Another system has other settings: they went with it.
            let values = (Some(text(&old.kind)), Some(text(&new.kind)));
            changes.property(&code::SERVER_TYPE_CHANGED, &element(new), "type", values.0, values.1);
            continue;
        }
        settings(changes, &element(new), old, new);
    }
}

fn settings(changes: &mut Changes, at: &At, old: &Source, new: &Source) {
    let of = |source: &Source, address: bool| -> Vec<(String, Literal)> {
        source.settings.iter().filter(|(key, _)| ADDRESS.contains(&key.as_str()) == address).cloned().collect()
    };
    for (address, meta) in [(true, &code::ENDPOINT_ADDRESS_CHANGED), (false, &code::CUSTOM_PROPERTY_CHANGED)] {
        let (before, after) = (Literal::Map(of(old, address)), Literal::Map(of(new, address)));
        if before.same(&after) {
            continue;
        }
        if address {
            changes.push(meta, at, Some(before), Some(after));
        } else {
            // User names and secrets are not repeated in reports.
            changes.push(meta, at, None, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_compared_by_meaning() {
        assert_eq!(per_second("60 req/min"), per_second("1 req/s"));
        assert_eq!(per_second("3,600 requests / hour"), Some(1.0));
        for text in ["many", "10", "x/min", "1/fortnight", "/", ""] {
            assert_eq!(per_second(text), None, "{text}");
        }
    }
}
