//! Comparisons: what is held against what, and whether both can ever meet.

use super::{Judge, Wanted, article, is_one_value, reads_as, refusing, short};
use crate::expression::ast::{Comparison, Expr, Kind, Like};
use crate::expression::mistakes::{Mistake, Mistakes};
use crate::expression::types::Type;
use crate::expression::values::{constant, field};
use crate::model::DataType;
use crate::source::words::{nearest, quoted};

impl Judge<'_, '_> {
    pub(super) fn compare(&mut self, whole: &Expr, left: &Expr, comparison: Comparison, right: &Expr) -> Type {
        let (of_left, of_right) = (self.type_beside(left, right), self.type_beside(right, left));
        let is_null = |expr: &Expr| matches!(expr.kind, Kind::Null);
        if !comparison.takes_null() && (is_null(left) || is_null(right)) {
            self.compares_null(whole, left, comparison, right);
            return Type::Boolean;
        }
        if left.is_same(right) && is_one_value(left) && constant(left).is_none() && !self.may_be_nan(left) {
            self.same_sides(whole, left, comparison);
            return Type::Boolean;
        }
        self.pair(left, of_left, right, of_right);
        if matches!(comparison, Comparison::Equal | Comparison::Unequal) {
            self.possible(left, right);
            self.possible(right, left);
        }
        Type::Boolean
    }

    pub(super) fn compares_null(&mut self, whole: &Expr, left: &Expr, comparison: Comparison, right: &Expr) {
        let other = if matches!(left.kind, Kind::Null) { right } else { left };
        let null = if matches!(left.kind, Kind::Null) { left } else { right };
        let is_loud = self.source(null) == "NULL";
        let test = match (comparison, is_loud) {
            (Comparison::Unequal, true) => "IS NOT NULL",
            (Comparison::Unequal, false) => "is not null",
            (_, true) => "IS NULL",
            (_, false) => "is null",
        };
        let message = format!("a comparison with null is never true, whatever {} is", quoted(self.source(other)));
        let instead = format!("{} {test}", self.source(other));
        let mut mistake = Mistake::new(Mistakes::ComparesNull, whole.at.clone(), message);
        if matches!(comparison, Comparison::Equal | Comparison::Unequal) {
            mistake = mistake.help(format!("write {}", quoted(&instead))).correct(
                format!("write {}", quoted(&instead)),
                whole.at.clone(),
                instead,
            );
        }
        self.mistakes.push(mistake);
    }

    pub(super) fn same_sides(&mut self, whole: &Expr, side: &Expr, comparison: Comparison) {
        let holds = matches!(
            comparison,
            Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual | Comparison::NotDistinct
        );
        let (kind, ever) =
            if holds { (Mistakes::AlwaysTrue, "never false") } else { (Mistakes::AlwaysFalse, "never true") };
        let message = format!("{} is compared with itself: this is {ever}", quoted(self.source(side)));
        if let Some(mistake) = self.wrong(kind, whole, message) {
            mistake.help = Some("compare it with something else, or remove it".to_owned());
        }
    }

    /// Whether it is a number that may be no number: some databases say that such a value differs from itself.
    pub(super) fn may_be_nan(&self, expr: &Expr) -> bool {
        let is_float = field(expr, self.scope).is_some_and(|field| field.data_type == DataType::Float);
        is_float || expr.parts().into_iter().any(|part| self.may_be_nan(part))
    }

    /// Two values that are held against each other.
    pub(super) fn pair(&mut self, left: &Expr, of_left: Type, right: &Expr, of_right: Type) {
        if self.text_for(left, of_left, right) || self.text_for(right, of_right, left) || of_left.goes_with(of_right) {
            return;
        }
        let [left_is, right_is] = [(left, of_left), (right, of_right)].map(|(expr, of)| self.described(expr, of));
        let at = left.at.start.min(right.at.start)..left.at.end.max(right.at.end);
        let mistake =
            Mistake::new(Mistakes::TypeMismatch, at, format!("{left_is} and {right_is}: they can't be compared"));
        let quotes = match (of_left, &right.kind) {
            (Type::Text, Kind::Number(text)) => Some(format!("write the number as a text: `'{}'`", short(text))),
            _ => None,
        };
        self.mistakes.push(match quotes {
            Some(help) => mistake.help(help),
            None => mistake.help("compare values of one type, or convert one with `CAST(... AS ...)`"),
        });
    }

