//! Items of lists, found by their names, and elements that stand in the model as one list and in the text in many places.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::source::{Node, Span, Value};

/// What finding costs once for many findings, by the place of a list: a file with many findings has them in one long list
/// most often.
#[derive(Debug, Default)]
pub(super) struct Names {
    positions: RefCell<HashMap<(Span, &'static str), HashMap<String, usize>>>,
    routes: RefCell<HashMap<(Span, &'static str), Arc<Routes>>>,
}

/// The ways from a node to elements far below it, in the order of the model.
#[derive(Debug, Default)]
pub(super) struct Routes {
    list: Vec<Box<[u32]>>,
    by_name: HashMap<String, usize>,
}

impl Names {
    /// The first item of a list that has a name.
    pub(super) fn find<'a>(&self, list: &'a Node, name: &str) -> Option<&'a Node> {
        self.find_by(list, "name", name)
    }

    /// The first item of a list that has a text under a key.
    pub(super) fn find_by<'a>(&self, list: &'a Node, key: &'static str, name: &str) -> Option<&'a Node> {
        const SHORT: usize = 64;
        let items = list.items();
        let named = |item: &'a Node| item.get(key).and_then(Node::text);
        if items.len() <= SHORT {
            return items.iter().find(|item| named(item) == Some(name));
        }
        let mut positions = self.positions.borrow_mut();
        let positions = positions.entry((list.span, key)).or_insert_with(|| {
            let mut positions = HashMap::with_capacity(items.len());
            for (index, name) in items.iter().enumerate().filter_map(|(index, item)| Some((index, named(item)?))) {
                positions.entry(name.to_owned()).or_insert(index);
            }
            positions
        });
        items.get(*positions.get(name)?)
    }

    /// The elements of a kind below a node, collected once.
    pub(super) fn routes(&self, node: &Node, kind: &'static str, collect: impl FnOnce(&Node) -> Routes) -> Arc<Routes> {
        let known = self.routes.borrow().get(&(node.span, kind)).cloned();
        known.unwrap_or_else(|| {
            let routes = Arc::new(collect(node));
            self.routes.borrow_mut().insert((node.span, kind), Arc::clone(&routes));
            routes
        })
    }
}

impl Routes {
    /// Adds an element by the positions of the entries and items on the way to it, with its name if it has one.
    pub(super) fn add(&mut self, route: &[u32], name: Option<String>) {
        if let Some(name) = name {
            self.by_name.entry(name).or_insert(self.list.len());
        }
        self.list.push(route.into());
    }

    /// Those of the elements that are something.
    pub(super) fn filtered(&self, node: &Node, is: impl Fn(&Node) -> bool) -> Self {
        let positions = (0..self.list.len()).filter(|position| self.at(node, *position).is_some_and(&is));
        Self { list: positions.filter_map(|position| self.list.get(position).cloned()).collect(), ..Self::default() }
    }

    /// The element at a position.
    pub(super) fn at<'a>(&self, node: &'a Node, index: usize) -> Option<&'a Node> {
        self.list.get(index)?.iter().try_fold(node, |node, step| match &node.value {
            Value::Map(entries) => entries.get(*step as usize).map(|entry| &entry.value),
            Value::List(items) => items.get(*step as usize),
            _ => None,
        })
    }

    /// The first element of a name.
    pub(super) fn named<'a>(&self, node: &'a Node, name: &str) -> Option<&'a Node> {
        self.at(node, *self.by_name.get(name)?)
    }
}
