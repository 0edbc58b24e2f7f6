//! Files: finding contracts, and reading them within bounds and within the repository.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use crate::source::MAX_BYTES;

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

/// The nearest file of a name in a folder or one above it.
pub fn find_upward(start: &Path, name: &str) -> Option<PathBuf> {
    start.ancestors().map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Reads a text file of at most 8 MiB. With a `root`, what a symbolic link leads to must lie below it.
pub fn read_text(path: &Path, root: Option<&Path>) -> Result<String, ReadError> {
    let metadata = fs::metadata(path).map_err(ReadError::Io)?;
    if metadata.is_dir() {
        return Err(ReadError::NotAFile("a folder"));
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

/// Creates a file that is not there yet, and the folders that it needs.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options().write(true).create_new(true).open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}

/// Appends text to a file, which is created if it is not there.
pub fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::options().append(true).create(true).open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}

/// The result of looking for files.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, sorted.
    pub files: Vec<PathBuf>,
    /// Folders that are symbolic links. They are not entered: they may lead anywhere, and in circles.
    pub linked_folders: Vec<PathBuf>,
}

/// Finds the YAML files below folders, except what git ignores, hidden files, and what the patterns exclude.
///
/// # Errors
///
/// A folder that can't be listed, or a pattern that is no glob.
pub fn yaml_files(root: &Path, folders: &[PathBuf], exclude: &[String]) -> Result<Found, String> {
    let Some((first, others)) = folders.split_first() else { return Ok(Found::default()) };
    let mut walk = WalkBuilder::new(first);
    for folder in others {
        walk.add(folder);
    }
    walk.overrides(excluding(root, exclude)?).require_git(false).follow_links(false);
    let mut found = Found::default();
    for entry in walk.build() {
        let entry = entry.map_err(|error| error.to_string())?;
        let path = entry.path();
        let linked = entry.path_is_symlink();
        if linked && path.is_dir() {
            found.linked_folders.push(path.to_path_buf());
        } else if is_yaml(path) && (linked || entry.file_type().is_some_and(|kind| kind.is_file())) {
            found.files.push(path.to_path_buf());
        }
    }
    found.files.sort_unstable();
    found.files.dedup();
    Ok(found)
}

/// Whether a file name ends as YAML files do.
pub fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
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

/// Why a file was not written.
#[derive(Debug)]
pub enum WriteError {
    /// The operating system refused.
    Io(io::Error),
    /// A folder, a pipe or a device is in its place.
    NotAFile(&'static str),
    /// A symbolic link on the way leads out of the repository.
    Outside(PathBuf),
}

/// Writes a file whole or not at all: the text goes to a temporary file in the same folder, which then takes the place of
/// the old file. Where the path lies below `root`, it must still do so behind all symbolic links: what is checked out of
/// a stranger's branch must not redirect what is written.
///
/// # Errors
///
/// See [`WriteError`]. Nothing has changed then.
pub fn replace(path: &Path, text: &str, root: &Path) -> Result<(), WriteError> {
    let path = normalized(path);
    let real = if path.is_symlink() {
        path.canonicalize()
    } else {
        let folder = path.parent().unwrap_or(Path::new("/")).canonicalize();
        folder.map(|folder| folder.join(path.file_name().unwrap_or_default()))
    };
    let real = real.map_err(WriteError::Io)?;
    if path.starts_with(root) && !real.starts_with(root) {
        return Err(WriteError::Outside(real));
    }
    // To rename over a device would replace it for everybody on the machine.
    if fs::metadata(&real).is_ok_and(|there| !there.is_file()) {
        return Err(WriteError::NotAFile(if real.is_dir() { "a folder" } else { "a pipe or a device" }));
    }
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let temporary = real.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    write_whole(&temporary, text, &real).map_err(|error| {
        // The temporary file is of no use to anybody; that it can't be removed is no news beside the error.
        let _ = fs::remove_file(&temporary);
        WriteError::Io(error)
    })
}

fn write_whole(temporary: &Path, text: &str, real: &Path) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(temporary)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    if let Ok(before) = fs::metadata(real) {
        file.set_permissions(before.permissions())?;
    }
    file.sync_all()?;
    fs::rename(temporary, real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let path = root.join("page.md");
        replace(&path, "one", &root).unwrap();
        replace(&root.join("x/../page.md"), "two", &root).unwrap();
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
        assert_eq!(read_text(&path, None).unwrap(), "two");
        assert!(matches!(replace(&root, "three", &root), Err(WriteError::NotAFile("a folder"))));
        assert!(matches!(replace(&root.join("no/page.md"), "three", &root), Err(WriteError::Io(_))));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_the_repository_only() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let parent = folder.path().canonicalize().unwrap();
        let root = parent.join("repository");
        fs::create_dir(&root).unwrap();
        fs::write(parent.join("theirs"), "theirs").unwrap();
        fs::write(root.join("ours"), "ours").unwrap();
        symlink(parent.join("theirs"), root.join("out")).unwrap();
        symlink(&parent, root.join("folder")).unwrap();
        symlink("ours", root.join("within")).unwrap();
        symlink("nowhere", root.join("loose")).unwrap();
        // A socket stands for every other kind of thing: a test must not risk a device of the machine.
        let _socket = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
        assert!(matches!(replace(&root.join("socket"), "x", &root), Err(WriteError::NotAFile("a pipe or a device"))));
        assert!(!root.join("socket").is_file());
        for path in ["out", "folder/theirs", "folder/new"] {
            assert!(matches!(replace(&root.join(path), "x", &root), Err(WriteError::Outside(_))), "{path}");
        }
        assert!(matches!(replace(&root.join("loose"), "x", &root), Err(WriteError::Io(_))));
        assert_eq!(read_text(&parent.join("theirs"), None).unwrap(), "theirs");
        assert!(!parent.join("new").exists());
        replace(&root.join("within"), "new", &root).unwrap();
        assert_eq!(read_text(&root.join("ours"), None).unwrap(), "new");
        assert!(root.join("within").is_symlink());
        // A place that was named plainly is the user's own choice.
        replace(&parent.join("theirs"), "mine", &root).unwrap();
        assert_eq!(read_text(&parent.join("theirs"), None).unwrap(), "mine");
    }
}
