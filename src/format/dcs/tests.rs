//! Contracts of the specification, converted.

use super::notes::Notes;
use super::{Target, to_odcs};
use crate::format::{self, Document, Outcome, Written};
use crate::model::{Contract, Literal, SourceId};
use crate::source::{SourceFile, parse};

const HEAD: &str = "dataContractSpecification: 1.2.1\nid: a\ninfo: {title: a, version: 1.0.0}\n";

fn converted(body: &str, target: Target) -> Written {
    let text = format!("{HEAD}{body}");
    let tree = parse(&text).expect("YAML");
    to_odcs(&tree, &text, target).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

fn read(text: &str) -> Document {
    let document = format::read(SourceId(0), SourceFile::new("a.odcs.yaml", text));
    assert!(document.problems.is_empty(), "{:#?}\n{text}", document.problems);
    document
}

fn contract(body: &str) -> Contract {
    let written = converted(body, Target::Native);
    let document = read(&written.text);
    let native = format::write_native(document.contract().expect("a contract"));
    let document = format::read(SourceId(0), SourceFile::new("a.yaml", native.text.as_str()));
    assert!(document.problems.is_empty(), "{:#?}\n{}", document.problems, native.text);
    document.contract().expect("a contract").clone()
}

fn notes(written: &Written, outcome: Outcome) -> Vec<String> {
    let of = written.notes.iter().filter(|note| note.outcome == outcome);
    of.map(|note| format!("{}: {}", note.element, note.message)).collect()
}

fn field(body: &str) -> String {
    format!("models: {{m: {{fields: {{f: {body}}}}}}}\n")
}

#[test]
fn a_wrong_form_is_refused_where_it_stands() {
    for (body, expected) in [
        ("servers: [a]\n", "servers"),
        ("terms: free\n", "terms"),
        ("models: []\n", "models"),
        ("models: {m: {fields: [a]}}\n", "fields"),
        ("models: {m: {fields: {o: {type: object, fields: [a]}}}}\n", "fields"),
        ("models: {m: {fields: {o: {type: array, items: {type: object, fields: [a]}}}}}\n", "fields"),
        ("models: {m: text}\n", "m"),
        ("definitions: [a]\n", "definitions"),
        ("definitions: {a: text}\n", "a"),
        ("servicelevels: {retention: [a]}\n", "retention"),
        ("servers: {a: {type: s3, roles: text}}\n", "roles"),
    ] {
        let text = format!("{HEAD}{body}");
        let tree = parse(&text).expect("YAML");
        let problems = to_odcs(&tree, &text, Target::Odcs).expect_err(body);
        let [problem] = problems.as_slice() else { panic!("{body}: {problems:#?}") };
        assert_eq!(problem.code, "wrong-type");
        assert!(
            problem.message.contains(&format!("`{expected}`")) || problem.message.contains(expected),
            "{problem:?}"
        );
        assert!(problem.span.start as usize >= HEAD.len(), "{problem:?}");
        assert!(problem.help.is_some());
    }
    for info in ["contact: text", "owner: {a: b}"] {
        let text = format!("dataContractSpecification: 1.2.1\nid: a\ninfo: {{title: a, version: 1.0.0, {info}}}\n");
        assert!(to_odcs(&parse(&text).expect("YAML"), &text, Target::Odcs).is_err(), "{info}");
    }
}

#[test]
fn lists_with_names_are_read_by_their_names() {
    let body = "servers: [{server: prod, type: s3, location: 's3://a'}]\nmodels: [{name: m, fields: [{name: f, type: int}]}]\n";
    let written = converted(body, Target::Odcs);
    assert_eq!(notes(&written, Outcome::Lost), [""; 0]);
    let document = read(&written.text);
    let contract = document.contract().expect("a contract");
    assert_eq!(contract.sources.len(), 1);
    assert_eq!(contract.datasets.iter().map(|dataset| dataset.fields.len()).collect::<Vec<_>>(), [1]);
    let twice = format!("{HEAD}models: [{{name: m}}, {{name: m}}]\n");
    assert!(to_odcs(&parse(&twice).expect("YAML"), &twice, Target::Odcs).is_err());
}

#[test]
fn what_finds_no_place_is_told_as_lost_with_its_line() {
    let text = "a: 1\nb:\n  - x\n  - c: yes\n  - null\n";
    let tree = parse(text).expect("YAML");
    let mut notes = Notes::new(Target::Odcs);
    notes.carry(tree.get("a").expect("a value"));
    notes.lost(&tree, text);
    let all = notes.finish();
    let shown: Vec<String> = all.iter().map(|note| format!("{}: {}", note.element, note.message)).collect();
    let [first, second] = shown.as_slice() else { panic!("{shown:?}") };
    assert!(first.starts_with("b[0]: line 3 has ") && second.starts_with("b[1].c: line 4 has "), "{shown:?}");
    assert!(all.iter().all(|note| note.outcome == Outcome::Lost));

    let many = format!("[{}]", "x, ".repeat(100_000));
    let tree = parse(&many).expect("YAML");
    let mut notes = Notes::new(Target::Odcs);
    notes.lost(&tree, &many);
    assert_eq!(notes.finish().len(), 21);
}

#[test]
fn the_native_format_has_words_that_odcs_has_not() {
    let body = "terms: {noticePeriod: P3M}\nservicelevels: {backup: {interval: weekly, recoveryTime: 24 hours, recoveryPoint: 1 week}}\n\
                models: {m: {fields: {f: {type: string, pii: true, default: none, lineage: {inputFields: [{namespace: pg, name: raw, \
                field: f}], transformationDescription: cut}}}}}\n";
    let contract = contract(body);
    let field = contract.datasets.first().and_then(|dataset| dataset.fields.first()).expect("a field");
    assert!(field.is_pii);
    assert_eq!(field.default_value, Some(Literal::Text("none".to_owned())));
    assert_eq!(contract.obligations.notice_period.as_ref().map(ToString::to_string).as_deref(), Some("3 months"));
    let native = format::write_native(&contract).text;
    for words in ["rto: 24 hours", "rpo: 1 week", "backup_every: 1 week", "pulls_from: [pg.raw]", "derivation: cut"] {
        assert!(native.contains(words), "{words}\n{native}");
    }
    assert!(!native.contains("pii: true\n        metadata") && !native.contains("slaProperties"), "{native}");
    for note in converted(body, Target::Native).notes {
        assert!(!note.message.contains("custom propert") && !note.message.contains("ODCS"), "{}", note.message);
    }
    let odcs = converted(body, Target::Odcs).text;
    assert!(odcs.contains("property: pii") && odcs.contains("is_pii: true"), "{odcs}");
}

#[test]
fn what_a_definition_says_in_another_way_is_kept() {
    let body = "models: {m: {fields: {f: {$ref: '#/definitions/d', description: mine}}}}\ndefinitions: {d: {type: string, description: theirs}}\n";
    let written = converted(body, Target::Odcs);
    assert!(
        written.text.contains("description: mine") && written.text.contains("description: theirs"),
        "{}",
        written.text
    );
    assert_eq!(notes(&written, Outcome::Lost), [""; 0]);
    assert_eq!(notes(&written, Outcome::Kept).len(), 1);
}

#[test]
fn the_type_in_the_store_is_the_physical_type() {
    let of = |servers: &str, config: &str| {
        let body =
            format!("{servers}{}", field(&format!("{{type: decimal, precision: 10, scale: 2, config: {config}}}")));
        converted(&body, Target::Odcs).text
    };
    let text = of("", "{physicalType: 'NUMERIC(10,2)'}");
    assert!(text.contains("physicalType: NUMERIC(10,2)") && !text.contains("customProperties"), "{text}");
    let snowflake = "servers: {s: {type: snowflake, account: a, database: d, schema: s}}\n";
    let text = of(snowflake, "{snowflakeType: 'NUMBER(10,2)', bigqueryType: NUMERIC}");
    assert!(text.contains("physicalType: NUMBER(10,2)") && text.contains("property: bigqueryType"), "{text}");
    let text = of("", "{snowflakeType: 'NUMBER(10,2)'}");
    assert!(text.contains("physicalType: decimal(10,2)") && text.contains("property: snowflakeType"), "{text}");
    let two = "servers: {s: {type: snowflake, account: a, database: d, schema: s}, t: {type: bigquery, project: p, dataset: d}}\n";
    assert!(of(two, "{snowflakeType: 'NUMBER(10,2)'}").contains("physicalType: decimal(10,2)"));
}

#[test]
fn policies_are_authoritative_definitions() {
    let body = "terms: {policies: [{name: privacy, url: 'https://example.com', description: read it}]}\n";
    let written = converted(body, Target::Odcs);
    assert!(written.text.contains("type: privacy") && !written.text.contains("customProperties"), "{}", written.text);
    assert_eq!(notes(&written, Outcome::Kept), [""; 0]);
}

#[test]
fn service_levels_have_values() {
    for body in [
        "serviceLevels: {availability: {percentage: 99.9%}}\n",
        "servicelevels: {frequency: {type: batch}}\n",
        "servicelevels: {retention: P1Y}\n",
        "servicelevels: {frequency: {type: batch, cron: 0 0 * * *}}\n",
        "servicelevels: {backup: {cron: 0 0 * * 0, recoveryTime: 24 hours}}\n",
        "servicelevels: {backup: {description: every week}}\n",
        "servicelevels: {backup: {other: 3}}\n",
    ] {
        let written = converted(body, Target::Odcs);
        assert!(written.text.contains("slaProperties") && !written.text.contains("null"), "{}", written.text);
        assert_eq!(notes(&written, Outcome::Lost), [""; 0]);
        read(&written.text);
    }
}

#[test]
fn types_of_databases_are_understood_and_others_are_told() {
    for (word, logical) in [
        ("varchar(20)", "string"),
        ("decimal(10,2)", "number"),
        ("timestamp_ntz(3)", "timestamp"),
        ("smallint", "integer"),
    ] {
        let written = converted(&field(&format!("{{type: '{word}'}}")), Target::Odcs);
        let properties = format!("logicalType: {logical}\n");
        assert!(written.text.contains(&properties), "{word}\n{}", written.text);
        assert!(written.text.contains(&format!("physicalType: {word}")), "{word}\n{}", written.text);
        assert_eq!(notes(&written, Outcome::Kept), [""; 0]);
    }
    let written = converted(&field("{type: strng}"), Target::Odcs);
    assert!(notes(&written, Outcome::Kept).iter().any(|note| note.contains("`strng`")), "{:?}", written.notes);
    for word in ["bytes", "variant", "json"] {
        assert_eq!(notes(&converted(&field(&format!("{{type: {word}}}")), Target::Odcs), Outcome::Kept), [""; 0]);
    }
}

#[test]
fn references_to_other_files_are_told_once() {
    let body = "models: {m: {fields: {f: {$ref: './defs.yaml#/a'}, g: {$ref: 'https://example.com/d.yaml#/b'}}}}\n";
    let kept = notes(&converted(body, Target::Odcs), Outcome::Kept);
    assert_eq!(kept.iter().filter(|note| note.contains("not followed")).count(), 1, "{kept:?}");
    assert!(matches!(kept.as_slice(), [note] if note.starts_with("m.f: 2 fields refer")), "{kept:?}");
}

#[test]
fn descriptions_with_blanks_at_the_ends_of_lines_stay_in_lines() {
    let written = converted("terms:\n  usage: |\n    one  \n    two\n", Target::Odcs);
    assert!(written.text.contains("usage: |\n    one\n    two\n"), "{}", written.text);
}
