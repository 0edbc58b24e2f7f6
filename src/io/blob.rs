//! The name that git has for bytes, whether they are in a repository or not.

use git2::{ObjectType, Oid};

/// The id of a blob of these bytes, as `git hash-object` prints it.
pub fn blob_id(bytes: &[u8]) -> Option<String> {
    Oid::hash_object(ObjectType::Blob, bytes).ok().map(|id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_has_the_name_that_git_gives_it() {
        assert_eq!(blob_id(b"").as_deref(), Some("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
    }
}
