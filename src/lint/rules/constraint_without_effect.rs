use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::finding::{Edit, Finding, Fix, Group, Place, RuleMeta, Severity};
use crate::lint::values::is_variable;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::values::limit;
use crate::model::{Constraint, ConstraintKind, DataType, Field, Literal};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "constraint-without-effect",
        group: Group::Constraints,
        severity: Severity::Warning,
        by_default: true,
        summary: "A constraint excludes nothing that is not excluded already.",
        page: include_str!("constraint_without_effect.md"),
    },
    checks: &[Check::Field(check)],
};

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut counts: HashMap<ConstraintKind, usize> = HashMap::new();
    if at.field.constraints.len() > 1 {
        for constraint in &at.field.constraints {
            *counts.entry(rival(constraint.kind)).or_default() += 1;
        }
    }
    let mut strongest: HashMap<Family, usize> = HashMap::new();
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        // What holds for some rows only, or has no value yet, is not compared.
        if constraint.when.is_some() || is_variable(&constraint.value) {
            continue;
        }
        if let Some(why) = says_nothing(constraint, at.field) {
            findings.push(useless(at, index, &why, "it excludes nothing: remove it, or correct its value"));
            continue;
        }
        if counts.get(&rival(constraint.kind)).is_none_or(|count| *count < 2) {
            continue;
        }
        match strongest.entry(Family::of(constraint, at.field.data_type)) {
            Entry::Vacant(place) => {
                place.insert(index);
            }
            Entry::Occupied(mut best) => {
                let other = *best.get();
                let Some(known) = at.field.constraints.get(other) else { continue };
                let Some(order) = strength(constraint, known, at.field.data_type) else { continue };
                let (weak, strong) = if order == Ordering::Greater { (other, index) } else { (index, other) };
                if order == Ordering::Greater {
                    best.insert(index);
                }
                let Some(stronger) = at.field.constraints.get(strong) else { continue };
                let why = if order == Ordering::Equal {
                    "says what another one says".to_owned()
                } else {
                    format!(
                        "says less than the constraint `{}` {}",
                        stronger.kind.name(),
                        quoted(&stronger.value.to_string())
                    )
                };
                let finding = useless(at, weak, &why, "remove it, or correct its value");
                findings.push(finding.related(at.label_of_constraint(strong).note("the other one")));
            }
        }
    }
}

fn useless(at: &FieldAt<'_>, index: usize, why: &str, help: &'static str) -> Finding {
    let kind = at.field.constraints.get(index).map_or("", |constraint| constraint.kind.name());
    let message = format!("the constraint `{}` of {} {why}", kind, at.called());
    let place = Place::Element(at.path.key("constraints").index(index));
    Finding::new(&RULE.meta, at.label_of_constraint(index), message)
        .help(help)
        .fix(Fix::guess(format!("remove `{kind}`"), vec![Edit::Remove(place)]))
}

/// Why a constraint excludes no value of a field.
fn says_nothing(constraint: &Constraint, field: &Field) -> Option<String> {
    /// Patterns that are found in every text.
    const EVERYTHING: &[&str] =
        &["", "^", "$", ".*", "^.*", ".*$", "^.*$", "(.*)", "^(.*)$", ".*?", "[\\s\\S]*", "^[\\s\\S]*$"];
    let value = &constraint.value;
    Some(match constraint.kind {
        ConstraintKind::MinLength if limit(value) == Some(0) => "is kept by every text, the empty one too".to_owned(),
        ConstraintKind::MinItems if limit(value) == Some(0) => "is kept by every list, the empty one too".to_owned(),
        ConstraintKind::MinProperties if limit(value) == Some(0) => {
            "is kept by every map, the empty one too".to_owned()
        }
        ConstraintKind::UniqueItems if *value == Literal::Bool(false) => "demands nothing".to_owned(),
        ConstraintKind::Regex if value.text().is_some_and(|text| EVERYTHING.contains(&text)) => {
            "matches every text".to_owned()
        }
        ConstraintKind::MultipleOf if field.data_type == DataType::Integer && value.number() == Some(1.0) => {
            "is kept by every whole number".to_owned()
        }
        ConstraintKind::Enum if field.data_type == DataType::Boolean => match value {
            Literal::List(values) if [true, false].iter().all(|one| values.contains(&Literal::Bool(*one))) => {
                "lists both booleans that there are".to_owned()
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// The kind that stands for all that one of a kind may be stronger than.
fn rival(kind: ConstraintKind) -> ConstraintKind {
    match kind {
        ConstraintKind::ExclusiveMin => ConstraintKind::Min,
        ConstraintKind::ExclusiveMax => ConstraintKind::Max,
        kind => kind,
    }
}

/// Constraints of which the strongest one is enough; others are known by what they say.
#[derive(PartialEq, Eq, Hash)]
enum Family {
    Lower,
    Upper,
    Count(ConstraintKind),
    Same(ConstraintKind, String),
}

impl Family {
    fn of(constraint: &Constraint, data_type: DataType) -> Self {
        use ConstraintKind as K;
        match constraint.kind {
            K::Min | K::ExclusiveMin => Self::Lower,
            K::Max | K::ExclusiveMax => Self::Upper,
            kind @ (K::MinLength | K::MaxLength | K::MinItems | K::MaxItems | K::MinProperties | K::MaxProperties) => {
                Self::Count(kind)
            }
            kind => Self::Same(kind, data_type.identity(&constraint.value)),
        }
    }
}

/// Whether a constraint says more than another of its family; `None` where that can't be told.
fn strength(one: &Constraint, other: &Constraint, data_type: DataType) -> Option<Ordering> {
    use ConstraintKind as K;
    let exclusive = |constraint: &Constraint| matches!(constraint.kind, K::ExclusiveMin | K::ExclusiveMax);
    let counts = || Some(limit(&one.value)?.cmp(&limit(&other.value)?));
    let tie = || exclusive(one).cmp(&exclusive(other));
    match one.kind {
        K::Min | K::ExclusiveMin => Some(data_type.order(&one.value, &other.value)?.then_with(tie)),
        K::Max | K::ExclusiveMax => Some(data_type.order(&other.value, &one.value)?.then_with(tie)),
        K::MinLength | K::MinItems | K::MinProperties => counts(),
        K::MaxLength | K::MaxItems | K::MaxProperties => counts().map(Ordering::reverse),
        _ => Some(Ordering::Equal),
    }
}
