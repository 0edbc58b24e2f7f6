use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{Literal, MeasuredMetric, Statistic, Subject};
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
    if let Subject::Statistic(statistic) = &assertion.subject {
        let is_percent = matches!(unit.trim().to_lowercase().as_str(), "percent" | "%");
        let (is_share, metric) = (matches!(statistic, Statistic::Share(_)), quoted(statistic.metric().name()));
        let (why, help) = match (is_share, is_percent) {
            (true, true) => return,
            (true, false) => {
                (format!("{metric} is told from 0 to 1, or in percent"), "remove `unit`, or write `percent`")
            }
            (false, _) => (format!("{metric} is told in what the values of the field are in"), "remove `unit`"),
        };
        let message = format!("the rule {} has the unit {}, and {why}", quoted(&at.rule.name), quoted(unit));
        findings.push(Finding::new(&RULE.meta, at.label_of("unit"), message).help(help));
        return;
    }
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
