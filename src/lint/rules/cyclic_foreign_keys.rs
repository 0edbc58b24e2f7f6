use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::across::Graph;
use crate::lint::{Across, Check, Outline, Reference, Rule};
use crate::model::Path;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "cyclic-foreign-keys",
        group: Group::Keys,
        severity: Severity::Info,
        by_default: false,
        summary: "Contracts refer to each other in a circle.",
        page: include_str!("cyclic_foreign_keys.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(way) = others.cycle(Graph::ForeignKeys, &outline.name) else { return };
    let [_, next, ..] = way.as_slice() else { return };
    // The reference that begins the circle.
    let leads = |to: &str| others.split(to).is_some_and(|(contract, _)| contract.name == *next);
    let first = outline.references.iter().find(|reference| leads(&reference.to));
    let path = first.map_or_else(|| Path::of("name"), Reference::path);
    let through: Vec<String> = way.iter().skip(1).map(|name| quoted(name)).collect();
    let message = format!("{} refers to itself, through {}", quoted(&outline.name), through.join(", "));
    findings.push(
        Finding::new(&RULE.meta, Label::at(outline.source, path), message)
            .help("load one of them without its reference first, or let only one of the two refer to the other"),
    );
}
