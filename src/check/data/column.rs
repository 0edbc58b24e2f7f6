//! A value in a row: a field, or one within others.

use std::fmt;

use crate::model::{Dataset, Field, Path};

/// How one gets from a value to one within it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Inner<'a> {
    /// To a field of an object.
    Field(&'a Field),
    /// To each item of a list.
    Items(&'a Field),
    /// To each value of a map.
    Values(&'a Field),
}

impl<'a> Inner<'a> {
    /// The field that says what is there.
    pub fn field(self) -> &'a Field {
        match self {
            Self::Field(field) | Self::Items(field) | Self::Values(field) => field,
        }
    }
}

/// A value in each row, or several of them: a field, or what is within one.
#[derive(Debug, Clone, PartialEq)]
pub struct Column<'a> {
    /// The field of the dataset.
    pub first: &'a Field,
    /// The way from there, for what is within it.
    pub rest: Vec<Inner<'a>>,
}

impl<'a> Column<'a> {
    /// A field of a dataset.
    pub fn of(field: &'a Field) -> Self {
        Self { first: field, rest: Vec::new() }
    }

    /// What is one step further in.
    #[must_use]
    pub fn within(&self, step: Inner<'a>) -> Self {
        let mut rest = self.rest.clone();
        rest.push(step);
        Self { first: self.first, rest }
    }

    /// What it is within, one step out; `None` for a field of the dataset.
    pub fn around(&self) -> Option<Self> {
        let (_, rest) = self.rest.split_last()?;
        Some(Self { first: self.first, rest: rest.to_vec() })
    }

    /// The column of a dotted name, through objects only; `None` where there is no such field.
    pub fn named(dataset: &'a Dataset, name: &str) -> Option<Self> {
        if let Some(field) = dataset.field(name) {
            return Some(Self::of(field));
        }
        let mut parts = name.split('.');
        let mut column = Self::of(dataset.field(parts.next()?)?);
        for part in parts {
            let inner = column.field().fields.iter().find(|field| field.name == part)?;
            column = column.within(Inner::Field(inner));
        }
        Some(column)
    }

    /// The field that says what the values are.
    pub fn field(&self) -> &'a Field {
        self.rest.last().map_or(self.first, |step| step.field())
    }

    /// Whether it is personal data, or within such.
    pub fn is_personal(&self) -> bool {
        self.first.is_pii || self.rest.iter().any(|step| step.field().is_pii)
    }

    /// Whether a row has exactly one such value: it is not within a list or a map.
    pub fn is_single(&self) -> bool {
        self.rest.iter().all(|step| matches!(step, Inner::Field(_)))
    }

    /// The address of the field in its contract.
    pub fn path(&self, dataset: &Dataset) -> Path {
        use crate::model::Step;
        let start = Path::dataset(&dataset.name).field(&self.first.name);
        self.rest.iter().fold(start, |path, step| match step {
            Inner::Field(field) => path.field(&field.name),
            Inner::Items(_) => path.step(Step::Items),
            Inner::Values(_) => path.step(Step::Values),
        })
    }
}

impl fmt::Display for Column<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.first.name)?;
        self.rest.iter().try_for_each(|step| match step {
            Inner::Field(field) => write!(out, ".{}", field.name),
            Inner::Items(_) => out.write_str("[]"),
            Inner::Values(_) => out.write_str("{}"),
        })
    }
}
