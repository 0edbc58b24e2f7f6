//! What the producer owes, and what readers may do.

use super::{At, Changes, Stronger, code, is_by_calendar, order_of_quantities, quantity, text, texts};
use crate::finding::change::{ChangeMeta, Sureness};
use crate::model::{Access, Contract, Price, Quantity, Sharing, Terms};

pub(super) fn compare(changes: &mut Changes, old: &Contract, new: &Contract) {
    let (base, head) = (&old.obligations, &new.obligations);
    let at = At::of("obligations");
    let (before, after) = (base.notice_period.as_ref(), head.notice_period.as_ref());
    // No notice period is the shortest one.
    let metas = if is_longer(before, after) {
        [&code::NOTICE_PERIOD_LENGTHENED; 3]
    } else {
        [&code::NOTICE_PERIOD_SHORTENED; 3]
    };
    time(changes, metas, &at.key("notice_period"), before, after);
    let (before, after) = (base.migration_guide.as_ref(), head.migration_guide.as_ref());
    changes.optional([&code::LINK_CHANGED; 3], &at.key("migration_guide"), "", before, after, text);
    if base.notify != head.notify {
        let people = |notify: &[(String, Vec<String>)]| {
            texts(notify.iter().map(|(severity, people)| format!("{severity}: {}", people.join(", "))))
        };
        let values = (people(&base.notify), people(&head.notify));
        changes.push(&code::CONTACT_CHANGED, &at.key("notify"), Some(values.0), Some(values.1));
    }
    // No retention means that readers may keep the data for ever.
    let (before, after) = (base.retention.as_ref(), head.retention.as_ref());
    let longer = after.is_none() || before.is_some() && is_longer(before, after);
    let metas = if longer { [&code::TERMS_LOOSENED; 3] } else { [&code::RETENTION_DUTY_FOR_READERS_SHORTENED; 3] };
    time(changes, metas, &at.key("retention"), before, after);
    allowed_uses(changes, old.access.as_ref(), new.access.as_ref());
    prohibitions(changes, old.access.as_ref(), new.access.as_ref());
    legal(changes, old.terms.as_deref(), new.terms.as_deref());
    price(changes, old.price.as_deref(), new.price.as_deref());
}

fn is_longer(base: Option<&Quantity>, head: Option<&Quantity>) -> bool {
    match (base, head) {
        (None, Some(_)) => true,
        (Some(base), Some(head)) => order_of_quantities(base, head).is_some_and(std::cmp::Ordering::is_lt),
        _ => false,
    }
}

