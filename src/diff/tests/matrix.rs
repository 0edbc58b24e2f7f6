//! Every rule over every pair of pages, written down: what is told twice, or not any more, shows in review.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path as File;

use super::{TODAY, sides};
use crate::diff::{catalog, contract, verdict};
use crate::model::{Compatibility, Contract};

/// Every change in a line: the code, the element, the levels, how sure they are, and the witness.
fn lines(base: Option<&Contract>, head: Option<&Contract>) -> Vec<(&'static str, String)> {
    let changes = contract(base, head, TODAY);
    let verdict = verdict::verdict(base, head, &changes, Compatibility::default());
    let of_changes = changes.iter().map(|change| {
        let levels = format!("{}/{}", change.levels.reader.name(), change.levels.writer.name());
        let witness = change.witness.as_ref().map_or_else(String::new, |witness| format!("  e.g. {witness}"));
        let element = change.element();
        let element = if element.is_empty() { "-" } else { &element };
        (change.meta.code, format!("{}  {element}  {levels} {}{witness}", change.meta.code, change.sure.name()))
    });
    let remarks = verdict
        .remarks
        .iter()
        .map(|remark| (remark.meta.code, format!("{}  the version  {}", remark.meta.code, remark.severity.name())));
    of_changes.chain(remarks).collect()
}

fn matrix() -> String {
    let mut text = "Each page of the catalogue, there (->) and back (<-): every change with its element, levels for readers/writers,\n\
         sureness and witness. Recorded: PACT_RECORD=1 cargo test --lib matrix\n"
        .to_owned();
    let mut fires: BTreeMap<&str, [BTreeSet<&str>; 2]> = BTreeMap::new();
    for meta in catalog::all() {
        let (base, head) = sides(meta);
        let _ = writeln!(text, "\n{}", meta.code);
        let ways = [("->", &base, &head), ("<-", &head, &base)];
        for (way, (arrow, one, other)) in ways.into_iter().enumerate() {
            let found = lines(one.as_ref(), other.as_ref());
            for (code, line) in &found {
                let _ = writeln!(text, "  {arrow}  {line}");
                fires.entry(code).or_default()[way].insert(meta.code);
            }
            if found.is_empty() {
                let _ = writeln!(text, "  {arrow}  nothing");
            }
        }
    }
    text.push_str("\n\nEach code by the section of the catalogue, and the pages on which it fires, there and back, but its own there\n");
    let mut section = ' ';
    for meta in catalog::all() {
        if meta.section != section {
            section = meta.section;
            let _ = writeln!(text, "\n{section}");
        }
        let Some([there, back]) = fires.get(meta.code) else { continue };
        let shown = |arrow: &str, pages: &BTreeSet<&str>| -> String {
            let pages: Vec<&str> = pages.iter().copied().filter(|page| *page != meta.code || arrow == "<-").collect();
            if pages.is_empty() { String::new() } else { format!("  {arrow} {}", pages.join(" ")) }
        };
        let _ = writeln!(text, "  {}{}{}", meta.code, shown("->", there), shown("<-", back));
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "a test reads and renews what is recorded beside it")]
#[test]
fn every_rule_over_every_page_is_as_recorded() {
    let file = File::new(env!("CARGO_MANIFEST_DIR")).join("src/diff/tests/matrix.txt");
    let matrix = matrix();
    if std::env::var("PACT_RECORD").is_ok_and(|set| set == "1") {
        std::fs::write(&file, &matrix).expect("the file can be written");
        return;
    }
    let recorded = std::fs::read_to_string(&file).unwrap_or_default();
    let differing = matrix.lines().zip(recorded.lines()).find(|(now, then)| now != then);
    assert!(
        matrix == recorded,
        "{} is not what is found now; first: {differing:?}\nread what changed after `PACT_RECORD=1 cargo test --lib matrix`",
        file.display()
    );
}
