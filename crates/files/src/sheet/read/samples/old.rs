//! Workbooks of the format before 2007, byte by byte: no writer of it is worth a dependency.

const SECTOR: usize = 512;
const NOBODY: u32 = 0xffff_ffff;
const LAST: u32 = 0xffff_fffe;

/// A cell of such a workbook.
pub(crate) enum OldCell {
    Number(u16, u16, f64),
    Label(u16, u16, &'static str),
}

/// A workbook with one sheet.
pub(crate) fn book(cells: &[OldCell], merges: &[[u16; 4]]) -> Vec<u8> {
    let mut sheet = begin(0x10);
    for cell in cells {
        match cell {
            OldCell::Number(row, column, value) => {
                let at = [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
                sheet.extend(record(0x0203, &[at, value.to_le_bytes().to_vec()].concat()));
            }
            OldCell::Label(row, column, text) => {
                let units: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                let length = u16::try_from(units.len() / 2).unwrap().to_le_bytes();
                let at = [row.to_le_bytes(), column.to_le_bytes(), [0; 2], length].concat();
                sheet.extend(record(0x0204, &[at, vec![1], units].concat()));
            }
        }
    }
    if !merges.is_empty() {
        let count = u16::try_from(merges.len()).unwrap().to_le_bytes().to_vec();
        let areas = merges.iter().flatten().flat_map(|n| n.to_le_bytes()).collect();
        sheet.extend(record(0x00e5, &[count, areas].concat()));
    }
    sheet.extend(record(0x000a, &[]));
    workbook(&sheet, &[])
}

/// A workbook that asks for a password.
pub(crate) fn locked() -> Vec<u8> {
    workbook(&begin(0x10), &record(0x002f, &[1, 0, 1, 0, 1, 0]))
}

fn workbook(sheet: &[u8], first: &[u8]) -> Vec<u8> {
    let mut stream = begin(0x05);
    stream.extend(first);
    let name = b"Tab";
    let at = stream.len() + 4 + 8 + name.len() + 4;
    let at = u32::try_from(at).unwrap().to_le_bytes().to_vec();
    stream.extend(record(0x0085, &[at, vec![0, 0, 3, 0], name.to_vec()].concat()));
    stream.extend(record(0x000a, &[]));
    stream.extend(sheet);
    compound(&stream)
}

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes()[..], body].concat()
}

fn begin(kind: u16) -> Vec<u8> {
    let mut body = vec![0, 6];
    body.extend(kind.to_le_bytes());
    body.resize(16, 0);
    record(0x0809, &body)
}

/// The stream `Workbook` in a compound file: a table of sectors, a directory, the content.
fn compound(stream: &[u8]) -> Vec<u8> {
    let sectors = stream.len().div_ceil(SECTOR).max(8);
    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.extend([0; 16]);
    file.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    file.extend([0; 10]);
    for word in [1, 1, 0, 4_096, LAST, 0, LAST, 0, 0] {
        file.extend(u32::to_le_bytes(word));
    }
    file.resize(SECTOR, 0xff);
    let mut table = vec![0xffff_fffd, LAST];
    table.extend(
        (0..sectors).map(|n| if n + 1 == sectors { LAST } else { u32::try_from(n + 3).unwrap() }),
    );
    table.resize(SECTOR / 4, NOBODY);
    file.extend(table.into_iter().flat_map(u32::to_le_bytes));
    file.extend(entry("Root Entry", (5, 1), (LAST, 0)));
    file.extend(entry("Workbook", (2, NOBODY), (2, sectors * SECTOR)));
    file.resize(SECTOR * 3, 0);
    file.extend(stream);
    file.resize(SECTOR * (3 + sectors), 0);
    file
}

fn entry(name: &str, (kind, child): (u8, u32), (start, size): (u32, usize)) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(bytes.len() + 2).unwrap();
    bytes.resize(64, 0);
    bytes.extend(length.to_le_bytes());
    bytes.extend([kind, 1]);
    for word in [NOBODY, NOBODY, child] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.resize(116, 0);
    bytes.extend(start.to_le_bytes());
    bytes.extend(u64::try_from(size).unwrap().to_le_bytes());
    bytes
}