    /// Whether one side is a text that the database reads as a value of the other's type. Tells if it is none.
    pub(super) fn text_for(&mut self, value: &Expr, of: Type, other: &Expr) -> bool {
        let Kind::Text(text) = &other.kind else { return false };
        if matches!(of, Type::Text | Type::Unknown | Type::Null) {
            return true;
        }
        if !reads_as(text, of) {
            let message = format!("{}, and {} is not", self.described(value, of), quoted(self.source(other)));
            if let Some(mistake) = self.wrong(Mistakes::TypeMismatch, other, message) {
                mistake.help = Some(match of {
                    Type::Moment => "write it as `'YYYY-MM-DD'`, or with a time behind".to_owned(),
                    _ => "write a value of the type, or correct the field".to_owned(),
                });
            }
        }
        true
    }

    pub(super) fn described(&self, expr: &Expr, of: Type) -> String {
        let name = quoted(self.source(expr));
        match field(expr, self.scope) {
            Some(field) => format!("{name} is {} {}", article(field.data_type.name()), field.data_type.name()),
            None => format!("{name} is {}", of.described()),
        }
    }

    /// Whether a field can have the value that it is compared with.
    pub(super) fn possible(&mut self, expr: &Expr, other: &Expr) {
        let Some((field, value)) = field(expr, self.scope).zip(constant(other)) else { return };
        if self.wanted == Wanted::Filter {
            return;
        }
        let Some(allowed) = refusing(field, &value) else { return };
        let message = format!("{} is never {}", quoted(self.source(expr)), short(self.source(other)));
        let near = value.text().and_then(|text| nearest(text, allowed.iter().take(200).filter_map(|one| one.text())));
        let mut mistake = Mistake::new(Mistakes::ImpossibleValue, other.at.clone(), message);
        if let Some(near) = near {
            let text = format!("'{}'", near.replace('\'', "''"));
            let title = format!("write {} for {}", quoted(&text), quoted(self.source(other)));
            mistake = mistake.help(format!("did you mean {}?", quoted(&text))).correct(title, other.at.clone(), text);
        } else {
            let some: Vec<String> = allowed.iter().take(5).map(|one| short(&one.to_string())).collect();
            let more = if allowed.len() > 5 { ", …" } else { "" };
            mistake = mistake.help(format!("its values are {}{more}", some.join(", ")));
        }
        self.mistakes.push(mistake);
    }

    pub(super) fn list(&mut self, whole: &Expr, value: &Expr, list: &[Expr], negated: bool) -> Type {
        let of = self.type_of(value);
        for item in list {
            let found = self.type_beside(item, value);
            self.pair(value, of, item, found);
            self.possible(value, item);
        }
        let null = list.iter().find(|item| matches!(item.kind, Kind::Null));
        if let (Some(null), true) = (null, negated) {
            let message = "`NOT IN` a list with null is never true: any value might be the null";
            let mistake = Mistake::new(Mistakes::ComparesNull, null.at.start..whole.at.end, message);
            self.mistakes.push(mistake.help("take the null out of the list, and write `IS NOT NULL` beside it"));
        }
        Type::Boolean
    }

    pub(super) fn like(&mut self, value: &Expr, like: &Like, pattern: &Expr) -> Type {
        for side in [value, pattern] {
            let found = self.type_of(side);
            if !found.goes_with(Type::Text) {
                let message = format!("{}, and a pattern is about text", self.described(side, found));
                if let Some(mistake) = self.wrong(Mistakes::TypeMismatch, side, message) {
                    mistake.help =
                        Some("compare it by `=` or `BETWEEN`, or convert it with `CAST(... AS text)`".to_owned());
                }
            }
        }
        if let (Kind::Text(text), "like" | "ilike") = (&pattern.kind, like.operator)
            && !text.contains(['%', '_'])
        {
            let operator = if like.negated { "<>" } else { "=" };
            let message = format!("{} has neither `%` nor `_`, and so is one text only", quoted(self.source(pattern)));
            if let Some(mistake) = self.wrong(Mistakes::LikeWithoutWildcard, pattern, message) {
                mistake.help = Some(format!("write `{operator}`, or say where other letters may stand"));
            }
        }
        Type::Boolean
    }
}
