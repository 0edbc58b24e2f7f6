//! Commands as a user types them, with what they print.
//!
//! Each file in `tests/it/transcripts` is one session in one fresh folder. A line `$ COMMAND` is run by a shell; below it
//! stands what it prints (standard output, then standard error) and, if it is not 0, the exit code as `[exit 1]`. A line
//! `$ cat > FILE <<'EOF'` runs to its `EOF`. Lines that begin with `% ` are comments. What differs from run to run is
//! matched by snapbox's `[..]` (within a line) and `...` (any lines).
//!
//! `PACT_RECORD=1 cargo test transcripts` records them anew; read the change before committing it.

use std::fmt::Write as _;
use std::fs;

use snapbox::assert::Assert;
use snapbox::{IntoData, Redactions};

use crate::support::{Folder, sources};

#[test]
fn transcripts_are_what_pact_prints() {
    let record = std::env::var_os("PACT_RECORD").is_some();
    let folder = sources().join("tests/it/transcripts");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("transcripts").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let only = std::env::var("PACT_TRANSCRIPT").ok();
    files.retain(|file| only.as_ref().is_none_or(|name| file.file_stem().is_some_and(|stem| stem == name.as_str())));
    let mut failed = Vec::new();
    for file in &files {
        let recorded = fs::read_to_string(file).expect("a transcript");
        let actual = replay(&recorded);
        if record {
            // Lines that were written with wildcards stay as they are where they still fit.
            if try_eq(&recorded, &actual).is_err() {
                fs::write(file, &actual).expect("a written transcript");
            }
        } else if let Err(error) = try_eq(&recorded, &actual) {
            failed.push(format!("{}\n{error}", file.display()));
        }
    }
    assert!(failed.is_empty(), "{}\nPACT_RECORD=1 records anew", failed.join("\n"));
}

fn try_eq(recorded: &str, actual: &str) -> Result<(), snapbox::assert::Error> {
    // A backslash is a backslash: Markdown escapes with it.
    let assert = Assert::new().normalize_paths(false).redact_with(Redactions::new());
    assert.try_eq(None, actual.into_data(), recorded.into_data())
}

/// Runs the commands of a transcript and writes down what happens.
fn replay(recorded: &str) -> String {
    let folder = Folder::new();
    let root = folder.path().display().to_string();
    let mut actual = String::new();
    let mut lines = recorded.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("% ") || line.is_empty() && lines.peek().is_none_or(|next| next.starts_with(['$', '%'])) {
            let _ = writeln!(actual, "{line}");
        }
        let Some(command) = line.strip_prefix("$ ") else { continue };
        let mut script = command.to_owned();
        if command.contains("<<'EOF'") {
            for line in lines.by_ref() {
                let _ = write!(script, "\n{line}");
                if line == "EOF" {
                    break;
                }
            }
        }
        let ran = folder.shell(&script);
        let _ = writeln!(actual, "$ {script}");
        for printed in [&ran.stdout, &ran.stderr] {
            actual.push_str(&printed.replace(&root, "[ROOT]"));
            if !printed.is_empty() && !printed.ends_with('\n') {
                actual.push('\n');
            }
        }
        match ran.code {
            Some(0) => {}
            Some(code) => {
                let _ = writeln!(actual, "[exit {code}]");
            }
            None => actual.push_str("[killed]\n"),
        }
    }
    actual
}
