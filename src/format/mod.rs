//! Text to model and back, one file per format. Adapters translate and don't judge: what they refuse is what has no
//! meaning at all.

mod convert;
mod dcs;
mod layout;
pub mod mend;
mod names;
mod native;
mod odcs;
pub mod problems;
mod values;
mod written;

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::IgnoredAny;

use crate::finding::Finding;
use crate::model::{Calendar, Contract, Path, Registry, SourceId, Subscription};
use crate::source::fix::Place;
use crate::source::{Node, Problem, SourceFile, Span, parse, within};

pub use convert::{Standard, anew, dcs_for_native, dcs_to_odcs, migrate};
pub use layout::formatted;
use names::Names;
pub use native::{is_name, meant_name, reference, schema};
pub use odcs::Version as OdcsVersion;
pub use written::{Note, Outcome, Written};

/// What a document turned out to be.
#[derive(Debug, Clone)]
pub enum Content {
    /// A contract or an internal model. It is shared with the registry: a wide one has thousands of parts.
    Contract(Arc<Contract>),
    /// A consumer's subscription.
    Subscription(Box<Subscription>),
    /// A calendar.
    Calendar(Calendar),
}

/// The grammar that a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Grammar {
    /// pact's own.
    #[default]
    Native,
    /// The Open Data Contract Standard.
    Odcs,
}

impl Grammar {
    fn of(tree: &Node) -> Self {
        if odcs::is_written_in(tree) { Self::Odcs } else { Self::Native }
    }
}

/// A document that was read: its meaning, as far as it has one, and everything that is wrong with its form.
#[derive(Debug)]
pub struct Document {
    /// Its identity in this run.
    pub id: SourceId,
    /// Its text.
    pub file: SourceFile,
    /// What it means; `None` where its form leaves that open.
    pub content: Option<Content>,
    /// What is wrong with its form.
    pub problems: Vec<Finding>,
    /// What it is written in.
    grammar: Grammar,
    /// The text as a tree, where it was kept.
    tree: Option<Node>,
}

impl Document {
    /// Adds what it means to everything else that is known.
    pub fn add_to(&self, registry: &mut Registry) {
        match &self.content {
            Some(Content::Contract(contract)) => registry.contracts.push(Arc::clone(contract)),
            Some(Content::Subscription(subscription)) => registry.subscriptions.push((**subscription).clone()),
            Some(Content::Calendar(calendar)) => registry.calendars.push(calendar.clone()),
            None => {}
        }
    }

    /// The contract, if it is one.
    pub fn contract(&self) -> Option<&Contract> {
        if let Some(Content::Contract(contract)) = &self.content { Some(contract) } else { None }
    }

    /// What a contract in it is called, though it may mean nothing certain: its name, and its `id` where that is another.
    /// `None` where the tree was not kept, and for what is no contract or has no name.
    pub fn called(&self) -> Option<(String, Option<String>)> {
        let tree = self.tree.as_ref()?;
        let named = |key: &str| tree.get(key).and_then(Node::scalar_text).filter(|name| !name.trim().is_empty());
        let is_contract = match self.grammar {
            Grammar::Native => !matches!(tree.get("kind").and_then(Node::text), Some("subscription" | "calendar")),
            Grammar::Odcs => true,
        };
        let id = named("id");
        let name = named("name").or_else(|| id.clone().filter(|_| self.grammar == Grammar::Odcs));
        let name = name.filter(|_| is_contract)?;
        Some((name.clone(), id.filter(|id| *id != name)))
    }

    /// A document without meaning, such as one that can't be read.
    pub fn of_text(id: SourceId, file: SourceFile, problems: Vec<Finding>) -> Self {
        Self { id, file, content: None, problems, grammar: Grammar::default(), tree: None }
    }

    /// Its text as a tree, where it was kept.
    pub fn tree(&self) -> Option<&Node> {
        self.tree.as_ref()
    }

    /// Lets go of its meaning and its tree and, if `text` says so, of its text: of ten thousand documents few have to be shown.
    pub fn forget(&mut self, text: bool) {
        (self.content, self.tree) = (None, None);
        if text {
            self.file = SourceFile::new(self.file.path(), "");
        }
    }

    /// Takes a text that was let go of back in.
    pub fn remember(&mut self, text: String) {
        self.file = SourceFile::new(self.file.path(), text);
    }

