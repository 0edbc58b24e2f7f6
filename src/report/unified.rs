//! The difference of two texts, as `diff -u` and `git diff` print it.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::sanitize;

/// How long a short difference is looked for.
const PATIENCE: Duration = Duration::from_secs(1);
/// Lines around a change that are shown.
const AROUND: usize = 3;

/// A unified diff of one file; empty where nothing differs. Control characters and marks of direction are shown as `\u{fffd}` and not
/// sent to a terminal: only a text without them gives a diff that can be applied. Tabs stay.
pub fn unified(path: &Path, old: &str, new: &str, color: bool) -> String {
    let plain = Style::new();
    let style = |color_of: AnsiColor| if color { plain.fg_color(Some(color_of.into())) } else { plain };
    let bold = if color { plain.bold() } else { plain };
    // Of two texts that have little in common the shortest difference takes ages to find.
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let mut unified = diff.unified_diff();
    unified.context_radius(AROUND);
    let path = sanitize::line(&path.to_string_lossy().replace('\\', "/"));
    let mut text = String::new();
    // Writing to a string can't fail.
    for (index, hunk) in unified.iter_hunks().enumerate() {
        if index == 0 {
            let _ = writeln!(text, "{bold}--- {path}{bold:#}\n{bold}+++ {path}{bold:#}");
        }
        let cyan = style(AnsiColor::Cyan);
        let _ = writeln!(text, "{cyan}{}{cyan:#}", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', style(AnsiColor::Red)),
                ChangeTag::Insert => ('+', style(AnsiColor::Green)),
                ChangeTag::Equal => (' ', plain),
            };
            let line = change.value();
            let (line, end) = match (line.strip_suffix("\r\n"), line.strip_suffix('\n')) {
                (Some(line), _) => (line, "\r\n"),
                (None, Some(line)) => (line, "\n"),
                (None, None) => (line, "\n\\ No newline at end of file\n"),
            };
            // A tab is as harmless as a blank, and a line without its tabs is another line.
            let line: Vec<String> = line.split('\t').map(sanitize::line).collect();
            let _ = write!(text, "{style}{sign}{}{style:#}{end}", line.join("\t"));
        }
    }
    sanitize::without_commands(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_reads_as_that_of_other_tools() {
        let shown = unified(Path::new("a.yaml"), "a: 1\nb: 2\nc: 3", "a: 1\nb: 5\nc: 3", false);
        let expected =
            "--- a.yaml\n+++ a.yaml\n@@ -1,3 +1,3 @@\n a: 1\n-b: 2\n+b: 5\n c: 3\n\\ No newline at end of file\n";
        assert_eq!(shown, expected);
        assert_eq!(unified(Path::new("a.yaml"), "a\n", "a\n", true), "");
        let shown = unified(Path::new("a.yaml"), "a: |\n  ::error::x\n", "a: |\n  ::error::x\nb: 1\n", false);
        assert!(shown.contains("\n   :\u{fffd}:error::x\n"), "a line around a change is no command: {shown:?}");
        let shown = unified(Path::new("a.yaml"), "a: 1\r\n", "a: \u{1b}[31m\r\n", false);
        assert!(!shown.contains('\u{1b}') && shown.contains("-a: 1\r\n"), "{shown:?}");
        let shown = unified(Path::new("a.yaml"), "a:\tb\n", "a: \u{202e}b\n", false);
        assert!(shown.contains("-a:\tb\n+a: \u{fffd}b\n"), "{shown:?}");
    }
}
