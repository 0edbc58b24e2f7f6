//! `count_duplicates_and_hashes(a, b, ...)`: how many rows have values that an earlier row has, and behind a blank hashes of some of
//! them; `count_shared_and_hashes(a, b, ...)`: how many have values that another row has. `has_hash(text, a, b, ...)` tells whether the
//! hash of a row is among those of such a text. `row_hash(a, b, ...)` is the hash itself.
//!
//! Grouping rows by long keys keeps every key. This keeps 16 bytes of each row instead, a hash whose seed is drawn for each run,
//! sorts them where they were made, and counts neighbours that are the same: a tenth of the time and of the memory. Among
//! a thousand million different keys two have the same hash with a probability below one in a hundred million million million.

use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;
use std::collections::{BinaryHeap, HashSet};
use std::hash::BuildHasher;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Decimal128Array, ListArray};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Field, FieldRef};
use datafusion::common::hash_utils::{QualityRandomState, create_hashes};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl,
    Signature, Volatility,
};
use datafusion::prelude::SessionContext;
use datafusion::scalar::ScalarValue;

/// Hashes in a list of those that are there more than once.
const MOST: usize = 1_000;

/// Makes the functions known.
pub(super) fn register(context: &SessionContext) {
    let drawn = std::hash::RandomState::new();
    let seeds = [drawn.hash_one(1), drawn.hash_one(2)];
    for counted in [Counted::Duplicates, Counted::Shared] {
        context.register_udaf(AggregateUDF::from(Duplicates { signature: any(), seeds, counted }));
    }
    for is_sought in [false, true] {
        context.register_udf(ScalarUDF::from(RowHash { signature: any(), seeds, is_sought }));
    }
}

fn any() -> Signature {
    Signature::variadic_any(Volatility::Immutable)
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Duplicates {
    signature: Signature,
    seeds: [u64; 2],
    counted: Counted,
}

/// Which rows are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    /// Those whose values an earlier row has.
    Duplicates,
    /// Those whose values another row has.
    Shared,
}

/// The hash of some values.
#[derive(Debug, PartialEq, Eq, Hash)]
struct RowHash {
    signature: Signature,
    seeds: [u64; 2],
    /// Whether it is only told whether the hash is one of those in the text that stands in front.
    is_sought: bool,
}

impl ScalarUDFImpl for RowHash {
    fn name(&self) -> &'static str {
        if self.is_sought { "has_hash" } else { "row_hash" }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(if self.is_sought { DataType::Boolean } else { hash_type() })
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let mut hasher = Hasher::new(self.seeds);
        if self.is_sought {
            let (sought, values) = args.args.split_first().ok_or_else(|| wrong("hashes of nothing"))?;
            let ColumnarValue::Scalar(ScalarValue::Utf8(Some(sought))) = sought else {
                return Err(wrong("no list of hashes"));
            };
            let sought: HashSet<i128> = sought.split(',').filter_map(read).collect();
            let arrays = ColumnarValue::values_to_arrays(values)?;
            let found: BooleanArray = hasher.hashes(&arrays)?.map(|hash| Some(sought.contains(&hash))).collect();
            return Ok(ColumnarValue::Array(Arc::new(found)));
        }
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let of_rows: Vec<i128> = hasher.hashes(&arrays)?.collect();
        Ok(ColumnarValue::Array(Arc::new(Decimal128Array::from(of_rows).with_data_type(hash_type()))))
    }
}

fn wrong(what: &str) -> DataFusionError {
    DataFusionError::Internal(what.to_owned())
}

/// A hash as it stands in a text.
fn written(hash: i128) -> String {
    format!("{:032x}", hash.cast_unsigned())
}

fn read(text: &str) -> Option<i128> {
    u128::from_str_radix(text, 16).ok().map(u128::cast_signed)
}

/// Two hashes of each row, which are independent of each other.
struct Hasher {
    states: [QualityRandomState; 2],
    buffers: [Vec<u64>; 2],
}

impl Hasher {
    fn new(seeds: [u64; 2]) -> Self {
        Self { states: seeds.map(QualityRandomState::with_seed), buffers: <[Vec<u64>; 2]>::default() }
    }

    fn hashes(&mut self, values: &[ArrayRef]) -> Result<impl Iterator<Item = i128>> {
        let rows = values.first().map_or(0, Array::len);
        for (state, buffer) in self.states.iter().zip(&mut self.buffers) {
            buffer.clear();
            buffer.resize(rows, 0);
            create_hashes(values, state, buffer)?;
        }
        let [one, other] = &self.buffers;
        let both = |(one, other): (&u64, &u64)| ((u128::from(*one) << 64) | u128::from(*other)).cast_signed();
        Ok(one.iter().zip(other).map(both))
    }
}

/// Sixteen bytes travel between the parts of the engine as a decimal, which is one of its types.
fn hash_type() -> DataType {
    DataType::Decimal128(38, 0)
}

