use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "byte-order-mark",
        group: Group::Hygiene,
        severity: Severity::Warning,
        by_default: true,
        summary: "The file begins with a byte-order mark.",
        page: include_str!("byte_order_mark.md"),
    },
    checks: &[Check::Text(check)],
};

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    if !at.file.text().starts_with('\u{feff}') {
        return;
    }
    let span = Span::new(0, '\u{feff}'.len_utf8());
    let fix = Fix::safe("remove the byte-order mark", vec![Edit::Bytes(span, String::new())]);
    let message = "the file begins with a byte-order mark (U+FEFF)";
    let help = "save it as UTF-8 without a byte-order mark";
    findings.push(Finding::new(&RULE.meta, at.label(span), message).help(help).fix(fix));
}
