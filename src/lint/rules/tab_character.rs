use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "tab-character",
        group: Group::Hygiene,
        severity: Severity::Info,
        by_default: false,
        summary: "The text has a tab in it.",
        page: include_str!("tab_character.md"),
    },
    checks: &[Check::Text(check)],
};

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    let mut tabs = at.file.text().match_indices('\t').map(|(place, _)| place);
    let Some(first) = tabs.next() else { return };
    let message = match tabs.count() {
        0 => "the text has a tab".to_owned(),
        others => format!("the text has {} tabs, the first one here", others + 1),
    };
    let help = "write blanks, or `\\t` within double quotes where a value needs a tab";
    findings.push(Finding::new(&RULE.meta, at.label(Span::new(first, first + 1)), message).help(help));
}
