//! What the catalogue of a PostgreSQL database tells. `information_schema` knows less: nothing of materialized views, and no type in full.

use crate::io::data::parts;

/// A table by its name: `orders`, `shop.orders` or `warehouse.shop.orders`; in quotes where a name has dots.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) database: Option<String>,
    pub(super) schema: Option<String>,
    pub(super) table: String,
}

impl Named {
    pub(super) fn parse(table: &str) -> Option<Self> {
        let mut parts = parts(table);
        let table = parts.pop()?;
        let (schema, database) = (parts.pop(), parts.pop());
        parts.is_empty().then_some(Self { database, schema, table })
    }
}

/// Whether the user may look into a schema.
pub(super) const SCHEMA: &str =
    "SELECT pg_catalog.has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace WHERE nspname = $1::text";

/// A table by its name, schema and database; whether the user may read any of it, and whether it tells which columns may be null. Then, in
/// words that SQL takes, the table, its schema where the user may not look into that, and the user.
pub(super) const TABLE: &str = "\
SELECT c.oid, pg_catalog.has_any_column_privilege(c.oid, 'SELECT'), c.relkind IN ('r', 'p'),
  pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
  CASE WHEN NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE') THEN pg_catalog.quote_ident(n.nspname) END,
  pg_catalog.quote_ident(current_user)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = $1::text AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND CASE WHEN $2::text IS NULL THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = $2::text END
  AND ($3::text IS NULL OR $3::text = pg_catalog.current_database())";

/// The columns of a table by its number: name, type by its number and in words, whether it is never null, and, where the user may not read it,
/// its name in words that SQL takes.
pub(super) const COLUMNS: &str = "\
SELECT a.attname::text, a.atttypid, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
  CASE WHEN NOT pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT') THEN pg_catalog.quote_ident(a.attname) END
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum";

/// The types of the columns of a table by its number, and those that they are made of, as far as they have parts: what a domain is made of
/// and whether it is never null, the items of an array, the words of an enum, and the members of a composite type.
pub(super) const TYPES: &str = "\
WITH RECURSIVE reached(type) AS (
  SELECT atttypid FROM pg_catalog.pg_attribute WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped
  UNION
  SELECT part.type
  FROM reached r JOIN pg_catalog.pg_type t ON t.oid = r.type CROSS JOIN LATERAL (
    SELECT t.typbasetype WHERE t.typtype = 'd'
    UNION ALL SELECT t.typelem WHERE t.typcategory = 'A' AND t.typelem <> 0
    UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
      WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
  ) AS part(type)
)
SELECT t.oid, CASE WHEN t.typcategory = 'A' AND t.typtype = 'b' THEN 'a' ELSE t.typtype::text END,
  CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END, pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull,
  ARRAY(SELECT enumlabel::text FROM pg_catalog.pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder),
  ARRAY(SELECT pg_catalog.quote_ident(attname) FROM pg_catalog.pg_attribute
    WHERE attrelid = t.typrelid AND t.typtype = 'c' AND attnum > 0 AND NOT attisdropped ORDER BY attnum),
  ARRAY(SELECT atttypid FROM pg_catalog.pg_attribute
    WHERE attrelid = t.typrelid AND t.typtype = 'c' AND attnum > 0 AND NOT attisdropped ORDER BY attnum),
  ARRAY(SELECT pg_catalog.format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute
    WHERE attrelid = t.typrelid AND t.typtype = 'c' AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
FROM reached r JOIN pg_catalog.pg_type t ON t.oid = r.type
WHERE t.typtype IN ('d', 'e', 'c') OR t.typcategory = 'A'";

/// What a table by its number lets in: kind, table referred to, columns, and columns referred to. Foreign tables are what others make
/// of them, tables that others inherit from show the rows of these as well, and keys may be there that are not held against the rows
/// of before, or not at all: what checks references is switched off, or at work in replicas alone, in a partition or in the whole table.
pub(super) const ENFORCED: &str = "\
WITH own AS (
  SELECT c.oid FROM pg_catalog.pg_class c
  WHERE c.oid = $1::oid AND (c.relkind = 'r' AND NOT c.relhassubclass OR c.relkind = 'p' AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_partition_tree(c.oid) t JOIN pg_catalog.pg_class p ON p.oid = t.relid WHERE p.relkind = 'f'))
)
SELECT 'not null', 0::oid, ARRAY[a.attname::text], ARRAY[]::text[]
FROM own JOIN pg_catalog.pg_attribute a ON a.attrelid = own.oid
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_constraint n
  WHERE n.conrelid = own.oid AND n.contype = 'n' AND NOT n.convalidated AND a.attnum = ANY (n.conkey))
UNION ALL
SELECT 'unique', 0::oid, (
  SELECT array_agg(a.attname::text ORDER BY k.place)
  FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
  WHERE k.place <= i.indnkeyatts), ARRAY[]::text[]
FROM own JOIN pg_catalog.pg_index i ON i.indrelid = own.oid
WHERE i.indisunique AND i.indisvalid AND i.indisready AND NOT i.indisexclusion AND i.indpred IS NULL AND i.indexprs IS NULL
UNION ALL
SELECT 'reference', f.confrelid, (
  SELECT array_agg(a.attname::text ORDER BY k.place)
  FROM unnest(f.conkey) WITH ORDINALITY k(number, place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number), (
  SELECT array_agg(a.attname::text ORDER BY k.place)
  FROM unnest(f.confkey) WITH ORDINALITY k(number, place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.number)
FROM own JOIN pg_catalog.pg_constraint f ON f.conrelid = own.oid
WHERE f.contype = 'f' AND f.convalidated AND f.conparentid = 0 AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_trigger t WHERE t.tgenabled IN ('D', 'R') AND t.tgconstraint IN (
    WITH RECURSIVE same(id) AS (
      SELECT f.oid UNION ALL SELECT p.oid FROM pg_catalog.pg_constraint p JOIN same ON p.conparentid = same.id)
    SELECT id FROM same))";

/// The first hundred tables, those first that need no schema in front.
pub(super) const TABLES: &str = "\
SELECT CASE WHEN is_visible THEN relname ELSE nspname || '.' || relname END
FROM (
  SELECT c.relname::text, n.nspname::text, pg_catalog.pg_table_is_visible(c.oid) AS is_visible
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
) AS t
ORDER BY NOT is_visible, nspname, relname LIMIT 100";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_with_or_without_its_schema() {
        let some = |text: &str| Some(text.to_owned());
        let named = |database, schema, table: &str| Some(Named { database, schema, table: table.to_owned() });
        assert_eq!(Named::parse("orders"), named(None, None, "orders"));
        assert_eq!(Named::parse("shop.orders"), named(None, some("shop"), "orders"));
        assert_eq!(Named::parse("\"my.shop\".\"or\"\"ders\""), named(None, some("my.shop"), "or\"ders"));
        assert_eq!(Named::parse("a.b.c"), named(some("a"), some("b"), "c"));
        assert_eq!(Named::parse("a.b.c.d"), None);
    }
}
