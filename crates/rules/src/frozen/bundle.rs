//! A month as one file: a zip with the manifest and every piece, to be checked with nothing else.
//!
//! Any tool opens it: `manifest.json` in front, then a numbered folder for each part in the order of
//! the manifest. Reading is bounded in bytes, files and ratio, and takes no file it does not know.

use std::io::{Cursor, Read as _, Write as _};

use kernel::{Message, Text, msg, text};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::manifest::{MANIFEST_BYTES_MAX, Manifest};
use super::{Frozen, FrozenPart, PARTS_MAX, Piece, Root};
use crate::frozen::broken::Broken;
use crate::frozen::evidence::EVIDENCE_BYTES_MAX;
use crate::saying::{same, say};

/// Bytes of a bundle.
pub const BUNDLE_BYTES_MAX: usize = 256 << 20;
/// Bytes of all its pieces together, unpacked.
const UNPACKED_BYTES_MAX: u64 = 512 << 20;
/// How often a piece may be longer than its packed bytes; sheets of a city are packed 5 to 30 times.
const RATIO_MAX: u64 = 200;
/// Pieces up to this length may have any ratio: a short list of like entries packs well.
const RATIO_FREE_BYTES: u64 = 1 << 20;
const MANIFEST: &str = "manifest.json";

/// A month with the manifest that came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The manifest as it stands in the file.
    pub manifest: String,
    /// The month.
    pub frozen: Frozen,
}

impl Bundle {
    /// Everything that is not as the manifest says or that scoring again does not confirm.
    pub fn check(&self) -> Vec<Broken> {
        self.frozen.check(&self.manifest)
    }
}

/// Packs a month; refused when it is so large that it could not be read again.
pub fn write(frozen: &Frozen) -> Result<Vec<u8>, Message> {
    let manifest = frozen.manifest();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut unpacked = 0;
    put(&mut zip, MANIFEST, manifest.as_bytes())?;
    if frozen.parts.len() > PARTS_MAX || manifest.len() > MANIFEST_BYTES_MAX {
        return Err(MANY.into());
    }
    for (index, part) in frozen.in_order().into_iter().enumerate() {
        for piece in Piece::ALL {
            let bytes = part.bytes(piece);
            unpacked += wide(bytes.len());
            if wide(bytes.len()) > most(piece) || unpacked > UNPACKED_BYTES_MAX {
                return Err(large(&place(index, piece)));
            }
            put(&mut zip, &place(index, piece), bytes)?;
        }
    }
    let bytes = zip.finish().map_err(|_| Message::from(UNPACKABLE))?.into_inner();
    if bytes.len() > BUNDLE_BYTES_MAX { Err(LONG.into()) } else { Ok(bytes) }
}

/// Unpacks a month. What it says is not believed yet: [`Bundle::check`] is the proof.
pub fn read(bytes: &[u8]) -> Result<Bundle, Message> {
    if bytes.len() > BUNDLE_BYTES_MAX {
        return Err(LONG.into());
    }
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Message::from(NO_ZIP))?;
    let mut source = Source { zip, left: UNPACKED_BYTES_MAX };
    if source.zip.len() > PARTS_MAX * Piece::ALL.len() + 1 {
        return Err(MANY.into());
    }
    let most = wide(MANIFEST_BYTES_MAX);
    let manifest = source.text(MANIFEST, most)?;
    let stated = Manifest::parse(&manifest)
        .map_err(|why| say!("{a}：{b}", "{a}: {b}", a = same(MANIFEST), b = why))?;
    let file_count = source.zip.len();
    let expected_count = stated.parts.len() * Piece::ALL.len() + 1;
    if file_count != expected_count {
        return Err(msg!(
            "卷宗有{file_count}个文件，按清单应有{expected_count}个",
            "the bundle has {file_count} files, by its manifest it should have {expected_count}"
        ));
    }
    let mut parts = Vec::new();
    for (index, line) in stated.parts.iter().enumerate() {
        parts.push(source.part(index, line.code.clone())?);
    }
    let previous = match &stated.previous {
        None => None,
        Some(text) => Some(Root::parse(text).ok_or(NO_ROOT)?),
    };
    let frozen = Frozen { period: stated.period, cut_seq: stated.cut_seq, parts, previous };
    Ok(Bundle { manifest, frozen })
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), Message> {
    // The time is fixed, so that one month gives one file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    zip.start_file(name, options).map_err(|_| Message::from(UNPACKABLE))?;
    zip.write_all(bytes).map_err(|_| UNPACKABLE.into())
}

