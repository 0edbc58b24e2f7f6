//! What a user may not read, what others keep locked, and whom TLS believes that vouches for itself.

use std::process::{Child, Stdio};
use std::time::Instant;

use super::{OWN, SOURCE, Server, are_said, as_user, check, must, orders, results};

/// One server for all of these.
#[test]
fn what_may_not_be_read_now_is_told_alone() {
    let Some(server) = Server::start() else { return };
    a_column_that_may_not_be_read_blanks_no_neighbour(&server);
    a_table_that_may_not_be_read_is_told_in_one_sentence(&server);
    a_locked_table_is_waited_for_once(&server);
    keys_that_bind_no_row_are_counted(&server);
    a_certificate_that_signs_itself_is_believed_where_it_was_named(&server);
}

const STAFF: &str = "\
name: staff
version: 1.0.0
status: active
datasets:
  - name: staff
    schema:
      - {name: id, data_type: integer, is_primary_key: true, nullable: false}
      - {name: email, data_type: string, nullable: false, unique: true, constraints: [{type: min_length, value: 3}]}
      - {name: age, data_type: integer, nullable: false, constraints: [{type: min, value: 18}]}
      - {name: hired, data_type: date}
      - {name: doc, data_type: object, fields: [{name: size, data_type: integer}]}
    rules:
      technical:
        - {name: adult, expression: age >= 18}
        - {name: known, expression: \"staff.Email like '%@%' or age > 99\"}
    quality:
      - {metric_type: completeness, threshold: 90%}
      - {metric_type: completeness, threshold: 90%, where: age > 1}
      - {metric_type: accuracy, threshold: 99%}
      - {metric_type: freshness, threshold: 1 day, timestamp_field: hired}
      - {metric_type: volume, threshold: 3}
  - name: shifts
    schema:
      - {name: staff_id, data_type: integer, is_foreign_key: true, foreign_key_reference: staff.staff.id}
      - {name: mail, data_type: string, is_foreign_key: true, foreign_key_reference: staff.staff.email}
      - {name: room, data_type: string, is_foreign_key: true, foreign_key_reference: staff.rooms.name}
  - name: rooms
    schema: [{name: name, data_type: string, constraints: [{type: min_length, value: 3}]}]
    quality: [{metric_type: volume, threshold: 3}]
sources:
  db: {type: postgres, SOURCE}
";

fn a_column_that_may_not_be_read_blanks_no_neighbour(server: &Server) {
    server.sql(
        "SET search_path = shop; CREATE TABLE staff (id integer PRIMARY KEY, email text NOT NULL, age integer, hired date, doc jsonb);
         INSERT INTO staff VALUES (1, 'a@x', 17, '2026-01-05', '{}'), (2, 'b@x', 20, '2026-01-05', '{}'), (3, 'c@x', NULL, '2026-01-05', '{}');
         CREATE TABLE shifts (staff_id integer, mail text, room text); INSERT INTO shifts VALUES (1, 'a@x', 'blue'), (9, 'b@x', 'red');
         CREATE TABLE rooms (name text); INSERT INTO rooms VALUES ('blue');
         GRANT SELECT (id, age) ON staff TO reader; GRANT SELECT ON shifts TO reader",
    );
    let folder = server.repository(&STAFF.replace("SOURCE", SOURCE));
    let ran = check(&folder, &["--format", "json"], &[OWN]);
    let why = "this user may not read the column `email`; `GRANT SELECT (email) ON shop.staff TO reader` lets it";
    let why_hired = "this user may not read the column `hired`; `GRANT SELECT (hired) ON shop.staff TO reader` lets it";
    let closed = "this user may not read `rooms`; `GRANT SELECT ON shop.rooms TO reader` lets it";
    let share = format!("83.33% over 2 fields; without `email` and 2 more: {why}");
    are_said(
        &ran,
        &[
            ("staff.id not_null", "pass", "it enforced by the database"),
            ("staff.age min", "fail", "it broken in 1 of 3 rows"),
            ("staff.age not_null", "fail", "it broken in 1 of 3 rows"),
            ("adult expression", "fail", "it broken in 1 of 3 rows"),
            ("staff.email", "error", why),
            ("staff.doc.size", "error", &why.replace("email", "doc")),
            ("staff.rules.technical[1]", "error", why),
            ("staff", "error", why_hired),
            ("staff", "warn", "3 rows"),
            ("staff", "fail", &share),
            ("shifts.staff_id foreign_key", "fail", "it broken in 1 of 2 rows"),
            ("shifts.mail", "error", why),
            ("shifts.room", "error", closed),
            ("rooms", "not_received", closed),
        ],
    );
    let all = results(&ran);
    assert!(
        all.iter().all(|(_, _, found)| !found.contains("/metrics") && !found.contains("permission denied")),
        "{all:#?}"
    );
    // A key that the database sees to needs no right to read it.
    let unique = all.iter().filter(|(name, ..)| name.starts_with("staff.email")).count();
    assert_eq!(unique, 3, "{all:#?}");
    let metadata = check(&folder, &["--metadata-only", "--format", "json"], &[OWN]);
    assert!(results(&metadata).iter().all(|(_, verdict, _)| verdict != "error"), "{metadata:?}");
    // Rows are written without it.
    let contract = STAFF
        .replace("SOURCE", SOURCE)
        .replace("nullable: false, unique: true, constraints: [{type: min_length, value: 3}]", "");
    let (one, rest) = contract.split_once("  - name: shifts").expect("two datasets");
    let (_, sources) = rest.split_once("sources:").expect("sources");
    let one = one.lines().filter(|line| !line.contains("known")).collect::<Vec<_>>().join("\n");
    let folder = server.repository(&format!("{one}\nsources:{sources}"));
    check(&folder, &["--quarantine", "bad.ndjson"], &[OWN]);
    let bad = folder.read("bad.ndjson");
    assert!(bad.contains("\"record\":{\"id\":1,\"age\":17}"), "{bad}");
}

fn a_table_that_may_not_be_read_is_told_in_one_sentence(server: &Server) {
    let sentence = "this user may not read `hidden`; `GRANT SELECT ON shop.hidden TO reader` lets it";
    let said = super::said(server, &format!("{SOURCE}, table: hidden"), &[OWN]);
    assert_eq!(said.matches(sentence).count(), 1, "{said}");
    assert!(!said.contains("/metrics"), "{said}");
    // What a variable holds stays there.
    let source = SOURCE.replace("reader", "'${DB_USER}'");
    let said = super::said(server, &format!("{source}, table: hidden"), &[OWN, ("DB_USER", "reader")]);
    assert!(said.contains("TO ${DB_USER}` lets it") && !said.contains("reader"), "{said}");
    server.sql("CREATE TABLE secret.plans (order_id int); GRANT SELECT ON secret.plans TO reader");
    let said = super::said(server, &format!("{SOURCE}, table: secret.plans"), &[OWN]);
    assert!(said.contains("`GRANT USAGE ON SCHEMA secret TO reader` lets it"), "{said}");
}

/// A connection of the owner that keeps a table locked.
fn locking(server: &Server, table: &str) -> Child {
    let port = server.port.to_string();
    let mut psql = as_user(&server.programs.join("psql"));
    psql.args(["-X", "-q", "-U", "owner", "-d", "postgres", "-p", &port, "-h"]).arg(&server.folder);
    let sql = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(120)");
    let child = psql.args(["-c", &sql]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let held = format!(
        "SELECT count(*) FROM pg_locks WHERE relation = '{table}'::regclass AND mode = 'AccessExclusiveLock' AND granted"
    );
    let is_held = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        server.sql(&held) == "1"
    });
    assert!(is_held);
    child.expect("psql")
}

