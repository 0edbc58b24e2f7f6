#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, clippy::print_stdout, reason = "tests")]

use super::*;
use crate::format;
use crate::model::SourceId;
use crate::source::SourceFile;

fn read(text: &str) -> Contract {
    let document = format::read(SourceId(0), SourceFile::new("a.yaml", text));
    let problems: Vec<_> = document.problems.iter().map(|one| (&one.code, &one.message)).collect();
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    document.contract().expect("a contract").clone()
}

#[test]
fn show() {
    let path = std::env::var("PACT_SHOW").unwrap();
    let contract = read(&std::fs::read_to_string(path).unwrap());
    let version = match std::env::var("PACT_TO").as_deref() {
        Ok("3.0") => Version::V3_0_2,
        Ok("3.1") => Version::V3_1_0,
        _ => V3_2_0,
    };
    let written = write(&contract, version);
    println!("{}", written.text);
    for note in written.notes {
        println!("# {} {}: {}", note.outcome.name(), note.element, note.message);
    }
}
