//! Where the contract is that an address begins with.

use std::path::{Path, PathBuf};

use super::{Version, contract_of};
use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::format::{self, Content};
use crate::io::fs;
use crate::io::git::{BlobId, Commit};
use crate::model::{Contract, SourceId};
use crate::report::sanitize;
use crate::source::SourceFile;
use crate::source::mentions::may_have;
use crate::source::words::{nearest_address, quoted};

/// What follows a name that an address begins with: nothing, or a dot and more.
fn behind<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    address.strip_prefix(name).filter(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What follows the name or the identifier of a contract that an address begins with.
fn behind_contract<'a>(address: &'a str, contract: &Contract) -> Option<&'a str> {
    let by_id = || contract.id.as_deref().and_then(|id| behind(address, id));
    behind(address, &contract.name).or_else(by_id)
}

/// The name that a text seems to have, also where it can't be read.
fn name_in(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| {
        let plain = line.strip_prefix("name:");
        plain.or_else(|| line.trim_start().strip_prefix("\"name\":").filter(|_| text.trim_start().starts_with('{')))
    });
    line.map(|name| name.trim().trim_end_matches(',').trim_matches(['"', '\'']).to_owned())
}

/// The search for the contract that an address begins with.
struct Search<'a> {
    address: &'a str,
    best: Option<Version>,
    /// How much of the address follows what the best one is called.
    rest: usize,
    /// The names in all files.
    names: Vec<String>,
    /// Something else of that name.
    other: Option<&'static str>,
    /// The file of that name which can't be read.
    broken: Option<PathBuf>,
}

impl<'a> Search<'a> {
    fn new(address: &'a str) -> Self {
        Self { address, best: None, rest: usize::MAX, names: Vec::new(), other: None, broken: None }
    }

    fn consider(&mut self, path: &Path, text: &str, blob: Option<BlobId>) {
        let name = name_in(text);
        // Most files are of other contracts: a look at the text is much cheaper than reading its meaning.
        let first = self.address.split('.').next().unwrap_or_default();
        if may_have(text, first) {
            let document = format::read(SourceId(0), SourceFile::new("", text));
            match &document.content {
                Some(Content::Calendar(calendar)) if calendar.name == self.address => self.other = Some("a calendar"),
                Some(Content::Subscription(subscription)) if subscription.name == self.address => {
                    self.other = Some("a subscription");
                }
                _ if !document.problems.is_empty() => {
                    let is_named = name.as_deref().is_some_and(|name| behind(self.address, name).is_some());
                    let contract = document.contract();
                    if is_named || contract.is_some_and(|one| behind_contract(self.address, one).is_some()) {
                        self.broken = Some(path.to_path_buf());
                    }
                }
                Some(Content::Contract(contract)) => {
                    if let Some(rest) = behind_contract(self.address, contract).filter(|rest| rest.len() < self.rest) {
                        self.rest = rest.len();
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

/// The contract that an address begins with, its file, and the address with the name of the contract in it.
pub(super) fn find(
    address: &str,
    at: Option<&Commit>,
    history: &History<'_>,
    workspace: &Workspace,
    output: Output,
) -> Result<(Version, String), Error> {
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
        let rest = address.get(address.len().saturating_sub(search.rest)..).unwrap_or_default();
        let address = format!("{}{rest}", found.contract.name);
        return Ok((found, address));
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
    Err(match nearest_address(address, &search.names.iter().map(String::as_str).collect::<Vec<_>>()) {
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
