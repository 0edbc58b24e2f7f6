//! Contracts to findings: what is wrong with a contract on its own and among the others.

mod context;
mod patterns;
mod rules;
pub mod secrets;
mod values;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::finding::{Finding, Label, RuleMeta};
use crate::model::{Contract, Dataset, Field, Path, Registry, SourceId, Subscription};

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
