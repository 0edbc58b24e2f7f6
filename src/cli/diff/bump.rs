//! `pact diff --bump`: the version that the changes ask for, written into the file and nothing else.

use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::format::{self, Document};
use crate::io::write;
use crate::model::{Path as Element, SourceId};
use crate::report::Spot;
use crate::source::{Node, SourceFile, Span, Value, parse};
use semver::Version;
use std::path::{Path, PathBuf};

use super::compare::Compared;

/// A file with its new text.
struct Bumped<'a> {
    document: &'a Document,
    file: PathBuf,
    text: String,
    told: String,
}

/// Writes the versions that are too low into the files of the work tree, all or none. Returns how many were written.
///
/// # Errors
///
/// A version can't be replaced, or a file can't be written. Nothing has changed then.
pub(super) fn run(
    compared: &Compared,
    history: &History<'_>,
    workspace: &Workspace,
    output: Output,
) -> Result<usize, Error> {
    let mut bumped = Vec::new();
    let mut refused = Vec::new();
    for diff in &compared.diffs {
        let Some(verdict) = &diff.verdict else { continue };
        let (Some(version), Some(source)) = (&verdict.write, diff.head) else { continue };
        let (Some(document), Some(path)) = (compared.documents.get(source), compared.paths.get(source.0 as usize))
        else {
            continue;
        };
        let Some((text, written)) = with_version(document, version) else {
            let span = written_at(document);
            let place = Spot { file: &document.file, span, note: "" }.address();
            refused.push(format!("`version: {version}` at {place}"));
            continue;
        };
        let file = history.git.root().map_or_else(|| path.clone(), |root| root.join(path));
        let before = verdict.head_text().map(|head| format!(", was {head}")).unwrap_or_default();
        let told = format!("wrote version {written} into {}{before}", document.file.path().display());
        bumped.push(Bumped { document, file, text, told });
    }
    if !refused.is_empty() {
        return Err(Error::new(format!("nothing was written, since pact can't write {}", refused.join(", ")))
            .hint("write it by hand, on one line and without `&` and `*`: pact replaces one value and nothing else"));
    }
    for (index, one) in bumped.iter().enumerate() {
        if let Err(error) = write::whole(&one.file, &one.text, Some(&workspace.root)) {
            let error = Error::new(format!("cannot write {}: {error}", one.document.file.path().display()));
            return Err(put_back(&bumped[..index], &workspace.root, error));
        }
    }
    for one in &bumped {
        output.note(&one.told);
    }
    Ok(bumped.len())
}

