//! `pact diff` in real repositories.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may fail as tests do")]

use crate::support::{Folder, Ran};

/// A contract with the fields `id` and, perhaps, more.
fn contract(name: &str, version: &str, more: &str) -> String {
    format!("name: {name}\nversion: {version}\nstatus: active\nschema:\n  - {{name: id, data_type: string}}\n{more}")
}

const EMAIL: &str = "  - {name: email, data_type: string, nullable: false}\n";

/// A repository with one commit on `main`, tagged `v1`.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", EMAIL)).must("git init -q -b main");
    folder.must("git add . && git commit -qm one && git tag v1");
    folder
}

/// The changes as `contract code path`, and the exit code.
#[track_caller]
fn changes(folder: &Folder, args: &[&str]) -> (Vec<String>, Option<i32>) {
    let args: Vec<&str> = ["diff", "--format", "json"].iter().chain(args).copied().collect();
    let ran = folder.pact(&args);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    assert_eq!(json["format"], "pact.diff/1");
    let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
    let mut found = Vec::new();
    for contract in list(&json["contracts"]) {
        let name = contract["contract"].as_str().expect("a name").to_owned();
        for change in list(&contract["changes"]) {
            found.push(format!("{name} {} {}", change["code"].as_str().unwrap(), change["path"].as_str().unwrap()));
        }
        if contract["verdict"].is_object() {
            for remark in list(&contract["verdict"]["remarks"]) {
                found.push(format!("{name} {}", remark["code"].as_str().unwrap()));
            }
        }
    }
    (found, ran.code)
}

fn says(ran: &Ran, text: &str) {
    assert!(ran.stderr.contains(text) || ran.stdout.contains(text), "{text}\n{ran:?}");
}

#[test]
fn the_work_tree_is_compared_with_where_it_left_the_default_branch() {
    let folder = repository();
    assert_eq!(changes(&folder, &[]), (vec![], Some(0)));
    assert_eq!(folder.pact(&["diff"]).stdout, "no contract changes\n");
    folder.must("git switch -qc work").write("contracts/orders.yaml", contract("orders", "1.0.0", ""));
    let removed = ["orders field-removed-required orders.email", "orders version-not-bumped"];
    assert_eq!(changes(&folder, &[]), (removed.map(str::to_owned).to_vec(), Some(1)));
    // Committed or not is the same; what others did on the default branch meanwhile is not ours.
    folder.must("git commit -qam two && git switch -q main");
    folder.write("contracts/later.yaml", contract("later", "1.0.0", ""));
    folder.must("git add . && git commit -qm theirs && git switch -q work");
    assert_eq!(changes(&folder, &[]).0, removed);
    assert_eq!(changes(&folder, &["main"]).0, removed);
    assert!(changes(&folder, &["main", "--exact"]).0.contains(&"later contract-removed ".to_owned()));
    assert_eq!(changes(&folder, &["main...work"]).0, removed);
    assert!(changes(&folder, &["main..work"]).0.len() > removed.len());
}

#[test]
fn revisions_and_tags_are_compared_with_each_other() {
    let folder = repository();
    folder.write("contracts/orders.yaml", contract("orders", "2.0.0", "")).must("git commit -qam two && git tag v2");
    let removed = "orders field-removed-required orders.email".to_owned();
    assert_eq!(changes(&folder, &["v1", "v2"]), (vec![removed.clone()], Some(0)));
    assert_eq!(changes(&folder, &["v1..HEAD"]), (vec![removed], Some(0)));
    let (back, code) = changes(&folder, &["v2..v1"]);
    assert_eq!((back[0].as_str(), code), ("orders field-added-required orders.email", Some(1)));
    assert!(back.contains(&"orders version-decreased".to_owned()));
    // What is on disk has nothing to do with it.
    folder.write("contracts/orders.yaml", "name: [");
    assert_eq!(changes(&folder, &["v1", "v2"]).1, Some(0));
}

#[test]
fn a_rename_is_one_change() {
    let folder = repository();
    let renamed = "  - {name: mail, data_type: string, nullable: false, previously: email}\n";
    folder.write("contracts/orders.yaml", contract("orders", "2.0.0", renamed));
    assert_eq!(changes(&folder, &[]), (vec!["orders field-renamed orders.mail".to_owned()], Some(0)));
}

