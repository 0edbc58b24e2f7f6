//! `pact check` and `pact ledger` against real servers on this machine: the example data service, sound and with each
//! promise broken, and servers that behave as badly as servers do.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a failed expectation fails the test")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use serde_json::{Value as Json, json};

use crate::servers::{answering, raw, serve};
use crate::support::{Folder, Ran};

#[path = "../../examples/data_service/service/mod.rs"]
mod service;

use service::{Breakage, Options, Service};

const ORDERS: &str = "\
name: orders
version: 1.4.0
status: active
schema:
  - {name: order_id, data_type: integer, is_primary_key: true}
  - {name: customer_id, data_type: integer, nullable: false, is_foreign_key: true,
     foreign_key_reference: customers.customer_id}
  - {name: amount, data_type: decimal, precision: 10, scale: 2, nullable: false}
  - {name: note, data_type: string}
  - {name: placed_at, data_type: timestamp, nullable: false}
quality:
  - {metric_type: freshness, threshold: 1 hour}
  - {metric_type: accuracy, threshold: 99%}
service_levels: {volume: {floor: 2}}
access: {endpoint_url: 'http://127.0.0.1:PORT/orders'}
subscribers:
  - {team: billing, fields_used: [order_id, amount]}
  - {team: crm, fields_used: [customer_id, note]}
  - team: fraud
    fields_used: [amount]
    overrides: {quality: [{metric_type: volume, threshold: 1000}]}
";

const CSV: &str = "\
order_id,customer_id,amount,note,placed_at
1,10,12.50,,2026-01-05T08:00:00Z
2,11,3.00,gift,2026-01-05T09:00:00Z
3,10,99.95,\"two, please\",2026-01-05T09:30:00Z
";

/// A repository with the orders and a data service that breaks some promises.
fn shop(breakages: &[&str]) -> Folder {
    let folder = Folder::new();
    folder
        .write("data/orders.csv", CSV)
        .write("served/orders.yaml", ORDERS)
        .write("pact.yaml", "contracts: contracts\n");
    let options = Options {
        data: folder.path().join("data"),
        work: folder.path().join("work"),
        fresh: true,
        only_with_data: false,
        breakages: breakages.iter().map(|text| Breakage::parse(text).expect("a breakage")).collect(),
    };
    let service = Service::new(&[folder.path().join("served/orders.yaml")], &options).expect("a service");
    assert_eq!(service.names(), ["orders"]);
    let port = serve(service.router());
    folder.write("contracts/orders.yaml", ORDERS.replace("PORT", &port.to_string()));
    folder
}

/// The results that deserve attention, as `kind verdict element`.
fn remarks(folder: &Folder, args: &[&str]) -> (Vec<String>, Option<i32>) {
    let ran = folder.pact(&[&["check", "--format", "json"], args].concat());
    let json: Json = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    let results = json["contracts"][0]["results"].as_array().expect("results");
    let text = |result: &Json, key: &str| result[key].as_str().unwrap_or("").to_owned();
    let remarks = results
        .iter()
        .filter(|result| !matches!(result["verdict"].as_str(), Some("pass" | "omit")))
        .map(|result| format!("{} {} {}", text(result, "kind"), text(result, "verdict"), text(result, "element")))
        .collect();
    (remarks, ran.code)
}

#[test]
fn a_sound_service_keeps_its_promises_and_one_consumer_wanted_more() {
    let folder = shop(&[]);
    let ran = folder.pact(&["check", "--format", "json"]);
    let json: Json = serde_json::from_str(&ran.stdout).expect("JSON");
    let results = json["contracts"][0]["results"].as_array().expect("results");
    let violations: Vec<&Json> = results.iter().filter(|result| result["verdict"] == "fail").collect();
    assert_eq!(violations.len(), 1, "{json:#}");
    assert_eq!((&violations[0]["consumer"], &violations[0]["affected"]), (&json!("fraud"), &json!(["fraud"])));
    assert_eq!(json["contracts"][0]["score"]["overall"], 100.0);
    assert_eq!(ran.code, Some(1));
    let schema = &json["contracts"][0]["observations"][1]["answer"]["schema"];
    assert_eq!(schema["tables"]["orders"]["columns"][2]["type"], "numeric(10,2)");
}

