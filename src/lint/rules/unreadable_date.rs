use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::{self, day};
use crate::lint::values::is_variable;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Literal};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unreadable-date",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A date in the life of the contract can not be read.",
        page: include_str!("unreadable_date.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for date in dates::of_life(contract) {
        if day(date.text).is_none() && !is_variable(&Literal::Text(date.text.to_owned())) {
            let message = format!("{} is no date", quoted(date.text));
            findings.push(
                Finding::new(&RULE.meta, Label::at(contract.source, date.path), message)
                    .help("write it as YYYY-MM-DD, such as `2027-01-31`: nobody else can tell when it is"),
            );
        }
    }
}
