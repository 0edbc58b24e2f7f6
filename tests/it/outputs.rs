//! One sample report in every output format, from input that means harm: each output is what is recorded, can be read back,
//! says the same as the others, and does nothing on its own.
//!
//! `PACT_RECORD=1 cargo test --test it outputs` records them anew; read the change before committing it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value as Json;

use crate::support::{Folder, Ran, sources};

/// Text as a stranger may write it into a contract: escape codes, a change of direction, HTML, commands to GitHub, the end of
/// a section of XML, a mention, a reference, code, a link, and a character that XML has no way to write.
const HOSTILE: &str = "\\e[31m\\u202E<b>&\\r\\n::error::boom##[add-mask]x]]> @team #12 |`c` [l](http://e.vil) \\uFFFF";

/// A repository whose contracts were changed by such a stranger.
fn sample() -> Folder {
    let folder = Folder::new();
    let contract = |name: &str| {
        format!(
            "name: {name}\nversion: 1.2.0\nstatus: active\ndescription: d\n\
             publisher: {{team: t, owner: Ada, contact_email: a@example.com}}\nschema:\n  \
             - {{name: id, data_type: string, is_primary_key: true, nullable: false, description: d}}\n  \
             - {{name: state, data_type: string, description: d, constraints: [{{type: enum, value: [\"a{HOSTILE}\", b]}}]}}\n  \
             - {{name: gone, data_type: string, description: d}}\n\
             subscribers:\n  - {{team: \"crm{HOSTILE}\", use_case: \"use{HOSTILE}\", contact_email: c@example.com, \
             fields_used: [state, gone], contract_version: ^1.0}}\n"
        )
    };
    let (orders, odd) = (contract("orders"), contract("odd"));
    let decided = format!(
        "contracts: [contracts]\nignores:\n  \
         - {{code: enum-value-removed, contract: orders, reason: \"agreed{HOSTILE}\", until: 2999-12-31}}\n  \
         - {{code: field-added-optional, contract: orders, reason: agreed, until: 2020-01-01}}\n"
    );
    folder.write("pact.yaml", decided).write("contracts/orders.yaml", &orders);
    folder.write("contracts/::error::<b>&@team [x](y).yaml", &odd).write("contracts/clean.yaml", clean());
    folder.must("git init -q -b main && git add -A && git commit -q -m base");
    let changed = orders
        .replace("1.2.0", "1.2.1")
        .replace("  - {name: gone, data_type: string, description: d}\n", "  - {name: fresh, data_type: decimal}\n")
        .replace(&format!("[\"a{HOSTILE}\", b]"), &format!("[\"a{HOSTILE}\", \"z{HOSTILE}\"]"));
    let honest = odd.replace("1.2.0", "1.3.0") + &format!("tags: [\"t{HOSTILE}\"]\n");
    folder.write("contracts/orders.yaml", changed);
    folder.write("contracts/::error::<b>&@team [x](y).yaml", honest);
    folder.write(
        "contracts/broken.yaml",
        format!(
            "name: broken\nversion: 1.0.0\npublisher: {{team: t, \"k{HOSTILE}\": 1}}\nschema: [{{name: \"a{HOSTILE}\", data_type: \"t{HOSTILE}\"}}]\n"
        ),
    );
    folder
}

fn clean() -> &'static str {
    "name: clean\nversion: 1.0.0\ndescription: d\nschema:\n  \
     - {name: id, data_type: string, is_primary_key: true, nullable: false, description: d}\n"
}

