//! Names, values and files as strangers may call them, in every format of `pact lint`: each output is read back, has all
//! findings with the strings that they are about, and does nothing on its own.

use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::support::{Folder, Ran};

/// Strings that do something in a terminal, in a log of GitHub, in Markdown, HTML, XML or a shell, or hide.
const NASTY: &[&str] = &[
    "::error::boom",
    "::stop-commands::x",
    "%0A::error::boom%25",
    "a\r\n::warning file=x::y",
    "##[add-mask]x",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]8;;http://e.vil\u{7}link\u{1b}]8;;\u{7}",
    "\u{1b}]0;title\u{7}\u{1b}c",
    "\u{9b}31m\u{9d}0;t\u{9c}",
    "lone\rreturn",
    "tab\tbell\u{7}back\u{8}\u{7f}",
    "nul\0byte",
    "next\u{85}line\u{2028}and\u{2029}end",
    "\u{202e}txt.exe\u{202c}",
    "\u{2066}a\u{2069}\u{61c}\u{200f}",
    "zero\u{200b}width\u{2060}\u{feff}",
    "tags\u{e0001}\u{e0041}\u{fff9}",
    "none\u{fffe}\u{ffff}\u{10ffff}",
    "zalgo\u{300}\u{301}\u{489}",
    "<script>alert(1)</script>",
    "<!-- &amp;&#x1b; <![CDATA[ ]]>",
    "a|b\\|c",
    "`code` ``two``",
    "](javascript:alert(1))",
    "![x](http://e.vil)<br>",
    "@mention and #12",
    "- [ ] $x$ ~~y~~ __z__",
    "--help",
    "'quotes\" and \\",
    "$(id) `id` ${HOME} {{7*7}}",
];

/// A string in quotes of YAML, which JSON nearly is.
fn quoted(text: &str) -> String {
    let mut safe = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => safe.extend(['\\', letter]),
            letter if letter.is_ascii() && !letter.is_control() => safe.push(letter),
            letter => safe.push_str(&format!("\\U{:08x}", u32::from(letter))),
        }
    }
    safe + "\""
}

/// A contract that says a string wherever a contract says anything: one that is right by its form, and one that is not.
fn contract(index: usize, text: &str, is_sound: bool) -> String {
    let long = quoted(&format!("{}{text}", "many words to wrap ".repeat(index % 9)));
    let (nasty, kind) = (quoted(text), if is_sound { "string" } else { long.as_str() });
    let (mail, range) = if is_sound { ("a@example.com", "^1.0") } else { (nasty.as_str(), nasty.as_str()) };
    let second = if is_sound { quoted(&format!("{text}2")) } else { long.clone() };
    let broken = if is_sound { String::new() } else { format!("{nasty}: 1\nstatus: {long}\n") };
    format!(
        "name: n{index}\nversion: 1.0.0\ndescription: {nasty}\ntags: [{nasty}, {nasty}]\n{broken}\
         publisher: {{team: {nasty}, owner: {nasty}, contact_email: {mail}}}\nmetadata: {{{nasty}: {nasty}}}\nschema:\n  \
         - {{name: {nasty}, data_type: {kind}, is_primary_key: true, description: {long}}}\n  \
         - {{name: {second}, data_type: string, example_value: {long}, constraints: [{{type: enum, value: [{nasty}, {nasty}]}}, {{type: regex, value: {nasty}}}]}}\n  \
         - {{name: f, data_type: string, foreign_key_reference: {nasty}, previously: [{nasty}]}}\n\
         rules:\n  business:\n    - {{name: {nasty}, expression: {nasty}}}\n    - {{name: b, expression: {long}}}\n\
         subscribers:\n  - {{team: {nasty}, use_case: {nasty}, fields_used: [{nasty}, {second}, {long}], contract_version: {range}}}\n\
         # pact: ignore {0} {0}\n",
        text.replace(
            |letter: char| letter.is_control() || letter > '\u{d7ff}' || matches!(letter, '\u{2028}' | '\u{2029}'),
            ""
        )
    )
}

