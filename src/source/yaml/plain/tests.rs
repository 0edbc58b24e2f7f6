//! Trees that are made here, held against those of the crate.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{Builder, MAX_DEPTH};
use super::tree;

/// Fails where both make trees and these differ, or where one is made here of what is no YAML. Whether one was made here.
fn is_read(text: &str) -> bool {
    let Some(here) = tree(text, 0) else { return false };
    match Builder::new(text, 0).run() {
        // As texts, since NaN is not the same as itself.
        Ok(there) => assert_same(text, &format!("{here:?}"), &format!("{there:?}")),
        Err(problem) => panic!("read here, and the crate says: {}\n{text}", problem.message),
    }
    true
}

fn assert_same(text: &str, here: &str, there: &str) {
    let same = here.bytes().zip(there.bytes()).take_while(|(one, other)| one == other).count();
    let rest = |tree: &str| tree.chars().skip(same.saturating_sub(100)).take(300).collect::<String>();
    assert!(here == there, "\n{text}\nhere: …{}\nthe crate: …{}", rest(here), rest(there));
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every YAML file, and every YAML block of a Markdown file, below some folders of the repository.
#[expect(clippy::disallowed_methods, reason = "the samples of the repository itself")]
fn samples() -> Vec<(PathBuf, String)> {
    let mut folders: Vec<PathBuf> =
        ["examples", "tests", "src", "docs"].map(|folder| repository().join(folder)).to_vec();
    let mut samples = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(text) = fs::read_to_string(&path) else { continue };
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("yaml" | "yml") => samples.push((path, text)),
                Some("md") => samples.extend(blocks(&text).map(|block| (path.clone(), block.to_owned()))),
                _ => {}
            }
        }
    }
    samples.sort();
    samples
}

fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("```yaml").skip(1).filter_map(|rest| rest.split_once('\n')?.1.split("```").next())
}

#[test]
fn the_texts_of_this_repository_are_read_as_the_crate_does() {
    let samples = samples();
    let read = samples.iter().filter(|(_, text)| is_read(text)).count();
    assert!(samples.len() > 100 && read * 20 > samples.len() * 19, "{read} of {}", samples.len());
    for (path, text) in samples.iter().filter(|(path, _)| path.starts_with(repository().join("examples"))) {
        assert!(is_read(text), "{}", path.display());
    }
}

#[test]
fn contracts_as_people_write_them_are_read_here() {
    let texts = [
        "---\n# first\nname: orders # here\n\nlist:\n- a\n- b: 1\n  c:\n  d: ~\n-\n\nlast:\n",
        "a: 'it is'\nb: \"one\"\nc: [x, 1, 'y', {d: e}, [], {}]\nd: http://example.com:80/x#y\ne: -5\nf: a, b\n",
        "a: >-\n  folded\n  text\n\n  more\nb:\n  - c: |\n      literal\n\n    d: 'it''s'\n    e: \"tab\\t\"\n  - f\n",
        "a: one\n  two\nb:\n  three\n  four\nc: {d: e,\n  f: g}\n'd': [a: b]\ne f: 1\n",
        "a:\r\n  - b: 1\r\n    c: |\r\n      text\r\n",
        "n\u{fc}n: x\nb: \u{fc}ber \u{1f600}\n",
        "- - a\n  - b\n-   - c: d\n      e: f\n",
        "  a: 1\n  b: 2",
        "true: 1\nnull: 2\nno: 3\n",
    ];
    for text in texts {
        assert!(is_read(text), "{text}");
    }
}

#[test]
fn what_is_more_is_left_to_the_crate() {
    let texts = [
        "a: &x 1\nb: *x\n",
        "a: 1\n---\nb: 2\n",
        "a:\tb\n",
        "a: 1\n  b: 2\n",
        "a: b: c\n",
        "a: - b\n",
        "a:\n  b: 1\n c: 2\n",
        "- a\nb: 1\n",
        "<<: {a: 1}\n",
        "? a\n: b\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: \u{feff}b\n",
        "a: 'b'\u{202e}c\n",
        "",
        "# nothing\n",
    ];
    for text in texts {
        assert!(!is_read(text), "{text}");
    }
    for depth in [MAX_DEPTH - 2, MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1] {
        for inner in ["x", "[[x]]", "[[\n  x]]", "\"x\\n\""] {
            is_read(&format!("{}{inner}\n", "- ".repeat(depth)));
            is_read(&format!("{}k: {inner}\n", "- ".repeat(depth)));
        }
    }
}

