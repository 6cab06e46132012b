//! What a workbook may hold at most. Each limit has its message in `words`.

/// Bytes of the file.
pub(crate) const PACKED_MAX: u64 = 50 << 20;
/// Entries of the package.
pub(crate) const ENTRIES_MAX: usize = 2_000;
/// Bytes of one part, unpacked: 200,000 rows of 40 columns take some 400 MB.
pub(crate) const PART_MAX: u64 = 512 << 20;
/// Bytes of all parts that are read, unpacked.
pub(crate) const UNPACKED_MAX: u64 = 768 << 20;
/// How often smaller than its content a part may be; ledgers with the same words in every row
/// reach 60, a bomb 1,000.
pub(crate) const RATIO_MAX: u64 = 250;
/// Parts that are smaller than this harm nobody.
pub(crate) const RATIO_FROM: u64 = 4 << 20;
/// Bytes of one tag or text within the XML: a cell's text, written as entities.
pub(crate) const PIECE_MAX: u64 = 512 << 10;
/// Elements within elements.
pub(crate) const DEPTH_MAX: usize = 40;
/// Sheets of a workbook.
pub const SHEETS_MAX: usize = 50;
/// Rows with something in them, over all sheets.
pub const ROWS_MAX: u64 = 200_000;
/// The last column that may hold something.
pub const COLUMNS_MAX: u32 = 500;
/// Cells with something in them, over all sheets.
pub const CELLS_MAX: u64 = 4_000_000;
/// Letters of one cell, by the format.
pub const LETTERS_MAX: usize = 32_767;
/// Bytes of all texts together.
pub(crate) const TEXT_MAX: u64 = 256 << 20;
/// Bytes of the texts that cells share.
pub(crate) const SHARED_MAX: usize = 64 << 20;
/// Merged areas of one sheet.
pub(crate) const MERGES_MAX: usize = 20_000;
/// Hidden columns, styles, fonts and fills that are looked at.
pub(crate) const STYLES_MAX: usize = 70_000;
