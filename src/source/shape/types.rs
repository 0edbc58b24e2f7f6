//! What others call the types of fields.

/// A type of SQL, of ODCS or of a programming language, and what pact calls it.
const TYPES: &[(&str, &str)] = &[
    ("bigint", "integer"),
    ("bigserial", "integer"),
    ("bool", "boolean"),
    ("byte", "integer"),
    ("bytea", "binary"),
    ("bytes", "binary"),
    ("blob", "binary"),
    ("char", "string"),
    ("character", "string"),
    ("clob", "string"),
    ("datetime2", "datetime"),
    ("dict", "map"),
    ("double", "float"),
    ("double precision", "float"),
    ("float32", "float"),
    ("float64", "float"),
    ("guid", "uuid"),
    ("int", "integer"),
    ("int32", "integer"),
    ("int64", "integer"),
    ("jsonb", "json"),
    ("list", "array"),
    ("long", "integer"),
    ("money", "decimal"),
    ("nchar", "string"),
    ("number", "decimal"),
    ("numeric", "decimal"),
    ("nvarchar", "string"),
    ("real", "float"),
    ("record", "object"),
    ("row", "object"),
    ("short", "integer"),
    ("smallint", "integer"),
    ("str", "string"),
    ("struct", "object"),
    ("text", "string"),
    ("timestamptz", "timestamp"),
    ("tinyint", "integer"),
    ("varbinary", "binary"),
    ("varchar", "string"),
    ("varchar2", "string"),
    ("variant", "json"),
];

/// What pact calls a type; `None` for a text that is none, or one with a name that nobody else has.
pub(super) fn known_type(text: &str) -> Option<&'static str> {
    let plain = text.split(['(', '<', '[']).next().unwrap_or_default().trim().to_lowercase();
    TYPES.iter().find(|(other, _)| *other == plain).map(|(_, known)| *known)
}

/// Whether a text is one of pact's types with something in brackets behind it: `decimal(12,2)`.
pub(super) fn bare_type<'a>(text: &str, mut known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = text.split('(').next().unwrap_or_default().trim().to_lowercase();
    known.find(|known| *known == plain && text.contains('('))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_others_are_known() {
        assert_eq!(known_type("VARCHAR(36)"), Some("string"));
        assert_eq!(known_type("bigint"), Some("integer"));
        assert_eq!(known_type("double precision"), Some("float"));
        assert_eq!(known_type("strin"), None);
        assert_eq!(bare_type("decimal(12,2)", ["string", "decimal"].into_iter()), Some("decimal"));
        assert_eq!(bare_type("decimal", ["decimal"].into_iter()), None);
    }
}
