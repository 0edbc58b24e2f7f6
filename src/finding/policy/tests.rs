use std::cell::Cell;
use std::collections::BTreeSet;

use super::*;
use crate::finding::change::{ChangeMeta, Grade, Sureness};
use crate::finding::{Edit, Finding, Group, Label};
use crate::model::{Path, SourceId};
use crate::source::{Node, parse};

const fn rule(code: &'static str, group: Group, by_default: bool) -> RuleMeta {
    RuleMeta { code, group, severity: Severity::Warning, by_default, summary: "it is odd", page: "" }
}

static RULES: &[RuleMeta] = &[
    rule("exception-expired", Group::Policy, true),
    rule("exception-unmatched", Group::Policy, true),
    rule("field-even", Group::Hygiene, true),
    rule("field-odd", Group::Hygiene, true),
    rule("health-odd", Group::Checks, true),
    rule("invalid-exception", Group::Policy, true),
    rule("baseline-unmatched", Group::Policy, true),
    rule("key-odd", Group::Keys, true),
    rule("key-rare", Group::Keys, false),
    rule("override-unmatched", Group::Policy, true),
    rule("unknown-key", Group::Form, true),
];

const fn change(code: &'static str) -> ChangeMeta {
    ChangeMeta {
        code,
        section: 'A',
        reader: Grade::Always(Level::Major),
        writer: Grade::Computed,
        sure: Sureness::Certain,
        gates: &[],
        what: "less",
        why: "",
        page: "",
    }
}

static CHANGES: &[ChangeMeta] =
    &[change("field-removed-required"), change("type-odd"), change("type-even"), change("type-new")];

/// A few rules and kinds of change.
pub(crate) fn codes() -> Codes {
    Codes { rules: RULES.iter().collect(), changes: CHANGES.iter().collect() }
}

fn selectors(words: &[&str]) -> Vec<Selector> {
    words.iter().map(|word| codes().selector(word).expect("a selector")).collect()
}

fn selecting(select: &[&str]) -> Selection {
    Selection { select: Some(selectors(select)), ..Selection::default() }
}

fn ignoring(ignore: &[&str]) -> Selection {
    Selection { ignore: selectors(ignore), ..Selection::default() }
}

fn levels(levels: &[(&str, Setting)]) -> Selection {
    let levels = levels.iter().map(|(word, setting)| (codes().level_of(word).expect("a selector").0, *setting));
    Selection { levels: levels.collect(), ..Selection::default() }
}

fn special(path: &str, selection: Selection) -> Override {
    let paths = Globs::of_paths(&[path.to_owned()]).expect("a glob");
    Override { paths: Some(paths), contracts: None, selection, span: Span::default() }
}

/// The codes of the test's rules that speak about a file.
fn speaking(policy: &Policy, asked: &Selection, file: &str) -> Vec<&'static str> {
    let codes = codes();
    let selected = Selected::new(policy, asked, &codes);
    let table = selected.of(file, "orders");
    let mine = ["field-even", "field-odd", "key-odd", "key-rare"];
    let speaking: Vec<_> = mine.into_iter().filter(|code| table.speaks(code)).collect();
    for code in &speaking {
        assert!(selected.anywhere(codes.rule(code).expect("a rule")), "{code} speaks somewhere");
    }
    assert!(table.speaks("unknown-key"), "problems of the form always speak");
    speaking
}

#[test]
fn the_more_specific_selector_counts() {
    let nothing = Selection::default();
    let of = |selection: Selection| speaking(&Policy { selection, ..Policy::default() }, &nothing, "a.yaml");
    assert_eq!(of(Selection::default()), ["field-even", "field-odd", "key-odd"]);
    assert_eq!(of(selecting(&["all"])), ["field-even", "field-odd", "key-odd", "key-rare"]);
    assert_eq!(of(selecting(&["keys"])), ["key-odd", "key-rare"]);
    assert_eq!(
        of(Selection { extend_select: selectors(&["key-rare"]), ..ignoring(&["keys"]) }),
        ["field-even", "field-odd", "key-rare"]
    );
    assert_eq!(
        of(Selection { select: Some(selectors(&["hygiene", "key"])), ..ignoring(&["field-odd"]) }),
        ["field-even", "key-odd", "key-rare"]
    );
    // Of two that say as much, the one that silences counts.
    assert_eq!(of(Selection { select: Some(selectors(&["keys"])), ..ignoring(&["keys"]) }), [""; 0]);
    assert_eq!(of(ignoring(&["all"])), [""; 0]);
}

