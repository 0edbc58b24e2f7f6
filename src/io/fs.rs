//! Files: finding contracts, and reading them within bounds and within the repository.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use crate::source::MAX_BYTES;

/// What a symbolic link to a folder is called. It is not entered: it may lead anywhere, and in circles.
pub const LINKED_FOLDER: &str = "a symbolic link to a folder, which is not followed";

/// Why a file could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The operating system refused.
    Io(io::Error),
    /// It is a folder, a pipe or a device.
    NotAFile(&'static str),
    /// It is a symbolic link that leads out of the repository.
    Outside(PathBuf),
    /// It is larger than what pact reads.
    TooLarge(u64),
    /// It is not UTF-8 from this byte on.
    NotUtf8(usize, Vec<u8>),
}

/// The nearest entry of a name in a folder or one above it, in the same repository. That it is no file, or a link that leads nowhere, is for the
/// reader to tell: passing it over would be silence.
pub fn find_upward(start: &Path, name: &str) -> Option<PathBuf> {
    for folder in start.ancestors() {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            return Some(path);
        }
        // A submodule and a linked work tree have a file of that name: what is above them is another repository.
        if folder.join(".git").is_file() {
            return None;
        }
    }
    None
}

/// The nearest folder that holds a git repository: its `.git` is a folder, or a file in a linked work tree or a submodule.
pub fn git_folder(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

/// The nearest folder that looks like a git repository itself, as a bare one does.
pub fn bare_repository(start: &Path) -> Option<PathBuf> {
    let is_one = |folder: &&Path| {
        folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").exists()
    };
    start.ancestors().find(is_one).map(Path::to_path_buf)
}

/// Reads a text file of at most 8 MiB. With a `root`, what a symbolic link leads to must lie below it.
pub fn read_text(path: &Path, root: Option<&Path>) -> Result<String, ReadError> {
    let metadata = fs::metadata(path).map_err(ReadError::Io)?;
    if metadata.is_dir() {
        return Err(ReadError::NotAFile(if path.is_symlink() { LINKED_FOLDER } else { "a folder" }));
    }
    if !metadata.is_file() {
        return Err(ReadError::NotAFile("a pipe or a device"));
    }
    if let Some(root) = root {
        let real = path.canonicalize().map_err(ReadError::Io)?;
        if !real.starts_with(root) {
            return Err(ReadError::Outside(real));
        }
    }
    if metadata.len() > MAX_BYTES as u64 {
        return Err(ReadError::TooLarge(metadata.len()));
    }
    let file = File::open(path).map_err(ReadError::Io)?;
    read_bounded(file, usize::try_from(metadata.len()).unwrap_or(0))
}

/// Reads a text of at most 8 MiB from anywhere.
pub fn read_bounded(from: impl Read, expected: usize) -> Result<String, ReadError> {
    let mut bytes = Vec::with_capacity(expected + 1);
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(ReadError::Io)?;
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(bytes.len() as u64));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        ReadError::NotUtf8(at, error.into_bytes())
    })
}

/// Whether a path lies in a folder behind all symbolic links, as far as it is there already.
pub fn lies_in(path: &Path, root: &Path) -> bool {
    let there = path.ancestors().find(|folder| folder.symlink_metadata().is_ok());
    there.is_some_and(|there| there.canonicalize().is_ok_and(|real| real.starts_with(root)))
}

/// Creates a file that is not there yet, and the folders that it needs.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options().write(true).create_new(true).open(path)?;
    let written = io::Write::write_all(&mut file, text.as_bytes());
    if written.is_err() {
        // Half a file would be taken for a whole one by the next run. What went wrong first is what is told.
        let _ = fs::remove_file(path);
    }
    written
}

/// Appends text to a file, which is created if it is not there.
pub fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::options().append(true).create(true).open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}

/// Finds the files below folders whose names are `wanted`, except what git ignores, hidden files, and what the patterns
/// exclude. Sorted. What is named as a file and is none, and links to folders, are among them: whoever reads them tells what they are.
///
/// # Errors
///
/// A folder that can't be listed, or a pattern that is no glob.
pub fn files(
    root: &Path,
    folders: &[PathBuf],
    exclude: &[String],
    wanted: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, String> {
    let Some((first, others)) = folders.split_first() else { return Ok(Vec::new()) };
    let mut walk = WalkBuilder::new(first);
    for folder in others {
        walk.add(folder);
    }
    // What lies in one folder differs in its name only, so that the order of bytes is that of paths, and quicker to find.
    walk.sort_by_file_path(|one, other| one.as_os_str().as_encoded_bytes().cmp(other.as_os_str().as_encoded_bytes()));
    walk.overrides(excluding(root, exclude)?).require_git(false).follow_links(false);
    let mut found = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(|error| error.to_string())?;
        let path = entry.path();
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if entry.path_is_symlink() && path.is_dir() || wanted(path) && !is_folder {
            found.push(path.to_path_buf());
        }
    }
    // One folder is walked in order.
    if !others.is_empty() {
        found.sort_unstable();
        found.dedup();
    }
    Ok(found)
}

