//! The native format, and every rule of lint.

use pact::format;
use pact::source::SourceFile;

use super::{document, lint, places_are_right, promises_the_same, reads_back};

/// Whatever is found has a place in the text, and a sound contract is written so that it is read as the same one. Whether it
/// was one.
pub fn hold(text: &str) -> bool {
    let read = document(text);
    let found = lint(vec![SourceFile::new("fuzzed.yaml", text)], |_| true);
    places_are_right(&read, &found);
    let Some(contract) = read.contract() else { return false };
    let written = format::write_native(contract);
    if !read.problems.is_empty() {
        return false;
    }
    let back = reads_back("the native text", &written.text);
    // What the notes tell is kept in other words.
    if written.notes.is_empty() {
        promises_the_same("the native text", contract, &back);
        let again = back.contract().map(|contract| format::write_native(contract).text);
        assert_eq!(again.as_ref(), Some(&written.text), "written twice, from\n{text}");
    }
    true
}