#[test]
fn a_level_of_a_rule_selects_it_and_off_silences() {
    let nothing = Selection::default();
    let of = |selection: Selection| speaking(&Policy { selection, ..Policy::default() }, &nothing, "a.yaml");
    let error = Setting::Severity(Severity::Error);
    assert_eq!(of(levels(&[("key-rare", error)])), ["field-even", "field-odd", "key-odd", "key-rare"]);
    // A level for many rules is no wish to hear those that nobody has asked for.
    assert_eq!(of(levels(&[("keys", error)])), ["field-even", "field-odd", "key-odd"]);
    assert_eq!(of(levels(&[("hygiene", Setting::Off), ("field-odd", error)])), ["field-odd", "key-odd"]);
    let policy = Policy {
        selection: levels(&[("field-odd", error), ("all", Setting::Severity(Severity::Info))]),
        ..Policy::default()
    };
    let codes = codes();
    let selected = Selected::new(&policy, &nothing, &codes);
    let table = selected.of("a.yaml", "orders");
    assert_eq!((table.severity("field-odd"), table.severity("key-odd")), (Some(Severity::Error), Some(Severity::Info)));
}

#[test]
fn the_last_override_that_says_something_counts() {
    let policy = Policy {
        overrides: vec![
            special("old/**", ignoring(&["all"])),
            special("old/keys/*", Selection { extend_select: selectors(&["key-rare"]), ..Selection::default() }),
            special("old/**", levels(&[("field-odd", Setting::Severity(Severity::Info))])),
        ],
        ..Policy::default()
    };
    let nothing = Selection::default();
    assert_eq!(speaking(&policy, &nothing, "new/a.yaml"), ["field-even", "field-odd", "key-odd"]);
    assert_eq!(speaking(&policy, &nothing, "old/a.yaml"), ["field-odd"]);
    assert_eq!(speaking(&policy, &nothing, "old/keys/a.yaml"), ["field-odd", "key-rare"]);
    let codes = codes();
    let selected = Selected::new(&policy, &nothing, &codes);
    assert_eq!(selected.of("old/a.yaml", "").severity("field-odd"), Some(Severity::Info));
    assert_eq!(selected.of("a.yaml", "").severity("field-odd"), None);
}

#[test]
fn a_run_may_ask_for_less_or_more_but_not_where_an_override_silences() {
    let policy = Policy {
        selection: ignoring(&["key-odd"]),
        overrides: vec![special("old", ignoring(&["keys"]))],
        ..Policy::default()
    };
    let of = |asked: &Selection, file: &str| speaking(&policy, asked, file);
    assert_eq!(of(&selecting(&["keys"]), "a.yaml"), ["key-odd", "key-rare"]);
    assert_eq!(of(&selecting(&["keys"]), "old/a.yaml"), [""; 0]);
    assert_eq!(of(&ignoring(&["hygiene"]), "a.yaml"), [""; 0]);
    let more = Selection { extend_select: selectors(&["key-rare"]), ..Selection::default() };
    assert_eq!(of(&more, "a.yaml"), ["field-even", "field-odd", "key-rare"]);
}

#[test]
fn what_is_selected_nowhere_need_not_be_looked_for() {
    let codes = codes();
    let nothing = Selection::default();
    let more = Selection { extend_select: selectors(&["key-rare"]), ..Selection::default() };
    let policy =
        Policy { selection: ignoring(&["field-odd"]), overrides: vec![special("old", more)], ..Policy::default() };
    let selected = Selected::new(&policy, &nothing, &codes);
    let anywhere: Vec<_> = codes.rules.iter().filter(|rule| selected.anywhere(rule)).map(|rule| rule.code).collect();
    assert!(anywhere.contains(&"key-rare") && anywhere.contains(&"unknown-key") && !anywhere.contains(&"field-odd"));
}

