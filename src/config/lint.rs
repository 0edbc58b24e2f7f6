//! What `pact.yaml` says of rules: `rules` and the section `lint`.

use super::LintConfig;
use crate::finding::Severity;
use crate::finding::policy::{Codes, Globs, Override, Selection, Selector, Setting};
use crate::source::words::quoted;
use crate::source::{Node, Problem};

/// What is neither a selection nor an override.
pub(super) fn read(node: &Node) -> LintConfig {
    LintConfig {
        baseline: node.get("baseline").and_then(Node::text).map(str::to_owned),
        fail_on: node.get("fail_on").and_then(Node::text).and_then(Severity::from_name),
    }
}

/// What is selected in a mapping, with the levels beside it or in it.
pub(super) fn selection(around: &Node, node: Option<&Node>, codes: &Codes, problems: &mut Vec<Problem>) -> Selection {
    // The shape of the file tells what is wrong with levels of the whole repository.
    let levels = around.get("rules").map(Node::entries).unwrap_or_default().iter().filter_map(|entry| {
        let (selector, _) = codes.level_of(&entry.key).ok()?;
        Some((selector, Setting::from_name(entry.value.text()?)?))
    });
    let levels = levels.collect();
    let mut selectors = |key: &str, meaning: fn(&Codes, &str) -> Result<Selector, String>| {
        let node = node?.get(key).filter(|node| !node.is_null())?;
        let words = node.one_or_many().iter().filter_map(|node| Some((node, node.text()?)));
        let read = words.filter_map(|(node, word)| {
            let problem = |help: String| unknown(word, node, help);
            meaning(codes, word).map_err(|help| problems.push(problem(help))).ok()
        });
        Some(read.collect::<Vec<Selector>>())
    };
    Selection {
        select: selectors("select", Codes::selector),
        extend_select: selectors("extend_select", Codes::selector).unwrap_or_default(),
        ignore: selectors("ignore", Codes::to_silence).unwrap_or_default(),
        levels,
    }
}

fn unknown(word: &str, node: &Node, help: String) -> Problem {
    Problem::new("invalid-value", node.span, format!("{} can't be selected or ignored", quoted(word))).help(help)
}

/// What holds for some files or contracts only.
pub(super) fn overrides(tree: &Node, codes: &Codes, problems: &mut Vec<Problem>) -> Vec<Override> {
    let items = tree.get("lint").and_then(|node| node.get("overrides")).map(Node::items).unwrap_or_default();
    items.iter().filter(|node| !node.entries().is_empty()).map(|node| one(node, codes, problems)).collect()
}

fn one(node: &Node, codes: &Codes, problems: &mut Vec<Problem>) -> Override {
    for entry in node.get("rules").map(Node::entries).unwrap_or_default() {
        if let Err(help) = codes.to_silence(&entry.key) {
            let message = format!("{} can't be configured for some files", quoted(&entry.key));
            problems.push(Problem::new("invalid-value", entry.key_span, message).help(help));
        }
    }
    let paths = globs(node, "paths", Globs::of_paths, problems);
    let contracts = globs(node, "contracts", Globs::of_names, problems);
    let says = |key: &str| node.get(key).is_some_and(|node| !node.is_null());
    if !says("paths") && !says("contracts") {
        let help = "add `paths` or `contracts`; what holds everywhere stands in `lint` itself";
        let message = "the override does not say for which files or contracts it is";
        problems.push(Problem::new("missing-key", node.span, message).help(help));
    }
    Override { paths, contracts, selection: selection(node, Some(node), codes, problems), span: node.span }
}

/// Patterns, or the position of the one that is none and why.
type ReadGlobs = fn(&[String]) -> Result<Globs, (usize, String)>;

fn globs(node: &Node, key: &str, read: ReadGlobs, problems: &mut Vec<Problem>) -> Option<Globs> {
    let node = node.get(key).filter(|node| !node.is_null())?;
    let items: Vec<(&Node, String)> =
        node.one_or_many().iter().filter_map(|node| Some((node, node.text()?.to_owned()))).collect();
    let patterns: Vec<String> = items.iter().map(|(_, pattern)| pattern.clone()).collect();
    let wrong = |(index, why): (usize, String)| {
        let (place, pattern) = items.get(index).map_or((node, ""), |(place, pattern)| (*place, pattern.as_str()));
        Problem::new("invalid-value", place.span, format!("{} is no pattern: {why}", quoted(pattern)))
            .help("patterns are written as in .gitignore: `legacy`, `contracts/*.yaml`, `**/drafts/**`")
    };
    read(&patterns).map_err(|why| problems.push(wrong(why))).ok()
}
