//! From changed files to judged contracts.

use rayon::prelude::*;

use super::endpoints::Endpoints;
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::diff::{self, impact, verdict::verdict};
use crate::finding::Finding;
use crate::finding::change::{Change, ContractDiff, Level, Verdict};
use crate::finding::policy::Ignore;
use crate::format::{Content as Meaning, Document};
use crate::io::git::{Content, State};
use crate::io::{clock, fs};
use crate::model::{Contract, Registry, SourceId, Subscription};

/// What a comparison found.
pub(super) struct Compared {
    /// The changed documents of both sides.
    pub(super) documents: Documents,
    /// The contracts that changed.
    pub(super) diffs: Vec<ContractDiff>,
    /// What is wrong with documents that can't be compared.
    pub(super) problems: Vec<Finding>,
    /// How many changes an exception holds back.
    pub(super) ignored: usize,
}

pub(super) fn run(
    history: &History<'_>,
    workspace: &Workspace,
    endpoints: &Endpoints,
    output: Output,
) -> Result<Compared, Error> {
    let (documents, sides) = read(history, workspace, endpoints)?;
    let broken = problems(&documents, &sides, endpoints);
    let sound = Sound::of(&documents, &sides);
    let today = clock::today();
    let mut judge = Judge { workspace, today, ignored: 0, expired: Vec::new() };
    let mut diffs = Vec::new();
    let mut others = Others { history, workspace, endpoints, output, loaded: None };
    for (base, head) in diff::pair(&sound.base_contracts, &sound.head_contracts) {
        let (before, after) = (base.map(|(_, contract)| contract), head.map(|(_, contract)| contract));
        let mut changes = diff::contract(before, after, today);
        if let (Some((from, one)), Some((to, other))) = (base, head)
            && from != to
        {
            changes.push(diff::moved(one, other, from, to));
        }
        judge.filter(&mut changes);
        if changes.iter().any(impact::matters) {
            let own = Registry { subscriptions: sound.subscriptions(), ..Registry::default() };
            impact::fill(&mut changes, before, after, &[others.registry(&sound)?, &own]);
        }
        let mut verdict = verdict(before, after, &changes, workspace.config.compatibility);
        let Some(known) = after.or(before) else { continue };
        judge.remarks(&before.unwrap_or(known).name, &mut verdict);
        if changes.is_empty() && verdict.remarks.is_empty() {
            continue;
        }
        diffs.push(ContractDiff {
            name: known.name.clone(),
            base: before.map(|contract| contract.source),
            head: after.map(|contract| contract.source),
            changes,
            verdict: Some(verdict),
        });
    }
    diffs.extend(subscriptions(&sound, &mut judge));
    diffs.sort_by_key(|diff| {
        let worst = diff.changes.iter().map(|change| diff.level(change)).max().unwrap_or(Level::None);
        (std::cmp::Reverse((diff.fails(), worst)), diff.name.clone())
    });
    for ignore in judge.expired() {
        output.note(&format!("the exception for {} in pact.yaml expired on {}", ignore.code, ignore.until));
    }
    Ok(Compared { diffs, problems: broken, ignored: judge.ignored, documents })
}

/// A changed file: its documents before and after.
type Sides = Vec<(Option<SourceId>, Option<SourceId>)>;

/// Reads what changed, and nothing else.
fn read(history: &History<'_>, workspace: &Workspace, endpoints: &Endpoints) -> Result<(Documents, Sides), Error> {
    let changed = history.changed(endpoints.base(), endpoints.head())?;
    let mut texts = Vec::new();
    let mut sides = Vec::new();
    for file in &changed {
        let shown = history.shown(&file.path);
        let mut add = |text| {
            texts.push((shown.clone(), text));
            SourceId(u32::try_from(texts.len() - 1).unwrap_or(u32::MAX))
        };
        let before = file.before.map(|blob| add(history.git.read(blob)));
        let after = file.after.map(|content| match (content, history.git.root()) {
            (Content::Disk, Some(root)) => add(fs::read_text(&root.join(&file.path), Some(&workspace.root))),
            (Content::Disk, None) => add(Ok(String::new())),
            (Content::Blob(blob), _) => add(history.git.read(blob)),
        });
        sides.push((before, after));
    }
    let documents: Vec<Document> = texts
        .into_par_iter()
        .enumerate()
        .map(|(index, (shown, text))| read_document(SourceId(u32::try_from(index).unwrap_or(u32::MAX)), shown, text))
        .collect();
    Ok((Documents::new(documents), sides))
}

