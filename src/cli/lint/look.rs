//! What is found in documents: by their form, by rules, and by what the repository has decided about both.

use crate::cli::workspace::{Documents, Workspace, element};
use crate::finding::Finding;
use crate::finding::policy::{Judged, Subject};
use crate::format::Document;
use crate::io::clock;
use crate::lint;
use crate::model::SourceId;

/// Looks at documents as the repository wants it.
pub(super) struct Look<'a> {
    pub(super) workspace: &'a Workspace,
}

impl Look<'_> {
    /// Everything that is found in some of the documents, and stands.
    pub(super) fn judged(&self, documents: &Documents, targets: &[SourceId]) -> Judged {
        self.workspace.config.policy.apply(found(documents, targets), clock::today(), |finding| Subject {
            contract: documents.name(finding.label.source).unwrap_or_default().to_owned(),
            element: element(finding),
            fingerprint: None,
        })
    }
}

fn found(documents: &Documents, targets: &[SourceId]) -> Vec<Finding> {
    let given: Vec<&Document> = targets.iter().filter_map(|id| documents.get(*id)).collect();
    let mut findings: Vec<Finding> = given.iter().flat_map(|document| document.problems.iter().cloned()).collect();
    // Rules look at sound documents only: what a broken form means is guesswork. Others may still refer to it. A secret is
    // one whatever else is wrong, and has to be known so that no line shows it.
    let (sound, broken): (Vec<&Document>, Vec<&Document>) =
        given.into_iter().partition(|document| document.problems.is_empty());
    let ids = |documents: Vec<&Document>| documents.iter().map(|document| document.id).collect::<Vec<SourceId>>();
    let registry = documents.registry();
    findings.extend(lint::run(&registry, &ids(sound)));
    findings.extend(lint::run(&registry, &ids(broken)).into_iter().filter(|finding| finding.is_secret));
    for finding in &mut findings {
        if let Some(document) = documents.get(finding.label.source) {
            let title = finding.fix.as_mut().map(|fix| &mut fix.title);
            [Some(&mut finding.message), finding.help.as_mut(), title]
                .into_iter()
                .flatten()
                .for_each(|sentence| document.in_its_words(sentence));
        }
    }
    findings
}