fn a_locked_table_is_waited_for_once(server: &Server) {
    server.sql(
        "SET search_path = shop; CREATE TABLE jobs (id integer, kind text, part integer); INSERT INTO jobs VALUES (1, 'a', 1);
         CREATE TABLE runs (id integer, job_id integer); INSERT INTO runs VALUES (1, 1), (1, 2);
         GRANT SELECT ON jobs, runs TO reader",
    );
    let contract = "\
name: jobs
version: 1.0.0
status: active
datasets:
  - name: jobs
    schema:
      - {name: id, data_type: integer, nullable: false, unique: true, constraints: [{type: min, value: 1}]}
      - {name: kind, data_type: string, nullable: false, unique: true, constraints: [{type: min_length, value: 1}]}
      - {name: part, data_type: integer, nullable: false, unique: true}
    quality: [{metric_type: volume, threshold: 1}]
  - name: runs
    schema:
      - {name: id, data_type: integer, unique: true}
      - {name: job_id, data_type: integer, is_foreign_key: true, foreign_key_reference: jobs.jobs.id}
sources: {db: {type: postgres, SOURCE}}
";
    let folder = server.repository(&contract.replace("SOURCE", SOURCE));
    folder.write("pact.yaml", "contracts: contracts\ncheck: {timeout: 3 seconds}\n");
    let mut lock = locking(server, "shop.jobs");
    let started = Instant::now();
    let ran = check(&folder, &["--format", "json"], &[OWN]);
    let took = started.elapsed().as_secs_f64();
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%LOCK TABLE%' AND pid <> pg_backend_pid()");
    lock.wait().expect("an end");
    let why = "somebody else keeps the table locked; try again later";
    are_said(
        &ran,
        &[
            ("jobs.id", "error", why),
            ("jobs.part", "error", why),
            ("jobs", "not_received", why),
            ("runs.id unique", "fail", "it broken in 1 of 2 rows"),
            ("runs.job_id", "error", why),
        ],
    );
    assert!((2.3..5.0).contains(&took), "{took}: {ran:?}");
}

