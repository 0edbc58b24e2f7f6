use crate::finding::{Finding, Group, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::DataType;
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "format-type-mismatch",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "The format of a field is one of texts, and its type is another.",
        page: include_str!("format_type_mismatch.md"),
    },
    checks: &[Check::Field(check)],
};

/// Formats that only a text can have.
const OF_TEXTS: &[&str] = &[
    "email",
    "idn-email",
    "uri",
    "url",
    "uri-reference",
    "iri",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iban",
    "bic",
    "html",
    "markdown",
    "slug",
    "semver",
    "mac-address",
    "mime-type",
    "regex",
    "json-pointer",
    "language",
    "locale",
    "iso-4217",
    "currency-code",
];
/// Formats that only a number can have.
const OF_NUMBERS: &[&str] = &[
    "i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "f32", "f64", "int8", "int16", "int32",
    "int64", "uint8", "uint16", "uint32", "uint64", "float", "double",
];

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(format) = at.field.format.as_deref() else { return };
    let data_type = at.field.data_type;
    let is_one_of = |formats: &[&str]| formats.iter().any(|known| known.eq_ignore_ascii_case(format.trim()));
    let is_text = matches!(data_type, DataType::String | DataType::Json | DataType::Unknown);
    let what = if !is_text && is_one_of(OF_TEXTS) {
        "texts"
    } else if !data_type.is_number() && data_type != DataType::Unknown && is_one_of(OF_NUMBERS) {
        "numbers"
    } else {
        return;
    };
    let message = format!(
        "{} has the format {}, which is one of {what}, and the type {}",
        at.called(),
        quoted(format),
        data_type.name()
    );
    let help = "remove the format, or correct the `data_type`";
    findings.push(Finding::new(&RULE.meta, at.label_of("format"), message).help(help));
}
