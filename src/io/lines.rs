//! Streams of lines: read in pieces of whole lines, and written to files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

/// What a stream gives next.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// Whole lines; only the last of a stream may lack its end.
    Lines(Vec<u8>),
    /// A line that is too long to be kept, with its length in bytes.
    TooLong(u64),
}

/// A stream of lines of which only a bounded part is in memory.
#[derive(Debug)]
pub struct Pieces<R> {
    source: R,
    /// How many bytes a piece has at most, where its lines are no longer.
    size: usize,
    /// How many bytes a line may have.
    most: usize,
    /// The begin of a line whose end is still to come.
    rest: Vec<u8>,
    is_over: bool,
}

/// A piece has as many bytes as keep a processor busy for some milliseconds.
const SIZE: usize = 1 << 20;
/// How many bytes are asked for at once.
const AT_ONCE: usize = 1 << 18;

impl<R: Read> Pieces<R> {
    /// The lines of a source, of which none may have more than `most` bytes.
    pub fn new(source: R, most: usize) -> Self {
        Self { source, size: SIZE.min(most), most, rest: Vec::new(), is_over: false }
    }

    /// The next piece, in the memory of an old one; `None` at the end.
    ///
    /// # Errors
    ///
    /// The source can't be read.
    pub fn next(&mut self, mut piece: Vec<u8>) -> io::Result<Option<Piece>> {
        // What an old piece had is written over. Made empty first, it would be filled with zeros before it is filled with text.
        let mut filled = self.rest.len();
        piece.splice(..filled.min(piece.len()), self.rest.drain(..));
        let mut searched = 0;
        loop {
            let unseen = piece.get(searched..filled).unwrap_or_default();
            if let Some(at) = memchr::memrchr(b'\n', unseen) {
                let end = searched + at + 1;
                self.rest.extend_from_slice(piece.get(end..filled).unwrap_or_default());
                piece.truncate(end);
                return Ok(Some(Piece::Lines(piece)));
            }
            if filled > self.most {
                return self.pass_over(filled).map(|bytes| Some(Piece::TooLong(bytes)));
            }
            if self.is_over {
                piece.truncate(filled);
                return Ok((!piece.is_empty()).then_some(Piece::Lines(piece)));
            }
            searched = filled;
            filled = self.fill(&mut piece, filled)?;
        }
    }

    /// Reads on behind what a piece is filled with, until it is full or there is nothing more at this moment: nobody who writes
    /// line by line into a pipe waits until there are enough of them. Gives how much it is filled with then.
    fn fill(&mut self, piece: &mut Vec<u8>, mut filled: usize) -> io::Result<usize> {
        let full = self.size.max(filled.saturating_mul(2)).min(self.most + 1);
        while filled < full {
            let wanted = (full - filled).min(AT_ONCE);
            if piece.len() < filled + wanted {
                piece.resize(filled + wanted, 0);
            }
            match self.source.read(piece.get_mut(filled..filled + wanted).unwrap_or_default()) {
                Ok(0) => {
                    self.is_over = true;
                    return Ok(filled);
                }
                Ok(count) if count < wanted => return Ok(filled + count),
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// Reads to the end of a line of which so much was read already, and keeps nothing of it.
    fn pass_over(&mut self, before: usize) -> io::Result<u64> {
        let mut count = before as u64;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = match self.source.read(&mut buffer) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if read == 0 {
                self.is_over = true;
                return Ok(count);
            }
            let bytes = buffer.get(..read).unwrap_or_default();
            if let Some(end) = memchr::memchr(b'\n', bytes) {
                self.rest.extend_from_slice(bytes.get(end + 1..).unwrap_or_default());
                return Ok(count + end as u64);
            }
            count += read as u64;
        }
    }
}

/// A file that grows, and takes its place when it is whole. What is no file is written to at once.
#[derive(Debug)]
pub struct Growing {
    file: File,
    /// Where it grows, and where it goes.
    places: Option<(PathBuf, PathBuf)>,
}

impl Growing {
    /// A file that will be at a path.
    ///
    /// # Errors
    ///
    /// There can be no file.
    pub fn new(path: &Path) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            return Ok(Self { file: File::options().write(true).open(path)?, places: None });
        }
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let temporary = real.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = File::options().write(true).create_new(true).open(&temporary)?;
        Ok(Self { file, places: Some((temporary, real)) })
    }

    /// Adds whole lines.
    ///
    /// # Errors
    ///
    /// They can't be written.
    pub fn add(&mut self, lines: &[u8]) -> io::Result<()> {
        self.file.write_all(lines)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    ///
    /// It can't be written. What was there is there still.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        let Some((temporary, real)) = self.places.take() else { return Ok(()) };
        fs::rename(&temporary, &real).inspect_err(|_| {
            let _ = fs::remove_file(&temporary);
        })
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.places {
            // That half a file can't be removed is no news beside what went wrong.
            let _ = fs::remove_file(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn all(text: &[u8], step: usize, most: usize) -> Vec<Piece> {
        let mut pieces = Pieces::new(Slow(text, step), most);
        let mut found = Vec::new();
        let mut old = Vec::new();
        while let Some(piece) = pieces.next(old).unwrap() {
            // What is left of another piece is no part of the next one.
            old = vec![b'\n'; found.len() * 7];
            found.push(piece);
        }
        found
    }

    #[test]
    fn lines_are_whole_however_they_come() {
        let text = b"one\n\ntwo two\nlast";
        for step in 1..20 {
            for most in [7, 8, 100] {
                let mut joined = Vec::new();
                for piece in all(text, step, most) {
                    let Piece::Lines(lines) = piece else { panic!("no line is too long: {step} {most}") };
                    assert!(lines.ends_with(b"\n") || lines.ends_with(b"last"));
                    joined.extend(lines);
                }
                assert_eq!(joined, text, "{step} {most}");
            }
        }
    }

    #[test]
    fn what_is_too_long_is_passed_over() {
        let text = b"a\n0123456789\nb\n0123456789";
        for step in 1..30 {
            let found = all(text, step, 4);
            let long: Vec<&Piece> = found.iter().filter(|piece| matches!(piece, Piece::TooLong(_))).collect();
            assert_eq!(long, [&Piece::TooLong(10), &Piece::TooLong(10)], "{step}");
            let lines: Vec<u8> = found
                .iter()
                .flat_map(|piece| match piece {
                    Piece::Lines(lines) => lines.clone(),
                    Piece::TooLong(_) => Vec::new(),
                })
                .collect();
            assert_eq!(lines, b"a\nb\n", "{step}");
        }
    }

    #[test]
    fn a_file_is_there_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("good.ndjson");
        let mut growing = Growing::new(&path).unwrap();
        growing.add(b"{}\n").unwrap();
        assert!(!path.exists());
        growing.finish().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), 3);
        drop(Growing::new(&path).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(Growing::new(folder.path()).is_err());
    }
}
