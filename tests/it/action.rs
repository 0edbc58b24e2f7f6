//! The scripts behind the GitHub Action, run as the action runs them.

use std::process::Output;

use crate::support::{Folder, command, sources};

const BASE: &str = "name: orders\nversion: 1.0.0\nstatus: active\ndescription: d\n\
publisher: {team: t, owner: Ada, contact_email: a@example.com}\nschema:\n  \
- {name: id, data_type: string, is_primary_key: true, nullable: false, description: d}\n  \
- {name: note, data_type: string, description: d}\n";

fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: [contracts]\n").write("contracts/orders.yaml", BASE);
    folder.must("git init -q -b main && git add -A && git commit -q -m base && git checkout -q -b change");
    folder
}

fn script(folder: &Folder, name: &str, variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let Output { status, stdout, .. } = command("bash", &folder.path())
        .arg(sources().join("action").join(name))
        .envs(variables.iter().copied())
        .env("GITHUB_STEP_SUMMARY", folder.path().join(".git/summary.md"))
        .output()
        .expect("bash");
    let summary = std::fs::read_to_string(folder.path().join(".git/summary.md")).unwrap_or_default();
    (status.code(), String::from_utf8(stdout).expect("UTF-8"), summary)
}

#[test]
fn a_breaking_change_without_a_bump_fails_the_job() {
    let folder = repository();
    folder.write(
        "contracts/orders.yaml",
        BASE.replace("name: note, data_type: string", "name: note, data_type: integer"),
    );
    folder.must("git commit -q -a -m change");
    let (code, stdout, summary) = script(&folder, "pull-request.sh", &[("PACT_BASE", "main")]);
    assert_eq!(code, Some(1), "{stdout}");
    assert!(stdout.contains("::error file=contracts/orders.yaml,line="), "{stdout}");
    assert!(summary.contains("pact lint") && summary.contains("pact diff"), "{summary}");
}

#[test]
fn logs_for_code_scanning_are_written_where_they_are_asked_for() {
    let folder = repository();
    folder.write("contracts/orders.yaml", BASE.replace("name: note, data_type: string", "name: note, data_type: date"));
    folder.must("git commit -q -a -m change");
    let root = folder.path().display().to_string();
    let variables = [("PACT_BASE", "main"), ("PACT_SARIF", "out/sarif"), ("GITHUB_WORKSPACE", root.as_str())];
    let (code, stdout, _) = script(&folder, "pull-request.sh", &variables);
    assert_eq!(code, Some(1), "{stdout}");
    for (command, category) in [("lint", "pact-lint/"), ("diff", "pact-diff/")] {
        let log =
            std::fs::read_to_string(folder.path().join(format!("out/sarif/pact-{command}.sarif"))).expect("a log");
        assert!(log.contains(&format!("\"id\": \"{category}\"")), "{log}");
    }
}

#[test]
fn an_honest_change_passes() {
    let folder = repository();
    let text = BASE.replace("1.0.0", "1.1.0") + "  - {name: more, data_type: string, description: d}\n";
    folder.write("contracts/orders.yaml", text).must("git commit -q -a -m change");
    let (code, stdout, _) = script(&folder, "pull-request.sh", &[("PACT_BASE", "main")]);
    assert_eq!(code, Some(0), "{stdout}");
}

#[test]
fn without_a_pull_request_only_lint_runs() {
    let folder = repository();
    let (code, stdout, summary) = script(&folder, "pull-request.sh", &[]);
    assert_eq!(code, Some(0), "{stdout}");
    assert!(stdout.contains("::notice") && !summary.contains("pact diff"), "{stdout}{summary}");
}

#[test]
fn a_base_that_cannot_be_had_says_what_to_do() {
    let folder = repository();
    let (code, stdout, _) = script(&folder, "pull-request.sh", &[("PACT_BASE", &"1".repeat(40))]);
    assert_eq!(code, Some(2));
    assert!(stdout.contains("fetch-depth: 0"), "{stdout}");
}

