//! Files that commands write for people to change: what they share.

use std::path::Path;

use super::error::Error;

/// Where a repository keeps the JSON Schema of contracts.
pub(super) const CONTRACT_SCHEMA: &str = "schemas/contract.schema.json";

/// The error that a file can't be written.
pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("cannot write {}: {error}", path.display()))
        .hint("check that the folder may be written, and that no file stands where a folder is needed")
}

/// A path as a shell takes it: in single quotes where it has more than plain letters.
pub(super) fn shell_word(path: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-' | '~');
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
