//! Types of databases that no `data_type` of a contract is: some hold one all the same, and all have names.

use crate::check::Column;
use crate::model::{DataType, Field, PhysicalType};

/// What a type holds that pact knows by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Values of a type that contracts have.
    Of(DataType),
    /// Values that contracts have no type for.
    Other,
    /// Values of a type that pact does not know.
    Unknown,
}

/// What a type of a database holds.
pub(super) fn held(physical: &str) -> Held {
    let name = match PhysicalType::parse(physical) {
        PhysicalType::Other(name) => name,
        PhysicalType::Interval(_) | PhysicalType::Time { zoned: true, .. } => return Held::Other,
        _ => return Held::Unknown,
    };
    match plain(&name) {
        "citext" | "inet" | "cidr" | "macaddr" | "macaddr8" | "xml" | "bit" | "bit varying" | "varbit" | "name"
        | "tsvector" | "tsquery" | "ltree" | "lquery" | "ltxtquery" | "jsonpath" | "isbn" | "issn" | "ean13"
        | "pg_lsn" | "regclass" | "regtype" | "regproc" | "regprocedure" | "regrole" | "regnamespace" => {
            Held::Of(DataType::String)
        }
        "oid" => Held::Of(DataType::Integer),
        "money" | "point" | "line" | "lseg" | "box" | "path" | "polygon" | "circle" | "hstore" | "cube" => Held::Other,
        range if range.ends_with("range") => Held::Other,
        _ => Held::Unknown,
    }
}

/// The name of a type without its schema and its length.
fn plain(name: &str) -> &str {
    let name = name.split('(').next().unwrap_or(name);
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a column is of the type whose name a field promises, where pact knows that by its name alone; `None` where the field promises no
/// such name, or nobody says what the type of the column is called.
pub(super) fn is_named_so(field: &Field, column: &Column) -> Option<bool> {
    let PhysicalType::Other(promised) = &field.physical()?.kind else { return None };
    // What pact knows by its meaning may have many names, and a service may say any of them.
    let is_known = || !matches!(PhysicalType::parse(&column.physical), PhysicalType::Other(_));
    let declared = match &column.declared {
        None if is_known() => return None,
        declared => declared.as_deref(),
    };
    Some(declared.into_iter().chain([column.physical.as_str()]).any(|live| is_same(promised, live)))
}

/// Whether two names mean one type: in any letter case, and with the schema that only one of them has.
fn is_same(promised: &str, live: &str) -> bool {
    let live = match PhysicalType::parse(live) {
        PhysicalType::Other(name) => name,
        _ => live.to_lowercase(),
    };
    let bare = |name: &str| name.to_lowercase().replace('"', "").replace("varbit", "bit varying");
    let (promised, live) = (bare(promised), bare(&live));
    let without_schema = |name: &str| name.split_once('.').map(|(_, name)| name.to_owned());
    promised == live
        || without_schema(&live).is_some_and(|live| live == promised)
        || without_schema(&promised).is_some_and(|promised| promised == live)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_databases_hold_what_contracts_have_or_not() {
        for (physical, expected) in [
            ("citext", Held::Of(DataType::String)),
            ("public.citext", Held::Of(DataType::String)),
            ("bit varying(8)", Held::Of(DataType::String)),
            ("bit(8)", Held::Of(DataType::String)),
            ("oid", Held::Of(DataType::Integer)),
            ("interval", Held::Other),
            ("interval year to month", Held::Other),
            ("time with time zone", Held::Other),
            ("money", Held::Other),
            ("int4range", Held::Other),
            ("tstzmultirange", Held::Other),
            ("box", Held::Other),
            ("shop.blob2", Held::Unknown),
            ("NUMBER(12)", Held::Unknown),
        ] {
            assert_eq!(held(physical), expected, "{physical}");
        }
    }

    #[test]
    fn a_type_has_one_name_with_and_without_its_schema() {
        for (promised, live, expected) in [
            ("citext", "citext", true),
            ("citext", "public.citext", true),
            ("public.citext", "citext", true),
            ("citext", "inet", false),
            ("a.mood", "b.mood", false),
            ("mood", "enum('new')", false),
            ("bit(8)", "bit(8)", true),
            ("bit(8)", "bit(9)", false),
            ("varbit(8)", "bit varying(8)", true),
            ("mood", "\"Mood\"", true),
            ("email", "character varying(80)", false),
        ] {
            let PhysicalType::Other(promised) = PhysicalType::parse(promised) else { panic!("{promised}") };
            assert_eq!(is_same(&promised, live), expected, "{promised} and {live}");
        }
    }
}
