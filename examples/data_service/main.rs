//! A data service that keeps to pact's convention (docs/data-service.md): the reference to copy, and what the demo and the
//! tests check against.
//!
//! It reads contracts, makes a SQLite file for each from CSV files, and answers `/health`, `/schema` and `/metrics` by asking
//! that file. With `--break` it breaks what the contract promises.

mod service;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use service::{Breakage, Options, Service};

/// Serve contracts from CSV files, as pact's data service convention says
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  data_service contracts/orders.yaml --data data
  data_service --contracts contracts --data data --fresh
  data_service --contracts contracts --data data --break orders/drop-column:amount --break slow:5s

Each contract is served at /NAME/health and so on; a single one at /health as well.
Each dataset has a CSV file, DATA/NAME.csv, with the names of the fields in its first line;
an empty cell is NULL.

Breakages, for every contract or as CONTRACT/BREAKAGE for one:
  drop-column:FIELD  change-type:FIELD  nulls:FIELD  empty
  stale:TIME  slow:TIME  wrong-version  down
FIELD is a field's name, or DATASET.FIELD where several datasets have it.")]
struct Args {
    /// Contracts to serve
    #[arg(value_name = "CONTRACT", required_unless_present = "contracts")]
    files: Vec<PathBuf>,
    /// Serve every contract of this folder that has data
    #[arg(long, value_name = "FOLDER")]
    contracts: Option<PathBuf>,
    /// The folder of the CSV files
    #[arg(long, value_name = "FOLDER", default_value = "data")]
    data: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one, which is printed
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Move all times (datetime and timestamp fields, not dates) so that the newest of each dataset is now
    #[arg(long)]
    fresh: bool,
    /// The folder of the SQLite files; a new temporary one if not given
    #[arg(long, value_name = "FOLDER")]
    work: Option<PathBuf>,
    /// Break a promise
    #[arg(long = "break", value_name = "BREAKAGE", value_parser = Breakage::parse)]
    breakages: Vec<Breakage>,
}

#[tokio::main]
#[expect(clippy::print_stderr, reason = "a small program of its own")]
async fn main() -> ExitCode {
    match serve(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "whoever starts it waits for this line")]
async fn serve(args: Args) -> Result<(), String> {
    let mut files = args.files;
    if let Some(folder) = &args.contracts {
        let found = pact::io::fs::contract_files(folder, std::slice::from_ref(folder), &[])?;
        files.extend(found);
    }
    let work =
        args.work.unwrap_or_else(|| std::env::temp_dir().join(format!("pact-data-service-{}", std::process::id())));
    let only_with_data = args.contracts.is_some();
    let options = Options { data: args.data, work, fresh: args.fresh, only_with_data, breakages: args.breakages };
    let service = Service::new(&files, &options)?;
    let names = service.names().join(", ");
    let address = ("127.0.0.1", args.port);
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on port {}: {error}; choose another with --port", args.port))?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    println!("ready: http://127.0.0.1:{port} serves {names}");
    axum::serve(listener, service.router()).await.map_err(|error| error.to_string())
}
