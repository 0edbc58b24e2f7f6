//! What the commands that show contracts have in common: of which commit, and where to.

use std::path::Path;
use std::sync::Arc;

use super::destination::Destination;
use super::error::Error;
use super::history::History;
use super::output::Output;
use super::workspace::{Documents, Workspace};
use crate::model::{Contract, Registry};
use crate::source::words::nearest;

/// Options of commands that show contracts.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Show the contracts as of a commit, branch or tag
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    #[command(flatten)]
    destination: Destination,
}

/// What is shown.
pub(super) struct Shown {
    /// Everything that the contracts say.
    pub(super) registry: Registry,
    /// The commit, where one was asked for: 40 hexadecimal digits.
    pub(super) revision: Option<String>,
    workspace: Workspace,
    destination: Destination,
}

impl Shown {
    /// Writes the result to where it was asked for.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub(super) fn write(&self, text: &str, output: Output) -> Result<(), Error> {
        self.destination.write(text, &self.workspace, output)
    }
}

impl Options {
    /// Reads the contracts. `pact.yaml` is that of the work tree also where a commit is shown.
    ///
    /// # Errors
    ///
    /// There are none, some are not valid, or there is no such commit.
    pub(super) fn open(&self, directory: &Path, output: Output) -> Result<Shown, Error> {
        let workspace = Workspace::open(directory, output)?;
        let (documents, revision) = self.documents(&workspace, output)?;
        documents.demand_sound(output)?;
        let registry = documents.registry();
        if registry.contracts.is_empty() {
            let place = self.at.as_ref().map_or_else(String::new, |at| format!(" at {at}"));
            return Err(Error::new(format!("there are no contracts to show{place}"))
                .hint("write a contract, or correct `contracts` in pact.yaml"));
        }
        Ok(Shown { registry, revision, workspace, destination: self.destination.clone() })
    }

    fn documents(&self, workspace: &Workspace, output: Output) -> Result<(Documents, Option<String>), Error> {
        let Some(at) = &self.at else { return Ok((workspace.load_all(output)?, None)) };
        let history = History::open(workspace)?.tell(output);
        let commit = history.git.resolve(at)?;
        output.detail(&format!("{at} is {}", commit.id));
        Ok((history.documents_at(&commit)?, Some(commit.id)))
    }
}

/// The names of contracts that were asked for by name or by identifier.
///
/// # Errors
///
/// One of them is not there.
pub(super) fn demand_contracts(wanted: &[String], contracts: &[Arc<Contract>]) -> Result<Vec<String>, Error> {
    let called = |wanted: &String| {
        let found = contracts.iter().find(|contract| contract.is_called(wanted));
        found.map_or_else(|| wanted.clone(), |contract| contract.name.clone())
    };
    let names: Vec<String> = wanted.iter().map(called).collect();
    demand_known("contract", &names, contracts.iter().map(|contract| contract.name.as_str()))?;
    Ok(names)
}

/// Refuses a name that is not among those that there are, and tells the nearest one.
///
/// # Errors
///
/// The name is not there.
pub(super) fn demand_known<'a>(
    what: &str,
    wanted: &[String],
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Error> {
    let Some(unknown) = wanted.iter().find(|name| !known.clone().any(|one| one == *name)) else { return Ok(()) };
    let error = Error::new(format!("there is no {what} `{unknown}`"));
    let mut names: Vec<&str> = known.clone().collect();
    names.sort_unstable();
    names.dedup();
    Err(match nearest(unknown, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None if names.is_empty() => error.hint(format!("no contract names a {what}")),
        None if names.len() <= 12 => error.hint(format!("there are: {}", names.join(", "))),
        None => error.hint(format!("there are {}; `pact dict` lists everything", names.len())),
    })
}
