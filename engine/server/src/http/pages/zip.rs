//! gzip, put together from parts that were compressed once: what is put into the places between them goes as it is.
//!
//! A deflate stream is a row of blocks. Each text of a body is compressed by itself, up to a byte's end, and refers to
//! nothing before it, so that anything may stand before it. Brotli has no such parts that all browsers take.

use flate2::{Compress, Compression, Crc, FlushCompress};

/// A text that is shorter goes as it is, beside the places around it.
const SHORT: usize = 96;

/// A header without a name and a time.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// The last block, empty.
const LAST: [u8; 2] = [3, 0];

/// A text, compressed by itself; empty if it is better left as it is.
pub(super) fn pack(text: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    if text.len() < SHORT {
        return packed;
    }
    let mut deflate = Compress::new(Compression::best(), false);
    loop {
        packed.reserve(text.len() / 2 + 64);
        let done = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
        let rest = text.get(done..).unwrap_or_default();
        let status = deflate.compress_vec(rest, &mut packed, FlushCompress::Sync);
        let is_done = deflate.total_in() == text.len() as u64 && packed.len() < packed.capacity();
        if status.is_err() || is_done {
            return packed;
        }
    }
}

/// A stream that is being put together.
pub(super) struct Zip {
    out: Vec<u8>,
    plain: Vec<u8>,
}

impl Zip {
    /// For a page of about this length.
    pub(super) fn begin(length: usize) -> Self {
        let mut out = Vec::with_capacity(length / 3 + 1_024);
        out.extend(HEAD);
        Self { out, plain: vec![] }
    }

    /// Adds a text that was compressed by [`pack`].
    pub(super) fn packed(&mut self, packed: &[u8]) {
        self.store();
        self.out.extend(packed);
    }

    /// Adds what goes as it is.
    pub(super) fn plain(&mut self, text: &[u8]) {
        self.plain.extend(text);
    }

    /// The whole stream; `page` is what it says.
    pub(super) fn end(mut self, page: &[u8]) -> Vec<u8> {
        self.store();
        self.out.extend(LAST);
        let mut sum = Crc::new();
        sum.update(page);
        self.out.extend(sum.sum().to_le_bytes());
        self.out.extend(sum.amount().to_le_bytes());
        self.out
    }

    /// As blocks that are not compressed.
    fn store(&mut self) {
        for block in self.plain.chunks(usize::from(u16::MAX)) {
            let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
            self.out.push(0);
            self.out.extend(length.to_le_bytes());
            self.out.extend((!length).to_le_bytes());
            self.out.extend(block);
        }
        self.plain.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    fn check(parts: &[(&str, bool)]) {
        let page: String = parts.iter().map(|(text, _)| *text).collect();
        let mut zip = Zip::begin(page.len());
        for (text, is_packed) in parts {
            let packed = pack(text.as_bytes());
            if *is_packed && !packed.is_empty() { zip.packed(&packed) } else { zip.plain(text.as_bytes()) }
        }
        let mut read = String::new();
        GzDecoder::new(&*zip.end(page.as_bytes())).read_to_string(&mut read).expect("a stream");
        assert_eq!(read, page);
    }

    #[test]
    fn what_is_put_together_reads_as_one() {
        let long = "It rained, as it does on every first page. ".repeat(400);
        let noise: String =
            (0..90_000u32).map(|at| char::from(b'!' + (at.wrapping_mul(2_654_435_761) >> 26) as u8)).collect();
        check(&[]);
        check(&[("a", false)]);
        check(&[(&long, true)]);
        check(&[(&long, true), ("Ada", false), (&long, true), ("short", true), (&noise, true)]);
        check(&[(&noise, false), (&long, true)]);
    }
}
