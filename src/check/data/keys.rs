//! Keys and references in SQL: rows that share their values with others, and rows that refer to nothing.

use super::asked::{Asked, Memory, Query, Serves, aggregate, count_where};
use super::sql::{Unsupported, Writer};
use super::{Column, Dialect, Relation};
use crate::model::DataType;

/// Which of the rows that share their values are counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Repeated {
    /// All but one of those that have the same.
    Later,
    /// All.
    All,
}

/// Asks how many rows share their values with others. Where all of these are counted, it asks as well how many rows it is about.
pub(super) fn repeated(
    writer: &Writer<'_>,
    columns: &[Column<'_>],
    about: Option<&str>,
    (counted, position): (Repeated, usize),
    memory: Memory,
) -> Result<Asked, Unsupported> {
    let names = names(writer, columns)?;
    let present = names.iter().map(|name| format!("{name} IS NOT NULL"));
    let conditions: Vec<String> = present.chain(about.map(str::to_owned)).collect();
    let (rows, names, conditions) = (writer.relation.rows(writer.dialect), names.join(", "), conditions.join(" AND "));
    let (function, number, tells_rows) = match counted {
        Repeated::Later => ("count_duplicates_and_hashes", "n - 1", false),
        Repeated::All => ("count_shared_and_hashes", "n", true),
    };
    let grouped = |by: &str| {
        let groups = format!("SELECT count(*) AS n FROM {rows} WHERE {conditions} GROUP BY {by} HAVING count(*) > 1");
        let sql = format!("SELECT coalesce(sum({number}), 0) AS c0 FROM ({groups}) AS pact_groups");
        match about.filter(|_| tells_rows) {
            Some(about) => format!("SELECT ({sql}) AS c0, (SELECT count(*) FROM {rows} WHERE {about}) AS c1"),
            None => sql,
        }
    };
    let of = about.filter(|_| tells_rows).map(|about| (Serves::Of(position), count_where(about)));
    if writer.dialect != Dialect::DataFusion {
        let serves = [Serves::Number(position)].into_iter().chain(of.map(|(serves, _)| serves)).collect();
        return Ok(Asked::Alone(Query { sql: grouped(&names), frugal: None, serves }));
    }
    // Rows with a null among their values are like no others to it.
    let filter = about.map_or_else(String::new, |about| format!(" FILTER (WHERE {about})"));
    let keys = (Serves::Keys(position), format!("{function}({names}){filter}"));
    let asked: Vec<(Serves, String)> = [keys].into_iter().chain(of).collect();
    // One more pass over columns costs little, one more over text as much as the first.
    if memory == Memory::Enough && writer.relation.is_text() {
        return Ok(Asked::InPass(asked));
    }
    // Groups are spilled to disk.
    let frugal = Some(grouped(&format!("row_hash({names})")));
    Ok(Asked::Alone(Query { frugal, ..aggregate(&asked, writer.relation, writer.dialect) }))
}

/// Rows that refer to nothing, as what stands behind `FROM`; their columns are `a.k0`, `a.k1`, ...
pub(super) fn orphans(
    writer: &Writer<'_>,
    columns: &[Column<'_>],
    there: &Relation,
    columns_there: &[Column<'_>],
) -> Result<String, Unsupported> {
    let other = Writer { dialect: writer.dialect, relation: there };
    let (here, those) = pairs((writer, columns), (&other, columns_there))?;
    let select = |names: &[String]| {
        let named = names.iter().enumerate().map(|(index, name)| format!("{name} AS k{index}"));
        named.collect::<Vec<_>>().join(", ")
    };
    let present: Vec<String> = here.iter().map(|name| format!("{name} IS NOT NULL")).collect();
    let same: Vec<String> = (0..here.len()).map(|index| format!("a.k{index} = b.k{index}")).collect();
    Ok(format!(
        "(SELECT {} FROM {} WHERE {}) AS a LEFT JOIN (SELECT DISTINCT {} FROM {}) AS b ON {} WHERE b.k0 IS NULL",
        select(&here),
        writer.relation.rows(writer.dialect),
        present.join(" AND "),
        select(&those),
        there.rows(writer.dialect),
        same.join(" AND "),
    ))
}

/// The values of columns, and those that they are held against: as text where they are of different kinds, which databases don't compare.
pub(super) fn pairs(
    (here, columns): (&Writer<'_>, &[Column<'_>]),
    (there, columns_there): (&Writer<'_>, &[Column<'_>]),
) -> Result<(Vec<String>, Vec<String>), Unsupported> {
    let pair = |(one, other): (&Column<'_>, &Column<'_>)| {
        let (value, value_there) = (here.key(one)?, there.key(other)?);
        Ok(match (one.field().data_type, other.field().data_type) {
            (kind, same) if kind.is_compared_with(same) => (value, value_there),
            (DataType::Uuid, _) | (_, DataType::Uuid) => {
                let lower = |text: String| format!("lower({text})");
                (lower(here.as_text(&value)), lower(there.as_text(&value_there)))
            }
            _ => (here.as_text(&value), there.as_text(&value_there)),
        })
    };
    columns.iter().zip(columns_there).map(pair).collect::<Result<Vec<_>, _>>().map(|pairs| pairs.into_iter().unzip())
}

/// A relation that is referred to, whole: what a sample leaves out is there all the same.
pub(super) fn all_rows(there: Result<Relation, String>) -> Result<Relation, String> {
    there.map(|there| Relation { sample: None, ..there })
}

pub(super) fn names(writer: &Writer<'_>, columns: &[Column<'_>]) -> Result<Vec<String>, Unsupported> {
    columns.iter().map(|column| writer.key(column)).collect()
}
