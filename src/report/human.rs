//! Findings for a person at a terminal. The only file that knows miette.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use super::{Located, Report, Spot, counted, sanitize};
use crate::finding::Severity;
use crate::source::{SourceFile, Span};

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
/// What stands where a line is cut.
const CUT: &str = "…";

/// The findings with the lines that they are about.
pub fn human(report: &Report<'_>, style: Style) -> String {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
    let mut text = String::new();
    let secrets = Secrets::of(report);
    for located in &report.findings {
        // Writing to a string can't fail; a failure of the handler would be its own, and the finding is shown without lines.
        if handler.render_report(&mut text, &Shown::new(located, &secrets)).is_err() {
            text.push_str(&concise_line(located));
        }
        for spot in &located.related {
            let note = if spot.note.is_empty() { "see also" } else { spot.note };
            let _ = writeln!(text, "  {}: {}", sanitize::line(note), spot.address());
        }
        text.push('\n');
    }
    sanitize::without_commands(&text).into_owned()
}

/// One line for each finding: `path:line:column: error[code] message`.
pub fn concise(report: &Report<'_>) -> String {
    report.findings.iter().map(concise_line).collect()
}

fn concise_line(located: &Located<'_>) -> String {
    let finding = located.finding;
    let message = sanitize::line(&finding.message);
    let fixable = if located.mend.as_ref().is_some_and(|mend| mend.fix.is_safe) { " [fixable]" } else { "" };
    format!("{}: {}[{}] {message}{fixable}\n", located.spot.address(), finding.severity.name(), finding.code)
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
    let held_back = report.summary.held_back();
    if !held_back.is_empty() {
        let _ = write!(text, " {held_back}");
    }
    text.push('\n');
    text
}

/// Where the secrets are that findings are about: no line that is shown repeats one, whatever it is shown for.
struct Secrets {
    /// By the address of the file's text and by place; places of one file don't overlap.
    spans: Vec<(usize, Span)>,
}

impl Secrets {
    fn of(report: &Report<'_>) -> Self {
        let secret = report.findings.iter().filter(|located| located.finding.is_secret);
        let spots = secret.map(|located| &located.spot).chain(&report.secrets);
        let mut spans: Vec<_> = spots.map(|spot| (Self::key(spot.file), spot.span)).collect();
        spans.sort_unstable();
        Self { spans }
    }

    fn key(file: &SourceFile) -> usize {
        std::ptr::from_ref(file).addr()
    }

    /// A line with every secret in it hidden, byte for byte, so that offsets into it stay right.
    fn hidden<'l>(&self, file: &SourceFile, number: usize, line: &'l str) -> Cow<'l, str> {
        let (key, start) = (Self::key(file), file.line_start(number));
        let first = self.spans.partition_point(|(other, span)| (*other, span.end as usize) <= (key, start));
        let here = self
            .spans
            .iter()
            .skip(first)
            .take_while(|(other, span)| *other == key && (span.start as usize) < start + line.len());
        let mut shown = Cow::Borrowed(line);
        for (_, span) in here {
            let from = (span.start as usize).saturating_sub(start).min(line.len());
            let to = (span.end as usize).saturating_sub(start).clamp(from, line.len());
            if shown.is_char_boundary(from) && shown.is_char_boundary(to) {
                shown.to_mut().replace_range(from..to, &"*".repeat(to - from));
            }
        }
        shown
    }
}

/// A finding as miette sees it.
struct Shown<'a> {
    message: String,
    help: Option<String>,
    located: &'a Located<'a>,
    lines: Lines<'a>,
}

/// What to do now, and what `--fix` does about it.
fn advice(located: &Located<'_>) -> Option<String> {
    let help = located.finding.help.as_deref().map(sanitize::line);
    let Some(fix) = located.mend.as_ref().map(|mend| mend.fix) else { return help };
    let how = if fix.is_safe { "fix" } else { "unsafe fix" };
    let fix = format!("{how}: {}", sanitize::line(&fix.title));
    Some(match help {
        Some(help) => format!("{help}\n{fix}"),
        None => fix,
    })
}

