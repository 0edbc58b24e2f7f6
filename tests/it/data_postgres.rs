//! `pact check` against a real PostgreSQL server, which the test starts for itself in a temporary folder.

mod rights;
mod values;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::data_statistics;
use crate::support::{Folder, Ran, command, sources};

/// A server of the test's own, stopped and removed at the end.
struct Server {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
}

const PASSWORD: &str = "hunter2x-of-the-reader";

/// The folder of a program: one of the path, else where Debian keeps those of PostgreSQL.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(versions.map(|version| version.path().join("bin")));
    folders.into_iter().find(|folder| ["initdb", "pg_ctl", "psql"].iter().all(|one| folder.join(one).is_file()))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id");
    id.stdout.trim_ascii() == b"0"
}

/// A command as a user that PostgreSQL takes: anybody but root.
fn as_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

/// What stands in a file beside this one.
fn file(name: &str) -> String {
    std::fs::read_to_string(sources().join("tests/it").join(name)).expect("a file of the test")
}

fn must(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("a program that starts");
    let shown = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
    assert!(output.status.success(), "{command:?}\n{shown}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

impl Server {
    /// `None` where PostgreSQL is not installed, which the test then says.
    #[expect(clippy::print_stdout, reason = "that it did not run has to be seen")]
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os("PACT_REQUIRE_POSTGRES").is_none(), "PostgreSQL is not installed");
            println!("did not run: PostgreSQL is not installed");
            return None;
        };
        let folder = PathBuf::from(must(as_user(Path::new("mktemp")).args(["-d", "-t", "pact-pg-XXXXXX"])));
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let server = Self { folder, programs, port };
        let data = server.folder.join("data");
        must(as_user(&server.programs.join("initdb")).arg("-D").arg(&data).args([
            "--no-sync",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "-U",
            "owner",
            "-E",
            "UTF8",
            "--locale=C",
        ]));
        server.certificates();
        let options = format!(
            "-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c ssl=on \
             -c ssl_cert_file={folder}/server.pem -c ssl_key_file={folder}/server.key",
            folder = server.folder.display()
        );
        let log = server.folder.join("log");
        let mut start = as_user(&server.programs.join("pg_ctl"));
        start.arg("-D").arg(&data).arg("-l").arg(log).args(["-w", "-o", &options, "start"]);
        // What it leaves running must not hold a pipe of ours.
        let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.expect("pg_ctl").success(), "the server does not start");
        server.sql(&file("data_postgres.sql"));
        Some(server)
    }

    /// An authority, and a certificate of it for `localhost`.
    fn certificates(&self) {
        let script = "cd \"$0\" && umask 077 && k='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes' && \
            openssl req -x509 $k -keyout ca.key -out ca.pem -days 2 -subj /CN=pact-test-authority && \
            openssl req $k -keyout server.key -out server.csr -subj /CN=localhost && \
            echo subjectAltName=DNS:localhost > names && \
            openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile names";
        must(as_user(Path::new("sh")).args(["-c", script]).arg(&self.folder));
    }

    /// Runs SQL as the owner.
    fn sql(&self, sql: &str) -> String {
        let port = self.port.to_string();
        let mut psql = as_user(&self.programs.join("psql"));
        psql.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "owner",
            "-d",
            "postgres",
            "-p",
            &port,
            "-h",
        ]);
        must(psql.arg(&self.folder).args(["-c", sql]))
    }

    /// A repository with a contract, in which words in capitals are filled in.
    fn repository(&self, contract: &str) -> Folder {
        let folder = Folder::new();
        let contract =
            contract.replace("PORT", &self.port.to_string()).replace("FOLDER", &self.folder.display().to_string());
        folder.write("contracts/orders.yaml", contract).write("pact.yaml", "contracts: contracts\n");
        folder
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = as_user(&self.programs.join("pg_ctl"));
        stop.arg("-D").arg(self.folder.join("data")).args(["-m", "immediate", "-w", "stop"]);
        let _ = stop.stdin(Stdio::null()).output();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn check(folder: &Folder, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut pact = command(env!("CARGO_BIN_EXE_pact"), &folder.path());
    pact.arg("check").args(args).envs(variables.iter().copied());
    let output = pact.output().expect("pact");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let ran = Ran { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() };
    assert!(!format!("{ran:?}").contains(PASSWORD), "{ran:?}");
    ran
}

const OWN: (&str, &str) = ("DB_PASSWORD", PASSWORD);

/// One server for all, since starting it is what takes time.
#[test]
fn a_database_is_looked_at_where_it_lies() {
    let Some(server) = Server::start() else { return };
    every_condition_is_measured(&server);
    troubles_are_told_without_secrets(&server);
    tls_believes_whom_it_is_told_to(&server);
    a_query_past_its_deadline_is_cancelled(&server);
    a_slow_rule_blanks_no_neighbour(&server);
    views_that_do_more_than_reading_change_nothing(&server);
    a_connection_that_breaks_is_told_once(&server);
    passwords_of_the_environment_stay_with_their_host(&server);
    what_the_database_enforces_is_not_asked(&server);
    queries_give_one_value(&server);
    it_tells_the_shape_of_values(&server);
    a_query_is_cancelled_with_pact(&server);
}

const SOURCE: &str =
    "host: 127.0.0.1, port: PORT, database: postgres, username: reader, password: '${DB_PASSWORD}', schema: shop";

fn every_condition_is_measured(server: &Server) {
    let contract = file("data_postgres.yaml").replace("SOURCE", SOURCE);
    let folder = server.repository(&contract);
    for source in ["tcp", "socket", "url"] {
        let ran = check(&folder, &["--source", source, "--format", "json"], &[OWN]);
        let report: Json = serde_json::from_str(&ran.stdout).expect("JSON");
        let results = report["contracts"][0]["results"].as_array().expect("results");
        let text = |result: &Json, key: &str| result[key].as_str().unwrap_or_default().to_owned();
        let mut found: Vec<String> = results
            .iter()
            .filter(|result| text(result, "verdict") != "pass")
            .map(|result| ["element", "expected", "actual"].map(|key| text(result, key)).join(" | "))
            .collect();
        found.sort();
        let expected = file("data_postgres.expected");
        let mut expected: Vec<&str> = expected.lines().collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "from the source {source}:\n{}", found.join("\n"));
    }
}