    /// A sentence that is said of the document, in the words that it is written in.
    pub fn in_its_words(&self, sentence: &mut String) {
        if self.grammar == Grammar::Odcs
            && let Cow::Owned(reworded) = odcs::reworded(sentence)
        {
            *sentence = reworded;
        }
    }

    /// Finds elements of the document in its text. Where its tree was not kept the text is parsed again for that, once for
    /// any number of elements: findings are few, and keeping every tree would cost more.
    pub fn places(&self) -> Places<'_> {
        let kept = self.tree.as_ref().map(Cow::Borrowed);
        let tree = kept.or_else(|| parse(self.file.text()).ok().map(Cow::Owned));
        Places { text: self.file.text(), tree, grammar: self.grammar, names: Names::default() }
    }
}

/// Finds elements in a document's text.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    tree: Option<Cow<'a, Node>>,
    grammar: Grammar,
    names: Names,
}

impl Places<'_> {
    /// A place in the text.
    pub fn at(&self, place: &Place) -> Span {
        match place {
            Place::Span(span) => *span,
            Place::Element(path) => self.find(path),
            Place::Within(path, part) => self.part(path, *part).unwrap_or_else(|| self.find(path)),
        }
    }

    /// A part of the text that an element has for its value; `None` where that is not told apart in the file.
    fn part(&self, path: &Path, part: Span) -> Option<Span> {
        let tree = self.tree.as_ref()?;
        let node = match self.grammar {
            Grammar::Native => native::node(tree, path.steps(), &self.names),
            Grammar::Odcs => odcs::value_node(tree, path, &self.names),
        };
        within(self.text, node?, part)
    }

    /// The place of an element: of the name for what has a name, of the value for what has a value, of the nearest element
    /// around it for what is not there.
    pub fn find(&self, path: &Path) -> Span {
        let find = match self.grammar {
            Grammar::Native => native::find,
            Grammar::Odcs => odcs::find,
        };
        self.tree.as_ref().map_or_else(Span::default, |tree| find(tree, path, &self.names))
    }
}

/// A contract in the native format. The text is always read without a problem, as the same contract but for what the notes
/// tell.
pub fn write_native(contract: &Contract) -> Written {
    let mut written = native::write(contract);
    written.notes.extend(odcs::left(contract));
    layout::canonical(written)
}

/// Writes a contract as a file of a version of the Open Data Contract Standard, and tells what the standard can't say as it was
/// said. The text is read as the same contract.
pub fn write_odcs(contract: &Contract, version: OdcsVersion) -> Written {
    layout::canonical(odcs::write(contract, version))
}

/// Reads a document.
pub fn read(id: SourceId, file: SourceFile) -> Document {
    Document { tree: None, ..read_with_tree(id, file) }
}

/// A tree, unless the name of its file says that it is JSON and it is none: other tools could not read it.
fn as_named(tree: Node, file: &SourceFile) -> Result<Node, Problem> {
    let is_json = file.path().extension().is_some_and(|ending| ending == "json");
    let read = if is_json { serde_json::from_str::<IgnoredAny>(file.text()) } else { return Ok(tree) };
    let Err(error) = read else { return Ok(tree) };
    let before = file.text().split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = file.text().floor_char_boundary(before + error.column().saturating_sub(1));
    let message = "the file has the name of a JSON file, and this is not JSON";
    let help = "write it as JSON, or give it the name of a YAML file";
    Err(Problem::new("yaml-syntax", Span::new(at, at), message).help(help))
}

/// Reads a document of which many elements will be looked for: its tree is kept.
pub fn read_with_tree(id: SourceId, file: SourceFile) -> Document {
    let (tree, grammar, (content, problems)) = match parse(file.text()).and_then(|tree| as_named(tree, &file)) {
        Ok(tree) => {
            let grammar = Grammar::of(&tree);
            let read = match grammar {
                Grammar::Native => native::read(id, &tree),
                Grammar::Odcs => odcs::read(id, &tree),
            };
            (Some(tree), grammar, read)
        }
        Err(problem) => (None, Grammar::default(), (None, vec![problem])),
    };
    let problems = problems.into_iter().map(|problem| Finding::from_problem(id, problem)).collect();
    Document { id, file, content, problems, grammar, tree }
}
