//! Secrets under keys that must not be there.

use std::collections::{BTreeSet, HashMap};

use super::look::Placed;
use crate::source::Span;

/// Takes out secrets under keys that must not be there: with the key the secret goes, and that is one mistake. What is to be
/// done about it is said of the key. Gives the places of the secrets, which nobody may be shown all the same.
pub(super) fn told_with_their_keys(findings: &mut Vec<Placed>, text: &str) -> Vec<Span> {
    let mut keys: HashMap<u32, usize> = HashMap::new();
    for (index, placed) in findings.iter().enumerate().filter(|(_, placed)| is_key(placed)) {
        keys.insert(placed.span.end, index);
        keys.extend(placed.related.iter().flatten().map(|span| (span.end, index)));
    }
    let (mut secrets, mut told) = (Vec::new(), BTreeSet::new());
    findings.retain(|placed| {
        let end = Some(placed).filter(|placed| placed.finding.is_secret).and_then(|_| end_of_key(text, placed.span));
        let Some(key) = end.and_then(|end| keys.get(&end)) else { return true };
        secrets.push(placed.span);
        told.insert(*key);
        false
    });
    // Problems of the form come first, so that their positions are what they were.
    for key in told {
        if let Some(help) = findings.get_mut(key).and_then(|placed| placed.finding.help.as_mut()) {
            help.insert_str(0, "change the secret, since git keeps it; then ");
        }
    }
    secrets
}

fn is_key(placed: &Placed) -> bool {
    matches!(placed.finding.code, "unknown-key" | "misplaced-key")
}

/// Where the key ends whose value begins at a place.
fn end_of_key(text: &str, value: Span) -> Option<u32> {
    let before = text.get(..value.start as usize)?.trim_end_matches([' ', '\t']);
    let key = before.strip_suffix(':')?.trim_end_matches([' ', '\t']).len();
    Some(Span::new(key, key).end)
}
