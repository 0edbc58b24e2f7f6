//! The ledger's file: the only module that knows SQL. [`Ledger`] appends, [`Reader`] reads and never writes.

mod open;
mod place;
mod read;

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::ledger::{Execution, GENESIS, entry_hash};

pub use read::{Filter, Reader, Verified};

/// Why the ledger can't be used.
#[derive(Debug)]
pub enum LedgerError {
    /// There is none.
    Missing(PathBuf),
    /// It, or its folder, is a symbolic link, which may lead anywhere.
    Link(PathBuf),
    /// It was written by a newer pact (its schema version, and the newest that this pact knows).
    Newer(PathBuf, i64),
    /// The file is something else.
    Foreign(PathBuf),
    /// It lies on a network file system of this kind.
    Network(PathBuf, &'static str),
    /// It can't be written, and why.
    NotWritable(PathBuf, String),
    /// Another program keeps it locked.
    Locked(PathBuf),
    /// It was one, and parts of it are gone; what SQLite says.
    Damaged(PathBuf, String),
    /// The database refuses, and why.
    Database(PathBuf, String),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(out, "there is no ledger at {}", path.display()),
            Self::Link(path) => write!(out, "{} is a symbolic link; the ledger follows none", path.display()),
            Self::Newer(path, version) => {
                write!(out, "the ledger {} has schema version {version}, newer than this pact knows", path.display())
            }
            Self::Foreign(path) => write!(out, "{} is not a ledger of pact", path.display()),
            Self::Network(path, kind) => {
                write!(out, "the ledger {} lies on a network file system ({kind})", path.display())
            }
            Self::NotWritable(path, why) => write!(out, "the ledger {} can't be written: {why}", path.display()),
            Self::Locked(path) => write!(out, "the ledger {} is locked by another program", path.display()),
            Self::Damaged(path, why) => write!(out, "the ledger {} is damaged: {why}", path.display()),
            Self::Database(path, why) => write!(out, "the ledger {}: {why}", path.display()),
        }
    }
}

/// A kind of check, the consumer whose own expectation was broken (`None` for the contract's), and a count of runs.
pub type Recent = (String, Option<String>, u32);

/// A ledger that is open for appending. Several processes may have it open at once.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
}

impl Ledger {
    /// Opens a ledger, makes it if it is not there, and proves that it can be written.
    ///
    /// # Errors
    ///
    /// It can't be written, is no ledger, or is newer than this program.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let connection = open::writable(path)?;
        Ok(Self { connection, path: path.to_path_buf() })
    }

    /// Appends executions, each with the bytes of its contract, in one transaction, and returns the position of the first:
    /// the others follow it. The bytes of a contract are stored once, however many executions refer to them.
    ///
    /// # Errors
    ///
    /// The database refuses: the disk is full, or another process keeps it for more than ten seconds. Nothing of these
    /// executions is stored then.
    pub fn append(&mut self, executions: &[(Execution, &[u8])]) -> Result<i64, LedgerError> {
        insert_all(&mut self.connection, executions).map_err(|error| open::while_writing(&self.path, &error))
    }

    /// How many executions of a contract since a moment (RFC 3339, UTC, milliseconds) had violations, by the kind of check
    /// and by the consumer whose own expectation was broken.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn recent(&self, contract: &str, since: &str) -> Result<Vec<Recent>, LedgerError> {
        const SQL: &str =
            "SELECT kind, consumer, count(DISTINCT seq) FROM execution JOIN result ON result.execution = seq
            WHERE contract = ?1 AND started >= ?2 AND result.verdict IN ('fail', 'not_received')
            GROUP BY kind, consumer";
        let query = || -> rusqlite::Result<Vec<Recent>> {
            let mut statement = self.connection.prepare_cached(SQL)?;
            let rows =
                statement.query_map(params![contract, since], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect()
        };
        query().map_err(|error| open::database(&self.path, &error))
    }
}

/// The write lock is taken before the last entry is read: two processes can't build on the same one.
fn insert_all(connection: &mut Connection, executions: &[(Execution, &[u8])]) -> rusqlite::Result<i64> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (last, mut previous) = transaction
        .query_row("SELECT seq, hash FROM execution ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })
        .or_else(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Ok((0, GENESIS.to_owned())),
            other => Err(other),
        })?;
    for (seq, (execution, contract)) in (last + 1..).zip(executions) {
        previous = insert(&transaction, seq, &previous, execution, contract)?;
    }
    transaction.commit()?;
    Ok(last + 1)
}

/// Inserts an execution behind the entry with the hash `previous`, and returns its own hash.
fn insert(
    transaction: &Transaction<'_>,
    seq: i64,
    previous: &str,
    execution: &Execution,
    contract: &[u8],
) -> rusqlite::Result<String> {
    let hash = entry_hash(previous, seq, execution);
    let Execution { id, contract: name, version, snapshot, .. } = execution;
    transaction
        .prepare_cached("INSERT OR IGNORE INTO snapshot (sha256, bytes) VALUES (?1, ?2)")?
        .execute(params![snapshot, contract])?;
    transaction
        .prepare_cached("INSERT OR IGNORE INTO contract_version (contract, version, snapshot) VALUES (?1, ?2, ?3)")?
        .execute(params![name, version, snapshot])?;
    transaction
        .prepare_cached(
            "INSERT INTO execution (seq, id, contract, version, snapshot, commit_id, blob_id, environment, started,
                finished, verdict, score, pact, previous, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            seq,
            id,
            name,
            version,
            snapshot,
            execution.commit_id,
            execution.blob_id,
            execution.environment,
            execution.started,
            execution.finished,
            execution.verdict,
            execution.score,
            execution.pact,
            previous,
            hash,
        ])?;
    insert_parts(transaction, seq, execution)?;
    Ok(hash)
}

fn insert_parts(transaction: &Transaction<'_>, seq: i64, execution: &Execution) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO result (execution, position, kind, verdict, severity, element, consumer, expected, actual, consumed,
            affected) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for (position, result) in (0i64..).zip(&execution.results) {
        let affected = serde_json::to_string(&result.affected).unwrap_or_default();
        statement.execute(params![
            seq,
            position,
            result.kind,
            result.verdict,
            result.severity,
            result.element,
            result.consumer,
            result.expected,
            result.actual,
            result.consumed,
            affected,
        ])?;
    }
    let mut statement = transaction.prepare_cached(
        "INSERT INTO observation (execution, position, ask, url, asked_at, elapsed_ms, answer)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, seen) in (0i64..).zip(&execution.observations) {
        statement.execute(params![seq, position, seen.ask, seen.url, seen.asked_at, seen.elapsed_ms, seen.answer])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
