use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, siblings};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "alias-in-use",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "An alias is the name or the alias of something else.",
        page: include_str!("alias_in_use.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let of_datasets: Vec<Named<'_>> =
        contract.datasets.iter().map(|dataset| (dataset.name.as_str(), dataset.aliases.as_slice())).collect();
    clashes("dataset", &of_datasets, &|name| Label::at(contract.source, Path::dataset(name)), findings);
    siblings::each(contract, &mut |siblings| {
        if siblings.fields.iter().all(|field| field.aliases().is_empty()) {
            return;
        }
        let named: Vec<Named<'_>> =
            siblings.fields.iter().map(|field| (field.name.as_str(), field.aliases())).collect();
        clashes("field", &named, &|name| siblings.label_called(name), findings);
    });
}

/// A name and its aliases.
type Named<'a> = (&'a str, &'a [String]);

fn clashes(what: &str, all: &[Named<'_>], at: &dyn Fn(&str) -> Label, findings: &mut Vec<Finding>) {
    if all.iter().all(|(_, aliases)| aliases.is_empty()) {
        return;
    }
    // Names count before aliases, wherever they stand.
    let mut known: HashMap<&str, (&str, &str)> = all.iter().map(|(name, _)| (*name, (*name, "the name"))).collect();
    for (name, aliases) in all {
        for alias in *aliases {
            let (owner, as_what) = *known.entry(alias.as_str()).or_insert((*name, "an alias"));
            if owner == *name {
                continue;
            }
            let message = format!(
                "the {what} {} is served as {} too, and that is {as_what} of {}",
                quoted(name),
                quoted(alias),
                quoted(owner)
            );
            findings.push(
                Finding::new(&RULE.meta, at(name), message)
                    .related(at(owner).note("the other one"))
                    .help("remove the alias from one of the two: a reader can't tell which one is meant"),
            );
        }
    }
}
