//! The templates, and the blanks in them.

/// What a contract is about, and so which template it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Template {
    /// A table of a database
    #[default]
    Table,
    /// A stream of messages
    Topic,
    /// A resource of an API
    Api,
    /// A set of files
    Files,
    /// The consumer's half: who uses a contract, and for what
    Subscription,
}

/// The format that a contract is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standard {
    /// pact's own.
    Native,
    /// The Open Data Contract Standard.
    Odcs,
}

/// What stands in the blanks of a template.
#[derive(Debug, Clone)]
pub(super) struct Blanks<'a> {
    /// The name of the contract or subscription.
    pub(super) name: &'a str,
    /// Where an editor finds the schema.
    pub(super) schema: &'a str,
    /// The contract subscribed to.
    pub(super) contract: &'a str,
    /// The versions of it, as a requirement in YAML.
    pub(super) requirement: &'a str,
    /// Some of its fields.
    pub(super) fields: &'a str,
}

/// Parts that several templates share, by their marks.
const PARTS: &[(&str, &str)] = &[
    ("head", include_str!("templates/parts/head.yaml")),
    ("fields", include_str!("templates/parts/fields.yaml")),
    ("rules", include_str!("templates/parts/rules.yaml")),
    ("people", include_str!("templates/parts/people.yaml")),
    ("life", include_str!("templates/parts/life.yaml")),
];

impl Template {
    /// Its name on the command line.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Topic => "topic",
            Self::Api => "api",
            Self::Files => "files",
            Self::Subscription => "subscription",
        }
    }

    /// What it is about, to follow "for" or "of".
    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Table => "a table",
            Self::Topic => "a topic",
            Self::Api => "an API",
            Self::Files => "a file set",
            Self::Subscription => "a subscription",
        }
    }

    /// The text of a new file.
    pub(super) fn fill(self, standard: Standard, blanks: &Blanks<'_>) -> String {
        let mut text = String::new();
        for line in self.page(standard).lines() {
            match part(line, self) {
                Some((lines, indent)) => lines.lines().for_each(|line| push(&mut text, line, indent)),
                None => push(&mut text, line, 0),
            }
        }
        let dataset = blanks.name.rsplit('.').next().unwrap_or(blanks.name);
        let values = [
            ("{name}", blanks.name),
            ("{dataset}", dataset),
            ("{schema}", blanks.schema),
            ("{what}", self.about()),
            ("{physical_type}", self.name()),
            ("{team}", blanks.name.split('.').next().unwrap_or(blanks.name)),
            ("{contract}", blanks.contract),
            ("{requirement}", blanks.requirement),
            ("{field}", blanks.fields),
        ];
        values.iter().fold(text, |text, (blank, value)| text.replace(blank, value))
    }

    fn page(self, standard: Standard) -> &'static str {
        match (self, standard) {
            (Self::Subscription, _) => include_str!("templates/subscription.yaml"),
            (_, Standard::Odcs) => include_str!("templates/contract.odcs.yaml"),
            (Self::Table, _) => include_str!("templates/table.yaml"),
            (Self::Topic, _) => include_str!("templates/topic.yaml"),
            (Self::Api, _) => include_str!("templates/api.yaml"),
            (Self::Files, _) => include_str!("templates/files.yaml"),
        }
    }

    /// The server of the standard that has such data.
    fn server(self) -> &'static str {
        match self {
            Self::Topic => include_str!("templates/parts/server-topic.yaml"),
            Self::Api => include_str!("templates/parts/server-api.yaml"),
            Self::Files => include_str!("templates/parts/server-files.yaml"),
            Self::Table | Self::Subscription => include_str!("templates/parts/server-table.yaml"),
        }
    }
}

/// The part that a line stands for, `{head}` or `{fields 6}`, and by how many spaces it is indented.
fn part(line: &str, template: Template) -> Option<(&'static str, usize)> {
    let mark = line.strip_prefix('{')?.strip_suffix('}')?;
    let (name, indent) = mark.split_once(' ').unwrap_or((mark, "0"));
    if name == "server" {
        return Some((template.server(), 0));
    }
    let (_, text) = PARTS.iter().find(|(part, _)| *part == name)?;
    Some((text, indent.parse().unwrap_or_default()))
}

