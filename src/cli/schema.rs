//! `pact schema`: what the files that people write may contain, for editors and for people.

use super::Exit;
use super::error::Error;
use super::explain;
use super::output::Output;
use crate::{config, format};

/// Print what contracts or pact.yaml may contain: as JSON Schema for editors, or as a reference to read
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact schema > contract.schema.json
  pact schema config > config.schema.json
  pact schema --format markdown | less

An editor with a YAML language server takes it from the first line of a contract:
  # yaml-language-server: $schema=contract.schema.json

Files of the Open Data Contract Standard have a schema of their own, which editors find by the name *.odcs.yaml. \
`pact lint` knows all of its versions.")]
pub(super) struct Args {
    /// Whose schema
    #[arg(value_enum, default_value_t)]
    what: What,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// JSON Schema (draft 2020-12)
    #[default]
    Json,
    /// A reference in Markdown
    Markdown,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum What {
    /// Contracts, subscriptions, models and calendars
    #[default]
    Contract,
    /// pact.yaml
    Config,
}

pub(super) fn run(args: &Args, output: Output) -> Result<Exit, Error> {
    output.print(&match (args.what, args.format) {
        (What::Contract, Format::Json) => format!("{:#}\n", format::schema()),
        (What::Config, Format::Json) => format!("{:#}\n", config::schema(&explain::codes())),
        (What::Contract, Format::Markdown) => format::reference(),
        (What::Config, Format::Markdown) => config::reference(),
    })?;
    Ok(Exit::Clean)
}
