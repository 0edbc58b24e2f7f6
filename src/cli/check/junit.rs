//! Results as JUnit XML: a suite for each contract, a test for each promise.

use super::{Run, human};
use crate::check::{CheckResult, Verdict};
use crate::cli::workspace::Documents;
use crate::report::junit::{Case, Outcome, Suite, document};

/// A whole run. A test fails where a promise is broken, and is an error where that could not be found out, as the exit code
/// has it; a warning passes and is told all the same.
pub(super) fn junit(run: &Run<'_>, documents: &Documents) -> String {
    let mut suites = Vec::new();
    for checked in &run.checked {
        let file = documents.get(checked.contract.source).map(|one| one.file.path().to_string_lossy().into_owned());
        let cases = checked.outcome.results.iter().map(|result| Case { file: file.clone(), ..case(result) }).collect();
        suites.push(Suite { name: format!("{} {}", checked.contract.name, checked.contract.version), cases });
    }
    let unchecked: Vec<Case> = run
        .unchecked
        .iter()
        .map(|unchecked| Case {
            name: unchecked.name.clone(),
            file: None,
            outcome: if unchecked.failed { Outcome::Error } else { Outcome::Skipped },
            text: unchecked.reason.clone(),
        })
        .collect();
    if !unchecked.is_empty() {
        suites.push(Suite { name: "not checked".to_owned(), cases: unchecked });
    }
    document("pact check", &suites)
}

fn case(result: &CheckResult) -> Case {
    let outcome = match result.verdict {
        Verdict::Pass | Verdict::Warn => Outcome::Passed,
        Verdict::Fail | Verdict::NotReceived => Outcome::Failed,
        Verdict::Error => Outcome::Error,
        Verdict::Omit => Outcome::Skipped,
    };
    let whose = result.consumer.as_deref();
    let mut text = human::sentence(whose, &result.expected, &result.actual, result.verdict == Verdict::Omit);
    if !result.affected.is_empty() {
        text.push_str("\naffects ");
        text.push_str(&result.affected.join(", "));
    }
    // What passed without a word is one line in most servers, and needs none.
    let text = if result.verdict == Verdict::Pass { String::new() } else { text };
    let parts = [
        Some(result.kind.name().to_owned()),
        Some(result.element.to_string()),
        whose.map(|team| format!("for {team}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Case { name: parts.join(" "), file: None, outcome, text }
}
