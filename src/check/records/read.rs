//! From the text of a record to the values of its row. Only the fields of the contract are looked at, and nothing is copied
//! that need not be.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::coerce::{Change, coerced, stands_for_nothing};
use super::layout::{Level, Member, Object};
use super::scan::{Fault, Found, Scanner, Shape};
use crate::expression::eval::{Moment, Number, Value, time_of_day};
use crate::model::{DataType, Field};

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

/// What stands in the place of a field that is there, and how the field was called: as the name of so many before this one.
#[derive(Debug, Clone, Copy, Default)]
struct Cell<'r> {
    raw: &'r str,
    rank: usize,
}

/// The values of a record or of an item within one.
#[derive(Debug, Default)]
pub(super) struct Row<'r> {
    pub(super) values: Vec<Value<'r>>,
    /// What there is in each slot. What else is kept of a slot with nothing in it may be of a record before.
    pub(super) states: Vec<State>,
    cells: Vec<Cell<'r>>,
    /// Keys that no field has.
    pub(super) extra: Vec<Extra<'r>>,
    /// Records mostly have their keys in one order: the places of the field that came first in an object and of the one that came
    /// behind a field, see [`first_in`] and [`behind`].
    order: Vec<usize>,
}

/// Where [`Row::order`] has the field that comes first in the object of a slot.
fn first_in(slot: usize) -> usize {
    2 * slot
}

/// Where it has the field that comes behind that of a slot.
fn behind(slot: usize) -> usize {
    2 * slot + 1
}

/// A key that no field has.
#[derive(Debug)]
pub(super) struct Extra<'r> {
    pub(super) key: Cow<'r, str>,
    /// The name of the object that has it, empty for the record itself.
    pub(super) within: &'r str,
}

impl<'r> Row<'r> {
    fn clear(&mut self, slots: usize) {
        self.states.clear();
        self.states.resize(slots, State::Absent);
        self.values.resize(slots, Value::Null);
        self.cells.resize(slots, Cell::default());
        self.extra.clear();
        self.order.resize(first_in(slots), 0);
    }

    /// Leaves no values of another record where this one has none. Where all are there, nothing has to be written.
    fn finish(&mut self) {
        for (value, state) in self.values.iter_mut().zip(&self.states) {
            if *state == State::Absent {
                *value = Value::Null;
            }
        }
    }

    #[inline]
    fn put(&mut self, slot: usize, state: State, value: Value<'r>, raw: &'r str) {
        if let (Some(cell), Some(known), Some(place)) =
            (self.cells.get_mut(slot), self.states.get_mut(slot), self.values.get_mut(slot))
        {
            (cell.raw, *known, *place) = (raw, state, value);
        }
    }

    #[inline]
    pub(super) fn state(&self, slot: usize) -> State {
        self.states.get(slot).copied().unwrap_or_default()
    }

    /// What stands in the record, as it stands there.
    pub(super) fn raw(&self, slot: usize) -> &'r str {
        if self.state(slot) == State::Absent { "" } else { self.cells.get(slot).map_or("", |cell| cell.raw) }
    }

    /// Forgets what is in an object.
    fn forget(&mut self, object: &Object<'_>) {
        for member in &object.members {
            self.put(member.slot, State::Absent, Value::Null, "");
            if let Some(inner) = &member.object {
                self.forget(inner);
            }
        }
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

/// More unknown keys than these are looked for by a set.
const FEW: usize = 16;

/// The keys of an object that no field has: the first by their places among those of the row.
#[derive(Debug, Default)]
struct Unknown<'r> {
    few: [usize; FEW],
    count: usize,
    many: Option<HashSet<Cow<'r, str>>>,
}

impl<'r> Unknown<'r> {
    /// Notes a key, and tells whether it is a new one.
    fn note(&mut self, key: Cow<'r, str>, within: &'r str, extra: &mut Vec<Extra<'r>>) -> bool {
        let mut known = self.few.iter().take(self.count).filter_map(|place| extra.get(*place));
        if known.any(|known| known.key == key) {
            return false;
        }
        let Some(place) = self.few.get_mut(self.count) else { return self.many.get_or_insert_default().insert(key) };
        *place = extra.len();
        self.count += 1;
        extra.push(Extra { key, within });
        true
    }
}

