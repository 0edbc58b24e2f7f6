use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::texts::between;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "yaml-anchor",
        group: Group::Hygiene,
        severity: Severity::Info,
        by_default: false,
        summary: "The text uses anchors, aliases or merge keys.",
        page: include_str!("yaml_anchor.md"),
    },
    checks: &[Check::Text(check)],
};

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    let starts = |span: Span| {
        let gap = at.file.slice(span);
        let before = gap.find(['&', '*']).map(|place| span.range().start + place);
        before.into_iter()
    };
    let mut found = between(at).into_iter().flat_map(starts);
    let Some(first) = found.next() else { return };
    let rest = at.file.text().get(first..).unwrap_or_default();
    let end =
        rest.find(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ']' | '}')).unwrap_or(rest.len());
    let message = "the text shares parts by anchors and aliases";
    let help = "write the parts out: who reads one of them has to look for the other, and not every tool follows";
    findings.push(Finding::new(&RULE.meta, at.label(Span::new(first, first + end)), message).help(help));
}
