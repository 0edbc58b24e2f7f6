//! How long whole commands take, as a user waits for them, how fast texts become contracts, and how fast records are checked.
//!
//! `cargo bench` prints the median of several runs beside each goal; `cargo bench -- lint start` runs only the cases whose
//! names have one of these words. Numbers of one machine say little by themselves:
//! `PACT_BENCH_AGAINST=/path/to/other/pact cargo bench` runs another build in turn with this one and prints the ratio.

#![allow(clippy::expect_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a program for developers")]

mod contracts;
mod growth;
mod loading;
mod records;

use std::cell::LazyCell;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Path as UrlPath;
use axum::routing::get;
use serde_json::json;

use contracts::{FIELDS, native, odcs};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const WIDE: usize = 5_000;
const RUNS: usize = 7;

/// The cache of the runs: what this machine knows from elsewhere is none of theirs.
static CACHE: OnceLock<PathBuf> = OnceLock::new();

/// A command, where it runs, and how long it may take.
struct Case<'a> {
    name: &'static str,
    folder: &'a Path,
    args: &'a [&'static str],
    goal: Duration,
}

/// What to run.
struct Bench {
    /// Words of the names of cases; all cases if there are none.
    words: Vec<String>,
    this: PathBuf,
    other: Option<PathBuf>,
}

impl Bench {
    fn wants(&self, name: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| name.contains(word))
    }

    /// Runs a case in a folder that is made when the first case asks for it.
    fn case(&self, name: &'static str, folder: &impl Deref<Target = PathBuf>, args: &[&'static str], millis: u64) {
        if self.wants(name) {
            let case = Case { name, folder, args, goal: Duration::from_millis(millis) };
            report(&case, &self.this, self.other.as_deref());
        }
    }
}

fn main() {
    let bench = Bench {
        words: std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect(),
        this: PathBuf::from(env!("CARGO_BIN_EXE_pact")),
        other: std::env::var_os("PACT_BENCH_AGAINST").map(PathBuf::from),
    };
    let scratch = tempfile::tempdir().expect("a temporary folder");
    CACHE.set(scratch.path().join("cache")).expect("set once");
    let within = |name: &str| scratch.path().join(name);
    let thousand = LazyCell::new(|| thousand(&within("thousand")));
    let standard = LazyCell::new(|| repository(&within("odcs"), 1_000, ".odcs.yaml", odcs));
    let large = LazyCell::new(|| large(&within("large")));
    let wide = LazyCell::new(|| wide(&within("wide")));
    let services = LazyCell::new(|| {
        let address = slow_services();
        repository(&within("services"), 200, ".yaml", |name, referred| native(name, FIELDS, referred, Some(&address)))
    });
    let ratio = if bench.other.is_some() { "ratio" } else { "" };
    println!("{:42} {:>10} {:>10} {:>10}  {ratio}", "", "median", "goal", "slowest");
    bench.case("start (--version)", &thousand, &["--version"], 10);
    bench.case("lint 1,000 contracts of 60 fields", &thousand, &["lint", "--quiet"], 500);
    bench.case("lint 1,000 ODCS contracts of 60 fields", &standard, &["lint", "--quiet"], 1_000);
    bench.case("lint 1 of 1,000 contracts", &thousand, &["lint", "--quiet", "contracts/team000/c0001.yaml"], 500);
    bench.case("fmt 1,000 contracts of 60 fields", &thousand, &["fmt", "--check", "--quiet"], 500);
    bench.case("lint 10,000 contracts of 60 fields", &large, &["lint", "--quiet"], 1_500);
    bench.case("lint 1 of 10,000 contracts", &large, &["lint", "--quiet", "contracts/team042/c4242.yaml"], 50);
    bench.case("diff 1 changed of 1,000 contracts", &thousand, &["diff", "HEAD"], 50);
    bench.case("diff 1 of 10,000, two of 200 commits", &large, &["diff", "main~1..main"], 30);
    bench.case("diff 1 of 10,000, work tree, who is hit", &large, &["diff"], 30);
    bench.case("diff all 10,000", &large, &["diff", "main..all"], 2_000);
    bench.case("diff of 5,000 fields, two files", &wide, &["diff", "old.yaml", "new.yaml"], 50);
    bench.case("check 200 services that answer in 200 ms", &services, &["check", "--quiet"], 2_000);
    if bench.wants("growth") {
        growth::report(&bench.this, scratch.path());
    }
    if bench.wants("load") {
        loading::report();
    }
    if bench.wants("records") {
        records::report(&bench.this, scratch.path());
    }
}

/// The time in the middle.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn report(case: &Case<'_>, this: &Path, other: Option<&Path>) {
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
    ratios.sort_by(f64::total_cmp);
    let slowest = ours.iter().max().copied().unwrap_or_default();
    let median = median(ours);
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

/// A program that is to run in a folder, and to tell nobody.
fn command(program: &Path, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command.envs(CACHE.get().map(|cache| ("PACT_CACHE_DIR", cache)));
    command
}

fn timed(case: &Case<'_>, program: &Path) -> Duration {
    let start = Instant::now();
    let status = command(program, case.folder, case.args).status().expect("pact starts");
    let time = start.elapsed();
    assert!(matches!(status.code(), Some(0 | 1)), "`pact {}` ended with {status}", case.args.join(" "));
    time
}

fn git(folder: &Path, args: &str) {
    let author = ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").args(author).args(args.split(' ')).current_dir(folder).status();
    assert!(status.expect("git starts").success(), "git {args}");
}

/// A repository of 1,000 contracts, one of them changed since the commit.
fn thousand(folder: &Path) -> PathBuf {
    repository(folder, 1_000, ".yaml", plain);
    git(folder, "init -q -b main");
    git(folder, "add -A");
    git(folder, "commit -q -m first");
    change(folder, 500, "data_type: decimal", "data_type: float");
    folder.to_path_buf()
}

/// Two wide contracts. Every hundredth field of the second holds something else, and says it in other words.
fn wide(folder: &Path) -> PathBuf {
    fs::create_dir(folder).expect("a folder");
    let text = native("wide", WIDE, None, None);
    let other = text
        .replace("00\n    data_type: string\n    description: The", "00\n    data_type: integer\n    description: Any");
    assert_ne!(text, other, "nothing changed");
    fs::write(folder.join("old.yaml"), text).expect("a contract");
    fs::write(folder.join("new.yaml"), other).expect("a changed contract");
    folder.to_path_buf()
}

fn plain(name: &str, referred: Option<&str>) -> String {
    native(name, FIELDS, referred, None)
}

/// A repository of 10,000 contracts and 200 commits, each of which changed one. On the branch `all` every contract is
/// changed, and in the work tree one that ten others refer to.
fn large(folder: &Path) -> PathBuf {
    const COMMITS: usize = 200;
    repository(folder, 10_000, ".yaml", plain);
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
