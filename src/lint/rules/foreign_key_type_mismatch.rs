use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, DataType, Field, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "foreign-key-type-mismatch",
        group: Group::Keys,
        severity: Severity::Error,
        by_default: true,
        summary: "A foreign key and what it refers to can never be equal.",
        page: include_str!("foreign_key_type_mismatch.md"),
    },
    checks: &[Check::Field(field), Check::Contract(composite)],
};

fn field(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(reference) = at.field.foreign_key_reference.as_deref() else { return };
    let Ok((contract, dataset, target)) = context.resolve(reference) else { return };
    if differ(at.field, target) {
        let there = Path::dataset(&dataset.name).field(&target.name).key("data_type");
        findings.push(mismatch(
            (&at.called(), at.field, at.label_of("data_type")),
            (&quoted(reference), target, Label::at(contract.source, there)),
        ));
    }
}

fn composite<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.foreign_keys.is_empty()) {
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            let path = Path::dataset(&dataset.name).key("foreign_keys").index(index);
            if key.fields.len() != key.referenced_fields.len() {
                continue;
            }
            let Ok((owner, target)) = context.dataset(&key.references) else { continue };
            for (position, (here, there)) in key.fields.iter().zip(&key.referenced_fields).enumerate() {
                let one = context.field_in(contract, dataset, here);
                let (Some(one), Some(other)) = (one, context.field_in(owner, target, there)) else { continue };
                if differ(one, other) {
                    let label = |name| Label::at(contract.source, path.key(name).index(position));
                    findings.push(mismatch(
                        (&quoted(here), one, label("fields")),
                        (&quoted(there), other, label("referenced_fields")),
                    ));
                }
            }
        }
    }
}

/// Whether values of two types can never be equal. A type that is not stated may be any.
fn differ(one: &Field, other: &Field) -> bool {
    one.data_type != other.data_type && ![one, other].iter().any(|field| field.data_type == DataType::Unknown)
}

fn mismatch(here: (&str, &Field, Label), there: (&str, &Field, Label)) -> Finding {
    let ((name, field, label), (other, target, related)) = (here, there);
    let (one, another) = (field.data_type.name(), target.data_type.name());
    Finding::new(
        &RULE.meta,
        label,
        format!("{name} is of type {one}, and {other}, which it refers to, of type {another}"),
    )
    .related(related.note("referred to"))
    .help(format!("give both the same type, `{another}` or `{one}`"))
}
