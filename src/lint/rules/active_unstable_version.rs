use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "active-unstable-version",
        group: Group::Governance,
        severity: Severity::Info,
        by_default: false,
        summary: "A contract is in force under a version that promises nothing.",
        page: include_str!("active_unstable_version.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let version = &contract.version;
    let is_unstable = version.major == 0 || !version.pre.is_empty();
    let is_binding = contract.kind == ContractKind::Contract && contract.status.is_binding();
    // What is no version at all is another mistake.
    if is_binding && is_unstable && contract.has_readable_version() {
        let why = if version.major == 0 { "is a version of trials" } else { "is a preliminary version" };
        let message =
            format!("the contract is {}, and {} {why}", contract.status.name(), quoted(&contract.version_text()));
        findings.push(
            Finding::new(&RULE.meta, Label::at(contract.source, Path::of("version")), message)
                .related(Label::at(contract.source, Path::of("status")).note("somebody may rely on it"))
                .help("release 1.0.0 once consumers rely on it: below it SemVer promises nothing"),
        );
    }
}
