//! A real file, and what happens to it.

#![expect(clippy::disallowed_methods, reason = "tests look at the bytes of their own files")]

use std::thread;

use super::*;
use crate::ledger::tests::sample;

const CONTRACT: &[u8] = b"name: orders\n";

fn filled(folder: &tempfile::TempDir, count: u32) -> PathBuf {
    let path = folder.path().join(".pact/ledger.db");
    let mut ledger = Ledger::open(&path).unwrap();
    for number in 1..=count {
        assert_eq!(ledger.append(&[(sample(number), CONTRACT)]).unwrap(), i64::from(number));
    }
    path
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Somebody with a SQLite shell, who drops the triggers first.
fn tamper(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    let triggers: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    connection.execute_batch(sql).unwrap();
    for (_, sql) in &triggers {
        connection.execute_batch(sql).unwrap();
    }
}

fn problem(path: &Path) -> String {
    Reader::open(path).unwrap().verify().unwrap().problem.unwrap_or_default()
}

#[test]
fn what_is_appended_is_read_again() {
    let folder = folder();
    let path = filled(&folder, 3);
    let reader = Reader::open(&path).unwrap();
    let log = reader.log(Filter { contract: Some("orders"), limit: 2 }).unwrap();
    assert_eq!(log.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(log[0].execution, sample(3));
    assert!(reader.log(Filter { contract: Some("other"), limit: 2 }).unwrap().is_empty());
    assert_eq!(reader.find("2").unwrap()[0].seq, 2);
    assert_eq!(reader.find("01990002").unwrap()[0].seq, 2);
    assert_eq!(reader.find("0199").unwrap().len(), 3);
    assert!(reader.find("%").unwrap().is_empty());
    assert_eq!(reader.snapshot(&sample(1).snapshot).unwrap(), CONTRACT);
    let verified = reader.verify().unwrap();
    assert_eq!((verified.entries, verified.snapshots, verified.problem), (3, 1, None));
}

#[test]
fn every_change_is_found() {
    let cases = [
        ("UPDATE execution SET verdict = 'pass' WHERE seq = 2", "entry 2 is not"),
        ("UPDATE execution SET score = 99 WHERE seq = 2", "entry 2 is not"),
        ("UPDATE result SET actual = 'fine' WHERE execution = 3", "entry 3 is not"),
        ("UPDATE result SET affected = '[]' WHERE execution = 1", "entry 1 is not"),
        ("UPDATE observation SET elapsed_ms = 1 WHERE execution = 1", "entry 1 is not"),
        ("DELETE FROM result WHERE execution = 2", "entry 2 is not"),
        ("UPDATE snapshot SET bytes = x'00'", "the snapshot"),
        ("DELETE FROM snapshot", "a row refers"),
        (
            "DELETE FROM result WHERE execution = 3; DELETE FROM observation WHERE execution = 3;
          DELETE FROM execution WHERE seq = 3",
            "entry 3 is missing",
        ),
        (
            "DELETE FROM result WHERE execution > 1; DELETE FROM observation WHERE execution > 1;
          DELETE FROM execution WHERE seq > 1",
            "entries 2 to 3 are missing",
        ),
        (
            "DELETE FROM result WHERE execution = 2; DELETE FROM observation WHERE execution = 2;
          DELETE FROM execution WHERE seq = 2",
            "entry 2 is missing",
        ),
        (
            "DELETE FROM result WHERE execution = 2; DELETE FROM observation WHERE execution = 2;
          DELETE FROM execution WHERE seq = 2; UPDATE result SET execution = 2 WHERE execution = 3;
          UPDATE observation SET execution = 2 WHERE execution = 3; UPDATE execution SET seq = 2 WHERE seq = 3",
            "entry 2 does not build",
        ),
        ("CREATE TABLE more (x)", "the tables or triggers"),
        (
            "INSERT INTO contract_version SELECT contract, '9.9.9', snapshot FROM contract_version",
            "the version 9.9.9 of orders was recorded by no entry",
        ),
        (
            "INSERT INTO snapshot VALUES ('2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', x'666f6f')",
            "the snapshot 2c26b46b",
        ),
    ];
    for (sql, expected) in cases {
        let folder = folder();
        let path = filled(&folder, 3);
        assert_eq!(problem(&path), "");
        tamper(&path, sql);
        let found = problem(&path);
        assert!(found.starts_with(expected), "{sql}: {found}");
    }
}

#[test]
fn accidents_are_stopped_by_the_database() {
    let folder = folder();
    let path = filled(&folder, 1);
    let connection = Connection::open(&path).unwrap();
    for sql in ["UPDATE execution SET verdict = 'pass'", "DELETE FROM result", "DELETE FROM snapshot"] {
        let error = connection.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
    // An execution without its contract version is refused.
    let orphan =
        "INSERT INTO execution SELECT 9, substr(id, 1, 35) || 'x', 'nobody', version, snapshot, NULL, NULL, NULL,
        started, finished, verdict, score, pact, previous, substr(hash, 1, 63) || 'x' FROM execution";
    connection.pragma_update(None, "foreign_keys", true).unwrap();
    assert!(connection.execute_batch(orphan).unwrap_err().to_string().contains("FOREIGN KEY"));
}

#[test]
fn two_writers_build_one_chain() {
    let folder = folder();
    let path = folder.path().join("ledger.db");
    thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                for number in 0..10 {
                    ledger.append(&[(sample(writer * 100 + number), CONTRACT)]).unwrap();
                }
            });
        }
    });
    let verified = Reader::open(&path).unwrap().verify().unwrap();
    assert_eq!((verified.entries, verified.problem), (40, None));
}

