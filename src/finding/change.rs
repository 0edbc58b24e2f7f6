//! What a change between two versions of a contract means: its levels, how sure they are, whom it hits, and what it asks of
//! the version.

use std::fmt::{self, Write as _};

use jiff::civil::Date;
use semver::Version;
use sha2::{Digest, Sha256};

use super::Severity;
use crate::model::{Literal, Mode, Path, SourceId};

/// What a change asks of the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Level {
    /// Nothing: both sides mean the same.
    #[default]
    None,
    /// No effect on data or terms.
    Patch,
    /// Nobody can fail; there is something new to use, to expect or to keep.
    Minor,
    /// Somebody who relied on what was there can fail, compute a wrong result, or lose a right.
    Major,
}

impl Level {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The levels of a change for the two parties of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Levels {
    /// For whoever reads the data: do existing readers keep working with new data?
    pub reader: Level,
    /// For whoever writes the data: do existing writers still conform?
    pub writer: Level,
}

impl Levels {
    /// The level that counts where the version protects the given parties.
    pub fn in_mode(self, mode: Mode) -> Level {
        match mode {
            Mode::Readers => self.reader,
            Mode::Writers => self.writer,
            Mode::Both => self.worst(),
            Mode::None => Level::None,
        }
    }

    /// The higher of both.
    pub fn worst(self) -> Level {
        self.reader.max(self.writer)
    }
}

/// Where the level of a kind of change comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grade {
    /// It is always this.
    Always(Level),
    /// It follows from the sets of values that both sides allow.
    Computed,
    /// There is none: the finding is about the version, not about a change of the promise.
    Verdict,
}

impl Grade {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always(level) => level.name(),
            Self::Computed => "computed",
            Self::Verdict => "verdict",
        }
    }
}

/// How sure the levels of a change are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sureness {
    /// Decided from the two texts.
    Certain,
    /// Real for some readers or some data only.
    Possible,
    /// Text or code that no tool can order: a person has to look.
    Review,
}

impl Sureness {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Possible => "possible",
            Self::Review => "review",
        }
    }
}

/// A kind of change, as data.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangeMeta {
    /// The code, such as `field-renamed`.
    pub code: &'static str,
    /// The section of the catalogue, from `A` (identity and lifecycle) to `O` (documentation).
    pub section: char,
    /// The level for readers.
    pub reader: Grade,
    /// The level for writers.
    pub writer: Grade,
    /// How sure the levels are.
    pub sure: Sureness,
    /// Who else must agree, or what else must be there, whatever the level: `subscribers`, `privacy`, `sunset`, ...
    pub gates: &'static [&'static str],
    /// What changes, in a few words.
    pub what: &'static str,
    /// Why the levels are what they are.
    pub why: &'static str,
    /// The page, in Markdown, with an example that is tested.
    pub page: &'static str,
}

/// One side of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The document; `None` where the contract is not there on this side.
    pub source: Option<SourceId>,
    /// The element.
    pub path: Path,
    /// Where to look for it: the element, or the property of it that changed. Where that is not there, whoever finds its
    /// place takes the nearest element around it.
    pub place: Path,
    /// The value, where there is one.
    pub value: Option<Literal>,
}

/// One change of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What kind of change it is.
    pub meta: &'static ChangeMeta,
    /// The contract, by its name before the change.
    pub contract: String,
    /// The levels: those of the kind, or computed where the kind says so.
    pub levels: Levels,
    /// How sure they are.
    pub sure: Sureness,
    /// Before.
    pub base: Side,
    /// After.
    pub head: Side,
    /// Who is hit by it.
    pub affects: Vec<Affected>,
    /// What to do now.
    pub help: Option<String>,
    /// The agreement that holds the change back: it is reported and counts for nothing.
    pub accepted: Option<Accepted>,
    /// Whether the repository wants no such change, whatever the version says.
    pub forbidden: bool,
    /// The smallest thing that only one side allows, where one could be found and was checked. It is no part of the
    /// fingerprint: it explains the change.
    pub witness: Option<Box<Witness>>,
}

/// An agreement of the repository about a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
    /// Who agreed.
    pub approved_by: Option<String>,
}

