use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::{Check, Rule};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "file-name-differs",
        group: Group::Hygiene,
        severity: Severity::Info,
        by_default: false,
        summary: "A file is not called as the contract in it.",
        page: include_str!("file_name_differs.md"),
    },
    checks: &[Check::Text(check)],
};

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    let Some(entry) = at.tree.entry("name") else { return };
    let Some(name) = entry.value.text() else { return };
    let path = at.file.path();
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let file = part(path.file_name());
    let folder = part(path.parent().and_then(std::path::Path::file_name));
    let stem = [".odcs.yaml", ".odcs.yml", ".odcs.json", ".yaml", ".yml", ".json"]
        .iter()
        .find_map(|ending| file.strip_suffix(ending))
        .unwrap_or(&file);
    let last = name.rsplit('.').next().unwrap_or(name);
    let fits = [stem, folder.as_str()].iter().any(|given| is_same(given, name) || is_same(given, last));
    if !fits {
        let message = format!("the file {} has the contract {} in it", quoted(&file), quoted(name));
        let help = format!("rename the file to {}", quoted(&format!("{name}.yaml")));
        findings.push(Finding::new(&RULE.meta, at.label(entry.value.span), message).help(help));
    }
}

/// Whether two names are the same but for letter case and what stands between their words.
fn is_same(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        let words = text.chars().filter(|letter| !matches!(letter, '.' | '-' | '_' | ' '));
        words.flat_map(char::to_lowercase).take(300).collect()
    };
    letters(one) == letters(other)
}
