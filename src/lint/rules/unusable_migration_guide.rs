use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unusable-migration-guide",
        group: Group::Documentation,
        severity: Severity::Warning,
        by_default: true,
        summary: "A migration guide is neither an address nor a file.",
        page: include_str!("unusable_migration_guide.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(guide) = contract.obligations.migration_guide.as_deref() else { return };
    if leads_somewhere(guide.trim()) {
        return;
    }
    let message = format!("the migration guide {} is neither an address nor a file", quoted(guide));
    let label = Label::at(contract.source, Path::of("obligations").key("migration_guide"));
    let help = "write where it stands: `https://wiki.example.com/orders-2`, or a path such as `docs/orders-2.md`";
    findings.push(Finding::new(&RULE.meta, label, message).help(help));
}

/// Whether a text looks like an address, a path, or a variable that stands for one.
fn leads_somewhere(guide: &str) -> bool {
    let is_one_word = !guide.contains(char::is_whitespace);
    let has_address = guide.split_whitespace().any(|word| word.contains("://"));
    has_address || is_one_word && guide.contains(['/', '.', '#', '$'])
}
