//! Changes of collections in flow style, which JSON is: members come and go with their commas.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::places::{has_place, is_within};
use super::rewrite::{Addition, Place, Rewriter};
use crate::source::{Entry, Node, Span};

impl<'t> Rewriter<'t> {
    pub(super) fn flow_map(&mut self, old: &'t Node, new: &Node) {
        let own: Vec<&'t Entry> = old.entries().iter().filter(|entry| is_within(entry.key_span, old)).collect();
        let index: HashMap<Span, usize> =
            own.iter().enumerate().map(|(index, entry)| (entry.key_span, index)).collect();
        let mut kept = vec![false; own.len()];
        let mut additions = Vec::new();
        let mut behind = None;
        for entry in new.entries() {
            match index.get(&entry.key_span).and_then(|index| Some((*index, own.get(*index)?))) {
                Some((index, before)) => {
                    if let Some(kept) = kept.get_mut(index) {
                        *kept = true;
                    }
                    behind = Some(index);
                    self.rename(before, &entry.key);
                    let after = self.places.after_key(before);
                    self.value(&before.value, &entry.value, Place { after, column: None, in_flow: true });
                }
                None => additions.push(Addition { behind, key: Some(&entry.key), value: &entry.value }),
            }
        }
        let members: Vec<Range<usize>> = own
            .iter()
            .map(|entry| {
                let after = self.places.after_key(entry);
                entry.key_span.start as usize..self.places.end_of(&entry.value, after)
            })
            .collect();
        self.members(old, &members, &kept, &additions);
    }

    pub(super) fn flow_list(&mut self, old: &'t Node, new: &Node) {
        let mut index: HashMap<Span, VecDeque<usize>> = HashMap::new();
        for (position, item) in old.items().iter().enumerate() {
            index.entry(item.span).or_default().push_back(position);
        }
        let mut members: Vec<Range<usize>> = Vec::with_capacity(old.items().len());
        let mut after = old.span.start as usize + 1;
        for item in old.items() {
            let mut start = self.places.next_token(after);
            if self.places.byte(start) == Some(b',') {
                start = self.places.next_token(start + 1);
            }
            after = self.places.end_of(item, start).max(start);
            members.push(start..after);
        }
        let mut kept = vec![false; members.len()];
        let mut additions = Vec::new();
        let mut behind = None;
        for item in new.items() {
            let position =
                Some(item.span).filter(|span| has_place(*span)).and_then(|span| index.get_mut(&span)?.pop_front());
            // What comes earlier than it did is written anew.
            let position = position.filter(|position| behind.is_none_or(|behind| *position > behind));
            let before =
                position.and_then(|position| Some((position, old.items().get(position)?, members.get(position)?)));
            match before {
                Some((position, before, member)) => {
                    if let Some(kept) = kept.get_mut(position) {
                        *kept = true;
                    }
                    behind = Some(position);
                    self.value(before, item, Place { after: member.start, column: None, in_flow: true });
                }
                None => additions.push(Addition { behind, key: None, value: item }),
            }
        }
        self.members(old, &members, &kept, &additions);
    }

    fn members(&mut self, old: &Node, members: &[Range<usize>], kept: &[bool], additions: &[Addition<'_>]) {
        let is_kept = |index: usize| kept.get(index).copied().unwrap_or(false);
        let last_kept = (0..members.len()).rev().find(|index| is_kept(*index));
        for (index, member) in members.iter().enumerate().filter(|(index, _)| !is_kept(*index)) {
            match members.get(index + 1) {
                Some(next) if last_kept.is_some_and(|last| last > index) => self.edits.delete(member.start..next.start),
                _ => {}
            }
        }
        if let Some((last, end)) = last_kept.and_then(|last| members.get(last)).zip(members.last())
            && last.end < end.end
        {
            self.edits.delete(last.end..end.end);
        }
        // What stands between the bracket and the first member is how members are set apart here.
        let first = members.first().map_or(0, |member| member.start);
        let gap = self.places.slice(old.span.start as usize + 1, first);
        let gap = if gap.contains('\n') && gap.trim().is_empty() { gap } else { " " };
        let column = gap.rfind('\n').map(|newline| gap.len() - newline - 1);
        for addition in additions {
            let value = self.flow_text(addition.value, column);
            let text = match addition.key {
                Some(key) => format!("{}: {value}", super::text::key(key, self.is_json)),
                None => value,
            };
            if let Some(member) = addition.behind.and_then(|index| members.get(index)) {
                self.edits.insert(member.end, format!(",{gap}{text}"));
            } else if let Some((first, _)) = members.iter().zip(kept).find(|(_, kept)| **kept) {
                self.edits.insert(first.start, format!("{text},{gap}"));
            }
        }
    }
}
