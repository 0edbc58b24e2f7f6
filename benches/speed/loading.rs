//! How fast texts become contracts: ODCS beside pact's own format, by the byte, in the same run and without files or threads.
//! That is parsing, judging the form and building the model; linting is none of it.
//!
//! Both sides become the same model but for the name of the format, which is checked before. Both are as people write them:
//! each field with its logical and physical type and a description, most with a promise that they are not null; keys,
//! examples, allowed values, bounds, tags and measured rules at some of them; and around them an owner, a channel, a server,
//! service levels and a custom property. What ODCS has no word for, and pact keeps in its own words, is not in them.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use pact::format;
use pact::model::{Contract, SourceId};
use pact::source::SourceFile;

use crate::contracts::FIELDS;

const CONTRACTS: usize = 200;
const RUNS: usize = 21;
/// Per cent of the native speed.
const GOAL: f64 = 70.0;

/// Loads both in turn, and prints what it took.
pub(crate) fn report() {
    let names: Vec<String> = (0..CONTRACTS).map(|number| format!("c{number:04}")).collect();
    let texts = |write: &dyn Fn(&str, &str) -> String| -> Vec<String> {
        let referred = names.iter().cycle().skip(1);
        names.iter().zip(referred).map(|(name, referred)| write(name, referred)).collect()
    };
    let [native, odcs] = [texts(&native), texts(&odcs)];
    same_meaning(&native, &odcs);
    let (mut times, mut shares) = ([Vec::new(), Vec::new()], Vec::new());
    for run in 0..=RUNS {
        let pair = [load(&native), load(&odcs)];
        // The first run warms the caches.
        if run > 0 {
            shares.push(100.0 * speed(&odcs, pair[1]) / speed(&native, pair[0]));
            times[0].push(pair[0]);
            times[1].push(pair[1]);
        }
    }
    println!("\nload contracts of {FIELDS} fields");
    for ((name, texts), times) in [("native", &native), ("ODCS", &odcs)].into_iter().zip(&mut times) {
        times.sort_unstable();
        let median = times[RUNS / 2];
        let micros = median.as_secs_f64() * 1e6 / count(CONTRACTS);
        let bytes = bytes(texts) / count(CONTRACTS);
        println!("{name:8} {:6.1} MB/s, {micros:6.1} µs for a contract of {bytes:.0} bytes", speed(texts, median));
    }
    shares.sort_by(f64::total_cmp);
    let share = shares[RUNS / 2];
    let mark = if share < GOAL { " below the goal" } else { "" };
    println!("ODCS at {share:.0} % of native by the byte (goal: {GOAL:.0} %){mark}");
}

fn load(texts: &[String]) -> Duration {
    let files: Vec<SourceFile> = texts.iter().map(|text| SourceFile::new("", text.as_str())).collect();
    let start = Instant::now();
    for file in files {
        assert!(format::read(SourceId(0), file).content.is_some(), "a contract");
    }
    start.elapsed()
}

/// Megabytes a second.
fn speed(texts: &[String], time: Duration) -> f64 {
    bytes(texts) / time.as_secs_f64() / 1e6
}

