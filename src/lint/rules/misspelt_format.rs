use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{DataType, Literal};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "misspelt-format",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "The format of a text is nearly one that everybody knows.",
        page: include_str!("misspelt_format.md"),
    },
    checks: &[Check::Field(check)],
};

/// Formats of texts that JSON Schema, `OpenAPI` and common standards name.
const KNOWN: &[&str] = &[
    "base64",
    "binary",
    "country",
    "country-code",
    "currency",
    "currency-code",
    "date",
    "date-time",
    "datetime",
    "duration",
    "e.164",
    "email",
    "hostname",
    "html",
    "iban",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "iso-3166",
    "iso-3166-1",
    "iso-3166-1-alpha-2",
    "iso-3166-1-alpha-3",
    "iso-3166-2",
    "iso-4217",
    "iso-639",
    "iso-639-1",
    "iso-639-2",
    "iso-639-3",
    "iso-8601",
    "isbn",
    "json",
    "json-pointer",
    "language",
    "locale",
    "mac-address",
    "markdown",
    "mime-type",
    "password",
    "phone",
    "phone-number",
    "postal-code",
    "regex",
    "relative-json-pointer",
    "rfc-3339",
    "semver",
    "slug",
    "time",
    "timezone",
    "ulid",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
    "zip-code",
];

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(format) = at.field.format.as_deref().filter(|_| at.field.data_type == DataType::String) else { return };
    let Some(known) = meant(format) else { return };
    let label = at.label_of("format");
    let message = format!("the format {} of {} is none that is known", quoted(format), at.called());
    let title = format!("write `{known}`");
    let new = vec![Edit::Value(label.place.clone(), Literal::Text(known.to_owned()))];
    let finding = Finding::new(&RULE.meta, label, message).help(format!("did you mean `{known}`?"));
    findings.push(finding.fix(Fix::guess(title, new)));
}

/// The known format that is nearly this one. A format of somebody's own is none of them, and as good.
fn meant(format: &str) -> Option<&'static str> {
    const SHORTEST: usize = 5;
    if !(SHORTEST..=30).contains(&format.len()) || KNOWN.contains(&format) {
        return None;
    }
    let own = plain(format);
    let is_like = |known: &&str| {
        known.len() >= SHORTEST
            && known.len().abs_diff(format.len()) <= 2
            && (known.chars().next() == own.chars().next() || known.chars().last() == own.chars().last())
    };
    if KNOWN.iter().filter(|known| known.len().abs_diff(format.len()) <= 4).any(|known| plain(known) == own) {
        return None;
    }
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    let longer = KNOWN.iter().copied().filter(|known| is_like(known) && digits(known) == digits(format));
    nearest(format, longer)
}

fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_ones_own_are_let_be() {
        let cases = [
            ("emial", Some("email")),
            ("hostnam", Some("hostname")),
            ("iso-4271", None),
            ("Email", None),
            ("ISO_4217", None),
            ("iso-3166-3", None),
            ("iata", None),
            ("yyyy-MM-dd", None),
            ("sku-number", None),
            ("imo-number", None),
        ];
        for (format, expected) in cases {
            assert_eq!(meant(format), expected, "{format}");
        }
    }
}