fn orders(source: &str) -> String {
    format!(
        "name: orders\nversion: 1.0.0\nstatus: active\ndatasets:\n  - name: orders\n    extra_fields: allow\n    schema:\n      \
         - {{name: order_id, data_type: integer, is_primary_key: true}}\nsources:\n  db: {{type: postgres, {source}}}\n"
    )
}

/// What is said where the source is this one.
fn said(server: &Server, source: &str, variables: &[(&str, &str)]) -> String {
    let ran = check(&server.repository(&orders(source)), &[], variables);
    // Lines are cut at the width of a terminal.
    ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn troubles_are_told_without_secrets(server: &Server) {
    assert!(said(server, SOURCE, &[OWN]).starts_with("pass orders"), "{}", said(server, SOURCE, &[OWN]));
    let cases = [
        (SOURCE.replace("PORT", "1"), "nobody listens there"),
        (SOURCE.replace("127.0.0.1", "no-such-host.invalid"), "the host is not known"),
        (SOURCE.replace("127.0.0.1", "FOLDER/data"), "there is no socket of a server"),
        (SOURCE.replace("postgres,", "nowhere,"), "the server has no database `nowhere`"),
        (SOURCE.replace("postgres,", "'${DB_PASSWORD}',"), "the server has no database `${DB_PASSWORD}`"),
        (SOURCE.replace("schema: shop", "schema: '${DB_PASSWORD}'"), "has no schema `${DB_PASSWORD}`"),
        (SOURCE.replace("schema: shop", "schema: shap"), "the database has no schema `shap`"),
        (SOURCE.replace("schema: shop", "schema: secret"), "may not look into the schema `secret`"),
        (SOURCE.replace("schema: shop", "schema: shop, table: hidden"), "this user may not read `hidden`"),
        (
            SOURCE.replace("schema: shop", "schema: shop, table: order"),
            "there is no table `order`, which the source names; there is `orders`",
        ),
        (SOURCE.replace("${DB_PASSWORD}", "${NO_SUCH}"), "the environment variable NO_SUCH is not set"),
        ("url: 'postgresql://reader:a@${DB_PASSWORD}@127.0.0.1/postgres'".to_owned(), "its `url` can't be read"),
        (format!("{SOURCE}, options: {{sslmode: verify}}"), "its `sslmode` is none of"),
    ];
    for (source, expected) in cases {
        let said = said(server, &source, &[OWN]);
        assert!(said.contains(expected), "{source}: {said}");
    }
    let wrong = said(server, &SOURCE.replace("reader", "owner"), &[OWN]);
    assert!(wrong.contains("does not take the password of `owner`"), "{wrong}");
}

fn tls_believes_whom_it_is_told_to(server: &Server) {
    let certificate = std::fs::read(server.folder.join("ca.pem")).expect("a certificate");
    let cases = [
        ("127.0.0.1", "sslmode: disable", "pass orders"),
        ("127.0.0.1", "sslmode: require", "pass orders"),
        ("localhost", "sslmode: verify-full, sslrootcert: ca.pem", "pass orders"),
        ("127.0.0.1", "sslmode: verify-ca, sslrootcert: ca.pem", "pass orders"),
        ("127.0.0.1", "sslmode: verify-full, sslrootcert: ca.pem", "TLS failed"),
        ("localhost", "sslmode: verify-full, sslrootcert: other.pem", "`sslrootcert` can't be read"),
        ("localhost", "sslmode: verify-full, sslrootcert: pact.yaml", "no certificate"),
        ("localhost", "sslmode: verify-full, sslrootcert: /etc/passwd", "outside the repository"),
    ];
    for (host, options, expected) in cases {
        let source = format!("{}, options: {{{options}}}", SOURCE.replace("127.0.0.1", host));
        let folder = server.repository(&orders(&source));
        folder.write("ca.pem", &certificate);
        let ran = check(&folder, &[], &[OWN]);
        let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected), "{host} {options}: {said}");
    }
    // An authority that nobody knows.
    let said = said(server, &format!("{SOURCE}, options: {{sslmode: verify-ca}}"), &[OWN]);
    assert!(said.contains("TLS failed") || said.contains("no certificates of authorities"), "{said}");
}

