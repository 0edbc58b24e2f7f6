use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Measure, Metric, Path, Quality, Quantity, ServiceLevels, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "empty-promise",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "A promise is kept whatever happens.",
        page: include_str!("empty_promise.md"),
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
    for (index, promise) in quality.iter().enumerate() {
        if promise.metric != Metric::Freshness && is(&promise.threshold, 0.0) {
            let path = owner.key("quality").index(index).key("threshold");
            findings.push(empty(source, promise.metric.name(), &promise.threshold, path));
        }
    }
    if *levels == ServiceLevels::default() {
        return;
    }
    let path = owner.key("service_levels");
    let volume = path.key("volume");
    let error_rate = levels.operation.as_ref().and_then(|operation| operation.error_rate.as_ref());
    let promises = [
        (&path, "completeness_min", "completeness", levels.completeness_min.as_ref(), 0.0),
        (&path, "availability", "availability", levels.availability.as_ref(), 0.0),
        (&path, "error_rate", "the error rate", error_rate, 100.0),
        (&volume, "floor", "the least volume", levels.volume.floor.as_ref(), 0.0),
    ];
    for (owner, key, name, promise, worst) in promises {
        if let Some(promise) = promise.filter(|promise| is(promise, worst)) {
            findings.push(empty(source, name, promise, owner.key(key)));
        }
    }
}

/// Whether a share or a count is the worst that there can be.
fn is(promise: &Quantity, worst: f64) -> bool {
    #[expect(clippy::float_cmp, reason = "the ends of shares and counts are written exactly")]
    match promise.measure() {
        Ok(Measure::Percent(value)) => value == worst,
        Ok(Measure::Count(value)) => value == worst && worst == 0.0,
        _ => false,
    }
}

fn empty(source: SourceId, name: &str, promise: &Quantity, path: Path) -> Finding {
    let message = format!("{name} is promised as {}, which is kept whatever happens", quoted(&promise.text));
    Finding::new(&RULE.meta, Label::at(source, path), message).help("write what readers can rely on, or remove it")
}
