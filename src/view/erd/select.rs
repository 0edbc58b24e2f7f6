//! A part of the graph: some contracts with their neighbours.

use std::collections::HashMap;

use super::{Graph, Relation};
use crate::model::Contract;

impl Graph<'_> {
    /// The datasets of the contracts that are wanted, the datasets that they refer to and those that refer to them, and
    /// the relations between all of these. The number counts relations of the neighbours that lead further.
    #[must_use]
    pub fn around(mut self, wanted: impl Fn(&Contract) -> bool) -> (Self, usize) {
        let core: Vec<bool> = self.entities.iter().map(|entity| wanted(entity.contract)).collect();
        let is_core = |index: usize| core.get(index).copied().unwrap_or_default();
        let mut kept = core.clone();
        for relation in &self.relations {
            for (one, other) in [(relation.from, relation.to), (relation.to, relation.from)] {
                if let Some(keep) = kept.get_mut(other).filter(|_| is_core(one)) {
                    *keep = true;
                }
            }
        }
        let positions: HashMap<usize, usize> =
            kept.iter().enumerate().filter(|(_, keep)| **keep).enumerate().map(|(new, (old, _))| (old, new)).collect();
        let moved = |relation: Relation| {
            let (from, to) = (*positions.get(&relation.from)?, *positions.get(&relation.to)?);
            Some(Relation { from, to, ..relation })
        };
        let touching =
            |relation: &&Relation| positions.contains_key(&relation.from) || positions.contains_key(&relation.to);
        let touched = self.relations.iter().filter(touching).count();
        self.relations = self.relations.into_iter().filter_map(moved).collect();
        let mut index = 0..;
        self.entities.retain(|_| index.next().is_some_and(|index: usize| positions.contains_key(&index)));
        let names: Vec<&str> = self.entities.iter().map(|entity| entity.name.as_str()).collect();
        self.dangling.retain(|dangling| names.contains(&dangling.from.as_str()));
        let further = touched - self.relations.len();
        (self, further)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{CARRIERS, CUSTOMERS, ORDERS, registry};
    use super::*;

    #[test]
    fn neighbours_come_along_and_nothing_else() {
        let registry = registry(&[ORDERS, CUSTOMERS, CARRIERS]);
        let (part, further) = Graph::new(&registry).around(|contract| contract.name == "carriers");
        let names: Vec<_> = part.entities.iter().map(|entity| entity.name.as_str()).collect();
        assert_eq!(names, ["carriers", "orders.parcels"]);
        assert_eq!(part.relations.len(), 1);
        let ends = &part.relations[0];
        assert_eq!((names[ends.from], names[ends.to]), ("orders.parcels", "carriers"));
        assert_eq!(further, 2, "from parcels to lines and to customers");
        assert_eq!(part.dangling, []);
        let (all, further) = Graph::new(&registry).around(|contract| contract.name == "orders");
        assert_eq!((all.entities.len(), all.relations.len(), further), (5, 6, 0));
        assert_eq!(all.dangling.len(), 3);
    }
}