/// Gives files their old texts again, since one of those that belong together can't be written.
fn put_back(written: &[Bumped<'_>], root: &Path, error: Error) -> Error {
    let is_lost = |one: &&Bumped<'_>| write::whole(&one.file, one.document.file.text(), Some(root)).is_err();
    let lost: Vec<String> =
        written.iter().filter(is_lost).map(|one| one.document.file.path().display().to_string()).collect();
    if lost.is_empty() {
        error
    } else {
        error.hint(format!("these have their new version already: {}", lost.join(", ")))
    }
}

/// Where a document says its version: the key, since the value may stand at an anchor elsewhere.
fn written_at(document: &Document) -> Span {
    let tree = parse(document.file.text()).ok();
    tree.and_then(|tree| Some(tree.entry("version")?.key_span)).unwrap_or_default()
}

/// The text of a document with another version, every other byte as it was, and a `v` in front of it too, with the version
/// as it is written there; `None` where the result would not be a contract of that version, or the version is a variable.
fn with_version(document: &Document, version: &Version) -> Option<(String, String)> {
    let span = document.places().find(&Element::of("version"));
    let text = document.file.text();
    let old = document.file.slice(span);
    let quote = old.chars().next().filter(|first| matches!(first, '"' | '\'')).map(String::from).unwrap_or_default();
    let written = old.trim_start_matches(['"', '\'']);
    if written.contains("${") {
        return None;
    }
    let letter = written.get(..1).filter(|letter| matches!(*letter, "v" | "V")).unwrap_or_default();
    let (before, behind) = (text.get(..span.range().start)?, text.get(span.range().end..)?);
    let written = format!("{letter}{version}");
    let new = format!("{before}{quote}{written}{quote}{behind}");
    let read = format::read(SourceId(0), SourceFile::new(document.file.path(), new.as_str()));
    let is_right = read.contract()?.version == *version && read.problems.is_empty();
    // What an anchor names is the value of others as well.
    (is_right && is_alone(&parse(text).ok()?, &parse(&new).ok()?)).then_some((new, written))
}

/// Whether two trees differ in no value but that of `version`.
fn is_alone(before: &Node, after: &Node) -> bool {
    let (before, after) = (before.entries(), after.entries());
    before.len() == after.len()
        && before
            .iter()
            .zip(after)
            .all(|(one, other)| one.key == other.key && (&*one.key == "version" || is_same(&one.value, &other.value)))
}

/// Whether two trees say the same, wherever they stand. The reader bounds how deep they are.
fn is_same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(some), Value::List(others)) => {
            some.len() == others.len() && some.iter().zip(others).all(|(one, other)| is_same(one, other))
        }
        (Value::Map(some), Value::Map(others)) => {
            let pairs = some.iter().zip(others);
            some.len() == others.len()
                && pairs.into_iter().all(|(one, other)| one.key == other.key && is_same(&one.value, &other.value))
        }
        // NaN is the same as NaN here.
        (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn bumped(text: &str, expected: &str) {
        let document = format::read(SourceId(0), SourceFile::new("orders.yaml", text));
        let (text, written) = with_version(&document, &Version::new(2, 0, 0)).expect("a text");
        assert_eq!(text, expected);
        assert!(text.contains(&written));
        let letter = |text: &str| text.to_lowercase().contains("version: v") || text.to_lowercase().contains("\"v");
        assert_eq!(written.to_lowercase().starts_with('v'), letter(text.as_str()) && written != "2.0.0", "{written}");
    }

    #[test]
    fn nothing_but_the_version_changes() {
        let rest = "schema: [{name: a, data_type: string}] # all\r\n";
        bumped(
            &format!("# 1.2.0\r\nname: orders\r\nversion: 1.2.0  # the promise\r\n{rest}"),
            &format!("# 1.2.0\r\nname: orders\r\nversion: 2.0.0  # the promise\r\n{rest}"),
        );
        bumped(
            &format!("\u{feff}version: '1.2.0'\nname: orders\n{rest}"),
            &format!("\u{feff}version: '2.0.0'\nname: orders\n{rest}"),
        );
        bumped(
            &format!("{{name: orders, version: \"1.2.0\", {}}}", rest.split(" #").next().unwrap()),
            "{name: orders, version: \"2.0.0\", schema: [{name: a, data_type: string}]}",
        );
    }

    #[test]
    fn files_of_the_standard_keep_their_v() {
        let yaml = |version: &str| {
            format!(
                "kind: DataContract\napiVersion: v3.1.0 # 1.2.0\nid: orders\nstatus: active\nversion: {version} # ours\r\n\
                 schema:\n- name: orders\n  properties:\n  - {{name: version, logicalType: string}}\n"
            )
        };
        for (old, new) in [("1.2.0", "2.0.0"), ("v1.2", "v2.0.0"), ("'1.2'", "'2.0.0'"), ("\"V1\"", "\"V2.0.0\"")] {
            bumped(&yaml(old), &yaml(new));
        }
        let json = |version: &str| {
            format!(
                "{{\"kind\": \"DataContract\", \"version\": \"{version}\",\t\"apiVersion\": \"v3.1.0\", \"id\": \"\\u00fc\", \"status\": \"active\"}}"
            )
        };
        bumped(&json("v1.0.0"), &json("v2.0.0"));
        let document = format::read(SourceId(0), SourceFile::new("o.odcs.yaml", yaml("${VERSION:-1.0.0}")));
        assert_eq!(with_version(&document, &Version::new(2, 0, 0)), None);
    }

    #[test]
    fn what_an_anchor_shares_is_left_alone() {
        let rest = "schema: [{name: a, data_type: string}]\n";
        for text in [
            "metadata: {v: &v 1.0.0}\nname: orders\nversion: *v\n",
            "name: orders\nversion: &v 1.0.0\nmetadata: {v: *v}\n",
            "metadata: &m {version: 1.0.0}\nname: orders\n<<: *m\n",
            "name: orders\nversion: >-\n  1.0.0\n",
        ] {
            let text = format!("{text}{rest}");
            let document = format::read(SourceId(0), SourceFile::new("orders.yaml", text.as_str()));
            assert_eq!(with_version(&document, &Version::new(2, 0, 0)), None, "{text}");
        }
        // An anchor that nobody uses hurts nobody.
        bumped(&format!("name: o\nversion: &v 1.0.0\n{rest}"), &format!("name: o\nversion: &v 2.0.0\n{rest}"));
    }
}
