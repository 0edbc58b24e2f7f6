//! What can be wrong with SQL.

use std::ops::Range;

/// What is wrong with an expression or a query, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What kind of mistake it is.
    pub kind: Mistakes,
    /// Where, in bytes of the text.
    pub at: Range<usize>,
    /// One clause that says what is wrong; the reader knows which expression is meant.
    pub message: String,
    /// What to do now.
    pub help: Option<String>,
    /// A text that would be right, where one can be guessed.
    pub correction: Option<Box<Correction>>,
}

/// A text to put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What it does, as a sentence without its end.
    pub title: String,
    /// What is replaced, in bytes of the text.
    pub at: Range<usize>,
    /// By what.
    pub text: String,
}

/// The kinds of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mistakes {
    /// It is no SQL.
    Syntax,
    /// A field that is not there.
    FieldUnknown,
    /// Values that can't be held against each other, or an operand of the wrong type.
    TypeMismatch,
    /// A value where a condition is expected.
    NotBoolean,
    /// A condition that every row keeps.
    AlwaysTrue,
    /// A condition that no row keeps.
    AlwaysFalse,
    /// A value that a field never has.
    ImpossibleValue,
    /// A comparison with null, which is never true.
    ComparesNull,
    /// A result that differs from run to run.
    Nondeterministic,
    /// A function of many rows, or a query, where one row is looked at.
    Aggregate,
    /// A query within a condition.
    Subquery,
    /// A function that pact does not know.
    UnknownFunction,
    /// A division by zero.
    DivisionByZero,
    /// A pattern without a wildcard.
    LikeWithoutWildcard,
    /// A query that can't be read.
    QuerySyntax,
    /// A query that changes something, or several statements.
    NotReadOnly,
    /// A placeholder that nothing is put into.
    UnknownPlaceholder,
    /// A query whose result is not one value.
    NotOneValue,
}

impl Mistake {
    /// A mistake without advice.
    pub fn new(kind: Mistakes, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind, at, message: message.into(), help: None, correction: None }
    }

    /// The same mistake with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same mistake with a text that would be right.
    #[must_use]
    pub fn correct(mut self, title: impl Into<String>, at: Range<usize>, text: impl Into<String>) -> Self {
        self.correction = Some(Box::new(Correction { title: title.into(), at, text: text.into() }));
        self
    }
}
