//! Laws of `pact lint --fix`, held against every example of every page, the shop, and texts with slips in them.

use std::fs;

use jiff::civil::date;
use pact::diff;
use pact::finding::{Finding, FixKind};
use pact::format::problems::PROBLEMS;
use pact::source::SourceFile;
use proptest::prelude::*;

use crate::laws::fix::{hold_among as check_laws, look, mended, read};
use crate::rules::{examples, files, rules};
use crate::support::sources;

fn texts(example: &str) -> Vec<(String, String)> {
    let text = |file: SourceFile| (file.path().display().to_string(), file.text().to_owned());
    files(example).into_iter().map(text).collect()
}

#[test]
fn the_laws_hold_of_every_example() {
    for rule in rules() {
        for example in examples(rule.page) {
            let texts = texts(&example.text);
            for which in 0..texts.len() {
                check_laws(&texts, which, &format!("{} line {}", rule.code, example.line));
            }
        }
    }
}

#[test]
fn a_page_says_rightly_whether_its_findings_can_be_mended() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let (mut safe, mut guess) = (false, false);
        for example in examples(rule.page).iter().filter(|example| example.kind == "fail") {
            let texts = texts(&example.text);
            for which in 0..texts.len() {
                let of_rule = |texts: &[(String, String)]| {
                    look(texts, which).into_iter().filter(|finding| finding.code == rule.code).collect::<Vec<_>>()
                };
                let found = of_rule(&texts);
                for (with_guesses, seen) in [(false, &mut safe), (true, &mut guess)] {
                    let mut after = texts.clone();
                    after[which].1 = mended(&texts, which, with_guesses).0;
                    let has = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.is_safe || with_guesses);
                    let promised = found.iter().filter(has).count();
                    *seen |= promised > 0 && of_rule(&after).len() + promised <= found.len();
                }
            }
        }
        let shown = if safe {
            FixKind::Safe
        } else if guess {
            FixKind::Guess
        } else {
            FixKind::None
        };
        if rule.fix() != shown {
            wrong.push(format!("{}: its page says {:?}, and its examples show {shown:?}", rule.code, rule.fix()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A contract with comments at many places, and slips that are to be mended in it.
const SLIPS: &[(&str, &str)] = &[
    ("data_type", "dataType"),
    ("nullable: false", "nulable: false"),
    ("nullable: false", "required: true"),
    ("description", "descripton"),
    ("is_primary_key: true", "is_primary_key: 'true'"),
    ("status: active", "status: Active"),
    ("publisher", "Publisher"),
    ("subscribers", "consumers"),
    ("constraints", "constrains"),
    ("fields_used", "fieldsUsed"),
];

fn shop() -> Vec<(String, String)> {
    let folder = sources().join("examples/shop/contracts");
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("the shop") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            texts.push((path.display().to_string(), fs::read_to_string(&path).expect("a contract")));
        }
    }
    texts.sort();
    texts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_laws_hold_of_contracts_with_slips(
        which in any::<prop::sample::Index>(),
        slips in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..3), 1..5),
        is_windows in any::<bool>(),
    ) {
        let all = shop();
        let (name, text) = which.get(&all).clone();
        let right = if is_windows { text.replace('\n', "\r\n") } else { text };
        let mut wrong = right.clone();
        for (slip, times) in slips {
            let (from, to) = slip.get(SLIPS);
            wrong = wrong.replacen(from, to, times);
        }
        let texts = [(name.clone(), wrong)];
        check_laws(&texts, 0, &name);
        // What can be read at the end says what it said before.
        let after = [(name.clone(), mended(&texts, 0, false).0)];
        let problems = look(&after, 0);
        if !problems.iter().any(|finding| PROBLEMS.iter().any(|problem| problem.code == finding.code)) {
            let (before, behind) = (read(&[(name, right)], 0), read(&after, 0));
            if let (Some(before), Some(behind)) = (before.contract(), behind.contract()) {
                prop_assert!(diff::contract(Some(before), Some(behind), date(2026, 1, 5)).is_empty(), "{}", after[0].1);
            }
        }
    }
}
