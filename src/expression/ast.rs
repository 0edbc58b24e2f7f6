//! The tree that an expression becomes.

use std::cmp::Ordering;
use std::ops::Range;

use super::Type;

/// An expression or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in bytes of the expression's text, with the brackets around it.
    pub at: Range<usize>,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written, without a sign.
    Number(String),
    /// A text in single quotes, without them.
    Text(String),
    /// A text that is said to be of a type: `date '2026-01-31'`.
    Typed(Type, String),
    /// `interval '1' day`: the count or the whole text, and the unit where one is named.
    Interval(Box<Expr>, Option<String>),
    /// A field by its name, nested ones by several: `address.city`.
    Field(Vec<Name>),
    /// `not`.
    Not(Box<Expr>),
    /// A number with the other sign.
    Negated(Box<Expr>),
    /// Conditions that all hold.
    All(Vec<Expr>),
    /// Conditions of which one holds.
    Any(Vec<Expr>),
    /// Two values held against each other.
    Compare(Box<Expr>, Comparison, Box<Expr>),
    /// Values joined by operators of the same rank, from left to right.
    Chain(Box<Expr>, Vec<(Operator, Expr)>),
    /// `is null`; `is not null` where the second is true.
    IsNull(Box<Expr>, bool),
    /// `is true`, `is false` or `is unknown`; with `not` where the third is true.
    Is(Box<Expr>, Truth, bool),
    /// `in` a list; with `not` where the third is true.
    In(Box<Expr>, Vec<Expr>, bool),
    /// `between` two values, both included; with `not` where the third is true.
    Between(Box<Expr>, Box<[Expr; 2]>, bool),
    /// A text held against a pattern.
    Like(Box<Expr>, Like, Box<Expr>),
    /// `case`.
    Case(Box<Case>),
    /// A value as one of another type: the name of that as it is written.
    Cast(Box<Expr>, Type, String),
    /// A function with its arguments.
    Call(Call),
    /// A query in brackets, as far as nothing is said of its rows.
    Subquery,
    /// Several values in brackets: `(a, b)`.
    Tuple(Vec<Expr>),
    /// SQL that pact does not model. Its parts are; of its own value nothing is known.
    Other(Vec<Expr>),
}

/// A name, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name without its quotes.
    pub text: String,
    /// The quote, where there is one: what is quoted is no keyword.
    pub quote: Option<char>,
    /// Where it stands, with its quotes.
    pub at: Range<usize>,
}

/// How two values are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `<>`.
    Unequal,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `is distinct from`: null is a value like others.
    Distinct,
    /// `is not distinct from`.
    NotDistinct,
}

impl Comparison {
    /// The operator in SQL.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Distinct => "is distinct from",
            Self::NotDistinct => "is not distinct from",
        }
    }

    /// Whether it holds of two values that are there and are in this order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal | Self::NotDistinct => order.is_eq(),
            Self::Unequal | Self::Distinct => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// Whether null is a value like others to it.
    pub fn takes_null(self) -> bool {
        matches!(self, Self::Distinct | Self::NotDistinct)
    }

    /// The same comparison with its sides swapped.
    #[must_use]
    pub fn swapped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
}

/// What joins two values to a third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`, and the words for whole division.
    Divide,
    /// `%`.
    Remainder,
    /// `||`.
    Concat,
}

impl Operator {
    /// The operator in SQL.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Concat => "||",
        }
    }
}

/// What a condition can be besides wrong or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not.
    False,
    /// Nobody knows, since a value is null.
    Unknown,
}

/// How a text is held against a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// The operator in lower-case SQL, without `not`: `like`, `ilike`, `similar to`, `~`.
    pub operator: &'static str,
    /// Whether the text must not match.
    pub negated: bool,
    /// The letter of `escape`.
    pub escape: Option<String>,
}

/// `case`.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What the values behind `when` are held against; without it they are conditions.
    pub operand: Option<Expr>,
    /// Each `when` with its `then`.
    pub branches: Vec<(Expr, Expr)>,
    /// `else`; null without it.
    pub otherwise: Option<Expr>,
}

/// A function with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The name as it is written, with dots where it has several parts.
    pub name: String,
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// Whether the arguments are all there are: nothing was passed over, such as `order by`, `distinct` or `*`.
    pub is_plain: bool,
    /// Whether it looks at rows around: `over (...)`.
    pub is_window: bool,
    /// Where the name stands.
    pub at: Range<usize>,
}

impl Expr {
    /// An expression of a kind.
    pub fn new(kind: Kind, at: Range<usize>) -> Self {
        Self { kind, at }
    }

    /// The parts, from left to right.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Typed(..)
            | Kind::Field(_)
            | Kind::Subquery => Vec::new(),
            Kind::Interval(inner, _)
            | Kind::Not(inner)
            | Kind::Negated(inner)
            | Kind::IsNull(inner, _)
            | Kind::Is(inner, ..)
            | Kind::Cast(inner, ..) => vec![inner],
            Kind::All(parts) | Kind::Any(parts) | Kind::Tuple(parts) | Kind::Other(parts) => parts.iter().collect(),
            Kind::Compare(left, _, right) | Kind::Like(left, _, right) => vec![left, right],
            Kind::Chain(first, rest) => std::iter::once(&**first).chain(rest.iter().map(|(_, part)| part)).collect(),
            Kind::In(value, list, _) => std::iter::once(&**value).chain(list).collect(),
            Kind::Between(value, bounds, _) => std::iter::once(&**value).chain(bounds.iter()).collect(),
            Kind::Case(case) => {
                let branches = case.branches.iter().flat_map(|(when, then)| [when, then]);
                case.operand.iter().chain(branches).chain(&case.otherwise).collect()
            }
            Kind::Call(call) => call.arguments.iter().collect(),
        }
    }

    /// Whether the texts of two expressions say the same, wherever they stand.
    pub fn is_same(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}