/// What a format prints, held against what is recorded and against everything that could do harm in any place.
fn printed(folder: &Folder, command: &str, format: &str, code: i32) -> String {
    let Ran { stdout, stderr, code: ended } = folder.pact(&[command, "--format", format]);
    assert_eq!((ended, stderr.as_str()), (Some(code), ""), "{command} {format}: {stdout}");
    for (number, line) in stdout.lines().enumerate() {
        let is_unsafe = |letter: char| {
            letter.is_control() || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        };
        assert!(!line.chars().any(is_unsafe), "{command} {format}, line {}: {line:?}", number + 1);
        assert!(!line.contains("##["), "{command} {format}: {line}");
        assert!(format == "github" || !line.trim_start().starts_with("::"), "{command} {format}: {line}");
    }
    // The day on which the test runs, the version of pact and the pages of rules are part of no record.
    let mut told = stdout.clone();
    let redacted: &[(&str, &str)] = match format {
        "changelog" => &[(r" - \d{4}-\d{2}-\d{2}\n", " - DAY\n")],
        "sarif" => &[(r#"(?m)^( {10}"\w+ersion"): ".*""#, "$1: \"VERSION\""), (r##"": "# .*""##, "\": \"PAGE\"")],
        _ => &[],
    };
    for (pattern, instead) in redacted {
        told = regex::Regex::new(pattern).expect("a pattern").replace_all(&told, *instead).into_owned();
    }
    let file = sources().join(format!("tests/it/outputs/{command}.{format}"));
    if std::env::var_os("PACT_RECORD").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        fs::write(&file, &told).expect("a written record");
    }
    let recorded = fs::read_to_string(&file).unwrap_or_default();
    snapbox::assert_data_eq!(told, snapbox::Data::text(recorded).raw());
    stdout
}

/// Codes with how often each was said, from any format.
type Said = Vec<(String, usize)>;

fn counted<'a>(codes: impl Iterator<Item = &'a str>) -> Said {
    let mut said: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    codes.for_each(|code| *said.entry(code.to_owned()).or_default() += 1);
    said.into_iter().collect()
}

fn codes_of(list: &Json) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect()
}

fn lines_of(text: &str) -> Vec<Json> {
    text.lines().map(|line| serde_json::from_str(line).expect("an object on each line")).collect()
}

/// What stands in a SARIF log, which has to hold together.
fn sarif_codes(text: &str) -> Said {
    let log: Json = serde_json::from_str(text).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    assert_eq!(rules.iter().collect::<BTreeSet<_>>().len(), rules.len(), "each rule once");
    let results = run["results"].as_array().expect("results");
    let mut fingerprints = BTreeSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(result["ruleId"], rules[index]);
        assert!(
            fingerprints.insert(result["partialFingerprints"]["pact/v1"].as_str().expect("a fingerprint")),
            "{result}"
        );
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a place");
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
        let base = place["artifactLocation"]["uriBaseId"].as_str().expect("a base");
        assert!(run["originalUriBaseIds"][base].is_object(), "{base}");
        assert!(place["region"]["startColumn"].as_u64() >= Some(1), "{place}");
    }
    counted(results.iter().filter_map(|result| result["ruleId"].as_str()))
}

/// The titles of annotations: `pact CODE`.
fn github_codes(text: &str) -> Said {
    counted(text.lines().map(|line| {
        let command = line.strip_prefix("::").expect("a command on each line");
        let (properties, _) = command.split_once("::").expect("a message");
        properties.rsplit_once("title=pact ").expect("a title").1
    }))
}

