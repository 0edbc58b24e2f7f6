//! Files in the repository that pact itself writes: they are held against what it would write now.
//!
//! `PACT_RECORD=1 cargo test --test it generated` renews them.

use std::fmt::Write as _;
use std::fs;

use pact::diff::catalog;
use pact::diff::lattice::{Cell, Profile, ROWS, Reading, SOURCES, Writing};
use pact::finding::{FixKind, RuleMeta, policy};
use pact::format::problems::PROBLEMS;
use pact::model::Medium;
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
                relative to it. `pact schema config` prints the same as JSON Schema.\n\n\
                What `pact lint` says can be accepted in a contract as well, by a comment with a code, a last day and a reason:\n\
                `# pact: ignore no-primary-key until 2027-01-31 reason`. `pact explain invalid-exception` tells where it stands.";
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
    page.push_str(
        "\n## Exceptions\n\nThese come from `pact.yaml`, from comments in contracts, and from the baseline.\n\n",
    );
    let policy: Vec<&RuleMeta> = policy::RULES.iter().collect();
    page.push_str(&table(&policy, "../src/finding/policy", str::to_owned));
    current("docs/rules.md", &page);
}

#[test]
fn the_list_of_changes_is_current() {
    let mut page = format!(
        "<!-- Generated: `PACT_RECORD=1 cargo test --test it generated` renews this page. -->\n\n\
         # Changes\n\n\
         Every kind of change that `pact diff` tells: {} codes. `pact explain CODE` prints the page behind one, `pact explain\n\
         WORD` lists those with a word in them.\n\n\
         - **readers**, **writers**: what the change asks of the version for the sake of those who read the data and those who\n  \
           write it. `computed` follows from both sides. `verdict` is told of the version or of a step in the contract's life\n  \
           and asks for nothing itself. For some types the medium matters: [types.md](types.md).\n\
         - **sureness**: `certain` follows from both texts; `possible` is real for some readers or data only; `review` needs a\n  \
           person, since no tool can order two texts.\n\
         - **gates**: who else must agree, or what else must be there, whatever the level. `gate` fails the run by itself, `allowed` was\n  \
         announced, `transitive` is followed to what refers to it; `info`, `lint` and `policy` fail nothing unless `pact.yaml` says so.\n",
        catalog::all().count()
    );
    for (section, title) in catalog::SECTIONS {
        let _ = write!(page, "\n## {title}\n\n| code | readers | writers | sureness | gates | what changes |\n");
        page.push_str("|---|---|---|---|---|---|\n");
        for meta in catalog::all().filter(|meta| meta.section == *section) {
            let (reader, writer, sure) = (meta.reader.name(), meta.writer.name(), meta.sure.name());
            let gates = meta.gates.join(", ");
            let what = meta.what.replace('|', "\\|");
            let _ = writeln!(
                page,
                "| [{0}](../src/diff/rules/{0}.md) | {reader} | {writer} | {sure} | {gates} | {what} |",
                meta.code
            );
        }
    }
    page.push_str(
        "\n## Changes without a code\n\n\
         Other tools and formats know these. Pact has no code for them, for these reasons.\n\n\
         | change | why it has no code |\n|---|---|\n",
    );
    for one in catalog::NOT_EXPRESSED {
        let _ = writeln!(page, "| {} | {} |", one.code.replace('*', "\\*"), one.why);
    }
    current("docs/changes.md", &page);
}

