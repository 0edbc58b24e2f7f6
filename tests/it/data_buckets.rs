//! Files in buckets, as a small store that speaks as S3 does gives them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::servers::{raw, serve};
use crate::support::Folder;

/// What was asked for, and with which `Authorization`.
type Asked = Arc<Mutex<Vec<(String, Option<String>)>>>;

/// A store with one bucket, `lake`.
#[derive(Clone, Default)]
struct Store {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    /// The methods and paths that were asked for, and what was said of who asks.
    asked: Asked,
    /// Whether everybody may read.
    is_public: bool,
}

impl Store {
    fn private() -> Self {
        Self::default()
    }

    fn public() -> Self {
        Self { is_public: true, ..Self::default() }
    }

    fn put(&self, key: &str, content: impl Into<Vec<u8>>) -> &Self {
        self.files.lock().expect("a lock").insert(key.to_owned(), content.into());
        self
    }

    fn serve(&self) -> u16 {
        serve(Router::new().fallback(answer).with_state(self.clone()))
    }

    fn asked(&self) -> Vec<(String, Option<String>)> {
        self.asked.lock().expect("a lock").clone()
    }
}

async fn answer(State(store): State<Store>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let who = headers.get(header::AUTHORIZATION).map(|who| who.to_str().expect("text").to_owned());
    store.asked.lock().expect("a lock").push((format!("{method} {uri}"), who.clone()));
    let letters = [("%3D", "="), ("%2F", "/"), ("%2E", ".")];
    let path = uri.path().trim_start_matches('/').to_owned();
    let path = letters.iter().fold(path, |path, (code, letter)| path.replace(code, letter));
    let (bucket, key) = path.split_once('/').unwrap_or((&path, ""));
    if bucket == "elsewhere" {
        let body = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>";
        return (StatusCode::BAD_REQUEST, body).into_response();
    }
    if bucket != "lake" {
        return error(StatusCode::NOT_FOUND, "NoSuchBucket");
    }
    let is_signed = who.is_some_and(|who| who.starts_with("AWS4-HMAC-SHA256 Credential=reader/"));
    if !is_signed && !store.is_public || key.contains("locked") {
        return error(StatusCode::FORBIDDEN, "AccessDenied");
    }
    let files = store.files.lock().expect("a lock").clone();
    if key.is_empty() {
        return list(&files, uri.query().unwrap_or_default());
    }
    let Some(content) = files.get(key) else { return error(StatusCode::NOT_FOUND, "NoSuchKey") };
    part(content, &method, headers.get(header::RANGE).map(|range| range.to_str().expect("text")))
}

fn error(status: StatusCode, code: &str) -> Response {
    (status, format!("<Error><Code>{code}</Code><Message>no</Message></Error>")).into_response()
}

/// Two keys at a time, so that there is more to ask for.
fn list(files: &BTreeMap<String, Vec<u8>>, query: &str) -> Response {
    let parameter = |name: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_default().replace("%2F", "/").replace("%3D", "=")
    };
    let (prefix, from) = (parameter("prefix"), parameter("continuation-token"));
    let all: Vec<_> = files.iter().filter(|(key, _)| key.starts_with(&prefix) && **key > from).collect();
    let mut body = format!("<ListBucketResult><IsTruncated>{}</IsTruncated>", all.len() > 2);
    for (key, content) in all.iter().take(2) {
        body += &format!(
            "<Contents><Key>{key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>\"x\"</ETag><Size>{}</Size></Contents>",
            content.len()
        );
    }
    if let (true, Some((last, _))) = (all.len() > 2, all.get(1)) {
        body += &format!("<NextContinuationToken>{last}</NextContinuationToken>");
    }
    (StatusCode::OK, body + "</ListBucketResult>").into_response()
}

