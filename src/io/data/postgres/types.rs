//! Types of PostgreSQL that have parts, in words that tell the parts.

use std::collections::BTreeMap;

use tokio_postgres::{Error, Row};

/// Types within types deeper than this keep their own names: a type may have itself within.
const DEEPEST: usize = 8;

/// A type that has parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parts {
    /// What a domain is made of, and whether it is never null.
    Domain(Typed, bool),
    /// The items of an array, by their type.
    Array(u32),
    /// The words of an enum.
    Enum(Vec<String>),
    /// The members of a composite type, by names that are in quotes where SQL wants that.
    Row(Vec<(String, Typed)>),
}

/// A type by its number, and as the database writes it, with its lengths and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) id: u32,
    pub(super) text: String,
}

/// The types that have parts, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Types(BTreeMap<u32, Parts>);

impl Types {
    /// From the rows of the catalogue.
    pub(super) fn read(rows: &[Row]) -> Result<Self, Error> {
        let mut types = BTreeMap::new();
        for row in rows {
            let (id, kind, part): (u32, &str, u32) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            let parts = match kind {
                "d" => {
                    let text: Option<String> = row.try_get(3)?;
                    Parts::Domain(Typed { id: part, text: text.unwrap_or_default() }, row.try_get(4)?)
                }
                "e" => Parts::Enum(row.try_get(5)?),
                "c" => {
                    let (names, ids): (Vec<String>, Vec<u32>) = (row.try_get(6)?, row.try_get(7)?);
                    let texts: Vec<String> = row.try_get(8)?;
                    let members = ids.into_iter().zip(texts).map(|(id, text)| Typed { id, text });
                    Parts::Row(names.into_iter().zip(members).collect())
                }
                _ => Parts::Array(part),
            };
            types.insert(id, parts);
        }
        Ok(Self(types))
    }

    /// Whether no value of a type is null.
    pub(super) fn is_required(&self, mut id: u32) -> bool {
        // A domain of domains is never null where one of them is not.
        for _ in 0..DEEPEST {
            match self.0.get(&id) {
                Some(Parts::Domain(_, true)) => return true,
                Some(Parts::Domain(of, false)) => id = of.id,
                _ => return false,
            }
        }
        false
    }

    /// A type in words that tell its parts.
    pub(super) fn described(&self, typed: &Typed) -> String {
        self.within(typed, 0)
    }

    fn within(&self, typed: &Typed, depth: usize) -> String {
        match self.0.get(&typed.id).filter(|_| depth < DEEPEST) {
            Some(Parts::Domain(of, _)) => self.within(of, depth + 1),
            // Lengths and digits of an array are those of its items.
            Some(Parts::Array(item)) => {
                let text = typed.text.strip_suffix("[]").unwrap_or(&typed.text).to_owned();
                format!("{}[]", self.within(&Typed { id: *item, text }, depth + 1))
            }
            Some(Parts::Enum(words)) => {
                let words: Vec<String> = words.iter().map(|word| format!("'{}'", word.replace('\'', "''"))).collect();
                format!("enum({})", words.join(", "))
            }
            Some(Parts::Row(members)) => {
                let member = |(name, of): &(String, Typed)| format!("{name} {}", self.within(of, depth + 1));
                format!("row({})", members.iter().map(member).collect::<Vec<_>>().join(", "))
            }
            None => typed.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(id: u32, text: &str) -> Typed {
        Typed { id, text: text.to_owned() }
    }

    #[test]
    fn types_tell_their_parts() {
        let address = vec![("street".to_owned(), typed(25, "text")), ("\"Zip code\"".to_owned(), typed(3, "zip"))];
        let node = vec![("id".to_owned(), typed(23, "integer")), ("kids".to_owned(), typed(6, "node[]"))];
        let types = Types(BTreeMap::from([
            (1, Parts::Row(address)),
            (2, Parts::Array(1)),
            (3, Parts::Domain(typed(4, "zip0"), false)),
            (4, Parts::Domain(typed(1043, "character varying(5)"), true)),
            (5, Parts::Enum(vec!["new".into(), "it's".into()])),
            (6, Parts::Array(7)),
            (7, Parts::Row(node)),
            (8, Parts::Array(1043)),
            (9, Parts::Array(5)),
        ]));
        for (one, expected) in [
            (typed(25, "text"), "text"),
            (typed(2, "address[]"), "row(street text, \"Zip code\" character varying(5))[]"),
            (typed(3, "zip"), "character varying(5)"),
            (typed(8, "character varying(7)[]"), "character varying(7)[]"),
            (typed(9, "mood[]"), "enum('new', 'it''s')[]"),
        ] {
            assert_eq!(types.described(&one), expected);
        }
        assert!(types.described(&typed(7, "node")).ends_with("kids node[])[])[])[])"));
        assert!(types.is_required(3) && types.is_required(4) && !types.is_required(1));
    }
}
