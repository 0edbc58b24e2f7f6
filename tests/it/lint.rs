//! `pact lint` on files: what a transcript can't show.

use crate::support::Folder;

/// A file of the standard with a password in a server.
const SERVER: &str = "apiVersion: v3.1.0\nkind: DataContract\nid: orders\nversion: 1.0.0\nstatus: active\nservers:\n- server: prod\n  \
                      type: postgres\n  host: db.example.com\n  port: 5432\n  database: orders\n  schema: public\n  \
                      password:   hunter2hunter2\n";

#[test]
fn a_password_under_a_key_that_must_not_be_there_is_one_finding() {
    let folder = Folder::new();
    folder.write("contracts/orders.odcs.yaml", SERVER).write("pact.yaml", "contracts: [contracts]\n");
    let concise = folder.pact(&["lint", "--format", "concise"]);
    assert_eq!(concise.stdout.lines().count(), 1, "{}", concise.stdout);
    assert!(concise.stdout.contains("error[unknown-key]"), "{}", concise.stdout);
    for format in ["human", "json", "jsonl", "sarif", "github", "junit", "markdown"] {
        let ran = folder.pact(&["lint", "--format", format]);
        assert!(!ran.stdout.contains("hunter2"), "{format}: {}", ran.stdout);
    }
    let human = folder.pact(&["lint"]).stdout;
    assert!(human.contains("change the secret, since git keeps it; then remove it"), "{human}");
    // With the key both are gone.
    folder.write("contracts/orders.odcs.yaml", SERVER.replace("  password:   hunter2hunter2\n", ""));
    let without = folder.pact(&["lint", "--select", "secret", "--format", "concise"]);
    assert_eq!(without.stdout, "");
}

#[test]
fn no_diff_shows_a_secret() {
    let folder = Folder::new();
    let contract = "version:  1.0.0\nname: orders\nschema: [{name: a, data_type: string, description: \"\\u202ex\"}]\nsources:\n  \
                    production: {type: postgres, host: db, password:  hunter2}\naccess:  \
                    {endpoint_url: https://ada:sesame@example.com/}\nmetadata: {opens: 18:00}\n";
    folder.write("contracts/orders.yaml", contract).write("pact.yaml", "contracts: [contracts]\n");
    for arguments in [
        &["fmt", "--diff"][..],
        &["lint", "--diff"],
        &["lint", "--diff", "--unsafe-fixes"],
        &["lint", "--diff", "--select", "hygiene"],
    ] {
        let ran = folder.pact(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.stdout.contains("+++ contracts/orders.yaml"), "{arguments:?}: {ran:?}");
        assert!(!ran.stdout.contains("hunter2") && !ran.stdout.contains("sesame"), "{arguments:?}: {}", ran.stdout);
        assert!(ran.stdout.contains("*******"), "{arguments:?}: {}", ran.stdout);
    }
    // What is written is the text itself.
    folder.must("pact fmt --quiet");
    let laid_out = std::fs::read_to_string(folder.path().join("contracts/orders.yaml")).expect("the file");
    assert!(laid_out.contains("hunter2") && laid_out.contains("sesame"), "{laid_out}");
}

#[test]
fn an_override_that_is_for_nothing_is_told_where_it_stands() {
    let folder = Folder::new();
    let config = "contracts: [contracts]\nlint:\n  overrides:\n  - {paths: contracts/legasy, ignore: [documentation]}\n  \
                  - {contracts: 'pay*', ignore: [keys]}\n  - {paths: '*.yaml', contracts: ord*, ignore: [keys]}\n";
    let orders = "name: orders\nversion: 1.0.0\nschema: [{name: id, data_type: string}]\n";
    folder.write("pact.yaml", config).write("contracts/orders.yaml", orders);
    let told = |arguments: &[&str]| {
        let ran = folder.pact(&[&["lint", "--format", "concise"], arguments].concat());
        let lines = ran.stdout.lines().filter(|line| line.contains("override-unmatched"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&[]),
        [
            "pact.yaml:4:5: warning[override-unmatched] the override is for no file that there is",
            "pact.yaml:5:5: warning[override-unmatched] the override is for no contract that there is",
        ]
    );
    // What was not looked at may be what it is for.
    assert_eq!(told(&["contracts/orders.yaml"]), [""; 0]);
    folder.write("contracts/broken.yaml", "name: payments\nversion: [\n");
    assert_eq!(told(&[]), [""; 0]);
}

#[test]
fn the_configuration_is_no_contract() {
    let folder = Folder::new();
    folder
        .write("pact.yaml", "contracts: [contracts]\n")
        .write("contracts/orders.yaml", "name: orders\nversion: 1.0.0\n");
    let ran = folder.pact(&["lint", "pact.yaml"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("pact.yaml is the configuration") && ran.stderr.contains("name a contract"), "{ran:?}");
    // Tools name every file that has changed.
    let ran = folder.pact(&["lint", "--force-exclude", "./pact.yaml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "No findings in 0 files.\n"), "{ran:?}");
    let ran = folder.pact(&["lint", "pact.yaml", "contracts/orders.yaml", "--format", "concise"]);
    assert!(ran.stderr.contains("it is left out") && !ran.stdout.contains("pact.yaml"), "{ran:?}");
}

#[test]
#[cfg(unix)]
fn results_go_to_devices() {
    let folder = Folder::new();
    folder.write("orders.yaml", "name: orders\nversion: 1.0.0\n");
    let direct = folder.pact(&["lint", "orders.yaml", "--format", "concise"]);
    assert!(!direct.stdout.is_empty());
    let nowhere = folder.pact(&["lint", "orders.yaml", "--output", "/dev/null"]);
    assert_eq!((nowhere.code, nowhere.stdout.as_str(), nowhere.stderr.as_str()), (direct.code, "", ""), "{nowhere:?}");
    for line in [
        "pact lint orders.yaml --format concise --output /dev/stdout",
        "pact lint orders.yaml --format concise --output /dev/stdout > out; cat out",
        "pact lint orders.yaml --format concise --output /dev/stderr 2>&1",
        "pact lint orders.yaml --format concise --output /dev/fd/3 3>&1 | cat",
    ] {
        assert_eq!(folder.shell(line).stdout, direct.stdout, "{line}");
    }
}
