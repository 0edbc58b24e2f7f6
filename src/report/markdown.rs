//! Findings as Markdown, for the summary of a job or the comment on a pull request.

use std::fmt::Write as _;

use super::{Report, counted, human, sanitize};

/// GitHub refuses comments over 65,536 characters; what does not fit is counted.
const MOST_CHARACTERS: usize = 60_000;
/// So many of them are kept for the count of what is not shown.
const RESERVED: usize = 1_000;

/// A heading, a table of the findings (worst first) and the counts.
pub fn markdown(report: &Report<'_>, title: &str) -> String {
    let mut page = Page::new(title, human::summary(report));
    findings(&mut page, report);
    page.end()
}

/// The table of the findings.
pub(super) fn findings(page: &mut Page, report: &Report<'_>) {
    if report.findings.is_empty() {
        return;
    }
    page.text("| | rule | where | what |\n|---|---|---|---|\n");
    let mut findings: Vec<_> = report.findings.iter().collect();
    findings.sort_by_key(|located| std::cmp::Reverse(located.finding.severity));
    for located in findings {
        let finding = located.finding;
        let help = finding.help.as_deref().map_or_else(String::new, |help| format!("<br>{}", sentence(help)));
        let row = format!(
            "| {} | `{}` | {} | {}{help} |\n",
            finding.severity.name(),
            finding.code,
            cell(&located.spot.address()),
            sentence(&finding.message),
        );
        page.counted(&row, "finding");
    }
    page.text("\n");
}

/// So many characters of a text are shown in a cell, so that there is room for others.
const LONGEST: usize = 500;

/// A text for a cell: harmless, and not too long.
pub(super) fn cell(text: &str) -> String {
    cut(text, sanitize::markdown)
}

/// A sentence of pact for a cell, whose code stays code.
pub(super) fn sentence(text: &str) -> String {
    cut(text, sanitize::markdown_sentence)
}

fn cut(text: &str, harmless: impl Fn(&str) -> String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => harmless(&text[..end]) + "…",
        None => harmless(text),
    }
}

/// A page that is filled from the worst downward until it is full; what does not fit any more is counted.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    /// What is said at its end, whatever else has a place.
    last: String,
    is_full: bool,
    left: Vec<(&'static str, usize)>,
}

impl Page {
    /// A page with a heading and last words, which have to be short: they are never left out.
    pub(super) fn new(title: &str, last: String) -> Self {
        Self { text: format!("### {title}\n\n"), last, is_full: false, left: Vec::new() }
    }

    /// Adds text that is of no use without what follows.
    pub(super) fn text(&mut self, text: &str) {
        // A text of n bytes has no more than n characters.
        self.is_full |= self.text.len() + text.len() + self.last.len() > MOST_CHARACTERS - RESERVED;
        if !self.is_full {
            self.text.push_str(text);
        }
    }

    /// Adds text, or counts it as one `noun` that is not shown. Once one did not fit no other is shown, so that what is
    /// left out is never worse than what is there.
    pub(super) fn counted(&mut self, text: &str, noun: &'static str) {
        self.text(text);
        if !self.is_full {
            return;
        }
        match self.left.iter_mut().find(|(known, _)| *known == noun) {
            Some((_, count)) => *count += 1,
            None => self.left.push((noun, 1)),
        }
    }

    /// The whole page, which says what is missing, and ends with the last words.
    pub(super) fn end(mut self) -> String {
        let left: Vec<String> =
            self.left.iter().map(|(noun, count)| counted(*count, &format!("more {noun}"))).collect();
        if !left.is_empty() {
            let _ = writeln!(self.text, "\nNot shown: {}.\n", left.join(", "));
        }
        self.text.push_str(&self.last);
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_whole_findings_and_counts_the_others() {
        let last = "Found 10,001.\n".repeat(1_000);
        let mut page = Page::new("pact lint", last.clone());
        for index in 0..10_000 {
            page.counted(&format!("| {index} | {} |\n", "ä".repeat(20)), "finding");
        }
        page.counted("| short |\n", "finding");
        let text = page.end();
        assert!(text.len() <= MOST_CHARACTERS && text.len() > MOST_CHARACTERS - 2 * RESERVED, "{}", text.len());
        let rows = text.lines().filter(|line| line.starts_with("| ")).count();
        assert!(text.contains(&format!("Not shown: {} more findings.", 10_001 - rows)), "{rows}");
        assert!(!text.contains("short") && text.ends_with(&last));
    }

    #[test]
    fn a_long_text_leaves_room_for_others() {
        assert_eq!(cell(&"@".repeat(501)), sanitize::markdown(&"@".repeat(500)) + "…");
        assert_eq!(cell("a|b"), "a\\|b");
    }
}
