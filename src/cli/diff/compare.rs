//! From changed files to judged contracts.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use jiff::civil::Date;
use rayon::prelude::*;

use super::changelog;
use super::input::{Input, Sides};
use super::judge::{Judge, hide_secrets};
use super::others::{Others, Place};
use super::pinned;
use super::registered::{added, agree, taken};
use super::releases;
use super::stable;
use crate::cli::error::Error;
use crate::cli::workspace::{Documents, Workspace};
use crate::diff::catalog;
use crate::diff::impact::{self, Users};
use crate::diff::verdict::{self, Circumstances};
use crate::diff::{self, Paired};
use crate::finding::change::{Change, ContractDiff};
use crate::finding::policy::Setting;
use crate::finding::{Finding, Severity};
use crate::format::{Content as Meaning, Document};
use crate::io::clock;
use crate::model::{Compatibility, Contract, Registry, SourceId, Subscription};
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
    /// What is wrong with exceptions of the configuration, which is the last document.
    pub(super) exceptions: Vec<Finding>,
    /// How many changes an exception holds back.
    pub(super) accepted: usize,
}

/// Compares what was read. `base` is what the first state is called.
pub(super) fn run(input: Input, base: &str, workspace: &Workspace, others: &Others<'_>) -> Result<Compared, Error> {
    let Input { documents, paths, sides, one_tree, is_current } = &input;
    let broken = problems(documents, sides, base);
    let sound = Sound::of(documents, sides, *one_tree);
    let today = clock::today();
    let mut judge = Judge::new(workspace, today);
    let pairs = diff::pair(&sound.base_contracts, &sound.head_contracts);
    let mut found: Vec<(Paired<'_>, Vec<Change>)> =
        pairs.into_par_iter().map(|pair| (pair, changes(pair, *one_tree, today))).collect();
    for (_, changes) in &mut found {
        judge.changes(changes);
    }
    let mut names = asked(&found, workspace.config.compatibility);
    names.extend(subscribed(&sound));
    names.extend(added(&found));
    let registry = if names.is_empty() { Registry::default() } else { others.load(&names, &input)? };
    let users = Users::of(
        sound.base_subscriptions.iter().copied(),
        &registry.subscriptions,
        registry.contracts.iter().map(AsRef::as_ref),
    );
    let users = users.as_of(today);
    let mut filed: HashMap<&str, Vec<&Subscription>> = HashMap::new();
    for subscription in &registry.subscriptions {
        filed.entry(&subscription.contract).or_default().push(subscription);
    }
    let changed = [&sound.base_subscriptions, &sound.head_subscriptions].map(|list| by_name(list));
    for (pair, changes) in &mut found {
        stand(pair, changes, &filed, &changed, &mut judge);
    }
    flow_down(&mut found, &users, &mut judge);
    for ((base, head), changes) in &mut found {
        impact::fill(changes, base.map(|(_, contract)| contract), head.map(|(_, contract)| contract), &users);
    }
    taken(&mut found, &registry);
    let releases = releases::find(&found, paths, others)?;
    let pinned = pinned::find(&found, paths, &users, others, &mut judge)?;
    let stable = stable::find(&found, paths, others, &mut judge)?;
    let mut of_subscriptions = subscriptions(&sound, &mut judge);
    for diff in &mut of_subscriptions {
        agree(diff, &found, &registry, workspace, &mut judge);
    }
    let mut diffs = Vec::new();
    for ((before, after), changes) in found {
        let (before, after) = (before.map(|(_, contract)| contract), after.map(|(_, contract)| contract));
        let Some(known) = after.or(before) else { continue };
        let circumstances = Circumstances {
            today,
            releases: releases.get(&known.source).map_or(&[], Vec::as_slice),
            failing_gates: &workspace.config.diff.gates,
            lacks_entry: lacks_entry(after, paths, others)?,
            against: pinned.get(&known.source).map_or(&[], |pinned| pinned.against.as_slice()),
            lost: pinned.get(&known.source).map_or(&[], |pinned| pinned.lost.as_slice()),
            last_release: stable.get(&known.source),
        };
        let mut verdict = verdict::whole(before, after, &changes, workspace.config.compatibility, circumstances);
        judge.remarks(&before.unwrap_or(known).name, &mut verdict);
        if changes.is_empty() && verdict.remarks.is_empty() {
            continue;
        }
        diffs.push(ContractDiff {
            name: known.name.clone(),
            subscription: None,
            base: before.map(|contract| contract.source),
            head: after.map(|contract| contract.source),
            changes,
            verdict: Some(verdict),
        });
    }
    diffs.extend(of_subscriptions);
    diffs.sort_by_key(|diff| (std::cmp::Reverse((diff.fails(), diff.worst())), diff.name.clone()));
    let config = SourceId(u32::try_from(paths.len()).unwrap_or(u32::MAX));
    let exceptions = judge.stale(config, *is_current && broken.is_empty());
    let accepted = judge.accepted;
    let Input { documents, paths, .. } = input;
    let documents = documents.with(workspace.config_document(config));
    Ok(Compared { diffs, problems: broken, exceptions, accepted, documents, paths })
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

/// Subscriptions by their names; the first one where several have one.
fn by_name<'a>(subscriptions: &[&'a Subscription]) -> HashMap<&'a str, &'a Subscription> {
    // What is collected last stays.
    subscriptions.iter().rev().map(|one| (one.name.as_str(), *one)).collect()
}

