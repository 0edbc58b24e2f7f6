//! The clock. Everything that judges takes the time as a value; only the command line asks for it.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

/// The present instant.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Today in the zone of this machine.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
pub fn today() -> Date {
    Zoned::now().date()
}
