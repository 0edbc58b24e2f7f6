//! Several automata that read the same text at once.

use std::collections::HashSet;

use super::Difference;
use super::automaton::{At, Automaton, Stuck, Utf8};

/// What the automata have read so far: where each stands, and whether it is a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Joint {
    inside: Vec<At>,
    outside: Vec<At>,
    utf8: Utf8,
}

/// A joint state that was reached: from which one, by which byte.
struct Reached {
    joint: Joint,
    from: Option<(usize, u8)>,
}

struct Product {
    inside: Vec<Automaton>,
    outside: Vec<Automaton>,
    left: usize,
}

/// A shortest text that matches all of `inside` and not all of `outside`, and how many steps of those `left` it took.
pub(super) fn difference(inside: &[&str], outside: &[&str], left: usize) -> (Difference, usize) {
    if left == 0 {
        return (Difference::Unknown, 0);
    }
    let mut product = Product { inside: Vec::new(), outside: Vec::new(), left };
    let found = product.build(inside, outside).and_then(|()| product.search());
    let difference = match found {
        Ok(None) => Difference::Nothing,
        Ok(Some(text)) => Difference::Text(text),
        Err(Stuck) => Difference::Unknown,
    };
    (difference, left - product.left)
}

impl Product {
    fn build(&mut self, inside: &[&str], outside: &[&str]) -> Result<(), Stuck> {
        for pattern in inside {
            let automaton = self.automaton(pattern)?;
            self.inside.push(automaton);
        }
        for pattern in outside {
            let automaton = self.automaton(pattern)?;
            self.outside.push(automaton);
        }
        Ok(())
    }

    fn automaton(&mut self, pattern: &str) -> Result<Automaton, Stuck> {
        // To read a long pattern costs time before its size is known.
        self.spend(100 + pattern.len() / 8)?;
        let automaton = Automaton::new(pattern).ok_or(Stuck);
        // One that was given up has cost as much as the largest.
        self.spend(automaton.as_ref().map_or(10_000, |automaton| automaton.size() / 64))?;
        automaton
    }

    fn spend(&mut self, steps: usize) -> Result<(), Stuck> {
        let enough = self.left > steps;
        self.left = self.left.saturating_sub(steps);
        if enough { Ok(()) } else { Err(Stuck) }
    }

    /// Walks through all joint states, the nearest first.
    fn search(&mut self) -> Result<Option<String>, Stuck> {
        let bytes = self.bytes();
        let inside = self.inside.iter_mut().map(Automaton::start).collect::<Result<_, _>>()?;
        let outside = self.outside.iter_mut().map(Automaton::start).collect::<Result<_, _>>()?;
        let start = Joint { inside, outside, utf8: Utf8::START };
        let mut known = HashSet::from([start.clone()]);
        let mut reached = vec![Reached { joint: start, from: None }];
        let mut index = 0;
        while let Some(joint) = reached.get(index).map(|reached| reached.joint.clone()) {
            if self.is_difference(&joint)? {
                return Ok(text(&reached, index));
            }
            for byte in &bytes {
                let Some(next) = self.next(&joint, *byte)? else { continue };
                if !is_settled(&next) && known.insert(next.clone()) {
                    reached.push(Reached { joint: next, from: Some((index, *byte)) });
                }
            }
            index += 1;
        }
        Ok(None)
    }

    fn is_difference(&mut self, joint: &Joint) -> Result<bool, Stuck> {
        if !joint.utf8.is_between() {
            return Ok(false);
        }
        Ok(all(&mut self.inside, &joint.inside)? && !all(&mut self.outside, &joint.outside)?)
    }

    fn next(&mut self, joint: &Joint, byte: u8) -> Result<Option<Joint>, Stuck> {
        let Some(utf8) = joint.utf8.next(byte) else { return Ok(None) };
        self.spend(1 + joint.inside.len() + joint.outside.len())?;
        let inside = step(&mut self.inside, &joint.inside, byte)?;
        let outside = step(&mut self.outside, &joint.outside, byte)?;
        Ok(Some(Joint { inside, outside, utf8 }))
    }

    /// One byte of each class of all automata, what people like to read first.
    fn bytes(&self) -> Vec<u8> {
        let mut known = HashSet::new();
        let automata = || self.inside.iter().chain(&self.outside);
        let classes = |byte: u8| -> Vec<u8> {
            automata().map(|automaton| automaton.class(byte)).chain([Utf8::class(byte)]).collect()
        };
        readable_first().filter(|byte| known.insert(classes(*byte))).collect()
    }
}

fn step(automata: &mut [Automaton], at: &[At], byte: u8) -> Result<Vec<At>, Stuck> {
    automata.iter_mut().zip(at).map(|(automaton, at)| automaton.next(*at, byte)).collect()
}

fn all(automata: &mut [Automaton], at: &[At]) -> Result<bool, Stuck> {
    for (automaton, at) in automata.iter_mut().zip(at) {
        if !automaton.accepts(*at)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether nothing that follows can make a difference.
fn is_settled(joint: &Joint) -> bool {
    joint.inside.contains(&At::Failed) || joint.outside.iter().all(|at| *at == At::Matched)
}

/// The text that leads to a joint state.
fn text(reached: &[Reached], mut index: usize) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some((from, byte)) = reached.get(index).and_then(|reached| reached.from) {
        bytes.push(byte);
        index = from;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

/// Every byte: letters, digits and signs first, then those of longer characters, `ä` before others, and what can't be
/// seen last.
fn readable_first() -> impl Iterator<Item = u8> {
    let ascii = (b'a'..=b'z').chain(b'0'..=b'9').chain(b'A'..=b'Z').chain(b'!'..=b'/').chain(b':'..=b'@');
    let signs = (b'['..=b'`').chain(b'{'..=b'~').chain([b' ']);
    let longer = [0xC3, 0xA4].into_iter().chain(0xA0..=0xBF).chain(0xC4..=0xFF).chain(0x80..=0x9F).chain(0xC0..=0xC2);
    ascii.chain(signs).chain(longer).chain([b'\n', b'\t']).chain(0..b' ').chain([0x7F])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_byte_is_tried() {
        let bytes: BTreeSet<u8> = readable_first().collect();
        assert_eq!(bytes.len(), 256);
    }

    #[test]
    fn what_is_a_text_is_what_the_standard_says() {
        let is_text = |bytes: &[u8]| {
            let end = bytes.iter().try_fold(Utf8::START, |at, byte| at.next(*byte));
            end.is_some_and(Utf8::is_between)
        };
        for first in 0..=255u8 {
            for second in (0..=255u8).step_by(15) {
                for rest in [&[][..], &[0x80], &[0x80, 0xBF], &[0x41]] {
                    let bytes = [&[first, second], rest].concat();
                    assert_eq!(is_text(&bytes), std::str::from_utf8(&bytes).is_ok(), "{bytes:02X?}");
                }
            }
            assert_eq!(is_text(&[first]), std::str::from_utf8(&[first]).is_ok());
        }
    }
}
