//! Fixes put into texts: what findings say of how a document can be mended, until nothing changes any more.
//!
//! A [`Mender`] goes on in rounds. It proposes a text in which as many fixes are made as have nothing to do with each other;
//! whoever looks at documents finds out what is wrong with it; and the proposal is taken or thrown away. So no fix is trusted:
//! one whose result can't be read, is wrong in a new way, or still has the finding, is not made.

mod changes;
mod choose;
mod resolve;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::{Document, problems::PROBLEMS, read_with_tree};
use crate::finding::{Finding, Fix, Place, Severity};
use crate::source::SourceFile;
use crate::source::edit::Refused;
use choose::{Changed, Chosen, choose};
pub use resolve::Resolver;

/// After so many proposals a document is let be: fixes that undo each other would go on for ever.
const MOST_ROUNDS: usize = 100;

/// Why a fix was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmended {
    /// What it wants to change is not there, or is written in a way that the fix does not know.
    NotThere,
    /// The text can't be changed in place.
    Refused(Refused),
    /// A comment would be gone.
    CommentLost,
    /// A comment would stand where what it is about does not stand any more.
    CommentLeft,
    /// The finding would still be there.
    StillFound,
    /// Something else would be wrong: the message of the new finding.
    NewlyWrong(String),
    /// The document has changed too often.
    TooManyRounds,
}

impl Unmended {
    /// The reason as the end of a sentence.
    pub fn reason(&self) -> String {
        match self {
            Self::NotThere => "what it changes is written in another way here".to_owned(),
            Self::Refused(refused) => refused.reason().to_owned(),
            Self::CommentLost => "a comment would be lost".to_owned(),
            Self::CommentLeft => "a comment would no longer stand at what it is about".to_owned(),
            Self::StillFound => "the finding would still be there".to_owned(),
            Self::NewlyWrong(message) => format!("something else would be wrong: {message}"),
            Self::TooManyRounds => format!("the file changed {MOST_ROUNDS} times and would change again"),
        }
    }
}

/// One document on its way to having nothing left that can be mended.
#[derive(Debug)]
pub struct Mender {
    findings: Vec<Finding>,
    /// Whether the fix of each finding is not to be tried again.
    given_up: Vec<bool>,
    with_guesses: bool,
    /// How many fixes may be in one proposal: fewer where one of many has to be found that does harm.
    most: usize,
    rounds: usize,
    proposal: Option<Proposal>,
    fixed: usize,
    unmended: Vec<(Finding, Unmended)>,
}

/// What was proposed last.
#[derive(Debug)]
struct Proposal {
    /// The findings whose fixes are in it.
    chosen: Vec<usize>,
    /// Whether every rule had looked at the document before.
    was_sound: bool,
    /// The parts of the proposal that have another key than before: nothing was known of their form.
    opened: Vec<Range<usize>>,
}

impl Proposal {
    /// Whether a finding is about a part that was not looked at before.
    fn has_opened(&self, finding: &Finding) -> bool {
        let Place::Span(span) = finding.label.place else { return false };
        self.opened.iter().any(|part| part.start <= span.start as usize && span.end as usize <= part.end)
    }
}

