//! The history of contracts in repositories with merges, gaps and little history.

use crate::support::{Folder, Ran};

fn contract(version: &str, kind: &str) -> String {
    format!("name: orders\nversion: {version}\nstatus: active\nschema:\n  - {{name: id, data_type: {kind}}}\n")
}

#[track_caller]
fn says(ran: &Ran, text: &str) {
    assert!(ran.stderr.contains(text) || ran.stdout.contains(text), "{text}\n{ran:?}");
}

/// A pull request of two commits by Eve, merged as GitHub does: the branch `pull` is the merge, `main` is what it is for.
fn pull_request(form: &str) -> Folder {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("1.0.0", "string")).write("pact.yaml", "contracts: [contracts]\n");
    folder.must(&format!("git init -q -b main {form} && git add . && git commit -qm one"));
    folder.must("git commit -qm two --allow-empty && git switch -qc feature");
    folder
        .write("contracts/orders.yaml", contract("1.0.0", "integer"))
        .must("GIT_AUTHOR_NAME=Eve git commit -qam typed");
    folder
        .write("contracts/orders.yaml", contract("2.0.0", "integer"))
        .must("GIT_AUTHOR_NAME=Eve git commit -qam bumped");
    folder.must("git switch -q main && git commit -qm other --allow-empty && git switch -qc pull");
    folder.must("git merge -q --no-ff -m 'Merge pull request #1' feature && git switch -q main");
    folder
}

#[test]
fn a_merge_is_one_step_of_the_log_and_blame_looks_into_it() {
    for form in ["", "--object-format=sha256"] {
        let folder = pull_request(form);
        folder.must("git switch -q pull");
        let log = folder.pact(&["log", "orders"]);
        says(&log, "1.0.0 -> 2.0.0 (major)  Merge pull request #1\n    major  type-string-to-scalar  orders.id");
        assert!(!log.stdout.contains("Eve") && !log.stdout.contains("version-not-bumped"), "{log:?}");
        let log = folder.pact(&["log", "orders", "--commits"]);
        says(&log, "Eve  1.0.0 -> 2.0.0 (major)  bumped");
        says(&log, "Eve  1.0.0  typed");
        assert!(!log.stdout.contains("Merge"), "{log:?}");
        says(&folder.pact(&["blame", "orders"]), "Eve  1.0.0  orders.id  integer");
        assert_eq!(folder.pact(&["log", "orders", "-n", "1"]).stdout.matches("Ada").count(), 1);
        assert_eq!(folder.pact(&["log", "orders", "-n", "0"]).code, Some(2));
        let lines = folder.pact(&["log", "orders", "--format", "jsonl"]);
        let parsed: Vec<serde_json::Value> =
            lines.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON on each line")).collect();
        assert_eq!(parsed.len(), 2, "{lines:?}");
        assert_eq!(parsed[0]["format"], "pact.log-entry/1");
        assert_eq!(parsed[0]["changes"][0]["code"], "type-string-to-scalar");
    }
}

#[test]
fn what_both_sides_of_a_merge_changed_is_a_step_of_its_own() {
    let folder = pull_request("");
    let both = contract("3.0.0", "integer") + "  - {name: fax, data_type: string}\n";
    folder.write("contracts/orders.yaml", contract("1.1.0", "string") + "  - {name: fax, data_type: string}\n");
    folder.must("git commit -qam fax");
    assert_ne!(folder.shell("git merge feature").code, Some(0));
    folder.write("contracts/orders.yaml", both).must("git add . && git commit -qm merged");
    let log = folder.pact(&["log", "orders", "--commits"]);
    says(&log, "1.1.0 -> 3.0.0 (major)  merged");
    says(&log, "fax");
}

