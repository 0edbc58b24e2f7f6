//! Changes as SARIF.

use std::fmt::Write as _;

use serde_json::json;

use super::{ChangeReport, Placed, Places, called, hits, severity, values};
use crate::finding::change::{Change, Remark};
use crate::report::Run;
use crate::report::sarif::{Entry, Log, Place, results};

/// A comparison as a SARIF log: a result for each document that can't be compared, for each stale exception, for what is said
/// of each version, and for each change. A change is at its place after; the place before is a related one.
pub fn sarif(report: &ChangeReport<'_>, run: &Run<'_>) -> String {
    let mut entries = results(&report.problems);
    entries.extend(results(&report.exceptions));
    for placed in &report.contracts {
        let verdict = placed.diff.verdict.iter();
        entries.extend(verdict.flat_map(|verdict| &verdict.remarks).map(|remark| remarked(placed, remark)));
        entries.extend(placed.changes().into_iter().map(|(change, places)| changed(placed, change, *places)));
    }
    let state = |state: &super::State| json!({ "name": state.name, "commit": state.commit });
    let properties = json!({ "base": state(&report.base), "head": state(&report.head) });
    Log { base: Some(report.base.name.clone()), properties: Some(properties) }.document(entries, run)
}

fn remarked(placed: &Placed<'_>, remark: &Remark) -> Entry {
    let message = format!("{}: {}", placed.diff.name, remark.message);
    let mut entry = Entry::new(remark.severity, remark.meta.code, &message, remark.help.as_deref());
    entry.places.extend(placed.version.iter().map(|spot| Place::new(spot, placed.diff.head.is_none())));
    entry.fingerprint = Some(format!("{}:{}", placed.diff.name, remark.meta.code));
    entry.properties = json!({ "contract": placed.diff.name });
    entry
}

/// A change; one that is agreed on is suppressed.
fn changed(placed: &Placed<'_>, change: &Change, Places { base, head }: Places<'_>) -> Entry {
    let level = placed.diff.level(change);
    let mut message = format!("{} {}", level.name(), called(change));
    if let Some(values) = values(change) {
        let _ = write!(message, ": {values}");
    }
    let mut help = change.meta.why.to_owned();
    if let Some(witness) = &change.witness {
        let _ = write!(help, " For example: {witness}.");
    }
    for hit in hits(change) {
        let _ = write!(help, " Hits {hit}.");
    }
    if let Some(advice) = &change.help {
        let _ = write!(help, " {advice}");
    }
    let mut entry = Entry::new(severity(placed.diff, change), change.meta.code, &message, Some(&help));
    let base = base.map(|spot| Place::new(&spot, true).element(&change.base.path.to_string()));
    let head = head.map(|spot| Place::new(&spot, false).element(&change.element()));
    match (base, head) {
        (base, Some(head)) => {
            entry.places.push(head);
            entry.related.extend(base.map(|base| (base, "before".to_owned())));
        }
        (base, None) => entry.places.extend(base),
    }
    entry.fingerprint = Some(change.fingerprint());
    entry.accepted = change.accepted.as_ref().map(ToString::to_string);
    entry.properties = json!({
        "contract": placed.diff.name,
        "subscription": placed.diff.subscription,
        "level": level.name(),
        "levels": { "reader": change.levels.reader.name(), "writer": change.levels.writer.name() },
        "sure": change.sure.name(),
        "gates": change.meta.gates,
    });
    entry
}
