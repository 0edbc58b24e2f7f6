use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::currencies::is_currency;
use crate::lint::personal::words;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{DataType, Exactness};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "float-money",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "An amount of money is a binary floating-point number.",
        page: include_str!("float_money.md"),
    },
    checks: &[Check::Field(check)],
};

/// Words of names that tell of a number made of many amounts.
const MEANS: &[&str] = &["average", "avg", "deviation", "mean", "median", "stddev", "variance"];

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(unit) = at.field.unit.as_deref().filter(|_| at.field.data_type == DataType::Float) else { return };
    // An estimate has no cents to lose.
    let exactness = at.field.semantics.as_ref().and_then(|semantics| semantics.exactness);
    // Neither has a mean.
    let is_mean = words(&at.field.name).iter().any(|word| MEANS.contains(&word.as_str()));
    if !is_mean && is_currency(unit) && exactness.is_none_or(|exactness| exactness == Exactness::Exact) {
        let message = format!("{} is money in {}, and a float keeps no cents exactly", at.called(), quoted(unit));
        let help =
            "write `data_type: decimal` with `precision` and `scale`: 0.1 + 0.2 is not 0.3 in a float, and sums drift";
        findings.push(Finding::new(&RULE.meta, at.label_of("data_type"), message).help(help));
    }
}
