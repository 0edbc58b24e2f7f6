use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{Literal, MeasuredMetric};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-result-unit",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "The unit of a measured number is none that metrics have.",
        page: include_str!("unknown_result_unit.md"),
    },
    checks: &[Check::Quality(check)],
};

fn check(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(assertion) = at.rule.assertion.as_deref() else { return };
    let Some(unit) = assertion.unit.as_deref().filter(|_| assertion.subject.metric().is_some()) else { return };
    let is_share = matches!(unit.trim().to_lowercase().as_str(), "percent" | "%");
    if is_share && assertion.subject.metric() == Some(MeasuredMetric::RowCount) {
        let message =
            format!("the rule {} counts rows, and says percent: nobody can tell of what", quoted(&at.rule.name));
        findings.push(Finding::new(&RULE.meta, at.label_of("unit"), message).help("remove `unit`, or write `rows`"));
        return;
    }
    if matches!(unit.trim().to_lowercase().as_str(), "" | "rows" | "percent" | "%") {
        return;
    }
    let message =
        format!("the rule {} is told in {}, and metrics count rows or percent", quoted(&at.rule.name), quoted(unit));
    let label = at.label_of("unit");
    let place = label.place.clone();
    let finding = Finding::new(&RULE.meta, label, message);
    findings.push(match nearest(unit, ["percent", "rows"]) {
        Some(near) => finding
            .help(format!("did you mean `{near}`?"))
            .fix(Fix::guess(format!("write `{near}`"), vec![Edit::Value(place, Literal::Text(near.to_owned()))])),
        None => finding.help("write `percent` or `rows`; a query may return anything, and has any unit"),
    });
}
