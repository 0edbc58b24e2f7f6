use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::{nearest_field, nearest_field_of, suggest};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{self, Contract, Dataset, Grain, Path, Subject};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "rule-field-unknown",
        group: Group::Expressions,
        severity: Severity::Error,
        by_default: true,
        summary: "A rule, a role, a promise or a group of unique fields names something that the contract does not have.",
        page: include_str!("rule_field_unknown.md"),
    },
    checks: &[Check::Contract(check), Check::Quality(of_rule)],
};

fn check<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    ages(&contract.quality, &Path::root(), contract, None, context, findings);
    for (index, role) in contract.access.iter().flat_map(|access| &access.roles).enumerate() {
        for (position, name) in role.fields.iter().enumerate() {
            if context.field_at(contract, name).is_none() {
                let path = Path::of("access").key("roles").index(index).key("fields").index(position);
                let near = suggest(findings, || nearest_field_of(name, contract));
                let who = format!("the role {}", quoted(&role.name));
                findings.push(unknown(&who, name, &contract.name, near, contract, path));
            }
        }
    }
    for dataset in &contract.datasets {
        let at = Path::dataset(&dataset.name);
        ages(&dataset.quality, &at, contract, Some(dataset), context, findings);
        of_rows(contract, dataset, context, findings);
        for (group, names) in dataset.unique.iter().enumerate() {
            for (position, name) in names.iter().enumerate() {
                if context.field_in(contract, dataset, name).is_some() {
                    continue;
                }

                let path = at.key("unique").index(group).index(position);
                let near = suggest(findings, || nearest_field(name, dataset));
                findings.push(unknown("a group of unique fields", name, &dataset.name, near, contract, path));
            }
        }
    }
}

/// The fields that tell rows apart, and those by which they come in order.
fn of_rows<'a>(contract: &'a Contract, dataset: &'a Dataset, context: &Context<'a>, findings: &mut Vec<Finding>) {
    let grain = match &dataset.grain {
        Some(Grain::Fields(fields)) => fields.as_slice(),
        _ => &[],
    };
    for (who, key, names) in [("the grain", "grain", grain), ("the order of rows", "ordering", &dataset.ordering)] {
        for (position, name) in names.iter().enumerate() {
            let name = name.split_whitespace().next().unwrap_or_default();
            if context.field_in(contract, dataset, name).is_none() {
                let path = Path::dataset(&dataset.name).key(key).index(position);
                let near = suggest(findings, || nearest_field(name, dataset));
                findings.push(unknown(who, name, &dataset.name, near, contract, path));
            }
        }
    }
}

/// The fields that tell the age of data. A promise of the whole contract may name a field of any of its datasets.
fn ages<'a>(
    promises: &'a [model::Quality],
    around: &Path,
    contract: &'a Contract,
    dataset: Option<&'a Dataset>,
    context: &Context<'a>,
    findings: &mut Vec<Finding>,
) {
    for (index, promise) in promises.iter().enumerate() {
        let Some(name) = promise.measuring.as_ref().and_then(|measuring| measuring.timestamp_field.as_ref()) else {
            continue;
        };
        let path = around.key("quality").index(index).key("timestamp_field");
        let who = "the promise of freshness";
        match dataset {
            Some(dataset) if context.field_in(contract, dataset, name).is_none() => {
                let near = suggest(findings, || nearest_field(name, dataset));
                findings.push(unknown(who, name, &dataset.name, near, contract, path));
            }
            None if context.field_at(contract, name).is_none() => {
                let near = suggest(findings, || nearest_field_of(name, contract));
                findings.push(unknown(who, name, &contract.name, near, contract, path));
            }
            _ => {}
        }
    }
}

fn of_rule<'a>(at: &RuleAt<'a>, context: &Context<'a>, findings: &mut Vec<Finding>) {
    match at.dataset {
        Some(dataset) => of_dataset(at, dataset, context, findings),
        None => of_contract(at, context, findings),
    }
}

fn of_contract<'a>(at: &RuleAt<'a>, context: &Context<'a>, findings: &mut Vec<Finding>) {
    let (rule, contract) = (at.rule, at.contract);
    if let Some(name) = &rule.dataset {
        if let Some(dataset) = context.dataset_of(contract, name) {
            of_dataset(at, dataset, context, findings);
        } else {
            let near = suggest(findings, || nearest_dataset(name, contract));
            findings.push(no_dataset(at, name, near));
        }
        return;
    }
    let Some(field) = rule.field.as_ref().filter(|field| context.field_at(contract, field).is_none()) else { return };
    let near = suggest(findings, || nearest_field_of(field, contract));
    findings.push(unknown(&called(rule), field, &contract.name, near, contract, at.path().key("field")));
}

fn of_dataset<'a>(at: &RuleAt<'a>, dataset: &'a Dataset, context: &Context<'a>, findings: &mut Vec<Finding>) {
    let (rule, contract) = (at.rule, at.contract);
    if let Some(other) = rule.dataset.as_ref().filter(|name| **name != dataset.name) {
        let message =
            format!("{} stands in the dataset {} and names {}", called(rule), quoted(&dataset.name), quoted(other));
        findings.push(
            Finding::new(&RULE.meta, at.label_of("dataset"), message).help("remove `dataset`, or move the rule there"),
        );
        return;
    }
    if let Some(Subject::DuplicateValues(names)) = rule.assertion.as_ref().map(|assertion| &assertion.subject) {
        for (position, name) in names.iter().enumerate() {
            if context.field_in(contract, dataset, name).is_none() {
                let path = at.path().key("arguments").key("fields").index(position);
                let near = suggest(findings, || nearest_field(name, dataset));
                findings.push(unknown(&called(rule), name, &dataset.name, near, contract, path));
            }
        }
    }
    let Some(field) = rule.field.as_ref().filter(|field| context.field_in(contract, dataset, field).is_none()) else {
        return;
    };
    let near = suggest(findings, || nearest_field(field, dataset));
    findings.push(unknown(&called(rule), field, &dataset.name, near, contract, at.path().key("field")));
}

fn called(rule: &model::Rule) -> String {
    format!("the rule {}", quoted(&rule.name))
}

fn nearest_dataset<'a>(name: &str, contract: &'a Contract) -> Option<&'a str> {
    nearest(name, contract.datasets.iter().take(100).map(|dataset| dataset.name.as_str()))
}

fn no_dataset(at: &RuleAt<'_>, name: &str, near: Option<&str>) -> Finding {
    let (who, contract) = (called(at.rule), quoted(&at.contract.name));
    let message = format!("{who} names {}, and {contract} has no such dataset", quoted(name));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a dataset of the contract".to_owned(),
    };
    Finding::new(&RULE.meta, at.label_of("dataset"), message).help(help)
}

fn unknown(who: &str, field: &str, place: &str, near: Option<&str>, contract: &Contract, path: Path) -> Finding {
    let message = format!("{who} names {}, and {} has no such field", quoted(field), quoted(place));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a field of the dataset, nested ones with dots".to_owned(),
    };
    Finding::new(&RULE.meta, Label::at(contract.source, path), message).help(help)
}
