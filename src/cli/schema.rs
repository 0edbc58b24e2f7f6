//! `pact schema`: the JSON Schemas of the files that people write.

use super::Exit;
use super::error::Error;
use super::output::Output;
use crate::{config, format};

/// Print the JSON Schema of contracts or of pact.yaml, for editors
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact schema > contract.schema.json
  pact schema config > config.schema.json

An editor with a YAML language server takes it from the first line of a contract:
  # yaml-language-server: $schema=contract.schema.json")]
pub(super) struct Args {
    /// Whose schema
    #[arg(value_enum, default_value_t)]
    what: What,
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
    let schema = match args.what {
        What::Contract => format::schema(),
        What::Config => config::schema(),
    };
    output.print(&format!("{schema:#}\n"))?;
    Ok(Exit::Clean)
}
