//! What pact keeps in words of its own: its form.

use std::cell::RefCell;
use std::collections::HashSet;

use crate::source::shape::{Shape, check};
use crate::source::{Node, Problem, Span};

/// The fragments of a file, as they are read.
#[derive(Debug, Default)]
pub(super) struct Fragments<'a>(RefCell<Vec<(&'a Node, &'static Shape)>>);

impl<'a> Fragments<'a> {
    /// Notes a fragment and what it is one of.
    pub(super) fn note(&self, fragment: &'a Node, shape: &'static Shape) {
        self.0.borrow_mut().push((fragment, shape));
    }

    /// What is wrong with the form of the fragments.
    pub(super) fn problems(self) -> Vec<Problem> {
        self.0.into_inner().into_iter().flat_map(|(fragment, shape)| problems(fragment, shape)).collect()
    }
}

/// Keys of rules that the native format tells by where the rule stands.
const OF_RULES: &[&str] = &["family", "constraint"];
/// Keys of internal models, which are contracts here.
const OF_MODELS: &[&str] = &["publishes", "baselines", "tolerances"];

/// What is wrong with the form of a fragment. It need not be whole: it is a part of its element, and so are those of its
/// items that are laid over others.
fn problems(fragment: &Node, shape: &'static Shape) -> Vec<Problem> {
    let first = |node: &Node| node.entries().first().map(|entry| entry.key_span);
    let parts = ["constraints", "quality"].into_iter().filter_map(|key| fragment.get(key));
    let partial: HashSet<Span> =
        first(fragment).into_iter().chain(parts.flat_map(|list| list.one_or_many().iter().filter_map(first))).collect();
    let is_model = fragment.get("kind").and_then(Node::text) == Some("model");
    let others: &[&str] = match shape.name {
        "rule" => OF_RULES,
        "contract" if is_model => OF_MODELS,
        _ => &[],
    };
    let others = fragment.entries().iter().filter(|entry| others.contains(&&*entry.key));
    let others: HashSet<Span> = others.map(|entry| entry.key_span).collect();
    let mut problems = check(fragment, shape);
    problems.retain(|problem| match problem.code {
        "missing-key" => !partial.contains(&problem.span),
        "unknown-key" | "misplaced-key" => !others.contains(&problem.span),
        _ => true,
    });
    problems
}