#[test]
fn contracts_come_go_and_move() {
    let folder = repository();
    folder.must("mkdir contracts/sales && git mv contracts/orders.yaml contracts/sales/orders.yml");
    assert_eq!(changes(&folder, &[]), (vec!["orders contract-moved ".to_owned()], Some(0)));
    folder.write("contracts/new.yaml", contract("new", "1.0.0", ""));
    assert!(changes(&folder, &[]).0.contains(&"new contract-added ".to_owned()));
    assert!(!changes(&folder, &["--staged"]).0.contains(&"new contract-added ".to_owned()));
    folder.must("git rm -qf contracts/sales/orders.yml");
    let (found, code) = changes(&folder, &[]);
    assert!(found.contains(&"orders contract-removed ".to_owned()), "{found:?}");
    assert_eq!(code, Some(1));
}

#[test]
fn what_nobody_relies_on_fails_nothing() {
    let folder = Folder::new();
    let draft = |more| contract("orders", "1.0.0", more).replace("active", "draft");
    folder.write("contracts/orders.yaml", draft(EMAIL)).must("git init -q -b main && git add . && git commit -qm one");
    folder.write("contracts/orders.yaml", draft(""));
    let (found, code) = changes(&folder, &[]);
    assert_eq!((found.len(), code), (2, Some(0)));
    says(&folder.pact(&["diff"]), "Nothing here fails: it was a draft before.");
}

#[test]
fn a_repository_may_accept_a_change_for_a_time() {
    let folder = repository();
    let ignore = |until: &str| {
        format!(
            "ignores: [{{code: field-removed-required, contract: orders, path: orders.email, reason: agreed, until: {until}}}]\n"
        )
    };
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", "")).write("pact.yaml", ignore("2999-12-31"));
    // What is accepted is still shown.
    assert_eq!(changes(&folder, &[]), (vec!["orders field-removed-required orders.email".to_owned()], Some(0)));
    let ran = folder.pact(&["diff"]);
    says(&ran, "accepted until 2999-12-31: agreed");
    says(&ran, "1 accepted by pact.yaml");
    folder.write("pact.yaml", ignore("2020-01-01"));
    assert_eq!(changes(&folder, &[]).1, Some(1));
    says(&folder.pact(&["diff"]), "expired on 2020-01-01");
    folder.write("pact.yaml", "rules: {version-not-bumped: warning}\n");
    assert_eq!(changes(&folder, &[]).1, Some(0));
}

#[test]
fn a_repository_may_give_kinds_of_change_other_levels() {
    let folder = repository();
    folder.write("contracts/orders.yaml", contract("orders", "1.1.0", ""));
    assert_eq!(changes(&folder, &[]).1, Some(1));
    folder.write("pact.yaml", "rules: {field-removed-required: minor}\n");
    assert_eq!(changes(&folder, &[]).1, Some(0));
    assert_eq!(changes(&folder, &["--fail-on", "major"]).1, Some(0));
    assert_eq!(changes(&folder, &["--fail-on", "minor"]).1, Some(1));
    folder.write("contracts/orders.yaml", contract("orders", "2.0.0", ""));
    folder.write("pact.yaml", "rules: {field-removed-required: error}\n");
    assert_eq!(changes(&folder, &[]).1, Some(1));
    assert_eq!(changes(&folder, &["--exit-zero"]).1, Some(0));
    says(&folder.pact(&["diff"]), "pact.yaml wants no such change");
    folder.write("pact.yaml", "rules: {field-removed-required: off}\n");
    assert_eq!(changes(&folder, &[]).0, ["orders version-bump-excessive"]);
    folder.write("pact.yaml", "rules: {field-removed-required: warning}\n");
    let ran = folder.pact(&["diff"]);
    assert_eq!(ran.code, Some(2));
    says(&ran, "a kind of change has a level");
}

