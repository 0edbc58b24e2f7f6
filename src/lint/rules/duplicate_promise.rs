use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Metric, Path, Quality, Quantity, ServiceLevels, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-promise",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "The same thing is promised twice.",
        page: include_str!("duplicate_promise.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let source = contract.source;
    level(source, &Path::root(), &contract.quality, &contract.service_levels, findings);
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.quality.is_empty()) {
        level(source, &Path::dataset(&dataset.name), &dataset.quality, &dataset.service_levels, findings);
    }
}

/// A promise as it is written: where, and what.
type Promise<'a> = (Path, &'a Quantity);

/// The promises of a contract, or of a dataset.
fn level(source: SourceId, owner: &Path, quality: &[Quality], levels: &ServiceLevels, findings: &mut Vec<Finding>) {
    if quality.is_empty() {
        return;
    }
    let mut first: HashMap<(Metric, Option<&str>, Option<&str>), Promise<'_>> = HashMap::new();
    for (index, promise) in quality.iter().enumerate() {
        let measuring = promise.measuring.as_deref();
        let rows = measuring.and_then(|measuring| measuring.rows.as_deref());
        let field = measuring.and_then(|measuring| measuring.timestamp_field.as_deref());
        let path = owner.key("quality").index(index);
        match first.entry((promise.metric, rows, field)) {
            Entry::Vacant(place) => {
                place.insert((path.key("threshold"), &promise.threshold));
            }
            Entry::Occupied(earlier) => {
                let name = promise.metric.name();
                let finding = twice(source, name, earlier.get(), (path.key("threshold"), &promise.threshold));
                let remove = vec![Edit::Remove(Place::Element(path))];
                let is_same = earlier.get().1 == &promise.threshold;
                findings.push(if is_same { finding.fix(Fix::guess("remove the second one", remove)) } else { finding });
            }
        }
    }
    let others = [
        (Metric::Availability, "availability", levels.availability.as_ref()),
        (Metric::Completeness, "completeness_min", levels.completeness_min.as_ref()),
    ];
    for (metric, key, level) in others {
        // Both as one value is the same promise for two kinds of readers.
        let promised = first.get(&(metric, None, None)).zip(level);
        if let Some((earlier, level)) = promised.filter(|(earlier, level)| earlier.1 != *level) {
            findings.push(twice(source, metric.name(), earlier, (owner.key("service_levels").key(key), level)));
        }
    }
}

fn twice(source: SourceId, name: &str, earlier: &Promise<'_>, later: Promise<'_>) -> Finding {
    let (one, other) = (quoted(&earlier.1.text), quoted(&later.1.text));
    let message = if earlier.1 == later.1 {
        format!("{name} is promised twice, both times as {one}")
    } else {
        format!("{name} is promised twice, as {one} and as {other}")
    };
    Finding::new(&RULE.meta, Label::at(source, later.0), message)
        .related(Label::at(source, earlier.0.clone()).note("the other promise"))
        .help("keep one of them: readers believe the first that they see")
}
