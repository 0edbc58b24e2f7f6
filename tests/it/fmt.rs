//! `pact fmt` on files: what a transcript can't show.

use std::fs;

use crate::support::{Folder, sources};

#[test]
fn the_examples_are_in_their_canonical_layout() {
    let shop = sources().join("examples/shop").display().to_string();
    let ran = Folder::new().pact(&["-C", &shop, "fmt", "--check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
}

#[test]
fn what_pact_init_writes_is_in_its_canonical_layout() {
    let folder = Folder::new();
    folder.must("pact init --quiet");
    let ran = folder.pact(&["fmt", "--check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
}

#[test]
fn what_pact_new_writes_is_in_its_canonical_layout() {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: [contracts]\n");
    for template in ["table", "topic", "api", "files"] {
        folder.must(&format!("pact new --quiet --template {template} sales.{template}"));
        folder.must(&format!("pact new --quiet --odcs --template {template} standard.{template}"));
    }
    let ran = folder.pact(&["fmt", "--diff"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
}

#[test]
fn files_that_are_right_are_not_touched() {
    let folder = Folder::new();
    folder
        .write("contracts/a.yaml", "name: a\nversion: 1.0.0\n")
        .write("contracts/b.yaml", "version: 1.0.0\nname: b\n");
    folder.write("pact.yaml", "contracts: [contracts]\n");
    let changed = |name: &str| fs::metadata(folder.path().join(name)).and_then(|file| file.modified()).expect("a time");
    let before = (changed("contracts/a.yaml"), changed("pact.yaml"));
    let ran = folder.pact(&["fmt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "Formatted 1 file, 2 were right.\n"), "{}", ran.stderr);
    assert_eq!((changed("contracts/a.yaml"), changed("pact.yaml")), before);
    assert_eq!(
        fs::read_to_string(folder.path().join("contracts/b.yaml")).expect("a file"),
        "name: b\nversion: 1.0.0\n"
    );
    assert_eq!(fs::read_dir(folder.path().join("contracts")).expect("a folder").count(), 2, "nothing is left behind");
}

#[test]
fn hostile_files_end_in_an_error_or_in_time() {
    let folder = Folder::new();
    let wide: String = (0..100_000).rev().fold(String::new(), |text, index| text + &format!("k{index}:   {index}\n"));
    folder.write("contracts/wide.yaml", format!("version: 1.0.0\nname: wide\nmetadata:\n  a: 1\n{wide}"));
    folder.write("contracts/large.yaml", format!("name:   {}\n", "x".repeat((8 << 20) - 20)));
    folder.write("contracts/larger.yaml", "x".repeat((8 << 20) + 1));
    folder.write("contracts/deep.yaml", "- ".repeat(100_000)).write("contracts/open.yaml", "[".repeat(100_000));
    folder
        .write("contracts/latin.yaml", b"name: \xe4\n")
        .write("contracts/escape.yaml", "name:   \"\\e[31m\"\n%x: \u{1b}[31m\n");
    folder.write("pact.yaml", "contracts: [contracts]\n");
    let ran = folder.pact(&["fmt", "--diff"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'));
    let ran = folder.pact(&["fmt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), "Formatted 2 files, 1 was right, 5 were left alone.\n"));
    let wide = fs::read_to_string(folder.path().join("contracts/wide.yaml")).expect("a file");
    assert!(wide.starts_with("name: wide\nversion: 1.0.0\nmetadata:\n  a: 1\nk99999: 99999\n"), "{}", &wide[..100]);
}