fn keys_that_bind_no_row_are_counted(server: &Server) {
    server.sql(
        "SET search_path = shop;
         CREATE TABLE makers (id integer PRIMARY KEY); INSERT INTO makers VALUES (1);
         CREATE TABLE cars (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED, late integer, off integer, loose integer, odd integer, always integer);
         ALTER TABLE cars ADD CONSTRAINT late FOREIGN KEY (late) REFERENCES makers DEFERRABLE INITIALLY DEFERRED,
           ADD CONSTRAINT off FOREIGN KEY (off) REFERENCES makers, ADD CONSTRAINT loose FOREIGN KEY (loose) REFERENCES makers NOT VALID,
           ADD CONSTRAINT odd FOREIGN KEY (odd) REFERENCES makers, ADD CONSTRAINT always FOREIGN KEY (always) REFERENCES makers;
         DO $$ DECLARE t record; BEGIN
           FOR t IN SELECT tgname, conname FROM pg_trigger JOIN pg_constraint c ON c.oid = tgconstraint WHERE tgrelid = 'cars'::regclass LOOP
             IF t.conname = 'off' THEN EXECUTE format('ALTER TABLE cars DISABLE TRIGGER %I', t.tgname); END IF;
             IF t.conname = 'odd' THEN EXECUTE format('ALTER TABLE cars ENABLE REPLICA TRIGGER %I', t.tgname); END IF;
             IF t.conname = 'always' THEN EXECUTE format('ALTER TABLE cars ENABLE ALWAYS TRIGGER %I', t.tgname); END IF;
           END LOOP; END $$;
         CREATE UNIQUE INDEX broken ON cars (odd); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;
         CREATE TABLE years (id integer, maker integer) PARTITION BY LIST (id);
         CREATE TABLE year1 PARTITION OF years FOR VALUES IN (1);
         ALTER TABLE years ADD CONSTRAINT years_maker FOREIGN KEY (maker) REFERENCES makers; ALTER TABLE year1 DISABLE TRIGGER ALL;
         INSERT INTO year1 VALUES (1, 7);
         GRANT SELECT ON cars, makers, years TO reader",
    );
    let key = |name: &str| {
        format!(
            "      - {{name: {name}, data_type: integer, is_foreign_key: true, foreign_key_reference: cars.makers.id}}\n"
        )
    };
    let keys: String = ["late", "off", "loose", "always"].map(key).concat();
    let contract = format!(
        "name: cars\nversion: 1.0.0\nstatus: active\ndatasets:\n  - name: cars\n    schema:\n      - {{name: id, data_type: integer, unique: true}}\n{keys}\
         {}  - {{name: years, extra_fields: allow, schema: [{{name: maker, data_type: integer, is_foreign_key: true, foreign_key_reference: cars.makers.id}}]}}\n  \
         - {{name: makers, schema: [{{name: id, data_type: integer, is_primary_key: true}}]}}\nsources: {{db: {{type: postgres, {SOURCE}}}}}\n",
        key("odd").replace("is_foreign_key", "unique: true, is_foreign_key"),
    );
    let ran = check(&server.repository(&contract), &["--format", "json"], &[OWN]);
    let by = "it enforced by the database";
    are_said(
        &ran,
        &[
            ("cars.id unique", "pass", by),
            ("cars.late foreign_key", "pass", by),
            ("cars.always foreign_key", "pass", by),
            ("cars.off foreign_key", "omit", "there are no rows"),
            ("cars.loose foreign_key", "omit", "there are no rows"),
            ("cars.odd foreign_key", "omit", "there are no rows"),
            ("cars.odd unique", "omit", "there are no rows"),
            ("years.maker foreign_key", "fail", "it broken in 1 of 1 rows"),
        ],
    );
}

