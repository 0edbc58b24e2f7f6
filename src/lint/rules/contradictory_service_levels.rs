use std::cmp::Ordering;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Measure, Path, Quantity, ServiceLevels, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "contradictory-service-levels",
        group: Group::Quality,
        severity: Severity::Error,
        by_default: true,
        summary: "Two promises about operation can not be kept both.",
        page: include_str!("contradictory_service_levels.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let source = contract.source;
    levels(source, &Path::root(), &contract.service_levels, None, findings);
    for dataset in &contract.datasets {
        let late = dataset.late_arrival.as_ref();
        levels(source, &Path::dataset(&dataset.name), &dataset.service_levels, late, findings);
    }
}

/// A promise, and the keys that lead to it.
type Promise<'a> = (&'a [&'static str], Option<&'a Quantity>);

fn levels(
    source: SourceId,
    owner: &Path,
    levels: &ServiceLevels,
    late: Option<&Quantity>,
    findings: &mut Vec<Finding>,
) {
    let volume = &levels.volume;
    let operation = levels.operation.as_deref();
    let incidents = operation.map(|operation| &operation.incidents);
    let floor: Promise<'_> = (&["service_levels", "volume", "floor"], volume.floor.as_ref());
    let baseline: Promise<'_> = (&["service_levels", "volume", "baseline"], volume.baseline.as_ref());
    let ceiling: Promise<'_> = (&["service_levels", "volume", "ceiling"], volume.ceiling.as_ref());
    let p50: Promise<'_> = (&["service_levels", "latency", "p50"], levels.latency_p50.as_ref());
    let p95: Promise<'_> = (&["service_levels", "latency", "p95"], levels.latency_p95.as_ref());
    let retention: Promise<'_> = (&["service_levels", "retention"], levels.retention.as_ref());
    let replay: Promise<'_> =
        (&["service_levels", "replay_window"], operation.and_then(|operation| operation.replay_window.as_ref()));
    let maintenance = operation.and_then(|operation| operation.maintenance.as_ref());
    let at_most: Promise<'_> =
        (&["service_levels", "maintenance", "at_most"], maintenance.and_then(|one| one.at_most.as_ref()));
    let period: Promise<'_> =
        (&["service_levels", "maintenance", "period"], maintenance.and_then(|one| one.period.as_ref()));
    let detect: Promise<'_> =
        (&["service_levels", "incidents", "detect_within"], incidents.and_then(|one| one.detect_within.as_ref()));
    let repair: Promise<'_> =
        (&["service_levels", "incidents", "repair_within"], incidents.and_then(|one| one.repair_within.as_ref()));
    let pairs: [(Promise<'_>, Promise<'_>, &str); 8] = [
        (p50, p95, "half of the requests can't take longer than 95 of 100 do"),
        (floor, ceiling, "no count of rows lies between the two"),
        (floor, baseline, "the usual count of rows is below the least one"),
        (baseline, ceiling, "the usual count of rows is above the greatest one"),
        (replay, retention, "what is no longer kept can't be read again"),
        ((&["late_arrival"], late), retention, "rows may come after they have to be gone"),
        (at_most, period, "downtime can't take longer than the time over which it is counted"),
        (detect, repair, "what has not been noticed can't be repaired"),
    ];
    for (least, most, why) in pairs {
        let (Some(low), Some(high)) = (least.1, most.1) else { continue };
        if order(low, high) == Some(Ordering::Greater) {
            let label = |keys: &[&'static str]| {
                Label::at(source, keys.iter().fold(owner.clone(), |path, key| path.key(*key)))
            };
            let name = |keys: &[&'static str]| keys.last().copied().unwrap_or_default();
            let (one, other) = (name(least.0), name(most.0));
            let message =
                format!("`{one}` {} is more than `{other}` {}: {why}", quoted(&low.text), quoted(&high.text));
            findings.push(
                Finding::new(&RULE.meta, label(least.0), message)
                    .related(label(most.0).note("the other promise"))
                    .help("correct one of the two: were they swapped?"),
            );
        }
    }
}

/// Which of two promises is more; `None` where they measure different things, or can't be read, which another rule tells.
fn order(one: &Quantity, other: &Quantity) -> Option<Ordering> {
    match (one.measure().ok()?, other.measure().ok()?) {
        (Measure::Duration(one), Measure::Duration(other)) => Some(one.cmp(&other)),
        (Measure::Count(one), Measure::Count(other)) => one.partial_cmp(&other),
        _ => None,
    }
}
