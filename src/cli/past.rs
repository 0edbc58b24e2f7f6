//! The past of a contract, commit by commit: what `pact log` and `pact blame` walk over.

use std::path::{Path, PathBuf};

use super::error::Error;
use super::history::History;
use super::output::Output;
use super::workspace::Workspace;
use crate::diff::{self, verdict::verdict};
use crate::finding::change::ContractDiff;
use crate::format::{self, Content};
use crate::io::git::{BlobId, Commit, Made};
use crate::io::{clock, fs};
use crate::model::{Contract, SourceId};
use crate::report::sanitize;
use crate::source::SourceFile;
use crate::source::words::{nearest, quoted};

/// A step of a contract's history: what a commit, or the work tree, made of it.
pub(super) struct Step {
    /// The commit; `None` for what is not committed.
    pub(super) made: Option<Made>,
    /// The contract after it.
    pub(super) after: Contract,
    /// What changed, and what it asked of the version. In the first step the contract was added.
    pub(super) diff: ContractDiff,
    /// The datasets that had another name before, and the names that they have after it.
    renamed: Vec<(String, String)>,
}

impl Step {
    /// What an element was called before the step: it, or what it lies in, may have been renamed.
    pub(super) fn earlier(&self, element: &str) -> String {
        let fields =
            self.diff.changes.iter().map(|change| (change.base.path.to_string(), change.head.path.to_string()));
        let all = fields.chain(self.renamed.iter().cloned());
        let renamed = all.filter(|(before, after)| {
            before != after && !before.is_empty() && !after.is_empty() && is_about(element, after)
        });
        // The nearest to the element tells most.
        match renamed.max_by_key(|(_, after)| after.len()) {
            Some((before, after)) => format!("{before}{}", element.strip_prefix(after.as_str()).unwrap_or_default()),
            None => element.to_owned(),
        }
    }
}

/// Whether a path is an element or lies within it.
pub(super) fn is_about(path: &str, element: &str) -> bool {
    path.strip_prefix(element).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']))
}

/// A contract and everything that led to it.
pub(super) struct Past {
    /// The contract as it is at the start of the walk.
    pub(super) contract: Contract,
    /// The steps, the newest first.
    pub(super) steps: Vec<Step>,
}

/// A state of the contract, and where its file was.
struct Version {
    contract: Contract,
    path: PathBuf,
    blob: Option<BlobId>,
}

impl Past {
    /// Finds the contract that an address begins with (the longest name that fits), in the work tree or at a commit, and
    /// walks back from there along first parents. A file that moved is followed by the contract's name.
    ///
    /// # Errors
    ///
    /// There is no such contract or revision, or git can't be read.
    pub(super) fn of(address: &str, at: Option<&str>, workspace: &Workspace, output: Output) -> Result<Self, Error> {
        let history = History::open(workspace)?;
        // Where there is no work tree, what there is begins at HEAD.
        let at = at.or_else(|| history.git.root().is_none().then_some("HEAD"));
        if at.is_none() && history.git.is_unborn() {
            // Before the first commit everything is still to be committed.
            let newest = find(address, None, &history, workspace, output)?;
            let contract = newest.contract.clone();
            let mut walk = Walk { history: &history, workspace, today: clock::today(), steps: Vec::new() };
            walk.step(None, None, &contract);
            return Ok(Self { contract, steps: walk.steps });
        }
        let start = history.git.resolve(at.unwrap_or("HEAD"))?;
        let newest = find(address, at.map(|_| &start), &history, workspace, output)?;
        let contract = newest.contract.clone();
        let walk = Walk { history: &history, workspace, today: clock::today(), steps: Vec::new() };
        Ok(Self { contract, steps: walk.run(newest, &start, at.is_none(), output)? })
    }
}

struct Walk<'a> {
    history: &'a History<'a>,
    workspace: &'a Workspace,
    today: jiff::civil::Date,
    steps: Vec<Step>,
}

