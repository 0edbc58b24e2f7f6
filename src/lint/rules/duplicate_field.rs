use std::collections::HashMap;

use crate::finding::{Finding, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Field, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-field",
        severity: Severity::Error,
        summary: "Two fields of one dataset or object have the same name.",
        page: include_str!("duplicate_field.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        let path = Path::dataset(&dataset.name);
        duplicates(contract, &path, "schema", &dataset.fields, findings);
        dataset.walk(&mut |path, field| duplicates(contract, path, "fields", &field.fields, findings));
    }
}

fn duplicates(contract: &Contract, path: &Path, key: &'static str, fields: &[Field], findings: &mut Vec<Finding>) {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(fields.len());
    for (index, field) in fields.iter().enumerate() {
        let earlier = *first.entry(&field.name).or_insert(index);
        if earlier < index {
            let at = |index| Label::at(contract.source, path.key(key).index(index));
            findings.push(
                Finding::new(&RULE.meta, at(index), format!("the field `{}` is defined twice", field.name))
                    .related(at(earlier).note("first defined here"))
                    .help("rename or remove one of the two"),
            );
        }
    }
}
