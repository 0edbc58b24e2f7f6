//! The two sides of `pact diff` as paths: on disk, in git, on standard input; and the driver that git calls.

use crate::support::{Folder, Ran};

fn contract(version: &str, fields: &[&str]) -> String {
    let fields: Vec<String> =
        fields.iter().map(|field| format!("  - {{name: {field}, data_type: string}}\n")).collect();
    let fields = fields.concat();
    format!("name: orders\nversion: {version}\nstatus: active\nschema:\n{fields}")
}

/// `orders` with `email` at `v1`, and without it at `v2`.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("1.0.0", &["id", "email"]));
    folder.write("pact.yaml", "contracts: [contracts]\n").must("git init -q -b main && git add .");
    folder.must("git commit -qm one && git tag v1").write("contracts/orders.yaml", contract("2.0.0", &["id"]));
    folder.must("git commit -qam two && git tag v2");
    folder
}

#[track_caller]
fn says(ran: &Ran, text: &str) {
    assert!(ran.stderr.contains(text) || ran.stdout.contains(text), "{text}\n{ran:?}");
}

#[track_caller]
fn removed(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stdout.matches("field-removed-optional").count(), 1, "{ran:?}");
    says(ran, "1.0.0 -> 2.0.0 (major)");
}

#[test]
fn any_path_is_compared_with_any_other() {
    let folder = repository();
    folder.write("old.yaml", contract("1.0.0", &["id", "email"])).must("mkdir old && cp old.yaml old/orders.yaml");
    for line in [
        "pact diff v1:contracts/orders.yaml v2:contracts/orders.yaml",
        "pact diff v1:contracts/orders.yaml contracts/orders.yaml",
        "pact diff v1:contracts/orders.yaml",
        "pact diff v1:contracts/orders.yaml --staged",
        "pact diff v1:contracts/orders.yaml :contracts/orders.yaml",
        "pact diff v1:contracts/orders.yaml :0:contracts/orders.yaml",
        "pact diff v1:contracts/orders.yaml - < contracts/orders.yaml",
        "git show v1:contracts/orders.yaml | pact diff - contracts/orders.yaml",
        "git show v1:contracts/orders.yaml | pact diff - HEAD:contracts/orders.yaml",
        "pact diff old.yaml HEAD:contracts/orders.yaml",
        "pact diff old.yaml :contracts/orders.yaml",
        "pact diff v1:contracts v2:contracts",
        "pact diff v1:contracts/ contracts",
        "pact diff old HEAD:contracts",
        "pact diff old :contracts",
        "pact diff v1: v2:",
        "pact diff v1:contracts",
        "cd contracts && pact diff v1:./orders.yaml orders.yaml",
        "cd contracts && pact diff v1:./orders.yaml",
        "cd contracts && pact diff v1:../contracts/orders.yaml v2:contracts/orders.yaml",
        "pact diff -C contracts v1:./orders.yaml v2:./orders.yaml",
        "pact diff 'HEAD@{0}~1:contracts/orders.yaml' contracts/orders.yaml",
    ] {
        let ran = folder.shell(line);
        assert!(ran.stdout.contains("field-removed-optional"), "{line}: {ran:?}");
        removed(&ran);
    }
    says(&folder.shell("pact diff v1:contracts/orders.yaml"), "before at v1:contracts/orders.yaml:6:");
    let ran = folder.pact(&["diff", "v2:contracts/orders.yaml", "v1:contracts/orders.yaml", "--format", "github"]);
    says(&ran, "file=contracts/orders.yaml,");
}

#[test]
fn files_outside_of_git_need_none() {
    let folder = Folder::new();
    folder
        .write("a/orders.yaml", contract("1.0.0", &["id", "email"]))
        .write("b/orders.yaml", contract("2.0.0", &["id"]));
    for line in ["pact diff a b", "pact diff a/orders.yaml b/orders.yaml", "pact diff a/orders.yaml - < b/orders.yaml"]
    {
        removed(&folder.shell(line));
    }
    says(&folder.pact(&["diff", "v1:a.yaml", "b/orders.yaml"]), "is in no git repository");
}

