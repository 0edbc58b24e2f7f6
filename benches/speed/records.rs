//! How fast `pact check --records` goes through a stream, beside a loop on one core that makes a `serde_json::Value` of each
//! line and asks nothing of it.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::{command, median};

const RECORDS: u64 = 800_000;
const RUNS: usize = 5;
/// How many megabytes there should be in a second, on two cores.
const GOAL: f64 = 400.0;

/// Ten rules: eight constraints and two expressions.
const CONTRACT: &str = r#"
name: orders
version: 1.0.0
schema:
  - {name: order_id, data_type: integer, constraints: [{type: min, value: 1}]}
  - {name: customer_id, data_type: integer, constraints: [{type: min, value: 1}]}
  - {name: customer, data_type: string, constraints: [{type: max_length, value: 100}]}
  - {name: email, data_type: string, constraints: [{type: regex, value: "@"}]}
  - {name: state, data_type: string, constraints: [{type: enum, value: [new, paid, shipped, delivered]}]}
  - {name: amount, data_type: decimal, constraints: [{type: min, value: 0}]}
  - {name: quantity, data_type: integer, constraints: [{type: min, value: 1}]}
  - {name: placed_at, data_type: timestamp}
  - {name: country, data_type: string, constraints: [{type: max_length, value: 2}]}
  - {name: note, data_type: string}
rules:
  technical:
    - {name: dear, expression: "amount >= quantity * 0.01"}
    - {name: late, expression: "placed_at >= date '2020-01-01'"}
"#;

/// Checks records that are good ones, all of them, and prints how fast that was.
pub(crate) fn report(program: &Path, scratch: &Path) {
    let folder = scratch.join("records");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("orders.yaml"), CONTRACT).expect("a contract");
    let records = records();
    fs::write(folder.join("orders.ndjson"), &records).expect("records");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(checked(program, &folder));
        theirs.push(parsed(&records));
    }
    #[expect(clippy::cast_precision_loss, reason = "megabytes are few")]
    let speed = |times: Vec<Duration>| records.len() as f64 / 1e6 / median(times).as_secs_f64();
    let (ours, theirs) = (speed(ours), speed(theirs));
    let mark = if ours < GOAL { " below the goal" } else { "" };
    println!("\n{:42} {:>10} {:>10} {:>18} {:>6}", "", "MB/s", "goal", "serde_json::Value", "ratio");
    let name = format!("check {} MB of records, ten rules", records.len() / 1_000_000);
    println!("{name:42} {ours:>10.0} {GOAL:>10.0} {theirs:>18.0} {:>6.2}{mark}", ours / theirs);
}

fn checked(program: &Path, folder: &Path) -> Duration {
    let start = Instant::now();
    let args = ["check", "orders.yaml", "--records", "orders.ndjson", "--quiet"];
    let status = command(program, folder, &args).status().expect("pact starts");
    let time = start.elapsed();
    assert_eq!(status.code(), Some(0), "the records of this benchmark are good ones");
    time
}

fn parsed(records: &[u8]) -> Duration {
    let start = Instant::now();
    let lines = records.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let count = lines.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok()).count();
    assert_eq!(count as u64, RECORDS, "each line is a record");
    start.elapsed()
}

/// Records of some 250 bytes, one a line, the same in every run.
fn records() -> Vec<u8> {
    let names = ["Alice Smith", "Bob Jones", "Carla Gómez", "Dieter Müller", "Eve Martin"];
    let states = ["new", "paid", "shipped", "delivered"];
    let countries = ["DE", "FR", "IT", "ES", "NL"];
    let notes = ["deliver to the side entrance please", "none", "deliver to the side entrance please"];
    let mut state = 1u64;
    // The high bits of Knuth's generator.
    let mut below = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let mut text = Vec::new();
    for id in 1..=RECORDS {
        let (customer, amount) = (below(100_000) + 1, below(50_000) + 1);
        let mut one = |list: &[&'static str]| list[usize::try_from(below(list.len() as u64)).unwrap_or_default()];
        let (name, state, country, note) = (one(&names), one(&states), one(&countries), one(&notes));
        let (month, day, hour, minute, second) = (below(12) + 1, below(28) + 1, below(24), below(60), below(60));
        writeln!(
            text,
            "{{\"order_id\": {id}, \"customer_id\": {customer}, \"customer\": \"{name}\", \"email\": \
             \"user{amount}@example.com\", \"state\": \"{state}\", \"amount\": {amount}.{:02}, \"quantity\": {}, \
             \"placed_at\": \"2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z\", \"country\": \"{country}\", \
             \"note\": \"{note}\"}}",
            amount % 100,
            below(8) + 1,
        )
        .expect("memory");
    }
    text
}
