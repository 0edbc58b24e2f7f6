//! A repository of contracts: its configuration, its files, and its documents once read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::Error;
use super::explain;
use super::fixes::Fixes;
use super::output::Output;
use crate::config::{self, Config, FILE_NAME};
use crate::finding::{Finding, Label, Place, Severity};
use crate::format::{self, Content, Document, Places};
use crate::io::fs::{self, ReadError};
use crate::io::git::Repository;
use crate::model::{Registry, SourceId};
use crate::report::{Located, Report, Spot, Summary, human};
use crate::source::{Problem, SourceFile, Span};

/// The folder that commands work in: the one given, or the process's.
#[expect(clippy::disallowed_methods, reason = "the edge")]
pub(super) fn working_directory(given: Option<PathBuf>) -> Result<PathBuf, Error> {
    let current =
        std::env::current_dir().map_err(|error| Error::new(format!("the working directory can't be read: {error}")))?;
    let Some(given) = given else { return Ok(current) };
    let folder = current.join(&given);
    match folder.canonicalize() {
        Ok(folder) if folder.is_dir() => Ok(folder),
        Ok(_) => Err(Error::new(format!("{} is no folder", given.display())).hint("give a folder to --directory")),
        Err(error) => {
            Err(Error::new(format!("cannot work in {}: {error}", given.display())).hint("give a folder to --directory"))
        }
    }
}

/// Where the repository is and what it has decided.
#[derive(Debug)]
pub(super) struct Workspace {
    /// The folder that commands work in.
    pub(super) directory: PathBuf,
    /// The folder of `pact.yaml`, or the working directory where there is none; without links.
    pub(super) root: PathBuf,
    /// The configuration.
    pub(super) config: Config,
    /// Whether there is a `pact.yaml`.
    pub(super) configured: bool,
    /// Its text; empty where there is none.
    config_text: String,
    /// Whether it is a bare git repository, whose configuration is that of `HEAD`.
    pub(super) is_bare: bool,
    /// The folder that paths are shown relative to.
    shown_from: PathBuf,
}

impl Workspace {
    /// Finds and reads the configuration, from a folder upward.
    ///
    /// # Errors
    ///
    /// The configuration is there and can't be read.
    pub(super) fn open(directory: &Path, output: Output) -> Result<Self, Error> {
        let directory = directory.canonicalize().unwrap_or_else(|_| directory.to_path_buf());
        let found = fs::find_upward(&directory, FILE_NAME);
        if let Some(bare) = fs::bare_repository(&directory)
            && found.as_ref().is_none_or(|file| !file.starts_with(&bare))
            && let Some(workspace) = Self::of_bare(&directory, output)?
        {
            return Ok(workspace);
        }
        let Some(file) = found else {
            let (root, shown_from) = (directory.clone(), directory.clone());
            let (config, config_text) = (Config::default(), String::new());
            let (configured, is_bare) = (false, false);
            return Ok(Self { directory, root, config, configured, config_text, is_bare, shown_from });
        };
        output.detail(&format!("configuration: {}", file.display()));
        let root = file.parent().map_or_else(|| directory.clone(), Path::to_path_buf);
        let text = fs::read_text(&file, None).map_err(|error| {
            let problem = read_problem(&error);
            Error::new(format!("cannot read {}: {}", file.display(), problem.message))
        })?;
        let shown_from = directory.clone();
        let config = config::read(&text, &explain::codes());
        let mut workspace = Self {
            directory,
            root,
            config: Config::default(),
            configured: true,
            config_text: text,
            is_bare: false,
            shown_from,
        };
        workspace.config =
            config.map_err(|problems| config_error(&workspace.config_document(SourceId(0)).file, problems, output))?;
        Ok(workspace)
    }

    /// The workspace of a bare repository: its configuration is that of `HEAD`, so that no branch can loosen the rules that it
    /// is judged by. `None` where a repository has a work tree after all.
    fn of_bare(directory: &Path, output: Output) -> Result<Option<Self>, Error> {
        let git = Repository::open(directory)?;
        if git.root().is_some() {
            return Ok(None);
        }
        let found = match git.resolve("HEAD") {
            Ok(head) => git.blob_at(&head, Path::new(FILE_NAME))?,
            // A branch that is not there yet has no configuration.
            Err(_) => None,
        };
        let (root, shown_from) = (directory.to_path_buf(), directory.to_path_buf());
        let configured = found.is_some();
        let (config, config_text) = match found {
            None => (Config::default(), String::new()),
            Some(blob) => {
                let shown = format!("HEAD:{FILE_NAME}");
                output.detail(&format!("configuration: {shown}"));
                let text = git
                    .read(blob)
                    .map_err(|error| Error::new(format!("cannot read {shown}: {}", read_problem(&error).message)))?;
                let config = config::read(&text, &explain::codes())
                    .map_err(|problems| config_error(&SourceFile::new(shown, text.as_str()), problems, output))?;
                (config, text)
            }
        };
        let directory = root.clone();
        Ok(Some(Self { directory, root, config, configured, config_text, is_bare: true, shown_from }))
    }

