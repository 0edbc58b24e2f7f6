//! The address of an element in a contract: `orders.customer_email.nullable`.

use std::borrow::Cow;
use std::fmt;

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A dataset by its name.
    Dataset(String),
    /// A field by its name.
    Field(String),
    /// The items of an array.
    Items,
    /// The values of a map.
    Values,
    /// A property of the element, by its key in the native format.
    Key(Cow<'static, str>),
    /// An item of a list by its position, from 0.
    Index(usize),
}

/// The address of an element, by names rather than positions where there are names, so that it stays the same when
/// other elements come and go. The empty path is the contract itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Path {
    steps: Vec<Step>,
}

impl Path {
    /// The path of the contract itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path of a property of the contract, such as `version`.
    pub fn of(key: impl Into<Cow<'static, str>>) -> Self {
        Self::root().key(key)
    }

    /// The path of a dataset.
    pub fn dataset(name: impl Into<String>) -> Self {
        Self::root().step(Step::Dataset(name.into()))
    }

    /// A field of this dataset or of this object.
    #[must_use]
    pub fn field(&self, name: impl Into<String>) -> Self {
        self.step(Step::Field(name.into()))
    }

    /// A property of this element.
    #[must_use]
    pub fn key(&self, key: impl Into<Cow<'static, str>>) -> Self {
        self.step(Step::Key(key.into()))
    }

    /// An item of this list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// The path one step further.
    #[must_use]
    pub fn step(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { steps }
    }

    pub(super) fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.steps.pop();
    }

    /// The steps from the contract to the element.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The last field of the path with what follows it: `lines[]` for the items of `lines`. Empty without a field.
    pub fn last_field(&self) -> String {
        let start = self.steps.iter().rposition(|step| matches!(step, Step::Field(_))).unwrap_or(self.steps.len());
        Self { steps: self.steps.iter().skip(start).cloned().collect() }.to_string()
    }

    /// The element that this one belongs to; `None` for the contract itself.
    pub fn parent(&self) -> Option<Self> {
        let (_, steps) = self.steps.split_last()?;
        Some(Self { steps: steps.to_vec() })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            let dot = if index > 0 { "." } else { "" };
            match step {
                Step::Dataset(name) | Step::Field(name) => write!(out, "{dot}{name}")?,
                Step::Key(key) => write!(out, "{dot}{key}")?,
                Step::Items => out.write_str("[]")?,
                Step::Values => out.write_str("{}")?,
                Step::Index(index) => write!(out, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_like_an_address() {
        let path = Path::dataset("orders").field("lines").step(Step::Items).field("price").key("constraints").index(1);
        assert_eq!(path.to_string(), "orders.lines[].price.constraints[1]");
        assert_eq!(Path::root().to_string(), "");
        assert_eq!(Path::dataset("orders").field("lines").step(Step::Items).last_field(), "lines[]");
        assert_eq!(Path::dataset("orders").last_field(), "");
    }
}
