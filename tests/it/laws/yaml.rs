//! Reading YAML.

use pact::source::edit::comments;
use pact::source::{MAX_BYTES, Node, Span, parse, parse_by_crate};

use super::lies_in;

/// The plain reader makes the tree that the crate makes, or leaves the text to it; and all places lie in the text. Whether it is
/// YAML.
pub fn hold(text: &str) -> bool {
    let read = parse(text);
    if text.len() <= MAX_BYTES {
        let other = parse_by_crate(text);
        // As texts where they differ: NaN is not the same as itself.
        assert!(
            read == other || format!("{read:?}") == format!("{other:?}"),
            "{text:?}\n{read:#?}\nthe crate: {other:#?}"
        );
    }
    match read {
        Err(problem) => {
            lies_in(text, problem.span, problem.code);
            false
        }
        Ok(tree) => {
            in_text(text, &tree);
            for comment in comments(text, &tree) {
                lies_in(text, Span::new(comment.start, comment.end), "a comment");
            }
            true
        }
    }
}

fn in_text(text: &str, tree: &Node) {
    let mut waiting = vec![tree];
    while let Some(node) = waiting.pop() {
        lies_in(text, node.span, "a value");
        waiting.extend(node.items());
        for entry in node.entries() {
            lies_in(text, entry.key_span, "a key");
            waiting.push(&entry.value);
        }
    }
}
