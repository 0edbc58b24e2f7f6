//! How long whole commands take, as a user waits for them.
//!
//! `cargo bench` prints the median of several runs beside each goal. Numbers of one machine say little by themselves:
//! `PACT_BENCH_AGAINST=/path/to/other/pact cargo bench` runs another build in turn with this one and prints the ratio.

#![allow(clippy::expect_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a program for developers")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Path as UrlPath;
use axum::routing::get;
use jiff::civil::date;
use pact::finding::change::Change;
use pact::format;
use pact::model::SourceId;
use pact::source::SourceFile;
use serde_json::json;

const FIELDS: usize = 60;
const WIDE: usize = 5_000;
const RUNS: usize = 7;

/// A command, where it runs, and how long it may take.
struct Case {
    name: &'static str,
    folder: PathBuf,
    args: Vec<&'static str>,
    goal: Duration,
}

fn main() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let native = |name: &str, referred: Option<&str>| contract(name, FIELDS, referred, None);
    let thousand = repository(&scratch.path().join("thousand"), 1_000, ".yaml", native);
    let standard = repository(&scratch.path().join("odcs"), 1_000, ".odcs.yaml", odcs);
    let address = slow_services();
    let served = |name: &str, referred: Option<&str>| contract(name, FIELDS, referred, Some(&address));
    let services = repository(&scratch.path().join("services"), 200, ".yaml", served);
    git(&thousand, "init -q -b main");
    git(&thousand, "add -A");
    git(&thousand, "commit -q -m first");
    change(&thousand, 500, "data_type: decimal", "data_type: float");
    let large = large(&scratch.path().join("large"));
    let wide = scratch.path().join("wide");
    fs::create_dir(&wide).expect("a folder");
    let text = contract("wide", WIDE, None, None);
    // Every hundredth field holds something else, and says it in other words.
    let other = text
        .replace("00\n    data_type: string\n    description: The", "00\n    data_type: integer\n    description: Any");
    assert_ne!(text, other, "nothing changed");
    fs::write(wide.join("old.yaml"), text).expect("a contract");
    fs::write(wide.join("new.yaml"), other).expect("a changed contract");
    let case = |name, folder: &Path, args: &[&'static str], millis| Case {
        name,
        folder: folder.to_path_buf(),
        args: args.to_vec(),
        goal: Duration::from_millis(millis),
    };
    let cases = [
        case("start (--version)", &thousand, &["--version"], 10),
        case("lint 1,000 contracts of 60 fields", &thousand, &["lint", "--quiet"], 500),
        case("lint 1,000 ODCS contracts of 60 fields", &standard, &["lint", "--quiet"], 1_000),
        case("lint 1 of 1,000 contracts", &thousand, &["lint", "--quiet", "contracts/team000/c0001.yaml"], 500),
        case("diff 1 changed of 1,000 contracts", &thousand, &["diff", "HEAD"], 50),
        case("diff 1 of 10,000, two of 200 commits", &large, &["diff", "main~1..main"], 30),
        case("diff 1 of 10,000, work tree, who is hit", &large, &["diff"], 30),
        case("diff all 10,000", &large, &["diff", "main..all"], 2_000),
        case("diff of 5,000 fields, two files", &wide, &["diff", "old.yaml", "new.yaml"], 50),
        case("check 200 services that answer in 200 ms", &services, &["check", "--quiet"], 2_000),
    ];
    let this = PathBuf::from(env!("CARGO_BIN_EXE_pact"));
    let other = std::env::var_os("PACT_BENCH_AGAINST").map(PathBuf::from);
    println!(
        "{:42} {:>10} {:>10} {:>10}  {}",
        "",
        "median",
        "goal",
        "slowest",
        if other.is_some() { "ratio" } else { "" }
    );
    for case in &cases {
        report(case, &this, other.as_deref());
    }
    loading();
}

