//! A picture that stands in the text, as a paragraph of its own.

use super::markup::escape;
use super::{Block, Document};

/// English metric units of a millimetre, in which drawings are measured.
const MILLIMETRE: u32 = 36_000;

/// A square picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The file, a PNG.
    pub png: Vec<u8>,
    /// Its side on paper, in millimetres.
    pub side: u32,
    /// What it is, for who cannot see it.
    pub label: String,
}

/// The pictures of a document in the order in which they are numbered.
pub(crate) fn all(document: &Document) -> Vec<&Picture> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let pictures = blocks.filter_map(|block| match block {
        Block::Picture(picture) => Some(picture),
        Block::Text(..) | Block::Table(_) => None,
    });
    pictures.collect()
}

/// Where the n-th picture lies beside the body.
pub(crate) fn name(n: usize) -> String {
    format!("media/picture{n}.png")
}

/// By what the body names the n-th picture.
pub(crate) fn relation(n: usize) -> String {
    format!("rIdPicture{n}")
}

/// The paragraph of the n-th picture: as high as the picture, where a line of text would cut it.
pub(crate) fn paragraph(picture: &Picture, n: usize) -> String {
    let (side, label) = (picture.side * MILLIMETRE, escape(&picture.label));
    let relation = relation(n);
    format!(
        r#"<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/><wp:docPr id="{n}" name="picture{n}" descr="{label}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{n}" name="picture{n}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    )
}