#[test]
fn an_exception_that_fits_nothing_is_a_finding() {
    let folder = repository();
    let ignore = "ignores:\n  - {code: field-renamed, fingerprint: \"123456789012\", reason: old, until: 2999-12-31}\n";
    folder.write("pact.yaml", ignore);
    let ran = folder.pact(&["diff"]);
    assert_eq!(ran.code, Some(0));
    says(&ran, "the exception for field-renamed fits no change");
    says(&ran, "pact.yaml:2:5");
    // Between two revisions of the past there may be other changes than those of today.
    let ran = folder.pact(&["diff", "HEAD..HEAD"]);
    assert!(!ran.stdout.contains("fits no change"));
}

#[test]
fn subscriptions_and_references_elsewhere_are_hit() {
    let folder = repository();
    folder.write(
        "contracts/crm.yaml",
        "kind: subscription\nname: crm\ncontract: orders\nteam: crm\nfields_used: [email]\n",
    );
    let reference = "  - {name: to, data_type: string, foreign_key_reference: orders.email}\n";
    folder
        .write("contracts/mails.yaml", contract("mails", "1.0.0", reference))
        .must("git add . && git commit -qm more");
    folder.write("contracts/orders.yaml", contract("orders", "2.0.0", ""));
    let ran = folder.pact(&["diff"]);
    says(&ran, "hits crm via email");
    says(&ran, "via the reference mails.to of mails");
    folder.must("git add . && git commit -qm two");
    says(&folder.pact(&["diff", "HEAD~1..HEAD"]), "hits crm via email");
}

