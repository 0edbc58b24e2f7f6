//! Expressions as SQL again, with brackets around every part that has parts.

use std::fmt;

use super::ast::{Call, Expr, Kind, Name, Truth};
use super::types::Type;

impl fmt::Display for Expr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = |negated: &bool| if *negated { "not " } else { "" };
        match &self.kind {
            Kind::Null => out.write_str("null"),
            Kind::Bool(value) => write!(out, "{value}"),
            Kind::Number(text) => out.write_str(text),
            Kind::Text(value) => text(out, value),
            Kind::Typed(of, value) => {
                out.write_str(match of {
                    Type::Moment if value.len() <= 10 => "date ",
                    Type::Moment => "timestamp ",
                    Type::Time => "time ",
                    _ => "",
                })?;
                text(out, value)
            }
            Kind::Interval(value, unit) => {
                write!(out, "interval {value}")?;
                unit.as_ref().map_or(Ok(()), |unit| write!(out, " {unit}"))
            }
            Kind::Field(names) => list(out, names, "."),
            Kind::Not(inner) => write!(out, "(not {inner})"),
            Kind::Negated(inner) => write!(out, "(- {inner})"),
            Kind::All(parts) => within(out, parts, " and "),
            Kind::Any(parts) => within(out, parts, " or "),
            Kind::Compare(left, comparison, right) => write!(out, "({left} {} {right})", comparison.sql()),
            Kind::Chain(first, rest) => {
                write!(out, "({first}")?;
                rest.iter().try_for_each(|(operator, part)| write!(out, " {} {part}", operator.sql()))?;
                out.write_str(")")
            }
            Kind::IsNull(inner, negated) => write!(out, "({inner} is {}null)", not(negated)),
            Kind::Is(inner, truth, negated) => {
                let truth = match truth {
                    Truth::True => "true",
                    Truth::False => "false",
                    Truth::Unknown => "unknown",
                };
                write!(out, "({inner} is {}{truth})", not(negated))
            }
            Kind::In(value, items, negated) => {
                write!(out, "({value} {}in ", not(negated))?;
                within(out, items, ", ")?;
                out.write_str(")")
            }
            Kind::Between(value, bounds, negated) => {
                let [low, high] = &**bounds;
                write!(out, "({value} {}between {low} and {high})", not(negated))
            }
            Kind::Like(value, like, pattern) => {
                let negated = not(&like.negated);
                match (like.operator, negated) {
                    ("~" | "~*", "not ") => write!(out, "({value} !{} {pattern}", like.operator)?,
                    (operator, negated) => write!(out, "({value} {negated}{operator} {pattern}")?,
                }
                if let Some(escape) = &like.escape {
                    out.write_str(" escape ")?;
                    text(out, escape)?;
                }
                out.write_str(")")
            }
            Kind::Case(case) => {
                out.write_str("case")?;
                case.operand.iter().try_for_each(|operand| write!(out, " {operand}"))?;
                case.branches.iter().try_for_each(|(when, then)| write!(out, " when {when} then {then}"))?;
                case.otherwise.iter().try_for_each(|otherwise| write!(out, " else {otherwise}"))?;
                out.write_str(" end")
            }
            Kind::Cast(value, _, name) => write!(out, "cast({value} as {name})"),
            Kind::Call(call) => self::call(out, call),
            // What is not modelled is the same as itself alone.
            Kind::Subquery | Kind::Other(_) => write!(out, "<{}..{}>", self.at.start, self.at.end),
            Kind::Tuple(parts) => within(out, parts, ", "),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.quote {
            None => out.write_str(&self.text),
            Some(_) => write!(out, "\"{}\"", self.text.replace('"', "\"\"")),
        }
    }
}

fn call(out: &mut fmt::Formatter<'_>, call: &Call) -> fmt::Result {
    write!(out, "{}(", call.name.to_ascii_lowercase())?;
    list(out, &call.arguments, ", ")?;
    out.write_str(if call.is_plain { ")" } else { ", ...)" })
}

fn text(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(out, "'{}'", text.replace('\'', "''"))
}

fn within<T: fmt::Display>(out: &mut fmt::Formatter<'_>, parts: &[T], between: &str) -> fmt::Result {
    out.write_str("(")?;
    list(out, parts, between)?;
    out.write_str(")")
}

fn list<T: fmt::Display>(out: &mut fmt::Formatter<'_>, parts: &[T], between: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        write!(out, "{}{part}", if index > 0 { between } else { "" })?;
    }
    Ok(())
}
