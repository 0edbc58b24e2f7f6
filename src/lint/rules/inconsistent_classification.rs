use std::collections::HashMap;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Literal, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "inconsistent-classification",
        group: Group::Governance,
        severity: Severity::Warning,
        by_default: true,
        summary: "One classification is written in several ways.",
        page: include_str!("inconsistent_classification.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    // The first spelling of each word counts; which one is meant, only its author knows.
    let mut spellings: HashMap<String, (&str, Path)> = HashMap::new();
    for dataset in &contract.datasets {
        dataset.walk(&mut |path, field| {
            let Some(word) = field.classification.as_deref().map(str::trim).filter(|word| !word.is_empty()) else { return };
            let (first, place) = spellings.entry(plain(word)).or_insert_with(|| (word, path.clone()));
            if *first != word {
                findings.push(other_spelling(contract, word, path, first, place));
            }
        });
    }
}

/// A word as those see it who do not mind letter case and separators.
fn plain(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn other_spelling(contract: &Contract, word: &str, path: &Path, first: &str, place: &Path) -> Finding {
    let here = path.key("classification");
    let message =
        format!("{} has the classification {}, elsewhere {}", quoted(&path.last_field()), quoted(word), quoted(first));
    let edit = Edit::Value(Place::Element(here.clone()), Literal::Text(first.to_owned()));
    Finding::new(&RULE.meta, Label::at(contract.source, here), message)
        .related(Label::at(contract.source, place.key("classification")).note("first written here"))
        .help("write it in one way: policies and filters go by the word")
        .fix(Fix::guess(format!("write {}", quoted(first)), vec![edit]))
}