    /// From now on paths are shown relative to the git repository around the workspace, as annotations of a pull request
    /// need them, wherever the command runs.
    #[must_use]
    pub(super) fn shown_from_repository(mut self) -> Self {
        if let Some(git) = fs::git_folder(&self.directory) {
            self.shown_from = git;
        }
        self
    }

    /// A path as it is shown to people: relative to the working directory where it lies below it.
    pub(super) fn shown(&self, path: &Path) -> PathBuf {
        fs::below(path, &self.shown_from).or_else(|| fs::below(path, &self.root)).unwrap_or(path).to_path_buf()
    }

    /// The configuration as a document, for findings about it.
    pub(super) fn config_document(&self, id: SourceId) -> Document {
        let file = SourceFile::new(self.shown(&self.root.join(FILE_NAME)), self.config_text.as_str());
        Document::of_text(id, file, Vec::new())
    }

    /// The name of the baseline where the configuration gives none.
    pub(super) const BASELINE: &'static str = "pact-baseline.yaml";

    /// Where the baseline is, if the configuration names one.
    pub(super) fn baseline(&self) -> Option<PathBuf> {
        self.config.lint.baseline.as_ref().map(|file| fs::normalized(&self.root.join(file)))
    }

    /// Whether a path is that of the configuration or of a baseline, which are no contracts.
    pub(super) fn is_own(&self, path: &Path) -> bool {
        self.own().iter().any(|own| own == path)
    }

    /// The paths of the configuration and of baselines.
    fn own(&self) -> Vec<PathBuf> {
        let named = [FILE_NAME, Self::BASELINE].map(|name| self.root.join(name));
        named.into_iter().chain(self.baseline()).collect()
    }

    /// Where the ledger is.
    pub(super) fn ledger_path(&self) -> PathBuf {
        self.root.join(&self.config.ledger)
    }

    /// The files that the configuration names as contracts.
    ///
    /// # Errors
    ///
    /// A folder that does not exist, or a pattern that is no glob.
    pub(super) fn contract_files(&self, output: Output) -> Result<Vec<PathBuf>, Error> {
        self.files(output, |entry| Err(self.nothing_at(entry)))
    }

    /// As [`Self::contract_files`], with `missing` to decide on entries that name nothing.
    pub(super) fn files(
        &self,
        output: Output,
        missing: impl Fn(&str) -> Result<(), Error>,
    ) -> Result<Vec<PathBuf>, Error> {
        let (globs, plain) = self.config.contract_entries();
        let mut files = Vec::new();
        let mut folders = Vec::new();
        for entry in plain {
            let path = fs::normalized(&self.root.join(&entry));
            if !path.starts_with(&self.root) {
                return Err(Error::new(format!("`contracts: {entry}` lies outside {}", self.root.display()))
                    .hint(format!("paths in {FILE_NAME} are relative to it, and lead to its folder or below")));
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                files.push(path);
            } else {
                missing(&entry)?;
            }
        }
        let below = self.walk(&folders)?;
        if files.is_empty() && globs.is_empty() {
            return Ok(below);
        }
        files.extend(below);
        if !globs.is_empty() {
            let patterns = self.patterns()?;
            for path in self.walk(std::slice::from_ref(&self.root))? {
                if patterns.takes(&path) || path.is_symlink() && path.is_dir() && patterns.matches(&path) {
                    files.push(path);
                } else if path.is_symlink() && path.is_dir() {
                    let shown = self.shown(&path);
                    output.note(&format!("not entered: {} is {}", shown.display(), fs::LINKED_FOLDER));
                }
            }
        }
        files.sort_unstable();
        files.dedup();
        Ok(files)
    }

    /// The patterns among the entries of `contracts`.
    fn patterns(&self) -> Result<fs::Patterns, Error> {
        fs::Patterns::new(&self.root, &self.config.contract_entries().0)
            .map_err(|error| Error::new(format!("`contracts` in {FILE_NAME}: {error}")))
    }

