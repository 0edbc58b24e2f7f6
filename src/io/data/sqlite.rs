//! SQLite files.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use regex::{Regex, RegexBuilder};
use rusqlite::config::DbConfig;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, ErrorCode, OpenFlags};

use super::{Cell, Database, Enforced, LiveColumn, Trouble, spread};
use crate::source::words::quoted;

/// A SQLite file, opened for reading alone.
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    timeout: Duration,
}

/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 10_000;
/// How large a compiled pattern may be, in bytes.
const PATTERN_BYTES: usize = 10 << 20;

impl Sqlite {
    /// Opens a file; each query may take so long.
    ///
    /// # Errors
    ///
    /// There is no such file, or it is none of SQLite.
    pub fn open(path: &Path, shown: &str, timeout: Duration) -> Result<Self, Trouble> {
        if !path.is_file() {
            return Err(Trouble::Lost(format!("there is no file {shown}")));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let lost = |error: Error| Trouble::Lost(format!("{shown} can't be read: {}", said(&error)));
        let mut connection = Connection::open_with_flags(path, flags).map_err(lost)?;
        connection.busy_timeout(timeout.min(Duration::from_secs(10))).map_err(lost)?;
        // The file may have been made by anybody: views and triggers in it must not call what they like.
        for (setting, value) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            // A name in double quotes that is none of a column would be a text.
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        ] {
            connection.set_db_config(setting, value).map_err(lost)?;
        }
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
        connection.create_scalar_function("regexp", 2, flags, matches).map_err(lost)?;
        spread::register(&connection, flags).map_err(lost)?;
        // As elsewhere; otherwise `like` takes capitals for small letters.
        connection.pragma_update(None, "case_sensitive_like", true).map_err(lost)?;
        // Reads the head of the file, which tells whether it is one.
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(lost)?;
        // Modules prepare what they write as well when a table of theirs is first met; from here on nothing that writes is let through.
        connect_virtual(&connection).map_err(lost)?;
        let allowed = |context: AuthContext<'_>| match context.action {
            AuthAction::Pragma {
                pragma_name: "table_info" | "table_xinfo" | "index_list" | "index_info" | "data_version",
                ..
            }
            | AuthAction::Select
            | AuthAction::Read { .. }
            | AuthAction::Function { .. }
            | AuthAction::Recursive => Authorization::Allow,
            _ => Authorization::Deny,
        };
        connection.authorizer(Some(allowed)).map_err(lost)?;
        Ok(Self { connection, path: path.to_path_buf(), timeout })
    }

    /// Runs something with the clock beside it.
    fn within<T>(&mut self, ask: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Trouble> {
        let (start, timeout) = (Instant::now(), self.timeout);
        let watch = self.connection.progress_handler(STEPS, Some(move || start.elapsed() > timeout));
        watch.map_err(|error| Trouble::Refused(said(&error)))?;
        let result = ask(&self.connection);
        let _ = self.connection.progress_handler(0, None::<fn() -> bool>);
        result.map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => {
                Trouble::TimedOut(format!("no answer within {:.1} s; the query was stopped", timeout.as_secs_f64()))
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure) => {
                Trouble::Lost(format!("the file is damaged: {}", said(&error)))
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Trouble::Lost("another program keeps the file locked".to_owned())
            }
            _ => Trouble::Refused(said(&error)),
        })
    }
}

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Sqlite").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Meets all virtual tables, such as those of full-text search and of R-trees. One that can't be met is told when it is asked for.
fn connect_virtual(connection: &Connection) -> rusqlite::Result<()> {
    let virtual_tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND lower(sql) LIKE 'create virtual table%'";
    for table in names::<String>(connection, virtual_tables, &[])? {
        let _ = names::<String>(connection, "SELECT name FROM pragma_table_xinfo(?1)", &[&table]);
    }
    Ok(())
}

/// How it is told that a virtual table is of a module which is not here.
const NO_MODULE: &str = "the module ";