#[test]
fn words_that_name_nothing_say_what_was_meant() {
    let codes = codes();
    let why = |word: &str| codes.selector(word).unwrap_err();
    assert_eq!(why("hygene"), "did you mean `hygiene`?");
    assert_eq!(why("field-od"), "did you mean `field-odd`?");
    assert!(why("xyz").starts_with("name `all`, a group"));
    assert!(why("").starts_with("name `all`, a group"));
    assert!(why("checks").starts_with("`pact check` says it"));
    assert!(why("type-odd").contains("`pact diff` tells"));
    assert!(codes.to_silence("form").unwrap_err().contains("mend the file"));
    assert!(codes.to_silence("unknown-key").unwrap_err().contains("mend the file"));
    assert_eq!(codes.selector("form"), Ok(Selector::Group(Group::Form)));
    assert_eq!(codes.selector("field"), Ok(Selector::Start("field".into())));
    assert!(codes.selector("fiel").is_err() && codes.selector("field-").is_err());
}

const DAY: &str = "2026-06-01";

fn comments(text: &str) -> Comments {
    let tree = if text.trim().is_empty() {
        Node { span: Span::default(), value: crate::source::Value::Null }
    } else {
        parse(text).expect("YAML")
    };
    Comments::read(text, &tree, SourceId(0), &codes())
}

/// What a run says of findings of `field-odd` at these words of a text, one each: how many stand, how many exceptions and a
/// baseline hold back, and what is said of exceptions.
fn judged(
    text: &str,
    words: &[&str],
    policy: &Policy,
    baseline: Option<Baseline>,
) -> (usize, [usize; 2], Vec<Finding>) {
    let codes = codes();
    let asked = Selection::default();
    let selected = Selected::new(policy, &asked, &codes);
    let judge = Judge::new(policy, &selected, &codes, DAY.parse().expect("a day"));
    let comments = comments(text);
    let mut document = judge.of_document(SourceId(0), "a.yaml", "orders", &comments);
    let mut left = Left::new(baseline.unwrap_or_default());
    let (mut standing, mut in_baseline) = (0, 0);
    for word in words {
        let start = text.find(word).expect("the word");
        let element = format!("orders.{word}");
        let rule = codes.rule("field-odd").expect("a rule");
        let mut finding = Finding::new(rule, Label::at(SourceId(0), Path::dataset("orders").field(*word)), "odd");
        if document.stands(&mut finding, &element, Span::new(start, start + word.len())) {
            let is_in_baseline = left.takes(Entry::new("field-odd", "a.yaml", "orders", &element, String::new));
            in_baseline += usize::from(is_in_baseline);
            standing += usize::from(!is_in_baseline);
        }
    }
    let (mut findings, held) = document.finish(true);
    let seen = Seen { contract: &|_| true, file: &|_| true };
    findings.extend(judge.of_config(&held.matched, &seen, SourceId(1)));
    findings.extend(judge.of_baseline(left, &seen, SourceId(2)));
    (standing, [held.ignored, in_baseline], findings)
}

fn said(findings: &[Finding]) -> Vec<(&'static str, &str)> {
    findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect()
}

const FILE: &str = "\
name: orders
schema:
  # pact: ignore field-odd until 2026-12-31 the old system leaves
  - name: alpha
    items:
      name: beta
  - name: gamma # pact: ignore field-odd, key-odd until 2026-12-31 agreed
  - name: delta
";

#[test]
fn a_comment_is_for_the_line_or_for_the_block_below() {
    let (standing, held, findings) = judged(FILE, &["alpha", "beta", "gamma", "delta"], &Policy::default(), None);
    assert_eq!((standing, held[0]), (1, 3));
    // One of the two codes at the end of a line is not needed.
    assert_eq!(said(&findings), [("exception-unmatched", "the exception for key-odd holds nothing back")]);
    assert_eq!(findings[0].fix, None, "the other code is needed");
    let (standing, _, findings) = judged(FILE, &["delta"], &Policy::default(), None);
    assert_eq!((standing, findings.len()), (1, 3));
    assert!(findings.iter().all(|finding| finding.fix.as_ref().is_some_and(|fix| !fix.is_safe)));
}

