//! Changes of contracts to text, one file per format.

mod bumps;
mod changelog;
mod github;
mod human;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod past;
mod sarif;

use std::fmt::Write as _;

use super::{Report, Spot, sanitize};
use crate::finding::Severity;
use crate::finding::change::{Affected, Change, ContractDiff, Level, Side, Via};
use crate::model::Literal;

pub use changelog::{changelog, has_entry, with_entry};
pub use github::github;
pub use human::{human, summary};
pub use json::json;
pub use jsonl::jsonl;
pub use junit::junit;
pub use markdown::markdown;
pub use past::{Beginning, Commit, Entry, commit_json, past, past_json, past_json_lines};
pub use sarif::sarif;

/// Everything that a comparison found, with places, ready to be shown.
#[derive(Debug)]
pub struct ChangeReport<'a> {
    /// What was compared with.
    pub base: State,
    /// What was compared.
    pub head: State,
    /// The contracts that changed, those whose version can't stand first.
    pub contracts: Vec<Placed<'a>>,
    /// Documents that can't be compared, and why.
    pub problems: Report<'a>,
    /// What is wrong with exceptions of the configuration.
    pub exceptions: Report<'a>,
    /// How many changes an exception holds back.
    pub accepted: usize,
}

/// A state of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its name, as it was given or found: `main`, `work tree`.
    pub name: String,
    /// The commit, where it is one.
    pub commit: Option<String>,
}

/// A contract's changes with their places.
#[derive(Debug)]
pub struct Placed<'a> {
    /// The changes and the verdict.
    pub diff: &'a ContractDiff,
    /// Where the version stands: after, or before where the contract is gone.
    pub version: Option<Spot<'a>>,
    /// The places of each change, in the order of the changes.
    pub places: Vec<Places<'a>>,
}

/// The places of a change.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// Before; `None` where the contract was not there.
    pub base: Option<Spot<'a>>,
    /// After; `None` where the contract is gone.
    pub head: Option<Spot<'a>>,
}

impl Placed<'_> {
    /// The changes with their places, worst first for those whom the version protects.
    fn changes(&self) -> Vec<(&Change, &Places<'_>)> {
        let mut changes: Vec<_> = self.diff.changes.iter().zip(&self.places).collect();
        changes.sort_by_key(|(change, _)| (!change.stands(), std::cmp::Reverse(self.diff.level(change))));
        changes
    }

    /// The versions and by how much they differ: `1.2.0 -> 1.2.1 (patch)`.
    fn versions(&self) -> String {
        let Some(verdict) = &self.diff.verdict else { return String::new() };
        match (verdict.base_text(), verdict.head_text()) {
            (Some(base), Some(head)) if base == head => base,
            (Some(base), Some(head)) if verdict.declared == Level::None => format!("{base} -> {head}"),
            (Some(base), Some(head)) => format!("{base} -> {head} ({})", verdict.declared.name()),
            (None, Some(head)) => format!("new at {head}"),
            (Some(base), None) => format!("{base}, now gone"),
            (None, None) => String::new(),
        }
    }
}

