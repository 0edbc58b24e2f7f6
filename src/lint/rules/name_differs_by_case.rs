use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, siblings};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "name-differs-by-case",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "Two datasets or fields have names that differ only by letter case.",
        page: include_str!("name_differs_by_case.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let names: Vec<&str> = contract.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    let at = |name: &str| Label::at(contract.source, Path::dataset(name));
    variants("datasets", &names, &at, findings);
    siblings::each(contract, &mut |siblings| {
        let is_plain = |name: &str| !name.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii());
        if siblings.fields.iter().all(|field| is_plain(&field.name)) {
            return;
        }
        let names: Vec<&str> = siblings.fields.iter().map(|field| field.name.as_str()).collect();
        variants("fields", &names, &|name| siblings.label_called(name), findings);
    });
}

fn variants(what: &str, names: &[&str], at: &dyn Fn(&str) -> Label, findings: &mut Vec<Finding>) {
    let mut first: HashMap<String, &str> = HashMap::with_capacity(names.len());
    for name in names {
        let earlier = *first.entry(name.to_lowercase()).or_insert(name);
        // The same name twice is the matter of another rule.
        if earlier != *name {
            let message = format!("the {what} {} and {} differ only by letter case", quoted(earlier), quoted(name));
            findings.push(
                Finding::new(&RULE.meta, at(name), message)
                    .related(at(earlier).note("the other one"))
                    .help("rename one of the two: most stores and engines take them for one name"),
            );
        }
    }
}
