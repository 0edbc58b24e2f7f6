//! What is written is read as the same contract.

use proptest::prelude::*;

use super::write;
use crate::format::{Content, Document, read};
use crate::model::samples::{contracts, wild_contracts};
use crate::model::{Contract, DataType, Deprecation, Field, Literal, SourceId, Subject};
use crate::source::SourceFile;

fn document(text: &str) -> Document {
    read(SourceId(0), SourceFile::new("orders.yaml", text))
}

fn contract(text: &str) -> Contract {
    match document(text) {
        Document { content: Some(Content::Contract(contract)), problems, .. } if problems.is_empty() => {
            (*contract).clone()
        }
        other => panic!("no contract: {:#?}\n{text}", other.problems),
    }
}

/// The settings of sources have no order.
fn in_order(mut contract: Contract) -> Contract {
    for source in &mut contract.sources {
        source.settings.sort_by(|one, other| one.0.cmp(&other.0));
    }
    contract
}

fn written(contract: &Contract) -> (String, Vec<String>) {
    let written = write(contract);
    let notes = written.notes.iter().map(|note| format!("{} {}: {}", note.outcome.name(), note.element, note.message));
    (written.text, notes.collect())
}

#[test]
fn the_text_is_as_people_write_it() {
    let text = "\
name: orders
version: 1.2.0
status: active
description: Orders of the web shop.
tags: [sales, core]
compatibility: readers

publisher:
  team: sales
  channels:
    - channel: slack
      to: \"#orders\"

schema:
  - name: order_id
    data_type: integer
    nullable: false
    is_primary_key: true
    id: 7
    constraints:
      - type: min
        value: 1
  - name: status
    data_type: string
    deprecated: true
    constraints:
      - type: enum
        value:
          - value: paid
            label: Paid
          - open
        open: true

rules:
  technical:
    - name: few_nulls
      field: status
      metric: null_values
      unit: percent
      must_be_less_than: 5

service_levels:
  availability: 99.9%

price:
  amount: 250
  currency: EUR

sources:
  production:
    type: snowflake
    database: shop
    settings:
      account: shop-eu
";
    assert_eq!(written(&contract(text)), (text.to_owned(), Vec::new()));
}

#[test]
fn names_are_made_to_fit_with_all_that_refers_to_them() {
    let text = "\
name: x
version: 1.0.0
datasets:
  - name: a
    primary_key: [c]
    ordering: [c desc]
    schema:
      - name: c
        data_type: object
        fields:
          - {name: d, data_type: string}
      - {name: c_2, data_type: string, foreign_key_reference: x.a.c.d}
    foreign_keys:
      - {fields: [c_2], references: x.a, referenced_fields: [c]}
access:
  roles:
    - {name: all, fields: [a.c.d, c]}
rules:
  business:
    - {name: r, dataset: a, field: c, metric: duplicate_values, arguments: {fields: [c, c_2]}}
";
    let mut it = contract(text);
    it.name = "Web-Shop (Über)".to_owned();
    it.written_version = Some("v1".to_owned());
    let field = &mut it.datasets[0].fields[0];
    field.name = "c 2".to_owned();
    field.fields[0].name = "d.e".to_owned();
    let dataset = &mut it.datasets[0];
    dataset.name = "a table".to_owned();
    dataset.key_order = vec!["c 2".to_owned()];
    dataset.ordering = vec!["c 2 desc".to_owned()];
    dataset.fields[1].foreign_key_reference = Some("Web-Shop (Über).a table.c 2.d.e".to_owned());
    dataset.foreign_keys[0].references = "Web-Shop (Über).a table".to_owned();
    dataset.foreign_keys[0].referenced_fields = vec!["c 2".to_owned()];
    it.access.as_mut().expect("access").roles[0].fields = vec!["a table.c 2.d.e".to_owned(), "c 2".to_owned()];
    it.rules[0].dataset = Some("a table".to_owned());
    it.rules[0].field = Some("c 2".to_owned());
    let subject = &mut it.rules[0].assertion.as_mut().expect("an assertion").subject;
    *subject = Subject::DuplicateValues(vec!["c 2".to_owned(), "c_2".to_owned()]);

    let (text, notes) = written(&it);
    let expected = "\
name: web_shop_uber
version: 1.0.0
title: Web-Shop (Über)

datasets:
  - name: a_table
    title: a table
    physical_name: a table
    schema:
      - name: c_2_2
        data_type: object
        is_primary_key: true
        physical_name: c 2
        title: c 2
        fields:
          - name: d_e
            data_type: string
            physical_name: d.e
            title: d.e
      - name: c_2
        data_type: string
        foreign_key_reference: web_shop_uber.a_table.c_2_2.d_e
    primary_key: [c_2_2]
    foreign_keys:
      - fields: [c_2]
        references: web_shop_uber.a_table
        referenced_fields: [c_2_2]
    ordering: [c_2_2 desc]

rules:
  business:
    - name: r
      dataset: a_table
      field: c_2_2
      metric: duplicate_values
      arguments:
        fields: [c_2_2, c_2]

access:
  roles:
    - name: all
      fields: [a_table.c_2_2.d_e, c_2_2]
";
    assert_eq!(text, expected);
    let expected = [
        "reworded version: the version `v1` is no SemVer version; it is 1.0.0 now",
        "reworded name: the contract `Web-Shop (Über)` is called `web_shop_uber` now, since native names have another form",
        "reworded a_table: the dataset `a table` is called `a_table` now, since native names have another form",
        "reworded a_table.c_2_2: the field `c 2` is called `c_2_2` now, since native names have another form",
        "reworded a_table.c_2_2.d_e: the field `d.e` is called `d_e` now, since native names have another form",
    ];
    assert_eq!(notes, expected);
    contract(&text);
}

