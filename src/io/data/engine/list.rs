//! Which files a path means.

use std::path::{Component, Path, PathBuf};

use crate::io::data::Trouble;
use crate::io::data::files::{COMPRESSED, FileForm, FileTable};
use crate::io::fs;
use crate::source::words::quoted;

/// A file of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// What people know it by.
    pub(super) shown: String,
    pub(super) size: u64,
    /// What the folders on the way say of all its rows: keys and values.
    pub(super) partitions: Vec<(String, Option<String>)>,
}

/// The files of a table, in the order of their names.
pub(super) fn files(table: &FileTable) -> Result<Vec<Found>, Trouble> {
    let (path, form) = (table.path.as_path(), &table.form);
    let shown = quoted(&shown(table, path));
    let mut found = Vec::new();
    if path.is_file() {
        found.push(path.to_owned());
        return finished(table, found, path.parent().unwrap_or(path), &shown);
    }
    if path.is_dir() {
        walk(path, form, &mut found)?;
        if found.is_empty() {
            let endings = form.endings().join(", .");
            return Err(Trouble::Lost(format!(
                "the folder {shown} has no {} file: none ends in .{endings}; name the file, or a pattern such as {}",
                form.name(),
                quoted(&self::shown(table, &path.join("*"))),
            )));
        }
        return finished(table, found, path, &shown);
    }
    let text = path.to_string_lossy();
    if !text.contains(['*', '?', '[']) {
        let what_now = match path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.exists()) {
            Some(parent) => format!("not even its folder {} is there", quoted(&self::shown(table, parent))),
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
    finished(table, found, &fixed, &shown)
}

fn has_star(part: Component<'_>) -> bool {
    part.as_os_str().to_string_lossy().contains(['*', '?', '['])
}

/// Files that other tools leave beside data: `_SUCCESS`, `.part.crc`.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '_']))
}

fn walk(folder: &Path, form: &FileForm, found: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    let trouble =
        |error| Trouble::Lost(format!("the folder {} can't be read: {error}", quoted(&folder.to_string_lossy())));
    for entry in std::fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        // A link to a folder may lead back here.
        let is_folder = path.is_dir() && !path.is_symlink();
        match is_hidden(&path) {
            true => {}
            false if is_folder => walk(&path, form, found)?,
            false if path.is_file() && belongs(&path, form) => found.push(path),
            false => {}
        }
    }
    Ok(())
}

fn belongs(path: &Path, form: &FileForm) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()) else { return false };
    let plain =
        COMPRESSED.iter().filter(|_| form.is_text()).find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    plain.rsplit_once('.').is_some_and(|(_, ending)| form.endings().contains(&ending))
}

/// A path as people know it.
fn shown(table: &FileTable, path: &Path) -> String {
    let own = table.within.as_deref().and_then(|root| path.strip_prefix(root).ok());
    own.unwrap_or(path).to_string_lossy().into_owned()
}

/// Adds what is known of the files before they are opened.
fn finished(table: &FileTable, mut paths: Vec<PathBuf>, base: &Path, name: &str) -> Result<Vec<Found>, Trouble> {
    paths.sort_unstable();
    paths.dedup();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let shown = shown(table, &path);
        // What a contract names may be a link to anything.
        if table.within.as_deref().is_some_and(|root| !fs::lies_in(&path, root)) {
            return Err(Trouble::Lost(format!("{} is a link that leads out of the repository", quoted(&shown))));
        }
        let size = std::fs::metadata(&path)
            .map_err(|error| Trouble::Lost(format!("{} can't be read: {error}", quoted(&shown))))?
            .len();
        let partitions = partitions(path.strip_prefix(base).unwrap_or(&path));
        files.push(Found { path, shown, size, partitions });
    }
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

fn partitions(path: &Path) -> Vec<(String, Option<String>)> {
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
