//! Text for what is new in a place: made, or brought from elsewhere in the text with its comments.

use super::places::has_place;
use super::rewrite::{Place, Rewriter, keeps};
use super::text::{self, STEP};
use crate::source::{Node, Value};

impl<'t> Rewriter<'t> {
    /// A key at a column with its value.
    pub(super) fn entry_text(&mut self, key: &str, value: &Node, column: usize) -> String {
        let key = text::key(key, self.is_json);
        if self.is_block(value) {
            let inner = self.inner(value, column);
            let text = self.block_text(value, inner);
            let indent = format!("{}{}", self.newline, " ".repeat(inner));
            let (beside, between) = self.between(value);
            let between: String = between.into_iter().flat_map(|comment| [indent.as_str(), comment]).collect();
            let above = self.above(value, column);
            format!("{above}{key}:{beside}{between}{indent}{text}")
        } else {
            let text = self.scalar_text(value, column);
            let beside = self.beside_value(value, &text);
            let above = self.above(value, column);
            format!("{above}{key}: {text}{beside}")
        }
    }

    /// The column of a collection below a key.
    pub(super) fn inner(&self, value: &Node, column: usize) -> usize {
        let is_list = matches!(value.value, Value::List(_));
        if is_list && !self.indents_lists { column } else { column + STEP }
    }

    /// What stands behind a dash at a column.
    pub(super) fn item_text(&mut self, value: &Node, column: usize) -> String {
        if self.is_block(value) {
            return self.block_text(value, column + STEP);
        }
        let text = self.scalar_text(value, column);
        let beside = self.beside_value(value, &text);
        text + &beside
    }

    /// Whether a value takes lines of its own.
    pub(super) fn is_block(&self, node: &Node) -> bool {
        let is_empty = node.entries().is_empty() && node.items().is_empty();
        match self.collections.get(&node.span) {
            Some(old) if has_place(node.span) => !is_empty && !self.places.is_flow(old),
            _ => text::is_block(node),
        }
    }

    /// A collection in block style whose first key or dash stands at a column.
    pub(super) fn block_text(&mut self, node: &Node, column: usize) -> String {
        if let Some(text) = self.moved(node, Some(column)) {
            return text;
        }
        let between = format!("{}{}", self.newline, " ".repeat(column));
        match &node.value {
            Value::Map(entries) => {
                let lines: Vec<String> =
                    entries.iter().map(|entry| self.entry_text(&entry.key, &entry.value, column)).collect();
                lines.join(&between)
            }
            Value::List(items) => {
                let lines: Vec<String> =
                    items.iter().map(|item| format!("- {}", self.item_text(item, column))).collect();
                lines.join(&between)
            }
            _ => self.scalar_text(node, column),
        }
    }

    /// A value that begins on the line of its key or dash, which stands at a column.
    pub(super) fn scalar_text(&mut self, node: &Node, column: usize) -> String {
        if matches!(node.value, Value::List(_) | Value::Map(_)) {
            return self.flow_text(node, None);
        }
        match self.as_it_was(node, false) {
            Some(slice) => slice.to_owned(),
            None => text::scalar(node, column, self.newline),
        }
    }

    /// The text of a scalar where it may stand elsewhere as it is.
    fn as_it_was(&self, node: &Node, in_flow: bool) -> Option<&'t str> {
        let range = node.span.range();
        let slice = has_place(node.span).then(|| self.places.slice(range.start, range.end))?;
        text::stands_for(slice, node, in_flow).then_some(slice)
    }

    /// A value in flow style; over several lines from a column on, where one is given.
    pub(super) fn flow_text(&mut self, node: &Node, column: Option<usize>) -> String {
        let is_block = self.collections.get(&node.span).is_some_and(|old| !self.places.is_flow(old));
        if !is_block && let Some(text) = self.moved(node, column) {
            return text;
        }
        if !matches!(node.value, Value::List(_) | Value::Map(_)) {
            return self.as_it_was(node, true).map_or_else(|| text::flow(node, self.is_json), str::to_owned);
        }
        let (open, close) = if matches!(node.value, Value::List(_)) { ('[', ']') } else { ('{', '}') };
        let inner = column.map(|column| column + STEP);
        let mut parts: Vec<String> = node.items().iter().map(|item| self.flow_text(item, inner)).collect();
        for entry in node.entries() {
            let value = self.flow_text(&entry.value, inner);
            parts.push(format!("{}: {value}", text::key(&entry.key, self.is_json)));
        }
        match column.filter(|_| !parts.is_empty()) {
            Some(column) => {
                let line = |column: usize| format!("{}{}", self.newline, " ".repeat(column));
                let between = format!(",{}", line(column + STEP));
                format!("{open}{}{}{}{close}", line(column + STEP), parts.join(&between), line(column))
            }
            None => format!("{open}{}{close}", parts.join(", ")),
        }
    }

    /// The text of a collection that stands elsewhere, with what changes in it, set at another column.
    fn moved(&mut self, node: &Node, column: Option<usize>) -> Option<String> {
        let old = *self.collections.get(&node.span).filter(|old| has_place(node.span) && keeps(old, node))?;
        let places = self.places;
        let mut start = old.span.start as usize;
        let is_flow = places.is_flow(old);
        if !is_flow && matches!(old.value, Value::List(_)) && places.byte(start) != Some(b'-') {
            // The place of a list that is not indented is told without its first dash.
            let before = places.slice(places.line_start(start), start);
            start -= before.len() - before.rfind('-')?;
        }
        let end = places.end_of(old, start);
        let (line, next) = if is_flow { (end, end) } else { places.line_end(end) };
        let mut inner = self.beside();
        inner.value(old, node, Place { after: start, column: Some(places.column(start)), in_flow: is_flow });
        let (text, _) = inner.edits.apply(places.text, start..next).ok().filter(|_| inner.refused.is_none())?;
        self.carry(start..line);
        // The lines of flow style may be indented as they like.
        let column = column.unwrap_or(places.column(start));
        Some(text::shifted(text.trim_end(), places.column(start), column, self.newline))
    }
}
