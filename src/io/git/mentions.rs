//! Which files of a commit may name a contract, without reading them all: what each blob mentions is kept beside the
//! repository's own data. A blob never changes, so what is kept is right for ever; what is missing is read.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::object::Oid;
use super::{BlobId, Commit, GitError, Repository, Selection};
use crate::io::write;
use crate::source::mentions::{Mentions, Name};

impl Repository {
    /// What the files of a commit mention.
    ///
    /// # Errors
    ///
    /// Objects of the commit are missing or damaged.
    pub fn mentions(&self, commit: &Commit, selection: Selection<'_>) -> Result<FilesByMention, GitError> {
        let files = self.files(commit, selection)?;
        let place = self.store.common_folder().map(|folder| folder.join("pact").join(FILE));
        let kept = place.as_deref().map(Kept::read).unwrap_or_default();
        let unknown: Vec<BlobId> =
            files.iter().map(|(_, blob)| *blob).filter(|blob| kept.get(*blob).is_none()).collect();
        let texts = self.read_all(&unknown);
        let new: HashMap<BlobId, Mentions> = unknown
            .into_par_iter()
            .zip(texts)
            .filter_map(|(blob, text)| Some((blob, Mentions::of(&text.ok()?))))
            .collect();
        // To write all for a few that are new costs more than to read these few again.
        if let Some(place) = place.filter(|_| new.len() * WORTH_WRITING > files.len()) {
            kept.write_with(&new, &files, &place);
        }
        Ok(FilesByMention { files, kept, new })
    }
}

/// The files of a commit, and what they mention.
#[derive(Debug)]
pub struct FilesByMention {
    files: Vec<(PathBuf, BlobId)>,
    kept: Kept,
    new: HashMap<BlobId, Mentions>,
}

impl FilesByMention {
    /// The files that may have one of these names in them, in the order of their paths. Every file that has one is among
    /// them.
    pub fn of(&self, names: &[&str]) -> Vec<(&Path, BlobId)> {
        let names: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
        let may_name = |blob: BlobId| match self.kept.get(blob).or_else(|| self.new.get(&blob).map(Mentions::bits)) {
            Some(bits) => names.iter().any(|name| name.may_be_in(bits)),
            // What can't be read is for the reader to tell of.
            None => true,
        };
        let files = self.files.par_iter().filter(|(_, blob)| may_name(*blob));
        files.map(|(path, blob)| (path.as_path(), *blob)).collect()
    }
}

/// One new file in so many makes it worth to write all down again.
const WORTH_WRITING: usize = 64;

/// The name of the file has the version of its form and of what counts as a word.
const FILE: &str = "mentions-1";

/// No repository needs more; a longer file is none of ours.
const MOST_BYTES: u64 = 1 << 30;

/// The bytes of an id. Repositories of longer ids are read by the `git` program and keep nothing.
const ID: usize = 20;

/// What was kept: ids in order, for each the end of its bits (in words of 64), and the bits. All numbers are little-endian.
/// The first word is a sum over the rest, so that a file cut short or damaged counts as none.
#[derive(Debug, Default)]
struct Kept {
    ids: Vec<u8>,
    ends: Vec<u32>,
    bits: Vec<u64>,
}

