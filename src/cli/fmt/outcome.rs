//! What became of each file, and how that is told.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::masked;
use crate::cli::output::Output;
use crate::cli::workspace::{Documents, read_document};
use crate::config;
use crate::finding::Finding;
use crate::format::{self, Document};
use crate::io::fs::ReadError;
use crate::io::write;
use crate::model::SourceId;
use crate::report::{Spot, Summary, counted, human, sanitize};
use crate::source::SourceFile;
use crate::source::layout::{LaidOut, Refused, Style, layout};

/// What became of a file.
pub(super) enum Outcome {
    /// It is in its canonical layout.
    Right(SourceFile),
    /// It was not, and this is what it is laid out.
    Changed(SourceFile, LaidOut),
    /// It was left alone.
    Refused(SourceFile, Refused),
    /// It can't be read: its one finding says why.
    Unreadable(Documents),
    /// It can't be written.
    Unwritten(SourceFile, String),
}

/// What becomes of a text, or of what could not be read.
pub(super) fn of_text(shown: PathBuf, text: Result<String, ReadError>, is_config: bool) -> Outcome {
    let text = match text {
        Ok(text) => text,
        Err(error) => return Outcome::Unreadable(Documents::new(vec![read_document(SourceId(0), shown, Err(error))])),
    };
    let laid_out = if is_config { layout(&text, Style::Yaml, config::order) } else { format::formatted(&shown, &text) };
    let file = SourceFile::new(shown, text);
    match laid_out {
        Err(Refused::Unreadable(problem)) => {
            let finding = Finding::from_problem(SourceId(0), problem);
            Outcome::Unreadable(Documents::new(vec![Document::of_text(SourceId(0), file, vec![finding])]))
        }
        Err(refused) => Outcome::Refused(file, refused),
        Ok(laid_out) if laid_out.text == file.text() => Outcome::Right(file),
        Ok(laid_out) => Outcome::Changed(file, laid_out),
    }
}

impl Outcome {
    /// The text in its layout.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Right(file) => Some(file.text()),
            Self::Changed(_, laid_out) => Some(&laid_out.text),
            Self::Refused(..) | Self::Unreadable(_) | Self::Unwritten(..) => None,
        }
    }

    /// The same, with what changed written.
    pub(super) fn write(self, path: &Path, root: &Path) -> Self {
        let Self::Changed(file, laid_out) = self else { return self };
        match write::whole(path, &laid_out.text, Some(root)) {
            Ok(()) => Self::Changed(file, laid_out),
            Err(error) => Self::Unwritten(file, error.to_string()),
        }
    }
}

/// What became of all files, in their order.
pub(super) struct Outcomes(pub(super) Vec<Outcome>);

impl Outcomes {
    fn changes(&self) -> impl Iterator<Item = (&SourceFile, &LaidOut)> {
        self.0.iter().filter_map(|outcome| match outcome {
            Outcome::Changed(file, laid_out) => Some((file, laid_out)),
            _ => None,
        })
    }

    /// How many files change.
    pub(super) fn changed(&self) -> usize {
        self.changes().count()
    }

    fn right(&self) -> usize {
        self.0.iter().filter(|outcome| matches!(outcome, Outcome::Right(_))).count()
    }

    /// Whether some files could not be laid out.
    pub(super) fn has_trouble(&self) -> bool {
        self.changed() + self.right() < self.0.len()
    }

    /// What changes, as unified diffs. What is a secret is hidden.
    pub(super) fn diffs(&self, output: Output) -> String {
        self.changes().map(|(file, new)| masked::diff(file.path(), file.text(), &new.text, output)).collect()
    }

    /// What would be done, in a sentence below the names of the files.
    pub(super) fn would(&self, output: Output, with_names: bool) -> String {
        let mut text = String::new();
        for (file, _) in self.changes().filter(|_| with_names) {
            let _ = writeln!(text, "Would format {}", shown(file));
        }
        if !output.quiet {
            let changed = counted(self.changed(), "file");
            let _ = writeln!(text, "{changed} would be formatted, {}.", self.others("is", "are"));
        }
        text
    }

    /// What was done, in a sentence.
    pub(super) fn done(&self) -> String {
        format!("Formatted {}, {}.\n", counted(self.changed(), "file"), self.others("was", "were"))
    }

    /// `41 were right, and 1 is left alone`
    fn others(&self, is: &str, are: &str) -> String {
        let verb = |count: usize| if count == 1 { is } else { are };
        let right = self.right();
        let left = self.0.len() - self.changed() - right;
        let right = format!("{right} {} right", verb(right));
        if left == 0 { right } else { format!("{right}, {left} {} left alone", verb(left)) }
    }

    /// Tells what could not be laid out, or not wholly, and why.
    pub(super) fn tell_trouble(&self, output: Output) {
        for (file, _) in self.changes().filter(|(_, laid_out)| !laid_out.in_order) {
            let file = shown(file);
            output
                .note(&format!("note: {file} keeps the order of its keys, which an anchor or a merge key depends on"));
        }
        for outcome in &self.0 {
            match outcome {
                Outcome::Unreadable(documents) => {
                    let findings: Vec<Finding> =
                        documents.iter().flat_map(|document| document.problems.iter().cloned()).collect();
                    let report = documents.locate(&findings, Summary::default());
                    output.reason(human::human(&report, output.style()).trim_end());
                }
                Outcome::Refused(file, refused) => output.error(&error(file, refused)),
                Outcome::Unwritten(file, why) => {
                    output.error(&Error::new(format!("cannot write {}: {why}", file.path().display())));
                }
                Outcome::Right(_) | Outcome::Changed(..) => {}
            }
        }
    }
}

/// Why a file that can be read is left alone.
fn error(file: &SourceFile, refused: &Refused) -> Error {
    let place = match refused {
        Refused::Unusual(span) => Spot { file, span: *span, note: "" }.address(),
        _ => file.path().display().to_string(),
    };
    let error = Error::new(format!("{place} was left alone: {}", refused.reason()));
    error.hint(match refused {
        Refused::NotJson => "correct it, or give it the name of a YAML file",
        Refused::Comments => "put each comment on a line of its own, or at the end of one",
        _ => "write it in plain YAML, without directives such as `%YAML`",
    })
}

fn shown(file: &SourceFile) -> String {
    sanitize::line(&file.path().display().to_string())
}
