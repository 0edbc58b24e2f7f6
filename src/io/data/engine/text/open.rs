//! Text files as a flow of UTF-8, whatever they are compressed with and encoded in.

use std::io::{self, BufReader, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use super::super::list::At;

/// The text of a file. What is said to be UTF-8 is not looked at: whoever reads it knows the line of what is not.
pub(super) fn text(at: &At, encoding: &str) -> io::Result<Box<dyn Read + Send>> {
    let plain = bytes(at)?;
    let encoding = known(encoding)?;
    if encoding == UTF_8 {
        return Ok(plain);
    }
    Ok(Box::new(Decoding {
        from: plain,
        decoder: encoding.new_decoder(),
        raw: Vec::new(),
        ready: Vec::new(),
        given: 0,
        ended: false,
    }))
}

fn known(label: &str) -> io::Result<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
        io::Error::other(format!(
            "pact knows no encoding `{}`; such as `utf-8`, `windows-1252`, `utf-16le` are known",
            label.escape_debug()
        ))
    })
}

/// The bytes of a file behind its compression, which its first bytes tell.
fn bytes(at: &At) -> io::Result<Box<dyn Read + Send>> {
    let mut file = at.open()?;
    let mut magic = [0; 4];
    let mut known = 0;
    while known < magic.len() {
        match file.read(magic.get_mut(known..).unwrap_or_default())? {
            0 => break,
            count => known += count,
        }
    }
    let start = magic.get(..known).unwrap_or_default().to_vec();
    let is_gzip = start.starts_with(&[0x1f, 0x8b]);
    let is_zstd = start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let whole = io::Cursor::new(start).chain(file);
    Ok(if is_gzip {
        Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(1 << 17, whole)))
    } else if is_zstd {
        Box::new(zstd::stream::read::Decoder::new(whole)?)
    } else {
        Box::new(whole)
    })
}

struct Decoding {
    from: Box<dyn Read + Send>,
    decoder: Decoder,
    /// Bytes that are not decoded yet.
    raw: Vec<u8>,
    /// Text that is not given away yet, from `given` on.
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Decoding {
    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        let mut more = vec![0; 1 << 16];
        let count = self.from.read(&mut more)?;
        self.ended = count == 0;
        self.raw.extend_from_slice(more.get(..count).unwrap_or_default());
        let room = self.decoder.max_utf8_buffer_length_without_replacement(self.raw.len()).unwrap_or(1 << 20);
        self.ready.resize(room, 0);
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(&self.raw, &mut self.ready, self.ended);
        self.ready.truncate(written);
        self.raw.drain(..read);
        match result {
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Ok(()),
            DecoderResult::Malformed(..) => Err(io::Error::other(format!(
                "it is not written in {}: look at the encoding of the source",
                self.decoder.encoding().name()
            ))),
        }
    }
}

impl Read for Decoding {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let left = self.ready.get(self.given..).unwrap_or_default();
        let count = left.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..count), left.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}
