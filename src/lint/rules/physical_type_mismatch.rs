use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{DataType, Field, Physical, PhysicalType};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "physical-type-mismatch",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "The type in the store can not keep what the logical type promises.",
        page: include_str!("physical_type_mismatch.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(physical) = at.field.physical() else { return };
    // What most of them are costs nothing.
    if physical.kind.logical() == Some(at.field.data_type) && !matches!(physical.kind, PhysicalType::Decimal(_)) {
        return;
    }
    if can_keep(at.field, physical) != Some(false) {
        return;
    }
    let (name, stored) = (at.field.data_type.name(), quoted(&physical.text));
    let why = match (at.field.data_type, &physical.kind) {
        (DataType::Integer, PhysicalType::Float { .. }) => "which loses the last digits of large ones",
        (DataType::Decimal, PhysicalType::Float { .. }) => "which rounds its digits to binary fractions",
        (DataType::Decimal | DataType::Float, PhysicalType::Integer { .. }) => "which has no digits behind the point",
        (DataType::Integer, PhysicalType::Decimal(_)) => "which keeps fractions too",
        (DataType::Timestamp, PhysicalType::Timestamp { .. }) => "which has no zone",
        (DataType::Datetime, PhysicalType::Timestamp { .. }) => {
            "which is an instant, and shows another time in every zone"
        }
        (_, kind) => match kind.logical() {
            Some(logical) => &format!("which keeps {} values", logical.name()),
            None => "which keeps something else",
        },
    };
    let message = format!("{} is promised as {name}, and stored as {stored}, {why}", at.called());
    let help = "correct the `physical_type`, or correct the `data_type`: one of the two is not true";
    findings.push(Finding::new(&RULE.meta, at.label_of("physical_type"), message).help(help));
}

/// Whether values of a field can be kept; `None` where pact does not know the type in the store. What is kept in another way
/// by custom (texts of JSON, booleans as 0 and 1) is kept.
fn can_keep(field: &Field, physical: &Physical) -> Option<bool> {
    use DataType as D;
    use PhysicalType as P;
    let has_fraction = field.scale.is_some_and(|scale| scale > 0);
    let by_custom = match (field.data_type, &physical.kind) {
        (D::Unknown, _) | (_, P::Void | P::Other(_)) => return None,
        (D::String, P::Uuid | P::Json | P::Interval(_) | P::Geometry { .. })
        | (D::Json | D::Object | D::Map | D::Array, P::Json | P::Text { .. } | P::Binary { .. })
        | (D::Json, P::Struct(_) | P::Map(..) | P::Array(_) | P::Union(_))
        | (D::Array, P::Set { .. } | P::Vector { .. })
        | (D::Map, P::Struct(_))
        | (D::Object, P::Map(..) | P::Union(_))
        | (D::Float, P::Decimal(_))
        | (D::Date, P::Timestamp { .. })
        | (D::Time, P::Time { .. } | P::Interval(_)) => true,
        (D::Uuid, P::Text { length, .. } | P::Binary { length, .. }) => length.is_none_or(|length| length >= 16),
        (D::Boolean, P::Integer { bits, .. }) => bits.is_none_or(|bits| bits <= 8),
        (D::Boolean, P::Decimal(digits)) => digits.is_some_and(|digits| digits.precision == 1),
        (D::Boolean, P::Text { length, .. }) => length.is_some_and(|length| length <= 5),
        (D::Integer, P::Decimal(digits)) => digits.is_none_or(|digits| digits.scale <= 0),
        (D::Decimal, P::Integer { .. }) => !has_fraction,
        _ => false,
    };
    if by_custom { Some(true) } else { field.data_type.accepts_live(&physical.text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_by_custom_is_kept() {
        let cases = [
            (DataType::Integer, "varchar(10)", Some(false)),
            (DataType::Integer, "numeric(10, 2)", Some(false)),
            (DataType::Integer, "numeric(10)", Some(true)),
            (DataType::Integer, "NUMBER(12)", Some(true)),
            (DataType::Decimal, "int", Some(true)),
            (DataType::Decimal, "double precision", Some(false)),
            (DataType::String, "bigint", Some(false)),
            (DataType::String, "date", Some(false)),
            (DataType::String, "uuid", Some(true)),
            (DataType::Boolean, "tinyint(1)", Some(true)),
            (DataType::Boolean, "char(1)", Some(true)),
            (DataType::Boolean, "date", Some(false)),
            (DataType::Timestamp, "timestamp", Some(true)),
            (DataType::Datetime, "timestamptz", Some(false)),
            (DataType::Object, "jsonb", Some(true)),
            (DataType::Object, "boolean", Some(false)),
            (DataType::Date, "timestamp", Some(true)),
            (DataType::Date, "my_domain", None),
            (DataType::Unknown, "integer", None),
        ];
        for (data_type, physical, kept) in cases {
            let field = Field::new("f", data_type);
            assert_eq!(can_keep(&field, &Physical::new(physical)), kept, "{} as {physical}", data_type.name());
        }
    }
}
