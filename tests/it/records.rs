//! Streams that mean harm or end too early: lines without end, readers that go away, files that are none.

use std::io::Write as _;
use std::process::Stdio;

use crate::support::{Folder, command};

const CONTRACT: &str = "name: orders\nversion: 1.0.0\nschema:\n  \
                        - {name: id, data_type: integer, is_primary_key: true, constraints: [{type: min, value: 1}]}\n  \
                        - {name: note, data_type: string}\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("orders.yaml", CONTRACT);
    folder
}

const CHECK: [&str; 5] = ["check", "orders.yaml", "--records", "-", "--quarantine"];

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_100_mb_takes_no_100_mb() {
    let folder = folder();
    let mut child = command(env!("CARGO_BIN_EXE_pact"), &folder.path())
        .args(CHECK)
        .arg("bad.ndjson")
        .args(["--valid", "good.ndjson"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pact");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(b"{\"id\": 1}\n{\"id\": 2, \"note\": \"").expect("written");
    let block = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        stdin.write_all(&block).expect("written");
    }
    stdin.write_all(b"\"}\n{\"id\": 3}\n").expect("written");
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("its numbers");
    // The pages of the program itself, which are files, are no memory that the line takes.
    let number = |key: &str| -> u64 {
        let text = status.lines().find_map(|line| line.strip_prefix(key)).expect("its memory");
        text.trim().trim_end_matches(" kB").parse().expect("a number")
    };
    let peak = number("VmHWM:") - number("RssFile:");
    drop(stdin);
    let ran = child.wait_with_output().expect("an end");
    let text = String::from_utf8(ran.stdout).expect("UTF-8");
    assert_eq!(ran.status.code(), Some(1), "{text}");
    assert!(text.contains("line 2: it has 104857621 bytes; at most 16000000 are read"), "{text}");
    assert!(peak < 60_000, "{peak} KiB");
    assert_eq!(std::fs::read_to_string(folder.path().join("good.ndjson")).unwrap(), "{\"id\": 1}\n{\"id\": 3}\n");
    let bad = std::fs::read_to_string(folder.path().join("bad.ndjson")).unwrap();
    assert!(bad.starts_with("{\"line\":2,\"codes\":[\"no_record\"]") && bad.lines().count() == 1, "{bad}");
}

#[test]
fn a_reader_that_goes_away_ends_the_run_silently() {
    let folder = folder();
    let ran = folder.shell(
        "(yes '{\"id\": 1}' | pact check orders.yaml --records - --quarantine - 2> errors; echo $? > code) | head -n 1",
    );
    assert_eq!(ran.stdout, "{\"line\":2,\"codes\":[\"orders primary_key\"],\"record\":{\"id\": 1}}\n");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!((read("code").trim(), read("errors").as_str()), ("2", ""));
}

#[test]
fn enough_bad_records_end_a_stream_without_end() {
    let folder = folder();
    let ran = folder.shell(
        "yes '{\"id\": 0}' | pact check orders.yaml --records - --max-bad 3 --format json --quarantine bad.ndjson",
    );
    assert_eq!(ran.code, Some(1), "{ran:?}");
    for told in ["\"complete\": false", "\"lines\": 3", "\"bad\": 3", "\"records\": 3"] {
        assert!(ran.stdout.contains(told), "{told}: {ran:?}");
    }
    let bad = std::fs::read_to_string(folder.path().join("bad.ndjson")).unwrap();
    assert_eq!(bad.lines().count(), 3, "{bad}");
}

#[test]
fn what_is_written_is_there_whole_or_not_at_all() {
    let folder = folder();
    folder.write("in.ndjson", "{\"id\": 1}\n");
    for (args, told) in [
        (&["--records", "none.ndjson"][..], "cannot read none.ndjson"),
        (&["--records", "."], ". is a folder"),
        (&["--records", "in.ndjson", "--valid", "in.ndjson"], "in.ndjson is what is read"),
        (&["--records", "in.ndjson", "--valid", "-", "--quarantine", "-"], "- is named for two things"),
        (&["--records", "in.ndjson", "--valid", "no/good.ndjson"], "cannot write no/good.ndjson"),
        (&["--records", "in.ndjson", "--format", "sarif"], "records are reported as"),
        (&["--records", "in.ndjson", "--dataset", "order"], "did you mean `orders`?"),
        (&["--records", "in.ndjson", "orders.yaml"], "records are checked against one contract"),
        (&["--changes", "x"], "--coerce"),
        (&["--records", "in.ndjson", "--max-line", "1"], "a size such as"),
    ] {
        let ran = folder.pact(&[&["check", "orders.yaml"], args].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains(told), "{args:?}: {ran:?}");
    }
    for nothing in ["", "\n\n"] {
        folder.write("none.ndjson", nothing);
        let ran = folder.pact(&["check", "orders.yaml", "--records", "none.ndjson", "--valid", "good.ndjson"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("has no records, so nothing was checked"), "{ran:?}");
    }
    let names =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.into_iter().all(|name| !name.contains(".tmp")));
}

#[test]
fn nobody_is_told_of_more_than_was_checked() {
    let folder = Folder::new();
    folder.write("orders.yaml", "name: orders\nversion: 1.0.0\nschema:\n  - {name: id, data_type: json}\n");
    folder.write("in.ndjson", "{\"id\": \"\u{202e}\u{1b}[31m\"}\n{\"\u{202e}x\": 1}\n");
    let ran = folder.pact(&["check", "orders.yaml", "--records", "in.ndjson", "-v"]);
    assert!(!ran.stdout.contains(['\u{202e}', '\u{1b}']), "{ran:?}");
}