impl fmt::Display for Accepted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "accepted until {}", self.until)?;
        if let Some(who) = &self.approved_by {
            write!(out, " by {who}")?;
        }
        write!(out, ": {}", self.reason)
    }
}

/// The smallest row, value or moment that is legal on one side of a change only.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The side on which it is legal.
    pub legal_in: Legal,
    /// The value, where it is one.
    pub value: Option<Literal>,
    /// What it is, in words: `amount = 101`, `data 61 minutes old`, `two rows with the same order_id`.
    pub text: String,
}

/// The side of a change on which a witness is legal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Legal {
    /// Before the change only: writers who go on as before break the contract.
    Base,
    /// After the change only: readers meet what they were promised not to meet.
    Head,
}

impl Legal {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Head => "head",
        }
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when = match self.legal_in {
            Legal::Base => "legal before, not now",
            Legal::Head => "legal now, not before",
        };
        write!(out, "{} ({when})", self.text)
    }
}

impl Change {
    /// Whether the change stands: nobody has agreed to it.
    pub fn stands(&self) -> bool {
        self.accepted.is_none()
    }

    /// The element as people address it: as it is called after the change, or as it was called where it is gone.
    pub fn element(&self) -> String {
        if self.head.source.is_some() { self.head.path.to_string() } else { self.base.path.to_string() }
    }

    /// A short hash of what changed: code, contract, element and both values, and nothing that moves when a branch is
    /// rebased or a message reworded. 12 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let value = |side: &Side| side.value.as_ref().map(ToString::to_string);
        let parts = [
            Some(self.meta.code.to_owned()),
            Some(self.contract.clone()),
            Some(self.element()),
            value(&self.base),
            value(&self.head),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            // Lengths keep `a` + `bc` apart from `ab` + `c`, and nothing from an empty text.
            let part = part.map_or_else(|| "-".to_owned(), |part| format!("{}:{part}", part.len()));
            hash.update(part);
        }
        let mut digits = String::with_capacity(12);
        for byte in hash.finalize().iter().take(6) {
            // Writing to a string can't fail.
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }
}

/// Somebody who is hit by a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Affected {
    /// The team, as far as it is known.
    pub team: Option<String>,
    /// What it does with the data.
    pub use_case: Option<String>,
    /// Whom to tell.
    pub contact: Option<String>,
    /// The versions that it says it can work with.
    pub pin: Option<String>,
    /// Through what it is hit: fields that it uses, or references of another contract.
    pub via: Via,
}

/// Through what somebody is hit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// It uses these fields.
    Fields(Vec<String>),
    /// It uses every field.
    Everything,
    /// It uses the contract, and the change is about all of it.
    Contract,
    /// Another contract refers to what changed, from this field.
    Reference {
        /// The other contract.
        contract: String,
        /// The field there.
        field: String,
    },
    /// It answers for a contract that is made of this one.
    Lineage {
        /// The contracts that lead there, from this one on.
        path: Vec<String>,
    },
}

impl fmt::Display for Via {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields(fields) => out.write_str(&fields.join(", ")),
            Self::Everything => out.write_str("all fields"),
            Self::Contract => out.write_str("the contract as a whole"),
            Self::Reference { contract, field } => write!(out, "the reference {field} of {contract}"),
            Self::Lineage { path } => write!(out, "the lineage {}", path.join(" -> ")),
        }
    }
}

/// What the changes of one contract ask of its version, and what the version says.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The version before; `None` where the contract is new.
    pub base: Option<Version>,
    /// The version after; `None` where the contract is gone.
    pub head: Option<Version>,
    /// Both versions as they are written, where they are no SemVer versions: then the others are the nearest that there are.
    pub written: [Option<String>; 2],
    /// Whom the version protects.
    pub mode: Mode,
    /// By how much the version went up.
    pub declared: Level,
    /// By how much it has to go up at least.
    pub required: Level,
    /// The least version that would do, where the present one does not.
    pub write: Option<Version>,
    /// Why nothing fails whatever the version is: `draft`, `an internal model`.
    pub ungated: Option<String>,
    /// Whose yes is missing.
    pub open: Vec<OpenGate>,
    /// What changed since older versions that are still pinned.
    pub against: Vec<Against>,
    /// What there is to say about it.
    pub remarks: Vec<Remark>,
}

