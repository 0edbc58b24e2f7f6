//! Fixes in rounds, with what is wrong told by a function of the test.

use super::{Mender, Resolver, Unmended};
use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::format::{Document, read_with_tree};
use crate::model::{Literal, Path, SourceId};
use crate::source::edit::comments;
use crate::source::{SourceFile, Span, parse};

const RULE: RuleMeta =
    RuleMeta { code: "odd", group: Group::Hygiene, severity: Severity::Error, by_default: true, summary: "", page: "" };

fn document(text: &str) -> Document {
    read_with_tree(SourceId(0), SourceFile::new("a.yaml", text))
}

/// Mends a text of which `look` finds what is wrong: the text at the end, how many findings were mended, and why others
/// were not.
fn mended(text: &str, with_guesses: bool, look: impl Fn(&Document) -> Vec<Finding>) -> (String, usize, Vec<Unmended>) {
    let mut document = document(text);
    let mut mender = Mender::new(look(&document), with_guesses);
    while let Some(proposal) = mender.propose(&document) {
        if mender.judge(look(&proposal)) {
            document = proposal;
        }
    }
    let unmended = mender.unmended().iter().map(|(_, reason)| reason.clone()).collect();
    (document.file.text().to_owned(), mender.fixed(), unmended)
}

/// Mends what is wrong with the form of a text.
fn by_form(text: &str, with_guesses: bool) -> (String, usize, Vec<Unmended>) {
    mended(text, with_guesses, |document| document.problems.clone())
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    let (mended, fixed, unmended) = by_form(text, false);
    assert_eq!(mended, expected);
    assert!(fixed > 0 && unmended.is_empty(), "{fixed} {unmended:?}");
    assert_eq!(by_form(&mended, false), (mended, 0, Vec::new()));
}

const HEAD: &str = "name: orders\nversion: 1.0.0\n";

#[test]
fn what_is_misspelt_is_renamed_and_every_other_byte_stays() {
    becomes(
        "\u{feff}# Orders\r\nNAME: orders # here\r\nversion: '1.0.0'\r\nschema:\r\n- {name: id,  dataType: \"string\", nulable: false}\r\n# end",
        "\u{feff}# Orders\r\nname: orders # here\r\nversion: '1.0.0'\r\nschema:\r\n- {name: id,  data_type: \"string\", nullable: false}\r\n# end",
    );
    becomes(
        "{\n  \"name\": \"orders\",\n  \"verison\": \"1.0.0\",\n  \"schema\": [{\"name\": \"id\", \"type\": \"string\"}]\n}\n",
        "{\n  \"name\": \"orders\",\n  \"version\": \"1.0.0\",\n  \"schema\": [{\"name\": \"id\", \"data_type\": \"string\"}]\n}\n",
    );
}

#[test]
fn what_a_right_key_uncovers_is_mended_next_or_told() {
    becomes(
        "name: orders\nversion: 1.0.0\nschema:\n- name: id\n  dataType: varchar(36)\n  nulable: no\n",
        "name: orders\nversion: 1.0.0\nschema:\n- name: id\n  data_type: string\n  nullable: false\n  physical_type: varchar(36)\n",
    );
    // What has no right answer is no reason to leave the key wrong.
    becomes(
        "name: orders\nversion: 1.0.0\nshcema:\n- name: id\n  data_type: strange\n- data_type: string\n",
        "name: orders\nversion: 1.0.0\nschema:\n- name: id\n  data_type: strange\n- data_type: string\n",
    );
    // A list is no mapping: what was meant by such a key is not certain.
    let text = "name: orders\nversion: 1.0.0\npublisehr: [sales]\n";
    assert_eq!(by_form(text, false), (text.to_owned(), 0, Vec::new()));
}

#[test]
fn versions_are_guessed_from_what_is_like_one() {
    for (version, meant) in [("v1.2", "1.2.0"), ("01.2.0", "1.2.0"), ("V2", "2.0.0")] {
        let (text, fixed, _) = by_form(&format!("name: orders\nversion: {version}\n"), true);
        assert_eq!((text, fixed), (format!("name: orders\nversion: \"{meant}\"\n"), 1), "{version}");
    }
}

