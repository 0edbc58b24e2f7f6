//! Which contracts to check, and why others are not.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Args, Unchecked};
use crate::check::{Place, Plan, Probe, plan};
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, Workspace};
use crate::format::Document;
use crate::io::fs;
use crate::model::{Contract, ContractKind, Registry, SourceId, Status};
use crate::source::words::{nearest, quoted};

/// A contract with the questions to ask.
pub(super) struct Target<'a> {
    pub(super) contract: &'a Contract,
    pub(super) place: Place<'a>,
    /// The environment that is asked; `None` for the endpoint of the contract itself.
    pub(super) environment: Option<String>,
}

/// What will be checked, and what not.
pub(super) struct Selection<'a> {
    pub(super) targets: Vec<Target<'a>>,
    pub(super) unchecked: Vec<Unchecked>,
}

/// Whether an argument is a file rather than a name. Names may have slashes.
fn is_path(argument: &str, workspace: &Workspace) -> bool {
    let is_ending = fs::is_yaml(argument.as_ref()) || fs::is_json(argument.as_ref());
    is_ending || argument.contains(['/', '\\']) && real(argument, workspace).exists()
}

impl Target<'_> {
    /// The requests to make; none where data is looked at.
    pub(super) fn probes(&self) -> &[Probe] {
        if let Place::Service(probes) = &self.place { probes } else { &[] }
    }
}

impl Selection<'_> {
    /// Whether there are contracts, and none of them is one that ought to be checked.
    pub(super) fn nothing_is_due(&self) -> bool {
        !self.unchecked.is_empty() && !self.unchecked.iter().any(|unchecked| unchecked.due)
    }
}

/// The documents of the repository and of the files given, and the path of each. Without a repository the files given are
/// all there is.
pub(super) fn load(
    arguments: &[String],
    workspace: &Workspace,
    output: Output,
) -> Result<(Documents, Vec<PathBuf>), Error> {
    let mut files = Vec::new();
    let mut given = Vec::new();
    for argument in arguments.iter().filter(|argument| is_path(argument, workspace)) {
        let path = real(argument, workspace);
        if !path.is_file() {
            return Err(
                Error::new(format!("there is no file {argument}")).hint("paths are relative to the working directory")
            );
        }
        given.push(path);
    }
    if workspace.configured || given.len() < arguments.len() || arguments.is_empty() {
        files = workspace.contract_files(output)?;
    }
    files.extend(given);
    files.sort_unstable();
    files.dedup();
    Ok((workspace.load(&files), files))
}

/// The path of an argument without links in the folders above the file: the same file must not be two.
fn real(argument: &str, workspace: &Workspace) -> PathBuf {
    let path = fs::normalized(&workspace.directory.join(argument));
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    folder.zip(path.file_name()).map_or_else(|| path.clone(), |(folder, name)| folder.join(name))
}

/// The one contract that the arguments name.
pub(super) fn one<'a>(
    arguments: &[String],
    files: &[PathBuf],
    workspace: &Workspace,
    documents: &Documents,
    registry: &'a Registry,
) -> Result<&'a Contract, Error> {
    let [argument] = arguments else {
        return Err(Error::new("records are checked against one contract").hint("name it, or its file"));
    };
    let wanted = Wanted::new(argument, workspace);
    let named: Vec<_> = documents.iter().zip(files).filter(|(document, file)| wanted.fits(document, file)).collect();
    let document = match named.as_slice() {
        [(document, _)] => document,
        [] => return Err(no_such(argument, documents, registry)),
        _ => {
            return Err(Error::new(format!("{} is more than one contract", quoted(argument)))
                .hint("name one of them, or its file"));
        }
    };
    if !document.problems.is_empty() {
        let message = format!("{} has errors", document.file.path().display());
        return Err(Error::new(message).hint("`pact lint` shows them"));
    }
    let contract =
        registry.contracts.iter().map(AsRef::as_ref).find(|contract: &&Contract| contract.source == document.id);
    contract.ok_or_else(|| Error::new(format!("{} is no contract", document.file.path().display())))
}

