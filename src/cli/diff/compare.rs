//! From changed files to judged contracts.

use std::path::PathBuf;

use jiff::civil::Date;
use rayon::prelude::*;

use super::endpoints::Endpoints;
use super::judge::{Judge, hide_secrets};
use super::others::Others;
use super::submodules;
use crate::cli::error::Error;
use crate::cli::history::{History, NamedText};
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace, read_document};
use crate::diff::impact::{self, Users};
use crate::diff::{self, Paired, verdict::verdict};
use crate::finding::change::{Change, ContractDiff, Level};
use crate::finding::{Finding, Severity};
use crate::format::{Content as Meaning, Document};
use crate::io::clock;
use crate::io::git::Content;
use crate::model::{Contract, SourceId, Subscription};
use crate::report::counted;

/// What a comparison found.
pub(super) struct Compared {
    /// The changed documents of both sides.
    pub(super) documents: Documents,
    /// The path of each document (in the git repository, where it comes from there), in the order of their ids.
    pub(super) paths: Vec<PathBuf>,
    /// The contracts that changed.
    pub(super) diffs: Vec<ContractDiff>,
    /// What is wrong with documents that can't be compared.
    pub(super) problems: Vec<Finding>,
    /// How many changes an exception holds back.
    pub(super) ignored: usize,
}

/// What is compared, once read.
pub(super) struct Input {
    /// The documents that differ, of both sides.
    pub(super) documents: Documents,
    /// The path of each document, in the order of their ids.
    pub(super) paths: Vec<PathBuf>,
    /// Which of them belong together.
    pub(super) sides: Sides,
    /// Whether both sides are states of one tree, so that another path means that the file was moved.
    pub(super) one_tree: bool,
}