#[test]
fn the_page_of_types_is_current() {
    let mut page = String::from(
        "<!-- Generated: `PACT_RECORD=1 cargo test --test it generated` renews this page. -->\n\n\
         # Types and media\n\n\
         `data_type` says what a value is, `physical_type` how it is stored, in the words of the store. `pact diff` compares\n\
         both by meaning; where both move it is one finding.\n\n\
         ## Spelling is no change\n\n\
         Letter case and white space mean nothing, and many names are one type: `VARCHAR(50)` is `character varying(50)`, `INT4`\n\
         is `INTEGER`, `NUMERIC` is `DECIMAL`, `integer[]` is `array<int>`. Another spelling gives no finding at all. Where\n\
         systems differ pact takes one meaning:\n\n\
         - `int8` is PostgreSQL's, 8 bytes, as `int2` and `int4` count bytes; `int16` to `int256` and all of `uint8` to `uint256`\n  \
           count bits.\n\
         - `int` and `integer` have 32 bits. `float` has 32, as in files and engines; `float(25)` and above has 64.\n\
         - `decimal`, `numeric` and `number` without digits are unbounded; `decimal(10)` has no digits behind the point.\n\
         - `char` without a length has one character; `text`, `string`, `varchar` without a length and `varchar(max)` have no\n  \
           greatest length.\n\
         - `timestamp` and `datetime` without more have no zone. Times without a count of digits keep microseconds.\n\
         - `json`, `jsonb` and `variant` keep the same values, as do `bytea`, `blob` and `bytes`.\n\
         - The width in `int(11)` is one of display and means nothing.\n\
         - A name that pact does not know is kept, and compared without letter case and with single spaces.\n\n\
         A logical `integer`, `float` or `string` has no greatest width. To state a `physical_type` that is narrower is\n\
         `type-added`, to withdraw it `type-removed`. Where an `integer` becomes a decimal it counts as one of 64 bits: the decimal\n\
         needs 19 digits before the point to hold them all.\n\n\
         ## The medium chooses the levels\n\n\
         Queries in a database coerce between types of a family, typed readers don't. Writers of a table cast; the bytes of a\n\
         stream or file stay as they were written and are read again as the new type. `medium` of a dataset says which it is.\n\
         Where it is not given (the short form of a contract has no place for it) the kinds of the contract's `sources` do, and\n\
         where those differ the worst of each counts. Where nothing tells, readers are strict and values are cast. Of two sides\n\
         with different media the worse counts: a change can't make itself harmless.\n\n\
         | medium | kinds of source | readers | writers |\n|---|---|---|---|\n",
    );
    let schema = format::schema();
    let kinds = schema["$defs"]["source"]["properties"]["type"]["enum"].as_array().expect("the kinds of source");
    let mut kinds: Vec<&str> = kinds.iter().filter_map(|kind| kind.as_str()).collect();
    // A system without a name tells nothing of its medium.
    kinds.retain(|kind| *kind != "custom");
    let mut known: Vec<&str> = SOURCES.iter().map(|(kind, _)| *kind).collect();
    kinds.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, kinds, "every kind of source has a medium");
    for (media, readers, writers) in [
        (&[Medium::Table, Medium::View][..], "sql", "logical"),
        (&[Medium::Topic, Medium::Files], "strict", "encoded"),
        (&[Medium::Resource], "strict", "logical"),
    ] {
        let profile = Profile {
            reading: if readers == "sql" { Reading::Sql } else { Reading::Strict },
            writing: if writers == "encoded" { Writing::Encoded } else { Writing::Logical },
        };
        assert!(media.iter().all(|medium| Profile::of_medium(*medium) == profile), "{media:?}");
        let names: Vec<String> = media.iter().map(|medium| format!("`{}`", medium.name())).collect();
        let sources = SOURCES.iter().filter(|(_, medium)| media.contains(medium));
        let sources: Vec<String> = sources.map(|(kind, _)| format!("`{kind}`")).collect();
        let _ = writeln!(page, "| {} | {} | {readers} | {writers} |", names.join(", "), sources.join(", "));
    }
    page.push_str(
        "| not given | none | strict | logical |\n\n\
         These are the kinds of change whose level depends on it. `?` marks what is real for some readers or some data only.\n\
         Every other kind of change has the levels that `pact explain CODE` prints, whatever the medium.\n\n\
         | code | readers, strict | readers, sql | writers, logical | writers, encoded |\n|---|---|---|---|---|\n",
    );
    let shown = |cell: Cell| format!("{}{}", cell.level.name(), if cell.possible { "?" } else { "" });
    for row in ROWS.iter().filter(|row| row.varies()) {
        let cells = [row.strict, row.sql, row.logical, row.encoded].map(shown);
        let _ = writeln!(page, "| [{0}](../src/diff/rules/{0}.md) | {1} |", row.meta.code, cells.join(" | "));
    }
    page.push_str("\nA name that differs in letter case only is no rename for writers of a table either.\n");
    current("docs/types.md", &page);
}

fn table(rules: &[&RuleMeta], folder: &str, stem: impl Fn(&str) -> String) -> String {
    let mut table = String::from("| code | severity | `--fix` | what is wrong |\n|---|---|---|---|\n");
    for rule in rules {
        let (code, severity) = (rule.code, rule.severity.name());
        let fix = match rule.fix() {
            FixKind::Safe => "yes",
            FixKind::Guess => "unsafe",
            FixKind::None => "",
        };
        let _ = writeln!(table, "| [{code}]({folder}/{}.md) | {severity} | {fix} | {} |", stem(code), rule.summary);
    }
    table
}
