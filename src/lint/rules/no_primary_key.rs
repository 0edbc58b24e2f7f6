use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "no-primary-key",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A dataset does not say which fields identify a row.",
        page: include_str!("no_primary_key.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        if dataset.fields.is_empty() || dataset.primary_key().next().is_some() {
            continue;
        }
        let label = Label::at(contract.source, Path::dataset(&dataset.name));
        let message = format!("the dataset {} has no primary key", quoted(&dataset.name));
        // A field that is unique in every row is the likeliest key.
        let unique = dataset.fields.iter().find(|field| field.unique && !field.nullable);
        let help = match unique {
            Some(field) => format!("add `is_primary_key: true` to {}, which is unique", quoted(&field.name)),
            None => "add `is_primary_key: true` to the fields that identify a row".to_owned(),
        };
        findings.push(Finding::new(&RULE.meta, label, message).help(help));
    }
}
