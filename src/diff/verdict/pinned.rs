//! Versions older than the one before that somebody still pins: who takes the new one from there is protected as well.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::{bumped, code, declared, shifted, wanted};
use crate::finding::Severity;
use crate::finding::change::{Against, Change, Level, Remark, Verdict};
use crate::model::Contract;

/// What changed since a version that is still pinned, as far as the comparison with the version before does not say it.
pub fn since(older: &Contract, head: &Contract, known: &[Change], today: Date) -> Vec<Change> {
    let is_told =
        |change: &Change| known.iter().any(|one| one.meta == change.meta && one.element() == change.element());
    let mut changes = crate::diff::contract(Some(older), Some(head), today);
    changes.retain(|change| !is_told(change));
    for change in &mut changes {
        // The document of long ago is not among those whose places are shown.
        change.base.source = None;
    }
    changes
}

/// Judges what changed since pinned versions, and notes it.
pub(super) fn judge(verdict: &mut Verdict, against: &[Against], head: &Contract) {
    for one in against {
        let required = one.changes.iter().map(|change| wanted(change, verdict.mode)).max().unwrap_or_default();
        let required = shifted(required, &one.version);
        if declared(&one.version, &head.version) < required {
            let write = bumped(&one.version, required);
            let is_higher = |known: &semver::Version| known.cmp_precedence(&write) != Ordering::Less;
            if !verdict.write.as_ref().is_some_and(is_higher) {
                verdict.write = Some(write);
            }
            let message = format!(
                "{} is what {} may still read, and since then the changes ask for a {} version",
                one.version,
                one.by(),
                required.name()
            );
            let help = verdict.write.as_ref().map(|version| format!("write `version: {version}`"));
            let meta = &code::VERSION_BUMP_INSUFFICIENT;
            verdict.remarks.push(Remark { meta, severity: Severity::Error, message, help });
        }
        verdict.required = verdict.required.max(if verdict.write.is_some() { required } else { Level::None });
    }
    verdict.against = against.to_vec();
}
