use std::cmp::Ordering;

use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::values::refusal;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::values::limit;
use crate::model::{Constraint, ConstraintKind, Literal};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "contradictory-bounds",
        group: Group::Constraints,
        severity: Severity::Error,
        by_default: true,
        summary: "A lower bound lies above the upper one, so that no value is right.",
        page: include_str!("contradictory_bounds.md"),
    },
    checks: &[Check::Field(check)],
};

/// Pairs of a lower and an upper bound, and whether a value may equal both.
const PAIRS: &[(ConstraintKind, ConstraintKind, bool)] = &[
    (ConstraintKind::Min, ConstraintKind::Max, true),
    (ConstraintKind::Min, ConstraintKind::ExclusiveMax, false),
    (ConstraintKind::ExclusiveMin, ConstraintKind::Max, false),
    (ConstraintKind::ExclusiveMin, ConstraintKind::ExclusiveMax, false),
    (ConstraintKind::MinLength, ConstraintKind::MaxLength, true),
    (ConstraintKind::MinItems, ConstraintKind::MaxItems, true),
    (ConstraintKind::MinProperties, ConstraintKind::MaxProperties, true),
];

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if let (Some(precision), Some(scale)) = (at.field.precision, at.field.scale)
        && scale > precision
    {
        let message = format!("{} has {scale} digits behind the point and {precision} in all", at.called());
        findings.push(
            Finding::new(&RULE.meta, at.label_of("scale"), message)
                .related(at.label_of("precision").note("the digits in all"))
                .help("`precision` counts all digits, `scale` those behind the point"),
        );
    }
    if at.field.constraints.len() > 1 {
        for (low, high, inclusive) in PAIRS {
            pair(at, *low, *high, *inclusive, findings);
        }
        only_value(at, context, findings);
    }
}

/// Compares the strongest bounds of two kinds.
fn pair(at: &FieldAt<'_>, low: ConstraintKind, high: ConstraintKind, inclusive: bool, findings: &mut Vec<Finding>) {
    let order = |one: &Literal, other: &Literal| match low {
        ConstraintKind::MinLength | ConstraintKind::MinItems | ConstraintKind::MinProperties => {
            Some(limit(one)?.cmp(&limit(other)?))
        }
        _ => at.field.data_type.order(one, other),
    };
    let strongest = |kind: ConstraintKind, stronger: Ordering| {
        let of_kind = at.field.constraints.iter().enumerate().filter(|(_, constraint)| constraint.kind == kind);
        // Conditions of different rows never meet.
        let of_kind = of_kind.filter(|(_, constraint)| constraint.when.is_none());
        of_kind.reduce(|best, next| if order(&next.1.value, &best.1.value) == Some(stronger) { next } else { best })
    };
    let (Some(lower), Some(upper)) = (strongest(low, Ordering::Greater), strongest(high, Ordering::Less)) else {
        return;
    };
    let help = match order(&lower.1.value, &upper.1.value) {
        Some(Ordering::Greater) => Some("correct one of the two: were they swapped?"),
        Some(Ordering::Equal) if !inclusive => Some("correct one of the two: nothing lies between them"),
        _ => None,
    };
    if let Some(help) = help {
        let bound = |constraint: &Constraint| {
            format!("the constraint `{}` {}", constraint.kind.name(), quoted(&constraint.value.to_string()))
        };
        let message = format!("no value of {} keeps {} and {}", at.called(), bound(lower.1), bound(upper.1));
        findings.push(
            Finding::new(&RULE.meta, at.label_of_constraint(upper.0), message)
                .related(at.label_of_constraint(lower.0).note("the lower bound"))
                .help(help),
        );
    }
}

/// The one allowed value, held against everything else that is demanded.
fn only_value(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let constraints = || at.field.constraints.iter().enumerate();
    let only = constraints().find(|(_, one)| one.kind == ConstraintKind::Const && one.when.is_none());
    let Some((place, only)) = only else { return };
    for (index, other) in constraints().filter(|(index, _)| *index != place) {
        if let Some(why) = refusal(&only.value, other, at.field, at.contract.source, context) {
            let value = quoted(&only.value.to_string());
            let message = format!("`const` allows {} the value {value} only, and {why}", at.called());
            findings.push(
                Finding::new(&RULE.meta, at.label_of_constraint(place), message)
                    .related(at.label_of_constraint(index).note("the other constraint"))
                    .help("correct one of the two"),
            );
        }
    }
}
