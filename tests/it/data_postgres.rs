//! `pact check` against a real PostgreSQL server, which the test starts for itself in a temporary folder.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

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
    views_that_do_more_than_reading_change_nothing(&server);
    a_connection_that_breaks_is_told_once(&server);
    passwords_of_the_environment_stay_with_their_host(&server);
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

fn views_that_do_more_than_reading_change_nothing(server: &Server) {
    let said = said(server, &format!("{SOURCE}, table: writing"), &[OWN]);
    assert!(said.contains("the query does more than reading rows"), "{said}");
    assert_eq!(server.sql("SELECT count(*) FROM shop.written"), "0");
}

fn a_connection_that_breaks_is_told_once(server: &Server) {
    let said = said(server, &format!("{SOURCE}, table: breaking"), &[OWN]);
    assert_eq!(said.matches("the server ended the connection").count(), 1, "{said}");
}

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
