//! What the producer owes, and what readers may do.

use super::{At, Changes, Stronger, code, order_of_quantities, quantity, text, texts};
use crate::finding::change::ChangeMeta;
use crate::model::{Access, Contract, Quantity};

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
        changes.optional(metas, at, "", base, head, quantity);
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
