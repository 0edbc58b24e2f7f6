//! A text to its layout: what each comment and each blank line belongs to.

use std::mem;

use super::Refused;
use super::gap::{Gap, Token, column};
use super::tree::{Collection, Document, Item, Key, Line, Value};
use crate::source::Span;
use crate::source::yaml::{Part, Placed};

/// Reads the layout of a text, whose line ends are single letters.
pub(super) fn read<'t>(text: &'t str, parts: &[Placed]) -> Result<Document<'t>, Refused> {
    let at = text.len() - text.trim_start_matches('\u{feff}').len();
    let root = Collection { items: vec![Item::default()], ..Collection::default() };
    let document = Document::default();
    let mut reader = Reader { text, at, begin: at, open: vec![root], keyed: Vec::new(), closing: 0, document };
    for part in parts {
        reader.part(part)?;
    }
    reader.finish()
}

struct Reader<'t> {
    text: &'t str,
    /// The end of what was read.
    at: usize,
    /// Where the text begins.
    begin: usize,
    /// The collections that have not ended. The first one stands for the document, with the root as its item.
    open: Vec<Collection<'t>>,
    /// For each of them but the first, whether its last item has a key that waits for its value.
    keyed: Vec<bool>,
    /// How many of them have ended: what follows tells which comments are still theirs.
    closing: usize,
    document: Document<'t>,
}

/// What was found between two parts.
#[derive(Default)]
struct Found<'t> {
    /// Comments on lines of their own, with their columns.
    lines: Vec<(usize, Line<'t>)>,
    properties: Vec<&'t str>,
    /// What begins a block of lines, and the offset behind it.
    header: Option<(usize, &'t str)>,
    /// Where the first of anchor, tag and the part itself stands.
    start: usize,
    /// Whether a blank line stands before that.
    blank: bool,
    /// Whether the part stands on a line below what was before it.
    is_below: bool,
}

/// Where a search between parts ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// At the part.
    Part(usize),
    /// At an item in brackets, before its anchor and its tag.
    Item,
    /// Behind the dash of an item.
    Dash,
    /// Behind so many of anchor and tag.
    Properties(usize),
}

impl<'t> Reader<'t> {
    fn part(&mut self, placed: &Placed) -> Result<(), Refused> {
        let (start, end) = (placed.span.start as usize, placed.span.end as usize);
        if placed.part == Part::End {
            return self.end(start, end);
        }
        let parent = self.open.len() - self.closing;
        let (is_root, is_map) = (parent == 1, self.open.get(parent - 1).is_some_and(|parent| parent.is_map));
        let waits = parent.checked_sub(2).and_then(|index| self.keyed.get(index)).copied().unwrap_or(false);
        if is_map && !waits {
            return self.key(placed);
        }
        if !is_root && !is_map {
            self.item(start)?;
        }
        if is_map && let Some(keyed) = self.keyed.last_mut() {
            *keyed = false;
        }
        self.value(placed, start, end)
    }

    /// Takes in a key, with which a new item begins.
    fn key(&mut self, placed: &Placed) -> Result<(), Refused> {
        let (start, end) = (placed.span.start as usize, placed.span.end as usize);
        if !matches!(placed.part, Part::Scalar { is_block: false } | Part::Alias) {
            return Err(Refused::Unusual(placed.span));
        }
        let found = self.search(start, Until::Part(placed.properties))?;
        let above = self.close(found.lines);
        let text = self.text.get(start..end).unwrap_or("");
        let key = Key { properties: found.properties, text, at: start };
        self.add(Item { above, blank: found.blank, key: Some(key), ..Item::default() }, found.start);
        if let Some(keyed) = self.keyed.last_mut() {
            *keyed = true;
        }
        self.at = self.at.max(end);
        Ok(())
    }

    /// Begins an item of a list, whose value stands at an offset or behind it.
    fn item(&mut self, start: usize) -> Result<(), Refused> {
        let is_flow = self.open.get(self.open.len() - 1 - self.closing).is_some_and(|list| list.is_flow);
        let found = if is_flow { self.search(start, Until::Item)? } else { self.search(self.text.len(), Until::Dash)? };
        let above = self.close(found.lines);
        self.add(Item { above, blank: found.blank, ..Item::default() }, found.start);
        Ok(())
    }

