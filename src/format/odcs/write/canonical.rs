//! One form for contracts that mean the same: the one that their text in ODCS has.

use crate::model::{Contract, Rule, RuleFamily};

/// The contract with its datasets apart and each rule at the dataset that it is about. The order of a primary key is told
/// only where it is another one than that of the fields.
pub(super) fn canonical(contract: &Contract) -> Contract {
    let mut contract = contract.clone();
    contract.short_form = false;
    for rule in std::mem::take(&mut contract.rules) {
        let (dataset, rule) = placed(&contract, rule);
        match dataset.and_then(|dataset| contract.datasets.get_mut(dataset)) {
            Some(dataset) => dataset.rules.push(rule),
            None => contract.rules.push(rule),
        }
    }
    let single = contract.datasets.len() == 1;
    for dataset in &mut contract.datasets {
        for rule in &mut dataset.rules {
            if rule.dataset.as_ref() == Some(&dataset.name) {
                rule.dataset = None;
            }
        }
        // As the native format has them.
        dataset.rules.sort_by_key(|rule| rule.family == RuleFamily::Business);
        let in_order = dataset.fields.iter().filter(|field| field.is_primary_key).map(|field| &field.name);
        if dataset.key_order.iter().eq(in_order) {
            dataset.key_order.clear();
        }
        for quality in contract.quality.iter_mut().filter(|_| single) {
            let Some(field) = quality.measuring.as_deref_mut().and_then(|it| it.timestamp_field.as_mut()) else {
                continue;
            };
            let bare = field.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
            if let Some(bare) = bare.filter(|bare| dataset.field_at(bare).is_some()).map(str::to_owned) {
                *field = bare;
            }
        }
    }
    contract
}

/// The dataset that a rule of the contract is about, where that can be told, and the rule as it stands there.
fn placed(contract: &Contract, mut rule: Rule) -> (Option<usize>, Rule) {
    let named = |name: &str| contract.datasets.iter().position(|dataset| dataset.name == name);
    if let Some(name) = &rule.dataset {
        let dataset = named(name);
        rule.dataset = rule.dataset.filter(|_| dataset.is_none());
        return (dataset, rule);
    }
    if contract.datasets.len() == 1 {
        return (Some(0), rule);
    }
    let Some(field) = &rule.field else { return (None, rule) };
    let by_name = contract.datasets.iter().enumerate().find_map(|(index, dataset)| {
        let rest = field.strip_prefix(dataset.name.as_str())?.strip_prefix('.')?;
        dataset.field_at(rest).map(|_| (index, rest.to_owned()))
    });
    if let Some((dataset, rest)) = by_name {
        rule.field = Some(rest);
        return (Some(dataset), rule);
    }
    let dataset = contract.datasets.iter().position(|dataset| dataset.field_at(field).is_some());
    (dataset, rule)
}
