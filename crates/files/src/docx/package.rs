//! The package around a template: a zip that is looked at before anything in it is unpacked.

use std::io::{Cursor, Read as _, Write as _};

use kernel::{Message, msg, text};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Bytes of a template at most.
pub(crate) const SIZE_MAX: usize = 10 << 20;
const ENTRIES_MAX: usize = 1_000;
const UNPACKED_MAX: u64 = 64 << 20;
const PART_MAX: u64 = 8 << 20;
/// How much smaller than its content an entry may be; Word's own parts reach 30.
const RATIO_MAX: u64 = 150;

/// A part of the package that holds text.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) xml: String,
}

/// The parts that may hold placeholders: the body first, then headers and footers.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Part>, Message> {
    if bytes.len() > SIZE_MAX {
        let max = SIZE_MAX >> 20;
        return Err(msg!("模板超过 {max} MB。", "The template is larger than {max} MB."));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_not_a_zip| not_word())?;
    demand_small(&mut zip)?;
    let names: Vec<String> =
        zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    if names.iter().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(text!(
            "模板含有宏，请另存为不含宏的 .docx 后再上传。",
            "The template holds macros; save it as .docx without macros."
        )
        .into());
    }
    let mut wanted: Vec<String> = names.into_iter().filter(|name| holds_text(name)).collect();
    wanted.sort_by_key(|name| (name != BODY, name.clone()));
    if wanted.first().map(String::as_str) != Some(BODY) {
        return Err(not_word());
    }
    wanted.into_iter().map(|name| part(&mut zip, name)).collect()
}

const BODY: &str = "word/document.xml";

fn holds_text(name: &str) -> bool {
    let of = |kind: &str| {
        let rest = name.strip_prefix("word/").and_then(|n| n.strip_prefix(kind));
        rest.is_some_and(|rest| !rest.contains('/') && rest.ends_with(".xml"))
    };
    name == BODY || of("header") || of("footer")
}

fn demand_small(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Message> {
    let too_large = || {
        Message::from(text!(
            "模板展开后过大，请减少其中的图片后再上传。",
            "The template is too large when unpacked; use fewer pictures."
        ))
    };
    if zip.len() > ENTRIES_MAX {
        return Err(too_large());
    }
    let mut unpacked = 0_u64;
    for i in 0..zip.len() {
        let entry = zip.by_index_raw(i).map_err(|_damaged| not_word())?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        unpacked = unpacked.saturating_add(size);
        let bomb = size > 1 << 20 && size / packed.max(1) > RATIO_MAX;
        if bomb || unpacked > UNPACKED_MAX {
            return Err(too_large());
        }
        if entry.encrypted() {
            return Err(text!(
                "模板设有密码，请取消密码后再上传。",
                "The template is protected by a password; take it off first."
            )
            .into());
        }
    }
    Ok(())
}

fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: String) -> Result<Part, Message> {
    let entry = zip.by_name(&name).map_err(|_damaged| not_word())?;
    let mut xml = String::new();
    // What the directory says of a size may be a lie; what is read is bounded.
    let read = entry.take(PART_MAX + 1).read_to_string(&mut xml);
    if read.map_err(|_damaged| not_word())? as u64 > PART_MAX {
        return Err(text!("模板正文过长。", "The template's text is too long.").into());
    }
    Ok(Part { name, xml })
}

pub(crate) fn not_word() -> Message {
    text!(
        "这不是完好的 Word 文档，请用 Word 或 WPS 另存为 .docx 后再上传。",
        "This is no sound Word document; save it as .docx with Word or WPS."
    )
    .into()
}

/// The same package with some parts replaced; every other entry is copied as it is packed.
pub(crate) fn with_parts(bytes: &[u8], parts: &[Part]) -> zip::result::ZipResult<Vec<u8>> {
    let mut from = ZipArchive::new(Cursor::new(bytes))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let entry = from.by_index_raw(i)?;
        let name = entry.name()?.into_owned();
        match parts.iter().find(|part| part.name == name) {
            None => to.raw_copy_file(entry)?,
            Some(part) => {
                to.start_file(name, SimpleFileOptions::default())?;
                to.write_all(part.xml.as_bytes())?;
            }
        }
    }
    Ok(to.finish()?.into_inner())
}
