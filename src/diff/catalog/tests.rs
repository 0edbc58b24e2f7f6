use std::collections::BTreeMap;
use std::path::Path;

use super::{NOT_EXPRESSED, SECTIONS, all, find};
use crate::format::problems::PROBLEMS;

/// Codes that the written catalogue lacks: what has no name of its own, the way back of changes that it names one way only,
/// and what is wrong with a step of a contract's life or with what its producer owes.
const LACKING: &[&str] = &[
    "agreement-missing",
    "approval-missing",
    "credentials-rotation-lengthened",
    "general-availability-brought-forward",
    "migration-guide-missing",
    "notice-period-not-kept",
    "penalty-raised",
    "pinned-version-lost",
    "response-page-size-raised",
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
    for one in NOT_EXPRESSED {
        assert!(find(one.code).is_none(), "{} is expressed after all", one.code);
        assert!(one.why.len() > 20 && !one.why.ends_with('.'), "{}: {}", one.code, one.why);
        // What is said to be told instead is told.
        for other in one.why.split('`').skip(1).step_by(2).filter(|word| word.contains('-')) {
            let is_problem = PROBLEMS.iter().any(|problem| problem.code == other);
            assert!(is_problem || find(other).is_some(), "{}: {other}", one.code);
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/changes.tsv");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let excused = |code: &str| NOT_EXPRESSED.iter().any(|one| one.code == code);
    let missing: Vec<&str> =
        rows.iter().map(|row| row[0]).filter(|code| find(code).is_none() && !excused(code)).collect();
    assert!(missing.is_empty(), "neither expressed nor excused: {missing:?}");
    for one in NOT_EXPRESSED {
        let section = one.section.to_string();
        assert!(rows.iter().any(|row| row[0] == one.code && row[1] == section), "{} is not in the catalogue", one.code);
    }
}

#[test]
fn every_change_is_in_a_section_with_a_title() {
    let sections: Vec<char> = SECTIONS.iter().map(|(section, _)| *section).collect();
    let mut used: Vec<char> = all().map(|meta| meta.section).collect();
    used.dedup();
    assert_eq!(used, sections);
}