#[test]
fn a_shallow_checkout_of_a_pull_request_is_compared_with_what_it_is_for() {
    for form in ["", "--object-format=sha256"] {
        let folder = pull_request(form);
        folder.must("git update-ref refs/pull/1/merge pull && git branch -qD pull");
        for depth in [1, 2] {
            folder.must(&format!(
                "git init -q {form} d{depth} && cd d{depth} && git remote add origin \"file://$PWD/..\" && \
                 git fetch -q --depth={depth} origin +refs/pull/1/merge:refs/remotes/pull/1/merge && \
                 git checkout -q refs/remotes/pull/1/merge"
            ));
        }
        let compared = folder.pact(&["-C", "d2", "diff"]);
        assert_eq!(compared.code, Some(0), "{compared:?}");
        says(&compared, "string -> integer");
        let ran = folder.pact(&["-C", "d1", "diff"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        says(&ran, "(in GitHub Actions: `fetch-depth: 2`)");
        // The one command that helps, as it stands there.
        let command = ran.stderr.split('`').find(|part| part.starts_with("git fetch")).expect("a command");
        folder.must(&format!("cd d1 && {command} 2>/dev/null"));
        assert_eq!(folder.pact(&["-C", "d1", "diff"]).stdout, compared.stdout);
    }
}

#[test]
fn history_says_where_a_shallow_clone_ends() {
    for form in ["", "--object-format=sha256"] {
        let folder = pull_request(form);
        folder.must("git clone -q --depth 1 --branch pull \"file://$PWD\" clone");
        let log = folder.pact(&["-C", "clone", "log", "orders"]);
        says(&log, "history ends here, at 2.0.0  Merge pull request #1");
        assert!(!log.stdout.contains("new at") && !log.stdout.contains("contract-added"), "{log:?}");
        says(&log, "the clone is shallow");
        let blame = folder.pact(&["-C", "clone", "blame", "orders"]);
        assert!(blame.stdout.starts_with('^'), "{blame:?}");
        let json = folder.pact(&["-C", "clone", "log", "orders", "--format", "json"]).stdout;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["entries"][0]["boundary"], true);
    }
}

#[test]
fn history_goes_on_before_a_removal() {
    let folder = pull_request("");
    folder.must("git rm -q contracts/orders.yaml && git commit -qm away && git commit -qm pause --allow-empty");
    folder.write("contracts/back.yaml", contract("1.0.0", "string")).must("git add . && git commit -qm back");
    let log = folder.pact(&["log", "orders"]);
    let lines: Vec<&str> = log.stdout.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).collect();
    let ends = ["new at 1.0.0  back", "1.0.0, now gone  away", "new at 1.0.0  one"];
    assert_eq!(lines.len(), ends.len(), "{log:?}");
    assert!(lines.iter().zip(ends).all(|(line, end)| line.ends_with(end)), "{log:?}");
    assert_eq!(folder.pact(&["log", "orders.id"]).stdout, log.stdout);
    let back = folder.shell("git rev-parse --short HEAD").stdout;
    assert!(folder.pact(&["blame", "orders"]).stdout.starts_with(back.trim()));
}

#[test]
fn what_was_accepted_asks_nothing_of_the_version_in_the_log() {
    let folder = pull_request("");
    folder.write("contracts/orders.yaml", contract("1.0.0", "integer"));
    let print = folder.pact(&["accept"]).stdout.split(' ').next().unwrap().to_owned();
    let args = ["accept", &print, "--reason", "agreed", "--until", "2999-01-01"];
    assert_eq!(folder.pact(&args).code, Some(0));
    folder.must("git commit -qam agreed");
    let log = folder.pact(&["log", "orders"]);
    says(&log, "type-string-to-scalar  orders.id  string -> integer  (accepted)");
    assert!(!log.stdout.contains("version-not-bumped"), "{log:?}");
    // What had expired by then held nothing back.
    folder.must("sed -i 's/2999-01-01/2001-01-01/' pact.yaml");
    says(&folder.pact(&["log", "orders"]), "version-not-bumped");
}

