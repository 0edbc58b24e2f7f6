//! Names and texts as Mermaid's entity relationship grammar can read them, in every version from 10.9.5 on.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

use crate::report::sanitize::is_unsafe;

/// The id of an entity. The prefix keeps it apart from the words of the language, such as `one`, `style` and `end`.
pub(super) fn slug(name: &str) -> String {
    let letters = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' });
    std::iter::once("e_".to_owned()).chain(letters.map(String::from)).collect()
}

/// Mermaid takes this for a statement, also inside quotes (versions 11.12 and later).
static DIRECTION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)direction\s+(?:tb|bt|lr|rl)").ok());

/// A text for between two `"`: letters and harmless marks as they are, everything else as `#NN;`, which Mermaid shows as
/// the character with that number.
pub(super) fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if is_unsafe(letter) { ' ' } else { letter }).collect();
    // Mermaid's own marks for characters written by their number.
    let plain = plain.replace("ﬂ°", " ").replace("¶ß", " ");
    let plain = plain.trim();
    if plain.is_empty() {
        return "-".to_owned();
    }
    let directions: Vec<usize> =
        DIRECTION.iter().flat_map(|pattern| pattern.find_iter(plain)).map(|found| found.start()).collect();
    let mut safe = String::with_capacity(plain.len());
    let mut before = None;
    let mut letters = plain.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        let is_word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
        let keep = match letter {
            ' ' | ',' | '.' | '(' | ')' | '/' | '\'' | '+' | '=' | '?' | '!' | '@' | '-' => true,
            '_' => is_word(before) && is_word(after),
            letter => !letter.is_ascii() || letter.is_ascii_alphanumeric() && directions.binary_search(&at).is_err(),
        };
        if keep {
            safe.push(letter);
        } else {
            let _ = write!(safe, "#{};", u32::from(letter));
        }
        before = Some(letter);
    }
    safe
}

/// The most characters of a type.
const TYPE: usize = 40;

/// The type of an attribute: `decimal(10,2)` becomes `decimal(10_2)`, `array<string>` becomes `array[string]`.
pub(super) fn attribute_type(text: &str) -> String {
    let allowed = |letter: char| match letter {
        '<' => '[',
        '>' => ']',
        letter if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '(' | ')' | '[' | ']' | '-') => letter,
        _ => '_',
    };
    let name: String = text.nfkc().map(allowed).skip_while(|letter| !letter.is_ascii_alphabetic()).take(TYPE).collect();
    let name = name.trim_end_matches('_');
    if name.is_empty() || is_key_word(name) { format!("t_{name}") } else { name.to_owned() }
}

/// The name of an attribute.
pub(super) fn attribute_name(text: &str) -> String {
    let allowed = |letter: char| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' };
    let mut name: String = text.chars().map(allowed).collect();
    if !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') || is_key_word(&name) {
        name.insert(0, '_');
    }
    // Some versions take the underscores around a word for emphasis, and drop them.
    if name.starts_with('_') && name.ends_with('_') {
        name.insert(0, 'x');
    }
    name
}

/// Whether the grammar takes the beginning for `PK`, `FK` or `UK`.
fn is_key_word(name: &str) -> bool {
    let (Some(word), rest) = (name.get(..2), name.get(2..).unwrap_or_default()) else { return false };
    ["pk", "fk", "uk"].iter().any(|key| word.eq_ignore_ascii_case(key))
        && !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_say_the_same_and_end_nothing() {
        let cases = [
            ("placed by", "placed by"),
            ("a \"b\" # % \\", "a #34;b#34; #35; #37; #92;"),
            ("<b>&amp;</b>", "#60;b#62;#38;amp#59;#60;/b#62;"),
            ("snake_case", "snake_case"),
            ("_it_ __is__", "#95;it#95; #95;#95;is#95;#95;"),
            ("**bold** `code` $$x$$", "#42;#42;bold#42;#42; #96;code#96; #36;#36;x#36;#36;"),
            ("a~b~c", "a#126;b#126;c"),
            ("fa:fa-user", "fa#58;fa-user"),
            ("one\r\ntwo\u{2028}three\u{1b}[0m", "one  two three #91;0m"),
            ("direction LR flow, Direction\u{a0}tb", "#100;irection LR flow, #68;irection\u{a0}tb"),
            ("ﬂ°°35¶ß", "°35"),
            ("Größe, 东京", "Größe, 东京"),
            (" \t\n", "-"),
            ("", "-"),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected, "{text:?}");
        }
    }

    #[test]
    fn types_are_words_of_the_grammar() {
        let cases = [
            ("decimal(10,2)", "decimal(10_2)"),
            ("array<string>", "array[string]"),
            ("timestamp with time zone", "timestamp_with_time_zone"),
            ("pk", "t_pk"),
            ("PK(1)", "t_PK(1)"),
            ("pkg", "pkg"),
            ("array~string~", "array_string"),
            ("2d", "d"),
            ("ｔｅｘｔ", "text"),
            ("\u{202e}", "t_"),
        ];
        for (text, expected) in cases {
            assert_eq!(attribute_type(text), expected, "{text:?}");
        }
        assert_eq!(attribute_type(&"x".repeat(500)).len(), TYPE);
    }

    #[test]
    fn names_are_words_of_the_grammar() {
        let cases = [
            ("order_id", "order_id"),
            ("parcel.weight", "parcel_weight"),
            ("pk", "_pk"),
            ("UK-x", "_UK-x"),
            ("fkey", "fkey"),
            ("1st", "_1st"),
            ("-x", "_-x"),
            ("_x_", "x_x_"),
            ("größe", "gr__e"),
            ("", "x_"),
            ("lines[]", "lines__"),
        ];
        for (text, expected) in cases {
            assert_eq!(attribute_name(text), expected, "{text:?}");
        }
    }

    #[test]
    fn ids_are_no_words_of_the_language() {
        let id = Regex::new("^e_[A-Za-z0-9_]*$").unwrap();
        for name in ["one", "style", "end", "1orders", "a\"]b", "sales.orders", ""] {
            assert!(id.is_match(&slug(name)), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_quotes(text in any::<String>()) {
            let safe = quoted(&text);
            let marks = safe.replace(|letter: char| !letter.is_ascii(), "");
            prop_assert!(Regex::new(r"^(?:[A-Za-z0-9 ,.()/'+=?!@_-]|#[0-9]+;)*$").unwrap().is_match(&marks), "{safe:?}");
            prop_assert!(!safe.is_empty() && !safe.chars().any(is_unsafe));
            prop_assert!(!DIRECTION.as_ref().unwrap().is_match(&safe));
        }

        #[test]
        fn what_is_escaped_can_be_read_back(text in "[ -~]{0,40}") {
            let entity = Regex::new("#([0-9]+);").unwrap();
            let safe = quoted(&text);
            let back = entity.replace_all(&safe, |found: &regex::Captures<'_>| {
                char::from_u32(found[1].parse().unwrap()).unwrap().to_string()
            });
            let trimmed = text.trim();
            prop_assert_eq!(back, if trimmed.is_empty() { "-" } else { trimmed });
        }
    }
}
