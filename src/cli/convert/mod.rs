//! `pact convert`: contracts from one format to another, and to the newest edition of the ODCS.

mod input;
mod one;
mod report;
mod target;

use std::path::{Path, PathBuf};

use super::Exit;
use super::error::Error;
use super::output::{Format, Output};
use super::workspace::Workspace;
use crate::format::{Content, Document, OdcsVersion, Outcome};
use crate::report::sanitize;
use one::Done;

/// Convert contracts between the native format and ODCS, and bring old files to the newest ODCS
///
/// ODCS 2.2, 3.0 and 3.1 become 3.2.0 in place: comments, order, quoting and variables stay as they are. Files of the Data
/// Contract Specification and contracts in the other format are written anew. What the target can't say as it was said is told,
/// and kept where that is possible.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact convert orders.yaml --to odcs                 the new text to standard output
  pact convert orders.odcs.yaml --to native -o contracts/orders.yaml
  pact convert contracts --to odcs --in-place        all of a folder
  pact convert old/*.yaml --to odcs --output new     into a folder
  pact convert - --to odcs < datacontract.yaml       from standard input
  pact convert orders.yaml --to odcs --format json -o orders.odcs.yaml | jq '.files[].notes'

With --in-place a file keeps its name where it keeps its format. What changes its format is written beside it: \
`orders.yaml` as `orders.odcs.yaml`, and `orders.odcs.yaml` as `orders.yaml`. Remove the old file when you are done, since two \
contracts of one name are an error.

Exit codes: 0 converted, 1 converted and something is lost, 2 something could not be converted. A file whose form is wrong is \
refused and left alone.")]
pub(super) struct Args {
    /// Files and folders; `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The format to convert to
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: To,
    /// The version of the ODCS to write, 3.2.0 if not given; a file of the ODCS is brought to 3.2.0 only
    #[arg(long, value_name = "VERSION", value_parser = version)]
    odcs_version: Option<OdcsVersion>,
    /// Write to a file, or into a folder as the files lie below the folders given; `-` is standard output
    #[arg(long, short, value_name = "PATH", conflicts_with = "in_place")]
    output: Option<PathBuf>,
    /// Write each file in its place, or beside itself where it changes its format
    #[arg(long)]
    in_place: bool,
    /// Overwrite other files that are there
    #[arg(long)]
    force: bool,
    /// How to print what was done
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// The format to convert to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    /// The Open Data Contract Standard
    Odcs,
    /// pact's own format
    Native,
}

fn version(text: &str) -> Result<OdcsVersion, String> {
    let wanted = text.strip_prefix('v').unwrap_or(text);
    OdcsVersion::ALL.into_iter().find(|version| version.name() == wanted).ok_or_else(|| {
        let known: Vec<&str> = OdcsVersion::ALL.iter().map(|version| version.name()).collect();
        format!("there are {}", known.join(", "))
    })
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    if let (To::Native, Some(_)) = (args.to, args.odcs_version) {
        return Err(Error::new("--odcs-version means nothing with --to native").hint("leave one of the two out"));
    }
    let workspace = Workspace::open(directory, output)?;
    let (documents, inputs) = input::load(args, &workspace)?;
    let target = target::Target::of(args, &workspace, &inputs)?;
    let mut done = Vec::new();
    for (document, input) in documents.iter().zip(inputs) {
        // In a folder of contracts there may be other documents, which have no other format.
        if let Some(what) = Some(document).filter(|_| !input.is_named).and_then(beside_contracts) {
            let shown = sanitize::line(&document.file.path().display().to_string());
            output.note(&format!("{shown}: {what} stays as it is: it has no other format"));
            continue;
        }
        let result = one::convert(document, args.to, args.odcs_version.unwrap_or(OdcsVersion::NEWEST));
        done.push(Done { document, input, result, written: None });
    }
    target.demand_free(&mut done, args.force, &workspace);
    let mut exit = Exit::Clean;
    for one in &mut done {
        match &one.result {
            Ok(converted) => {
                if converted.written.notes.iter().any(|note| note.outcome == Outcome::Lost) && exit == Exit::Clean {
                    exit = Exit::Findings;
                }
                one.written = target.write(one, converted, &workspace)?;
            }
            Err(_) => exit = Exit::Failed,
        }
    }
    report::print(args.format, &done, &documents, &workspace, output)?;
    Ok(exit)
}

/// What a document is that stands beside contracts; `None` for a contract.
fn beside_contracts(document: &Document) -> Option<&'static str> {
    match document.content.as_ref()? {
        Content::Contract(_) => None,
        Content::Subscription(_) => Some("a subscription"),
        Content::Calendar(_) => Some("a calendar"),
    }
}
