//! Reads files in buckets as if they were on a disk, for readers that wait.

use std::collections::VecDeque;
use std::io::{self, Cursor, Read};
use std::ops::Range;
use std::sync::Arc;

use bytes::{Buf, Bytes, buf};
use datafusion::parquet::errors::{ParquetError, Result as ParquetResult};
use datafusion::parquet::file::reader::{ChunkReader, Length};
use object_store::{GetOptions, GetRange, ObjectMeta, ObjectStore};

use super::{Failed, Pending, Store};

/// The first piece: what tells the columns is in it.
const FIRST: u64 = (1 << 20) + (1 << 18);
/// Pieces behind it.
const PIECE: u64 = 8 << 20;
/// Pieces that are asked for before they are needed.
const AHEAD: usize = 2;
/// As much of the end of a Parquet file as mostly has all that it says of itself.
const END: u64 = 64 << 10;

impl Store {
    /// Asks for a part of a file, as it was when it was listed.
    fn part(&self, meta: &ObjectMeta, range: Range<u64>) -> Pending<Bytes> {
        let (inner, location) = (Arc::clone(&self.inner), meta.location.clone());
        let options =
            GetOptions { range: Some(GetRange::Bounded(range)), if_match: meta.e_tag.clone(), ..GetOptions::default() };
        self.start(async move { inner.get_opts(&location, options).await?.bytes().await })
    }

    fn error(&self, failed: &Failed) -> io::Error {
        io::Error::other(failed.cause().sentence(&self.bucket))
    }
}

/// A file from its beginning to its end.
pub(in super::super) struct Reader {
    store: Arc<Store>,
    meta: ObjectMeta,
    /// What was asked for, up to where.
    asked: u64,
    pending: VecDeque<Pending<Bytes>>,
    current: Cursor<Bytes>,
}

impl Reader {
    pub(in super::super) fn new(store: &Arc<Store>, meta: &ObjectMeta) -> Self {
        Self {
            store: Arc::clone(store),
            meta: meta.clone(),
            asked: 0,
            pending: VecDeque::new(),
            current: Cursor::default(),
        }
    }

    /// Asks for what comes next, and for some more once it is clear that the whole file is wanted.
    fn ask(&mut self) {
        let (most, size) = if self.asked == 0 { (1, FIRST) } else { (AHEAD, PIECE) };
        while self.pending.len() < most && self.asked < self.meta.size {
            let end = (self.asked + size).min(self.meta.size);
            self.pending.push_back(self.store.part(&self.meta, self.asked..end));
            self.asked = end;
        }
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.current.has_remaining() {
            self.ask();
            let Some(next) = self.pending.pop_front() else { return Ok(0) };
            self.current = Cursor::new(next.wait().map_err(|failed| self.store.error(&failed))?);
            if !self.current.has_remaining() {
                return Err(io::Error::other("the store gave nothing where there is something"));
            }
        }
        self.current.read(into)
    }
}

/// A Parquet file whose end is there, where it says what its columns are.
pub(in super::super) struct Footer {
    store: Arc<Store>,
    meta: ObjectMeta,
    start: u64,
    end: Bytes,
}

impl Footer {
    pub(in super::super) fn read(store: &Arc<Store>, meta: &ObjectMeta) -> io::Result<Self> {
        let start = meta.size.saturating_sub(END);
        let end = store.part(meta, start..meta.size).wait().map_err(|failed| store.error(&failed))?;
        Ok(Self { store: Arc::clone(store), meta: meta.clone(), start, end })
    }
}

impl Length for Footer {
    fn len(&self) -> u64 {
        self.meta.size
    }
}

impl ChunkReader for Footer {
    type T = buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        let length = usize::try_from(self.meta.size.saturating_sub(start)).unwrap_or(usize::MAX);
        self.get_bytes(start, length).map(Buf::reader)
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        let range = start..start.saturating_add(length as u64);
        if range.end > self.meta.size {
            return Err(ParquetError::EOF("it ends before that".to_owned()));
        }
        if let Some(begin) = start.checked_sub(self.start).and_then(|begin| usize::try_from(begin).ok()) {
            return Ok(self.end.slice(begin..begin + length));
        }
        let part = self.store.part(&self.meta, range).wait();
        part.map_err(|failed| ParquetError::External(Box::new(self.store.error(&failed))))
    }
}
