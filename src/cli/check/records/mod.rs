//! `pact check --records`: records of a stream against a contract.

mod args;
mod pipeline;
mod report;
mod sinks;

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

pub(super) use args::RecordsArgs;
use pipeline::Step;
use sinks::{Lost, Sinks};

use super::{Args, Format, select};
use crate::check::records::{Bounds, Finding, Options, Plan, Tally, expected, of_all, results, time_field};
use crate::check::{CheckResult, Promised, Subject, Verdict};
use crate::cli::Exit;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::io::clock;
use crate::model::{Contract, Dataset, Subscriber};
use crate::source::words::{nearest, quoted};

/// What came of a run.
struct Checked<'a> {
    contract: &'a Contract,
    dataset: &'a Dataset,
    /// What was read, as it was named.
    source: String,
    tally: &'a Tally<'a, 'a>,
    findings: Vec<Finding<'a>>,
    /// Promises about all records.
    whole: Vec<CheckResult>,
    took: Duration,
    /// Whether the stream was read to its end.
    is_complete: bool,
}

impl Checked<'_> {
    fn results(&self) -> impl Iterator<Item = &CheckResult> {
        self.findings.iter().map(|finding| &finding.result).chain(&self.whole)
    }

    fn verdict(&self) -> Verdict {
        let worst = self.results().map(|result| result.verdict).max().unwrap_or(Verdict::Omit);
        if self.tally.broken > 0 { worst.max(Verdict::Fail) } else { worst }
    }

    fn exit(&self) -> Exit {
        match self.verdict() {
            Verdict::Error | Verdict::Omit => Exit::Failed,
            Verdict::Fail | Verdict::NotReceived => Exit::Findings,
            Verdict::Pass | Verdict::Warn => Exit::Clean,
        }
    }
}

/// Checks the records of a file or of standard input.
pub(super) fn run(args: &Args, records: &Path, directory: &Path, output: Output) -> Result<Exit, Error> {
    let started = Instant::now();
    let options = &args.of_records;
    if !matches!(args.format, Format::Human | Format::Json) {
        return Err(Error::new("records are reported as `human` or `json`").hint("give another --format"));
    }
    let workspace = Workspace::open(directory, output)?;
    let (documents, files) = select::load(&args.contracts, &workspace, output)?;
    let registry = documents.registry();
    let contract = select::one(&args.contracts, &files, &workspace, &documents, &registry)?;
    let dataset = dataset_of(contract, options.dataset.as_deref(), records)?;
    let subscribers: Vec<&Subscriber> = registry.live_subscribers(contract, clock::today()).collect();
    let (now, time) = (clock::now(), time_field(contract, dataset));
    let mut expectations = expected(contract, dataset, &subscribers, &registry);
    expectations.retain(|expectation| args.looking.chooses(dataset, expectation));
    if expectations.is_empty() {
        return Err(Error::new("nothing is left to check").hint("choose other fields, rules, dimensions or tags"));
    }
    let plan = Plan::new(dataset, expectations, Options { now, coerce: options.coerce, time });
    let source = open(records, &workspace.directory)?;
    let paths = [&options.valid, &options.quarantine, &options.changes].map(Option::as_ref);
    let [valid, quarantine, changes] = paths;
    if let Some(path) = paths.into_iter().flatten().find(|path| path.as_path() == records && path.as_os_str() != "-") {
        return Err(Error::new(format!("{} is what is read", path.display())).hint("write to another file"));
    }
    let mut sinks = Sinks::open(valid, quarantine, changes, &workspace.directory)?;
    let examples = args.looking.examples as usize;
    let bounds = Bounds { examples, key_bytes: options.key_memory, bad: options.max_bad };
    let mut tally = Tally::new(&plan, bounds);
    let ended = read(&plan, source, options.max_line, &mut tally, &mut sinks, output)?;
    let Ended::Read { is_complete } = ended else { return Ok(Exit::Failed) };
    let to_stderr = sinks.take_stdout();
    sinks.finish()?;
    if tally.records() + tally.broken == 0 {
        return Err(Error::new(format!("{} has no records, so nothing was checked", shown(records)))
            .hint("one JSON object a line is expected"));
    }
    let config = &workspace.config.check;
    let mut whole = of_all(Subject { contract, subscribers: &subscribers }, dataset, &tally, now, config);
    if !is_complete {
        // Of what was not read nothing is known.
        whole.clear();
    }
    let checked = Checked {
        contract,
        dataset,
        source: shown(records),
        findings: results(Promised { contract, dataset, config }, &plan, &tally),
        tally: &tally,
        whole,
        took: started.elapsed(),
        is_complete,
    };
    let styled = if to_stderr { output.for_a_file() } else { args.destination.styled(output) };
    let text = if args.format == Format::Json { report::json(&checked) } else { report::human(&checked, styled) };
    if to_stderr {
        args.destination.write_beside(&text, &workspace, output)?;
    } else {
        args.destination.write(&text, &workspace, output)?;
    }
    Ok(checked.exit())
}

