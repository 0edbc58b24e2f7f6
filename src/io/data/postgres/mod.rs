//! PostgreSQL servers. Whatever is asked of one contract is asked in one transaction that only reads, so that all answers are about the same
//! rows.

mod catalogue;
mod settings;
mod tls;
mod trouble;
mod types;

pub use settings::Settings;

use std::ops::ControlFlow;
use std::pin::pin;
use std::time::Duration;

use futures::TryStreamExt as _;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error, SimpleQueryMessage, SimpleQueryRow};
use tokio_postgres_rustls::MakeRustlsConnect;

use self::settings::Target;
use self::trouble::{is_lost, of_connecting, of_query};
use self::types::{Typed, Types};
use super::{Cell, Database, Enforced, LiveColumn, Reference, Trouble};
use crate::io::interrupt;
use crate::source::words::quoted;

/// A connection to a database, for reading alone.
pub struct Postgres {
    session: Option<Session>,
    /// Made where there is a server to talk to, and not waited for in the end: the name of a host may still be looked up.
    runtime: Option<Runtime>,
    schema: Option<String>,
    /// What messages call the user, where its own name is nobody's business.
    shown_user: Option<String>,
    timeout: Duration,
    /// How long it is waited for a table that somebody else keeps locked.
    patience: Duration,
    /// Whether the transaction has begun.
    is_begun: bool,
}

/// What talks to the server.
struct Session {
    client: Client,
    /// Moves what is sent and received, until the client is dropped.
    connection: JoinHandle<Result<(), Error>>,
    tls: MakeRustlsConnect,
}

/// How much longer than a query may take it is waited for the server to say that it has stopped it.
const GRACE: Duration = Duration::from_secs(2);
/// How long a table may be locked by others.
const MOST_LOCKED: Duration = Duration::from_secs(10);
/// How long that is waited for once a table was locked for longer.
const AFTER_LOCKED: Duration = Duration::from_millis(100);

