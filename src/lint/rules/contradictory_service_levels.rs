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

/// A promise: what it is about, where it stands, and what is promised.
type Promise<'a> = (&'static str, &'static [&'static str], Option<&'a Quantity>);

fn levels(
    source: SourceId,
    owner: &Path,
    levels: &ServiceLevels,
    late: Option<&Quantity>,
    findings: &mut Vec<Finding>,
) {
    let mut told: Vec<&[&str]> = Vec::new();
    for (least, most, why) in pairs(levels, late) {
        let (Some(low), Some(high)) = (least.2, most.2) else { continue };
        // What is more than two others is one mistake.
        if told.contains(&least.1) || order(low, high) != Some(Ordering::Greater) {
            continue;
        }
        told.push(least.1);
        let label =
            |keys: &[&'static str]| Label::at(source, keys.iter().fold(owner.clone(), |path, key| path.key(*key)));
        let (one, other) = (quoted(&low.text), quoted(&high.text));
        let message = format!("{} is {one}, more than {}, which is {other}: {why}", least.0, most.0);
        findings.push(
            Finding::new(&RULE.meta, label(least.1), message)
                .related(label(most.1).note("the other promise"))
                .help("correct one of the two: were they swapped?"),
        );
    }
}

/// Pairs of promises of which the first can't be more than the second, and why.
fn pairs<'a>(levels: &'a ServiceLevels, late: Option<&'a Quantity>) -> [(Promise<'a>, Promise<'a>, &'static str); 8] {
    let volume = &levels.volume;
    let operation = levels.operation.as_deref();
    let incidents = operation.map(|operation| &operation.incidents);
    let maintenance = operation.and_then(|operation| operation.maintenance.as_ref());
    let p50 = ("the latency of half of the requests", P50, levels.latency_p50.as_ref());
    let p95 = ("the latency of 95 of 100", P95, levels.latency_p95.as_ref());
    let floor = ("the least count of rows", FLOOR, volume.floor.as_ref());
    let baseline = ("the usual count of rows", BASELINE, volume.baseline.as_ref());
    let ceiling = ("the greatest count of rows", CEILING, volume.ceiling.as_ref());
    let retention = ("the retention", RETENTION, levels.retention.as_ref());
    let replay = ("the replay window", REPLAY, operation.and_then(|one| one.replay_window.as_ref()));
    let at_most = ("the downtime", AT_MOST, maintenance.and_then(|one| one.at_most.as_ref()));
    let period = ("its period", PERIOD, maintenance.and_then(|one| one.period.as_ref()));
    let detect = ("the time to detect", DETECT, incidents.and_then(|one| one.detect_within.as_ref()));
    let repair = ("the time to repair", REPAIR, incidents.and_then(|one| one.repair_within.as_ref()));
    [
        (p50, p95, "half of them can't take longer than nearly all of them"),
        (floor, ceiling, "no count lies between the two"),
        (floor, baseline, "a usual delivery would break the promise"),
        (baseline, ceiling, "a usual delivery would break the promise"),
        (replay, retention, "what is no longer kept can't be read again"),
        (("the late arrival", LATE, late), retention, "rows may come after they have to be gone"),
        (at_most, period, "it can't last longer than the time over which it is counted"),
        (detect, repair, "what has not been noticed can't be repaired"),
    ]
}

const P50: &[&str] = &["service_levels", "latency", "p50"];
const P95: &[&str] = &["service_levels", "latency", "p95"];
const FLOOR: &[&str] = &["service_levels", "volume", "floor"];
const BASELINE: &[&str] = &["service_levels", "volume", "baseline"];
const CEILING: &[&str] = &["service_levels", "volume", "ceiling"];
const RETENTION: &[&str] = &["service_levels", "retention"];
const REPLAY: &[&str] = &["service_levels", "replay_window"];
const LATE: &[&str] = &["late_arrival"];
const AT_MOST: &[&str] = &["service_levels", "maintenance", "at_most"];
const PERIOD: &[&str] = &["service_levels", "maintenance", "period"];
const DETECT: &[&str] = &["service_levels", "incidents", "detect_within"];
const REPAIR: &[&str] = &["service_levels", "incidents", "repair_within"];

/// Which of two promises is more; `None` where they measure different things, or can't be read, which another rule tells.
fn order(one: &Quantity, other: &Quantity) -> Option<Ordering> {
    match (one.measure().ok()?, other.measure().ok()?) {
        (Measure::Duration(one), Measure::Duration(other)) => Some(one.cmp(&other)),
        (Measure::Count(one), Measure::Count(other)) => one.partial_cmp(&other),
        _ => None,
    }
}
