//! Conditions on a row, independent of who evaluates them.

use super::Column;
use crate::expression::{Comparison, Expr, Kind};
use crate::model::Literal;

/// A condition on a row. As in SQL it holds, does not hold, or is unknown because a value is null; only what does not hold is
/// broken. A condition on what is within lists and maps has to hold for each value there.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition<'a> {
    /// The value is there. Never unknown.
    Present(Column<'a>),
    /// The value stands on one side of a bound.
    Compare(Column<'a>, Comparison, Literal),
    /// The value is one of these.
    OneOf(Column<'a>, Vec<Literal>),
    /// The value is none of these, which stand for a missing one.
    NoneOf(Column<'a>, Vec<Literal>),
    /// The text has a match of a regular expression.
    Matches(Column<'a>, &'a str),
    /// The text has so many characters.
    Length(Column<'a>, Comparison, u64),
    /// The list has so many items, or the map so many keys.
    Count(Column<'a>, Comparison, u64),
    /// No item of the list is there twice.
    DistinctItems(Column<'a>),
    /// A number divides the value.
    MultipleOf(Column<'a>, Literal),
    /// The value is of the type of its field: what CSV and JSON have is text until it was read as such.
    Typed(Column<'a>),
    /// SQL over the fields of the row, as it stands in the contract and as it was read.
    Sql(&'a str, Box<Expr>),
    /// Each of these holds.
    Every(Vec<Condition<'a>>),
    /// Where the first condition holds, the second has to. Where it is unknown, nothing is broken.
    Where(Box<Condition<'a>>, Box<Condition<'a>>),
}

impl<'a> Condition<'a> {
    /// This condition, for rows only that keep another.
    #[must_use]
    pub fn only_where(self, rows: Option<Self>) -> Self {
        match rows {
            Some(rows) => Self::Where(Box::new(rows), Box::new(self)),
            None => self,
        }
    }

    /// The names of fields of the dataset that it is about, each once.
    pub fn fields(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.add_fields(&mut names);
        names
    }

    fn add_fields<'s>(&'s self, names: &mut Vec<&'s str>) {
        let mut add = |name: &'s str| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        match self {
            Self::Sql(_, expr) => fields_of(expr, &mut add),
            Self::Every(conditions) => conditions.iter().for_each(|condition| condition.add_fields(names)),
            Self::Where(rows, then) => {
                then.add_fields(names);
                rows.add_fields(names);
            }
            other => other.column().into_iter().for_each(|column| add(&column.first.name)),
        }
    }

    /// Whether SQL of the contract is in it.
    pub fn has_sql(&self) -> bool {
        match self {
            Self::Sql(..) => true,
            Self::Every(all) => all.iter().any(Self::has_sql),
            Self::Where(rows, then) => rows.has_sql() || then.has_sql(),
            _ => false,
        }
    }

    /// The column that it is about, where it is about one.
    pub fn column(&self) -> Option<&Column<'a>> {
        match self {
            Self::Present(column)
            | Self::Compare(column, ..)
            | Self::OneOf(column, _)
            | Self::NoneOf(column, _)
            | Self::Matches(column, _)
            | Self::Length(column, ..)
            | Self::Count(column, ..)
            | Self::DistinctItems(column)
            | Self::MultipleOf(column, _)
            | Self::Typed(column) => Some(column),
            Self::Sql(..) | Self::Every(_) => None,
            Self::Where(_, then) => then.column(),
        }
    }
}

/// The names in an expression: each may be that of a field.
fn fields_of<'e>(expr: &'e Expr, add: &mut impl FnMut(&'e str)) {
    if let Kind::Field(names) = &expr.kind {
        for name in names {
            add(&name.text);
        }
    }
    expr.parts().into_iter().for_each(|part| fields_of(part, add));
}
