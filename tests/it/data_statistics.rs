//! Rules about the shape of values: the same numbers from files, SQLite and PostgreSQL.

use rusqlite::Connection;
use serde_json::Value as Json;

use crate::support::{Folder, Ran};

/// Each statistic with a bound that it keeps and one that it breaks. `SOURCE` is where the rows are.
pub(crate) const CONTRACT: &str = "\
name: payments
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer}
  - {name: amount, data_type: decimal, precision: 12, scale: 2}
  - {name: status, data_type: string}
  - {name: country, data_type: string}
  - {name: salary, data_type: integer, is_pii: true}
  - {name: ratio, data_type: float}
rules:
  technical:
    - {name: usual, field: amount, metric: mean, baseline: 29, deviation: 10%}
    - {name: unusual, field: amount, metric: mean, baseline: 52.5, deviation: 10%}
    - {name: home, field: amount, metric: mean, where: country = 'NL', baseline: 30, deviation: 0.5}
    - {name: spread, field: amount, metric: standard_deviation, must_be_less_than: 17}
    - {name: wide, field: amount, metric: standard_deviation, must_be_less_than: 16.62}
    - {name: least, field: amount, metric: minimum, must_be: 10}
    - {name: more, field: amount, metric: minimum, must_be_greater_than: 10}
    - {name: most, field: amount, metric: maximum, must_be_less_or_equal_to: 52.5}
    - {name: less, field: amount, metric: maximum, must_be_less_than: 52.5}
    - {name: p95, field: amount, metric: quantile, arguments: {quantile: 0.95}, must_be_between: [40, 50.1]}
    - {name: p50, field: amount, metric: quantile, arguments: {quantile: 0.5}, must_be_less_than: 30}
    - {name: p100, field: amount, metric: quantile, arguments: {quantile: 1}, must_be: 52.5}
    - {name: p25, field: amount, metric: quantile, arguments: {quantile: 0.25}, where: country = 'NL', must_be: 20}
    - {name: countries, field: country, metric: distinct_values, must_be_between: [2, 4]}
    - {name: many, field: country, metric: distinct_values, must_be_greater_than: 3}
    - {name: paid, field: status, metric: share, arguments: {values: [paid]}, baseline: 0.75, deviation: 0.05}
    - {name: unpaid, field: status, metric: share, arguments: {values: [open, lost]}, unit: percent, must_be_less_than: 20}
    - {name: none, field: amount, metric: mean, where: country = 'IT', must_be: 0}
    - {name: none_most, field: amount, metric: quantile, arguments: {quantile: 0.5}, where: country = 'IT', must_be: 0}
    - {name: none_paid, field: status, metric: share, arguments: {values: [paid]}, where: country = 'IT', must_be: 0}
    - {name: none_many, field: country, metric: distinct_values, where: country = 'IT', must_be_greater_than: 1}
    - {name: alone, field: amount, metric: standard_deviation, where: country = 'FR', must_be: 0}
    - {name: rich, field: salary, metric: maximum, must_be_less_than: 100}
    - {name: pay, field: salary, metric: mean, must_be_less_than: 100}
    - {name: words, field: status, metric: mean, must_be: 0}
    - {name: enough, metric: row_count, baseline: 5, deviation: 20%}
SOURCE
";

#[cfg(feature = "engine")]
const NAMES: &str = "id, amount, status, country, salary, ratio";

/// The rows, as SQL.
pub(crate) const ROWS: &str = "\
(1, 10, 'paid', 'NL', 1, 1), (2, 20, 'paid', 'DE', 2, 2), (3, 30, 'open', 'NL', 3, 3), (4, 40, 'paid', 'FR', 4, 4), \
(5, 52.5, NULL, 'NL', 5, 5), (6, NULL, 'paid', 'NL', 6, 6)";

/// What comes of each rule: its verdict, what was promised, and what was found.
const EXPECTED: &[(&str, &str, &str, &str)] = &[
    ("usual", "pass", "`amount` with a mean of 26.1 to 31.9, the baseline 29 give or take 10%", "30.5"),
    ("unusual", "fail", "`amount` with a mean of 47.25 to 57.75, the baseline 52.5 give or take 10%", "30.5"),
    ("home", "fail", "`amount` with a mean of 29.5 to 30.5, the baseline 30 give or take 0.5", "30.833333"),
    ("spread", "pass", "`amount` with a standard deviation of less than 17", "16.62077"),
    ("wide", "fail", "`amount` with a standard deviation of less than 16.62", "16.62077"),
    ("least", "pass", "`amount` with a minimum of 10", "10"),
    ("more", "fail", "`amount` with a minimum of more than 10", "10"),
    ("most", "pass", "`amount` with a maximum of at most 52.5", "52.5"),
    ("less", "fail", "`amount` with a maximum of less than 52.5", "52.5"),
    ("p95", "pass", "`amount` with a 0.95 quantile between 40 and 50.1", "50"),
    ("p50", "fail", "`amount` with a 0.5 quantile of less than 30", "30"),
    ("p100", "pass", "`amount` with a 1 quantile of 52.5", "52.5"),
    ("p25", "pass", "`amount` with a 0.25 quantile of 20", "20"),
    ("countries", "pass", "`country` with a count of distinct values between 2 and 4", "3"),
    ("many", "fail", "`country` with a count of distinct values of more than 3", "3"),
    ("paid", "pass", "`status` with a share of `paid` of 0.7 to 0.8, the baseline 0.75 give or take 0.05", "0.8"),
    ("unpaid", "fail", "`status` with a share of `open` or `lost` of less than 20%", "20%"),
    ("none", "omit", "`amount` with a mean of 0", "there are no values, and so no `mean`"),
    ("none_most", "omit", "`amount` with a 0.5 quantile of 0", "there are no values, and so no `quantile`"),
    ("none_paid", "omit", "`status` with a share of `paid` of 0", "there are no values"),
    ("none_many", "fail", "`country` with a count of distinct values of more than 1", "0"),
    ("alone", "omit", "`amount` with a standard deviation of 0", "one value alone has no standard deviation"),
    ("rich", "omit", "a maximum of less than 100", "`salary` is personal data, of which no value is shown"),
    ("pay", "pass", "`salary` with a mean of less than 100", "3.5"),
    ("words", "error", "a mean of 0", "`mean` is told of numbers, and `status` is of the type `string`"),
    ("enough", "pass", "a row count of 4 to 6, the baseline 5 give or take 20%", "6"),
];