impl Kept {
    fn read(place: &Path) -> Self {
        let mut bytes = Vec::new();
        let read = fs::File::open(place).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
        read.ok().and_then(|_| Self::parse(&bytes)).unwrap_or_default()
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (given, rest) = bytes.split_first_chunk::<8>()?;
        if sum(rest) != u64::from_le_bytes(*given) {
            return None;
        }
        let (count, rest) = rest.split_first_chunk::<8>()?;
        let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
        let (ids, rest) = rest.split_at_checked(count.checked_mul(ID)?)?;
        let (ends, bits) = rest.split_at_checked(count.checked_mul(4)?)?;
        let ends = ends.as_chunks::<4>().0.iter().map(|end| u32::from_le_bytes(*end)).collect();
        let bits = bits.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word)).collect();
        Some(Self { ids: ids.to_vec(), ends, bits })
    }

    fn get(&self, blob: BlobId) -> Option<&[u64]> {
        let ids = self.ids.as_chunks::<ID>().0;
        let index = ids.binary_search_by(|id| id.as_slice().cmp(blob.0.as_bytes())).ok()?;
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.bits.get(start as usize..*self.ends.get(index)? as usize)
    }

    /// Writes what is known of the files together with what is new. Nobody needs it to go on: where the place can't be
    /// written, the next run reads the files again.
    fn write_with(&self, new: &HashMap<BlobId, Mentions>, files: &[(PathBuf, BlobId)], place: &Path) {
        let mut wanted: Vec<BlobId> = files.iter().map(|(_, blob)| *blob).collect();
        // What other branches have is kept as well, as long as it is no more than what this one has.
        let known = self.ids.as_chunks::<ID>().0.iter();
        wanted.extend(known.take(files.len()).filter_map(|id| Oid::from_bytes(id).map(BlobId)));
        wanted.sort_unstable();
        wanted.dedup();
        let (mut ids, mut ends, mut bits) = (Vec::new(), Vec::new(), Vec::new());
        let (mut count, mut end) = (0_u64, 0_u32);
        for blob in wanted {
            let Some(words) = self.get(blob).or_else(|| new.get(&blob).map(Mentions::bits)) else { continue };
            let Some(next) = u32::try_from(words.len()).ok().and_then(|length| end.checked_add(length)) else { return };
            (count, end) = (count + 1, next);
            ids.extend_from_slice(blob.0.as_bytes());
            ends.extend_from_slice(&end.to_le_bytes());
            bits.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        }
        let rest = [&count.to_le_bytes()[..], &ids, &ends, &bits].concat();
        let folder = place.parent().map_or(Ok(()), fs::create_dir_all);
        let _ = folder.and_then(|()| write::replace(place, &[&sum(&rest).to_le_bytes()[..], &rest]));
    }
}

/// A sum that tells damage by chance. Whoever can write into git's own folder can do worse than to forge it.
fn sum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let last = rest.iter().fold(1, |sum, byte| sum << 8 | u64::from(*byte));
    words
        .iter()
        .map(|word| u64::from_le_bytes(*word))
        .chain([last])
        .fold(bytes.len() as u64, |sum, word| (sum.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(byte: u8) -> BlobId {
        BlobId(Oid::from_bytes(&[byte; ID]).expect("an id"))
    }

    fn written(place: &Path, before: &Kept, blobs: &[(u8, &str)]) -> Kept {
        let new = blobs.iter().map(|(byte, text)| (blob(*byte), Mentions::of(text))).collect();
        let files: Vec<(PathBuf, BlobId)> = blobs.iter().map(|(byte, _)| (PathBuf::new(), blob(*byte))).collect();
        before.write_with(&new, &files, place);
        Kept::read(place)
    }

    #[test]
    fn what_was_kept_is_found_again_and_what_is_new_is_added() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("pact/mentions");
        let long = "contract: customers ".repeat(1000);
        let kept = written(&place, &Kept::default(), &[(9, "contract: orders"), (1, &long), (5, "")]);
        let kept = written(&place, &kept, &[(3, "contract: clicks"), (4, "a"), (6, "b")]);
        let named = |byte: u8, name: &str| Name::new(name).may_be_in(kept.get(blob(byte)).expect("kept"));
        assert!(named(9, "orders") && named(1, "customers") && named(3, "clicks"));
        assert!(!named(9, "customers") && !named(5, "orders"));
        assert!(kept.get(blob(2)).is_none());
    }

    #[test]
    fn what_nobody_has_any_more_is_forgotten_in_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("mentions");
        let mut kept = Kept::default();
        for byte in 0..100 {
            kept = written(&place, &kept, &[(byte, "a")]);
        }
        assert!(kept.ids.len() / ID <= 4);
    }

    #[test]
    fn a_damaged_file_counts_as_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("mentions");
        written(&place, &Kept::default(), &[(1, "contract: orders"), (2, "contract: clicks")]);
        let mut sound = Vec::new();
        fs::File::open(&place).expect("a file").read_to_end(&mut sound).expect("bytes");
        assert!(Kept::parse(&sound).is_some());
        for end in 0..sound.len() {
            assert!(Kept::parse(&sound[..end]).is_none(), "cut at {end}");
        }
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 1;
            assert!(Kept::parse(&bytes).is_none(), "damaged at {at}");
        }
        // A place that can't be written is no error.
        written(Path::new("/proc/nothing/mentions"), &Kept::default(), &[(1, "a")]);
    }
}
