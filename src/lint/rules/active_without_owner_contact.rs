use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, ContractKind, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "active-without-owner-contact",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract that is in force does not say whom to ask.",
        page: include_str!("active_without_owner_contact.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let publisher = &contract.publisher;
    if contract.kind != ContractKind::Contract || !contract.status.is_binding() {
        return;
    }
    let somebody = given(&publisher.owner) || given(&publisher.team);
    let has_address = given(&publisher.contact_email) || !publisher.channels.is_empty();
    let (missing, example) = match (somebody, has_address) {
        (true, true) => return,
        (true, false) => (
            "neither `publisher.contact_email` nor `publisher.channels`",
            "`contact_email` or `channels` to `publisher`",
        ),
        (false, true) => ("neither `publisher.owner` nor `publisher.team`", "`owner` or `team` to `publisher`"),
        (false, false) => ("no owner and no contact", "`publisher` with `owner` or `team`, and `contact_email`"),
    };
    let message = format!("the contract is {} and has {missing}", contract.status.name());
    let status = Label::at(contract.source, Path::of("status")).note("somebody may rely on it");
    findings.push(
        Finding::new(&RULE.meta, Label::at(contract.source, Path::of("publisher")), message)
            .related(status)
            .help(format!("add {example}, so that consumers know whom to ask")),
    );
}
