//! One pattern as an automaton that reads a text byte by byte, and what makes bytes a text.

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::start;

/// How large the automaton may be before it is made deterministic, in bytes.
const LARGEST_NFA: usize = 1 << 20;
/// How much room its deterministic states may take, in bytes.
const LARGEST_CACHE: usize = 4 << 20;

/// Where an automaton stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum At {
    /// It depends on what follows.
    Between(LazyStateID),
    /// The text matches, whatever follows.
    Matched,
    /// The text does not match, whatever follows.
    Failed,
}

/// A step that can't be made: the automaton has become too large, or reads what it can't decide.
#[derive(Debug)]
pub(super) struct Stuck;

/// A pattern that reads texts. Its states are made when they are reached.
pub(super) struct Automaton {
    dfa: DFA,
    cache: Cache,
}

impl Automaton {
    /// The automaton of a pattern, or `None` where there is none of a bearable size.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let config = DFA::config()
            .cache_capacity(LARGEST_CACHE)
            .skip_cache_capacity_check(true)
            // A full cache ends the search: states that were handed out stay what they are.
            .minimum_cache_clear_count(Some(0));
        let dfa = DFA::builder()
            .configure(config)
            .thompson(thompson::Config::new().nfa_size_limit(Some(LARGEST_NFA)))
            .build(pattern)
            .ok()?;
        let cache = dfa.create_cache();
        Some(Self { dfa, cache })
    }

    /// How much room the automaton takes, in bytes: what it cost to make it.
    pub(super) fn size(&self) -> usize {
        self.dfa.get_nfa().memory_usage()
    }

    /// Where it stands before the first byte.
    pub(super) fn start(&mut self) -> Result<At, Stuck> {
        let state = self.dfa.start_state(&mut self.cache, &start::Config::new()).map_err(|_| Stuck)?;
        seen(state)
    }

    /// Where it stands after one more byte.
    pub(super) fn next(&mut self, at: At, byte: u8) -> Result<At, Stuck> {
        let At::Between(state) = at else { return Ok(at) };
        seen(self.dfa.next_state(&mut self.cache, state, byte).map_err(|_| Stuck)?)
    }

    /// Whether the text matches if nothing follows.
    pub(super) fn accepts(&mut self, at: At) -> Result<bool, Stuck> {
        match at {
            At::Matched => Ok(true),
            At::Failed => Ok(false),
            At::Between(state) => {
                let end = self.dfa.next_eoi_state(&mut self.cache, state).map_err(|_| Stuck)?;
                Ok(seen(end)? == At::Matched)
            }
        }
    }

    /// The class of a byte: bytes of one class lead to the same states.
    pub(super) fn class(&self, byte: u8) -> u8 {
        self.dfa.byte_classes().get(byte)
    }
}

/// A match once seen stays one: whether a text matches asks for no more.
fn seen(state: LazyStateID) -> Result<At, Stuck> {
    if state.is_match() {
        Ok(At::Matched)
    } else if state.is_dead() {
        Ok(At::Failed)
    } else if state.is_quit() {
        Err(Stuck)
    } else {
        Ok(At::Between(state))
    }
}

/// Where the bytes of a text stand between two characters, or within one: what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Utf8 {
    /// How many bytes the character still has.
    left: u8,
    /// The least and the greatest byte that may come next within it.
    next: (u8, u8),
}

impl Utf8 {
    /// Between two characters.
    pub(super) const START: Self = Self { left: 0, next: (0x80, 0xBF) };

    /// Whether a text may end here.
    pub(super) fn is_between(self) -> bool {
        self.left == 0
    }

    /// After one more byte; `None` where no text goes on so.
    pub(super) fn next(self, byte: u8) -> Option<Self> {
        let within = |left, least, greatest| Some(Self { left, next: (least, greatest) });
        if self.left > 0 {
            return (self.next.0 <= byte && byte <= self.next.1).then_some(Self { left: self.left - 1, ..Self::START });
        }
        // The table of the Unicode standard: no longer form than needed, no surrogates, nothing above U+10FFFF.
        match byte {
            0x00..=0x7F => Some(Self::START),
            0xC2..=0xDF => within(1, 0x80, 0xBF),
            0xE0 => within(2, 0xA0, 0xBF),
            0xED => within(2, 0x80, 0x9F),
            0xE1..=0xEF => within(2, 0x80, 0xBF),
            0xF0 => within(3, 0x90, 0xBF),
            0xF1..=0xF3 => within(3, 0x80, 0xBF),
            0xF4 => within(3, 0x80, 0x8F),
            _ => None,
        }
    }

    /// The class of a byte: bytes of one class may follow in the same places.
    pub(super) fn class(byte: u8) -> u8 {
        const STARTS: [u8; 13] = [0x80, 0x90, 0xA0, 0xC0, 0xC2, 0xE0, 0xE1, 0xED, 0xEE, 0xF0, 0xF1, 0xF4, 0xF5];
        STARTS.iter().map(|start| u8::from(*start <= byte)).sum()
    }
}
