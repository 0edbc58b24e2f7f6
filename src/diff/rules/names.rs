//! Names: those by which readers know a thing in the physical store, and those by which contracts do.

use super::align::Match;
use super::{At, Changes, text, texts};
use crate::finding::change::{ChangeMeta, Sureness};
use crate::source::words::quoted;

/// The names of a thing.
pub(super) struct Names<'a> {
    pub(super) name: &'a str,
    pub(super) physical_name: Option<&'a str>,
    pub(super) aliases: &'a [String],
}

impl Names<'_> {
    /// The name by which queries know it: the physical one; without one it is the logical one.
    fn served(&self) -> &str {
        self.physical_name.unwrap_or(self.name)
    }

    fn answers_to(&self, name: &str) -> bool {
        self.served() == name || self.aliases.iter().any(|alias| alias == name)
    }
}

/// What changes of names are called.
pub(super) struct Codes {
    /// Readers have to use another name.
    pub(super) renamed: &'static ChangeMeta,
    /// Both names answer.
    pub(super) aliased: &'static ChangeMeta,
    /// The physical name is another one, the logical one is not.
    pub(super) physical: &'static ChangeMeta,
    /// The logical name is another one, the physical one is not.
    pub(super) logical: &'static ChangeMeta,
    /// The letter case of the name is another one.
    pub(super) case: &'static ChangeMeta,
    /// What the thing is called in messages.
    pub(super) noun: &'static str,
}

/// Compares the names of a thing.
pub(super) fn compare(changes: &mut Changes, at: &At, codes: &Codes, base: &Names<'_>, head: &Names<'_>, why: Match) {
    let (before, after) = (base.served(), head.served());
    let same_name = base.name == head.name;
    let physical = || (Some(text(before)), Some(text(after)), "physical_name");
    let logical = || (Some(text(base.name)), Some(text(head.name)), "name");
    let (meta, (old, new, key)) = if before == after {
        if !same_name {
            let (old, new, key) = logical();
            changes.property(codes.logical, at, key, old, new);
        }
        return aliases(changes, at, codes, base, head);
    } else if head.answers_to(before) {
        (codes.aliased, if same_name { physical() } else { logical() })
    } else if same_name {
        (codes.physical, physical())
    } else if before.to_lowercase() == after.to_lowercase() {
        (codes.case, logical())
    } else {
        (codes.renamed, logical())
    };
    let change = changes.property(meta, at, key, old, new);
    if why == Match::Evidence {
        change.sure = Sureness::Possible;
        let noun = codes.noun;
        change.help =
            Some(format!("is it the same {noun}? then add `previously: [{}]` to {}", base.name, quoted(head.name)));
    }
    if std::ptr::eq(meta, codes.aliased) {
        // What else answered before and no longer does is another break.
        lost(changes, at, codes, base, head);
    }
}

/// Names beside the first: to answer to one no longer is a rename that has come to its end.
fn aliases(changes: &mut Changes, at: &At, codes: &Codes, base: &Names<'_>, head: &Names<'_>) {
    lost(changes, at, codes, base, head);
    let new = || head.aliases.iter().filter(|alias| !base.answers_to(alias));
    if new().next().is_some() {
        changes.property(codes.aliased, at, "aliases", None, Some(texts(new())));
    }
}

fn lost(changes: &mut Changes, at: &At, codes: &Codes, base: &Names<'_>, head: &Names<'_>) {
    let gone = || base.aliases.iter().filter(|alias| !head.answers_to(alias));
    if gone().next().is_some() {
        let names: Vec<String> = gone().map(|alias| quoted(alias)).collect();
        let change = changes.property(codes.renamed, at, "aliases", Some(texts(gone())), None);
        let all = names.join(" and ");
        change.help =
            Some(format!("the {} answers to {all} no longer: it is {} alone", codes.noun, quoted(head.served())));
    }
}
