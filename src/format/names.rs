//! Items of lists, found by their names.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::source::{Node, Span};

/// Names of long lists, by the place of the list: a file with many findings has them in one long list most often.
#[derive(Debug, Default)]
pub(super) struct Names {
    positions: RefCell<HashMap<Span, HashMap<String, usize>>>,
}

impl Names {
    /// The first item of a list that has a name.
    pub(super) fn find<'a>(&self, list: &'a Node, name: &str) -> Option<&'a Node> {
        const SHORT: usize = 64;
        let items = list.items();
        let named = |item: &'a Node| item.get("name").and_then(Node::text);
        if items.len() <= SHORT {
            return items.iter().find(|item| named(item) == Some(name));
        }
        let mut positions = self.positions.borrow_mut();
        let positions = positions.entry(list.span).or_insert_with(|| {
            let mut positions = HashMap::with_capacity(items.len());
            for (index, name) in items.iter().enumerate().filter_map(|(index, item)| Some((index, named(item)?))) {
                positions.entry(name.to_owned()).or_insert(index);
            }
            positions
        });
        items.get(*positions.get(name)?)
    }
}
