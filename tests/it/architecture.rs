//! The imports held against the picture in the crate's documentation: the arrows that must never be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::support::sources;

/// A room, and the rooms that it never reaches. `*` stands for every other room.
const NEVER: &[(&str, &[&str])] = &[
    ("model", &["*"]),
    ("source", &["format", "finding", "lint", "diff", "check", "ledger", "alert", "view", "report", "io", "cli"]),
    ("format", &["lint", "diff", "check", "ledger", "alert", "view", "report", "io", "cli", "config"]),
    ("finding", &["format", "lint", "diff", "check", "ledger", "alert", "view", "report", "io", "cli", "config"]),
    ("config", &["lint", "diff", "check", "ledger", "view", "report", "io", "cli", "format"]),
    ("expression", &["format", "finding", "lint", "diff", "check", "ledger", "view", "report", "io", "cli", "config"]),
    ("lint", &["diff", "check", "ledger", "view", "report", "io", "cli", "format"]),
    ("diff", &["lint", "check", "ledger", "view", "report", "io", "cli", "format"]),
    ("check", &["lint", "diff", "ledger", "view", "report", "io", "cli", "format"]),
    ("ledger", &["lint", "diff", "view", "report", "io", "cli", "format"]),
    ("view", &["lint", "diff", "check", "io", "cli", "format"]),
    ("report", &["lint", "diff", "check", "io", "cli"]),
    ("io", &["lint", "diff", "check", "report", "view", "cli", "format"]),
];

/// A crate or a part of the standard library, and the only files or folders that may name it.
const ONLY: &[(&str, &[&str])] = &[
    ("granit_parser", &["source/yaml.rs", "source/yaml"]),
    ("serde_saphyr", &["source/emit.rs"]),
    ("sqlparser", &["expression/parse.rs"]),
    ("miette", &["report/human.rs"]),
    ("clap", &["cli"]),
    ("tokio", &["io", "cli"]),
    ("datafusion", &["io/data/engine"]),
    ("arrow", &["io/data/engine"]),
    ("object_store", &["io/data/engine"]),
    ("futures", &["io/data"]),
    ("encoding_rs", &["io/data/engine"]),
    ("flate2", &["io/data/engine"]),
    ("zstd", &["io/data/engine"]),
    ("reqwest", &["io"]),
    ("rustls", &["io"]),
    ("rusqlite", &["io"]),
    ("git2", &["io"]),
    ("ignore", &["io"]),
    ("globset", &["finding"]),
    ("indicatif", &["io", "cli"]),
    ("std::fs", &["io", "cli"]),
    ("std::env", &["io", "cli", "main.rs"]),
    ("std::net", &["io"]),
    ("serde", &["check", "cli", "config", "diff", "finding", "format", "io", "ledger", "report", "source", "view"]),
];

/// Keys and words of other formats, and the only folders that may know them.
const WORDS: &[&str] = &[
    "DataContract",
    "apiVersion",
    "customProperties",
    "dataContractSpecification",
    "logicalTypeOptions",
    "mustBeGreaterThan",
    "servicelevels",
    "slaProperties",
];
const WORDS_BELONG_TO: &[&str] = &["format/odcs/", "format/dcs/"];

/// The part of a file that is no test: tests may know more.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let code = text.split("\n#[cfg(test)]\n").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file by its path below `src`.
fn tree() -> BTreeMap<String, PathBuf> {
    let root = sources().join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    assert!(found.len() > 30, "the sources are where this test looks");
    let name = |path: &Path| path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
    let named = found.into_iter().map(|path| (name(&path), path));
    // A file of tests may know more, as the tests at the end of a file do.
    named.filter(|(name, _)| !name.ends_with("/tests.rs") && !name.contains("/tests/")).collect()
}

#[test]
fn no_arrow_points_the_wrong_way() {
    let reached = Regex::new(r"\bcrate::([a-z_]+)").expect("a pattern");
    let grouped = Regex::new(r"\buse crate::\{([^;]*)\};").expect("a pattern");
    let mut wrong = Vec::new();
    for (name, path) in tree() {
        let room = name.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        let Some((_, never)) = NEVER.iter().find(|(from, _)| *from == room) else { continue };
        let code = code(&path);
        assert!(!grouped.is_match(&code), "{name}: `use crate::{{...}}` hides arrows; write one `use` for each room");
        for capture in reached.captures_iter(&code) {
            let to = &capture[1];
            if to != room && (never.contains(&to) || never.contains(&"*")) {
                wrong.push(format!("{name} reaches {to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that must never be:\n{}", wrong.join("\n"));
}

#[test]
fn crates_are_known_where_they_belong() {
    let mut wrong = Vec::new();
    let pattern = |krate: &str| Regex::new(&format!(r"\b{krate}(::|;|\b.*\bderive\b)")).expect("a pattern");
    let only: Vec<_> = ONLY.iter().map(|(krate, places)| (krate, pattern(krate), places)).collect();
    for (name, path) in tree() {
        let code = code(&path);
        for (krate, pattern, places) in &only {
            let allowed = places.iter().any(|place| name == *place || name.starts_with(&format!("{place}/")));
            if !allowed && pattern.is_match(&code) {
                wrong.push(format!("{name} names {krate}"));
            }
        }
    }
    assert!(wrong.is_empty(), "crates out of their place:\n{}", wrong.join("\n"));
}

#[test]
fn words_of_other_formats_are_known_where_they_belong() {
    let (mut wrong, mut at_home) = (Vec::new(), 0);
    for (name, path) in tree() {
        let code = code(&path);
        for word in WORDS.iter().filter(|word| code.contains(&format!("\"{word}\""))) {
            if WORDS_BELONG_TO.iter().any(|folder| name.starts_with(folder)) {
                at_home += 1;
            } else {
                wrong.push(format!("{name} knows `{word}`"));
            }
        }
    }
    assert!(at_home > WORDS.len(), "the words are where this test looks");
    assert!(wrong.is_empty(), "words out of their place:\n{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let sizes: Vec<(usize, String)> = tree()
        .into_iter()
        .map(|(name, path)| (fs::read_to_string(path).expect("a source file").lines().count(), name))
        .collect();
    let longest = sizes.iter().max().expect("files");
    assert!(longest.0 <= 800, "{} has {} lines; split it", longest.1, longest.0);
    let over: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > 400).collect();
    assert!(over.len() * 10 <= sizes.len(), "more than one file in ten is over 400 lines: {over:?}");
}

#[test]
fn every_file_of_tests_is_run() {
    let folder = sources().join("tests/it");
    let main = fs::read_to_string(folder.join("main.rs")).expect("the list of modules");
    for entry in fs::read_dir(&folder).expect("tests") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_module = path.extension().is_some_and(|ending| ending == "rs") && stem != "main";
        assert!(!is_module || main.contains(&format!("\nmod {stem};")), "tests/it/main.rs does not list {stem}");
    }
}