#[test]
fn a_block_ends_where_the_next_entry_begins() {
    for (text, covered) in [
        ("a:\n  # pact: ignore field-odd until 2026-12-31 r\n  b:\n  - x1\n  - x2\n  c: y\n", &["b", "x1", "x2"][..]),
        ("# pact: ignore field-odd until 2026-12-31 r\n\n# more\nb: {x1: 1,\n x2: 2}\ny: 1\n", &["b", "x1", "x2"]),
        ("q:\n  - b: x1\n    # pact: ignore field-odd until 2026-12-31 r\n    x2: 1\n  - y\n", &["x2"]),
        ("# pact: ignore-file field-odd until 2026-12-31 r\nb: x1\nx2: y\n", &["b", "x1", "x2", "y"]),
        ("---\r\n# pact: ignore field-odd until 2026-12-31 r\r\nb: x1\r\ny: x2\r\n", &["b", "x1"]),
        ("- # pact: ignore field-odd until 2026-12-31 r\n  x1: x2\n- y: 1\n", &["x1", "x2"]),
        ("q:\n  - # pact: ignore field-odd until 2026-12-31 r\n    x1: 1\n    x2: 1\n  - y: 1\n", &["x1", "x2"]),
        ("q:\n  -\n    # pact: ignore field-odd until 2026-12-31 r\n    x1: 1\n    x2: 1\n  - y: 1\n", &["x1"]),
        ("q:\n  # pact: ignore field-odd until 2026-12-31 r\n  - x1: 1\n    x2: 1\n  - y: 1\n", &["x1", "x2"]),
        ("b: y\n# pact: ignore field-odd until 2026-12-31 r\n", &[]),
    ] {
        let all: Vec<&str> =
            ["b", "x1", "x2", "y"].into_iter().filter(|word| text.contains(&word.to_string())).collect();
        // `b` and `y` are looked for behind comments.
        let body = text.replace("until 2026-12-31 r", "until 2026-12-31 R");
        let held: Vec<&str> =
            all.into_iter().filter(|word| judged(&body, &[word], &Policy::default(), None).1[0] == 1).collect();
        assert_eq!(held, covered, "{text}");
    }
}

#[test]
fn a_comment_that_lacks_something_holds_nothing_back_and_says_so() {
    for (comment, message, help) in [
        ("ignore field-odd", "the exception has no last day", "until YYYY-MM-DD"),
        ("ignore field-odd legacy", "the exception has no last day", "until YYYY-MM-DD"),
        ("ignore field-odd until 2026-12-31", "the exception has no reason", "why"),
        ("ignore field-odd until tomorrow r", "`tomorrow` is no day", "YYYY-MM-DD"),
        ("ignore field-odd until 2026-13-01 r", "`2026-13-01` is no day", "YYYY-MM-DD"),
        ("ignore until 2026-12-31 r", "the exception names no code", "CODE"),
        ("ignore", "the exception names no code", "CODE"),
        (
            "ignore field-od until 2026-12-31 r",
            "`field-od` can't be accepted in a comment",
            "did you mean `field-odd`?",
        ),
        ("ignore unknown-key until 2026-12-31 r", "`unknown-key` can't be accepted in a comment", "mend the file"),
        ("ignore type-odd until 2026-12-31 r", "`type-odd` can't be accepted in a comment", "pact accept"),
        ("ignore health-odd until 2026-12-31 r", "`health-odd` can't be accepted in a comment", "pact check"),
        ("ignore hygiene until 2026-12-31 r", "`hygiene` can't be accepted in a comment", "overrides"),
        ("ignroe field-odd until 2026-12-31 r", "pact knows no comment `ignroe`", "did you mean `ignore`?"),
        (
            "ignore-file field-odd until 2026-12-31 r",
            "an exception for the whole file stands too far down",
            "first key",
        ),
    ] {
        let text = format!("name: alpha # pact: {comment}\n");
        let (standing, _, findings) = judged(&text, &["alpha"], &Policy::default(), None);
        assert_eq!((standing, said(&findings)), (1, vec![("invalid-exception", message)]), "{comment}");
        let told = findings[0].help.as_deref().unwrap_or_default();
        assert!(told.contains(help), "{comment}: {told}");
    }
    // Nobody has to write comments for pact where the word is another's.
    let (_, _, findings) = judged(
        "# pact: the toolchain for contracts\nname: alpha # pact: see the wiki\n",
        &[],
        &Policy::default(),
        None,
    );
    assert_eq!(findings, []);
}