/// What may stand at the beginning of a line.
const HEADS: &str = "¦- ¦- - ¦-¦-   ¦a: ¦b: ¦a:¦- a: ¦- b:¦\"q\": ¦x y: ¦? ¦: ¦a : ¦<<: ¦1: ¦true: ";

/// What may stand behind it.
const VALUES: &str = "¦¦v¦v w¦1¦0.5¦true¦~¦null¦'s'¦'s''t'¦\"d\"¦\"d\\n\"¦\"open¦'open¦\"\"¦''¦\"a\" b¦\"a\": b¦'a' # c¦'a'# c\
    ¦[a, b]¦[a,b]¦[a, b¦{a: 1, b: c}¦{a: 1,¦{a}¦{a:1}¦[a: b]¦[]¦{}¦[,]¦[a,]¦{a: [1, {b: 2}]}¦]¦}¦{\"a\":1}¦{'a': 'b'}¦[a # c\
    ¦{a: http://x}¦{a: -1, b: - }¦[?x, :y]¦[-, -]¦{a: b c: d}¦{a: b,c: d }¦[ a , b ]¦a{b}¦a [b]¦|¦>-¦|2¦>+¦|-1¦http://x:80¦a:b\
    ¦a#b¦a #b¦# c¦#c¦v # c¦-v¦-1¦- ¦-- x¦---¦...¦&x 1¦*x¦!!str 1¦! 1¦@x¦%x¦`x¦v:¦v: w¦: v¦, v¦a - b¦a ? b¦\u{fc}¦\u{2028}\
    ¦x\u{a0}y¦  v¦v  ¦=¦<<¦1e3¦0o17¦017¦?x¦:x¦(x)";

/// What may stand at its end.
const ENDS: &str = "\n¦\n¦\n¦\n\n¦ \n¦\r\n¦\n#\n¦\n  # c\n¦";

/// A line from pieces that may mean something in YAML.
fn line() -> impl Strategy<Value = String> {
    let one = |of: &'static str| select(of.split('¦').collect::<Vec<_>>());
    (0_usize..7, one(HEADS), one(VALUES), one(ENDS))
        .prop_map(|(indent, head, value, end)| format!("{}{head}{value}{end}", " ".repeat(indent)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn lines_are_read_as_the_crate_does(lines in prop::collection::vec(line(), 1..9)) {
        is_read(&lines.concat());
    }

    #[test]
    fn mutations_are_read_as_the_crate_does(
        sample in any::<Index>(),
        edits in prop::collection::vec((any::<Index>(), 0_usize..3, select(MARKS.split('¦').collect::<Vec<_>>())), 1..4),
    ) {
        let samples = SAMPLES.get_or_init(samples);
        let mut text = sample.get(samples).1.clone();
        for (at, what, mark) in edits {
            if text.is_empty() {
                break;
            }
            let mut at = at.index(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            match what {
                0 => text.insert_str(at, mark),
                1 => {
                    text.remove(at);
                }
                _ => {
                    text.remove(at);
                    text.insert_str(at, mark);
                }
            }
        }
        is_read(&text);
    }
}

static SAMPLES: std::sync::OnceLock<Vec<(PathBuf, String)>> = std::sync::OnceLock::new();

/// What a mutation puts into a text.
const MARKS: &str = " ¦  ¦\n¦\n\n¦\r\n¦\r¦\t¦:¦: ¦- ¦-¦#¦ #¦'¦\"¦[¦]¦{¦}¦,¦|¦>¦&a ¦*a¦!¦?¦\\¦a¦\n- ¦\n---\n";
