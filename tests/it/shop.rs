//! The example shop: its history is the same everywhere, its contracts are clean, its data keeps what they promise.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::PathBuf;

use pact::format::{self, Content};
use pact::model::{ConstraintKind, Contract, DataType, Dataset, Field, Literal, Registry, SourceId};
use pact::source::SourceFile;
use regex::Regex;

use crate::support::{Folder, sources};

/// The commit of `main`. It changes with every change to the shop's contracts: `examples/shop/history.sh DIR` and
/// `git -C DIR rev-parse main` tell the new one, once the patches in `examples/shop/history` fit again.
const MAIN: &str = "919a5ea701342e0b2dfa442a84820956fbb32f2e";

fn shop() -> PathBuf {
    sources().join("examples/shop")
}

/// A fresh repository with the shop's history.
pub(crate) fn with_history() -> Folder {
    let folder = Folder::new();
    folder.must(&format!("sh '{}' shop", shop().join("history.sh").display()));
    folder
}

#[test]
fn the_history_is_the_same_on_every_machine() {
    let folder = with_history();
    assert_eq!(folder.shell("git -C shop rev-parse main").stdout.trim(), MAIN);
    assert_eq!(folder.shell("git -C shop status --porcelain").stdout, "");
    assert_eq!(folder.shell("git -C shop branch --format='%(refname:short)'").stdout, "breaking\nmain\nrename\n");
    let tags = folder.shell("git -C shop tag --list 'orders/*'").stdout;
    assert_eq!(tags, "orders/v1.0.0\norders/v1.1.0\n");
}

#[test]
fn the_history_ends_with_the_files_that_are_shipped() {
    let folder = with_history();
    for part in ["pact.yaml", "contracts", "subscriptions"] {
        folder.must(&format!("diff -r '{}' shop/{part}", shop().join(part).display()));
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = Folder::new();
    folder.write("here/mine.txt", "mine");
    let ran = folder.shell(&format!("sh '{}' here", shop().join("history.sh").display()));
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("not empty"), "{}", ran.stderr);
    assert_eq!(folder.shell("ls -A here").stdout, "mine.txt\n");
}

#[test]
fn every_commit_is_clean_to_the_linter() {
    let folder = with_history();
    for revision in ["orders/v1.0.0", "main", "rename", "breaking"] {
        folder.must(&format!("git -C shop checkout -q {revision}"));
        let ran = folder.pact(&["lint", "-C", "shop", "--fail-on", "info"]);
        assert_eq!(ran.code, Some(0), "{revision}\n{}{}", ran.stdout, ran.stderr);
    }
}

/// A dataset's file.
struct Table {
    /// The names of the columns.
    header: Vec<String>,
    /// The rows; an empty cell is no value.
    rows: Vec<Vec<Option<String>>>,
}

impl Table {
    fn read(dataset: &str) -> Self {
        let path = shop().join(format!("data/{dataset}.csv"));
        let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let cell = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let rows = reader.records().map(|row| row.expect("a row").iter().map(cell).collect()).collect();
        Self { header, rows }
    }

    /// The values of some columns, a row each.
    fn columns<'a>(&'a self, names: &[&str]) -> Vec<Vec<Option<&'a str>>> {
        let position = |name: &&str| self.header.iter().position(|column| column == name).expect("a column");
        let positions: Vec<usize> = names.iter().map(position).collect();
        self.rows.iter().map(|row| positions.iter().map(|at| row[*at].as_deref()).collect()).collect()
    }

    fn column(&self, name: &str) -> Vec<Option<&str>> {
        self.columns(&[name]).into_iter().map(|row| row[0]).collect()
    }
}

fn registry() -> Registry {
    let mut registry = Registry::default();
    for file in fs::read_dir(shop().join("contracts")).expect("contracts") {
        let path = file.expect("a file").path();
        let document = format::read(SourceId(0), SourceFile::new(&path, fs::read_to_string(&path).expect("text")));
        assert!(document.problems.is_empty(), "{}: {:?}", path.display(), document.problems);
        if let Some(Content::Contract(contract)) = document.content {
            registry.contracts.push(contract);
        }
    }
    registry
}

fn each_dataset(registry: &Registry) -> impl Iterator<Item = (&Contract, &Dataset, Table)> {
    let datasets =
        registry.contracts.iter().flat_map(|contract| contract.datasets.iter().map(move |set| (contract, set)));
    datasets.map(|(contract, dataset)| (contract.as_ref(), dataset, Table::read(&dataset.name)))
}

#[test]
fn every_dataset_has_its_file_and_every_file_its_dataset() {
    let registry = registry();
    let mut files: Vec<String> = fs::read_dir(shop().join("data"))
        .expect("data")
        .map(|file| file.expect("a file").file_name().into_string().expect("UTF-8"))
        .collect();
    files.sort();
    let mut expected = BTreeMap::new();
    for (contract, dataset, table) in each_dataset(&registry) {
        let before = expected.insert(format!("{}.csv", dataset.name), &contract.name);
        assert_eq!(before, None, "dataset names are unique in the shop: {}", dataset.name);
        let names: Vec<&str> = dataset.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(table.header, names, "{}", dataset.name);
        assert!((15..=40).contains(&table.rows.len()), "{} has {} rows", dataset.name, table.rows.len());
    }
    assert_eq!(files, expected.into_keys().collect::<Vec<_>>());
}

