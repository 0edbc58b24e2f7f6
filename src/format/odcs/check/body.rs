//! Files that say that they are of the standard, and have the body of something else. That is one mistake, whatever else it
//! looks like from inside.

use crate::source::words::alternatives;
use crate::source::{Node, Problem, Span, Value};

/// Keys that the top level of a Data Contract Specification has, and no edition of the standard. One of them is enough.
const SPECIFICATION: &[&str] = &["dataContractSpecification", "info", "models", "servicelevels"];

/// Keys that the top level of ODCS 2 has, and no later edition. One of them is a slip, two are a file of 2.
const EDITION_2: &[&str] =
    &["uuid", "datasetName", "datasetDomain", "datasetKind", "quantumName", "dataset", "stakeholders"];

/// What the body of a file is that says to be of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Body {
    /// A contract of the Data Contract Specification.
    Specification,
    /// A contract of ODCS 2.
    Edition2,
}

/// What the body of a file is, where it is not of the edition that the file declares.
pub(in crate::format) fn foreign(tree: &Node) -> Option<Body> {
    words(tree).map(|(body, _)| body)
}

/// The body with the keys that tell, of which there is one at least.
fn words(tree: &Node) -> Option<(Body, Vec<&'static str>)> {
    let found = |keys: &'static [&'static str]| -> Vec<&'static str> {
        let entries = tree.entries().iter();
        let maps = |entry: &&crate::source::Entry| {
            matches!(entry.value.value, Value::Map(_)) || !matches!(&*entry.key, "info" | "models")
        };
        let known = entries.filter(maps).filter_map(|entry| keys.iter().copied().find(|key| *key == &*entry.key));
        known.take(keys.len()).collect()
    };
    if tree.entry("schema").is_some() {
        return None;
    }
    let words = found(SPECIFICATION);
    if !words.is_empty() {
        return Some((Body::Specification, words));
    }
    let words = found(EDITION_2);
    (words.len() > 1).then_some((Body::Edition2, words))
}

/// The finding that the body of a file is of another format, where it is.
pub(super) fn of_another_format(tree: &Node) -> Option<Problem> {
    let (body, words) = words(tree)?;
    let what = match body {
        Body::Specification => "the file says that it is ODCS, and its body is a Data Contract Specification",
        Body::Edition2 => "the file says that it is of a later edition, and its body is of ODCS 2.2",
    };
    let message = format!("{what}: {}", named(&words));
    let span = words.first().map_or(tree.span, |first| place(tree, first));
    Some(Problem::new("other-format", span, message).help("`pact convert --to odcs FILE` brings it to ODCS 3.2.0"))
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
