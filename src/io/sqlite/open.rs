//! Opening a ledger: what is demanded of the file, of its folder, and of the database.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{LedgerError, place};

/// "PACT" in ASCII, at its fixed place in the file (<https://sqlite.org/fileformat.html#application_id>).
const APPLICATION_ID: i64 = 0x5041_4354;

/// The version of `schema.sql`.
const SCHEMA_VERSION: i64 = 1;

/// What the tables are.
pub(super) const SCHEMA: &str = include_str!("schema.sql");

/// How long to wait for another process.
const PATIENCE: Duration = Duration::from_secs(10);

/// SQLite before this version can lose data of two writers (<https://sqlite.org/wal.html#walresetbug>).
const OLDEST_SQLITE: i32 = 3_051_003;

/// Opens a ledger to write, makes it if it is not there, and writes to it once, so that nothing is checked whose result
/// could not be kept.
pub(super) fn writable(path: &Path) -> Result<Connection, LedgerError> {
    let not_writable = |why: String| LedgerError::NotWritable(path.to_path_buf(), why);
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(not_writable(format!("SQLite {} loses data of two writers", rusqlite::version())));
    }
    let path = real(path)?;
    if let Some(kind) = path.ancestors().skip(1).find(|folder| folder.is_dir()).and_then(place::network) {
        return Err(LedgerError::Network(path, kind));
    }
    make_file(&path).map_err(|error| not_writable(error.to_string()))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(&path, flags).map_err(|error| not_writable(error.to_string()))?;
    harden(&connection).map_err(|error| database(&path, &error))?;
    if connection.is_readonly("main").unwrap_or(true) {
        return Err(not_writable("the file is read-only".to_owned()));
    }
    known(&connection, &path)?;
    let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => LedgerError::Foreign(path.clone()),
        _ => LedgerError::NotWritable(path.clone(), error.to_string()),
    };
    use_wal(&connection).map_err(failed)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    prove(&mut connection).map_err(failed)?;
    Ok(connection)
}

/// Opens a ledger to read only. A folder that can't be written has no place for the database's shared memory: there the
/// file is read as one that nobody changes, if nobody has left changes beside it.
pub(super) fn readable(path: &Path) -> Result<Connection, LedgerError> {
    let path = real(path)?;
    if !path.is_file() {
        return Err(LedgerError::Missing(path));
    }
    let base = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let open = |immutable: bool| -> rusqlite::Result<Connection> {
        let connection = if immutable {
            Connection::open_with_flags(immutable_uri(&path), base | OpenFlags::SQLITE_OPEN_URI)?
        } else {
            Connection::open_with_flags(&path, base)?
        };
        harden(&connection)?;
        // Nothing is read before this: opening alone does not touch the file.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    let connection = open(false).or_else(|error| {
        let left = fs::metadata(beside(&path, "-wal")).is_ok_and(|wal| wal.len() > 0);
        if left { Err(error) } else { open(true) }
    });
    let connection = connection.map_err(|error| database(&path, &error))?;
    if known(&connection, &path)? { Ok(connection) } else { Err(LedgerError::Missing(path)) }
}

fn database(path: &Path, error: &rusqlite::Error) -> LedgerError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => LedgerError::Foreign(path.to_path_buf()),
        _ => LedgerError::Database(path.to_path_buf(), error.to_string()),
    }
}

/// The path without links in the folders above; the folder and the file themselves must be no links.
fn real(path: &Path) -> Result<PathBuf, LedgerError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for part in [folder, path] {
        if part.is_symlink() {
            return Err(LedgerError::Link(part.to_path_buf()));
        }
    }
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    Ok(path.file_name().map_or_else(|| path.to_path_buf(), |name| folder.join(name)))
}

/// Makes the folder and an empty file that only this user may read: answers of services are nobody else's business.
fn make_file(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        if let Some(file) = folder.ancestors().find(|above| above.is_file()) {
            let why = format!("{} is a file, and no folder", file.display());
            return Err(io::Error::new(io::ErrorKind::NotADirectory, why));
        }
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_file() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is something else than a file"))
        }
        other => other.map(drop),
    }
}

/// A file from elsewhere must not run SQL of its own.
fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)
}

/// Refuses what is no ledger, or newer than this program. Says whether there is anything in it: a file whose making was
/// interrupted is empty.
fn known(connection: &Connection, path: &Path) -> Result<bool, LedgerError> {
    let read = || -> rusqlite::Result<(i64, i64, i64)> {
        // One view of the file: another process may be making the tables just now.
        let transaction = connection.unchecked_transaction()?;
        let number = |sql: &str| transaction.query_row(sql, [], |row| row.get(0));
        Ok((
            number("PRAGMA application_id")?,
            number("PRAGMA user_version")?,
            number("SELECT count(*) FROM sqlite_schema")?,
        ))
    };
    match read().map_err(|error| database(path, &error))? {
        (0, 0, 0) => Ok(false),
        (APPLICATION_ID, version, _) if version > SCHEMA_VERSION => {
            Err(LedgerError::Newer(path.to_path_buf(), version))
        }
        (APPLICATION_ID, _, _) => Ok(true),
        _ => Err(LedgerError::Foreign(path.to_path_buf())),
    }
}

/// The change to write-ahead logging does not wait for others by itself.
fn use_wal(connection: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        let changed = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match changed {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            other => return other.map(drop),
        }
    }
}

/// Makes the tables where there are none, and writes the version again where there are: a write that has to succeed.
fn prove(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.execute_batch(SCHEMA)?;
    }
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// <https://sqlite.org/uri.html>
fn immutable_uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{text}?mode=ro&immutable=1")
}