/// What is wrong with documents, on whichever side.
fn problems(documents: &Documents, sides: &Sides, endpoints: &Endpoints) -> Vec<Finding> {
    let mut found = Vec::new();
    let of = |source: &Option<SourceId>| {
        source.and_then(|source| documents.get(source)).map_or(&[][..], |document| document.problems.as_slice())
    };
    for (base, head) in sides {
        found.extend(of(base).iter().map(|problem| {
            let message = format!("in {}: {}", endpoints.base_state().name, problem.message);
            Finding { message, ..problem.clone() }
        }));
        found.extend(of(head).iter().cloned());
    }
    found
}

/// The documents that can be compared. A document that is broken on one side takes the other side with it: what it means is
/// not known, and "removed" would be a lie.
struct Sound<'a> {
    base_contracts: Vec<(&'a str, &'a Contract)>,
    head_contracts: Vec<(&'a str, &'a Contract)>,
    base_subscriptions: Vec<&'a Subscription>,
    head_subscriptions: Vec<&'a Subscription>,
}

impl<'a> Sound<'a> {
    fn of(documents: &'a Documents, sides: &Sides) -> Self {
        let get = |source: Option<SourceId>| source.and_then(|source| documents.get(source));
        let is_broken = |document: Option<&Document>| document.is_some_and(|document| !document.problems.is_empty());
        let lost: Vec<&str> = documents
            .iter()
            .filter(|document| !document.problems.is_empty())
            .filter_map(|document| documents.name(document.id))
            .collect();
        let mut sound = Self {
            base_contracts: Vec::new(),
            head_contracts: Vec::new(),
            base_subscriptions: Vec::new(),
            head_subscriptions: Vec::new(),
        };
        for (base, head) in sides {
            let (base, head) = (get(*base), get(*head));
            if is_broken(base) || is_broken(head) {
                continue;
            }
            for (document, contracts, subscriptions) in [
                (base, &mut sound.base_contracts, &mut sound.base_subscriptions),
                (head, &mut sound.head_contracts, &mut sound.head_subscriptions),
            ] {
                let Some(document) = document else { continue };
                match &document.content {
                    Some(Meaning::Contract(contract)) if !lost.contains(&contract.name.as_str()) => {
                        contracts.push((document.file.path().to_str().unwrap_or_default(), contract.as_ref()));
                    }
                    Some(Meaning::Subscription(subscription)) => subscriptions.push(subscription),
                    _ => {}
                }
            }
        }
        sound
    }

    /// The subscriptions as they were: who is no longer listed may still read.
    fn subscriptions(&self) -> Vec<Subscription> {
        self.base_subscriptions.iter().map(|subscription| (*subscription).clone()).collect()
    }
}

/// Compares subscriptions in files of their own, by their names. They have no version that could be too low.
fn subscriptions(sound: &Sound<'_>, judge: &mut Judge<'_>) -> Vec<ContractDiff> {
    let mut pairs: Vec<(Option<&Subscription>, Option<&Subscription>)> = Vec::new();
    for base in &sound.base_subscriptions {
        let head = sound.head_subscriptions.iter().find(|head| head.name == base.name);
        pairs.push((Some(base), head.copied()));
    }
    let is_new = |head: &&&Subscription| !sound.base_subscriptions.iter().any(|base| base.name == head.name);
    pairs.extend(sound.head_subscriptions.iter().filter(is_new).map(|head| (None, Some(*head))));
    let mut diffs = Vec::new();
    for (base, head) in pairs {
        let mut changes = diff::subscription(base, head, judge.today);
        judge.filter(&mut changes);
        if let Some(known) = head.or(base).filter(|_| !changes.is_empty()) {
            let name = known.contract.clone();
            let sources = (base.map(|base| base.source), head.map(|head| head.source));
            diffs.push(ContractDiff { name, base: sources.0, head: sources.1, changes, verdict: None });
        }
    }
    diffs
}