#[test]
fn the_log_repeats_no_secret() {
    let folder = pull_request("");
    let access = "access: {endpoint_url: \"https://ada:hunter2@example.com/\"}\n";
    folder.write("contracts/orders.yaml", contract("1.0.0", "string") + access);
    let log = folder.pact(&["log", "orders"]);
    assert!(log.stdout.contains("server-added") && !log.stdout.contains("hunter2"), "{log:?}");
}

#[test]
fn a_break_can_not_hide_behind_a_pre_release() {
    for tag in [true, false] {
        let folder = Folder::new();
        let state = |version: &str, field: &str| {
            contract(version, "integer") + &format!("  - {{name: {field}, data_type: string, id: f1}}\n")
        };
        folder.write("contracts/orders.yaml", state("1.4.0", "mail")).write("pact.yaml", "contracts: [contracts]\n");
        folder.must("git init -q -b main . && git add . && git commit -qm one");
        if tag {
            folder.must("git tag orders/v1.4.0");
        }
        folder.write("contracts/orders.yaml", state("1.5.0-rc.1", "mail")).must("git commit -qam rc");
        let renamed = |version: &str| {
            folder.write("contracts/orders.yaml", state(version, "email"));
            folder.pact(&["diff"])
        };
        let still = renamed("1.5.0-rc.1");
        assert_eq!(still.code, Some(1), "{still:?}");
        let ran = renamed("1.5.0-rc.2");
        assert_eq!(ran.code, Some(1), "{ran:?}");
        says(&ran, "1.5.0-rc.2 is a minor version after 1.4.0, the last release");
        says(&ran, "help: write `version: 2.0.0-rc.1`");
        assert_eq!(renamed("2.0.0-rc.1").code, Some(0));
        renamed("1.5.0-rc.2");
        folder.must("git commit -qam rc2");
        let ran = renamed("1.5.0");
        assert_eq!(ran.code, Some(1), "{ran:?}");
        says(&ran, "help: write `version: 2.0.0`");
        assert_eq!(renamed("2.0.0").code, Some(0));
    }
}

#[test]
fn a_release_that_is_not_found_is_said() {
    let folder = Folder::new();
    folder.write("a.yaml", contract("1.5.0-rc.1", "integer")).write("b.yaml", contract("1.5.0-rc.2", "string"));
    says(&folder.pact(&["diff", "a.yaml", "b.yaml"]), "no release before it is found");
}

#[test]
fn a_subscription_file_needs_its_yes_as_well() {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("1.0.0", "integer"));
    folder.write(
        "contracts/crm.yaml",
        "kind: subscription\nname: crm_orders\ncontract: orders\nteam: crm\nfields_used: [id]\npurpose: marketing\n",
    );
    folder.write("pact.yaml", "contracts: [contracts]\ndiff: {gates: [subscriber, legal]}\n");
    folder.must("git init -q -b main . && git add . && git commit -qm one");
    folder.must("sed -i 's/marketing/scoring/' contracts/crm.yaml");
    let ran = folder.pact(&["diff"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    says(&ran, "needs the yes of: legal");
    folder.must("rm contracts/crm.yaml");
    let ran = folder.pact(&["diff"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    says(&ran, "needs the yes of: subscriber (crm)");
    // Nobody relies on a draft, and so there is nobody to ask.
    folder.must("sed -i 's/active/draft/' contracts/orders.yaml && git commit -qm two contracts/orders.yaml");
    assert_eq!(folder.pact(&["diff"]).code, Some(0));
}

#[test]
fn a_copy_says_that_its_name_is_taken() {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("1.0.0", "integer")).write("pact.yaml", "contracts: [contracts]\n");
    folder.must("git init -q -b main . && git add . && git commit -qm one");
    folder.write("contracts/fresh.yaml", contract("1.0.0", "integer").replace("orders", "fresh"));
    let ran = folder.pact(&["diff", "-v"]);
    assert!(!ran.stdout.contains("of this name"), "{ran:?}");
    folder.must("cp contracts/orders.yaml contracts/copy.yaml");
    says(&folder.pact(&["diff", "-v"]), "another file has a contract of this name");
}
