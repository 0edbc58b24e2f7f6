use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Literal, Path, Status};
use crate::source::words::{misspelt, nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-status",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "The status is none that pact knows.",
        page: include_str!("unknown_status.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(written) = &contract.written_status else { return };
    let names = || Status::ALL.iter().map(|(name, _)| *name);
    let place = Path::of("status");
    // What is not known counts as active: only where that was meant nothing changes.
    let fix = misspelt(written, names()).map(|status| {
        let title = format!("write `{status}` for {}", quoted(written));
        let edits = vec![Edit::Value(Place::Element(place.clone()), Literal::Text(status.to_owned()))];
        if status == Status::Active.name() { Fix::safe(title, edits) } else { Fix::guess(title, edits) }
    });
    let help = match nearest(&written.to_lowercase(), names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", names().collect::<Vec<_>>().join(", ")),
    };
    let message = format!("the status {} is not known: the contract counts as active", quoted(written));
    let finding = Finding::new(&RULE.meta, Label::at(contract.source, place), message).help(help);
    findings.push(match fix {
        Some(fix) => finding.fix(fix),
        None => finding,
    });
}
