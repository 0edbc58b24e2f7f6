//! Numbers that tell of what shape the values of a field are, in the words of each dialect.

use super::asked::{Asked, Query, Serves};
use super::sql::{Sql, Unsupported, Writer, unsupported};
use super::{Column, Condition, Dialect, Measure, Unit, Unmeasured};
use crate::model::Statistic;
use crate::source::words::quoted;

/// What is measured for a statistic, or why it is not.
pub(super) fn measure<'a>(
    statistic: &'a Statistic,
    column: Column<'a>,
    rows: Option<Condition<'a>>,
) -> Result<Measure<'a>, Unmeasured> {
    let name = column.to_string();
    if let Some(reason) = statistic.unsuited(&name, column.field().data_type) {
        return Err(reason.into());
    }
    match statistic {
        Statistic::Quantile(_) if statistic.part().is_none() => Err("its `quantile` is no number from 0 to 1".into()),
        Statistic::Share(values) if values.is_empty() => Err("it does not say of which values".into()),
        _ if statistic.is_a_value() && column.is_personal() => {
            Err(Unmeasured::Elsewhere(format!("{} is personal data, of which no value is shown", quoted(&name))))
        }
        _ => Ok(Measure::Statistic { statistic, column, rows }),
    }
}

/// In what a statistic is told.
pub(super) fn unit(statistic: &Statistic, is_percent: bool) -> Result<Unit, Unmeasured> {
    match (statistic, is_percent) {
        (Statistic::Share(_), true) => Ok(Unit::Percent),
        (Statistic::Share(_), false) => Ok(Unit::Part),
        (_, false) => Ok(Unit::Count),
        (other, true) => {
            Err(format!("`{}` is told as the values of the field are, and not in percent", other.metric().name())
                .into())
        }
    }
}

/// How a statistic is asked for. All but quantiles, and the different values in files, are told by the pass over all rows.
pub(super) fn asked(
    writer: &Writer<'_>,
    statistic: &Statistic,
    column: &Column<'_>,
    rows: Option<String>,
    position: usize,
) -> Result<Asked, Unsupported> {
    let value = writer.key(column)?;
    // Of whole numbers and decimals too: a mean has more digits than what it is of.
    let number = as_double(&value);
    let filter = rows.as_ref().map_or_else(String::new, |rows| format!(" FILTER (WHERE {rows})"));
    let number = match (statistic, writer.dialect) {
        (Statistic::Quantile(_), Dialect::Postgres) => {
            format!("percentile_cont({}) WITHIN GROUP (ORDER BY {number}){filter}", part(statistic)?)
        }
        (Statistic::Quantile(_), Dialect::DataFusion | Dialect::Sqlite) => {
            let rows = of_values(writer, &value, rows.as_deref());
            let serves = vec![Serves::Number(position), Serves::Of(position)];
            return Ok(Asked::Alone(Query {
                sql: quantile(writer, &number, &rows, &part(statistic)?),
                frugal: None,
                serves,
            }));
        }
        (Statistic::DistinctValues, Dialect::DataFusion) => {
            // Groups are spilled to disk, and what `count(DISTINCT ...)` keeps is not.
            let groups = format!("SELECT {value} {} GROUP BY {value}", of_values(writer, &value, rows.as_deref()));
            let sql = format!("SELECT count(*) AS c0 FROM ({groups}) AS pact_values");
            return Ok(Asked::Alone(Query { sql, frugal: None, serves: vec![Serves::Number(position)] }));
        }
        (Statistic::DistinctValues, Dialect::Postgres | Dialect::Sqlite) => {
            return Ok(Asked::InPass(vec![(Serves::Number(position), format!("count(DISTINCT {value}){filter}"))]));
        }
        (Statistic::Share(values), _) => {
            let one_of = writer.condition(&Condition::OneOf(column.clone(), values.clone()))?;
            let rows = rows.map_or_else(String::new, |rows| format!("{rows} AND "));
            format!("count(*) FILTER (WHERE {rows}{one_of})")
        }
        (Statistic::Mean, _) => format!("avg({number}){filter}"),
        // SQLite has it from us.
        (Statistic::StandardDeviation, _) => format!("stddev_samp({number}){filter}"),
        (Statistic::Minimum, _) => format!("min({number}){filter}"),
        (Statistic::Maximum, _) => format!("max({number}){filter}"),
    };
    Ok(Asked::InPass(vec![
        (Serves::Number(position), number),
        (Serves::Of(position), format!("count({value}){filter}")),
    ]))
}

fn as_double(value: &str) -> String {
    format!("CAST({value} AS DOUBLE PRECISION)")
}

fn part(statistic: &Statistic) -> Sql {
    // With a point, so that no dialect takes 1 for a whole number.
    statistic
        .part()
        .map(|part| format!("{part:?}"))
        .ok_or_else(|| unsupported("its `quantile` is no number from 0 to 1"))
}

/// The rows that have a value, as what stands behind `SELECT ...`.
fn of_values(writer: &Writer<'_>, value: &str, rows: Option<&str>) -> String {
    let about = rows.map_or_else(String::new, |rows| format!(" AND {rows}"));
    format!("FROM {} WHERE {value} IS NOT NULL{about}", writer.relation.rows(writer.dialect))
}

/// A quantile as `percentile_cont` of SQL tells it, for those that have no such function, or a rough one: of n numbers in their order it
/// is the one at `part * (n - 1)`, counted from 0, or what lies as far between two of them.
fn quantile(writer: &Writer<'_>, number: &str, rows: &str, part: &str) -> String {
    let place = format!("CAST(row_number() OVER (ORDER BY {number}) AS BIGINT) - 1 AS place");
    let wanted = format!("{} * (n - 1)", as_double(part));
    let placed = if writer.relation.sample.is_some() {
        // Looked at again, a sample may be of other rows.
        format!("(SELECT {number} AS v, {place}, count(*) OVER () AS n {rows}) AS pact_ordered")
    } else {
        // What is ordered is put on disk, and what is counted beside it would be kept in memory.
        format!("(SELECT {number} AS v, {place} {rows}) AS pact_ordered,\n(SELECT count(*) AS n {rows}) AS pact_count")
    };
    format!(
        "SELECT min(v) + (max(v) - min(v)) * max(wanted - low) AS c0, max(n) AS c1\n\
         FROM (SELECT v, n, place, {wanted} AS wanted, CAST({wanted} AS BIGINT) AS low\nFROM {placed}) AS pact_placed\n\
         WHERE place = low OR place = low + 1"
    )
}
