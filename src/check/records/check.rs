//! Conditions of expectations, compiled for the rows of a level.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::HashSet;

use jiff::Timestamp;
use memchr::memmem::Finder;
use regex::Regex;

use super::layout::{Layout, Member};
use super::read::{Row, State, items, value};
use super::scan::Found;
use crate::check::data::{Column, Condition, Unmeasured};
use crate::expression::eval::{Failed, Number, Place, Program, Value};
use crate::expression::{Comparison, Expr, Name};
use crate::model::{DataType, Dataset, Field, Literal, Path, Step};
use crate::source::words::quoted;

/// A condition on a row of a level.
#[derive(Debug)]
pub(super) enum Check {
    /// There is a value in a slot, where there is an object in another that would have it.
    Present(usize, usize),
    /// The key is there, if only with null.
    There(usize),
    Typed(usize),
    Compare(usize, Comparison, Value<'static>),
    OneOf(usize, Set),
    NoneOf(usize, Set),
    Matches(usize, Pattern),
    Length(usize, Comparison, u64),
    Count(usize, bool, Comparison, u64),
    DistinctItems(usize, DataType),
    MultipleOf(usize, Number),
    Sql(Box<Program>),
    Every(Vec<Check>),
    Where(Box<Check>, Box<Check>),
}

/// What a text has to have in it.
#[derive(Debug)]
pub(super) enum Pattern {
    /// These letters, which takes less to look for than to ask a regular expression.
    Letters(Box<Finder<'static>>),
    Regex(Box<Regex>),
}

impl Pattern {
    fn new(pattern: &str) -> Result<Self, String> {
        let regex = crate::expression::eval::pattern(pattern)?;
        let means_itself = regex::escape(pattern) == pattern;
        Ok(if means_itself {
            Self::Letters(Box::new(Finder::new(pattern).into_owned()))
        } else {
            Self::Regex(Box::new(regex))
        })
    }

    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Letters(letters) => letters.find(text.as_bytes()).is_some(),
            Self::Regex(regex) => regex.is_match(text),
        }
    }
}

/// Values that a value may be among.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// A few texts, which are looked through, and others, of which none is among them.
    few: Vec<String>,
    texts: HashSet<String>,
    /// In their order.
    others: Vec<Value<'static>>,
}

/// So many texts are compared in less time than one is hashed.
const FEW: usize = 8;

impl Set {
    fn has(&self, value: &Value<'_>) -> bool {
        match value {
            Value::Text(text) => {
                let text = text.as_ref();
                self.few.iter().any(|one| one == text) || !self.texts.is_empty() && self.texts.contains(text)
            }
            value => {
                let order = |one: &Value<'_>| one.order(value).unwrap_or(Ordering::Less);
                self.others.binary_search_by(order).is_ok()
            }
        }
    }
}

impl Check {
    /// Whether all that it asks is what there is in each slot, of whatever value. There is always an answer then.
    pub(super) fn asks_states(&self) -> bool {
        matches!(self, Self::Present(..) | Self::There(_) | Self::Typed(_))
    }

