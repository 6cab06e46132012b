//! What a file is, told by its content.

/// The kinds of files that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// 版式文件 OFD (GB/T 33190).
    Ofd,
    /// DOCX, XLSX and their kin.
    OfficeXml,
    /// DOC, XLS, WPS, ET: the old compound format.
    OfficeOld,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// MP4.
    Mp4,
    /// A rule set as text.
    Yaml,
}

impl Kind {
    /// The kind of some content, if it is one that is taken and its name's ending agrees.
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let kind = Self::by_content(bytes).or_else(|| Self::text(bytes))?;
        kind.endings().contains(&ending.as_str()).then_some(kind)
    }

    /// Text has no mark of its own: it is what can be read as such.
    fn text(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let is_plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        text.chars().all(is_plain).then_some(Self::Yaml)
    }

    fn by_content(bytes: &[u8]) -> Option<Self> {
        // A compound file's first bytes; WPS and ET use it as DOC and XLS do.
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            return Some(Self::OfficeOld);
        }
        if bytes.starts_with(b"PK\x03\x04") && contains(bytes, b"OFD.xml") {
            return Some(Self::Ofd);
        }
        // By the names of its parts, because each office program packs them in another order.
        if bytes.starts_with(b"PK\x03\x04")
            && contains(bytes, b"[Content_Types].xml")
            && (contains(bytes, b"word/document.xml") || contains(bytes, b"xl/workbook."))
        {
            return Some(Self::OfficeXml);
        }
        match infer::get(bytes)?.mime_type() {
            "application/pdf" => Some(Self::Pdf),
            "image/jpeg" => Some(Self::Jpeg),
            "image/png" => Some(Self::Png),
            "video/mp4" => Some(Self::Mp4),
            _ => None,
        }
    }

    /// The endings that a name of this kind may have.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Ofd => &["ofd"],
            Self::OfficeXml => &["docx", "xlsx"],
            Self::OfficeOld => &["doc", "xls", "wps", "et"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Mp4 => &["mp4"],
            Self::Yaml => &["yaml", "yml"],
        }
    }

    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::OfficeXml => "office_xml",
            Self::OfficeOld => "office_old",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Mp4 => "mp4",
            Self::Yaml => "yaml",
        }
    }
}

/// Whether a ZIP's first entries name a part; its directory stands uncompressed.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn content_and_name_must_agree() {
        assert_eq!(Kind::of("批复.pdf", b"%PDF-1.7 x"), Some(Kind::Pdf));
        assert_eq!(Kind::of("批复.png", b"%PDF-1.7 x"), None);
        assert_eq!(Kind::of("page.html", b"<html><script>"), None);
        assert_eq!(Kind::of("run.exe", b"MZ\x90\x00"), None);
        let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 64]].concat();
        assert_eq!(Kind::of("台账.et", &old), Some(Kind::OfficeOld));
        let parts = b"PK\x03\x04 word/document.xml _rels/.rels [Content_Types].xml";
        assert_eq!(Kind::of("交办单.docx", parts), Some(Kind::OfficeXml));
        assert_eq!(Kind::of("包.docx", b"PK\x03\x04 word/document.xml"), None);
        assert_eq!(Kind::of("办法.yaml", "办法: 月讲评\n".as_bytes()), Some(Kind::Yaml));
        assert_eq!(Kind::of("办法.yml", b"a\0b"), None);
        assert_eq!(Kind::of("办法.txt", b"a"), None);
        assert_eq!(Kind::of("公文.ofd", b"PK\x03\x04....OFD.xml"), Some(Kind::Ofd));
    }
}
