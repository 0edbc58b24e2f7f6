use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::texts::scalars;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "missing-final-newline",
        group: Group::Hygiene,
        severity: Severity::Info,
        by_default: false,
        summary: "The last line of the file does not end.",
        page: include_str!("missing_final_newline.md"),
    },
    checks: &[Check::Text(check)],
};

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    let text = at.file.text();
    if text.is_empty() || text.ends_with('\n') {
        return;
    }
    let end = Span::new(text.len(), text.len());
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let edits = vec![Edit::Bytes(end, newline.to_owned())];
    let title = "end the last line";
    // The end of a block of text is a part of the text.
    let is_in_block = scalars(at.tree).last().is_some_and(|last| at.file.slice(*last).starts_with(['|', '>']));
    let fix = if is_in_block { Fix::guess(title, edits) } else { Fix::safe(title, edits) };
    let message = "the last line has no line end";
    let help = "end the file with a line end: tools that add a line put it behind the last one otherwise";
    findings.push(Finding::new(&RULE.meta, at.label(end), message).help(help).fix(fix));
}
