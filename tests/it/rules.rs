//! Every page of a rule is documentation and test at once: what it calls wrong gives the finding, what it calls right does
//! not. A page without examples, or one that no rule has, can't exist.
//!
//! An example is a block fenced as `yaml fail` or `yaml pass`. Where it needs several files, a line `# file: NAME` begins
//! each of them.

use std::collections::BTreeSet;
use std::fs;

use pact::finding::{Finding, Group, Place, RuleMeta};
use pact::format;
use pact::format::problems::PROBLEMS;
use pact::lint;
use pact::model::SourceId;
use pact::source::SourceFile;

use crate::support::{self, sources};

/// Problems of files that can't be written as YAML in a page; `tests/it/transcripts/lint-files.txt` shows them.
const WITHOUT_EXAMPLES: &[&str] = &[
    "byte-order-mark",
    "missing-final-newline",
    "mixed-line-ends",
    "not-utf8",
    "trailing-whitespace",
    "unreadable-file",
];

/// An example of a page.
pub(crate) struct Example {
    /// `fail` or `pass`.
    pub(crate) kind: String,
    /// The line of the page at which it begins.
    pub(crate) line: usize,
    pub(crate) text: String,
}

pub(crate) fn rules() -> impl Iterator<Item = &'static RuleMeta> {
    lint::RULES.iter().map(|rule| &rule.meta).chain(PROBLEMS)
}

pub(crate) fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut open = false;
    for (index, line) in page.lines().enumerate() {
        match (open, line.strip_prefix("```")) {
            (false, Some(fence)) => {
                open = true;
                let kind = fence.strip_prefix("yaml ").unwrap_or_default().to_owned();
                examples.push(Example { kind, line: index + 1, text: String::new() });
            }
            (true, Some(_)) => open = false,
            (true, None) => {
                let example = examples.last_mut().expect("an open block");
                example.text.push_str(line);
                example.text.push('\n');
            }
            (false, None) => {}
        }
    }
    assert!(!open, "a block is not closed");
    examples
}

