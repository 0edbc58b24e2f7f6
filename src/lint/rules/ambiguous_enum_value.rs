use std::collections::HashMap;

use crate::finding::{Edit, Finding, Fix, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{ConstraintKind, Literal};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "ambiguous-enum-value",
        group: Group::Constraints,
        severity: Severity::Warning,
        by_default: true,
        summary: "An allowed value differs from another one only by letter case or blanks, or has a blank at its end.",
        page: include_str!("ambiguous_enum_value.md"),
    },
    checks: &[Check::Field(check)],
};

/// Shorter values may be symbols: `mW` is no `MW`.
const SHORTEST: usize = 3;

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let (ConstraintKind::Enum, Literal::List(values)) = (constraint.kind, &constraint.value) else { continue };
        let label = |position| {
            let path = at.path.key("constraints").index(index).key("value").index(position);
            Label::at(at.contract.source, path)
        };
        let mut first: HashMap<String, (usize, &str)> = HashMap::with_capacity(values.len());
        for (position, value) in values.iter().enumerate() {
            let Some(text) = value.text() else { continue };
            let plain = text.trim();
            if plain != text {
                findings.push(blank(at, text, label(position)));
            }
            if plain.chars().count() < SHORTEST {
                continue;
            }
            let (earlier, other) = *first.entry(plain.to_lowercase()).or_insert((position, text));
            // What differs by a blank at its end has been told.
            if other.trim() != plain {
                let message = format!(
                    "the allowed values {} and {} of {} differ only by letter case",
                    quoted(other),
                    quoted(text),
                    at.called()
                );
                findings.push(
                    Finding::new(&RULE.meta, label(position), message)
                        .related(label(earlier).note("the other one"))
                        .help("keep one of them: readers who group by the value count it twice"),
                );
            }
        }
    }
}

fn blank(at: &FieldAt<'_>, text: &str, label: Label) -> Finding {
    let plain = text.trim();
    let message = format!("the allowed value {} of {} has a blank at its beginning or end", quoted(plain), at.called());
    let new = Edit::Value(label.place.clone(), Literal::Text(plain.to_owned()));
    let finding =
        Finding::new(&RULE.meta, label, message).help("write it without, unless rows really have it: nobody sees it");
    if plain.is_empty() { finding } else { finding.fix(Fix::guess("remove the blank", vec![new])) }
}
