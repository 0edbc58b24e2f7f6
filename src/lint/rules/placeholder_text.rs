use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::texts::walk;
use crate::lint::{Check, Rule};
use crate::model::Status;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "placeholder-text",
        group: Group::Documentation,
        severity: Severity::Warning,
        by_default: true,
        summary: "A text still waits to be written.",
        page: include_str!("placeholder_text.md"),
    },
    checks: &[Check::Text(check)],
};

/// Keys of texts that people write for people.
const PROSE: &[&str] = &[
    "description",
    "title",
    "businessName",
    "purpose",
    "usage",
    "limitations",
    "use_case",
    "team",
    "owner",
    "measurement_method",
    "dataGranularityDescription",
    "transformDescription",
    "label",
];

/// Mappings whose keys are others' business.
const FOREIGN: &[&str] = &["metadata", "settings", "options"];

/// Words that stand for a text that is not there, without the points around them.
const PLACEHOLDERS: &[&str] = &[
    "todo",
    "to do",
    "tbd",
    "tba",
    "tbc",
    "fixme",
    "xxx",
    "to be defined",
    "to be determined",
    "to be done",
    "change me",
    "changeme",
    "fill me in",
    "fill in",
    "placeholder",
    "description",
    "description here",
    "add description",
    "no description",
    "lorem ipsum",
    "foo",
    "",
];

/// Marks that people leave in front of what is to be done, and whether that may follow at once: `TBD deliveries have no date yet`
/// is a sentence.
const MARKS: &[(&str, bool)] = &[("TODO", true), ("FIXME", true), ("TBD", false), ("XXX", false)];

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    // A draft is there to be filled in.
    if at.contract.is_some_and(|contract| contract.status == Status::Draft) {
        return;
    }
    let mut parent_is_team = false;
    walk(at.tree, |key, node| {
        if FOREIGN.contains(&key) || key.starts_with("custom") {
            return false;
        }
        if let Some(text) = node.text() {
            let is_prose = PROSE.contains(&key) || key == "name" && parent_is_team;
            if is_prose && is_placeholder(text) {
                let message = format!("{} waits for a text: it says {}", quoted(key), quoted(text.trim()));
                let help = "write what people have to know, or remove the key";
                findings.push(Finding::new(&RULE.meta, at.label(node.span), message).help(help));
            }
        } else {
            parent_is_team = key == "team";
        }
        true
    });
}

fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let word = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    let begins = |with: &str| word.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    let is_mark = |(mark, at_once): &(&str, bool)| {
        let is_word = |next: char| next.is_alphanumeric() || matches!(next, '_' | '-' | '/');
        text.strip_prefix(mark).is_some_and(|rest| {
            if *at_once {
                !rest.starts_with(is_word)
            } else {
                rest.trim_start().starts_with([':', '(', '.', ',', ';', '!', '?'])
            }
        })
    };
    // An empty text is no text at all, which other rules tell.
    !text.is_empty()
        && (PLACEHOLDERS.iter().any(|placeholder| word.eq_ignore_ascii_case(placeholder))
            || MARKS.iter().any(is_mark)
            || begins("lorem ipsum")
            || is_in_angles(text))
}

/// `<what a row stands for>`: one pair around the whole.
fn is_in_angles(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(['<', '>', '/', '@']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_wait_are_told_from_words_that_say_something() {
        for text in [
            "TODO",
            "todo.",
            "TBD",
            "tbd",
            "TODO: ask Ada",
            "TBD: ask Ada",
            "TBD (Ada)",
            "xxx",
            "...",
            "?",
            "-",
            "<description>",
            "Lorem ipsum dolor sit",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "Todo lists of users.",
            "TODOs per team",
            "TBD deliveries have no date yet.",
            "XXX large",
            "XXXL or smaller",
            "<https://example.com>",
            "<a> and <b>",
            "Food",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
