//! Regular expressions, compiled once for a repository, and within what a contract may spend on them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use regex::{Regex, RegexBuilder};

use super::backtracking::Shape;
use crate::model::SourceId;

/// How large a compiled pattern may be, in bytes, and what it costs then. Most take less than the first; one for an e-mail
/// address takes some 10,000. `^\w{1,50}$`, which knows the letters of all scripts, takes millions. What needs more than the
/// last was written to hurt, or by accident: `(\w{1,1000}){1,1000}`.
const TIERS: [(usize, usize); 3] = [(64 << 10, 1), (1 << 20, 16), (10 << 20, 160)];
/// What the patterns of a contract may cost together: a thousand different ones, or six of the largest. Compiling and
/// matching within that takes about a second at worst.
const BUDGET: usize = 1_000;
/// A text of so many bytes costs as much to match as its pattern to compile.
const TEXT_BYTES: usize = 64;

/// A compiled pattern, or why it is none.
pub(super) type Pattern = Result<Regex, String>;

/// The budget of a contract is spent: what is further on has not been looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent {
    /// Whether nobody has been told yet.
    pub(super) first: bool,
}

/// Every pattern of a run.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// A repository writes the same pattern into many contracts.
    compiled: Mutex<HashMap<String, Compiled>>,
    budgets: Mutex<HashMap<SourceId, Budget>>,
    shapes: Mutex<HashMap<String, Arc<Shape>>>,
}

#[derive(Debug, Clone)]
struct Compiled {
    pattern: Arc<Pattern>,
    cost: usize,
}

/// What a contract has spent. It depends on that contract alone, so that findings are the same in every run.
#[derive(Debug, Default)]
struct Budget {
    seen: HashSet<String>,
    /// The patterns whose shapes were asked for.
    walked: HashSet<String>,
    spent: usize,
    told: bool,
}

impl Patterns {
    /// A pattern of a contract, compiled within bounds.
    pub(super) fn get(&self, contract: SourceId, pattern: &str) -> Result<Arc<Pattern>, Spent> {
        self.spend(contract, 0)?;
        let known = lock(&self.compiled).get(pattern).cloned();
        let compiled = known.unwrap_or_else(|| {
            let compiled = compile(pattern);
            lock(&self.compiled).insert(pattern.to_owned(), compiled.clone());
            compiled
        });
        let mut budgets = lock(&self.budgets);
        let budget = budgets.entry(contract).or_default();
        if !budget.seen.contains(pattern) {
            budget.seen.insert(pattern.to_owned());
            budget.spent += compiled.cost;
        }
        Ok(compiled.pattern)
    }

    /// Whether a text matches a pattern of a contract; `None` where that is no pattern.
    pub(super) fn matches(&self, contract: SourceId, pattern: &str, text: &str) -> Result<Option<bool>, Spent> {
        let compiled = self.get(contract, pattern)?;
        let Ok(regex) = compiled.as_ref() else { return Ok(None) };
        let cost = lock(&self.compiled).get(pattern).map_or(1, |compiled| compiled.cost);
        self.spend(contract, cost * (text.len() / TEXT_BYTES))?;
        Ok(Some(regex.is_match(text)))
    }

    /// What the text of a pattern tells; `None` where the contract has too many. Whoever compiles them says so.
    pub(super) fn shape(&self, contract: SourceId, pattern: &str) -> Option<Arc<Shape>> {
        let mut budgets = lock(&self.budgets);
        let walked = &mut budgets.entry(contract).or_default().walked;
        if !walked.contains(pattern) {
            if walked.len() >= BUDGET {
                return None;
            }
            walked.insert(pattern.to_owned());
        }
        drop(budgets);
        let known = lock(&self.shapes).get(pattern).cloned();
        Some(known.unwrap_or_else(|| {
            let shape = Arc::new(Shape::of(pattern));
            lock(&self.shapes).insert(pattern.to_owned(), Arc::clone(&shape));
            shape
        }))
    }

    fn spend(&self, contract: SourceId, cost: usize) -> Result<(), Spent> {
        let mut budgets = lock(&self.budgets);
        let budget = budgets.entry(contract).or_default();
        budget.spent = budget.spent.saturating_add(cost);
        if budget.spent < BUDGET {
            return Ok(());
        }
        let first = !std::mem::replace(&mut budget.told, true);
        Err(Spent { first })
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn compile(pattern: &str) -> Compiled {
    let mut compiled =
        Compiled { pattern: Arc::new(Err("it takes more than 10 MiB once compiled".to_owned())), cost: 0 };
    for (bytes, cost) in TIERS {
        compiled.cost = cost;
        match RegexBuilder::new(pattern).size_limit(bytes).build() {
            Err(regex::Error::CompiledTooBig(_)) => {}
            built => {
                compiled.pattern = Arc::new(built.map_err(|error| why(&error)));
                break;
            }
        }
    }
    compiled
}

fn why(error: &regex::Error) -> String {
    match error {
        // The message draws the pattern and an arrow over several lines; the last one says what is wrong.
        regex::Error::Syntax(drawn) => {
            let last = drawn.lines().last().unwrap_or_default().trim();
            last.strip_prefix("error:").unwrap_or(last).trim().to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: SourceId = SourceId(1);
    const OTHER: SourceId = SourceId(2);

    #[test]
    fn a_pattern_says_in_a_line_why_it_is_none() {
        let why = |pattern: &str| compile(pattern).pattern.as_ref().clone().unwrap_err();
        assert_eq!(why("^[A-Z"), "unclosed character class");
        assert_eq!(why("a(?=b)"), "look-around, including look-ahead and look-behind, is not supported");
        assert_eq!(why("(\\w{1,1000}){1,1000}"), "it takes more than 10 MiB once compiled");
        assert!(!why("(").contains('\n'));
        assert!(compile(&"(".repeat(100_000)).pattern.is_err());
        assert!(compile("^\\w{3,50}$").pattern.is_ok());
        assert!(compile("^[^@\\s]+@[^@\\s]+$").pattern.is_ok());
    }

    #[test]
    fn a_contract_spends_what_it_has_and_says_so_once() {
        let patterns = Patterns::default();
        let ask = |contract, n: usize| patterns.get(contract, &format!("a{n}")).map(drop);
        // The same pattern again costs nothing.
        for _ in 0..2 {
            assert!((1..BUDGET).all(|n| ask(ONE, n).is_ok()));
        }
        assert_eq!(ask(ONE, 0), Ok(()), "the last one that it can pay");
        assert_eq!(ask(ONE, 1), Err(Spent { first: true }));
        assert_eq!(ask(ONE, 1), Err(Spent { first: false }));
        assert_eq!(ask(OTHER, 1), Ok(()), "each contract has a budget of its own");
    }

    #[test]
    fn long_texts_are_dear_to_match() {
        let patterns = Patterns::default();
        assert_eq!(patterns.matches(ONE, "^a+$", "aaa"), Ok(Some(true)));
        assert_eq!(patterns.matches(ONE, "(", "aaa"), Ok(None));
        assert_eq!(patterns.matches(ONE, "^a+$", &"a".repeat(1 << 20)), Err(Spent { first: true }));
        assert_eq!(patterns.matches(OTHER, "^\\w{1,50}$", "aaa"), Ok(Some(true)));
    }
}