#[test]
fn each_breakage_is_found() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["drop-column:amount"], &["schema fail orders.amount"]),
        (&["change-type:note"], &["schema fail orders.note"]),
        (&["change-type:order_id"], &["schema fail orders.order_id"]),
        (&["drop-column:order_id"], &["schema fail orders.order_id"]),
        (&["nulls:amount"], &["schema fail orders.amount", "completeness fail orders.amount"]),
        (&["stale:2h"], &["freshness fail orders"]),
        (&["empty"], &["freshness not_received orders", "volume fail orders"]),
        (&["wrong-version"], &["conformance fail version"]),
        (
            &["down"],
            &[
                "availability not_received access.endpoint_url",
                "conformance not_received version",
                "schema not_received ",
                "freshness not_received orders",
                "completeness not_received orders",
                "volume not_received orders",
            ],
        ),
    ];
    for (breakages, expected) in cases {
        let folder = shop(breakages);
        let (mut remarks, code) = remarks(&folder, &["orders"]);
        // Fraud's own expectation of a thousand rows is broken wherever rows are counted.
        if breakages != &["down"] {
            let own = remarks.iter().rposition(|remark| remark == "volume fail orders").expect("fraud's volume");
            remarks.remove(own);
        }
        assert_eq!((remarks.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), code), (*expected, Some(1)));
    }
}

#[test]
fn a_slow_service_is_not_waited_for() {
    let folder = shop(&["slow:30s"]);
    let started = Instant::now();
    let (remarks, code) = remarks(&folder, &["--timeout", "300ms"]);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!((remarks[0].as_str(), code), ("availability not_received access.endpoint_url", Some(1)));
}

#[test]
fn executions_are_recorded_shown_and_verified() {
    let folder = shop(&["wrong-version"]);
    for _ in 0..2 {
        folder.pact(&["check"]);
    }
    let log: Json = serde_json::from_str(&folder.pact(&["ledger", "log", "--format", "json"]).stdout).expect("JSON");
    let executions = log["executions"].as_array().expect("executions");
    assert_eq!((executions.len(), &executions[0]["seq"], &executions[0]["verdict"]), (2, &json!(2), &json!("fail")));
    assert_eq!(executions[0]["snapshot"], executions[1]["snapshot"], "a snapshot is stored once");
    let blob = folder.shell("git hash-object contracts/orders.yaml");
    assert_eq!(executions[0]["blob_id"].as_str(), Some(blob.stdout.trim()));

    let shown = folder.pact(&["ledger", "show", "1"]);
    assert!(shown.stdout.contains("promised orders 1.4.0; found version 2.4.0"), "{}", shown.stdout);
    // What the contract was then is still known after it has changed.
    let then = std::fs::read_to_string(folder.path().join("contracts/orders.yaml")).expect("the contract");
    folder.write("contracts/orders.yaml", then.replace("1 hour", "2 hours"));
    assert_eq!(folder.pact(&["ledger", "show", "1", "--contract"]).stdout, then);
    let id = executions[0]["id"].as_str().expect("an id");
    assert_eq!(folder.pact(&["ledger", "show", id]).code, Some(0));
    assert_eq!(folder.pact(&["ledger", "show", "99"]).code, Some(2));

    let sound = folder.pact(&["ledger", "verify"]);
    assert_eq!(sound.code, Some(0), "{sound:?}");
    assert!(sound.stdout.starts_with("The ledger is sound: 2 entries, 1 snapshot, last hash "), "{}", sound.stdout);
    let connection = rusqlite::Connection::open(folder.path().join(".pact/ledger.db")).expect("the ledger");
    let trigger: String = connection
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'result_stays'", [], |row| row.get(0))
        .expect("a trigger");
    let change =
        "DROP TRIGGER result_stays; UPDATE result SET verdict = 'pass' WHERE execution = 2 AND verdict = 'fail';";
    connection.execute_batch(&format!("{change} {trigger}")).expect("a change");
    let changed = folder.pact(&["ledger", "verify"]);
    assert_eq!(changed.code, Some(1));
    assert!(changed.stdout.contains("entry 2 is not what was recorded"), "{}", changed.stdout);
}

