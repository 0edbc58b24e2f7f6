use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "bidirectional-character",
        group: Group::Hygiene,
        severity: Severity::Error,
        by_default: true,
        summary: "The text has a character that turns the direction of what follows.",
        page: include_str!("bidirectional_character.md"),
    },
    checks: &[Check::Text(check)],
};

/// After so many of them nobody needs to be told again.
const MOST: usize = 20;

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    if at.file.text().is_ascii() {
        return;
    }
    for (place, letter) in at.file.text().char_indices().filter(|(_, letter)| turns(*letter)).take(MOST) {
        let span = Span::new(place, place + letter.len_utf8());
        let message = format!("the character U+{:04X} turns the direction of what follows", u32::from(letter));
        let fix = Fix::guess("remove it", vec![Edit::Bytes(span, String::new())]);
        let help = "remove it, or write it as an escape in double quotes: with it the text is not what a reviewer sees";
        findings.push(Finding::new(&RULE.meta, at.label(span), message).help(help).fix(fix));
    }
}

/// Whether a character embeds, overrides or isolates a direction. The marks that scripts from right to left need
/// (U+200E, U+200F and U+061C) turn nothing but themselves.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
