//! The clock. Everything that judges takes the time as a value; only the command line asks for it.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

/// The present instant.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The variable of the environment that says which day it is, for tests and for questions about another day.
pub const TODAY: &str = "PACT_TODAY";

/// Today: the day that [`TODAY`] names, else that in the zone of this machine.
pub fn today() -> Date {
    given().ok().flatten().unwrap_or_else(local)
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
fn local() -> Date {
    Zoned::now().date()
}

/// The day that the environment names, if it does.
///
/// # Errors
///
/// The text there, where it is no date.
pub fn given() -> Result<Option<Date>, String> {
    let Some(text) = std::env::var_os(TODAY).filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = text.to_string_lossy().into_owned();
    if text.len() == 10 { text.parse().map(Some).map_err(|_| text) } else { Err(text) }
}
