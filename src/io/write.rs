//! Writing files whole or not at all.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::fs::normalized;

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

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(out),
            Self::NotAFile(what) => write!(out, "it is {what}, not a file"),
            Self::Outside(real) => write!(out, "it leads out of the repository, to {}", real.display()),
        }
    }
}

/// Writes a file whole or not at all: the text goes to a temporary file in the same folder, which then takes the place of
/// the old file. Where the path lies below `root` (the repository), it must still do so behind all symbolic links: what is
/// checked out of a stranger's branch must not redirect what is written.
///
/// # Errors
///
/// See [`WriteError`]. Nothing has changed then.
pub fn whole(path: &Path, text: &str, root: Option<&Path>) -> Result<(), WriteError> {
    let path = normalized(path);
    let real = if path.is_symlink() {
        path.canonicalize()
    } else {
        let folder = path.parent().unwrap_or(Path::new("/")).canonicalize();
        folder.map(|folder| folder.join(path.file_name().unwrap_or_default()))
    };
    let real = match real {
        Ok(real) => real,
        // A pipe can be opened by its name in `/dev/fd`, and has no other.
        Err(_) if fs::metadata(&path).is_ok_and(|there| !there.is_file()) => {
            return Err(WriteError::NotAFile("a pipe or a device"));
        }
        Err(error) => return Err(WriteError::Io(error)),
    };
    if root.is_some_and(|root| path.starts_with(root) && !real.starts_with(root)) {
        return Err(WriteError::Outside(real));
    }
    // To rename over a device would replace it for everybody on the machine.
    if fs::metadata(&real).is_ok_and(|there| !there.is_file()) {
        return Err(WriteError::NotAFile(if real.is_dir() { "a folder" } else { "a pipe or a device" }));
    }
    replace(&real, &[text.as_bytes()]).map_err(WriteError::Io)
}

/// Writes a result to where somebody asked for it: what a pipe, a terminal or `/dev/null` is behind gets the text, and a file
/// is written as [`whole`] does. A link of the repository never leads to a device.
///
/// # Errors
///
/// See [`WriteError`]. A reader of a pipe that has gone away is no error.
pub fn result(path: &Path, text: &str, root: Option<&Path>) -> Result<(), WriteError> {
    let path = normalized(path);
    if !is_stream(&path) || root.is_some_and(|root| path.starts_with(root)) {
        return whole(&path, text, root);
    }
    let written = File::options().append(true).open(&path).and_then(|mut stream| stream.write_all(text.as_bytes()));
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(WriteError::Io(error)),
        _ => Ok(()),
    }
}

/// Whether what is written to a path goes on to somebody: a pipe, a terminal, `/dev/null`.
#[cfg(unix)]
fn is_stream(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    // What the program was started with may be a file: to put another in its place would take it from the others who write.
    let is_given = path.starts_with("/dev/fd") || path == Path::new("/dev/stderr");
    let there = fs::metadata(path).map(|there| there.file_type());
    is_given || there.is_ok_and(|there| there.is_char_device() || there.is_fifo())
}

/// Whether what is written to a path goes on to somebody; such things have no paths here.
#[cfg(not(unix))]
fn is_stream(_: &Path) -> bool {
    false
}

/// Puts a new file in the place of an old one at once, so that nobody reads half of it. The parts follow one another in it.
///
/// # Errors
///
/// The operating system refused. Nothing has changed then.
pub(super) fn replace(real: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let temporary = real.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    through(&temporary, parts, real).inspect_err(|_| {
        // The temporary file is of no use to anybody; that it can't be removed is no news beside the error.
        let _ = fs::remove_file(&temporary);
    })
}

fn through(temporary: &Path, parts: &[&[u8]], real: &Path) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(temporary)?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
    if let Ok(before) = fs::metadata(real) {
        file.set_permissions(before.permissions())?;
    }
    file.sync_all()?;
    fs::rename(temporary, real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::read_text;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let path = root.join("page.md");
        whole(&path, "one", Some(&root)).unwrap();
        whole(&root.join("x/../page.md"), "two", Some(&root)).unwrap();
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
        assert_eq!(read_text(&path, None).unwrap(), "two");
        assert!(matches!(whole(&root, "three", Some(&root)), Err(WriteError::NotAFile("a folder"))));
        assert!(matches!(whole(&root.join("no/page.md"), "three", Some(&root)), Err(WriteError::Io(_))));
    }

    #[cfg(unix)]
    #[test]
    fn streams_are_written_to() {
        use std::io::Read as _;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        result(Path::new("/dev/null"), "one", Some(&root)).unwrap();
        let (mut reader, pipe) = io::pipe().unwrap();
        let path = PathBuf::from(format!("/dev/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&pipe)));
        result(&path, "one", Some(&root)).unwrap();
        drop(pipe);
        let mut read = String::new();
        reader.read_to_string(&mut read).unwrap();
        assert_eq!(read, "one");
        // What is checked out of a stranger's branch must not lead to a device.
        std::os::unix::fs::symlink("/dev/null", root.join("out")).unwrap();
        assert!(matches!(result(&root.join("out"), "x", Some(&root)), Err(WriteError::Outside(_))));
        result(&root.join("page.md"), "one", Some(&root)).unwrap();
        assert_eq!(read_text(&root.join("page.md"), None).unwrap(), "one");
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
        assert!(matches!(
            whole(&root.join("socket"), "x", Some(&root)),
            Err(WriteError::NotAFile("a pipe or a device"))
        ));
        assert!(!root.join("socket").is_file());
        let (_reader, pipe) = io::pipe().unwrap();
        let pipe = PathBuf::from(format!("/dev/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&pipe)));
        assert!(matches!(whole(&pipe, "x", Some(&root)), Err(WriteError::NotAFile("a pipe or a device"))));
        for path in ["out", "folder/theirs", "folder/new"] {
            assert!(matches!(whole(&root.join(path), "x", Some(&root)), Err(WriteError::Outside(_))), "{path}");
        }
        assert!(matches!(whole(&root.join("loose"), "x", Some(&root)), Err(WriteError::Io(_))));
        assert_eq!(read_text(&parent.join("theirs"), None).unwrap(), "theirs");
        assert!(!parent.join("new").exists());
        whole(&root.join("within"), "new", Some(&root)).unwrap();
        assert_eq!(read_text(&root.join("ours"), None).unwrap(), "new");
        assert!(root.join("within").is_symlink());
        // A place that was named plainly is the user's own choice.
        whole(&parent.join("theirs"), "mine", Some(&root)).unwrap();
        assert_eq!(read_text(&parent.join("theirs"), None).unwrap(), "mine");
    }
}
