//! Values as values of a type: when two are the same one, and which is the lesser. `12.50` and `12.5` are one decimal, two
//! texts with offsets may be one instant; letter case and spelling of texts always count.

use std::cmp::Ordering;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::{DataType, Literal};

impl DataType {
    /// Whether two values are one value of the type. What is no value of the type is compared as it is written.
    pub fn same(self, one: &Literal, other: &Literal) -> bool {
        one == other || self.identity(one) == self.identity(other)
    }

    /// A text that two values share exactly if they are one value of the type.
    pub fn identity(self, value: &Literal) -> String {
        let mut text = String::new();
        self.identify(value, &mut text);
        text
    }

    fn identify(self, value: &Literal, into: &mut String) {
        // A `String` takes whatever is written to it.
        let _ = match value {
            Literal::Null => write!(into, "null"),
            Literal::Bool(value) => write!(into, "{value}"),
            Literal::Int(_) | Literal::Float(_) => match Decimal::of(value) {
                Some(number) => write!(into, "number {number:?}"),
                None => write!(into, "{value:?}"),
            },
            Literal::Text(text) => match self.of_text(text) {
                Some(plain) => write!(into, "{plain}"),
                None => write!(into, "text {text:?}"),
            },
            Literal::List(items) => {
                into.push('[');
                for item in items {
                    self.identify(item, into);
                    into.push(',');
                }
                write!(into, "]")
            }
            Literal::Map(entries) => {
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by(|one, other| one.0.cmp(&other.0));
                into.push('{');
                for (key, value) in entries {
                    let _ = write!(into, "{key:?}:");
                    self.identify(value, into);
                    into.push(',');
                }
                write!(into, "}}")
            }
        };
    }

    /// A text of a type whose values are written in several ways, in one of them.
    fn of_text(self, text: &str) -> Option<String> {
        match self {
            Self::Decimal => Decimal::parse(text.trim()).map(|number| format!("number {number:?}")),
            Self::Date => text.parse::<Date>().ok().map(|date| date.to_string()),
            Self::Time => text.parse::<Time>().ok().map(|time| time.to_string()),
            Self::Datetime | Self::Timestamp => {
                let instant = text.parse::<Timestamp>().map(|instant| instant.to_string());
                instant.or_else(|_| text.parse::<DateTime>().map(|moment| moment.to_string())).ok()
            }
            Self::Uuid => uuid::Uuid::try_parse(text).ok().map(|id| id.to_string()),
            _ => None,
        }
    }

    /// The order of two values of the type; `None` where one of them is none of its values or the type has no order.
    pub fn order(self, one: &Literal, other: &Literal) -> Option<Ordering> {
        match self {
            Self::Integer | Self::Float => Some(Decimal::of(one)?.cmp(&Decimal::of(other)?)),
            Self::Decimal => Some(decimal(one)?.cmp(&decimal(other)?)),
            Self::Date => Some(one.text()?.parse::<Date>().ok()?.cmp(&other.text()?.parse().ok()?)),
            Self::Time => Some(one.text()?.parse::<Time>().ok()?.cmp(&other.text()?.parse().ok()?)),
            Self::Datetime | Self::Timestamp => moments(one.text()?, other.text()?),
            _ => None,
        }
    }
}

fn decimal(value: &Literal) -> Option<Decimal> {
    Decimal::of(value).or_else(|| Decimal::parse(value.text()?.trim()))
}

fn moments(one: &str, other: &str) -> Option<Ordering> {
    if let (Ok(one), Ok(other)) = (one.parse::<Timestamp>(), other.parse::<Timestamp>()) {
        return Some(one.cmp(&other));
    }
    Some(one.parse::<DateTime>().ok()?.cmp(&other.parse().ok()?))
}

/// A number by its decimal digits, as many as there are: binary numbers would lose some of them.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    /// Without zeros in front.
    whole: String,
    /// Without zeros behind.
    fraction: String,
}