#[test]
fn comments_in_the_spelling_of_other_tools_are_told() {
    let whole = "pact: ignore field-odd until 2026-12-31 r";
    for (comment, right) in [
        ("pact ignore field-odd until 2026-12-31 r", Some(whole)),
        ("pact-ignore field-odd until 2026-12-31 r", Some(whole)),
        ("pact_ignore: field-odd until 2026-12-31 r", Some(whole)),
        ("pact: ignore[field-odd] until 2026-12-31 r", Some(whole)),
        ("pact:ignore(field-odd): until 2026-12-31 r", Some(whole)),
        ("pact:ignore=field-odd until 2026-12-31 r", Some(whole)),
        ("PACT: Ignore field-odd until 2026-12-31 r", Some(whole)),
        ("pact lint: disable-next-line field-odd until 2026-12-31 r", Some(whole)),
        (
            "pact-disable [field-odd, key-odd] until 2026-12-31 r",
            Some("pact: ignore field-odd, key-odd until 2026-12-31 r"),
        ),
        ("pact-ignore-file field-odd until 2026-12-31 r", Some("pact: ignore-file field-odd until 2026-12-31 r")),
        ("pact: ignore[field-odd]", None),
        ("pact-ignore", None),
        ("pact-ignore field-od until 2026-12-31 r", None),
        ("pact ignore field-od", None),
    ] {
        let text = format!("name: alpha # {comment}\n");
        assert!(Comments::may_be_in(&text), "{comment}");
        let (standing, _, findings) = judged(&text, &["alpha"], &Policy::default(), None);
        let [finding] = findings.as_slice() else { panic!("{comment}: {findings:?}") };
        assert_eq!((standing, finding.code), (1, "invalid-exception"), "{comment}");
        assert!(finding.help.as_deref().is_some_and(|help| help.contains("write `# pact: ignore")), "{finding:?}");
        let fix = finding.fix.as_ref().map(|fix| (fix.is_safe, fix.edits.clone()));
        let edit = right.map(|right| vec![Edit::Bytes(Span::new(14, 14 + comment.len()), right.to_owned())]);
        assert_eq!(fix, edit.map(|edits| (true, edits)), "{comment}");
    }
    for prose in [
        "pact ignores what is null",
        "pact: the toolchain",
        "pact ignore rules are in the wiki",
        "pact allow list of hosts",
        "pactum-ignore x",
        "impact: ignore",
        "a pact-ignore",
        "pact",
        "pact:",
        "pact -",
    ] {
        let (_, _, findings) = judged(&format!("name: alpha # {prose}\n"), &[], &Policy::default(), None);
        assert_eq!(findings, [], "{prose}");
    }
}

#[test]
fn thousands_of_comments_are_no_exceptions() {
    let line = "- a # pact: ignore field-odd until 2026-12-31 r\n";
    let (_, _, findings) = judged(&line.repeat(3_000), &[], &Policy::default(), None);
    assert_eq!(findings.iter().filter(|finding| finding.code == "invalid-exception").count(), 1);
    assert_eq!(findings.len(), 1_001);
}

#[test]
fn an_expired_comment_is_an_error_while_it_would_be_needed() {
    let text = "name: alpha # pact: ignore field-odd until 2026-05-31 agreed\n";
    let (standing, _, findings) = judged(text, &["alpha"], &Policy::default(), None);
    assert_eq!(standing, 1);
    let message = "the exception for field-odd expired on 2026-05-31, and what it held back is still there";
    assert_eq!(said(&findings), [("exception-expired", message)]);
    assert_eq!((findings[0].severity, &findings[0].fix), (Severity::Error, &None));
    let (_, _, findings) = judged(text, &[], &Policy::default(), None);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert!(findings[0].fix.is_some());
    let off = Policy { selection: levels(&[("policy", Setting::Off)]), ..Policy::default() };
    assert_eq!(judged(text, &["alpha"], &off, None).2, []);
}

