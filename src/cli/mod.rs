//! The edge for people: one file per subcommand with its arguments and its `run`.

mod diff;
mod error;
mod explain;
mod history;
mod lint;
mod output;
mod schema;
mod workspace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    Lint(lint::Args),
    Diff(diff::Args),
    Explain(explain::Args),
    Schema(schema::Args),
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
    match command {
        Command::Lint(args) => lint::run(&args, &directory, output),
        Command::Diff(args) => diff::run(&args, &directory, output),
        Command::Explain(args) => explain::run(&args, output),
        Command::Schema(args) => schema::run(&args, output),
    }
}

/// Help and the version are results; everything else that the parser says is an error.
fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe behind `pact --help` is nobody's trouble.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { Exit::Failed } else { Exit::Clean } as u8)
}
