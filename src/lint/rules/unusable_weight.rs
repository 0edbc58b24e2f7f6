use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unusable-weight",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "A weight of the score is negative, or all of them are zero.",
        page: include_str!("unusable_weight.md"),
    },
    checks: &[Check::Contract(check)],
};

/// The kinds of checks that can have a weight.
const KINDS: &[&str] = &[
    "availability",
    "conformance",
    "schema",
    "freshness",
    "completeness",
    "volume",
    "latency",
    "deprecation",
    "uniqueness",
    "accuracy",
    "rules",
];

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let path = Path::of("scoring");
    weights(contract, &path.key("weights"), &contract.scoring.weights, findings);
    for (persona, of_persona) in &contract.scoring.personas {
        weights(contract, &path.key("personas").key(persona.clone()), of_persona, findings);
    }
}

fn weights(contract: &Contract, path: &Path, weights: &[(String, f64)], findings: &mut Vec<Finding>) {
    let mut finding = |path: Path, message: String, help: String| {
        findings.push(Finding::new(&RULE.meta, Label::at(contract.source, path), message).help(help));
    };
    for (kind, weight) in weights {
        let at = || path.key(kind.clone());
        if !KINDS.contains(&kind.as_str()) {
            let help = match nearest(kind, KINDS.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", KINDS.join(", ")),
            };
            finding(at(), format!("the weight of {} counts for nothing: there is no such check", quoted(kind)), help);
        } else if *weight < 0.0 || !weight.is_finite() {
            let help = "write a number from 0 on; 0 leaves the check out of the score";
            finding(at(), format!("the weight of {} is {weight}, and counts as 0", quoted(kind)), help.to_owned());
        }
    }
    let is_nothing = |(_, weight): &(String, f64)| *weight <= 0.0 || !weight.is_finite();
    if !weights.is_empty() && weights.iter().all(is_nothing) {
        let message = "no check has a weight above 0: there is no score".to_owned();
        finding(path.clone(), message, "give the checks that matter a weight, or leave all weights out".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_those_of_the_checks() {
        let checks: Vec<&str> = crate::check::CheckKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(KINDS, checks);
    }
}
