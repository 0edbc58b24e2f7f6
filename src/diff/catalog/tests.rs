use std::collections::BTreeMap;
use std::path::Path;

use super::{NOT_EXPRESSED, all, find};

/// Codes that the written catalogue lacks: what has no name of its own, the way back of changes that it names one way only,
/// and what is wrong with a step of a contract's life or with what its producer owes.
const LACKING: &[&str] = &[
    "agreement-missing",
    "approval-missing",
    "credentials-rotation-lengthened",
    "effective-date-added",
    "general-availability-brought-forward",
    "migration-guide-missing",
    "notice-period-not-kept",
    "penalty-raised",
    "pinned-version-lost",
    "response-page-size-raised",
    "status-changed",
    "status-jumped",
    "sunset-missing",
    "type-changed",
];

#[test]
fn codes_are_unique_and_their_pages_are_headed_by_them() {
    let mut codes: Vec<&str> = all().map(|meta| meta.code).collect();
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count);
    for meta in all() {
        assert!(meta.page.starts_with(&format!("# {}\n", meta.code)), "{}", meta.code);
        assert!(!meta.what.is_empty() && meta.why.ends_with(['.', '!', '?']), "{}: {}", meta.code, meta.why);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads what is beside the sources")]
/// The catalogue is written down once more, outside the repository; where it is at hand, both must say the same.
#[test]
fn levels_are_those_of_the_written_catalogue() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/changes.tsv");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let rows: BTreeMap<&str, Vec<&str>> =
        text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()).map(|row| (row[0], row)).collect();
    for meta in all() {
        if LACKING.contains(&meta.code) {
            continue;
        }
        let row = rows.get(meta.code).unwrap_or_else(|| panic!("no row for {}", meta.code));
        let ours = [
            meta.section.to_string(),
            meta.reader.name().to_owned(),
            meta.writer.name().to_owned(),
            meta.sure.name().to_owned(),
            meta.gates.join(", "),
        ];
        let theirs = [row[1], row[2].trim_end_matches('?'), row[3].trim_end_matches('?'), row[4], row[5]];
        assert_eq!(ours, theirs, "{}", meta.code);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads what is beside the sources")]
/// What the written catalogue names is a kind of change here, or there is a reason why not; and never both.
#[test]
fn every_code_of_the_written_catalogue_is_here_or_has_a_reason() {
    // The sections for which reasons are given.
    let sections = ["D"];
    for (code, reason) in NOT_EXPRESSED {
        assert!(find(code).is_none(), "{code} is expressed after all");
        assert!(reason.len() > 20, "{code}: {reason}");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/changes.tsv");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let missing: Vec<&str> = rows
        .iter()
        .filter(|row| sections.contains(&row[1]))
        .map(|row| row[0])
        .filter(|code| find(code).is_none() && !NOT_EXPRESSED.iter().any(|(other, _)| other == code))
        .collect();
    assert!(missing.is_empty(), "neither expressed nor excused: {missing:?}");
    for (code, _) in NOT_EXPRESSED {
        assert!(rows.iter().any(|row| row[0] == *code), "{code} is not in the written catalogue");
    }
}
