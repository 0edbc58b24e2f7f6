//! SQL of a contract, in the words of each dialect.

use super::Dialect;
use super::files::{json_path, json_value, unreadable};
use super::sql::{Sql, Unsupported, Writer, steps, unsupported};
use crate::expression::{Comparison, Expr, Kind, Like, Type};
use crate::source::words::quoted;

impl Writer<'_> {
    /// SQL of the contract: as it stands there, with the names of fields in quotes and with the words of the dialect.
    pub(super) fn expression(&self, text: &str, expr: &Expr) -> Sql {
        let own = match &expr.kind {
            Kind::Field(names) => {
                let all: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
                let found = self.relation.name(&all);
                if let Some(denied) = self.relation.denied(&all).filter(|_| found.is_none()) {
                    return Err(denied);
                }
                if let Some(reason) = found.and_then(|(name, _)| self.relation.unreadable(name)) {
                    return Err(unsupported(reason));
                }
                if let (Dialect::DataFusion, Some((name, rest @ [_, ..]))) = (self.dialect, found)
                    && self.relation.is_json(name)
                {
                    return self.within_json(name, rest);
                }
                return Ok(found.map_or_else(
                    || slice(text, expr).to_owned(),
                    |(name, rest)| {
                        let first = self.dialect.name_of(name);
                        match self.dialect {
                            Dialect::DataFusion => {
                                rest.iter().fold(first, |sql, name| format!("{sql}[{}]", self.dialect.text_of(name)))
                            }
                            Dialect::Postgres if !rest.is_empty() && self.relation.is_json(name) => {
                                match self.relation.within(name, rest) {
                                    Some((field, path)) => self.postgres_value(&first, field.data_type, &path),
                                    // Of what the contract does not say anything of, there is the text.
                                    None => format!("({first} #>> {})", self.postgres_steps(rest)),
                                }
                            }
                            Dialect::Postgres => {
                                rest.iter().fold(first, |sql, name| format!("({sql}).{}", self.dialect.name_of(name)))
                            }
                            Dialect::Sqlite if rest.is_empty() => first,
                            Dialect::Sqlite => {
                                let path = steps(rest.iter().copied());
                                format!("json_extract({first}, {})", self.dialect.text_of(&format!("${path}")))
                            }
                        }
                    },
                ));
            }
            Kind::Like(value, like, pattern) => self.like(text, value, like, pattern)?,
            Kind::Compare(..) | Kind::Between(..) | Kind::In(..)
                if self.dialect == Dialect::DataFusion && compares_spans(expr) =>
            {
                return Err(unsupported(
                    "the engine for files compares spans of time by their parts: 25 hours are less than a day to it",
                ));
            }
            Kind::Compare(..) | Kind::Between(..) | Kind::In(..)
                if self.dialect == Dialect::Sqlite && expr.parts().into_iter().any(|part| self.is_moment(part)) =>
            {
                return self.with_moments(text, expr);
            }
            Kind::Call(call) if self.dialect == Dialect::DataFusion && call.name.eq_ignore_ascii_case("mod") => {
                match call.arguments.as_slice() {
                    [one, other] => {
                        Some(format!("({}) % ({})", self.expression(text, one)?, self.expression(text, other)?))
                    }
                    _ => None,
                }
            }
            // What SQLite has of dates is text that sorts as they do.
            Kind::Typed(Type::Moment, value) if self.dialect == Dialect::Sqlite && value.len() > 10 => {
                Some(Dialect::moment_in_sqlite(&self.dialect.text_of(value)))
            }
            Kind::Typed(_, value) if self.dialect == Dialect::Sqlite => Some(self.dialect.text_of(value)),
            Kind::Interval(..) if self.dialect == Dialect::Sqlite => {
                return Err(unsupported("SQLite knows no spans of time"));
            }
            Kind::Compare(left, comparison @ (Comparison::Distinct | Comparison::NotDistinct), right)
                if self.dialect == Dialect::Sqlite =>
            {
                let operator = if *comparison == Comparison::Distinct { "IS NOT" } else { "IS" };
                Some(format!("{} {operator} {}", self.expression(text, left)?, self.expression(text, right)?))
            }
            Kind::Call(call)
                if self.dialect == Dialect::Sqlite && is_length(&call.name) && call.arguments.len() == 1 =>
            {
                let argument = call.arguments.first().map(|argument| self.expression(text, argument)).transpose()?;
                argument.map(|argument| self.length(&argument))
            }
            _ => None,
        };
        match own {
            Some(sql) => Ok(format!("({sql})")),
            None => self.spliced(text, expr),
        }
    }

    /// A value within the JSON of a file that SQL of the contract names, as what the contract says of it.
    fn within_json(&self, name: &str, names: &[&str]) -> Sql {
        let Some((field, path)) = self.relation.within(name, names) else {
            let called = quoted(&format!("{name}.{}", names.join(".")));
            return Err(unsupported(format!("the contract does not say what {called} is")));
        };
        if let Some(reason) = unreadable(field) {
            return Err(unsupported(reason));
        }
        Ok(json_value(field, &json_path(&self.dialect.name_of(name), &path)))
    }

    /// Whether a part of SQL is a field with moments, which SQLite has as texts.
    fn is_moment(&self, expr: &Expr) -> bool {
        let Kind::Field(names) = &expr.kind else { return false };
        let all: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        let found = self.relation.name(&all).filter(|(_, rest)| rest.is_empty());
        found.is_some_and(|(name, _)| self.relation.is_moment(name))
    }

    /// A comparison with moments in SQLite: texts beside them are moments as well, however these are written.
    fn with_moments(&self, text: &str, expr: &Expr) -> Sql {
        splice(text, expr, &|part| match &part.kind {
            Kind::Text(value) => Ok(Dialect::moment_in_sqlite(&self.dialect.text_of(value))),
            _ => self.expression(text, part),
        })
    }

    /// An expression as it stands in the contract, with its parts in the words of the dialect.
    fn spliced(&self, text: &str, expr: &Expr) -> Sql {
        splice(text, expr, &|part| self.expression(text, part))
    }

    /// Patterns whose operators are not the same everywhere; `None` where they are.
    fn like(&self, text: &str, value: &Expr, like: &Like, pattern: &Expr) -> Result<Option<String>, Unsupported> {
        if self.dialect != Dialect::Sqlite {
            return Ok(None);
        }
        let (value, pattern) = (self.expression(text, value)?, self.expression(text, pattern)?);
        let not = if like.negated { "NOT " } else { "" };
        Ok(Some(match like.operator {
            "~" => format!("{value} {not}REGEXP {pattern}"),
            "~*" => format!("{value} {not}REGEXP '(?i)' || {pattern}"),
            "ilike" if like.escape.is_none() => format!("lower({value}) {not}LIKE lower({pattern})"),
            "like" => return Ok(None),
            other => return Err(unsupported(format!("SQLite has no `{other}`"))),
        }))
    }
}

