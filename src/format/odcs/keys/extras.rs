//! What nearly every element may have: an id, custom properties, authoritative definitions.

use super::{Habit, Instead, Key, Kind, List, Open, Shape};
use crate::format::odcs::version::Version::{V3_0_1, V3_1_0, V3_2_0};
use crate::source::shape::Form;

/// An id of 3.1: letters, digits, `_` and `-`.
static ID_3_1: Form = Form {
    expected: "letters, digits, `_` and `-`, without spaces",
    pattern: "^[A-Za-z0-9_-]+$",
    accepts: |text| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    },
};

static ID_3_2: Form = Form {
    expected: "an id without spaces and without any of `. # / \\ @ ! % & ^`",
    pattern: "^[^\\s.#/\\\\@!%&^]+$",
    accepts: is_stable_id,
};

/// Whether a text is an id of 3.2.
pub(super) fn is_stable_id(text: &str) -> bool {
    let forbidden = |letter: char| {
        // What ECMAScript counts as a space, which the patterns of the standard go by.
        (letter.is_whitespace() && letter != '\u{85}')
            || letter == '\u{feff}'
            || matches!(letter, '.' | '#' | '/' | '\\' | '@' | '!' | '%' | '&' | '^')
    };
    !text.is_empty() && !text.contains(forbidden)
}

const ID_KIND: Kind = Kind::Until(V3_2_0, &Kind::Form(&ID_3_1), &Kind::Form(&ID_3_2));
pub(super) const ID: Key = Key::new("id", ID_KIND).since(V3_1_0).example("order_id_1");

pub(super) const CUSTOM_PROPERTIES: Key = Key::new("customProperties", Kind::List(&CUSTOM_LIST));
pub(super) const DEFINITIONS: Key = Key::new("authoritativeDefinitions", Kind::List(&DEFINITION_LIST));

static CUSTOM_LIST: List = List::of(Kind::Map(&CUSTOM_PROPERTY), "a custom property", "property");
static DEFINITION_LIST: List = List::of(Kind::Map(&DEFINITION), "a definition", "type");

pub(in crate::format::odcs) static CUSTOM_PROPERTY: Shape = Shape {
    name: "a custom property",
    keys: &[
        Key::text("property").required_since(V3_1_0).example("costCenter"),
        Key::new("value", Kind::Any).required_since(V3_1_0).example("4711"),
        ID,
        Key::text("description").since(V3_1_0),
        Key::text("vendor").since(V3_2_0),
    ],
    open: Open::Before3_1,
    variant: None,
    habits: &[Habit { words: &["name", "key"], instead: Instead::Key("property") }],
};

pub(in crate::format::odcs) static DEFINITION: Shape = Shape {
    name: "an authoritative definition",
    keys: &[
        Key::text("type").required().example("businessDefinition"),
        Key::text("url").required().example("https://example.com/orders"),
        ID,
        Key::text("description").since(V3_1_0),
    ],
    open: Open::Before3_1,
    variant: None,
    habits: &[Habit { words: &["link", "href", "uri"], instead: Instead::Key("url") }],
};

/// The description of a contract. The schemas let it have any other key.
pub(super) static DESCRIPTION: Shape = Shape {
    name: "the description",
    keys: &[
        Key::text("purpose"),
        Key::text("usage"),
        Key::text("limitations"),
        Key::new("authoritativeDefinitions", Kind::List(&DEFINITION_LIST)).since(V3_0_1),
        Key::new("customProperties", Kind::List(&CUSTOM_LIST)).since(V3_0_1),
    ],
    open: Open::Always,
    variant: None,
    habits: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_agree_with_their_patterns() {
        for form in [&ID_3_1, &ID_3_2] {
            let pattern = regex::Regex::new(form.pattern).expect("a regular expression");
            for text in
                ["", "a", "a_b-1", "a.b", "a b", "a\tb", "\u{a0}", "a:b", "ä", "${ID}", "a/b", "a\\b", "^", "a\n"]
            {
                assert_eq!((form.accepts)(text), pattern.is_match(text), "{text:?} is {}", form.expected);
            }
        }
    }
}
