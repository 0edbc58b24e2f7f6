//! Which files a path means.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use object_store::ObjectMeta;

use super::bucket::{Reader, Store};
use crate::io::data::Trouble;
use crate::io::data::files::{COMPRESSED, FileForm};
use crate::io::fs;
use crate::source::words::quoted;

/// Where a file is.
#[derive(Debug, Clone)]
pub(super) enum At {
    Disk(PathBuf),
    Bucket(Arc<Store>, ObjectMeta),
}

impl At {
    /// The bytes of the file.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::Disk(path) => Box::new(File::open(path)?),
            Self::Bucket(store, meta) => Box::new(Reader::new(store, meta)),
        })
    }
}

/// A file of a table.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) at: At,
    /// What people know it by.
    pub(super) shown: String,
    pub(super) size: u64,
    /// What the folders on the way say of all its rows: keys and values.
    pub(super) partitions: Vec<(String, Option<String>)>,
}

/// The files on a disk that a path means, in the order of their names.
pub(super) fn files(path: &Path, within: Option<&Path>, form: &FileForm) -> Result<Vec<Found>, Trouble> {
    let shown = quoted(&shown(within, path));
    let mut found = Vec::new();
    if path.is_file() {
        found.push(path.to_owned());
        return finished(within, found, path.parent().unwrap_or(path), &shown);
    }
    if path.is_dir() {
        walk(path, form, &mut found)?;
        if found.is_empty() {
            let listed = endings(form).join(", .");
            return Err(Trouble::Lost(format!(
                "the folder {shown} has no {} file: none ends in .{listed}; name the file, or a pattern such as {}",
                form.name(),
                quoted(&self::shown(within, &path.join("*"))),
            )));
        }
        return finished(within, found, path, &shown);
    }
    let text = path.to_string_lossy();
    if !text.contains(['*', '?', '[']) {
        let what_now = match path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.exists()) {
            Some(parent) => format!("not even its folder {} is there", quoted(&self::shown(within, parent))),
            None => "look at the path of the source, which counts from the root of the repository".to_owned(),
        };
        return Err(Trouble::Lost(format!("there is no file {shown}: {what_now}")));
    }
    let matches = glob::glob(&text).map_err(|error| Trouble::Lost(format!("{shown} is no pattern: {}", error.msg)))?;
    for path in matches.flatten().filter(|path| !is_hidden(path)) {
        if path.is_dir() {
            walk(&path, form, &mut found)?;
        } else if path.is_file() {
            found.push(path);
        }
    }
    if found.is_empty() {
        return Err(Trouble::Lost(format!("no file matches {shown}")));
    }
    let fixed: PathBuf = path.components().take_while(|part| !has_star(*part)).collect();
    finished(within, found, &fixed, &shown)
}

fn has_star(part: Component<'_>) -> bool {
    part.as_os_str().to_string_lossy().contains(['*', '?', '['])
}

/// Files that other tools leave beside data: `_SUCCESS`, `.part.crc`.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '_']))
}

fn walk(folder: &Path, form: &FileForm, found: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    let trouble =
        |error| Trouble::Lost(format!("the folder {} can't be read: {error}", quoted(&folder.to_string_lossy())));
    for entry in std::fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        // A link to a folder may lead back here.
        let is_folder = path.is_dir() && !path.is_symlink();
        if is_hidden(&path) {
            continue;
        }
        if is_folder {
            walk(&path, form, found)?;
        } else if path.is_file() && belongs(&path, form) {
            found.push(path);
        }
    }
    Ok(())
}

/// The endings of the files that belong to a folder.
pub(super) fn endings(form: &FileForm) -> &'static [&'static str] {
    match form {
        FileForm::Csv(_) => &["csv", "tsv", "tab", "txt"],
        FileForm::Ndjson(_) => &["ndjson", "jsonl", "jsonlines", "json"],
        FileForm::Json(_) => &["json"],
        FileForm::Parquet => &["parquet", "pq"],
        FileForm::Arrow => &["arrow", "ipc", "feather", "arrows"],
    }
}

/// Whether a file of a folder is one of its table.
pub(super) fn belongs(path: &Path, form: &FileForm) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()) else { return false };
    let plain =
        COMPRESSED.iter().filter(|_| form.is_text()).find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    plain.rsplit_once('.').is_some_and(|(_, ending)| endings(form).contains(&ending))
}

/// A path as people know it.
fn shown(within: Option<&Path>, path: &Path) -> String {
    let own = within.and_then(|root| path.strip_prefix(root).ok());
    own.unwrap_or(path).to_string_lossy().into_owned()
}

/// Adds what is known of the files before they are opened.
fn finished(within: Option<&Path>, mut paths: Vec<PathBuf>, base: &Path, name: &str) -> Result<Vec<Found>, Trouble> {
    paths.sort_unstable();
    paths.dedup();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let shown = shown(within, &path);
        // What a contract names may be a link to anything.
        if within.is_some_and(|root| !fs::lies_in(&path, root)) {
            return Err(Trouble::Lost(format!("{} is a link that leads out of the repository", quoted(&shown))));
        }
        let size = std::fs::metadata(&path)
            .map_err(|error| Trouble::Lost(format!("{} can't be read: {error}", quoted(&shown))))?
            .len();
        let partitions = partitions(path.strip_prefix(base).unwrap_or(&path));
        files.push(Found { at: At::Disk(path), shown, size, partitions });
    }
    agreeing(files, name)
}

/// The files of a table, as far as they agree on the keys of their folders.
pub(super) fn agreeing(files: Vec<Found>, name: &str) -> Result<Vec<Found>, Trouble> {
    let keys = |found: &Found| found.partitions.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    if let Some([first, other]) = files
        .split_first()
        .and_then(|(first, rest)| rest.iter().find(|other| keys(other) != keys(first)).map(|other| [first, other]))
    {
        return Err(Trouble::Lost(format!(
            "the files of {name} lie in folders with different keys: {} and {}",
            quoted(&first.shown),
            quoted(&other.shown)
        )));
    }
    Ok(files)
}

/// What the folders on the way to a file say: keys and values.
pub(super) fn partitions(path: &Path) -> Vec<(String, Option<String>)> {
    let folders = path.parent().into_iter().flat_map(Path::components);
    let names = folders.map(|part| part.as_os_str().to_string_lossy().into_owned());
    let pairs = names.filter_map(|name| name.split_once('=').map(|(key, value)| (key.to_owned(), unescaped(value))));
    // The name that Hive gives to the folder of rows without a value.
    pairs.map(|(key, value)| (key, Some(value).filter(|value| value != "__HIVE_DEFAULT_PARTITION__"))).collect()
}

/// `%3A` is a colon: names of folders can't have all letters.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_tell_columns() {
        let of = |path: &str| partitions(Path::new(path));
        assert_eq!(
            of("year=2024/at=10%3A30/a.csv"),
            [("year".to_owned(), Some("2024".to_owned())), ("at".to_owned(), Some("10:30".to_owned()))]
        );
        assert_eq!(of("year=__HIVE_DEFAULT_PARTITION__/a.csv"), [("year".to_owned(), None)]);
        assert_eq!(of("a=b.csv"), []);
    }
}
