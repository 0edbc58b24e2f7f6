//! Datasets: which there are, what they are, and everything below them.

use super::align::{self, Match};
use super::documentation::{description, tags};
use super::{At, Changes, code, field, keys, quality, service_levels, text};
use crate::diff::lattice::Profile;
use crate::finding::change::Sureness;
use crate::model::{Contract, Dataset, Medium, Path};

pub(super) fn compare(changes: &mut Changes, base: &Contract, head: &Contract) {
    let short = base.short_form && head.short_form;
    // The one dataset of the short form has the contract's name: that changes with it and is no change of its own.
    if let ([one], [other], true) = (base.datasets.as_slice(), head.datasets.as_slice(), short) {
        changes.profile = profile((base, one), (head, other));
        dataset(changes, one, other, Name::OfContract);
        changes.profile = Profile::default();
        return;
    }
    let pairing = align::datasets(&base.datasets, &head.datasets);
    for gone in pairing.removed {
        let at = At::both(&Path::dataset(&gone.name));
        changes.push(&code::DATASET_REMOVED, &at, Some(text(&gone.name)), None);
    }
    for new in pairing.added {
        let at = At::both(&Path::dataset(&new.name));
        changes.push(&code::DATASET_ADDED, &at, None, Some(text(&new.name)));
    }
    for (one, other, why) in pairing.both {
        changes.profile = profile((base, one), (head, other));
        dataset(changes, one, other, Name::Own(why));
    }
    changes.profile = Profile::default();
}

/// The worse of both sides: a change can't make itself harmless by another medium.
fn profile(base: (&Contract, &Dataset), head: (&Contract, &Dataset)) -> Profile {
    Profile::of(base.0, base.1).worst(Profile::of(head.0, head.1))
}

/// Where the name of a dataset comes from.
#[derive(Clone, Copy)]
enum Name {
    OfContract,
    Own(Match),
}

fn dataset(changes: &mut Changes, base: &Dataset, head: &Dataset, why: Name) {
    let at = At { base: Path::dataset(&base.name), head: Path::dataset(&head.name) };
    named(changes, &at, base, head, why);
    medium(changes, &at, base, head);
    let (before, after) = (base.description.as_ref(), head.description.as_ref());
    description(changes, &at, before, after, &code::DATASET_DESCRIPTION_CHANGED);
    tags(changes, &at, &base.tags, &head.tags);
    let fields = field::list(changes, &at, &base.fields, &head.fields);
    keys::compare(changes, &at, base, head, &fields);
    quality::compare(changes, &at, &base.quality, &head.quality);
    quality::rules(changes, &at, &base.rules, &head.rules);
    service_levels::compare(changes, &at.key("service_levels"), &base.service_levels, &head.service_levels);
}

/// The name by which queries know a dataset is the physical one; without one it is the logical one.
fn named(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset, why: Name) {
    let short = matches!(why, Name::OfContract);
    let physical = |dataset: &Dataset| dataset.physical_name.clone().unwrap_or_else(|| dataset.name.clone());
    let (before, after) = (physical(base), physical(head));
    let moved = before != after && !(short && base.physical_name == head.physical_name);
    if moved {
        let values = (Some(text(&before)), Some(text(&after)));
        let key = if base.name == head.name { "physical_name" } else { "name" };
        let change = changes.property(&code::DATASET_PHYSICAL_NAME_CHANGED, at, key, values.0, values.1);
        if matches!(why, Name::Own(Match::Evidence)) {
            change.sure = Sureness::Possible;
            change.help =
                Some(format!("if it is the same dataset, say so in the new one: `previously: {}`", base.name));
        }
    } else if base.name != head.name && !short {
        let values = (Some(text(&base.name)), Some(text(&head.name)));
        changes.property(&code::DATASET_LOGICAL_NAME_CHANGED, at, "name", values.0, values.1);
    }
}

fn medium(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset) {
    let medium = |dataset: &Dataset| dataset.medium.unwrap_or(Medium::Table);
    let (before, after) = (medium(base), medium(head));
    if before == after {
        return;
    }
    let is_relation = |medium| matches!(medium, Medium::Table | Medium::View);
    let relations = is_relation(before) && is_relation(after);
    let meta = if relations { &code::DATASET_KIND_CHANGED } else { &code::DATASET_MEDIUM_CHANGED };
    changes.property(meta, at, "medium", Some(text(before.name())), Some(text(after.name())));
}
