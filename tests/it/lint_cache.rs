//! What is kept in the cache between runs never shows in what they find.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use crate::support::{Folder, Ran};

const CONTRACTS: usize = 8;
/// Longer than what a stamp has to be old to count.
const GRAIN: Duration = Duration::from_millis(2_100);

/// A repository, and a cache beside it.
struct Repository {
    folder: Folder,
    cache: Folder,
}

impl Repository {
    /// Contracts that refer to one another, and a subscription to one of them.
    fn new() -> Self {
        let repository = Self { folder: Folder::new(), cache: Folder::new() };
        repository.folder.write("pact.yaml", "contracts: [contracts]\n");
        for number in 0..CONTRACTS {
            repository.folder.write(&file(number), contract(&format!("c{number}"), "integer", number));
        }
        repository.folder.write(
            "contracts/s.yaml",
            "kind: subscription\nname: s\ncontract: c1\nteam: crm\nfields_used: [key]\ncontract_version: ^1.0\n",
        );
        repository
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.path().join(file(number))
    }

    fn lint(&self, arguments: &str) -> Ran {
        let cache = self.cache.path();
        self.folder.shell(&format!("PACT_CACHE_DIR={} pact lint -v --format json {arguments}", cache.display()))
    }

    /// Lints some files with and without the cache. How many files were known.
    #[track_caller]
    fn assert_same(&self, step: &str) -> usize {
        let mut known = 0;
        for target in ["contracts/c7.yaml", "contracts/c1.yaml contracts/s.yaml", "contracts/c0.yaml"] {
            let with = self.lint(target);
            let without = self.lint(&format!("--no-cache {target}"));
            assert_eq!((&with.stdout, with.code), (&without.stdout, without.code), "{step}: {target}");
            let told = with.stderr.lines().find_map(|line| line.strip_prefix("known from earlier runs: "));
            known = told.and_then(|told| told.split(' ').next()?.parse().ok()).unwrap_or_default();
            assert!(!without.stderr.contains("known from earlier runs"), "{without:?}");
        }
        known
    }
}

fn file(number: usize) -> String {
    format!("contracts/c{number}.yaml")
}

/// A contract that refers to the one before it.
fn contract(name: &str, data_type: &str, number: usize) -> String {
    let mut text = format!(
        "name: {name}\nversion: 1.0.0\ndescription: d\nschema:\n  - {{name: key, data_type: {data_type}, is_primary_key: true, nullable: false, \
         description: d}}\n"
    );
    if let Some(before) = number.checked_sub(1) {
        text.push_str(&format!(
            "  - {{name: before, data_type: integer, is_foreign_key: true, foreign_key_reference: c{before}.key, description: d}}\n"
        ));
    }
    text
}

#[test]
fn no_edit_between_runs_is_missed() {
    let repository = Repository::new();
    let edits: [(&str, &dyn Fn()); 12] = [
        ("nothing", &|| {}),
        ("another type, in as many bytes and with the old time", &|| {
            let path = repository.path(6);
            let before = fs::metadata(&path).unwrap().modified().unwrap();
            fs::write(&path, contract("c6", "boolean", 6)).unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
        }),
        ("another name", &|| fs::write(repository.path(0), contract("d0", "integer", 0)).unwrap()),
        ("the name again", &|| fs::write(repository.path(0), contract("c0", "integer", 0)).unwrap()),
        ("a name that is taken", &|| fs::write(repository.path(5), contract("c7", "integer", 5)).unwrap()),
        ("a file renamed", &|| {
            fs::rename(repository.path(6), repository.folder.path().join("contracts/x.yaml")).unwrap();
        }),
        ("a file over another", &|| fs::rename(repository.path(4), repository.path(5)).unwrap()),
        ("a file that is gone", &|| fs::remove_file(repository.path(3)).unwrap()),
        ("a file that is touched", &|| {
            fs::File::options()
                .append(true)
                .open(repository.path(2))
                .unwrap()
                .set_modified(std::time::SystemTime::now())
                .unwrap();
        }),
        ("a file that is no YAML", &|| fs::write(repository.path(2), "name: [\n").unwrap()),
        ("a link in the place of a file", &|| {
            fs::rename(repository.path(5), repository.folder.path().join("elsewhere")).unwrap();
            symlink("../elsewhere", repository.path(5)).unwrap();
        }),
        ("the file behind the link", &|| {
            fs::write(repository.folder.path().join("elsewhere"), contract("c6", "integer", 0)).unwrap();
        }),
    ];
    for (index, (step, edit)) in edits.iter().enumerate() {
        if index == 0 || index == 6 {
            sleep(GRAIN);
            repository.assert_same(step);
            let known = repository.assert_same(step);
            assert!(known > CONTRACTS / 2, "{step}: {known} known");
        }
        edit();
        repository.assert_same(step);
    }
    assert!(repository.assert_same("at the end") > 0);
}

#[test]
fn a_cache_that_is_of_no_use_is_done_without() {
    let repository = Repository::new();
    sleep(GRAIN);
    repository.assert_same("made");
    let index = fs::read_dir(repository.cache.path()).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&index).unwrap();
    for (what, content) in
        [("empty", Vec::new()), ("cut", bytes[..bytes.len() / 2].to_vec()), ("other", b"{}\n".to_vec())]
    {
        fs::write(&index, content).unwrap();
        repository.assert_same(what);
        assert!(repository.assert_same("made anew") > 0, "{what}");
    }
    fs::remove_file(&index).unwrap();
    fs::create_dir(&index).unwrap();
    assert_eq!(repository.assert_same("a folder in its place"), 0);
    for folder in ["/proc/nothing", "/dev/null", "relative", ""] {
        let ran = repository.folder.shell(&format!("PACT_CACHE_DIR={folder} pact lint contracts/c7.yaml"));
        assert_eq!(ran.code, Some(0), "{folder}: {ran:?}");
    }
    // What lies in the repository may come from anybody.
    let inside = repository.folder.shell("PACT_CACHE_DIR=$PWD/cache pact lint -v contracts/c7.yaml");
    assert_eq!(inside.code, Some(0), "{inside:?}");
    assert!(!repository.folder.path().join("cache").exists() && !inside.stderr.contains("known from"), "{inside:?}");
}

#[test]
fn two_runs_at_once_do_not_disturb_each_other() {
    let repository = Repository::new();
    sleep(GRAIN);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| repository.assert_same("at once"));
        }
    });
    assert!(repository.assert_same("afterwards") > CONTRACTS / 2);
}