/// How fast texts become contracts, ODCS beside pact's own format, both by the byte and in the same run: ODCS has more bytes
/// for the same meaning.
fn loading() {
    const CONTRACTS: usize = 200;
    const GOAL: f64 = 70.0;
    let names: Vec<(String, Option<String>)> =
        (0..CONTRACTS).map(|number| (name_of(number), (number >= 10).then(|| name_of(number / 10)))).collect();
    let texts = |write: &dyn Fn(&str, Option<&str>) -> String| -> Vec<String> {
        names.iter().map(|(name, referred)| write(name, referred.as_deref())).collect()
    };
    let both = [texts(&|name, referred| contract(name, FIELDS, referred, None)), texts(&odcs)];
    same_meaning(&both[0], &both[1]);
    let speed = |texts: &[String]| {
        let bytes: usize = texts.iter().map(String::len).sum();
        let files: Vec<SourceFile> = texts.iter().map(|text| SourceFile::new("", text.as_str())).collect();
        let start = Instant::now();
        for file in files {
            assert!(format::read(SourceId(0), file).content.is_some(), "a contract");
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of bytes")]
        let speed = bytes as f64 / start.elapsed().as_secs_f64() / 1e6;
        speed
    };
    let (mut speeds, mut shares) = ([Vec::new(), Vec::new()], Vec::new());
    for run in 0..=RUNS * 3 {
        let [native, odcs] = [speed(&both[0]), speed(&both[1])];
        // The first run warms the caches.
        if run > 0 {
            speeds[0].push(native);
            speeds[1].push(odcs);
            shares.push(100.0 * odcs / native);
        }
    }
    let median = |mut list: Vec<f64>| {
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    let ([native, odcs], share) = (speeds.map(median), median(shares));
    println!("\nload contracts of 60 fields, MB of text a second: native {native:.1}, ODCS {odcs:.1}");
    let mark = if share < GOAL { " below the goal" } else { "" };
    println!("ODCS at {share:.0} % of native by the byte (goal: {GOAL:.0} %){mark}");
}

/// Both generators have to say the same, or their speeds would not compare.
fn same_meaning(native: &[String], odcs: &[String]) {
    let read = |text: &String| {
        let document = format::read(SourceId(0), SourceFile::new("", text.as_str()));
        assert!(document.problems.is_empty(), "{text}\n{:?}", document.problems);
        document
    };
    for (one, other) in native.iter().zip(odcs) {
        let (before, after) = (read(one), read(other));
        let changes = pact::diff::contract(before.contract(), after.contract(), date(2026, 1, 1));
        let codes: Vec<&str> = changes.iter().map(|change: &Change| change.meta.code).collect();
        assert!(codes.is_empty(), "{codes:?} between\n{one}\nand\n{other}");
    }
}

fn report(case: &Case, this: &Path, other: Option<&Path>) {
    let mut ours = Vec::new();
    let mut ratios = Vec::new();
    for run in 0..=RUNS {
        let time = timed(case, this);
        let ratio = other.map(|other| time.as_secs_f64() / timed(case, other).as_secs_f64());
        // The first run warms the caches.
        if run > 0 {
            ours.push(time);
            ratios.extend(ratio);
        }
    }
    ours.sort_unstable();
    ratios.sort_by(f64::total_cmp);
    let median = ours[ours.len() / 2];
    let slowest = ours.last().copied().unwrap_or_default();
    let ratio = ratios.get(ratios.len() / 2).map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    let mark = if median > case.goal { " over the goal" } else { "" };
    let millis = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    println!(
        "{:42} {:>10} {:>10} {:>10}  {ratio}{mark}",
        case.name,
        millis(median),
        millis(case.goal),
        millis(slowest)
    );
}

fn timed(case: &Case, program: &Path) -> Duration {
    let start = Instant::now();
    let status = Command::new(program)
        .args(&case.args)
        .current_dir(&case.folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("pact starts");
    let time = start.elapsed();
    assert!(matches!(status.code(), Some(0 | 1)), "`pact {}` ended with {status}", case.args.join(" "));
    time
}

fn git(folder: &Path, args: &str) {
    let author = ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").args(author).args(args.split(' ')).current_dir(folder).status();
    assert!(status.expect("git starts").success(), "git {args}");
}

/// A repository of 10,000 contracts and 200 commits, each of which changed one. On the branch `all` every contract is
/// changed, and in the work tree one that ten others refer to.
fn large(folder: &Path) -> PathBuf {
    const COMMITS: usize = 200;
    let native = |name: &str, referred: Option<&str>| contract(name, FIELDS, referred, None);
    repository(folder, 10_000, ".yaml", native);
    git(folder, "init -q -b main");
    git(folder, "add -A");
    git(folder, "commit -q -m first");
    for commit in 1..COMMITS {
        change(folder, commit * 49, "number 7 of a row", "number 7 of each row");
        git(folder, "commit -q -a -m more");
    }
    git(folder, "checkout -q -b all");
    for number in 0..10_000 {
        change(folder, number, "data_type: decimal", "data_type: float");
    }
    git(folder, "commit -q -a -m all");
    git(folder, "checkout -q main");
    change(folder, 500, "data_type: decimal", "data_type: float");
    folder.to_path_buf()
}

/// Writes a contract with something else in it.
fn change(folder: &Path, number: usize, from: &str, to: &str) {
    let file = file_of(folder, number);
    let text = fs::read_to_string(&file).expect("a contract");
    let new = text.replace(from, to);
    assert_ne!(text, new, "nothing changed");
    fs::write(file, new).expect("a changed contract");
}

fn name_of(number: usize) -> String {
    format!("c{number:04}")
}

fn file_of(folder: &Path, number: usize) -> PathBuf {
    file_with(folder, number, ".yaml")
}

fn file_with(folder: &Path, number: usize, ending: &str) -> PathBuf {
    folder.join(format!("contracts/team{:03}/{}{ending}", number / 100, name_of(number)))
}

/// A repository of contracts that differ in their names, and in what they refer to.
fn repository(folder: &Path, count: usize, ending: &str, write: impl Fn(&str, Option<&str>) -> String) -> PathBuf {
    fs::create_dir_all(folder.join("contracts")).expect("a folder");
    fs::write(folder.join("pact.yaml"), "contracts: [contracts]\n").expect("a configuration");
    for number in 0..count {
        let referred = (number >= 10).then(|| name_of(number / 10));
        let text = write(&name_of(number), referred.as_deref());
        let file = file_with(folder, number, ending);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a contract");
    }
    folder.to_path_buf()
}

fn contract(name: &str, fields: usize, referred: Option<&str>, services: Option<&str>) -> String {
    let mut text = format!(
        "name: {name}\nversion: 1.2.0\nstatus: active\ndescription: A table as wide as those of real warehouses\n\
         publisher: {{team: sales, owner: Ada, contact_email: sales@example.com}}\nschema:\n"
    );
    for field in 0..fields {
        let data_type = ["string", "integer", "decimal", "timestamp", "boolean"][field % 5];
        let key = if field == 0 { "    is_primary_key: true\n    nullable: false\n" } else { "" };
        let _ = write!(
            text,
            "  - name: field_{field:02}\n    data_type: {data_type}\n    description: The value number {field} of a row\n{key}"
        );
        if let Some(referred) = referred.filter(|_| field == 5) {
            let _ = writeln!(text, "    foreign_key_reference: {referred}.field_00");
        }
        if data_type == "decimal" {
            text.push_str("    precision: 12\n    scale: 2\n    constraints:\n      - {type: min, value: 0}\n");
        }
    }
    text.push_str("quality:\n  - {metric_type: completeness, threshold: 99.5%}\n");
    text.push_str("subscribers:\n  - {team: crm, fields_used: [field_00, field_02], contact_email: crm@example.com}\n");
    if let Some(services) = services {
        let _ = writeln!(text, "access: {{endpoint_url: \"{services}/{name}\", auth_type: none}}");
    }
    text
}

/// The same contract as the Open Data Contract Standard has it.
fn odcs(name: &str, referred: Option<&str>) -> String {
    let mut text = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: {name}\nname: {name}\nversion: 1.2.0\nstatus: active\n\
         description:\n  purpose: A table as wide as those of real warehouses\n\
         team:\n  name: sales\n  members:\n    - username: Ada\n      role: owner\n\
         support:\n  - channel: email\n    tool: email\n    url: mailto:sales@example.com\nschema:\n  - name: {name}\n    properties:\n"
    );
    for field in 0..FIELDS {
        let logical = ["string", "integer", "number", "timestamp", "boolean"][field % 5];
        let key = if field == 0 { "        primaryKey: true\n        required: true\n" } else { "" };
        let _ = write!(
            text,
            "      - name: field_{field:02}\n        logicalType: {logical}\n        description: The value number {field} of a row\n{key}"
        );
        if let Some(referred) = referred.filter(|_| field == 5) {
            let _ = writeln!(text, "        relationships:\n          - to: {referred}.field_00");
        }
        if logical == "number" {
            text.push_str("        physicalType: decimal(12,2)\n        logicalTypeOptions:\n          minimum: 0\n");
        }
    }
    text.push_str(
        "customProperties:\n  - property: pact\n    value:\n      quality:\n        - {metric_type: completeness, threshold: 99.5%}\n\
         \x20     subscribers:\n        - {team: crm, fields_used: [field_00, field_02], contact_email: crm@example.com}\n",
    );
    text
}

/// Services that answer every request in 200 ms, on a thread that ends with the program. Returns their address.
fn slow_services() -> String {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let app = Router::new().route("/{contract}/{what}", get(answer));
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            send.send(format!("http://{}", listener.local_addr().expect("an address"))).expect("a listener");
            axum::serve(listener, app).await.expect("a server");
        });
    });
    receive.recv().expect("an address")
}

async fn answer(UrlPath((contract, what)): UrlPath<(String, String)>) -> axum::Json<serde_json::Value> {
    tokio::time::sleep(Duration::from_millis(200)).await;
    axum::Json(match what.as_str() {
        "health" => json!({ "status": "healthy", "timestamp": "2026-01-01T00:00:00Z", "service": contract }),
        "schema" => {
            json!({ "service": contract, "contract_name": contract, "tables": { contract: { "columns": [] } } })
        }
        _ => json!({ "row_count": 1, "completeness": { "total_rows": 1, "field_completeness": {} } }),
    })
}
