//! An expression held against the fields that it is about: names, types, and what can't be meant.

mod call;
mod compare;

use super::ast::{Case, Comparison, Expr, Kind, Name, Operator};
use super::fold::certainties;
use super::functions::{Function, Role};
use super::mistakes::{Mistake, Mistakes};
use super::scope::{Found, Scope};
use super::types::Type;
use super::values::{constant, field};
use crate::model::{Constraint, ConstraintKind, Field, Literal};
use crate::source::words::quoted;

/// What an expression is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A condition on each row.
    Condition,
    /// A condition on rows that are not there any more: they may have other values than those that are.
    Filter,
    /// A value of each row.
    Value,
}

/// Everything that is wrong with an expression. `text` is what it was read from.
pub fn judge(text: &str, expr: &Expr, scope: &Scope<'_>, wanted: Wanted) -> Vec<Mistake> {
    let mut judge = Judge { text, scope, wanted, mistakes: Vec::new() };
    let found = judge.type_of(expr);
    let is_condition = found == Type::Boolean || found.is_open();
    if wanted != Wanted::Value && !is_condition {
        let help = match (&expr.kind, found) {
            (Kind::Field(_), Type::Number) => format!("compare it: `{} > 0`", short(judge.source(expr))),
            (Kind::Field(_), _) => format!("compare it, or write `{} IS NOT NULL`", short(judge.source(expr))),
            _ => "compare it with something".to_owned(),
        };
        let message = format!("this is {}, and a condition is expected", found.described());
        judge.mistakes.push(Mistake::new(Mistakes::NotBoolean, expr.at.clone(), message).help(help));
    }
    // Where something else is wrong, what the rest is worth nobody knows.
    let is_sound = judge.mistakes.iter().all(|mistake| {
        matches!(mistake.kind, Mistakes::Nondeterministic | Mistakes::UnknownFunction | Mistakes::LikeWithoutWildcard)
    });
    if wanted != Wanted::Value && is_sound {
        certainties(expr, scope, &mut judge.mistakes);
    }
    judge.mistakes.sort_by_key(|mistake| mistake.at.start);
    judge.mistakes
}

/// A text that fits into a sentence.
fn short(text: &str) -> String {
    quoted(text).trim_matches('`').to_owned()
}

struct Judge<'a, 's> {
    text: &'s str,
    scope: &'s Scope<'a>,
    wanted: Wanted,
    mistakes: Vec<Mistake>,
}

impl Judge<'_, '_> {
    fn source(&self, expr: &Expr) -> &str {
        self.text.get(expr.at.clone()).unwrap_or_default()
    }

    fn wrong(&mut self, kind: Mistakes, expr: &Expr, message: impl Into<String>) -> Option<&mut Mistake> {
        self.mistakes.push(Mistake::new(kind, expr.at.clone(), message));
        self.mistakes.last_mut()
    }

    /// The type of an expression; tells what is wrong with it on the way.
    fn type_of(&mut self, expr: &Expr) -> Type {
        match &expr.kind {
            Kind::Null => Type::Null,
            Kind::Bool(_) => Type::Boolean,
            Kind::Number(_) => Type::Number,
            Kind::Text(_) => Type::Text,
            Kind::Typed(of, text) => {
                if !reads_as(text, *of) {
                    let message = format!("{} is not {}", quoted(self.source(expr)), of.described());
                    self.wrong(Mistakes::TypeMismatch, expr, message);
                }
                *of
            }
            Kind::Interval(value, _) => {
                self.type_of(value);
                Type::Interval
            }
            Kind::Field(names) => self.type_of_field(names),
            Kind::Not(inner) => {
                self.condition(inner, "`not`", None);
                Type::Boolean
            }
            Kind::Negated(inner) => {
                let found = self.type_of(inner);
                if !(found.is_open() || matches!(found, Type::Number | Type::Interval)) {
                    let message =
                        format!("{} is {}, and `-` wants a number", quoted(self.source(inner)), found.described());
                    self.wrong(Mistakes::TypeMismatch, inner, message);
                    return Type::Unknown;
                }
                found
            }
            Kind::All(parts) => self.conditions(parts, "`and`"),
            Kind::Any(parts) => self.conditions(parts, "`or`"),
            Kind::Compare(left, comparison, right) => self.compare(expr, left, *comparison, right),
            Kind::Chain(first, rest) => self.chain(first, rest),
            Kind::IsNull(inner, _) => {
                self.type_of(inner);
                Type::Boolean
            }
            Kind::Is(inner, ..) => {
                self.condition(inner, "`is`", None);
                Type::Boolean
            }
            Kind::In(value, list, negated) => self.list(expr, value, list, *negated),
            Kind::Between(value, bounds, _) => {
                let of = self.type_of(value);
                for bound in bounds.iter() {
                    let found = self.type_of(bound);
                    self.pair(value, of, bound, found);
                }
                Type::Boolean
            }
            Kind::Like(value, like, pattern) => self.like(value, like, pattern),
            Kind::Case(case) => self.case(case),
            Kind::Cast(value, to, _) => {
                self.type_of(value);
                *to
            }
            Kind::Call(call) => self.call(expr, call),
            Kind::Subquery => {
                let message = "a query within a condition looks at other rows than the one in hand";
                if let Some(mistake) = self.wrong(Mistakes::Subquery, expr, message) {
                    mistake.help = Some("write a rule with `query`, or a foreign key".to_owned());
                }
                Type::Unknown
            }
            Kind::Tuple(parts) | Kind::Other(parts) => {
                for part in parts {
                    self.type_of(part);
                }
                Type::Unknown
            }
        }
    }