fn a_query_past_its_deadline_is_cancelled(server: &Server) {
    let folder = server.repository(&orders(&format!("{SOURCE}, table: slow")));
    folder.write("pact.yaml", "contracts: contracts\ncheck: {timeout: 1 second}\n");
    let ran = check(&folder, &[], &[OWN]);
    assert!(ran.stdout.contains("no answer within 1.0 s"), "{ran:?}");
    let left = server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pact' AND state = 'active'");
    assert_eq!(left, "0");
}

fn it_tells_the_shape_of_values(server: &Server) {
    server.sql(&format!(
        "CREATE TABLE shop.payments (id integer, amount numeric(12,2), status text, country text, salary integer, ratio float8); \
         INSERT INTO shop.payments VALUES {}; GRANT SELECT ON shop.payments TO reader",
        data_statistics::ROWS
    ));
    let source = SOURCE.replace("PORT", &server.port.to_string());
    let folder = data_statistics::repository(&format!("{{type: postgres, {source}}}"));
    data_statistics::are_as_expected(&check(&folder, &["--no-ledger", "--format", "json"], &[OWN]));
    server.sql("INSERT INTO shop.payments (amount, ratio) VALUES (1, 'NaN')");
    folder.write(
        "contracts/payments.yaml",
        format!(
            "name: payments\nversion: 1.0.0\nstatus: active\nschema: [{{name: ratio, data_type: float}}]\n\
             rules: {{technical: [{{name: odd, field: ratio, metric: mean, must_be_less_than: 5}}]}}\n\
             sources: {{test: {{type: postgres, {source}}}}}\n"
        ),
    );
    let ran = check(&folder, &["--no-ledger", "--format", "json"], &[OWN]);
    let said = "`mean` is no number, since NaN or infinity is among the values";
    assert!(results(&ran).iter().any(|(_, verdict, found)| verdict == "error" && found == said), "{ran:?}");
}

