use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Dataset, Field, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "repeated-description",
        group: Group::Documentation,
        severity: Severity::Info,
        by_default: false,
        summary: "Several fields of a dataset have the same description.",
        page: include_str!("repeated_description.md"),
    },
    checks: &[Check::Contract(check)],
};

/// So many fields may share a description: a pair such as `from` and `to` is no accident.
const MOST: usize = 2;

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        look(contract, dataset, findings);
    }
}

fn look(contract: &Contract, dataset: &Dataset, findings: &mut Vec<Finding>) {
    let mut by_text: HashMap<&str, Vec<&Field>> = HashMap::new();
    for field in &dataset.fields {
        if let Some(text) = field.description.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            by_text.entry(text).or_default().push(field);
        }
    }
    let mut shared: Vec<_> = by_text.into_iter().filter(|(_, fields)| fields.len() > MOST).collect();
    shared.sort_by_key(|(text, _)| *text);
    for (text, fields) in shared {
        let label = |field: &Field| {
            Label::at(contract.source, Path::dataset(&dataset.name).field(&field.name).key("description"))
        };
        let [first, others @ ..] = fields.as_slice() else { continue };
        let message = format!("{} fields have the description {}", fields.len(), quoted(text));
        let help = "say of each what makes it different from the others";
        let finding = Finding::new(&RULE.meta, label(first), message).help(help);
        let related = others.iter().take(5).map(|field| label(field).note("and here"));
        findings.push(related.fold(finding, Finding::related));
    }
}
