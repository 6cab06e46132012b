//! An office's own document with places to be filled: `{{编号}}`, and rows of a table that are
//! repeated for a list, from `{{#清单}}` to `{{/清单}}` or within one row.
//!
//! A place may be split over several runs, as Word does whenever something in it was corrected. A
//! name that nobody knows is reported and stays visible, so that nobody signs a paper with a hole
//! in it. Everything else in the file is copied as it is.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Error, Result};
use kernel::Message;

use super::fill::Filler;
use super::package::{self, Part};
use super::tree;

/// What a template is filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Texts by the name of their place.
    pub texts: BTreeMap<String, String>,
    /// Lists by the name of theirs.
    pub lists: BTreeMap<String, List>,
}

/// A list: each of its rows fills the repeated rows of a table once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The names of the places in a row.
    pub columns: Vec<String>,
    /// The rows, in the order of the columns.
    pub rows: Vec<Vec<String>>,
}

impl Values {
    /// With a text.
    pub fn put(&mut self, name: &str, text: impl Into<String>) {
        self.texts.insert(name.to_owned(), text.into());
    }

    /// A text; empty when there is none of this name.
    pub fn get(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// The rows of a list.
    pub fn rows(&self, name: &str) -> &[Vec<String>] {
        self.lists.get(name).map_or(&[], |list| list.rows.as_slice())
    }
}

/// A template that was looked at.
#[derive(Debug)]
pub struct Template {
    bytes: Vec<u8>,
    parts: Vec<(String, Vec<tree::Node>)>,
}

/// A template that was filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The document as a file.
    pub bytes: Vec<u8>,
    /// The places that nothing is known for, in the order of their names.
    pub missing: Vec<String>,
}

impl Template {
    /// Bytes of a template at most.
    pub const SIZE_MAX: usize = package::SIZE_MAX;

    /// Looks at a template; a message says what is wrong with the file.
    pub fn open(bytes: Vec<u8>) -> std::result::Result<Self, Message> {
        let mut parts = Vec::new();
        for Part { name, xml } in package::read(&bytes)? {
            let nodes = tree::parse(&xml).map_err(|_unreadable| package::not_word())?;
            parts.push((name, nodes));
        }
        Ok(Self { bytes, parts })
    }

    /// The places that these values would leave open.
    pub fn missing(&self, values: &Values) -> Vec<String> {
        self.filled(values).1
    }

    /// The document with its places filled.
    pub fn fill(&self, values: &Values) -> Result<Filled> {
        let (parts, missing) = self.filled(values);
        let bytes = package::with_parts(&self.bytes, &parts).map_err(Error::fault)?;
        Ok(Filled { bytes, missing })
    }

    fn filled(&self, values: &Values) -> (Vec<Part>, Vec<String>) {
        let mut missing = BTreeSet::new();
        let parts = self.parts.iter().map(|(name, nodes)| {
            let mut nodes = nodes.clone();
            let mut filler = Filler::new(values);
            filler.fill(&mut nodes);
            missing.extend(filler.missing());
            Part { name: name.clone(), xml: tree::write(&nodes) }
        });
        (parts.collect(), missing.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _, Write as _};

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipArchive, ZipWriter};

    use super::{List, Template, Values};

