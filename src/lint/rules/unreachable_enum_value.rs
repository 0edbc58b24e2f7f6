use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::values::{described, is_variable, no_room, refusal};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::values::fits;
use crate::model::{Constraint, ConstraintKind, Literal};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unreachable-enum-value",
        group: Group::Constraints,
        severity: Severity::Warning,
        by_default: true,
        summary: "A listed value is excluded by another constraint of the field.",
        page: include_str!("unreachable_enum_value.md"),
    },
    checks: &[Check::Field(check)],
};

/// How many other constraints a value is held against; no honest field has more.
const MOST: usize = 30;

fn check(at: &FieldAt<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    let list =
        field.constraints.iter().enumerate().find(|(_, one)| one.kind == ConstraintKind::Enum && one.when.is_none());
    let Some((index, Literal::List(values))) = list.map(|(index, one)| (index, &one.value)) else { return };
    let others: Vec<(usize, &Constraint)> = field
        .constraints
        .iter()
        .enumerate()
        // The one value of a `const` is held against everything by another rule.
        .filter(|(_, one)| {
            !matches!(one.kind, ConstraintKind::Enum | ConstraintKind::Const) && !is_variable(&one.value)
        })
        .take(MOST)
        .collect();
    if others.is_empty() && field.physical().is_none() && field.precision.is_none() {
        return;
    }
    let mut excluded = values.iter().enumerate().filter(|(_, value)| fits(value, field) && !is_null(value)).filter_map(
        |(position, value)| {
            let refused = others.iter().find_map(|(other, constraint)| {
                Some((refusal(value, constraint, field, at.contract.source, context)?, Some(*other)))
            });
            let (why, other) = refused.or_else(|| Some((no_room(field, value)?, None)))?;
            Some((position, value, why, other))
        },
    );
    let Some((position, value, why, other)) = excluded.next() else { return };
    let more = match excluded.count() {
        0 => String::new(),
        1 => ", and one more".to_owned(),
        more => format!(", and {more} more"),
    };
    let message = format!("{} lists {}{more}, and {why}", at.called(), described(value));
    let path = at.path.key("constraints").index(index).key("value").index(position);
    let finding = Finding::new(&RULE.meta, Label::at(at.contract.source, path), message)
        .help("no row can have it: remove it from the list, or loosen what excludes it");
    findings.push(match other {
        Some(other) => finding.related(at.label_of_constraint(other).note("excludes it")),
        None => finding,
    });
}

fn is_null(value: &Literal) -> bool {
    matches!(value, Literal::Null)
}
