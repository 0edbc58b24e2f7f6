use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "price-without-unit",
        group: Group::Governance,
        severity: Severity::Info,
        by_default: true,
        summary: "A price does not say what it is for.",
        page: include_str!("price_without_unit.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(price) = contract.price.as_deref() else { return };
    let is_said = price.per.as_deref().is_some_and(|per| !per.trim().is_empty());
    // What is free is free whatever one takes.
    if price.amount > 0.0 && !is_said {
        findings.push(
            Finding::new(
                &RULE.meta,
                Label::at(contract.source, Path::of("price")),
                "the price does not say what it is for",
            )
            .help("add `per`, such as `month` or `1000 requests`"),
        );
    }
}
