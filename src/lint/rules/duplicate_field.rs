use std::collections::HashMap;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Field, Path, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-field",
        group: Group::Structure,
        severity: Severity::Error,
        by_default: true,
        summary: "Two fields of one dataset or object have the same name.",
        page: include_str!("duplicate_field.md"),
    },
    checks: &[Check::Contract(check), Check::Field(nested)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        duplicates(contract.source, &|| Path::dataset(&dataset.name).key("schema"), &dataset.fields, findings);
    }
}

fn nested(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    duplicates(at.contract.source, &|| at.path.key("fields"), &at.field.fields, findings);
}

fn duplicates(source: SourceId, list: &dyn Fn() -> Path, fields: &[Field], findings: &mut Vec<Finding>) {
    if fields.len() < 2 {
        return;
    }
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(fields.len());
    for (index, field) in fields.iter().enumerate() {
        let earlier = *first.entry(&field.name).or_insert(index);
        if earlier < index {
            let at = |index| Label::at(source, list().index(index));
            findings.push(
                Finding::new(&RULE.meta, at(index), format!("the field {} is defined twice", quoted(&field.name)))
                    .related(at(earlier).note("first defined here"))
                    .help("rename or remove one of the two"),
            );
        }
    }
}
