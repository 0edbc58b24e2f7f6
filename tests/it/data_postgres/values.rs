//! What values of PostgreSQL are, by their types and by what contracts say of them.

use super::{OWN, SOURCE, Server, are_said, check, results};

/// One server for all of these.
#[test]
fn values_are_what_the_contract_says() {
    let Some(server) = Server::start() else { return };
    words_for_a_missing_value_are_as_null(&server);
}

const MISSING: &str = "\
name: visits
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - {name: place, data_type: string, nullable: false, missing_values: [n/a, '', -1], constraints: [{type: min_length, value: 5}]}
  - {name: kind, data_type: string, nullable: false, missing_values: [none]}
  - {name: age, data_type: integer, missing_values: [-1, '-2', unknown], constraints: [{type: min, value: 0}]}
  - {name: price, data_type: decimal, missing_values: [-1, n/a], constraints: [{type: min, value: 0}]}
  - {name: share, data_type: float, missing_values: [0.1], constraints: [{type: min, value: 1}]}
  - {name: day, data_type: date, unique: true, missing_values: ['9999-12-31', '0000-00-00', '31.12.9999', never]}
  - {name: at, data_type: timestamp, nullable: false, missing_values: ['9999-12-31T00:00:00Z', '9999-12-31T00:00:00[Etc/UTC]', '-001000-01-01T00:00:00Z', never]}
  - {name: clock, data_type: time, nullable: false, missing_values: ['00:00:00', never]}
  - {name: sure, data_type: boolean, nullable: false, missing_values: [false, 'no']}
  - {name: ref, data_type: uuid, nullable: false, missing_values: ['00000000-0000-0000-0000-000000000000', n/a]}
  - {name: doc, data_type: json, nullable: false, missing_values: [n/a, -1]}
  - {name: tags, data_type: array, items: {data_type: string}, nullable: false, missing_values: ['{}']}
  - {name: raw, data_type: binary, nullable: false, missing_values: [n/a]}
  - {name: odd, data_type: integer, missing_values: [n/a]}
rules:
  technical:
    - {name: far, expression: place <> 'n/a'}
    - {name: filled, field: age, check: not_null}
quality:
  - {metric_type: completeness, threshold: 100%}
sources:
  test: {type: postgres, SOURCE}
";

fn words_for_a_missing_value_are_as_null(server: &Server) {
    server.sql(
        "SET search_path = shop; CREATE TYPE kind AS ENUM ('none', 'some');
         CREATE TABLE visits (id integer PRIMARY KEY, place text NOT NULL, kind kind, age integer, price numeric(8,2), share real, day date,
           at timestamptz, clock time, sure boolean, ref uuid, doc jsonb, tags text[], raw bytea, odd text);
         INSERT INTO visits VALUES
          (1, 'n/a', 'none', -1, -1, 0.1, '9999-12-31', '9999-12-31', '00:00', false, '00000000-0000-0000-0000-000000000000', '\"n/a\"', '{}', '\\x01', 'n/a'),
          (2, '', 'some', -2, 5, 1, '9999-12-31', '2026-01-05', '01:00', true, '00000000-0000-0000-0000-000000000001', '-1', '{a}', '\\x01', 'n/a'),
          (3, 'Delft', 'some', 7, 5, 1, '2026-01-05', '2026-01-05', '01:00', true, '00000000-0000-0000-0000-000000000001', '{}', '{a}', '\\x01', 'n/a');
         GRANT SELECT ON visits TO reader",
    );
    let ran = check(&server.repository(&MISSING.replace("SOURCE", SOURCE)), &["--format", "json"], &[OWN]);
    let (none, one, two) = ("it broken in none of 3 rows", "it broken in 1 of 3 rows", "it broken in 2 of 3 rows");
    are_said(
        &ran,
        &[
            ("visits.id not_null", "pass", "it enforced by the database"),
            ("visits.place not_null", "fail", two),
            ("visits.place min_length", "pass", none),
            ("visits.kind not_null", "fail", one),
            ("visits.age min", "pass", none),
            ("visits.price min", "pass", none),
            ("visits.share min", "pass", none),
            ("visits.day unique", "pass", none),
            ("visits.at not_null", "fail", one),
            ("visits.clock not_null", "fail", one),
            ("visits.sure not_null", "fail", one),
            ("visits.ref not_null", "fail", one),
            ("visits.doc not_null", "fail", two),
            ("visits.tags not_null", "fail", one),
            ("visits.raw not_null", "pass", none),
            ("far expression", "pass", none),
            ("filled not_null", "fail", two),
        ],
    );
    let share =
        results(&ran).into_iter().any(|(_, verdict, found)| verdict == "fail" && found.ends_with("% over 15 fields"));
    assert!(share, "{ran:?}");
}
