//! Pre-releases: they promise nothing yet, and what they become is judged against the last release before them.

use semver::{Prerelease, Version};

use super::{bumped, code, declared, shifted, wanted};
use crate::finding::Severity;
use crate::finding::change::{Change, Level, Remark, Verdict};
use crate::model::Contract;

/// The last release before a pre-release, and what changed since then.
#[derive(Debug, Clone)]
pub struct LastRelease {
    /// Its version.
    pub version: Version,
    /// What changed since then.
    pub changes: Vec<Change>,
}

/// So many changes since the last release are named.
const MOST: usize = 3;

/// Judges a version that comes after a pre-release: what all of its pre-releases changed together counts.
pub(super) fn judge(verdict: &mut Verdict, last: Option<&LastRelease>, base: &Contract, head: &Contract) {
    // A version that is too low already is told so.
    if base.version.pre.is_empty() || base.version.cmp_precedence(&head.version).is_gt() {
        return;
    }
    let Some(last) = last else {
        unknown(verdict, base, head);
        return;
    };
    let of = |change: &Change| shifted(wanted(change, verdict.mode), &last.version);
    let standing: Vec<&Change> = last.changes.iter().filter(|change| change.stands()).collect();
    let required = standing.iter().map(|change| of(change)).max().unwrap_or_default();
    let declared = declared(&last.version, &head.version);
    let asking = standing.iter().filter(|change| of(change) == required);
    let mut names: Vec<String> =
        asking.map(|change| format!("{} {}", change.meta.code, change.element()).trim_end().to_owned()).collect();
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    (verdict.declared, verdict.required) = (declared, required);
    if declared < required {
        let mut write = bumped(&last.version, required);
        write.pre = first(&head.version.pre);
        verdict.write = Some(write.clone());
        // The step from the pre-release has the same remedy, and one of both is enough.
        verdict.remarks.retain(|remark| remark.meta != &code::VERSION_NOT_BUMPED);
        verdict.remarks.retain(|remark| remark.meta != &code::VERSION_PRERELEASE_GRADUATED);
        let message = format!(
            "{} is a {} version after {}, the last release, and since then the changes ask for a {} one: {}",
            head.version,
            declared.name(),
            last.version,
            required.name(),
            names.join(", ")
        );
        let help = Some(format!("write `version: {write}`"));
        say(verdict, Severity::Error, message, help);
        return;
    }
    for remark in &mut verdict.remarks {
        if remark.meta == &code::VERSION_PRERELEASE_GRADUATED {
            let asked = if required == Level::None {
                "nothing changed since then".to_owned()
            } else {
                format!("since then the changes ask for a {} version", required.name())
            };
            remark.message = format!(
                "{} becomes {}. The last release before it is {}: {asked}",
                base.version, head.version, last.version
            );
        }
    }
}

/// Without the release before, only a version that can carry every change of its level is known to be enough.
fn unknown(verdict: &mut Verdict, base: &Contract, head: &Contract) {
    let version = &head.version;
    let carries = match (version.major, version.minor, version.patch) {
        (_, 0, 0) => Level::Major,
        (_, _, 0) => Level::Minor,
        _ => Level::Patch,
    };
    let lost = "no release before it is found, by tag or in history, so whether the number is high enough is not known";
    for remark in &mut verdict.remarks {
        if remark.meta == &code::VERSION_PRERELEASE_GRADUATED {
            remark.message = format!("{} becomes {version}: {lost}", base.version);
            remark.help = Some("compare with the last release as well: `pact diff OLD.yaml NEW.yaml`".to_owned());
            return;
        }
    }
    if verdict.required > carries && verdict.write.is_none() {
        let message =
            format!("the changes since {} ask for a {} version: {lost}", base.version, verdict.required.name());
        say(verdict, Severity::Info, message, None);
    }
}

fn say(verdict: &mut Verdict, severity: Severity, message: String, help: Option<String>) {
    let severity = if verdict.ungated.is_some() { Severity::Info } else { severity };
    verdict.remarks.push(Remark { meta: &code::VERSION_BUMP_INSUFFICIENT, severity, message, help });
}

/// The pre-release after one: `rc.2` after `rc.1`, `beta.1` after `beta`.
pub(super) fn following(version: &Version) -> Version {
    let (label, number) = split(&version.pre);
    let number = number.map_or(1, |number| number.saturating_add(1));
    let text = if label.is_empty() { number.to_string() } else { format!("{label}.{number}") };
    Version {
        pre: Prerelease::new(&text).unwrap_or_default(),
        ..Version::new(version.major, version.minor, version.patch)
    }
}

/// The first pre-release of the kind of another one: `rc.1` for `rc.3`. None where it is no pre-release.
fn first(pre: &Prerelease) -> Prerelease {
    match split(pre) {
        (_, None) => pre.clone(),
        ("", Some(_)) => Prerelease::new("1").unwrap_or_default(),
        (label, Some(_)) => Prerelease::new(&format!("{label}.1")).unwrap_or_default(),
    }
}

/// A pre-release as its label and the number at its end: `rc.1` as `rc` and 1.
fn split(pre: &Prerelease) -> (&str, Option<u64>) {
    let text = pre.as_str();
    match text.rsplit_once('.') {
        Some((label, number)) => number.parse().map_or((text, None), |number| (label, Some(number))),
        None => text.parse().map_or((text, None), |number| ("", Some(number))),
    }
}
