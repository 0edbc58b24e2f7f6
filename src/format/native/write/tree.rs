//! A mapping as it is put together, key by key: what says nothing is left out.

use crate::model::{Literal, Quantity};
use crate::source::{Value, parse_scalar};

/// The entries of a mapping, in the order in which they were put there.
#[derive(Debug, Default)]
pub(in crate::format) struct Keys(Vec<(String, Literal)>);

impl Keys {
    /// No entries.
    pub(in crate::format) fn new() -> Self {
        Self::default()
    }

    /// A key with a value, whatever the value is.
    pub(in crate::format) fn put(&mut self, key: &str, value: Literal) -> &mut Self {
        self.0.push((key.to_owned(), value));
        self
    }

    /// A key with a value, where there is one.
    pub(in crate::format) fn some(&mut self, key: &str, value: Option<Literal>) -> &mut Self {
        if let Some(value) = value {
            self.put(key, value);
        }
        self
    }

    /// A text, where there is one.
    pub(in crate::format) fn text(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        self.some(key, text.map(|text| Literal::Text(text.to_owned())))
    }

    /// A text that may be written as a number.
    pub(in crate::format) fn scalar(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        self.some(key, text.map(scalar))
    }

    /// A flag, where it is set.
    pub(in crate::format) fn flag(&mut self, key: &str, flag: bool) -> &mut Self {
        self.some(key, flag.then_some(Literal::Bool(true)))
    }

    /// A count, where there is one.
    pub(in crate::format) fn count(&mut self, key: &str, count: Option<u32>) -> &mut Self {
        self.some(key, count.map(|count| Literal::Int(count.into())))
    }

    /// A quantity as text.
    pub(in crate::format) fn quantity(&mut self, key: &str, quantity: Option<&Quantity>) -> &mut Self {
        self.text(key, quantity.map(|quantity| quantity.text.as_str()))
    }

    /// A quantity that may be written as a number.
    pub(in crate::format) fn number(&mut self, key: &str, quantity: Option<&Quantity>) -> &mut Self {
        self.scalar(key, quantity.map(|quantity| quantity.text.as_str()))
    }

    /// A list of texts, unless it is empty.
    pub(in crate::format) fn texts(&mut self, key: &str, texts: &[String]) -> &mut Self {
        if texts.is_empty() { self } else { self.put(key, list_of_texts(texts)) }
    }

    /// A list, unless it is empty.
    pub(in crate::format) fn list<T>(&mut self, key: &str, items: &[T], write: impl Fn(&T) -> Literal) -> &mut Self {
        if items.is_empty() { self } else { self.put(key, Literal::List(items.iter().map(write).collect())) }
    }

    /// A mapping, unless it is empty.
    pub(in crate::format) fn map(&mut self, key: &str, map: Literal) -> &mut Self {
        if map == Literal::Map(Vec::new()) { self } else { self.put(key, map) }
    }

    /// A mapping from names to values, unless it is empty.
    pub(in crate::format) fn dict<T>(
        &mut self,
        key: &str,
        entries: &[(String, T)],
        write: impl Fn(&T) -> Literal,
    ) -> &mut Self {
        self.map(key, Literal::Map(entries.iter().map(|(name, value)| (name.clone(), write(value))).collect()))
    }

    /// The mapping.
    pub(in crate::format) fn done(&mut self) -> Literal {
        Literal::Map(std::mem::take(&mut self.0))
    }
}

/// A list of texts.
pub(in crate::format) fn list_of_texts(texts: &[String]) -> Literal {
    Literal::List(texts.iter().cloned().map(Literal::Text).collect())
}

/// A text as people write it where a number would be read as the same text.
pub(in crate::format) fn scalar(text: &str) -> Literal {
    match parse_scalar(text) {
        Value::Int(number) if number.to_string() == text => Literal::Int(number),
        Value::Float(number) if number.is_finite() && format!("{number:?}") == text => Literal::Float(number),
        _ => Literal::Text(text.to_owned()),
    }
}

/// A number without a fraction that it does not have.
pub(in crate::format) fn plain_number(number: f64) -> Literal {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT && !(number == 0.0 && number.is_sign_negative()) {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of no more digits than fit")]
        return Literal::Int(number as i128);
    }
    Literal::Float(number)
}