impl Walk<'_> {
    fn run(mut self, newest: Version, start: &Commit, from_disk: bool, output: Output) -> Result<Vec<Step>, Error> {
        let mut newer = newest;
        if from_disk {
            match self.committed(start, &newer)? {
                Found::Readable(committed) => {
                    if committed.blob != newer.blob || committed.path != newer.path {
                        self.step(None, Some(&committed.contract), &newer.contract);
                    }
                    newer = *committed;
                }
                Found::Unreadable => {}
                Found::Nothing => {
                    self.step(None, None, &newer.contract);
                    return Ok(self.steps);
                }
            }
        }
        let history = self.history;
        let shallow = history.git.walk::<Error>(start, |commit, parent| {
            let Some(parent) = parent else {
                self.step(Some(history.git.made(commit)?), None, &newer.contract);
                return Ok(false);
            };
            let older = match self.older(commit, parent, &newer)? {
                Found::Readable(older) => *older,
                // What a file that can't be read meant is not known: the next commit that can be read tells.
                Found::Unreadable => return Ok(true),
                Found::Nothing => {
                    self.step(Some(history.git.made(commit)?), None, &newer.contract);
                    return Ok(false);
                }
            };
            if older.blob != newer.blob || older.path != newer.path {
                self.step(Some(history.git.made(commit)?), Some(&older.contract), &newer.contract);
                newer = older;
            }
            Ok(true)
        })?;
        if shallow {
            output.note("the clone is shallow: history before its oldest commit is not here (`git fetch --unshallow`)");
        }
        Ok(self.steps)
    }

    /// The contract in the parent of a commit, at the same path or at the one that it was moved from.
    fn older(&self, commit: &Commit, parent: &Commit, newer: &Version) -> Result<Found, Error> {
        // The same content needs no second look.
        let blob = self.history.git.blob_at(parent, &newer.path)?;
        if blob.is_some() && blob == newer.blob {
            let (contract, path) = (newer.contract.clone(), newer.path.clone());
            return Ok(Found::Readable(Box::new(Version { contract, path, blob })));
        }
        match self.version(parent, newer)? {
            Found::Nothing => {}
            found => return Ok(found),
        }
        for (path, blob) in self.history.removed(parent, commit)? {
            if let Some(contract) = self.read(blob).filter(|contract| contract.name == newer.contract.name) {
                return Ok(Found::Readable(Box::new(Version { contract, path, blob: Some(blob) })));
            }
        }
        Ok(Found::Nothing)
    }

    /// The contract at the commit that the work tree stands on, at the same path or in a file that is no longer on disk.
    fn committed(&self, commit: &Commit, newer: &Version) -> Result<Found, Error> {
        match self.version(commit, newer)? {
            Found::Nothing => {}
            found => return Ok(found),
        }
        let root = self.history.git.root().unwrap_or_else(|| Path::new(""));
        for (path, blob) in self.history.files(commit)?.into_iter().filter(|(path, _)| !root.join(path).exists()) {
            if let Some(contract) = self.read(blob).filter(|contract| contract.name == newer.contract.name) {
                return Ok(Found::Readable(Box::new(Version { contract, path, blob: Some(blob) })));
            }
        }
        Ok(Found::Nothing)
    }

    fn version(&self, commit: &Commit, newer: &Version) -> Result<Found, Error> {
        let Some(blob) = self.history.git.blob_at(commit, &newer.path)? else { return Ok(Found::Nothing) };
        Ok(self.read(blob).map_or(Found::Unreadable, |contract| {
            Found::Readable(Box::new(Version { contract, path: newer.path.clone(), blob: Some(blob) }))
        }))
    }

    fn read(&self, blob: BlobId) -> Option<Contract> {
        contract_of(&self.history.git.read(blob).ok()?)
    }

    fn step(&mut self, made: Option<Made>, before: Option<&Contract>, after: &Contract) {
        let changes = diff::contract(before, Some(after), self.today);
        let verdict = verdict(before, Some(after), &changes, self.workspace.config.compatibility);
        let is_new_version = before.is_none_or(|before| before.version != after.version);
        if changes.is_empty() && !is_new_version {
            return;
        }
        let name = after.name.clone();
        let found = ContractDiff { name, base: None, head: None, changes, verdict: Some(verdict) };
        let renamed = before.map(|before| diff::renamed_datasets(before, after)).unwrap_or_default();
        self.steps.push(Step { made, after: after.clone(), diff: found, renamed });
    }
}

enum Found {
    Readable(Box<Version>),
    Unreadable,
    Nothing,
}

fn contract_of(text: &str) -> Option<Contract> {
    let document = format::read(SourceId(0), SourceFile::new("", text));
    document.problems.is_empty().then(|| document.contract().cloned()).flatten()
}

/// Whether an address begins with a name.
fn begins_with(address: &str, name: &str) -> bool {
    address.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The search for the contract that an address begins with.
struct Search<'a> {
    address: &'a str,
    best: Option<Version>,
    /// The names in all files.
    names: Vec<String>,
    /// Something else of that name.
    other: Option<&'static str>,
    /// The file of that name which can't be read.
    broken: Option<PathBuf>,
}

impl<'a> Search<'a> {
    fn new(address: &'a str) -> Self {
        Self { address, best: None, names: Vec::new(), other: None, broken: None }
    }