impl<'a> Shown<'a> {
    fn new(located: &'a Located<'a>, secrets: &Secrets) -> Self {
        Self {
            message: sanitize::line(&located.finding.message),
            help: advice(located),
            located,
            lines: Lines::around(&located.spot, secrets),
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
    fn around(spot: &Spot<'a>, secrets: &Secrets) -> Self {
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
            let line = secrets.hidden(file, number, line);
            let offset = (spot.span.start as usize).saturating_sub(file.line_start(number)).min(line.len());
            let (shown, cut) = window(&line, if number == start.line { offset } else { 0 });
            if number == start.line {
                // A place that runs over several lines is shown to the end of its first.
                let length = (spot.span.end.saturating_sub(spot.span.start) as usize).min(shown.len() + cut - offset);
                let before = if cut > 0 { CUT.len() } else { 0 };
                span = SourceSpan::new((text.len() + before + offset - cut).into(), length);
            }
            text.push_str(if cut > 0 { CUT } else { "" });
            text.push_str(&sanitize::same_length(shown));
            text.push_str(if cut + shown.len() < line.len() { CUT } else { "" });
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
    use crate::finding::{Finding, Label};
    use crate::model::{Path, SourceId};

    #[test]
    fn a_secret_is_shown_for_no_finding() {
        let text = "name: orders\nurl: https://ada:hunter2@example.com\nversion: 1\n";
        let file = SourceFile::new("orders.yaml", text);
        let finding = |is_secret| Finding {
            code: "odd",
            severity: Severity::Error,
            message: "odd".to_owned(),
            label: Label::at(SourceId(0), Path::root()),
            related: Vec::new(),
            help: None,
            is_secret,
            fix: None,
        };
        let (secret, other) = (finding(true), finding(false));
        let located = |finding, start, end| Located {
            finding,
            contract: None,
            element: String::new(),
            spot: Spot { file: &file, span: Span::new(start, end), note: "" },
            related: Vec::new(),
            mend: None,
        };
        // The secret itself, and a finding on the line before, which shows the line behind it.
        let findings = vec![located(&other, 6, 12), located(&secret, 18, text.find("\nversion").unwrap())];
        let report = Report { findings, ..Report::default() };
        let shown = human(&report, Style { color: false, width: 100 });
        assert!(!shown.contains("hunter2") && !shown.contains("example.com"), "{shown}");
        assert_eq!(shown.matches("url: ****").count(), 2, "{shown}");
        assert!(shown.contains("name: orders") && shown.contains("version: 1"), "{shown}");
    }

    #[test]
    fn where_a_line_is_cut_is_shown() {
        let long = format!("a: {}here{}\nb: {}\n", "x".repeat(300), "y".repeat(300), "z".repeat(300));
        let file = SourceFile::new("orders.yaml", &*long);
        let lines = |start: usize, end: usize| {
            let spot = Spot { file: &file, span: Span::new(start, end), note: "" };
            Lines::around(&spot, &Secrets { spans: Vec::new() })
        };
        let shown = lines(303, 307);
        let label = shown.span.offset()..shown.span.offset() + shown.span.len();
        assert_eq!(&shown.text[label], "here");
        let expected = [("…xx", "yy…"), ("b: ", "zz…")];
        assert_eq!(shown.text.lines().count(), expected.len(), "{}", shown.text);
        for (line, (start, end)) in shown.text.lines().zip(expected) {
            assert!(line.starts_with(start) && line.ends_with(end), "{line}");
        }
        let end = lines(600, 607);
        let first = end.text.lines().next().unwrap();
        assert!(first.starts_with("…") && first.ends_with("yyy"), "{first}");
    }

    #[test]
    fn long_lines_are_shown_around_the_place() {
        let line = format!("{}here{}", "a".repeat(500), "b".repeat(500));
        let (shown, cut) = window(&line, 500);
        assert_eq!(shown.len(), LINE_WINDOW);
        assert_eq!(&shown[500 - cut..504 - cut], "here");
        assert_eq!(window("short", 3), ("short", 0));
    }
}