    fn type_of_field(&mut self, names: &[Name]) -> Type {
        match self.scope.find(names) {
            Found::Field(field) => Type::of(field.data_type),
            Found::Something => Type::Unknown,
            Found::Nothing => {
                self.unknown_field(names);
                Type::Unknown
            }
        }
    }

    /// The type of what is held against something else. A word that is no field may be a value of the other that lacks its
    /// quotes.
    fn type_beside(&mut self, expr: &Expr, other: &Expr) -> Type {
        if let Kind::Field(names) = &expr.kind
            && let [name] = names.as_slice()
            && matches!(self.scope.find(names), Found::Nothing)
            && let Some(field) = field(other, self.scope)
            && let Some(value) = listed(field, &name.text)
        {
            let text = format!("'{}'", value.replace('\'', "''"));
            let message =
                format!("{} is a value of {}, and stands here as a name", quoted(&name.text), quoted(&field.name));
            let title = format!("write {} for {}", quoted(&text), quoted(self.source(expr)));
            self.mistakes.push(
                Mistake::new(Mistakes::FieldUnknown, expr.at.clone(), message)
                    .help(format!("write {}: a text stands in single quotes", quoted(&text)))
                    .correct(title, expr.at.clone(), text),
            );
            return Type::Unknown;
        }
        self.type_of(expr)
    }

    fn unknown_field(&mut self, names: &[Name]) {
        let (Some(first), Some(last)) = (names.first(), names.last()) else { return };
        let at = first.at.start..last.at.end;
        let written = self.text.get(at.clone()).unwrap_or_default();
        let owner = self.scope.owner().map_or_else(|| "any dataset of the contract".to_owned(), quoted);
        let plain: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        let mut mistake = Mistake::new(
            Mistakes::FieldUnknown,
            at.clone(),
            format!("{} is no field of {owner}", quoted(&plain.join("."))),
        );
        let near = self.scope.nearest(names);
        if self.wanted == Wanted::Filter && near.is_none() {
            // Rows may be chosen by what is not published.
            return;
        }
        if let Some(near) = near {
            mistake = mistake.help(format!("did you mean {}?", quoted(&near))).correct(
                format!("write {} for {}", quoted(&near), quoted(written)),
                at,
                in_quotes(&near, last.quote),
            );
        } else if names.len() > 1 && self.scope.is_other_dataset(first) {
            mistake = mistake.help(format!(
                "{} is another dataset, and a condition sees one row of one dataset: write a rule with a `query`",
                quoted(&first.text)
            ));
        } else if last.quote == Some('"') && names.len() == 1 {
            let text = format!("'{}'", last.text.replace('\'', "''"));
            mistake = mistake
                .help("what stands in double quotes is a name in SQL; a text stands in single ones")
                .correct(format!("write {} as a text", quoted(written)), at, text);
        } else {
            mistake = mistake.help("name a field of the dataset, nested ones with dots");
        }
        self.mistakes.push(mistake);
    }

    fn conditions(&mut self, parts: &[Expr], operator: &str) -> Type {
        let mut before = None;
        for part in parts {
            self.condition(part, operator, before);
            before = Some(part);
        }
        Type::Boolean
    }

