//! Calls of functions: whether they are known, fit a condition on one row, and get what they take.

use super::{Judge, reads_as};
use crate::expression::ast::{Call, Expr, Kind};
use crate::expression::functions::{Function, Returns, Role};
use crate::expression::mistakes::{Mistake, Mistakes};
use crate::expression::operand::UNITS;
use crate::expression::scope::Found;
use crate::expression::types::Type;
use crate::expression::values::constant;
use crate::model::Literal;
use crate::source::words::quoted;

impl Judge<'_, '_> {
    pub(super) fn call(&mut self, whole: &Expr, call: &Call) -> Type {
        let known = Function::named(&call.name);
        let mut found = Vec::with_capacity(call.arguments.len());
        for (place, argument) in call.arguments.iter().enumerate() {
            if self.is_unit(argument) {
                found.push(Type::Unknown);
                continue;
            }
            let of = self.type_of(argument);
            found.push(of);
            let takes = known.map_or(Type::Unknown, |function| function.takes(place));
            let is_text = matches!(&argument.kind, Kind::Text(text) if reads_as(text, takes));
            if !of.goes_with(takes) && !is_text {
                let name = quoted(&call.name);
                let message = format!("{}, and {name} takes {} here", self.described(argument, of), takes.described());
                self.wrong(Mistakes::TypeMismatch, argument, message);
            }
        }
        self.role(whole, call, known);
        match known.map(Function::returns) {
            Some(Returns::Type(of)) => of,
            Some(Returns::Argument(place)) => {
                // Any of the alternatives may come out; the first that is no null tells the type.
                let rest = found.iter().skip(place);
                rest.copied().find(|of| *of != Type::Null).unwrap_or(Type::Unknown)
            }
            None => Type::Unknown,
        }
    }

    /// Whether an argument is a word such as `day` and no field.
    pub(super) fn is_unit(&self, argument: &Expr) -> bool {
        let Kind::Field(names) = &argument.kind else { return false };
        let [name] = names.as_slice() else { return false };
        let is_unit = UNITS.iter().any(|unit| name.text.eq_ignore_ascii_case(unit));
        is_unit && matches!(self.scope.find(names), Found::Nothing)
    }

    pub(super) fn role(&mut self, whole: &Expr, call: &Call, known: Option<&Function>) {
        let name = quoted(&call.name);
        let Some(function) = known else {
            let message =
                format!("pact does not know the function {name}: its arguments and its value are not checked");
            self.mistakes.push(Mistake::new(Mistakes::UnknownFunction, call.at.clone(), message));
            return;
        };
        // SQLite's `max(a, b)` looks at one row.
        let is_of_row = matches!(function.name, "min" | "max") && call.arguments.len() > 1;
        let (kind, message, help) = match function.role {
            _ if call.is_window || function.role == Role::Window => (
                Mistakes::Aggregate,
                format!("{name} looks at the rows around, and a condition looks at one row"),
                "write a rule with `query`",
            ),
            Role::Aggregate if !is_of_row => (
                Mistakes::Aggregate,
                format!("{name} makes one value of many rows, and a condition looks at one row"),
                "write a rule with `query`, or one with `metric`",
            ),
            Role::Changing => (
                Mistakes::Nondeterministic,
                format!("{name} gives another value in another run: the same row may pass today and fail tomorrow"),
                "compare with a field, such as the time at which the row was loaded",
            ),
            _ => return self.zero_argument(call, function),
        };
        self.mistakes.push(Mistake::new(kind, whole.at.clone(), message).help(help));
    }

    pub(super) fn zero_argument(&mut self, call: &Call, function: &Function) {
        let divisor = call.arguments.get(1).filter(|_| matches!(function.name, "mod" | "div"));
        if let Some(part) = divisor.filter(|part| constant(part) == Some(Literal::Int(0))) {
            self.wrong(Mistakes::DivisionByZero, part, "this divides by zero");
        }
    }
}
