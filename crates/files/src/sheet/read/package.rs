//! The package of a workbook, walked before anything in it is unpacked.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::limits::{ENTRIES_MAX, PART_MAX, RATIO_FROM, RATIO_MAX, SHEETS_MAX, UNPACKED_MAX};
use super::xml::Xml;
use super::{Stop, words};

/// A package whose directory was looked at.
pub(crate) struct Package<F> {
    zip: ZipArchive<F>,
}

impl<F: Read + Seek> Package<F> {
    /// Looks at every entry: how many, how large, how tightly packed.
    pub(crate) fn open(file: F) -> Result<Self, Stop> {
        let mut zip = ZipArchive::new(file).map_err(|_not_a_zip| words::damaged())?;
        let sheets = zip
            .file_names()
            .filter_map(Result::ok)
            .filter(|name| name.starts_with("xl/worksheets/sheet"))
            .count();
        if sheets > SHEETS_MAX {
            return Err(words::sheets().into());
        }
        if zip.len() > ENTRIES_MAX {
            return Err(words::bomb().into());
        }
        let mut unpacked = 0_u64;
        for i in 0..zip.len() {
            let entry = zip.by_index_raw(i).map_err(|_damaged| words::damaged())?;
            if entry.encrypted() {
                return Err(words::locked().into());
            }
            let (size, packed) = (entry.size(), entry.compressed_size().max(1));
            let tight = size > RATIO_FROM && size / packed > RATIO_MAX;
            // Pictures and the like are never unpacked.
            let is_read = entry.name().is_ok_and(|name| name.ends_with(".xml"));
            unpacked = unpacked.saturating_add(if is_read { size } else { 0 });
            if is_read && (tight || size > PART_MAX || unpacked > UNPACKED_MAX) {
                return Err(words::bomb().into());
            }
        }
        Ok(Self { zip })
    }

    /// A part and its size; none when there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<(Part<'_, F>, u64)>, Stop> {
        let name = name.trim_start_matches('/');
        let Some(at) = self.zip.index_for_name(name) else { return Ok(None) };
        let entry = self.zip.by_index(at).map_err(|_damaged| words::damaged())?;
        let size = entry.size();
        Ok(Some((Xml::new(entry), size)))
    }
}

/// A part being read.
pub(crate) type Part<'a, F> = Xml<ZipFile<'a, F>>;