#[test]
fn comments_stay_at_the_items_that_they_are_about() {
    let look = |edits: fn(Span, Span) -> Vec<Edit>| {
        move |document: &Document| {
            let text = document.file.text();
            let place = |word: &str| text.find(word).map(|at| Span::new(at, at + word.len()));
            let Some((zeta, alpha)) =
                place("zeta").zip(place("alpha")).filter(|(zeta, alpha)| zeta.start < alpha.start)
            else {
                return Vec::new();
            };
            let label = Label { source: SourceId(0), place: Place::Span(zeta), note: String::new() };
            vec![Finding::new(&RULE, label, "odd").fix(Fix::safe("mend", edits(zeta, alpha)))]
        }
    };
    let swap = |zeta, alpha| {
        let text = |word: &str| Literal::Text(word.to_owned());
        vec![Edit::Value(Place::Span(zeta), text("alpha")), Edit::Value(Place::Span(alpha), text("zeta"))]
    };
    let remove = |zeta, _| vec![Edit::Remove(Place::Span(zeta))];
    for text in ["t:\n  - zeta # z\n  - alpha\n", "t:\n  # z\n  - zeta\n  - alpha\n", "t: [zeta, # z\n alpha]\n"] {
        for edits in [swap as fn(Span, Span) -> Vec<Edit>, remove] {
            assert_eq!(mended(text, false, look(edits)), (text.to_owned(), 0, vec![Unmended::CommentLeft]));
        }
    }
    let text = "# t\nt: [zeta, alpha] # all\n";
    assert_eq!(mended(text, false, look(swap)).0, "# t\nt: [alpha, zeta] # all\n");
    assert_eq!(mended(text, false, look(remove)).0, "# t\nt: [alpha] # all\n");
}

#[test]
fn a_file_with_the_name_of_json_is_json() {
    let read = |path: &str, text: &str| read_with_tree(SourceId(0), SourceFile::new(path, text));
    let text = "{\"name\": \"é\",\n version: 1.0.0}\n";
    let document = read("a.odcs.json", text);
    let found = document.problems.first().map(|problem| (problem.code, problem.label.place.clone()));
    let at = text.find("version").expect("the key");
    assert_eq!(found, Some(("yaml-syntax", Place::Span(Span::new(at, at)))));
    assert!(read("a.odcs.json", &text.replace("version: 1.0.0", "\"version\": \"1.0.0\"")).tree.is_some());
    assert!(read("a.yaml", text).tree.is_some());
}

#[test]
fn what_was_wrong_before_and_moved_up_speaks_against_nothing() {
    let text = "t: [zeta, alpha]\n";
    let look = |document: &Document| {
        let text = document.file.text();
        let odd = |place| {
            let label = Label { source: SourceId(0), place, note: String::new() };
            Finding::new(&RULE, label, "odd")
        };
        let index = usize::from(text.contains("zeta"));
        let mut findings = vec![odd(Place::Element(Path::of("t").index(index)))];
        if let Some(at) = text.find("zeta") {
            let place = Place::Span(Span::new(at, at + 4));
            findings.push(odd(place.clone()).fix(Fix::safe("remove it", vec![Edit::Remove(place)])));
        }
        findings
    };
    assert_eq!(mended(text, false, look), ("t: [alpha]\n".to_owned(), 1, Vec::new()));
}