/// The files of an example: one, or one for each line `# file: NAME`.
pub(crate) fn files(example: &str) -> Vec<SourceFile> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in example.lines() {
        match line.strip_prefix("# file: ") {
            Some(name) => files.push((name.to_owned(), String::new())),
            None if files.is_empty() => files.push(("example.yaml".to_owned(), format!("{line}\n"))),
            None => {
                let (_, text) = files.last_mut().expect("a file");
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    files.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect()
}

/// Everything that reading and all rules say of files.
fn findings(files: Vec<SourceFile>) -> Vec<Finding> {
    support::lint(files, |_| true)
}

fn list(findings: &[Finding]) -> String {
    let lines: Vec<String> =
        findings.iter().map(|finding| format!("  {}: {}", finding.code, finding.message)).collect();
    lines.join("\n")
}

#[test]
fn every_example_gives_what_its_page_says() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let examples = examples(rule.page);
        for example in &examples {
            let place = format!("{} line {}", rule.code, example.line);
            let found = findings(files(&example.text));
            let given = found.iter().filter(|finding| finding.code == rule.code).count();
            match example.kind.as_str() {
                "fail" if given == 0 => wrong.push(format!("{place}: no such finding, but\n{}", list(&found))),
                "pass" if given > 0 => wrong.push(format!("{place}: the finding is given\n{}", list(&found))),
                "fail" | "pass" => {}
                other => wrong.push(format!("{place}: a block is `yaml fail` or `yaml pass`, not `{other}`")),
            }
            // What an example calls right has to be readable, or no rule has looked at it.
            let unsound = found.iter().find(|finding| PROBLEMS.iter().any(|problem| problem.code == finding.code));
            if let (Some(unsound), "pass") = (unsound, example.kind.as_str()) {
                wrong.push(format!("{place}: not sound: {}", unsound.message));
            }
        }
        let has = |kind: &str| examples.iter().any(|example| example.kind == kind);
        let exempt = WITHOUT_EXAMPLES.contains(&rule.code);
        if !exempt && (!has("fail") || !has("pass")) {
            wrong.push(format!("{}: its page needs an example that fails and one that passes", rule.code));
        }
        if exempt && !examples.is_empty() {
            wrong.push(format!("{} is listed as a rule without examples and has some", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_example_that_is_wrong_fails_this_test() {
    // The harness itself: a rule that never speaks would otherwise pass.
    let wrong =
        "name: orders\nversion: 1.0.0\nschema:\n  - {name: a, data_type: string}\n  - {name: a, data_type: date}\n";
    let codes: Vec<&str> = findings(files(wrong)).iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&"duplicate-field"), "{codes:?}");
    let two = files("# file: a.yaml\nname: a\n# file: b.yaml\nname: b\n");
    assert_eq!(two.len(), 2);
    assert_eq!(two[1].text(), "name: b\n");
    assert_eq!(examples("```yaml fail\na\n```\ntext\n```yaml pass\nb\n```\n").len(), 2);
}

#[test]
fn what_no_page_can_show_is_found_in_files() {
    let body = "name: orders\nversion: 1.0.0\nschema: [{name: amount, data_type: decimal}]\n";
    let codes = |text: &str| -> Vec<&str> {
        let hygiene = |rule: &RuleMeta| rule.group == Group::Hygiene && WITHOUT_EXAMPLES.contains(&rule.code);
        let found = support::lint(vec![SourceFile::new("orders.yaml", text)], hygiene);
        found.iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes(body), [""; 0]);
    assert_eq!(codes(&body.replace('\n', "\r\n")), [""; 0]);
    assert_eq!(codes(&format!("\u{feff}{body}")), ["byte-order-mark"]);
    assert_eq!(codes(body.trim_end()), ["missing-final-newline"]);
    assert_eq!(codes(&body.replacen('\n', "\r\n", 1)), ["mixed-line-ends"]);
    assert_eq!(codes(&body.replacen('\n', "  \n", 1)), ["trailing-whitespace"]);
    // Within a text of several lines blanks may be meant.
    assert_eq!(codes(&format!("{body}description: |\n  a  \n  b\n")), [""; 0]);
}

#[test]
fn a_secret_of_a_rule_is_found_where_it_stands() {
    // What is masked is the text at the label: a label beside the secret shows it in every report.
    let native = "name: orders\nversion: 1.0.0\nschema: [{name: a, data_type: string}]\nrules:\n  business:\n    \
                  - {name: one, expression: a > 1, metadata: {password: hunter2}}\n";
    let head =
        "apiVersion: v3.2.0\nkind: DataContract\nid: orders\nversion: 1.0.0\nstatus: active\nschema:\n- name: b\n";
    let rule = "quality: [{type: text, description: a, customProperties: [{property: password, value: hunter2}]}]\n";
    let of_object = format!("{head}  {rule}");
    let of_property = format!("{head}  properties:\n  - name: c\n    {rule}");
    for text in [native, &of_object, &of_property] {
        let found = findings(files(text));
        let secret = found.iter().find(|finding| finding.code == "secret-in-metadata").expect("a secret");
        let Place::Element(path) = &secret.label.place else { panic!("{:?} is no element", secret.label) };
        let document = format::read(SourceId(0), SourceFile::new("a.yaml", text));
        let span = document.places().find(path);
        assert_eq!(document.file.text().get(span.start as usize..span.end as usize), Some("hunter2"), "{path}");
    }
}

#[test]
fn codes_are_listed_once_in_order_and_head_their_pages() {
    for table in [lint::RULES.iter().map(|rule| rule.meta).collect::<Vec<_>>(), PROBLEMS.to_vec()] {
        assert!(table.is_sorted_by(|one, next| one.code < next.code), "a table is sorted by code, each once");
    }
    let codes: BTreeSet<&str> = rules().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), rules().count(), "a code is one rule's");
    for rule in rules() {
        let first = rule.page.lines().next().unwrap_or_default();
        assert_eq!(first, format!("# {}", rule.code));
        assert!(rule.summary.ends_with('.'), "{}: the summary is a sentence", rule.code);
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    let stems = |folder: &str, ending: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(sources().join(folder)).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
        names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
    };
    let listed: BTreeSet<String> = lint::RULES.iter().map(|rule| rule.meta.code.replace('-', "_")).collect();
    let mut modules = stems("src/lint/rules", ".rs");
    modules.remove("mod");
    assert_eq!(stems("src/lint/rules", ".md"), listed);
    assert_eq!(modules, listed);
    let problems: BTreeSet<String> = PROBLEMS.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(stems("src/format/problems", ".md"), problems);
}

#[test]
fn the_example_shop_is_silent() {
    let folder = sources().join("examples/shop/contracts");
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    let read = |path| SourceFile::new(path, fs::read_to_string(path).expect("a contract"));
    let found = support::lint(paths.iter().map(read).collect(), |rule| rule.by_default);
    assert!(found.is_empty(), "a good contract passes silently:\n{}", list(&found));
}

/// The YAML files below a folder; none where there is no such folder.
fn collect(folder: &std::path::Path, paths: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            paths.push(path);
        }
    }
}
