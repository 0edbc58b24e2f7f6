use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Metric, Path, Quality, Quantity, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "freshness-tighter-than-cadence",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "Data is promised to be fresher than it comes.",
        page: include_str!("freshness_tighter_than_cadence.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let source = contract.source;
    let root = Path::root();
    let own = contract.service_levels.cadence.as_ref().map(|cadence| (root.clone(), cadence));
    compare(source, (&root, &contract.quality), own.as_ref(), findings);
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.quality.is_empty()) {
        let path = Path::dataset(&dataset.name);
        let cadence = dataset.service_levels.cadence.as_ref().map(|cadence| (path.clone(), cadence));
        compare(source, (&path, &dataset.quality), cadence.as_ref().or(own.as_ref()), findings);
    }
}

/// Holds promises of freshness against how often data comes.
fn compare(
    source: SourceId,
    (owner, quality): (&Path, &[Quality]),
    cadence: Option<&(Path, &Quantity)>,
    findings: &mut Vec<Finding>,
) {
    let Some((place, cadence)) = cadence else { return };
    let Some(every) = cadence.duration() else { return };
    for (index, promise) in quality.iter().enumerate().filter(|(_, promise)| promise.metric == Metric::Freshness) {
        let Some(age) = promise.threshold.duration().filter(|age| *age < every) else { continue };
        if age.is_zero() {
            continue;
        }
        let message = format!(
            "data is promised to be no older than {}, and the cadence of new data is {}",
            quoted(&promise.threshold.text),
            quoted(&cadence.text)
        );
        let label = Label::at(source, owner.key("quality").index(index).key("threshold"));
        let often = Label::at(source, place.key("service_levels").key("cadence")).note("how often data comes");
        let help = "deliver more often, or promise the time between two deliveries and what one of them takes";
        findings.push(Finding::new(&RULE.meta, label, message).related(often).help(help));
    }
}
