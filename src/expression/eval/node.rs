//! The tree that is walked for each row.

use regex::Regex;

use super::functions::Builtin;
use super::value::Value;
use crate::expression::{Comparison, Operator, Truth, Type};
use crate::model::DataType;

/// An expression whose types are known to go together.
#[derive(Debug)]
pub(super) enum Node {
    Constant(Value<'static>),
    Slot(usize),
    Not(Box<Node>),
    Negated(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Compare(Box<Node>, Comparison, Box<Node>),
    Operate(Box<Node>, Operator, Box<Node>),
    IsNull(Box<Node>, bool),
    Is(Box<Node>, Truth, bool),
    In(Box<Node>, Vec<Node>, bool),
    Between(Box<Node>, Box<[Node; 2]>, bool),
    Matches(Box<Node>, Box<Regex>, bool),
    /// Conditions with their values, and the value where none of them holds.
    Case(Vec<(Node, Node)>, Box<Node>),
    Cast(Box<Node>, Cast),
    Call(Builtin, Vec<Node>),
}

/// What a value is read as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cast {
    pub(super) to: DataType,
    /// How many digits stand behind the point of a decimal, where that is said.
    pub(super) scale: Option<u32>,
    /// Whether what can't be read is null, and no failure.
    pub(super) is_try: bool,
}

/// What is known of the values of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) family: Type,
    /// Whether they are dates without a time of day.
    pub(super) is_date: bool,
}

impl From<Type> for Kind {
    fn from(family: Type) -> Self {
        Self { family, is_date: false }
    }
}

impl From<DataType> for Kind {
    fn from(of: DataType) -> Self {
        Self { family: Type::of(of), is_date: of == DataType::Date }
    }
}

/// A node, and what its values are.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) node: Node,
    pub(super) kind: Kind,
}

impl Typed {
    pub(super) fn new(node: Node, kind: impl Into<Kind>) -> Self {
        Self { node, kind: kind.into() }
    }

    pub(super) fn family(&self) -> Type {
        self.kind.family
    }

    pub(super) fn boxed(self) -> Box<Node> {
        Box::new(self.node)
    }
}
