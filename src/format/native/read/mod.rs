//! A checked tree to the model. The shape check has named what is wrong before; here what can't be read is passed over.

pub(in crate::format) mod access;
mod constraint;
pub(in crate::format) mod data;
pub(in crate::format) mod dataset;
mod documents;
mod meaning;
mod rules;
mod service_levels;
pub(in crate::format) mod terms;

use std::sync::Arc;

use semver::Version;

use super::keys::{CALENDAR, CONTRACT, MODEL, SUBSCRIPTION};
use crate::format::Content;
use crate::format::values::{dict, each, literal, scalar, text, texts, word};
use crate::model::{Contract, ContractKind, Dataset, Design, SourceId, Status};
use crate::source::shape::{Shape, check};
use crate::source::{Node, Problem, Span, Value};
use access::access;
use data::fields;
use dataset::{dataset, unknown_keys};
use documents::{calendar, subscriber, subscription};
use service_levels::service_levels;
use terms::{
    alert, compatibility, lifecycle, lineage, obligations, price, publisher, quality, rules, scoring, sources, terms,
};

/// Reads a tree: what it means, as far as its identity is readable, and what is wrong with it.
pub(in crate::format) fn read(id: SourceId, tree: &Node) -> (Option<Content>, Vec<Problem>) {
    if tree.is_null() {
        let problem = Problem::new("empty-file", Span::default(), "the file is empty");
        return (None, vec![problem.help("`pact init` writes a contract to start from")]);
    }
    let kind = tree.get("kind").and_then(Node::text).unwrap_or("contract");
    let shape: &'static Shape = match kind {
        "subscription" => &SUBSCRIPTION,
        "model" => &MODEL,
        "calendar" => &CALENDAR,
        _ => &CONTRACT,
    };
    let mut problems = check(tree, shape);
    let content = match kind {
        "subscription" => subscription(id, tree).map(|subscription| Content::Subscription(Box::new(subscription))),
        "calendar" => calendar(id, tree).map(Content::Calendar),
        _ => {
            problems.extend(datasets_given(tree));
            problems.extend(unknown_keys(tree));
            problems.extend(rules::ambiguous(tree));
            let kind = if kind == "model" { ContractKind::Model } else { ContractKind::Contract };
            contract(id, kind, tree).map(|contract| Content::Contract(Arc::new(contract)))
        }
    };
    (content, problems)
}

/// A contract has `schema` or `datasets`, one of the two.
fn datasets_given(tree: &Node) -> Option<Problem> {
    match (tree.entry("schema"), tree.entry("datasets")) {
        (Some(_), Some(both)) => Some(
            Problem::new("schema-and-datasets", both.key_span, "a contract has `schema` or `datasets`, not both")
                .help("move the fields of `schema` into a dataset of its own"),
        ),
        (None, None) if matches!(tree.value, Value::Map(_)) => {
            let span = tree.entries().first().map_or(tree.span, |entry| entry.key_span);
            Some(
                Problem::new("missing-key", span, "the contract has neither `schema` nor `datasets`")
                    .help("add `schema` with a list of fields"),
            )
        }
        _ => None,
    }
}

/// What only an internal model says.
fn design(node: &Node) -> Design {
    Design {
        publishes: text(node, "publishes"),
        baselines: dict(node.get("baselines"), literal),
        tolerances: dict(node.get("tolerances"), literal),
    }
}

pub(in crate::format) fn contract(id: SourceId, kind: ContractKind, node: &Node) -> Option<Contract> {
    let name = text(node, "name")?;
    let short_form = node.get("datasets").is_none();
    let datasets = if short_form {
        vec![Dataset { name: name.clone(), fields: fields(node.get("schema")), ..Dataset::default() }]
    } else {
        each(node.get("datasets"), dataset)
    };
    Some(Contract {
        source: id,
        kind,
        id: scalar(node, "id").filter(|id| *id != name),
        format_version: None,
        written_version: None,
        written_status: None,
        version: Version::parse(&text(node, "version")?).ok()?,
        status: word(node, "status", Status::from_name).unwrap_or_default(),
        title: text(node, "title"),
        tenant: text(node, "tenant"),
        description: text(node, "description"),
        domain: text(node, "domain"),
        tags: texts(node.get("tags")),
        metadata: dict(node.get("metadata"), literal),
        compatibility: node.get("compatibility").filter(|node| !node.is_null()).map(compatibility),
        publisher: node.get("publisher").map(publisher).unwrap_or_default(),
        datasets,
        short_form,
        quality: node.get("quality").map(quality).unwrap_or_default(),
        rules: node.get("rules").map(rules).unwrap_or_default(),
        service_levels: node.get("service_levels").map(service_levels).unwrap_or_default(),
        access: node.get("access").filter(|node| !node.is_null()).map(access),
        subscribers: each(node.get("subscribers"), subscriber),
        obligations: node.get("obligations").map(obligations).unwrap_or_default(),
        terms: node.get("terms").and_then(terms),
        price: node.get("price").and_then(price),
        sources: node.get("sources").map_or_else(Vec::new, sources),
        lineage: node.get("lineage").map(lineage).unwrap_or_default(),
        lifecycle: node.get("lifecycle").map(lifecycle).unwrap_or_default(),
        alerts: each(node.get("alerts"), alert),
        scoring: node.get("scoring").map(scoring).unwrap_or_default(),
        design: Some(design(node)).filter(|it| kind == ContractKind::Model && *it != Design::default()).map(Box::new),
        name,
    })
}