#[test]
fn a_shallow_checkout_of_a_merge_fetches_its_base() {
    let folder = repository();
    folder
        .write("contracts/orders.yaml", BASE.replace("data_type: string, description", "data_type: date, description"));
    folder.must("git commit -q -a -m change && git checkout -q main && git merge -q --no-ff -m merge change");
    folder.must("git clone -q --depth 1 file://$PWD shallow && git -C shallow rev-parse --verify HEAD");
    let base = folder.shell("git rev-parse main^1").stdout;
    let ran = folder.shell(&format!(
        "cd shallow && PACT_BASE={} bash {}/action/pull-request.sh",
        base.trim(),
        sources().display()
    ));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("title=pact field") || ran.stdout.contains("title=pact type"), "{ran:?}");
}

#[test]
fn a_program_that_is_there_is_used() {
    let folder = repository();
    let temp = folder.path().join("tmp").display().to_string();
    let path = folder.path().join("path").display().to_string();
    let pact = env!("CARGO_BIN_EXE_pact");
    let variables = [("RUNNER_TEMP", temp.as_str()), ("GITHUB_PATH", &path), ("PACT_GIVEN", pact)];
    let (code, stdout, _) = script(&folder, "install.sh", &variables);
    assert_eq!(code, Some(0), "{stdout}");
    assert!(stdout.starts_with("pact "), "{stdout}");
    assert_eq!(std::fs::read_to_string(&path).expect("a path").trim(), format!("{temp}/pact/bin"));
}

/// A repository as GitHub has it for a pull request: `change` was left from an older `main`, which went on, and the merge
/// of both is what a runner checks out.
fn pull_request(changed: &str) -> Folder {
    let folder = repository();
    folder.write("contracts/orders.yaml", changed).must("git commit -q -a -m change");
    folder.must("git checkout -q main");
    folder
        .write("contracts/later.yaml", BASE.replace("name: orders", "name: later"))
        .must("git add . && git commit -q -m later");
    folder.must("git checkout -q --detach && git merge -q --no-ff -m merge change && git branch merge");
    folder.must(
        "git checkout -q main && git commit -q --allow-empty -m more && git config uploadpack.allowAnySHA1InWant true",
    );
    folder
}

/// Runs the action in a clone of some depth, as for a pull request whose event names an old base.
fn checked_out(folder: &Folder, branch: &str, depth: &str) -> crate::support::Ran {
    let script = sources().join("action/pull-request.sh");
    folder.must(&format!("rm -rf clone && git clone -q --no-tags {depth} --branch {branch} \"file://$PWD\" clone"));
    folder.shell(&format!(
        "export PACT_BASE=$(git rev-parse main~2) PACT_HEAD=$(git rev-parse change) && cd clone && bash {}",
        script.display()
    ))
}

#[test]
fn what_others_did_meanwhile_is_not_the_doing_of_a_pull_request() {
    let broken = BASE.replace("data_type: string, description", "data_type: date, description");
    let honest = BASE.replace("1.0.0", "1.1.0") + "  - {name: more, data_type: string, description: d}\n";
    for (text, code) in [(broken, 1), (honest, 0)] {
        let folder = pull_request(&text);
        for (branch, depth) in
            [("merge", "--depth 1"), ("merge", "--depth 2"), ("merge", ""), ("change", "--depth 1"), ("change", "")]
        {
            let ran = checked_out(&folder, branch, depth);
            assert_eq!(ran.code, Some(code), "{branch} {depth}: {ran:?}");
            assert!(!ran.stdout.contains("later"), "{branch} {depth}: {ran:?}");
        }
    }
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let folder = Folder::new();
    folder.write("data/pact.yaml", "contracts: [contracts]\n");
    folder.write("data/contracts/orders.yaml", BASE.replace("description: d\n", "descripton: d\n"));
    folder.must("git init -q -b main");
    let ran = folder.pact(&["-C", "data", "lint", "--format", "github"]);
    assert!(ran.stdout.contains("file=data/contracts/orders.yaml,"), "{ran:?}");
    let ran = folder.pact(&["-C", "data", "lint", "--format", "concise"]);
    assert!(ran.stdout.starts_with("contracts/orders.yaml:"), "{ran:?}");
}
