use jiff::civil::Date;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::dates::day;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "contradictory-dates",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "Two dates in the life of the contract can not both be right.",
        page: include_str!("contradictory_dates.md"),
    },
    checks: &[Check::Contract(check)],
};

/// A date of the life of a contract: its key, and the day where there is one.
type Dated = (&'static str, Option<Date>);

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let life = &contract.lifecycle;
    let dated = |key, text: &Option<String>| -> Dated { (key, text.as_deref().and_then(day)) };
    let effective = dated("effective_date", &life.effective_date);
    let available = dated("available_from", &life.available_from);
    let deprecated = dated("deprecated_on", &life.deprecated_on);
    let sunset = dated("sunset_on", &life.sunset_on);
    let expires = dated("expires_on", &life.expires_on);
    let support = dated("support_until", &life.support_until);
    let in_order = [
        (effective, deprecated),
        (effective, sunset),
        (effective, expires),
        (available, sunset),
        (available, expires),
        (deprecated, sunset),
        (available, support),
    ];
    // The first one tells it: what else follows from the same date is no further mistake.
    let wrong = in_order.into_iter().find_map(|((first, one), (then, other))| {
        let (one, other) = (one?, other?);
        (one > other).then_some((first, one, then, other))
    });
    if let Some((first, one, then, other)) = wrong {
        let label = |key| Label::at(contract.source, Path::of("lifecycle").key(key));
        let message = format!("the contract has `{then}` {other}, before its `{first}` {one}");
        findings.push(
            Finding::new(&RULE.meta, label(then), message)
                .related(label(first).note("this comes first"))
                .help("correct one of the two: were they swapped?"),
        );
    }
}
