//! Reading a ledger: lists, single entries, and the proof that it is what was recorded.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row, params};

use super::{LedgerError, open};
use crate::ledger::{Chain, Entry, Execution, ObservationRow, ResultRow, sha256};

/// Which executions to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Of this contract only.
    pub contract: Option<&'a str>,
    /// At most so many, the newest.
    pub limit: u32,
}

/// A ledger that is open for reading.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    path: PathBuf,
}

/// What a proof found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many entries are sound.
    pub entries: i64,
    /// How many snapshots are sound.
    pub snapshots: i64,
    /// The hash of the last sound entry.
    pub head: String,
    /// The first thing that is wrong.
    pub problem: Option<String>,
}

const COLUMNS: &str = "seq, previous, hash, id, contract, version, snapshot, commit_id, blob_id, environment, started,
    finished, verdict, score, pact";

impl Reader {
    /// Opens a ledger that is there.
    ///
    /// # Errors
    ///
    /// There is none, it is something else, or it is newer than this program.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        Ok(Self { connection: open::readable(path)?, path: path.to_path_buf() })
    }

    /// The newest executions, newest first.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn log(&self, filter: Filter<'_>) -> Result<Vec<Entry>, LedgerError> {
        let sql =
            format!("SELECT {COLUMNS} FROM execution WHERE ?1 IS NULL OR contract = ?1 ORDER BY seq DESC LIMIT ?2");
        self.entries(&sql, params![filter.contract, filter.limit])
    }

    /// The executions that a position (`7`) or the beginning of an identity names.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn find(&self, key: &str) -> Result<Vec<Entry>, LedgerError> {
        // Identities begin with a zero until the year 2527, positions never do.
        let is_position = !key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(seq) = key.parse::<i64>().ok().filter(|_| is_position) {
            return self.entries(&format!("SELECT {COLUMNS} FROM execution WHERE seq = ?1"), params![seq]);
        }
        let sql = format!("SELECT {COLUMNS} FROM execution WHERE substr(id, 1, length(?1)) = ?1 ORDER BY seq LIMIT 9");
        self.entries(&sql, params![key.to_lowercase()])
    }

    /// The bytes of a snapshot.
    ///
    /// # Errors
    ///
    /// The database refuses, or has no such snapshot.
    pub fn snapshot(&self, sha256: &str) -> Result<Vec<u8>, LedgerError> {
        self.connection
            .query_row("SELECT bytes FROM snapshot WHERE sha256 = ?1", [sha256], |row| row.get(0))
            .map_err(|error| self.failed(&error))
    }

    /// Proves that the ledger is what was recorded: the file is sound, its tables and triggers are pact's own, every snapshot
    /// and every entry has its hash, and no entry is missing.
    ///
    /// # Errors
    ///
    /// The database can't be read at all.
    pub fn verify(&self) -> Result<Verified, LedgerError> {
        let mut found = Verified { entries: 0, snapshots: 0, head: Chain::default().head, problem: None };
        let mut run = || -> rusqlite::Result<Option<String>> {
            // One view of the file, whatever is appended meanwhile.
            let transaction = self.connection.unchecked_transaction()?;
            if let Some(problem) = file_problem(&transaction)? {
                return Ok(Some(problem));
            }
            let (snapshots, problem) = snapshots(&transaction)?;
            found.snapshots = snapshots;
            if problem.is_some() {
                return Ok(problem);
            }
            let mut chain = Chain::default();
            let problem = follow(&transaction, &mut chain)?;
            (found.entries, found.head) = (chain.entries, chain.head);
            if problem.is_some() { Ok(problem) } else { stray(&transaction) }
        };
        found.problem = match run() {
            Ok(problem) => problem,
            // That somebody else is busy with the file says nothing of what is in it.
            Err(error) if open::is_locked(&error) => return Err(self.failed(&error)),
            // A file with broken pages is a finding and no failure to look.
            Err(error) => Some(format!("the database can't be read to its end: {error}")),
        };
        Ok(found)
    }

    fn entries(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Entry>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Entry>> {
            let transaction = self.connection.unchecked_transaction()?;
            let mut statement = transaction.prepare(sql)?;
            let rows = statement.query_map(params, entry)?;
            let mut entries = rows.collect::<rusqlite::Result<Vec<Entry>>>()?;
            entries.iter_mut().try_for_each(|entry| complete(&transaction, entry))?;
            Ok(entries)
        };
        read().map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &rusqlite::Error) -> LedgerError {
        open::database(&self.path, error)
    }
}

