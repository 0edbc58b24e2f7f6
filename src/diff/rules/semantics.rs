//! What values mean: a first word on it clarifies, another one makes old readings wrong, and one taken back leaves readers to
//! guess.

use std::cmp::Ordering;

use super::{At, Changes, code, sql, text};
use crate::finding::change::{ChangeMeta, Sureness};
use crate::model::{Exactness, Field, Semantics};

pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    if base.semantics == head.semantics {
        return;
    }
    let silent = Semantics::default();
    let (base, head) = (base.semantics.as_deref().unwrap_or(&silent), head.semantics.as_deref().unwrap_or(&silent));
    let mut at = Stated { changes, at: at.key("semantics"), element: at };
    let role = |semantics: &Semantics| semantics.role.map(|role| role.name().to_owned());
    at.word("role", &code::SEMANTIC_TYPE_CHANGED, role(base).as_ref(), role(head).as_ref(), exact);
    at.word("term", &code::SEMANTIC_TYPE_CHANGED, base.term.as_ref(), head.term.as_ref(), plain);
    let definition = &code::AUTHORITATIVE_DEFINITION_CHANGED;
    at.word("definition", definition, base.definition.as_ref(), head.definition.as_ref(), trimmed);
    let derived = &code::DERIVED_EXPRESSION_CHANGED;
    at.word("derivation", derived, base.derivation.as_ref(), head.derivation.as_ref(), sql::normal);
    let aggregation = |semantics: &Semantics| semantics.aggregation.map(|rule| rule.name().to_owned());
    let aggregated = (aggregation(base), aggregation(head));
    at.word("aggregation", &code::AGGREGATION_RULE_CHANGED, aggregated.0.as_ref(), aggregated.1.as_ref(), exact);
    let rounding = |semantics: &Semantics| semantics.rounding.map(|rule| rule.name().to_owned());
    at.word("rounding", &code::ROUNDING_CHANGED, rounding(base).as_ref(), rounding(head).as_ref(), exact);
    at.word("sign", &code::SIGN_CONVENTION_CHANGED, base.sign.as_ref(), head.sign.as_ref(), plain);
    let moment = |semantics: &Semantics| semantics.time.map(|time| time.name().to_owned());
    at.word("time", &code::TIME_SEMANTICS_CHANGED, moment(base).as_ref(), moment(head).as_ref(), exact);
    at.word("timezone", &code::TIMEZONE_CONVENTION_CHANGED, base.timezone.as_ref(), head.timezone.as_ref(), zone);
    at.word("calendar", &code::CALENDAR_CHANGED, base.calendar.as_ref(), head.calendar.as_ref(), plain);
    at.word("language", &code::LANGUAGE_CHANGED, base.language.as_ref(), head.language.as_ref(), language);
    at.word("collation", &code::COLLATION_CHANGED, base.collation.as_ref(), head.collation.as_ref(), trimmed);
    at.code_system(base, head);
    at.exactness(base.exactness.unwrap_or_default(), head.exactness.unwrap_or_default());
}

/// What is stated of a field, by keys.
struct Stated<'a> {
    changes: &'a mut Changes,
    at: At,
    element: &'a At,
}

