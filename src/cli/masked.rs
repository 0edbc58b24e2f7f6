//! Differences of texts, with what no report shows hidden in them.

use std::path::Path;

use super::output::Output;
use crate::finding::Finding;
use crate::format::{self, Content};
use crate::io::clock;
use crate::lint::{Linter, Subject};
use crate::model::SourceId;
use crate::report::unified;
use crate::source::{SourceFile, Span};

/// What changes in a file, as a unified diff. Secrets are hidden in it whichever rules are followed: a diff ends up in logs that
/// more people read than the file.
pub(super) fn diff(path: &Path, old: &str, new: &str, output: Output) -> String {
    let secrets = secrets(path, new);
    let mut before = hidden(old, &self::secrets(path, old));
    // What is known to be a secret only now, under a key that was misspelt.
    for secret in secrets.iter().filter_map(|span| new.get(span.range())).filter(|secret| secret.len() > 3) {
        before = before.replace(secret, &"*".repeat(secret.len()));
    }
    unified(path, &before, &hidden(new, &secrets), output.has_color())
}

/// Where the secrets of a text are.
fn secrets(path: &Path, text: &str) -> Vec<Span> {
    let document = format::read_with_tree(SourceId(0), SourceFile::new(path, text));
    let subscription = match &document.content {
        Some(Content::Subscription(subscription)) => Some(&**subscription),
        _ => None,
    };
    let linter = Linter::new(clock::today(), |_| true);
    let found = linter.look_at(Subject {
        source: document.id,
        file: &document.file,
        tree: document.tree(),
        contract: document.contract(),
        subscription,
    });
    let secret = |finding: &&Finding| finding.is_secret;
    let places = document.places();
    document.problems.iter().chain(&found).filter(secret).map(|finding| places.at(&finding.label.place)).collect()
}

/// A text with some of its places hidden.
fn hidden(text: &str, places: &[Span]) -> String {
    let mut text = text.to_owned();
    for place in places {
        let Some(secret) = text.get(place.range()) else { continue };
        let hidden: String = secret
            .chars()
            .flat_map(|letter| std::iter::repeat_n(if letter == '\n' { '\n' } else { '*' }, letter.len_utf8()))
            .collect();
        text.replace_range(place.range(), &hidden);
    }
    text
}
