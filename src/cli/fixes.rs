//! What the fixes of findings change, for reports that show it.

use std::collections::{HashMap, HashSet};

use crate::finding::Finding;
use crate::format::Document;
use crate::format::mend::Resolver;
use crate::model::SourceId;
use crate::report::Mend;
use crate::source::Span;

/// So many bytes are gone through for the fixes of one document. Each costs a look at all of it: a file that has a thousand
/// fixes in a megabyte was made to keep pact busy.
const PATIENCE: usize = 64 << 20;

/// Finds out what fixes change.
pub(super) struct Fixes<'a> {
    open: HashMap<SourceId, Option<(Resolver<'a>, usize)>>,
    /// Documents with a secret in them, which an edit could repeat.
    secret: HashSet<SourceId>,
}

impl<'a> Fixes<'a> {
    /// For the given findings and the others of their documents.
    pub(super) fn new<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let secret = findings.into_iter().filter(|finding| finding.is_secret);
        Self { open: HashMap::new(), secret: secret.map(|finding| finding.label.source).collect() }
    }

    /// What the fix of a finding in a document changes; `None` where there is none that can be made.
    pub(super) fn of(&mut self, finding: &'a Finding, document: &'a Document) -> Option<Mend<'a>> {
        let fix = finding.fix.as_deref()?;
        let open = self.open.entry(document.id);
        let (resolver, spent) = open.or_insert_with(|| Some((Resolver::of(document)?, 0))).as_mut()?;
        *spent += document.file.text().len();
        if *spent > PATIENCE {
            return Some(Mend { fix, edits: Vec::new() });
        }
        let edits = resolver.edits(fix).ok()?;
        if self.secret.contains(&finding.label.source) {
            return Some(Mend { fix, edits: Vec::new() });
        }
        let edits = edits.into_iter().map(|(range, text)| (Span::new(range.start, range.end), text));
        Some(Mend { fix, edits: edits.collect() })
    }
}