impl<'c: 'r, 'r> Reader<'_, 'c, 'r> {
    /// Reads a whole record.
    pub(super) fn record(&mut self, level: &Level<'c>, text: &'r str) -> Result<(), Fault> {
        self.row.clear(level.slots);
        self.row.put(0, State::Fine, Value::Json(text), text);
        let mut scanner = Scanner::new(text);
        match &level.root.object {
            Some(object) => self.object(object, ("", 0), &mut scanner)?,
            None => self.object(&Object::default(), ("", 0), &mut scanner)?,
        }
        self.row.finish();
        scanner.end()
    }

    /// Reads an item of a list or a value of a map.
    pub(super) fn item(&mut self, level: &Level<'c>, scanner: &mut Scanner<'r>) -> Result<(), Fault> {
        self.row.clear(level.slots);
        self.member(&level.root, scanner)?;
        self.row.finish();
        Ok(())
    }

    /// Reads an object, whose name and slot are given.
    fn object(
        &mut self,
        object: &Object<'c>,
        (within, slot): (&'c str, usize),
        scanner: &mut Scanner<'r>,
    ) -> Result<(), Fault> {
        let from = self.row.extra.len();
        let mut unknown = Unknown::default();
        let mut here = first_in(slot);
        let mut goes_on = scanner.enter(true)?;
        while goes_on {
            scanner.peek();
            let at = scanner.place();
            let expected = self.row.order.get(here).and_then(|place| object.members.get(*place));
            if let Some(member) = expected
                && scanner.passes(&member.key)?
            {
                here = behind(member.slot);
                self.named(member, 0, at, scanner)?;
            } else {
                let key = scanner.key()?;
                if let Some((place, rank)) = object.find(&key)
                    && let Some(member) = object.members.get(place)
                {
                    self.row.order.iter_mut().skip(here).take(1).for_each(|known| *known = place);
                    here = behind(member.slot);
                    self.named(member, rank, at, scanner)?;
                } else {
                    scanner.value()?;
                    if !unknown.note(key, within, &mut self.row.extra) {
                        return Err(self.twice(at, scanner));
                    }
                }
            }
            goes_on = scanner.goes_on(true)?;
        }
        if self.notes_extra {
            if let Some(many) = unknown.many {
                self.row.extra.extend(many.into_iter().map(|key| Extra { key, within }));
            }
        } else {
            self.row.extra.truncate(from);
        }
        Ok(())
    }

    /// Reads what is under a key of a field. A field that comes under its name of now and under that of before has the value of
    /// now.
    #[inline]
    fn named(&mut self, member: &Member<'c>, rank: usize, at: usize, scanner: &mut Scanner<'r>) -> Result<(), Fault> {
        let is_there = self.row.state(member.slot) != State::Absent;
        let Some(cell) = self.row.cells.get_mut(member.slot) else { return Err(Fault::Syntax) };
        let before = is_there.then_some(cell.rank);
        match before {
            Some(known) if known == rank => return Err(self.twice(at, scanner)),
            Some(known) if known < rank => return scanner.value().map(drop),
            _ => cell.rank = rank,
        }
        if before.is_some()
            && let Some(object) = &member.object
        {
            self.row.forget(object);
        }
        self.member(member, scanner)
    }

    /// That the key at a place is there for the second time.
    fn twice(&self, at: usize, scanner: &Scanner<'r>) -> Fault {
        Fault::Twice(scanner.address().wrapping_sub(self.start) + at)
    }

    #[inline]
    fn member(&mut self, member: &Member<'c>, scanner: &mut Scanner<'r>) -> Result<(), Fault> {
        let Some(field) = member.field else { return scanner.value().map(drop) };
        let next = scanner.peek();
        if let (Some(object), Some(b'{')) = (&member.object, next) {
            let start = scanner.place();
            self.object(object, (&field.name, member.slot), scanner)?;
            let raw = scanner.since(start);
            self.row.put(member.slot, State::Fine, Value::Json(raw), raw);
            return Ok(());
        }
        if self.changes.is_none() && self.plain(field, member.slot, scanner) {
            return Ok(());
        }
        let found = scanner.value()?;
        let (mut state, mut value) = value(field, &found);
        if self.changes.is_none() && stands_for_nothing(field, &found) {
            (state, value) = (State::Null, Value::Null);
        }
        if let Some(changes) = &mut self.changes {
            let start = (found.raw.as_ptr() as usize).wrapping_sub(self.start);
            changes.extend(coerced(field, &found, state).map(|(how, to)| Change {
                field,
                path: Arc::clone(&member.path),
                how,
                at: start..start + found.raw.len(),
                to,
            }));
        }
        self.row.put(member.slot, state, value, found.raw);
        Ok(())
    }

    /// Reads a text or a whole number if it comes next as nearly all of them do: without escapes, with few digits. That is what
    /// [`value`] would make of it, in fewer steps; where it tells that this is not so, nothing was read.
    #[inline]
    fn plain(&mut self, field: &Field, slot: usize, scanner: &mut Scanner<'r>) -> bool {
        if !field.missing_values().is_empty() {
            return false;
        }
        let read = match field.data_type {
            DataType::String => {
                scanner.plain_text().and_then(|raw| Some((Value::Text(Cow::Borrowed(raw.get(1..raw.len() - 1)?)), raw)))
            }
            DataType::Integer => {
                scanner.plain_whole().map(|(whole, raw)| (Value::Number(Number::Int(i128::from(whole))), raw))
            }
            _ => None,
        };
        read.map(|(value, raw)| self.row.put(slot, State::Fine, value, raw)).is_some()
    }
}

/// What stands for a field, as a value of its type.
#[inline]
pub(super) fn value<'r>(field: &Field, found: &Found<'r>) -> (State, Value<'r>) {
    let read = match (field.data_type, found.shape) {
        (_, Shape::Null) => return (State::Null, Value::Null),
        (DataType::String | DataType::Binary, _) => found.text().map(Value::Text),
        (DataType::Integer, _) => found.number().and_then(Number::whole).map(Value::Number),
        (DataType::Float, _) => found.number().map(|number| Value::Number(number.fractional())),
        (DataType::Decimal, _) => return decimal(field, found),
        (DataType::Boolean, Shape::Bool(truth)) => Some(Value::Bool(truth)),
        (DataType::Date, _) => found.text().and_then(|text| Moment::date(&text)).map(Value::Moment),
        (DataType::Time, _) => found.text().and_then(|text| time_of_day(&text)).map(Value::Time),
        (DataType::Datetime | DataType::Timestamp, _) => {
            found.text().and_then(|text| Moment::parse(&text)).map(Value::Moment)
        }
        (DataType::Uuid, _) => {
            let id = found.text().and_then(|text| uuid::Uuid::try_parse(&text).ok());
            id.map(|id| Value::Uuid(id.as_u128()))
        }
        (DataType::Json | DataType::Unknown, _) => Some(of_any_shape(found)),
        (DataType::Array, Shape::List) | (DataType::Object | DataType::Map, Shape::Object) => {
            Some(Value::Json(found.raw))
        }
        _ => None,
    };
    read.map_or((State::Wrong, Value::Null), |value| (State::Fine, value))
}

/// A number, or a number in quotes, which is how digits are kept that a binary number would lose.
fn decimal<'r>(field: &Field, found: &Found<'r>) -> (State, Value<'r>) {
    let read = match found.shape {
        Shape::Digits(..) | Shape::Long => found.number(),
        _ => found.text().and_then(|text| Number::parse(text.trim())),
    };
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
fn of_any_shape<'r>(found: &Found<'r>) -> Value<'r> {
    let read = match found.shape {
        Shape::Bool(truth) => Some(Value::Bool(truth)),
        Shape::Digits(..) | Shape::Long => found.number().map(|number| Value::Number(number.fractional())),
        _ => found.text().map(Value::Text),
    };
    read.unwrap_or(Value::Json(found.raw))
}

/// Calls `visit` at each item of a list, or each value of a map, to read it.
pub(super) fn items<'r>(
    raw: &'r str,
    is_map: bool,
    visit: &mut dyn FnMut(&mut Scanner<'r>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut scanner = Scanner::new(raw);
    let mut goes_on = scanner.enter(is_map)?;
    while goes_on {
        if is_map {
            scanner.key()?;
        }
        visit(&mut scanner)?;
        goes_on = scanner.goes_on(is_map)?;
    }
    Ok(())
}