    /// Whether a row keeps it; `None` where that is unknown.
    pub(super) fn holds(&self, row: &Row<'_>) -> Result<Option<bool>, Failed> {
        let value = |slot: &usize| row.values.get(*slot).filter(|value| !value.is_null());
        Ok(match self {
            // What can't be read is there all the same.
            Self::Present(slot, parent) => {
                (row.state(*parent) == State::Fine || slot == parent).then(|| row.state(*slot) > State::Null)
            }
            Self::There(slot) => Some(row.state(*slot) != State::Absent),
            Self::Typed(slot) => Some(!matches!(row.state(*slot), State::Wrong | State::Rough)),
            Self::Compare(slot, comparison, bound) => {
                value(slot).and_then(|value| Some(comparison.holds(value.order(bound)?)))
            }
            Self::OneOf(slot, set) => value(slot).map(|value| set.has(value)),
            Self::NoneOf(slot, set) => value(slot).map(|value| !set.has(value)),
            Self::Matches(slot, pattern) => match value(slot) {
                Some(Value::Text(text)) => Some(pattern.is_in(text)),
                Some(_) => Some(pattern.is_in(row.raw(*slot))),
                None => None,
            },
            Self::Length(slot, comparison, bound) => match value(slot) {
                // A text has no more letters than bytes, which mostly tells enough.
                Some(Value::Text(text)) if *comparison == Comparison::LessOrEqual && text.len() as u64 <= *bound => {
                    Some(true)
                }
                Some(Value::Text(text)) => Some(comparison.holds((text.chars().count() as u64).cmp(bound))),
                _ => None,
            },
            Self::Count(slot, is_map, comparison, bound) => match value(slot) {
                Some(Value::Json(raw)) => {
                    let mut count = 0u64;
                    let read = items(raw, *is_map, &mut |item| {
                        count += 1;
                        item.value().map(drop)
                    });
                    read.ok().map(|()| comparison.holds(count.cmp(bound)))
                }
                _ => None,
            },
            Self::DistinctItems(slot, of) => match value(slot) {
                Some(Value::Json(raw)) => distinct(raw, *of),
                _ => None,
            },
            Self::MultipleOf(slot, divisor) => match value(slot) {
                Some(Value::Number(number)) => Some(number.is_multiple_of(*divisor)),
                _ => None,
            },
            Self::Sql(program) => program.holds(&row.values)?,
            Self::Every(checks) => {
                let mut all = Some(true);
                for check in checks {
                    match check.holds(row)? {
                        Some(false) => return Ok(Some(false)),
                        Some(true) => {}
                        None => all = None,
                    }
                }
                all
            }
            Self::Where(rows, then) => match rows.holds(row)? {
                Some(true) => then.holds(row)?,
                _ => Some(true),
            },
        })
    }
}

/// Whether no item of a list is there twice.
fn distinct(raw: &str, of: DataType) -> Option<bool> {
    let field = Field::new("", of);
    let mut seen = HashSet::new();
    let mut is_distinct = true;
    let read = items(raw, false, &mut |item| {
        let item = item.value()?;
        let (state, value) = value(&field, &item);
        let same = if state == State::Wrong { item.raw.to_owned() } else { identity(&value) };
        is_distinct &= seen.insert(same);
        Ok(())
    });
    read.ok().map(|()| is_distinct)
}

/// A text that two values share exactly if they are the same.
pub(super) fn identity(value: &Value<'_>) -> String {
    match value {
        Value::Number(number) => format!("n{}", number.shortest()),
        // Spaces and the order of keys are no difference.
        Value::Json(raw) => match serde_json::from_str::<serde_json::Value>(raw) {
            Ok(mut json) => {
                json.sort_all_objects();
                format!("j{json}")
            }
            Err(_) => format!("j{raw}"),
        },
        Value::Text(text) => format!("t{text}"),
        other => format!("{other:?}"),
    }
}

/// Compiles the conditions of expectations.
#[derive(Clone, Copy)]
pub(super) struct Compiler<'a, 'c> {
    pub(super) layout: &'a Layout<'c>,
    pub(super) dataset: &'c Dataset,
    pub(super) now: Timestamp,
}

