//! Violations as findings with places in the contract's file, for reports that annotate files.

use super::{CheckResult, Outcome, Verdict};
use crate::finding::{Finding, Label, Severity};
use crate::model::{Contract, RuleSeverity};

/// What deserves attention in an outcome, each at the promise that it is about.
pub fn findings(contract: &Contract, outcome: &Outcome) -> Vec<Finding> {
    let worth = |result: &&CheckResult| !matches!(result.verdict, Verdict::Omit | Verdict::Pass);
    outcome.results.iter().filter(worth).map(|result| finding(contract, result)).collect()
}

fn finding(contract: &Contract, result: &CheckResult) -> Finding {
    let severity = match (result.verdict, result.severity) {
        (Verdict::Warn, Some(RuleSeverity::Info)) => Severity::Info,
        (Verdict::Warn, _) => Severity::Warning,
        _ => Severity::Error,
    };
    let who = result.consumer.as_deref().map_or_else(|| "promised".to_owned(), |team| format!("{team} expects"));
    let help = (!result.affected.is_empty()).then(|| format!("affects {}", result.affected.join(", ")));
    let label = Label::at(contract.source, result.element.clone());
    let element = match result.element.to_string() {
        element if element.is_empty() => contract.name.clone(),
        element => format!("{}: {element}", contract.name),
    };
    let message = format!("{element}: {who} {}; found {}", result.expected, result.actual);
    Finding { severity, help, ..Finding::new(result.kind.rule(), label, message) }
}