/// The policy of the repository, applied to changes and to what is said about versions.
struct Judge<'a> {
    workspace: &'a Workspace,
    today: jiff::civil::Date,
    ignored: usize,
    expired: Vec<usize>,
}

impl Judge<'_> {
    /// Whether a code that stands at an element is turned off or accepted.
    fn is_accepted(&mut self, code: &str, contract: &str, element: &str) -> bool {
        let policy = &self.workspace.config.policy;
        if policy.level(code) == Some(None) {
            return true;
        }
        match policy.ignore(code, || (contract.to_owned(), element.to_owned())) {
            Some((_, ignore)) if ignore.until >= self.today => {
                self.ignored += 1;
                true
            }
            Some((index, _)) => {
                self.expired.push(index);
                false
            }
            None => false,
        }
    }

    fn filter(&mut self, changes: &mut Vec<Change>) {
        changes.retain(|change| !self.is_accepted(change.meta.code, &change.contract, &change.element()));
    }

    fn remarks(&mut self, contract: &str, verdict: &mut Verdict) {
        verdict.remarks.retain(|remark| !self.is_accepted(remark.meta.code, contract, "version"));
        // What nobody relies on is not judged, whatever the configuration says.
        for remark in verdict.remarks.iter_mut().filter(|_| verdict.ungated.is_none()) {
            if let Some(level) = self.workspace.config.policy.level(remark.meta.code).flatten() {
                remark.severity = level;
            }
        }
    }

    fn expired(&mut self) -> impl Iterator<Item = &Ignore> {
        self.expired.sort_unstable();
        self.expired.dedup();
        let ignores = &self.workspace.config.policy.ignores;
        self.expired.iter().filter_map(|index| ignores.get(*index))
    }
}

/// Everything else in the repository that may use what changed: read when somebody may be hit, and then only files that
/// name a contract in question.
struct Others<'a> {
    history: &'a History<'a>,
    workspace: &'a Workspace,
    endpoints: &'a Endpoints,
    output: Output,
    loaded: Option<Registry>,
}

impl Others<'_> {
    fn registry(&mut self, sound: &Sound<'_>) -> Result<&Registry, Error> {
        if self.loaded.is_none() {
            let changed = sound.base_contracts.iter().chain(&sound.head_contracts);
            let mut names: Vec<&str> = changed.map(|(_, contract)| contract.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            let registry = self.load(&names)?.registry();
            self.loaded = Some(registry);
        }
        Ok(self.loaded.get_or_insert_default())
    }

    fn load(&self, names: &[&str]) -> Result<Documents, Error> {
        let mentions = |text: &str| names.iter().any(|name| text.contains(name));
        let texts: Vec<_> = if let State::Commit(commit) = self.endpoints.head() {
            self.history.texts(commit)?
        } else {
            // What is staged is near enough to what is on disk to say who is hit.
            let files = self.workspace.contract_files(self.output)?;
            let read = |path: &std::path::PathBuf| {
                (self.workspace.shown(path), fs::read_text(path, Some(&self.workspace.root)))
            };
            files.par_iter().map(read).collect()
        };
        let documents: Vec<Document> = texts
            .into_par_iter()
            .filter(|(_, text)| text.as_deref().is_ok_and(mentions))
            .map(|(shown, text)| read_document(SourceId(u32::MAX), shown, text))
            .collect();
        Ok(Documents::new(documents))
    }
}