impl<'c> Compiler<'_, 'c> {
    /// The level that an element of the contract is at, and the fields on the way to it, the nearest last.
    fn way(&self, element: &Path) -> (usize, Vec<&Member<'c>>) {
        let mut way = Vec::new();
        let mut level = 0;
        let Some(mut member) = self.layout.levels.first().map(|level| &level.root) else { return (0, way) };
        for step in element.steps() {
            let next = match step {
                Step::Dataset(_) => continue,
                Step::Field(name) => member.object.as_ref().and_then(|object| object.called(name)),
                Step::Items | Step::Values => member.inner.and_then(|inner| {
                    level = inner;
                    way.clear();
                    self.layout.levels.get(inner).map(|level| &level.root)
                }),
                Step::Key(_) | Step::Index(_) => break,
            };
            let Some(next) = next else { break };
            way.push(member);
            member = next;
        }
        way.push(member);
        (level, way)
    }

    /// The level of a condition: that of the column it is about, or of the element where it is SQL.
    pub(super) fn level(&self, condition: &Condition<'_>, element: &Path) -> Result<usize, Unmeasured> {
        match condition.column() {
            Some(column) => self.layout.place(column).map(|place| place.level).ok_or_else(|| lost(column).into()),
            None => Ok(self.way(element).0),
        }
    }

    /// A condition on the rows of a level.
    pub(super) fn check(&self, level: usize, condition: &Condition<'_>, element: &Path) -> Result<Check, Unmeasured> {
        let slot = |column: &Column<'_>| match self.layout.place(column) {
            Some(place) if place.level == level => Ok(place.slot),
            Some(_) => Err(Unmeasured::Elsewhere(format!("{} is within a list or a map", quoted(&column.to_string())))),
            None => Err(lost(column).into()),
        };
        let check = |condition: &Condition<'_>| self.check(level, condition, element);
        Ok(match condition {
            Condition::Present(column) => {
                let parent = self.layout.place(column).map_or(0, |place| place.parent);
                Check::Present(slot(column)?, parent)
            }
            Condition::Typed(column) => Check::Typed(slot(column)?),
            Condition::Compare(column, comparison, bound) => {
                let bound = literal(bound, column.field()).ok_or_else(|| no_value(bound, column.field()))?;
                if matches!(bound, Value::Json(_)) {
                    return Err(Unmeasured::elsewhere("lists and objects are not compared"));
                }
                Check::Compare(slot(column)?, *comparison, bound)
            }
            Condition::OneOf(column, values) => Check::OneOf(slot(column)?, set(values, column.field())?),
            Condition::NoneOf(column, values) if values.contains(&Literal::Null) => Check::Every(vec![
                check(&Condition::Present(column.clone()))?,
                Check::NoneOf(slot(column)?, set(values, column.field())?),
            ]),
            Condition::NoneOf(column, values) => Check::NoneOf(slot(column)?, set(values, column.field())?),
            Condition::Matches(column, pattern) => {
                Check::Matches(slot(column)?, Pattern::new(pattern).map_err(Unmeasured::Elsewhere)?)
            }
            Condition::Length(column, comparison, length) => Check::Length(slot(column)?, *comparison, *length),
            Condition::Count(column, comparison, count) => {
                Check::Count(slot(column)?, column.field().data_type != DataType::Array, *comparison, *count)
            }
            Condition::DistinctItems(column) => {
                let of = column.field().items.as_ref().map_or(DataType::Json, |items| items.data_type);
                Check::DistinctItems(slot(column)?, of)
            }
            Condition::MultipleOf(column, divisor) => match literal(divisor, column.field()) {
                Some(Value::Number(divisor)) if !divisor.is_zero() => Check::MultipleOf(slot(column)?, divisor),
                _ => return Err(no_value(divisor, column.field()).into()),
            },
            Condition::Sql(text, expr) => Check::Sql(Box::new(self.sql(level, text, expr, element)?)),
            Condition::Every(all) => Check::Every(all.iter().map(check).collect::<Result<_, _>>()?),
            Condition::Where(rows, then) => Check::Where(Box::new(check(rows)?), Box::new(check(then)?)),
        })
    }

    fn sql(&self, level: usize, text: &str, expr: &Expr, element: &Path) -> Result<Program, Unmeasured> {
        let (_, way) = self.way(element);
        let is_unknown = Cell::new(false);
        let program = Program::new(text, expr, self.now, &|names| {
            self.find(level, &way, names).inspect_err(|_| is_unknown.set(!self.has_some(names)))
        });
        // What a stream can't evaluate a database may; a field that nobody has is a mistake of the contract.
        program.map_err(|reason| if is_unknown.get() { reason.into() } else { Unmeasured::Elsewhere(reason) })
    }

    /// Whether the dataset has what a name begins with.
    fn has_some(&self, names: &[Name]) -> bool {
        let mut called = names.iter().take(2).map(|name| name.text.as_str());
        called.any(|name| self.dataset.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name)))
    }

    /// Where the value of a name is: the value itself, what stands beside it, or a field of the record.
    fn find(&self, level: usize, way: &[&Member<'c>], names: &[Name]) -> Result<Place, String> {
        let shown = || names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        let own = way.last().filter(|own| own.field.is_some());
        let beside = way.len().checked_sub(2).and_then(|index| way.get(index));
        let record = self.layout.levels.first().map(|level| &level.root);
        let is_value =
            own.is_some() && names.len() == 1 && names.iter().all(|name| name.text.eq_ignore_ascii_case("value"));
        let found = beside.copied().and_then(|beside| inside(beside, names));
        let found = found.or_else(|| own.filter(|_| is_value).copied());
        let in_record = || {
            let record = record?;
            let is_dataset = |name: &Name| name.text.eq_ignore_ascii_case(&self.dataset.name);
            let rest = names.split_first().filter(|(first, _)| is_dataset(first)).map(|(_, rest)| rest);
            inside(record, names).or_else(|| inside(record, rest?))
        };
        let member = match found {
            Some(member) => member,
            None => match in_record() {
                Some(_) if level > 0 => {
                    return Err(format!(
                        "{} is a field of the record, and this is about what is within a list",
                        quoted(&shown())
                    ));
                }
                Some(member) => member,
                None => return Err(format!("there is no field {}", quoted(&shown()))),
            },
        };
        let field = member.field.ok_or_else(|| format!("there is no field {}", quoted(&shown())))?;
        Ok(Place { slot: member.slot, data_type: field.data_type })
    }
}