fn ignore(code: &str, contract: &str, until: &str) -> Ignore {
    Ignore {
        code: code.into(),
        contract: Some(contract.into()),
        path: Some("orders.alpha".into()),
        fingerprint: None,
        approved_by: None,
        reason: "agreed".into(),
        until: until.parse().expect("a day"),
        span: Span::default(),
    }
}

#[test]
fn an_exception_of_the_configuration_holds_until_its_day_and_has_to_be_needed() {
    let of = |code: &str, contract: &str, until: &str| {
        let policy = Policy { ignores: vec![ignore(code, contract, until)], ..Policy::default() };
        let (standing, held, findings) = judged("name: alpha\n", &["alpha"], &policy, None);
        (standing, held[0], findings.first().map(|finding| (finding.code, finding.severity)))
    };
    assert_eq!(of("field-odd", "orders", DAY), (0, 1, None));
    assert_eq!(of("field-odd", "orders", "2026-05-31"), (1, 0, Some(("exception-expired", Severity::Error))));
    assert_eq!(of("field-odd", "others", DAY), (1, 0, Some(("exception-unmatched", Severity::Warning))));
    // What another command says is not looked for here.
    assert_eq!(of("type-odd", "orders", DAY), (1, 0, None));
    assert_eq!(of("health-odd", "orders", DAY), (1, 0, None));
}

#[test]
fn an_override_has_to_be_for_something() {
    let codes = codes();
    let policy = Policy {
        overrides: vec![special("old", ignoring(&["keys"])), special("gone/**", ignoring(&["keys"]))],
        ..Policy::default()
    };
    let asked = Selection::default();
    let selected = Selected::new(&policy, &asked, &codes);
    let judge = Judge::new(&policy, &selected, &codes, DAY.parse().expect("a day"));
    let nothing = comments("a: 1\n");
    for file in ["a.yaml", "old/a.yaml"] {
        let _ = judge.of_document(SourceId(0), file, "orders", &nothing).finish(true);
    }
    let told = |is_whole: bool| {
        let seen = Seen { contract: &|_| is_whole, file: &|_| is_whole };
        judge.of_config(&BTreeSet::new(), &seen, SourceId(1))
    };
    assert_eq!(said(&told(true)), [("override-unmatched", "the override is for no file that there is")]);
    assert_eq!(told(false), []);
}

#[test]
fn nothing_is_unneeded_that_was_not_looked_for() {
    let codes = codes();
    let policy = Policy { ignores: vec![ignore("field-odd", "orders", DAY)], ..Policy::default() };
    let asked = Selection::default();
    let selected = Selected::new(&policy, &asked, &codes);
    let judge = Judge::new(&policy, &selected, &codes, DAY.parse().expect("a day"));
    let seen = |contract: &dyn Fn(Option<&str>) -> bool| {
        let seen = Seen { contract, file: &|_| true };
        judge.of_config(&BTreeSet::new(), &seen, SourceId(1)).len()
    };
    let asked_for = Cell::new(false);
    let some = |contract: Option<&str>| {
        asked_for.set(contract == Some("orders"));
        false
    };
    assert_eq!(seen(&some), 0);
    assert!(asked_for.get());
    assert_eq!(seen(&|_| true), 1);
    // A run that asks for other rules knows nothing of this one.
    let other = selecting(&["keys"]);
    let selected = Selected::new(&policy, &other, &codes);
    let judge = Judge::new(&policy, &selected, &codes, DAY.parse().expect("a day"));
    let all = Seen { contract: &|_| true, file: &|_| true };
    assert_eq!(judge.of_config(&BTreeSet::new(), &all, SourceId(1)), []);
    let comments = comments("a: 1 # pact: ignore field-odd until 2026-12-31 r\n");
    assert_eq!(judge.of_document(SourceId(0), "a.yaml", "", &comments).finish(true).0, []);
}

