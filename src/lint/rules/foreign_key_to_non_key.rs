use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::is_external;
use crate::lint::{Across, Check, DatasetOutline, Outline, Reference, Rule};
use crate::model::{Path, Step};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "foreign-key-to-non-key",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A foreign key refers to fields that identify no row.",
        page: include_str!("foreign_key_to_non_key.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    for reference in outline.references.iter().filter(|reference| !is_external(&reference.to)) {
        let wrong = match &reference.referenced_fields {
            None => field(outline, reference, others),
            Some(fields) => composite(outline, reference, fields, others),
        };
        if let Some((what, why)) = wrong {
            let message = format!("{what} refers to {}, {why}", quoted(&reference.to));
            findings.push(
                Finding::new(&RULE.meta, Label::at(outline.source, reference.path()), message)
                    .help("refer to the primary key, or to fields that are unique: else several rows may match"),
            );
        }
    }
}

/// A field that refers to what is no key, and why that is none.
fn field(outline: &Outline, reference: &Reference, others: &Across<'_>) -> Option<(String, String)> {
    let (contract, field) = others.field(&reference.to).ok()?;
    // What refers to itself is another mistake.
    if contract.source == outline.source && field.dataset == reference.dataset && is_at(&reference.element, &field.name)
    {
        return None;
    }
    let dataset = contract.datasets.get(field.dataset as usize)?;
    // What is nested has no key of its own, and what does not say its keys is another mistake.
    if field.promise.unique || field.name.contains('.') || !says_its_keys(dataset) {
        return None;
    }
    let why = match dataset.primary_key.as_slice() {
        [only] if **only == *field.name => return None,
        key if field.promise.is_primary_key => {
            format!("which is only a part of the key of {} fields", key.len())
        }
        _ if holds_a_key(&[field.name.to_string()], dataset) => return None,
        _ => "which identifies no row".to_owned(),
    };
    Some((quoted(&reference.element.last_field()), why))
}

fn composite(
    outline: &Outline,
    reference: &Reference,
    fields: &[String],
    others: &Across<'_>,
) -> Option<(String, String)> {
    let (contract, position) = others.dataset(&reference.to).ok()?;
    let is_itself = contract.source == outline.source && position == reference.dataset;
    if is_itself && reference.fields.iter().map(|(name, _)| name).eq(fields) {
        return None;
    }
    let dataset = contract.datasets.get(position as usize)?;
    let found: Vec<_> = fields.iter().filter_map(|name| contract.field_in(position, name)).collect();
    let is_open = found.len() < fields.len() || fields.is_empty() || !says_its_keys(dataset);
    if is_open || found.iter().any(|field| field.promise.unique) || holds_a_key(fields, dataset) {
        return None;
    }
    Some(("a foreign key".to_owned(), "and the fields there identify no row".to_owned()))
}

/// Whether a path leads to the field of a dotted name.
fn is_at(path: &Path, name: &str) -> bool {
    let names =
        path.steps().iter().filter_map(|step| if let Step::Field(name) = step { Some(name.as_str()) } else { None });
    names.eq(name.split('.'))
}

fn says_its_keys(dataset: &DatasetOutline) -> bool {
    !dataset.primary_key.is_empty() || !dataset.unique.is_empty()
}

/// Whether a key of the dataset lies within these fields: then they are unique together.
fn holds_a_key(fields: &[String], dataset: &DatasetOutline) -> bool {
    /// Nobody has so many; who makes them up is not looked at one by one.
    const MOST: usize = 100;
    let keys = std::iter::once(&dataset.primary_key).chain(&dataset.unique);
    let is_within = |key: &Vec<String>| {
        !key.is_empty() && key.len() <= fields.len() && key.iter().all(|name| fields.contains(name))
    };
    dataset.unique.len() > MOST || fields.len() > MOST || keys.into_iter().any(is_within)
}
