use std::cmp::Reverse;
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

/// How a word is written where it is first written so, and how often it is.
struct Spelling<'a> {
    word: &'a str,
    place: Path,
    /// The position among the spellings.
    position: usize,
    count: usize,
}

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut spellings: HashMap<&str, Spelling<'_>> = HashMap::new();
    each(contract, |path, word| {
        let position = spellings.len();
        let new = || Spelling { word, place: path.clone(), position, count: 0 };
        spellings.entry(word).or_insert_with(new).count += 1;
    });
    if spellings.len() < 2 {
        return;
    }
    // The spelling of most fields counts, of several the first one; which one is meant, only the author knows.
    let mut in_order: Vec<&Spelling<'_>> = spellings.values().collect();
    in_order.sort_by_key(|spelling| (Reverse(spelling.count), spelling.position));
    let mut usual: HashMap<String, &Spelling<'_>> = HashMap::new();
    for spelling in in_order {
        usual.entry(plain(spelling.word)).or_insert(spelling);
    }
    each(contract, |path, word| {
        if let Some(usual) = usual.get(&plain(word)).filter(|usual| usual.word != word) {
            findings.push(other_spelling(contract, word, path, usual));
        }
    });
}

/// Shows the classification of each field that has one.
fn each<'a>(contract: &'a Contract, mut show: impl FnMut(&Path, &'a str)) {
    for dataset in &contract.datasets {
        dataset.walk(&mut |path, field| {
            let word = field.classification.as_deref().map(str::trim).filter(|word| !word.is_empty());
            if let Some(word) = word {
                show(path, word);
            }
        });
    }
}

/// A word as those see it who do not mind letter case and separators.
fn plain(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn other_spelling(contract: &Contract, word: &str, path: &Path, usual: &Spelling<'_>) -> Finding {
    let Spelling { word: other, place, .. } = usual;
    let here = path.key("classification");
    let message =
        format!("{} has the classification {}, elsewhere {}", quoted(&path.last_field()), quoted(word), quoted(other));
    let edit = Edit::Value(Place::Element(here.clone()), Literal::Text((*other).to_owned()));
    Finding::new(&RULE.meta, Label::at(contract.source, here), message)
        .related(Label::at(contract.source, place.key("classification")).note("written so here"))
        .help("write it in one way: policies and filters go by the word")
        .fix(Fix::guess(format!("write {}", quoted(other)), vec![edit]))
}
