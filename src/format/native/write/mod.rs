//! The model to text of the native format: keys in the order of the reference, and nothing that says the default.
//!
//! The functions for single parts are what other formats use to keep a part that they have no words for.

pub(in crate::format) mod access;
pub(in crate::format) mod constraint;
pub(in crate::format) mod data;
pub(in crate::format) mod dataset;
mod fit;
pub(in crate::format) mod meaning;
mod names;
pub(in crate::format) mod service_levels;
pub(in crate::format) mod terms;
pub(in crate::format) mod tree;

use super::keys::{CONTRACT, MODEL, SOURCE};
use crate::format::Written;
use crate::model::{Contract, ContractKind, Literal, Status};
use crate::source::emit::yaml;

use access::access;
use dataset::dataset;
use service_levels::service_levels;
use terms::{
    alert, compatibility, lifecycle, lineage, obligations, price, publisher, quality, rules, scoring, subscriber, terms,
};
use tree::Keys;

/// A contract in the native format, and what the format can't say as it was said. The text is always read without a
/// problem, as the same contract but for what the notes tell.
pub(in crate::format) fn write(it: &Contract) -> Written {
    let (it, mut notes) = names::fitting(it);
    let shape = if it.kind == ContractKind::Model { &MODEL } else { &CONTRACT };
    let (tree, more) = fit::fit(contract(&it), shape, &it.name);
    notes.extend(more);
    Written { text: spaced(&yaml(&tree)), notes }
}

/// A contract with everything in it.
pub(in crate::format) fn contract(it: &Contract) -> Literal {
    let mut keys = Keys::new();
    keys.text("kind", (it.kind == ContractKind::Model).then_some("model"))
        .text("name", Some(&it.name))
        // One that is the name says nothing more, and is not read as one.
        .scalar("id", it.id.as_deref().filter(|id| *id != it.name))
        .text("version", Some(&it.version.to_string()))
        .text("status", (it.status != Status::default()).then_some(it.status.name()))
        .text("title", it.title.as_deref())
        .text("description", it.description.as_deref())
        .text("domain", it.domain.as_deref())
        .text("tenant", it.tenant.as_deref())
        .texts("tags", &it.tags)
        .some("compatibility", it.compatibility.map(compatibility))
        .map("publisher", publisher(&it.publisher));
    let mut datasets: Vec<Literal> = it.datasets.iter().map(dataset).collect();
    match datasets.as_mut_slice() {
        [only] if it.short_form => match plain_fields(only, &it.name) {
            Some(fields) => keys.put("schema", fields),
            None => keys.put("datasets", Literal::List(datasets)),
        },
        _ => keys.put("datasets", Literal::List(datasets)),
    };
    keys.list("quality", &it.quality, quality)
        .map("rules", rules(&it.rules))
        .map("service_levels", service_levels(&it.service_levels))
        .some("access", it.access.as_ref().map(access))
        .list("subscribers", &it.subscribers, subscriber)
        .map("obligations", obligations(&it.obligations))
        .some("terms", it.terms.as_deref().map(terms))
        .some("price", it.price.as_deref().map(price))
        .map("sources", sources(it))
        .map("lineage", lineage(&it.lineage))
        .map("lifecycle", lifecycle(&it.lifecycle))
        .list("alerts", &it.alerts, alert)
        .map("scoring", scoring(&it.scoring));
    if let Some(design) = it.design.as_deref() {
        keys.text("publishes", design.publishes.as_deref()).dict("baselines", &design.baselines, Clone::clone).dict(
            "tolerances",
            &design.tolerances,
            Clone::clone,
        );
    }
    keys.dict("metadata", &it.metadata, Clone::clone).done()
}

fn sources(it: &Contract) -> Literal {
    let known = |key: &str, value: &Literal| fit::takes(&SOURCE, key, value);
    Literal::Map(it.sources.iter().map(|one| (one.environment.clone(), terms::source(one, known))).collect())
}

/// The fields of a dataset that says nothing else, under the name of its contract.
fn plain_fields(dataset: &mut Literal, contract: &str) -> Option<Literal> {
    let Literal::Map(entries) = dataset else { return None };
    match entries.as_mut_slice() {
        [(_, name), (_, fields)] if name.text() == Some(contract) => Some(std::mem::replace(fields, Literal::Null)),
        _ => None,
    }
}

/// An empty line before each key of the top level whose value stands below it. Text of several lines is indented there, and
/// none of it ends with lines that count.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 32);
    for line in text.lines() {
        if line.ends_with(':') && !line.starts_with([' ', '"', '\'']) && !spaced.is_empty() {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}

#[cfg(test)]
mod tests;
