//! From the text of a record to the values of its row. Only the fields of the contract are looked at, and nothing is copied
//! that need not be.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::coerce::{Change, coerced};
use super::layout::{Level, Member, Object};
use crate::expression::eval::{Moment, Number, Value, time_of_day};
use crate::model::{DataType, Field};
use crate::source::words::quoted;

/// What a record has in the place of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum State {
    /// Nothing: the key is missing.
    #[default]
    Absent,
    /// Null.
    Null,
    /// Something that is no value of the type.
    Wrong,
    /// A value with more digits than the type has.
    Rough,
    /// A value of the type.
    Fine,
}

/// The values of a record or of an item within one.
#[derive(Debug, Default)]
pub(super) struct Row<'r> {
    pub(super) values: Vec<Value<'r>>,
    pub(super) states: Vec<State>,
    /// What stands in the record, as it stands there.
    pub(super) raw: Vec<&'r str>,
    ranks: Vec<usize>,
    /// Keys that no field has. The second is that of the object that has them, empty for the record itself.
    pub(super) extra: Vec<(Cow<'r, str>, &'r str)>,
}

impl<'r> Row<'r> {
    fn clear(&mut self, slots: usize) {
        self.values.clear();
        self.values.resize(slots, Value::Null);
        self.states.clear();
        self.states.resize(slots, State::Absent);
        self.raw.clear();
        self.raw.resize(slots, "");
        self.ranks.clear();
        self.ranks.resize(slots, usize::MAX);
        self.extra.clear();
    }

    fn put(&mut self, slot: usize, state: State, value: Value<'r>, raw: &'r str) {
        if let (Some(states), Some(values), Some(raws)) =
            (self.states.get_mut(slot), self.values.get_mut(slot), self.raw.get_mut(slot))
        {
            (*states, *values, *raws) = (state, value, raw);
        }
    }

    pub(super) fn state(&self, slot: usize) -> State {
        self.states.get(slot).copied().unwrap_or_default()
    }
}

/// Reads what a level has, and notes what of it could be coerced where that is wanted.
pub(super) struct Reader<'p, 'c, 'r> {
    pub(super) row: &'p mut Row<'r>,
    pub(super) changes: Option<&'p mut Vec<Change<'c>>>,
    /// Where the text begins in which changes have their places.
    pub(super) start: usize,
    /// Whether keys that no field has are noted.
    pub(super) notes_extra: bool,
}

impl<'c: 'r, 'r> Reader<'_, 'c, 'r> {
    /// Reads a whole record.
    pub(super) fn record(&mut self, level: &Level<'c>, text: &'r str) -> Result<(), String> {
        self.row.clear(level.slots);
        self.row.put(0, State::Fine, Value::Json(text), text);
        match &level.root.object {
            Some(object) => self.object(object, "", text),
            None => self.object(&Object::default(), "", text),
        }
    }

    /// Reads an item of a list or a value of a map.
    pub(super) fn item(&mut self, level: &Level<'c>, text: &'r str) -> Result<(), String> {
        self.row.clear(level.slots);
        self.member(&level.root, text)
    }

    fn object(&mut self, object: &Object<'c>, name: &'c str, text: &'r str) -> Result<(), String> {
        let mut parser = serde_json::Deserializer::from_str(text);
        Fields { reader: self, object, name }
            .deserialize(&mut parser)
            .and_then(|()| parser.end())
            .map_err(|error| told(&error))
    }

    fn member(&mut self, member: &Member<'c>, raw: &'r str) -> Result<(), String> {
        let Some(field) = member.field else { return Ok(()) };
        let (state, value) = value(field, raw);
        if let Some(changes) = &mut self.changes {
            let start = (raw.as_ptr() as usize).wrapping_sub(self.start);
            changes.extend(coerced(field, raw, state).map(|(how, to)| Change {
                field,
                path: Arc::clone(&member.path),
                how,
                at: start..start + raw.len(),
                to,
            }));
        }
        self.row.put(member.slot, state, value, raw);
        match &member.object {
            Some(object) if state == State::Fine => self.object(object, &field.name, raw),
            _ => Ok(()),
        }
    }
}

/// Why a text is no record, without the text itself.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let (what, place) = text.split_once(" at line 1 column ").unwrap_or((&text, ""));
    if place.is_empty() || place == "0" { what.to_owned() } else { format!("{what} at character {place}") }
}

/// An object whose known fields go to a row.
struct Fields<'s, 'p, 'o, 'c, 'r> {
    reader: &'s mut Reader<'p, 'c, 'r>,
    object: &'o Object<'c>,
    name: &'c str,
}

impl<'c: 'r, 'r> DeserializeSeed<'r> for Fields<'_, '_, '_, 'c, 'r> {
    type Value = ();

    fn deserialize<D: Deserializer<'r>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

/// More unknown keys than these are looked for by a set.
const FEW: usize = 16;

