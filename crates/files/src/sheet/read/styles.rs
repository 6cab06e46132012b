//! How cells look, as far as it means something: days and shares by their number format, colour,
//! and what is struck through.

use std::collections::BTreeMap;
use std::io::Read;

use quick_xml::events::BytesStart;

use super::limits::STYLES_MAX;
use super::xml::{Piece, Xml, attribute, is_set, number};
use super::{Stop, words};

/// What a number means by its format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A number.
    #[default]
    Number,
    /// A day.
    Day,
    /// A share.
    Percent,
}

/// How a cell looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) shown: Shown,
    pub(crate) fill: Option<String>,
    pub(crate) struck: bool,
}

/// The looks of a workbook, by the numbers that cells name.
#[derive(Default)]
pub(crate) struct Styles(Vec<Look>);

#[derive(Default)]
struct Draft {
    formats: BTreeMap<u32, Shown>,
    struck: Vec<bool>,
    fills: Vec<Option<String>>,
    looks: Vec<Look>,
    within: String,
}

impl Styles {
    /// The look of a number; a plain one when there is none.
    pub(crate) fn get(&self, n: Option<u32>) -> Look {
        let n = n.and_then(|n| usize::try_from(n).ok());
        n.and_then(|n| self.0.get(n)).cloned().unwrap_or_default()
    }

    /// Reads the part.
    pub(crate) fn read<R: Read>(mut part: Xml<R>) -> Result<Self, Stop> {
        let mut draft = Draft::default();
        loop {
            match part.next()? {
                Piece::Open(tag) => draft.open(&tag),
                Piece::Empty(tag) => draft.take(&tag),
                Piece::Close(name) if name == draft.within => draft.within.clear(),
                Piece::End => return Ok(Self(draft.looks)),
                Piece::Close(_) | Piece::Text(_) => {}
            }
            if draft.looks.len().max(draft.fills.len()).max(draft.struck.len()) > STYLES_MAX {
                return Err(words::styles().into());
            }
        }
    }
}

impl Draft {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name = name.as_ref();
        if matches!(name, "numFmts" | "fonts" | "fills" | "cellXfs" | "cellStyleXfs" | "dxfs") {
            name.clone_into(&mut self.within);
        }
        self.take(tag);
    }

    fn take(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match (self.within.as_str(), name.as_ref()) {
            ("numFmts", "numFmt") => {
                if let (Some(id), Some(code)) =
                    (number(tag, "numFmtId"), attribute(tag, "formatCode"))
                {
                    self.formats.insert(id, shown_by(&code));
                }
            }
            ("fonts", "font") => self.struck.push(false),
            ("fonts", "strike") => {
                let off = attribute(tag, "val").is_some() && !is_set(tag, "val");
                if let Some(last) = self.struck.last_mut() {
                    *last = !off;
                }
            }
            ("fills", "fill") => self.fills.push(None),
            ("fills", "patternFill") => {
                let solid = attribute(tag, "patternType").is_some_and(|kind| kind == "solid");
                if let Some(last) = self.fills.last_mut().filter(|_| solid) {
                    *last = Some(String::new());
                }
            }
            ("fills", "fgColor") => {
                let colour = colour(tag);
                if let Some(last) = self.fills.last_mut().filter(|fill| fill.is_some()) {
                    *last = colour;
                }
            }
            ("cellXfs", "xf") => {
                let look = self.look(tag);
                self.looks.push(look);
            }
            _ => {}
        }
    }

    fn look(&self, tag: &BytesStart<'_>) -> Look {
        let at = |name: &str| number(tag, name).and_then(|n| usize::try_from(n).ok());
        let format = number(tag, "numFmtId").unwrap_or_default();
        let shown = self.formats.get(&format).copied().unwrap_or_else(|| built_in(format));
        let fill = at("fillId").and_then(|n| self.fills.get(n)).cloned().flatten();
        let fill = fill.filter(|colour| !colour.is_empty() && colour != "FFFFFF");
        let struck = at("fontId").and_then(|n| self.struck.get(n)).copied().unwrap_or_default();
        Look { shown, fill, struck }
    }
}

/// A colour as six digits; what the theme or the old palette says is looked up as far as offices
/// use it.
fn colour(tag: &BytesStart<'_>) -> Option<String> {
    if let Some(rgb) = attribute(tag, "rgb") {
        let digits = rgb.get(rgb.len().checked_sub(6)?..)?;
        return Some(digits.to_ascii_uppercase());
    }
    if let Some(theme) = number(tag, "theme") {
        // Light and dark of the page itself are no marks.
        return (theme > 3).then(|| format!("theme {theme}"));
    }
    let palette = match number(tag, "indexed")? {
        10 | 2 => "FF0000",
        11 | 3 => "00FF00",
        12 | 4 => "0000FF",
        13 | 5 => "FFFF00",
        17 => "008000",
        22 | 55 => "C0C0C0",
        23 => "808080",
        50 => "99CC00",
        51 => "FFCC00",
        52 | 53 => "FF9900",
        57 => "339966",
        _ => return None,
    };
    Some(palette.to_owned())
}

/// What the formats without a code mean; 27 to 58 are those of Chinese programs.
fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Day,
        _ => Shown::Number,
    }
}

/// What a format's code means: letters in quotes, after a backslash and in brackets say nothing.
pub(crate) fn shown_by(code: &str) -> Shown {
    let (mut quoted, mut bracket, mut skip) = (false, false, false);
    let mut plain = String::new();
    for c in code.split(';').next().unwrap_or_default().chars() {
        if skip {
            skip = false;
            continue;
        }
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => skip = true,
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            _ => plain.push(c.to_ascii_lowercase()),
        }
    }
    if plain.contains('%') {
        return Shown::Percent;
    }
    if plain.contains("general") || plain.contains(['0', '#']) {
        return Shown::Number;
    }
    if plain.contains(['y', 'd', 'e']) || (plain.contains('m') && !plain.contains(['h', 's'])) {
        return Shown::Day;
    }
    Shown::Number
}

#[cfg(test)]
mod tests {
    use super::{Shown, shown_by};

    #[test]
    fn formats_tell_days_and_shares() {
        for code in
            ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]m\"月\"d\"日\";@", "m/d", "yyyy.m.d"]
        {
            assert_eq!(shown_by(code), Shown::Day, "{code}");
        }
        for code in ["0.0%", "0%;-0%"] {
            assert_eq!(shown_by(code), Shown::Percent, "{code}");
        }
        for code in ["General", "0.00\"万元\"", "#,##0", "h:mm:ss", "@", "\"day\"0", "[Red]0.00"]
        {
            assert_eq!(shown_by(code), Shown::Number, "{code}");
        }
    }
}
