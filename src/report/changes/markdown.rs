//! Changes as Markdown, for the summary of a job or the comment on a pull request.

use std::fmt::Write as _;

use super::{ChangeReport, Placed, Places, called, hits, sanitize, values};
use crate::finding::Severity;
use crate::finding::change::{Change, Level, Sureness};
use crate::report::markdown::{Page, cell, findings, sentence};

/// So many of those who are hit by one change are named.
const MOST_NAMED: usize = 10;

/// A heading, a table for each contract, and the counts.
pub fn markdown(report: &ChangeReport<'_>) -> String {
    let last = format!("{}\n{}", report.summary(), super::bumps::markdown(report));
    let mut page = Page::new("pact diff", last);
    findings(&mut page, &report.problems);
    for placed in &report.contracts {
        contract(&mut page, placed);
    }
    for located in &report.exceptions.findings {
        let finding = located.finding;
        let mark = if finding.severity == Severity::Error { "❌" } else { "⚠️" };
        page.counted(&format!("{mark} {} ({})\n\n", cell(&finding.message), cell(&located.spot.address())), "finding");
    }
    page.end()
}

fn contract(page: &mut Page, placed: &Placed<'_>) {
    let mut text =
        format!("**{}** {}\n\n", sanitize::markdown(&placed.diff.title()), sanitize::markdown(&placed.versions()));
    if let Some(verdict) = &placed.diff.verdict {
        for remark in &verdict.remarks {
            let mark = if remark.severity == Severity::Error { "❌" } else { "ℹ️" };
            let help = remark
                .help
                .as_ref()
                .map_or_else(String::new, |help| format!(": {}", sanitize::markdown_sentence(help)));
            let _ = writeln!(text, "{mark} {}{help}\n", sanitize::markdown_sentence(&remark.message));
        }
        if let Some(reason) = verdict.ungated.as_ref().filter(|_| verdict.required > Level::None && !verdict.fails()) {
            let _ = writeln!(text, "Nothing here fails: {}.\n", sanitize::markdown(reason));
        }
    }
    text.push_str(HEADING);
    page.counted(&text, "contract");
    for (change, places) in placed.changes() {
        let explained = placed.diff.level(change) == Level::Major || change.forbidden;
        page.counted(&row(placed.diff.level(change), change, Some(places), explained && change.stands()), "change");
    }
    for one in placed.diff.verdict.iter().flat_map(|verdict| &verdict.against) {
        page.text(&format!("\nAgainst {}, pinned by {}:\n\n{HEADING}", one.version, sanitize::markdown(&one.by())));
        for change in &one.changes {
            page.counted(&row(placed.diff.level(change), change, None, false), "change");
        }
    }
    page.text("\n");
}

const HEADING: &str = "| level | change | element | what | hits |\n|---|---|---|---|---|\n";

/// A row. `explained` says why, and what to do: rows that nobody has to act on stay short.
fn row(level: Level, change: &Change, places: Option<&Places<'_>>, explained: bool) -> String {
    let sure = match change.sure {
        Sureness::Certain => "",
        Sureness::Possible => " (possible)",
        Sureness::Review => " (to review)",
    };
    let accepted = change.accepted.as_ref().map(ToString::to_string);
    let forbidden = (change.forbidden && change.stands()).then(|| "fails: not wanted here".to_owned());
    let example = change.witness.as_ref().map(|witness| format!("for example: {witness}"));
    let why = explained.then(|| sentence(change.meta.why));
    let help = change.help.as_ref().filter(|_| explained).map(|help| format!("help: {}", sentence(help)));
    let said = |text: Option<String>| text.map(|text| cell(&text));
    let what = [said(values(change)), why, said(example), said(forbidden), said(accepted), help];
    let what: Vec<String> = what.into_iter().flatten().collect();
    let place = places.and_then(|places| places.head.or(places.base)).map(|spot| cell(&spot.address()));
    let element = [Some(cell(&called(change))), place].into_iter().flatten().collect::<Vec<_>>().join("<br>");
    let all = hits(change);
    let mut named: Vec<String> = all.iter().take(MOST_NAMED).map(|one| cell(one)).collect();
    if all.len() > MOST_NAMED {
        named.push(format!("and {} more", all.len() - MOST_NAMED));
    }
    format!(
        "| {}{sure} | `{}` | {} | {} | {} |\n",
        level.name(),
        change.meta.code,
        element,
        what.join("<br>"),
        named.join("<br>"),
    )
}
