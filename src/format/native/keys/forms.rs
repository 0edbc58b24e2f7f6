//! Text of certain forms: names, versions, dates, addresses.

use crate::model::Hours;
use crate::source::shape::{Form, mend};

/// Contract names: lower-case words, with dots between parts.
pub(super) static NAME: Form = Form {
    expected: "lower-case letters, digits and `_`, with dots between parts, such as `payments.transactions`",
    pattern: "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$",
    accepts: is_name,
};

/// The name of another contract. Contracts of other formats have names of any letters.
pub(super) static OTHER: Form = Form {
    expected: "the name of a contract, such as `orders`",
    pattern: "\\S",
    accepts: |text| !text.trim().is_empty(),
};

pub(super) static FIELD_NAME: Form = Form {
    expected: "a name without spaces, dots or control characters, such as `customer_id`",
    pattern: "^[^\\s.\\u0000-\\u001f\\u007f]+$",
    accepts: is_field_name,
};

pub(super) static VERSION: Form = Form {
    expected: "a SemVer version such as 1.4.0 (https://semver.org)",
    pattern: "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$",
    accepts: |text| semver::Version::parse(text).is_ok(),
};

pub(super) static REQUIREMENT: Form = Form {
    expected: "a SemVer requirement such as ^1.2 or >=1.2, <3",
    pattern: "",
    accepts: |text| semver::VersionReq::parse(text).is_ok(),
};

pub(super) static DATE: Form = Form {
    expected: "a date as YYYY-MM-DD",
    pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    accepts: |text| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
};

pub(super) static INSTANT: Form = Form {
    expected: "a time with its offset (RFC 3339), such as 2026-12-24T18:00:00+01:00",
    pattern: "",
    accepts: |text| text.parse::<jiff::Timestamp>().is_ok(),
};

pub(super) static EMAIL: Form = Form {
    expected: "an e-mail address such as data@example.com",
    pattern: "^[^@\\s]+@[^@\\s]+$",
    accepts: |text| {
        let parts = text.split_once('@');
        !text.contains(char::is_whitespace)
            && parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
    },
};

/// A zone by its looks: whether it exists is for those who have a database of zones.
pub(super) static ZONE: Form = Form {
    expected: "an IANA zone such as `Europe/Amsterdam`, `UTC`, an offset such as `+01:00`, or `local`",
    pattern: "^([A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*|[+-][0-9]{2}:[0-9]{2})$",
    accepts: is_zone,
};

pub(super) static LANGUAGE: Form = Form {
    expected: "a BCP 47 tag such as `nl` or `nl-NL`",
    pattern: "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$",
    accepts: |text| {
        let mut parts = text.split(['-', '_']);
        let fits = |part: &str, least: usize, fits: fn(u8) -> bool| {
            (least..=8).contains(&part.len()) && part.bytes().all(fits)
        };
        parts.next().is_some_and(|first| fits(first, 2, |byte| byte.is_ascii_alphabetic()))
            && parts.all(|part| fits(part, 1, |byte| byte.is_ascii_alphanumeric()))
    },
};

fn is_zone(text: &str) -> bool {
    if let Some(offset) = text.strip_prefix(['+', '-']) {
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        return offset.split_once(':').is_some_and(|(hours, minutes)| digits(hours) && digits(minutes));
    }
    let fits = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.split('/').all(fits)
}

pub(super) static LETTER: Form = Form {
    expected: "one character, such as `;` or \"\\t\" for a tab",
    pattern: "^[^\\r\\n]$",
    accepts: |text| is_letter(text) == Some(true),
};

pub(super) static LETTER_OR_NONE: Form = Form {
    expected: "one character, such as `'`, or \"\" for none",
    pattern: "^[^\\r\\n]?$",
    accepts: |text| is_letter(text).is_some(),
};

/// Whether there is a character; `None` where there are several, or one that ends a line.
fn is_letter(text: &str) -> Option<bool> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (None, _) => Some(false),
        (Some('\r' | '\n'), _) | (_, Some(_)) => None,
        (Some(_), None) => Some(true),
    }
}

pub(super) static TIME: Form = Form {
    expected: "a time of day as HH:MM, up to 24:00",
    pattern: "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$",
    accepts: |text| Hours::minute_of_day(text).is_some(),
};

pub(super) static CURRENCY: Form = Form {
    expected: "the ISO 4217 code of a currency, such as EUR",
    pattern: "^[A-Z]{3}$",
    accepts: |text| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
};

/// Whether a text can be the name of a dataset or field.
pub(in crate::format) fn is_field_name(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '.')
}

/// Whether a text can be the name of a contract.
pub fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    })
}

/// The name that a text which is none was most likely meant to be.
pub fn meant_name(text: &str) -> Option<String> {
    mend::meant(text, &NAME).map(|(name, _)| name).filter(|name| name != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_lower_case_parts() {
        for name in ["orders", "payments.transactions", "a1_b"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "Orders", "1st", "a..b", ".a", "a.", "a-b", "ä"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn forms_with_a_pattern_agree_with_it() {
        let texts =
            ["orders", "Orders", "a.b", "1.4.0", "1.4", "01.0.0", "2026-01-01", "a@b", "@b", "a b", "", "v1.0.0"];
        let zones =
            ["Europe/Amsterdam", "UTC", "+01:00", "+1:00", "Etc/GMT+1", "/", "a/", "nl-NL", "nl_", "n", "de-u-co"];
        let others = ["08:00", "8:00", "24:00", "24:01", "T0800", "+24:00", "1/2", "EUR", "eur", ";", "\t", "\n"];
        let texts = texts.into_iter().chain(zones).chain(others);
        let text_forms = [&NAME, &OTHER, &FIELD_NAME, &VERSION, &DATE, &EMAIL, &ZONE, &LANGUAGE, &TIME, &CURRENCY];
        for form in text_forms.into_iter().chain([&LETTER, &LETTER_OR_NONE]) {
            let pattern = regex::Regex::new(form.pattern).expect("a regular expression");
            for text in texts.clone() {
                assert_eq!((form.accepts)(text), pattern.is_match(text), "{text:?} is {}", form.expected);
            }
        }
    }
}
