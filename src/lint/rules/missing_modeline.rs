use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::{Check, Rule};
use crate::model::{Contract, ContractKind};
use crate::source::Span;
use crate::source::shape::SCHEMA_URL;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "missing-modeline",
        group: Group::Hygiene,
        severity: Severity::Info,
        by_default: false,
        summary: "The file does not tell editors where its schema is.",
        page: include_str!("missing_modeline.md"),
    },
    checks: &[Check::Text(check)],
};

const MARK: &str = "yaml-language-server:";

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    // Editors find the schema of other formats by the names of their files, and that of other documents has another address.
    let is_native = |contract: &Contract| contract.format_version.is_none() && contract.kind == ContractKind::Contract;
    let is_native = at.contract.is_some_and(is_native);
    let is_json = at.file.text().trim_start().starts_with('{');
    if !is_native || is_json || at.comments().iter().any(|span| at.file.slice(*span).contains(MARK)) {
        return;
    }
    let start = if at.file.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let newline = if at.file.text().contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("# {MARK} $schema={SCHEMA_URL}");
    let fix = Fix::safe("add the line", vec![Edit::Bytes(Span::new(start, start), format!("{line}{newline}"))]);
    let place = at.tree.entries().first().map_or(at.tree.span, |entry| entry.key_span);
    let message = "no line tells editors where the schema is";
    let help = format!("begin the file with `{line}`, or with the way to a copy that `pact schema` wrote");
    findings.push(Finding::new(&RULE.meta, at.label(place), message).help(help).fix(fix));
}