#[test]
fn values_of_another_type_say_the_same_in_the_right_one() {
    let schema = "schema: [{name: id, data_type: string}]\n";
    for (wrong, right) in [
        ("status: Active\n", "status: active\n"),
        ("tags: sales\n", "tags: [sales]\n"),
        ("tags: [1.10, 0x1F]\n", "tags: [\"1.10\", \"0x1F\"]\n"),
        ("publisher: {team: 007}\n", "publisher: {team: 007}\n"),
        ("publisher: {team: 7} # b\n", "publisher: {team: \"7\"} # b\n"),
    ] {
        let (mended, _, unmended) = by_form(&format!("{HEAD}{wrong}{schema}"), false);
        assert_eq!((mended, unmended), (format!("{HEAD}{right}{schema}"), Vec::new()));
    }
    let field = |rest: &str| format!("{HEAD}schema:\n  - name: id\n    data_type: decimal\n    {rest}\n");
    for (wrong, right) in [
        ("required: true # must", "nullable: false # must"),
        ("precision: '12'", "precision: 12"),
        ("precision: 12.0", "precision: 12"),
        ("nullable: \"True\"", "nullable: true"),
    ] {
        becomes(&field(wrong), &field(right));
    }
}

#[test]
fn guesses_are_made_only_where_they_are_asked_for() {
    let text = "name: orders\nversion: 1.10 # two\nschema: [{name: id, data_type: string}]\n";
    assert_eq!(by_form(text, false).0, text);
    let (mended, fixed, _) = by_form(text, true);
    assert_eq!((mended, fixed), (text.replace("1.10", "\"1.10.0\""), 1));
}

#[test]
fn keys_go_to_where_they_belong_with_their_comments() {
    becomes(
        "name: orders\nversion: 1.0.0\nschema:\n  - name: id\n    data_type: string\n    # how it is kept\n    compatibility: readers # always\n",
        "name: orders\nversion: 1.0.0\nschema:\n  - name: id\n    data_type: string\n# how it is kept\ncompatibility: readers # always\n",
    );
}

#[test]
fn a_key_that_says_the_same_again_goes_and_its_comment_stays() {
    becomes(
        "name: orders\nversion: 1.0.0\nname: orders # again\nschema: [{name: id, data_type: string}]\n",
        "name: orders\nversion: 1.0.0\n# again\nschema: [{name: id, data_type: string}]\n",
    );
    let text = "name: orders\nversion: 1.0.0\nversion: 1.1.0\nschema: [{name: id, data_type: string}]\n";
    assert_eq!(by_form(text, true), (text.to_owned(), 0, Vec::new()));
}

#[test]
fn what_an_anchor_shares_is_refused_with_a_reason() {
    let text =
        format!("{HEAD}metadata: {{x: &x {{nulable: true}}}}\nschema:\n  - {{name: id, data_type: string, <<: *x}}\n");
    let (mended, fixed, unmended) = by_form(&text, true);
    assert_eq!((mended, fixed), (text, 0));
    assert!(matches!(unmended.as_slice(), [Unmended::Refused(_)]), "{unmended:?}");
}

#[test]
fn one_harmful_fix_among_many_is_found_and_left_out() {
    // Every tag is odd, and one of them can't be changed without another mistake.
    let look = |document: &Document| -> Vec<Finding> {
        let tree = parse(document.file.text()).unwrap();
        let tags = tree.get("tags").unwrap().items();
        let mut found = Vec::new();
        for tag in tags.iter().filter(|tag| !tag.text().unwrap_or("").ends_with('x')) {
            let text = tag.text().unwrap_or("");
            let new = if text == "t7" { "BADx".to_owned() } else { format!("{text}x") };
            let edit = Edit::Value(Place::Span(tag.span), Literal::Text(new));
            let label = Label::at(SourceId(0), Path::of("tags"));
            found.push(Finding::new(&RULE, label, text).fix(Fix::safe("add x", vec![edit])));
        }
        if document.file.text().contains("BAD") {
            found.push(Finding::new(&RULE, Label::at(SourceId(0), Path::root()), "BAD is bad"));
        }
        found
    };
    let tags = |end: &str| {
        (0..20).map(|tag| format!("t{tag}{}", if tag == 7 { "" } else { end })).collect::<Vec<_>>().join(", ")
    };
    let text = |end: &str| format!("{HEAD}tags: [{}]\nschema: [{{name: id, data_type: string}}]\n", tags(end));
    let (mended, fixed, unmended) = mended(&text(""), false, look);
    assert_eq!((mended, fixed), (text("x"), 19));
    assert_eq!(unmended, [Unmended::NewlyWrong("BAD is bad".to_owned())]);
}

