//! `pact init`: a repository of contracts to start from.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::Exit;
use super::created::{CONTRACT_SCHEMA, shell_word, unwritable};
use super::error::Error;
use super::explain;
use super::output::{Format, Output};
use crate::config::{self, FILE_NAME};
use crate::format;
use crate::io::{fs, git};
use crate::report::sanitize;

/// Write what a repository of contracts needs, and a contract to start from
///
/// Never overwrites: what is there stays as it is, and is named.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact init                in the working directory
  pact init contracts-demo in a new folder
  pact init --format json | jq -r '.created[].path'

It writes pact.yaml, contracts/orders.yaml, the JSON Schemas that editors use, and a line in .gitignore. A folder that is in \
no git repository becomes one, with the branch main: `pact diff` needs it.

Files of the Open Data Contract Standard (*.odcs.yaml) are contracts as they are: where there are some, pact.yaml names \
them, and no contract is written. `pact new` writes the next one.")]
pub(super) struct Args {
    /// The folder; it is created if it is not there
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Make no git repository, also where there is none
    #[arg(long)]
    no_git: bool,
    /// How to print what was done
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

const CONTRACT: &str = "contracts/orders.yaml";
const CONFIG_SCHEMA: &str = "schemas/config.schema.json";
const GITIGNORE: &str = ".gitignore";
const IGNORED: &str = ".pact/";
const GIT: &str = ".git/";

/// What was done, in the order in which it was done.
#[derive(Debug, Default)]
struct Done {
    /// Paths that were written, and what each is for.
    created: Vec<(&'static str, &'static str)>,
    /// Paths that were left as they are, and why.
    left: Vec<(&'static str, String)>,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let root = args.dir.as_ref().map_or_else(|| directory.to_path_buf(), |dir| directory.join(dir));
    if root.exists() && !root.is_dir() {
        let hint = "name a folder, or a path where there is nothing yet";
        return Err(Error::new(format!("{} is no folder", root.display())).hint(hint));
    }
    let above = root.parent().and_then(|parent| fs::find_upward(parent, FILE_NAME));
    if let Some(above) = above.filter(|_| !root.join(FILE_NAME).exists()) {
        output.note(&format!("note: in {} the new {FILE_NAME} counts, and not {}", root.display(), above.display()));
    }
    let mut done = Done::default();
    let written =
        write(&root, &mut done).and_then(|()| if args.no_git { Ok(()) } else { repository(&root, &mut done) });
    if written.is_ok() || !done.created.is_empty() {
        print(args, &root, &done, written.is_ok(), output)?;
    }
    written.map(|()| Exit::Clean)
}

/// Writes what is not there yet. `pact.yaml` comes last: a run that was cut short is taken up by the next.
fn write(root: &Path, done: &mut Done) -> Result<(), Error> {
    // Looked at before anything is written.
    for name in [CONTRACT, CONTRACT_SCHEMA, CONFIG_SCHEMA, GITIGNORE, FILE_NAME] {
        let path = root.join(name);
        if path.is_dir() {
            return Err(Error::new(format!("{} is a folder", path.display())).hint("move it out of the way"));
        }
    }
    let standard = standard_there(root)?;
    match contracts_there(root, &standard)? {
        Some(why) => done.left.push((CONTRACT, why)),
        None => file(root, CONTRACT, "a contract to start from", include_str!("orders.yaml"), done)?,
    }
    let schema = format!("{:#}\n", format::schema());
    file(root, CONTRACT_SCHEMA, "what contracts may say, for editors", &schema, done)?;
    let schema = format!("{:#}\n", config::schema(&explain::codes()));
    file(root, CONFIG_SCHEMA, "what pact.yaml may say, for editors", &schema, done)?;
    gitignore(root, done)?;
    let has_folder = root.join("contracts").is_dir();
    file(root, FILE_NAME, "what this repository has decided", &configuration(&standard, has_folder), done)
}

/// The endings of files of the Open Data Contract Standard.
const STANDARD: [&str; 3] = [".odcs.yaml", ".odcs.yml", ".odcs.json"];

/// The files of the Open Data Contract Standard that stand outside of `contracts`, where it would find them by itself.
fn standard_there(root: &Path) -> Result<Vec<PathBuf>, Error> {
    if !root.is_dir() {
        return Ok(Vec::new());
    }
    let is_one = |path: &Path| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        STANDARD.iter().any(|ending| name.ends_with(ending.as_bytes()))
    };
    let mut found = fs::files(root, &[root.to_path_buf()], &[], is_one).map_err(Error::new)?;
    found.retain(|path| is_one(path) && !path.starts_with(root.join("contracts")));
    Ok(found)
}

/// The text of `pact.yaml`: with a pattern for each ending that files of the standard have here.
fn configuration(standard: &[PathBuf], has_folder: bool) -> String {
    const ENTRY: &str = "  - contracts\n";
    let text = include_str!("pact.yaml");
    if standard.is_empty() {
        return text.to_owned();
    }
    let is_there =
        |ending: &&&str| standard.iter().any(|path| path.as_os_str().as_encoded_bytes().ends_with(ending.as_bytes()));
    let mut entries = if has_folder { ENTRY.to_owned() } else { String::new() };
    for ending in STANDARD.iter().filter(is_there) {
        let _ = writeln!(entries, "  - \"*{ending}\"");
    }
    text.replacen(ENTRY, &entries, 1)
}

/// Makes a git repository where there is none: versions are compared with what git has.
fn repository(root: &Path, done: &mut Done) -> Result<(), Error> {
    if git::is_around(root) {
        return Ok(());
    }
    git::start(root)?;
    done.created.push((GIT, "a git repository, branch main, with no commit yet"));
    Ok(())
}

/// Why there is no need for a contract to start from, if so.
fn contracts_there(root: &Path, standard: &[PathBuf]) -> Result<Option<String>, Error> {
    if root.join(CONTRACT).symlink_metadata().is_err() && root.join(FILE_NAME).symlink_metadata().is_ok() {
        return Ok(Some(format!("{FILE_NAME} is there already, and says where contracts are")));
    }
    let folder = root.join("contracts");
    if folder.is_symlink() {
        return Ok(Some("contracts is a symbolic link, which pact does not enter".to_owned()));
    }
    let found =
        if folder.is_dir() { fs::contract_files(root, &[folder], &[]).map_err(Error::new)? } else { Vec::new() };
    Ok(match found.len() {
        0 => match standard {
            [] => None,
            [only] => Some(format!("{} is a contract already, and {FILE_NAME} names it", shown(only, root))),
            [first, others @ ..] => {
                let (first, others) = (shown(first, root), others.len());
                Some(format!("{first} and {others} more are contracts already, and {FILE_NAME} names them"))
            }
        },
        _ if root.join(CONTRACT).exists() => Some("it is there already".to_owned()),
        _ => Some("there are contracts already".to_owned()),
    })
}

fn shown(path: &Path, root: &Path) -> String {
    sanitize::line(&path.strip_prefix(root).unwrap_or(path).display().to_string())
}

fn file(root: &Path, name: &'static str, what: &'static str, text: &str, done: &mut Done) -> Result<(), Error> {
    let path = root.join(name);
    if path.symlink_metadata().is_ok() {
        done.left.push((name, "it is there already".to_owned()));
    } else {
        fs::create(&path, text).map_err(|error| unwritable(&path, &error))?;
        done.created.push((name, what));
    }
    Ok(())
}

/// Keeps the ledger and other local files out of git.
fn gitignore(root: &Path, done: &mut Done) -> Result<(), Error> {
    let path = root.join(GITIGNORE);
    if path.symlink_metadata().is_err() {
        return file(root, GITIGNORE, "keeps the ledger out of git", "# The ledger of pact.\n.pact/\n", done);
    }
    // Git itself does not follow a link here.
    let text = if path.is_symlink() { None } else { fs::read_text(&path, None).ok() };
    let Some(text) = text else {
        done.left.push((GITIGNORE, format!("it can't be read as text; add a line `{IGNORED}` to it")));
        return Ok(());
    };
    let has = |line: &str| matches!(line.trim_end(), ".pact" | ".pact/" | "/.pact" | "/.pact/" | "**/.pact/");
    if text.lines().any(has) {
        done.left.push((GITIGNORE, format!("it has `{IGNORED}` already")));
        return Ok(());
    }
    let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    fs::append(&path, &format!("{newline}{IGNORED}\n")).map_err(|error| unwritable(&path, &error))?;
    done.created.push((GITIGNORE, "a line more: keeps the ledger out of git"));
    Ok(())
}

fn print(args: &Args, root: &Path, done: &Done, complete: bool, output: Output) -> Result<(), Error> {
    match args.format {
        Format::Json => {
            let created: Vec<_> =
                done.created.iter().map(|(path, what)| json!({ "path": path, "purpose": what })).collect();
            let left: Vec<_> = done.left.iter().map(|(path, why)| json!({ "path": path, "reason": why })).collect();
            let json = json!({
                "format": "pact.init/1",
                "directory": root.canonicalize().unwrap_or_else(|_| root.to_path_buf()).to_string_lossy(),
                "created": created,
                "left": left,
            });
            output.print(&format!("{json:#}\n"))
        }
        Format::Human if output.quiet => Ok(()),
        Format::Human => output.print(&human(args, done, complete)),
    }
}

fn human(args: &Args, done: &Done, complete: bool) -> String {
    let mut text = String::new();
    let paths = done.created.iter().map(|(path, _)| path.len()).chain(done.left.iter().map(|(path, _)| path.len()));
    let width = paths.max().unwrap_or_default();
    if !done.created.is_empty() {
        text.push_str("Written:\n");
    }
    for (path, what) in &done.created {
        let _ = writeln!(text, "  {path:width$}  {what}");
    }
    if !done.left.is_empty() {
        text.push_str("Left as it is:\n");
    }
    for (path, why) in &done.left {
        let _ = writeln!(text, "  {path:width$}  {why}");
    }
    if !complete {
        return text;
    }
    if done.created.is_empty() {
        text.push_str("\nEverything is there already.\n");
        return text;
    }
    text.push_str("\nNext:\n");
    if let Some(dir) = &args.dir {
        let _ = writeln!(text, "  cd {}", shell_word(&sanitize::line(&dir.display().to_string())));
    }
    text.push_str(NEXT);
    text
}

const NEXT: &str = "  \
  pact lint        find what is wrong with the contracts
  pact new NAME    write another one from a template
  pact dict        see what they promise
  pact diff        after a commit: what a change means, and which version it needs
  pact --help      everything else
";

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::cli::explain;
    use crate::format::read_with_tree;
    use crate::lint::{Linter, Subject};
    use crate::model::SourceId;
    use crate::source::SourceFile;

