//! What values of PostgreSQL are, by their types and by what contracts say of them.

use super::{OWN, SOURCE, Server, are_said, check, results};

/// One server for all of these.
#[test]
fn values_are_what_the_contract_says() {
    let Some(server) = Server::start() else { return };
    words_for_a_missing_value_are_as_null(&server);
    types_are_held_by_their_names(&server);
    what_is_within_json_is_of_its_type_in_rules(&server);
    lists_are_looked_into(&server);
    rows_are_written_as_json(&server);
    null_of_another_kind_and_types_that_are_not_stated(&server);
    impossible_days_within_json_blank_no_neighbour(&server);
    mistakes_in_rules_are_told_in_their_words(&server);
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

const NAMES: &str = "\
name: odds
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - {name: mail, data_type: string, physical_type: citext, unique: true, constraints: [{type: regex, value: '^[a-z]+$'}]}
  - {name: host, data_type: string, physical_type: citext}
  - {name: mail2, data_type: string, physical_type: text}
  - {name: ip, data_type: string, constraints: [{type: regex, value: '^[0-9.]+$'}]}
  - {name: net, data_type: string, constraints: [{type: enum, value: [10.0.0.0/8]}]}
  - {name: mac, data_type: integer}
  - {name: span, data_type: string}
  - {name: span2, data_type: string, physical_type: interval}
  - {name: span3, data_type: string, physical_type: int4range}
  - {name: cost, data_type: integer}
  - {name: cost3, data_type: date}
  - {name: cost2, data_type: decimal, physical_type: money, constraints: [{type: min, value: 2}]}
  - {name: price, data_type: decimal, physical_type: money}
  - {name: ids, data_type: integer, constraints: [{type: multiple_of, value: 2}]}
  - {name: bits, data_type: string, physical_type: bit varying(8)}
  - {name: bits2, data_type: string, physical_type: varbit(4)}
  - {name: page, data_type: json, physical_type: xml}
  - {name: mood, data_type: string, physical_type: mood2}
  - {name: mood2, data_type: string, physical_type: mood3}
  - {name: email, data_type: string, physical_type: shop.email}
  - {name: words, data_type: string}
sources: {db: {type: postgres, SOURCE}}
";

fn types_are_held_by_their_names(server: &Server) {
    server.sql(
        "CREATE EXTENSION citext; SET search_path = shop, public; CREATE TYPE mood2 AS ENUM ('a');
         CREATE TABLE odds (id integer PRIMARY KEY, mail citext, host text, mail2 citext, ip inet, net cidr, mac macaddr, span interval, span2 interval day to second,
           span3 int8range, cost money, cost2 money, price numeric, ids oid, bits varbit(8), bits2 varbit(8), page xml, mood mood2, mood2 mood2,
           email email, words tsvector, cost3 money);
         INSERT INTO odds VALUES
          (1, 'Ada', 'x', 'x', '10.0.0.1', '10.0.0.0/8', '08:00:2b:01:02:03', '1 day', '1 day', '[1,5)', 1, 1, 1, 1, B'1', B'1', '<a/>', 'a', 'a', 'a@x', 'fat'),
          (2, 'ada', 'x', 'x', '10.0.0.0/8', '11.0.0.0/8', null, null, null, null, 3, 3, 3, 2, null, null, null, null, null, null, null),
          (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
         GRANT SELECT ON odds TO reader; GRANT USAGE ON SCHEMA public TO reader",
    );
    let ran = check(&server.repository(&NAMES.replace("SOURCE", SOURCE)), &["--format", "json"], &[OWN]);
    let one = "it broken in 1 of 3 rows";
    are_said(
        &ran,
        &[
            ("odds.mail regex", "fail", one),
            ("odds.mail unique", "pass", "it broken in none of 3 rows"),
            ("odds.host", "fail", "the type `text`"),
            ("odds.mail2", "fail", "the type `public.citext`, which is no `text`"),
            ("odds.ip regex", "fail", one),
            ("odds.net enum", "fail", one),
            ("odds.mac", "fail", "the type `macaddr`"),
            (
                "odds.span",
                "warn",
                "the type `interval`, which no `data_type` is; `physical_type: interval` would hold it",
            ),
            ("odds.span3", "fail", "the type `int8range`, which is no `int4range`"),
            ("odds.cost", "warn", "the type `money`, which no `data_type` is; `physical_type: money` would hold it"),
            ("odds.cost3", "fail", "the type `money`, which no `data_type` is; `physical_type: money` would hold it"),
            ("odds.cost2 min", "fail", one),
            ("odds.price", "fail", "the type `numeric`"),
            ("odds.ids multiple_of", "fail", one),
            ("odds.bits2", "fail", "the type `bit varying(8)`, which is no `varbit(4)`"),
            ("odds.mood2", "fail", "the type `mood2`"),
        ],
    );
    let told: Vec<String> = results(&ran).into_iter().filter(|one| one.1 != "pass").map(|one| one.0).collect();
    for name in [
        "odds.mail",
        "odds.ip",
        "odds.net",
        "odds.span2",
        "odds.bits",
        "odds.page",
        "odds.mood",
        "odds.email",
        "odds.words",
        "odds.ids",
    ] {
        assert!(!told.iter().any(|one| one == name), "{name}: {told:?}");
    }
}

fn what_is_within_json_is_of_its_type_in_rules(server: &Server) {
    server.sql(
        "SET search_path = shop; CREATE TABLE events (id integer PRIMARY KEY, payload jsonb, address json);
         INSERT INTO events VALUES
          (1, '{\"count\": 10, \"Seen\": true, \"at\": {\"on\": \"2026-01-05\", \"clock\": \"09:00\"}, \"ref\": \"00000000-0000-0000-0000-000000000001\"}', '{\"zip\": \"123\"}'),
          (2, '{\"count\": 2, \"Seen\": false, \"at\": {\"on\": \"2025-01-05\", \"clock\": \"11:00\"}, \"ref\": \"00000000-0000-0000-0000-000000000002\"}', '{\"zip\": \"124\"}'),
          (3, '{\"count\": \"many\", \"Seen\": null}', null);
         GRANT SELECT ON events TO reader",
    );
    let contract = "\
name: events
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - name: payload
    data_type: object
    fields:
      - {name: count, data_type: integer}
      - {name: Seen, data_type: boolean}
      - {name: ref, data_type: uuid, constraints: [{type: enum, value: [00000000-0000-0000-0000-000000000001]}]}
      - {name: at, data_type: object, fields: [{name: on, data_type: date}, {name: clock, data_type: time, constraints: [{type: max, value: '10:00:00'}]}]}
  - {name: address, data_type: object, fields: [{name: zip, data_type: string}]}
rules:
  technical:
    - {name: number, expression: payload.count > 3}
    - {name: sum, expression: payload.count + 1 > 3 and events.payload.count < 100}
    - {name: truth, expression: payload.seen}
    - {name: day, expression: \"payload.at.on >= DATE '2026-01-01'\"}
    - {name: text, expression: \"address.zip = '123'\"}
    - {name: unknown, expression: \"payload.other is null\"}
sources: {db: {type: postgres, SOURCE}}
";
    let ran = check(&server.repository(&contract.replace("SOURCE", SOURCE)), &["--format", "json"], &[OWN]);
    let one = "it broken in 1 of 3 rows";
    are_said(
        &ran,
        &[
            ("number expression", "fail", one),
            ("sum expression", "fail", one),
            ("truth expression", "fail", one),
            ("day expression", "fail", one),
            ("text expression", "fail", one),
            ("unknown expression", "pass", "it broken in none of 3 rows"),
            ("events.payload.count type", "fail", one),
            ("events.payload.ref enum", "fail", one),
            ("events.payload.at.clock max", "fail", one),
        ],
    );
}

fn lists_are_looked_into(server: &Server) {
    server.sql(
        "SET search_path = shop; CREATE TYPE basket_line AS (sku varchar(20), count integer, tags text[]);
         CREATE TABLE baskets (id integer PRIMARY KEY, lines basket_line[], grid integer[][], deep integer[], moods mood[], mails email[]);
         INSERT INTO baskets VALUES
          (1, ARRAY[ROW('a', 1, '{x}')::basket_line], '{{1,2},{3,4}}', '{{1,2},{1,2}}', '{new}', '{a@x}'),
          (2, '{}', '{1,2}', '{{{1}}}', '{new,new}', null),
          (3, null, '{}', null, null, null);
         GRANT SELECT ON baskets TO reader",
    );
    let contract = "\
name: baskets
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - name: lines
    data_type: array
    items:
      data_type: object
      fields:
        - {name: sku, data_type: string, physical_type: varchar(10)}
        - {name: count, data_type: string}
        - {name: gone, data_type: string}
        - {name: tags, data_type: array, items: {data_type: integer}}
  - {name: grid, data_type: array, items: {data_type: array, items: {data_type: integer}}, constraints: [{type: max_items, value: 1}]}
  - {name: deep, data_type: array, items: {data_type: array, items: {data_type: string}}, constraints: [{type: unique_items, value: true}]}
  - {name: moods, data_type: array, items: {data_type: string}, constraints: [{type: unique_items, value: true}]}
  - {name: mails, data_type: array, items: {data_type: integer}}
sources: {db: {type: postgres, SOURCE}}
";
    let ran = check(&server.repository(&contract.replace("SOURCE", SOURCE)), &["--format", "json"], &[OWN]);
    let one = "it broken in 1 of 3 rows";
    are_said(
        &ran,
        &[
            ("baskets.lines[].sku", "fail", "the type `varchar(20)`, which has room for more"),
            ("baskets.lines[].count", "fail", "the type `integer`"),
            ("baskets.lines[].gone", "fail", "no such member"),
            ("baskets.lines[].tags[]", "fail", "the type `text`"),
            ("baskets.lines type", "pass", "it broken in none of 3 rows"),
            ("baskets.grid type", "fail", one),
            ("baskets.grid max_items", "fail", "it broken in 2 of 3 rows"),
            ("baskets.deep[][]", "fail", "the type `integer`"),
            ("baskets.deep type", "fail", one),
            ("baskets.deep unique_items", "fail", one),
            ("baskets.moods unique_items", "fail", one),
            ("baskets.mails[]", "fail", "the type `varchar(80)`"),
        ],
    );
    assert!(!results(&ran).iter().any(|(name, ..)| name == "baskets.grid" || name == "baskets.grid[]"), "{ran:?}");
}

fn rows_are_written_as_json(server: &Server) {
    server.sql(
        "SET search_path = shop; CREATE TABLE sent (id integer PRIMARY KEY, tags text[], home address, extra integer[], size integer);
         INSERT INTO sent VALUES (1, '{a,\"b c\"}', '(Main,12345)', '{1,2}', 5), (2, '{}', '(,)', null, 1);
         GRANT SELECT ON sent TO reader",
    );
    let contract = "\
name: sent
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - {name: tags, data_type: array, items: {data_type: string}}
  - {name: home, data_type: object, fields: [{name: street, data_type: string}, {name: zip, data_type: string}]}
  - {name: size, data_type: integer, constraints: [{type: max, value: 3}]}
sources: {db: {type: postgres, SOURCE}}
";
    let folder = server.repository(&contract.replace("SOURCE", SOURCE));
    check(&folder, &["--quarantine", "bad.ndjson", "--valid", "good.ndjson"], &[OWN]);
    assert_eq!(
        folder.read("bad.ndjson"),
        "{\"codes\":[\"sent.size max\"],\"record\":{\"id\":1,\"tags\":[\"a\", \"b c\"],\"home\":{\"zip\": \"12345\", \"street\": \"Main\"},\"size\":5,\"extra\":[1, 2]}}\n"
    );
    assert_eq!(
        folder.read("good.ndjson"),
        "{\"id\":2,\"tags\":[],\"home\":{\"zip\": null, \"street\": null},\"size\":1,\"extra\":null}\n"
    );
    check(&folder, &["--quarantine", "bad.csv"], &[OWN]);
    assert_eq!(
        folder.read("bad.csv"),
        "id,tags,home,size,extra,pact codes\n1,\"{a,\"\"b c\"\"}\",\"(Main,12345)\",5,\"{1,2}\",sent.size max\n"
    );
}

fn null_of_another_kind_and_types_that_are_not_stated(server: &Server) {
    server.sql(
        "SET search_path = shop; CREATE TABLE kinds (id integer PRIMARY KEY, doc jsonb, free int4range, loose jsonb);
         INSERT INTO kinds VALUES (1, '{\"size\": \"big\"}', '[1,2)', '1'), (2, '[1]', null, 'null'), (3, '{\"size\": null}', '[1,2)', '{}'), (4, 'null', '[1,2)', '{}');
         GRANT SELECT ON kinds TO reader",
    );
    let contract = "\
name: kinds
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - {name: doc, data_type: object, nullable: false, fields: [{name: size, data_type: integer, nullable: false}]}
  - {name: free, data_type: unknown, nullable: false}
  - {name: loose, data_type: unknown, nullable: false}
sources: {db: {type: postgres, SOURCE}}
";
    let ran = check(&server.repository(&contract.replace("SOURCE", SOURCE)), &["--format", "json"], &[OWN]);
    are_said(
        &ran,
        &[
            // What is of another kind is there, and a null of JSON is not.
            ("kinds.doc not_null", "fail", "it broken in 1 of 4 rows"),
            ("kinds.doc type", "fail", "it broken in 1 of 4 rows"),
            ("kinds.doc.size type", "fail", "it broken in 1 of 4 rows"),
            ("kinds.doc.size not_null", "fail", "it broken in 2 of 3 rows"),
            ("kinds.free not_null", "fail", "it broken in 1 of 4 rows"),
            ("kinds.loose not_null", "fail", "it broken in 1 of 4 rows"),
        ],
    );
    // Of their types nothing is said.
    let free = ("kinds.free".to_owned(), "fail".to_owned(), "`int4range`, may be null".to_owned());
    assert!(results(&ran).contains(&free), "{ran:?}");
    let source = format!("{SOURCE}, options: {{ssl_mode: disable}}");
    let said = super::said(server, &source, &[OWN]);
    assert!(said.contains("its `options` have no `ssl_mode`; did you mean `sslmode`?"), "{said}");
    assert!(said.starts_with("error orders"), "{said}");
}

fn impossible_days_within_json_blank_no_neighbour(server: &Server) {
    server.sql(
        r#"SET search_path = shop; CREATE TABLE days (id integer PRIMARY KEY, doc jsonb);
           INSERT INTO days VALUES
             (1, '{"on": "2020-02-30", "at": "2020-13-01T00:00:00Z", "t": "25:00", "s": 7}'),
             (2, '{"on": "2024-02-29", "at": "2026-01-05T10:00:00+01:00", "t": "10:00", "s": "ab"}');
           GRANT SELECT ON days TO reader"#,
    );
    let contract = "\
name: days
version: 1.0.0
status: active
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - name: doc
    data_type: object
    fields:
      - {name: on, data_type: date, constraints: [{type: min, value: '2020-01-01'}]}
      - {name: at, data_type: timestamp}
      - {name: t, data_type: time}
      - {name: s, data_type: string, constraints: [{type: min_length, value: 3}]}
rules:
  technical:
    - {name: given, expression: doc.at is not null}
sources: {db: {type: postgres, SOURCE}}
";
    let ran = check(&server.repository(&contract.replace("SOURCE", SOURCE)), &["--format", "json"], &[OWN]);
    are_said(
        &ran,
        &[
            ("days.doc.on type", "fail", "it broken in 1 of 2 rows"),
            ("days.doc.on min", "pass", "it broken in none of 2 rows"),
            ("days.doc.at type", "fail", "it broken in 1 of 2 rows"),
            ("days.doc.t type", "fail", "it broken in 1 of 2 rows"),
            ("days.doc.s type", "fail", "it broken in 1 of 2 rows"),
            // What is no text has no length.
            ("days.doc.s min_length", "fail", "it broken in 1 of 2 rows"),
            ("given expression", "fail", "it broken in 1 of 2 rows"),
        ],
    );
}

fn mistakes_in_rules_are_told_in_their_words(server: &Server) {
    let contract = format!(
        "name: quick\nversion: 1.0.0\nstatus: active\nschema:\n  - {{name: order_id, physical_name: order_id, data_type: integer}}\n\
         rules:\n  technical:\n    - {{name: several, expression: sum(order_id) > 5}}\n    - {{name: number, expression: order_id + 1}}\n    \
         - {{name: sides, expression: \"order_id > 'a'::text\"}}\n\
         sources: {{test: {{type: postgres, {SOURCE}, table: recent}}}}\n"
    );
    let ran = check(&server.repository(&contract), &["--format", "json"], &[OWN]);
    are_said(
        &ran,
        &[
            (
                "rules.technical[0]",
                "error",
                "a condition is about one row at a time, and has no sum, count or the like over many rows; a rule with a `query` may have one",
            ),
            ("rules.technical[1]", "error", "a condition has to be true or false, and this gives `bigint`"),
            (
                "rules.technical[2]",
                "error",
                "PostgreSQL has no `bigint > text`: the types on both sides do not go together",
            ),
        ],
    );
}
