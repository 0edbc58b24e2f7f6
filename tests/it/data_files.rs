//! Data in files of every form, as the engine for files answers of them.

use std::time::Duration;

use datafusion::prelude::SessionContext;
use pact::check::data::{Dialect, FileWords, Memory, Relation, Serves, Wanted, expectations, file_relation, queries};
use pact::format;
use pact::io::data::files::{CsvForm, FileForm, FileTable, FilesAt, JsonForm, LINE_COLUMN, Limits, json_column};
use pact::io::data::{Cell, Database, Files, Trouble};
use pact::model::{Contract, Registry, SourceId};
use pact::source::SourceFile;

use crate::support::Folder;

fn table(folder: &Folder, path: &str, form: FileForm) -> Files {
    let at = FilesAt::Disk { path: folder.path().join(path), within: None };
    let table = FileTable { name: "rows".to_owned(), at, form };
    Files::new(vec![table], Limits::default())
}

fn csv(folder: &Folder, path: &str) -> Files {
    table(folder, path, FileForm::Csv(CsvForm::default()))
}

/// The rows of a query, each on a line.
fn rows(files: &mut Files, sql: &str) -> String {
    match files.rows(sql, 100) {
        Ok(rows) => {
            let line = |row: Vec<Cell>| row.iter().map(Cell::to_string).collect::<Vec<_>>().join("|");
            rows.into_iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Err(trouble) => trouble.reason().to_owned(),
    }
}

fn names(files: &mut Files) -> Vec<String> {
    let columns = files.columns("rows").expect("columns").expect("a table");
    columns.into_iter().map(|column| format!("{} {}", column.name, column.physical)).collect()
}

/// Why a table can't be looked at, with the folder left out.
fn trouble(folder: &Folder, files: &mut Files) -> String {
    let trouble = match files.columns("rows") {
        Err(trouble) => trouble,
        Ok(_) => files.rows("SELECT * FROM \"rows\"", 10).expect_err("trouble"),
    };
    trouble.reason().replace(&*folder.path().to_string_lossy(), "")
}

#[test]
fn csv_is_read_as_text() {
    let folder = Folder::new();
    folder.write(
        "a.csv",
        "\u{feff}id,Full Name,amount\n1,\"Smith, \"\"Jo\"\"\",1.50\n2,,NaN\r\n\n3,\"\",\"two\nlines\"\n",
    );
    let mut files = csv(&folder, "a.csv");
    assert_eq!(names(&mut files), ["id varchar", "Full Name varchar", "amount varchar"]);
    let sql =
        format!("SELECT *, \"{LINE_COLUMN}\" FROM (SELECT id, \"Full Name\", amount, \"{LINE_COLUMN}\" FROM \"rows\")");
    let sql = sql.replace("*, ", "id, \"Full Name\", amount, ");
    assert_eq!(rows(&mut files, &sql), "1|Smith, \"Jo\"|1.50|2\n2|null|NaN|3\n3||two\nlines|5");
    assert_eq!(files.broken_rows("rows").expect("an answer").count, 0);
}

#[test]
fn csv_in_every_spelling() {
    let folder = Folder::new();
    folder.write("a.csv", b"1;'it\\'s; here';\xe9t\xe9\n2;-;NA\n");
    let form = CsvForm {
        delimiter: b';',
        quote: Some(b'\''),
        escape: Some(b'\\'),
        header: false,
        names: vec!["id".to_owned(), "text".to_owned(), "word".to_owned()],
        encoding: "windows-1252".to_owned(),
        nulls: vec!["-".to_owned(), "NA".to_owned()],
    };
    let mut files = table(&folder, "a.csv", FileForm::Csv(form.clone()));
    assert_eq!(rows(&mut files, "SELECT id, text, word FROM \"rows\""), "1|it's; here|été\n2|null|null");

    let unknown = CsvForm { encoding: "klingon".to_owned(), ..form.clone() };
    let reason = trouble(&folder, &mut table(&folder, "a.csv", FileForm::Csv(unknown)));
    assert!(reason.contains("pact knows no encoding `klingon`"), "{reason}");

    let utf16: Vec<u8> = "id\n7\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("b.csv", [vec![0xff, 0xfe], utf16].concat());
    let form = CsvForm { encoding: "utf-16le".to_owned(), ..CsvForm::default() };
    assert_eq!(rows(&mut table(&folder, "b.csv", FileForm::Csv(form)), "SELECT id FROM \"rows\""), "7");
}

#[test]
fn ragged_rows_and_bytes_that_are_no_text_are_set_aside_with_their_lines() {
    let folder = Folder::new();
    folder.write("a.csv", b"id,name\n1,ann\n2\n3,bob,what\n4,\xe9a\n5,\"x\"y\n6,\"cy\ndy\"\n7,\"never\n8,lost\n");
    let mut files = csv(&folder, "a.csv");
    assert_eq!(rows(&mut files, "SELECT id, name FROM \"rows\""), "1|ann\n6|cy\ndy");
    let broken = files.broken_rows("rows").expect("an answer");
    let lines: Vec<String> = broken.first.iter().map(|row| format!("{}: {}", row.line, row.what)).collect();
    assert_eq!(
        lines,
        [
            "3: it has 1 cell, the header has 2",
            "4: it has 3 cells, the header has 2",
            "5: its cell 2 is not UTF-8: byte 0xE9; look at the encoding of the source",
            "6: there is text behind the quote that closes its cell 2",
            "9: the quote that opens its cell 2 is never closed, and what follows is lost",
        ]
    );
    assert_eq!(broken.count, 5);
}

#[test]
fn many_pieces_keep_every_row_and_its_line() {
    let folder = Folder::new();
    let mut text = String::from("id,note\n");
    for id in 0..200_000 {
        let note = if id % 1000 == 7 { "\"two\n,lines\"" } else { "some text to fill the row" };
        text.push_str(&format!("{id},{note}\n"));
    }
    folder.write("a.csv", &text);
    let mut files = csv(&folder, "a.csv");
    let sql = format!(
        "SELECT count(*), count(DISTINCT id), sum(CAST(id AS BIGINT)), max(\"{LINE_COLUMN}\"), \
         min(CASE WHEN id = '199999' THEN \"{LINE_COLUMN}\" END) FROM \"rows\""
    );
    assert_eq!(rows(&mut files, &sql), "200000|200000|19999900000|200201|200201");
}

#[test]
fn compressed_text_is_read_through() {
    let folder = Folder::new();
    folder.write("a.csv", "id\n1\n2\n").must("gzip -k a.csv");
    let mut files = csv(&folder, "a.csv.gz");
    assert_eq!(rows(&mut files, "SELECT sum(CAST(id AS BIGINT)) FROM \"rows\""), "3");
    let whole = std::fs::read(folder.path().join("a.csv.gz")).expect("a file");
    folder.write("cut.csv.gz", &whole[..whole.len() - 9]);
    let reason = trouble(&folder, &mut csv(&folder, "cut.csv.gz"));
    assert_eq!(reason, "`/cut.csv.gz` is cut off behind line 1: its compressed data ends too early");
}

#[test]
fn folders_and_patterns_are_tables_with_the_keys_of_their_folders() {
    let folder = Folder::new();
    folder
        .write("d/year=2024/a.csv", "id\n1\n")
        .write("d/year=2025/b.csv", "id\n2\n3\n")
        .write("d/_SUCCESS", "")
        .write("d/year=2025/.b.csv.crc", "x");
    for path in ["d", "d/*/*.csv", "d/year=*", "d/**/*.csv"] {
        let mut files = csv(&folder, path);
        assert_eq!(names(&mut files), ["id varchar", "year varchar"], "{path}");
        let sql = "SELECT year, count(*) FROM \"rows\" GROUP BY year ORDER BY year";
        assert_eq!(rows(&mut files, sql), "2024|1\n2025|2", "{path}");
    }
}

#[test]
fn what_is_not_there_is_told() {
    let folder = Folder::new();
    folder
        .write("empty.csv", "")
        .write("empty.parquet", "")
        .write("no.parquet", "id,name\n1,a\n")
        .write("no.arrow", "id,name\n1,a\n")
        .write("f/readme.md", "x")
        .write("g/a.csv", "id,name\n")
        .write("g/b.csv", "1,anna\n2,bob\n")
        .write("book.csv", "PK\u{3}\u{4}rest")
        .write("twice.csv", "id,id\n");
    let of =
        |path: &str, form: &str| trouble(&folder, &mut table(&folder, path, FileForm::of_word(form).expect("a form")));
    assert_eq!(
        of("a.csv", "csv"),
        "there is no file `/a.csv`: look at the path of the source, which counts from the root of the repository"
    );
    assert_eq!(of("x/a.csv", "csv"), "there is no file `/x/a.csv`: not even its folder `/x` is there");
    assert_eq!(of("*.txt", "csv"), "no file matches `/*.txt`");
    assert_eq!(
        of("f", "parquet"),
        "the folder `/f` has no Parquet file: none ends in .parquet, .pq; name the file, or a pattern such as `/f/*`"
    );
    assert_eq!(of("empty.csv", "csv"), "`/empty.csv` is empty: it has not even a header");
    assert_eq!(of("empty.parquet", "parquet"), "`/empty.parquet` is empty: it has not even the columns of Parquet");
    assert_eq!(of("no.parquet", "parquet"), "`/no.parquet` is no Parquet file: it does not begin with `PAR1`");
    assert_eq!(of("no.arrow", "arrow"), "`/no.arrow` is no Arrow file and no Arrow stream");
    assert_eq!(
        of("g", "csv"),
        "`/g/a.csv` and `/g/b.csv` have no column in common: `/g/b.csv` has `1`, `anna`; has it no header?"
    );
    assert_eq!(
        of("book.csv", "csv"),
        "`/book.csv` is no text but a ZIP archive, such as an Excel workbook, which pact does not read"
    );
    assert_eq!(of("twice.csv", "csv"), "`/twice.csv` has two columns `id`");
}

#[test]
fn json_lines_have_texts_and_values() {
    let folder = Folder::new();
    folder.write(
        "a.ndjson",
        "{\"id\": 1, \"name\": \"a\\u00e9\\n\", \"tags\": [1, 2]}\r\n\n{\"name\": 7, \"id\": \"2\", \"more\": {\"a\": null}}\n{\"id\": null}\n",
    );
    let form = FileForm::Ndjson(JsonForm { names: vec!["missing".to_owned()] });
    let mut files = table(&folder, "a.ndjson", form);
    assert_eq!(names(&mut files), ["id varchar", "name varchar", "tags varchar", "more varchar"]);
    let sql = format!(
        "SELECT id, \"{}\", name, \"{}\", \"{}\", \"{}\", missing FROM \"rows\"",
        json_column("id"),
        json_column("name"),
        json_column("tags"),
        json_column("more")
    );
    let expected = "null|1|aé\n|\"a\\u00e9\\n\"|[1, 2]|null|null\n2|\"2\"|null|7|null|{\"a\": null}|null\n\
                    null|null|null|null|null|null|null";
    assert_eq!(rows(&mut files, &sql), expected);
}

#[test]
fn broken_json_is_set_aside_with_its_line() {
    let folder = Folder::new();
    let mut data = b"{\"id\": 1}\n{\"id\": 2\n[3]\n{\"id\": tru}\n{\"id\": \"\xff\"}\n{\"id\": 6} {}\n{\"id\": [1, }\n\
          {\"id\": [{\"a\": 1, \"b\": {\"a\": 1}, \"\\u0061\": 2}]}\n{\"id\": {\"a\": 1e400}}\n"
        .to_vec();
    data.extend(format!("{{\"id\": {}1{}}}\n", "[".repeat(500), "]".repeat(500)).bytes());
    folder.write("a.ndjson", data);
    let mut files = table(&folder, "a.ndjson", FileForm::of_word("ndjson").expect("a form"));
    let broken = files.broken_rows("rows").expect("an answer");
    let lines: Vec<String> = broken.first.iter().map(|row| format!("{}: {}", row.line, row.what)).collect();
    assert_eq!(
        lines,
        [
            "2: it ends within an object",
            "3: it is no JSON object",
            "4: there is no JSON value in its key `id`",
            "5: it is not UTF-8: byte 0xFF at its position 9",
            "6: there is something behind its JSON object",
            "7: there is no JSON value in its key `id`",
            "8: the key `a` is there twice in its key `id`",
        ]
    );
}

#[test]
fn a_list_of_objects_is_a_table() {
    let folder = Folder::new();
    folder
        .write("a.json", "[\n  {\"id\": 1},\n  {\"id\": 2, \"at\": {\"x\": [\"]\"]}}\n]\n")
        .write("cut.json", "[{\"id\": 1},\n");
    let mut files = table(&folder, "a.json", FileForm::of_word("json").expect("a form"));
    let sql = format!("SELECT \"{}\", \"{}\", \"{LINE_COLUMN}\" FROM \"rows\"", json_column("id"), json_column("at"));
    assert_eq!(rows(&mut files, &sql), "1|null|2\n2|{\"x\": [\"]\"]}|3");
    assert_eq!(files.broken_rows("rows").expect("an answer").count, 0);
    let mut files = table(&folder, "cut.json", FileForm::of_word("json").expect("a form"));
    let broken = files.broken_rows("rows").expect("an answer");
    assert_eq!(broken.first.first().map(|row| row.what.as_str()), Some("the file ends before its list does"));
}

#[test]
fn queries_end_in_time_and_only_read() {
    let folder = Folder::new();
    folder.write("a.csv", "id\n1\n2\n");
    let at = FilesAt::Disk { path: folder.path().join("a.csv"), within: None };
    let table = FileTable { name: "rows".to_owned(), at, form: FileForm::Csv(CsvForm::default()) };
    let limits = Limits { deadline: Some(Duration::from_millis(200)), ..Limits::default() };
    let mut files = Files::new(vec![table], limits);
    let endless = "SELECT count(*) FROM generate_series(1, 100000000) a, generate_series(1, 100000000) b \
                   WHERE a.value * b.value % 7 = 3";
    let late = "it took longer than 0.2 seconds; `--timeout 10m` gives it more, and `--sample` less to do";
    assert_eq!(files.rows(endless, 1), Err(Trouble::TimedOut(late.to_owned())));
    for sql in ["CREATE TABLE x AS SELECT 1", "COPY \"rows\" TO 'x.csv'", "SET datafusion.execution.batch_size = 1"] {
        assert!(matches!(files.rows(sql, 1), Err(Trouble::Refused(_))), "{sql}");
    }
    assert_eq!(rows(&mut files, "SELECT 1 / 0"), "its SQL divides by zero; write `nullif(divisor, 0)`");
}

const ORDERS: &str = "\
name: orders
version: 1.0.0
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - {name: amount, data_type: decimal, precision: 12, scale: 2, constraints: [{type: min, value: 0}]}
  - {name: at, data_type: timestamp, constraints: [{type: max, value: \"2030-01-01T00:00:00Z\"}]}
  - {name: flag, data_type: boolean}
  - {name: day, data_type: date, constraints: [{type: min, value: 2000-01-01}]}
  - {name: moment, data_type: datetime, constraints: [{type: min, value: 2000-01-01T00:00:00}]}
  - {name: key, data_type: uuid}
  - {name: share, data_type: float}
  - {name: name, data_type: string, constraints: [{type: regex, value: \"^[a-z]$\"}, {type: enum, value: [a, b]}]}
";

fn contract(text: &str) -> Contract {
    let document = format::read(SourceId(0), SourceFile::new("orders.yaml", text));
    document.contract().unwrap_or_else(|| panic!("{:?}", document.problems)).clone()
}

/// What every expectation measures, by its name.
fn measured(files: &mut Files, words: FileWords) -> Vec<String> {
    answers(ORDERS, files, words)
}

/// The same for another contract, without the newest value.
fn measured_of(text: &str, files: &mut Files, words: FileWords) -> Vec<String> {
    let mut found = answers(text, files, words);
    found.retain(|line| !line.starts_with("newest"));
    found
}

fn answers(text: &str, files: &mut Files, words: FileWords) -> Vec<String> {
    let contract = contract(text);
    let dataset = &contract.datasets[0];
    assert!(!dataset.fields.is_empty(), "no contract: {text}");
    let registry = Registry::default();
    let expected = expectations(&contract, dataset, &[], &registry);
    let columns = files.columns("rows").expect("columns").expect("a table");
    let names: Vec<(&str, FileWords)> = columns.iter().map(|column| (column.name.as_str(), words)).collect();
    let relation = file_relation(dataset, "rows", &names);
    let wanted = Wanted { dataset, expectations: &expected, referred: &|_, _| Err(String::new()), newest: &["at"] };
    let chosen: Vec<usize> = (0..expected.len()).collect();
    let asked = queries(wanted, &chosen, &relation, Dialect::DataFusion, Memory::Enough);
    let mut found = Vec::new();
    for query in asked.queries {
        let answer = files.rows(&query.sql, 1).unwrap_or_else(|trouble| panic!("{}: {}", trouble.reason(), query.sql));
        for (serves, cell) in query.serves.iter().zip(&answer[0]) {
            match serves {
                Serves::Number(at) => found.push(format!("{} = {cell}", expected[*at].id)),
                Serves::Keys(at) => {
                    let count = cell.to_string().split(' ').next().unwrap_or_default().to_owned();
                    found.push(format!("{} = {count}", expected[*at].id));
                }
                Serves::Newest(_) => found.push(format!("newest = {cell}")),
                _ => {}
            }
        }
    }
    found.retain(|line| !line.ends_with(" = 0"));
    found
}

const GOOD: &str = "1,12.50,2024-05-01T10:00:00+02:00,true,2024-05-01,9999-12-31 23:59:59,0190163d-8694-739b-aea5-966c26f8ad90,0.5,a\n";

#[test]
fn good_cells_are_of_their_types_and_bad_ones_are_counted() {
    let folder = Folder::new();
    let header = "id,amount,at,flag,day,moment,key,share,name\n";
    folder.write("good.csv", format!("{header}{GOOD}2,3,2024-05-01T10:00:00Z,,,,,,\n"));
    assert_eq!(measured(&mut csv(&folder, "good.csv"), FileWords::Text), ["newest = 2024-05-01T10:00:00Z"]);
    let bad =
        "1.5,1.239,soon,maybe,2024-02-30,2024-01-01T25:00:00,x,1.5.1,b\n,-1,2031-01-01T00:00:00Z,,,,,,\n1,,,,,,,,\n";
    folder.write("bad.csv", format!("{header}{GOOD}{bad}"));
    assert_eq!(
        measured(&mut csv(&folder, "bad.csv"), FileWords::Text),
        [
            "newest = 2031-01-01T00:00:00Z",
            "orders.id type = 1",
            "orders.id not_null = 1",
            "orders.amount type = 1",
            "orders.amount min = 1",
            "orders.at type = 1",
            "orders.at max = 1",
            "orders.flag type = 1",
            "orders.day type = 1",
            "orders.moment type = 1",
            "orders.key type = 1",
            "orders.share type = 1",
            "orders primary_key = 1",
        ]
    );
}

/// Writes the rows of a query by the engine's own writers.
pub(crate) fn write(folder: &Folder, path: &str, form: &str, sql: &str) {
    let path = folder.path().join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    let sql = format!("COPY ({sql}) TO '{}' STORED AS {form}", path.display());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let frame = SessionContext::new().sql(&sql).await.expect("SQL");
        frame.collect().await.expect("a written file");
    });
}

const TYPED: &str = "SELECT 1::int AS id, 12.5::decimal(12,2) AS amount, arrow_cast(TIMESTAMP '2024-05-01T10:00:00', \
     'Timestamp(Microsecond, Some(\"UTC\"))') AS at, true AS flag, DATE '2024-05-01' AS day, \
     arrow_cast(TIMESTAMP '2024-05-01T10:00:00', 'Timestamp(Millisecond, None)') AS moment, \
     '0190163d-8694-739b-aea5-966c26f8ad90' AS key, 0.5::double AS share, 'a' AS name, \
     [1, 2] AS list, named_struct('x', 1::bigint, 'y', 'z') AS inner_";

const TYPED_COLUMNS: &[&str] = &[
    "id integer",
    "amount decimal(12,2)",
    "at timestamp with time zone",
    "flag boolean",
    "day date",
    "moment timestamp(3)",
    "key varchar",
    "share double",
    "name varchar",
    "list array<bigint>",
    "inner_ struct<x:bigint,y:varchar>",
];

#[test]
fn parquet_and_arrow_tell_their_types() {
    let folder = Folder::new();
    for (path, form) in [("a.parquet", "parquet"), ("a.arrow", "arrow")] {
        write(&folder, path, form, TYPED);
        let mut files = table(&folder, path, FileForm::of_name(path).expect("a form"));
        assert_eq!(names(&mut files), TYPED_COLUMNS, "{path}");
        assert_eq!(measured(&mut files, FileWords::Typed), ["newest = 2024-05-01T10:00:00Z"], "{path}");
        assert_eq!(rows(&mut files, "SELECT \"inner_\"['y'], cardinality(list) FROM \"rows\""), "z|2", "{path}");
    }
}

#[test]
fn damaged_parquet_is_told() {
    let folder = Folder::new();
    write(&folder, "a.parquet", "parquet", TYPED);
    let whole = std::fs::read(folder.path().join("a.parquet")).expect("a file");
    folder.write("cut.parquet", &whole[..whole.len() / 2]);
    let reason = trouble(&folder, &mut table(&folder, "cut.parquet", FileForm::Parquet));
    assert!(
        reason.starts_with("`/cut.parquet` is cut off or damaged: it begins as Parquet and does not end as such ("),
        "{reason}"
    );
    let mut torn = whole.clone();
    torn[4..200].fill(0xff);
    folder.write("torn.parquet", &torn);
    let reason = trouble(&folder, &mut table(&folder, "torn.parquet", FileForm::Parquet));
    assert!(reason.starts_with("the Parquet data is damaged: "), "{reason}");
}

#[test]
fn files_of_a_folder_are_one_table_unless_they_disagree() {
    let folder = Folder::new();
    write(&folder, "d/day=1/a.parquet", "parquet", "SELECT 1 AS id, 'x' AS name");
    write(&folder, "d/day=2/b.parquet", "parquet", "SELECT 2 AS id, 3.5 AS more");
    let mut files = table(&folder, "d", FileForm::Parquet);
    assert_eq!(names(&mut files), ["id bigint", "name varchar", "more double", "day varchar"]);
    assert_eq!(rows(&mut files, "SELECT id, name, more, day FROM \"rows\" ORDER BY id"), "1|x|null|1\n2|null|3.5|2");
    // A column grew.
    write(&folder, "d/day=3/c.parquet", "parquet", "SELECT CAST(3 AS INT) AS id");
    let mut files = table(&folder, "d", FileForm::Parquet);
    assert_eq!(names(&mut files)[0], "id bigint");
    assert_eq!(rows(&mut files, "SELECT sum(id) FROM \"rows\""), "6");
    write(&folder, "d/day=3/c.parquet", "parquet", "SELECT 'c' AS id");
    let reason = trouble(&folder, &mut table(&folder, "d", FileForm::Parquet));
    assert_eq!(
        reason,
        "`/d/day=1/a.parquet` and `/d/day=3/c.parquet` disagree about the column `id`: bigint and varchar"
    );
}

#[test]
fn columns_of_csv_are_found_by_their_names_in_each_file() {
    let folder = Folder::new();
    folder
        .write("d/a.csv", "")
        .write("d/b.csv", "id,name\n1,anna\n")
        .write("d/c.csv", "name,more,id\nbob,x,2\nbad,2\n");
    let mut files = csv(&folder, "d");
    assert_eq!(names(&mut files), ["id varchar", "name varchar", "more varchar"]);
    assert_eq!(rows(&mut files, "SELECT id, name, more FROM \"rows\" ORDER BY id"), "1|anna|null\n2|bob|x");
    let broken = files.broken_rows("rows").expect("rows");
    assert_eq!(broken.first[0].what, "it has 2 cells, the header has 3");
}

const EVENTS: &str = "\
name: events
version: 1.0.0
schema:
  - {name: id, data_type: integer, is_primary_key: true}
  - {name: name, data_type: string, constraints: [{type: min_length, value: 2}]}
  - {name: at, data_type: timestamp}
  - {name: tags, data_type: array, items: {data_type: string}, constraints: [{type: min_items, value: 1}, {type: unique_items, value: true}]}
  - name: where
    data_type: object
    fields:
      - {name: city, data_type: string, nullable: false}
      - {name: zip, data_type: integer, constraints: [{type: min, value: 1000}]}
";

#[test]
fn json_is_held_to_its_types_and_looked_into() {
    let folder = Folder::new();
    let good = r#"{"id": 1, "name": "ann", "at": "2024-05-01T10:00:00Z", "tags": ["a"], "where": {"city": "Delft", "zip": 2611}}"#;
    folder.write("good.ndjson", format!("{good}\n{{\"id\": 2, \"where\": {{\"city\": \"x\"}}}}\n"));
    let bad = r#"{"id": "1", "name": 5, "at": 12, "tags": {}, "where": {"city": 7, "zip": "2611"}}
{"id": 2.5, "name": "x", "at": "soon", "tags": [], "where": {"zip": 7}}
{"id": 1, "name": null, "tags": ["a", "a"], "where": []}"#;
    folder.write("bad.ndjson", format!("{good}\n{bad}\n"));
    let form = FileForm::of_word("ndjson").expect("a form");
    let mut files = table(&folder, "good.ndjson", form.clone());
    assert_eq!(measured_of(EVENTS, &mut files, FileWords::Json(json_column)), [""; 0]);
    let mut files = table(&folder, "bad.ndjson", form);
    assert_eq!(
        measured_of(EVENTS, &mut files, FileWords::Json(json_column)),
        [
            "events.id type = 2",
            "events.name type = 1",
            "events.name min_length = 1",
            "events.at type = 2",
            "events.tags type = 1",
            "events.tags min_items = 1",
            "events.tags unique_items = 1",
            "events.where type = 1",
            "events.where.city type = 1",
            "events.where.city not_null = 2",
            "events.where.zip type = 1",
            "events.where.zip min = 1",
            "events primary_key = 1",
        ]
    );
}

#[test]
fn digits_and_moments_are_as_promised() {
    let folder = Folder::new();
    let contract = "name: t\nversion: 1.0.0\nschema:\n  - {name: a, data_type: decimal, precision: 12, scale: 2}\n  \
                    - {name: b, data_type: decimal, precision: 38, scale: 10}\n  - {name: day, data_type: date}\n  \
                    - {name: at, data_type: datetime}\n  - {name: when, data_type: timestamp}\n";
    let good = "1.230,1.1234567890000,2024-01-05,2024-01-01T00:00,2024-01-01T00:00Z\n-0.5,+7,,2024-01-01 23:59:59.5,2024-01-01T00:00:00+02:00\n1.25e1,1E-10,,,\n";
    folder.write("good.csv", format!("a,b,day,at,when\n{good}"));
    assert_eq!(measured_of(contract, &mut csv(&folder, "good.csv"), FileWords::Text), [""; 0]);
    folder.write(
        "bad.csv",
        "a,b,day,at,when\n1.230000000000001,1.12345678901234,2024-01-01 23:59:59,2024-13-01T00:00,noon\n\
         12345678901,x,2024-1-5,24:00,2024-01-01T25:00Z\n1.255e0,1e-11,,,\n",
    );
    let found = measured_of(contract, &mut csv(&folder, "bad.csv"), FileWords::Text);
    assert_eq!(found, ["t.a type = 3", "t.b type = 3", "t.day type = 2", "t.at type = 2", "t.when type = 2"]);
}

#[test]
fn dates_are_read_in_the_form_of_the_contract() {
    let folder = Folder::new();
    let contract = "name: days\nversion: 1.0.0\nschema:\n  - {name: day, data_type: date, format: dd.MM.yyyy}\n  \
                    - {name: at, data_type: datetime, format: \"%d/%m/%Y %H:%M\", constraints: [{type: min, value: 2024-01-01T00:00:00}]}\n";
    folder.write("a.csv", "day,at\n31.12.2024,31/12/2023 23:59\n2024-12-31,31/12/2024 10:00\n32.01.2024,noon\n");
    let found = measured_of(contract, &mut csv(&folder, "a.csv"), FileWords::Text);
    assert_eq!(found, ["days.day type = 2", "days.at type = 1", "days.at min = 1"]);
}

#[test]
fn duplicates_are_counted_as_grouping_counts_them() {
    let folder = Folder::new();
    let mut text = String::from("a,b\n");
    for row in 0..300_000_u32 {
        text.push_str(&format!(
            "some rather long key {},{}\n",
            row % 299_000,
            if row % 10 == 3 { String::new() } else { (row % 7).to_string() }
        ));
    }
    folder.write("a.csv", &text);
    let mut files = csv(&folder, "a.csv");
    for key in ["a", "b", "a, b"] {
        let present = key.split(", ").map(|name| format!("{name} IS NOT NULL")).collect::<Vec<_>>().join(" AND ");
        let grouped = format!(
            "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM \"rows\" WHERE {present} GROUP BY {key} HAVING count(*) > 1)"
        );
        let counted = format!("SELECT split_part(count_duplicates_and_hashes({key}), ' ', 1) FROM \"rows\"");
        assert_eq!(rows(&mut files, &counted), rows(&mut files, &grouped), "{key}");
    }
    assert_eq!(rows(&mut files, "SELECT count_duplicates_and_hashes(a) FROM \"rows\" WHERE a = 'x'"), "0 ");
    let found = rows(&mut files, "SELECT count_duplicates_and_hashes(a) FROM \"rows\"");
    let (_, hashes) = found.split_once(' ').expect("a number and hashes");
    let some = format!(
        "SELECT a, count(*) FROM \"rows\" WHERE has_hash('{hashes}', a) GROUP BY a HAVING count(*) > 1 LIMIT 3"
    );
    let found = rows(&mut files, &some);
    assert!(found.lines().count() == 3 && found.lines().all(|line| line.ends_with("|2")), "{found}");
}

#[test]
fn keys_beyond_the_memory_are_counted_in_another_way() {
    let folder = Folder::new();
    let ids: Vec<String> = (0..1_200_000_u32).map(|row| (row % 1_199_000).to_string()).collect();
    folder.write("a.csv", format!("id\n{}\n", ids.join("\n")));
    let at = FilesAt::Disk { path: folder.path().join("a.csv"), within: None };
    let table = FileTable { name: "rows".to_owned(), at, form: FileForm::Csv(CsvForm::default()) };
    let mut files = Files::new(vec![table], Limits { memory: 12 << 20, ..Limits::default() });

    let contract = contract("name: orders\nversion: 1.0.0\nschema:\n  - {name: id, data_type: string, unique: true}\n");
    let (dataset, registry) = (&contract.datasets[0], Registry::default());
    let expected = expectations(&contract, dataset, &[], &registry);
    let wanted = Wanted { dataset, expectations: &expected, referred: &|_, _| Err(String::new()), newest: &[] };
    let relation = file_relation(dataset, "rows", &[("id", FileWords::Text)]);
    let relation = Relation { place: Some("'a'".to_owned()), ..relation };
    let chosen: Vec<usize> = (0..expected.len()).collect();
    let ask = |memory| queries(wanted, &chosen, &relation, Dialect::DataFusion, memory).queries;

    let [together] = ask(Memory::Enough).try_into().expect("one query");
    assert!(matches!(files.rows(&together.sql, 1), Err(Trouble::OutOfMemory(_))), "{}", together.sql);
    let [_, alone] = ask(Memory::Short).try_into().expect("two queries");
    assert!(matches!(files.rows(&alone.sql, 1), Err(Trouble::OutOfMemory(_))), "{}", alone.sql);
    let found = files.rows(&alone.frugal.expect("a frugal query"), 1).expect("an answer");
    assert_eq!(found, [[Cell::Int(1_000)]]);
}
