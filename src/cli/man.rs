//! `pact man`: manual pages, from the same definitions as `--help`.

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_mangen::Man;

use super::error::Error;
use super::output::Output;
use super::{Cli, Exit};
use crate::io::write;

/// Print the manual page, or write the pages of all commands into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact man | man -l -
  pact man ~/.local/share/man/man1  pact.1, pact-lint.1, ...; pages that are there are replaced")]
pub(super) struct Args {
    /// The folder for all pages; without it pact(1) is printed
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    // Pages of `pact help lint` and its like would say what `pact lint` says already.
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(dir) = &args.dir else {
        output.print(&page(command)?)?;
        return Ok(Exit::Clean);
    };
    let dir = directory.join(dir);
    std::fs::create_dir_all(&dir).map_err(|error| {
        Error::new(format!("cannot create {}: {error}", dir.display())).hint("name a folder that may be written")
    })?;
    let mut commands = vec![command];
    let mut written = 0;
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands().filter(|inner| !inner.is_hide_set()).cloned());
        let path = dir.join(Man::new(command.clone()).get_filename());
        write::whole(&path, &page(command)?, None).map_err(|error| {
            Error::new(format!("cannot write {}: {error}", path.display())).hint("name a folder that may be written")
        })?;
        written += 1;
    }
    output.note(&format!("{written} pages written to {}", dir.display()));
    Ok(Exit::Clean)
}

fn page(command: clap::Command) -> Result<String, Error> {
    let mut page = Vec::new();
    let man = Man::new(command).manual("pact").source(concat!("pact ", env!("CARGO_PKG_VERSION")));
    man.render(&mut page).map_err(|error| Error::new(format!("cannot write the manual page: {error}")))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
