//! Which rows a dataset has, in what order they come, how often and how late.

use super::constraints::same_code;
use super::keys::Renames;
use super::{At, Changes, Codes, Stronger, code, order_of_quantities, quantity, text, texts};
use crate::finding::change::Sureness;
use crate::model::{Dataset, Delivery, Grain, Literal};

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset, renames: &Renames<'_>) {
    grain(changes, at, base, head, renames);
    population(changes, at, base.filter.as_ref(), head.filter.as_ref());
    let mode = |dataset: &Dataset| dataset.write_mode.map(|mode| text(mode.name()));
    changes.stated(&code::DATASET_WRITE_MODE_CHANGED, at, "write_mode", mode(base), mode(head));
    history(changes, at, base.history_from.as_ref(), head.history_from.as_ref());
    ordering(changes, at, &ordered(&base.ordering, renames), &ordered(&head.ordering, &Renames::default()));
    delivery(changes, at, base.delivery, head.delivery);
    let late = Codes {
        added: &code::DATASET_LATE_ARRIVAL_SHORTENED,
        removed: &code::DATASET_LATE_ARRIVAL_EXTENDED,
        tightened: &code::DATASET_LATE_ARRIVAL_SHORTENED,
        loosened: &code::DATASET_LATE_ARRIVAL_EXTENDED,
        changed: &code::DATASET_LATE_ARRIVAL_EXTENDED,
    };
    let (before, after) = (base.late_arrival.as_ref(), head.late_arrival.as_ref());
    if let Some(meta) = late.of(before, after, Stronger::Lower, order_of_quantities) {
        changes.property(meta, at, "late_arrival", before.map(quantity), after.map(quantity));
    }
}

/// Words can't be ordered; a list of fields can be compared, in whatever order it is.
fn grain(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset, renames: &Renames<'_>) {
    let value = |grain: &Option<Grain>, renames: &Renames<'_>| -> Option<Literal> {
        Some(match grain.as_ref()? {
            Grain::Text(words) => text(&words.split_whitespace().collect::<Vec<_>>().join(" ")),
            Grain::Fields(fields) => {
                let mut fields = renames.all(fields);
                fields.sort();
                fields.dedup();
                texts(fields)
            }
        })
    };
    let (before, after) = (value(&base.grain, renames), value(&head.grain, &Renames::default()));
    let is_certain = matches!((&before, &after), (Some(Literal::List(_)), Some(Literal::List(_))));
    let differ = before != after;
    changes.stated(&code::DATASET_GRAIN_CHANGED, at, "grain", before, after);
    if let (true, true, Some(change)) = (differ, is_certain, changes.list.last_mut()) {
        change.sure = Sureness::Certain;
    }
}

/// Conditions of a row that all have to hold; `None` for what is more than conditions with `AND` between them.
fn conditions(filter: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = filter.split_whitespace().collect();
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    let is_plain = !words.iter().any(|word| ["or", "between", "case"].iter().any(|other| is(word, other)));
    if !is_plain || filter.contains(['(', '"', ';']) || filter.matches('\'').count() % 2 == 1 {
        return None;
    }
    let all = words.split(|word| is(word, "and")).map(|condition| condition.join(" ")).collect::<Vec<_>>();
    // An `and` within quotes would have torn a text apart.
    all.iter().all(|one| !one.is_empty() && one.matches('\'').count() % 2 == 0).then_some(all)
}

fn population(changes: &mut Changes, at: &At, base: Option<&String>, head: Option<&String>) {
    let meta = match (base, head) {
        (None, None) => return,
        (None, Some(_)) => &code::DATASET_POPULATION_NARROWED,
        (Some(_), None) => &code::DATASET_POPULATION_WIDENED,
        (Some(one), Some(other)) if same_code(&text(one), &text(other)) => return,
        (Some(one), Some(other)) => match (conditions(one), conditions(other)) {
            (Some(before), Some(after)) => {
                let holds = |list: &[String], all: &[String]| all.iter().all(|one| list.contains(one));
                match (holds(&after, &before), holds(&before, &after)) {
                    (true, true) => return,
                    (false, true) => &code::DATASET_POPULATION_WIDENED,
                    // What nobody can order counts as the worse of the two.
                    _ => &code::DATASET_POPULATION_NARROWED,
                }
            }
            _ => &code::DATASET_POPULATION_NARROWED,
        },
    };
    changes.property(meta, at, "filter", base.map(text), head.map(text));
}

