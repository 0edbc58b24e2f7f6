//! Two versions of a contract to the changes between them: pure, values in, values out. Whoever calls has read both sides.

mod align;
pub mod catalog;
mod change;
mod direction;
pub mod impact;
mod language;
pub mod lattice;
mod rules;
mod sql;
pub mod verdict;
mod witness;

use jiff::civil::Date;

use crate::finding::change::{Change, Level, Side};
use crate::model::{Contract, Literal, Path, SourceId, Subscriber, Subscription};
use change::{At, Changes};

pub use align::{Paired, Placed, contracts as pair, renamed_datasets};

/// The changes between two versions of a contract, worst first. `today` decides whether a sunset date has passed.
pub fn contract(base: Option<&Contract>, head: Option<&Contract>, today: Date) -> Vec<Change> {
    let alone = |contract: &Contract, meta, [before, after]: [Option<SourceId>; 2]| {
        let side = |source: Option<SourceId>| Side {
            source,
            path: Path::root(),
            place: Path::of("name"),
            value: source.map(|_| Literal::Text(contract.version.to_string())),
        };
        vec![change::new(meta, &contract.name, side(before), side(after))]
    };
    match (base, head) {
        (None, None) => Vec::new(),
        (None, Some(head)) => alone(head, &catalog::CONTRACT_ADDED, [None, Some(head.source)]),
        (Some(base), None) => alone(base, &catalog::CONTRACT_REMOVED, [Some(base.source), None]),
        (Some(base), Some(head)) => {
            let mut changes = sink(&base.name, [base.source, head.source], today);
            changes.names[1].clone_from(&head.name);
            rules::compare(&mut changes, base, head);
            witness::of_promises(&mut changes.list);
            sorted(changes.list)
        }
    }
}

/// The changes between two versions of a consumer's subscription in a file of its own.
pub fn subscription(base: Option<&Subscription>, head: Option<&Subscription>, today: Date) -> Vec<Change> {
    let Some(one) = head.or(base) else { return Vec::new() };
    let source = |side: Option<&Subscription>| side.unwrap_or(one).source;
    let mut changes = sink(&one.contract, [source(base), source(head)], today);
    let at = At::both(&Path::root());
    let before = base.map(|subscription| &subscription.subscriber);
    let after = head.map(|subscription| &subscription.subscriber);
    let element = At::of("subscribers").named(&one.subscriber.team);
    rules::subscriber(&mut changes, &(element, at), before, after);
    for change in &mut changes.list {
        change.base.source = base.map(|base| base.source);
        change.head.source = head.map(|head| head.source);
    }
    sorted(changes.list)
}

/// Where a contract and a subscription in a file of its own come to disagree, before and after.
pub fn standing(
    (base, before): (&Contract, Option<&Subscriber>),
    (head, after): (&Contract, &Subscriber),
    today: Date,
) -> Vec<Change> {
    let mut changes = sink(&base.name, [base.source, head.source], today);
    let at = At::of("subscribers").named(&after.team);
    rules::standing(&mut changes, &at, (base, before), (head, after));
    changes.list
}

/// That a contract which this one is made of has changed incompatibly. `path` leads from there to here.
pub fn upstream(dependent: &Contract, path: &[String]) -> Change {
    let side =
        |value| Side { source: Some(dependent.source), path: Path::of("lineage"), place: Path::of("lineage"), value };
    let path = Literal::Text(path.join(" -> "));
    change::new(&catalog::UPSTREAM_CONTRACT_CHANGED, &dependent.name, side(None), side(Some(path)))
}

/// The note that the file of a contract has moved.
pub fn moved(base: &Contract, head: &Contract, from: &str, to: &str) -> Change {
    let side = |contract: &Contract, path: &str| Side {
        source: Some(contract.source),
        path: Path::root(),
        place: Path::of("name"),
        value: Some(Literal::Text(path.to_owned())),
    };
    change::new(&catalog::CONTRACT_MOVED, &base.name, side(base, from), side(head, to))
}

fn sink(contract: &str, sources: [SourceId; 2], today: Date) -> Changes {
    Changes {
        contract: contract.to_owned(),
        names: [contract.to_owned(), contract.to_owned()],
        sources,
        today,
        languages: language::Languages::default(),
        profile: lattice::Profile::default(),
        list: Vec::new(),
    }
}

/// Worst first; what is as bad in the order of the contract.
fn sorted(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_key(|change| {
        let rank = |level: Level| std::cmp::Reverse(level);
        (rank(change.levels.reader), rank(change.levels.writer))
    });
    changes
}

#[cfg(test)]
mod tests;