/// What a finding says, wherever it stands.
type Said = (&'static str, String, String);

fn said(finding: &Finding) -> Said {
    let element = finding.label.place.element().map(ToString::to_string).unwrap_or_default();
    (finding.code, finding.message.clone(), without_indexes(&element))
}

/// A place without the numbers of items: what stands behind an item that goes away moves up.
fn without_indexes(element: &str) -> String {
    let mut parts = element.split('[');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push('[');
        kept.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    kept
}

impl Mender {
    /// For a document in which this was found. Guesses are only made where somebody asks for them.
    pub fn new(findings: Vec<Finding>, with_guesses: bool) -> Self {
        Self {
            given_up: vec![false; findings.len()],
            findings,
            with_guesses,
            most: usize::MAX,
            rounds: 0,
            proposal: None,
            fixed: 0,
            unmended: Vec::new(),
        }
    }

    /// Whether a fix would be made that stands at a finding.
    fn may_make(&self, fix: &Fix) -> bool {
        fix.is_safe || self.with_guesses
    }

    /// The document, as it is by now, with some more of its fixes made; `None` where nothing is left to do.
    pub fn propose(&mut self, document: &Document) -> Option<Document> {
        loop {
            let open = self.findings.iter().zip(&self.given_up).enumerate().filter(|(_, (_, given_up))| !**given_up);
            let wanted: Vec<(usize, &Fix)> = open
                .filter_map(|(index, (finding, _))| Some((index, finding.fix.as_deref()?)))
                .filter(|(_, fix)| self.may_make(fix))
                .collect();
            let first = wanted.first()?.0;
            if self.rounds >= MOST_ROUNDS {
                let left: Vec<usize> = wanted.into_iter().map(|(index, _)| index).collect();
                for index in left {
                    self.give_up(index, Unmended::TooManyRounds);
                }
                return None;
            }
            let Some(resolver) = Resolver::of(document) else {
                self.give_up(first, Unmended::NotThere);
                continue;
            };
            let Chosen { findings: chosen, refused, text } = choose(&resolver, &wanted, self.most);
            for (index, reason) in refused {
                self.give_up(index, reason);
            }
            match (text, chosen.as_slice()) {
                (_, []) => {}
                (Ok(Changed { text, opened }), _) => {
                    self.rounds += 1;
                    self.proposal = Some(Proposal { chosen, was_sound: document.problems.is_empty(), opened });
                    return Some(read_with_tree(document.id, SourceFile::new(document.file.path(), text)));
                }
                (Err(reason), [only]) => self.give_up(*only, reason),
                (Err(_), several) => self.most = several.len() / 2,
            }
        }
    }

    /// Takes the last proposal, or throws it away, by what was found in it. Whether it is taken.
    pub fn judge(&mut self, findings: Vec<Finding>) -> bool {
        let Some(proposal) = self.proposal.take() else { return false };
        match (self.objection(&proposal, &findings), proposal.chosen.as_slice()) {
            (None, chosen) => {
                self.fixed += chosen.len();
                self.most = self.most.saturating_mul(2);
                self.given_up = self.still_given_up(chosen, &findings);
                self.findings = findings;
                return true;
            }
            (Some(reason), [only]) => {
                self.give_up(*only, reason);
                self.most = 2;
            }
            (Some(_), several) => self.most = several.len() / 2,
        }
        false
    }

    /// What speaks against a proposal.
    fn objection(&self, proposal: &Proposal, findings: &[Finding]) -> Option<Unmended> {
        let (before, after) = (counted(&self.findings), counted(findings));
        let of = |counts: &HashMap<Said, usize>, said: &Said| counts.get(said).copied().unwrap_or(0);
        let mut claimed: HashMap<Said, usize> = HashMap::new();
        for finding in proposal.chosen.iter().filter_map(|index| self.findings.get(*index)) {
            *claimed.entry(said(finding)).or_default() += 1;
        }
        if claimed.iter().any(|(said, count)| of(&after, said) + count > of(&before, said)) {
            return Some(Unmended::StillFound);
        }
        // What could not be read before was not looked at by every rule: only what is wrong with its form can be compared.
        let is_form = |code: &str| PROBLEMS.iter().any(|problem| problem.code == code);
        let worse = findings.iter().find(|finding| {
            finding.severity == Severity::Error
                && (proposal.was_sound || is_form(finding.code))
                && of(&after, &said(finding)) > of(&before, &said(finding))
                && !proposal.has_opened(finding)
        })?;
        Some(Unmended::NewlyWrong(worse.message.clone()))
    }

    fn give_up(&mut self, index: usize, reason: Unmended) {
        if let (Some(finding), Some(given_up)) = (self.findings.get(index), self.given_up.get_mut(index)) {
            *given_up = true;
            self.unmended.push((finding.clone(), reason));
        }
    }

    /// Which of the findings of the next round had a fix that was given up: those that say the same stay in their order.
    fn still_given_up(&self, chosen: &[usize], next: &[Finding]) -> Vec<bool> {
        if !self.given_up.contains(&true) {
            return vec![false; next.len()];
        }
        let mut left: HashMap<Said, VecDeque<bool>> = HashMap::new();
        for (index, (finding, given_up)) in self.findings.iter().zip(&self.given_up).enumerate() {
            if chosen.binary_search(&index).is_err() {
                left.entry(said(finding)).or_default().push_back(*given_up);
            }
        }
        next.iter().map(|finding| left.get_mut(&said(finding)).and_then(VecDeque::pop_front).unwrap_or(false)).collect()
    }

    /// How many findings were mended.
    pub fn fixed(&self) -> usize {
        self.fixed
    }

    /// What was not mended although a fix was known, and why.
    pub fn unmended(&self) -> &[(Finding, Unmended)] {
        &self.unmended
    }
}

fn counted(findings: &[Finding]) -> HashMap<Said, usize> {
    let mut counts = HashMap::with_capacity(findings.len());
    for finding in findings {
        *counts.entry(said(finding)).or_default() += 1;
    }
    counts
}
