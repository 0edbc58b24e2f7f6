//! What the engine complains of, in sentences for people.

use std::error::Error;
use std::fmt;

use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;

use crate::io::data::Trouble;

/// A sentence that is for people already.
#[derive(Debug)]
pub(super) struct Told(pub(super) String);

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Error for Told {}

/// What an error of the engine means.
pub(super) fn of(error: &DataFusionError, memory: usize) -> Trouble {
    let root = error.find_root();
    if let Some(told) = told(root) {
        return Trouble::Lost(told);
    }
    if let Some(told) = super::bucket::of_error(root) {
        return Trouble::Lost(told);
    }
    let text = match root {
        DataFusionError::ResourcesExhausted(_) => {
            return Trouble::OutOfMemory(format!(
                "it needs more memory than the {} MB that it may have, and spilling to disk did not help; give it more, or look at \
                 fewer rows with `--sample`",
                memory >> 20
            ));
        }
        DataFusionError::ArrowError(error, _) => match error.as_ref() {
            ArrowError::DivideByZero => "its SQL divides by zero; write `nullif(divisor, 0)`".to_owned(),
            ArrowError::ArithmeticOverflow(_) => "its SQL computes a number that is too large for its type".to_owned(),
            ArrowError::CastError(text) | ArrowError::ParseError(text) => {
                format!("a value is not of the type that its SQL needs: {text}")
            }
            ArrowError::ParquetError(text) => return damaged(text),
            other => other.to_string(),
        },
        DataFusionError::Plan(text)
        | DataFusionError::Execution(text)
        | DataFusionError::NotImplemented(text)
        | DataFusionError::Configuration(text) => text.clone(),
        DataFusionError::ParquetError(error) => {
            return damaged(&error.to_string());
        }
        DataFusionError::SchemaError(error, _) => error.to_string(),
        DataFusionError::SQL(error, _) => format!("its SQL can't be read: {error}"),
        DataFusionError::ObjectStore(error) => {
            return Trouble::Lost(format!("a file can't be read: {}", first_line(&error.to_string())));
        }
        DataFusionError::IoError(error) => return Trouble::Lost(format!("a file can't be read: {error}")),
        other => other.strip_backtrace(),
    };
    Trouble::Refused(first_line(&text))
}

fn damaged(what: &str) -> Trouble {
    let what = what.strip_prefix("Parquet error: ").unwrap_or(what);
    Trouble::Lost(format!("the Parquet data is damaged: {}", first_line(what)))
}

/// The sentence of our own within an error.
fn told(root: &DataFusionError) -> Option<String> {
    let mut next: Option<&(dyn Error + 'static)> = Some(root);
    while let Some(error) = next {
        if let Some(told) = error.downcast_ref::<Told>() {
            return Some(told.0.clone());
        }
        next = match error.downcast_ref::<DataFusionError>() {
            Some(DataFusionError::External(inner)) => Some(inner.as_ref()),
            _ => error.source(),
        };
    }
    None
}

/// Long lists of candidates and notes for developers follow behind the first line.
fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let line = ["Internal error: ", "Error during planning: "]
        .iter()
        .fold(line, |line, head| line.strip_prefix(head).unwrap_or(line));
    let cut = line
        .find(". This issue was likely caused by a bug")
        .or_else(|| line.find(" Valid fields are "))
        .or_else(|| line.find(", errors: "));
    let mut line = line.get(..cut.unwrap_or(line.len())).unwrap_or(line).trim_end_matches('.').to_owned();
    if let Some((end, _)) = line.char_indices().nth(300) {
        line.truncate(end);
        line.push_str("...");
    }
    line
}
