use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, siblings};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-physical-name",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "Two fields are stored in one column, or two datasets in one place.",
        page: include_str!("duplicate_physical_name.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if contract.datasets.iter().any(|dataset| dataset.physical_name.is_some()) {
        // Several datasets may be parts of one table, told apart by their rows.
        let whole = contract.datasets.iter().filter(|dataset| dataset.filter.is_none());
        let stored: Vec<Stored<'_>> =
            whole.map(|dataset| (dataset.name.as_str(), dataset.physical_name.as_deref())).collect();
        let at = |name: &str| Label::at(contract.source, Path::dataset(name).key("physical_name"));
        clashes("datasets", &stored, &at, findings);
    }
    siblings::each(contract, &mut |siblings| {
        if siblings.fields.iter().all(|field| field.physical_name.is_none()) {
            return;
        }
        let stored: Vec<Stored<'_>> =
            siblings.fields.iter().map(|field| (field.name.as_str(), field.physical_name.as_deref())).collect();
        clashes("fields", &stored, &|name| siblings.label_called(name), findings);
    });
}

/// A name, and the name in the store where it differs.
type Stored<'a> = (&'a str, Option<&'a str>);

fn clashes(what: &str, all: &[Stored<'_>], at: &dyn Fn(&str) -> Label, findings: &mut Vec<Finding>) {
    let mut first: HashMap<&str, &str> = HashMap::with_capacity(all.len());
    for (name, physical) in all {
        let stored = physical.unwrap_or(name);
        let earlier = *first.entry(stored).or_insert(name);
        if earlier != *name {
            let (one, other) = (quoted(earlier), quoted(name));
            let message = format!("the {what} {one} and {other} are both stored as {}", quoted(stored));
            findings.push(
                Finding::new(&RULE.meta, at(name), message)
                    .related(at(earlier).note("the other one"))
                    .help("correct the `physical_name` of one of the two: one place can't keep both"),
            );
        }
    }
}
