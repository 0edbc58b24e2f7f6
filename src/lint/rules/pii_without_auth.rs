use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::hosts::is_within;
use crate::lint::{Check, Context, Rule};
use crate::model::{AuthType, Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "pii-without-auth",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "Personal data can be read by anybody.",
        page: include_str!("pii_without_auth.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(access) = contract.access.as_ref().filter(|access| access.auth_type == Some(AuthType::None)) else {
        return;
    };
    // Nobody else reaches a service on one's own machine.
    if access.endpoint_url.as_deref().is_some_and(is_within) {
        return;
    }
    let mut first = None;
    for dataset in &contract.datasets {
        dataset.walk(&mut |path, field| {
            if field.is_pii && first.is_none() {
                first = Some(path.clone());
            }
        });
    }
    if let Some(path) = first {
        let message = format!("anybody may read the data, and {} is personal data", quoted(&path.last_field()));
        findings.push(
            Finding::new(&RULE.meta, Label::at(contract.source, Path::of("access").key("auth_type")), message)
                .related(Label::at(contract.source, path.key("is_pii")).note("personal data"))
                .help("let callers identify themselves: `auth_type: oauth2`, `jwt`, `api_key` or `basic`"),
        );
    }
}