fn part(content: &[u8], method: &Method, range: Option<&str>) -> Response {
    let plain = [(header::LAST_MODIFIED, "Thu, 01 Jan 2026 00:00:00 GMT"), (header::ETAG, "\"x\"")];
    if method == Method::HEAD {
        return (StatusCode::OK, plain, [(header::CONTENT_LENGTH, content.len().to_string())]).into_response();
    }
    let Some(range) = range else { return (plain, Bytes::copy_from_slice(content)).into_response() };
    let (start, end) = range.trim_start_matches("bytes=").split_once('-').expect("a range");
    let start: usize = start.parse().expect("a start");
    let end = end.parse().map_or(content.len(), |end: usize| (end + 1).min(content.len()));
    let told = format!("bytes {start}-{}/{}", end - 1, content.len());
    (StatusCode::PARTIAL_CONTENT, plain, [(header::CONTENT_RANGE, told)], Bytes::copy_from_slice(&content[start..end]))
        .into_response()
}

const KEYS: &str = "AWS_ACCESS_KEY_ID=reader AWS_SECRET_ACCESS_KEY=hush-hush";

/// A repository with a contract for orders whose only source is this one.
fn repository(source: &str) -> Folder {
    let folder = Folder::new();
    let contract = format!(
        "name: orders\nversion: 1.0.0\nstatus: active\nsources:\n  lake: {source}\nschema:\n  \
         - {{name: id, data_type: integer, is_primary_key: true}}\n  - {{name: amount, data_type: decimal, constraints: [{{type: min, value: 0}}]}}\n"
    );
    folder.write("contracts/orders.yaml", contract);
    folder
}

/// What a check says of a source, with variables of the environment.
fn check(source: &str, variables: &str) -> (Option<i32>, String) {
    let folder = repository(source);
    let ran = folder.shell(&format!("{variables} pact check --no-ledger --timeout 10s"));
    assert!(!ran.stdout.contains("hush-hush") && !ran.stderr.contains("hush-hush"), "{ran:?}");
    (ran.code, ran.stdout)
}

#[track_caller]
fn says(source: &str, variables: &str, expected: &str) {
    let (code, text) = check(source, variables);
    assert_eq!(code, Some(1), "{text}");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(expected), "{expected}\nis not in\n{text}");
}

#[track_caller]
fn is_clean(source: &str, variables: &str) {
    let (code, text) = check(source, variables);
    assert_eq!(code, Some(0), "{text}");
}

fn at(port: u16) -> String {
    format!("{KEYS} AWS_ENDPOINT_URL=http://127.0.0.1:{port}")
}

#[test]
fn text_in_every_place_of_a_bucket() {
    let store = Store::private();
    store
        .put("drop/orders.csv", "id,amount\n1,2.50\n2,3\n")
        .put("drop/orders.ndjson", "{\"id\": 1, \"amount\": 2}\n")
        .put("years/year=2024/a.csv", "id,amount\n1,1\n")
        .put("years/year=2025/b.csv", "id,amount\n2,1\n")
        .put("years/year=2025/c.csv", "id,amount\n3,1\n")
        .put("years/_SUCCESS", "")
        .put("years/", "");
    let near = at(store.serve());
    is_clean("{type: csv, path: 's3://lake/drop/{dataset}.csv'}", &near);
    is_clean("{type: s3, url: 's3://lake/drop/orders.ndjson'}", &near);
    is_clean("{type: s3, url: 's3://${B}/drop/*.csv', region: eu-west-1}", &format!("B=lake {near}"));
    for place in ["years/", "years", "years/*/*.csv", "years/**/*.csv", "years/year=*"] {
        let source = format!("{{type: csv, path: 's3://lake/{place}'}}");
        let folder = repository(&source);
        let contract = std::fs::read_to_string(folder.path().join("contracts/orders.yaml")).expect("a file");
        folder.write("contracts/orders.yaml", contract + "  - {name: year, data_type: integer}\n");
        let ran = folder.shell(&format!("{near} pact check --no-ledger"));
        assert_eq!(ran.code, Some(0), "{place}: {ran:?}");
    }
    let broken = "id,amount\n1,-1\n1,x\n";
    store.put("drop/bad.csv", broken);
    says("{type: csv, path: 's3://lake/drop/bad.csv'}", &near, "s3://lake/drop/bad.csv:3");
    // A signature, and never the secret itself.
    let asked = store.asked();
    assert!(
        asked.iter().all(|(_, who)| who.as_ref().is_some_and(|who| who.contains("Credential=reader/"))),
        "{asked:?}"
    );
    assert!(asked.iter().any(|(what, _)| what.contains("continuation-token")), "{asked:?}");
}

