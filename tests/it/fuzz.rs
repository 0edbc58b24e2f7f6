//! The laws that fuzzing holds texts against, held against the seeds of the fuzz targets and against a few of their mutants:
//! `cargo fuzz run TARGET` finds what takes millions of them.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::laws;
use crate::odcs_mutations::{Dice, PIECES, text};
use crate::support::sources;

/// The seeds of a target, by their names.
fn seeds(target: &str) -> Vec<(String, String)> {
    let folder = sources().join("fuzz/corpus").join(target);
    let paths = fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("an entry").path());
    // What fuzzing has found on this machine has no ending.
    let mut seeds: Vec<_> = paths
        .filter(|path| path.extension().is_some())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect();
    seeds.sort();
    assert!(seeds.len() > 2, "{target} has seeds");
    seeds
}

/// Holds a law against all seeds, and against mutants of them until the time is up. Whether a text is what the target is
/// about is told by what the law gives back: mutants that all are not test nothing.
fn hold(target: &str, pieces: &[&str], law: impl Fn(&str) -> bool) {
    // `PACT_MUTANTS=5000` looks longer.
    let (least, time) = std::env::var("PACT_MUTANTS")
        .map_or((50, Duration::from_millis(700)), |count| (count.parse().expect("a number"), Duration::ZERO));
    let seeds = seeds(target);
    for (name, seed) in &seeds {
        assert!(catch_unwind(AssertUnwindSafe(|| law(seed))).is_ok(), "the seed {name} of {target}");
    }
    let (start, mut count, mut right) = (Instant::now(), 0_u64, 0);
    while count < least || start.elapsed() < time {
        count += 1;
        let mut dice = Dice((2 * count + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (name, seed) = dice.of(&seeds);
        let mut mutant = text(&mut dice, seed, pieces);
        if dice.below(4) == 0 {
            mutant = mutant.replace('\n', "\r\n");
        }
        let Ok(is_right) = catch_unwind(AssertUnwindSafe(|| law(&mutant))) else {
            panic!("mutant {count} of {name} in {target}:\n{mutant:?}")
        };
        right += usize::from(is_right);
    }
    assert!(right > 0, "none of {count} mutants was right: they test too little");
}

/// Pieces of SQL.
const SQL: &[&str] = &[
    " ",
    "(",
    ")",
    ",",
    "'",
    "''",
    "\"",
    "`",
    "[",
    "]",
    ".",
    ";",
    "--",
    "/*",
    "*/",
    "::",
    " and ",
    " or ",
    " not ",
    " is null",
    " between ",
    " in (",
    " like ",
    " case when ",
    " then ",
    " end",
    " cast(",
    " as date)",
    "interval '1 day'",
    "date '",
    "null",
    "true",
    "0",
    "1e999",
    "-",
    "+",
    "*",
    "/",
    "%",
    "||",
    "<>",
    "=",
    "${x}",
    "{object}",
    "{{",
    "select ",
    " from ",
    "count(*)",
    "é",
    "\u{202e}",
    "\0",
    "x'",
    "e'\\",
    "$$",
];

#[test]
fn yaml() {
    hold("yaml", PIECES, laws::yaml::hold);
}

#[test]
fn native() {
    hold("native", PIECES, laws::native::hold);
}

#[test]
fn odcs() {
    hold("odcs", PIECES, laws::odcs::hold);
}

#[test]
fn expression() {
    hold("expression", SQL, laws::expression::hold);
}

#[test]
fn fix() {
    hold("fix", PIECES, laws::fix::hold);
}

#[test]
fn fmt() {
    hold("fmt", PIECES, laws::fmt::hold);
}
