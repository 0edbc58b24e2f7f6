use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::siblings::{self, Siblings};
use crate::lint::{Check, Context, Rule};
use crate::model::Contract;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "mixed-name-styles",
        group: Group::Structure,
        severity: Severity::Info,
        by_default: false,
        summary: "The fields of one dataset are named in several styles.",
        page: include_str!("mixed_name_styles.md"),
    },
    checks: &[Check::Contract(check)],
};

/// The styles, by their names.
const STYLES: [&str; 5] = ["snake_case", "camelCase", "PascalCase", "UPPER_CASE", "kebab-case"];

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    siblings::each(contract, &mut |siblings| mixed(siblings, findings));
}

fn mixed(siblings: &Siblings<'_>, findings: &mut Vec<Finding>) {
    let mut counts = [0_usize; STYLES.len()];
    for style in siblings.fields.iter().filter_map(|field| style(&field.name)) {
        if let Some(count) = counts.get_mut(style) {
            *count += 1;
        }
    }
    // Of styles as frequent as each other the first one counts.
    let most = counts.iter().copied().max().unwrap_or_default();
    let Some(usual) = counts.iter().position(|count| *count == most) else { return };
    let name_of = |style: usize| STYLES.get(style).copied().unwrap_or_default();
    for field in siblings.fields {
        if let Some(own) = style(&field.name).filter(|own| *own != usual) {
            let (own, usual, owner) = (name_of(own), name_of(usual), siblings.owner());
            let message = format!("{} is written in {own}, and most fields of {owner} in {usual}", quoted(&field.name));
            let help = "give new fields one style; a rename breaks readers, so do it with the next major version";
            findings.push(Finding::new(&RULE.meta, siblings.label_of(field, "name"), message).help(help));
        }
    }
}

/// The style of a name, by its place in the list; `None` where it has one word in small letters, which fits several.
fn style(name: &str) -> Option<usize> {
    let has = |test: fn(char) -> bool| name.chars().any(test);
    let (upper, lower) = (has(char::is_uppercase), has(char::is_lowercase));
    let is_capital = name.starts_with(char::is_uppercase);
    match (name.contains('_'), name.contains('-'), upper, lower) {
        (_, true, ..) => Some(4),
        (true, _, false, _) => Some(0),
        (_, _, true, false) if name.len() > 1 => Some(3),
        (false, _, true, true) => Some(if is_capital { 2 } else { 1 }),
        _ => None,
    }
}