/// Holds what `pact check --format json` says against what is expected.
pub(crate) fn are_as_expected(ran: &Ran) {
    let json: Json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let results = json["contracts"][0]["results"].as_array().expect("results");
    for (name, verdict, promised, actual) in EXPECTED {
        let promised = format!("{promised} (`{name}`)");
        let found = results.iter().find(|one| one["expected"] == *promised);
        let found = found.unwrap_or_else(|| panic!("no {promised}: {json:#}"));
        assert_eq!((found["verdict"].as_str(), found["actual"].as_str()), (Some(*verdict), Some(*actual)), "{name}");
    }
    let mean = results.iter().find(|one| one["evidence"]["id"] == "home mean").expect("a result");
    let value = mean["evidence"]["value"].as_f64().expect("a number");
    assert!((value - 92.5 / 3.0).abs() < 1e-12, "{value} is not rounded");
    assert_eq!(mean["evidence"]["rows"], 3, "nulls are no values");
}

/// A repository whose contract names this source.
pub(crate) fn repository(source: &str) -> Folder {
    let folder = Folder::new();
    let contract = CONTRACT.replace("SOURCE", &format!("sources: {{test: {source}}}"));
    folder.write("pact.yaml", "contracts: contracts\n").write("contracts/payments.yaml", contract);
    folder
}

fn sqlite(source: &str, rows: &str) -> Folder {
    let folder = repository(source);
    let connection = Connection::open(folder.path().join("shop.db")).expect("a database");
    let table = format!(
        "CREATE TABLE payments (id INTEGER, amount NUMERIC, status TEXT, country TEXT, salary INTEGER, ratio REAL);
         INSERT INTO payments VALUES {rows}"
    );
    connection.execute_batch(&table).expect("rows");
    folder
}

fn checked(folder: &Folder, args: &[&str]) -> Ran {
    folder.pact(&[&["check", "--no-ledger"], args].concat())
}

#[test]
fn sqlite_tells_the_shape_of_values() {
    let folder = sqlite("{type: sqlite, path: shop.db}", ROWS);
    are_as_expected(&checked(&folder, &["--format", "json"]));
    are_as_expected(&checked(&folder, &["--sample", "6", "--format", "json"]));
    let explained = checked(&folder, &["--explain"]).stdout;
    let passes = explained.matches("query ").count();
    assert_eq!(passes, 7, "one for all, one for each quantile, one for the count of rows: {explained}");
}

#[cfg(feature = "engine")]
#[test]
fn files_tell_the_shape_of_values() {
    let folder = repository("{type: csv, path: payments.csv}");
    let rows = ROWS.replace("), (", "\n").replace(['(', ')', '\'', ' '], "").replace("NULL", "");
    folder.write("payments.csv", format!("{}\n{rows}\n", NAMES.replace(' ', "")));
    are_as_expected(&checked(&folder, &["--format", "json"]));

    let folder = repository("{type: parquet, path: payments.parquet}");
    let sql = format!(
        "SELECT id::int AS id, amount::decimal(12,2) AS amount, status, country, salary::int AS salary, ratio::double AS ratio \
         FROM (VALUES {ROWS}) AS t ({NAMES})"
    );
    crate::data_files::write(&folder, "payments.parquet", "PARQUET", &sql);
    are_as_expected(&checked(&folder, &["--format", "json"]));
}

#[test]
fn a_stream_does_not_tell_the_shape_of_values() {
    let folder = repository("{type: sqlite, path: shop.db}");
    folder.write("rows.ndjson", "{\"id\": 1, \"amount\": 5}\n");
    let ran = folder.pact(&["check", "payments", "--records", "rows.ndjson", "--format", "json"]);
    assert!(ran.stdout.contains("data at rest"), "{ran:?}");
    assert!(!ran.stdout.contains("\"spread\""), "{ran:?}");
}
