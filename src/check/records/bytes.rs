//! Several bytes of a text looked at in one step.

/// A key that is looked for.
#[derive(Debug)]
pub(super) struct Key {
    /// As JSON, in quotes.
    pub(super) quoted: String,
    /// Its first bytes as one number, and the bits of it that they have: to compare those with what stands in a text takes less
    /// than to compare byte by byte.
    bits: u128,
    mask: u128,
}

/// So many bytes of a key are compared as one number.
const AT_ONCE: usize = 16;

impl Key {
    pub(super) fn new(name: &str) -> Self {
        let quoted = serde_json::Value::from(name).to_string();
        let first = quoted.bytes().take(AT_ONCE).rev();
        let (bits, mask) = first.fold((0, 0), |(bits, mask), byte| (bits << 8 | u128::from(byte), mask << 8 | 0xff));
        Self { quoted, bits, mask }
    }

    /// Whether a text begins with it.
    #[inline]
    pub(super) fn begins(&self, text: &[u8]) -> bool {
        match text.first_chunk::<AT_ONCE>() {
            Some(chunk) if self.quoted.len() <= AT_ONCE => u128::from_le_bytes(*chunk) & self.mask == self.bits,
            _ => text.starts_with(self.quoted.as_bytes()),
        }
    }
}

/// A byte in each part of a word.
const ONES: u64 = u64::from_le_bytes([1; 8]);
/// The highest bit of each part of a word.
const HIGH: u64 = ONES << 7;

/// The next eight bytes in their parts of a word, the first one lowest.
#[inline]
pub(super) fn word(bytes: &[u8], from: usize) -> Option<u64> {
    bytes.get(from..).and_then(<[u8]>::first_chunk).map(|chunk| u64::from_le_bytes(*chunk))
}

/// Where a run of letters ends that mean themselves: at a quote, a backslash or a control character. Eight bytes are looked at
/// at once, each in its part of a word.
#[inline]
pub(super) fn end_of_plain(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(word) = word(bytes, at) {
        // A part that is less than what is taken from it borrows from its highest bit; one behind it may look as if it were less
        // too, which does no harm. With one bit turned over a quote is next to the control characters, and nothing else is.
        let low = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
        let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        let ends = (low | backslash) & !word & HIGH;
        if ends != 0 {
            return at + ends.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
}

/// The powers of 10 up to that of eight digits.
pub(super) const POWERS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// The number that a word begins with, and how many digits it has.
#[inline]
pub(super) fn digits_of(word: u64) -> (u64, usize) {
    let parts = word ^ (ONES * u64::from(b'0'));
    // What is above 9 sets its highest bit, or has it set; what it carries on to is behind it.
    let others = (parts.wrapping_add(ONES * 0x76) | parts) & HIGH;
    let count = others.trailing_zeros() / 8;
    if count == 0 {
        return (0, 0);
    }
    // Moved up so that zeros stand before them, eight digits make four numbers of two, those two of four, and those the whole.
    let parts = parts << (64 - 8 * count);
    let twos = (parts.wrapping_mul(10 << 8 | 1) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (twos.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000 << 32 | 1) >> 32, count as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_is_found_by_all_its_bytes(name in "[a-c\"ü]{0,20}", other in "[a-c\"ü]{0,20}", behind in "[a:1]{0,20}") {
            let quoted = |name: &str| serde_json::Value::from(name).to_string();
            let key = Key::new(&name);
            let (same, different) = (quoted(&name) + &behind, quoted(&other) + &behind);
            prop_assert!(key.begins(same.as_bytes()));
            prop_assert_eq!(key.begins(different.as_bytes()), name == other);
        }
    }
}
