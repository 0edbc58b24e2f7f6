//! Fixes: `pact lint --fix` and `--unsafe-fixes`.

use jiff::civil::date;
use pact::diff;
use pact::finding::{Finding, Severity};
use pact::format::mend::Mender;
use pact::format::{self, Document};
use pact::model::SourceId;
use pact::source::edit::comments;
use pact::source::{SourceFile, parse};

use super::lint;

/// What holds of a file alone. Whether something was mended.
pub fn hold(text: &str) -> bool {
    hold_among(&[("fuzzed.yaml".to_owned(), text.to_owned())], 0, "fuzzed.yaml")
}

/// What is found in one of some files.
pub fn look(texts: &[(String, String)], which: usize) -> Vec<Finding> {
    let files = texts.iter().map(|(name, text)| SourceFile::new(name, text.as_str())).collect();
    let source = SourceId(u32::try_from(which).expect("few files"));
    lint(files, |_| true).into_iter().filter(|finding| finding.label.source == source).collect()
}

/// One of some files.
pub fn read(texts: &[(String, String)], which: usize) -> Document {
    let (name, text) = &texts[which];
    format::read_with_tree(SourceId(u32::try_from(which).expect("few files")), SourceFile::new(name, text.as_str()))
}

/// Mends one of some files: its new text, and how many findings were mended.
pub fn mended(texts: &[(String, String)], which: usize, with_guesses: bool) -> (String, usize) {
    let mut texts = texts.to_vec();
    let mut document = read(&texts, which);
    let mut mender = Mender::new(look(&texts, which), with_guesses);
    while let Some(proposal) = mender.propose(&document) {
        let before = std::mem::replace(&mut texts[which].1, proposal.file.text().to_owned());
        if mender.judge(look(&texts, which)) {
            document = proposal;
        } else {
            texts[which].1 = before;
        }
    }
    (texts[which].1.clone(), mender.fixed())
}

/// The comments of a text, sorted.
pub fn notes(text: &str) -> Vec<String> {
    let Ok(tree) = parse(text) else { return Vec::new() };
    let mut notes: Vec<String> = comments(text, &tree).into_iter().map(|range| text[range].to_owned()).collect();
    notes.sort();
    notes
}

/// What holds of every file: mending twice changes nothing, no comment goes, line ends stay, what can be mended surely is
/// mended, and that changes no promise. Whether something was mended.
pub fn hold_among(texts: &[(String, String)], which: usize, place: &str) -> bool {
    let old = &texts[which].1;
    let is_windows = |text: &str| text.matches("\r\n").count() == text.matches('\n').count();
    let mut all = 0;
    for with_guesses in [false, true] {
        let (new, fixed) = mended(texts, which, with_guesses);
        let mut after = texts.to_vec();
        after[which].1.clone_from(&new);
        assert_eq!(mended(&after, which, with_guesses), (new.clone(), 0), "{place}: mended twice\n{old}---\n{new}");
        assert_eq!(fixed == 0, *old == new, "{place}: {fixed} were mended\n{old}---\n{new}");
        let kept = notes(&new);
        // Some rules want a comment that is not there.
        assert!(notes(old).iter().all(|note| kept.contains(note)), "{place}: a comment is lost\n{old}---\n{new}");
        assert!(!old.contains('\n') || !is_windows(old) || is_windows(&new), "{place}: line ends\n{new}");
        assert!(parse(&new).is_ok() || parse(old).is_err(), "{place}: no YAML any more\n{old}---\n{new}");
        let (before, behind) = (read(texts, which), read(&after, which));
        let worse = worst(&look(&after, which)).filter(|_| worst(&look(texts, which)).is_none());
        assert!(worse.is_none(), "{place}: {worse:?} is new\n{old}---\n{new}");
        let is_sound = before.problems.is_empty() && behind.problems.is_empty();
        if let (Some(before), Some(behind), true) = (before.contract(), behind.contract(), is_sound && !with_guesses) {
            let mut changes = diff::contract(Some(before), Some(behind), date(2026, 1, 5));
            // What is not known counts as active, and says so once it is mended.
            changes.retain(|change| change.meta.code != "status-unknown");
            assert!(changes.is_empty(), "{place}: a safe fix changes a promise: {changes:?}\n{old}---\n{new}");
        }
        all += fixed;
    }
    all > 0
}

/// The first error.
fn worst(findings: &[Finding]) -> Option<String> {
    let error = findings.iter().find(|finding| finding.severity == Severity::Error);
    error.map(|finding| format!("{}: {}", finding.code, finding.message))
}
