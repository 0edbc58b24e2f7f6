//! Which names a text may mention, as a set small enough to keep for every file of a repository: whoever looks for the files
//! that refer to a contract reads those few that may.

use std::collections::HashSet;
use std::hash::BuildHasher;

/// The words of a text as a Bloom filter (B. H. Bloom, 1970): a word of the text is always found, and one word in some three
/// hundred is found that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentions {
    bits: Vec<u64>,
}

/// How many bits a word sets.
const PROBES: u64 = 5;
/// A bit for every two bytes is a dozen for each different word of a contract: one wrong answer in 300.
const BYTES_OF_A_BIT: usize = 2;
/// So many bits, at most, are kept of one text: 64 KiB. A text of more words answers "maybe" more often.
const MOST_BITS: usize = 1 << 19;

impl Mentions {
    /// The words of a text: runs of letters, digits, `_`, `-` and dots. Of `a.b.c` those are `a`, `a.b` and `a.b.c`, since a
    /// reference begins with a name and names may have dots.
    pub fn of(text: &str) -> Self {
        let size = (text.len() / BYTES_OF_A_BIT).next_power_of_two().clamp(64, MOST_BITS);
        let mut mentions = Self { bits: vec![0; size / 64] };
        let mut word: Option<u64> = None;
        for byte in text.bytes().chain([b' ']) {
            let goes_on = is_of_word(byte);
            if let Some(end) = word.filter(|_| !goes_on) {
                mentions.add(end);
            }
            word = (goes_on || byte == b'.' && word.is_some()).then(|| step(word.unwrap_or(SEED), byte));
        }
        mentions
    }

    fn add(&mut self, word: u64) {
        for bit in probes(word, self.bits.len()) {
            if let Some(bits) = self.bits.get_mut(bit / 64) {
                *bits |= 1 << (bit % 64);
            }
        }
    }

    /// The set as it is stored.
    pub fn bits(&self) -> &[u64] {
        &self.bits
    }
}

/// A word by which a name is looked for: names of other formats have spaces in them, and every text that has such a name has
/// its words. The whole of it where it has no word.
pub fn word_of(name: &str) -> &str {
    let words = name.split(|letter: char| !(letter == '.' || !letter.is_ascii() || is_of_word(letter as u8)));
    let longest = words.map(|word| word.trim_matches('.')).max_by_key(|word| word.len());
    longest.filter(|word| !word.is_empty()).unwrap_or(name)
}

/// Whether a text has one of some names in it, as a word or at the beginning of one that goes on with a dot.
pub fn has_any<S: BuildHasher>(text: &str, names: &HashSet<&str, S>) -> bool {
    let words = text
        .split(|letter: char| !(letter == '.' || letter.is_ascii() && is_of_word(letter as u8) || !letter.is_ascii()));
    words
        .map(|word| word.trim_start_matches('.'))
        .filter(|word| !word.is_empty())
        .any(|word| names.contains(word) || word.match_indices('.').any(|(end, _)| names.contains(&word[..end])))
}

/// A name to look for.
#[derive(Debug, Clone, Copy)]
pub struct Name(u64);

impl Name {
    /// A name as it stands in a text.
    pub fn new(name: &str) -> Self {
        Self(name.bytes().fold(SEED, step))
    }

    /// Whether a text of which the stored set is given may have the name; where it does, the answer is never no.
    pub fn may_be_in(self, bits: &[u64]) -> bool {
        probes(self.0, bits.len()).all(|bit| bits.get(bit / 64).is_some_and(|word| word & (1 << (bit % 64)) != 0))
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || !byte.is_ascii()
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo): the same on every machine and in every version, which the stored set needs.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The bits of a word in a set of so many words of 64 bits, by double hashing (Kirsch and Mitzenmacher, 2006).
fn probes(hash: u64, words: usize) -> impl Iterator<Item = usize> {
    // The low bits of FNV-1a mix worst.
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (first, second) = (mixed >> 32, (mixed & 0xffff_ffff) | 1);
    let size = (words * 64).max(1) as u64;
    (0..PROBES).map(move |probe| usize::try_from(first.wrapping_add(probe.wrapping_mul(second)) % size).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn has(text: &str, name: &str) -> bool {
        Name::new(name).may_be_in(Mentions::of(text).bits())
    }

    #[test]
    fn names_of_several_words_are_found_by_one_of_them() {
        assert_eq!(word_of("payments.transactions"), "payments.transactions");
        assert_eq!(word_of("7f1e-4a"), "7f1e-4a");
        for name in ["Web Shop Orders", "Seller: payments (v1)", "Bestellungen ü", "..", ""] {
            let text = format!("kind: subscription\ncontract: \"{name}\"\n");
            let word = word_of(name);
            assert!(has(&text, word) || word == name, "{word}");
            assert!(has_any(&text, &HashSet::from([word])) || word == name, "{word}");
        }
    }

    #[test]
    fn names_are_found_wherever_they_stand() {
        let text = "schema:\n  - {name: a, foreign_key_reference: 'payments.transactions.id'}\ncontract: orders\n";
        for name in ["payments", "payments.transactions", "payments.transactions.id", "orders"] {
            assert!(has(text, name), "{name}");
        }
        for name in ["payment", "order", "customers", "payments.orders"] {
            assert!(!has(text, name), "{name}");
            assert!(!has_any(text, &HashSet::from([name])), "{name}");
        }
        assert!(!has("", "orders"));
        assert!(has("orders", "orders") && has("\u{feff}a: orders.", "orders") && has("[x,orders]", "orders"));
    }

    #[test]
    fn few_names_are_found_that_are_not_there() {
        let fields: Vec<String> = (0..500).map(|number| format!("- name: word_{number}\n  nullable: true\n")).collect();
        let text = fields.concat();
        let mentions = Mentions::of(&text);
        let wrong =
            (0..10_000).filter(|number| Name::new(&format!("other_{number}")).may_be_in(mentions.bits())).count();
        assert!(wrong < 100, "{wrong} of 10,000");
    }

    #[test]
    fn words_without_end_need_no_memory_without_end() {
        let mentions = Mentions::of(&"a.".repeat(1 << 20));
        assert!(mentions.bits().len() <= MOST_BITS / 64);
    }

    proptest! {
        #[test]
        fn what_is_there_is_always_found(before in "[ -~\n]{0,40}", name in "[a-z][a-z0-9_]{0,8}(\\.[a-z][a-z0-9_]{0,8}){0,3}", after in "[ :,'\"\\]\n.][ -~]{0,40}") {
            let text = format!("{before} {name}{after}");
            prop_assert!(has(&text, &name));
            prop_assert!(has_any(&text, &HashSet::from([name.as_str()])));
        }
    }
}
