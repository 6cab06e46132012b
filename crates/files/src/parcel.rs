//! A zip that is made while it is sent: files go in one by one, packed bytes come out, and a list
//! of the SM3 hash of each file is its last part. Nothing is kept but the directory.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use journal::{Error, Result, hex, sm3};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// A zip being made.
pub struct Parcel {
    zip: ZipWriter<StreamWriter<Sink>>,
    sink: Sink,
    sums: Vec<(String, String)>,
}

/// Whether packing pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Texts.
    Packed,
    /// What is packed already: PDF, DOCX, pictures.
    AsIs,
}

/// Packed bytes that wait to be sent.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Default for Parcel {
    fn default() -> Self {
        let sink = Sink::default();
        Self { zip: ZipWriter::new_stream(sink.clone()), sink, sums: Vec::new() }
    }
}

impl Parcel {
    /// Adds a file.
    pub fn add(&mut self, name: &str, bytes: &[u8], packing: Packing) -> Result<()> {
        self.put(name, bytes, packing)?;
        self.sums.push((hex(&sm3(&[bytes])), name.to_owned()));
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8], packing: Packing) -> Result<()> {
        let method = match packing {
            Packing::Packed => CompressionMethod::Deflated,
            Packing::AsIs => CompressionMethod::Stored,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        self.zip.start_file(name, options).map_err(Error::fault)?;
        Ok(self.zip.write_all(bytes)?)
    }

    /// The bytes that can be sent by now.
    pub fn ready(&mut self) -> Vec<u8> {
        std::mem::take(&mut *self.sink.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds the list of hashes, `hash  name` a line as `sm3sum` writes it, and closes the zip;
    /// answers the last bytes.
    pub fn close(mut self, list: &str) -> Result<Vec<u8>> {
        let lines: String =
            self.sums.iter().map(|(sum, name)| format!("{sum}  {name}\n")).collect();
        self.put(list, lines.as_bytes(), Packing::Packed)?;
        let Self { zip, sink, .. } = self;
        zip.finish().map_err(Error::fault)?;
        Ok(std::mem::take(&mut *sink.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use zip::ZipArchive;

    use super::{Packing, Parcel};

    #[test]
    fn a_parcel_is_sent_in_pieces_and_lists_what_is_in_it() {
        let mut parcel = Parcel::default();
        let mut sent = Vec::new();
        parcel.add("一.txt", b"abc", Packing::Packed).unwrap();
        sent.extend(parcel.ready());
        let after_one = sent.len();
        assert!(after_one > 0);
        parcel.add("材料/001-照片.png", &[7; 5_000], Packing::AsIs).unwrap();
        sent.extend(parcel.ready());
        assert!(sent.len() > after_one + 5_000);
        sent.extend(parcel.close("SM3.txt").unwrap());
        let mut zip = ZipArchive::new(Cursor::new(sent)).unwrap();
        let mut list = String::new();
        zip.by_name("SM3.txt").unwrap().read_to_string(&mut list).unwrap();
        let first = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0  一.txt\n";
        assert!(list.starts_with(first), "{list}");
        assert_eq!(list.lines().count(), 2);
        let mut picture = Vec::new();
        zip.by_name("材料/001-照片.png").unwrap().read_to_end(&mut picture).unwrap();
        assert_eq!(picture, [7; 5_000]);
    }
}
