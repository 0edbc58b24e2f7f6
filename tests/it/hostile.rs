//! Input that means harm, or that is simply broken: a clear error, never a panic, a hang or an empty answer.

use crate::support::{Folder, Ran};

const GOOD: &str = "name: orders\nversion: 1.0.0\ndescription: d\nschema:\n  - {name: id, data_type: string, \
                    is_primary_key: true, nullable: false, description: d}\n";

/// Lints one file with this content; `--format concise` so that each finding is a line.
fn lint(content: impl AsRef<[u8]>) -> Ran {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", content);
    folder.pact(&["lint", "--format", "concise"])
}

#[track_caller]
fn assert_unreadable(ran: &Ran, code: &str) {
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains(&format!("error[{code}]")), "{ran:?}");
}

#[test]
fn what_is_no_yaml_is_an_error_with_a_place() {
    assert_unreadable(&lint("name: [a\nversion: 1\n"), "yaml-syntax");
    assert_unreadable(&lint("a: 1\n\tb: 2\n"), "yaml-syntax");
    assert_unreadable(&lint("name: \"unclosed\nversion: 1.0.0\n"), "yaml-syntax");
    assert_unreadable(&lint(""), "empty-file");
    assert_unreadable(&lint("# only a comment\n"), "empty-file");
    assert_unreadable(&lint(b"name: orders\nversion: \xff\n"), "not-utf8");
    assert_unreadable(&lint(format!("{GOOD}---\n{GOOD}")), "yaml-documents");
}

#[test]
fn bombs_do_not_go_off() {
    assert_unreadable(&lint("[".repeat(100_000)), "yaml-too-deep");
    assert_unreadable(&lint("- ".repeat(100_000)), "yaml-too-deep");
    assert_unreadable(&lint(format!("{GOOD}description: {}\n", "x".repeat(10 << 20))), "yaml-too-large");
    let mut laughs = String::from("a: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for depth in 1..12 {
        let aliases = vec![format!("*a{}", depth - 1); 9].join(",");
        laughs.push_str(&format!("b{depth}: &a{depth} [{aliases}]\n"));
    }
    assert_unreadable(&lint(laughs), "yaml-too-large");
}

#[test]
fn a_byte_order_mark_and_dos_line_ends_are_fine() {
    assert_eq!(lint(format!("\u{feff}{GOOD}")).code, Some(0));
    assert_eq!(lint(GOOD.replace('\n', "\r\n")).code, Some(0));
    let broken = lint(format!("\u{feff}{}", GOOD.replace("description: d\n", "descripton: d\r\n")));
    assert!(broken.stdout.contains("orders.yaml:3:1: error[unknown-key]"), "{broken:?}");
}

