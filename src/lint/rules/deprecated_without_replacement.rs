use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Deprecation, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "deprecated-without-replacement",
        group: Group::Structure,
        severity: Severity::Info,
        by_default: false,
        summary: "Something is deprecated, and nothing says what to use instead.",
        page: include_str!("deprecated_without_replacement.md"),
    },
    checks: &[Check::Contract(datasets), Check::Field(field)],
};

fn datasets(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        let label = || Label::at(contract.source, Path::dataset(&dataset.name).key("deprecated"));
        look(dataset.deprecated.as_deref(), || quoted(&dataset.name), label, findings);
    }
}

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    look(at.field.deprecated.as_deref(), || at.called(), || at.label_of("deprecated"), findings);
}

fn look(
    deprecated: Option<&Deprecation>,
    called: impl FnOnce() -> String,
    label: impl FnOnce() -> Label,
    findings: &mut Vec<Finding>,
) {
    if deprecated.is_some_and(|deprecated| deprecated.replaced_by.is_none()) {
        let message = format!("{} is deprecated, and nothing says what to use instead", called());
        let help = "add `replaced_by` with the name of what readers should use";
        findings.push(Finding::new(&RULE.meta, label(), message).help(help));
    }
}