impl<'c: 'r, 'r> Visitor<'r> for Fields<'_, '_, '_, 'c, 'r> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'r>>(self, mut map: A) -> Result<(), A::Error> {
        let mut unknown: Vec<Cow<'r, str>> = Vec::new();
        let mut many: HashSet<Cow<'r, str>> = HashSet::new();
        let mut expected = 0;
        while let Some(Key(key)) = map.next_key()? {
            let twice = || A::Error::custom(format_args!("the key {} is there twice", quoted(&key)));
            let Some((place, rank)) = self.object.find(&key, expected) else {
                map.next_value::<IgnoredAny>()?;
                if unknown.contains(&key) || many.contains(&key) {
                    return Err(twice());
                }
                if unknown.len() < FEW {
                    unknown.push(key);
                } else {
                    many.insert(key);
                }
                continue;
            };
            expected = place + 1;
            let raw: &'r RawValue = map.next_value()?;
            let Some(member) = self.object.members.get(place) else { continue };
            // A field that comes under its name of now and under that of before has the value of now.
            let known = self.reader.row.ranks.get(member.slot).copied().unwrap_or(usize::MAX);
            if known == rank {
                return Err(twice());
            }
            if rank < known {
                if let Some(known) = self.reader.row.ranks.get_mut(member.slot) {
                    *known = rank;
                }
                self.reader.member(member, raw.get()).map_err(A::Error::custom)?;
            }
        }
        if self.reader.notes_extra {
            let name = self.name;
            self.reader.row.extra.extend(unknown.into_iter().chain(many).map(|key| (key, name)));
        }
        Ok(())
    }
}

/// A key, borrowed where it has no escapes.
struct Key<'r>(Cow<'r, str>);

impl<'r> serde::Deserialize<'r> for Key<'r> {
    fn deserialize<D: Deserializer<'r>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'r> Visitor<'r> for Text {
            type Value = Key<'r>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'r str) -> Result<Key<'r>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'r>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// The text of a JSON text, borrowed where it has no escapes; `None` where it is none, or has half a letter.
pub(super) fn text(raw: &str) -> Option<Cow<'_, str>> {
    let inside = raw.strip_prefix('"')?.strip_suffix('"')?;
    if memchr::memchr(b'\\', inside.as_bytes()).is_none() {
        return Some(Cow::Borrowed(inside));
    }
    serde_json::from_str::<String>(raw).ok().map(Cow::Owned)
}

/// What stands for a field, as a value of its type.
pub(super) fn value<'r>(field: &Field, raw: &'r str) -> (State, Value<'r>) {
    if raw == "null" {
        return (State::Null, Value::Null);
    }
    let read = match field.data_type {
        DataType::String | DataType::Binary => text(raw).map(Value::Text),
        DataType::Integer => number(raw).and_then(Number::whole).map(Value::Number),
        DataType::Float => number(raw).map(|number| Value::Number(number.fractional())),
        DataType::Decimal => return decimal(field, raw),
        DataType::Boolean => match raw {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        DataType::Date => text(raw).and_then(|text| Moment::date(&text)).map(Value::Moment),
        DataType::Time => text(raw).and_then(|text| time_of_day(&text)).map(Value::Time),
        DataType::Datetime | DataType::Timestamp => text(raw).and_then(|text| Moment::parse(&text)).map(Value::Moment),
        DataType::Uuid => {
            text(raw).and_then(|text| uuid::Uuid::try_parse(&text).ok()).map(|id| Value::Uuid(id.as_u128()))
        }
        DataType::Json | DataType::Unknown => Some(of_any_shape(raw)),
        DataType::Array => raw.starts_with('[').then_some(Value::Json(raw)),
        DataType::Object | DataType::Map => raw.starts_with('{').then_some(Value::Json(raw)),
    };
    read.map_or((State::Wrong, Value::Null), |value| (State::Fine, value))
}

fn number(raw: &str) -> Option<Number> {
    raw.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit()).then(|| Number::parse(raw)).flatten()
}

/// A number, or a number in quotes, which is how digits are kept that a binary number would lose.
fn decimal<'r>(field: &Field, raw: &str) -> (State, Value<'r>) {
    let read = number(raw).or_else(|| Number::parse(text(raw)?.trim()));
    let Some(number) = read else { return (State::Wrong, Value::Null) };
    let fits = match (field.precision, field.scale) {
        (None, None) => true,
        (precision, scale) => number.digits().is_some_and(|(whole, behind)| {
            let scale = scale.unwrap_or(0);
            behind <= scale && precision.is_none_or(|precision| whole <= precision.saturating_sub(scale))
        }),
    };
    (if fits { State::Fine } else { State::Rough }, Value::Number(number.fractional()))
}

/// A value of any shape, as what it is.
fn of_any_shape(raw: &str) -> Value<'_> {
    let read = match raw.as_bytes().first() {
        Some(b'"') => text(raw).map(Value::Text),
        Some(b't') => Some(Value::Bool(true)),
        Some(b'f') => Some(Value::Bool(false)),
        Some(b'{' | b'[') => None,
        _ => number(raw).map(|number| Value::Number(number.fractional())),
    };
    read.unwrap_or(Value::Json(raw))
}

/// Calls `visit` with each item of a list, or each value of a map.
pub(super) fn items<'r>(
    raw: &'r str,
    is_map: bool,
    visit: &mut dyn FnMut(&'r str) -> Result<(), String>,
) -> Result<(), String> {
    let mut parser = serde_json::Deserializer::from_str(raw);
    let items = Items { visit };
    let read = if is_map { parser.deserialize_map(items) } else { parser.deserialize_seq(items) };
    read.map_err(|error| told(&error))
}

struct Items<'v, 'r> {
    visit: &'v mut dyn FnMut(&'r str) -> Result<(), String>,
}

impl<'r> Visitor<'r> for Items<'_, 'r> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'r>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(raw) = list.next_element::<&'r RawValue>()? {
            (self.visit)(raw.get()).map_err(A::Error::custom)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'r>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((_, raw)) = map.next_entry::<Key<'r>, &'r RawValue>()? {
            (self.visit)(raw.get()).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
