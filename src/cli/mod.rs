//! The edge for people: one file per subcommand with its arguments and its `run`.

mod accept;
mod blame;
mod check;
mod completions;
mod convert;
mod created;
mod destination;
mod dict;
mod diff;
mod erd;
mod error;
mod explain;
mod fixes;
mod fmt;
mod history;
mod impact;
mod init;
mod ledger;
mod lint;
mod log;
mod man;
mod masked;
mod new;
mod output;
mod past;
mod schema;
mod shown;
mod workspace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::io::clock;
use crate::source::words::quoted;
use error::Error;
use output::{Color, Output};

/// How a command ended. The numbers are part of what pact promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Findings: violations, lint errors, a version that is too low.
    Findings = 1,
    /// pact could not do its work, or not all of it.
    Failed = 2,
}

const HELP_FOOTER: &str = "\
Exit codes: 0 clean, 1 findings, 2 pact could not do its work.

Start with `pact init`, then `pact lint`. `pact help COMMAND` has examples.";

/// The contract toolchain for data: lint, diff, check and document data contracts kept in git.
#[derive(Debug, Parser)]
#[command(name = "pact", version, after_help = HELP_FOOTER, max_term_width = 100, disable_help_subcommand = false)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// Work as if started in this folder
    #[arg(long, short = 'C', global = true, value_name = "DIR")]
    directory: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
    /// Print nothing but findings and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Tell more about what is done
    #[arg(long, short, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    New(new::Args),
    Lint(lint::Args),
    Fmt(fmt::Args),
    Diff(diff::Args),
    DiffDriver(diff::driver::Args),
    Accept(accept::Args),
    Impact(impact::Args),
    Log(log::Args),
    Blame(blame::Args),
    Check(Box<check::Args>),
    Ledger(ledger::Args),
    Convert(convert::Args),
    Dict(dict::Args),
    Erd(erd::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs pact with the arguments of the process (the program's name first).
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let output = Output::new(cli.global.color, cli.global.quiet, cli.global.verbose);
    let exit = dispatch(cli.command, cli.global.directory, output).unwrap_or_else(|error| {
        output.error(&error);
        Exit::Failed
    });
    ExitCode::from(exit as u8)
}

fn dispatch(command: Command, directory: Option<PathBuf>, output: Output) -> Result<Exit, Error> {
    let directory = workspace::working_directory(directory)?;
    if let Err(text) = clock::given() {
        return Err(Error::new(format!("{} is no date: {}", clock::TODAY, quoted(&text)))
            .hint("write it as YYYY-MM-DD, or leave it out"));
    }
    match command {
        Command::Init(args) => init::run(&args, &directory, output),
        Command::New(args) => new::run(&args, &directory, output),
        Command::Lint(args) => lint::run(&args, &directory, output),
        Command::Fmt(args) => fmt::run(&args, &directory, output),
        Command::Diff(args) => diff::run(&args, &directory, output),
        Command::DiffDriver(args) => diff::driver::run(&args, &directory, output),
        Command::Accept(args) => accept::run(&args, &directory, output),
        Command::Impact(args) => impact::run(&args, &directory, output),
        Command::Log(args) => log::run(&args, &directory, output),
        Command::Blame(args) => blame::run(&args, &directory, output),
        Command::Check(args) => check::run(&args, &directory, output),
        Command::Ledger(args) => ledger::run(&args, &directory, output),
        Command::Convert(args) => convert::run(&args, &directory, output),
        Command::Dict(args) => dict::run(&args, &directory, output),
        Command::Erd(args) => erd::run(&args, &directory, output),
        Command::Explain(args) => explain::run(&args, output),
        Command::Schema(args) => schema::run(&args, output),
        Command::Completions(args) => completions::run(&args, output),
        Command::Man(args) => man::run(&args, &directory, output),
    }
}

/// Help and the version are results; everything else that the parser says is an error.
fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe behind `pact --help` is nobody's trouble.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { Exit::Failed } else { Exit::Clean } as u8)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definitions_of_arguments_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_format_is_called_the_same_by_every_command() {
        const NAMES: &[&str] = &[
            "human",
            "table",
            "mermaid",
            "concise",
            "json",
            "jsonl",
            "sarif",
            "github",
            "junit",
            "markdown",
            "changelog",
        ];
        fn look(command: &clap::Command, seen: &mut Vec<String>) {
            for argument in command.get_arguments().filter(|argument| argument.get_long() == Some("format")) {
                let names: Vec<String> =
                    argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
                assert!(!names.is_empty(), "{} has no list of formats", command.get_name());
                for name in &names {
                    assert!(NAMES.contains(&name.as_str()), "{} calls a format {name}", command.get_name());
                }
                seen.extend(names);
            }
            command.get_subcommands().for_each(|inner| look(inner, seen));
        }
        let mut seen = Vec::new();
        look(&Cli::command(), &mut seen);
        for name in NAMES {
            assert!(seen.iter().any(|other| other == name), "no command has the format {name}");
        }
    }

    #[test]
    fn every_command_says_what_it_does_and_shows_examples() {
        fn look(command: &clap::Command, exemplified: bool) {
            let name = command.get_name();
            assert!(command.get_about().is_some(), "{name} has no sentence on what it does");
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            // A group of commands may show examples of each.
            let exemplified = exemplified || help.contains("Examples:");
            assert!(exemplified || command.has_subcommands(), "{name} has no examples");
            command.get_subcommands().for_each(|inner| look(inner, exemplified));
        }
        look(&Cli::command(), false);
    }

    #[test]
    fn examples_fit_into_the_width_of_help_and_paragraphs_are_broken_by_it() {
        fn look(command: &clap::Command) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let is_indented = |line: &str| line.starts_with("  ");
            let lines: Vec<&str> = help.lines().collect();
            for (line, next) in lines.iter().zip(lines.iter().skip(1).chain([&""])) {
                let name = command.get_name();
                assert!(!is_indented(line) || line.chars().count() < 100, "{name}: too long to be an example: {line}");
                let is_broken = !line.is_empty() && !next.is_empty() && !is_indented(line) && !is_indented(next);
                assert!(!is_broken, "{name}: a paragraph is one line: {line}");
            }
            command.get_subcommands().for_each(look);
        }
        look(&Cli::command());
    }
}