/// The XML interface of Google lists and gives as S3 does.
#[test]
fn google_is_asked_in_its_words() {
    let store = Store::public();
    store.put("d/day=1/a.csv", "id,amount\n1,2\n").put("d/day=2/b.csv", "id,amount\n2,3\n");
    let near = format!("GOOGLE_BASE_URL=http://127.0.0.1:{}", store.serve());
    is_clean("{type: csv, path: 'gs://lake/d/**/*.csv'}", &near);
    says("{type: csv, path: 'gs://lake/none.csv'}", &near, "there is no file `gs://lake/none.csv`");
    let asked = store.asked();
    assert!(asked.iter().any(|(what, _)| what.starts_with("GET /lake?") && what.contains("list-type=2")), "{asked:?}");
}

#[test]
fn large_text_comes_in_parts_and_whole() {
    let store = Store::private();
    let mut text = String::from("id,amount\n");
    for id in 0..900_000 {
        text += &format!("{id},{}.25 \n", id % 997);
    }
    let folder = Folder::new();
    folder.write("a.csv", &text).must("gzip -k a.csv");
    store.put("a.csv", text).put("z/a.csv.gz", std::fs::read(folder.path().join("a.csv.gz")).expect("a file"));
    let near = at(store.serve());
    for key in ["a.csv", "z/a.csv.gz"] {
        let contract = repository(&format!("{{type: csv, path: 's3://lake/{key}'}}"));
        let ran = contract.shell(&format!("{near} pact check --no-ledger --format json"));
        assert!(ran.stdout.contains("900000"), "{ran:?}");
    }
    let ranges = store.asked().iter().filter(|(what, _)| what == "GET /lake/a.csv").count();
    assert!(ranges > 3, "{ranges}");
}

#[test]
fn parquet_is_read_where_it_is() {
    let store = Store::private();
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", "name: orders\nversion: 1.0.0\nstatus: active\nsources:\n  near: {type: csv, path: orders.csv}\nschema:\n  - {name: id, data_type: integer}\n");
    folder.write("orders.csv", "id\n1\n2\n3\n");
    folder.must("pact check --no-ledger --valid good.parquet");
    let whole = std::fs::read(folder.path().join("good.parquet")).expect("a file");
    store.put("t/day=1/a.parquet", whole.clone()).put("t/day=2/b.parquet", whole.clone());
    store.put("cut.parquet", whole[..whole.len() - 9].to_vec()).put("locked.parquet", whole);
    let near = at(store.serve());
    let contract = repository("{type: parquet, path: 's3://lake/t/**/*.parquet'}");
    let text = "name: orders\nversion: 1.0.0\nstatus: active\nsources:\n  lake: {type: parquet, path: 's3://lake/t/**/*.parquet'}\nschema:\n  - {name: id, data_type: integer, constraints: [{type: max, value: 2}]}\n  - {name: day, data_type: integer}\n";
    contract.write("contracts/orders.yaml", text);
    let ran = contract.shell(&format!("{near} pact check --no-ledger"));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("2 of 6"), "{ran:?}");
    says("{type: parquet, path: 's3://lake/cut.parquet'}", &near, "`s3://lake/cut.parquet` is cut off or damaged");
    says("{type: parquet, path: 's3://lake/locked.parquet'}", &near, "access is denied");
}

#[test]
fn arrow_is_read_where_it_is() {
    let (store, folder) = (Store::private(), Folder::new());
    crate::data_files::write(&folder, "a.arrow", "arrow", "SELECT 1 AS id, CAST(2 AS DECIMAL(10, 2)) AS amount");
    store.put("t/a.arrow", std::fs::read(folder.path().join("a.arrow")).expect("a file"));
    is_clean("{type: local, path: 's3://lake/t/a.arrow'}", &at(store.serve()));
}

