use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::hosts::is_open;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "endpoint-without-tls",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "An address is reached without encryption.",
        page: include_str!("endpoint_without_tls.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let endpoint = contract.access.as_ref().and_then(|access| access.endpoint_url.as_deref());
    let endpoint = endpoint.map(|url| (url, Path::of("access").key("endpoint_url")));
    let sources = contract.sources.iter().filter_map(|source| {
        let (key, value) = source.settings.iter().find(|(key, _)| key == "url")?;
        Some((value.text()?, Path::of("sources").key(source.environment.clone()).key(key.clone())))
    });
    for (_, path) in endpoint.into_iter().chain(sources).filter(|(url, _)| is_open(url)) {
        findings.push(
            Finding::new(&RULE.meta, Label::at(contract.source, path), "the address is reached without encryption")
                .help(
                    "write `https://`: whoever is in between reads the data and the credentials, and can change both",
                ),
        );
    }
}