/// Compares what was read. `base` is what the first state is called.
pub(super) fn run(
    input: Input,
    base: &str,
    workspace: &Workspace,
    others: &Others<'_>,
    output: Output,
) -> Result<Compared, Error> {
    let Input { documents, paths, sides, one_tree } = input;
    let broken = problems(&documents, &sides, base);
    let sound = Sound::of(&documents, &sides, one_tree);
    let today = clock::today();
    let mut judge = Judge::new(workspace, today);
    let pairs = diff::pair(&sound.base_contracts, &sound.head_contracts);
    let mut found: Vec<(Paired<'_>, Vec<Change>)> =
        pairs.into_par_iter().map(|pair| (pair, changes(pair, one_tree, today))).collect();
    for (_, changes) in &mut found {
        judge.filter(changes);
    }
    affect(&mut found, &sound, others)?;
    let mut diffs = Vec::new();
    for ((before, after), changes) in found {
        let (before, after) = (before.map(|(_, contract)| contract), after.map(|(_, contract)| contract));
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
    Ok(Compared { diffs, problems: broken, ignored: judge.ignored, documents, paths })
}

/// The changes of one contract. What is secret in it is no part of them.
fn changes((base, head): Paired<'_>, one_tree: bool, today: Date) -> Vec<Change> {
    let mut changes = diff::contract(base.map(|(_, contract)| contract), head.map(|(_, contract)| contract), today);
    if let (Some((from, one)), Some((to, other))) = (base, head)
        && from != to
        && one_tree
    {
        changes.push(diff::moved(one, other, from, to));
    }
    hide_secrets(&mut changes);
    changes
}

/// Finds out who is hit. Nobody else's file is read unless somebody may be.
fn affect(found: &mut [(Paired<'_>, Vec<Change>)], sound: &Sound<'_>, others: &Others<'_>) -> Result<(), Error> {
    let hitting = found.iter().filter(|(_, changes)| changes.iter().any(impact::matters));
    let names: Vec<&str> = hitting
        .flat_map(|((base, head), _)| [base, head].into_iter().flatten())
        .map(|(_, one)| one.name.as_str())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let others = others.load(&names)?.registry();
    let users = Users::of(
        sound.base_subscriptions.iter().copied(),
        &others.subscriptions,
        others.contracts.iter().map(AsRef::as_ref),
    );
    for ((base, head), changes) in found {
        impact::fill(changes, base.map(|(_, contract)| contract), head.map(|(_, contract)| contract), &users);
    }
    Ok(())
}

/// A changed file: its documents before and after.
pub(super) type Sides = Vec<(Option<SourceId>, Option<SourceId>)>;

/// Reads what changed in git, and nothing else.
pub(super) fn read(history: &History<'_>, endpoints: &Endpoints, output: Output) -> Result<Input, Error> {
    let changed = history.changed(endpoints.base(), endpoints.head())?;
    let (mut paths, mut contents, mut sides) = (Vec::new(), Vec::new(), Vec::new());
    for file in &changed {
        let mut add = |content| {
            contents.push(content);
            paths.push(&file.path);
            SourceId(u32::try_from(contents.len() - 1).unwrap_or(u32::MAX))
        };
        let before = file.before.map(|blob| add(Content::Blob(blob)));
        sides.push((before, file.after.map(add)));
    }
    let mut texts: Vec<NamedText> = history.contents(&paths, &contents);
    let mut paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    for file in submodules::changed(history, endpoints, output)? {
        let mut add = |text| {
            texts.push((history.shown(&file.path), text));
            paths.push(file.path.clone());
            SourceId(u32::try_from(texts.len() - 1).unwrap_or(u32::MAX))
        };
        let before = file.before.map(&mut add);
        sides.push((before, file.after.map(add)));
    }
    let documents: Vec<Document> = texts
        .into_par_iter()
        .enumerate()
        .map(|(index, (shown, text))| read_document(SourceId(u32::try_from(index).unwrap_or(u32::MAX)), shown, text))
        .collect();
    Ok(Input { documents: Documents::new(documents), paths, sides, one_tree: true })
}

/// What is wrong with documents. What could not be read before may well be mended by what is compared, which must not be
/// held up by it: that is a warning, and told in one sentence.
fn problems(documents: &Documents, sides: &Sides, base: &str) -> Vec<Finding> {
    let of = |source: &Option<SourceId>| {
        source.and_then(|source| documents.get(source)).map_or(&[][..], |document| document.problems.as_slice())
    };
    let before = sides.iter().filter_map(|(before, _)| of(before).split_first()).map(|(first, more)| {
        let more =
            if more.is_empty() { String::new() } else { format!(" (and {})", counted(more.len(), "more problem")) };
        let message = format!("in {base}: {}{more}", first.message);
        // An object that is missing in git is nothing that a change can mend.
        if first.code == "unreadable-file" {
            return Finding { message, ..first.clone() };
        }
        let help = "nothing could be compared with it; a change that mends it is not held up by that".to_owned();
        Finding { message, severity: Severity::Warning, help: Some(help), ..first.clone() }
    });
    before.chain(sides.iter().flat_map(|(_, after)| of(after)).cloned()).collect()
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
    fn of(documents: &'a Documents, sides: &Sides, one_tree: bool) -> Self {
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
            // Where there is no one tree the pair itself says what belongs together, whatever the files are called.
            let known = if one_tree { None } else { head.or(base) };
            for (document, contracts, subscriptions) in [
                (base, &mut sound.base_contracts, &mut sound.base_subscriptions),
                (head, &mut sound.head_contracts, &mut sound.head_subscriptions),
            ] {
                let Some(document) = document else { continue };
                match &document.content {
                    Some(Meaning::Contract(contract)) if !lost.contains(&contract.name.as_str()) => {
                        let path = known.unwrap_or(document).file.path();
                        contracts.push((path.to_str().unwrap_or_default(), contract.as_ref()));
                    }
                    Some(Meaning::Subscription(subscription)) => subscriptions.push(subscription),
                    _ => {}
                }
            }
        }
        sound
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
