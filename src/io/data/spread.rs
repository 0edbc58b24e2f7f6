//! The standard deviation, which SQLite has no function for.

use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};

/// How far numbers lie from their mean, told from one pass over them and without large sums that cancel each other (B. P. Welford, 1962).
#[derive(Debug, Default)]
struct Spread {
    count: f64,
    mean: f64,
    /// The sum of the squares of what each number is away from the mean.
    squares: f64,
}

impl Spread {
    fn add(&mut self, number: f64) {
        self.count += 1.0;
        let away = number - self.mean;
        self.mean += away / self.count;
        self.squares += away * (number - self.mean);
    }

    /// That of a sample; `None` of less than two numbers.
    fn standard_deviation(&self) -> Option<f64> {
        (self.count >= 2.0).then(|| (self.squares / (self.count - 1.0)).sqrt())
    }
}

/// `stddev_samp` of SQL.
struct OfSample;

impl Aggregate<Spread, Option<f64>> for OfSample {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Spread> {
        Ok(Spread::default())
    }

    fn step(&self, context: &mut Context<'_>, spread: &mut Spread) -> rusqlite::Result<()> {
        if let Some(number) = context.get::<Option<f64>>(0)? {
            spread.add(number);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, spread: Option<Spread>) -> rusqlite::Result<Option<f64>> {
        Ok(spread.and_then(|spread| spread.standard_deviation()))
    }
}

/// Makes the function known.
pub(super) fn register(connection: &Connection, flags: FunctionFlags) -> rusqlite::Result<()> {
    connection.create_aggregate_function("stddev_samp", 1, flags, OfSample)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(sql: &str) -> Option<f64> {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection, FunctionFlags::SQLITE_UTF8).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_spread_of_a_sample_is_that_of_sql() {
        let of = |values: &str| asked(&format!("SELECT stddev_samp(column1) FROM (VALUES {values})"));
        assert_eq!(of("(2), (4), (4), (NULL), (4), (5), (5), (7), (9)"), Some((32.0_f64 / 7.0).sqrt()));
        // Sums of squares would leave nothing of it.
        assert_eq!(of("(1e15), (1e15 + 1), (1e15 + 2)"), Some(1.0));
        assert_eq!(of("(5)"), None);
        assert_eq!(of("(NULL)"), None);
        assert_eq!(asked("SELECT stddev_samp(1) FILTER (WHERE false)"), None);
    }
}