#[test]
fn what_does_not_fit_is_kept_beside_its_element() {
    let text = "name: x\nversion: 1.0.0\nschema:\n  - {name: a, data_type: string}\n";
    let mut it = contract(text);
    it.lifecycle.sunset_on = Some("some day".to_owned());
    let deep = (0..200).fold(Literal::Int(1), |inner, _| Literal::List(vec![inner]));
    it.datasets[0].fields[0].example_value = Some(deep.clone());
    it.datasets[0].fields[0].deprecated =
        Some(Box::new(Deprecation { sunset_on: Some("soon".to_owned()), ..Deprecation::default() }));
    it.metadata = vec![("a".to_owned(), Literal::Int(1)), ("a".to_owned(), Literal::Int(2))];
    let (text, notes) = written(&it);
    let kept = "    metadata:\n      kept:\n        deprecated.sunset_on: soon\n";
    assert!(text.contains(kept), "{text}");
    assert!(text.contains("metadata:\n  a: 1\n  a_2: 2\n  kept:\n    lifecycle.sunset_on: some day\n"), "{text}");
    assert_eq!(notes.len(), 4, "{notes:#?}");
    let is_kept = "kept lifecycle.sunset_on: `sunset_on` is kept in `metadata.kept`, since `sunset_on` takes a date as YYYY-MM-DD";
    assert!(notes.iter().any(|note| note == is_kept), "{notes:#?}");
    assert!(notes.iter().any(|note| note.starts_with("reworded x.a.example_value: ")), "{notes:#?}");
    contract(&text);
}

#[test]
fn long_lists_take_no_time_without_end() {
    let mut it = contract("name: x\nversion: 1.0.0\nschema:\n  - {name: a, data_type: string}\n");
    it.short_form = false;
    it.metadata = vec![("a".to_owned(), Literal::Int(1)); 50_000];
    it.datasets[0].fields = vec![Field::new("a b", DataType::String); 20_000];
    it.datasets[0].key_order = vec!["a b".to_owned(); 20_000];
    let started = std::time::Instant::now();
    let text = write(&it).text;
    assert!(text.len() > 50_000);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn an_id_that_is_the_name_is_not_written() {
    let it = contract("name: a\nversion: 1.0.0\nschema:\n  - {name: id, data_type: integer}\n");
    let with_id = Contract { id: Some("a".to_owned()), ..it.clone() };
    assert_eq!(write(&with_id).text, write(&it).text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_read_as_the_same(it in contracts()) {
        let written = write(&it);
        prop_assert_eq!(&written.notes, &[], "{}", written.text);
        let back = in_order(contract(&written.text));
        prop_assert_eq!(back, in_order(it), "{}", written.text);
    }

    #[test]
    fn anything_is_written_in_a_form_that_is_read_without_a_problem(it in wild_contracts()) {
        let written = write(&it);
        let back = contract(&written.text);
        // What is there now needs no more rewording.
        let again = write(&back);
        prop_assert_eq!(&again.notes, &[], "{}", written.text);
        prop_assert_eq!(again.text, written.text);
    }
}