/// A repository of such contracts, in files that are called so.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("pact.yaml", "contracts: [contracts]\n");
    for (index, text) in NASTY.iter().enumerate() {
        // Broken ones say much the same: half of them are enough.
        for is_sound in [true, false].into_iter().take(1 + index % 2) {
            let sound = if is_sound { "sound" } else { "broken" };
            let name = if cfg!(unix) { text.replace(['/', '\0'], "") } else { index.to_string() };
            folder.write(
                &format!("contracts/{name} {sound}.yaml"),
                contract(2 * index + usize::from(is_sound), text, is_sound),
            );
        }
    }
    folder.write(format!("contracts/{}.yaml", "long".repeat(60)).as_str(), contract(99, &"long ".repeat(150), false));
    folder
}

/// Whether a character can change how other text is shown. Said anew here, so that it is no echo of what is tested.
fn is_active(letter: char) -> bool {
    letter.is_control()
        || matches!(u32::from(letter), 0x61c | 0x200b | 0x200e | 0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff)
        || matches!(u32::from(letter), 0xfff9..=0xfffb | 0xe0000..=0xe007f)
}

/// No line does anything in a terminal or in a log.
#[track_caller]
fn inert(what: &str, text: &str, may_command: bool) {
    for line in text.split('\n') {
        assert!(!line.chars().any(is_active), "{what}: {line:?}");
        assert!(!line.contains("##["), "{what}: {line:?}");
        assert!(may_command || !line.trim_start().starts_with("::"), "{what}: {line:?}");
    }
}