#[test]
fn a_fingerprint_accepts_one_change_and_no_other() {
    let ignore = Ignore { fingerprint: Some("9c1f".into()), path: None, contract: None, ..ignore("type-odd", "", DAY) };
    let policy = Policy { ignores: vec![ignore], ..Policy::default() };
    let subject = |fingerprint: Option<&str>| Subject {
        contract: "orders".into(),
        element: "orders.email".into(),
        fingerprint: fingerprint.map(str::to_owned),
    };
    assert!(policy.ignore("type-odd", || subject(Some("9c1f"))).is_some());
    assert!(policy.ignore("type-odd", || subject(Some("0000"))).is_none());
    assert!(policy.ignore("type-odd", || subject(None)).is_none());
}

fn entry(file: &str, word: &str) -> Entry {
    Entry::new("field-odd", file, "orders", &format!("orders.{word}"), || word.to_owned())
}

#[test]
fn a_baseline_is_read_as_it_is_written() {
    let odd = Entry::new("key-odd", "b: \"c\".yaml", "", "", || "the text".to_owned());
    let baseline = Baseline::of([entry("b.yaml", "beta"), entry("a.yaml", "x[3].y"), odd, entry("a.yaml", "x[3].y")]);
    let text = baseline.text();
    let read = Baseline::read(&text).unwrap_or_else(|problems| panic!("{text}\n{problems:?}"));
    let plain = |baseline: &Baseline| -> Vec<Entry> {
        baseline.entries().iter().map(|entry| Entry { span: Span::default(), ..entry.clone() }).collect()
    };
    assert_eq!(plain(&read), plain(&baseline));
    assert_eq!(read.count(), 4);
    assert!(text.contains("{code: field-odd, element: \"orders.x[].y\", fingerprint: \""), "{text}");
    assert!(text.contains("count: 2}"), "{text}");
    let nothing = Baseline::read(&Baseline::default().text()).expect("a baseline");
    assert_eq!(nothing.entries(), []);
    for wrong in
        ["", "format: pact.baseline/2\nfindings: {}\n", "format: pact.baseline/1\nfindings: {a: [{code: x}]}\n"]
    {
        assert!(Baseline::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_baseline_holds_back_what_is_in_it_and_says_what_is_gone() {
    let baseline = Baseline::of([entry("old_name.yaml", "alpha"), entry("a.yaml", "gone"), entry("a.yaml", "gone")]);
    let text = "name: alpha\nother: beta\n";
    let (standing, held, findings) = judged(text, &["alpha", "beta"], &Policy::default(), Some(baseline));
    assert_eq!((standing, held[1]), (1, 1), "a file that was moved keeps its place");
    let message = "2 findings of the baseline are not there any more in `a.yaml`: `field-odd`";
    assert_eq!(said(&findings), [("baseline-unmatched", message)]);
    // As many as there were, and no more.
    let (standing, held, _) =
        judged(text, &["alpha", "alpha"], &Policy::default(), Some(Baseline::of([entry("a", "alpha")])));
    assert_eq!((standing, held[1]), (1, 1));
}

#[test]
fn a_fingerprint_stays_when_things_move_and_not_when_they_change() {
    let of = |contract: &str, element: &str, text: &str| {
        Entry::new("field-odd", "a.yaml", contract, element, || text.to_owned()).fingerprint
    };
    assert_eq!(of("orders", "orders.schema[1]", "mail"), of("orders", "orders.schema[27]", "mail"));
    assert_ne!(of("orders", "orders.schema[1]", "mail"), of("orders", "orders.schema[1]", "fax"));
    assert_eq!(of("orders", "orders.mail", "mail"), of("orders", "orders.mail", "e-mail"));
    assert_ne!(of("orders", "orders.mail", ""), of("others", "orders.mail", ""));
    assert_ne!(of("orders", "", "mail"), of("orders", "", "fax"));
    assert_eq!(
        Entry::new("a", "x.yaml", "orders", "e", String::new).fingerprint,
        Entry::new("a", "y.yaml", "orders", "e", String::new).fingerprint
    );
}