#[test]
fn more_than_three_violations_a_day_are_critical() {
    let folder = shop(&["wrong-version"]);
    let severity = || {
        let json: Json = serde_json::from_str(&folder.pact(&["check", "--format", "json"]).stdout).expect("JSON");
        let results = json["contracts"][0]["results"].as_array().expect("results").clone();
        results.iter().find(|result| result["kind"] == "conformance").expect("conformance")["severity"].clone()
    };
    let severities: Vec<Json> = (0..4).map(|_| severity()).collect();
    assert_eq!(severities, ["error", "error", "error", "critical"]);
}

/// A repository whose only contract is at a port.
fn pointing_at(port: u16) -> Folder {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", ORDERS.replace("PORT", &port.to_string()));
    folder
}

fn first_remark(folder: &Folder, args: &[&str]) -> (String, String, Option<i32>) {
    let ran = folder.pact(&[&["check", "--format", "json"], args].concat());
    let json: Json = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    let result = &json["contracts"][0]["results"][0];
    (result["verdict"].as_str().unwrap_or("").into(), result["actual"].as_str().unwrap_or("").into(), ran.code)
}

#[test]
fn bad_servers_get_a_verdict() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let cases = [
        (closed, "not_received", "connection refused"),
        (answering("500 Oops", "{}"), "not_received", "status 500"),
        (answering("200 OK", "<html>please sign in</html>"), "not_received", "HTML"),
        (answering("200 OK", "{\"status\": "), "not_received", "not JSON"),
        (answering("200 OK", "[".repeat(60_000)), "not_received", "JSON"),
        (answering("200 OK", "[]"), "not_received", "not what the convention says"),
        (answering("302 Found\r\nLocation: http://169.254.169.254/", ""), "not_received", "redirect"),
        (raw(|stream| stream.write_all(b"\x00\xffnot HTTP at all\r\n\r\n")), "not_received", "not reachable"),
        (raw(|_| Ok(())), "not_received", "not reachable"),
    ];
    for (port, verdict, text) in cases {
        let folder = pointing_at(port);
        let (found, actual, code) = first_remark(&folder, &["--timeout", "5s"]);
        assert_eq!((found.as_str(), code), (verdict, Some(1)), "{text}: {actual}");
        assert!(actual.contains(text), "{actual}");
    }
}

#[test]
fn servers_that_never_end_are_cut_off() {
    let hangs = raw(|_| {
        thread::sleep(Duration::from_mins(1));
        Ok(())
    });
    let drips = raw(|stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(b" ")?;
            thread::sleep(Duration::from_millis(50));
        }
    });
    for port in [hangs, drips] {
        let folder = pointing_at(port);
        let started = Instant::now();
        let (verdict, actual, _) = first_remark(&folder, &["--timeout", "400ms"]);
        assert_eq!((verdict.as_str(), actual.as_str()), ("not_received", "no complete answer within 0.4 s"));
        assert!(started.elapsed() < Duration::from_secs(10));
    }
    let endless = raw(|stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")?;
        let block = [b' '; 8192];
        loop {
            stream.write_all(&block)?;
        }
    });
    let folder = pointing_at(endless);
    let (verdict, actual, _) = first_remark(&folder, &["--timeout", "20s"]);
    assert_eq!((verdict.as_str(), actual.contains("larger than the 64 KiB")), ("not_received", true), "{actual}");
    // In 700 MB of address space there is no room for what the server would send.
    let bounded = folder.shell("ulimit -v 700000 && pact check --no-ledger --timeout 20s");
    assert_eq!(bounded.code, Some(1), "{bounded:?}");
}

