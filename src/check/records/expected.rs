//! What a stream has to satisfy beside what every source has.

use crate::check::CheckKind;
use crate::check::data::{Column, Condition, Demand, Expectation, Measure, expectations};
use crate::model::{Contract, Dataset, ExtraFields, Path, Registry, RuleSeverity, Subscriber};

/// The check that a key is there, if only with null.
pub(super) const PRESENT: &str = "present";
/// The check that no key is there that the contract does not know.
pub(super) const EXTRA: &str = "extra_fields";

/// Everything that a contract and its consumers expect of each record and of all of them: what they expect of rows, that
/// fields are there which always are, and that no others are.
pub fn expected<'a>(
    contract: &'a Contract,
    dataset: &'a Dataset,
    subscribers: &[&'a Subscriber],
    registry: &'a Registry,
) -> Vec<Expectation<'a>> {
    let mut all = expectations(contract, dataset, subscribers, registry);
    let own = |check, element: Path, field, measure, promised: &str| Expectation {
        id: format!("{element} {check}"),
        check,
        kind: CheckKind::Schema,
        element,
        field,
        measure: Ok(measure),
        demand: Demand::AtMost(0.0),
        promised: promised.to_owned(),
        severity: RuleSeverity::Error,
        dimension: None,
        tags: &[],
        rule: None,
        consumer: None,
    };
    // What is never null is there: that is asked already.
    let always = dataset
        .fields
        .iter()
        .filter(|field| !field.internal && field.nullable && !field.is_primary_key && field.is_always_present());
    for field in always {
        let column = Column::of(field);
        let element = column.path(dataset);
        let measure = Measure::Broken { condition: Condition::Present(column), rows: None };
        all.push(own(PRESENT, element, Some(field.name.as_str()), measure, "a field in every record, if only as null"));
    }
    if dataset.extra_fields != ExtraFields::Allow {
        let measure = Measure::Broken { condition: Condition::Every(Vec::new()), rows: None };
        let mut extra =
            own(EXTRA, Path::dataset(&dataset.name), None, measure, "no fields beside those of the contract");
        if dataset.extra_fields == ExtraFields::Warn {
            extra.severity = RuleSeverity::Warning;
        }
        all.push(extra);
    }
    all
}
