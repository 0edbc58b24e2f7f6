use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Literal, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unreadable-version",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "The version is no SemVer version.",
        page: include_str!("unreadable_version.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(written) = &contract.written_version else { return };
    // What stands in front of a version by habit leaves nobody in doubt.
    if written.strip_prefix(['v', 'V']).is_some_and(|rest| rest == contract.version.to_string()) {
        return;
    }
    let (written, version) = (quoted(written), &contract.version);
    let (message, help) = if contract.has_readable_version() {
        (format!("the version {written} is read as {version}"), format!("write `{version}`, as SemVer has it"))
    } else {
        let help = "write a SemVer version such as 1.4.0 (https://semver.org): readers go by what went up".to_owned();
        (format!("the version {written} is no SemVer version: by how much it goes up can't be told"), help)
    };
    let place = Path::of("version");
    let finding = Finding::new(&RULE.meta, Label::at(contract.source, place.clone()), message).help(help);
    let version = contract.version.to_string();
    findings.push(if contract.has_readable_version() {
        let title = format!("write `{version}`");
        finding.fix(Fix::safe(title, vec![Edit::Value(Place::Element(place), Literal::Text(version))]))
    } else {
        finding
    });
}
