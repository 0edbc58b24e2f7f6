//! `pact diff --bump`: the version that the changes ask for, written into the file and nothing else.

use crate::cli::error::Error;
use crate::cli::history::History;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::format::{self, Document};
use crate::io::write;
use crate::model::{Path as Element, SourceId};
use crate::source::SourceFile;
use semver::Version;

use super::compare::Compared;

/// Writes the versions that are too low into the files of the work tree. Returns how many were written.
///
/// # Errors
///
/// A file can't be written. Those before it have been.
pub(super) fn run(
    compared: &Compared,
    history: &History<'_>,
    workspace: &Workspace,
    output: Output,
) -> Result<usize, Error> {
    let mut written = 0;
    for diff in &compared.diffs {
        let Some(verdict) = &diff.verdict else { continue };
        let (Some(version), Some(source)) = (&verdict.write, diff.head) else { continue };
        let (Some(document), Some(path)) = (compared.documents.get(source), compared.paths.get(source.0 as usize))
        else {
            continue;
        };
        let shown = document.file.path().display().to_string();
        let text = with_version(document, version).ok_or_else(|| {
            Error::new(format!("the version in {shown} can't be replaced; write `version: {version}`"))
        })?;
        let file = history.git.root().map_or_else(|| path.clone(), |root| root.join(path));
        write::whole(&file, &text, Some(&workspace.root))
            .map_err(|error| Error::new(format!("cannot write {shown}: {error}")))?;
        let before = verdict.head.as_ref().map(|head| format!(", was {head}")).unwrap_or_default();
        output.note(&format!("wrote version {version} into {shown}{before}"));
        written += 1;
    }
    Ok(written)
}

/// The text of a document with another version, every other byte as it was; `None` where the result would not be a
/// contract of that version.
fn with_version(document: &Document, version: &Version) -> Option<String> {
    let span = document.places().find(&Element::of("version"));
    let text = document.file.text();
    let old = document.file.slice(span);
    let quote = old.chars().next().filter(|first| matches!(first, '"' | '\'')).map(String::from).unwrap_or_default();
    let new = format!("{}{quote}{version}{quote}{}", text.get(..span.range().start)?, text.get(span.range().end..)?);
    let read = format::read(SourceId(0), SourceFile::new(document.file.path(), new.as_str()));
    (read.contract()?.version == *version && read.problems.is_empty()).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn bumped(text: &str, expected: &str) {
        let document = format::read(SourceId(0), SourceFile::new("orders.yaml", text));
        assert_eq!(with_version(&document, &Version::new(2, 0, 0)).as_deref(), Some(expected));
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
}
