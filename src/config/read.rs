//! From the text of `pact.yaml` to what it decides.

use super::keys::SHAPE;
use super::{CheckConfig, Config, lint};
use crate::finding::policy::{Codes, Ignore, Setting};
use crate::model::{Compatibility, Mode, Quantity};
use crate::source::shape::check;
use crate::source::words::quoted;
use crate::source::{Node, Problem, Value, parse};

/// Reads a configuration. `codes` are all that it can be about.
///
/// # Errors
///
/// Everything that is wrong with it, with places in the text.
pub fn read(text: &str, codes: &Codes) -> Result<Config, Vec<Problem>> {
    let tree = parse(text).map_err(|problem| vec![problem])?;
    let mut config = Config::default();
    if tree.is_null() {
        return Ok(config);
    }
    let mut problems = check(&tree, &SHAPE);
    problems.extend(unknown_rules(&tree, codes));
    problems.extend(out_of_range(&tree));
    config.policy.selection = lint::selection(&tree, tree.get("lint"), codes, &mut problems);
    config.policy.overrides = lint::overrides(&tree, codes, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let texts = |key: &str| {
        let node = tree.get(key).filter(|node| !node.is_null())?;
        Some(node.one_or_many().iter().filter_map(Node::text).map(str::to_owned).collect())
    };
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    config.contracts = texts("contracts").unwrap_or(config.contracts);
    config.exclude = texts("exclude").unwrap_or_default();
    config.default_branch = text(&tree, "default_branch");
    config.ledger = text(&tree, "ledger").unwrap_or(config.ledger);
    config.compatibility = text(&tree, "compatibility").map(|word| compatibility(&word)).unwrap_or_default();
    for node in tree.get("ignores").map(Node::items).unwrap_or_default() {
        config.policy.ignores.push(Ignore {
            code: text(node, "code").unwrap_or_default(),
            contract: text(node, "contract"),
            path: text(node, "path"),
            fingerprint: text(node, "fingerprint"),
            approved_by: text(node, "approved_by"),
            reason: text(node, "reason").unwrap_or_default(),
            until: text(node, "until").and_then(|day| day.parse().ok()).unwrap_or_default(),
            span: node.span,
        });
    }
    if let Some(node) = tree.get("lint") {
        config.lint = lint::read(node);
    }
    if let Some(node) = tree.get("diff") {
        let texts = |key: &str| -> Option<Vec<String>> {
            let node = node.get(key).filter(|node| !node.is_null())?;
            Some(node.one_or_many().iter().filter_map(Node::text).map(str::to_owned).collect())
        };
        config.diff.changelog = text(node, "changelog");
        config.diff.gates = texts("gates").unwrap_or_default();
        config.diff.release_tags = texts("release_tags").unwrap_or(config.diff.release_tags);
    }
    if let Some(node) = tree.get("check") {
        config.check = checking(node, config.check);
    }
    Ok(config)
}

/// Codes in `rules` and `ignores` that name no rule, or one that nobody can overrule.
fn unknown_rules(tree: &Node, codes: &Codes) -> Vec<Problem> {
    let refused = |code: &str, span, help: String| {
        let message = format!("{} can't be configured", quoted(code));
        Problem::new("invalid-value", span, message).help(help)
    };
    let rules = tree.get("rules").map(Node::entries).unwrap_or_default().iter().filter_map(|entry| {
        let kind = match codes.level_of(&entry.key) {
            Ok((_, kind)) => kind,
            Err(help) => return Some(refused(&entry.key, entry.key_span, help)),
        };
        let word = entry.value.text()?;
        let help = kind.refusal(Setting::from_name(word)?)?;
        let message = format!("{} can't be {word}", quoted(&entry.key));
        Some(Problem::new("invalid-value", entry.value.span, message).help(help))
    });
    let ignores = tree.get("ignores").map(Node::items).unwrap_or_default().iter().filter_map(|node| {
        let code = node.get("code")?;
        Some(refused(code.text()?, code.span, codes.configurable(code.text()?).err()?))
    });
    rules.chain(ignores).collect()
}

/// Numbers that mean nothing, where the shape allows any.
fn out_of_range(tree: &Node) -> Vec<Problem> {
    let check = tree.get("check");
    let wrong = |key: &str, right: fn(f64) -> bool, help: &str| {
        let node = check?.get(key).filter(|node| number(node).is_some_and(|number| !right(number)))?;
        let message = format!("`{key}` can't be {}", node.scalar_text().unwrap_or_default());
        Some(Problem::new("invalid-value", node.span, message).help(help))
    };
    let share = |key| wrong(key, |number| (0.0..=100.0).contains(&number), "a share in percent is from 0 to 100");
    let one = wrong("concurrency", |number| number >= 1.0, "at least 1 service is asked at once");
    [one, share("info_at"), share("warning_at")].into_iter().flatten().collect()
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        #[expect(clippy::cast_precision_loss, reason = "settings are small")]
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

fn compatibility(word: &str) -> Compatibility {
    let (word, transitive) = word.strip_suffix("_TRANSITIVE").map_or((word, false), |word| (word, true));
    let mode = match word {
        "FORWARD" => Mode::Readers,
        "BACKWARD" => Mode::Writers,
        "FULL" => Mode::Both,
        "NONE" => Mode::None,
        word => Mode::from_name(word).unwrap_or_default(),
    };
    Compatibility { mode, transitive }
}

fn checking(node: &Node, default: CheckConfig) -> CheckConfig {
    let time = |key: &str, default| {
        node.get(key).and_then(Node::text).and_then(|text| Quantity::new(text).duration()).unwrap_or(default)
    };
    let count = |key: &str, default| {
        node.get(key).and_then(Node::integer).and_then(|value| u32::try_from(value).ok()).unwrap_or(default)
    };
    let share = |key: &str, default| node.get(key).and_then(number).unwrap_or(default);
    CheckConfig {
        timeout: time("timeout", default.timeout),
        deadline: time("deadline", default.deadline),
        concurrency: count("concurrency", default.concurrency),
        clock_skew: time("clock_skew", default.clock_skew),
        info_at: share("info_at", default.info_at),
        warning_at: share("warning_at", default.warning_at),
        critical_after: count("critical_after", default.critical_after),
    }
}
