//! What changes ask of the version, against what the version says; and what else has to be there.

mod gates;
mod life;
mod owed;
pub mod pinned;
mod prerelease;
mod released;
mod unread;

use std::cmp::Ordering;

use jiff::civil::Date;
use semver::{BuildMetadata, Prerelease, Version};

use super::catalog as code;
use crate::finding::Severity;
use crate::finding::change::{Against, Change, ChangeMeta, Level, Remark, Verdict};
use crate::model::{Compatibility, Contract, ContractKind, Mode, Status};

pub use prerelease::LastRelease;
pub use released::Release;

/// What the verdict hangs on beside both sides.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The day as of which it is judged.
    pub today: Date,
    /// Where versions of the contract are out already.
    pub releases: &'a [Release],
    /// Gates whose missing yes fails the run.
    pub failing_gates: &'a [String],
    /// Whether the changelog has no entry for the new version, where it is asked for one.
    pub lacks_entry: bool,
    /// What changed since older versions that are still pinned.
    pub against: &'a [Against],
    /// Pins whose version is not in history: the team, its requirement, and what helps.
    pub lost: &'a [(String, String, Option<String>)],
    /// The last release before a pre-release, where what is compared begins with one and it is found.
    pub last_release: Option<&'a LastRelease>,
}

/// Judges the version and everything else that the changes of one contract ask for: steps of its life, what its producer owes,
/// and who must agree. `default` is what the repository protects where a contract does not say.
pub fn whole(
    base: Option<&Contract>,
    head: Option<&Contract>,
    changes: &[Change],
    default: Compatibility,
    circumstances: Circumstances<'_>,
) -> Verdict {
    let Circumstances { today, releases, failing_gates, lacks_entry, against, lost, last_release } = circumstances;
    // What is accepted asks for nothing, and nobody has to be asked again.
    let standing: Vec<Change>;
    let changes = if changes.iter().all(Change::stands) {
        changes
    } else {
        standing = changes.iter().filter(|change| change.stands()).cloned().collect();
        &standing
    };
    let mut verdict = verdict(base, head, changes, default);
    if let (Some(base), Some(head)) = (base, head) {
        // What is no SemVer version can't be held against others.
        let is_readable = base.has_readable_version() && head.has_readable_version();
        if is_readable {
            prerelease::judge(&mut verdict, last_release, base, head);
            released::judge(&mut verdict, releases, head, today);
        }
        life::judge(&mut verdict, base, head, failing_gates);
        for (team, pin, help) in lost {
            let message =
                format!("the version that {team} ({pin}) pins is not in history: what changed since then is not known");
            let meta = &code::PINNED_VERSION_LOST;
            verdict.remarks.push(Remark { meta, severity: Severity::Warning, message, help: help.clone() });
        }
        if verdict.ungated.is_none() {
            if is_readable {
                pinned::judge(&mut verdict, against, head);
            }
            if lacks_entry && verdict.required >= Level::Minor && base.version_text() != head.version_text() {
                let message = format!("the changelog has no entry for {} {}", head.name, head.version_text());
                let help = Some("`pact diff --changelog` writes it".to_owned());
                verdict.remarks.push(Remark {
                    meta: &code::CHANGELOG_MISSING,
                    severity: Severity::Error,
                    message,
                    help,
                });
            }
            owed::judge(&mut verdict, base, head, changes, today);
        }
    }
    gates::judge(&mut verdict, base, head, changes, (today, failing_gates));
    verdict
}

/// Judges the changes of a subscription in a file of its own: it has no version, and somebody's yes may be missing all the
/// same. `base` and `head` are the contract that it is of, where it is known. Nothing where there is nothing to say.
pub fn subscription(
    base: Option<&Contract>,
    head: Option<&Contract>,
    changes: &[Change],
    default: Compatibility,
    (today, failing_gates): (Date, &[String]),
) -> Option<Verdict> {
    let changes: Vec<Change> = changes.iter().filter(|change| change.stands()).cloned().collect();
    // The version is that of the contract, which did not change.
    let mut verdict = Verdict { base: None, head: None, written: [None, None], ..unjudged(base, head, default) };
    gates::judge(&mut verdict, base, head, &changes, (today, failing_gates));
    (!verdict.remarks.is_empty()).then_some(verdict)
}

/// Judges the version alone, as history needs it. `default` is what the repository protects where a contract does not say.
pub fn verdict(
    base: Option<&Contract>,
    head: Option<&Contract>,
    changes: &[Change],
    default: Compatibility,
) -> Verdict {
    let mut verdict = unjudged(base, head, default);
    match (base, head) {
        (Some(base), Some(head)) => {
            let standing = changes.iter().filter(|change| change.stands());
            let wanted = standing.map(|change| wanted(change, verdict.mode)).max().unwrap_or_default();
            if base.has_readable_version() && head.has_readable_version() {
                verdict.required = shifted(wanted, &base.version);
                judge(&mut verdict, &base.version, &head.version);
            } else {
                verdict.required = wanted;
                unread::judge(&mut verdict, base, head);
            }
        }
        (Some(base), None) => removed(&mut verdict, base),
        _ => {}
    }
    if verdict.ungated.is_some() {
        for remark in &mut verdict.remarks {
            remark.severity = Severity::Info;
        }
    }
    verdict
}