impl Stated<'_> {
    /// Compares a word by what `plain` makes of it.
    fn word(
        &mut self,
        key: &'static str,
        changed: &'static ChangeMeta,
        base: Option<&String>,
        head: Option<&String>,
        plain: impl Fn(&str) -> String,
    ) {
        if base.map(|base| plain(base)) == head.map(|head| plain(head)) {
            return;
        }
        let meta = if base.is_none() { &code::SEMANTICS_TEXT_CHANGED } else { changed };
        self.note(key, meta, base, head);
    }

    fn note(&mut self, key: &'static str, meta: &'static ChangeMeta, base: Option<&String>, head: Option<&String>) {
        // The word alone may be told from no other: `none` is a rule of aggregation, `local` a zone.
        let shown = |word: &String| text(&format!("{key}: {word}"));
        let change = self.changes.push(meta, self.element, base.map(shown), head.map(shown));
        change.base.place = self.at.base.key(key);
        change.head.place = self.at.head.key(key);
        // Whether what is no longer stated still holds, nobody says.
        if base.is_some() && head.is_none() && change.sure == Sureness::Certain {
            change.sure = Sureness::Possible;
        }
    }

    /// A newer release of the same list has new and retired codes; an older one, or another list, is another one.
    fn code_system(&mut self, base: &Semantics, head: &Semantics) {
        let (before, after) = (base.code_system.as_ref(), head.code_system.as_ref());
        if before.map(|name| plain(name)) != after.map(|name| plain(name)) {
            return self.word("code_system", &code::CODE_SYSTEM_CHANGED, before, after, plain);
        }
        let (before, after) = (base.code_system_version.as_ref(), head.code_system_version.as_ref());
        let raised = match (before, after) {
            (Some(before), Some(after)) => order_of_releases(before, after) == Ordering::Less,
            _ => false,
        };
        let meta = if raised { &code::CODE_SYSTEM_VERSION_RAISED } else { &code::CODE_SYSTEM_CHANGED };
        let release = |text: &str| plain(text).trim_start_matches('v').to_owned();
        self.word("code_system_version", meta, before, after, release);
    }

    fn exactness(&mut self, base: Exactness, head: Exactness) {
        let meta = match (base, head) {
            _ if base == head => return,
            // More truth than was promised breaks nobody.
            (_, Exactness::Exact) => &code::SEMANTICS_TEXT_CHANGED,
            _ => &code::PRECISION_SEMANTICS_CHANGED,
        };
        let (before, after) = (base.name().to_owned(), head.name().to_owned());
        self.note("exactness", meta, Some(&before), Some(&after));
    }
}

fn exact(word: &str) -> String {
    word.to_owned()
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// Words in any letter case, with any white space between them.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Zones that are UTC under another name are UTC.
fn zone(name: &str) -> String {
    match plain(name).as_str() {
        "utc" | "z" | "zulu" | "gmt" | "etc/utc" | "etc/gmt" | "etc/zulu" | "etc/uct" | "uct" | "universal"
        | "etc/universal" | "+00:00" | "-00:00" => "utc".to_owned(),
        name => name.to_owned(),
    }
}

fn language(tag: &str) -> String {
    plain(tag).replace('_', "-")
}

/// Releases by their numbers: 2.10 comes after 2.9, and 2024-03 after 2023-12.
fn order_of_releases(one: &str, other: &str) -> Ordering {
    let parts = |release: &str| -> Vec<(Option<u64>, String)> {
        let release = plain(release);
        let parts = release.trim_start_matches('v').split(['.', '-', '_', '/', ' ']).map(str::to_owned);
        parts.map(|part| (part.parse().ok(), part)).collect()
    };
    let (one, other) = (parts(one), parts(other));
    let order = one.iter().zip(&other).map(|(one, other)| match (one.0, other.0) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.1.cmp(&other.1),
    });
    order.into_iter().find(|order| order.is_ne()).unwrap_or_else(|| one.len().cmp(&other.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_ordered_by_their_numbers() {
        for (older, newer) in
            [("2.9", "2.10"), ("2023-12", "2024-03"), ("v2", "2.1"), ("rev 2", "rev 2.1"), ("1", "1.0.1")]
        {
            assert_eq!(order_of_releases(older, newer), Ordering::Less, "{older} {newer}");
            assert_eq!(order_of_releases(newer, older), Ordering::Greater, "{older} {newer}");
        }
        assert_eq!(order_of_releases("v2.1", "2.01"), Ordering::Equal);
    }

    #[test]
    fn zones_and_tags_have_several_spellings() {
        assert_eq!(zone("Etc/UTC"), zone("Z"));
        assert_eq!(zone("europe/amsterdam"), zone("Europe/Amsterdam"));
        assert_ne!(zone("local"), zone("UTC"));
        assert_eq!(language("nl_NL"), language("nl-nl"));
    }
}
