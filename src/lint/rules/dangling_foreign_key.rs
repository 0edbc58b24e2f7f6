use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::{is_external, nearest_field, nearest_field_of, suggest};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Dangling, Dataset, Path};
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
    checks: &[Check::Field(field), Check::Contract(composite)],
};

fn field(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let reference = at.field.foreign_key_reference.as_deref().filter(|reference| !is_external(reference));
    let Some(reference) = reference else { return };
    let Err(dangling) = context.resolve(reference) else { return };
    let (why, help) = explain(reference, dangling, context, findings);
    let message = format!("{} refers to {}, and {why}", at.called(), quoted(reference));
    findings.push(Finding::new(&RULE.meta, at.label_of("foreign_key_reference"), message).help(help));
}

/// What is not there, and what to do about it.
fn explain(reference: &str, dangling: Dangling<'_>, context: &Context<'_>, before: &[Finding]) -> (String, String) {
    match dangling {
        Dangling::Contract => {
            let name = reference.rsplit_once('.').map_or(reference, |(contract, _)| contract);
            let near = suggest(before, || context.nearest_contract(name));
            let help = match near {
                Some(near) => format!("did you mean the contract `{near}`?"),
                None => {
                    "write `contract.field`, such as `customers.customer_id`; the contract has to be in the repository"
                        .to_owned()
                }
            };
            ("there is no such contract".to_owned(), help)
        }
        Dangling::Field(contract) => {
            let near = suggest(before, || nearest_field_of(reference, contract));
            let name = quoted(&contract.name);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if reference == contract.name => format!("name a field as well: `{}.field`", contract.name),
                None => format!("name a field of {name}, or add it there"),
            };
            (format!("the contract {name} has no such field"), help)
        }
    }
}

fn composite<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.foreign_keys.is_empty()) {
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            let path = Path::dataset(&dataset.name).key("foreign_keys").index(index);
            let at = |path| Label::at(contract.source, path);
            let label = |position| at(path.key("fields").index(position));
            missing_fields(&key.fields, (contract, dataset), context, &label, findings);
            if is_external(&key.references) {
                continue;
            }
            match referenced_dataset(&key.references, context) {
                Ok(there) => {
                    let label = |position| at(path.key("referenced_fields").index(position));
                    missing_fields(&key.referenced_fields, there, context, &label, findings);
                }
                Err((why, help)) => {
                    let message = format!("a foreign key refers to {}, and {why}", quoted(&key.references));
                    findings.push(Finding::new(&RULE.meta, at(path.key("references")), message).help(help));
                }
            }
        }
    }
}

fn missing_fields<'a>(
    names: &[String],
    (contract, dataset): (&'a Contract, &'a Dataset),
    context: &Context<'a>,
    label: &dyn Fn(usize) -> Label,
    findings: &mut Vec<Finding>,
) {
    for (position, name) in names.iter().enumerate() {
        if context.field_in(contract, dataset, name).is_none() {
            let message =
                format!("a foreign key names {}, and {} has no such field", quoted(name), quoted(&dataset.name));
            let help = match suggest(findings, || nearest_field(name, dataset)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a field of that dataset".to_owned(),
            };
            findings.push(Finding::new(&RULE.meta, label(position), message).help(help));
        }
    }
}

/// The dataset behind `contract` or `contract.dataset`; else why there is none, and what to do.
fn referenced_dataset<'a>(
    reference: &str,
    context: &Context<'a>,
) -> Result<(&'a Contract, &'a Dataset), (String, String)> {
    context.dataset(reference).map_err(|dangling| match dangling {
        Dangling::Contract => {
            let help = match context.nearest_contract(reference) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the contract has to be in the repository".to_owned(),
            };
            ("there is no such contract".to_owned(), help)
        }
        Dangling::Field(contract) => {
            let names = contract.datasets.iter().take(5).map(|dataset| dataset.name.as_str());
            let names: Vec<String> = names.map(|name| format!("`{}.{name}`", contract.name)).collect();
            let help = format!("write {}", alternatives(names.iter().map(String::as_str)));
            (format!("the contract {} has no such dataset", quoted(&contract.name)), help)
        }
    })
}
