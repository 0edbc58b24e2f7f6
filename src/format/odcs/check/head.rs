//! What a file says that it is: its `kind` and `apiVersion`.

use super::super::version::Version;
use super::body;
use crate::model::Literal;
use crate::source::fix::{Edit, Fix, Place};
use crate::source::words::{alternatives, nearest, quoted};
use crate::source::{Entry, Node, Problem, Value};

/// What the head of a file says.
pub(super) struct Head {
    /// The edition by whose rules the rest is judged; `None` where none of those that pact reads is meant.
    pub(super) version: Option<Version>,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
}

impl Head {
    fn refused(problem: Problem) -> Self {
        Self { version: None, problems: vec![problem] }
    }
}

/// Reads the head of a file.
pub(super) fn judge(tree: &Node) -> Head {
    let declared = tree.entry("apiVersion");
    if let Some(entry) = tree.entry("dataContractSpecification").filter(|_| declared.is_none()) {
        let version = entry.value.scalar_text().map_or_else(String::new, |version| format!(" {version}"));
        let message = format!("this is a file of the Data Contract Specification{version}, which pact does not read");
        return Head::refused(
            Problem::new("other-format", entry.key_span, message).help(
                "`pact convert --to odcs FILE` brings it to ODCS 3.2.0; the specification is no longer developed",
            ),
        );
    }
    let edition = declared.map(edition);
    if let Some(problem) = other_kind(tree, matches!(edition, Some(Edition::Read(_) | Edition::Meant(..)))) {
        return Head::refused(problem);
    }
    match edition {
        // It is told as the unknown key that it is.
        None if tree.entries().iter().any(|entry| nearest(&entry.key, ["apiVersion"]).is_some()) => {
            Head { version: Some(Version::NEWEST), problems: Vec::new() }
        }
        None => {
            let span = tree.entry("kind").map_or(tree.span, |entry| entry.key_span);
            let problem = Problem::new(
                "missing-key",
                span,
                "the contract has no `apiVersion`, so nothing tells by which \
                 edition of the standard to judge it",
            )
            .help(format!("add `apiVersion: {}`; until then it is judged by that", Version::NEWEST.api_version()));
            Head { version: Some(Version::NEWEST), problems: vec![problem] }
        }
        Some(Edition::Read(version)) => Head { version: Some(version), problems: Vec::new() },
        Some(Edition::Meant(version, problem)) => Head { version: Some(version), problems: vec![problem] },
        Some(Edition::Other(problem)) => Head::refused(problem),
    }
}

/// The finding that a file is something else than a data contract, where its `kind` says so.
fn other_kind(tree: &Node, is_odcs: bool) -> Option<Problem> {
    let entry = tree.entry("kind")?;
    let kind = entry.value.text()?;
    if kind.eq_ignore_ascii_case("DataContract") || is_odcs {
        return None;
    }
    let what = if kind == "DataProduct" { "a data product (ODPS)".to_owned() } else { format!("a {}", quoted(kind)) };
    let message = format!("the file says that it is {what}, and no data contract");
    Some(
        Problem::new("other-format", entry.value.span, message).help(
            "leave it out of what pact reads, or write `kind: DataContract` and the `apiVersion` of the standard",
        ),
    )
}

/// What a value of `apiVersion` means.
enum Edition {
    /// An edition that pact reads.
    Read(Version),
    /// One that it reads too, written in another way.
    Meant(Version, Problem),
    /// One that it does not read.
    Other(Problem),
}

fn edition(entry: &Entry) -> Edition {
    let node = &entry.value;
    if let Some(version) = node.text().and_then(Version::from_api_version) {
        return Edition::Read(version);
    }
    let known = alternatives(Version::ALL.map(Version::api_version));
    if matches!(node.value, Value::Null | Value::List(_) | Value::Map(_)) {
        let message = format!("`apiVersion` must be text, found {}", node.described());
        let problem = Problem::new("wrong-type", entry.key_span, message).help(format!("write one of {known}"));
        return Edition::Meant(Version::NEWEST, problem);
    }
    let text = node.scalar_text().unwrap_or_default();
    let number = text.trim().trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let parts: Vec<Option<u32>> = number.splitn(4, '.').map(|part| part.parse().ok()).collect();
    if parts.first() == Some(&Some(2)) {
        return Edition::Other(body::of_2(node.span, &text));
    }
    let message = format!("`apiVersion` can't be {}", quoted(&text));
    // The newest edition with these numbers: `3` and `3.0` are said too.
    let meant = Version::ALL.into_iter().rev().find(|version| {
        let full: Vec<Option<u32>> = version.name().split('.').map(|part| part.parse().ok()).collect();
        parts.len() <= full.len() && parts.iter().zip(&full).all(|(part, full)| part.is_some() && part == full)
    });
    if let Some(version) = meant {
        let title = format!("write `apiVersion: {}`", version.api_version());
        let problem = Problem::new("invalid-value", node.span, message).help(title.clone());
        let edits = vec![Edit::Value(Place::Span(node.span), Literal::Text(version.api_version().to_owned()))];
        // Of `3` and `3.1` any edition may be meant that begins so.
        let is_certain = number == version.name();
        let fix = if is_certain { Fix::safe(title, edits) } else { Fix::guess(title, edits) };
        return Edition::Meant(version, problem.fix(fix));
    }
    let problem = if parts.first().copied().flatten().is_some_and(|major| (3..100).contains(&major)) {
        let message = format!("pact does not know version {} of the standard", quoted(&text));
        let newest = Version::NEWEST.name();
        Problem::new("invalid-value", node.span, message)
            .help(format!("pact reads {known}; a pact of later date may know more than {newest}"))
    } else {
        Problem::new("invalid-value", node.span, message).help(format!("write one of {known}"))
    };
    Edition::Other(problem)
}