/// How a stream ended.
enum Ended {
    /// At its end, or with as many bad records as were to be looked for.
    Read { is_complete: bool },
    /// Nobody reads the records any longer.
    Unwanted,
}

fn read<'c>(
    plan: &Plan<'c>,
    source: Box<dyn Read + Send>,
    max_line: usize,
    tally: &mut Tally<'_, 'c>,
    sinks: &mut Sinks,
    output: Output,
) -> Result<Ended, Error> {
    let progress = progress(output);
    let mut lost: Option<Lost> = None;
    pipeline::run(plan, source, max_line, |step| {
        match step {
            // Whether it is enough is asked below.
            Step::Lines(lines, judged) => _ = tally.take(lines, judged, |line| sinks.sort(line)),
            Step::TooLong(length) => {
                let (number, reason) = tally.too_long(*length, max_line);
                sinks.too_long(number, &reason);
            }
            Step::Unreadable(error) => {
                lost = Some(Lost::Failed(Error::new(format!("the records can't be read any further: {error}"))));
            }
        }
        if lost.is_none() {
            lost = sinks.flush().err();
        }
        progress.set_position(tally.bytes);
        progress.set_message(format!("{} records, {} bad", tally.records(), tally.bad + tally.broken));
        !tally.is_enough() && lost.is_none()
    });
    progress.finish_and_clear();
    match lost {
        Some(Lost::NobodyReads) => Ok(Ended::Unwanted),
        Some(Lost::Failed(error)) => Err(error),
        None => Ok(Ended::Read { is_complete: !tally.is_enough() }),
    }
}

fn progress(output: Output) -> ProgressBar {
    // Draws on standard error, and only if that is a terminal.
    let target = if output.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(None, target);
    match ProgressStyle::with_template("{spinner} {decimal_bytes}, {decimal_bytes_per_sec}: {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn shown(records: &Path) -> String {
    if records.as_os_str() == "-" { "standard input".to_owned() } else { records.display().to_string() }
}

fn open(records: &Path, directory: &Path) -> Result<Box<dyn Read + Send>, Error> {
    if records.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let path = directory.join(records);
    if path.is_dir() {
        return Err(
            Error::new(format!("{} is a folder", records.display())).hint("name a file with one JSON object a line")
        );
    }
    let file = std::fs::File::open(path).map_err(|error| {
        Error::new(format!("cannot read {}: {error}", records.display()))
            .hint("paths are relative to the working directory")
    })?;
    Ok(Box::new(file))
}

/// The dataset of the records: the one that was named, the only one, or the one that is called as the file.
fn dataset_of<'a>(contract: &'a Contract, name: Option<&str>, records: &Path) -> Result<&'a Dataset, Error> {
    let names: Vec<&str> = contract.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    if let Some(name) = name {
        return contract.dataset(name).ok_or_else(|| {
            let error = Error::new(format!("{} has no dataset {}", contract.name, quoted(name)));
            match nearest(name, names.iter().copied()) {
                Some(near) => error.hint(format!("did you mean {}?", quoted(near))),
                None => error.hint(format!("it has {}", names.join(", "))),
            }
        });
    }
    let stem = records.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match contract.datasets.as_slice() {
        [only] => Ok(only),
        _ => contract.dataset(&stem).ok_or_else(|| {
            Error::new(format!("{} has several datasets", contract.name))
                .hint(format!("say with --dataset of which the records are: {}", names.join(", ")))
        }),
    }
}