fn bytes(texts: &[String]) -> f64 {
    count(texts.iter().map(String::len).sum())
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Both generators have to say the same, or their speeds would not compare.
fn same_meaning(native: &[String], odcs: &[String]) {
    let read = |text: &String| -> Contract {
        let document = format::read(SourceId(0), SourceFile::new("", text.as_str()));
        assert!(document.problems.is_empty(), "{text}\n{:?}", document.problems);
        Contract { format_version: None, ..document.contract().expect("a contract").clone() }
    };
    for (one, other) in native.iter().zip(odcs) {
        assert_eq!(read(one), read(other), "{one}\nand\n{other}");
    }
}

const KINDS: [&str; 5] = ["string", "integer", "decimal", "timestamp", "boolean"];
const PHYSICAL: [&str; 5] = ["varchar(80)", "bigint", "decimal(12,2)", "timestamp with time zone", "boolean"];

fn native(name: &str, referred: &str) -> String {
    let mut text = format!(
        "name: {name}\nid: 53581432-6c55-4ba2-a65f-72344a91{name}\nversion: 1.2.0\nstatus: active\n\
         description: A table as wide as those of real warehouses\ndomain: sales\ntags: [finance, core]\n\
         metadata:\n  costCenter: 4711\n\
         publisher:\n  team: sales\n  owner: Ada\n  contact_email: sales@example.com\n\
         datasets:\n  - name: {name}\n    physical_name: {name}_v1\n    medium: table\n    description: A row for each sale\n\
         \x20   schema:\n"
    );
    for field in 0..FIELDS {
        let kind = KINDS[field % 5];
        let _ = write!(
            text,
            "      - name: field_{field:02}\n        data_type: {kind}\n\
             \x20       description: The value number {field} of a row\n"
        );
        let mut add = |line: &str| {
            let _ = writeln!(text, "        {line}");
        };
        if field == 0 {
            add("is_primary_key: true");
            add("unique: true");
            add("classification: internal");
        }
        if field % 4 != 3 {
            add("nullable: false");
        }
        if field == 5 {
            add("is_foreign_key: true");
            add(&format!("foreign_key_reference: {referred}.field_00"));
        }
        if field % 15 == 10 {
            add("constraints:");
            add("  - {type: enum, value: [open, paid, sent, returned]}");
        } else if kind == "string" {
            add("example_value: A-100");
        }
        // A decimal with its digits says all that its physical type would.
        if kind != "decimal" {
            add(&format!("physical_type: {}", PHYSICAL[field % 5]));
        }
        if kind == "decimal" {
            add("precision: 12");
            add("scale: 2");
            add("constraints:");
            add("  - {type: min, value: 0}");
        }
        if field % 12 == 7 {
            add("tags: [money, core]");
        }
    }
    text.push_str("    rules:\n      technical:\n");
    text.push_str(
        "        - name: rows_are_there\n          metric: row_count\n          must_be_greater_than: 100\n\
         \x20         description: There are sales every day\n",
    );
    for field in (0..FIELDS).step_by(10) {
        let _ = write!(
            text,
            "        - name: field_{field:02}_is_given\n          field: field_{field:02}\n          metric: null_values\n\
             \x20         must_be_less_than: 5\n          unit: percent\n          dimension: completeness\n"
        );
    }
    text.push_str(
        "service_levels:\n  retention: 3 years\nquality:\n  - {metric_type: freshness, threshold: 4 hours}\n",
    );
    text.push_str("terms:\n  limitations: [Not for decisions about single customers]\n");
    text.push_str(
        "sources:\n  production:\n    type: postgres\n    host: db.example.com\n    port: 5432\n    database: sales\n    schema: public\n",
    );
    text
}

/// The same contract as the Open Data Contract Standard has it.
fn odcs(name: &str, referred: &str) -> String {
    let mut text = format!(
        "apiVersion: v3.2.0\nkind: DataContract\nid: 53581432-6c55-4ba2-a65f-72344a91{name}\nname: {name}\nversion: 1.2.0\n\
         status: active\ndomain: sales\ntags: [finance, core]\n\
         description:\n  purpose: A table as wide as those of real warehouses\n  limitations: Not for decisions about single customers\n\
         team:\n  name: sales\n  members:\n    - username: Ada\n      role: owner\n\
         support:\n  - channel: email\n    tool: email\n    url: mailto:sales@example.com\n\
         servers:\n  - server: production\n    type: postgres\n    host: db.example.com\n    port: 5432\n    database: sales\n    schema: public\n\
         schema:\n  - name: {name}\n    physicalName: {name}_v1\n    physicalType: table\n    description: A row for each sale\n"
    );
    text.push_str(
        "    quality:\n      - name: rows_are_there\n        metric: rowCount\n        mustBeGreaterThan: 100\n\
         \x20       description: There are sales every day\n    properties:\n",
    );
    for field in 0..FIELDS {
        let kind = KINDS[field % 5];
        let logical = if kind == "decimal" { "number" } else { kind };
        let _ = write!(
            text,
            "      - name: field_{field:02}\n        logicalType: {logical}\n        physicalType: {}\n\
             \x20       description: The value number {field} of a row\n",
            PHYSICAL[field % 5]
        );
        let mut add = |line: &str| {
            let _ = writeln!(text, "        {line}");
        };
        if field == 0 {
            add("primaryKey: true");
            add("unique: true");
            add("classification: internal");
        }
        if field % 4 != 3 {
            add("required: true");
        }
        if field == 5 {
            add("relationships:");
            add(&format!("  - to: {referred}.field_00"));
        }
        if field % 15 == 10 {
            add("enum:");
            for value in ["open", "paid", "sent", "returned"] {
                add(&format!("  - value: {value}"));
            }
        } else if kind == "string" {
            add("examples: [A-100]");
        }
        if kind == "decimal" {
            add("logicalTypeOptions:");
            add("  minimum: 0");
        }
        if field % 12 == 7 {
            add("tags: [money, core]");
        }
        if field % 10 == 0 {
            add("quality:");
            add(&format!("  - name: field_{field:02}_is_given"));
            add("    metric: nullValues");
            add("    mustBeLessThan: 5");
            add("    unit: percent");
            add("    dimension: completeness");
        }
    }
    text.push_str(
        "slaProperties:\n  - property: latency\n    value: 4\n    unit: h\n  - property: retention\n    value: 3\n    unit: y\n\
         customProperties:\n  - property: costCenter\n    value: 4711\n",
    );
    text
}