    /// A part that has to be a condition.
    fn condition(&mut self, part: &Expr, operator: &str, before: Option<&Expr>) {
        let found = self.type_of(part);
        if found == Type::Boolean || found.is_open() {
            return;
        }
        let message =
            format!("{} is {}, and {operator} wants a condition", quoted(self.source(part)), found.described());
        let is_value = constant(part).is_some();
        let help = match before.map(|before| &before.kind) {
            Some(Kind::Compare(left, Comparison::Equal, right)) if is_value && constant(right).is_some() => {
                let [left, right, part] = [left, right, part].map(|expr| short(self.source(expr)));
                format!("write `{left} IN ({right}, {part})`")
            }
            _ => "compare it with something".to_owned(),
        };
        if let Some(mistake) = self.wrong(Mistakes::TypeMismatch, part, message) {
            mistake.help = Some(help);
        }
    }

    fn chain(&mut self, first: &Expr, rest: &[(Operator, Expr)]) -> Type {
        let (mut of, mut before) = (self.type_of(first), first);
        for (operator, part) in rest {
            let found = self.type_of(part);
            let is_zero = match constant(part) {
                Some(Literal::Int(value)) => value == 0,
                Some(Literal::Float(value)) => value == 0.0,
                _ => false,
            };
            if is_zero
                && matches!(operator, Operator::Divide | Operator::Remainder)
                && let Some(mistake) = self.wrong(Mistakes::DivisionByZero, part, "this divides by zero")
            {
                mistake.help = Some("a division by zero stops the whole query, or gives null".to_owned());
            }
            of = if let Some(of) = combined(*operator, (of, before), (found, part)) {
                of
            } else {
                let [left, right] = [(before, of), (part, found)].map(|(expr, of)| self.described(expr, of));
                let at = before.at.start..part.at.end;
                let message = format!("{left} and {right}: `{}` does not join them", operator.sql());
                let is_text = of == Type::Text && *operator == Operator::Add;
                let help =
                    if is_text { "texts are joined by `||`" } else { "convert one of them, or take another field" };
                self.mistakes.push(Mistake::new(Mistakes::TypeMismatch, at, message).help(help));
                Type::Unknown
            };
            before = part;
        }
        of
    }

    fn case(&mut self, case: &Case) -> Type {
        let operand = case.operand.as_ref().map(|operand| (operand, self.type_of(operand)));
        let mut result = (Type::Null, None);
        for (when, then) in &case.branches {
            match operand {
                Some((operand, of)) => {
                    let found = self.type_of(when);
                    self.pair(operand, of, when, found);
                    self.possible(operand, when);
                }
                None => self.condition(when, "`when`", None),
            }
            result = self.branch(result, then);
        }
        if let Some(otherwise) = &case.otherwise {
            result = self.branch(result, otherwise);
        }
        result.0
    }

    fn branch<'e>(&mut self, (of, first): (Type, Option<&'e Expr>), next: &'e Expr) -> (Type, Option<&'e Expr>) {
        let found = self.type_of(next);
        if !of.goes_with(found) && !matches!(next.kind, Kind::Text(_)) {
            let message = format!("{}, and another branch is {}", self.described(next, found), of.described());
            self.wrong(Mistakes::TypeMismatch, next, message);
            return (Type::Unknown, first);
        }
        if of.is_open() { (found, Some(next)) } else { (of, first) }
    }
}

/// A name with dots in the quotes of another.
fn in_quotes(name: &str, quote: Option<char>) -> String {
    let is_plain = |part: &str| {
        part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
            && !part.starts_with(|letter: char| letter.is_ascii_digit())
    };
    let parts = name.split('.').map(|part| match quote {
        Some(quote) => format!("{quote}{part}{quote}"),
        None if is_plain(part) => part.to_owned(),
        None => format!("\"{part}\""),
    });
    parts.collect::<Vec<_>>().join(".")
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'i', 'o']) { "an" } else { "a" }
}

/// Whether an expression has one value in a row: nothing in it changes, or is unknown to pact.
fn is_one_value(expr: &Expr) -> bool {
    let is_known = match &expr.kind {
        Kind::Subquery | Kind::Other(_) => false,
        Kind::Call(call) => call.is_plain && Function::named(&call.name).is_some_and(|known| known.role == Role::Row),
        _ => true,
    };
    is_known && expr.parts().into_iter().all(is_one_value)
}

