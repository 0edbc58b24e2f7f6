//! `pact completions`: what a shell needs to complete pact's commands and options.

use clap::CommandFactory;
use clap_complete::Shell;

use super::error::Error;
use super::output::Output;
use super::{Cli, Exit};

/// Print the completions of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact completions bash > ~/.local/share/bash-completion/completions/pact
  pact completions zsh > ~/.zfunc/_pact        with ~/.zfunc in fpath
  pact completions fish > ~/.config/fish/completions/pact.fish
  pact completions powershell >> $PROFILE")]
pub(super) struct Args {
    /// Whose completions
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, output: Output) -> Result<Exit, Error> {
    // Into memory first: the generator panics when a pipe is closed before it is done.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "pact", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
