#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "tests")]

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::format;
use crate::model::samples::{contracts, wild_contracts};
use crate::model::{Field, SourceId};
use crate::source::SourceFile;

fn read(text: &str) -> Contract {
    let document = format::read(SourceId(0), SourceFile::new("a.odcs.yaml", text));
    let problems: Vec<_> = document.problems.iter().map(|one| (&one.code, &one.message)).collect();
    assert!(problems.is_empty(), "{problems:#?}\n{text}");
    document.contract().expect("a contract").clone()
}

const TARGETS: [Version; 3] = [Version::V3_0_2, V3_1_0, V3_2_0];

/// What a contract means, whatever the order of what has none.
fn normal(contract: &Contract) -> Contract {
    let mut it = canonical(contract);
    it.format_version = None;
    it.source = SourceId(0);
    for source in &mut it.sources {
        source.settings.sort_by(|one, other| one.0.cmp(&other.0));
    }
    let by_text = |one: &crate::model::Quality| format!("{one:?}");
    it.quality.sort_by_key(by_text);
    it.metadata.sort_by(|one, other| one.0.cmp(&other.0));
    for quantity in
        [&mut it.service_levels.availability, &mut it.service_levels.retention, &mut it.service_levels.cadence]
    {
        if let Some(quantity) = quantity {
            if let Ok(measure) = quantity.measure() {
                quantity.text = format!("{measure:?}");
            }
        }
    }
    for dataset in &mut it.datasets {
        dataset.rules.sort_by_key(|one| format!("{one:?}"));
        dataset.metadata.sort_by(|one, other| one.0.cmp(&other.0));
        dataset.fields.iter_mut().for_each(sorted);
    }
    it
}

fn sorted(field: &mut Field) {
    field.constraints.sort_by_key(|one| format!("{one:?}"));
    field.metadata.sort_by(|one, other| one.0.cmp(&other.0));
    field.fields.iter_mut().chain(field.items.as_deref_mut()).chain(field.values.as_deref_mut()).for_each(sorted);
}

/// The first difference between two texts, for people.
fn differing(one: &Contract, other: &Contract) -> Option<String> {
    let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
    if one == other {
        return None;
    }
    let mut place = Vec::new();
    for (index, (left, right)) in one.lines().zip(other.lines()).enumerate() {
        if left != right {
            let around: Vec<&str> = one.lines().skip(index.saturating_sub(12)).take(20).collect();
            place.push(format!("{left}\n  read: {right}\n--\n{}", around.join("\n")));
            break;
        }
    }
    Some(place.pop().unwrap_or_else(|| "one is longer".to_owned()))
}

fn there_and_back(contract: &Contract, version: Version) -> Result<(), String> {
    let written = write(contract, version);
    let back = read(&written.text);
    match differing(&normal(contract), &normal(&back)) {
        Some(difference) => Err(format!("{version}: {difference}\n\n{}", written.text)),
        None => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(std::env::var("PACT_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(96)))]

    #[test]
    fn what_is_written_is_read_as_the_same(contract in contracts()) {
        for version in TARGETS {
            if let Err(difference) = there_and_back(&contract, version) {
                prop_assert!(false, "{difference}");
            }
        }
    }
}

fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in
        fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).into_iter().flatten().flatten()
    {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn the_shop_is_the_same_in_every_version() {
    let files = files("examples/shop/contracts");
    assert!(files.len() > 5);
    for path in files {
        let text = fs::read_to_string(&path).expect("a contract");
        let document = format::read(SourceId(0), SourceFile::new(path.clone(), text));
        let Some(contract) = document.contract() else { continue };
        for version in TARGETS {
            if let Err(difference) = there_and_back(contract, version) {
                panic!("{}: {difference}", path.display());
            }
        }
    }
}

#[test]
fn show() {
    let Ok(path) = std::env::var("PACT_SHOW") else { return };
    let contract = read(&fs::read_to_string(path).expect("a file"));
    let version = match std::env::var("PACT_TO").as_deref() {
        Ok("3.0") => Version::V3_0_2,
        Ok("3.1") => V3_1_0,
        _ => V3_2_0,
    };
    let written = write(&contract, version);
    println!("{}", written.text);
    for note in written.notes {
        println!("# {} {}: {}", note.outcome.name(), note.element, note.message);
    }
}
