//! The answers, all of them asked of the database: what is reported is what is there, not what was promised.

use pact::model::{Dataset, Metric, Quantity};
use pact::{io::clock, model::DataType};
use rusqlite::{Connection, OpenFlags, Result};
use serde_json::{Map, Value as Json, json};

use super::database::quoted;
use super::{Kind, Served};

/// `GET /health`: the database answers, and which contract is served in which version.
pub(super) fn health(served: &Served) -> Result<Json> {
    let tables: i64 = open(served)?.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(json!({
        "status": if tables > 0 { "healthy" } else { "unhealthy" },
        "timestamp": clock::now().to_string(),
        "service": format!("{}-service", served.contract.name),
        "contract_name": served.contract.name,
        "contract_version": version(served),
    }))
}

/// `GET /schema`: the tables as the database has them.
pub(super) fn schema(served: &Served) -> Result<Json> {
    let connection = open(served)?;
    let mut tables = Map::new();
    for dataset in &served.contract.datasets {
        let name = database_name(dataset);
        let table = json!({"columns": columns(&connection, name)?, "foreign_keys": foreign_keys(&connection, name)?});
        tables.insert(name.to_owned(), table);
    }
    Ok(json!({
        "service": format!("{}-service", served.contract.name),
        "contract_name": served.contract.name,
        "contract_version": version(served),
        "tables": tables,
    }))
}

/// `GET /metrics`: how old, how complete and how much. The numbers of a single dataset stand at the top, those of several
/// under `datasets`.
pub(super) fn metrics(served: &Served) -> Result<Json> {
    let connection = open(served)?;
    let mut answer = json!({
        "timestamp": clock::now().to_string(),
        // This service knows of no outage since it started. A real one takes the number from its monitoring.
        "availability": {"status": "up", "uptime_percentage": 100.0},
    });
    match served.contract.datasets.as_slice() {
        [only] => {
            if let (Some(answer), Json::Object(own)) = (answer.as_object_mut(), numbers(served, only, &connection)?) {
                answer.extend(own);
            }
        }
        several => {
            for dataset in several {
                answer["datasets"][&dataset.name] = numbers(served, dataset, &connection)?;
            }
        }
    }
    Ok(answer)
}

fn open(served: &Served) -> Result<Connection> {
    Connection::open_with_flags(&served.database, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn version(served: &Served) -> String {
    let mut version = served.contract.version.clone();
    if served.breakages.contains(&Kind::WrongVersion) {
        version.major += 1;
    }
    version.to_string()
}

/// The table of a dataset.
fn database_name(dataset: &Dataset) -> &str {
    dataset.physical_name.as_deref().unwrap_or(&dataset.name)
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<Json>> {
    let mut statement = connection.prepare(&format!("PRAGMA table_info({})", quoted(table)))?;
    let rows = statement.query_map([], |row| {
        Ok(json!({
            "name": row.get::<_, String>("name")?,
            "type": row.get::<_, String>("type")?,
            "nullable": row.get::<_, i64>("notnull")? == 0,
            "default": row.get::<_, Option<String>>("dflt_value")?,
            "primary_key": row.get::<_, i64>("pk")? > 0,
        }))
    })?;
    rows.collect()
}

fn foreign_keys(connection: &Connection, table: &str) -> Result<Vec<Json>> {
    let mut statement = connection.prepare(&format!("PRAGMA foreign_key_list({})", quoted(table)))?;
    let rows = statement.query_map([], |row| {
        let (table, column): (String, String) = (row.get("table")?, row.get("to")?);
        Ok(json!({"columns": [row.get::<_, String>("from")?], "references": format!("{table}.{column}")}))
    })?;
    rows.collect()
}

fn numbers(served: &Served, dataset: &Dataset, connection: &Connection) -> Result<Json> {
    let table = database_name(dataset);
    let names: Vec<String> =
        columns(connection, table)?.iter().filter_map(|column| Some(column["name"].as_str()?.to_owned())).collect();
    // One pass counts everything: count(column) leaves out what is null.
    let counts: Vec<String> = names.iter().map(|name| format!("count({})", quoted(name))).collect();
    let sql = format!("SELECT count(*), {} FROM {}", counts.join(", "), quoted(table));
    let counts: Vec<i64> =
        connection.query_row(&sql, [], |row| (0..=names.len()).map(|index| row.get(index)).collect())?;
    let total = counts.first().copied().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let share = |count: i64| (total > 0).then(|| 100.0 * count as f64 / total as f64);
    let shares: Map<String, Json> =
        names.iter().zip(counts.iter().skip(1)).map(|(name, count)| (name.clone(), json!(share(*count)))).collect();
    let newest = newest(served, dataset, connection, &names)?;
    let age = clock::now().duration_since(newest);
    let promised =
        served.contract.quality.iter().chain(&dataset.quality).find(|quality| quality.metric == Metric::Freshness);
    let limit = promised.and_then(|quality| Quantity::duration(&quality.threshold));
    Ok(json!({
        "freshness": {
            "last_update": newest.to_string(),
            "seconds_since_update": age.as_secs(),
            "is_fresh": limit.is_none_or(|limit| age <= limit),
        },
        "completeness": {"total_rows": total, "field_completeness": shares},
        "row_count": total,
    }))
}

/// The newest time in any datetime or timestamp column; the time of the import where there is none.
fn newest(served: &Served, dataset: &Dataset, connection: &Connection, columns: &[String]) -> Result<jiff::Timestamp> {
    let mut newest = None;
    for field in &dataset.fields {
        let name = field.physical_name.as_ref().unwrap_or(&field.name);
        if matches!(field.data_type, DataType::Datetime | DataType::Timestamp) && columns.contains(name) {
            let sql = format!("SELECT max({}) FROM {}", quoted(name), quoted(database_name(dataset)));
            let text: Option<String> = connection.query_row(&sql, [], |row| row.get(0))?;
            newest = newest.max(text.and_then(|text| super::database::instant(&text)));
        }
    }
    Ok(newest.unwrap_or(served.imported))
}
