//! Findings for a person at a terminal. The only file that knows miette.

use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use super::{Located, Report, Spot, counted, sanitize};
use crate::finding::Severity;
use crate::source::SourceFile;

/// How the terminal is.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether colours are wanted.
    pub color: bool,
    /// How many characters fit on a line.
    pub width: usize,
}

/// At most so many characters of a line are shown around a place.
const LINE_WINDOW: usize = 120;

/// The findings with the lines that they are about.
pub fn human(report: &Report<'_>, style: Style) -> String {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
    let mut text = String::new();
    for located in &report.findings {
        // Writing to a string can't fail; a failure of the handler would be its own, and the finding is shown without lines.
        if handler.render_report(&mut text, &Shown::new(located)).is_err() {
            text.push_str(&concise_line(located));
        }
        for spot in &located.related {
            let note = if spot.note.is_empty() { "see also" } else { spot.note };
            let _ = writeln!(text, "  {}: {}", sanitize::line(note), spot.address());
        }
        text.push('\n');
    }
    text
}

/// One line for each finding: `path:line:column: error[code] message`.
pub fn concise(report: &Report<'_>) -> String {
    report.findings.iter().map(concise_line).collect()
}

fn concise_line(located: &Located<'_>) -> String {
    let finding = located.finding;
    let message = sanitize::line(&finding.message);
    format!("{}: {}[{}] {message}\n", located.spot.address(), finding.severity.name(), finding.code)
}

/// The last line: what was found in how many files.
pub fn summary(report: &Report<'_>) -> String {
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| (report.count(severity), severity))
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| match severity {
            Severity::Info => counted(count, "note"),
            severity => counted(count, severity.name()),
        })
        .collect();
    let files = counted(report.summary.files, "file");
    let mut text = if counts.is_empty() {
        format!("No findings in {files}.")
    } else {
        format!("Found {} in {files}.", counts.join(", "))
    };
    if report.summary.ignored > 0 {
        let _ = write!(text, " {} accepted by pact.yaml.", counted(report.summary.ignored, "finding"));
    }
    text.push('\n');
    text
}

/// A finding as miette sees it.
struct Shown<'a> {
    message: String,
    help: Option<String>,
    located: &'a Located<'a>,
    lines: Lines<'a>,
}

impl<'a> Shown<'a> {
    fn new(located: &'a Located<'a>) -> Self {
        Self {
            message: sanitize::line(&located.finding.message),
            help: located.finding.help.as_deref().map(sanitize::line),
            located,
            lines: Lines::around(&located.spot),
        }
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let finding = self.located.finding;
        Some(Box::new(format!("{}[{}]", finding.severity.name(), finding.code)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.located.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.lines)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let note = sanitize::line(self.located.spot.note);
        let note = (!note.is_empty()).then_some(note);
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(note, self.lines.span))))
    }
}

/// The few lines around a place, cut to what fits and made harmless. Lines come from the file's own index: miette would
/// scan the whole text for each finding.
struct Lines<'a> {
    file: &'a SourceFile,
    text: String,
    span: SourceSpan,
    first_line: usize,
    column: usize,
}

impl<'a> Lines<'a> {
    fn around(spot: &Spot<'a>) -> Self {
        let file = spot.file;
        let start = spot.start();
        let first_line = start.line.saturating_sub(1).max(1);
        let mut text = String::new();
        let mut span = SourceSpan::new(0.into(), 0);
        for number in first_line..=start.line + 1 {
            let line = file.line(number);
            if number > start.line && line.is_empty() {
                break;
            }
            let offset = (spot.span.start as usize).saturating_sub(file.line_start(number)).min(line.len());
            let (shown, cut) = window(line, if number == start.line { offset } else { 0 });
            if number == start.line {
                // A place that runs over several lines is shown to the end of its first.
                let length = (spot.span.end.saturating_sub(spot.span.start) as usize).min(shown.len() + cut - offset);
                span = SourceSpan::new((text.len() + offset - cut).into(), length);
            }
            text.push_str(&sanitize::same_length(shown));
            text.push('\n');
        }
        Self { file, text, span, first_line: first_line - 1, column: start.column - 1 }
    }
}

/// The part of a line that is shown, and how many bytes of its beginning are left out.
fn window(line: &str, offset: usize) -> (&str, usize) {
    if line.len() <= LINE_WINDOW {
        return (line, 0);
    }
    let mut start = offset.saturating_sub(LINE_WINDOW / 2);
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (start + LINE_WINDOW).min(line.len());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    (&line[start..end.max(start)], start)
}

impl SourceCode for Lines<'_> {
    fn read_span<'b>(
        &'b self,
        _: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let name = sanitize::line(&self.file.path().display().to_string());
        let line_of = |offset: usize| self.text[..offset.min(self.text.len())].matches('\n').count();
        let label = line_of(self.span.offset());
        // Miette asks for the label with and without lines around it. It numbers lines from the contents' first line, and
        // heads the snippet with the line and column of what it asked for without context.
        let (line, column) = if before == 0 { (self.first_line + label, self.column) } else { (self.first_line, 0) };
        let whole = SourceSpan::new(0.into(), self.text.len());
        let lines = self.text.lines().count();

        Ok(Box::new(MietteSpanContents::new_named(name, self.text.as_bytes(), whole, line, column, lines)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_shown_around_the_place() {
        let line = format!("{}here{}", "a".repeat(500), "b".repeat(500));
        let (shown, cut) = window(&line, 500);
        assert_eq!(shown.len(), LINE_WINDOW);
        assert_eq!(&shown[500 - cut..504 - cut], "here");
        assert_eq!(window("short", 3), ("short", 0));
    }
}
