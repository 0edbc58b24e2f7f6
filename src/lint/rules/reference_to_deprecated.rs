use std::collections::HashSet;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::mentions::{self, Mention};
use crate::lint::{Across, Check, FieldOutline, Outline, Rule};
use crate::model::Status;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "reference-to-deprecated",
        group: Group::Keys,
        severity: Severity::Info,
        by_default: true,
        summary: "Something refers to a contract or a field that is going away.",
        page: include_str!("reference_to_deprecated.md"),
    },
    checks: &[Check::Across(contracts), Check::Across(fields)],
};

fn contracts(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    if matches!(outline.status, Status::Deprecated | Status::Retired) {
        return;
    }
    let mut told: HashSet<String> = HashSet::new();
    for Mention { to, path } in mentions::all(outline) {
        let Some((contract, _)) = others.split(to) else { continue };
        let is_going = contract.status == Status::Deprecated && contract.name != outline.name;
        if !is_going || !told.insert(contract.name.clone()) {
            continue;
        }
        let until = contract.lifecycle.sunset_on.as_ref().map(|day| format!(" and ends on {}", quoted(day)));
        let message = format!("the contract {} is deprecated{}", quoted(&contract.name), until.unwrap_or_default());
        let help = match &contract.lifecycle.replaced_by {
            Some(new) => format!("use {} instead, which replaces it", quoted(new)),
            None => "plan for the time after it".to_owned(),
        };
        findings.push(Finding::new(&RULE.meta, Label::at(outline.source, path), message).help(help));
    }
}

fn fields(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    for reference in &outline.references {
        let (contract, field) = match &reference.referenced_fields {
            None => match others.field(&reference.to) {
                Ok(found) => found,
                Err(_) => continue,
            },
            Some(fields) => {
                let Ok((contract, dataset)) = others.dataset(&reference.to) else { continue };
                let deprecated = |field: &&FieldOutline| field.promise.is_deprecated;
                let found = fields.iter().filter_map(|name| contract.field_in(dataset, name)).find(deprecated).cloned();
                match found {
                    Some(field) => (contract, field),
                    None => continue,
                }
            }
        };
        if field.promise.is_deprecated {
            let message = format!("{} of {} is deprecated", quoted(&field.name), quoted(&contract.name));
            findings.push(
                Finding::new(&RULE.meta, Label::at(outline.source, reference.path()), message)
                    .related(
                        Label::at(contract.source, contract.path_of(&field).key("deprecated")).note("deprecated here"),
                    )
                    .help("refer to the field that replaces it, before it goes"),
            );
        }
    }
}