fn time(
    changes: &mut Changes,
    metas: [&'static ChangeMeta; 3],
    at: &At,
    base: Option<&Quantity>,
    head: Option<&Quantity>,
) {
    let same = matches!((base, head), (Some(base), Some(head))
        if Stronger::Higher.relation(order_of_quantities(base, head)) == super::Relation::Same);
    if !same {
        let from = changes.list.len();
        changes.optional(metas, at, "", base, head, quantity);
        if let Some(change) = changes.list.get_mut(from).filter(|_| is_by_calendar(base, head)) {
            change.sure = Sureness::Possible;
        }
    }
}

/// Where no uses are listed, every use is allowed.
fn allowed_uses(changes: &mut Changes, base: Option<&Access>, head: Option<&Access>) {
    let uses = |access: Option<&Access>| access.map(|access| access.allowed_uses.clone()).unwrap_or_default();
    let (base, head) = (uses(base), uses(head));
    let at = At::of("access").key("allowed_uses");
    match (base.is_empty(), head.is_empty()) {
        (true, true) => {}
        (true, false) => {
            changes.push(&code::TERMS_TIGHTENED, &at, None, Some(texts(&head)));
        }
        (false, true) => {
            changes.push(&code::TERMS_LOOSENED, &at, Some(texts(&base)), None);
        }
        (false, false) => changes.words(&code::ALLOWED_USE_ADDED, &code::ALLOWED_USE_REMOVED, &at, &base, &head),
    }
}

fn prohibitions(changes: &mut Changes, base: Option<&Access>, head: Option<&Access>) {
    let none = Access::default();
    let (base, head) = (base.unwrap_or(&none), head.unwrap_or(&none));
    let at = At::of("access");
    let (added, removed) = (&code::PROHIBITED_USE_ADDED, &code::PROHIBITED_USE_REMOVED);
    changes.words(added, removed, &at.key("prohibited_uses"), &base.prohibited_uses, &head.prohibited_uses);
    if base.sharing != head.sharing {
        let meta = if head.sharing < base.sharing { &code::SHARING_RESTRICTED } else { &code::SHARING_RELAXED };
        let name = |sharing: Sharing| Some(text(sharing.name()));
        changes.push(meta, &at.key("sharing"), name(base.sharing), name(head.sharing));
    }
}

/// How a text is broken into lines has no meaning.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn legal(changes: &mut Changes, base: Option<&Terms>, head: Option<&Terms>) {
    let none = Terms::default();
    let (base, head) = (base.unwrap_or(&none), head.unwrap_or(&none));
    let at = At::of("terms");
    let licence = |terms: &Terms| terms.license.as_deref().map(plain);
    let (before, after) = (licence(base), licence(head));
    // Identifiers of licences are the same in capital letters.
    let folded = |licence: &Option<String>| licence.as_ref().map(|licence| licence.to_lowercase());
    if folded(&before) != folded(&after) {
        let value = |licence: Option<String>| licence.map(|licence| text(&licence));
        changes.push(&code::LICENSE_CHANGED, &at.key("license"), value(before), value(after));
    }
    let usage = |terms: &Terms| terms.usage.as_deref().map(plain);
    let (before, after) = (usage(base), usage(head));
    let metas = [&code::DESCRIPTION_ADDED, &code::DESCRIPTION_REMOVED, &code::SEMANTICS_TEXT_CHANGED];
    changes.optional(metas, &at.key("usage"), "", before.as_ref(), after.as_ref(), text);
    let sentences = |terms: &Terms| -> Vec<String> { terms.limitations.iter().map(|text| plain(text)).collect() };
    let (tightened, loosened) = (&code::TERMS_TIGHTENED, &code::TERMS_LOOSENED);
    let (before, after) = (sentences(base), sentences(head));
    match (before.as_slice(), after.as_slice()) {
        // One sentence in other words is one change, and nobody can tell which of the two allows more.
        ([old], [new]) if old != new => {
            changes.push(tightened, &at.key("limitations"), Some(text(old)), Some(text(new)));
        }
        _ => changes.words(tightened, loosened, &at.key("limitations"), &before, &after),
    }
    let clauses = [
        ("liability", &base.liability, &head.liability),
        ("warranty", &base.warranty, &head.warranty),
        ("governing_law", &base.governing_law, &head.governing_law),
    ];
    for (key, base, head) in clauses {
        let (base, head) = (base.as_deref().map(plain), head.as_deref().map(plain));
        changes.optional([&code::LIABILITY_CHANGED; 3], &at.key(key), "", base.as_ref(), head.as_ref(), text);
    }
}

/// How many months or days a calendar unit has, and which of the two. A month has no certain number of days.
fn period(per: &str) -> Option<(u32, &'static str)> {
    Some(match per {
        "month" | "1 month" | "calendar month" => (1, "month"),
        "quarter" | "3 months" => (3, "month"),
        "year" | "1 year" | "12 months" | "annum" | "calendar year" => (12, "month"),
        "day" | "1 day" => (1, "day"),
        "week" | "1 week" | "7 days" => (7, "day"),
        _ => return None,
    })
}

/// Without a price nothing is said to be paid.
fn price(changes: &mut Changes, base: Option<&Price>, head: Option<&Price>) {
    let unit = |price: &Price| -> (String, String) {
        let per = plain(price.per.as_deref().unwrap_or_default()).to_lowercase();
        (price.currency.clone(), per.strip_prefix("per ").unwrap_or(&per).to_owned())
    };
    let common = |price: &Price| -> (String, String) {
        let (currency, per) = unit(price);
        let family = period(&per).map(|(_, of)| of.to_owned());
        (currency, family.unwrap_or(per))
    };
    // A year has twelve months: 10 a month are 120 a year.
    let times = |base: &Price, head: &Price| -> f64 {
        let (Some((one, _)), Some((other, _))) = (period(&unit(base).1), period(&unit(head).1)) else { return 1.0 };
        f64::from(one) / f64::from(other)
    };
    let before = base.map_or(0.0, |price| price.amount);
    let after = match (base, head) {
        (Some(base), Some(head)) => head.amount * times(base, head),
        (_, head) => head.map_or(0.0, |price| price.amount),
    };
    let differ = (before - after).abs() > 1e-9 * before.abs().max(after.abs());
    let is_free = |amount: f64| amount == 0.0;
    let meta = match (base, head) {
        (Some(base), Some(head)) if !is_free(before) && !is_free(after) && common(base) != common(head) => {
            &code::PRICE_UNIT_CHANGED
        }
        _ if differ && before < after => &code::PRICE_RAISED,
        _ if differ && before > after => &code::PRICE_LOWERED,
        _ => return,
    };
    let shown = |price: &Price| {
        let (currency, per) = unit(price);
        let per = if per.is_empty() { per } else { format!(" per {per}") };
        text(&format!("{} {currency}{per}", price.amount))
    };
    changes.push(meta, &At::of("price"), base.map(shown), head.map(shown));
}