    /// The files below folders that may be contracts, as the configuration has them: YAML files, `*.odcs.json`, and the
    /// JSON files that it names.
    pub(super) fn walk(&self, folders: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        // Only a pattern can be wrong before there is anything to walk.
        fs::globs(&self.root, &self.config.exclude).map_err(|error| {
            Error::new(format!("`exclude` in {FILE_NAME}: {error}")).hint("write it as git does in .gitignore")
        })?;
        let patterns = self.patterns()?;
        let named: Vec<PathBuf> =
            self.config.contract_entries().1.iter().map(|entry| fs::normalized(&self.root.join(entry))).collect();
        let is_wanted = |path: &Path| {
            fs::is_contract(path)
                || patterns.takes_json(path)
                || fs::is_json(path) && named.iter().any(|one| one == path)
        };
        let mut files = fs::files(&self.root, folders, &self.config.exclude, is_wanted).map_err(Error::new)?;
        let own = self.own();
        // By their texts: both come from the same folder, and taking thousands of paths apart is dear.
        files.retain(|file| own.iter().all(|own| own.as_os_str() != file.as_os_str()));
        Ok(files)
    }

    /// The error that an entry of the configuration names nothing.
    pub(super) fn nothing_at(&self, entry: &str) -> Error {
        if self.is_bare {
            Error::new("a bare repository has no work tree, and so no files to look at")
                .hint("`pact diff BASE..HEAD`, `pact log`, `pact blame` and commands with `--at REV` read commits")
        } else if self.configured {
            Error::new(format!("`contracts: {entry}` in {FILE_NAME} names nothing in {}", self.root.display()))
                .hint("create the folder, or correct the entry")
        } else {
            Error::new(format!(
                "no {FILE_NAME} in {} or a folder above it, and no `{entry}` folder",
                self.root.display()
            ))
            .hint("`pact init` writes both; or name the files: `pact lint FILE...`")
        }
    }

    /// The folder that a file must not lead out of, by a link: what lies in the repository stays there.
    pub(super) fn fence(&self, path: &Path) -> Option<&Path> {
        path.starts_with(&self.root).then_some(self.root.as_path())
    }

    /// Reads files in parallel, in the order given. What can't be read becomes a document with a problem, and so does what
    /// lies in the repository and leads out of it.
    pub(super) fn load(&self, files: &[PathBuf]) -> Documents {
        let documents = files
            .par_iter()
            .enumerate()
            .map(|(index, path)| {
                let id = SourceId(u32::try_from(index).unwrap_or(u32::MAX));
                read_document(id, self.shown(path), fs::read_text(path, self.fence(path)))
            })
            .collect();
        Documents { documents }
    }

    /// All contracts of the repository.
    pub(super) fn load_all(&self, output: Output) -> Result<Documents, Error> {
        Ok(self.load(&self.contract_files(output)?))
    }
}

/// A text that was read, or why it was not, as a document.
pub(super) fn read_document(id: SourceId, shown: PathBuf, text: Result<String, ReadError>) -> Document {
    match text {
        Ok(text) => format::read(id, SourceFile::new(shown, text)),
        Err(error) => unread(id, shown, error),
    }
}

/// The same of a document in which many places will be looked for.
pub(super) fn read_with_tree(id: SourceId, shown: PathBuf, text: Result<String, ReadError>) -> Document {
    match text {
        Ok(text) => format::read_with_tree(id, SourceFile::new(shown, text)),
        Err(error) => unread(id, shown, error),
    }
}