impl Postgres {
    /// Connects to a database; connecting, and then each query, may take so long.
    ///
    /// # Errors
    ///
    /// The settings are no place to connect to, nobody listens there, or who listens does not let us in.
    pub fn open(settings: Settings, timeout: Duration) -> Result<Self, Trouble> {
        let target = settings.target().map_err(Trouble::Lost)?;
        let tls = tls::connector(&target.trust).map_err(Trouble::Lost)?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Trouble::Lost(format!("the network can't be used: {error}")))?;
        let session = runtime.block_on(connect(&target, tls, target.connect_timeout.unwrap_or(timeout).min(timeout)));
        let mut database = Self {
            session: None,
            runtime: Some(runtime),
            schema: target.schema,
            shown_user: target.shown_user,
            timeout,
            // A lock is told as such where it ends before the query does.
            patience: timeout.mul_f64(0.8).min(MOST_LOCKED),
            is_begun: false,
        };
        database.session = Some(session?);
        database.begin()?;
        Ok(database)
    }

    /// Begins the transaction, where none is under way.
    fn begin(&mut self) -> Result<(), Trouble> {
        if self.is_begun {
            return Ok(());
        }
        // Local to the transaction: a pooler may give the connection to somebody else afterwards.
        let settings = [
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned(),
            format!("SET LOCAL statement_timeout = {}", self.timeout.as_millis().clamp(1, i32::MAX as u128)),
            self.lock_timeout(),
            "SET LOCAL TimeZone = 'UTC'".to_owned(),
            "SET LOCAL DateStyle = 'ISO, YMD'".to_owned(),
            "SET LOCAL IntervalStyle = 'iso_8601'".to_owned(),
            "SET LOCAL standard_conforming_strings = on".to_owned(),
            self.schema.as_ref().map_or_else(String::new, |schema| format!("SET LOCAL search_path = {}", name(schema))),
            // From here on nothing makes it a transaction that writes, and all see the same rows.
            "SELECT 1".to_owned(),
            "SAVEPOINT pact".to_owned(),
        ];
        let settings = settings.join(";\n");
        self.within(async |client| client.batch_execute(&settings).await)?;
        self.is_begun = true;
        let Some(schema) = self.schema.clone() else { return Ok(()) };
        let may_use = self.within(async |client| client.query_opt(catalogue::SCHEMA, &[&schema]).await)?;
        match may_use.and_then(|row| row.try_get::<_, bool>(0).ok()) {
            Some(true) => Ok(()),
            Some(false) => Err(Trouble::Lost(format!(
                "this user may not look into the schema {0}; grant it USAGE there",
                quoted(&schema)
            ))),
            None => Err(Trouble::Lost(format!("the database has no schema {}", quoted(&schema)))),
        }
    }

    /// Asks something, in the transaction. Whatever came of it, the next question finds the transaction as it was.
    fn ask<T>(&mut self, question: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> Result<T, Trouble> {
        self.begin()?;
        let answer = self.within(question);
        if matches!(answer, Err(Trouble::Lost(_))) {
            return answer;
        }
        let mut back = "ROLLBACK TO SAVEPOINT pact".to_owned();
        if matches!(answer, Err(Trouble::Locked(_))) && self.patience > AFTER_LOCKED {
            // Whoever keeps it is most likely there still: nobody waits as long for each question about it.
            self.patience = AFTER_LOCKED;
            back = format!("{back};\n{};\nSAVEPOINT pact", self.lock_timeout());
        }
        if let Err(trouble) = self.within(async |client| client.batch_execute(&back).await) {
            self.is_begun = false;
            let ended = self.within(async |client| client.batch_execute("ROLLBACK").await);
            if answer.is_ok() {
                ended.map_err(|_| trouble)?;
            }
        }
        answer
    }

    fn lock_timeout(&self) -> String {
        format!("SET LOCAL lock_timeout = {}", self.patience.as_millis().max(1))
    }

    /// Runs something with the clock beside it. What does not end by itself is cancelled on the server.
    fn within<T>(&mut self, question: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> Result<T, Trouble> {
        let lost = || Trouble::Lost("the connection is lost".to_owned());
        let (runtime, session) = (self.runtime.as_ref().ok_or_else(lost)?, self.session.as_ref().ok_or_else(lost)?);
        let limit = self.timeout;
        let _watch = interrupt::Watch::begin();
        let cancel = async || {
            let token = session.client.cancel_token();
            let _ = timeout(GRACE, token.cancel_query(session.tls.clone())).await;
        };
        let answer = runtime.block_on(async {
            let answer = tokio::select! {
                answer = timeout(limit + GRACE, question(&session.client)) => answer,
                () = interrupt::Watch::interrupted() => {
                    cancel().await;
                    interrupt::Watch::obey();
                    return Err(Trouble::Lost("pact was told to stop".to_owned()));
                }
            };
            match answer {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(error)) if is_lost(&error) || session.client.is_closed() => {
                    Err(Trouble::Lost(trouble::of_lost(&error)))
                }
                Ok(Err(error)) => Err(of_query(&error, limit)),
                Err(_) => {
                    cancel().await;
                    Err(Trouble::TimedOut(trouble::late(limit)))
                }
            }
        });
        if matches!(answer, Err(Trouble::Lost(_))) {
            self.session = None;
        }
        answer
    }
}

async fn connect(target: &Target, tls: MakeRustlsConnect, limit: Duration) -> Result<Session, Trouble> {
    match timeout(limit, target.config.connect(tls.clone())).await {
        Ok(Ok((client, connection))) => Ok(Session { client, connection: tokio::spawn(connection), tls }),
        Ok(Err(error)) => Err(Trouble::Lost(of_connecting(&error, target))),
        Err(_) => Err(Trouble::Lost(format!(
            "the server did not answer within {:.1} s; look whether host and port are right, and whether a firewall is between",
            limit.as_secs_f64()
        ))),
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let Some(runtime) = self.runtime.take() else { return };
        if let Some(Session { client, connection, .. }) = self.session.take() {
            drop(client);
            // Says farewell, which keeps the server's log clean.
            let _ = runtime.block_on(async { timeout(Duration::from_millis(200), connection).await });
        }
        runtime.shutdown_background();
    }
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Postgres").field("schema", &self.schema).finish_non_exhaustive()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn unreadable(error: Error) -> Trouble {
    Trouble::Refused(format!("the catalogue can't be read: {error}"))
}