#[test]
fn a_file_whose_name_has_a_colon_is_a_file() {
    let folder = repository();
    folder.write("v1:old.yaml", contract("1.0.0", &["id", "email"]));
    removed(&folder.pact(&["diff", "v1:old.yaml", "contracts/orders.yaml"]));
}

#[test]
fn who_is_hit_is_looked_for_where_the_change_is() {
    let folder = repository();
    let crm = "kind: subscription\nname: crm\ncontract: orders\nteam: crm\nuse_case: Letters\nfields_used: [email]\n";
    folder.write("contracts/crm.yaml", crm).must("git add . && git commit -qm crm");
    for line in [
        "pact diff v1:contracts/orders.yaml HEAD:contracts/orders.yaml",
        "pact diff v1:contracts/orders.yaml contracts/orders.yaml",
    ] {
        says(&folder.shell(line), "hits crm");
    }
    let ran = folder.shell("pact diff v1:contracts/orders.yaml v2:contracts/orders.yaml");
    assert!(!ran.stdout.contains("hits"), "{ran:?}");
}

#[test]
fn a_side_that_can_not_be_compared_is_named() {
    let folder = repository();
    for (line, text) in [
        ("pact diff v1:contracts/order.yaml -", "did you mean `v1:contracts/orders.yaml`?"),
        ("pact diff v1:orders.yaml -", "did you mean `v1:contracts/orders.yaml`?"),
        ("pact diff v9:contracts/orders.yaml -", "did you mean `v1`?"),
        ("pact diff :contracts/order.yaml -", "the index has no `contracts/order.yaml`"),
        ("pact diff v1:contracts/orders.yaml v2", "`v2:contracts/orders.yaml` is the path at a revision"),
        ("pact diff v1:contracts v2:contracts/orders.yaml", "is a folder and the other is not"),
        ("pact diff - -", "standard input is one side only"),
        ("pact diff -", "is compared with nothing"),
        ("pact diff v1:contracts/orders.yaml --bump", "--bump is for revisions"),
        ("pact diff v1:../x.yaml -", "leads out of the repository"),
    ] {
        let ran = folder.shell(&format!("{line} < contracts/orders.yaml"));
        assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
        assert!(ran.stdout.is_empty(), "{line}: {ran:?}");
        says(&ran, text);
    }
    let ran = folder.shell("echo 'name: [' | pact diff v1:contracts/orders.yaml -");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    says(&ran, "<stdin>:");
}

#[test]
fn both_sides_of_a_conflict_are_paths_of_the_index() {
    let folder = repository();
    folder.must("git switch -qc work v1").write("contracts/orders.yaml", contract("1.1.0", &["id", "email", "fax"]));
    folder.must("git commit -qam mine");
    assert_ne!(folder.shell("git merge main").code, Some(0));
    let ran = folder.pact(&["diff", ":2:contracts/orders.yaml", ":3:contracts/orders.yaml"]);
    says(&ran, "orders.fax");
    says(&ran, "orders.email");
}

