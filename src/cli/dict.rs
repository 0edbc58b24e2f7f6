//! `pact dict`: every field, searched and filtered.

use std::path::Path;

use clap::builder::PossibleValue;

use super::Exit;
use super::error::Error;
use super::output::Output;
use super::shown::{self, demand_contracts, demand_known};
use crate::model::Status;
use crate::report::counted;
use crate::view::dictionary::{self, Counts, Dictionary, Filter};

/// Look up fields: what they mean, who publishes them, who uses them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact dict                              everything
  pact dict customer name                fields whose names or descriptions hold both words
  pact dict --pii --format markdown      all personal data, for a page
  pact dict --contract orders --at v2    as it was
  pact dict --format markdown -o docs/dictionary.md

NULL says `no` where a value is always there. KEY has PK (primary key), \
FK (foreign key) and UK (unique). Without a column nothing stands in it. \
A search that finds nothing says so and ends with exit code 0.")]
pub(super) struct Args {
    /// Words to look for, in names and descriptions; a field has to hold all of them
    #[arg(value_name = "TEXT")]
    words: Vec<String>,
    /// Personal data only
    #[arg(long)]
    pii: bool,
    /// Only what this team publishes; may be given several times
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// Only this contract, by its name or its `id`; may be given several times
    #[arg(long, value_name = "NAME")]
    contract: Vec<String>,
    /// Only contracts with this status; may be given several times
    #[arg(long, value_name = "STATUS")]
    status: Vec<StatusName>,
    /// How to print the fields
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    shown: shown::Options,
}

/// How fields are printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A table for each dataset, as wide as the terminal
    #[default]
    Table,
    /// A page with a chapter for each contract
    Markdown,
    /// JSON, as documented in docs/output.md
    Json,
}

/// A status as the command line takes it. The model knows no command line.
#[derive(Debug, Clone, Copy)]
struct StatusName(Status);

impl clap::ValueEnum for StatusName {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self(Status::Draft),
            Self(Status::Proposed),
            Self(Status::Approved),
            Self(Status::Active),
            Self(Status::Deprecated),
            Self(Status::Retired),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let shown = args.shown.open(directory, output)?;
    let contracts = &shown.registry.contracts;
    let named = demand_contracts(&args.contract, contracts)?;
    demand_known("team", &args.team, contracts.iter().filter_map(|contract| contract.publisher.team.as_deref()))?;
    let filter = Filter {
        words: args.words.clone(),
        pii: args.pii,
        teams: args.team.clone(),
        contracts: named,
        statuses: args.status.iter().map(|status| status.0).collect(),
    };
    let dictionary = Dictionary::new(&shown.registry, &filter);
    let counts = dictionary.counts();
    if counts.fields == 0 {
        output.note("no field fits");
    }
    let text = match args.format {
        Format::Table => {
            let mut text = dictionary::table(&dictionary, output.style().width);
            if !output.quiet && counts.fields > 0 {
                text.push_str(&summary(counts));
            }
            text
        }
        Format::Markdown => dictionary::markdown(&dictionary),
        Format::Json => format!("{:#}\n", dictionary::json(&dictionary, shown.revision.as_deref())),
    };
    shown.write(&text, output)?;
    Ok(Exit::Clean)
}

fn summary(counts: Counts) -> String {
    let pii = if counts.pii > 0 { format!(", {} of personal data", counts.pii) } else { String::new() };
    format!(
        "\n{} in {} of {}{pii}.\n",
        counted(counts.fields, "field"),
        counted(counts.datasets, "dataset"),
        counted(counts.contracts, "contract"),
    )
}
