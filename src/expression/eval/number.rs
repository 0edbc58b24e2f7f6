//! Numbers by their decimal digits: 0.1 and 0.2 make 0.3. What has more digits than fit goes on as a binary fraction.

use std::cmp::Ordering;
use std::fmt;

use super::Failed;

/// A number.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// A whole number of an integer type: divided by another it gives a whole number.
    Int(i128),
    /// Digits, and how many of them stand behind the point.
    Decimal(i128, u32),
    /// A number that is too large or too fine for that. Never infinite and never nothing.
    Float(f64),
}

/// The most digits behind the point that are kept.
const MOST_SCALE: u32 = 36;
/// How many digits more than its operands a quotient has.
const QUOTIENT_DIGITS: u32 = 16;

/// The powers of 10 that fit into 64 bits.
const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

fn power(exponent: u32) -> Option<i128> {
    match POWERS.get(exponent as usize) {
        Some(power) => Some(i128::from(*power)),
        None => 10i128.checked_pow(exponent),
    }
}

/// The product. Nearly all numbers have 64 bits, and two of them make no more than 128.
fn product(one: i128, two: i128) -> Option<i128> {
    match (i64::try_from(one), i64::try_from(two)) {
        (Ok(one), Ok(two)) => Some(i128::from(one) * i128::from(two)),
        _ => one.checked_mul(two),
    }
}

/// A quotient to the nearest whole number, halves away from zero.
fn rounded(dividend: i128, divisor: i128) -> Option<i128> {
    let (whole, rest) = (dividend.checked_div(divisor)?, dividend.checked_rem(divisor)?);
    if rest.unsigned_abs() >= divisor.unsigned_abs() - rest.unsigned_abs() && rest != 0 {
        return whole.checked_add(if (dividend < 0) == (divisor < 0) { 1 } else { -1 });
    }
    Some(whole)
}