impl ChangeReport<'_> {
    /// How many changes have a level.
    fn count(&self, level: Level) -> usize {
        let changes = |placed: &Placed<'_>| {
            let standing = placed.diff.changes.iter().filter(|change| change.stands());
            standing.filter(|change| placed.diff.level(change) == level).count()
        };
        self.contracts.iter().map(changes).sum()
    }

    /// How many of the contracts, or of the subscriptions, fail.
    fn failing(&self, subscriptions: bool) -> usize {
        self.of(subscriptions).filter(|placed| placed.diff.fails()).count()
    }

    /// The contracts that changed, or the subscriptions in files of their own.
    fn of(&self, subscriptions: bool) -> impl Iterator<Item = &Placed<'_>> {
        self.contracts.iter().filter(move |placed| placed.diff.subscription.is_some() == subscriptions)
    }

    /// What was found, in one sentence.
    fn summary(&self) -> String {
        let mut lost: Vec<_> = self.problems.findings.iter().map(|located| located.spot.file.path()).collect();
        lost.dedup();
        let lost = if lost.is_empty() {
            String::new()
        } else {
            format!("{} can't be compared.", super::counted(lost.len(), "file"))
        };
        if self.contracts.is_empty() {
            return if lost.is_empty() { "no contract changes".to_owned() } else { lost };
        }
        let counts: Vec<String> = [Level::Major, Level::Minor, Level::Patch, Level::None]
            .into_iter()
            .map(|level| (self.count(level), level))
            .filter(|(count, _)| *count > 0)
            .map(|(count, level)| {
                format!("{count} {}", if level == Level::None { "without level" } else { level.name() })
            })
            .collect();
        let kinds = [(false, "contract"), (true, "subscription")];
        let changed = kinds.map(|(kind, noun)| (self.of(kind).count(), noun));
        let changed = changed.iter().filter(|(count, _)| *count > 0);
        let changed: Vec<String> = changed.map(|(count, noun)| super::counted(*count, noun)).collect();
        let mut text = format!("{} changed", changed.join(" and "));
        if !counts.is_empty() {
            let _ = write!(text, ": {}", counts.join(", "));
        }
        text.push('.');
        for (kind, noun) in kinds {
            let failing = self.failing(kind);
            if failing > 0 {
                let verb = if failing == 1 { "fails" } else { "fail" };
                let _ = write!(text, " {} {verb}.", super::counted(failing, noun));
            }
        }
        if self.accepted > 0 {
            let _ = write!(text, " {} accepted by pact.yaml.", self.accepted);
        }
        if !lost.is_empty() {
            let _ = write!(text, " {lost}");
        }
        text
    }
}

/// How bad a change is where formats have severities and no levels. A major one is a warning: whether it may stand is for
/// the version to say.
fn severity(diff: &ContractDiff, change: &Change) -> Severity {
    match diff.level(change) {
        _ if !change.stands() => Severity::Info,
        _ if change.forbidden && diff.is_gated() => Severity::Error,
        Level::Major => Severity::Warning,
        _ => Severity::Info,
    }
}

/// What changed as people call it.
fn called(change: &Change) -> String {
    Some(change.element()).filter(|element| !element.is_empty()).unwrap_or_else(|| "the contract".to_owned())
}

/// At most so many characters of a value are shown to a person.
const LONGEST_VALUE: usize = 80;

