//! Objects as git stores them: their ids, trees and commits. The same bytes whichever way they were read.

use std::fmt;
use std::path::{Path, PathBuf};

/// The id of an object: 20 bytes in a repository of SHA-1, 32 in one of SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Oid {
    bytes: [u8; 32],
    length: u8,
}

impl Oid {
    pub(super) fn from_bytes(given: &[u8]) -> Option<Self> {
        let length = u8::try_from(given.len()).ok().filter(|length| matches!(length, 20 | 32))?;
        let mut bytes = [0; 32];
        bytes.get_mut(..given.len())?.copy_from_slice(given);
        Some(Self { bytes, length })
    }

    /// The id that 20 bytes are; those that lack are zeros.
    pub(super) fn of_sha1(given: &[u8]) -> Self {
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(given.iter().take(20)).for_each(|(to, from)| *to = *from);
        Self { bytes, length: 20 }
    }

    pub(super) fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if !matches!(digits.len(), 40 | 64) {
            return None;
        }
        let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        let bytes: Option<Vec<u8>> = digits
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Some(value(*high)? << 4 | value(*low)?),
                _ => None,
            })
            .collect();
        Self::from_bytes(&bytes?)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// What an entry of a tree or of the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    File,
    Link,
    Folder,
    /// A commit of another repository.
    Submodule,
}

impl Mode {
    /// What the number means that git writes; nothing is there where it is 0.
    pub(super) fn of(number: u32) -> Option<Self> {
        match number & 0o170_000 {
            0o100_000 => Some(Self::File),
            0o120_000 => Some(Self::Link),
            0o040_000 => Some(Self::Folder),
            0o160_000 => Some(Self::Submodule),
            _ => None,
        }
    }
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) mode: Mode,
    pub(super) id: Oid,
}

/// The entries of a tree, with their names. Ends where the bytes are no tree.
pub(super) fn entries(mut tree: &[u8], id_length: usize) -> impl Iterator<Item = (&[u8], Entry)> {
    std::iter::from_fn(move || {
        loop {
            let space = tree.iter().position(|byte| *byte == b' ')?;
            let (mode, rest) = tree.split_at_checked(space)?;
            let rest = rest.get(1..)?;
            let end = rest.iter().position(|byte| *byte == 0)?;
            let (name, rest) = rest.split_at_checked(end)?;
            let (id, rest) = rest.get(1..)?.split_at_checked(id_length)?;
            tree = rest;
            let number = u32::from_str_radix(std::str::from_utf8(mode).ok()?, 8).ok()?;
            if let Some(mode) = Mode::of(number) {
                return Some((name, Entry { mode, id: Oid::from_bytes(id)? }));
            }
        }
    })
}

/// What a commit says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Header {
    pub(super) tree: Option<Oid>,
    pub(super) parents: Vec<Oid>,
    pub(super) author: String,
    /// Seconds since 1970.
    pub(super) authored: i64,
    /// The first line of the message.
    pub(super) subject: String,
}

/// Reads a commit. What can't be read in it is left empty: it is no reason to hide the rest.
pub(super) fn commit(bytes: &[u8]) -> Header {
    let text = String::from_utf8_lossy(bytes);
    let (head, message) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut header = Header::default();
    for line in head.lines() {
        match line.split_once(' ') {
            Some(("tree", id)) => header.tree = Oid::from_hex(id),
            Some(("parent", id)) => header.parents.extend(Oid::from_hex(id)),
            Some(("author", who)) => {
                let (name, rest) = who.split_once('<').unwrap_or((who, ""));
                name.trim().clone_into(&mut header.author);
                let when = rest.rsplit_once('>').map_or("", |(_, when)| when.trim());
                header.authored = when.split(' ').next().and_then(|seconds| seconds.parse().ok()).unwrap_or_default();
            }
            _ => {}
        }
    }
    // As git itself: the first paragraph, on one line.
    let paragraph = message.trim_start_matches('\n').lines().take_while(|line| !line.trim().is_empty());
    header.subject = paragraph.map(str::trim).collect::<Vec<_>>().join(" ");
    header
}

/// A path of git, which is bytes.
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    let path = Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)).to_path_buf();
    #[cfg(not(unix))]
    let path = Path::new(String::from_utf8_lossy(bytes).as_ref()).to_path_buf();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_as_many_digits_as_they_had() {
        for digits in ["e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", &"0f".repeat(32)] {
            assert_eq!(Oid::from_hex(digits).unwrap().to_string(), digits);
        }
        for wrong in ["", "e69d", &"zz".repeat(20), &"ü".repeat(20)] {
            assert_eq!(Oid::from_hex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_tree_is_read_to_its_end_and_no_further() {
        let mut bytes = b"100644 a.yaml\0".to_vec();
        bytes.extend([1; 20]);
        bytes.extend(b"160000 sub\0");
        bytes.extend([2; 20]);
        let names =
            |bytes: &[u8]| entries(bytes, 20).map(|(name, entry)| (name.to_vec(), entry.mode)).collect::<Vec<_>>();
        assert_eq!(names(&bytes), [(b"a.yaml".to_vec(), Mode::File), (b"sub".to_vec(), Mode::Submodule)]);
        assert_eq!(names(&bytes[..bytes.len() - 1]).len(), 1);
        assert_eq!(names(b"rubbish"), []);
    }

    #[test]
    fn a_commit_is_read_whoever_made_it() {
        let id = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
        let text = format!(
            "tree {id}\nparent {id}\nparent {id}\nauthor A <B> C <a@b> 17 +0100\ngpgsig x\n y\n\none\ntwo\n\nthree"
        );
        let read = commit(text.as_bytes());
        assert_eq!((read.parents.len(), read.authored, read.subject.as_str()), (2, 17, "one two"));
        assert_eq!(read.author, "A");
        assert_eq!(commit(b"\xff"), Header::default());
    }
}