fn unread(id: SourceId, shown: PathBuf, error: ReadError) -> Document {
    let problem = read_problem(&error);
    let text = match error {
        ReadError::NotUtf8(_, bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    };
    Document::of_text(id, SourceFile::new(shown, text), vec![Finding::from_problem(id, problem)])
}

pub(super) fn read_problem(error: &ReadError) -> Problem {
    let at = Span::default();
    match error {
        ReadError::Io(error) => Problem::new("unreadable-file", at, format!("the file can't be read: {error}"))
            .help("check the path and its permissions"),
        ReadError::NotAFile(what) => {
            Problem::new("unreadable-file", at, format!("this is {what}, not a file")).help("name a YAML file")
        }
        ReadError::Outside(real) => Problem::new(
            "unreadable-file",
            at,
            format!("the symbolic link leads out of the repository, to {}", real.display()),
        )
        .help("put the file itself into the repository"),
        ReadError::TooLarge(bytes) => {
            Problem::new("yaml-too-large", at, format!("the file has {bytes} bytes; pact reads at most 8 MiB"))
                .help("split the file, or move large examples out of it")
        }
        ReadError::NotUtf8(offset, _) => {
            Problem::new("not-utf8", Span::new(*offset, offset + 1), "the file is not UTF-8 from here on")
                .help("save it as UTF-8")
        }
    }
}

/// Shows what is wrong with a file that is no contract.
pub(super) fn show_problems(file: &SourceFile, problems: Vec<Problem>, output: Output) {
    let findings: Vec<Finding> =
        problems.into_iter().map(|problem| Finding::from_problem(SourceId(0), problem)).collect();
    let mut report = Report::default();
    for finding in &findings {
        let Place::Span(span) = finding.label.place else { continue };
        let spot = Spot { file, span, note: "" };
        report.findings.push(Located {
            finding,
            contract: None,
            element: String::new(),
            spot,
            related: Vec::new(),
            mend: None,
        });
    }
    output.reason(human::human(&report, output.style()).trim_end());
}

fn config_error(file: &SourceFile, problems: Vec<Problem>, output: Output) -> Error {
    show_problems(file, problems, output);
    Error::new(format!("{} is not a valid configuration", file.path().display()))
        .hint("`pact schema config` prints what is allowed")
}

/// The documents of a run. Their ids are their positions.
#[derive(Debug, Default)]
pub(super) struct Documents {
    documents: Vec<Document>,
}

impl Documents {
    /// Documents in the order of their ids.
    pub(super) fn new(documents: Vec<Document>) -> Self {
        Self { documents }
    }

    /// The same documents and one more, whose id is the next position.
    #[must_use]
    pub(super) fn with(mut self, document: Document) -> Self {
        self.documents.push(document);
        self
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter()
    }

    pub(super) fn get(&self, id: SourceId) -> Option<&Document> {
        self.documents.get(id.0 as usize)
    }

    /// Everything that the documents mean, by name.
    pub(super) fn registry(&self) -> Registry {
        let mut registry = Registry::default();
        for document in &self.documents {
            document.add_to(&mut registry);
        }
        registry
    }

    /// The name of the contract (or subscription, or calendar) in a document.
    pub(super) fn name(&self, id: SourceId) -> Option<&str> {
        Some(match self.get(id)?.content.as_ref()? {
            Content::Contract(contract) => &contract.name,
            Content::Subscription(subscription) => &subscription.name,
            Content::Calendar(calendar) => &calendar.name,
        })
    }

    /// Refuses to go on with documents that have errors in their form: for commands that need every contract.
    ///
    /// # Errors
    ///
    /// Some document has problems; they have been shown.
    pub(super) fn demand_sound(&self, output: Output) -> Result<(), Error> {
        let problems: Vec<Finding> =
            self.documents.iter().flat_map(|document| document.problems.iter().cloned()).collect();
        if problems.is_empty() {
            return Ok(());
        }
        let report = self.locate(&problems, Summary::default());
        output.reason(human::human(&report, output.style()).trim_end());
        let files = self.documents.iter().filter(|document| !document.problems.is_empty()).count();
        let what = if files == 1 { "a file is".to_owned() } else { format!("{files} files are") };
        Err(Error::new(format!("{what} not valid, see above")).hint("`pact lint` shows everything that is wrong"))
    }

    /// Findings with their places, sorted by file and line.
    pub(super) fn locate<'a>(&'a self, findings: &'a [Finding], summary: Summary) -> Report<'a> {
        let mut places: HashMap<SourceId, Places<'_>> = HashMap::new();
        let mut spot = |label: &'a Label| -> Option<Spot<'a>> {
            let document = self.get(label.source)?;
            let span = match &label.place {
                Place::Span(span) => *span,
                place => places.entry(label.source).or_insert_with(|| document.places()).at(place),
            };
            Some(Spot { file: &document.file, span, note: &label.note })
        };
        let mut fixes = Fixes::new(findings);
        let mut located: Vec<Located<'a>> = findings
            .iter()
            .filter_map(|finding| {
                Some(Located {
                    finding,
                    contract: self.name(finding.label.source),
                    element: element(finding),
                    spot: spot(&finding.label)?,
                    related: finding.related.iter().filter_map(&mut spot).collect(),
                    mend: self.get(finding.label.source).and_then(|document| fixes.of(finding, document)),
                })
            })
            .collect();
        located.sort_by(|one, other| {
            let key = |located: &Located<'a>| (located.finding.label.source, located.spot.span, located.finding.code);
            key(one).cmp(&key(other))
        });
        Report { findings: located, summary, secrets: Vec::new() }
    }
}

/// The element that a finding is about, as text; empty for the file.
pub(super) fn element(finding: &Finding) -> String {
    finding.label.place.element().map(ToString::to_string).unwrap_or_default()
}

/// Whether a finding means that a file could not be read at all, so that no rule has seen it.
pub(super) fn is_unreadable(finding: &Finding) -> bool {
    finding.severity == Severity::Error
        && (finding.code.starts_with("yaml-") || matches!(finding.code, "unreadable-file" | "not-utf8" | "empty-file"))
}
