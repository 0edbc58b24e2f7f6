//! The forms of texts that a `format` names.

use std::sync::LazyLock;

/// A form that texts have, such as that of e-mail addresses.
#[derive(Debug, Clone, Copy)]
pub struct TextForm {
    name: &'static str,
    pattern: &'static LazyLock<String>,
}

impl TextForm {
    /// The form of a name, in any letter case, with `-` or `_`; `None` for one that pact does not know. The names are those of JSON Schema
    /// (2020-12, "Defined Formats"), with those of numbers and codes that contracts use beside them.
    pub fn of(format: &str) -> Option<Self> {
        let name = format.trim().to_ascii_lowercase().replace('_', "-");
        let (name, pattern) = FORMS.iter().find(|(names, _)| names.contains(&name.as_str()))?;
        Some(Self { name: name.first()?, pattern })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The regular expression that every text of this form matches, in the syntax of Rust's `regex`. It looks at the form alone: not whether
    /// there is such a host, or such a currency.
    pub fn pattern(self) -> &'static str {
        self.pattern
    }
}

/// The regular expression of a UUID as RFC 9562, section 4, writes it, in capitals too.
pub const UUID: &str = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

/// The regular expression of a day of the calendar as RFC 3339 writes it: with the days that its month has, the 29th of February in leap
/// years alone. In brackets.
pub const DAY: &str = "([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)\
    |[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])\
    |([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";

type Pattern = LazyLock<String>;

const FORMS: &[(&[&str], &Pattern)] = &[
    (&["email", "e-mail"], &EMAIL),
    (&["uuid"], &UUID_TEXT),
    (&["uri", "url"], &URI),
    (&["hostname"], &HOSTNAME),
    (&["ipv4"], &IPV4),
    (&["ipv6"], &IPV6),
    (&["date"], &DATE),
    (&["time"], &TIME),
    (&["date-time", "datetime"], &DATE_TIME),
    (&["e164", "e.164"], &E164),
    (&["iso-4217"], &THREE_CAPITALS),
    (&["iso-3166-1", "iso-3166"], &COUNTRY),
    (&["iso-3166-1-alpha-2", "iso-3166-alpha-2"], &TWO_CAPITALS),
    (&["iso-3166-1-alpha-3", "iso-3166-alpha-3"], &THREE_CAPITALS),
    (&["iso-639-1"], &TWO_SMALL),
];

