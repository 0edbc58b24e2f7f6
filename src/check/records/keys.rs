//! Keys that occur twice in a stream, in memory that does not grow without end.
//!
//! Of each key 128 bits are kept, by a hash that nobody outside can predict: among a billion keys two different ones share
//! theirs with a chance of less than one in 10^20.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use super::check::identity;
use crate::expression::eval::{Number, Value};

/// Makes 128 bits of values, in the same way for a whole run.
#[derive(Debug, Clone, Default)]
pub(super) struct Digest {
    one: RandomState,
    two: RandomState,
}

impl Digest {
    /// The digest of values; `None` where one of them is null.
    pub(super) fn of<'v>(&self, values: impl Iterator<Item = Option<&'v Value<'v>>>) -> Option<u128> {
        let (mut one, mut two) = (self.one.build_hasher(), self.two.build_hasher());
        for value in values {
            for hasher in [&mut one, &mut two] {
                write(hasher, value?)?;
            }
        }
        Some(u128::from(one.finish()) << 64 | u128::from(two.finish()))
    }
}

fn write(hasher: &mut impl Hasher, value: &Value<'_>) -> Option<()> {
    match value {
        Value::Null => return None,
        Value::Text(text) => {
            hasher.write_u8(1);
            hasher.write(text.as_bytes());
            hasher.write_u8(0xff);
        }
        Value::Number(number) => {
            if let Some(Number::Int(whole)) = number.whole() {
                hasher.write_u8(2);
                hasher.write_i128(whole);
            } else {
                hasher.write_u8(3);
                hasher.write(identity(value).as_bytes());
            }
        }
        Value::Uuid(id) => {
            hasher.write_u8(4);
            hasher.write_u128(*id);
        }
        Value::Moment(moment) => {
            hasher.write_u8(5);
            hasher.write_i64(moment.seconds);
            hasher.write_u32(moment.nanos);
        }
        other => {
            hasher.write_u8(6);
            hasher.write(identity(other).as_bytes());
            hasher.write_u8(0xff);
        }
    }
    Some(())
}

/// What is a digest already needs no further one.
#[derive(Debug, Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "half of the digest is enough to find a place by")]
    fn write_u128(&mut self, digest: u128) {
        self.0 = digest as u64;
    }
}

/// The keys of the records so far.
#[derive(Debug)]
pub(super) struct Keys {
    seen: HashSet<u128, BuildHasherDefault<Plain>>,
    /// Those that came again, where the records are counted that share theirs with another.
    again: Option<HashSet<u128, BuildHasherDefault<Plain>>>,
    /// How many there is room for.
    most: usize,
    /// Whether there were more than that.
    pub(super) is_full: bool,
}

/// Bytes that a key takes: a set doubles before it is full, and for a moment has both halves.
const BYTES_OF_KEY: usize = 56;

impl Keys {
    /// Room for as many keys as fit into so many bytes. `is_shared`: it matters how many records share a key, and not only how
    /// many come again.
    pub(super) fn new(bytes: usize, is_shared: bool) -> Self {
        let sets = 1 + usize::from(is_shared);
        let again = is_shared.then(HashSet::default);
        Self { seen: HashSet::default(), again, most: bytes / BYTES_OF_KEY / sets, is_full: false }
    }

    /// How many records become wrong by a key: none where it is new, one more where it was there before, and two where its first
    /// record is wrong as well from now on. Once there is no room any more nothing is said of new ones.
    pub(super) fn wrong_by(&mut self, key: u128) -> u64 {
        if self.seen.contains(&key) {
            return 1 + u64::from(self.again.as_mut().is_some_and(|again| again.insert(key)));
        }
        if self.seen.len() >= self.most {
            self.is_full = true;
        } else {
            self.seen.insert(key);
        }
        0
    }

    /// How many different keys are kept.
    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }
}
