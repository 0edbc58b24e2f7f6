use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "hidden-character",
        group: Group::Hygiene,
        severity: Severity::Warning,
        by_default: true,
        summary: "The text has characters that nobody sees.",
        page: include_str!("hidden_character.md"),
    },
    checks: &[Check::Text(check)],
};

/// After so many of them nobody needs to be told again.
const MOST: usize = 20;

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    if at.file.text().is_ascii() {
        return;
    }
    let hidden = at.file.text().char_indices().filter(|(place, letter)| is_hidden(*letter) && *place > 0);
    for (place, letter) in hidden.take(MOST) {
        let span = Span::new(place, place + letter.len_utf8());
        let message = format!("here is a character that nobody sees, U+{:04X}", u32::from(letter));
        let fix = Fix::guess("remove it", vec![Edit::Bytes(span, String::new())]);
        let help = "remove it, or write it as an escape in double quotes where it is meant";
        findings.push(Finding::new(&RULE.meta, at.label(span), message).help(help).fix(fix));
    }
}

/// Whether nothing is to be seen of a character. Joiners and variation selectors are left out, since scripts and emoji need
/// them, and so are those that turn the direction of text, which have a rule of their own.
fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0001}')
}

#[cfg(test)]
mod tests {
    use super::is_hidden;

    #[test]
    fn what_scripts_and_emoji_need_is_not_hidden() {
        assert!("\u{200b}\u{2060}\u{feff}\u{9b}".chars().all(is_hidden));
        assert!(!"äß€東京👩\u{200d}🚀️\u{200c}\u{a0}\u{85}".chars().any(is_hidden));
    }
}