#[test]
fn two_hundred_services_are_asked_at_once() {
    let answer = || async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        axum::Json(json!({"status": "healthy", "tables": {"t": {"columns": [
            {"name": "id", "type": "bigint", "nullable": false}]}},
            "completeness": {"total_rows": 1, "field_completeness": {"id": 100}}, "row_count": 1}))
    };
    let port = serve(Router::new().fallback(answer));
    let folder = Folder::new();
    for number in 0..200 {
        let text = format!(
            "name: c{number}\nversion: 1.0.0\nstatus: active\nschema: [{{name: id, data_type: integer, nullable: false}}]\n\
             access: {{endpoint_url: 'http://127.0.0.1:{port}/c{number}'}}\n"
        );
        folder.write(&format!("contracts/c{number}.yaml"), text);
    }
    let started = Instant::now();
    let ran = folder.pact(&["check", "-q"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
    // One after the other they would take two minutes. How fast it really is belongs to the benches.
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    let verified = folder.pact(&["ledger", "verify"]);
    assert!(verified.stdout.contains("200 entries, 200 snapshots"), "{verified:?}");
}

#[test]
fn what_was_not_asked_in_time_is_undecided_and_never_dropped() {
    let hangs = raw(|_| {
        thread::sleep(Duration::from_mins(1));
        Ok(())
    });
    let folder = pointing_at(hangs);
    folder.write(
        "contracts/later.yaml",
        ORDERS.replace("PORT", &hangs.to_string()).replace("name: orders", "name: later"),
    );
    let ran = folder.pact(&["check", "--deadline", "500ms", "--concurrency", "1"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains("no answer, since the time of the run was over"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Checked 2 contracts"), "{}", ran.stdout);
}

#[test]
fn secrets_come_from_the_environment_and_stay_there() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let heard = std::sync::Arc::clone(&seen);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 2048];
            let count = stream.read(&mut request).unwrap_or(0);
            heard.lock().expect("a lock").push_str(&String::from_utf8_lossy(&request[..count]));
            let _ = write!(stream, "HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    let folder = Folder::new();
    let access = format!("access: {{auth_type: jwt, endpoint_url: 'http://127.0.0.1:{port}/${{SECRET_PATH}}'}}");
    let contract = ORDERS.replace("access: {endpoint_url: 'http://127.0.0.1:PORT/orders'}", &access);
    folder.write("contracts/orders.yaml", contract);

    let missing = folder.pact(&["check"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.stdout.contains("the environment variable PACT_TOKEN is not set"), "{}", missing.stdout);
    assert_eq!(*seen.lock().expect("a lock"), "", "nothing was sent");

    let ran = folder.shell("SECRET_PATH=hush-path PACT_TOKEN=hush-token pact check --format json -v");
    let heard = seen.lock().expect("a lock").to_lowercase();
    assert!(heard.contains("get /hush-path/health") && heard.contains("authorization: bearer hush-token"), "{heard}");
    let mut everything = format!("{}{}", ran.stdout, ran.stderr);
    for file in ["ledger.db", "ledger.db-wal"] {
        let bytes = std::fs::read(folder.path().join(".pact").join(file)).unwrap_or_default();
        let _ = write!(everything, "{}", String::from_utf8_lossy(&bytes));
    }
    assert!(everything.contains("SECRET_PATH") && !everything.contains("hush"), "a secret was written down");
}

#[test]
fn a_ledger_that_cannot_be_written_stops_the_run_before_it_asks() {
    let folder = shop(&[]);
    folder.write("pact.yaml", "contracts: contracts\nledger: contracts/orders.yaml/ledger.db\n");
    let ran = folder.pact(&["check"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("can't be written") && ran.stderr.contains("--no-ledger"), "{}", ran.stderr);
    let ran = folder.pact(&["check", "--no-ledger"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
}

#[test]
fn runs_at_the_same_time_share_a_ledger() {
    let folder = shop(&[]);
    thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| folder.pact(&["check"]))).collect();
        for run in runs {
            let Ran { code, stderr, .. } = run.join().expect("a run");
            assert_eq!((code, stderr.as_str()), (Some(1), ""));
        }
    });
    let verified = folder.pact(&["ledger", "verify"]);
    assert!(verified.stdout.contains("4 entries"), "{verified:?}");
}

#[test]
fn the_ledger_names_the_commit_that_has_the_contract() {
    let folder = shop(&[]);
    let recorded = || {
        folder.pact(&["check", "-q"]);
        let json: Json =
            serde_json::from_str(&folder.pact(&["ledger", "log", "--format", "json"]).stdout).expect("JSON");
        json["executions"][0]["commit_id"].clone()
    };
    assert_eq!(recorded(), Json::Null, "there is no repository");
    folder.must("git init -q -b main");
    assert_eq!(recorded(), Json::Null, "there is no commit");
    folder.must("git add contracts && git commit -q -m first");
    let head = folder.shell("git rev-parse HEAD").stdout;
    assert_eq!(recorded(), head.trim());
    let shown = folder.pact(&["ledger", "show", "3"]).stdout;
    assert!(shown.contains(&format!("git commit   {}", head.trim())), "{shown}");
    folder.must("echo '# a note' >> contracts/orders.yaml");
    assert_eq!(recorded(), Json::Null, "the file is not what the commit has");
}

#[test]
fn where_nothing_is_in_force_nothing_is_checked_and_that_is_said() {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", ORDERS.replace("status: active", "status: approved"));
    let ran = folder.pact(&["check"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("No contract is in force, so nothing was checked."), "{}", ran.stdout);
    assert!(!folder.path().join(".pact").exists());
    let ran = folder.pact(&["check", "--format", "json"]);
    let json: Json = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!((&json["contracts"], &json["not_checked"][0]["failed"], ran.code), (&json!([]), &json!(false), Some(0)));
    // A contract in force that can't be asked is another matter, and so is a file with errors.
    folder.write(
        "contracts/other.yaml",
        "name: other\nversion: 1.0.0\nstatus: active\nschema: [{name: a, data_type: date}]\n",
    );
    assert_eq!(folder.pact(&["check"]).code, Some(2));
    folder.write("contracts/other.yaml", "name: [");
    assert_eq!(folder.pact(&["check"]).code, Some(2));
}

#[test]
fn one_field_of_several_datasets_is_broken() {
    let folder = Folder::new();
    let shop = "name: shop\nversion: 1.0.0\nstatus: active\ndatasets:\n  \
        - {name: a, schema: [{name: id, data_type: integer}, {name: x, data_type: string}]}\n  \
        - {name: b, schema: [{name: id, data_type: integer}]}\n\
        access: {endpoint_url: 'http://127.0.0.1:PORT/shop'}\n";
    folder.write("shop.yaml", shop).write("data/a.csv", "id,x\n1,y\n").write("data/b.csv", "id\n1\n");
    let served = |breakage: &str| {
        let options = Options {
            data: folder.path().join("data"),
            work: folder.path().join("work"),
            fresh: true,
            only_with_data: false,
            breakages: vec![Breakage::parse(breakage).expect("a breakage")],
        };
        Service::new(&[folder.path().join("shop.yaml")], &options).map(|service| serve(service.router()))
    };
    for (breakage, expected) in [("drop-column:x", "schema fail a.x"), ("shop/change-type:b.id", "schema fail b.id")] {
        let port = served(breakage).expect("a service");
        folder.write("contracts/shop.yaml", shop.replace("PORT", &port.to_string()));
        assert_eq!(remarks(&folder, &[]), (vec![expected.to_owned()], Some(1)), "{breakage}");
    }
    let error = served("shop/nulls:a.y").expect_err("no such field");
    assert!(error.contains("shop/nulls:a.y"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn too_few_open_files_are_no_fault_of_the_service() {
    let folder = shop(&[]);
    // How many files the run itself needs is its own business: somewhere on the way up the requests are what lacks them.
    let runs: Vec<Ran> =
        (6..16).map(|most| folder.shell(&format!("ulimit -n {most}; pact check --no-ledger"))).collect();
    assert!(runs.iter().all(|ran| !ran.stdout.contains("not_received")), "{runs:?}");
    let short = runs.iter().find(|ran| ran.stdout.contains("this process may open no more files"));
    assert_eq!(short.and_then(|ran| ran.code), Some(2), "{runs:?}");
}

#[test]
fn the_same_file_by_two_ways_is_one() {
    let folder = shop(&[]);
    folder.must("ln -s . around");
    let ran = folder.pact(&["check", "--no-ledger", "around/contracts/orders.yaml"]);
    assert!(ran.stdout.contains("Checked 1 contract in"), "{ran:?}");
}

#[test]
fn only_where_nothing_is_there_is_no_ledger() {
    let folder = shop(&[]);
    assert_eq!(folder.pact(&["ledger", "log"]).stdout, "Nothing is recorded yet.\n");
    let place = folder.path().join(".pact/ledger.db");
    folder.write(".pact/ledger.db", "");
    for _ in 0..2 {
        for args in [["ledger", "log"].as_slice(), &["ledger", "verify"], &["check"]] {
            let ran = folder.pact(args);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
            assert!(ran.stderr.contains("is not a ledger"), "{}", ran.stderr);
        }
        // The second time there is a folder.
        let _ = std::fs::remove_file(&place);
        std::fs::create_dir_all(&place).expect("a folder");
    }
}

#[test]
fn a_host_that_is_not_known_is_named() {
    let folder = Folder::new();
    let address = "http://nobody.invalid:8080";
    folder.write("contracts/orders.yaml", ORDERS.replace("http://127.0.0.1:PORT", address));
    let (verdict, actual, _) = first_remark(&folder, &["--timeout", "20s"]);
    assert_eq!((verdict.as_str(), actual.as_str()), ("not_received", "the host `nobody.invalid` is not known"));
}

#[test]
fn a_list_is_no_answer() {
    let folder = pointing_at(answering("200 OK", r#"["healthy","orders","1.4.0"]"#));
    let (verdict, actual, code) = first_remark(&folder, &[]);
    assert_eq!((verdict.as_str(), code), ("not_received", Some(1)));
    assert!(actual.ends_with("the answer is a list, not an object"), "{actual}");
}

#[test]
fn a_key_can_be_broken() {
    let folder = Folder::new();
    let lines = "name: lines\nversion: 1.0.0\nstatus: active\nschema:\n  \
        - {name: order_id, data_type: integer, is_primary_key: true}\n  \
        - {name: line, data_type: integer, is_primary_key: true}\n  \
        - {name: sku, data_type: string, is_primary_key: true}\n";
    folder.write("data/lines.csv", "order_id,line,sku\n1,1,a\n2,1,a\n").write("lines.yaml", lines);
    for breakage in ["drop-column:order_id", "change-type:sku", "nulls:sku"] {
        let options = Options {
            data: folder.path().join("data"),
            work: folder.path().join("work"),
            fresh: false,
            only_with_data: false,
            breakages: vec![Breakage::parse(breakage).expect("a breakage")],
        };
        assert_eq!(Service::new(&[folder.path().join("lines.yaml")], &options).map(|_| ()), Ok(()), "{breakage}");
        let error = Service::new(&[folder.path().join("nope.yaml")], &options).err().unwrap_or_default();
        assert!(error.starts_with("cannot read ") && !error.contains("Os {"), "{error}");
    }
}

#[test]
fn quiet_says_what_is_wrong_and_nothing_else() {
    let folder = shop(&["wrong-version"]);
    let lines = |args: &[&str]| {
        let text = folder.pact(args).stdout;
        let words =
            text.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned));
        words.filter(|word| matches!(word.as_str(), "pass" | "omit" | "fail")).collect::<Vec<_>>()
    };
    assert_eq!(lines(&["check"]), ["fail", "fail", "pass", "omit"]);
    assert_eq!(lines(&["-q", "check"]), ["fail", "fail"]);
}

#[test]
fn a_cut_off_ledger_is_no_new_one() {
    let folder = shop(&[]);
    folder.pact(&["check"]);
    let place = folder.path().join(".pact/ledger.db");
    let sound = std::fs::read(&place).expect("the ledger");
    std::fs::write(&place, &sound[..sound.len() / 2]).expect("half of it");
    for args in [["ledger", "log"].as_slice(), &["check"]] {
        let ran = folder.pact(args);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("is damaged") && !ran.stderr.contains("verify"), "{}", ran.stderr);
    }
}
