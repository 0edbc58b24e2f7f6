//! The dictionary as Markdown, as documentation that people commit: the same contracts give the same bytes.

use std::fmt::Write as _;

use super::cells::{described, guarded, keys, typed};
use super::{Dictionary, Section};
use crate::model::{Contract, ContractKind};
use crate::report::counted;
use crate::report::sanitize::markdown as escaped;

/// A chapter for each contract, a table for each of its datasets.
pub fn markdown(dictionary: &Dictionary<'_>) -> String {
    let counts = dictionary.counts();
    let mut text = format!(
        "# Data dictionary\n\n{} in {} of {}.\n",
        counted(counts.fields, "field"),
        counted(counts.datasets, "dataset"),
        counted(counts.contracts, "contract"),
    );
    let mut last = None;
    for section in &dictionary.sections {
        if last != Some(&section.contract.name) {
            chapter(&mut text, section.contract);
            last = Some(&section.contract.name);
        }
        table(&mut text, section);
    }
    text
}

fn chapter(text: &mut String, contract: &Contract) {
    let model = if contract.kind == ContractKind::Model { " (internal model)" } else { "" };
    let _ = writeln!(text, "\n## {} {}{model}\n", escaped(&contract.name), escaped(&contract.version_text()));
    if let Some(description) = &contract.description {
        let _ = writeln!(text, "{}\n", escaped(description));
    }
    let publisher = &contract.publisher;
    let facts = [
        ("Title", contract.title.as_deref()),
        ("Status", Some(contract.status.name())),
        ("Domain", contract.domain.as_deref()),
        ("Team", publisher.team.as_deref()),
        ("Owner", publisher.owner.as_deref()),
        ("Contact", publisher.contact_email.as_deref()),
        ("License", contract.terms.as_deref().and_then(|terms| terms.license.as_deref())),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(text, "- {name}: {}", escaped(value));
        }
    }
}

fn table(text: &mut String, section: &Section<'_>) {
    let dataset = section.dataset;
    if !section.contract.short_form {
        let _ = writeln!(text, "\n### {}", escaped(&dataset.name));
    }
    if let Some(deprecated) = &dataset.deprecated {
        let instead =
            deprecated.replaced_by.as_ref().map_or_else(String::new, |name| format!(", use {}", escaped(name)));
        let _ = writeln!(text, "\nDeprecated{instead}.");
    }
    if let Some(description) = &dataset.description {
        let _ = writeln!(text, "\n{}", escaped(description));
    }
    text.push_str("\n| field | type | null | key | guarded | used by | description |\n|---|---|---|---|---|---|---|\n");
    for entry in &section.entries {
        let cells = [
            escaped(&entry.path),
            escaped(&typed(entry)),
            if entry.field.nullable { "yes" } else { "no" }.to_owned(),
            escaped(&keys(entry)),
            escaped(&guarded(entry)),
            escaped(&entry.users.join(", ")),
            escaped(&described(entry)),
        ];
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::dictionary::Filter;
    use crate::view::erd::tests::registry;

    #[test]
    fn a_page_can_be_committed() {
        let registry = registry(&["name: customers\nversion: 1.0.0\npublisher: {team: crm}\nschema:\n\
             - {name: e_mail, data_type: string, nullable: false, is_pii: true, classification: secret,\n   \
             description: 'a | b', deprecated: {replaced_by: mail}}\n"]);
        let page = markdown(&Dictionary::new(&registry, &Filter::default()));
        let expected = "\
# Data dictionary

1 field in 1 dataset of 1 contract.

## customers 1.0.0

- Status: draft
- Team: crm

| field | type | null | key | guarded | used by | description |
|---|---|---|---|---|---|---|
| e\\_mail | string | no |  | PII, secret |  | Deprecated, use mail. a \\| b |
";
        assert_eq!(page, expected);
    }

    #[test]
    fn text_of_strangers_makes_no_markdown() {
        let registry = registry(&["name: a\nversion: 1.0.0\ndescription: \"# x\\n## y <script>\"\nschema:\n\
             - {name: \"<b>|`x`\", data_type: string, description: \"[x](javascript:alert) \\x1b[31m\"}\n"]);
        let page = markdown(&Dictionary::new(&registry, &Filter::default()));
        assert!(!page.contains("<script>") && !page.contains("<b>") && !page.contains('\u{1b}'), "{page}");
        assert!(page.contains("\n\\# x \\#\\# y") && page.contains("\\[x\\]\\(javascript"), "{page}");
    }
}