/// A verdict that has nothing to say yet.
fn unjudged(base: Option<&Contract>, head: Option<&Contract>, default: Compatibility) -> Verdict {
    Verdict {
        base: base.map(|base| base.version.clone()),
        head: head.map(|head| head.version.clone()),
        written: [base, head].map(|side| side.and_then(|side| side.written_version.clone())),
        mode: mode(base, head, default),
        declared: Level::None,
        required: Level::None,
        write: None,
        ungated: base.and_then(ungated),
        open: Vec::new(),
        against: Vec::new(),
        remarks: Vec::new(),
    }
}

/// Why nobody relies on a contract, if nobody does. What counts is how it was: a change can't lift its own gate.
fn ungated(base: &Contract) -> Option<String> {
    if base.kind == ContractKind::Model {
        return Some("an internal model promises nothing".to_owned());
    }
    let status = base.status;
    matches!(status, Status::Draft | Status::Proposed).then(|| format!("it was {} before", a(status.name())))
}

fn a(word: &str) -> String {
    format!("{} {word}", if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
        .replace("a proposed", "only proposed")
}

/// Whom the version protects: the stricter of what both sides say, so that a change can't lift its own protection.
fn mode(base: Option<&Contract>, head: Option<&Contract>, default: Compatibility) -> Mode {
    let of = |side: &Contract| side.compatibility.unwrap_or(default).mode;
    match (base.map(of), head.map(of)) {
        (Some(one), Some(other)) if one == other => one,
        (Some(Mode::None) | None, Some(mode)) | (Some(mode), Some(Mode::None) | None) => mode,
        (Some(_), Some(_)) => Mode::Both,
        (None, None) => default.mode,
    }
}

/// What a change asks for. What is about one subscriber alone asks for no more than a patch.
fn wanted(change: &Change, mode: Mode) -> Level {
    let level = change.levels.in_mode(mode);
    let is_of_one = |gate: &&str| *gate == "subscriber" || *gate == "gate" && change.meta.section == 'N';
    if change.meta.gates.iter().any(is_of_one) { level.min(Level::Patch) } else { level }
}

/// Below 1.0.0 the minor takes the place of the major, and the patch that of the minor.
fn shifted(level: Level, base: &Version) -> Level {
    match level {
        Level::Major if base.major == 0 => Level::Minor,
        Level::Minor if base.major == 0 => Level::Patch,
        level => level,
    }
}

fn declared(base: &Version, head: &Version) -> Level {
    if base.cmp_precedence(head) != Ordering::Less {
        Level::None
    } else if base.major != head.major {
        Level::Major
    } else if base.minor != head.minor {
        Level::Minor
    } else {
        Level::Patch
    }
}

/// The least version that is higher by a level.
fn bumped(base: &Version, level: Level) -> Version {
    let mut version = Version { pre: Prerelease::EMPTY, build: BuildMetadata::EMPTY, ..base.clone() };
    match level {
        Level::Major => version = Version::new(base.major.saturating_add(1), 0, 0),
        Level::Minor => version = Version::new(base.major, base.minor.saturating_add(1), 0),
        // A pre-release comes before its release.
        Level::Patch if base.pre.is_empty() => version.patch = base.patch.saturating_add(1),
        Level::Patch | Level::None => {}
    }
    version
}

/// The least version that carries a change of a version: what changes in a pre-release is the next one.
fn next(base: &Version, level: Level) -> Version {
    if base.pre.is_empty() { bumped(base, level) } else { prerelease::following(base) }
}

fn judge(verdict: &mut Verdict, base: &Version, head: &Version) {
    verdict.declared = declared(base, head);
    let (declared, required) = (verdict.declared, verdict.required);
    let order = base.cmp_precedence(head);
    if order == Ordering::Greater {
        // Where nothing changed, the version before is the right one.
        verdict.write = Some(if required == Level::None { base.clone() } else { next(base, required) });
        let message = format!("the version goes down from {base} to {head}");
        say(verdict, &code::VERSION_DECREASED, Severity::Error, message);
    } else if required > Level::None && order == Ordering::Equal {
        verdict.write = Some(next(base, required));
        let message = format!("the version is still {base}, and the changes ask for a {} version", required.name());
        say(verdict, &code::VERSION_NOT_BUMPED, Severity::Error, message);
    } else if !base.pre.is_empty() {
        if head.pre.is_empty() {
            let message = format!("{base} becomes {head}: what counts is the last release before it");
            say(verdict, &code::VERSION_PRERELEASE_GRADUATED, Severity::Info, message);
        }
    } else if declared < required {
        verdict.write = Some(bumped(base, required));
        let (declared, required) = (declared.name(), required.name());
        let message = format!("{base} -> {head} is a {declared} version, and the changes ask for a {required} one");
        say(verdict, &code::VERSION_BUMP_INSUFFICIENT, Severity::Error, message);
    } else {
        if declared > required {
            let (declared, required) = (declared.name(), required.name());
            let enough = if required == "none" { "nothing".to_owned() } else { format!("a {required} one") };
            let message = format!("{base} -> {head} is a {declared} version, and the changes ask for {enough}");
            say(verdict, &code::VERSION_BUMP_EXCESSIVE, Severity::Info, message);
        }
        let next = bumped(base, declared);
        if head.cmp_precedence(&next) == Ordering::Greater {
            say(verdict, &code::VERSION_SKIPPED, Severity::Info, format!("{head} leaves out {next}"));
        }
    }
    if base.major == 0 && head.major == 0 && required > Level::None {
        let message = "below 1.0.0 a break asks for a minor version, and anything else for a patch".to_owned();
        say(verdict, &code::VERSION_ZERO_MAJOR, Severity::Info, message);
    }
}

fn say(verdict: &mut Verdict, meta: &'static ChangeMeta, severity: Severity, message: String) {
    let help = verdict.write.as_ref().map(|version| format!("write `version: {version}`"));
    let help = help.filter(|_| severity == Severity::Error);
    verdict.remarks.push(Remark { meta, severity, message, help });
}

/// A contract may go when it has been retired, and nothing else.
fn removed(verdict: &mut Verdict, base: &Contract) {
    verdict.required = Level::Major;
    if base.status == Status::Retired || verdict.ungated.is_some() {
        return;
    }
    let message = format!("the contract is gone and was {} before", base.status.name());
    verdict.remarks.push(Remark {
        meta: &code::CONTRACT_REMOVED,
        severity: Severity::Error,
        message,
        help: Some("deprecate it, then retire it (`status: retired`), and remove it when nobody uses it".to_owned()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(base: &str, head: &str, wanted: Level) -> (Vec<&'static str>, Option<String>) {
        let (base, head) = (base.parse().unwrap(), head.parse().unwrap());
        let mut verdict = Verdict {
            base: None,
            head: None,
            written: [None, None],
            mode: Mode::Readers,
            declared: Level::None,
            required: shifted(wanted, &base),
            write: None,
            ungated: None,
            open: Vec::new(),
            against: Vec::new(),
            remarks: Vec::new(),
        };
        judge(&mut verdict, &base, &head);
        let codes = verdict.remarks.iter().map(|remark| remark.meta.code).collect();
        (codes, verdict.write.map(|version| version.to_string()))
    }

    #[test]
    fn the_version_has_to_carry_the_changes() {
        use Level::{Major, Minor, None as Nothing, Patch};
        let write = |version: &str| Some(version.to_owned());
        assert_eq!(judged("1.2.0", "1.2.0", Nothing), (vec![], None));
        assert_eq!(judged("1.2.0", "1.2.0", Patch), (vec!["version-not-bumped"], write("1.2.1")));
        assert_eq!(judged("1.2.0", "1.2.1", Major), (vec!["version-bump-insufficient"], write("2.0.0")));
        assert_eq!(judged("1.2.0", "1.3.0", Minor), (vec![], None));
        assert_eq!(judged("1.2.0", "2.0.0", Minor), (vec!["version-bump-excessive"], None));
        assert_eq!(judged("1.2.0", "1.4.0", Minor), (vec!["version-skipped"], None));
        assert_eq!(judged("1.2.0", "1.1.0", Nothing), (vec!["version-decreased"], write("1.2.0")));
        assert_eq!(judged("1.2.0", "1.2.0+build", Minor), (vec!["version-not-bumped"], write("1.3.0")));
        assert_eq!(judged("1.2.0", "2.0.0-rc.1", Major), (vec![], None));
    }

    #[test]
    fn below_one_the_minor_takes_the_majors_place() {
        let zero = "version-zero-major";
        assert_eq!(judged("0.2.0", "0.3.0", Level::Major), (vec![zero], None));
        assert_eq!(
            judged("0.2.0", "0.2.1", Level::Major),
            (vec!["version-bump-insufficient", zero], Some("0.3.0".to_owned()))
        );
        assert_eq!(judged("0.2.0", "0.2.1", Level::Minor), (vec![zero], None));
    }

    #[test]
    fn a_pre_release_promises_nothing_yet() {
        assert_eq!(judged("2.0.0-rc.1", "2.0.0-rc.2", Level::Major), (vec![], None));
        assert_eq!(judged("2.0.0-rc.1", "2.0.0", Level::Major), (vec!["version-prerelease-graduated"], None));
        assert_eq!(
            judged("2.0.0-rc.1", "2.0.0-rc.1", Level::Patch),
            (vec!["version-not-bumped"], Some("2.0.0-rc.2".to_owned()))
        );
        let next = |version: &str| Some(version.to_owned());
        assert_eq!(judged("2.0.0-rc.1", "2.0.0-rc.1", Level::Major), (vec!["version-not-bumped"], next("2.0.0-rc.2")));
        assert_eq!(judged("2.0.0-rc.1", "2.0.0-beta", Level::Major), (vec!["version-decreased"], next("2.0.0-rc.2")));
        assert_eq!(
            judged("2.0.0-beta", "2.0.0-beta", Level::Major),
            (vec!["version-not-bumped"], next("2.0.0-beta.1"))
        );
    }
}
