use std::collections::HashSet;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "reserved-name-used",
        group: Group::Structure,
        severity: Severity::Error,
        by_default: true,
        summary: "A field has a name or an id that is reserved.",
        page: include_str!("reserved_name_used.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.reserved.is_empty()) {
        let reserved: HashSet<&str> = dataset.reserved.iter().map(String::as_str).collect();
        let at = Path::dataset(&dataset.name);
        for field in &dataset.fields {
            let names = [("name", Some(field.name.as_str())), ("id", field.id())];
            let aliases = field.aliases().iter().map(|alias| ("aliases", Some(alias.as_str())));
            for (key, name) in names.into_iter().chain(aliases) {
                let Some(name) = name.filter(|name| reserved.contains(name)) else { continue };
                let what = match key {
                    "name" => format!("the field {} has", quoted(name)),
                    "id" => format!("the field {} has the id {}", quoted(&field.name), quoted(name)),
                    _ => format!("the field {} is served as {}", quoted(&field.name), quoted(name)),
                };
                let message = if key == "name" {
                    format!("{what} a name that `reserved` keeps from new fields")
                } else {
                    format!("{what}, which `reserved` keeps from new fields")
                };
                let label = |path: Path| Label::at(contract.source, path);
                findings.push(
                    Finding::new(&RULE.meta, label(at.field(field.name.as_str()).key(key)), message)
                        .related(label(at.key("reserved")).note("reserved here"))
                        .help("choose another one: old data and old readers know it with another meaning"),
                );
            }
        }
    }
}
