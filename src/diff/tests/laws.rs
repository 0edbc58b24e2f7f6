//! Laws of the comparison: what it says about sets of values is true of values.

use jiff::civil::Date;
use proptest::prelude::*;

use super::super::contract;
use crate::finding::change::{Change, Level};
use crate::format::read;
use crate::model::{Constraint, ConstraintKind, Contract, DataType, Field, Literal, SourceId};
use crate::source::SourceFile;

const TODAY: Date = jiff::civil::date(2026, 1, 1);

fn with_field(field: Field) -> Contract {
    let text = "name: orders\nversion: 1.0.0\nschema:\n  - {name: value, data_type: integer}\n";
    let document = read(SourceId(0), SourceFile::new("laws.yaml", text));
    let mut contract = document.contract().expect("a contract").clone();
    contract.datasets[0].fields = vec![field];
    contract
}

fn field() -> impl Strategy<Value = Field> {
    use ConstraintKind as K;
    let number = |kind: ConstraintKind| (Just(kind), (-3i128..4).prop_map(Literal::Int));
    let list = prop::collection::vec((-3i128..4).prop_map(Literal::Int), 1..4).prop_map(Literal::List);
    let constraint = prop_oneof![
        number(K::Min),
        number(K::Max),
        number(K::ExclusiveMin),
        number(K::ExclusiveMax),
        (Just(K::MultipleOf), (1i128..4).prop_map(Literal::Int)),
        (Just(K::Enum), list),
    ];
    let kinds = prop_oneof![Just(DataType::Integer), Just(DataType::Decimal)];
    (prop::collection::vec(constraint, 0..4), kinds, any::<bool>()).prop_map(|(constraints, data_type, nullable)| {
        let constraints = constraints.into_iter().map(|(kind, value)| Constraint { kind, value, message: None });
        Field { nullable, constraints: constraints.collect(), ..Field::new("value", data_type) }
    })
}

/// Whether a field allows a value; halves stand for what is no whole number. `None` is null.
fn allows(field: &Field, value: Option<f64>) -> bool {
    let Some(value) = value else { return field.nullable };
    let whole = value.fract() == 0.0;
    (whole || field.data_type != DataType::Integer)
        && field.constraints.iter().all(|constraint| {
            let bound = constraint.value.number().unwrap_or_default();
            match (constraint.kind, &constraint.value) {
                (ConstraintKind::Min, _) => value >= bound,
                (ConstraintKind::Max, _) => value <= bound,
                (ConstraintKind::ExclusiveMin, _) => value > bound,
                (ConstraintKind::ExclusiveMax, _) => value < bound,
                (ConstraintKind::MultipleOf, _) => value % bound == 0.0,
                (_, Literal::List(items)) => items.iter().any(|item| item.number() == Some(value)),
                _ => true,
            }
        })
}

fn has(changes: &[Change], level: impl Fn(&Change) -> Level) -> bool {
    changes.iter().any(|change| level(change) == Level::Major)
}

proptest! {
    #[test]
    fn a_value_that_is_new_is_major_for_readers_and_one_that_is_gone_for_writers(base in field(), head in field()) {
        let values = (-8i32..9).map(|half| Some(f64::from(half) / 2.0)).chain([None]);
        let (one, other) = (with_field(base.clone()), with_field(head.clone()));
        let changes = contract(Some(&one), Some(&other), TODAY);
        for value in values {
            match (allows(&base, value), allows(&head, value)) {
                (false, true) => prop_assert!(has(&changes, |change| change.levels.reader), "{value:?} is new: {changes:?}"),
                (true, false) => prop_assert!(has(&changes, |change| change.levels.writer), "{value:?} is gone: {changes:?}"),
                _ => {}
            }
        }
        prop_assert!(contract(Some(&one), Some(&one), TODAY).is_empty());
    }
}
