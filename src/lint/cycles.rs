//! Cycles in a graph that is discovered as it is walked: each node is asked for its neighbours once, whoever comes first.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

/// What is known of a graph so far.
#[derive(Debug, Default)]
pub(super) struct Cycles {
    numbers: HashMap<String, usize>,
    nodes: Vec<Node>,
    /// The members of each component that is a cycle.
    components: Vec<Vec<usize>>,
}

#[derive(Debug)]
struct Node {
    name: String,
    next: Vec<usize>,
    state: State,
    /// The lowest place on the stack that it leads back to, while it is there.
    low: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the stack, at this place.
    Open(usize),
    /// Looked at; in this component, if that is a cycle.
    Done(Option<usize>),
}

impl Cycles {
    /// The nodes of a cycle that a node is on, from it on, without coming back to it; `None` where it is on none. Of a very
    /// large one only the beginning is told.
    pub(super) fn through(&mut self, name: &str, mut next: impl FnMut(&str) -> Vec<String>) -> Option<Vec<String>> {
        let start = self.number(name);
        self.explore(start, &mut next);
        let State::Done(Some(component)) = self.nodes.get(start)?.state else { return None };
        let way = self.way_back(start, component);
        Some(way.into_iter().filter_map(|node| Some(self.nodes.get(node)?.name.clone())).collect())
    }

    fn number(&mut self, name: &str) -> usize {
        if let Some(known) = self.numbers.get(name) {
            return *known;
        }
        let number = self.nodes.len();
        self.numbers.insert(name.to_owned(), number);
        self.nodes.push(Node { name: name.to_owned(), next: Vec::new(), state: State::New, low: 0 });
        number
    }

    /// Tarjan's algorithm without recursion: a chain of a hundred thousand contracts is no deeper than any other.
    fn explore(&mut self, start: usize, next: &mut impl FnMut(&str) -> Vec<String>) {
        let mut stack: Vec<usize> = Vec::new();
        // A node and how many of its neighbours were looked at.
        let mut walk: Vec<(usize, usize)> = Vec::new();
        if self.is_new(start) {
            self.open(start, &mut stack, next);
            walk.push((start, 0));
        }
        while let Some((node, done)) = walk.last_mut() {
            let (node, neighbour) = (*node, self.neighbour(*node, *done));
            *done += 1;
            match neighbour {
                Some(neighbour) if self.is_new(neighbour) => {
                    self.open(neighbour, &mut stack, next);
                    walk.push((neighbour, 0));
                }
                Some(neighbour) => {
                    if let Some(State::Open(place)) = self.nodes.get(neighbour).map(|node| node.state) {
                        self.lower(node, place);
                    }
                }
                None => {
                    walk.pop();
                    let low = self.nodes.get(node).map_or(0, |node| node.low);
                    if let Some((parent, _)) = walk.last() {
                        self.lower(*parent, low);
                    }
                    self.close(node, low, &mut stack);
                }
            }
        }
    }

    fn is_new(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.state == State::New)
    }

    fn neighbour(&self, node: usize, position: usize) -> Option<usize> {
        self.nodes.get(node)?.next.get(position).copied()
    }

    fn lower(&mut self, node: usize, low: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.low = node.low.min(low);
        }
    }

    fn open(&mut self, node: usize, stack: &mut Vec<usize>, next: &mut impl FnMut(&str) -> Vec<String>) {
        let name = self.nodes.get(node).map(|node| node.name.clone()).unwrap_or_default();
        let next: Vec<usize> = next(&name).iter().map(|name| self.number(name)).collect();
        let place = stack.len();
        stack.push(node);
        if let Some(node) = self.nodes.get_mut(node) {
            *node = Node { name, next, state: State::Open(place), low: place };
        }
    }

    /// Takes a component off the stack, where a node is its first one.
    fn close(&mut self, node: usize, low: usize, stack: &mut Vec<usize>) {
        if self.nodes.get(node).map(|node| node.state) != Some(State::Open(low)) {
            return;
        }
        let members = stack.split_off(low.min(stack.len()));
        let leads_to_itself = || self.nodes.get(node).is_some_and(|one| one.next.contains(&node));
        let component = (members.len() > 1 || leads_to_itself()).then_some(self.components.len());
        for member in &members {
            if let Some(member) = self.nodes.get_mut(*member) {
                member.state = State::Done(component);
            }
        }
        if component.is_some() {
            self.components.push(members);
        }
    }

    /// The shortest way from a node back to it, within its component. Of a large component only a step is told: the way may be
    /// long, and would be looked for from each of its nodes.
    fn way_back(&self, start: usize, component: usize) -> Vec<usize> {
        const LARGE: usize = 50;
        let inside = |node: usize| self.nodes.get(node).is_some_and(|node| node.state == State::Done(Some(component)));
        let next = |node: usize| self.nodes.get(node).map_or(&[][..], |node| &node.next).iter().copied();
        if self.components.get(component).is_some_and(|members| members.len() > LARGE) {
            return std::iter::once(start).chain(next(start).find(|node| inside(*node))).collect();
        }
        let mut from: HashMap<usize, usize> = HashMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for neighbour in next(node).filter(|node| inside(*node)) {
                if neighbour == start {
                    let mut way = vec![node];
                    while let Some(before) = way.last().and_then(|last| from.get(last)) {
                        way.push(*before);
                    }
                    way.reverse();
                    return way;
                }
                if let Entry::Vacant(place) = from.entry(neighbour) {
                    place.insert(node);
                    queue.push_back(neighbour);
                }
            }
        }
        vec![start]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &str)], asked: &mut usize) -> impl FnMut(&str) -> Vec<String> {
        |name| {
            *asked += 1;
            edges.iter().filter(|(from, _)| *from == name).map(|(_, to)| (*to).to_owned()).collect()
        }
    }

    #[test]
    fn each_node_of_a_cycle_tells_its_way_back() {
        let edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("s", "s"), ("x", "a")];
        let (mut cycles, mut asked) = (Cycles::default(), 0);
        let mut way = |cycles: &mut Cycles, name: &str| cycles.through(name, graph(&edges, &mut asked));
        assert_eq!(way(&mut cycles, "x"), None);
        assert_eq!(way(&mut cycles, "a"), Some(["a", "b", "c"].map(str::to_owned).to_vec()));
        assert_eq!(way(&mut cycles, "c"), Some(["c", "a", "b"].map(str::to_owned).to_vec()));
        assert_eq!(way(&mut cycles, "d"), None);
        assert_eq!(way(&mut cycles, "s"), Some(vec!["s".to_owned()]));
        assert_eq!(asked, 7, "each node is asked for its neighbours once");
    }

    #[test]
    fn a_long_chain_and_a_large_cycle_are_walked_once() {
        const MANY: usize = 100_000;
        let mut chain = Cycles::default();
        let next = |name: &str| match name.parse::<usize>() {
            Ok(number) if number < MANY => vec![(number + 1).to_string()],
            _ => Vec::new(),
        };
        assert_eq!(chain.through("0", next), None);
        let mut ring = Cycles::default();
        let next = |name: &str| vec![(name.parse::<usize>().map_or(0, |number| number + 1) % MANY).to_string()];
        for number in 0..MANY {
            assert_eq!(ring.through(&number.to_string(), next).map(|way| way.len()), Some(2));
        }
    }
}
