use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::across::Graph;
use crate::lint::{Across, Check, Outline, Rule};
use crate::model::Path;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "cyclic-lineage",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "A contract is made of itself, directly or through others.",
        page: include_str!("cyclic_lineage.md"),
    },
    checks: &[Check::Across(check)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(way) = others.cycle(Graph::Lineage, &outline.name) else { return };
    let name = quoted(&outline.name);
    let message = match way.as_slice() {
        [_] => format!("{name} is made of itself"),
        way => {
            let through: Vec<String> = way.iter().skip(1).map(|name| quoted(name)).collect();
            format!("{name} is made of itself, through {}", through.join(", "))
        }
    };
    findings.push(
        Finding::new(&RULE.meta, Label::at(outline.source, Path::of("lineage")), message)
            .help("remove the entry that is the wrong way round: data can't be made of what is made of it"),
    );
}
