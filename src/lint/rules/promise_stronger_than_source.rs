use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::promises::{Better, minutes_before};
use crate::lint::{Across, Check, Outline, Rule};
use crate::model::{Metric, Path, Quality, Quantity, ServiceLevels};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "promise-stronger-than-source",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract promises more than what it is made of.",
        page: include_str!("promise_stronger_than_source.md"),
    },
    checks: &[Check::Across(check)],
};

/// What is held against the source: a metric of quality, and the service level that says the same.
const METRICS: &[(Metric, Option<Service>)] = &[
    (Metric::Freshness, None),
    (Metric::Completeness, Some(("completeness_min", |levels| levels.completeness_min.as_ref()))),
    (Metric::Accuracy, None),
    (Metric::Availability, Some(("availability", |levels| levels.availability.as_ref()))),
];

/// The key of a service level, and its value.
type Service = (&'static str, fn(&ServiceLevels) -> Option<&Quantity>);

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    if outline.lineage.derived_from.is_empty() {
        return;
    }
    for (metric, service) in METRICS {
        let Some((promised, path)) = own(outline, *metric, *service) else { continue };
        let better = Better::of(*metric);
        let held = |source: &Outline| strongest(source, *metric, *service);
        let Some((source, common)) =
            weaker_source(outline, others, held, |common| better.compare(promised, common) == Some(Ordering::Greater))
        else {
            continue;
        };
        let what = metric.name();
        findings.push(stronger(outline, &source, path, (what, &promised.text), &common.text));
    }
    ready_by(outline, others, findings);
}

fn ready_by(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let time = |outline: &Outline| outline.service_levels.as_ref().and_then(|levels| levels.ready_by.clone());
    let Some(promised) = time(outline) else { return };
    let found = weaker_source(outline, others, time, |common| minutes_before(&promised, common).is_some());
    if let Some((source, common)) = found {
        let path = Path::of("service_levels").key("ready_by");
        findings.push(stronger(outline, &source, path, ("ready by", &promised), &common));
    }
}

fn stronger(outline: &Outline, source: &Outline, path: Path, (what, promised): (&str, &str), common: &str) -> Finding {
    let (name, there) = (quoted(&outline.name), quoted(&source.name));
    let message =
        format!("{name} promises {what} {}, and {there}, which it is made of, {}", quoted(promised), quoted(common));
    Finding::new(&RULE.meta, Label::at(outline.source, path), message)
        .related(Label::at(source.source, Path::of("name")).note("made of this"))
        .help("promise what the source allows, or agree with its owner on more")
}

/// What a contract promises for all of its data: of several promises it is open which one counts.
fn own(outline: &Outline, metric: Metric, service: Option<Service>) -> Option<(&Quantity, Path)> {
    let mut quality = outline.quality.iter().enumerate().filter(|(_, one)| one.metric == metric);
    if let Some((index, one)) = quality.next().filter(|_| quality.next().is_none()) {
        return Some((&one.threshold, Path::of("quality").index(index).key("threshold")));
    }
    let (key, value) = service?;
    Some((value(outline.service_levels.as_deref()?)?, Path::of("service_levels").key(key)))
}

/// The strongest promise of a contract, for all of its data or for a part: nobody can say which part is used.
fn strongest(outline: &Outline, metric: Metric, service: Option<Service>) -> Option<Quantity> {
    let thresholds = |quality: &[Quality]| -> Vec<Quantity> {
        quality.iter().filter(|one| one.metric == metric).map(|one| one.threshold.clone()).collect()
    };
    let level = |levels: Option<&ServiceLevels>| service.and_then(|(_, value)| value(levels?).cloned());
    let mut all = thresholds(&outline.quality);
    all.extend(level(outline.service_levels.as_deref()));
    for dataset in &outline.datasets {
        all.extend(thresholds(&dataset.quality));
        all.extend(level(dataset.service_levels.as_deref()));
    }
    let stronger = |one: &Quantity, other: &Quantity| Better::of(metric).compare(one, other) == Some(Ordering::Greater);
    all.into_iter().reduce(|best, next| if stronger(&next, &best) { next } else { best })
}

/// The first contract upstream whose promise is weaker. A contract that promises nothing is looked through: what it is made of
/// bounds it.
fn weaker_source<T>(
    outline: &Outline,
    others: &Across<'_>,
    promise: impl Fn(&Outline) -> Option<T>,
    is_weaker: impl Fn(&T) -> bool,
) -> Option<(Arc<Outline>, T)> {
    /// Who is made of more has no use of the answer any more.
    const MOST: usize = 50;
    let mut seen: HashSet<String> = HashSet::from([outline.name.clone()]);
    let mut open: Vec<String> = outline.lineage.derived_from.clone();
    while let Some(name) = open.pop() {
        let Some((source, _)) = others.split(&name) else { continue };
        if seen.len() > MOST || !seen.insert(source.name.clone()) {
            continue;
        }
        match promise(&source) {
            Some(common) if is_weaker(&common) => return Some((source, common)),
            Some(_) => {}
            None => open.extend(source.lineage.derived_from.iter().take(MOST).cloned()),
        }
    }
    None
}
