//! How time and memory of `pact lint` grow with the number of contracts: in proportion.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::{command, plain, repository};

const COUNTS: [usize; 4] = [2_500, 5_000, 10_000, 20_000];
const RUNS: usize = 5;
/// How much memory 10,000 contracts may take, in megabytes.
const GOAL: u64 = 300;

/// Lints repositories of several sizes, and prints what it took.
pub(crate) fn report(program: &Path, scratch: &Path) {
    println!("\n{:>9} {:>11} {:>7} {:>9} {:>7}", "contracts", "lint", "ratio", "peak", "ratio");
    let mut before: Option<(Duration, u64)> = None;
    for count in COUNTS {
        let folder = repository(&scratch.join(format!("growth-{count}")), count, ".yaml", plain);
        let mut runs: Vec<(Duration, u64)> = (0..=RUNS).map(|_| measured(program, &folder)).skip(1).collect();
        runs.sort_unstable();
        let (time, memory) = runs[RUNS / 2];
        let ratios = before.map(|(earlier, less)| {
            let memory = if less > 0 { ratio(memory, less) } else { String::new() };
            (format!("{:.2}", time.as_secs_f64() / earlier.as_secs_f64()), memory)
        });
        let (slower, larger) = ratios.unwrap_or_default();
        let mark = if count == 10_000 && memory > GOAL * 1_000 { " over the goal of 300 MB" } else { "" };
        let (millis, megabytes) = (time.as_secs_f64() * 1e3, memory / 1_000);
        println!("{count:>9} {millis:>8.1} ms {slower:>7} {megabytes:>6} MB {larger:>7}{mark}");
        before = Some((time, memory));
    }
}

#[expect(clippy::cast_precision_loss, reason = "kilobytes are few")]
fn ratio(one: u64, other: u64) -> String {
    format!("{:.2}", one as f64 / other as f64)
}

/// How long a run takes, and the most memory that it holds, in kilobytes; 0 where the system does not tell.
fn measured(program: &Path, folder: &Path) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = command(program, folder, &["lint", "--quiet"]).spawn().expect("pact starts");
    let mut peak = 0;
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            assert_eq!(status.code(), Some(0), "the contracts of this benchmark are good ones");
            return (start.elapsed(), peak);
        }
        // It only ever grows, so that the last answer before the end is the one that counts.
        peak = peak_of(&child).max(peak);
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn peak_of(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