#[test]
fn a_document_that_is_broken_on_either_side_is_shown_and_nothing_is_guessed_of_it() {
    let folder = repository();
    folder.write("contracts/orders.yaml", "name: [").write("contracts/b.yaml", contract("b", "1.0.0", ""));
    let (found, code) = changes(&folder, &[]);
    assert_eq!((found, code), (vec!["b contract-added ".to_owned()], Some(2)));
    says(&folder.pact(&["diff"]), "contracts/orders.yaml:1:7");
    // A change that mends what is broken is not held up.
    folder.must("git add . && git commit -qm broken").write("contracts/orders.yaml", contract("orders", "1.0.0", ""));
    let ran = folder.pact(&["diff"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    says(&ran, "warning[yaml-syntax]");
    says(&ran, "contracts/orders.yaml:1:7");
    says(&ran, "in main: this is not YAML");
    says(&ran, "1 file can't be compared");
    let json: serde_json::Value = serde_json::from_str(&folder.pact(&["diff", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["problems"][0]["severity"], "warning");
    // Nor does it let anything else through.
    folder.write("contracts/b.yaml", contract("b", "1.0.0", EMAIL));
    let found = ["b field-added-required b.email".to_owned(), "b version-not-bumped".to_owned()];
    assert_eq!(changes(&folder, &[]), (found.to_vec(), Some(1)));
}

#[test]
fn before_the_first_commit_all_is_new() {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", EMAIL)).must("git init -q -b main");
    let added = (vec!["orders contract-added ".to_owned()], Some(0));
    assert_eq!(changes(&folder, &[]), added);
    assert_eq!(changes(&folder, &["--staged"]), (vec![], Some(0)));
    folder.must("git add .");
    assert_eq!(changes(&folder, &["--staged"]), added);
    let json: serde_json::Value = serde_json::from_str(&folder.pact(&["diff", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["base"], serde_json::json!({"name": "nothing", "commit": null}));
    assert_eq!(folder.pact(&["diff", "HEAD"]).code, Some(2));
}

#[test]
fn a_hook_sees_what_is_committed_and_nothing_else() {
    let folder = repository();
    folder
        .write(".git/hooks/pre-commit", "#!/bin/sh\nexec pact diff --staged\n")
        .must("chmod +x .git/hooks/pre-commit");
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", ""));
    folder.must("git commit -qm nothing --allow-empty");
    // Both commit from an index of their own.
    for line in ["git commit -qam gone", "git commit -qm gone contracts/orders.yaml"] {
        let ran = folder.shell(line);
        assert_eq!(ran.code, Some(1), "{line}: {ran:?}");
        says(&ran, "the version is still 1.0.0");
    }
    folder.write("contracts/orders.yaml", contract("orders", "2.0.0", "")).must("git commit -qam honest");
}

#[test]
fn a_contract_that_was_the_last_one_is_gone() {
    let folder = repository();
    folder.must("rm -r contracts");
    let found = ["orders contract-removed ".to_owned(), "orders contract-removed".to_owned()];
    assert_eq!(changes(&folder, &[]), (found.to_vec(), Some(1)));
}

#[test]
fn no_change_is_not_said_of_what_was_never_there() {
    let folder = repository();
    folder.must("mkdir inner");
    let ran = folder.pact(&["diff", "-C", "inner"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    says(&ran, "no `contracts` folder");
    folder.write("pact.yaml", "contracts: [contract]\n");
    says(&folder.pact(&["diff"]), "names nothing");
}

#[test]
fn secrets_are_shown_in_no_format() {
    let folder = repository();
    let access = |password: &str| format!("access: {{endpoint_url: \"https://ada:{password}@example.com/\"}}\n");
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", EMAIL) + &access("hunter2"));
    for format in ["human", "json", "github", "markdown"] {
        let ran = folder.pact(&["diff", "--format", format]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(!ran.stdout.contains("hunter2") && ran.stdout.contains("server-added"), "{ran:?}");
    }
}

#[test]
fn one_subscriber_is_hit_once_and_what_asks_for_nothing_takes_a_line() {
    let folder = Folder::new();
    let text = |pin: &str, field: &str| {
        let subscriber =
            format!("{{team: crm, use_case: Writes letters., contract_version: {pin}, fields_used: [email]}}");
        contract("orders", "1.0.0", field) + &format!("subscribers:\n  - {subscriber}\n")
    };
    folder
        .write("contracts/orders.yaml", text("^1.0", EMAIL))
        .must("git init -q -b main && git add . && git commit -qm one");
    folder.write("contracts/orders.yaml", text("^1.1", &EMAIL.replace("false", "true")));
    let ran = folder.pact(&["diff"]);
    assert_eq!(ran.stdout.matches("hits crm").count(), 1, "{ran:?}");
    says(&ran, "hits crm (Writes letters, pinned to ^1.1) via email");
    says(&ran, "\n\n  none   subscriber-pin-moved  subscribers.crm: ^1.0 -> ^1.1\n\n");
    says(&folder.pact(&["diff", "-v"]), "The subscriber has moved");
}

#[test]
fn what_can_not_be_compared_is_said() {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", ""));
    let fails = |folder: &Folder, args: &[&str], text: &str| {
        let ran = folder.pact(&[&["diff"], args].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stdout.is_empty(), "{ran:?}");
        says(&ran, text);
    };
    fails(&folder, &[], "is in no git repository");
    folder.must("git init -q -b main");
    fails(&folder, &["HEAD"], "the repository has no commit yet");
    let folder = repository();
    fails(&folder, &["v2"], "did you mean `v1`?");
    fails(&folder, &["v1..v2"], "there is no revision `v2`");
    fails(&folder, &["v1..HEAD", "v1"], "names both sides already");
    fails(&folder, &["--", "-x"], "there is no revision `-x`");
    folder.must("git branch -m main trunk");
    fails(&folder, &[], "`default_branch: NAME`");
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let folder = repository();
    folder.must("git switch -qc work && git commit -qm mine --allow-empty && git switch -q main");
    folder.must("git clone -q --depth 1 --branch work \"file://$PWD\" clone");
    let run = |line: &str| folder.shell(&format!("cd clone && {line}"));
    let ran = run("pact diff");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    says(&ran, "shallow");
    folder.must("cd clone && git fetch -q --depth 1 origin main:main && git commit -qm more --allow-empty");
    let ran = run("pact diff");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    says(&ran, "does not hold the common ancestor");
    says(&ran, "git fetch --unshallow");
    folder.must("cd clone && git fetch -q --unshallow");
    assert_eq!(run("pact diff").code, Some(0));
}

#[test]
fn a_clone_of_one_branch_says_how_to_get_the_others() {
    let folder = repository();
    folder.must("git switch -qc work && git commit -qm mine --allow-empty && git switch -q main");
    folder.must("git clone -q --depth 1 --branch work \"file://$PWD\" shallow");
    folder.must("git clone -q --single-branch --branch work \"file://$PWD\" single");
    for (clone, command) in [
        ("shallow", "git remote set-branches origin '*' && git fetch --unshallow"),
        ("single", "git remote set-branches origin '*' && git fetch"),
    ] {
        let run = |line: &str| folder.shell(&format!("cd {clone} && {line}"));
        let ran = run("pact diff origin/main");
        assert_eq!(ran.code, Some(2), "{ran:?}");
        says(&ran, &format!("`{command}`"));
        assert_eq!(run(command).code, Some(0));
        assert_eq!(run("pact diff").code, Some(0), "{:?}", run("pact diff"));
    }
    folder.must("git clone -q --depth 1 \"file://$PWD\" cut");
    let ran = folder.pact(&["diff", "-C", "cut", "main~1..main"]);
    says(&ran, "there is no revision `main~1`");
    says(&ran, "the clone is shallow");
    assert!(!ran.stderr.contains("did you mean"), "{ran:?}");
}

#[test]
fn an_open_conflict_is_named() {
    let folder = repository();
    folder.must("git switch -qc work").write("contracts/orders.yaml", contract("orders", "1.1.0", EMAIL));
    folder.must("git commit -qam mine && git switch -q main");
    folder.write("contracts/orders.yaml", contract("orders", "1.2.0", EMAIL));
    folder.must("git commit -qam theirs && git switch -q work");
    assert_ne!(folder.shell("git merge main").code, Some(0));
    for args in [&["diff"][..], &["diff", "--staged"], &["diff", "main"], &["diff", "--bump"], &["accept"]] {
        let ran = folder.pact(args);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        says(&ran, "contracts/orders.yaml is in conflict");
        says(&ran, "`git add contracts/orders.yaml`");
    }
    assert_eq!(folder.pact(&["diff", "v1..main"]).code, Some(0));
    folder.write("contracts/orders.yaml", contract("orders", "1.2.0", EMAIL)).must("git add .");
    assert_eq!(folder.pact(&["diff", "--staged"]).code, Some(0));
}

#[test]
fn a_folder_that_is_gone_took_its_contracts_with_it() {
    let folder = repository();
    folder.must("git rm -qr contracts && git commit -qm 'No more orders'");
    assert_eq!(changes(&folder, &[]), (vec![], Some(0)));
    let removed = ["orders contract-removed ", "orders contract-removed"].map(str::to_owned).to_vec();
    assert_eq!(changes(&folder, &["v1"]), (removed.clone(), Some(1)));
    assert_eq!(changes(&folder, &["v1", "--staged"]), (removed, Some(1)));
    for command in ["log", "blame"] {
        let ran = folder.pact(&[command, "orders"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        says(&ran, "the contract of `orders` is gone");
        says(&ran, "removed it (No more orders)");
        assert_eq!(folder.pact(&[command, "orders", "--at", "HEAD~"]).code, Some(0));
    }
    says(&folder.pact(&["log", "nobody"]), "no pact.yaml in");
}

#[test]
fn what_has_no_history_of_its_own_is_called_what_it_is() {
    let folder = repository();
    folder.write("contracts/holidays.yaml", "kind: calendar\nname: holidays\ndays: [{date: \"2026-12-25\"}]\n");
    folder.write("contracts/broken.yaml", "name: broken\nversion: [\n");
    says(&folder.pact(&["log", "holidays"]), "`holidays` is a calendar, and not a contract");
    says(&folder.pact(&["blame", "holidays"]), "`holidays` is a calendar, and not a contract");
    let ran = folder.must("rm contracts/b*").pact(&["impact", "holidays"]);
    says(&ran, "`holidays` is a calendar, and not a contract");
    folder.write("contracts/broken.yaml", "name: broken\nversion: [\n");
    says(&folder.pact(&["log", "broken"]), "`pact lint contracts/broken.yaml`");
}

#[test]
fn history_follows_contracts_datasets_and_files_under_their_older_names() {
    let folder = Folder::new();
    let shop = "name: shop\nversion: 1.0.0\nstatus: active\ndatasets:\n  - name: orders\n    schema:\n      - {name: mail, data_type: string}\n";
    folder.write("contracts/shop.yaml", shop).write("contracts/one.yaml", contract("one", "1.0.0", EMAIL));
    folder.must("git init -q -b main && git add . && git commit -qm first");
    folder.must("sed -i 's/data_type: string/data_type: integer/' contracts/*.yaml && git commit -qam second");
    folder.must("sed -i 's/- name: orders/&2\\n    previously: orders/' contracts/shop.yaml");
    folder.must("sed -i 's/name: one/name: two/' contracts/one.yaml && git commit -qam third");
    for element in ["shop.mail", "shop.orders2.mail", "two.email"] {
        says(&folder.pact(&["log", element]), "second");
    }
    for name in ["shop", "two"] {
        let second = folder.shell("git rev-parse --short HEAD~1").stdout;
        says(&folder.pact(&["blame", name]), second.trim());
    }
    says(&folder.pact(&["log", "one"]), "renamed it: `pact log two`");
    folder.must("git mv contracts/one.yaml contracts/moved.yaml");
    says(&folder.pact(&["log", "two"]), "first");
    folder.must("git clone -q --bare . bare.git");
    says(&folder.pact(&["log", "-C", "bare.git", "two"]), "first");
}

#[test]
fn a_change_is_accepted_once() {
    let folder = repository();
    folder.write("pact.yaml", "contracts: [contracts]\n");
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", ""));
    let list = folder.pact(&["accept"]).stdout;
    let print = list.split(' ').next().unwrap();
    let args = ["accept", print, &print[..6], "--reason", "agreed", "--until", "2999-01-01"];
    assert_eq!(folder.pact(&args).code, Some(0));
    assert_eq!(folder.shell("grep -c fingerprint pact.yaml").stdout, "1\n");
    says(&folder.pact(&args), "is accepted already, until 2999-01-01: agreed");
}

#[test]
fn two_paths_are_a_pair_whatever_they_are_called() {
    let folder = repository();
    folder.write("old/pact.yaml", "contracts: [.]\n").write("new/pact.yaml", "contracts: [./]\n");
    folder.write("old/a.yaml", contract("one", "1.0.0", EMAIL)).write("new/a.yaml", contract("two", "2.0.0", EMAIL));
    let renamed = (vec!["two contract-id-changed ".to_owned()], Some(0));
    assert_eq!(changes(&folder, &["old", "new"]), renamed);
    folder.must("mv new/a.yaml new/b.yaml");
    assert_eq!(changes(&folder, &["old/a.yaml", "new/b.yaml"]), renamed);
    says(&folder.pact(&["diff", "old/a.yaml", "new/a.yaml"]), "both must be there, and new/a.yaml is not");
    says(&folder.pact(&["diff", "old/a.yaml"]), "old/a.yaml is a path");
}

#[test]
fn a_quiet_run_prints_changes_and_nothing_else() {
    let folder = repository();
    assert_eq!(folder.pact(&["-q", "diff"]).stdout, "");
    assert_eq!(folder.pact(&["-q", "accept"]).stdout, "");
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", ""));
    let ran = folder.pact(&["-q", "diff"]);
    assert!(ran.stdout.contains("field-removed-required") && !ran.stdout.contains("1 contract changed"), "{ran:?}");
}

#[test]
fn a_workspace_in_a_folder_of_the_repository_is_enough() {
    let folder = Folder::new();
    folder.write("data/pact.yaml", "contracts: [published/*.yaml]\nexclude: [\"**/x.yaml\"]\n");
    folder.write("data/published/orders.yaml", contract("orders", "1.0.0", EMAIL));
    folder.write("other/published/far.yaml", contract("far", "1.0.0", EMAIL));
    folder.must("git init -q -b main && git add . && git commit -qm one");
    folder.write("data/published/orders.yaml", contract("orders", "1.0.0", ""));
    folder.write("data/published/x.yaml", contract("x", "1.0.0", "")).write("other/published/far.yaml", "name: [");
    let (found, code) = changes(&folder, &["-C", "data"]);
    assert_eq!((found[0].as_str(), found.len(), code), ("orders field-removed-required orders.email", 2, Some(1)));
}

#[test]
fn other_formats_hold_the_same() {
    let folder = repository();
    folder.write("contracts/orders.yaml", contract("orders", "1.0.1", ""));
    let ran = folder.pact(&["diff", "--format", "github"]);
    assert!(ran.stdout.starts_with("::error file=contracts/orders.yaml,line=2,"), "{ran:?}");
    assert!(ran.stdout.contains("::warning file=contracts/orders.yaml,line=1,"), "{ran:?}");
    let ran = folder.pact(&["diff", "--format", "markdown"]);
    assert!(
        ran.stdout.contains("| major | `field-removed-required` | orders.email<br>contracts/orders.yaml:1:7 |"),
        "{ran:?}"
    );
}

#[test]
fn what_is_made_of_a_contract_is_followed_to_its_end_and_known_again() {
    let folder = repository();
    for (name, of) in [("revenue", "orders"), ("board_report", "revenue"), ("slides", "board_report")] {
        let lineage = format!("lineage: {{derived_from: [{of}]}}\n");
        folder.write(&format!("contracts/{name}.yaml"), contract(name, "1.0.0", "") + &lineage);
    }
    // Many files make it worth to keep what they mention.
    folder.must("git add . && git commit -qm lineage");
    folder.write("contracts/orders.yaml", contract("orders", "2.0.0", ""));
    let first = folder.pact(&["diff"]);
    says(&first, "orders -> revenue -> board_report -> slides");
    assert!(folder.path().join(".git/pact/mentions-1").is_file());
    assert_eq!(folder.pact(&["diff"]).stdout, first.stdout);
    // Damage and staleness are told apart from truth.
    folder.must("printf x >> .git/pact/mentions-1");
    assert_eq!(folder.pact(&["diff"]).stdout, first.stdout);
    folder.write("contracts/slides.yaml", contract("slides", "1.0.0", ""));
    folder.must("git add contracts/slides.yaml && git commit -qm 'slides of their own'");
    let after = folder.pact(&["diff"]);
    assert!(!after.stdout.contains("slides"), "{}", after.stdout);
    says(&after, "orders -> revenue -> board_report");
}

#[test]
fn versions_are_written_into_all_files_or_none() {
    let folder = Folder::new();
    for name in ["a", "b", "c"] {
        folder.write(&format!("contracts/{name}.yaml"), contract(name, "1.0.0", EMAIL));
    }
    folder.must("git init -q -b main && git add . && git commit -qm one");
    for (name, version) in [("a", "1.0.0"), ("b", ">-\n  1.0.0"), ("c", "1.0.0")] {
        folder.write(&format!("contracts/{name}.yaml"), contract(name, version, ""));
    }
    let ran = folder.pact(&["diff", "--bump"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    says(&ran, "nothing was written, since pact can't write `version: 2.0.0` at contracts/b.yaml:2:1");
    assert!(!folder.shell("cat contracts/*.yaml").stdout.contains("2.0.0"));
    // What an alias names belongs to others as well.
    let shared = contract("b", "*v", "").replace("name: b", "metadata: {v: &v 1.0.0}\nname: b");
    folder.write("contracts/b.yaml", shared);
    let ran = folder.pact(&["diff", "--bump"]);
    says(&ran, "at contracts/b.yaml:3:1");
    assert_eq!((ran.code, folder.shell("cat contracts/*.yaml").stdout.contains("2.0.0")), (Some(2), false), "{ran:?}");
    folder.write("contracts/b.yaml", contract("b", "1.0.0", ""));
    let ran = folder.pact(&["diff", "--bump"]);
    assert_eq!(
        (ran.code, folder.shell("grep -l 2.0.0 contracts/*.yaml | wc -l").stdout.trim()),
        (Some(0), "3"),
        "{ran:?}"
    );
}

#[test]
fn json_files_are_taken_where_they_are_named() {
    let folder = repository();
    let json = r#"{"name": "orders", "version": "1.0.0", "status": "active",
        "schema": [{"name": "id", "data_type": "string"}, {"name": "email", "data_type": "string", "nullable": false}]}"#;
    for (contracts, expected) in [
        ("[\"contracts/*.yaml\", \"contracts/*.json\"]", "contract-moved"),
        ("\"**/*.{yaml,json}\"", "contract-moved"),
        ("[contracts, contracts/orders.json]", "contract-moved"),
        ("[contracts]", "contract-removed"),
        ("\"contracts/**\"", "contract-removed"),
    ] {
        folder.write("pact.yaml", format!("contracts: {contracts}\n"));
        folder.must("rm -f contracts/orders.*").write("contracts/orders.json", json);
        folder.write("contracts/package.json", "{}").write("contracts/other.yaml", contract("other", "1.0.0", ""));
        // A pattern that names JSON files takes all of them.
        if contracts.contains('*') && expected == "contract-moved" {
            folder.must("rm contracts/package.json");
        }
        let found = changes(&folder, &[]).0;
        assert!(found.iter().any(|one| one.starts_with(&format!("orders {expected}"))), "{contracts}: {found:?}");
        let lint = folder.pact(&["lint", "--format", "junit"]);
        let is_looked_at = lint.stdout.contains("orders.json");
        assert_eq!(is_looked_at, expected == "contract-moved", "{contracts}: {lint:?}");
        let folders = folder.pact(&["lint", "contracts", "--format", "junit"]);
        assert_eq!(folders.stdout.contains("orders.json"), is_looked_at, "{contracts}: {folders:?}");
    }
    // What is named exactly is read whatever it is called, and a version in JSON is raised as any other.
    folder.write("pact.yaml", "contracts: \"contracts/*.{yaml,json}\"\n").must("git add -A && git commit -qm json");
    folder.write(
        "contracts/orders.json",
        json.replace(r#", {"name": "email", "data_type": "string", "nullable": false}"#, ""),
    );
    assert_eq!(folder.pact(&["diff", "--bump"]).code, Some(0));
    assert!(folder.shell("cat contracts/orders.json").stdout.contains(r#""version": "2.0.0""#));
}

#[test]
fn a_page_of_many_contracts_fits_into_a_comment() {
    let folder = Folder::new();
    let long = |index: usize, nullable: bool| {
        let field = |field| format!("  - {{name: field_{field}, data_type: string, nullable: {nullable}}}\n");
        let fields: Vec<String> = (0..10).map(field).collect();
        contract(&format!("contract_with_a_rather_long_name_{index:03}"), "1.0.0", &fields.concat())
    };
    let write = |nullable: bool| {
        for index in 0..300 {
            folder.write(&format!("contracts/{index}.yaml"), long(index, nullable));
        }
    };
    write(false);
    folder.must("git init -q -b main && git add . && git commit -qm one");
    write(true);
    let page = folder.pact(&["diff", "--format", "markdown"]).stdout;
    let length = page.chars().count();
    assert!((50_000..=60_000).contains(&length) && page.contains("Not shown: "), "{length}");
    assert!(page.contains("And 280 more contracts."), "the table at the end is there");
}

#[test]
fn a_subscription_is_told_as_what_it_is() {
    let folder = repository();
    let subscription = |purpose: &str| {
        format!(
            "kind: subscription\nname: crm_orders\ncontract: orders\nteam: crm\nfields_used: [email]\npurpose: {purpose}\n"
        )
    };
    folder.write("contracts/crm_orders.yaml", subscription("marketing"));
    assert_eq!(folder.pact(&["lint"]).code, Some(0), "{:?}", folder.pact(&["lint"]));
    folder.must("git add . && git commit -qm two");
    folder.write("contracts/crm_orders.yaml", subscription("reporting"));
    folder.write("contracts/orders.yaml", contract("orders", "2.0.0", ""));
    let ran = folder.pact(&["diff"]);
    says(&ran, "subscription crm_orders of orders  contracts/crm_orders.yaml");
    says(&ran, "1 contract and 1 subscription changed");
    let json: serde_json::Value = serde_json::from_str(&folder.pact(&["diff", "--format", "json"]).stdout).unwrap();
    assert_eq!((&json["summary"]["contracts"], &json["summary"]["subscriptions"]), (&1.into(), &1.into()));
    let named: Vec<_> = json["contracts"].as_array().unwrap().iter().map(|one| one["subscription"].as_str()).collect();
    assert_eq!((named.len(), named.contains(&Some("crm_orders")), named.contains(&None)), (2, true, true));
    let junit = folder.pact(&["diff", "--format", "junit"]).stdout;
    assert_eq!(junit.matches("<testsuite name=\"orders\"").count(), 1, "{junit}");
    let changelog = folder.pact(&["diff", "--format", "changelog"]).stdout;
    assert_eq!(changelog.matches("\n## ").count() + usize::from(changelog.starts_with("## ")), 1, "{changelog}");
}
