//! Files of earlier editions brought to 3.2.0: the tree is changed, and the text after it, so that comments, order and quoting
//! stay.

mod definitions;
mod keys;
mod notes;
mod options;
mod people;
pub(in crate::format) mod rules;
pub(in crate::format) mod servers;
mod v2;
mod v2_quality;
mod v2_servers;
mod v3;

use super::version::Version;
use crate::format::written::{Outcome, Written};
use crate::model::Path;
use crate::source::edit::{Refused, rewrite};
use crate::source::words::quoted;
use crate::source::{Node, emit};

pub(in crate::format) use notes::{CUSTOM, Notes, keep, keep_all, listed};
use v3::close;

/// Whether a document is written in an edition of the standard that pact does not read but can migrate. `apiVersion` was
/// optional then.
pub(in crate::format) fn is_old(tree: &Node) -> bool {
    if super::foreign(tree) == Some(super::Body::Edition2) {
        return true;
    }
    match tree.get("apiVersion").and_then(Node::text) {
        Some(version) => version.starts_with("v2.") || version.starts_with("2."),
        None => tree.entry("uuid").is_some() && tree.entry("dataset").is_some(),
    }
}

/// A text of an earlier edition in 3.2.0. `tree` is what the text means.
///
/// Where an anchor or an unusual notation stands in the way of changing the text in place, it is written anew as a whole,
/// which a note tells.
pub(in crate::format) fn to_newest(text: &str, tree: &Node) -> Written {
    let mut notes = Notes::default();
    let mut new = tree.clone();
    if is_old(tree) {
        v2::upgrade(&mut new, &mut notes);
    }
    v3::upgrade(&mut new, &mut notes);
    let text = match rewrite(text, tree, &new) {
        Ok(rewritten) => {
            for comment in rewritten.lost {
                let line = text.get(..comment.start).unwrap_or("").matches('\n').count() + 1;
                let shown = quoted(text.get(comment).unwrap_or(""));
                notes.add(
                    &Path::root(),
                    Outcome::Lost,
                    format!("no place is left for the comment of line {line}: {shown}"),
                );
            }
            rewritten.text
        }
        Err(refused) => anew(text, &new, refused, &mut notes),
    };
    Written { text, notes: notes.all }
}

/// The whole text written anew.
fn anew(old: &str, tree: &Node, refused: Refused, notes: &mut Notes) -> String {
    let is_json = old.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    let what = if is_json { "its layout is" } else { "comments, anchors and layout are" };
    notes.add(
        &Path::root(),
        Outcome::Lost,
        format!("the file is written anew, since {}: {what} gone", refused.reason()),
    );
    let literal = tree.literal();
    let text = if is_json { emit::json(&literal) } else { emit::yaml(&literal) };
    if old.contains("\r\n") { text.replace('\n', "\r\n") } else { text }
}

/// What `apiVersion` says after a migration.
pub(in crate::format) const TARGET: &str = Version::NEWEST.api_version();