#[test]
fn credentials_go_nowhere_that_a_contract_chose() {
    let public = Store::public();
    public.put("orders.csv", "id,amount\n1,2\n");
    let port = public.serve();
    let literal =
        format!("{{type: s3, url: 's3://lake/orders.csv', options: {{endpoint: 'http://127.0.0.1:{port}'}}}}");
    says(&literal, KEYS, "let a variable say so");
    let default = format!(
        "{{type: s3, url: 's3://lake/orders.csv', options: {{endpoint: '${{NONE:-http://127.0.0.1:{port}}}'}}}}"
    );
    says(&default, KEYS, "let a variable say so");
    assert_eq!(public.asked(), []);
    // Without credentials nothing is signed.
    is_clean("{type: s3, url: 's3://lake/orders.csv'}", &format!("AWS_ENDPOINT_URL=http://127.0.0.1:{port}"));
    assert!(public.asked().iter().all(|(_, who)| who.is_none()), "{:?}", public.asked());
    // A variable is the word of whoever runs pact.
    let ours = "{type: s3, url: 's3://lake/orders.csv', options: {endpoint: '${STORE}'}}";
    is_clean(ours, &format!("{KEYS} STORE=http://127.0.0.1:{port}"));
    assert!(public.asked().last().is_some_and(|(_, who)| who.is_some()));
    // What the source names goes where it says.
    let named = "{type: s3, url: 's3://lake/orders.csv', username: '${WHO}', password: '${SECRET}', options: {endpoint: '${STORE}'}}";
    is_clean(named, &format!("WHO=somebody SECRET=hush-hush STORE=http://127.0.0.1:{port}"));
    assert!(public.asked().last().is_some_and(|(_, who)| who.as_ref().is_some_and(|who| who.contains("=somebody/"))));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let store = Store::private();
    store.put("drop/orders.csv", "id,amount\n1,2\n").put("drop/readme.md", "").put("t.arrow", "ARROW1, and no more");
    let port = store.serve();
    let near = at(port);
    let csv = |place: &str| format!("{{type: csv, path: '{place}'}}");
    says(&csv("s3://lake/none.csv"), &near, "there is no file `s3://lake/none.csv`");
    says(&csv("s3://lake/none/*.csv"), &near, "no file matches `s3://lake/none/*.csv`");
    says("{type: parquet, path: 's3://lake/drop'}", &near, "`s3://lake/drop` has no Parquet file");
    says(&csv("s3://pond/a.csv"), &near, "`s3://pond/a.csv` can't be read: there is no such bucket");
    says(&csv("s3://elsewhere/*.csv"), &near, "its bucket lies in the region `eu-west-3`");
    says(&csv("s3://lake/locked.csv"), &near, "access is denied");
    says("{type: local, path: 's3://lake/t.arrow'}", &near, "is cut off or damaged: it begins as Arrow");
    says("{type: s3, url: lake/a.csv}", &near, "`lake/a.csv` is no address of a bucket");
    let nobody = format!("AWS_ENDPOINT_URL=http://127.0.0.1:{port}");
    says(
        &csv("s3://lake/drop/*.csv"),
        &nobody,
        "asked without credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    );
    says(&csv("s3://lake/drop/*.csv"), "AWS_ACCESS_KEY_ID=x", "only one is set");
    says(&csv("s3://lake/drop/*.csv"), &at(1), "its endpoint can't be reached");
}

#[test]
fn a_store_that_says_nothing_is_left_in_time() {
    let silent = raw(|_| {
        std::thread::sleep(std::time::Duration::from_mins(1));
        Ok(())
    });
    let folder = repository("{type: csv, path: 's3://lake/a.csv'}");
    let started = std::time::Instant::now();
    let ran = folder.shell(&format!("{} pact check --no-ledger --timeout 1s", at(silent)));
    let is_told = ["took longer than a second", "within a second", "the connection to its store broke"]
        .iter()
        .any(|part| ran.stdout.contains(part));
    assert!(is_told, "{ran:?}");
    assert!(started.elapsed() < std::time::Duration::from_secs(10), "{:?}", started.elapsed());
}