    fn package(body: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let document = format!("<w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>");
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, text) in [
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", document.as_str()),
            ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>{{机关}}</w:t></w:r></w:p></w:hdr>"),
            ("word/theme/theme1.xml", "<a>{{机关}}</a>"),
        ] {
            zip.start_file(name, stored).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn entry(bytes: &[u8], name: &str) -> String {
        let mut text = String::new();
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn values() -> Values {
        let mut values = Values::default();
        values.put("机关", "督查局<一>");
        values.put("要求", "一\n二");
        let columns = vec!["序号".to_owned(), "事项".to_owned()];
        let row = |n: &str, title: &str| vec![n.to_owned(), title.to_owned()];
        let rows = vec![row("1", "甲"), row("2", "乙")];
        values.lists.insert("清单".to_owned(), List { columns, rows });
        values
    }

    /// What a reader of the body sees.
    fn filled(body: &str) -> (String, Vec<String>) {
        let template = Template::open(package(body)).unwrap();
        let filled = template.fill(&values()).unwrap();
        (entry(&filled.bytes, "word/document.xml"), filled.missing)
    }

    #[test]
    fn a_place_split_over_runs_is_one() {
        let (xml, missing) = filled(
            "<w:p><w:r><w:t>由{{机</w:t></w:r><w:proofErr/><w:r><w:rPr/><w:t>关}</w:t></w:r>\
             <w:r><w:t>}印发{{机关}}</w:t></w:r></w:p>",
        );
        assert!(missing.is_empty());
        assert!(xml.contains(">由督查局&lt;一&gt;</w:t>"), "{xml}");
        assert!(xml.contains(">印发督查局&lt;一&gt;</w:t>"), "{xml}");
        assert!(xml.contains("<w:proofErr/>") && !xml.contains("{{"), "{xml}");
    }

    #[test]
    fn headers_are_filled_and_all_else_is_copied() {
        let bytes = package("<w:p/>");
        let filled = Template::open(bytes).unwrap().fill(&values()).unwrap();
        assert!(entry(&filled.bytes, "word/header1.xml").contains("督查局"));
        assert_eq!(entry(&filled.bytes, "word/theme/theme1.xml"), "<a>{{机关}}</a>");
    }

    #[test]
    fn an_unknown_place_is_named_and_stays() {
        let (xml, missing) = filled("<w:p><w:r><w:t>{{没有的}}{{ 机关 }}{{未完</w:t></w:r></w:p>");
        assert_eq!(missing, ["{{未完", "没有的"]);
        assert!(xml.contains("{{没有的}}督查局"), "{xml}");
    }

    #[test]
    fn lines_of_a_value_break() {
        let (xml, _) = filled("<w:p><w:r><w:rPr/><w:t>{{要求}}</w:t></w:r></w:p>");
        assert!(xml.contains("一</w:t><w:br/><w:t xml:space=\"preserve\">二</w:t>"), "{xml}");
    }

    #[test]
    fn rows_repeat_for_a_list() {
        let one = "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>头</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>{{#清单}}{{序号}}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>\
            <w:t>{{事项}}{{机关}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let (xml, missing) = filled(one);
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(xml.matches("<w:tr>").count(), 3);
        assert!(
            xml.contains("甲督查局") && xml.contains("乙督查局") && !xml.contains("{{"),
            "{xml}"
        );
        let two = one.replace("{{事项}}{{机关}}", "").replace(
            "</w:tbl>",
            "<w:tr><w:tc><w:p><w:r><w:t>{{事项}}{{/清单}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        let (xml, missing) = filled(&two);
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(xml.matches("<w:tr>").count(), 5);
    }

    #[test]
    fn what_stands_in_a_record_is_never_taken_for_a_place() {
        let mut sly = values();
        sly.put("机关", "{{要求}}");
        sly.lists.get_mut("清单").unwrap().rows = vec![vec!["{{#清单}}".into(), "{{x}}".into()]];
        let body = "<w:p><w:r><w:t>{{机关}}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{#清单}}\
            {{序号}}{{事项}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let filled = Template::open(package(body)).unwrap().fill(&sly).unwrap();
        assert!(filled.missing.is_empty(), "{:?}", filled.missing);
        let xml = entry(&filled.bytes, "word/document.xml");
        assert!(xml.contains(">{{要求}}<") && xml.contains(">{{#清单}}{{x}}<"), "{xml}");
    }

    #[test]
    fn an_empty_list_leaves_one_empty_row() {
        let mut none = values();
        none.lists.get_mut("清单").unwrap().rows.clear();
        let body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{#清单}}[{{序号}}]</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let filled = Template::open(package(body)).unwrap().fill(&none).unwrap();
        assert!(filled.missing.is_empty());
        assert!(entry(&filled.bytes, "word/document.xml").contains(">[]</w:t>"));
    }

    #[test]
    fn a_list_outside_a_table_is_reported() {
        let (xml, missing) = filled("<w:p><w:r><w:t>{{#清单}}</w:t></w:r></w:p>");
        assert_eq!(missing, ["#清单"]);
        assert!(xml.contains("{{#清单}}"));
    }

    #[test]
    fn what_is_no_sound_word_document_is_refused() {
        for bad in [b"%PDF-1.7".to_vec(), b"PK\x03\x04".to_vec(), package("<w:p>")] {
            assert!(Template::open(bad).unwrap_err().zh.contains("Word"));
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![b' '; 6 << 20]).unwrap();
        let bomb = zip.finish().unwrap().into_inner();
        assert!(bomb.len() < 20_000);
        assert!(Template::open(bomb).unwrap_err().en.contains("too large"));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/vbaProject.bin", SimpleFileOptions::default()).unwrap();
        let macros = zip.finish().unwrap().into_inner();
        assert!(Template::open(macros).unwrap_err().en.contains("macros"));
    }
}