/// A day is valid or was named as a problem before; ISO days are ordered as their texts.
fn history(changes: &mut Changes, at: &At, base: Option<&String>, head: Option<&String>) {
    let codes = Codes {
        added: &code::DATASET_HISTORY_EXTENDED,
        removed: &code::DATASET_HISTORY_SHORTENED,
        tightened: &code::DATASET_HISTORY_EXTENDED,
        loosened: &code::DATASET_HISTORY_SHORTENED,
        changed: &code::DATASET_HISTORY_SHORTENED,
    };
    let order = |one: &String, other: &String| Some(one.cmp(other));
    if let Some(meta) = codes.of(base, head, Stronger::Lower, order) {
        changes.property(meta, at, "history_from", base.map(text), head.map(text));
    }
}

/// Fields of an order in one spelling: falling ones end in ` desc`, rising ones are bare.
fn ordered(ordering: &[String], renames: &Renames<'_>) -> Vec<String> {
    let one = |item: &String| {
        let mut words = item.split_whitespace();
        let field = renames.one(words.next().unwrap_or_default());
        let rest = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
        if rest.is_empty() || rest == "asc" { field } else { format!("{field} {rest}") }
    };
    ordering.iter().map(one).collect()
}

/// An order is finer where it goes on after the coarser one. Where neither goes on after the other, one promise is gone and
/// another is made.
fn ordering(changes: &mut Changes, at: &At, base: &[String], head: &[String]) {
    let value = |ordering: &[String]| (!ordering.is_empty()).then(|| texts(ordering));
    if !head.starts_with(base) {
        changes.property(&code::DATASET_ORDERING_WEAKENED, at, "ordering", value(base), value(head));
    }
    if !base.starts_with(head) {
        changes.property(&code::DATASET_ORDERING_STRENGTHENED, at, "ordering", value(base), value(head));
    }
}

/// Two promises in one word: that no row gets lost, and that none comes twice.
fn delivery(changes: &mut Changes, at: &At, base: Option<Delivery>, head: Option<Delivery>) {
    let promises = |delivery| match delivery {
        None => [false, false],
        Some(Delivery::AtMostOnce) => [false, true],
        Some(Delivery::AtLeastOnce) => [true, false],
        Some(Delivery::ExactlyOnce) => [true, true],
    };
    let (before, after) = (promises(base), promises(head));
    let lost = before.iter().zip(&after).any(|(before, after)| *before && !*after);
    let made = before.iter().zip(&after).any(|(before, after)| !*before && *after);
    let value = |delivery: Option<Delivery>| delivery.map(|delivery| text(delivery.name()));
    if lost {
        let meta = &code::DATASET_DELIVERY_SEMANTICS_WEAKENED;
        changes.property(meta, at, "delivery", value(base), value(head));
    }
    if made {
        let meta = &code::DATASET_DELIVERY_SEMANTICS_STRENGTHENED;
        changes.property(meta, at, "delivery", value(base), value(head));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_told_apart_where_that_is_sure() {
        let all = |filter: &str| conditions(filter).map(|all| all.join(" | "));
        assert_eq!(all("a > 1 AND b  = 'x y'").as_deref(), Some("a > 1 | b = 'x y'"));
        assert_eq!(all("a > 1 or b = 2"), None);
        assert_eq!(all("a between 1 and 2"), None);
        assert_eq!(all("not (a > 1 and b > 2)"), None);
        assert_eq!(all("a = 'x and y'"), None, "half a text is none");
    }
}