/// An entry without its parts.
fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: row.get(0)?,
        previous: row.get(1)?,
        hash: row.get(2)?,
        execution: Execution {
            id: row.get(3)?,
            contract: row.get(4)?,
            version: row.get(5)?,
            snapshot: row.get(6)?,
            commit_id: row.get(7)?,
            blob_id: row.get(8)?,
            environment: row.get(9)?,
            started: row.get(10)?,
            finished: row.get(11)?,
            verdict: row.get(12)?,
            score: row.get(13)?,
            pact: row.get(14)?,
            results: Vec::new(),
            observations: Vec::new(),
        },
    })
}

/// Reads the results and observations of an entry.
fn complete(connection: &Connection, entry: &mut Entry) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, verdict, severity, element, consumer, expected, actual, consumed, affected FROM result
         WHERE execution = ?1 ORDER BY position",
    )?;
    let results = statement.query_map([entry.seq], |row| {
        let affected: String = row.get(8)?;
        Ok(ResultRow {
            kind: row.get(0)?,
            verdict: row.get(1)?,
            severity: row.get(2)?,
            element: row.get(3)?,
            consumer: row.get(4)?,
            expected: row.get(5)?,
            actual: row.get(6)?,
            consumed: row.get(7)?,
            // A list that was tampered with reads as another one: the hash tells.
            affected: serde_json::from_str(&affected).unwrap_or_else(|_| vec![affected]),
        })
    })?;
    entry.execution.results = results.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare_cached(
        "SELECT ask, url, asked_at, elapsed_ms, answer FROM observation WHERE execution = ?1 ORDER BY position",
    )?;
    let observations = statement.query_map([entry.seq], |row| {
        Ok(ObservationRow {
            ask: row.get(0)?,
            url: row.get(1)?,
            asked_at: row.get(2)?,
            elapsed_ms: row.get(3)?,
            answer: row.get(4)?,
        })
    })?;
    entry.execution.observations = observations.collect::<rusqlite::Result<_>>()?;
    Ok(())
}

fn file_problem(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let integrity: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if integrity != "ok" {
        return Ok(Some(format!("the file is damaged: {integrity}")));
    }
    let own = Connection::open_in_memory()?;
    own.execute_batch(open::SCHEMA)?;
    if objects(connection)? != objects(&own)? {
        return Ok(Some("the tables or triggers are not those that pact makes".to_owned()));
    }
    let dangling = connection.prepare("PRAGMA foreign_key_check")?.exists([])?;
    Ok(dangling.then(|| "a row refers to one that is gone".to_owned()))
}

/// Every table, index and trigger with the SQL that made it.
fn objects(connection: &Connection) -> rusqlite::Result<Vec<(String, Option<String>)>> {
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn snapshots(connection: &Connection) -> rusqlite::Result<(i64, Option<String>)> {
    let mut statement = connection.prepare("SELECT sha256, bytes FROM snapshot ORDER BY sha256")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let bytes: Vec<u8> = row.get(1)?;
        if sha256(&bytes) != name {
            return Ok((count, Some(format!("the snapshot {name} is not what was recorded: its hash differs"))));
        }
        count += 1;
    }
    Ok((count, None))
}

/// Versions and snapshots are recorded with the execution that refers to them, and no hash covers one to which none does.
fn stray(connection: &Connection) -> rusqlite::Result<Option<String>> {
    const VERSION: &str = "SELECT contract, version, snapshot FROM contract_version
        EXCEPT SELECT contract, version, snapshot FROM execution LIMIT 1";
    const SNAPSHOT: &str = "SELECT sha256 FROM snapshot EXCEPT SELECT snapshot FROM execution LIMIT 1";
    let mut statement = connection.prepare(VERSION)?;
    if let Some(row) = statement.query([])?.next()? {
        let (contract, version): (String, String) = (row.get(0)?, row.get(1)?);
        return Ok(Some(format!("the version {version} of {contract} was recorded by no entry")));
    }
    let mut statement = connection.prepare(SNAPSHOT)?;
    let mut rows = statement.query([])?;
    let name: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
    Ok(name.map(|name| format!("the snapshot {name} was recorded by no entry")))
}

fn follow(connection: &Connection, chain: &mut Chain) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM execution ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut next = entry(row)?;
        complete(connection, &mut next)?;
        if let Err(problem) = chain.follow(&next) {
            return Ok(Some(problem));
        }
    }
    let given: i64 = connection.query_row(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'execution'",
        [],
        |row| row.get(0),
    )?;
    Ok((given != chain.entries).then(|| {
        let (first, last) = (chain.entries + 1, given);
        if first >= last {
            format!("entry {last} is missing")
        } else {
            format!("entries {first} to {last} are missing")
        }
    }))
}