/// A table in the catalogue. Names are in words that SQL takes.
struct Found {
    id: u32,
    may_read: bool,
    /// Whether it says which columns may be null.
    tells_nulls: bool,
    name: String,
    /// Its schema, where the user may not look into that.
    closed_schema: Option<String>,
    user: String,
}

impl Found {
    fn read(row: &tokio_postgres::Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get(0)?,
            may_read: row.try_get(1)?,
            tells_nulls: row.try_get(2)?,
            name: row.try_get(3)?,
            closed_schema: row.try_get(4)?,
            user: row.try_get(5)?,
        })
    }
}

impl Postgres {
    /// A table in the catalogue.
    fn table(&mut self, table: &str) -> Result<Option<tokio_postgres::Row>, Trouble> {
        let Some(named) = catalogue::Named::parse(table) else { return Ok(None) };
        self.ask(async |client| {
            client.query_opt(catalogue::TABLE, &[&named.table, &named.schema, &named.database]).await
        })
    }
}

impl Database for Postgres {
    fn columns(&mut self, table: &str) -> Result<Option<Vec<LiveColumn>>, Trouble> {
        let Some(found) = self.table(table)? else { return Ok(None) };
        let found = Found::read(&found).map_err(unreadable)?;
        let user = self.shown_user.clone().unwrap_or(found.user);
        if let Some(schema) = &found.closed_schema {
            return Err(Trouble::Denied(format!(
                "this user may not look into the schema of {}; `GRANT USAGE ON SCHEMA {schema} TO {user}` lets it",
                quoted(table)
            )));
        }
        if !found.may_read {
            return Err(Trouble::Denied(format!(
                "this user may not read {}; `GRANT SELECT ON {} TO {user}` lets it",
                quoted(table),
                found.name
            )));
        }
        let id = found.id;
        let columns = self.ask(async |client| client.query(catalogue::COLUMNS, &[&id]).await)?;
        let types = match self.ask(async |client| client.query(catalogue::TYPES, &[&id]).await) {
            // A database that only talks like PostgreSQL: its types are known by their names.
            Err(Trouble::Refused(_)) => Vec::new(),
            types => types?,
        };
        let types = Types::read(&types).map_err(unreadable)?;
        let column = |row: &tokio_postgres::Row| {
            let (name, declared): (String, String) = (row.try_get(0)?, row.try_get(2)?);
            let own = Typed { id: row.try_get(1)?, text: declared };
            let is_required = row.try_get::<_, bool>(3)? || types.is_required(own.id);
            let nullable = (found.tells_nulls || is_required).then_some(!is_required);
            let denied = row.try_get::<_, Option<String>>(4)?.map(|column| {
                format!(
                    "this user may not read the column {}; `GRANT SELECT ({column}) ON {} TO {user}` lets it",
                    quoted(&name),
                    found.name
                )
            });
            let physical = types.described(&own);
            Ok(LiveColumn { name, physical, declared: Some(own.text), nullable, denied, ..LiveColumn::default() })
        };
        columns.iter().map(column).collect::<Result<_, _>>().map(Some).map_err(unreadable)
    }

    fn enforced(&mut self, table: &str) -> Result<Enforced, Trouble> {
        let Some(found) = self.table(table)? else { return Ok(Enforced::default()) };
        let id: u32 = found.try_get(0).map_err(unreadable)?;
        let rows = self.ask(async |client| client.query(catalogue::ENFORCED, &[&id]).await)?;
        let mut enforced = Enforced { table: id.to_string(), ..Enforced::default() };
        for row in rows {
            let kind: &str = row.try_get(0).map_err(unreadable)?;
            let (to, columns, there): (u32, Vec<String>, Vec<String>) = (
                row.try_get(1).map_err(unreadable)?,
                row.try_get(2).map_err(unreadable)?,
                row.try_get(3).map_err(unreadable)?,
            );
            match kind {
                "not null" => enforced.not_null.extend(columns),
                "unique" => enforced.unique.push(columns),
                _ => {
                    let columns = columns.into_iter().zip(there).collect();
                    enforced.references.push(Reference { table: to.to_string(), columns });
                }
            }
        }
        Ok(enforced)
    }