#[test]
fn git_shows_changes_by_meaning() {
    let folder = repository();
    folder.write(".gitattributes", "contracts/*.yaml diff=pact\n").must("git add . && git commit -qm attributes");
    folder.must("git config diff.pact.command 'pact diff-driver'");
    assert_eq!(folder.shell("git diff").stdout, "");
    folder.write(
        "contracts/orders.yaml",
        contract("2.0.0", &[]).replace("schema:", "schema: [{name: id, data_type: integer}]"),
    );
    folder.write("pact.yaml", "contracts: [contracts]\n# more\n");
    let ran = folder.shell("git diff");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    says(&ran, "diff --pact contracts/orders.yaml\norders  contracts/orders.yaml  2.0.0\n");
    says(&ran, "string -> integer");
    says(&ran, "the version is still 2.0.0");
    says(&ran, "+# more");
    folder.must("git commit -qam three && git mv contracts/orders.yaml contracts/sales.yaml");
    folder.must("echo '# a comment' >> contracts/sales.yaml && git commit -qam moved");
    says(
        &folder.shell("git show -M --ext-diff"),
        "diff --pact contracts/orders.yaml -> contracts/sales.yaml\n  the same meaning\n",
    );
    let log = folder.shell("git log -p --ext-diff --format=%s -- contracts");
    assert_eq!(log.code, Some(0), "{log:?}");
    for text in ["moved\n", "string -> integer", "field-removed-optional  orders.email", "contract-added"] {
        says(&log, text);
    }
    // What was agreed on is not called the same.
    folder.write("contracts/sales.yaml", contract("3.0.0", &["id"])).must("git commit -qam back");
    folder.write("contracts/sales.yaml", contract("3.0.0", &["id", "fax"]));
    folder.write("pact.yaml", "contracts: [contracts]\nrules: {field-added-optional: off, version-not-bumped: off}\n");
    says(&folder.shell("git diff contracts"), "the same meaning");
    let ignore = "{code: field-added-optional, reason: agreed, until: 2999-01-01}";
    folder.write("pact.yaml", format!("contracts: [contracts]\nignores: [{ignore}]\n"));
    says(&folder.shell("git diff contracts"), "accepted until 2999-01-01: agreed");
    folder
        .write("contracts/days.yaml", "kind: calendar\nname: days\ndays: [{date: \"2026-12-25\"}]\n")
        .must("git add contracts/days.yaml");
    folder.must("git commit -qm days && sed -i s/25/26/ contracts/days.yaml");
    says(&folder.shell("git diff contracts/days.yaml"), "+days: [{date: \"2026-12-26\"}]");
    // Without the program of git nothing of that is lost.
    says(&folder.shell("git diff --no-ext-diff v2 HEAD -- contracts"), "-version: 2.0.0");
}

#[test]
fn the_driver_shows_what_is_no_contract_line_by_line() {
    let folder = repository();
    folder.write("notes.txt", "one\n").must("ln -s pact.yaml contracts/link.yaml && git add . && git commit -qm notes");
    folder
        .write("notes.txt", "two\n")
        .write("contracts/orders.yaml", "name: [\n")
        .write("raw", b"\0\x01")
        .must("git add -N raw");
    folder.must("ln -sf /etc/hostname contracts/link.yaml && chmod +x pact.yaml");
    let ran = folder.shell("GIT_EXTERNAL_DIFF='pact diff-driver' git diff");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for text in
        ["-one\n+two\n", "-name: orders\n", "+name: [\n", "-pact.yaml\n", "+/etc/hostname\n", "Binary files differ"]
    {
        says(&ran, text);
    }
    assert!(!ran.stdout.contains('\u{1b}'), "{ran:?}");
    let ran = folder.shell("GIT_EXTERNAL_DIFF='pact diff-driver' GIT_PAGER_IN_USE=true TERM=xterm NO_COLOR= git diff");
    assert!(ran.stdout.contains("\u{1b}[1mdiff --pact"), "{ran:?}");
    folder.must("git rm -q --cached raw && git checkout -q . && git switch -qc work v1");
    folder.write("contracts/orders.yaml", contract("1.5.0", &["id", "email"])).must("git commit -qam mine");
    assert_ne!(folder.shell("git merge main").code, Some(0));
    says(
        &folder.shell("GIT_EXTERNAL_DIFF='pact diff-driver' git diff --cached"),
        "* Unmerged path contracts/orders.yaml",
    );
    assert_eq!(folder.pact(&["diff-driver", "a", "b"]).code, Some(2));
}

#[test]
fn the_driver_tells_git_whether_the_meaning_changed() {
    let folder = repository();
    folder.write(".gitattributes", "contracts/*.yaml diff=pact\n").must("git add . && git commit -qm attributes");
    folder
        .must("git config diff.pact.command 'pact diff-driver --exit-code' && git config diff.pact.trustExitCode true");
    folder.must("echo '# a comment' >> contracts/orders.yaml && git diff --quiet");
    folder.write("contracts/orders.yaml", contract("3.0.0", &["id", "email"]));
    assert_eq!(folder.shell("git diff --quiet").code, Some(1));
}
