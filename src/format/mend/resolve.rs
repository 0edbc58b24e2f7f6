//! The edits of a fix, found in the tree of a document.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Unmended;
use super::changes::{Changes, Id, new};
use crate::format::names::Names;
use crate::format::{Document, Grammar, native, odcs};
use crate::model::{Literal, Path};
use crate::source::edit::{Edits, Shifts, rewrite};
use crate::source::fix::{Edit, Fix, Place};
use crate::source::{Entry, Node, Span, Value, parse};

/// The tree of a document, in which places are found.
#[derive(Debug)]
pub struct Resolver<'d> {
    text: &'d str,
    tree: Cow<'d, Node>,
    grammar: Grammar,
    names: Names,
}

/// The nodes of a tree by their places, and the entries of mappings by their values.
#[derive(Debug, Default)]
pub(super) struct Index<'t> {
    by_key: HashMap<Span, &'t Entry>,
    by_value: HashMap<Span, &'t Node>,
    /// The place of a list of one mapping may be that of the mapping.
    mappings: HashMap<Span, &'t Node>,
    entries: HashMap<Id, &'t Entry>,
}

impl<'t> Index<'t> {
    fn of(tree: &'t Node) -> Self {
        let mut index = Self::default();
        let mut waiting = vec![tree];
        // In the order of the text: an alias has the place of its anchor, which comes first.
        while let Some(node) = waiting.pop() {
            index.by_value.entry(node.span).or_insert(node);
            if matches!(node.value, Value::Map(_) | Value::Null) {
                index.mappings.entry(node.span).or_insert(node);
            }
            for entry in node.entries() {
                index.by_key.entry(entry.key_span).or_insert(entry);
                index.entries.insert(&raw const entry.value, entry);
            }
            let inner = node.items().iter().chain(node.entries().iter().map(|entry| &entry.value));
            let before = waiting.len();
            waiting.extend(inner);
            if let Some(added) = waiting.get_mut(before..) {
                added.reverse();
            }
        }
        index
    }
}

/// What a fix does to a text: changes of its tree, changes of bytes that no tree has, and where it does so.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub(super) changes: Changes,
    pub(super) bytes: Vec<(Range<usize>, String)>,
    /// The parts of the text that it is about.
    pub(super) parts: Vec<Range<usize>>,
    /// What gets another key, and is looked at for the first time under it.
    pub(super) opened: Vec<Range<usize>>,
    /// Keys that it adds, with the mapping.
    pub(super) added: Vec<(Id, String)>,
}

impl<'d> Resolver<'d> {
    /// Looks at a document; `None` where it has no tree.
    pub fn of(document: &'d Document) -> Option<Self> {
        let text = document.file.text();
        let kept = document.tree.as_ref().map(Cow::Borrowed);
        let tree = kept.or_else(|| parse(text).ok().map(Cow::Owned))?;
        Some(Self { text, tree, grammar: document.grammar, names: Names::default() })
    }

    /// What a fix changes: which bytes, and what comes in their place, in the order of the text.
    ///
    /// # Errors
    ///
    /// The text can't be changed so without changing another part of it.
    pub fn edits(&self, fix: &Fix) -> Result<Vec<(Range<usize>, String)>, Unmended> {
        let resolved = self.resolve(fix, &self.index())?;
        self.bytes_of(&resolved.changes, resolved.bytes)
    }