    fn tables(&mut self) -> Result<Vec<String>, Trouble> {
        let rows = self.ask(async |client| client.query(catalogue::TABLES, &[]).await)?;
        Ok(rows.iter().filter_map(|row| row.try_get(0).ok()).collect())
    }

    fn each(&mut self, sql: &str, visit: &mut dyn FnMut(Vec<Cell>) -> ControlFlow<()>) -> Result<(), Trouble> {
        self.ask(async |client| {
            let statement = client.prepare(sql).await?;
            let types: Vec<Type> = statement.columns().iter().map(|column| column.type_().clone()).collect();
            let mut messages = pin!(client.simple_query_raw(sql).await?);
            while let Some(message) = messages.try_next().await? {
                if let SimpleQueryMessage::Row(row) = message
                    && visit(cells(&row, &types)).is_break()
                {
                    break;
                }
            }
            Ok(())
        })
    }

    fn rows(&mut self, sql: &str, most: usize) -> Result<Vec<Vec<Cell>>, Trouble> {
        // What is asked as a part of a query can't be a command. A comment in it ends with its line.
        let sql = sql.trim().trim_end_matches(';');
        let sql = format!("SELECT * FROM (\n{sql}\n) AS pact_answer LIMIT {most}");
        self.ask(async |client| {
            // Prepared first, which takes one statement alone and tells the types; asked then for values as text.
            let statement = client.prepare(&sql).await?;
            let types: Vec<Type> = statement.columns().iter().map(|column| column.type_().clone()).collect();
            let messages = client.simple_query(&sql).await?;
            Ok(messages
                .iter()
                .filter_map(|message| match message {
                    SimpleQueryMessage::Row(row) => Some(cells(row, &types)),
                    _ => None,
                })
                .collect())
        })
    }
}

fn cells(row: &SimpleQueryRow, types: &[Type]) -> Vec<Cell> {
    let cell =
        |(index, kind): (usize, &Type)| row.try_get(index).ok().flatten().map_or(Cell::Null, |text| cell(text, kind));
    types.iter().enumerate().map(cell).collect()
}

/// A value from its text. What JSON, dates and all else are stays text.
fn cell(text: &str, kind: &Type) -> Cell {
    let plain = || Cell::Text(text.to_owned());
    match *kind {
        Type::BOOL => Cell::Bool(text == "t"),
        Type::INT2 | Type::INT4 | Type::INT8 | Type::OID => text.parse().map_or_else(|_| plain(), Cell::Int),
        Type::NUMERIC => text.parse().map_or_else(|_| Cell::Decimal(text.to_owned()), Cell::Int),
        Type::FLOAT4 | Type::FLOAT8 => {
            text.parse().ok().filter(|number: &f64| number.is_finite()).map_or_else(plain, Cell::Float)
        }
        _ => plain(),
    }
}

/// A name in quotes.
fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_by_their_types() {
        let cases = [
            ("t", Type::BOOL, Cell::Bool(true)),
            ("-5", Type::INT8, Cell::Int(-5)),
            ("12", Type::NUMERIC, Cell::Int(12)),
            ("0.10", Type::NUMERIC, Cell::Decimal("0.10".into())),
            ("NaN", Type::NUMERIC, Cell::Decimal("NaN".into())),
            ("1e3", Type::FLOAT8, Cell::Float(1000.0)),
            ("NaN", Type::FLOAT8, Cell::Text("NaN".into())),
            ("2026-01-05", Type::DATE, Cell::Text("2026-01-05".into())),
        ];
        for (text, kind, expected) in cases {
            assert_eq!(cell(text, &kind), expected, "{text}");
        }
        for (cell, number) in [
            (Cell::Decimal("0.10".into()), Some(0.1)),
            (Cell::Decimal("NaN".into()), None),
            (Cell::Text("NaN".into()), None),
            (Cell::Text("007".into()), None),
        ] {
            assert_eq!(cell.number(), number, "{cell}");
        }
    }
}
