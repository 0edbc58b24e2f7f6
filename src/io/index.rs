//! What earlier runs learnt from the files of a repository, kept in the user's cache: notes by path, each with the stamp of the
//! file that it was taken from. The cache is never needed: what is damaged, foreign or can't be written is done without.
//!
//! A note counts only as long as the file has the same stamp, and only if the stamp was old when it was taken: a file that is
//! changed twice within the grain of its clock would look the same. It lies outside the repository, so that no branch can bring
//! notes along that were never taken.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{clock, write};

/// The variable of the environment that names the folder of the cache.
pub const FOLDER: &str = "PACT_CACHE_DIR";

/// The largest index that is read, in bytes.
const MAX_BYTES: u64 = 256 << 20;
/// How old a change has to be before its stamp tells it from the next one, in nanoseconds. The coarsest clocks of file systems
/// tick every two seconds.
const GRAIN: i128 = 2_000_000_000;

/// What tells whether a file is what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// When the content changed, in nanoseconds since 1970.
    modified: i64,
    /// When the content, the name or the permissions changed, likewise. No program can set it.
    changed: i64,
    inode: u64,
    device: u64,
}

impl Stamp {
    /// The stamp of a file; `None` for what is no plain file, and where the system has none of this kind.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let data = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let nanos = |seconds: i64, nanos: i64| seconds.checked_mul(1_000_000_000)?.checked_add(nanos);
        Some(Self {
            size: data.size(),
            modified: nanos(data.mtime(), data.mtime_nsec())?,
            changed: nanos(data.ctime(), data.ctime_nsec())?,
            inode: data.ino(),
            device: data.dev(),
        })
    }

    /// The stamp of a file; there is none here.
    #[cfg(not(unix))]
    pub fn of(_path: &Path) -> Option<Self> {
        None
    }
}

/// What was learnt from a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry<N> {
    /// The path of the file in the repository.
    pub path: String,
    /// Its stamp before it was read.
    pub stamp: Stamp,
    /// When the stamp was taken, in nanoseconds since 1970.
    pub taken: i64,
    /// What was learnt.
    pub note: N,
}

impl<N> Entry<N> {
    /// Whether the file is still what the note was taken from.
    pub fn holds(&self, stamp: &Stamp) -> bool {
        let last = i128::from(self.stamp.modified.max(self.stamp.changed));
        self.stamp == *stamp && last + GRAIN <= i128::from(self.taken)
    }
}

/// The present moment, as entries have it.
pub fn moment() -> i64 {
    i64::try_from(clock::now().as_nanosecond()).unwrap_or(i64::MIN)
}

/// The index of a repository.
#[derive(Debug)]
pub struct Index {
    file: PathBuf,
    /// What the file has to begin with: notes of another pact may mean something else.
    head: String,
}

impl Index {
    /// The index of the repository in a folder; `None` where there is no place for it outside the repository.
    pub fn of(root: &Path) -> Option<Self> {
        let folder = folder()?;
        let there = folder.ancestors().find_map(|folder| folder.canonicalize().ok())?;
        if there.starts_with(root) || folder.starts_with(root) {
            return None;
        }
        let name = hex(&Sha256::digest(root.as_os_str().as_encoded_bytes()));
        let program = std::env::current_exe().ok()?;
        let stamp = Stamp::of(&program.canonicalize().ok()?)?;
        let head =
            format!("pact index 2, {} {} {} {}\n", env!("CARGO_PKG_VERSION"), stamp.size, stamp.modified, stamp.inode);
        Some(Self { file: folder.join(name.get(..32)?).with_extension("index"), head })
    }

    /// The entries; none where the index is not whole, or was written by another program.
    pub fn read<N: for<'de> Deserialize<'de>>(&self) -> Vec<Entry<N>> {
        self.entries().unwrap_or_default()
    }

    fn entries<N: for<'de> Deserialize<'de>>(&self) -> Option<Vec<Entry<N>>> {
        let mut bytes = Vec::new();
        fs::File::open(&self.file).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        let rest = bytes.strip_prefix(self.head.as_bytes())?;
        let (hash, body) = rest.split_at_checked(64)?;
        if hex(&Sha256::digest(body)).as_bytes() != hash {
            return None;
        }
        postcard::from_bytes(body).ok()
    }

    /// Writes the index anew, whole or not at all.
    ///
    /// # Errors
    ///
    /// Why it was not written.
    pub fn write<N: Serialize>(&self, entries: &[Entry<N>]) -> Result<(), String> {
        let body = postcard::to_allocvec(entries).map_err(|error| error.to_string())?;
        let hash = hex(&Sha256::digest(&body));
        let folder = self.file.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder)
            .and_then(|()| write::replace(&self.file, &[self.head.as_bytes(), hash.as_bytes(), &body]))
            .map_err(|error| format!("{}: {error}", self.file.display()))
    }
}

/// The folder of the cache: the one that the environment names, or where the system keeps such things.
fn folder() -> Option<PathBuf> {
    let given = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let absolute = |path: &PathBuf| path.is_absolute();
    given(FOLDER)
        .or_else(|| given("XDG_CACHE_HOME").map(|cache| cache.join("pact")))
        .or_else(|| given("HOME").map(|home| home.join(".cache/pact")))
        .filter(absolute)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(all(test, unix))]
#[expect(clippy::disallowed_methods, reason = "what the test itself has written")]
mod tests {
    use super::*;

    fn index(folder: &Path) -> Index {
        Index { file: folder.join("x/some.index"), head: "pact index 1, test\n".to_owned() }
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "text").unwrap();
        let stamp = Stamp::of(&path).unwrap();
        let entry = Entry { path: "file".to_owned(), stamp, taken: moment(), note: "note".to_owned() };
        let index = index(folder.path());
        assert_eq!(index.read::<String>(), []);
        index.write(std::slice::from_ref(&entry)).unwrap();
        assert_eq!(index.read::<String>(), [entry]);
        assert_eq!(Stamp::of(folder.path()), None, "a folder has no stamp");
    }

    #[test]
    fn what_is_damaged_or_foreign_is_no_index() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "text").unwrap();
        let entry = Entry { path: "file".to_owned(), stamp: Stamp::of(&path).unwrap(), taken: 0, note: 1 };
        let index = index(folder.path());
        index.write(std::slice::from_ref(&entry)).unwrap();
        let bytes = fs::read(&index.file).unwrap();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            fs::write(&index.file, damaged).unwrap();
            assert_eq!(index.read::<i32>(), [], "byte {at}");
            fs::write(&index.file, &bytes[..at]).unwrap();
            assert_eq!(index.read::<i32>(), [], "cut at {at}");
        }
        fs::remove_file(&index.file).unwrap();
        fs::create_dir(&index.file).unwrap();
        assert_eq!(index.read::<i32>(), []);
        assert!(index.write(&[entry]).is_err());
    }

    #[test]
    fn a_stamp_counts_when_it_was_old_and_is_the_same() {
        let stamp = Stamp { size: 1, modified: 5, changed: 10, inode: 1, device: 1 };
        let entry = |taken: i128| Entry { path: String::new(), stamp, taken: i64::try_from(taken).unwrap(), note: () };
        assert!(entry(10 + GRAIN).holds(&stamp));
        assert!(!entry(9 + GRAIN).holds(&stamp), "it may have changed again within the grain");
        assert!(!entry(10 + GRAIN).holds(&Stamp { changed: 11, ..stamp }));
        assert!(!entry(10 + GRAIN).holds(&Stamp { inode: 2, ..stamp }));
    }
}
