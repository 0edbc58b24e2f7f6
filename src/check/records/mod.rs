//! Records of a stream held against a contract, one line of JSON at a time and in memory that does not grow with the stream.
//!
//! A [`Plan`] is what a dataset expects, compiled: where its fields are in a record ([`layout`]), and a check for each
//! expectation ([`check`](self::check)). [`Plan::judge`] looks at a piece of whole lines, knows nothing of other pieces, and so
//! can be called for many at once; a [`Tally`] takes what came of them in order, finds the keys that occur twice, and
//! counts. [`results`] judges the counts.

mod bytes;
mod check;
mod coerce;
mod excerpt;
mod expected;
mod keys;
mod layout;
mod line;
mod outcomes;
mod plan;
mod read;
mod scan;
mod tally;
#[cfg(test)]
mod tests;
mod verdict;

pub use coerce::{Change, Coercion};
pub use excerpt::has_personal as is_personal;
pub use expected::expected;
pub use line::{Broken, Fate, Judged, Line};
pub use plan::{Options, Plan};
pub use tally::{Bounds, Count, Example, Sorted, Tally};
pub use verdict::{Finding, of_all, results, time_field};