/// One `@` between texts without blanks, behind which no dots stand at the ends or beside each other. Stricter rules refuse addresses with
/// letters beyond ASCII (RFC 6531).
static EMAIL: Pattern = LazyLock::new(|| r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*$".to_owned());
static UUID_TEXT: Pattern = LazyLock::new(|| UUID.to_owned());
/// RFC 3986: a scheme, and behind it none of the characters that have to be escaped.
static URI: Pattern = LazyLock::new(|| r#"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$"#.to_owned());
/// RFC 1123, section 2.1.
static HOSTNAME: Pattern = LazyLock::new(|| {
    const LABEL: &str = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    format!(r"^{LABEL}(\.{LABEL})*\.?$")
});
static IPV4: Pattern = LazyLock::new(|| format!("^{}$", ipv4()));
static IPV6: Pattern = LazyLock::new(|| format!("^({})$", ipv6()));
/// RFC 3339, section 5.6.
static DATE: Pattern = LazyLock::new(|| format!("^{DAY}$"));
static TIME: Pattern = LazyLock::new(|| format!("^{CLOCK}({ZONE})?$"));
static DATE_TIME: Pattern = LazyLock::new(|| format!("^{DAY}[Tt ]{CLOCK}{ZONE}$"));
/// A telephone number: ITU-T E.164, with the `+` that stands in front.
static E164: Pattern = LazyLock::new(|| r"^\+[1-9][0-9]{1,14}$".to_owned());
static COUNTRY: Pattern = LazyLock::new(|| "^[A-Z]{2,3}$".to_owned());
static TWO_CAPITALS: Pattern = LazyLock::new(|| "^[A-Z]{2}$".to_owned());
static THREE_CAPITALS: Pattern = LazyLock::new(|| "^[A-Z]{3}$".to_owned());
static TWO_SMALL: Pattern = LazyLock::new(|| "^[a-z]{2}$".to_owned());

const CLOCK: &str = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?";
const ZONE: &str = "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";

fn ipv4() -> String {
    const BYTE: &str = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    format!(r"({BYTE}\.){{3}}{BYTE}")
}

/// RFC 4291, section 2.2: eight groups, of which `::` stands for one or more, and the last two of which may be an IPv4 address.
fn ipv6() -> String {
    const GROUP: &str = "[0-9a-fA-F]{1,4}";
    let ipv4 = ipv4();
    let mut forms = vec![format!("({GROUP}:){{7}}{GROUP}"), format!("({GROUP}:){{6}}{ipv4}")];
    // In front, between groups, and behind them.
    forms.extend(["::".to_owned(), format!(":(:{GROUP}){{1,7}}"), format!("({GROUP}:){{1,7}}:")]);
    forms.extend((1..=6).map(|before| format!("({GROUP}:){{1,{before}}}(:{GROUP}){{1,{}}}", 7 - before)));
    forms.push(format!(":(:{GROUP}){{0,5}}:{ipv4}"));
    forms.extend((1..=5).map(|before| format!("({GROUP}:){{1,{before}}}(:{GROUP}){{0,{}}}:{ipv4}", 5 - before)));
    forms.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_take_what_is_of_them_and_nothing_else() {
        for (form, right, wrong) in [
            (
                "email",
                &["a@b", "anna.b+c@mail.example.com", "jörg@müller.example"][..],
                &["a", "a@", "@b", "a b@c", "a@b@c", "a@b..c", "a@.b"][..],
            ),
            ("UUID", &["3F2504E0-4F89-11D3-9A0C-0305E82C3301"], &["3F2504E04F8911D39A0C0305E82C3301", "x"]),
            (
                "url",
                &["https://a.example/b?c=d#e", "mailto:a@b", "urn:isbn:1"],
                &["a.example", "https:", "https://a b", "://a"],
            ),
            ("hostname", &["a", "a-b.example.com", "a.example."], &["", "-a", "a-", "a..b", "a_b"]),
            ("ipv4", &["0.0.0.0", "255.249.199.99"], &["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"]),
            (
                "ipv6",
                &[
                    "::",
                    "::1",
                    "1::",
                    "1:2:3:4:5:6:7:8",
                    "fe80::1",
                    "1::3:4:5:6:7:8",
                    "1:2:3:4:5:6:7::",
                    "::ffff:1.2.3.4",
                    "1:2:3:4:5:6:1.2.3.4",
                    "1::1.2.3.4",
                ],
                &[
                    "",
                    ":",
                    "1",
                    "1::2::3",
                    "1:2:3:4:5:6:7",
                    "1:2:3:4:5:6:7:8:9",
                    "1:2:3:4:5:6:7:8::",
                    "12345::",
                    ":::",
                    "1:2:3:4:5:6:7:1.2.3.4",
                ],
            ),
            (
                "date",
                &["2026-02-28", "2024-02-29", "2000-02-29", "2026-12-31"],
                &["2026-2-28", "2026-13-01", "28.02.2026", "2026-02-29", "2026-04-31", "1900-02-29"],
            ),
            ("time", &["23:59:60", "00:00:00.5Z", "12:00:00+02:00"], &["24:00:00", "12:00"]),
            (
                "date_time",
                &["2026-02-28T12:00:00Z", "2026-02-28t12:00:00.123+01:00"],
                &["2026-02-28", "2026-02-28T12:00:00"],
            ),
            ("e164", &["+4930123456"], &["030 123456", "+0301", "4930123456"]),
            ("iso-4217", &["EUR"], &["eur", "EURO", "EU"]),
            ("iso-3166-1", &["DE", "DEU"], &["de", "D", "DEUT"]),
        ] {
            let pattern = regex::Regex::new(TextForm::of(form).unwrap().pattern()).unwrap();
            for text in right {
                assert!(pattern.is_match(text), "{form}: {text}");
            }
            for text in wrong {
                assert!(!pattern.is_match(text), "{form}: {text}");
            }
        }
        assert!(TextForm::of("password").is_none());
    }
}
