//! From the tree of an expression to the one that is walked: types are settled here, once.

use std::borrow::Cow;

use jiff::Timestamp;

use super::node::{Cast, Node, Typed};
use super::value::{Moment, Span, Value};
use super::{Number, Place, constants, functions, node};
use crate::expression::ast::{Call, Case, Comparison, Expr, Kind, Name, Operator};
use crate::expression::{Type, functions::Function, functions::Role};
use crate::source::words::quoted;

/// Compiles one expression.
pub(super) struct Compiler<'a> {
    pub(super) text: &'a str,
    pub(super) now: Timestamp,
    pub(super) find: &'a dyn Fn(&[Name]) -> Result<Place, String>,
}

type Compiled = Result<Typed, String>;

impl Compiler<'_> {
    /// Something that is true or false.
    pub(super) fn condition(&self, expr: &Expr) -> Result<Node, String> {
        let typed = self.expr(expr)?;
        match typed.family() {
            Type::Boolean | Type::Null => Ok(typed.node),
            _ => Err(format!("{} is no condition", self.shown(expr))),
        }
    }

    /// A part of the expression, for a message.
    pub(super) fn shown(&self, expr: &Expr) -> String {
        quoted(self.source(expr))
    }

    pub(super) fn source(&self, expr: &Expr) -> &str {
        self.text.get(expr.at.clone()).unwrap_or_default()
    }

    pub(super) fn expr(&self, expr: &Expr) -> Compiled {
        let truth = |node| Ok(Typed::new(node, Type::Boolean));
        let constant = |value, of: Type| Ok(Typed::new(Node::Constant(value), of));
        match &expr.kind {
            Kind::Null => constant(Value::Null, Type::Null),
            Kind::Bool(value) => constant(Value::Bool(*value), Type::Boolean),
            Kind::Number(text) => {
                let number = Number::parse(text).ok_or_else(|| format!("{} is no number", quoted(text)))?;
                constant(Value::Number(number), Type::Number)
            }
            Kind::Text(text) => constant(Value::Text(Cow::Owned(text.clone())), Type::Text),
            Kind::Typed(of, text) => {
                let wrong = || format!("{} is not {}", quoted(text), of.described());
                constants::read(text, *of).ok_or_else(wrong)
            }
            Kind::Interval(count, unit) => self.interval(expr, count, unit.as_deref()),
            Kind::Field(names) => self.field(names),
            Kind::Not(inner) => truth(Node::Not(Box::new(self.condition(inner)?))),
            Kind::Negated(inner) => {
                let inner = self.of(inner, Type::Number)?;
                Ok(Typed::new(Node::Negated(Box::new(inner)), Type::Number))
            }
            Kind::All(parts) => truth(Node::All(self.conditions(parts)?)),
            Kind::Any(parts) => truth(Node::Any(self.conditions(parts)?)),
            Kind::Compare(left, comparison, right) => {
                let (left, right) = self.pair(left, right)?;
                truth(Node::Compare(left.boxed(), *comparison, right.boxed()))
            }
            Kind::Chain(first, rest) => self.chain(first, rest),
            // Whether something is there can be asked of anything.
            Kind::IsNull(inner, negated) => truth(Node::IsNull(self.expr(inner)?.boxed(), *negated)),
            Kind::Is(inner, what, negated) => truth(Node::Is(Box::new(self.condition(inner)?), *what, *negated)),
            Kind::In(value, list, negated) => {
                let first = self.expr(value)?;
                let (first, list) = self.alike(first, value, list)?;
                truth(Node::In(first.boxed(), list, *negated))
            }
            Kind::Between(value, bounds, negated) => {
                let first = self.expr(value)?;
                let (first, bounds) = self.alike(first, value, bounds.as_slice())?;
                let bounds: [Node; 2] = bounds.try_into().map_err(|_| "`between` takes two values".to_owned())?;
                truth(Node::Between(first.boxed(), Box::new(bounds), *negated))
            }
            Kind::Like(value, like, pattern) => {
                let text = constants::text(pattern)
                    .ok_or_else(|| format!("the pattern {} is no constant", self.shown(pattern)))?;
                let regex = constants::pattern(like, text)?;
                truth(Node::Matches(Box::new(self.of(value, Type::Text)?), Box::new(regex), like.negated))
            }
            Kind::Case(case) => self.case(case),
            Kind::Cast(inner, _, name) => self.cast(expr, inner, name),
            Kind::Call(call) => self.call(expr, call),
            Kind::Subquery => Err("it has a query, and a record stands alone".to_owned()),
            Kind::Tuple(_) | Kind::Other(_) => Err(format!("{} is not evaluated outside databases", self.shown(expr))),
        }
    }

    fn conditions(&self, parts: &[Expr]) -> Result<Vec<Node>, String> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn field(&self, names: &[Name]) -> Compiled {
        let Place { slot, data_type } = (self.find)(names)?;
        Ok(Typed::new(Node::Slot(slot), data_type))
    }

    fn interval(&self, expr: &Expr, count: &Expr, unit: Option<&str>) -> Compiled {
        let unknown = || format!("the span of time {} is not known", self.shown(expr));
        let text = match &count.kind {
            Kind::Text(text) | Kind::Number(text) => text.trim(),
            _ => return Err(unknown()),
        };
        let span = match unit {
            Some(unit) => text.parse().ok().and_then(|count| Span::default().with(count, unit)),
            None => Span::parse(text),
        };
        Ok(Typed::new(Node::Constant(Value::Span(span.ok_or_else(unknown)?)), Type::Interval))
    }

    /// A value of a family of types.
    pub(super) fn of(&self, expr: &Expr, wanted: Type) -> Result<Node, String> {
        let typed = self.expr(expr)?;
        self.fitting(typed, expr, wanted).map(|typed| typed.node)
    }

    /// A value as one of a family: texts in quotes are read as such, and identifiers as texts.
    fn fitting(&self, typed: Typed, expr: &Expr, wanted: Type) -> Compiled {
        match (typed.family(), wanted) {
            (found, wanted) if found == wanted || found == Type::Null => Ok(typed),
            (Type::Binary, Type::Text) | (Type::Text, Type::Binary) => Ok(typed),
            (Type::Text, _) if constants::text(expr).is_some() => {
                let text = constants::text(expr).unwrap_or_default();
                constants::read(text, wanted).ok_or_else(|| format!("{} is not {}", quoted(text), wanted.described()))
            }
            (Type::Uuid, Type::Text | Type::Binary) => {
                let cast = Cast { to: crate::model::DataType::String, scale: None, is_try: false };
                Ok(Typed::new(Node::Cast(typed.boxed(), cast), Type::Text))
            }
            (found, _) => {
                Err(format!("{} is {}, and {} is needed", self.shown(expr), found.described(), wanted.described()))
            }
        }
    }

    /// Two values that can be held against each other.
    fn pair(&self, left: &Expr, right: &Expr) -> Result<(Typed, Typed), String> {
        let (one, two) = (self.expr(left)?, self.expr(right)?);
        let wanted = self.common(&[(&one, left), (&two, right)])?;
        Ok((self.fitting(one, left, wanted)?, self.fitting(two, right, wanted)?))
    }

    /// A value and others that it is held against.
    fn alike(&self, first: Typed, expr: &Expr, others: &[Expr]) -> Result<(Typed, Vec<Node>), String> {
        let compiled = others.iter().map(|other| self.expr(other)).collect::<Result<Vec<_>, _>>()?;
        let all: Vec<(&Typed, &Expr)> = std::iter::once((&first, expr)).chain(compiled.iter().zip(others)).collect();
        let wanted = self.common(&all)?;
        let first = self.fitting(first, expr, wanted)?;
        let fitting = |(typed, other)| self.fitting(typed, other, wanted).map(|typed| typed.node);
        Ok((first, compiled.into_iter().zip(others).map(fitting).collect::<Result<_, _>>()?))
    }

    /// The family in which values are held against each other: that of what is no constant text, since such a text is read
    /// as a value of the other side.
    fn common(&self, all: &[(&Typed, &Expr)]) -> Result<Type, String> {
        let rank = |typed: &Typed, expr: &Expr| match typed.family() {
            Type::Null => 0,
            _ if constants::text(expr).is_some() => 1,
            Type::Uuid => 2,
            _ => 3,
        };
        let mut chosen: Option<(&Typed, &Expr)> = None;
        for (typed, expr) in all {
            if chosen.is_none_or(|(best, of)| rank(typed, expr) > rank(best, of)) {
                chosen = Some((typed, expr));
            }
        }
        let Some((typed, expr)) = chosen else { return Ok(Type::Null) };
        match typed.family() {
            Type::Unknown | Type::List | Type::Record => {
                Err(format!("{} is {}, which nothing is compared with", self.shown(expr), typed.family().described()))
            }
            family => Ok(family),
        }
    }

    /// Values that become one, with their common family.
    pub(super) fn merged(&self, exprs: &[Expr]) -> Result<(Vec<Node>, node::Kind), String> {
        let Some((first, rest)) = exprs.split_first() else { return Err("a value is missing".to_owned()) };
        let compiled = self.expr(first)?;
        let mut kind = compiled.kind;
        let (one, rest_nodes) = self.alike(compiled, first, rest)?;
        for expr in rest {
            if kind.family == Type::Null {
                kind = self.expr(expr)?.kind;
            }
        }
        if one.family() != Type::Null {
            kind = node::Kind { is_date: kind.is_date && rest.is_empty(), ..one.kind };
        }
        Ok((std::iter::once(one.node).chain(rest_nodes).collect(), kind))
    }

    fn chain(&self, first: &Expr, rest: &[(Operator, Expr)]) -> Compiled {
        let mut left = self.expr(first)?;
        for (operator, expr) in rest {
            let right = self.expr(expr)?;
            left = self.operation(left, first, *operator, right, expr)?;
        }
        Ok(left)
    }

    fn operation(&self, left: Typed, first: &Expr, operator: Operator, right: Typed, expr: &Expr) -> Compiled {
        use Type::{Interval, Moment as At, Null, Number as Num, Text};
        if operator == Operator::Concat {
            let left = self.fitting(left, first, Text)?;
            let right = self.fitting(right, expr, Text)?;
            return Ok(Typed::new(Node::Operate(left.boxed(), operator, right.boxed()), Text));
        }
        let dates = (left.kind.is_date, right.kind.is_date);
        let to_date = node::Kind { family: At, is_date: true };
        let kind: node::Kind = match (left.family(), operator, right.family()) {
            (Num | Null, _, Num | Null) => Num.into(),
            (At, Operator::Add | Operator::Subtract, Interval) | (Interval, Operator::Add, At) => At.into(),
            (At, Operator::Add | Operator::Subtract, Num) if dates.0 => to_date,
            (At, Operator::Subtract, At) if dates == (true, true) => Num.into(),
            (At, Operator::Subtract, At) | (Interval, Operator::Add | Operator::Subtract, Interval) => Interval.into(),
            _ => {
                let (one, two) = (left.family().described(), right.family().described());
                return Err(format!("`{}` between {one} and {two} is not evaluated", operator.sql()));
            }
        };
        // The days between two dates are a number.
        if kind.family == Num && dates == (true, true) {
            return Ok(Typed::new(Node::Call(functions::Builtin::DaysBetween, vec![right.node, left.node]), Num));
        }
        Ok(Typed::new(Node::Operate(left.boxed(), operator, right.boxed()), kind))
    }

    fn case(&self, case: &Case) -> Compiled {
        let mut exprs: Vec<Expr> = case.branches.iter().map(|(_, then)| then.clone()).collect();
        exprs.extend(case.otherwise.clone());
        let (mut values, kind) = self.merged(&exprs)?;
        let otherwise = if case.otherwise.is_some() { values.pop() } else { None };
        let otherwise = otherwise.unwrap_or(Node::Constant(Value::Null));
        let whens = case.branches.iter().map(|(when, _)| match &case.operand {
            None => self.condition(when),
            Some(operand) => {
                let (left, right) = self.pair(operand, when)?;
                Ok(Node::Compare(left.boxed(), Comparison::Equal, right.boxed()))
            }
        });
        let whens: Vec<Node> = whens.collect::<Result<_, _>>()?;
        Ok(Typed::new(Node::Case(whens.into_iter().zip(values).collect(), Box::new(otherwise)), kind))
    }

    fn cast(&self, expr: &Expr, inner: &Expr, name: &str) -> Compiled {
        let (to, scale) = constants::target(name)?;
        let is_try = self
            .source(expr)
            .trim_start_matches('(')
            .get(..4)
            .is_some_and(|word| word.eq_ignore_ascii_case("try_") || word.eq_ignore_ascii_case("safe"));
        let value = self.expr(inner)?;
        let (from, kind) = (value.family(), node::Kind::from(to));
        let is_known = match (from, kind.family) {
            (
                Type::Null | Type::Text,
                Type::Number | Type::Boolean | Type::Moment | Type::Time | Type::Uuid | Type::Text,
            )
            | (Type::Number, Type::Number | Type::Text)
            | (Type::Uuid, Type::Uuid | Type::Text)
            | (Type::Moment, Type::Moment) => true,
            (one, two) => one == two && matches!(one, Type::Boolean | Type::Time),
        };
        if !is_known {
            return Err(format!("a cast of {} to {} is not evaluated", from.described(), quoted(name)));
        }
        Ok(Typed::new(Node::Cast(value.boxed(), Cast { to, scale, is_try }), kind))
    }

    fn call(&self, expr: &Expr, call: &Call) -> Compiled {
        let name = call.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let role = Function::named(&name).map(|function| function.role);
        if matches!(role, Some(Role::Aggregate | Role::Window)) || call.is_window {
            return Err(format!("{} looks at many rows, and a record stands alone", quoted(&call.name)));
        }
        let at = Moment::of(self.now);
        let clock = match name.as_str() {
            "now" | "current_timestamp" | "localtimestamp" | "transaction_timestamp" | "statement_timestamp" => {
                Some(Typed::new(Node::Constant(Value::Moment(at)), Type::Moment))
            }
            "current_date" | "today" => {
                let kind = node::Kind { family: Type::Moment, is_date: true };
                Some(Typed::new(Node::Constant(Value::Moment(at.midnight())), kind))
            }
            _ => None,
        };
        match clock {
            Some(clock) if call.arguments.is_empty() => Ok(clock),
            _ if !call.is_plain => Err(format!("{} is not evaluated outside databases", self.shown(expr))),
            _ => functions::compile(self, expr, &name, &call.arguments),
        }
    }
}
