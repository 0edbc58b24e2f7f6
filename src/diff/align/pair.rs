//! Pairs the things of two lists, the surest evidence first.

use std::cmp::Ordering;
use std::collections::{HashMap, VecDeque};

/// Why two things are taken for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::diff) enum Match {
    /// They have the same identifier, which outlives names.
    Id,
    /// They have the same name.
    Name,
    /// The new one says that it was called so before.
    Previously,
    /// One is served under the name of the other as well.
    Alias,
    /// They have the same name in the physical store.
    PhysicalName,
    /// Their names differ in letter case only.
    Case,
    /// They look alike in two respects or more, and nothing else does.
    Evidence,
}

/// The things of both sides.
#[derive(Debug)]
pub(in crate::diff) struct Pairing<'a, T> {
    /// What is on both sides, in the order of the new one.
    pub(in crate::diff) both: Vec<(&'a T, &'a T, Match)>,
    /// Where each of these stands on either side.
    pub(in crate::diff) places: Vec<(usize, usize)>,
    /// What is gone.
    pub(in crate::diff) removed: Vec<&'a T>,
    /// What is new.
    pub(in crate::diff) added: Vec<&'a T>,
    /// What several new things say that they were, with these. It is in `both` as well if it is still there.
    pub(in crate::diff) split: Vec<(&'a T, Vec<&'a T>)>,
    /// Several things that a new one says that it was. The new one is in `both` as well if it was there before.
    pub(in crate::diff) merged: Vec<(Vec<&'a T>, &'a T)>,
}

/// By what a thing is known.
pub(super) struct Identity<'a> {
    pub(super) name: &'a str,
    pub(super) id: Option<&'a str>,
    pub(super) physical_name: Option<&'a str>,
    pub(super) aliases: &'a [String],
    pub(super) previously: &'a [String],
}

impl<'a> Identity<'a> {
    /// The name by which readers know it.
    fn physical(&self) -> &'a str {
        self.physical_name.unwrap_or(self.name)
    }

    fn own_names(&self) -> Vec<String> {
        vec![self.name.to_owned(), self.physical().to_owned()]
    }
}

/// More pairs than these are not weighed: a dataset rewritten as a whole has no renames to find.
pub(super) const MOST_PAIRS: usize = 10_000;

/// Pairs two lists. `likeness` tells in how many respects two things are alike, given whether they stand in the same place.
pub(super) fn pair<'a, T>(
    base: &'a [T],
    head: &'a [T],
    identity: impl Fn(&'a T) -> Identity<'a>,
    likeness: impl Fn(&T, &T, bool) -> u32,
) -> Pairing<'a, T> {
    let mut pairs = Pairs {
        old: base.iter().map(&identity).collect(),
        new: head.iter().map(&identity).collect(),
        is_free: vec![true; base.len()],
        found: vec![Found::Nothing; head.len()],
    };
    let list = |name: &str| vec![name.to_owned()];
    pairs.by_one(Match::Id, |one| one.id);
    pairs.by_one(Match::Name, |one| Some(one.name));
    let merged = pairs.merged();
    let split = pairs.split();
    pairs.by_keys(Match::Previously, Identity::own_names, |new| new.previously.to_vec());
    pairs.by_keys(Match::Alias, Identity::own_names, |new| new.aliases.to_vec());
    pairs.by_keys(Match::Alias, |old| old.aliases.to_vec(), Identity::own_names);
    pairs.by_keys(Match::PhysicalName, |old| list(old.physical()), |new| list(new.physical()));
    pairs.by_keys(Match::Case, |old| list(&old.name.to_lowercase()), |new| list(&new.name.to_lowercase()));
    pairs.by_evidence(|one, other, same_place| likeness(&base[one], &head[other], same_place));

    let of = |places: Vec<usize>, list: &'a [T]| places.into_iter().map(|place| &list[place]).collect::<Vec<_>>();
    let mut pairing = Pairing {
        both: Vec::with_capacity(head.len()),
        places: Vec::with_capacity(head.len()),
        removed: of((0..base.len()).filter(|place| pairs.is_free[*place]).collect(), base),
        added: Vec::new(),
        split: split.into_iter().map(|(one, parts)| (&base[one], of(parts, head))).collect(),
        merged: merged.into_iter().map(|(parts, one)| (of(parts, base), &head[one])).collect(),
    };
    for (place, found) in pairs.found.iter().enumerate() {
        match found {
            Found::One(old, why) => {
                pairing.both.push((&base[*old], &head[place], *why));
                pairing.places.push((*old, place));
            }
            Found::Nothing => pairing.added.push(&head[place]),
            Found::Several => {}
        }
    }
    pairing
}