    fn consider(&mut self, path: &Path, text: &str, blob: Option<BlobId>) {
        let name = text.lines().find_map(|line| line.strip_prefix("name:"));
        let name = name.map(|name| name.trim().trim_matches(['"', '\'']).to_owned());
        // Most files are of other contracts: a look at the text is much cheaper than reading its meaning.
        let first = self.address.split('.').next().unwrap_or_default();
        if text.contains(first) {
            let document = format::read(SourceId(0), SourceFile::new("", text));
            match &document.content {
                Some(Content::Calendar(calendar)) if calendar.name == self.address => self.other = Some("a calendar"),
                Some(Content::Subscription(subscription)) if subscription.name == self.address => {
                    self.other = Some("a subscription");
                }
                _ if !document.problems.is_empty() => {
                    let is_meant = name.as_deref().is_some_and(|name| begins_with(self.address, name));
                    if is_meant {
                        self.broken = Some(path.to_path_buf());
                    }
                }
                Some(Content::Contract(contract)) if begins_with(self.address, &contract.name) => {
                    let length = contract.name.len();
                    if self.best.as_ref().is_none_or(|best| best.contract.name.len() < length) {
                        let contract = Contract::clone(contract);
                        self.best = Some(Version { contract, path: path.to_path_buf(), blob });
                    }
                }
                _ => {}
            }
        }
        self.names.extend(name);
    }

    /// Looks at the files of a commit.
    fn at(&mut self, files: Vec<(PathBuf, BlobId)>, history: &History<'_>) {
        for (path, blob) in files {
            if let Ok(text) = history.git.read(blob) {
                self.consider(&path, &text, Some(blob));
            }
        }
    }
}

/// The contract that an address begins with, and its file.
fn find(
    address: &str,
    at: Option<&Commit>,
    history: &History<'_>,
    workspace: &Workspace,
    output: Output,
) -> Result<Version, Error> {
    let mut search = Search::new(address);
    if let Some(commit) = at {
        search.at(history.files(commit)?, history);
    } else {
        // A folder that is gone took its contracts with it: the search goes on in git.
        let files = workspace.files(output, |_| Ok(()))?;
        for file in files {
            if let Ok(text) = fs::read_text(&file, Some(&workspace.root)) {
                let path = history.git.root().and_then(|root| file.strip_prefix(root).ok()).unwrap_or(&file);
                search.consider(path, &text, history.git.hash_file(&file));
            }
        }
    }
    if let Some(found) = search.best {
        return Ok(found);
    }
    if let Some(what) = search.other {
        return Err(Error::new(format!("{} is {what}, and not a contract", quoted(address)))
            .hint("`pact log` and `pact blame` tell the history of contracts; `pact dict` lists them"));
    }
    if let Some(path) = search.broken {
        let shown = history.shown(&path).display().to_string();
        let error = Error::new(format!("the contract {} can't be read: {shown} is not valid", quoted(address)));
        return Err(match at {
            Some(_) => error.hint("`--at REV` looks at another revision"),
            None => error.hint(format!("`pact lint {shown}` shows what is wrong; `--at REV` looks at a revision")),
        });
    }
    if let Some(error) = gone(address, at, history)? {
        return Err(error);
    }
    if at.is_none() {
        // Where nothing at all is there, that is what is wrong.
        workspace.contract_files(output)?;
    }
    let error = Error::new(format!("there is no contract {} that can be read", quoted(address)));
    Err(match nearest(address, search.names.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`pact dict` lists the contracts; `--at REV` looks at another revision"),
    })
}

/// What became of a contract that is not there, and was there once: the commit that took it away, if any did.
fn gone(address: &str, at: Option<&Commit>, history: &History<'_>) -> Result<Option<Error>, Error> {
    if at.is_none() && history.git.is_unborn() {
        return Ok(None);
    }
    let start = match at {
        Some(commit) => commit.clone(),
        None => history.git.resolve("HEAD")?,
    };
    let error = || Error::new(format!("the contract of {} is gone", quoted(address)));
    let mut search = Search::new(address);
    search.at(history.files(&start)?, history);
    if search.best.is_some() {
        let hint = format!("HEAD has it: `pact log {address} --at HEAD`");
        return Ok(Some(error().hint(hint)));
    }
    let mut found = None;
    let mut successor = None;
    history.git.walk::<Error>(&start, |commit, parent| {
        let Some(parent) = parent else { return Ok(false) };
        for (path, before, after) in history.replaced(parent, commit)? {
            search.at(vec![(path, before)], history);
            if search.best.is_some() {
                found = Some(history.git.made(commit)?);
                let text = after.and_then(|after| history.git.read(after).ok());
                successor = text.and_then(|text| contract_of(&text)).map(|contract| contract.name);
                return Ok(false);
            }
        }
        Ok(true)
    })?;
    Ok(found.map(|made| {
        let short = &made.commit.short;
        if let Some(name) = successor {
            return error().hint(format!("{short} renamed it: `pact log {name}` knows its whole history"));
        }
        error().hint(format!(
            "{short} removed it ({}): `pact log {address} --at {short}~` shows what was before",
            sanitize::line(&made.subject)
        ))
    }))
}
