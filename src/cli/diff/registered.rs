//! What the rest of the registry says of a change: whether a new name is taken, and whose yes a subscription lacks.

use super::judge::Judge;
use crate::cli::workspace::Workspace;
use crate::diff::{Paired, verdict};
use crate::finding::change::{Change, ContractDiff};
use crate::model::{Contract, Registry};

/// So many new contracts are looked up by their names; whoever adds more begins a registry, and has it linted.
const MOST_ADDED: usize = 50;

/// The names of new contracts, which may be taken.
pub(super) fn added<'a>(found: &[(Paired<'a>, Vec<Change>)]) -> Vec<&'a str> {
    let added = found.iter().filter_map(|((base, head), _)| head.filter(|_| base.is_none()));
    let names: Vec<&str> = added.map(|(_, contract)| contract.name.as_str()).collect();
    if names.len() > MOST_ADDED { Vec::new() } else { names }
}

/// Says of new contracts that their names are taken.
pub(super) fn taken(found: &mut [(Paired<'_>, Vec<Change>)], registry: &Registry) {
    for ((base, head), changes) in found {
        let Some((_, head)) = head.filter(|_| base.is_none()) else { continue };
        if registry.contracts.iter().filter(|contract| contract.name == head.name).count() < 2 {
            continue;
        }
        for change in changes {
            change.help = Some("another file has a contract of this name: `pact lint` tells which".to_owned());
        }
    }
}

/// Finds whose yes the changes of a subscription lack.
pub(super) fn agree(
    diff: &mut ContractDiff,
    found: &[(Paired<'_>, Vec<Change>)],
    registry: &Registry,
    workspace: &Workspace,
    judge: &mut Judge<'_>,
) {
    let side = |side: Option<(&str, &Contract)>, name: &str| side.is_some_and(|(_, contract)| contract.is_called(name));
    let pair =
        found.iter().map(|(pair, _)| pair).find(|(base, head)| side(*base, &diff.name) || side(*head, &diff.name));
    let unchanged = || registry.contract(&diff.name);
    let (base, head) = match pair {
        Some((base, head)) => (base.map(|(_, contract)| contract), head.map(|(_, contract)| contract)),
        None => (unchanged(), unchanged()),
    };
    let config = &workspace.config;
    let circumstances = (judge.today, config.diff.gates.as_slice());
    let verdict = verdict::subscription(base, head, &diff.changes, config.compatibility, circumstances);
    diff.verdict = verdict.map(|mut verdict| {
        judge.remarks(&diff.name, &mut verdict);
        verdict
    });
}
