//! Contracts to findings: what is wrong with a contract on its own and among the others.

mod rules;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::finding::{Finding, RuleMeta};
use crate::model::{Contract, Registry, SourceId};

/// A rule of the linter: what it is, and how it looks at a contract.
pub struct Rule {
    /// Code, level, page.
    pub meta: RuleMeta,
    check: fn(&Contract, &Context<'_>, &mut Vec<Finding>),
}

/// What rules may look at beside the contract in hand.
pub struct Context<'a> {
    /// Everything in the repository.
    pub registry: &'a Registry,
    /// Contracts by name, in the order of their files: several where a name is taken twice.
    by_name: HashMap<&'a str, Vec<&'a Contract>>,
}

/// Every rule, sorted by code.
pub use rules::RULES;

/// Looks at the contracts and subscriptions that come from the given documents; the others are there to be referred to.
/// Findings are sorted by document and rule.
pub fn run(registry: &Registry, targets: &[SourceId]) -> Vec<Finding> {
    let mut by_name: HashMap<&str, Vec<&Contract>> = HashMap::new();
    for contract in &registry.contracts {
        by_name.entry(&contract.name).or_default().push(contract);
    }
    let context = Context { registry, by_name };
    let wanted: std::collections::HashSet<SourceId> = targets.iter().copied().collect();
    registry
        .contracts
        .par_iter()
        .filter(|contract| wanted.contains(&contract.source))
        .flat_map_iter(|contract| {
            let mut findings = Vec::new();
            for rule in RULES {
                (rule.check)(contract, &context, &mut findings);
            }
            findings
        })
        .collect()
}