impl Decimal {
    fn of(value: &Literal) -> Option<Self> {
        match value {
            Literal::Int(number) => Self::parse(&number.to_string()),
            Literal::Float(number) if number.is_finite() => Self::parse(&number.to_string()),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        /// Numbers with more zeros than this are no amounts of anything.
        const MOST: u32 = 400;
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0
            || !is_number(whole)
            || !is_number(fraction)
            || exponent.unsigned_abs() > MOST
        {
            return None;
        }
        let (mut whole, mut fraction) = (whole.to_owned(), fraction.to_owned());
        for _ in 0..exponent {
            whole.push(if fraction.is_empty() { '0' } else { fraction.remove(0) });
        }
        for _ in exponent..0 {
            fraction.insert(0, whole.pop().unwrap_or('0'));
        }
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        Some(Self { negative: negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let size = |number: &Self| (number.whole.len(), number.whole.clone(), number.fraction.clone());
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Literal {
        Literal::Text(text.to_owned())
    }

    #[test]
    fn spelling_is_no_difference_where_the_type_says_so() {
        let same = [
            (DataType::Integer, Literal::Int(1), Literal::Float(1.0)),
            (DataType::Float, Literal::Float(-0.0), Literal::Int(0)),
            (DataType::Decimal, text("12.50"), Literal::Float(12.5)),
            (DataType::Decimal, text("1.5e3"), Literal::Int(1500)),
            (DataType::Decimal, text("15E-1"), text("+01.50")),
            (DataType::Timestamp, text("2026-01-31T12:00:00Z"), text("2026-01-31T13:00:00+01:00")),
            (DataType::Datetime, text("2026-01-31 12:00:00"), text("2026-01-31T12:00")),
            (DataType::Time, text("06:00"), text("06:00:00")),
            (
                DataType::Uuid,
                text("6F1C2F0E-58B5-4F44-9F0B-3A5B0C7D1E2F"),
                text("6f1c2f0e-58b5-4f44-9f0b-3a5b0c7d1e2f"),
            ),
        ];
        for (data_type, one, other) in same {
            assert!(data_type.same(&one, &other), "{one} and {other} as {}", data_type.name());
        }
        let different = [
            (DataType::String, text("A"), text("a")),
            (DataType::String, text("1"), Literal::Int(1)),
            (DataType::String, text("1.0"), text("1")),
            (DataType::Decimal, text("0.12345678901234567891"), text("0.12345678901234567892")),
            (DataType::Integer, Literal::Int(9_007_199_254_740_993), Literal::Int(9_007_199_254_740_992)),
            (DataType::Boolean, text("true"), Literal::Bool(true)),
            (DataType::Json, Literal::List(vec![text("a,b")]), Literal::List(vec![text("a"), text("b")])),
        ];
        for (data_type, one, other) in different {
            assert!(!data_type.same(&one, &other), "{one} and {other} as {}", data_type.name());
        }
    }

    #[test]
    fn values_are_ordered_by_their_type() {
        let order = |data_type: DataType, one: Literal, other: Literal| data_type.order(&one, &other);
        assert_eq!(order(DataType::Decimal, text("9.99"), Literal::Int(10)), Some(Ordering::Less));
        assert_eq!(order(DataType::Decimal, text("-9.99"), Literal::Int(-10)), Some(Ordering::Greater));
        assert_eq!(order(DataType::Decimal, text("0.5"), text("0.25")), Some(Ordering::Greater));
        assert_eq!(order(DataType::Integer, text("1"), Literal::Int(2)), None);
        assert_eq!(order(DataType::String, text("a"), text("b")), None);
        let (noon, later) = (text("2026-01-31T12:00:00Z"), text("2026-01-31T12:00:00-01:00"));
        assert_eq!(order(DataType::Timestamp, noon, later), Some(Ordering::Less));
        for endless in ["1e-2147483648", "1e2147483647", "1e401", "1e-401"] {
            assert_eq!(order(DataType::Decimal, text(endless), Literal::Int(3)), None, "{endless}");
        }
        assert_eq!(order(DataType::Date, text("2026-02-30"), text("2026-03-01")), None);
    }
}
