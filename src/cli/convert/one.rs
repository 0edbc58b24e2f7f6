//! One contract, converted.

use std::path::PathBuf;

use super::To;
use super::input::Input;
use crate::finding::Finding;
use crate::format::{self, Content, Document, OdcsVersion, Standard, Written};
use crate::model::SourceId;
use crate::source::{Problem, SourceFile, parse};

/// What became of a file.
pub(super) struct Done<'a> {
    pub(super) document: &'a Document,
    pub(super) input: Input,
    pub(super) result: Result<Converted, Refusal>,
    /// Where the new text is; `None` where it was printed, or nothing was written.
    pub(super) written: Option<PathBuf>,
}

/// A contract in another format.
pub(super) struct Converted {
    pub(super) from: Standard,
    pub(super) to: Standard,
    pub(super) written: Written,
    /// Whether nothing had to be done.
    pub(super) is_same: bool,
}

/// Why a file was not converted.
pub(super) struct Refusal {
    /// One sentence; empty where the findings of the document tell.
    pub(super) reason: String,
    pub(super) hint: &'static str,
    /// What is wrong with the form, where the document itself does not tell.
    pub(super) problems: Vec<Finding>,
}

/// Converts a document. What is told of it comes in the order of the new text.
pub(super) fn convert(document: &Document, to: To, version: OdcsVersion) -> Result<Converted, Refusal> {
    let mut converted = converted(document, to, version)?;
    let written = &mut converted.written;
    if !written.notes.is_empty() {
        let file = SourceFile::new(document.file.path(), written.text.as_str());
        let new = format::read(SourceId(0), file);
        let places = new.places();
        written.notes.sort_by_cached_key(|note| places.find(&note.element).start);
    }
    Ok(converted)
}

fn converted(document: &Document, to: To, version: OdcsVersion) -> Result<Converted, Refusal> {
    let unsound = || Refusal {
        reason: String::new(),
        hint: "mend the file first; `pact lint` shows everything that is wrong",
        problems: Vec::new(),
    };
    // pact does not lint the specification: converting is where its form is looked at.
    let malformed = |problems: Vec<Problem>| Refusal {
        reason: String::new(),
        hint: "mend the file first, and convert it then",
        problems: problems.into_iter().map(|problem| Finding::from_problem(document.id, problem)).collect(),
    };
    let text = document.file.text();
    let tree = parse(text).map_err(|_| unsound())?;
    let from = Standard::of(&tree);
    let target = match to {
        To::Native => Standard::Native,
        To::Odcs => Standard::Odcs(version.name().to_owned()),
    };
    if from == target && document.problems.is_empty() {
        let written = Written { text: text.to_owned(), notes: Vec::new() };
        return Ok(Converted { from, to: target, written, is_same: true });
    }
    // Editions that pact does not read are brought to the newest first.
    let is_foreign = matches!(from, Standard::Dcs(_)) || from.is_before_3();
    if !is_foreign && !document.problems.is_empty() {
        return Err(unsound());
    }
    match (&from, to) {
        (Standard::Odcs(_), To::Odcs) if version != OdcsVersion::NEWEST => Err(Refusal {
            reason: format!("{from} is not brought to ODCS {version}: pact goes to the newest edition only"),
            hint: "leave --odcs-version out, or convert to the native format and from there",
            problems: Vec::new(),
        }),
        (Standard::Odcs(_), To::Odcs) => {
            let written = format::migrate(text).map_err(|_| unsound())?;
            Ok(Converted { from, to: target, written, is_same: false })
        }
        (Standard::Dcs(_), To::Odcs) if version == OdcsVersion::NEWEST => {
            let written = format::dcs_to_odcs(text).map_err(malformed)?;
            Ok(Converted { from, to: target, written, is_same: false })
        }
        _ if is_foreign => {
            let mut first = match (&from, to) {
                (Standard::Dcs(_), To::Native) => format::dcs_for_native(text).map_err(malformed)?,
                (Standard::Dcs(_), To::Odcs) => format::dcs_to_odcs(text).map_err(malformed)?,
                _ => format::migrate(text).map_err(|_| unsound())?,
            };
            let file = SourceFile::new(document.file.path(), first.text.as_str());
            let read = format::read(SourceId(0), file);
            let Some(contract) = read.contract().filter(|_| read.problems.is_empty()) else {
                let problem =
                    read.problems.first().map_or_else(String::new, |problem| format!(": {}", problem.message));
                return Err(Refusal {
                    reason: format!("{from} becomes ODCS that is not valid{problem}"),
                    hint: "`pact convert --to odcs` first, mend the result, and convert that",
                    problems: Vec::new(),
                });
            };
            let second = match to {
                To::Native => format::write_native(contract),
                To::Odcs => format::write_odcs(contract, version),
            };
            first.notes.extend(second.notes);
            let written = format::anew(text, Written { text: second.text, notes: first.notes });
            Ok(Converted { from, to: target, written, is_same: false })
        }
        (_, to) => {
            let Some(contract) = document.contract() else {
                let what = match &document.content {
                    Some(Content::Subscription(_)) => "a subscription",
                    Some(Content::Calendar(_)) => "a calendar",
                    _ => "what is no contract",
                };
                return Err(Refusal {
                    reason: format!("{what} has no form in the ODCS, and was not converted"),
                    hint: "leave the file as it is: it works beside contracts of either format; name the contracts to convert one by one",
                    problems: Vec::new(),
                });
            };
            let written = match to {
                To::Native => format::write_native(contract),
                To::Odcs => format::write_odcs(contract, version),
            };
            let written = format::anew(text, written);
            Ok(Converted { from, to: target, written, is_same: false })
        }
    }
}
