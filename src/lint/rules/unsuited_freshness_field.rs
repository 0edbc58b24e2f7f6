use jiff::SignedDuration;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, DataType, Dataset, Field, Path, Quality};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unsuited-freshness-field",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "The field that tells the age of data can not tell it.",
        page: include_str!("unsuited_freshness_field.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    level(contract, None, &contract.quality, context, findings);
    for dataset in &contract.datasets {
        level(contract, Some(dataset), &dataset.quality, context, findings);
    }
}

fn level<'a>(
    contract: &'a Contract,
    dataset: Option<&'a Dataset>,
    quality: &'a [Quality],
    context: &Context<'a>,
    findings: &mut Vec<Finding>,
) {
    for (index, promise) in quality.iter().enumerate() {
        let Some(name) = promise.measuring.as_ref().and_then(|measuring| measuring.timestamp_field.as_ref()) else {
            continue;
        };
        let field = match dataset {
            Some(dataset) => context.field_in(contract, dataset, name),
            None => context.field_at(contract, name).map(|(_, field)| field),
        };
        // That it is there is the matter of another rule.
        let Some((why, help)) = field.and_then(|field| unsuited(field, promise)) else { continue };
        let owner = dataset.map_or_else(Path::root, |dataset| Path::dataset(&dataset.name));
        let label = Label::at(contract.source, owner.key("quality").index(index).key("timestamp_field"));
        let message = format!("the age of the data is told by {}, {why}", quoted(name));
        findings.push(Finding::new(&RULE.meta, label, message).help(help));
    }
}

/// Why a field can't tell the age of data, and what to do.
fn unsuited(field: &Field, promise: &Quality) -> Option<(String, &'static str)> {
    use DataType as D;
    let age = promise.threshold.duration();
    match field.data_type {
        D::Datetime | D::Timestamp if field.deprecated.is_some() => {
            Some(("which is deprecated".to_owned(), "name the field that readers should use instead"))
        }
        // Whole numbers may count seconds; of others nobody knows.
        D::Datetime | D::Timestamp | D::Integer | D::Json | D::Unknown => None,
        D::Date => age.filter(|age| *age < SignedDuration::from_hours(24)).map(|_| {
            let why = format!("a date, and {} is less than a day", quoted(&promise.threshold.text));
            (why, "name a field with a time of day, or promise a day or more")
        }),
        other => Some((
            format!("whose type is {}", other.name()),
            "name a field of the type `timestamp`: the newest value is to be a moment",
        )),
    }
}
