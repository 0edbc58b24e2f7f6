use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Dataset};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "pii-without-retention",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract in force has personal data and does not say how long it may be kept.",
        page: include_str!("pii_without_retention.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_binding = contract.kind == ContractKind::Contract && contract.status.is_binding();
    let is_limited = contract.obligations.retention.is_some() || contract.service_levels.retention.is_some();
    if !is_binding || is_limited {
        return;
    }
    let (mut first, mut count) = (None, 0_usize);
    for dataset in contract.datasets.iter().filter(|dataset| dataset.service_levels.retention.is_none()) {
        unlimited(dataset, &mut first, &mut count);
    }
    if let Some((path, name)) = first {
        let others = match count {
            1 => String::new(),
            2 => " (and another field)".to_owned(),
            count => format!(" (and {} other fields)", count - 1),
        };
        let message = format!("{name} is personal data{others}, and nothing says how long it may be kept");
        findings.push(Finding::new(&RULE.meta, Label::at(contract.source, path), message).help(
            "add `retention` to `obligations`, how long readers may keep it, or `privacy.erase_within` to the field",
        ));
    }
}

/// The first field of personal data that no limit is given for, and how many there are.
fn unlimited(dataset: &Dataset, first: &mut Option<(crate::model::Path, String)>, count: &mut usize) {
    dataset.walk(&mut |path, field| {
        let is_limited = field.privacy.as_ref().is_some_and(|privacy| privacy.erase_within.is_some());
        if field.is_pii && !is_limited {
            *count += 1;
            first.get_or_insert_with(|| (path.key("is_pii"), quoted(&path.last_field())));
        }
    });
}
