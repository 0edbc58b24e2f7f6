use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-notify-severity",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "Somebody is to be told of a severity that does not exist.",
        page: include_str!("unknown_notify_severity.md"),
    },
    checks: &[Check::Contract(check)],
};

/// The severities of violations, as alerts have them.
const SEVERITIES: [&str; 4] = ["info", "warning", "error", "critical"];

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let notify = contract.obligations.notify.iter();
    for (severity, _) in notify.filter(|(severity, _)| !SEVERITIES.contains(&severity.as_str())) {
        let path = Path::of("obligations").key("notify").key(severity.clone());
        let message = format!("{} is no severity, so nobody is told", quoted(severity));
        let finding = Finding::new(&RULE.meta, Label::at(contract.source, path.clone()), message);
        // Another entry may have the right name already.
        let taken = |near: &&str| !contract.obligations.notify.iter().any(|(other, _)| other == near);
        findings.push(match nearest(severity, SEVERITIES) {
            Some(near) => {
                let finding = finding.help(format!("did you mean `{near}`?"));
                let rename = || Edit::Rename(Place::Element(path), near.to_owned());
                match Some(near).filter(taken) {
                    Some(_) => finding.fix(Fix::guess(format!("rename it to `{near}`"), vec![rename()])),
                    None => finding,
                }
            }
            None => finding.help("write one of `info`, `warning`, `error`, `critical`"),
        });
    }
}