/// A value as a person reads it, on one line.
fn value(side: &Side, otherwise: &str) -> String {
    let Some(value) = &side.value else { return otherwise.to_owned() };
    let text = sanitize::line(&plainly(value));
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A value as it is written, with quotes where a text in a list would be read as something else: `'1'` is no number.
fn plainly(value: &Literal) -> String {
    match value {
        Literal::List(items) => {
            let items: Vec<String> = items.iter().map(quoted_if_unlike).collect();
            format!("[{}]", items.join(", "))
        }
        value => value.to_string(),
    }
}

fn quoted_if_unlike(value: &Literal) -> String {
    match value {
        Literal::Text(text)
            if text.is_empty() || text.parse::<f64>().is_ok() || matches!(text.as_str(), "true" | "false" | "null") =>
        {
            format!("'{text}'")
        }
        value => plainly(value),
    }
}

/// Both values, or nothing where there are none to show.
fn values(change: &Change) -> Option<String> {
    match (&change.base.value, &change.head.value) {
        (None, None) => None,
        (None, Some(_)) => Some(format!("now {}", value(&change.head, ""))),
        (Some(_), None) => Some(format!("was {}", value(&change.base, ""))),
        (Some(before), Some(after)) => {
            let shown = (value(&change.base, ""), value(&change.head, ""));
            // A text that became the number of the same digits.
            let shown = if shown.0 == shown.1 && before != after && before.text().is_some() != after.text().is_some() {
                (sanitize::line(&quoted_if_unlike(before)), sanitize::line(&quoted_if_unlike(after)))
            } else {
                shown
            };
            Some(format!("{} -> {}", shown.0, shown.1))
        }
    }
}

/// Who is hit, in words: `crm (newsletter, crm@example.com) via email`. A team that is hit in several ways is told once.
fn hits(change: &Change) -> Vec<String> {
    // What says no more than the team and its address, such as that it answers for a contract made of this one.
    let is_bare = |one: &Affected| one.use_case.is_none() && one.pin.is_none();
    let mut affects: Vec<&Affected> = change.affects.iter().collect();
    affects.sort_by(|one, other| one.team.cmp(&other.team).then(is_bare(one).cmp(&is_bare(other))));
    let mut groups: Vec<(&Affected, Vec<&Via>)> = Vec::new();
    for one in affects {
        let mut same_team =
            groups.iter_mut().rev().take_while(|(known, _)| one.team.is_some() && known.team == one.team);
        let same = same_team.find(|(known, _)| is_bare(one) && (one.contact.is_none() || known.contact == one.contact));
        match same {
            Some((_, ways)) => ways.push(&one.via),
            None => groups.push((one, vec![&one.via])),
        }
    }
    groups.into_iter().map(|(affected, ways)| who(affected, &ways)).collect()
}

fn who(affected: &Affected, ways: &[&Via]) -> String {
    let team = affected.team.as_deref().unwrap_or("somebody");
    // A sentence reads badly inside brackets with its full stop.
    let use_case = affected.use_case.as_deref().map(|use_case| use_case.trim_end().trim_end_matches('.'));
    let pin = affected.pin.as_ref().map(|pin| format!("pinned to {pin}"));
    let more: Vec<&str> = [use_case, affected.contact.as_deref(), pin.as_deref()].into_iter().flatten().collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    let way = |via: &Via| if let Via::Lineage { path } = via { Some(path.join(" -> ")) } else { None };
    // Several lineages are one word and their paths.
    let lineages: Vec<String> = ways.iter().filter_map(|via| way(via)).collect();
    let mut ways: Vec<String> = ways.iter().filter(|via| way(via).is_none()).map(ToString::to_string).collect();
    if !lineages.is_empty() {
        ways.push(format!("the lineage {}", lineages.join(", ")));
    }
    sanitize::line(&format!("{team}{more} via {}", ways.join(", and via ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::catalog;
    use crate::finding::change::{Levels, Sureness};
    use crate::model::Path;

    #[test]
    fn a_team_is_told_once() {
        let side = || Side { source: None, path: Path::root(), place: Path::root(), value: None };
        let affected = |team: &str, use_case: Option<&str>, contact: &str, via: Via| Affected {
            team: Some(team.to_owned()),
            use_case: use_case.map(str::to_owned),
            contact: Some(contact.to_owned()),
            pin: None,
            via,
        };
        let lineage = || Via::Lineage { path: vec!["orders".to_owned(), "revenue".to_owned()] };
        let mut affects = vec![
            affected("bi", None, "bi@x", lineage()),
            affected("finance", None, "f@x", lineage()),
            affected("finance", None, "f@x", Via::Lineage { path: vec!["orders".to_owned(), "taxes".to_owned()] }),
            affected("finance", None, "other@x", Via::Everything),
            affected("finance", Some("Revenue."), "f@x", Via::Fields(vec!["amount".to_owned()])),
        ];
        affects.sort();
        let change = Change {
            meta: &catalog::CHANGELOG_MISSING,
            contract: "orders".to_owned(),
            levels: Levels::default(),
            sure: Sureness::Certain,
            base: side(),
            head: side(),
            affects,
            help: None,
            accepted: None,
            forbidden: false,
            witness: None,
        };
        assert_eq!(
            hits(&change),
            [
                "bi (bi@x) via the lineage orders -> revenue",
                "finance (Revenue, f@x) via amount, and via the lineage orders -> revenue, orders -> taxes",
                "finance (other@x) via all fields",
            ]
        );
    }

    #[test]
    fn a_text_of_digits_in_a_list_is_told_from_a_number() {
        let text = |text: &str| Literal::Text(text.to_owned());
        assert_eq!(plainly(&Literal::List(vec![text("1"), text("a"), text("true")])), "['1', a, 'true']");
        assert_eq!(plainly(&Literal::List(vec![Literal::Int(1), Literal::Bool(true)])), "[1, true]");
        assert_eq!(plainly(&text("1.0.0")), "1.0.0");
    }
}