#[test]
fn a_new_ledger_may_be_opened_by_several_at_once() {
    for _ in 0..8 {
        let folder = folder();
        let path = folder.path().join("new/ledger.db");
        thread::scope(|scope| {
            let openers: Vec<_> = (0..6).map(|_| scope.spawn(|| Ledger::open(&path).map(drop))).collect();
            // Who only reads sees no ledger yet, or a whole one.
            for _ in 0..50 {
                match Reader::open(&path) {
                    Err(LedgerError::Missing(_)) => {}
                    other => assert_eq!(other.unwrap().verify().unwrap().problem, None),
                }
            }
            for opener in openers {
                opener.join().unwrap().unwrap();
            }
        });
        drop(Ledger::open(&path).unwrap());
        let left: Vec<_> =
            std::fs::read_dir(path.parent().unwrap()).unwrap().map(|one| one.unwrap().file_name()).collect();
        assert_eq!(left, ["ledger.db"], "nothing is left beside it");
    }
}

#[test]
fn violations_are_counted_by_run_and_kind() {
    let folder = folder();
    let path = filled(&folder, 4);
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.recent("orders", "2026-06-01T00:00:00.000Z").unwrap(), [("freshness".to_owned(), None, 4)]);
    assert!(ledger.recent("orders", "2026-06-02T00:00:00.000Z").unwrap().is_empty());
    assert!(ledger.recent("other", "2026-06-01T00:00:00.000Z").unwrap().is_empty());
}

#[test]
fn what_is_no_ledger_is_refused_and_left_alone() {
    let folder = folder();
    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "my notes, which are longer than a header of a database file, as it happens, by some letters",
    )
    .unwrap();
    assert!(matches!(Ledger::open(&text), Err(LedgerError::Foreign(_))), "{:?}", Ledger::open(&text));
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("my notes"));
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    assert!(matches!(Ledger::open(&other), Err(LedgerError::Foreign(_))));
    assert!(matches!(Reader::open(&other), Err(LedgerError::Foreign(_))));
    assert!(matches!(Reader::open(&folder.path().join("none.db")), Err(LedgerError::Missing(_))));
    // A file that was cut off to nothing was a ledger once, or never: it is no new one.
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    assert!(matches!(Reader::open(&empty), Err(LedgerError::Foreign(_))));
    assert!(matches!(Ledger::open(&empty), Err(LedgerError::Foreign(_))));
    assert_eq!(std::fs::metadata(&empty).unwrap().len(), 0);
    let newer = filled(&folder, 1);
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 7).unwrap();
    assert!(matches!(Ledger::open(&newer), Err(LedgerError::Newer(_, 7))));
    assert!(matches!(Reader::open(&newer), Err(LedgerError::Newer(_, 7))));
    std::fs::write(folder.path().join("file"), "").unwrap();
    assert!(matches!(Ledger::open(&folder.path().join("file/ledger.db")), Err(LedgerError::NotWritable(..))));
    std::fs::create_dir(folder.path().join("dir.db")).unwrap();
    assert!(matches!(Ledger::open(&folder.path().join("dir.db")), Err(LedgerError::Foreign(_))));
    assert!(matches!(Reader::open(&folder.path().join("dir.db")), Err(LedgerError::Foreign(_))));
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_the_file_is_private() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let path = filled(&folder, 1);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    let link = folder.path().join("link.db");
    symlink(&path, &link).unwrap();
    assert!(matches!(Ledger::open(&link), Err(LedgerError::Link(_))));
    assert!(matches!(Reader::open(&link), Err(LedgerError::Link(_))));
    symlink(path.parent().unwrap(), folder.path().join("linked")).unwrap();
    assert!(matches!(Ledger::open(&folder.path().join("linked/ledger.db")), Err(LedgerError::Link(_))));
}

#[test]
fn damaged_files_never_panic() {
    let folder = folder();
    let path = filled(&folder, 3);
    let sound = std::fs::read(&path).unwrap();
    for at in (0..sound.len()).step_by(991) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0xff;
        std::fs::write(&path, &bytes).unwrap();
        if let Ok(reader) = Reader::open(&path) {
            let _ = reader.verify();
            let _ = reader.log(Filter { contract: None, limit: 9 });
        }
    }
    std::fs::write(&path, &sound[..sound.len() / 2]).unwrap();
    assert!(Reader::open(&path).map_or(true, |reader| reader.verify().unwrap().problem.is_some()));
}

#[test]
fn many_are_appended_at_once_and_chained_in_order() {
    let folder = folder();
    let path = filled(&folder, 1);
    let mut ledger = Ledger::open(&path).unwrap();
    let many: Vec<(Execution, &[u8])> = (2..=5).map(|number| (sample(number), CONTRACT)).collect();
    assert_eq!(ledger.append(&many).unwrap(), 2);
    // One that can't be stored keeps the others of its transaction out.
    assert!(ledger.append(&[(sample(6), CONTRACT), (sample(2), CONTRACT)]).is_err());
    let verified = Reader::open(&path).unwrap().verify().unwrap();
    assert_eq!((verified.entries, verified.problem), (5, None));
}

#[test]
fn a_locked_ledger_is_told_from_a_damaged_one() {
    let folder = folder();
    let path = filled(&folder, 3);
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(ledger.append(&[(sample(4), CONTRACT)]), Err(LedgerError::Locked(_))));
    drop((other, ledger));
    let sound = std::fs::read(&path).unwrap();
    std::fs::write(&path, &sound[..sound.len() / 2]).unwrap();
    let error = Reader::open(&path).err().or_else(|| Ledger::open(&path).err());
    assert!(error.is_none_or(|error| matches!(error, LedgerError::Damaged(..))));
}
