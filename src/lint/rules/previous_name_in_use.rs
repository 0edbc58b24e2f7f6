use std::collections::HashSet;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, siblings};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "previous-name-in-use",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "A name of before is the name of another field or dataset today.",
        page: include_str!("previous_name_in_use.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let datasets = contract.datasets.iter().map(|dataset| (dataset.name.as_str(), dataset.previously.as_slice()));
    clashes("dataset", datasets, &|name| Label::at(contract.source, Path::dataset(name)), findings);
    siblings::each(contract, &mut |siblings| {
        let fields = siblings.fields.iter().map(|field| (field.name.as_str(), field.previously.as_slice()));
        let at = |name: &str| siblings.label_called(name);
        clashes("field", fields, &at, findings);
    });
}

fn clashes<'a>(
    what: &str,
    all: impl Iterator<Item = (&'a str, &'a [String])> + Clone,
    at: &dyn Fn(&str) -> Label,
    findings: &mut Vec<Finding>,
) {
    if all.clone().all(|(_, previously)| previously.is_empty()) {
        return;
    }
    let names: HashSet<&str> = all.clone().map(|(name, _)| name).collect();
    for (name, previously) in all {
        for old in previously.iter().filter(|old| names.contains(old.as_str())) {
            let is_own = old == name;
            let message = if is_own {
                format!("the {what} {} says that it was called so before", quoted(name))
            } else {
                format!(
                    "the {what} {} was called {} before, and there is a {what} of that name",
                    quoted(name),
                    quoted(old)
                )
            };
            let help = if is_own {
                "write the name that it had, or remove it from `previously`"
            } else {
                "remove it from `previously`, or rename the other one: whoever still reads the old name gets other values"
            };
            let finding = Finding::new(&RULE.meta, at(name), message).help(help);
            findings.push(if is_own { finding } else { finding.related(at(old).note("called so today")) });
        }
    }
}