/// The contracts that the arguments name, or all that are in force.
pub(super) fn select<'a>(
    args: &Args,
    files: &[PathBuf],
    workspace: &Workspace,
    documents: &Documents,
    registry: &'a Registry,
) -> Result<Selection<'a>, Error> {
    let mut selection = Selection { targets: Vec::new(), unchecked: Vec::new() };
    let wanted: Vec<Wanted> = args.contracts.iter().map(|argument| Wanted::new(argument, workspace)).collect();
    let mut used = vec![false; wanted.len()];
    let contracts: HashMap<SourceId, &Contract> =
        registry.contracts.iter().map(|contract| (contract.source, contract.as_ref())).collect();
    for (document, file) in documents.iter().zip(files) {
        let mut named = false;
        for (wanted, used) in wanted.iter().zip(&mut used) {
            if wanted.fits(document, file) {
                (named, *used) = (true, true);
            }
        }
        if named || wanted.is_empty() {
            consider(&mut selection, args, document, contracts.get(&document.id).copied(), named);
        }
    }
    match wanted.iter().zip(used).find(|(_, used)| !used) {
        Some((unknown, _)) => Err(no_such(&unknown.text, documents, registry)),
        None => Ok(selection),
    }
}

fn consider<'a>(
    selection: &mut Selection<'a>,
    args: &Args,
    document: &Document,
    contract: Option<&'a Contract>,
    named: bool,
) {
    let mut skip = |name: String, reason: String, failed: bool, due: bool| {
        selection.unchecked.push(Unchecked { name, reason, failed, due: due || named });
    };
    if !document.problems.is_empty() {
        let reason = "the file has errors; `pact lint` shows them".to_owned();
        return skip(document.file.path().display().to_string(), reason, true, true);
    }
    let Some(contract) = contract else {
        // Subscriptions and calendars promise nothing by themselves.
        if named {
            skip(document.file.path().display().to_string(), "it is no contract".to_owned(), false, true);
        }
        return;
    };
    if contract.kind == ContractKind::Model {
        return skip(contract.name.clone(), "an internal model promises nothing".to_owned(), false, false);
    }
    if !named && !contract.status.is_binding() {
        return skip(contract.name.clone(), not_in_force(contract.status), false, false);
    }
    match plan(contract, args.environment.as_deref()) {
        Ok(Plan { place, environment }) => selection.targets.push(Target { contract, place, environment }),
        Err(mut reason) => {
            document.in_its_words(&mut reason);
            skip(contract.name.clone(), reason, named, true);
        }
    }
}

fn not_in_force(status: Status) -> String {
    let when = if status == Status::Retired { "no longer" } else { "not yet" };
    format!("its status is {}: {when} in force; name it to check it anyway", status.name())
}

fn no_such(text: &str, documents: &Documents, registry: &Registry) -> Error {
    let error = Error::new(format!("no contract is named {}", quoted(text)));
    let names = registry.contracts.iter().map(|contract| contract.name.as_str());
    let error = if text.contains(['/', '\\']) { error.hint("there is no file of that name either") } else { error };
    if let Some(near) = nearest(text, names) {
        return error.hint(format!("did you mean {}?", quoted(near)));
    }
    let broken = documents.iter().filter(|document| !document.problems.is_empty()).count();
    if broken > 0 {
        error.hint("some files have errors; `pact lint` shows them")
    } else {
        error.hint("`pact check` alone checks every contract")
    }
}

/// A name, a pattern of names, or a file.
struct Wanted {
    text: String,
    path: Option<PathBuf>,
}

impl Wanted {
    fn new(text: &str, workspace: &Workspace) -> Self {
        let path = is_path(text, workspace).then(|| real(text, workspace));
        Self { text: text.to_owned(), path }
    }

    fn fits(&self, document: &Document, file: &Path) -> bool {
        match &self.path {
            Some(path) => file == path,
            None => document.contract().is_some_and(|contract| contract.names().any(|name| matches(&self.text, name))),
        }
    }
}

/// Whether a name fits a pattern in which `*` stands for any letters.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_names() {
        for pattern in ["payments.refunds", "payments.*", "*", "*.refunds", "p*s.*f*s", "payments.refunds*", "**"] {
            assert!(matches(pattern, "payments.refunds"), "{pattern}");
        }
        for pattern in ["payments", "payments.", "*.orders", "payments.*.x", "", "payments.refunds*s", "Payments.*"] {
            assert!(!matches(pattern, "payments.refunds"), "{pattern}");
        }
    }
}