#[test]
fn fixes_that_undo_each_other_end() {
    let look = |document: &Document| -> Vec<Finding> {
        let text = document.file.text();
        let (at, other) = match text.find("one") {
            Some(at) => (at, "two"),
            None => (text.find("two").unwrap(), "one"),
        };
        let edit = Edit::Bytes(Span::new(at, at + 3), other.to_owned());
        let label = Label::at(SourceId(0), Path::root());
        // What is new and an error would speak against the fix.
        let rule = RuleMeta { severity: Severity::Warning, ..RULE };
        vec![Finding::new(&rule, label, format!("write {other}")).fix(Fix::safe("swap", vec![edit]))]
    };
    let (_, fixed, unmended) = mended(&format!("{HEAD}# one\nschema: []\n"), false, look);
    assert_eq!((fixed, unmended), (super::MOST_ROUNDS, vec![Unmended::TooManyRounds]));
}

#[test]
fn a_fix_that_mends_nothing_is_not_made() {
    let text = format!("{HEAD}schema: []\n");
    let look = |_: &Document| -> Vec<Finding> {
        let edit = Edit::set(Path::root(), "title", "x");
        vec![Finding::new(&RULE, Label::at(SourceId(0), Path::root()), "odd").fix(Fix::safe("add a title", vec![edit]))]
    };
    assert_eq!(mended(&text, false, look), (text.clone(), 0, vec![Unmended::StillFound]));
}

#[test]
fn edits_of_elements_find_their_places_in_both_formats() {
    let native = "name: orders\nversion: 1.0.0\nschema:\n  - name: id\n    data_type: string\n  - {name: b, data_type: string, nullable: true}\n";
    let odcs = "kind: DataContract\napiVersion: v3.1.0\nid: orders\nversion: 1.0.0\nstatus: active\nschema:\n- name: orders\n  \
                properties:\n  - name: id # key\n    logicalType: string\n  - {name: b, logicalType: string, required: false}\n";
    let change = |text: &str, path: &Path, key: &str, value: Literal| -> Result<String, Unmended> {
        let document = document(text);
        let edits =
            Resolver::of(&document).unwrap().edits(&Fix::safe("", vec![Edit::set(path.clone(), key, value)]))?;
        let mut new = text.to_owned();
        for (range, text) in edits.into_iter().rev() {
            new.replace_range(range, &text);
        }
        Ok(new)
    };
    let field = |name: &str| Path::dataset("orders").field(name);
    let no = || Literal::Bool(false);
    assert_eq!(
        change(native, &field("id"), "nullable", no()).unwrap(),
        native.replace("data_type: string\n  -", "data_type: string\n    nullable: false\n  -")
    );
    assert_eq!(change(native, &field("b"), "nullable", no()).unwrap(), native.replace("true}", "false}"));
    // The standard says it the other way round.
    assert_eq!(
        change(odcs, &field("id"), "nullable", no()).unwrap(),
        odcs.replace("logicalType: string\n  -", "logicalType: string\n    required: true\n  -")
    );
    assert_eq!(change(odcs, &field("b"), "nullable", no()).unwrap(), odcs.replace("false}", "true}"));
    assert_eq!(change(odcs, &field("id"), "is_pii", Literal::Bool(true)), Err(Unmended::NotThere));
    assert_eq!(change(native, &field("gone"), "nullable", no()), Err(Unmended::NotThere));
}

#[test]
fn no_comment_goes() {
    let text = "name: orders # a\n# b\nversion: 1.0.0\nnaem: orders # c\nschema: # d\n  # e\n  - name: id # f\n    dataType: string # g\n    nulable: true # h\n# i\n";
    let (new, ..) = by_form(text, true);
    let count = |text: &str| comments(text, &parse(text).unwrap()).len();
    assert_eq!(count(&new), 9, "{new}");
}