/// Adds where a contract and subscriptions in files of their own come to disagree.
fn stand(
    pair: &Paired<'_>,
    changes: &mut Vec<Change>,
    filed: &HashMap<&str, Vec<&Subscription>>,
    [before, now]: &[HashMap<&str, &Subscription>; 2],
    judge: &mut Judge<'_>,
) {
    let (Some((_, base)), Some((_, head))) = pair else { return };
    // Who subscribed to it by its old name, or by its id, is a subscriber still.
    let names: BTreeSet<&str> = base.names().chain(head.names()).collect();
    for after in names.into_iter().filter_map(|name| filed.get(name)).flatten() {
        // A file that did not change said before what it says now.
        let before = match (before.get(after.name.as_str()), now.get(after.name.as_str())) {
            (Some(before), _) => Some(&before.subscriber),
            (None, Some(_)) => None,
            (None, None) => Some(&after.subscriber),
        };
        let mut found = diff::standing((base, before), (head, &after.subscriber), judge.today);
        judge.changes(&mut found);
        changes.extend(found);
    }
}

/// Adds to contracts that changed what changed incompatibly in those that they are made of.
fn flow_down(found: &mut [(Paired<'_>, Vec<Change>)], users: &Users<'_>, judge: &mut Judge<'_>) {
    let mut below: HashMap<&str, Vec<Change>> = HashMap::new();
    for ((base, _), _) in found.iter().filter(|(_, changes)| changes.iter().any(impact::is_upstream)) {
        let Some((_, base)) = base else { continue };
        for (contract, path) in users.made_of(base) {
            below.entry(contract.name.as_str()).or_default().push(diff::upstream(contract, &path));
        }
    }
    for ((base, head), changes) in found {
        let (Some((_, base)), Some((_, head))) = (base, head) else { continue };
        let Some(mut own) = below.remove(head.name.as_str()) else { continue };
        for change in &mut own {
            (change.base.source, change.head.source) = (Some(base.source), Some(head.source));
        }
        judge.changes(&mut own);
        changes.extend(own);
    }
}

/// Whether the changelog has no entry for a contract, where the configuration asks for one: the code is off else.
fn lacks_entry(head: Option<&Contract>, paths: &[PathBuf], others: &Others<'_>) -> Result<bool, Error> {
    let (Place::Git(history, endpoints), Some(head)) = (&others.place, head) else { return Ok(false) };
    let setting = others.workspace.config.policy.setting(catalog::CHANGELOG_MISSING.code);
    let is_wanted = setting.is_some_and(|setting| setting != Setting::Off);
    let Some(path) = paths.get(head.source.0 as usize).filter(|_| is_wanted) else { return Ok(false) };
    let wanted = (head.name.as_str(), head.version.to_string());
    changelog::lacks((wanted.0, &wanted.1, path), endpoints.head(), history, others.workspace)
}

/// The names of contracts whose users have to be known. Nobody else's file is read unless somebody may be hit.
fn asked<'a>(found: &[(Paired<'a>, Vec<Change>)], default: Compatibility) -> Vec<&'a str> {
    let matters = |pair: &Paired<'_>, changes: &[Change]| {
        changes.iter().any(impact::matters) || pinned::is_asked(pair, changes, default)
    };
    let hitting = found.iter().filter(|(pair, changes)| matters(pair, changes));
    hitting.flat_map(|((base, head), _)| [base, head].into_iter().flatten()).flat_map(|(_, one)| one.names()).collect()
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
        let lost: HashSet<&str> = documents
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

/// The contracts of changed subscriptions: whether somebody has to agree hangs on them.
fn subscribed<'a>(sound: &Sound<'a>) -> impl Iterator<Item = &'a str> {
    sound.base_subscriptions.iter().chain(&sound.head_subscriptions).map(|one| one.contract.as_str())
}

/// Compares subscriptions in files of their own, by their names. They have no version that could be too low.
fn subscriptions(sound: &Sound<'_>, judge: &mut Judge<'_>) -> Vec<ContractDiff> {
    let mut pairs: Vec<(Option<&Subscription>, Option<&Subscription>)> = Vec::new();
    let [before, after] = [&sound.base_subscriptions, &sound.head_subscriptions].map(|list| by_name(list));
    for base in &sound.base_subscriptions {
        pairs.push((Some(base), after.get(base.name.as_str()).copied()));
    }
    let is_new = |head: &&&Subscription| !before.contains_key(head.name.as_str());
    pairs.extend(sound.head_subscriptions.iter().filter(is_new).map(|head| (None, Some(*head))));
    let mut diffs = Vec::new();
    for (base, head) in pairs {
        let mut changes = diff::subscription(base, head, judge.today);
        judge.changes(&mut changes);
        if let Some(known) = head.or(base).filter(|_| !changes.is_empty()) {
            diffs.push(ContractDiff {
                name: known.contract.clone(),
                subscription: Some(known.name.clone()),
                base: base.map(|base| base.source),
                head: head.map(|head| head.source),
                changes,
                verdict: None,
            });
        }
    }
    diffs
}