/// A slow rule fails alone, and no query outlasts the run.
fn a_slow_rule_blanks_no_neighbour(server: &Server) {
    server.sql(
        "CREATE TABLE shop.quick (id integer); INSERT INTO shop.quick VALUES (1), (2); GRANT SELECT ON shop.quick TO reader",
    );
    let contract = format!(
        "name: quick\nversion: 1.0.0\nstatus: active\nschema:\n  - {{name: id, data_type: integer, constraints: [{{type: min, value: 2}}]}}\n\
         rules:\n  technical:\n    - {{name: slow, expression: \"pg_sleep(3) is not null and id > 0\"}}\n    - {{name: positive, expression: id > 1}}\n\
         sources: {{test: {{type: postgres, {SOURCE}}}}}\n"
    );
    let folder = server.repository(&contract);
    let ran = check(&folder, &["--timeout", "1s", "--format", "json"], &[OWN]);
    let one = "it broken in 1 of 2 rows";
    are_said(&ran, &[("quick.id min", "fail", one), ("positive expression", "fail", one)]);
    assert!(
        results(&ran).iter().any(|(name, verdict, _)| name == "rules.technical[0]" && verdict == "error"),
        "{ran:?}"
    );
    let started = std::time::Instant::now();
    let ran = check(&folder, &["--timeout", "20s", "--deadline", "1s"], &[OWN]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(started.elapsed().as_secs_f64() < 5.0, "{ran:?}");
}

fn views_that_do_more_than_reading_change_nothing(server: &Server) {
    let said = said(server, &format!("{SOURCE}, table: writing"), &[OWN]);
    assert!(said.contains("the query does more than reading rows"), "{said}");
    assert_eq!(server.sql("SELECT count(*) FROM shop.written"), "0");
}

fn a_connection_that_breaks_is_told_once(server: &Server) {
    let said = said(server, &format!("{SOURCE}, table: breaking"), &[OWN]);
    assert_eq!(said.matches("the server ended the connection").count(), 1, "{said}");
}

/// What came of each expectation or element: the verdict and what was found.
fn results(ran: &Ran) -> Vec<(String, String, String)> {
    let report: Json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let results = report["contracts"][0]["results"].as_array().expect("results");
    let name = |one: &Json| text(if one["evidence"].is_null() { &one["element"] } else { &one["evidence"]["id"] });
    results.iter().map(|one| (name(one), text(&one["verdict"]), text(&one["actual"]))).collect()
}

/// Each of these was said of the name in front of it.
fn are_said(ran: &Ran, expected: &[(&str, &str, &str)]) {
    let found = results(ran);
    for (name, verdict, actual) in expected {
        let is = |(one, was, said): &(String, String, String)| one == name && was == verdict && said == actual;
        assert!(found.iter().any(is), "{name} {verdict} {actual}: {found:#?}");
    }
}

const PARTS: &str = "\
name: parts
version: 1.0.0
status: active
datasets:
  - name: parts
    quality:
      - {metric_type: freshness, threshold: 1000 weeks, timestamp_field: ended}
      - {metric_type: freshness, threshold: 1 day, timestamp_field: at, where: kind = 'x'}
      - {metric_type: freshness, threshold: 1 day, timestamp_field: at, where: kind = 'y'}
      - {metric_type: completeness, threshold: 80%, where: kind = 'x'}
      - {metric_type: uniqueness, threshold: 10%}
    schema:
      - {name: id, data_type: integer, is_primary_key: true, physical_type: smallint}
      - {name: code, data_type: string, nullable: false, unique: true, physical_type: varchar(5)}
      - {name: price, data_type: decimal, precision: 10, scale: 2}
      - {name: at, data_type: datetime}
      - {name: home, data_type: object, nullable: false, fields: [{name: zip, data_type: integer}, {name: city, data_type: string}]}
      - {name: tags, data_type: array, items: {data_type: string}}
      - {name: order_id, data_type: integer, is_foreign_key: true, foreign_key_reference: parts.orders.order_id}
      - {name: loose, data_type: integer, is_foreign_key: true, foreign_key_reference: parts.orders.order_id}
      - {name: sort, data_type: string, unique: true, constraints: [{type: regex, value: '(?=a)'}]}
      - {name: ended, data_type: timestamp, constraints: [{type: max, value: '2030-01-01T00:00:00Z'}]}
      - {name: kind, data_type: string}
    rules:
      technical:
        - {name: nulls, field: id, metric: null_values, must_be: 0}
  - {name: orders, extra_fields: allow, schema: [{name: order_id, data_type: integer, is_primary_key: true}]}
  - {name: base, schema: [{name: id, data_type: integer, is_primary_key: true}]}
sources:
  db: {type: postgres, SOURCE}
";

fn what_the_database_enforces_is_not_asked(server: &Server) {
    let folder = server.repository(&PARTS.replace("SOURCE", SOURCE));
    let by = "it enforced by the database";
    let enforced = [
        ("parts.id not_null", "pass", by),
        ("parts primary_key", "pass", by),
        ("parts.code not_null", "pass", by),
        ("parts.code unique", "pass", by),
        ("parts.order_id foreign_key", "pass", by),
        ("nulls null_values", "pass", "0, enforced by the database"),
        ("orders primary_key", "pass", by),
        ("parts uniqueness", "pass", by),
    ];
    let types = [
        ("parts.id", "fail", "the type `integer`, which has room for more"),
        ("parts.code", "fail", "the type `character varying(10)`, which has room for more"),
        ("parts.price", "fail", "the type `numeric(12,4)`, which has room for more"),
        ("parts.home.zip", "fail", "the type `varchar(5)`"),
        ("parts.home.city", "fail", "no such member"),
        ("parts.tags[]", "fail", "the type `integer`"),
    ];
    let ran = check(&folder, &["--format", "json"], &[OWN]);
    are_said(&ran, &enforced);
    are_said(&ran, &types);
    are_said(
        &ran,
        &[
            ("parts.loose foreign_key", "fail", "it broken in 1 of 4 rows"),
            ("parts.sort unique", "fail", "it broken in 1 of 4 rows"),
            ("parts.home not_null", "fail", "it broken in 2 of 4 rows"),
            ("parts.ended max", "fail", "it broken in 1 of 4 rows"),
            ("base primary_key", "fail", "it broken in 1 of 2 rows"),
            (
                "parts.sort",
                "omit",
                "its pattern can't be read: look-around, including look-ahead and look-behind, is not supported",
            ),
            ("parts completeness", "pass", "0 values missing of 22"),
            ("parts", "error", "no newest value of `at`"),
        ],
    );
    let ages: Vec<_> = results(&ran).into_iter().filter(|(_, _, found)| found.starts_with("data ")).collect();
    assert_eq!(ages.len(), 2, "{ages:?}");
    let ran = check(&folder, &["--format", "json", "--metadata-only"], &[OWN]);
    are_said(&ran, &enforced);
    are_said(&ran, &types);
    let explained = check(&folder, &["--explain"], &[OWN]);
    assert!(
        explained.stdout.contains("enforced by the database, and not asked:\n  parts.id not_null\n"),
        "{explained:?}"
    );
    assert!(!explained.stdout.contains("parts.order_id foreign_key: "), "{explained:?}");
    assert!(explained.stdout.contains(&format!("(postgres:127.0.0.1:{})", server.port)), "{explained:?}");
}

fn queries_give_one_value(server: &Server) {
    let contract = "\
name: orders
version: 1.0.0
status: active
schema: [{name: order_id, data_type: integer, is_primary_key: true}]
rules:
  business:
    - {name: text, query: \"select '007'::text\", must_be: '007'}
    - {name: no-number, query: \"select '7'::text\", must_be: 7}
    - {name: day, query: 'select max(placed_on) from ${object}', must_be: '2026-01-05'}
    - {name: mean, query: 'select avg(order_id) from ${object}', must_be: 2}
    - {name: truth, query: 'select true', must_be: true}
    - {name: rows, query: 'select order_id from ${object}', must_be: 1}
    - {name: columns, query: 'select 1, 2', must_be: 1}
    - {name: no-row, query: 'select 1 where false', must_be: 1}
    - {name: no-value, query: 'select null::integer', must_be: 1}
sources:
  db: {type: postgres, SOURCE}
";
    let ran = check(&server.repository(&contract.replace("SOURCE", SOURCE)), &["--format", "json"], &[OWN]);
    are_said(
        &ran,
        &[
            ("text query", "pass", "the text `007`"),
            ("no-number query", "fail", "the text `7`"),
            ("day query", "pass", "the text `2026-01-05`"),
            ("mean query", "pass", "2"),
            ("truth query", "pass", "1"),
            ("rules.business[5]", "error", "the query gives several rows, and one value is expected"),
            ("rules.business[6]", "error", "the query gives 2 columns, and one value is expected"),
            ("rules.business[7]", "error", "the query gives no row, and one value is expected"),
            ("rules.business[8]", "error", "the query gives null, and one value is expected"),
        ],
    );
}

#[cfg(unix)]
fn a_query_is_cancelled_with_pact(server: &Server) {
    use std::os::unix::process::ExitStatusExt as _;
    let active = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pact' AND query LIKE '%slow%' AND state = 'active'";
    let wait = |wanted: &str| {
        let found = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            server.sql(active) == wanted
        });
        assert!(found, "not {wanted}, but {}", server.sql(active));
    };
    for (signal, number) in [("-INT", 2), ("-TERM", 15)] {
        let folder = server.repository(&orders(&format!("{SOURCE}, table: slow")));
        let mut pact = command(env!("CARGO_BIN_EXE_pact"), &folder.path());
        let pact = pact.args(["check", "--no-ledger"]).envs([OWN]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut pact = pact.spawn().expect("pact");
        wait("1");
        must(Command::new("kill").args([signal, &pact.id().to_string()]));
        assert_eq!(pact.wait().expect("an end").signal(), Some(number));
        wait("0");
    }
}

#[cfg(not(unix))]
fn a_query_is_cancelled_with_pact(_: &Server) {}

fn passwords_of_the_environment_stay_with_their_host(server: &Server) {
    let source = SOURCE.replace("password: '${DB_PASSWORD}', ", "");
    let own = ("PGPASSWORD", PASSWORD);
    assert!(said(server, &source, &[own]).starts_with("pass orders"));
    let kept = said(server, &source, &[own, ("PGHOST", "db.example.com")]);
    assert!(kept.contains("PGPASSWORD is not sent to a host that the contract names"), "{kept}");
    let none = said(server, &source, &[]);
    assert!(none.contains("the server wants a password, and there is none"), "{none}");
    let all = [
        own,
        ("PGHOST", "127.0.0.1"),
        ("PGPORT", &server.port.to_string()),
        ("PGUSER", "reader"),
        ("PGDATABASE", "postgres"),
    ];
    let filled = said(server, "schema: shop", &all);
    assert!(filled.starts_with("pass orders"), "{filled}");
}