    #[test]
    fn contracts_of_the_standard_are_named_in_the_configuration() {
        let entries = |files: &[&str], has_folder| {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            config::read(&configuration(&files, has_folder), &explain::codes()).expect("a configuration").contracts
        };
        assert_eq!(entries(&[], false), ["contracts"]);
        assert_eq!(entries(&["/r/a.odcs.yaml", "/r/b/c.odcs.yaml"], false), ["*.odcs.yaml"]);
        assert_eq!(entries(&["/r/a.odcs.yml", "/r/b.odcs.json"], true), ["contracts", "*.odcs.yml", "*.odcs.json"]);
    }

    #[test]
    fn the_contract_to_start_from_is_good() {
        let document = read_with_tree(SourceId(0), SourceFile::new(CONTRACT, include_str!("orders.yaml")));
        assert_eq!(document.problems, []);
        let (source, file, tree) = (document.id, &document.file, document.tree());
        let subject = Subject { source, file, tree, contract: document.contract(), subscription: None };
        let linter = Linter::new(date(2026, 1, 5), |rule| rule.by_default);
        assert_eq!(linter.look_at(subject), []);
    }

    #[test]
    fn the_configuration_says_what_is_the_default_anyway() {
        let text = include_str!("pact.yaml");
        assert_eq!(config::read(text, &explain::codes()), Ok(config::Config::default()));
        // What is commented out has to be right as well once it is not.
        let is_key = |text: &str| {
            let key = text.split_once(':').map_or("", |(key, _)| key);
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        let commented = text.lines().filter_map(|line| line.strip_prefix("# "));
        let uncommented: Vec<&str> = commented.filter(|line| is_key(line) || line.starts_with("  ")).collect();
        let uncommented = uncommented.join("\n");
        let config = config::read(&uncommented, &explain::codes())
            .unwrap_or_else(|problems| panic!("{uncommented}\n{problems:#?}"));
        assert_eq!((config.policy.selection.levels.len(), config.policy.ignores.len()), (2, 1));
    }
}
