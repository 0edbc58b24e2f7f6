//! What goes to the terminal: standard output for results, standard error for errors and notes.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use super::error::Error;
use crate::report::{human, sanitize};

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How a result is printed that has one form for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Human,
    /// JSON, as documented in docs/output.md
    Json,
}

/// The width of a page that has no terminal.
const PAGE: usize = 100;

/// Where a command writes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    color: anstream::ColorChoice,
    /// How many characters fit on a line.
    width: usize,
    /// No output but errors and what was asked for.
    pub(super) quiet: bool,
    /// How much is told beside the result.
    pub(super) verbose: u8,
}

impl Output {
    /// The output of this run.
    pub(super) fn new(color: Color, quiet: bool, verbose: u8) -> Self {
        let color = match color {
            Color::Auto if in_pager_of_git() => anstream::ColorChoice::AlwaysAnsi,
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => anstream::ColorChoice::AlwaysAnsi,
            Color::Never => anstream::ColorChoice::Never,
        };
        // Wider lines are hard to read; a pipe has no width.
        let width = terminal_size::terminal_size().map_or(PAGE, |(width, _)| usize::from(width.0)).clamp(40, 120);
        Self { color, width, quiet, verbose }
    }

    /// The same output for what is written to a file, which looks the same wherever it is made.
    pub(super) fn for_a_file(self) -> Self {
        Self { color: anstream::ColorChoice::Never, width: PAGE, ..self }
    }

    /// The same output without notes.
    pub(super) fn quietly(self) -> Self {
        Self { quiet: true, ..self }
    }

    /// Whether standard output takes colours.
    pub(super) fn has_color(self) -> bool {
        !matches!(self.color, anstream::ColorChoice::Never)
    }

    /// How results are styled.
    pub(super) fn style(self) -> human::Style {
        human::Style { color: self.has_color(), width: self.width }
    }

    /// Writes a result.
    ///
    /// # Errors
    ///
    /// Standard output can't be written. A reader that has gone away (`pact lint | head`) is no error.
    pub(super) fn print(self, text: &str) -> Result<(), Error> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::new(format!("cannot write to standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Writes a result byte for byte: the text of a file.
    ///
    /// # Errors
    ///
    /// As [`Self::print`].
    pub(super) fn verbatim(text: &str) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::new(format!("cannot write to standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Tells something beside the result, unless the run is quiet.
    pub(super) fn note(self, text: &str) {
        if !self.quiet {
            self.stderr(text);
        }
    }

    /// Tells what an error that follows is about, also when the run is quiet.
    pub(super) fn reason(self, text: &str) {
        self.stderr(text);
    }

    /// Tells a detail, where details are wanted (`-v`).
    pub(super) fn detail(self, text: &str) {
        if self.verbose > 0 {
            self.stderr(text);
        }
    }

    /// Tells why the command could not do its work.
    pub(super) fn error(self, error: &Error) {
        let red = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
        let cyan = Style::new().fg_color(Some(AnsiColor::Cyan.into())).bold();
        let mut text = format!("{red}error{red:#}: {}", multiline(&error.message));
        for hint in &error.hints {
            let _ = write!(text, "\n  {cyan}help{cyan:#}: {}", multiline(hint));
        }
        self.stderr(&text);
    }

    fn stderr(self, text: &str) {
        let choice = match self.color {
            anstream::ColorChoice::AlwaysAnsi | anstream::ColorChoice::Never => self.color,
            _ if io::stderr().is_terminal() => self.color,
            _ => anstream::ColorChoice::Never,
        };
        let mut out = AutoStream::new(io::stderr().lock(), choice);
        // Nobody can be told that standard error is gone.
        let _ = writeln!(out, "{}", sanitize::without_commands(text));
    }
}

/// Whether git shows what is printed in its pager: a pipe that ends at a terminal.
fn in_pager_of_git() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let is_on = set("GIT_PAGER_IN_USE").is_some_and(|value| value == "true" || value == "1");
    is_on && set("NO_COLOR").is_none() && set("TERM").is_some_and(|terminal| terminal != "dumb")
}

fn multiline(text: &str) -> String {
    text.lines().map(sanitize::line).collect::<Vec<_>>().join("\n")
}
