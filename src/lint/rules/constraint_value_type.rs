use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::values::{described, expected, is_variable};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::values::{fits, limit};
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "constraint-value-type",
        group: Group::Constraints,
        severity: Severity::Error,
        by_default: true,
        summary: "A constraint or its value does not fit the type of the field.",
        page: include_str!("constraint_value_type.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let is_variable = is_variable(&constraint.value);
        let wrong = misfit(constraint.kind, at.field)
            .or_else(|| wrong_value(constraint, at.field).filter(|_| !is_variable))
            .or_else(|| wrong_listing(constraint, at.field));
        if let Some((why, help)) = wrong {
            let message = format!("the constraint `{}` of {} {why}", constraint.kind.name(), at.called());
            findings.push(Finding::new(&RULE.meta, at.label_of_constraint(index), message).help(help));
        }
    }
}

/// Why a constraint says nothing about values of a type, and what to do.
fn misfit(kind: ConstraintKind, field: &Field) -> Option<(String, &'static str)> {
    let data_type = field.data_type;
    // JSON may be anything, and so may what is not stated.
    if matches!(data_type, DataType::Json | DataType::Unknown) {
        return None;
    }
    let text = matches!(data_type, DataType::String | DataType::Binary);
    let (fitting, help) = match kind {
        ConstraintKind::Min | ConstraintKind::Max | ConstraintKind::ExclusiveMin | ConstraintKind::ExclusiveMax => (
            data_type.is_ordered(),
            match data_type {
                DataType::String | DataType::Binary => "`min_length` and `max_length` bound texts",
                DataType::Array => "`min_items` and `max_items` bound lists",
                _ => "remove it, or correct the `data_type`",
            },
        ),
        ConstraintKind::MultipleOf => (data_type.is_number(), "remove it, or correct the `data_type`"),
        ConstraintKind::Regex => {
            (text || data_type == DataType::Uuid, "remove it, or correct the `data_type`: only texts match patterns")
        }
        ConstraintKind::MinLength | ConstraintKind::MaxLength => (
            text,
            match data_type {
                DataType::Array => "`min_items` and `max_items` bound lists",
                data_type if data_type.is_ordered() => "`min` and `max` bound values that have an order",
                _ => "remove it, or correct the `data_type`",
            },
        ),
        ConstraintKind::MinItems | ConstraintKind::MaxItems => {
            (data_type == DataType::Array, "only lists have items: remove it, or correct the `data_type`")
        }
        ConstraintKind::UniqueItems => {
            (data_type == DataType::Array, "only lists have items; `unique: true` is for the values of all rows")
        }
        ConstraintKind::MinProperties | ConstraintKind::MaxProperties => (
            data_type == DataType::Map,
            "only a map has keys that the data chooses: remove it, or correct the `data_type`",
        ),
        ConstraintKind::Enum | ConstraintKind::Const | ConstraintKind::Expression => (true, ""),
    };
    (!fitting).then(|| (format!("means nothing for the type {}", data_type.name()), help))
}

/// Why a value is none for its constraint, and what to do.
fn wrong_value(constraint: &Constraint, field: &Field) -> Option<(String, &'static str)> {
    let value = &constraint.value;
    let found = || described(value);
    match constraint.kind {
        ConstraintKind::Min | ConstraintKind::Max | ConstraintKind::ExclusiveMin | ConstraintKind::ExclusiveMax => {
            let fitting = matches!(field.data_type, DataType::Json | DataType::Unknown)
                || fits(value, field) && !matches!(value, Literal::Null);
            let expected = expected(field.data_type);
            (!fitting).then(|| (format!("expects {expected}, found {}", found()), "correct the value"))
        }
        ConstraintKind::MultipleOf => {
            let positive = value.number().is_some_and(|number| number > 0.0 && number.is_finite());
            (!positive).then(|| (format!("expects a number above 0, found {}", found()), "correct the value"))
        }
        ConstraintKind::MinLength
        | ConstraintKind::MaxLength
        | ConstraintKind::MinItems
        | ConstraintKind::MaxItems
        | ConstraintKind::MinProperties
        | ConstraintKind::MaxProperties => limit(value)
            .is_none()
            .then(|| (format!("expects a count such as 10, found {}", found()), "write a whole number, not below 0")),
        ConstraintKind::Regex | ConstraintKind::Expression => {
            value.text().is_none().then(|| (format!("expects a text, found {}", found()), "write it in single quotes"))
        }
        ConstraintKind::UniqueItems => (!matches!(value, Literal::Bool(_)))
            .then(|| (format!("expects `true`, found {}", found()), "write `value: true`")),
        ConstraintKind::Const => {
            let fitting = fits(value, field) && !matches!(value, Literal::Null);
            let expected = expected(field.data_type);
            (!fitting).then(|| (format!("expects {expected}, found {}", found()), "correct the value"))
        }
        ConstraintKind::Enum => {
            let Literal::List(values) = value else {
                return Some((format!("expects a list, found {}", found()), "write the values as `[a, b]`"));
            };
            if values.is_empty() {
                return Some(("has no values, so that no value is right".to_owned(), "list the allowed values"));
            }
            let wrong = values.iter().find(|value| !fits(value, field))?;
            let why = format!("lists {}, and the type is {}", described(wrong), field.data_type.name());
            let help = match (field.data_type, wrong) {
                (_, Literal::Map(_)) => "a value with more said of it is written `{value: A, label: In words}`",
                (DataType::String, Literal::Null) => {
                    "an empty item or `null` is no text: remove it, or write it in quotes"
                }
                (DataType::String, _) => "write the value in quotes: YAML reads it as something else",
                _ => "correct the value, or the `data_type`",
            };
            Some((why, help))
        }
    }
}

/// Why what is said beyond the values of a list makes no sense, and what to do.
fn wrong_listing(constraint: &Constraint, field: &Field) -> Option<(String, &'static str)> {
    let listing = constraint.listing.as_ref()?;
    let Literal::List(values) = &constraint.value else {
        let key = if listing.open { "open" } else { "fallback" };
        return Some((format!("can't have `{key}`"), "only the list of an `enum` can: remove it"));
    };
    let fallback = listing.fallback.as_ref()?;
    let is_listed = values.iter().any(|value| field.data_type.same(value, fallback));
    let why = || format!("does not list its fallback {}", described(fallback));
    (!is_listed).then(|| (why(), "add it to the values, so that readers know it"))
}
