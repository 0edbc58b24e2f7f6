//! Several contracts at once: what each declares, and what its changes ask for.

use std::fmt::Write as _;

use super::{ChangeReport, Placed, sanitize};
use crate::finding::change::{Level, Verdict};
use crate::report::counted;

/// So many contracts are listed; the rest is counted.
const MOST: usize = 20;

/// A line for each contract with a version: its name, its versions, and the verdict on them. Nothing where there is one only.
fn rows(report: &ChangeReport<'_>) -> Vec<[String; 3]> {
    let judged = |placed: &Placed<'_>| {
        let verdict = placed.diff.verdict.as_ref()?;
        // A contract that is new has no difference of versions.
        let base = verdict.base.as_ref()?;
        let Some(head) = &verdict.head else {
            let words = if verdict.fails() { "gone, fails" } else { "gone" };
            return Some([sanitize::line(&placed.diff.name), base.to_string(), words.to_owned()]);
        };
        let versions = if base == head { base.to_string() } else { format!("{base} -> {head}") };
        Some([sanitize::line(&placed.diff.name), versions, words(verdict)])
    };
    let rows: Vec<[String; 3]> = report.contracts.iter().filter_map(judged).collect();
    if rows.len() > 1 { rows } else { Vec::new() }
}

fn words(verdict: &Verdict) -> String {
    let name = |level: Level| if level == Level::None { "nothing" } else { level.name() };
    let verb = if verdict.fails() { ", fails" } else { "" };
    format!("declares {}, asked for {}{verb}", name(verdict.declared), name(verdict.required))
}

/// The lines for a terminal.
pub(super) fn human(report: &ChangeReport<'_>) -> String {
    let rows = rows(report);
    let width = |column: usize| rows.iter().take(MOST).map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    let mut text = String::new();
    for [name, versions, words] in rows.iter().take(MOST) {
        let _ = writeln!(text, "  {name:first$}  {versions:second$}  {words}");
    }
    if rows.len() > MOST {
        let _ = writeln!(text, "  and {}", counted(rows.len() - MOST, "more contract"));
    }
    text
}

/// So many characters of a cell are shown: the table is never left out, and must leave room for the changes.
const LONGEST: usize = 80;

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The lines as a table.
pub(super) fn markdown(report: &ChangeReport<'_>) -> String {
    let rows = rows(report);
    if rows.is_empty() {
        return String::new();
    }
    let mut text = "\n| contract | version | verdict |\n|---|---|---|\n".to_owned();
    for row in rows.iter().take(MOST) {
        let [name, versions, words] = row.each_ref().map(|cell| sanitize::markdown(&short(cell)));
        let _ = writeln!(text, "| {name} | {versions} | {words} |");
    }
    if rows.len() > MOST {
        let _ = writeln!(text, "\nAnd {}.", counted(rows.len() - MOST, "more contract"));
    }
    text
}
