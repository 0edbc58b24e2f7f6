//! `pact impact`: who is hit if something changes.

use std::path::Path;

use super::Exit;
use super::error::Error;
use super::output::{Format, Output};
use super::shown;
use crate::io::clock;
use crate::source::words::{nearest, nearest_address, quoted};
use crate::view::impact::{self, Element, Impact};

/// Tell who is hit if a contract, a dataset or a field changes: consumers, and contracts that hang on it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact impact orders                  everybody who uses the contract, by its name or its `id`
  pact impact customers.customer_id   everybody who uses the field, also through other contracts
  pact impact orders.order_lines.sku --format json | jq -r '.contacts[]'

Links are followed to their end: foreign keys, `lineage.derived_from` and `lineage.depends_on`, and the consumers of \
all that hangs on them. `pact diff` tells who is hit by a change that was made.")]
pub(super) struct Args {
    /// A contract (its name or its `id`), `contract.dataset`, `contract.field` or `contract.dataset.field`
    #[arg(value_name = "ELEMENT")]
    element: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    shown: shown::Options,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let shown = args.shown.open(directory, output)?;
    let index = shown.registry.index();
    let is_calendar = shown.registry.calendars.iter().any(|calendar| calendar.name == args.element);
    let subscription = shown.registry.subscriptions.iter().find(|subscription| subscription.name == args.element);
    let subject = Element::of(&index, &args.element).map_err(|contract| {
        let (error, known): (Error, Vec<&str>) = match contract {
            None if is_calendar => {
                return Error::new(format!("{} is a calendar, and not a contract", quoted(&args.element)))
                    .hint("`pact dict` lists the contracts");
            }
            None if subscription.is_some() => {
                let used = subscription.map_or("CONTRACT", |subscription| subscription.contract.as_str());
                return Error::new(format!("{} is a subscription, and not a contract", quoted(&args.element)))
                    .hint(format!("`pact impact {used}` tells whom the contract that it uses hits"));
            }
            None => (Error::new(format!("there is no contract {}", quoted(&args.element))), index.names().collect()),
            Some(contract) => {
                let error = Error::new(format!(
                    "the contract {} has no such element as {}",
                    contract.name,
                    quoted(&args.element)
                ));
                let datasets = contract.datasets.iter().map(|dataset| dataset.name.as_str());
                let fields = contract.datasets.iter().flat_map(|dataset| &dataset.fields);
                (error, datasets.chain(fields.map(|field| field.name.as_str())).collect())
            }
        };
        let near = match contract {
            None => nearest_address(&args.element, &known),
            Some(_) => nearest(args.element.rsplit('.').next().unwrap_or_default(), known).map(str::to_owned),
        };
        match near {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`pact dict` lists what there is"),
        }
    })?;
    let found = Impact::of(&shown.registry, subject, clock::today());
    let text = match args.format {
        Format::Human => impact::human(&found),
        Format::Json => format!("{:#}\n", impact::json(&found, shown.revision.as_deref())),
    };
    shown.write(&text, output)?;
    Ok(Exit::Clean)
}
