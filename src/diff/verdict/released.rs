//! A version that is out keeps its content.

use std::cmp::Ordering;

use jiff::civil::Date;
use semver::Version;

use super::{bumped, code, shifted, wanted};
use crate::finding::Severity;
use crate::finding::change::{Level, Remark, Verdict};
use crate::model::{Contract, Status};

/// A place where a version of a contract is out already.
#[derive(Debug, Clone)]
pub struct Release {
    /// The place in words, such as `the tag orders/v1.2.0`.
    pub place: String,
    /// The contract as it is there.
    pub contract: Contract,
}

/// Compares with what is out under the same version, while it is or was in force there. Documentation alone asks for a
/// patch; anything else makes two promises of one version.
pub(super) fn judge(verdict: &mut Verdict, releases: &[Release], head: &Contract, today: Date) {
    for release in releases {
        let out = &release.contract;
        let same = out.version.cmp_precedence(&head.version) == Ordering::Equal;
        if !same || out.status < Status::Active {
            continue;
        }
        let changes = crate::diff::contract(Some(out), Some(head), today);
        let worst = changes.iter().map(|change| change.levels.worst()).max().unwrap_or_default();
        if worst == Level::None {
            continue;
        }
        let required = changes.iter().map(|change| wanted(change, verdict.mode)).max().unwrap_or_default();
        let least = bumped(&out.version, shifted(required, &out.version).max(Level::Patch));
        verdict.write = Some(later(verdict.write.take(), least));
        let is_told = |remark: &Remark| remark.meta.code == code::VERSION_NOT_BUMPED.code;
        if worst == Level::Patch && verdict.remarks.iter().any(is_told) {
            return;
        }
        verdict.remarks.retain(|remark| !is_told(remark));
        let (meta, message) = if worst == Level::Patch {
            let message = format!("{} is out with other documentation ({})", head.version, release.place);
            (&code::VERSION_NOT_BUMPED, message)
        } else {
            let message = format!("{} is out with other content ({})", head.version, release.place);
            (&code::RELEASED_CONTENT_CHANGED, message)
        };
        let help = verdict.write.as_ref().map(|version| format!("write `version: {version}`"));
        verdict.remarks.push(Remark { meta, severity: Severity::Error, message, help });
        return;
    }
}

fn later(one: Option<Version>, other: Version) -> Version {
    match one {
        Some(one) if one.cmp_precedence(&other) == Ordering::Greater => one,
        _ => other,
    }
}
