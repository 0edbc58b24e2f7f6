//! Where records go: the good ones, the bad ones, and what was rewritten.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::check::records::{Sorted, is_personal};
use crate::cli::error::Error;
use crate::io::lines::Growing;

/// A file or standard output.
enum Target {
    File(Growing, PathBuf),
    Stdout,
}

/// Lines on their way.
struct Sink {
    target: Target,
    lines: Vec<u8>,
}

impl Sink {
    fn open(path: Option<&PathBuf>, directory: &Path) -> Result<Option<Self>, Error> {
        let Some(path) = path else { return Ok(None) };
        let target = if path.as_os_str() == "-" {
            Target::Stdout
        } else {
            let full = directory.join(path);
            let hint = "give a file in a folder that is there and that you may write to";
            let growing = Growing::new(&full)
                .map_err(|error| Error::new(format!("cannot write {}: {error}", path.display())).hint(hint))?;
            Target::File(growing, path.clone())
        };
        Ok(Some(Self { target, lines: Vec::new() }))
    }

    fn add(&mut self, line: &[u8]) {
        self.lines.extend_from_slice(line);
        self.lines.push(b'\n');
    }

    /// Writes what waits: whole lines at once, so that whoever reads along or breaks off finds no half ones.
    fn flush(&mut self) -> Result<(), Lost> {
        let written = match &mut self.target {
            Target::File(file, path) => file.add(&self.lines).map_err(|error| (Some(path.clone()), error)),
            Target::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(&self.lines).and_then(|()| out.flush()).map_err(|error| (None, error))
            }
        };
        self.lines.clear();
        written.map_err(|(path, error)| match (path, error.kind()) {
            (None, io::ErrorKind::BrokenPipe) => Lost::NobodyReads,
            (path, _) => {
                let place = path.map_or_else(|| "to standard output".to_owned(), |path| path.display().to_string());
                Lost::Failed(Error::new(format!("cannot write {place}: {error}")))
            }
        })
    }

    fn finish(self) -> Result<(), Error> {
        match self.target {
            Target::File(file, path) => {
                file.finish().map_err(|error| Error::new(format!("cannot write {}: {error}", path.display())))
            }
            Target::Stdout => Ok(()),
        }
    }
}

/// Why records can't be written any longer.
pub(super) enum Lost {
    /// Who read standard output has gone away.
    NobodyReads,
    /// An error.
    Failed(Error),
}

/// Where the records of a run go.
pub(super) struct Sinks {
    valid: Option<Sink>,
    quarantine: Option<Sink>,
    changes: Option<Sink>,
}

impl Sinks {
    /// Opens the files.
    pub(super) fn open(
        valid: Option<&PathBuf>,
        quarantine: Option<&PathBuf>,
        changes: Option<&PathBuf>,
        directory: &Path,
    ) -> Result<Self, Error> {
        let all: Vec<&PathBuf> = [valid, quarantine, changes].into_iter().flatten().collect();
        let is_twice = |(index, path): (usize, &&PathBuf)| all.get(..index).is_some_and(|before| before.contains(path));
        if let Some((_, path)) = all.iter().enumerate().find(|(index, path)| is_twice((*index, path))) {
            return Err(Error::new(format!("{} is named for two things", path.display()))
                .hint("good records, bad ones and changes go to places of their own"));
        }
        Ok(Self {
            valid: Sink::open(valid, directory)?,
            quarantine: Sink::open(quarantine, directory)?,
            changes: Sink::open(changes, directory)?,
        })
    }

    /// Whether anything goes to standard output.
    pub(super) fn take_stdout(&self) -> bool {
        [&self.valid, &self.quarantine, &self.changes]
            .into_iter()
            .flatten()
            .any(|sink| matches!(sink.target, Target::Stdout))
    }

    /// Puts a line where it belongs.
    pub(super) fn sort(&mut self, line: &Sorted<'_, '_>) {
        let is_good = line.no_record.is_none() && line.codes.is_empty();
        if is_good {
            if let Some(valid) = &mut self.valid {
                valid.add(line.rewritten.map_or(line.line, str::as_bytes));
            }
        } else if let Some(quarantine) = &mut self.quarantine {
            quarantine.add(&quarantined(line));
        }
        if let Some(changes) = &mut self.changes {
            for change in line.changes {
                let was = line.line.get(change.at.clone()).map(String::from_utf8_lossy).unwrap_or_default();
                // As it stands there: a number that is read and written again may lose digits.
                let shown = |raw: &str| match serde_json::from_str::<serde::de::IgnoredAny>(raw) {
                    _ if is_personal(change.field) => json!("(personal data)").to_string(),
                    Ok(_) => raw.to_owned(),
                    Err(_) => json!(raw).to_string(),
                };
                let told = format!(
                    "{{\"line\":{},\"field\":{},\"how\":{},\"from\":{},\"to\":{}}}",
                    line.number,
                    json!(*change.path),
                    json!(change.how.name()),
                    shown(&was),
                    shown(&change.to),
                );
                changes.add(told.as_bytes());
            }
        }
    }

    /// Puts a line there that is too long to be read.
    pub(super) fn too_long(&mut self, number: u64, reason: &str) {
        if let Some(quarantine) = &mut self.quarantine {
            let told = json!({ "line": number, "codes": ["no_record"], "reason": reason, "record": Json::Null });
            quarantine.add(told.to_string().as_bytes());
        }
    }

    /// Writes what waits.
    pub(super) fn flush(&mut self) -> Result<(), Lost> {
        let all = [&mut self.valid, &mut self.quarantine, &mut self.changes];
        all.into_iter().flatten().try_for_each(Sink::flush)
    }

    /// Puts the files in their places.
    pub(super) fn finish(self) -> Result<(), Error> {
        [self.valid, self.quarantine, self.changes].into_iter().flatten().try_for_each(Sink::finish)
    }
}

/// A bad record with what it breaks; as it came, whatever was rewritten.
fn quarantined(line: &Sorted<'_, '_>) -> Vec<u8> {
    if let Some(reason) = line.no_record {
        let text = String::from_utf8_lossy(line.line);
        let told = json!({ "line": line.number, "codes": ["no_record"], "reason": reason, "record": text });
        return told.to_string().into_bytes();
    }
    let mut told = format!("{{\"line\":{},\"codes\":{},\"record\":", line.number, json!(line.codes)).into_bytes();
    told.extend_from_slice(line.line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line.line));
    told.push(b'}');
    told
}
