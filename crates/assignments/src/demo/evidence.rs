//! The files that units of the demo city attach: one page of PDF for each demand that names one,
//! invented like everything else.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use journal::{Db, Error, Result, hex};
use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use super::batches;
use crate::facts::Attached;

/// The scan of a list that was signed on paper.
pub(super) const SIGNED: &str = "事项清单签批件";

/// The files by the words of the demand that names them.
pub(super) type Files = BTreeMap<&'static str, Attached>;

/// Stores a page for every demand that names a file.
pub(super) async fn store(db: &Db, city: Id<Jurisdiction>) -> Result<Files> {
    let mut files = Files::new();
    let demanded = (1..=14).flat_map(batches::lines).map(|line| line.evidence);
    for title in demanded.chain([SIGNED]).filter(|title| !title.is_empty()) {
        if files.contains_key(title) {
            continue;
        }
        files.insert(title, attach(db, city, title).await?);
    }
    Ok(files)
}

/// A page with this title, stored to be attached once.
pub async fn attach(db: &Db, city: Id<Jurisdiction>, title: &str) -> Result<Attached> {
    let page = page(title);
    let size = i64::try_from(page.len()).map_err(Error::fault)?;
    let hash = hex(&files::write(db, city, page).await?);
    let name = format!("{title}（演示）.pdf");
    let media = files::Kind::Pdf.word().to_owned();
    Ok(Attached { id: Uuid::now_v7(), name, media, size, hash })
}

/// What is attached where a file has this title: nothing where there is none.
pub(super) fn attached(files: &Files, title: &str) -> Vec<Attached> {
    let named = files.get(title).cloned();
    named.into_iter().map(|file| Attached { id: Uuid::now_v7(), ..file }).collect()
}

/// One page of PDF with a title and a line that says it is invented. The font is one that readers
/// bring along for Chinese, so the page holds none.
pub fn page(title: &str) -> Vec<u8> {
    let mut text = String::new();
    for (size, down, words) in [(22, 760, title), (12, 720, "演示材料，内容为虚构。")] {
        let codes: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        // Writing to a String cannot fail.
        writeln!(text, "BT /F1 {size} Tf 72 {down} Td <{codes}> Tj ET").unwrap_or_default();
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R \
         /Resources << /Font << /F1 4 0 R >> >> >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H \
         /DescendantFonts [5 0 R] >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
    ];
    let mut pdf = "%PDF-1.5\n".to_owned();
    let mut places = String::new();
    for (n, object) in (1..).zip(&objects) {
        writeln!(places, "{:010} 00000 n ", pdf.len()).unwrap_or_default();
        writeln!(pdf, "{n} 0 obj\n{object}\nendobj").unwrap_or_default();
    }
    let (count, start) = (objects.len() + 1, pdf.len());
    write!(
        pdf,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R >>\n\
         startxref\n{start}\n%%EOF\n"
    )
    .unwrap_or_default();
    pdf.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn a_page_is_taken_as_what_its_name_says() {
        let page = page("项目合同扫描件");
        assert_eq!(files::Kind::of("合同.pdf", &page), Some(files::Kind::Pdf));
        let text = String::from_utf8(page).unwrap();
        let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(text.get(start..).unwrap().starts_with("xref"), "the table is where it says");
    }
}