fn hash_field() -> FieldRef {
    Arc::new(Field::new("hash", hash_type(), false))
}

impl AggregateUDFImpl for Duplicates {
    fn name(&self) -> &'static str {
        match self.counted {
            Counted::Duplicates => "count_duplicates_and_hashes",
            Counted::Shared => "count_shared_and_hashes",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let hasher = Hasher::new(self.seeds);
        Ok(Box::new(Hashes { counted: self.counted, hasher, own: Vec::new(), sorted: Vec::new() }))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new(format!("{} hashes", args.name), DataType::List(hash_field()), false))])
    }
}

/// The hashes of rows.
struct Hashes {
    counted: Counted,
    hasher: Hasher,
    /// Those of the rows of this part.
    own: Vec<i128>,
    /// Those of other parts, each in order.
    sorted: Vec<ArrayRef>,
}

impl std::fmt::Debug for Hashes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} hashes", self.own.len())
    }
}

/// Hashes as one value of the engine.
fn list(hashes: Vec<i128>) -> Result<ScalarValue> {
    let hashes = Decimal128Array::from(hashes).with_data_type(hash_type());
    let offsets = OffsetBuffer::from_lengths([hashes.len()]);
    Ok(ScalarValue::List(Arc::new(ListArray::try_new(hash_field(), offsets, Arc::new(hashes), None)?)))
}

impl Accumulator for Hashes {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let hashes = self.hasher.hashes(values)?;
        let nulls: Vec<_> = values.iter().filter_map(Array::logical_nulls).collect();
        if nulls.is_empty() {
            self.own.extend(hashes);
            return Ok(());
        }
        // As in a unique constraint of SQL, a row with a null is like no other.
        let whole = hashes.enumerate().filter(|(row, _)| nulls.iter().all(|nulls| nulls.is_valid(*row)));
        self.own.extend(whole.map(|(_, hash)| hash));
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.own.sort_unstable();
        let lists = self.sorted.iter().map(|hashes| hashes.as_primitive::<Decimal128Type>().values().as_ref());
        let lists: Vec<&[i128]> = lists.chain([self.own.as_slice()]).collect();
        let (mut count, mut groups, mut last, mut hashes) = (0_i64, 0_i64, None, Vec::new());
        repeated(&lists, |hash| {
            count += 1;
            groups += i64::from(last.replace(hash) != Some(hash));
            if hashes.len() < MOST && hashes.last() != Some(&hash) {
                hashes.push(hash);
            }
        });
        let count = match self.counted {
            Counted::Duplicates => count,
            // Each group has a first row, which no earlier one is like.
            Counted::Shared => count + groups,
        };
        let hashes = hashes.into_iter().map(written).collect::<Vec<_>>().join(",");
        Ok(ScalarValue::from(format!("{count} {hashes}")))
    }

    fn size(&self) -> usize {
        let sorted: usize = self.sorted.iter().map(|hashes| hashes.len() * size_of::<i128>()).sum();
        size_of_val(self) + self.own.capacity() * size_of::<i128>() + sorted
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.own.sort_unstable();
        Ok(vec![list(std::mem::take(&mut self.own))?])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let lists = states.first().and_then(|state| state.as_list_opt::<i32>());
        let lists = lists.ok_or_else(|| wrong("hashes of no list"))?;
        self.sorted.extend(lists.iter().flatten());
        Ok(())
    }
}

/// Visits the numbers in sorted lists that were there before, in order.
fn repeated(lists: &[&[i128]], mut visit: impl FnMut(i128)) {
    let mut heads = BinaryHeap::new();
    let mut rests: Vec<std::slice::Iter<'_, i128>> = lists.iter().map(|list| list.iter()).collect();
    for (at, rest) in rests.iter_mut().enumerate() {
        heads.extend(rest.next().map(|first| Reverse((*first, at))));
    }
    let mut last = None;
    while let Some(mut head) = heads.peek_mut() {
        let Reverse((hash, at)) = *head;
        if last == Some(hash) {
            visit(hash);
        }
        last = Some(hash);
        match rests.get_mut(at).and_then(Iterator::next) {
            Some(next) => *head = Reverse((*next, at)),
            None => drop(PeekMut::pop(head)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_come_back_from_their_text() {
        for hash in [0, -1, i128::MAX, i128::MIN] {
            assert_eq!(read(&written(hash)), Some(hash));
        }
    }

    #[test]
    fn what_was_there_before_is_told_across_lists() {
        let of = |lists: &[&[i128]]| {
            let mut found = Vec::new();
            repeated(lists, |hash| found.push(hash));
            found
        };
        assert_eq!(of(&[]), []);
        assert_eq!(of(&[&[1, 2, 2, 2, 3]]), [2, 2]);
        assert_eq!(of(&[&[1, 2, 2], &[], &[2, 3], &[3, 4]]), [2, 2, 3]);
    }
}