impl Number {
    /// Reads a number as JSON and SQL write it: digits, a point, an exponent.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (is_negative, digits) = match bytes.split_first()? {
            (b'-', rest) => (true, rest),
            (b'+', rest) => (false, rest),
            _ => (false, bytes),
        };
        let (mut mantissa, mut scale, mut count) = (0u64, 0u32, 0u32);
        let mut is_behind = false;
        for (index, byte) in digits.iter().enumerate() {
            match byte {
                // As many as fit into 64 bits, which is what nearly all numbers have.
                b'0'..=b'9' if count < 18 => {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    count += 1;
                    scale += u32::from(is_behind);
                }
                b'.' if !is_behind => is_behind = true,
                _ => return Self::parse_long(text, is_negative, digits, index),
            }
        }
        if count == 0 {
            return None;
        }
        let mantissa = if is_negative { -i128::from(mantissa) } else { i128::from(mantissa) };
        Some(if is_behind { Self::Decimal(mantissa, scale) } else { Self::Int(mantissa) })
    }

    /// A number with many digits or an exponent.
    fn parse_long(text: &str, is_negative: bool, digits: &[u8], from: usize) -> Option<Self> {
        let is_mark = |byte: &u8| matches!(byte, b'e' | b'E');
        let end = digits.iter().position(is_mark).unwrap_or(digits.len()).max(from.min(digits.len()));
        let (number, exponent) = (digits.get(..end)?, digits.get(end..)?);
        let exponent: i64 = match exponent {
            [] => 0,
            [_, rest @ ..] => std::str::from_utf8(rest).ok()?.parse().ok()?,
        };
        let (mut mantissa, mut scale, mut count, mut is_behind, mut fits) = (0i128, 0i64, 0usize, false, true);
        for byte in number {
            match byte {
                b'0'..=b'9' => {
                    count += 1;
                    let next = mantissa.checked_mul(10).and_then(|more| more.checked_add(i128::from(byte - b'0')));
                    fits &= next.is_some();
                    mantissa = next.unwrap_or(mantissa);
                    scale += i64::from(is_behind);
                }
                b'.' if !is_behind => is_behind = true,
                _ => return None,
            }
        }
        if count == 0 {
            return None;
        }
        let scale = scale.saturating_sub(exponent);
        let exact = || {
            let scale = if scale < 0 { 0 } else { u32::try_from(scale).ok().filter(|scale| *scale <= MOST_SCALE)? };
            Some((mantissa, scale))
        };
        let shifted = |(mantissa, least): (i128, u32)| {
            let missing = u32::try_from(-scale.min(0)).ok()?;
            let mantissa = mantissa.checked_mul(power(missing)?)?;
            let mantissa = if is_negative { -mantissa } else { mantissa };
            let is_whole = !is_behind && exponent == 0;
            Some(if is_whole { Self::Int(mantissa) } else { Self::Decimal(mantissa, least) })
        };
        let exact = if fits { exact().and_then(shifted) } else { None };
        exact.or_else(|| text.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Float))
    }

    /// The same value as one of a type that has fractions.
    #[must_use]
    pub fn fractional(self) -> Self {
        if let Self::Int(value) = self { Self::Decimal(value, 0) } else { self }
    }

    /// The same value as one of an integer type; `None` where there is something behind the point.
    pub fn whole(self) -> Option<Self> {
        if let Self::Int(_) = self {
            return Some(self);
        }
        match self.shortest() {
            Self::Decimal(value, 0) | Self::Int(value) => Some(Self::Int(value)),
            Self::Decimal(..) => None,
            Self::Float(value) => (value.fract() == 0.0).then_some(self),
        }
    }

    /// The same value without zeros at the end behind the point.
    #[must_use]
    pub fn shortest(self) -> Self {
        let Self::Decimal(mut mantissa, mut scale) = self else { return self };
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Self::Decimal(mantissa, scale)
    }

    /// How many digits it has before the point and behind it, without zeros at either end; `None` where nobody counts them.
    pub fn digits(self) -> Option<(u32, u32)> {
        let (mantissa, scale) = self.shortest().parts()?;
        let count = mantissa.unsigned_abs().checked_ilog10().map_or(0, |digits| digits + 1);
        Some((count.saturating_sub(scale), scale))
    }

    #[inline]
    fn parts(self) -> Option<(i128, u32)> {
        match self {
            Self::Int(value) => Some((value, 0)),
            Self::Decimal(mantissa, scale) => Some((mantissa, scale)),
            Self::Float(_) => None,
        }
    }

    /// As a binary number, rounded.
    #[expect(clippy::cast_precision_loss, reason = "that is what it is for")]
    pub fn float(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Decimal(mantissa, scale) => mantissa as f64 / 10f64.powi(scale.cast_signed()),
            Self::Float(value) => value,
        }
    }

    fn of_float(value: f64) -> Result<Self, Failed> {
        if value.is_finite() { Ok(Self::Float(value)) } else { Err(Failed::Overflow) }
    }

    /// Both with the same count of digits behind the point.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let ((one, scale), (two, other_scale)) = (self.parts()?, other.parts()?);
        if scale == other_scale {
            return Some((one, two, scale));
        }
        if scale > other_scale {
            return Some((one, product(two, power(scale - other_scale)?)?, scale));
        }
        Some((product(one, power(other_scale - scale)?)?, two, other_scale))
    }

    fn is_int(self, other: Self) -> bool {
        matches!((self, other), (Self::Int(_), Self::Int(_)))
    }

    fn joined(
        self,
        other: Self,
        exact: impl Fn(i128, i128) -> Option<i128>,
        rough: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, Failed> {
        let joined = self.aligned(other).and_then(|(one, two, scale)| Some((exact(one, two)?, scale)));
        match joined {
            Some((value, _)) if self.is_int(other) => Ok(Self::Int(value)),
            Some((mantissa, scale)) => Ok(Self::Decimal(mantissa, scale)),
            None => Self::of_float(rough(self.float(), other.float())),
        }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self, Failed> {
        self.joined(other, i128::checked_add, |one, two| one + two)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self, Failed> {
        self.joined(other, i128::checked_sub, |one, two| one - two)
    }

    /// The product.
    pub fn times(self, other: Self) -> Result<Self, Failed> {
        let exact = || {
            let ((one, scale), (two, other_scale)) = (self.parts()?, other.parts()?);
            let product = product(one, two)?;
            let scale = scale + other_scale;
            (scale <= MOST_SCALE).then_some((product, scale))
        };
        match exact() {
            Some((product, _)) if self.is_int(other) => Ok(Self::Int(product)),
            Some((product, scale)) => Ok(Self::Decimal(product, scale)),
            None => Self::of_float(self.float() * other.float()),
        }
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Int(value) | Self::Decimal(value, _) => value == 0,
            Self::Float(value) => value == 0.0,
        }
    }

    /// The quotient: a whole number, towards zero, where both are of an integer type.
    pub fn over(self, other: Self) -> Result<Self, Failed> {
        if other.is_zero() {
            return Err(Failed::DivisionByZero);
        }
        if let (Self::Int(one), Self::Int(two)) = (self, other) {
            return one.checked_div(two).map(Self::Int).ok_or(Failed::Overflow);
        }
        let exact = || {
            let (one, two, scale) = self.aligned(other)?;
            let digits = (scale + QUOTIENT_DIGITS).min(MOST_SCALE);
            Some(Self::Decimal(rounded(one.checked_mul(power(digits)?)?, two)?, digits).shortest())
        };
        exact().map_or_else(|| Self::of_float(self.float() / other.float()), Ok)
    }

    /// What is left of a division towards zero.
    pub fn remainder(self, other: Self) -> Result<Self, Failed> {
        if other.is_zero() {
            return Err(Failed::DivisionByZero);
        }
        self.joined(other, i128::checked_rem, |one, two| one % two)
    }

    /// Whether another number, which is not 0, divides it.
    pub fn is_multiple_of(self, other: Self) -> bool {
        if let Some((one, two, _)) = self.aligned(other) {
            return one.checked_rem(two) == Some(0);
        }
        let times = self.float() / other.float();
        (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
    }

    /// The number with the other sign.
    pub fn negated(self) -> Result<Self, Failed> {
        Self::Int(0).minus(self)
    }

    /// The number without its sign.
    pub fn absolute(self) -> Result<Self, Failed> {
        if self.order(&Self::Int(0)).is_lt() { self.negated() } else { Ok(self) }
    }

    /// The number to so many digits behind the point, halves away from zero.
    pub fn round(self, digits: i128) -> Result<Self, Failed> {
        let digits = digits.clamp(-40, i128::from(MOST_SCALE));
        let Some((mantissa, scale)) = self.parts() else { return Ok(self) };
        if i128::from(scale) <= digits {
            return Ok(self);
        }
        let exact = || {
            let dropped = u32::try_from(i128::from(scale) - digits).ok()?;
            let kept = match power(dropped) {
                Some(power) => rounded(mantissa, power)?,
                None => 0,
            };
            // Digits before the point that were rounded away are zeros.
            match u32::try_from(digits) {
                Ok(digits) => Some(Self::Decimal(kept, digits)),
                Err(_) => Some(Self::Decimal(kept.checked_mul(power(u32::try_from(-digits).ok()?)?)?, 0)),
            }
        };
        let number = exact().ok_or(Failed::Overflow)?;
        Ok(if let Self::Int(_) = self { number.whole().unwrap_or(number) } else { number })
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> Self {
        self.cut(i128::div_euclid, f64::floor)
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(self) -> Self {
        self.cut(|value, power| value.div_euclid(power) + i128::from(value.rem_euclid(power) != 0), f64::ceil)
    }

    /// The number without what is behind its point.
    #[must_use]
    pub fn truncated(self) -> Self {
        self.cut(|value, power| value / power, f64::trunc)
    }

    fn cut(self, exact: impl Fn(i128, i128) -> i128, rough: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Int(_) | Self::Decimal(_, 0) => self,
            Self::Decimal(mantissa, scale) => Self::Decimal(power(scale).map_or(0, |power| exact(mantissa, power)), 0),
            Self::Float(value) => Self::Float(rough(value)),
        }
    }

    /// The order of two numbers.
    #[inline]
    pub fn order(&self, other: &Self) -> Ordering {
        match (self.parts(), other.parts()) {
            (Some((one, scale)), Some((two, other_scale))) if scale == other_scale => one.cmp(&two),
            _ => self.order_of_unlike(other),
        }
    }

    fn order_of_unlike(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((one, two, _)) => one.cmp(&two),
            None => self.float().total_cmp(&other.float()),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.order(other).is_eq()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Int(value) | Self::Decimal(value, 0) => write!(out, "{value}"),
            Self::Decimal(mantissa, scale) => {
                let scale = scale as usize;
                let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = scale + 1);
                let (whole, behind) = digits.split_at(digits.len() - scale);
                write!(out, "{}{whole}.{behind}", if mantissa < 0 { "-" } else { "" })
            }
            Self::Float(value) => write!(out, "{value}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_are_read_with_all_their_digits() {
        for (text, shown) in [
            ("0", "0"),
            ("-12.50", "-12.50"),
            ("1.5e3", "1500"),
            ("15E-1", "1.5"),
            ("-0.001", "-0.001"),
            ("9007199254740993", "9007199254740993"),
            ("0.12345678901234567891", "0.12345678901234567891"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("1e400000000000", ""),
            ("1e300", "1000"),
            (".5", "0.5"),
            ("", ""),
            ("-", ""),
            (".", ""),
            ("1.2.3", ""),
            ("1e", ""),
            ("0x10", ""),
            ("12a", ""),
        ] {
            let read = Number::parse(text).map_or(String::new(), |number| number.to_string());
            assert!(if shown == "1000" { read.starts_with(shown) } else { read == shown }, "{text} is {read}");
        }
    }

    #[test]
    fn numbers_are_in_order_however_they_are_written() {
        let rising = ["-2", "-1.99", "-1.5", "0", "0.01", "1.5", "1.99", "2", "12345678901234567890.5", "1e300"];
        for (place, one) in rising.iter().enumerate() {
            for (other_place, two) in rising.iter().enumerate() {
                assert_eq!(number(one).order(&number(two)), place.cmp(&other_place), "{one} and {two}");
            }
        }
        assert!(number("1.5") == number("1.500") && number("2") == number("2.0"));
    }

    #[test]
    fn arithmetic_keeps_digits() {
        let one = |left: &str, op: fn(Number, Number) -> Result<Number, Failed>, right: &str| {
            op(number(left), number(right)).map(|number| number.to_string())
        };
        assert_eq!(one("0.1", Number::plus, "0.2"), Ok("0.3".to_owned()));
        assert_eq!(one("7", Number::over, "2"), Ok("3".to_owned()));
        assert_eq!(one("-7", Number::over, "2"), Ok("-3".to_owned()));
        assert_eq!(one("7.0", Number::over, "2"), Ok("3.5".to_owned()));
        assert_eq!(one("2.0", Number::over, "3"), Ok("0.66666666666666667".to_owned()));
        assert_eq!(one("1", Number::over, "0.00"), Err(Failed::DivisionByZero));
        assert_eq!(one("-7", Number::remainder, "3"), Ok("-1".to_owned()));
        assert_eq!(one("1e308", Number::times, "1e308"), Err(Failed::Overflow));
        assert_eq!(number("2.345").round(2).unwrap().to_string(), "2.35");
        assert_eq!(number("-2.5").round(0).unwrap().to_string(), "-3");
        assert_eq!(number("1250").round(-2).unwrap().to_string(), "1300");
        assert_eq!(number("-2.5").floor().to_string(), "-3");
        assert_eq!(number("-2.5").ceil().to_string(), "-2");
        assert!(number("19.99").is_multiple_of(number("0.01")));
        assert!(number("12.50") == number("12.5"));
        assert_eq!(number("012.50").digits(), Some((2, 1)));
    }
}