    /// Takes in the value of the last item.
    fn value(&mut self, placed: &Placed, start: usize, end: usize) -> Result<(), Refused> {
        let until = match placed.part {
            Part::List { is_flow: false } | Part::Map { is_flow: false } => Until::Properties(placed.properties),
            // Where nothing is written, what follows belongs to the next part; a pair in a list begins with its key.
            Part::Scalar { is_block: false } | Part::Map { .. } if start == end => Until::Properties(placed.properties),
            _ => Until::Part(placed.properties),
        };
        let found = match until {
            Until::Properties(0) => Found::default(),
            until => self.search(start, until)?,
        };
        let text = self.text;
        let above = found.lines.into_iter().map(|(_, line)| line);
        let Some(item) = self.open.last_mut().and_then(|parent| parent.items.last_mut()) else { return Ok(()) };
        item.above.extend(above);
        item.properties = found.properties;
        match placed.part {
            Part::Alias | Part::Scalar { is_block: false } if start < end => {
                let text = text.get(start..end).unwrap_or("");
                item.value = Value::Scalar { text, is_below: found.is_below };
                self.at = end;
            }
            Part::Scalar { is_block: true } => {
                let (at, header) = found.header.ok_or(Refused::Unusual(placed.span))?;
                self.block(header, at, end);
            }
            Part::List { is_flow } | Part::Map { is_flow } => {
                let is_map = matches!(placed.part, Part::Map { .. });
                self.open.push(Collection { is_map, is_flow, ..Collection::default() });
                self.keyed.push(false);
                if is_flow {
                    self.at = self.at.max(end);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in the lines of a block, which begin below its header.
    fn block(&mut self, header: &'t str, behind: usize, end: usize) {
        let line = self.text.get(behind..).and_then(|rest| rest.find('\n'));
        let begin = line.map_or(self.text.len(), |newline| behind + newline + 1);
        let content = self.text.get(begin..end.max(begin)).unwrap_or("");
        let parent = self.open.last().map_or(0, |parent| parent.column);
        let told = header.bytes().find(u8::is_ascii_digit).map(|digit| parent + usize::from(digit - b'0'));
        let first = content.split('\n').find(|line| !line.trim_matches(' ').is_empty()).unwrap_or("");
        let indent = told.unwrap_or(first.len() - first.trim_start_matches(' ').len());
        // Blank lines at the end belong to the text only where the header keeps them.
        let content = if header.contains('+') { content } else { without_blank_end(content, indent) };
        // The end of the last line is read again, as that of a line.
        self.at = begin + content.strip_suffix('\n').unwrap_or(content).len();
        if content.is_empty() {
            self.at = line.map_or(begin, |_| begin - 1);
        }
        if let Some(item) = self.open.last_mut().and_then(|parent| parent.items.last_mut()) {
            item.value = Value::Block { header, content, indent };
        }
    }

    /// Ends the innermost collection: at its bracket, or when what follows is known.
    fn end(&mut self, start: usize, end: usize) -> Result<(), Refused> {
        let is_flow = self.open.last().is_some_and(|collection| collection.is_flow);
        if !is_flow || self.closing > 0 {
            self.closing += 1;
            return Ok(());
        }
        if start < end {
            let found = self.search(start, Until::Part(0))?;
            if let Some(collection) = self.open.last_mut() {
                collection.below.extend(found.lines.into_iter().map(|(_, line)| line));
            }
            self.at = end;
        }
        self.pop();
        Ok(())
    }

    fn finish(mut self) -> Result<Document<'t>, Refused> {
        self.closing = self.open.len() - 1;
        let found = self.search(self.text.len(), Until::Part(0))?;
        let tail = self.close(found.lines);
        self.document.tail = tail;
        self.document.root = self.open.pop().and_then(|mut root| root.items.pop()).unwrap_or_default();
        let above = mem::take(&mut self.document.root.above);
        self.document.head.extend(above);
        self.document.take_head();
        Ok(self.document)
    }

    /// Goes through what stands before a part. Comments beside what was before it are put there.
    fn search(&mut self, start: usize, until: Until) -> Result<Found<'t>, Refused> {
        let mut gap = Gap::new(self.text, self.at);
        let mut found = Found::default();
        let mut begun = None;
        loop {
            if matches!(until, Until::Properties(wanted) if found.properties.len() == wanted) {
                break;
            }
            let next = gap.next(start).map_err(|at| Refused::Unusual(Span::new(at, at + 1)))?;
            let Some((at, token)) = next else { break };
            match token {
                Token::Beside(comment) => self.beside(comment, &mut found),
                Token::Line(column, line) => found.lines.push((column, line)),
                Token::Dash if until == Until::Dash => {
                    begun = Some((at, gap.was_blank));
                    break;
                }
                Token::Property(_) if until == Until::Item => {
                    begun = Some((at, gap.was_blank));
                    gap.at = at;
                    break;
                }
                Token::Property(text) => {
                    begun.get_or_insert((at, gap.was_blank));
                    found.properties.push(text);
                }
                Token::Header(header) => found.header = Some((gap.at, header)),
                Token::Mark if self.document.above_mark.is_none() && self.at == self.begin => {
                    self.document.above_mark = Some(found.lines.drain(..).map(|(_, line)| line).collect());
                    self.document.is_mark_apart = gap.was_blank;
                }
                Token::Nothing => {}
                Token::Dash | Token::Mark => return Err(Refused::Unusual(Span::new(at, at + 1))),
            }
        }
        let wanted = match until {
            Until::Part(count) | Until::Properties(count) => count,
            Until::Dash | Until::Item => 0,
        };
        if found.properties.len() != wanted || until == Until::Dash && begun.is_none() {
            return Err(Refused::Unusual(Span::new(self.at, gap.at)));
        }
        (found.start, found.blank) = begun.unwrap_or((gap.at, gap.is_blank()));
        found.is_below = gap.is_new_line();
        self.at = gap.at;
        Ok(found)
    }
}

impl<'t> Reader<'t> {
    /// Puts a comment beside the last item, or above it where there is one already.
    fn beside(&mut self, comment: &'t str, found: &mut Found<'t>) {
        match self.open.iter_mut().rev().find_map(|collection| collection.items.last_mut()) {
            Some(item) if item.beside.is_none() => item.beside = Some(comment),
            Some(item) => item.above.push(Line { text: comment, blank: false }),
            None => found.lines.push((0, Line { text: comment, blank: false })),
        }
    }

    /// Ends the collections that are to end. Of the comments that follow each takes those that are indented as its items are;
    /// the others are given back.
    fn close(&mut self, lines: Vec<(usize, Line<'t>)>) -> Vec<Line<'t>> {
        let mut lines = lines.into_iter().peekable();
        for _ in 0..mem::take(&mut self.closing) {
            let around =
                self.open.len().checked_sub(2).filter(|index| *index > 0).and_then(|index| self.open.get(index));
            let around = around.filter(|around| around.is_map).map(|around| around.column);
            if let Some(collection) = self.open.last_mut() {
                let least = collection.column;
                // A list need not be indented below its key: what stands at that column is of the mapping around it.
                let is_own = |column: usize| column > least || column == least && around != Some(least);
                while let Some((_, line)) = lines.next_if(|(column, _)| is_own(*column)) {
                    collection.below.push(line);
                }
            }
            self.pop();
        }
        lines.map(|(_, line)| line).collect()
    }

    /// Adds an item, which begins at an offset, to the innermost collection.
    fn add(&mut self, item: Item<'t>, start: usize) {
        let text = self.text;
        if let Some(collection) = self.open.last_mut() {
            if collection.items.is_empty() && !collection.is_flow {
                collection.column = column(text, start);
            }
            collection.items.push(item);
        }
    }

    /// Makes the innermost collection the value that it is.
    fn pop(&mut self) {
        self.keyed.pop();
        let Some(collection) = self.open.pop() else { return };
        if let Some(item) = self.open.last_mut().and_then(|parent| parent.items.last_mut()) {
            item.value = Value::Collection(collection);
        }
    }
}

/// A block of lines without the blank ones at its end.
fn without_blank_end(mut content: &str, indent: usize) -> &str {
    loop {
        content = content.strip_suffix('\n').unwrap_or(content);
        let last = content.rsplit('\n').next().unwrap_or("");
        let is_blank = last.len() <= indent && last.bytes().all(|byte| byte == b' ');
        match content.strip_suffix(last) {
            Some(before) if is_blank && !before.is_empty() => content = before,
            Some(_) if is_blank => return "",
            _ => return content,
        }
    }
}