    pub(super) fn index(&self) -> Index<'_> {
        Index::of(&self.tree)
    }

    /// The text with changes of its tree and of bytes, and where its parts are then.
    pub(super) fn changed(
        &self,
        changes: &Changes,
        bytes: Vec<(Range<usize>, String)>,
    ) -> Result<(String, Shifts), Unmended> {
        let mut edits = Edits::default();
        for (range, text) in self.bytes_of(changes, bytes)? {
            edits.replace(range, text);
        }
        edits.apply(self.text, 0..self.text.len()).map_err(Unmended::Refused)
    }

    fn bytes_of(
        &self,
        changes: &Changes,
        bytes: Vec<(Range<usize>, String)>,
    ) -> Result<Vec<(Range<usize>, String)>, Unmended> {
        if changes.is_empty() {
            return Ok(bytes);
        }
        let rewritten = rewrite(self.text, &self.tree, &changes.applied(&self.tree)).map_err(Unmended::Refused)?;
        if !rewritten.lost.is_empty() {
            return Err(Unmended::CommentLost);
        }
        let mut edits = rewritten.edits;
        edits.extend(bytes);
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        Ok(edits)
    }

    /// Finds the edits of a fix.
    pub(super) fn resolve(&self, fix: &Fix, index: &Index<'_>) -> Result<Resolved, Unmended> {
        let mut resolved = Resolved::default();
        for edit in &fix.edits {
            self.edit(edit, index, &mut resolved).ok_or(Unmended::NotThere)?;
        }
        if self.leaves_comments(fix, index) {
            return Err(Unmended::CommentLeft);
        }
        Ok(resolved)
    }

    /// Whether items of a list go away or change places, and comments at them stay where they are.
    fn leaves_comments(&self, fix: &Fix, index: &Index<'_>) -> bool {
        let texts: HashSet<String> = match fix.edits.as_slice() {
            [_, _, ..] => fix.edits.iter().filter_map(|edit| self.replaced(edit, index)?.scalar_text()).collect(),
            _ => HashSet::new(),
        };
        let places = fix.edits.iter().filter_map(|edit| match edit {
            Edit::Remove(place) => Some(place),
            Edit::Value(place, Literal::Text(text)) if texts.contains(text) => Some(place),
            _ => None,
        });
        let nodes = places.filter_map(|place| self.node(place, index));
        let mut items = nodes.filter(|node| !index.entries.contains_key(&std::ptr::from_ref(*node)));
        items.any(|item| self.has_comment(item))
    }

    /// The node whose value an edit replaces.
    fn replaced<'t>(&'t self, edit: &Edit, index: &Index<'t>) -> Option<&'t Node> {
        match edit {
            Edit::Value(place, _) => self.node(place, index),
            _ => None,
        }
    }

    /// Whether a comment stands beside an item of a list that has one line, or on the line above it.
    fn has_comment(&self, item: &Node) -> bool {
        let start = item.span.start as usize;
        let end = start + self.text.get(item.span.range()).unwrap_or_default().trim_end().len();
        let before = self.text.get(..start).unwrap_or_default();
        let above = before.rfind('\n').and_then(|end| self.text.get(..end)).unwrap_or_default();
        let above = above.rsplit('\n').next().unwrap_or_default();
        let dash = before.rsplit('\n').next().unwrap_or_default().trim();
        let beside = self.text.get(end..).unwrap_or_default().lines().next().unwrap_or_default();
        let beside = beside.trim_start_matches([' ', '\t', ',']);
        dash == "-" && above.trim_start().starts_with('#') || beside.starts_with('#')
    }

    fn edit(&self, edit: &Edit, index: &Index<'_>, into: &mut Resolved) -> Option<()> {
        match edit {
            Edit::Bytes(span, text) => {
                self.text.get(span.range())?;
                into.parts.push(span.range());
                into.bytes.push((span.range(), text.clone()));
            }
            Edit::Value(place, value) => {
                let (node, is_opposite) = self.value(place, index)?;
                into.parts.push(node.span.range());
                into.changes.value(node, opposite(value, is_opposite)?);
            }
            Edit::Quote(place, more) => {
                let node = self.node(place, index)?;
                let written = self.text.get(node.span.range()).filter(|_| node.scalar_text().is_some())?;
                into.parts.push(node.span.range());
                into.changes.value(node, Literal::Text(format!("{written}{more}")));
            }
            Edit::Rename(place, key) => {
                let entry = self.entry(place, index)?;
                into.parts.push(entry.key_span.range());
                into.opened.push(entry.value.span.range());
                into.changes.rename(&entry.value, key.clone());
            }
            Edit::Remove(place) => {
                let node = self.entry(place, index).map(|entry| &entry.value).or_else(|| self.node(place, index))?;
                into.parts.push(whole(node, index));
                into.changes.remove(node);
            }
            Edit::Insert(place, key, value) => {
                let (mapping, key, is_opposite) = self.mapping(place, key, index)?;
                let value = opposite(value, is_opposite)?;
                match mapping.get(&key) {
                    Some(there) => {
                        into.parts.push(there.span.range());
                        into.changes.value(there, value);
                    }
                    None => into.add(mapping, Entry::new(key, new(&value))),
                }
            }
            Edit::Move(from, to) => {
                let (entry, (mapping, ..)) = (self.entry(from, index)?, self.mapping(to, "", index)?);
                into.parts.push(whole(&entry.value, index));
                into.changes.remove(&entry.value);
                into.add(mapping, entry.clone());
            }
            Edit::MoveBelow(from, to, key) => {
                let (entry, (mapping, ..)) = (self.entry(from, index)?, self.mapping(to, "", index)?);
                into.parts.push(whole(&entry.value, index));
                into.changes.remove(&entry.value);
                let mut below = Node::mapping();
                below.entries_mut()?.push(entry.clone());
                into.add(mapping, Entry::new(key.as_str(), below));
            }
        }
        Some(())
    }

    /// The node at a place.
    fn node<'t>(&'t self, place: &Place, index: &Index<'t>) -> Option<&'t Node> {
        self.value(place, index).map(|(node, _)| node)
    }

    /// The node of a value, and whether it says the opposite of what the model does.
    fn value<'t>(&'t self, place: &Place, index: &Index<'t>) -> Option<(&'t Node, bool)> {
        match place {
            Place::Span(span) => {
                let by_key = || index.by_key.get(span).map(|entry| &entry.value);
                Some((index.by_value.get(span).copied().or_else(by_key)?, false))
            }
            // A part of a text is no node.
            Place::Within(..) => None,
            Place::Element(path) => match self.grammar {
                Grammar::Native => Some((native::node(&self.tree, path.steps(), &self.names)?, false)),
                Grammar::Odcs => {
                    let written = odcs::node(&self.tree, path, &self.names)?;
                    Some((written.node, written.is_opposite))
                }
            },
        }
    }

    /// The entry at a place: that of a key, or that of a value.
    fn entry<'t>(&'t self, place: &Place, index: &Index<'t>) -> Option<&'t Entry> {
        if let Place::Span(span) = place
            && let Some(entry) = index.by_key.get(span)
        {
            return Some(entry);
        }
        let node: Id = self.node(place, index)?;
        index.entries.get(&node).copied()
    }

    /// The mapping at a place, and how it calls what the model has under a key.
    fn mapping<'t>(&'t self, place: &Place, key: &str, index: &Index<'t>) -> Option<(&'t Node, String, bool)> {
        match (place, self.grammar) {
            (Place::Within(..), _) => None,
            (Place::Span(span), _) => Some((index.mappings.get(span).copied()?, key.to_owned(), false)),
            (Place::Element(path), Grammar::Odcs) => {
                let written = odcs::place_of_key(&self.tree, path, key, &self.names)?;
                Some((written.node, written.key?.to_owned(), written.is_opposite))
            }
            (Place::Element(path), Grammar::Native) if *path == Path::root() => {
                Some((&self.tree, key.to_owned(), false))
            }
            (Place::Element(_), Grammar::Native) => {
                let mapping = self.node(place, index)?;
                matches!(mapping.value, Value::Map(_) | Value::Null).then(|| (mapping, key.to_owned(), false))
            }
        }
    }
}

impl Resolved {
    fn add(&mut self, mapping: &Node, entry: Entry) {
        self.added.push((mapping, entry.key.to_string()));
        self.changes.add(mapping, entry);
    }
}

/// The part of the text that an entry or an item has.
fn whole(node: &Node, index: &Index<'_>) -> Range<usize> {
    let id: Id = node;
    let start = index.entries.get(&id).map_or(node.span.start, |entry| entry.key_span.start);
    start as usize..(node.span.end.max(start) as usize)
}

fn opposite(value: &Literal, is_opposite: bool) -> Option<Literal> {
    match (value, is_opposite) {
        (Literal::Bool(value), true) => Some(Literal::Bool(!value)),
        (_, true) => None,
        (value, false) => Some(value.clone()),
    }
}