/// Where a piece stands in the file.
fn place(index: usize, piece: Piece) -> String {
    format!("parts/{}/{}", index + 1, piece.file())
}

/// Bytes that a piece may have.
fn most(piece: Piece) -> u64 {
    match piece {
        // Four times what may be adopted today.
        Piece::Rule => 1 << 20,
        Piece::Facts | Piece::Sheet => 256 << 20,
        Piece::Adjustments => 16 << 20,
        Piece::Evidence => wide(EVIDENCE_BYTES_MAX),
    }
}

fn wide(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

struct Source<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl Source<'_> {
    fn part(&mut self, index: usize, code: String) -> Result<FrozenPart, Message> {
        let text = |source: &mut Self, piece| source.text(&place(index, piece), most(piece));
        Ok(FrozenPart {
            code,
            rule: text(self, Piece::Rule)?,
            facts: text(self, Piece::Facts)?,
            adjustments: text(self, Piece::Adjustments)?,
            evidence: self.bytes(&place(index, Piece::Evidence), most(Piece::Evidence))?,
            sheet: text(self, Piece::Sheet)?,
        })
    }

    fn text(&mut self, name: &str, most: u64) -> Result<String, Message> {
        String::from_utf8(self.bytes(name, most)?)
            .map_err(|_| msg!("{name}不是UTF-8文字", "{name} is not UTF-8 text"))
    }

    fn bytes(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Message> {
        let file = self.zip.by_name(name);
        let file = file.map_err(|_| {
            msg!("卷宗里没有{name}，或它已损坏", "{name} is not in the bundle, or it is damaged")
        })?;
        let (packed, stated) = (file.compressed_size(), file.size());
        let limit = most.min(self.left);
        if stated > limit {
            return Err(large(name));
        }
        if stated > RATIO_FREE_BYTES && stated / packed.max(1) > RATIO_MAX {
            return Err(msg!(
                "{name}解开后是原来的{RATIO_MAX}倍以上，不像考评数据，已拒绝",
                "{name} unpacks to more than {RATIO_MAX} times its size; no review does, so it is refused"
            ));
        }
        // What is stated may be wrong: one byte more than stated is read and refused.
        let mut bytes = Vec::new();
        let read = file.take(stated.saturating_add(1)).read_to_end(&mut bytes);
        let is_whole = read.is_ok() && wide(bytes.len()) == stated;
        if !is_whole {
            return Err(msg!(
                "{name}已损坏，请重新取得卷宗",
                "{name} is damaged; get the bundle once more"
            ));
        }
        self.left = self.left.saturating_sub(stated);
        Ok(bytes)
    }
}

fn large(name: &str) -> Message {
    msg!("{name}太大，超过了限额", "{name} is larger than is allowed")
}

const LONG: Text = text!("卷宗超过256 MiB", "the bundle is larger than 256 MiB");
const MANY: Text = text!("卷宗里文件太多：最多20份办法", "too many files: 20 rule sets at most");
const NO_ZIP: Text = text!(
    "这不是卷宗文件，或已损坏；卷宗由 duban bundle 生成",
    "this is no bundle, or it is damaged; bundles are made by duban bundle"
);
const NO_ROOT: Text = text!(
    "清单里的上月总哈希应是64位十六进制小写数字",
    "the root of the month before must be 64 hexadecimal digits in small letters"
);
const UNPACKABLE: Text = text!("卷宗无法打包", "the bundle could not be packed");