/// What SQLite says, without the query.
fn said(error: &Error) -> String {
    match error {
        Error::SqliteFailure(_, Some(message)) | Error::SqlInputError { msg: message, .. }
            if message.starts_with("no such module: ") =>
        {
            let module = message.trim_start_matches("no such module: ");
            format!("{NO_MODULE}{}, which pact does not have", quoted(module))
        }
        Error::SqliteFailure(failure, _) if failure.code == ErrorCode::AuthorizationForStatementDenied => {
            "the query does more than reading rows".to_owned()
        }
        Error::SqliteFailure(_, Some(message)) | Error::SqlInputError { msg: message, .. } => {
            match message.strip_prefix("misuse of aggregate") {
                Some(_) => super::OF_ONE_ROW.to_owned(),
                None => message.clone(),
            }
        }
        other => other.to_string(),
    }
}

/// `text REGEXP pattern`: SQLite knows the operator, and leaves it to us what it does.
fn matches(context: &Context<'_>) -> rusqlite::Result<Option<bool>> {
    let compile = |value: ValueRef<'_>| -> Result<Regex, Box<dyn std::error::Error + Send + Sync>> {
        Ok(RegexBuilder::new(value.as_str()?).size_limit(PATTERN_BYTES).build()?)
    };
    if matches!(context.get_raw(0), ValueRef::Null) || matches!(context.get_raw(1), ValueRef::Null) {
        return Ok(None);
    }
    let pattern = context.get_or_create_aux(0, compile)?;
    let text = match context.get_raw(1) {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Blob(_) | ValueRef::Null => return Ok(None),
    };
    Ok(Some(pattern.is_match(&text)))
}

impl Database for Sqlite {
    fn columns(&mut self, table: &str) -> Result<Option<Vec<LiveColumn>>, Trouble> {
        let columns = self.within(|connection| {
            // What is generated is a column like others; what a virtual table hides is none.
            let mut query = connection
                .prepare("SELECT name, type, \"notnull\" FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid")?;
            let row_number = row_number(connection, table)?;
            let column = |row: &rusqlite::Row<'_>| {
                let (name, physical, not_null): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let nullable = Some(!not_null && row_number.as_ref() != Some(&name));
                Ok(LiveColumn { name, physical, nullable, ..LiveColumn::default() })
            };
            query.query_map([table], column)?.collect::<Result<Vec<_>, _>>()
        });
        let columns = columns.map_err(|trouble| match trouble {
            // Its neighbours may be tables as others are.
            Trouble::Refused(reason) if reason.starts_with(NO_MODULE) => {
                Trouble::Denied(format!("{} is a virtual table of {reason}", quoted(table)))
            }
            other => other,
        })?;
        Ok((!columns.is_empty()).then_some(columns))
    }

    fn enforced(&mut self, table: &str) -> Result<Enforced, Trouble> {
        self.within(|connection| {
            let row_number = row_number(connection, table)?;
            let mut not_null =
                names(connection, "SELECT name FROM pragma_table_info(?1) WHERE \"notnull\"", &[&table])?;
            not_null.extend(row_number.clone());
            let indices = "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND NOT partial";
            let mut unique: Vec<Vec<Option<String>>> = vec![row_number.into_iter().map(Some).collect()];
            for index in names::<String>(connection, indices, &[&table])? {
                // An expression has no name.
                unique.push(names(connection, "SELECT name FROM pragma_index_info(?1)", &[&index])?);
            }
            let unique = unique.into_iter().filter_map(|key| key.into_iter().collect::<Option<Vec<String>>>());
            // Foreign keys bind no row that was written while `foreign_keys` was off.
            Ok(Enforced {
                table: table.to_lowercase(),
                not_null,
                unique: unique.filter(|key| !key.is_empty()).collect(),
                references: Vec::new(),
            })
        })
    }

    fn tables(&mut self) -> Result<Vec<String>, Trouble> {
        self.within(|connection| {
            let mut query = connection.prepare(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' \
                 ESCAPE '\\' ORDER BY name LIMIT 100",
            )?;
            query.query_map([], |row| row.get(0))?.collect()
        })
    }

    fn each(&mut self, sql: &str, visit: &mut dyn FnMut(Vec<Cell>) -> ControlFlow<()>) -> Result<(), Trouble> {
        self.within(|connection| {
            let mut query = connection.prepare(sql)?;
            let count = query.column_count();
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let cells = (0..count).map(|index| row.get_ref(index).map(whole)).collect::<Result<_, _>>()?;
                if visit(cells).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    fn rows(&mut self, sql: &str, most: usize) -> Result<Vec<Vec<Cell>>, Trouble> {
        self.within(|connection| {
            let mut query = connection.prepare(sql)?;
            let count = query.column_count();
            let mut rows = query.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                if found.len() == most {
                    break;
                }
                found.push((0..count).map(|index| row.get_ref(index).map(cell)).collect::<Result<_, _>>()?);
            }
            Ok(found)
        })
    }
}

const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];