/// What a new thing was before.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Found {
    Nothing,
    One(usize, Match),
    /// Several things, or a part of one.
    Several,
}

/// Two lists while they are paired.
struct Pairs<'a> {
    old: Vec<Identity<'a>>,
    new: Vec<Identity<'a>>,
    is_free: Vec<bool>,
    found: Vec<Found>,
}

impl<'a> Pairs<'a> {
    fn is_done(&self) -> bool {
        !self.is_free.contains(&true) || !self.found.contains(&Found::Nothing)
    }

    /// Pairs what is left and has the same key. One that is (wrongly) given twice is paired in order, so that nothing
    /// differs from itself.
    fn by_one(&mut self, why: Match, key: impl Fn(&Identity<'a>) -> Option<&'a str>) {
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (place, one) in self.old.iter().enumerate().filter(|(place, _)| self.is_free[*place]) {
            if let Some(key) = key(one) {
                places.entry(key).or_default().push_back(place);
            }
        }
        if places.is_empty() {
            return;
        }
        for (one, found) in self.new.iter().zip(&mut self.found).filter(|(_, found)| **found == Found::Nothing) {
            if let Some(place) = key(one).and_then(|key| places.get_mut(key)?.pop_front()) {
                self.is_free[place] = false;
                *found = Found::One(place, why);
            }
        }
    }

    /// Pairs what is left and has one of several keys in common.
    fn by_keys(
        &mut self,
        why: Match,
        old: impl Fn(&Identity<'a>) -> Vec<String>,
        new: impl Fn(&Identity<'a>) -> Vec<String>,
    ) {
        if self.is_done() {
            return;
        }
        let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (place, one) in self.old.iter().enumerate().filter(|(place, _)| self.is_free[*place]) {
            for key in old(one) {
                places.entry(key).or_default().push_back(place);
            }
        }
        if places.is_empty() {
            return;
        }
        for (one, found) in self.new.iter().zip(&mut self.found).filter(|(_, found)| **found == Found::Nothing) {
            for key in new(one) {
                let Some(waiting) = places.get_mut(&key) else { continue };
                // A thing with several keys may have been taken by another of them.
                while let Some(place) = waiting.pop_front() {
                    if std::mem::take(&mut self.is_free[place]) {
                        *found = Found::One(place, why);
                        break;
                    }
                }
                if *found != Found::Nothing {
                    break;
                }
            }
        }
    }

    /// What was several things before: it says so of two that are gone, or of one beside itself.
    fn merged(&mut self) -> Vec<(Vec<usize>, usize)> {
        let mut merged = Vec::new();
        if !self.is_free.contains(&true) {
            return merged;
        }
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (place, one) in self.old.iter().enumerate().filter(|(place, _)| self.is_free[*place]) {
            places.insert(one.name, place);
        }
        for (place, one) in self.new.iter().enumerate().filter(|(_, one)| !one.previously.is_empty()) {
            let mut parts: Vec<usize> =
                one.previously.iter().filter_map(|name| places.get(name.as_str()).copied()).collect();
            parts.sort_unstable();
            parts.dedup();
            parts.retain(|part| self.is_free[*part]);
            let itself = if let Found::One(old, _) = self.found[place] { Some(old) } else { None };
            if parts.len() + usize::from(itself.is_some()) < 2 || parts.is_empty() {
                continue;
            }
            for part in &parts {
                self.is_free[*part] = false;
            }
            if itself.is_none() {
                self.found[place] = Found::Several;
            }
            parts.extend(itself);
            parts.sort_unstable();
            merged.push((parts, place));
        }
        merged
    }

    /// What several new things say that they were, or one new thing beside what is still there.
    fn split(&mut self) -> Vec<(usize, Vec<usize>)> {
        let mut split = Vec::new();
        let mut parts: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, one) in self.new.iter().enumerate().filter(|(place, _)| self.found[*place] == Found::Nothing) {
            for name in one.previously {
                parts.entry(name).or_default().push(place);
            }
        }
        if parts.is_empty() {
            return split;
        }
        let one =
            |(place, found): (usize, &Found)| if let Found::One(old, _) = found { Some((*old, place)) } else { None };
        let still_there: HashMap<usize, usize> = self.found.iter().enumerate().filter_map(one).collect();
        for (place, one) in self.old.iter().enumerate() {
            let Some(parts) = parts.get(one.name) else { continue };
            let mut parts: Vec<usize> =
                parts.iter().copied().filter(|part| self.found[*part] == Found::Nothing).collect();
            parts.dedup();
            let rest = still_there.get(&place).copied();
            // What went into something else as a whole is not there to be split.
            let is_there = self.is_free[place] || rest.is_some();
            if !is_there || parts.is_empty() || parts.len() + usize::from(rest.is_some()) < 2 {
                continue;
            }
            self.is_free[place] = false;
            for part in &parts {
                self.found[*part] = Found::Several;
            }
            parts.extend(rest);
            parts.sort_unstable();
            split.push((place, parts));
        }
        split
    }

    /// Pairs what is left where each is the other's only best match, in two respects or more.
    fn by_evidence(&mut self, likeness: impl Fn(usize, usize, bool) -> u32) {
        let gone: Vec<usize> = (0..self.old.len()).filter(|place| self.is_free[*place]).collect();
        let new: Vec<usize> = (0..self.new.len()).filter(|place| self.found[*place] == Found::Nothing).collect();
        if gone.len().saturating_mul(new.len()) > MOST_PAIRS {
            return;
        }
        let mut weighed: Vec<(u32, usize, usize)> = Vec::new();
        for one in &gone {
            for other in &new {
                let likeness = likeness(*one, *other, self.same_place(*one, *other));
                if likeness >= 2 {
                    weighed.push((likeness, *one, *other));
                }
            }
        }
        // The most of each, and how many have it.
        let (mut of_old, mut of_new) = (HashMap::<usize, (u32, u32)>::new(), HashMap::<usize, (u32, u32)>::new());
        for (likeness, one, other) in &weighed {
            for best in [of_old.entry(*one).or_default(), of_new.entry(*other).or_default()] {
                match likeness.cmp(&best.0) {
                    Ordering::Greater => *best = (*likeness, 1),
                    Ordering::Equal => best.1 += 1,
                    Ordering::Less => {}
                }
            }
        }
        let is_best = |(likeness, one, other): &(u32, usize, usize)| {
            [of_old.get(one), of_new.get(other)].iter().all(|best| *best == Some(&(*likeness, 1)))
        };
        for (_, one, other) in weighed.iter().filter(|pair| is_best(pair)) {
            self.is_free[*one] = false;
            self.found[*other] = Found::One(*one, Match::Evidence);
        }
    }

    /// Whether both stand in the same place: by number, or between the same neighbours.
    fn same_place(&self, old: usize, new: usize) -> bool {
        let is_pair = |old: usize, new: usize| matches!(self.found.get(new), Some(Found::One(one, _)) if *one == old);
        let before = match (old.checked_sub(1), new.checked_sub(1)) {
            (Some(old), Some(new)) => is_pair(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        let ends = (old + 1 == self.old.len(), new + 1 == self.new.len());
        let after = if ends.0 || ends.1 { ends.0 && ends.1 } else { is_pair(old + 1, new + 1) };
        old == new || before && after
    }
}
