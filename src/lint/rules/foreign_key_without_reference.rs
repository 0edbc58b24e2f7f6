use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "foreign-key-without-reference",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A foreign key does not say what it refers to, or a reference is not called a foreign key.",
        page: include_str!("foreign_key_without_reference.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let reference = at.field.foreign_key_reference.as_deref().filter(|reference| !reference.trim().is_empty());
    match (at.field.is_foreign_key, reference) {
        (true, None) if !is_in_composite_key(at) => {
            let message = format!("{} is a foreign key and does not say to what", at.called());
            findings.push(
                Finding::new(&RULE.meta, at.label_of("is_foreign_key"), message)
                    .help("add `foreign_key_reference`, such as `customers.customer_id`"),
            );
        }
        (false, Some(_)) => {
            let message = format!("{} refers to another field and is not called a foreign key", at.called());
            findings.push(
                Finding::new(&RULE.meta, at.label_of("foreign_key_reference"), message)
                    .help("add `is_foreign_key: true`, or remove the reference")
                    .fix(Fix::guess(
                        "add `is_foreign_key: true`",
                        vec![Edit::set(at.path.clone(), "is_foreign_key", true)],
                    )),
            );
        }
        _ => {}
    }
}

/// Whether the dataset's `foreign_keys` say what the field refers to.
fn is_in_composite_key(at: &FieldAt<'_>) -> bool {
    at.dataset.foreign_keys.iter().any(|key| key.fields.contains(&at.field.name))
}