/// What changed since a version that somebody still pins, beside what changed since the version before.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// The version.
    pub version: Version,
    /// Who pins it: the team and its requirement.
    pub pins: Vec<(String, String)>,
    /// The changes since then.
    pub changes: Vec<Change>,
}

impl Against {
    /// Who pins it, in words: `crm (^1.2)`.
    pub fn by(&self) -> String {
        let pins: Vec<String> = self.pins.iter().map(|(team, pin)| format!("{team} ({pin})")).collect();
        pins.join(", ")
    }
}

/// A gate that nobody has opened: changes that need somebody's yes, whatever their level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenGate {
    /// Whose yes: a role such as `privacy`, or `subscribers`.
    pub gate: &'static str,
    /// The teams that have not said yes, for `subscribers` and `subscriber`.
    pub teams: Vec<String>,
    /// The code and the element of each change that asks for it.
    pub changes: Vec<(&'static str, String)>,
    /// Whether the run fails without it.
    pub fails: bool,
}

impl fmt::Display for OpenGate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.gate)?;
        if self.teams.is_empty() { Ok(()) } else { write!(out, " ({})", self.teams.join(", ")) }
    }
}

impl Verdict {
    /// The version before as it is written; `None` where the contract is new.
    pub fn base_text(&self) -> Option<String> {
        let [base, _] = &self.written;
        base.clone().or_else(|| self.base.as_ref().map(Version::to_string))
    }

    /// The version after as it is written; `None` where the contract is gone.
    pub fn head_text(&self) -> Option<String> {
        let [_, head] = &self.written;
        head.clone().or_else(|| self.head.as_ref().map(Version::to_string))
    }

    /// Whether the version (or the removal) can't stand.
    pub fn fails(&self) -> bool {
        self.remarks.iter().any(|remark| remark.severity == Severity::Error)
    }
}

impl ContractDiff {
    /// What changed, as a heading: the name of the contract, or `subscription crm_orders of orders`.
    pub fn title(&self) -> String {
        match &self.subscription {
            Some(subscription) => format!("subscription {subscription} of {}", self.name),
            None => self.name.clone(),
        }
    }

    /// The level of a change for those whom the version protects; for both where it protects nobody.
    pub fn level(&self, change: &Change) -> Level {
        match self.verdict.as_ref().map_or(Mode::Readers, |verdict| verdict.mode) {
            Mode::None => change.levels.worst(),
            mode => change.levels.in_mode(mode),
        }
    }

    /// Whether the version can't stand, or there is a change that the repository does not want. What nobody relies on yet
    /// never fails.
    pub fn fails(&self) -> bool {
        self.verdict.as_ref().is_some_and(Verdict::fails)
            || self.is_gated() && self.changes.iter().any(|change| change.forbidden && change.stands())
    }

    /// Whether changes of the contract may fail a run: somebody relies on it.
    pub fn is_gated(&self) -> bool {
        self.verdict.as_ref().is_none_or(|verdict| verdict.ungated.is_none())
    }

    /// The highest level among the changes that stand, for those whom the version protects.
    pub fn worst(&self) -> Level {
        self.changes.iter().filter(|change| change.stands()).map(|change| self.level(change)).max().unwrap_or_default()
    }
}

/// Something to say about a version.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The code.
    pub meta: &'static ChangeMeta,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// What to do now.
    pub help: Option<String>,
}

/// Everything about one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct ContractDiff {
    /// The name of the contract: after the change, or before where it is gone.
    pub name: String,
    /// The name of the subscription to the contract that changed, where that is in a file of its own and the contract is not
    /// what changed.
    pub subscription: Option<String>,
    /// The document before.
    pub base: Option<SourceId>,
    /// The document after.
    pub head: Option<SourceId>,
    /// The changes, worst for readers first.
    pub changes: Vec<Change>,
    /// What they ask of the version; `None` where there is no version to judge, as for a subscription.
    pub verdict: Option<Verdict>,
}
