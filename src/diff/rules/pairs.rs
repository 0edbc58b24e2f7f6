//! Items of two lists that belong together by a name. A name that is (wrongly) given twice is paired in order.

use std::collections::{HashMap, VecDeque};

/// The pairs of two lists.
pub(super) struct Pairs {
    /// The position in the old list of each item of the new one.
    old: Vec<Option<usize>>,
    /// Whether each item of the old list has a partner.
    kept: Vec<bool>,
}

impl Pairs {
    /// Pairs two lists by the names of their items.
    pub(super) fn by<'a, T>(base: &'a [T], head: &'a [T], name: impl Fn(&'a T) -> &'a str) -> Self {
        let mut known: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (index, item) in base.iter().enumerate() {
            known.entry(name(item)).or_default().push_back(index);
        }
        let mut partner = |item| known.get_mut(name(item)).and_then(VecDeque::pop_front);
        let old: Vec<Option<usize>> = head.iter().map(&mut partner).collect();
        let mut kept = vec![false; base.len()];
        for index in old.iter().flatten() {
            if let Some(kept) = kept.get_mut(*index) {
                *kept = true;
            }
        }
        Self { old, kept }
    }

    /// The position in the old list of each item of the new one, if it has one.
    pub(super) fn old(&self) -> impl Iterator<Item = Option<usize>> {
        self.old.iter().copied()
    }

    /// The items of the old list that the new one has no longer, with their positions.
    pub(super) fn gone<'a, T>(&self, base: &'a [T]) -> impl Iterator<Item = (usize, &'a T)> {
        base.iter().enumerate().zip(&self.kept).filter(|(_, kept)| !**kept).map(|(item, _)| item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_twice_is_paired_in_order() {
        let (base, head) = (["a", "b", "b"], ["b", "c", "b", "b"]);
        let pairs = Pairs::by(&base, &head, |name| name);
        assert_eq!(pairs.old().collect::<Vec<_>>(), [Some(1), None, Some(2), None]);
        assert_eq!(pairs.gone(&base).collect::<Vec<_>>(), [(0, &"a")]);
    }
}