fn push(text: &mut String, line: &str, indent: usize) {
    if !line.is_empty() {
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str(line);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::finding::Finding;
    use crate::format::{Content, Document, read_with_tree};
    use crate::lint::{InMemory, Linter, Outline, Subject};
    use crate::model::{Medium, SourceId};
    use crate::source::SourceFile;

    const CONTRACTS: [Template; 4] = [Template::Table, Template::Topic, Template::Api, Template::Files];

    fn every_text() -> impl Iterator<Item = (Template, Standard, String)> {
        let of = |template: Template, standard| {
            let (name, contract) =
                if template == Template::Subscription { ("crm.x", "sales.orders") } else { ("sales.orders", "") };
            let (requirement, fields) = ("^0.1", "id, amount");
            let blanks = Blanks { name, schema: "s.json", contract, requirement, fields };
            (template, standard, template.fill(standard, &blanks))
        };
        let native = CONTRACTS.into_iter().chain([Template::Subscription]).map(move |one| of(one, Standard::Native));
        native.chain(CONTRACTS.into_iter().map(move |one| of(one, Standard::Odcs)))
    }

    /// What `pact lint` says of the first of some files.
    fn findings(texts: &[&str]) -> (Vec<Document>, Vec<Finding>) {
        let read = |(id, text): (u32, &&str)| read_with_tree(SourceId(id), SourceFile::new("contracts/a.yaml", *text));
        let documents: Vec<Document> = (0..).zip(texts).map(read).collect();
        let mut found: Vec<Finding> = documents.iter().flat_map(|document| document.problems.iter().cloned()).collect();
        let linter = Linter::new(date(2026, 1, 5), |rule| rule.by_default);
        let outline = |contract| Arc::new(Outline::of(contract));
        let outlines: Vec<Arc<Outline>> = documents.iter().filter_map(Document::contract).map(outline).collect();
        let store = InMemory::new(&outlines, []);
        let others = linter.across(&store);
        let (first, subscription) = match documents.first() {
            Some(first @ Document { content: Some(Content::Subscription(subscription)), .. }) => {
                (first, Some(&**subscription))
            }
            first => (first.expect("a text"), None),
        };
        let (source, file, tree, contract) = (first.id, &first.file, first.tree(), first.contract());
        found.extend(linter.look_at(Subject { source, file, tree, contract, subscription }));
        if let Some(outline) = outlines.first().filter(|_| contract.is_some()) {
            found.extend(linter.among(outline, &others));
        }
        if let Some(subscription) = subscription {
            found.extend(linter.subscription_among(subscription, &others));
        }
        (documents, found)
    }

    /// What is commented out, as if somebody had taken away the `# ` in front of it. Sentences begin with a capital letter or
    /// go on from one that did.
    fn uncommented(text: &str) -> String {
        let mut whole = String::new();
        let mut prose = false;
        for line in text.lines() {
            let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
            let Some(comment) = rest.strip_prefix("# ").filter(|comment| !comment.starts_with("yaml-language-server"))
            else {
                prose = false;
                whole.push_str(line);
                whole.push('\n');
                continue;
            };
            let word: String = comment
                .trim_start_matches(['-', ' ', '{'])
                .chars()
                .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
                .collect();
            let is_key =
                word.starts_with(|first: char| first.is_ascii_lowercase()) && comment.contains(&format!("{word}:"));
            prose = !is_key && (prose || comment.starts_with(|first: char| first.is_uppercase()));
            if !prose {
                whole.extend([indent, comment, "\n"]);
            }
        }
        whole
    }

    #[test]
    fn a_new_file_has_no_blanks_and_no_findings() {
        let (mut native, customers) = (None, "name: customers\nversion: 1.0.0\nschema: []\n");
        for (template, standard, text) in every_text() {
            let blanks = [
                "{name}",
                "{dataset}",
                "{schema}",
                "{what}",
                "{contract}",
                "{team}",
                "{requirement}",
                "{field",
                "{head",
                "{life",
                "{people",
                "{rules",
                "{server",
            ];
            for blank in blanks {
                assert!(!text.contains(blank), "{template:?} {standard:?}: {blank} is left\n{text}");
            }
            assert!(
                !text.contains("\n\n\n") && text.ends_with('\n') && !text.contains(" \n"),
                "{template:?} {standard:?}"
            );
            let long = text.lines().find(|line| line.chars().count() > 130);
            assert_eq!(long, None, "{template:?} {standard:?}");
            let other = native.get_or_insert_with(|| text.clone());
            let texts: &[&str] =
                if template == Template::Subscription { &[&text, &*other] } else { &[&text, customers] };
            let (documents, found) = findings(texts);
            assert_eq!(found, [], "{template:?} {standard:?}\n{text}");
            match &documents[0].content {
                Some(Content::Contract(contract)) => {
                    let media = [Medium::Table, Medium::Topic, Medium::Resource, Medium::Files];
                    let medium = contract.datasets[0].medium();
                    let wanted =
                        media[CONTRACTS.iter().position(|one| *one == template).expect("a template of a contract")];
                    // The standard has no word for a resource.
                    assert!(medium == wanted || standard == Standard::Odcs, "{template:?}: {medium:?}");
                    assert_eq!(contract.name, "sales.orders");
                }
                Some(Content::Subscription(subscription)) => assert_eq!(subscription.contract, "sales.orders"),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_is_commented_out_is_right_once_it_is_not() {
        let customers = "name: customers\nversion: 1.0.0\npublisher: {team: a}\nschema:\n  - {name: customer_id, data_type: \
                         string, description: b, nullable: false, is_primary_key: true}\n";
        let mut native = None;
        for (template, standard, text) in every_text() {
            let whole = uncommented(&text);
            assert!(whole.lines().count() > text.lines().count() / 2, "{whole}");
            let other = native.get_or_insert_with(|| whole.clone());
            let (_, found) = findings(&[
                &whole,
                customers,
                if template == Template::Subscription { &*other } else { "kind: calendar\nname: c\n" },
            ]);
            let said: Vec<_> = found.iter().map(|finding| (finding.code, &finding.message)).collect();
            assert_eq!(said, [], "{template:?} {standard:?}");
        }
    }
}