/// What the tests of a JUnit document are called, with how they ended; its numbers have to be right.
fn junit_cases(text: &str) -> Vec<(String, &'static str)> {
    let document = roxmltree::Document::parse(text).expect("XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let mut cases = Vec::new();
    for suite in root.children().filter(roxmltree::Node::is_element) {
        let mut numbers = [0, 0, 0];
        for case in suite.children().filter(roxmltree::Node::is_element) {
            let outcome = case.children().find_map(|inner| match inner.tag_name().name() {
                "failure" => Some("failed"),
                "error" => Some("error"),
                "skipped" => Some("skipped"),
                _ => None,
            });
            numbers[0] += 1;
            numbers[1] += usize::from(outcome == Some("failed"));
            numbers[2] += usize::from(outcome == Some("error"));
            cases.push((case.attribute("name").expect("a name").to_owned(), outcome.unwrap_or("passed")));
        }
        let told = ["tests", "failures", "errors"].map(|name| suite.attribute(name).expect("a number"));
        assert_eq!(numbers.map(|number: usize| number.to_string()), told);
    }
    assert_eq!(root.attribute("tests"), Some(cases.len().to_string().as_str()));
    cases
}

/// Nothing of Markdown or HTML but what pact itself writes, and nobody is called.
fn markdown_is_inert(text: &str) {
    let plain = text.replace("<br>", "");
    assert!(!plain.contains('<'), "{text}");
    for (at, _) in text.match_indices(['@', '[', '#']) {
        let heading = text[..at].is_empty() || text[..at].ends_with(['\n', '#']);
        let own = text[..at].ends_with("## ") || text[..at].ends_with('&');
        assert!(heading || own || text[..at].ends_with('\\'), "{}", &text[at..]);
    }
    assert!(!text.contains("@team") && !text.contains("#12"), "{text}");
}

#[test]
fn lint_says_the_same_in_every_format() {
    let folder = sample();
    let human = printed(&folder, "lint", "human", 1);
    let json: Json = serde_json::from_str(&printed(&folder, "lint", "json", 1)).expect("JSON");
    let said = counted(codes_of(&json["findings"]).into_iter());
    assert!(said.len() > 3, "{said:?}");
    for (code, count) in &said {
        assert_eq!(human.matches(&format!("[{code}]")).count(), *count, "{code}");
    }
    let concise = printed(&folder, "lint", "concise", 1);
    let code = regex::Regex::new(r"^.+:\d+:\d+: (?:error|warning|info)\[([a-z0-9-]+)\] .").expect("a pattern");
    assert_eq!(
        counted(concise.lines().map(|line| code.captures(line).expect("a finding").get(1).unwrap().as_str())),
        said
    );
    let lines = lines_of(&printed(&folder, "lint", "jsonl", 1));
    let (last, findings) = lines.split_last().expect("lines");
    assert!(findings.iter().all(|line| line["kind"] == "finding"));
    assert_eq!(counted(findings.iter().filter_map(|line| line["code"].as_str())), said);
    assert_eq!((&last["kind"], &last["format"]), (&Json::from("summary"), &json["format"]));
    assert_eq!(last["errors"], json["summary"]["errors"]);
    assert_eq!(sarif_codes(&printed(&folder, "lint", "sarif", 1)), said);
    assert_eq!(github_codes(&printed(&folder, "lint", "github", 1)), said);
    let cases = junit_cases(&printed(&folder, "lint", "junit", 1));
    let failed: BTreeSet<&str> = cases.iter().filter(|case| case.1 == "failed").map(|case| case.0.as_str()).collect();
    let errors = json["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "error");
    assert_eq!(failed, errors.filter_map(|finding| finding["code"].as_str()).collect());
    assert!(cases.contains(&("no findings".to_owned(), "passed")), "{cases:?}");
    let names: BTreeSet<&str> =
        cases.iter().map(|case| case.0.as_str()).filter(|name| *name != "no findings").collect();
    assert_eq!(names, said.iter().map(|(code, _)| code.as_str()).collect());
    let markdown = printed(&folder, "lint", "markdown", 1);
    markdown_is_inert(&markdown);
    for (code, count) in &said {
        assert_eq!(markdown.matches(&format!("| `{code}` |")).count(), *count, "{code}");
    }
}

#[test]
fn diff_says_the_same_in_every_format() {
    let folder = sample();
    let json: Json = serde_json::from_str(&printed(&folder, "diff", "json", 2)).expect("JSON");
    let contracts = json["contracts"].as_array().expect("contracts");
    let changes = || contracts.iter().flat_map(|contract| codes_of(&contract["changes"]));
    let remarks = || contracts.iter().flat_map(|contract| codes_of(&contract["verdict"]["remarks"]));
    let problems = || codes_of(&json["problems"]).into_iter();
    let stale = || codes_of(&json["exceptions"]).into_iter();
    assert!(changes().count() > 3 && remarks().count() > 0 && problems().count() > 0, "{json:#}");
    let human = printed(&folder, "diff", "human", 2);
    for code in changes().chain(remarks()).chain(problems()).chain(stale()) {
        assert!(human.contains(code), "{code}\n{human}");
    }
    let lines = lines_of(&printed(&folder, "diff", "jsonl", 2));
    let of = |kind: &str| lines.iter().filter(|line| line["kind"] == kind).cloned().collect::<Vec<Json>>();
    assert_eq!(of("verdict").len(), contracts.len());
    assert_eq!(codes_of(&Json::from(of("change"))), changes().collect::<Vec<_>>());
    assert!(of("change").iter().all(|change| change["contract"].is_string()));
    assert_eq!(codes_of(&Json::from(of("problem"))), problems().collect::<Vec<_>>());
    assert_eq!(codes_of(&Json::from(of("exception"))), ["exception-expired"]);
    let last = lines.last().expect("lines");
    assert_eq!((&last["kind"], &last["base"]), (&Json::from("summary"), &json["base"]));
    assert_eq!(last["major"], json["summary"]["major"]);
    let all = counted(changes().chain(remarks()).chain(problems()).chain(stale()));
    let sarif = printed(&folder, "diff", "sarif", 2);
    assert_eq!(sarif_codes(&sarif), all);
    let sarif: Json = serde_json::from_str(&sarif).expect("JSON");
    let suppressed =
        sarif["runs"][0]["results"].as_array().unwrap().iter().filter(|one| one["suppressions"].is_array());
    assert_eq!(suppressed.map(|one| &one["ruleId"]).collect::<Vec<_>>(), ["enum-value-removed"]);
    // What asks for nothing and hits nobody is no annotation, and neither is what was agreed on.
    let silent = |change: &&Json| {
        !change["accepted"].is_null() || change["level"] == "none" && change["affects"].as_array().unwrap().is_empty()
    };
    let loud = contracts.iter().flat_map(|contract| contract["changes"].as_array().unwrap());
    let loud = || loud.clone().filter(|change| !silent(change)).filter_map(|change| change["code"].as_str());
    let annotated = counted(loud().chain(remarks()).chain(problems()).chain(stale()));
    assert_eq!(github_codes(&printed(&folder, "diff", "github", 2)), annotated);
    let cases = junit_cases(&printed(&folder, "diff", "junit", 2));
    for (outcome, codes) in [("passed", changes().collect::<BTreeSet<_>>()), ("error", problems().collect())] {
        let of: BTreeSet<&str> = cases.iter().filter(|case| case.1 == outcome).map(|case| case.0.as_str()).collect();
        assert!(codes.is_subset(&of), "{outcome}: {cases:?}");
    }
    assert!(cases.contains(&("version-bump-insufficient".to_owned(), "failed")), "{cases:?}");
    let markdown = printed(&folder, "diff", "markdown", 2);
    markdown_is_inert(&markdown);
    for code in changes().chain(problems()) {
        assert!(markdown.contains(&format!("| `{code}` |")), "{code}");
    }
    let changelog = printed(&folder, "diff", "changelog", 2);
    markdown_is_inert(&changelog);
    let all = contracts.iter().flat_map(|contract| contract["changes"].as_array().unwrap());
    // What has no level is no news for who upgrades.
    let news = all.filter(|change| change["level"] != "none").count();
    assert_eq!(changelog.matches("\n- ").count(), news, "{changelog}");
}

#[test]
fn check_says_the_same_in_every_format() {
    let folder = Folder::new();
    let contract =
        clean().replace("1.0.0\n", "1.0.0\nstatus: active\naccess: {endpoint_url: \"http://127.0.0.1:1/clean\"}\n");
    let proposed = clean().replace("name: clean", "name: later");
    folder.write("pact.yaml", "contracts: [contracts]\n").write("contracts/clean.yaml", contract);
    folder.write("contracts/later.yaml", proposed);
    let printed = |format: &str| {
        let ran = folder.pact(&["check", "--no-ledger", "--format", format]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        ran.stdout
    };
    let json: Json = serde_json::from_str(&printed("json")).expect("JSON");
    let results = json["contracts"][0]["results"].as_array().expect("results");
    let broken = || results.iter().filter(|result| result["verdict"] == "not_received");
    assert!(broken().count() > 1, "{json:#}");
    let said = counted(broken().filter_map(|result| result["kind"].as_str()));
    let said: Said = said.into_iter().map(|(kind, count)| (format!("check-{kind}"), count)).collect();
    // Several promises may be broken at one place: those have one fingerprint and a number.
    assert_eq!(sarif_codes(&printed("sarif")), said);
    assert_eq!(github_codes(&printed("github")), said);
    let cases = junit_cases(&printed("junit"));
    let of = |outcome: &str| cases.iter().filter(|case| case.1 == outcome).count();
    let omitted = results.iter().filter(|result| result["verdict"] == "omit").count();
    assert_eq!((of("failed"), of("skipped")), (broken().count(), omitted + 1), "{cases:?}");
    let lines = lines_of(&printed("jsonl"));
    let kinds: Vec<&str> = lines.iter().filter_map(|line| line["kind"].as_str()).collect();
    assert_eq!(kinds, ["contract", "not_checked", "summary"]);
    assert_eq!(lines[0]["results"], json["contracts"][0]["results"]);
}

#[test]
fn a_result_goes_into_a_file_whole_and_without_colours() {
    let folder = sample();
    let there = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a written file");
    let printed = folder.pact(&["lint", "--format", "human"]);
    let ran = folder.pact(&["--color", "always", "lint", "--output", "out.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (printed.code, "", ""), "{ran:?}");
    assert_eq!(there("out.txt"), printed.stdout);
    let printed = folder.pact(&["diff", "--format", "sarif"]);
    let ran = folder.pact(&["diff", "--format", "sarif", "-o", "out.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    assert_eq!(there("out.txt"), printed.stdout);
    let ran = folder.pact(&["lint", "--format", "json", "--output", "-"]);
    assert!(ran.stdout.starts_with('{') && !folder.path().join("-").exists(), "{ran:?}");
    let ran = folder.pact(&["lint", "--output", "no/such/folder.txt"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("cannot write") && ran.stderr.contains("help:"), "{ran:?}");
    let ran = folder.shell("mkdir away && ln -s ../../ away/link && pact lint -o away/link/out.txt");
    assert!(ran.code == Some(2) && ran.stderr.contains("out of the repository"), "{ran:?}");
}

#[test]
fn markdown_fits_into_a_comment_and_counts_the_rest() {
    let folder = Folder::new();
    let field = |index: usize| format!("  - {{name: f{index}, data_type: string, description: d}}\n");
    let contract = |fields: std::ops::Range<usize>| {
        let head = clean().replace("1.0.0\n", "1.0.0\nstatus: active\n").replace("name: clean", "name: wide");
        head + &fields.map(field).collect::<String>()
    };
    folder.write("pact.yaml", "contracts: [contracts]\n").write("contracts/wide.yaml", contract(0..2000));
    folder.must("git init -q -b main && git add -A && git commit -q -m base");
    folder.write("contracts/wide.yaml", contract(1000..3000).replace("description: d}", "data_tipe: d}"));
    for command in ["lint", "diff"] {
        let ran = folder.pact(&[command, "--format", "markdown"]);
        assert!(
            ran.stdout.chars().count() <= 60_000 && ran.stdout.contains("Not shown: "),
            "{command}: {}",
            ran.stdout.len()
        );
        let full = folder.pact(&[command, "--format", "github"]);
        assert!(full.stdout.lines().take(30).any(|line| line.contains("not shown as annotations")), "{command}");
    }
}
