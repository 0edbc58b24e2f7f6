//! An ODCS tree to the model. The check has named what is wrong before; here what can't be read is passed over, and what
//! the model has no word for is left over, and kept.

mod constraints;
mod custom;
mod kept;
mod leftovers;
mod object;
mod people;
mod price;
mod property;
mod references;
mod rules;
mod servers;
mod service_levels;
mod types;

pub(super) use constraints::{Condition, conditions};
pub(super) use custom::{PACT, is_fragment};
pub(super) use leftovers::ODCS;
pub(super) use people::{is_mail, is_owner, member_name};
pub(super) use property::is_plain;
pub(super) use rules::{ENGINE, OPERATORS, RuleNames, family, is_rule};
pub(super) use servers::FILES;
pub(super) use service_levels::{Promise, promise_of};
pub(super) use types::plain_physical;

use semver::Version as SemVer;

use super::fragment;
use super::version::Version;
use crate::format::native::shapes;
use crate::format::values::texts;
use crate::model::{Contract, Dataset, SourceId, Status, Terms};
use crate::source::{Node, Problem};
use custom::{Custom, custom};
use kept::Fragments;
use leftovers::Leftovers;
use property::owned;
use references::References;

/// The contract of a tree; `None` where it has neither a name nor an id, or no version.
pub(super) fn contract(source: SourceId, tree: &Node) -> Option<Contract> {
    read(source, tree).0
}

/// The contract of a tree, and what is wrong with that which pact keeps in it in words of its own.
pub(super) fn read(source: SourceId, tree: &Node) -> (Option<Contract>, Vec<Problem>) {
    let fragments = Fragments::default();
    let contract = with_fragments(source, tree, &fragments);
    (contract, fragments.problems())
}

fn with_fragments<'a>(source: SourceId, tree: &'a Node, fragments: &Fragments<'a>) -> Option<Contract> {
    let named = |key: &str| tree.get(key).and_then(Node::scalar_text).filter(|name| !name.is_empty());
    let id = named("id");
    let name = named("name").or_else(|| id.clone())?;
    let written_version = tree.get("version")?.scalar_text()?;
    let standard = Version::declared(tree);
    let schema = tree.get("schema");
    let references = References::new(&name, schema);
    let whole = Whole { version: standard, references: &references, fragments };
    // One that does not say where in its life it is counts as active.
    let mut contract = Contract { status: Status::Active, ..Contract::new(source, name.clone()) };
    contract.id = id.filter(|id| *id != name);
    contract.format_version = format_version(tree);
    contract.version = nearest(&written_version).unwrap_or_else(|| SemVer::new(0, 0, 0));
    contract.written_version = SemVer::parse(&written_version).is_err().then_some(written_version);
    contract.datasets = object::objects(schema, whole);
    let mut rest = Leftovers::default();
    let (mut metadata, mut terms, mut default_element) = (Custom::default(), Terms::default(), None);
    let mut promises = None;
    for entry in tree.entries() {
        let value = &entry.value;
        match &*entry.key {
            "apiVersion" | "kind" | "id" | "name" | "version" | "schema" => {}
            "status" => status(&mut contract, value),
            "tenant" => contract.tenant = owned(value),
            "domain" => contract.domain = owned(value),
            "tags" => contract.tags = texts(Some(value)),
            "description" => description(&mut contract, &mut terms, value, &mut rest),
            "team" => people::team(&mut contract.publisher, value, &mut rest),
            "support" => people::support(&mut contract.publisher, value, &mut rest),
            "roles" => people::roles(&mut contract, value, fragments, &mut rest),
            "price" => contract.price = price::price(value, &mut rest),
            "servers" => contract.sources = servers::sources(value),
            "slaProperties" => promises = Some(value),
            "slaDefaultElement" => {
                default_element = value.text();
                rest.keep(entry);
            }
            "customProperties" => metadata = custom(value, &mut rest),
            _ => rest.keep(entry),
        }
    }
    if let Some(promises) = promises {
        service_levels::promises(&mut contract, promises, default_element, &mut rest);
    }
    contract.terms = (terms != Terms::default()).then(|| Box::new(terms));
    contract.metadata = metadata.metadata;
    rest.into_metadata(&mut contract.metadata);
    if let Some(fragment) = metadata.fragment {
        fragments.note(fragment, &shapes::CONTRACT);
        contract = fragment::contract(fragment, contract);
    }
    short_form(&mut contract);
    Some(contract)
}

/// What reading of any part needs to know of the whole.
#[derive(Debug, Clone, Copy)]
struct Whole<'a, 'r> {
    version: Option<Version>,
    references: &'r References<'a>,
    fragments: &'r Fragments<'a>,
}

/// The version of the standard that a file declares, as people write it.
fn format_version(tree: &Node) -> Option<String> {
    let declared = tree.get("apiVersion")?.text()?;
    Some(format!("ODCS {}", declared.strip_prefix(['v', 'V']).unwrap_or(declared)))
}

/// The SemVer version that a text is meant to be: with or without a `v`, and with zeros for parts that it does not have.
fn nearest(text: &str) -> Option<SemVer> {
    let plain = text.trim();
    let plain = plain.strip_prefix(['v', 'V']).unwrap_or(plain);
    if let Ok(version) = SemVer::parse(plain) {
        return Some(version);
    }
    let end = plain.find(['-', '+']).unwrap_or(plain.len());
    let (numbers, rest) = plain.split_at(end);
    let zeros = match numbers.split('.').count() {
        1 => ".0.0",
        2 => ".0",
        _ => return None,
    };
    SemVer::parse(&format!("{numbers}{zeros}{rest}")).ok()
}

/// A word that is none of those that pact knows counts as the strictest.
fn status(contract: &mut Contract, node: &Node) {
    let Some(written) = node.text().filter(|text| !text.is_empty()) else { return };
    match Status::from_name(&written.to_lowercase()) {
        Some(known) => contract.status = known,
        None => contract.written_status = Some(written.to_owned()),
    }
}

fn description(contract: &mut Contract, terms: &mut Terms, node: &Node, rest: &mut Leftovers) {
    contract.description = owned(node);
    let mut left = Leftovers::default();
    for entry in node.entries() {
        let value = &entry.value;
        match &*entry.key {
            "purpose" => contract.description = owned(value),
            "usage" => terms.usage = owned(value),
            "limitations" => terms.limitations = owned(value).into_iter().collect(),
            _ => left.keep(entry),
        }
    }
    rest.map("description", left);
}

/// A single object that is called as the contract and says nothing but its fields and rules is the contract itself.
fn short_form(contract: &mut Contract) {
    let [dataset] = contract.datasets.as_mut_slice() else { return };
    if dataset.name != contract.name {
        return;
    }
    let rules = std::mem::take(&mut dataset.rules);
    let fields = std::mem::take(&mut dataset.fields);
    contract.short_form = *dataset == Dataset { name: contract.name.clone(), ..Dataset::default() };
    dataset.fields = fields;
    if contract.short_form {
        // Those that belong to no object stand at the contract already.
        let others = std::mem::replace(&mut contract.rules, rules);
        contract.rules.extend(others);
    } else {
        dataset.rules = rules;
    }
}
