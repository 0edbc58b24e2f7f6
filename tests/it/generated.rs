//! Files in the repository that pact itself writes: they are held against what it would write now.
//!
//! `PACT_RECORD=1 cargo test --test it generated` renews them.

use std::fmt::Write as _;
use std::fs;

use pact::finding::RuleMeta;
use pact::format::problems::PROBLEMS;
use pact::{config, format, lint};

use crate::support::{Folder, sources};

/// Compares a file with its new content, or writes it where `PACT_RECORD` is set.
fn current(path: &str, content: &str) {
    let file = sources().join(path);
    if std::env::var_os("PACT_RECORD").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        fs::write(&file, content).expect("a written file");
        return;
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == content, "{path} is stale: `PACT_RECORD=1 cargo test --test it generated` renews it");
}

#[test]
fn the_json_schemas_are_current() {
    current("schemas/contract.schema.json", &format!("{:#}\n", format::schema()));
    // The codes that it names come from all over the program.
    let config = Folder::new().pact(&["schema", "config"]);
    assert_eq!(config.code, Some(0), "{config:?}");
    current("schemas/config.schema.json", &config.stdout);
}

#[test]
fn the_references_are_current() {
    let page = |title: &str, text: &str, reference: String| {
        format!(
            "<!-- Generated: `PACT_RECORD=1 cargo test --test it generated` renews this page. -->\n\n\
             # {title}\n\n{text}\n\n{reference}"
        )
    };
    let text = "Everything that a contract, a subscription, an internal model and a calendar may contain. One file describes one\n\
                of them; `kind` says which. Unknown keys are errors. `pact schema` prints the same as JSON Schema.";
    current("docs/format.md", &page("The contract format", text, format::reference()));
    let text = "What `pact.yaml` may contain. It is looked for in the working directory and every folder above it; paths are\n\
                relative to it. `pact schema config` prints the same as JSON Schema.";
    current("docs/config.md", &page("The configuration", text, config::reference()));
}

#[test]
fn the_list_of_rules_is_current() {
    let rules: Vec<&RuleMeta> = lint::RULES.iter().map(|rule| &rule.meta).collect();
    let mut page = String::from(
        "<!-- Generated: `PACT_RECORD=1 cargo test --test it generated` renews this page. -->\n\n\
         # Rules\n\n\
         Every finding of `pact lint` has a code. `pact explain CODE` prints the page behind it; `rules` in `pact.yaml` changes\n\
         its severity or turns it off, and `ignores` accepts single findings for a time.\n\n\
         ## What a contract says\n\n",
    );
    page.push_str(&table(&rules, "../src/lint/rules", |code| code.replace('-', "_")));
    page.push_str(
        "\n## The form of a file\n\nThese come from reading a file. Other rules look at it once they are mended.\n\n",
    );
    let problems: Vec<&RuleMeta> = PROBLEMS.iter().collect();
    page.push_str(&table(&problems, "../src/format/problems", str::to_owned));
    current("docs/rules.md", &page);
}

fn table(rules: &[&RuleMeta], folder: &str, stem: impl Fn(&str) -> String) -> String {
    let mut table = String::from("| code | severity | what is wrong |\n|---|---|---|\n");
    for rule in rules {
        let (code, severity) = (rule.code, rule.severity.name());
        let _ = writeln!(table, "| [{code}]({folder}/{}.md) | {severity} | {} |", stem(code), rule.summary);
    }
    table
}