fn slice<'t>(text: &'t str, expr: &Expr) -> &'t str {
    text.get(expr.at.clone()).unwrap_or_default()
}

fn is_length(function: &str) -> bool {
    ["char_length", "character_length", "len"].iter().any(|name| function.eq_ignore_ascii_case(name))
}

/// The text of an expression, with its parts as `write` has them.
fn splice(text: &str, expr: &Expr, write: &dyn Fn(&Expr) -> Sql) -> Sql {
    let mut parts = expr.parts();
    parts.sort_by_key(|part| part.at.start);
    let mut sql = String::new();
    let mut done = expr.at.start;
    for part in parts {
        sql.push_str(text.get(done..part.at.start).unwrap_or_default());
        sql.push_str(&write(part)?);
        done = part.at.end;
    }
    sql.push_str(text.get(done..expr.at.end).unwrap_or_default());
    Ok(sql)
}

/// Whether spans of time are held against each other.
fn compares_spans(expr: &Expr) -> bool {
    expr.parts().into_iter().any(is_span)
}

fn is_span(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Interval(..) => true,
        Kind::Chain(first, rest) => is_span(first) && rest.iter().all(|(_, part)| is_span(part) || is_number(part)),
        _ => false,
    }
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr.kind, Kind::Number(_))
}
