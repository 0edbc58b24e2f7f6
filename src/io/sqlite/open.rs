//! Opening a ledger: what is demanded of the file, of its folder, and of the database.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use uuid::Uuid;

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
    if !is_there(&path)? {
        make_folder(&path).and_then(|()| make(&path)).map_err(not_writable)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(&path, flags).map_err(|error| not_writable(error.to_string()))?;
    harden(&connection).map_err(|error| database(&path, &error))?;
    if connection.is_readonly("main").unwrap_or(true) {
        return Err(not_writable("the file is read-only".to_owned()));
    }
    known(&connection, &path)?;
    let failed = |error: rusqlite::Error| while_writing(&path, &error);
    use_wal(&connection).map_err(failed)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    prove(&mut connection).map_err(failed)?;
    Ok(connection)
}

/// Opens a ledger to read only. A folder that can't be written has no place for the database's shared memory: there the
/// file is read as one that nobody changes, if nobody has left changes beside it.
pub(super) fn readable(path: &Path) -> Result<Connection, LedgerError> {
    let path = real(path)?;
    if !is_there(&path)? {
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
    known(&connection, &path)?;
    Ok(connection)
}

/// What an error of the database means.
pub(super) fn database(path: &Path, error: &rusqlite::Error) -> LedgerError {
    let path = path.to_path_buf();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => LedgerError::Foreign(path),
        Some(ErrorCode::DatabaseCorrupt) => LedgerError::Damaged(path, error.to_string()),
        _ if is_locked(error) => LedgerError::Locked(path),
        _ => LedgerError::Database(path, error.to_string()),
    }
}

/// What an error of the database means where something is to be written.
pub(super) fn while_writing(path: &Path, error: &rusqlite::Error) -> LedgerError {
    match database(path, error) {
        LedgerError::Database(path, why) => LedgerError::NotWritable(path, why),
        other => other,
    }
}

/// Whether another program keeps the file.
pub(super) fn is_locked(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
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

/// Whether a file is there. Whatever else is there is no ledger: only where there is nothing may one be made.
fn is_there(path: &Path) -> Result<bool, LedgerError> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_file() => Ok(true),
        Ok(_) => Err(LedgerError::Foreign(path.to_path_buf())),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(LedgerError::Database(path.to_path_buf(), error.to_string())),
    }
}

/// Makes the folder, which only this user may read: answers of services are nobody else's business.
fn make_folder(path: &Path) -> Result<(), String> {
    let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) else { return Ok(()) };
    if let Some(file) = folder.ancestors().find(|above| above.is_file()) {
        return Err(format!("{} is a file, and no folder", file.display()));
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| error.to_string())
}

/// Makes a ledger under a name of its own, and gives it its name when it is whole: no other process ever sees a part of
/// one, and the remains of a crash can't pass for one. If another process was faster, its ledger is the one.
fn make(path: &Path) -> Result<(), String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", Uuid::now_v7()));
    let made = fill(&temporary).and_then(|()| put(&temporary, path).map_err(|error| error.to_string()));
    // After a rename it is gone; a remainder is of no use to anybody, and no news beside an error.
    let _ = fs::remove_file(&temporary);
    made
}

fn fill(temporary: &Path) -> Result<(), String> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(temporary).map_err(|error| error.to_string())?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let tables = || -> rusqlite::Result<()> {
        let mut connection = Connection::open_with_flags(temporary, flags)?;
        harden(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let transaction = connection.transaction()?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        transaction.execute_batch(SCHEMA)?;
        transaction.commit()?;
        connection.close().map_err(|(_, error)| error)
    };
    tables().map_err(|error| error.to_string())
}

/// Gives a file its name without ever taking the place of another.
fn put(temporary: &Path, path: &Path) -> io::Result<()> {
    let is_there = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
    match fs::hard_link(temporary, path).or_else(|error| if is_there(&error) { Ok(()) } else { Err(error) }) {
        #[cfg(target_os = "linux")]
        // Some file systems know no second name of a file.
        Err(_) => {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            let moved = renameat_with(CWD, temporary, CWD, path, RenameFlags::NOREPLACE).map_err(io::Error::from);
            moved.or_else(|error| if is_there(&error) { Ok(()) } else { Err(error) })
        }
        other => other,
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

/// Refuses what is no ledger, or newer than this program. An empty file is none: a ledger is made whole, so somebody or a
/// crash has emptied it.
fn known(connection: &Connection, path: &Path) -> Result<(), LedgerError> {
    let read = || -> rusqlite::Result<(i64, i64)> {
        let number = |sql: &str| connection.query_row(sql, [], |row| row.get(0));
        Ok((number("PRAGMA application_id")?, number("PRAGMA user_version")?))
    };
    match read().map_err(|error| database(path, &error))? {
        (APPLICATION_ID, version) if version > SCHEMA_VERSION => Err(LedgerError::Newer(path.to_path_buf(), version)),
        (APPLICATION_ID, _) => Ok(()),
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

/// Writes the version again: a write that has to succeed.
fn prove(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
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