/// What is left of a string wherever it is printed: no format changes or drops a letter or a mark that can be seen, but for the
/// backticks around code.
fn essence(text: &str) -> String {
    let seen = |letter: &char| !is_active(*letter) && !letter.is_whitespace();
    text.replace("##[", "#[")
        .chars()
        .filter(seen)
        .filter(|letter| !matches!(letter, '`' | '\u{fffd}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn printed(folder: &Folder, args: &[&str]) -> String {
    let Ran { stdout, stderr, code } = folder.pact(args);
    assert_eq!(code, Some(1), "{args:?}: {stderr}");
    inert(&format!("{args:?}"), &stdout, args.contains(&"github"));
    inert(&format!("{args:?}"), &stderr, false);
    assert!(!stderr.contains("panicked"), "{stderr}");
    stdout
}

/// What a finding says in every format, but for its help: its code and its message.
type Said = (String, String);

fn said(code: &str, message: &str) -> Said {
    (code.to_owned(), essence(message))
}

fn sorted(mut all: Vec<Said>) -> Vec<Said> {
    all.sort();
    all
}

#[track_caller]
fn same(what: &str, expected: &[Said], found: Vec<Said>) {
    let found = sorted(found);
    let differ = expected.iter().zip(&found).find(|(one, other)| one != other);
    assert!(
        differ.is_none() && expected.len() == found.len(),
        "{what}: {} and {}: {differ:#?}",
        expected.len(),
        found.len()
    );
}

/// A message and its help, as they are one text in most formats.
fn with_help(finding: &Json, separator: &str) -> String {
    let message = finding["message"].as_str().expect("a message");
    finding["help"].as_str().map_or_else(|| message.to_owned(), |help| format!("{message}{separator}{help}"))
}

fn text(json: &Json) -> &str {
    json.as_str().expect("a text")
}

fn all_of<'a>(findings: &'a [Json], say: impl Fn(&'a Json) -> String) -> Vec<Said> {
    sorted(findings.iter().map(|finding| said(text(&finding["code"]), &say(finding))).collect())
}

/// A command of GitHub as the runner reads it: its properties and its message.
fn command(line: &str) -> (Vec<(String, String)>, String) {
    let (head, message) = line.strip_prefix("::").and_then(|line| line.split_once("::")).expect("a command");
    let (kind, properties) = head.split_once(' ').expect("properties");
    assert!(["error", "warning", "notice"].contains(&kind), "{line}");
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let value = |text: &str| data(&text.replace("%3A", ":").replace("%2C", ","));
    let properties = properties.split(',').map(|property| {
        let (key, text) = property.split_once('=').expect("a property");
        (key.to_owned(), value(text))
    });
    (properties.collect(), data(message))
}

/// A cell of a table of Markdown as a browser shows it.
fn shown(cell: &str) -> String {
    const ENTITIES: &[(&str, &str)] = &[("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#8203;", ""), ("<br>", "\n")];
    let (mut text, mut rest, mut in_code) = (String::new(), cell.trim(), false);
    while let Some(letter) = rest.chars().next() {
        let entity = ENTITIES.iter().find(|(entity, _)| !in_code && rest.starts_with(entity));
        if let Some((entity, meaning)) = entity {
            text.push_str(meaning);
            rest = &rest[entity.len()..];
            continue;
        }
        assert!(in_code || letter != '<', "HTML of a stranger: {cell}");
        rest = &rest[letter.len_utf8()..];
        let escaped = rest.chars().next().filter(|next| letter == '\\' && !in_code && next.is_ascii_punctuation());
        match (letter, escaped) {
            ('`', _) => in_code = !in_code,
            (_, Some(escaped)) => {
                text.push(escaped);
                rest = &rest[1..];
            }
            (letter, None) => text.push(letter),
        }
    }
    assert!(!in_code, "code that has no end: {cell}");
    text
}

/// The cells of a row: what stands between bars that are not escaped.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for letter in row.chars() {
        if letter == '|' && !is_escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(letter);
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    cells
}

#[test]
fn every_format_says_what_strangers_wrote_and_nothing_acts() {
    let folder = repository();
    let lint = |format: &str| printed(&folder, &["lint", "--extend-select", "all", "--format", format]);
    let json: Json = serde_json::from_str(&lint("json")).expect("JSON");
    let findings = json["findings"].as_array().expect("findings");
    assert!(findings.len() > 10 * NASTY.len(), "{}", findings.len());
    let expected = all_of(findings, |finding| text(&finding["message"]).to_owned());
    for code in ["duplicate-tag", "enum-duplicate-value", "expression-syntax", "unknown-key", "invalid-value"] {
        assert!(expected.iter().any(|(other, _)| other == code), "{code} is among what is found");
    }
    let helped = |separator: &str| all_of(findings, |finding| with_help(finding, separator));
    if cfg!(unix) {
        for nasty in NASTY {
            let file = format!("contracts/{} sound.yaml", nasty.replace(['/', '\0'], ""));
            assert!(findings.iter().any(|finding| finding["location"]["file"] == *file), "{file:?}");
        }
    }

    let lines = lint("jsonl");
    let lines: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let same_lines = lines.iter().filter(|line| line["kind"] == "finding").zip(findings);
    assert!(same_lines.clone().all(|(line, finding)| line["message"] == finding["message"]), "JSON Lines");
    assert_eq!(same_lines.count(), findings.len());

    let sarif: Json = serde_json::from_str(&lint("sarif")).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let message = |result: &Json| text(&result["message"]["text"]).to_owned();
    // What would be a link has its brackets escaped.
    let unescaped = |text: String| {
        if text.contains("](") { text.replace("\\[", "[").replace("\\]", "]").replace("\\\\", "\\") } else { text }
    };
    let is_linked = |text: String| text.contains("](") && !text.contains("\\](");
    assert!(!results.iter().any(|result| is_linked(message(result))), "a message has a link in it");
    let found = results.iter().map(|result| said(text(&result["ruleId"]), &unescaped(message(result)))).collect();
    same("sarif", &helped("\n"), found);

    let commands: Vec<_> = lint("github").lines().map(command).collect();
    let (notices, commands): (Vec<_>, Vec<_>) =
        commands.into_iter().partition(|(properties, _)| properties[0].0 == "title");
    assert_eq!(notices.len(), 1, "what is not shown is counted");
    let found = commands.iter().map(|(properties, message)| {
        let keys: Vec<&str> = properties.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["file", "line", "endLine", "col", "title"]);
        assert!(properties[0].1.starts_with("contracts/") || properties[0].1 == "pact.yaml", "{properties:?}");
        said(properties[4].1.strip_prefix("pact ").expect("a code"), message)
    });
    same("github", &helped("\n"), found.collect());

    let junit = lint("junit");
    let document = roxmltree::Document::parse(&junit).expect("XML");
    let told = document.descendants().filter(|node| matches!(node.tag_name().name(), "failure" | "system-out"));
    let told: Vec<Said> = told
        .flat_map(|node| node.text().unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>())
        .map(|line| line_of_finding(&line))
        .collect();
    same("junit", &helped("; "), told);

    let concise = lint("concise");
    same(
        "concise",
        &expected,
        concise.lines().map(|line| line_of_finding(line.trim_end_matches(" [fixable]"))).collect(),
    );

    let human = lint("human");
    for (code, count) in counted(&expected) {
        assert_eq!(
            human
                .lines()
                .filter(|line| *line == format!("error[{code}]") || line.ends_with(&format!("[{code}]")))
                .count(),
            count,
            "{code}"
        );
    }

    let markdown = lint("markdown");
    let helped = helped("\n");
    for row in markdown.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |")) {
        let cells = cells(row);
        assert_eq!(cells.len(), 6, "{row}");
        let (code, what) = (shown(&cells[2]), essence(shown(&cells[4]).trim_end_matches('…')));
        let is_said =
            helped.iter().any(|(other, message)| *other == code && (message.starts_with(&what) || what.contains('…')));
        assert!(is_said, "{code}: {what}\n{row}");
    }
}