/// The member of a name within an object, through objects only.
fn inside<'m, 'c>(member: &'m Member<'c>, names: &[Name]) -> Option<&'m Member<'c>> {
    let whole: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    let object = member.object.as_ref()?;
    if whole.len() > 1
        && let Some(found) = object.named(&whole.join("."))
    {
        return Some(found);
    }
    let (first, rest) = names.split_first()?;
    let found = object.named(&first.text)?;
    if rest.is_empty() { Some(found) } else { inside(found, rest) }
}

fn lost(column: &Column<'_>) -> String {
    format!("there is no field {}", quoted(&column.to_string()))
}

fn no_value(value: &Literal, field: &Field) -> String {
    format!("{} is no value of the type {}", quoted(&value.to_string()), field.data_type.name())
}

fn set(values: &[Literal], field: &Field) -> Result<Set, Unmeasured> {
    let mut set = Set::default();
    for literal_value in values.iter().filter(|value| **value != Literal::Null) {
        match literal(literal_value, field).ok_or_else(|| no_value(literal_value, field))? {
            Value::Text(text) if set.few.len() < FEW => set.few.push(text.into_owned()),
            Value::Text(text) => _ = set.texts.insert(text.into_owned()),
            Value::Json(_) => return Err(Unmeasured::elsewhere("lists and objects are not compared")),
            other => set.others.push(other),
        }
    }
    set.others.sort_by(|one, two| one.order(two).unwrap_or(Ordering::Less));
    Ok(set)
}

/// A value of the contract as one of a field.
fn literal(literal: &Literal, field: &Field) -> Option<Value<'static>> {
    // A bound on whole numbers may have a fraction.
    if field.data_type.is_number() && !matches!(literal, Literal::Null | Literal::List(_) | Literal::Map(_)) {
        return Number::parse(literal.to_string().trim()).map(|number| Value::Number(number.fractional()));
    }
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let raw = match literal {
        Literal::Text(text) => json(text),
        Literal::Int(_) | Literal::Float(_) | Literal::Bool(_) if field.data_type == DataType::String => {
            json(&literal.to_string())
        }
        Literal::Int(_) | Literal::Float(_) | Literal::Bool(_) => literal.to_string(),
        Literal::Null => return None,
        Literal::List(_) | Literal::Map(_) => return Some(Value::Json("")),
    };
    match value(&Field::new("", field.data_type), &Found::of(&raw)?) {
        (State::Fine, Value::Text(text)) => Some(Value::Text(text.into_owned().into())),
        (State::Fine, Value::Json(_)) => Some(Value::Json("")),
        (State::Fine, Value::Bool(truth)) => Some(Value::Bool(truth)),
        (State::Fine, Value::Number(number)) => Some(Value::Number(number)),
        (State::Fine, Value::Moment(moment)) => Some(Value::Moment(moment)),
        (State::Fine, Value::Time(time)) => Some(Value::Time(time)),
        (State::Fine, Value::Uuid(id)) => Some(Value::Uuid(id)),
        _ => None,
    }
}
