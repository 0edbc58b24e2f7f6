//! Files that say that they are of the standard, and have the body of something else. That is one mistake, whatever else it
//! looks like from inside.

use crate::source::words::alternatives;
use crate::source::{Node, Problem, Span, Value};

/// Keys that the top level of a Data Contract Specification has, and no edition of the standard. One of them is enough.
const SPECIFICATION: &[&str] = &["dataContractSpecification", "info", "models", "servicelevels"];

/// Keys that the top level of ODCS 2 has, and no later edition. One of them is a slip, two are a file of 2.
const EDITION_2: &[&str] =
    &["uuid", "datasetName", "datasetDomain", "datasetKind", "quantumName", "dataset", "stakeholders"];

/// The finding that the body of a file is of another format, where it is.
pub(super) fn of_another_format(tree: &Node) -> Option<Problem> {
    let found = |keys: &'static [&'static str]| -> Vec<&'static str> {
        let entries = tree.entries().iter();
        let maps = |entry: &&crate::source::Entry| {
            matches!(entry.value.value, Value::Map(_)) || !matches!(&*entry.key, "info" | "models")
        };
        let known = entries.filter(maps).filter_map(|entry| keys.iter().copied().find(|key| *key == &*entry.key));
        known.take(keys.len()).collect()
    };
    let has_schema = tree.entry("schema").is_some();
    let words = found(SPECIFICATION);
    if let (Some(first), false) = (words.first(), has_schema) {
        let message =
            format!("the file says that it is ODCS, and its body is a Data Contract Specification: {}", named(&words));
        return Some(Problem::new("other-format", place(tree, first), message).help(
            "put `dataContractSpecification: 1.2.1` in the place of `kind` and `apiVersion`; `pact convert --to odcs FILE` \
             brings it to ODCS 3.2.0 then",
        ));
    }
    let words = found(EDITION_2);
    if let (Some(first), true, false) = (words.first(), words.len() > 1, has_schema) {
        let message =
            format!("the file says that it is of a later edition, and its body is of ODCS 2.2: {}", named(&words));
        return Some(
            Problem::new("other-format", place(tree, first), message)
                .help("write `apiVersion: v2.2.2`; `pact convert --to odcs FILE` brings it to ODCS 3.2.0 then"),
        );
    }
    None
}

/// The finding that a file is of an edition before 3.
pub(super) fn of_2(span: Span, version: &str) -> Problem {
    let version = version.trim_start_matches(['v', 'V']);
    let shown = if version.len() <= 8 { version } else { "2" };
    Problem::new("other-format", span, format!("this is a file of ODCS {shown}, which pact does not read"))
        .help("`pact convert --to odcs FILE` brings it to ODCS 3.2.0")
}

fn named(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    alternatives(words.iter().map(String::as_str)).replace(" or ", " and ")
}

fn place(tree: &Node, key: &str) -> Span {
    tree.entry(key).map_or(tree.span, |entry| entry.key_span)
}