/// The values of a field, where they are listed and the given one is none of them.
fn refusing<'a>(field: &'a Field, value: &Literal) -> Option<&'a [Literal]> {
    let is_closed = |constraint: &&Constraint| constraint.when.is_none() && !constraint.is_open();
    let list = field.constraints.iter().filter(is_closed).find(|constraint| constraint.kind == ConstraintKind::Enum)?;
    let Literal::List(allowed) = &list.value else { return None };
    let of = field.data_type;
    let is_listed = allowed.iter().chain(field.missing_values()).any(|one| {
        // A number may be written as a text and the other way round.
        of.same(one, value) || one.to_string() == value.to_string()
    });
    (!is_listed && !allowed.is_empty()).then_some(allowed)
}

/// The value of a field's list that a word is, if it is one.
fn listed<'a>(field: &'a Field, word: &str) -> Option<&'a str> {
    const MOST: usize = 200;
    let lists = field.constraints.iter().filter(|constraint| constraint.kind == ConstraintKind::Enum).take(5);
    let mut values = lists.flat_map(|constraint| match &constraint.value {
        Literal::List(values) => values.iter().take(MOST).filter_map(Literal::text),
        _ => [].iter().take(0).filter_map(Literal::text),
    });
    values.find(|value| *value == word)
}

/// The type of what an operator makes of two values; `None` where it does not join them.
fn combined(operator: Operator, (left, on_left): (Type, &Expr), (right, on_right): (Type, &Expr)) -> Option<Type> {
    if operator == Operator::Concat {
        // Databases write other values as text, or join lists.
        return Some(if left == Type::List || right == Type::List { Type::List } else { Type::Text });
    }
    // A text that is a number, or a time, is taken as one.
    let as_value = |of: Type, expr: &Expr, other: Type| match &expr.kind {
        Kind::Text(text) if other != Type::Text && reads_as(text, other) => Type::Unknown,
        _ => of,
    };
    let (left, right) = (as_value(left, on_left, right), as_value(right, on_right, left));
    let is_time = |of| matches!(of, Type::Moment | Type::Time);
    match (left, right) {
        (one, other) if one.is_open() || other.is_open() => {
            let known = if one.is_open() { other } else { one };
            Some(if known == Type::Number && operator != Operator::Add { Type::Number } else { Type::Unknown })
        }
        (Type::Number, Type::Number) => Some(Type::Number),
        (Type::Interval, Type::Interval) if matches!(operator, Operator::Add | Operator::Subtract) => {
            Some(Type::Interval)
        }
        (Type::Interval, Type::Number) | (Type::Number, Type::Interval) => Some(Type::Interval),
        // A span of time, or a count of days: databases differ.
        (one, other) if one == other && is_time(one) && operator == Operator::Subtract => Some(Type::Unknown),
        (one, Type::Interval | Type::Number)
            if is_time(one) && matches!(operator, Operator::Add | Operator::Subtract) =>
        {
            Some(one)
        }
        (Type::Interval | Type::Number, other) if is_time(other) && operator == Operator::Add => Some(other),
        (Type::Moment, Type::Time) | (Type::Time, Type::Moment) if operator == Operator::Add => Some(Type::Moment),
        _ => None,
    }
}

/// Whether a database reads a text as a value of a type. Where databases differ it does.
fn reads_as(text: &str, of: Type) -> bool {
    let text = text.trim();
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match of {
        Type::Number => text.parse::<f64>().is_ok(),
        Type::Boolean => is_one_of(&["true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "1", "0"]),
        Type::Moment => {
            let special = ["now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity"];
            let date = text.get(..10).filter(|date| {
                let shape = date.bytes().zip(*b"dddd-dd-dd");
                shape
                    .into_iter()
                    .all(|(byte, wanted)| if wanted == b'd' { byte.is_ascii_digit() } else { byte == wanted })
            });
            match date {
                Some(date) => date.parse::<jiff::civil::Date>().is_ok(),
                None => has_digit || is_one_of(&special),
            }
        }
        Type::Time => has_digit || is_one_of(&["now", "allballs"]),
        Type::Interval => has_digit,
        Type::Uuid => uuid::Uuid::try_parse(text).is_ok(),
        _ => true,
    }
}