/// As [`files`], for what may be a contract by its name.
///
/// # Errors
///
/// A folder that can't be listed, or a pattern that is no glob.
pub fn contract_files(root: &Path, folders: &[PathBuf], exclude: &[String]) -> Result<Vec<PathBuf>, String> {
    files(root, folders, exclude, is_contract)
}

/// Whether a file name ends as YAML files do.
pub fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// Whether a file name ends as JSON files do. JSON is YAML, and much of it is no contract.
pub fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json")
}

/// Whether a file name says that it is a contract, or may be one: YAML, and the JSON of the Open Data Contract Standard
/// under the name that its users give it.
pub fn is_contract(path: &Path) -> bool {
    is_yaml(path) || path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".odcs.json"))
}

/// Glob patterns, ready to match paths.
pub type Globs = Override;

/// Glob patterns of contracts. They take YAML files and `*.odcs.json`, and other JSON files where the pattern names these:
/// `*.json`, `*.{json,yaml}`.
#[derive(Debug)]
pub struct Patterns {
    all: Override,
    json: Override,
}

impl Patterns {
    /// The matcher of patterns, relative to a folder.
    ///
    /// # Errors
    ///
    /// A pattern that is no glob.
    pub fn new(root: &Path, patterns: &[String]) -> Result<Self, String> {
        let names_json = |pattern: &&String| {
            pattern.starts_with('!') || pattern.rsplit('/').next().is_some_and(|name| name.contains("json"))
        };
        let json: Vec<String> = patterns.iter().filter(names_json).cloned().collect();
        Ok(Self { all: globs(root, patterns)?, json: globs(root, &json)? })
    }

    /// Whether a file is one of those meant.
    pub fn takes(&self, path: &Path) -> bool {
        is_contract(path) && self.matches(path) || self.takes_json(path)
    }

    /// Whether a path matches, whatever its ending.
    pub fn matches(&self, path: &Path) -> bool {
        self.all.matched(path, false).is_whitelist()
    }

    /// Whether a file is JSON and one of those meant.
    pub fn takes_json(&self, path: &Path) -> bool {
        is_json(path) && self.json.matched(path, false).is_whitelist()
    }
}

/// A matcher of glob patterns, relative to a folder.
///
/// # Errors
///
/// A pattern that is no glob.
pub fn globs(root: &Path, patterns: &[String]) -> Result<Override, String> {
    let mut builder = OverrideBuilder::new(root);
    for pattern in patterns {
        builder.add(pattern).map_err(|error| error.to_string())?;
    }
    builder.build().map_err(|error| error.to_string())
}

fn excluding(root: &Path, patterns: &[String]) -> Result<Override, String> {
    let negated: Vec<String> = patterns.iter().map(|pattern| format!("!{pattern}")).collect();
    globs(root, &negated)
}

/// Whether patterns, as git writes them in `.gitignore`, leave a file out, or a folder around it.
///
/// # Errors
///
/// A pattern is none.
pub fn is_excluded(root: &Path, patterns: &[String], file: &Path) -> Result<bool, String> {
    let excluding = excluding(root, patterns)?;
    let around = file.ancestors().skip(1).take_while(|folder| *folder != root && folder.starts_with(root));
    Ok(excluding.matched(file, false).is_ignore()
        || around.into_iter().any(|folder| excluding.matched(folder, true).is_ignore()))
}

/// A path relative to a folder that it lies below, by its text: as `strip_prefix`, which takes both apart into their parts.
pub fn below<'p>(path: &'p Path, folder: &Path) -> Option<&'p Path> {
    let by_text =
        || path.to_str()?.strip_prefix(folder.to_str()?)?.strip_prefix(std::path::MAIN_SEPARATOR).map(Path::new);
    by_text().or_else(|| path.strip_prefix(folder).ok())
}

/// A path without `.` and `..`, by its text alone.
pub fn normalized(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
