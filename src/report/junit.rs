//! Findings as JUnit XML, which most CI servers show as tests: a suite for each file, a test for each code.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::sanitize::xml;
use super::{Located, Report, counted, sanitize};
use crate::finding::Severity;

/// What belongs together: a file or a contract.
#[derive(Debug)]
pub struct Suite {
    /// Its name.
    pub name: String,
    /// What was looked at in it.
    pub cases: Vec<Case>,
}

/// One thing that was looked at.
#[derive(Debug)]
pub struct Case {
    /// Its name, such as the code of a rule.
    pub name: String,
    /// The file, where there is one.
    pub file: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// Everything there is to say, a line each.
    pub text: String,
}

/// What came of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// That could not be found out.
    Error,
    /// There was nothing to look at.
    Skipped,
}

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// Its path, as it is shown.
    pub file: PathBuf,
    /// The name of what is in it, where it can be read.
    pub name: Option<String>,
}

/// The findings as tests. What is at least as bad as `fails` fails, as the run does; what is milder passes and is told all
/// the same. Files without findings have one test that passes.
pub fn junit(report: &Report<'_>, files: &[LookedAt], fails: Severity) -> String {
    let mut by_file: HashMap<&Path, Vec<&Located<'_>>> = HashMap::new();
    for located in &report.findings {
        by_file.entry(located.spot.file.path()).or_default().push(located);
    }
    let suite = |LookedAt { file, name }: &LookedAt| Suite {
        name: name.as_ref().map_or_else(|| shown(file), |name| format!("{name} ({})", file.display())),
        cases: by_file.get(file.as_path()).map_or_else(|| vec![clean(file)], |here| cases(here, fails)),
    };
    document("pact lint", &files.iter().map(suite).collect::<Vec<_>>())
}

fn clean(file: &Path) -> Case {
    Case { name: "no findings".to_owned(), file: Some(shown(file)), outcome: Outcome::Passed, text: String::new() }
}

/// A path as text.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A test for each code, in the order in which they come first.
pub(super) fn cases(findings: &[&Located<'_>], fails: Severity) -> Vec<Case> {
    let mut codes: Vec<&str> = Vec::new();
    for located in findings {
        if !codes.contains(&located.finding.code) {
            codes.push(located.finding.code);
        }
    }
    let case = |code: &str| {
        let here = || findings.iter().filter(move |located| located.finding.code == code);
        let failed = here().any(|located| located.finding.severity >= fails);
        Case {
            name: code.to_owned(),
            file: here().next().map(|located| shown(located.spot.file.path())),
            outcome: if failed { Outcome::Failed } else { Outcome::Passed },
            text: here().map(|located| line(located)).collect(),
        }
    };
    codes.into_iter().map(case).collect()
}

fn line(located: &Located<'_>) -> String {
    let finding = located.finding;
    let help = finding.help.as_deref().map_or_else(String::new, |help| format!("; {}", sanitize::line(help)));
    let message = sanitize::line(&finding.message);
    format!("{}: {}[{}] {message}{help}\n", located.spot.address(), finding.severity.name(), finding.code)
}

/// The whole document. Everything in it is made harmless here.
pub fn document(name: &str, suites: &[Suite]) -> String {
    let all: Vec<&Case> = suites.iter().flat_map(|suite| &suite.cases).collect();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n",
        attribute(name),
        numbers(&all, false)
    );
    for suite in suites {
        let cases: Vec<&Case> = suite.cases.iter().collect();
        let _ = writeln!(text, "  <testsuite name=\"{}\" {}>", attribute(&suite.name), numbers(&cases, true));
        for case in cases {
            one(&mut text, case, &suite.name);
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn numbers(cases: &[&Case], skipped: bool) -> String {
    let of = |outcome| cases.iter().filter(|case| case.outcome == outcome).count();
    let mut text =
        format!("tests=\"{}\" failures=\"{}\" errors=\"{}\"", cases.len(), of(Outcome::Failed), of(Outcome::Error));
    if skipped {
        let _ = write!(text, " skipped=\"{}\"", of(Outcome::Skipped));
    }
    text
}

fn one(text: &mut String, case: &Case, class: &str) {
    let _ = write!(text, "    <testcase classname=\"{}\" name=\"{}\"", attribute(class), attribute(&case.name));
    if let Some(file) = &case.file {
        let _ = write!(text, " file=\"{}\"", attribute(file));
    }
    let body = xml(case.text.trim_end());
    // What a server shows before somebody asks for more.
    let first = case.text.lines().next().unwrap_or_default();
    let message = match case.text.lines().count().saturating_sub(1) {
        0 => attribute(first),
        more => attribute(&format!("{first} (and {})", counted(more, "more line"))),
    };
    let _ = match case.outcome {
        Outcome::Passed if body.is_empty() => writeln!(text, "/>"),
        Outcome::Passed => writeln!(text, ">\n      <system-out>{body}</system-out>\n    </testcase>"),
        Outcome::Skipped => writeln!(text, ">\n      <skipped message=\"{message}\"/>\n    </testcase>"),
        Outcome::Failed | Outcome::Error => {
            let tag = if case.outcome == Outcome::Failed { "failure" } else { "error" };
            let kind = attribute(&case.name);
            writeln!(text, ">\n      <{tag} message=\"{message}\" type=\"{kind}\">{body}</{tag}>\n    </testcase>")
        }
    };
}

fn attribute(text: &str) -> String {
    xml(&sanitize::line(text))
}
