//! Contracts to findings: what is wrong with a contract on its own and among the others.

mod backtracking;
mod context;
mod currencies;
mod patterns;
mod rules;
pub mod secrets;
mod siblings;
mod values;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::finding::{Finding, Label, RuleMeta};
use crate::model::{self, Contract, Dataset, Field, Path, Registry, RuleFamily, SourceId, Subscription};

use context::Context;

/// A rule of the linter: what it is, and how it looks at things.
pub struct Rule {
    /// Code, level, page.
    pub meta: RuleMeta,
    checks: &'static [Check],
}

/// How a rule looks at things. A rule may look at several kinds.
enum Check {
    /// At each contract as a whole.
    Contract(for<'a> fn(&'a Contract, &Context<'a>, &mut Vec<Finding>)),
    /// At each field, nested ones included. The fields are walked once for all rules.
    Field(fn(&FieldAt<'_>, &Context<'_>, &mut Vec<Finding>)),
    /// At each rule of quality.
    Quality(for<'a> fn(&RuleAt<'a>, &Context<'a>, &mut Vec<Finding>)),
    /// At each subscription in a file of its own.
    Subscription(fn(&Subscription, &Context<'_>, &mut Vec<Finding>)),
}

/// A field and where it stands.
struct FieldAt<'a> {
    contract: &'a Contract,
    dataset: &'a Dataset,
    field: &'a Field,
    path: &'a Path,
}

impl FieldAt<'_> {
    /// The place of the field itself.
    fn label(&self) -> Label {
        Label::at(self.contract.source, self.path.clone())
    }

    /// The place of one of its keys.
    fn label_of(&self, key: &'static str) -> Label {
        Label::at(self.contract.source, self.path.key(key))
    }

    /// The place of the value of one of its constraints.
    fn label_of_constraint(&self, index: usize) -> Label {
        Label::at(self.contract.source, self.path.key("constraints").index(index).key("value"))
    }

    /// The field as messages name it: `lines[]` are the items of `lines`.
    fn called(&self) -> String {
        crate::source::words::quoted(&self.path.last_field())
    }
}

/// A rule of quality and where it stands.
struct RuleAt<'a> {
    contract: &'a Contract,
    /// The dataset that it stands in; `None` where it stands in the contract itself.
    dataset: Option<&'a Dataset>,
    rule: &'a model::Rule,
    /// Its place among the rules of its family there.
    index: usize,
}

impl<'a> RuleAt<'a> {
    /// Every rule of a contract: its own, then those of each dataset.
    fn all(contract: &'a Contract) -> impl Iterator<Item = Self> {
        let own = std::iter::once((None, contract.rules.as_slice()));
        let others = contract.datasets.iter().map(|dataset| (Some(dataset), dataset.rules.as_slice()));
        own.chain(others).flat_map(move |(dataset, rules)| {
            let mut next = [0, 0];
            rules.iter().map(move |rule| {
                let [technical, business] = &mut next;
                let next = if rule.family == RuleFamily::Technical { technical } else { business };
                *next += 1;
                Self { contract, dataset, rule, index: *next - 1 }
            })
        })
    }

    fn path(&self) -> Path {
        let around = self.dataset.map_or_else(Path::root, |dataset| Path::dataset(&dataset.name));
        around.key("rules").key(self.rule.family.name()).index(self.index)
    }

    /// The place of the rule itself.
    fn label(&self) -> Label {
        Label::at(self.contract.source, self.path())
    }

    /// The place of one of its keys.
    fn label_of(&self, key: &'static str) -> Label {
        Label::at(self.contract.source, self.path().key(key))
    }

    /// What its name and its id tell apart: the rules of one list.
    fn list(&self) -> Option<*const Dataset> {
        self.dataset.map(std::ptr::from_ref)
    }
}

/// Every rule, sorted by code.
pub use rules::RULES;

/// Looks at the contracts and subscriptions that come from the given documents; the others are there to be referred to.
/// Findings come in the order of the documents, contracts before subscriptions.
pub fn run(registry: &Registry, targets: &[SourceId]) -> Vec<Finding> {
    let context = Context::new(registry);
    let wanted: HashSet<SourceId> = targets.iter().copied().collect();
    let contracts = registry
        .contracts
        .par_iter()
        .filter(|contract| wanted.contains(&contract.source))
        .flat_map_iter(|contract| contract_findings(contract, &context));
    let subscriptions = registry
        .subscriptions
        .par_iter()
        .filter(|subscription| wanted.contains(&subscription.source))
        .flat_map_iter(|subscription| subscription_findings(subscription, &context));
    contracts.chain(subscriptions).collect()
}

fn contract_findings<'a>(contract: &'a Contract, context: &Context<'a>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in RULES.iter().flat_map(|rule| rule.checks) {
        if let Check::Contract(look) = check {
            look(contract, context, &mut findings);
        }
    }
    for at in RuleAt::all(contract) {
        for check in RULES.iter().flat_map(|rule| rule.checks) {
            if let Check::Quality(look) = check {
                look(&at, context, &mut findings);
            }
        }
    }
    for dataset in &contract.datasets {
        dataset.walk(&mut |path, field| {
            let at = FieldAt { contract, dataset, field, path };
            for check in RULES.iter().flat_map(|rule| rule.checks) {
                if let Check::Field(look) = check {
                    look(&at, context, &mut findings);
                }
            }
        });
    }
    findings
}

fn subscription_findings(subscription: &Subscription, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in RULES.iter().flat_map(|rule| rule.checks) {
        if let Check::Subscription(look) = check {
            look(subscription, context, &mut findings);
        }
    }
    findings
}
