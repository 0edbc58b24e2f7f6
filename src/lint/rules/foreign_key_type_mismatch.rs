use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, FieldPromise, Outline, Reference, Rule};
use crate::model::DataType;
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
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    for reference in &outline.references {
        match &reference.referenced_fields {
            None => field(outline, reference, others, findings),
            // A key of other length is a mistake of its own.
            Some(fields) if fields.len() == reference.fields.len() => {
                composite(outline, reference, fields, others, findings);
            }
            Some(_) => {}
        }
    }
}

fn field(outline: &Outline, reference: &Reference, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let [(name, Some(here))] = reference.fields.as_slice() else { return };
    let Ok((contract, there)) = others.field(&reference.to) else { return };
    if differ(*here, there.promise) {
        findings.push(mismatch(
            (&quoted(name), *here, Label::at(outline.source, reference.element.key("data_type"))),
            (
                &quoted(&reference.to),
                there.promise,
                Label::at(contract.source, contract.path_of(&there).key("data_type")),
            ),
        ));
    }
}

fn composite(
    outline: &Outline,
    reference: &Reference,
    fields: &[String],
    others: &Across<'_>,
    findings: &mut Vec<Finding>,
) {
    let Ok((contract, dataset)) = others.dataset(&reference.to) else { return };
    for (position, ((here, promise), there)) in reference.fields.iter().zip(fields).enumerate() {
        let (Some(promise), Some(target)) = (promise, contract.field_in(dataset, there)) else { continue };
        if differ(*promise, target.promise) {
            let label = |key| Label::at(outline.source, reference.element.key(key).index(position));
            findings.push(mismatch(
                (&quoted(here), *promise, label("fields")),
                (&quoted(there), target.promise, label("referenced_fields")),
            ));
        }
    }
}

/// Whether values of two types can never be equal. A type that is not stated may be any.
fn differ(one: FieldPromise, other: FieldPromise) -> bool {
    one.data_type != other.data_type && ![one, other].iter().any(|field| field.data_type == DataType::Unknown)
}

fn mismatch(here: (&str, FieldPromise, Label), there: (&str, FieldPromise, Label)) -> Finding {
    let ((name, field, label), (other, target, related)) = (here, there);
    let (one, another) = (field.data_type.name(), target.data_type.name());
    Finding::new(
        &RULE.meta,
        label,
        format!("{name} is of type {one}, and {other}, which it refers to, of type {another}"),
    )
    .related(related.note("referred to"))
    .help(format!("give both the same `data_type`, `{another}` or `{one}`"))
}
