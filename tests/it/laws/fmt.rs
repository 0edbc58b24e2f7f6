//! The canonical layout.

use std::path::Path;

use pact::format;
use pact::model::Literal;
use pact::source::parse;

use super::fix::notes;

/// A text that is laid out means the same, has all of its comments, and is laid out like this ever after. Whether it could be
/// laid out.
pub fn hold(text: &str) -> bool {
    of_file(Path::new("fuzzed.json"), text);
    of_file(Path::new("fuzzed.yaml"), text)
}

fn of_file(path: &Path, text: &str) -> bool {
    let Ok(first) = format::formatted(path, text) else { return false };
    let again = format::formatted(path, &first.text).map(|again| again.text);
    assert_eq!(again.as_ref(), Ok(&first.text), "laid out twice, from\n{text}");
    assert_eq!(meaning(&first.text), meaning(text), "{text}\n---\n{}", first.text);
    assert_eq!(notes(&first.text), notes(text), "comments\n{text}\n---\n{}", first.text);
    true
}

/// What a text means, whatever the order of its keys; as text, since NaN is not the same as itself.
fn meaning(text: &str) -> String {
    fn sorted(value: Literal) -> Literal {
        match value {
            Literal::Map(mut entries) => {
                entries.sort_by(|one, other| one.0.cmp(&other.0));
                Literal::Map(entries.into_iter().map(|(key, value)| (key, sorted(value))).collect())
            }
            Literal::List(items) => Literal::List(items.into_iter().map(sorted).collect()),
            other => other,
        }
    }
    parse(text).map_or_else(|problem| problem.message, |tree| format!("{:?}", sorted(tree.literal())))
}
