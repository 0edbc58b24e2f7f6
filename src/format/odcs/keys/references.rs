//! Relationships and what they refer to.

use super::extras::{CUSTOM_PROPERTIES, is_stable_id};
use super::{Key, Kind, List, Open, Shape, Variant, Word};
use crate::format::odcs::version::Version::{V3_1_0, V3_2_0};
use crate::source::shape::Form;
use crate::source::{Node, Value};

const EXPECTED: &str =
    "`object.property`, `schema/OBJECT_ID/properties/PROPERTY_ID`, or one of the two behind `FILE.yaml#`";

static REFERENCE_3_1: Form = Form { expected: EXPECTED, pattern: "", accepts: |text| is_reference(text, false) };
static REFERENCE_3_2: Form = Form { expected: EXPECTED, pattern: "", accepts: |text| is_reference(text, true) };

static REFERENCE: Kind = Kind::Until(V3_2_0, &Kind::Form(&REFERENCE_3_1), &Kind::Form(&REFERENCE_3_2));
static REFERENCES: List =
    List::of(Kind::Until(V3_2_0, &Kind::Form(&REFERENCE_3_1), &Kind::Form(&REFERENCE_3_2)), "a reference", "")
        .at_least(1);

const END: Kind = Kind::Or(&REFERENCE, &Kind::List(&REFERENCES));
const TYPE: Key = Key::new("type", Kind::Word(&[Word::new("foreignKey")]));
const TO: Key = Key::new("to", END).required().example("customers.customer_id");
const ID: Key = Key::text("id").since(V3_2_0);
/// The schemas have none, and the examples of the standard use it.
const DESCRIPTION: Key = Key::new("description", Kind::Any);

pub(super) const OF_OBJECT: Key = Key::new("relationships", Kind::List(&OBJECT_LIST)).since(V3_1_0);
pub(super) const OF_PROPERTY: Key = Key::new("relationships", Kind::List(&PROPERTY_LIST)).since(V3_1_0);

static OBJECT_LIST: List = List::of(Kind::Map(&OBJECT_RELATIONSHIP), "a relationship", "to");
static PROPERTY_LIST: List = List::of(Kind::Map(&PROPERTY_RELATIONSHIP), "a relationship", "to");

pub(super) static OBJECT_RELATIONSHIP: Shape = Shape {
    name: "a relationship of an object",
    keys: &[
        Key::new("from", END).required().example("orders.customer_id"),
        TO,
        TYPE,
        CUSTOM_PROPERTIES,
        ID,
        DESCRIPTION,
    ],
    open: Open::No,
    variant: Some(Variant::BothEnds),
    habits: &[],
};

pub(super) static PROPERTY_RELATIONSHIP: Shape = Shape {
    name: "a relationship of a property",
    keys: &[TO, TYPE, CUSTOM_PROPERTIES, ID, DESCRIPTION],
    open: Open::No,
    variant: None,
    habits: &[super::Habit {
        words: &["from"],
        instead: super::Instead::Do("leave it out: the property itself is where it comes from"),
    }],
};

/// Whether both ends of a relationship are texts, or both are lists. Ends that are neither are another matter.
pub(in crate::format::odcs) fn composite_agrees(from: &Node, to: &Node) -> bool {
    !matches!((&from.value, &to.value), (Value::Text(_), Value::List(_)) | (Value::List(_), Value::Text(_)))
}

/// Whether a text is a reference. `wide` has what came with 3.2: `-` in names, `.yml` files, more letters in ids.
pub(in crate::format::odcs) fn is_reference(text: &str, wide: bool) -> bool {
    match text.split_once('#') {
        // The text of the standard has addresses of any scheme here, and names behind them.
        Some((file, inner)) => is_file(file, wide) && (is_shorthand(inner, wide) || is_qualified(inner, wide)),
        None => is_shorthand(text, wide) || is_qualified(text, wide),
    }
}

fn is_file(file: &str, wide: bool) -> bool {
    let named = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml").filter(|_| wide));
    let scheme =
        |scheme: &str| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    named.is_some_and(|named| {
        let path = match named.split_once("://") {
            Some((before, path)) if scheme(before) => path,
            Some(_) => return false,
            None => named,
        };
        !path.is_empty() && !path.contains(|letter: char| letter.is_whitespace() || letter.is_control())
    })
}

/// `object.property`, with further parts for what is nested.
fn is_shorthand(text: &str, wide: bool) -> bool {
    text.contains('.') && text.split('.').all(|part| is_word(part, wide))
}

/// `schema/ID/properties/ID`, with further pairs for what is nested.
fn is_qualified(text: &str, wide: bool) -> bool {
    let mut parts = text.strip_prefix('/').unwrap_or(text).split('/');
    let mut pairs = 0_usize;
    while let Some(section) = parts.next() {
        let id = parts.next().is_some_and(|id| {
            if wide {
                is_stable_id(id)
            } else {
                !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
            }
        });
        if !is_word(section, false) || !id {
            return false;
        }
        pairs += 1;
    }
    pairs > 0
}

fn is_word(text: &str, dashes: bool) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || (dashes && byte == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_agree_with_the_patterns_of_the_standard() {
        let patterns = [
            (
                false,
                r"^(?:(?:https?:\/\/)?[A-Za-z0-9._\-\/]+\.yaml#)?\/?[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_-]+(?:\/[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_-]+)*$|^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+$",
            ),
            (
                true,
                r"^(?:(?:https?:\/\/)?[A-Za-z0-9._\-\/]+\.ya?ml#)?\/?[A-Za-z_][A-Za-z0-9_]*\/[^\s.#/\\@!%&^]+(?:\/[A-Za-z_][A-Za-z0-9_]*\/[^\s.#/\\@!%&^]+)*$|^[A-Za-z_][A-Za-z0-9_\-]*(\.[A-Za-z_][A-Za-z0-9_\-]*)+$",
            ),
        ];
        let texts = [
            "a.b",
            "a.b.c",
            "a",
            "",
            ".a",
            "a.",
            "a..b",
            "a-b.c",
            "1a.b",
            "schema/a/properties/b",
            "/schema/a",
            "schema",
            "schema/a/properties",
            "//a/b",
            "schema/a-1/properties/b_2",
            "x.yaml#/schema/a",
            "x.yml#/schema/a",
            "https://h/x.yaml#schema/a",
            "x.json#/schema/a",
            ".yaml#schema/a",
            "schema/ä/properties/b",
            "schema/a b/c/d",
        ];
        for (wide, pattern) in patterns {
            let pattern = regex::Regex::new(pattern).expect("a regular expression");
            for text in texts {
                assert_eq!(is_reference(text, wide), pattern.is_match(text), "{text:?}, wide {wide}");
            }
        }
    }

    #[test]
    fn external_names_of_the_standards_examples_are_references() {
        for text in ["https://example.com/a.yaml#customers.id", "file:///a/b.yaml#customers.id", "a.yaml#b.c"] {
            assert!(is_reference(text, false) && is_reference(text, true), "{text}");
        }
        for text in ["#customers.id", "https://example.com/a#customers.id", "a b.yaml#b.c"] {
            assert!(!is_reference(text, true), "{text}");
        }
    }
}