/// The code and the message of `path:line:column: severity[code] message`, whatever the path is.
fn line_of_finding(line: &str) -> Said {
    static PLACE: LazyLock<regex::Regex> = LazyLock::new(|| {
        regex::Regex::new(r"yaml:\d+:\d+: (?:error|warning|info)\[([a-z0-9-]+)\] ").expect("a pattern")
    });
    let found = PLACE.captures(line).unwrap_or_else(|| panic!("no finding: {line:?}"));
    said(&found[1], &line[found.get(0).expect("a match").end()..])
}

fn counted(all: &[Said]) -> std::collections::BTreeMap<&str, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for (code, _) in all {
        *counts.entry(code.as_str()).or_default() += 1;
    }
    counts
}

#[test]
fn nothing_acts_in_other_outputs_either() {
    let folder = repository();
    let check = |ran: &Ran, what: &str| {
        inert(what, &ran.stdout, false);
        inert(what, &ran.stderr, false);
        assert!(!ran.stderr.contains("panicked"), "{what}: {ran:?}");
    };
    // A block of lines is shown around what changes.
    let block = "version: 1.0.0\nname: block\ndescription: |\n  ::error::boom\n  \u{1b}[31mred\n   ::add-mask::x\ntags:   [b]\n";
    folder.write("contracts/block.yaml", block);
    for args in [
        &["fmt", "--diff"][..],
        &["fmt", "--check"],
        &["lint", "--diff"],
        &["lint", "--diff", "--unsafe-fixes"],
        &["lint", "--statistics"],
    ] {
        check(&folder.pact(args), &format!("{args:?}"));
    }
    let colored = folder.pact(&["--color", "always", "lint"]);
    let stripped =
        regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("a pattern").replace_all(&colored.stdout, "").into_owned();
    inert("colours", &stripped, true);
    for nasty in NASTY.iter().step_by(4).filter(|text| !text.contains('\0')) {
        for args in
            [&["explain", "--", nasty][..], &["new", "--", nasty], &["lint", "--", nasty], &["lint", "--select", nasty]]
        {
            let ran = folder.pact(args);
            check(&ran, &format!("{args:?}"));
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}: {ran:?}");
        }
    }
}
