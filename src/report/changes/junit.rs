//! Changes as JUnit XML: a suite for each contract, in which the version and each kind of change is a test.

use std::fmt::Write as _;

use super::{ChangeReport, Placed, called, sanitize, values};
use crate::finding::Severity;
use crate::finding::change::{Change, Level, Remark};
use crate::report::Spot;
use crate::report::junit::{Case, Outcome, Suite, cases, document, shown};

/// A comparison as tests. A test fails where the run does: what is said against a version is a failure, and tells the
/// changes; the changes themselves pass and are told all the same, unless they fail whatever the version says: because the
/// repository does not want them, or they are as high as `fail_on`.
pub fn junit(report: &ChangeReport<'_>, fail_on: Option<Level>) -> String {
    let mut suites: Vec<Suite> = report.contracts.iter().map(|placed| suite(placed, fail_on)).collect();
    let exceptions: Vec<_> = report.exceptions.findings.iter().collect();
    if !exceptions.is_empty() {
        suites.push(Suite { name: "accepted exceptions".to_owned(), cases: cases(&exceptions, Severity::Error) });
    }
    let problems: Vec<_> = report.problems.findings.iter().collect();
    if !problems.is_empty() {
        let mut cases = cases(&problems, Severity::Error);
        for case in cases.iter_mut().filter(|case| case.outcome == Outcome::Failed) {
            case.outcome = Outcome::Error;
        }
        suites.push(Suite { name: "files that can't be compared".to_owned(), cases });
    }
    if suites.is_empty() {
        let name = "no contract changes".to_owned();
        let case = Case { name, file: None, outcome: Outcome::Passed, text: String::new() };
        suites.push(Suite { name: "all contracts".to_owned(), cases: vec![case] });
    }
    document("pact diff", &suites)
}

fn suite(placed: &Placed<'_>, fail_on: Option<Level>) -> Suite {
    let diff = placed.diff;
    let is_too_high = |change: &Change| fail_on.is_some_and(|least| diff.level(change) >= least);
    let fails = |change: &Change| diff.is_gated() && change.stands() && (change.forbidden || is_too_high(change));
    let mut cases = Vec::new();
    if let Some(verdict) = &placed.diff.verdict {
        let failing = |remark: &&Remark| remark.severity == Severity::Error;
        cases.extend(verdict.remarks.iter().filter(failing).map(|remark| Case {
            name: remark.meta.code.to_owned(),
            file: file(placed.version),
            outcome: Outcome::Failed,
            text: said(remark)
                + &placed.changes().into_iter().map(|(change, _)| told(placed, change)).collect::<String>(),
        }));
        if cases.is_empty() {
            let mut text: String = verdict.remarks.iter().map(said).collect();
            if let Some(reason) = &verdict.ungated {
                let _ = writeln!(text, "nothing here fails: {}", sanitize::line(reason));
            }
            let name = match diff.subscription {
                Some(_) => "the subscription".to_owned(),
                None => format!("the version {}", placed.versions()),
            };
            cases.push(Case {
                name: name.trim_end().to_owned(),
                file: file(placed.version),
                outcome: Outcome::Passed,
                text,
            });
        }
    }
    let mut codes: Vec<&str> = Vec::new();
    for (change, places) in placed.changes() {
        if codes.contains(&change.meta.code) {
            continue;
        }
        codes.push(change.meta.code);
        let same = placed.changes().into_iter().filter(|(other, _)| other.meta.code == change.meta.code);
        let failed = same.clone().any(|(change, _)| fails(change));
        cases.push(Case {
            name: change.meta.code.to_owned(),
            file: file(places.head.or(places.base)),
            outcome: if failed { Outcome::Failed } else { Outcome::Passed },
            text: same.map(|(change, _)| told(placed, change)).collect(),
        });
    }
    Suite { name: placed.diff.title(), cases }
}

fn file(spot: Option<Spot<'_>>) -> Option<String> {
    Some(shown(spot?.file.path()))
}

fn said(remark: &Remark) -> String {
    let help = remark.help.as_deref().map_or_else(String::new, |help| format!("; {}", sanitize::line(help)));
    format!("{}{help}\n", sanitize::line(&remark.message))
}

fn told(placed: &Placed<'_>, change: &Change) -> String {
    let values = values(change).map_or_else(String::new, |values| format!(": {values}"));
    let element = sanitize::line(&called(change));
    let accepted =
        change.accepted.as_ref().map_or_else(String::new, |one| format!(" ({})", sanitize::line(&one.to_string())));
    let example =
        change.witness.as_ref().map(|witness| format!("; for example: {}", sanitize::line(&witness.to_string())));
    let example = example.unwrap_or_default();
    format!("{} {} {element}{values}{example}{accepted}\n", placed.diff.level(change).name(), change.meta.code)
}
