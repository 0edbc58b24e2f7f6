use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Metric, Path, Quality, Quantity, ServiceLevels, SourceId};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "perfect-availability",
        group: Group::Quality,
        severity: Severity::Info,
        by_default: false,
        summary: "A service is promised to answer always.",
        page: include_str!("perfect_availability.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let source = contract.source;
    level(source, &Path::root(), &contract.quality, &contract.service_levels, findings);
    for dataset in &contract.datasets {
        level(source, &Path::dataset(&dataset.name), &dataset.quality, &dataset.service_levels, findings);
    }
}

fn level(source: SourceId, owner: &Path, quality: &[Quality], levels: &ServiceLevels, findings: &mut Vec<Finding>) {
    let promised = quality.iter().enumerate().filter(|(_, promise)| promise.metric == Metric::Availability);
    let promised =
        promised.map(|(index, promise)| (owner.key("quality").index(index).key("threshold"), &promise.threshold));
    let level = levels.availability.as_ref().map(|level| (owner.key("service_levels").key("availability"), level));
    for (path, _) in promised.chain(level).filter(|(_, promise)| is_all(promise)) {
        let message = "a service is promised to answer 100 % of the time, and none ever does";
        let help = "promise what is kept, such as `99.9%`: 100 % leaves not a second for a restart in ten years";
        findings.push(Finding::new(&RULE.meta, Label::at(source, path), message).help(help));
    }
}

fn is_all(promise: &Quantity) -> bool {
    promise.percent().is_some_and(|share| share >= 100.0)
}
