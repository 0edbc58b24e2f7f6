//! What values of SQLite are.

use super::{are_said, said};

const MISSING: &str = "\
datasets:
- name: visits
  schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - {name: place, data_type: string, nullable: false, missing_values: [n/a, '', -1], constraints: [{type: min_length, value: 5}]}
  - {name: age, data_type: integer, missing_values: [-1, '-2', unknown], constraints: [{type: min, value: 0}]}
  - {name: day, data_type: date, unique: true, missing_values: ['0000-00-00', never]}
  - {name: note, data_type: string, nullable: false, missing_values: [n/a]}
rules:
  technical:
    - {name: far, expression: place <> 'n/a'}
    - {name: filled, field: age, check: not_null}
quality:
  - {metric_type: completeness, threshold: 100%}
";

#[test]
fn words_for_a_missing_value_are_as_null() {
    let rows = "
        CREATE TABLE visits (id INTEGER PRIMARY KEY, place TEXT NOT NULL, age, day TEXT, note TEXT NOT NULL);
        INSERT INTO visits VALUES (1, 'n/a', -1, '0000-00-00', 'a'), (2, '', -2, 'never', 'b'), (3, '-1', 'unknown', 'never', 'c'),
          (4, 'Delft', 7, '2026-01-05', 'n/a');";
    let found = said(MISSING, rows, &[]);
    are_said(
        &found,
        &[
            ("visits.place not_null", "fail", "it broken in 3 of 4 rows"),
            ("visits.place min_length", "pass", "it broken in none of 4 rows"),
            ("visits.age type", "pass", "it broken in none of 4 rows"),
            ("visits.age min", "pass", "it broken in none of 4 rows"),
            ("visits.day type", "pass", "it broken in none of 4 rows"),
            ("visits.day unique", "pass", "it broken in none of 4 rows"),
            ("visits.note not_null", "fail", "it broken in 1 of 4 rows"),
            ("far expression", "pass", "it broken in none of 4 rows"),
            ("filled not_null", "fail", "it broken in 3 of 4 rows"),
        ],
    );
    assert!(found.iter().any(|(_, verdict, found)| verdict == "fail" && found == "50% over 5 fields"), "{found:#?}");
}

#[test]
fn a_type_that_is_not_stated_takes_every_value() {
    let contract = "datasets: [{name: t, schema: [{name: id, data_type: integer}, {name: free, data_type: unknown, nullable: false}]}]\n";
    let rows = "CREATE TABLE t (id INTEGER, free); INSERT INTO t VALUES (1, 'a'), (2, 5), (3, x'01'), (4, NULL);";
    let found = said(contract, rows, &[]);
    are_said(
        &found,
        &[
            ("t.free not_null", "fail", "it broken in 1 of 4 rows"),
            ("t.id type", "pass", "it broken in none of 4 rows"),
        ],
    );
    assert_eq!(found.iter().filter(|(_, verdict, _)| verdict == "fail").count(), 1, "{found:#?}");
}

#[test]
fn tables_of_full_text_search_are_tables() {
    let contract = "datasets: [{name: notes, schema: [{name: title, data_type: string, nullable: false}]}]\n";
    let rows = "CREATE VIRTUAL TABLE notes USING fts5(title); INSERT INTO notes VALUES ('a'), (NULL);";
    are_said(&said(contract, rows, &[]), &[("notes.title not_null", "fail", "it broken in 1 of 2 rows")]);
}
