//! Which files of a work tree may differ from what git knows of them: those whose size or times are not those that the index
//! has noted, and those that it does not have. To ask for all the others would take as long as there are files.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use git2::{Index, IndexEntry, IndexEntryExtendedFlag};
use rayon::prelude::*;

/// The paths below `below` that may differ on disk from the index: every one that does is among them, or lies in a folder
/// that is. `None` where there is no telling.
pub(super) fn touched(root: &Path, index: &Index, below: &[PathBuf]) -> Option<Vec<PathBuf>> {
    // What was written in the moment in which the index was may have been written once more in it.
    let noted = fs::symlink_metadata(index.path()?).ok()?;
    let below: Vec<&[u8]> = below.iter().map(|path| path.as_os_str().as_bytes()).collect();
    let is_below = |path: &[u8]| below.iter().any(|folder| lies_in(path, folder));
    let entries: Vec<IndexEntry> = index.iter().filter(|entry| is_below(&entry.path)).collect();
    let is_touched = |entry: &&IndexEntry| {
        let special = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
        special.is_skip_worktree() || !is_as_noted(entry, &root.join(path_of(&entry.path)), &noted)
    };
    let mut touched: Vec<PathBuf> =
        entries.par_iter().filter(is_touched).map(|entry| path_of(&entry.path).to_path_buf()).collect();
    let known: HashSet<&[u8]> = entries.iter().map(|entry| entry.path.as_slice()).collect();
    let folders = folders(&entries, &below, root);
    let new: Vec<Option<Vec<PathBuf>>> =
        folders.par_iter().map(|folder| unknown(root, folder, &known, &folders)).collect();
    for paths in new {
        touched.extend(paths?);
    }
    Some(touched)
}

fn path_of(bytes: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(bytes))
}

fn lies_in(path: &[u8], folder: &[u8]) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
}

/// The folders that hold entries, and those between them and what was asked for.
fn folders<'a>(entries: &'a [IndexEntry], below: &[&'a [u8]], root: &Path) -> BTreeSet<&'a [u8]> {
    let mut folders: BTreeSet<&[u8]> =
        below.iter().filter(|folder| root.join(path_of(folder)).is_dir()).copied().collect();
    let mut last: Option<&[u8]> = None;
    for entry in entries {
        // Entries are in order, so those of a folder stand together.
        let mut folder = parent(&entry.path);
        if last == Some(folder) {
            continue;
        }
        last = Some(folder);
        while below.iter().any(|asked| lies_in(folder, asked)) && folders.insert(folder) && !folder.is_empty() {
            folder = parent(folder);
        }
    }
    folders
}

fn parent(path: &[u8]) -> &[u8] {
    let end = path.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
    path.get(..end).unwrap_or_default()
}

/// What lies in a folder and neither in the index nor among its folders. `None` where the folder can't be read to its end.
fn unknown(root: &Path, folder: &[u8], known: &HashSet<&[u8]>, folders: &BTreeSet<&[u8]>) -> Option<Vec<PathBuf>> {
    let Ok(listed) = fs::read_dir(root.join(path_of(folder))) else { return Some(Vec::new()) };
    let mut path = folder.to_vec();
    if !path.is_empty() {
        path.push(b'/');
    }
    let start = path.len();
    let mut new = Vec::new();
    for one in listed {
        let name = one.ok()?.file_name();
        path.truncate(start);
        path.extend_from_slice(name.as_bytes());
        if name != ".git" && !known.contains(path.as_slice()) && !folders.contains(path.as_slice()) {
            new.push(path_of(&path).to_path_buf());
        }
    }
    Some(new)
}

/// Whether a file is as the index has noted it, by everything that a change of it would move.
fn is_as_noted(entry: &IndexEntry, file: &Path, noted: &Metadata) -> bool {
    let Ok(now) = fs::symlink_metadata(file) else { return false };
    let time = |seconds: i64, nanoseconds: i64| (seconds, nanoseconds);
    let of = |time: git2::IndexTime| (i64::from(time.seconds()), i64::from(time.nanoseconds()));
    let written = time(now.mtime(), now.mtime_nsec());
    let executable = |mode: u32| mode & 0o100 != 0;
    let is_file = entry.mode & 0o170_000 == 0o100_000 && now.is_file();
    is_file
        && executable(entry.mode) == executable(now.mode())
        && u64::from(entry.file_size) == now.len()
        && of(entry.mtime) == written
        && of(entry.ctime) == time(now.ctime(), now.ctime_nsec())
        && written < time(noted.mtime(), noted.mtime_nsec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(root: &Path, index: &Index, below: &str) -> Vec<String> {
        let mut found = touched(root, index, &[PathBuf::from(below)]).expect("an index on disk");
        found.sort();
        found.into_iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn what_is_touched_in_any_way_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let repository = git2::Repository::init(root).expect("a repository");
        let write = |path: &str, text: &str| {
            fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("a folder");
            fs::write(root.join(path), text).expect("a file");
        };
        let files = ["a/one.yaml", "a/two.yaml", "a/b/three.yaml", "a/b/c/four.yaml", "z/five.yaml"];
        let mut index = repository.index().expect("an index");
        for file in files {
            write(file, "same");
            index.add_path(Path::new(file)).expect("an entry");
        }
        index.write().expect("the index");
        // What was written just before the index counts as touched: it may have been written again since.
        let later = fs::symlink_metadata(root.join(".git/index")).expect("the index").modified().expect("a time");
        let later = later + std::time::Duration::from_secs(10);
        fs::File::options()
            .append(true)
            .open(root.join(".git/index"))
            .and_then(|file| file.set_modified(later))
            .expect("later");
        assert_eq!(paths(root, &index, "a"), [""; 0]);

        let before = fs::symlink_metadata(root.join("a/one.yaml")).expect("a file").modified().expect("a time");
        write("a/one.yaml", "SAME");
        fs::File::options()
            .append(true)
            .open(root.join("a/one.yaml"))
            .and_then(|file| file.set_modified(before))
            .expect("as before");
        fs::remove_file(root.join("a/two.yaml")).expect("gone");
        write("a/b/new.yaml", "new");
        write("a/d/e/new.yaml", "new");
        write("z/new.yaml", "not asked for");
        assert_eq!(paths(root, &index, "a"), ["a/b/new.yaml", "a/d", "a/one.yaml", "a/two.yaml"]);
        assert_eq!(paths(root, &index, ""), ["a/b/new.yaml", "a/d", "a/one.yaml", "a/two.yaml", "z/new.yaml"]);
    }
}
