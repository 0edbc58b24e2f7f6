//! The service: contracts with their databases, and the three questions.

mod answers;
mod breakage;
mod database;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as Route, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use pact::format;
use pact::io::fs::ReadError;
use pact::model::{Contract, SourceId};
use pact::source::SourceFile;

pub(crate) use breakage::{Breakage, Kind};

/// How contracts are served.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of the CSV files.
    pub(crate) data: PathBuf,
    /// The folder of the SQLite files.
    pub(crate) work: PathBuf,
    /// Whether the newest time of each dataset becomes now.
    pub(crate) fresh: bool,
    /// Whether contracts without any CSV file are passed over.
    pub(crate) only_with_data: bool,
    /// Which promises are broken.
    pub(crate) breakages: Vec<Breakage>,
}

/// A contract with its database.
pub(crate) struct Served {
    contract: Contract,
    database: PathBuf,
    /// When the rows were imported.
    imported: jiff::Timestamp,
    breakages: Vec<Kind>,
}

/// All contracts that are served, by name.
#[derive(Clone)]
pub(crate) struct Service {
    served: Arc<BTreeMap<String, Served>>,
}

impl Service {
    /// Reads contracts and makes their databases. Files that are no contracts (subscriptions, calendars) are passed over.
    pub(crate) fn new(files: &[PathBuf], options: &Options) -> Result<Self, String> {
        let mut served = BTreeMap::new();
        for file in files {
            if let Some(contract) = read_contract(file)?
                && !(options.only_with_data && has_no_data(&contract, options))
            {
                served.insert(contract.name.clone(), prepare(contract, options)?);
            }
        }
        if served.is_empty() {
            return Err("there is no contract to serve".to_owned());
        }
        match options.breakages.iter().find(|breakage| !served.values().any(|one| breakage.is_for(&one.contract))) {
            Some(unused) => {
                Err(format!("`{unused}` breaks nothing: no such contract is served, or it has no such field"))
            }
            None => Ok(Self { served: Arc::new(served) }),
        }
    }

    /// The names of the contracts.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.served.keys().map(String::as_str).collect()
    }

    /// The routes.
    pub(crate) fn router(&self) -> Router {
        let several = Router::new().route("/{contract}/{question}", get(answer_of));
        let only = Router::new().route("/{question}", get(answer_of_only));
        several.merge(only).with_state(self.clone())
    }
}

fn read_contract(file: &Path) -> Result<Option<Contract>, String> {
    let text = pact::io::fs::read_text(file, None)
        .map_err(|error| format!("cannot read {}: {}", file.display(), plain(&error)))?;
    let document = format::read(SourceId(0), SourceFile::new(file, text));
    match document.problems.first() {
        Some(problem) => Err(format!("{}: {}; `pact lint` shows everything", file.display(), problem.message)),
        None => Ok(document.contract().cloned()),
    }
}

fn plain(error: &ReadError) -> String {
    match error {
        ReadError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        ReadError::Io(error) => error.to_string(),
        ReadError::NotAFile(what) => format!("it is {what}, not a file"),
        ReadError::Outside(real) => format!("it leads to {}", real.display()),
        ReadError::TooLarge(size) => format!("it has {size} bytes, which is too much"),
        ReadError::NotUtf8(at, _) => format!("it is not UTF-8 at byte {at}"),
    }
}

fn prepare(contract: Contract, options: &Options) -> Result<Served, String> {
    let breakages: Vec<Kind> = options
        .breakages
        .iter()
        .filter(|breakage| breakage.is_for(&contract))
        .map(|breakage| breakage.kind.clone())
        .collect();
    let imported = pact::io::clock::now();
    let database = database::make(&contract, options, &breakages, imported)?;
    Ok(Served { contract, database, imported, breakages })
}

fn has_no_data(contract: &Contract, options: &Options) -> bool {
    !contract.datasets.iter().any(|dataset| database::csv_file(options, dataset).exists())
}

async fn answer_of(State(service): State<Service>, Route((contract, question)): Route<(String, String)>) -> Response {
    answer(&service, &contract, &question).await
}

/// A service with a single contract needs no name in its address.
async fn answer_of_only(State(service): State<Service>, Route(question): Route<String>) -> Response {
    match service.names().as_slice() {
        [only] => answer(&service, only, &question).await,
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn answer(service: &Service, contract: &str, question: &str) -> Response {
    let Some(served) = service.served.get(contract) else { return StatusCode::NOT_FOUND.into_response() };
    for breakage in &served.breakages {
        match breakage {
            Kind::Slow(time) => tokio::time::sleep(*time).await,
            Kind::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
            _ => {}
        }
    }
    let (service, name, question) = (service.clone(), contract.to_owned(), question.to_owned());
    // Asking the database blocks, and must not hold up other requests.
    let answered = tokio::task::spawn_blocking(move || {
        let served = service.served.get(&name)?;
        Some(match question.as_str() {
            "health" => answers::health(served),
            "schema" => answers::schema(served),
            "metrics" => answers::metrics(served),
            _ => return None,
        })
    });
    match answered.await {
        Ok(Some(Ok(json))) => Json(json).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Ok(Some(Err(error))) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