#[test]
fn values_are_there_typed_and_within_their_constraints() {
    let registry = registry();
    for (_, dataset, table) in each_dataset(&registry) {
        for field in &dataset.fields {
            for value in table.column(&field.name) {
                let Some(value) = value else {
                    assert!(field.nullable, "{}.{} is empty", dataset.name, field.name);
                    continue;
                };
                let wrong = wrong(field, value);
                assert_eq!(wrong, None, "{}.{}: {value}", dataset.name, field.name);
            }
        }
    }
}

/// What is wrong with a value: the type, or the first constraint that it breaks.
fn wrong(field: &Field, value: &str) -> Option<&'static str> {
    let fits = match field.data_type {
        DataType::Integer => value.parse::<i64>().is_ok(),
        DataType::Float => value.parse::<f64>().is_ok(),
        DataType::Decimal => {
            value.split_once('.').is_some_and(|(_, digits)| u32::try_from(digits.len()).ok() == field.scale)
        }
        DataType::Boolean => matches!(value, "true" | "false"),
        DataType::Date => value.parse::<jiff::civil::Date>().is_ok(),
        DataType::Timestamp => value.parse::<jiff::Timestamp>().is_ok(),
        DataType::Uuid => value.parse::<uuid::Uuid>().is_ok(),
        DataType::Array => serde_json::from_str::<Vec<String>>(value).is_ok(),
        DataType::String => value.trim() == value,
        other => panic!("the test knows no {}", other.name()),
    };
    if !fits {
        return Some("type");
    }
    let literal = value.parse::<f64>().ok().filter(|_| field.data_type.is_number()).map(Literal::Float);
    let literal = literal.unwrap_or_else(|| Literal::Text(value.to_owned()));
    let broken = |constraint: &&pact::model::Constraint| {
        let order = literal.order(&constraint.value);
        !match (&constraint.kind, &constraint.value) {
            (ConstraintKind::Enum, Literal::List(allowed)) => allowed.iter().any(|one| one.same(&literal)),
            (ConstraintKind::Regex, Literal::Text(pattern)) => Regex::new(pattern).expect("a pattern").is_match(value),
            (ConstraintKind::Min, _) => order.expect("ordered").is_ge(),
            (ConstraintKind::Max, _) => order.expect("ordered").is_le(),
            (ConstraintKind::ExclusiveMin, _) => order.expect("ordered").is_gt(),
            (ConstraintKind::MinLength, Literal::Int(least)) => value.chars().count() as i128 >= *least,
            (ConstraintKind::MaxLength, Literal::Int(most)) => value.chars().count() as i128 <= *most,
            (kind, value) => panic!("the test knows no {} of {value}", kind.name()),
        }
    };
    field.constraints.iter().find(broken).map(|constraint| constraint.kind.name())
}

#[test]
fn keys_are_unique_and_references_lead_somewhere() {
    let registry = registry();
    let mut references = 0;
    for (_, dataset, table) in each_dataset(&registry) {
        let key: Vec<&str> = dataset.primary_key().map(|field| field.name.as_str()).collect();
        assert!(!key.is_empty(), "{} has no primary key", dataset.name);
        let distinct: HashSet<_> = table.columns(&key).into_iter().collect();
        assert_eq!(distinct.len(), table.rows.len(), "the key of {}", dataset.name);
        for field in dataset.fields.iter().filter(|field| field.unique) {
            let values: Vec<&str> = table.column(&field.name).into_iter().flatten().collect();
            assert_eq!(values.iter().collect::<HashSet<_>>().len(), values.len(), "{}.{}", dataset.name, field.name);
        }
        let single = dataset.fields.iter().filter_map(|field| {
            let (_, target, there) = registry.resolve(field.foreign_key_reference.as_deref()?).expect("a target");
            Some((vec![field.name.as_str()], target.name.as_str(), vec![there.name.as_str()]))
        });
        let several = dataset.foreign_keys.iter().map(|key| {
            let (_, target) = key.references.rsplit_once('.').expect("contract.dataset");
            (
                key.fields.iter().map(String::as_str).collect(),
                target,
                key.referenced_fields.iter().map(String::as_str).collect(),
            )
        });
        for (fields, target, there) in single.chain(several).collect::<Vec<_>>() {
            references += 1;
            let target = Table::read(target);
            let known: HashSet<_> = target.columns(&there).into_iter().collect();
            for values in table.columns(&fields) {
                let absent = values.iter().any(Option::is_none);
                assert!(absent || known.contains(&values), "{}.{fields:?} = {values:?}", dataset.name);
            }
        }
    }
    assert!(references >= 8, "the shop shows references: {references}");
}