#[test]
fn wrong_shapes_do_not_panic() {
    for text in [
        "5\n",
        "[]\n",
        "text\n",
        "{}\n",
        "name: 5\n",
        "name: []\nversion: {}\n",
        "schema: 5\nname: a\nversion: 1.0.0\n",
    ] {
        let ran = lint(text);
        assert_eq!(ran.code, Some(1), "{text:?}: {ran:?}");
    }
    let odd = "name: orders\nversion: 1.0.0\nschema:\n  - 5\n  - null\n  - [a]\nquality: x\nsubscribers: [1, {}]\nrules: []\n";
    assert_eq!(lint(odd).code, Some(1));
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let hostile = "name: orders\nversion: \"\\e[31m\\u202Ered\\r::error::x\"\n\"\\e]8;;evil\\a\": 1\nschema: []\n";
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", hostile);
    for format in ["human", "concise", "github", "markdown"] {
        let ran = folder.pact(&["lint", "--format", format]);
        let bad =
            |text: &str| text.chars().any(|c| c != '\n' && c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(!bad(&ran.stdout) && !bad(&ran.stderr), "{format}: {ran:?}");
        assert!(!ran.stdout.lines().any(|line| line.starts_with("::error::")), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_of_the_repository_is_not_read() {
    let outside = Folder::new();
    outside.write("secret.yaml", "password: hunter2\n");
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", GOOD).write("pact.yaml", "contracts: [contracts]\n");
    let link = format!("ln -s {}/secret.yaml contracts/link.yaml", outside.path().display());
    folder.must(&link);
    let ran = folder.pact(&["lint", "--format", "concise"]);
    assert_unreadable(&ran, "unreadable-file");
    assert!(!format!("{ran:?}").contains("hunter2"));
    folder.must("rm contracts/link.yaml && ln -s loop.yaml contracts/loop.yaml");
    assert_unreadable(&folder.pact(&["lint", "--format", "concise"]), "unreadable-file");
    folder.must("rm contracts/loop.yaml && ln -s .. contracts/up");
    let ran = folder.pact(&["lint", "--format", "concise"]);
    assert_unreadable(&ran, "unreadable-file");
    assert!(ran.stdout.contains("contracts/up:1:1") && ran.stdout.contains("not followed"), "{ran:?}");
    folder.write("pact.yaml", "contracts: ['**/*.yaml']\n");
    let ran = folder.pact(&["lint"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("not entered: contracts/up"), "{ran:?}");
    folder.write("pact.yaml", "contracts: [contracts]\nexclude: [up]\n");
    assert_eq!(folder.pact(&["lint"]).code, Some(0));
    let twice = folder.pact(&["lint", "contracts/up/contracts/orders.yaml", "contracts/orders.yaml"]);
    assert!(twice.code == Some(0) && twice.stdout.contains("in 1 file"), "{twice:?}");
    folder.must("mkfifo contracts/pipe.yaml");
    assert_unreadable(&folder.pact(&["lint", "--format", "concise"]), "unreadable-file");
    let ran = folder.pact(&["lint", &outside.path().join("secret.yaml").display().to_string()]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("outside the repository"), "{ran:?}");
}

#[test]
fn usage_and_configuration_errors_say_what_to_do() {
    let folder = Folder::new();
    let ran = folder.pact(&["lint"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("pact init"), "{ran:?}");
    folder.write("pact.yaml", "contract: x\n");
    let ran = folder.pact(&["lint"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean `contracts`?"), "{ran:?}");
    let ran = folder.pact(&["lint", "--quiet"]);
    assert!(
        ran.stderr.contains("did you mean `contracts`?"),
        "what an error is about is told also when quiet: {ran:?}"
    );
    folder.write("pact.yaml", "contracts: [nowhere]\n");
    assert!(folder.pact(&["lint"]).stderr.contains("names nothing"));
    folder.must("rm pact.yaml && mkdir pact.yaml");
    assert_eq!(folder.pact(&["lint"]).code, Some(2));
    folder.must("rmdir pact.yaml && ln -s gone pact.yaml");
    let ran = folder.pact(&["lint"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("cannot read"), "{ran:?}");
    folder.must("rm pact.yaml");
    folder.write("pact.yaml", "contracts: [../..]\n");
    assert!(folder.pact(&["lint"]).stderr.contains("outside"));
    assert_eq!(folder.pact(&["lnit"]).code, Some(2));
    assert_eq!(folder.pact(&["--version"]).code, Some(0));
}

#[test]
fn what_an_error_points_to_is_shown_also_when_quiet() {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", GOOD.replace("name: id", "nme: id"));
    let ran = folder.pact(&["dict", "--quiet"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("see above") && ran.stderr.contains("unknown-key"), "{ran:?}");
}

#[test]
fn a_closed_pipe_is_the_end_and_no_panic() {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", GOOD.replace("name: id", "nme: id"));
    for command in ["pact lint | true", "pact schema | head -1 > /dev/null", "pact --help | true"] {
        let ran = folder.shell(command);
        assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    }
    let full = folder.shell("pact schema > /dev/full");
    assert!(full.code == Some(2) && full.stderr.contains("cannot write"), "{full:?}");
}