fn a_certificate_that_signs_itself_is_believed_where_it_was_named(server: &Server) {
    let script = "cd \"$0\" && umask 077 && k='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes' && \
        openssl req -x509 $k -keyout own.key -out own.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost && \
        openssl req -x509 $k -keyout other.key -out other.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost";
    must(as_user(std::path::Path::new("sh")).args(["-c", script]).arg(&server.folder));
    let folder = server.folder.display();
    let serve = |name: &str| {
        // What was given on the command line counts for more than what the server was told since.
        let link = format!("cd \"$0\" && cp {name}.pem server.pem && cp {name}.key server.key");
        must(as_user(std::path::Path::new("sh")).args(["-c", &link]).arg(&server.folder));
        server.sql("SELECT pg_reload_conf()");
        std::thread::sleep(std::time::Duration::from_millis(300));
    };
    serve("own");
    for (host, options, expected) in [
        ("localhost", "sslmode: verify-full, sslrootcert: own.pem", "pass orders"),
        ("127.0.0.1", "sslmode: verify-ca, sslrootcert: own.pem", "pass orders"),
        ("127.0.0.1", "sslmode: verify-full, sslrootcert: own.pem", "TLS failed"),
        (
            "localhost",
            "sslmode: verify-full, sslrootcert: other.pem",
            "TLS failed: the certificate of the server is that of an authority, and is not",
        ),
        ("localhost", "sslmode: verify-ca, sslrootcert: ca.pem", "TLS failed: the certificate of the server is"),
    ] {
        let source = format!("{}, options: {{{options}}}", SOURCE.replace("127.0.0.1", host));
        let repository = server.repository(&orders(&source));
        for name in ["own.pem", "other.pem", "ca.pem"] {
            repository.write(name, std::fs::read(server.folder.join(name)).expect("a certificate"));
        }
        let said = check(&repository, &[], &[OWN]).stdout;
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected), "{host} {options} in {folder}: {said}");
    }
}
