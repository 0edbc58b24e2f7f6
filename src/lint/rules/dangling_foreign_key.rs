use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::across::Dangling;
use crate::lint::context::{is_external, nearest_field, suggest};
use crate::lint::{Across, Check, Context, Outline, Reference, Rule};
use crate::model::{Contract, Path};
use crate::source::words::{alternatives, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "dangling-foreign-key",
        group: Group::Keys,
        severity: Severity::Error,
        by_default: true,
        summary: "A foreign key refers to something that is not there.",
        page: include_str!("dangling_foreign_key.md"),
    },
    checks: &[Check::Contract(own_fields), Check::Across(check)],
};

/// The fields here of keys of several fields.
fn own_fields<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.foreign_keys.is_empty()) {
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            for (position, name) in key.fields.iter().enumerate() {
                if context.field_in(contract, dataset, name).is_none() {
                    let path =
                        Path::dataset(&dataset.name).key("foreign_keys").index(index).key("fields").index(position);
                    let near = suggest(findings, || nearest_field(name, dataset)).map(str::to_owned);
                    findings.push(no_field(name, &dataset.name, near, Label::at(contract.source, path)));
                }
            }
        }
    }
}

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    for reference in outline.references.iter().filter(|reference| !is_external(&reference.to)) {
        match &reference.referenced_fields {
            None => field(outline, reference, others, findings),
            Some(fields) => composite(outline, reference, fields, others, findings),
        }
    }
}

fn field(outline: &Outline, reference: &Reference, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Err(dangling) = others.field(&reference.to) else { return };
    let Some((why, help)) = explain(&reference.to, &dangling, others, findings) else { return };
    let name = quoted(&reference.element.last_field());
    let message = format!("{name} refers to {}, and {why}", quoted(&reference.to));
    findings.push(Finding::new(&RULE.meta, Label::at(outline.source, reference.path()), message).help(help));
}

/// What is not there, and what to do about it.
fn explain(reference: &str, dangling: &Dangling, others: &Across<'_>, before: &[Finding]) -> Option<(String, String)> {
    Some(match dangling {
        Dangling::Open => return None,
        Dangling::Contract => {
            let name = reference.rsplit_once('.').map_or(reference, |(contract, _)| contract);
            let help = match suggest(before, || others.nearest_contract(name)) {
                Some(near) => format!("did you mean the contract `{near}`?"),
                None => {
                    "write `contract.field`, such as `customers.customer_id`; the contract has to be in the repository"
                        .to_owned()
                }
            };
            ("there is no such contract".to_owned(), help)
        }
        Dangling::Part(contract) => {
            let name = quoted(&contract.name);
            let help = match suggest(before, || contract.nearest_field(reference)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if *reference == contract.name => format!("name a field as well: `{}.field`", contract.name),
                None => format!("name a field of {name}, or add it there"),
            };
            (format!("the contract {name} has no such field"), help)
        }
    })
}

fn composite(
    outline: &Outline,
    reference: &Reference,
    fields: &[String],
    others: &Across<'_>,
    findings: &mut Vec<Finding>,
) {
    match others.dataset(&reference.to) {
        Ok((there, dataset)) => {
            for (position, name) in fields.iter().enumerate() {
                if there.field_in(dataset, name).is_none() {
                    let path = reference.element.key("referenced_fields").index(position);
                    let near = suggest(findings, || there.nearest_field_in(dataset, name));
                    let called = there.datasets.get(dataset as usize).map_or("", |dataset| dataset.name.as_str());
                    findings.push(no_field(name, called, near, Label::at(outline.source, path)));
                }
            }
        }
        Err(dangling) => {
            let Some((why, help)) = no_dataset(&reference.to, &dangling, others) else { return };
            let message = format!("a foreign key refers to {}, and {why}", quoted(&reference.to));
            findings.push(Finding::new(&RULE.meta, Label::at(outline.source, reference.path()), message).help(help));
        }
    }
}

fn no_field(name: &str, dataset: &str, near: Option<String>, label: Label) -> Finding {
    let message = format!("a foreign key names {}, and {} has no such field", quoted(name), quoted(dataset));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a field of that dataset".to_owned(),
    };
    Finding::new(&RULE.meta, label, message).help(help)
}

/// Why there is no dataset behind `contract` or `contract.dataset`, and what to do.
fn no_dataset(reference: &str, dangling: &Dangling, others: &Across<'_>) -> Option<(String, String)> {
    Some(match dangling {
        Dangling::Open => return None,
        Dangling::Contract => {
            let help = match others.nearest_contract(reference) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the contract has to be in the repository".to_owned(),
            };
            ("there is no such contract".to_owned(), help)
        }
        Dangling::Part(contract) => {
            let names = contract.datasets.iter().take(5).map(|dataset| dataset.name.as_str());
            let names: Vec<String> = names.map(|name| format!("`{}.{name}`", contract.name)).collect();
            let help = format!("write {}", alternatives(names.iter().map(String::as_str)));
            (format!("the contract {} has no such dataset", quoted(&contract.name)), help)
        }
    })
}
