use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::texts::walk;
use crate::lint::{Check, Rule};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "ambiguous-scalar",
        group: Group::Hygiene,
        severity: Severity::Warning,
        by_default: true,
        summary: "A text without quotes is something else to readers of YAML 1.1.",
        page: include_str!("ambiguous_scalar.md"),
    },
    checks: &[Check::Text(check)],
};

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    walk(at.tree, |_, node| {
        let written = at.file.slice(node.span);
        // Quotes, and blocks, are no part of the text.
        let Some(reading) = node.text().filter(|text| *text == written).and_then(other_reading) else { return true };
        let message = format!("{} is a text here, and {reading} to readers of YAML 1.1", quoted(written));
        let edit = Edit::Bytes(node.span, format!("\"{written}\""));
        let fix = Fix::safe(format!("put {} in quotes", quoted(written)), vec![edit]);
        let help = format!("write it in quotes: `\"{written}\"`");
        findings.push(Finding::new(&RULE.meta, at.label(node.span), message).help(help).fix(fix));
        true
    });
}

/// What readers of YAML 1.1 (`PyYAML`, Ruby, Go before yaml.v3) take a plain text for that is a text in YAML 1.2.
fn other_reading(text: &str) -> Option<&'static str> {
    // Nothing that is meant here is longer.
    if text.len() > 40 {
        return None;
    }
    match text {
        // Single letters are booleans in the standard of 1.1 alone: its readers take them for texts.
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some("the boolean true"),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some("the boolean false"),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    if let Some((first, rest)) = digits.split_once(':') {
        let is_sixtieth = |part: &str| (1..=2).contains(&part.len()) && part.parse::<u8>().is_ok_and(|part| part < 60);
        let whole = rest.split_once('.').map_or(rest, |(whole, _)| whole);
        // A leading zero makes it text again, as in `08:00`.
        let counts = is_number(first) && !first.starts_with('0') && whole.split(':').all(is_sixtieth);
        return counts.then_some("a number to the base of 60");
    }
    let based = |prefix, is_digit: fn(u8) -> bool| {
        let rest = digits.strip_prefix(prefix).filter(|rest: &&str| !rest.is_empty());
        rest.is_some_and(|rest| rest.bytes().all(|byte| byte == b'_' || is_digit(byte)))
    };
    if based("0b", |byte| matches!(byte, b'0' | b'1')) {
        return Some("a number to the base of 2");
    }
    if based("0x", |byte| byte.is_ascii_hexdigit()) {
        return Some("a number to the base of 16");
    }
    let has_underscore = digits.contains('_');
    if is_number(digits) && digits.len() > 1 && digits.starts_with('0') {
        let is_octal = digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte) || byte == b'_');
        return is_octal.then_some("a number to the base of 8");
    }
    (has_underscore && is_number(&digits.replacen('.', "", 1))).then_some("a number")
}

#[cfg(test)]
mod tests {
    use super::other_reading;

    #[test]
    fn what_differs_between_the_versions_of_yaml_is_told() {
        for text in [
            "no", "NO", "Off", "1_000", "017", "18:00", "12:30:45", "-1:30", "1_000.5", "0b11", "-0b1_0", "0x1_F",
            "-0xff",
        ] {
            assert!(other_reading(text).is_some(), "{text}");
        }
        for text in [
            "nO",
            "y",
            "N",
            "Norway",
            "08:00",
            "089",
            "24:61",
            "1.2.3",
            "2026-01-01",
            "_1",
            "",
            "06:00 Europe/Amsterdam",
            "1000 rows",
            "0b12",
            "0b",
            "0xg",
            "0B11",
        ] {
            assert_eq!(other_reading(text), None, "{text}");
        }
    }
}
