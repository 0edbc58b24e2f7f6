use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{DataType, Field};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "meaningless-property",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "A property of a field means nothing for its type.",
        page: include_str!("meaningless_property.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (key, is_there, fitting, help) in PROPERTIES {
        if !is_there(at.field) || fitting(at.field.data_type) {
            continue;
        }
        let data_type = at.field.data_type;
        let message = format!("`{key}` of {} means nothing for the type {}", at.called(), data_type.name());
        let label = at.label_of(key);
        let remove = Fix::guess(format!("remove `{key}`"), vec![Edit::Remove(label.place.clone())]);
        findings.push(Finding::new(&RULE.meta, label, message).help(*help).fix(remove));
    }
}

/// A key, whether a field has it, the types for which it means something, and what to do with others.
type Property = (&'static str, fn(&Field) -> bool, fn(DataType) -> bool, &'static str);

const PROPERTIES: &[Property] = &[
    (
        "precision",
        |field| field.precision.is_some(),
        |data_type| {
            use DataType as D;
            matches!(data_type, D::Decimal | D::Time | D::Datetime | D::Timestamp | D::Unknown)
        },
        "only decimals and times have digits to count: remove it, or correct the `data_type`",
    ),
    (
        "scale",
        |field| field.scale.is_some(),
        |data_type| matches!(data_type, DataType::Decimal | DataType::Unknown),
        "only decimals have digits behind the point to count: remove it, or correct the `data_type`",
    ),
    (
        "fields",
        |field| !field.fields.is_empty(),
        |data_type| matches!(data_type, DataType::Object | DataType::Json | DataType::Unknown),
        "only an `object` has fields; a list of objects is an `array` whose `items` have them",
    ),
    (
        "items",
        |field| field.items.is_some(),
        |data_type| matches!(data_type, DataType::Array | DataType::Unknown),
        "only an `array` has items: remove them, or correct the `data_type`",
    ),
    (
        "values",
        |field| field.values.is_some(),
        |data_type| matches!(data_type, DataType::Map | DataType::Unknown),
        "only a `map` has values: remove them, or correct the `data_type`",
    ),
    (
        "keys",
        |field| field.keys.is_some(),
        |data_type| matches!(data_type, DataType::Map | DataType::Unknown),
        "only a `map` has keys that the data chooses: remove them, or correct the `data_type`",
    ),
    (
        "unit",
        |field| field.unit.is_some(),
        |data_type| !matches!(data_type, DataType::Boolean | DataType::Uuid | DataType::Date | DataType::Binary),
        "only numbers have a unit: remove it, or correct the `data_type`",
    ),
    (
        "embedding_model",
        |field| field.storage.as_ref().is_some_and(|storage| storage.embedding_model.is_some()),
        |data_type| matches!(data_type, DataType::Array | DataType::Json | DataType::Unknown),
        "vectors are arrays: remove it, or correct the `data_type`",
    ),
];