/// A value with all its bytes, as SQL writes those that are no text.
fn whole(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Blob(bytes) => {
            let mut text = String::with_capacity(2 * bytes.len());
            for byte in bytes {
                text.extend([byte >> 4, byte & 15].map(|digit| HEX[usize::from(digit)]));
            }
            Cell::Text(text)
        }
        other => cell(other),
    }
}

/// The column that is the number of the row: the only one of a primary key, of the type `INTEGER`, and without an index for it. It
/// is never null; other columns of a primary key may be, in SQLite alone.
fn row_number(connection: &Connection, table: &str) -> rusqlite::Result<Option<String>> {
    let found: Vec<String> = names(
        connection,
        "SELECT min(name) FROM pragma_table_info(?1) WHERE pk > 0 GROUP BY '' HAVING count(*) = 1 AND upper(min(type)) = 'INTEGER'
         AND NOT EXISTS (SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk')",
        &[&table],
    )?;
    Ok(found.into_iter().next())
}

/// The first column of an answer.
fn names<T: rusqlite::types::FromSql>(
    connection: &Connection,
    sql: &str,
    about: &[&dyn rusqlite::ToSql],
) -> rusqlite::Result<Vec<T>> {
    connection.prepare(sql)?.query_map(about, |row| row.get(0))?.collect()
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number.into()),
        ValueRef::Real(number) => Cell::Float(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Text(format!("{} bytes", bytes.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(folder: &Path) -> PathBuf {
        let path = folder.join("shop.db");
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE orders (id INTEGER PRIMARY KEY, email VARCHAR(50) NOT NULL, amount DECIMAL(12,2));
                 INSERT INTO orders VALUES (1, 'ada@example.com', 5.5), (2, 'x', NULL);",
            )
            .unwrap();
        path
    }

    fn open(path: &Path) -> Result<Sqlite, Trouble> {
        Sqlite::open(path, "shop.db", Duration::from_secs(5))
    }

    #[test]
    fn columns_and_rows_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut database = open(&sample(folder.path())).unwrap();
        let columns = database.columns("orders").unwrap().unwrap();
        let email = LiveColumn {
            name: "email".into(),
            physical: "VARCHAR(50)".into(),
            nullable: Some(false),
            ..LiveColumn::default()
        };
        assert_eq!(columns[1], email);
        assert_eq!(database.columns("order").unwrap(), None);
        assert_eq!(database.tables().unwrap(), ["orders"]);
        let rows = database.rows("SELECT email REGEXP '@', amount REGEXP '5' FROM orders ORDER BY id", 5).unwrap();
        assert_eq!(rows, [[Cell::Int(1), Cell::Int(1)], [Cell::Int(0), Cell::Null]]);
        assert!(matches!(database.rows("SELECT x FROM orders", 1), Err(Trouble::Refused(_))));
        assert!(matches!(database.rows("SELECT 'a' REGEXP '('", 1), Err(Trouble::Refused(_))));
    }

    #[test]
    fn what_the_schema_enforces_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT NOT NULL UNIQUE, y TEXT, z TEXT, UNIQUE (y, z));
                 CREATE UNIQUE INDEX some ON a (z) WHERE y > 'a';
                 CREATE UNIQUE INDEX lowered ON a (lower(z));
                 CREATE TABLE b (id INTEGER, part INTEGER, PRIMARY KEY (id, part));
                 CREATE TABLE c (id INTEGER PRIMARY KEY DESC);
                 CREATE TABLE d (id INTEGER PRIMARY KEY, x TEXT) WITHOUT ROWID;
                 CREATE TABLE e (id INT PRIMARY KEY);
                 CREATE VIEW v AS SELECT id FROM a;",
            )
            .unwrap();
        let mut database = open(&path).unwrap();
        for (table, not_null, unique) in [
            ("a", &["x", "id"][..], &[&["id"][..], &["y", "z"], &["x"]][..]),
            ("A", &["x", "id"], &[&["id"], &["y", "z"], &["x"]]),
            ("b", &[], &[&["id", "part"]]),
            ("c", &[], &[&["id"]]),
            ("d", &["id"], &[&["id"]]),
            ("e", &[], &[&["id"]]),
            ("v", &[], &[]),
        ] {
            let found = database.enforced(table).unwrap();
            let unique: Vec<Vec<String>> =
                unique.iter().map(|key| key.iter().map(ToString::to_string).collect()).collect();
            assert_eq!(
                (found.not_null.as_slice(), found.unique),
                (&not_null.iter().map(ToString::to_string).collect::<Vec<_>>()[..], unique),
                "{table}"
            );
        }
        let nullable =
            |columns: Option<Vec<LiveColumn>>| columns.unwrap().iter().map(|one| one.nullable).collect::<Vec<_>>();
        assert_eq!(nullable(database.columns("b").unwrap()), [Some(true), Some(true)]);
        assert_eq!(nullable(database.columns("c").unwrap()), [Some(true)]);
    }

    #[test]
    fn virtual_tables_are_read_as_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("virtual.db");
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE notes USING fts5(title, body); INSERT INTO notes VALUES ('a', 'x'), ('b', NULL);
                 create virtual table places USING rtree(id, low, high, +name TEXT); INSERT INTO places VALUES (1, 0, 5, 'x');
                 CREATE TABLE plain (x); PRAGMA writable_schema = ON;
                 INSERT INTO sqlite_master VALUES ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING nowhere(x)');",
            )
            .unwrap();
        drop(connection);
        let mut database = open(&path).unwrap();
        let mut columns = |table: &str| -> Result<Vec<String>, Trouble> {
            Ok(database.columns(table)?.unwrap_or_default().into_iter().map(|column| column.name).collect())
        };
        assert_eq!(columns("notes").unwrap(), ["title", "body"]);
        assert_eq!(columns("places").unwrap(), ["id", "low", "high", "name"]);
        let odd = "`odd` is a virtual table of the module `nowhere`, which pact does not have";
        assert_eq!(columns("odd"), Err(Trouble::Denied(odd.to_owned())));
        for (sql, expected) in [
            ("SELECT count(*), count(body) FROM notes", [2, 1]),
            ("SELECT count(*), max(id) FROM (SELECT id, name FROM places WHERE high > 1)", [1, 1]),
        ] {
            assert_eq!(database.rows(sql, 1).unwrap(), [expected.map(Cell::Int)], "{sql}");
        }
        for sql in ["INSERT INTO notes VALUES ('c', 'd')", "DELETE FROM places", "UPDATE notes_data SET block = x''"] {
            assert!(matches!(database.rows(sql, 1), Err(Trouble::Refused(_))), "{sql}");
        }
    }

    #[test]
    fn nothing_but_reading_is_let_through() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample(folder.path());
        let mut database = open(&path).unwrap();
        for sql in ["DELETE FROM orders", "ATTACH 'x.db' AS x", "PRAGMA user_version = 5", "SELECT load_extension('x')"]
        {
            assert!(matches!(database.rows(sql, 1), Err(Trouble::Refused(_))), "{sql}");
        }
    }

    #[test]
    fn a_query_without_an_end_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample(folder.path());
        let mut database = Sqlite::open(&path, "shop.db", Duration::from_millis(50)).unwrap();
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
        assert!(matches!(database.rows(endless, 1), Err(Trouble::TimedOut(_))));
        assert!(database.rows("SELECT 1", 1).is_ok());
    }

    #[test]
    fn what_is_no_database_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        assert!(matches!(open(&path), Err(Trouble::Lost(_))));
        std::fs::write(&path, "id,amount\n1,2\n".repeat(500)).unwrap();
        assert!(matches!(open(&path), Err(Trouble::Lost(_))));
    }
}
