//! Repositories as people have them: of every form, with odd paths, links, filters and settings. Each case runs over libgit2
//! and over the `git` program.

use crate::support::{Folder, Ran};

/// The options of `git init` for each form. libgit2 reads the first.
const FORMS: [&str; 3] = ["", "--object-format=sha256", "--ref-format=reftable"];

fn contract(name: &str, version: &str, fields: &[&str]) -> String {
    let fields: Vec<String> =
        fields.iter().map(|field| format!("  - {{name: {field}, data_type: string}}\n")).collect();
    let fields = fields.concat();
    format!("name: {name}\nversion: {version}\nstatus: active\nschema:\n{fields}")
}

/// A repository of a form with one commit on `main`, tagged `v1`.
fn repository(form: &str) -> Folder {
    let folder = Folder::new();
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", &["id", "email"]));
    folder.write("pact.yaml", "contracts: [contracts]\n");
    folder.must(&format!("git init -q -b main {form} && git add . && git commit -qm one && git tag v1"));
    folder
}

/// `contract code path` of each change.
#[track_caller]
fn changes(folder: &Folder, args: &[&str]) -> Vec<String> {
    let ran = folder.pact(&[&["diff", "--format", "json"], args].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    let mut found = Vec::new();
    for contract in json["contracts"].as_array().unwrap() {
        for change in contract["changes"].as_array().unwrap() {
            let text = |key: &str| change[key].as_str().unwrap().to_owned();
            found.push(format!("{} {} {}", contract["contract"].as_str().unwrap(), text("code"), text("path")));
        }
    }
    found
}

#[track_caller]
fn says(ran: &Ran, text: &str) {
    assert!(ran.stderr.contains(text) || ran.stdout.contains(text), "{text}\n{ran:?}");
}

#[test]
fn every_form_gives_the_same_answers() {
    let mut answers: Vec<String> = Vec::new();
    let ids = regex::Regex::new(r"\b[0-9a-f]{7,64}\b").unwrap();
    for form in FORMS {
        let folder = repository(form);
        let mut all = String::new();
        let mut run = |line: &str| {
            let ran = folder.shell(line);
            all.push_str(&format!("$ {line}\n{}{}[{:?}]\n", ran.stdout, ran.stderr, ran.code));
        };
        run("pact diff");
        folder.must("git switch -qc work").write("contracts/orders.yaml", contract("orders", "1.0.0", &["id"]));
        folder.write("contracts/new.yaml", contract("new", "1.0.0", &["id"]));
        for line in ["pact diff", "pact diff --staged", "pact diff v1", "pact diff main --exact", "pact log orders"] {
            run(line);
        }
        folder.must("git add . && git commit -qm two && git rm -q --cached contracts/new.yaml");
        folder.must("git mv contracts/orders.yaml contracts/sales.yaml");
        for line in [
            "pact diff",
            "pact diff --staged",
            "pact diff main..work",
            "pact diff main...work",
            "pact diff mian",
            "pact diff HEAD~9..HEAD",
            "pact diff HEAD:contracts/orders.yaml main:contracts/orders.yaml",
            "pact log orders",
            "pact blame orders",
            "pact log orders --at v1",
            "pact log gone",
            "pact dict --at v1",
        ] {
            run(line);
        }
        // Ids differ from form to form; their place does not.
        answers.push(ids.replace_all(&all, "ID").into_owned());
    }
    assert!(answers[0].contains("field-removed-optional  orders.email"), "{}", answers[0]);
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[test]
fn a_form_that_the_program_reads_is_told_on_request_and_needs_the_program() {
    let folder = repository("--object-format=sha256");
    assert_eq!(folder.pact(&["diff"]).stderr, "");
    says(&folder.pact(&["diff", "-v"]), "this repository is read by the program `git`");
    let ran = folder.shell("pact=$(command -v pact); PATH=/nowhere $pact diff");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    says(&ran, "only the program `git` reads, and it is not installed");
    // Where libgit2 is enough nothing is started.
    let folder = repository("");
    assert_eq!(folder.shell("pact=$(command -v pact); PATH=/nowhere $pact diff").code, Some(0));
}

#[test]
fn a_repository_of_somebody_else_is_named_with_what_helps() {
    let folder = repository("--object-format=sha256");
    let ran = folder.shell("GIT_TEST_ASSUME_DIFFERENT_OWNER=1 pact diff");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    says(&ran, "somebody else owns it");
    says(&ran, "git config --global --add safe.directory");
}

#[test]
fn paths_may_have_any_bytes() {
    for form in FORMS {
        let folder = repository(form);
        folder.must("git config core.quotepath true && mkdir contracts/more");
        let text = contract("odd", "1.0.0", &["id", "email"]);
        folder.write("text", &text);
        let names = [
            r"a b.yaml",
            r#"quo"te.yaml"#,
            r"new\nline.yaml",
            r"\377.yaml",
            r"caf\303\251.yaml",
            r"-x.yaml",
            r"*.yaml",
        ];
        for (index, name) in names.iter().enumerate() {
            folder.must(&format!("sed 's/odd/odd{index}/' text > \"$(printf 'contracts/more/{name}')\""));
        }
        folder.must("rm text && git add . && git commit -qm odd && git tag odd");
        assert_eq!(changes(&folder, &["v1..odd"]).len(), names.len(), "{form}");
        folder.must("for f in contracts/more/*; do sed -i /email/d \"$f\"; done");
        assert_eq!(changes(&folder, &[]).len(), names.len(), "{form}");
        folder.must("git add . && git commit -qm less");
        let found = changes(&folder, &["odd..HEAD"]);
        assert_eq!(found.len(), names.len(), "{form}");
        assert!(found.iter().all(|change| change.contains("field-removed-optional")), "{found:?}");
        assert_eq!(changes(&folder, &["odd:contracts/more", "HEAD:contracts/more"]).len(), names.len(), "{form}");
        let log = folder.pact(&["log", "odd3.email"]);
        says(&log, "field-removed-optional");
        assert!(!folder.pact(&["diff", "odd..HEAD"]).stdout.contains("new\nline"), "{form}");
    }
}

#[test]
fn what_moves_is_followed_whatever_changes_with_it() {
    for form in FORMS {
        let folder = repository(form);
        folder.must("git mv contracts/orders.yaml contracts/Orders.yaml && git commit -qm case");
        let moved = |more: &[&str]| {
            let mut all = vec!["orders contract-moved ".to_owned()];
            all.extend(more.iter().map(|&one| one.to_owned()));
            all.sort();
            all
        };
        assert_eq!(changes(&folder, &["v1..HEAD"]), moved(&[]), "{form}");
        folder.must("mkdir contracts/sales && git mv contracts/Orders.yaml contracts/sales/all.yaml");
        folder.write("contracts/sales/all.yaml", contract("orders", "1.1.0", &["id", "email", "fax"]));
        folder.must("git commit -qam 'moved and changed'");
        let mut found = changes(&folder, &["v1..HEAD"]);
        found.sort();
        assert_eq!(found, moved(&["orders field-added-optional orders.fax"]), "{form}");
        let log = folder.pact(&["log", "orders"]);
        says(&log, "moved and changed");
        says(&log, "new at 1.0.0  one");
    }
}

#[test]
fn a_link_never_leads_out_of_the_repository() {
    for form in FORMS {
        let outer = Folder::new();
        outer.write("secret.yaml", contract("secret", "1.0.0", &["hidden"]));
        let folder = repository(form);
        folder.write("other/real.yaml", contract("real", "1.0.0", &["id"]));
        folder.must(&format!("ln -s {}/secret.yaml contracts/out.yaml", outer.path().display()));
        folder.must("ln -s ../other/real.yaml contracts/in.yaml && git add . && git commit -qm links && git tag links");
        for args in [&["v1..links"][..], &["v1"], &["v1", "--staged"], &["v1:contracts", "links:contracts"]] {
            let ran = folder.pact(&[&["diff", "--format", "json"], args].concat());
            assert!(!ran.stdout.contains("hidden") && !ran.stdout.contains("\"secret\""), "{form} {ran:?}");
            assert_eq!(ran.code, Some(2), "{form} {args:?} {ran:?}");
        }
        assert!(changes(&folder, &["v1..links"]).contains(&"real contract-added ".to_owned()), "{form}");
    }
}

#[test]
fn a_checkout_with_other_line_ends_is_no_change() {
    for form in FORMS {
        let folder = repository(form);
        folder
            .write(".gitattributes", "* text=auto eol=crlf\ncontracts export-ignore\n")
            .must("git add . && git commit -qm crlf");
        folder
            .must("rm contracts/orders.yaml && git checkout -q . && grep -q \"$(printf '\\r')\" contracts/orders.yaml");
        assert_eq!(changes(&folder, &[]), Vec::<String>::new(), "{form}");
        folder.must("touch -d 2001-01-01 contracts/orders.yaml");
        assert_eq!(changes(&folder, &["v1"]), Vec::<String>::new(), "{form}");
        says(&folder.pact(&["log", "orders"]), "new at 1.0.0");
        assert!(!folder.pact(&["log", "orders"]).stdout.contains("not committed"), "{form}");
        folder.must("sed -i /email/d contracts/orders.yaml");
        assert_eq!(changes(&folder, &[]), ["orders field-removed-optional orders.email"], "{form}");
    }
}

#[test]
fn no_program_of_the_repository_is_run() {
    for form in FORMS {
        let folder = repository(form);
        let evil = "touch evil; cat";
        folder.must(&format!("git config filter.x.clean '{evil}' && git config filter.x.smudge '{evil}'"));
        folder.must(&format!("git config diff.external '{evil}' && git config diff.x.textconv '{evil}'"));
        folder.must(&format!("git config core.fsmonitor '{evil}' && git config core.pager '{evil}'"));
        folder.write(".gitattributes", "*.yaml filter=x diff=x\n");
        folder.write("contracts/orders.yaml", contract("orders", "1.0.0", &["id"]));
        assert_eq!(changes(&folder, &[]), ["orders field-removed-optional orders.email"], "{form}");
        folder.pact(&["diff", "--staged"]);
        folder.pact(&["log", "orders"]);
        assert_eq!(folder.shell("test -e evil").code, Some(1), "{form}");
    }
}

#[test]
fn a_locked_index_is_read_all_the_same() {
    for form in FORMS {
        let folder = repository(form);
        folder
            .write("contracts/orders.yaml", contract("orders", "1.0.0", &["id"]))
            .must("git add . && touch .git/index.lock");
        for args in [&[][..], &["--staged"]] {
            assert_eq!(changes(&folder, args), ["orders field-removed-optional orders.email"], "{form} {args:?}");
        }
        folder.must("test -e .git/index.lock");
    }
}

#[test]
fn a_linked_work_tree_is_a_work_tree() {
    for form in FORMS {
        let folder = repository(form);
        folder.must("git worktree add -q linked -b work");
        folder.write("linked/contracts/orders.yaml", contract("orders", "1.0.0", &["id"]));
        let removed = ["orders field-removed-optional orders.email"];
        assert_eq!(changes(&folder, &["-C", "linked"]), removed, "{form}");
        assert_eq!(changes(&folder, &["-C", "linked", "--staged"]), Vec::<String>::new(), "{form}");
        folder.must("git -C linked commit -qam less");
        assert_eq!(changes(&folder, &["-C", "linked"]), removed, "{form}");
        assert_eq!(changes(&folder, &["main..work"]), removed, "{form}");
    }
}

#[test]
fn contracts_in_a_submodule_are_compared_in_it() {
    for form in &FORMS[..2] {
        let folder = Folder::new();
        folder.write("shop/contracts/orders.yaml", contract("orders", "1.0.0", &["id", "email"]));
        folder.must(&format!(
            "git init -q -b main {form} shop && cd shop && git add . && git commit -qm one && git tag v1"
        ));
        folder
            .write("shop/contracts/orders.yaml", contract("orders", "1.0.0", &["id"]))
            .must("git -C shop commit -qam two");
        folder.write("all/pact.yaml", "contracts: [vendor/shop/contracts]\n");
        folder.must(&format!(
            "git init -q -b main {form} all && cd all && \
             git -c protocol.file.allow=always submodule --quiet add \"$PWD/../shop\" vendor/shop && \
             git -C vendor/shop checkout -q v1 && git add . && git commit -qm one"
        ));
        let removed = ["orders field-removed-optional orders.email"];
        assert_eq!(changes(&folder, &["-C", "all"]), Vec::<String>::new(), "{form}");
        folder.must("git -C all/vendor/shop checkout -q main");
        assert_eq!(changes(&folder, &["-C", "all"]), removed, "{form}");
        assert_eq!(changes(&folder, &["-C", "all", "--staged"]), Vec::<String>::new(), "{form}");
        folder.must("git -C all commit -qam two");
        assert_eq!(changes(&folder, &["-C", "all", "HEAD~1..HEAD"]), removed, "{form}");
        says(&folder.pact(&["diff", "-C", "all", "HEAD~1..HEAD"]), "vendor/shop/contracts/orders.yaml");
        folder.write("all/vendor/shop/contracts/orders.yaml", contract("orders", "1.0.0", &["key"]));
        // What is not committed there counts too.
        says(&folder.pact(&["diff", "-C", "all"]), "orders.id");
        folder.must("git -C all/vendor/shop checkout -q .");
        assert_eq!(changes(&folder, &["-C", "all/vendor/shop", "v1..HEAD"]), removed, "{form}");
        let ran = folder.pact(&["log", "-C", "all", "orders"]);
        says(&ran, "orders lies in the submodule vendor/shop");
        says(&folder.shell("cd all && pact -C vendor/shop log orders"), "new at 1.0.0  one");
        let ran = folder.pact(&["diff", "-C", "all", "HEAD:vendor/shop", "HEAD~1:vendor/shop"]);
        says(&ran, "vendor/shop is a submodule");
        // Where it is not checked out, that it moved is told, also to who wants to hear little.
        folder.must("git -C all submodule --quiet deinit -f vendor/shop");
        let ran = folder.pact(&["-q", "diff", "-C", "all", "HEAD~1..HEAD"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        says(&ran, "the submodule vendor/shop went from");
        says(&ran, "`git submodule update --init vendor/shop`");
    }
}

#[test]
fn a_bare_repository_has_the_configuration_of_its_head() {
    for form in FORMS {
        let folder = repository(form);
        folder.write("pact.yaml", "contracts: [contracts]\nrules: {contract-moved: off}\n");
        folder.write("contracts/orders.yaml", contract("orders", "1.0.0", &["id"]));
        folder.must("git mv contracts/orders.yaml contracts/o.yaml && git add . && git commit -qm two");
        folder.must("git clone -q --bare . shop.git");
        let removed = ["orders field-removed-optional orders.email"];
        assert_eq!(changes(&folder, &["-C", "shop.git", "v1", "main"]), removed, "{form}");
        says(&folder.pact(&["-C", "shop.git", "log", "orders"]), "new at 1.0.0");
        says(&folder.pact(&["-C", "shop.git", "blame", "orders"]), "orders.id");
        assert_eq!(folder.pact(&["-C", "shop.git", "dict", "--at", "v1"]).code, Some(0));
        says(&folder.pact(&["-C", "shop.git", "diff", "v1:contracts", "HEAD:contracts"]), "1 contract fails");
        for (command, text) in [("diff", "give two revisions"), ("lint", "`--at REV`"), ("accept", "accept in a clone")]
        {
            let ran = folder.pact(&["-C", "shop.git", command]);
            assert_eq!(ran.code, Some(2), "{ran:?}");
            says(&ran, "a bare repository has no work tree");
            says(&ran, text);
        }
    }
}

#[test]
fn a_hook_of_a_bare_repository_sees_what_is_pushed() {
    for form in &FORMS[..2] {
        let folder = repository(form);
        folder.must("git clone -q --bare . shop.git");
        folder.write(
            "shop.git/hooks/pre-receive",
            "#!/bin/sh\nwhile read old new name; do pact diff $old..$new || exit 1; done\n",
        );
        folder.must("chmod +x shop.git/hooks/pre-receive");
        folder.write("contracts/orders.yaml", contract("orders", "1.0.0", &["id"])).must("git commit -qam less");
        let ran = folder.shell("git push shop.git main");
        assert_ne!(ran.code, Some(0), "{ran:?}");
        says(&ran, "the version is still 1.0.0");
        folder.write("contracts/orders.yaml", contract("orders", "2.0.0", &["id"])).must("git commit -qam honest");
        folder.must("git push -q shop.git main");
    }
}

#[test]
fn a_clone_without_all_objects_is_read() {
    let folder = repository("");
    folder.write("contracts/orders.yaml", contract("orders", "1.0.0", &["id"])).must("git commit -qam two");
    folder.must("git config uploadpack.allowFilter true && git clone -q --filter=blob:none \"file://$PWD\" partial");
    assert_eq!(changes(&folder, &["-C", "partial", "v1..HEAD"]), ["orders field-removed-optional orders.email"]);
}

#[test]
fn only_what_changed_is_read() {
    for form in FORMS {
        let folder = repository(form);
        for index in 0..500 {
            folder.write(&format!("contracts/o{index}.yaml"), contract(&format!("orders{index}"), "1.0.0", &["id"]));
        }
        folder.must("git add . && git commit -qm many && git tag many");
        folder.write(
            "contracts/o77.yaml",
            contract("orders77", "1.0.0", &["id", "email"]).replace("version", "description: All.\nversion"),
        );
        folder.must("git commit -qam one && git tag one");
        // Every content but those of the changed file is taken away: to read one of them would fail.
        let keep = folder.shell("git rev-parse many:contracts/o77.yaml one:contracts/o77.yaml HEAD:pact.yaml").stdout;
        let all = folder.shell("git cat-file --batch-all-objects --batch-check='%(objecttype) %(objectname)'").stdout;
        for id in all.lines().filter_map(|line| line.strip_prefix("blob ")).filter(|id| !keep.contains(id)) {
            let (start, rest) = id.split_at(2);
            std::fs::remove_file(folder.path().join(".git/objects").join(start).join(rest)).unwrap();
        }
        let found = ["orders77 field-added-optional orders.email", "orders77 description-changed "];
        for args in [&["many..one"][..], &["many"], &["many:contracts", "one:contracts"]] {
            let now = changes(&folder, args);
            assert_eq!(now.len(), found.len(), "{form} {args:?} {now:?}");
            assert!(now.iter().all(|change| change.starts_with("orders77 ")), "{form} {args:?} {now:?}");
        }
        // The proof that what is gone would be missed.
        let ran = folder.pact(&["dict", "--at", "one"]);
        assert_eq!(ran.code, Some(2), "{form} {ran:?}");
    }
}
