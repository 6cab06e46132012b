//! The workbook: which sheets there are, in which parts they stand, and each of them in turn.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::cell::Event;
use super::grid::{Budget, Era, Grid};
use super::limits::SHEETS_MAX;
use super::package::Package;
use super::strings::Strings;
use super::styles::Styles;
use super::xml::{Piece, attribute};
use super::{Stop, Tell, words};

/// A sheet as the workbook names it.
struct Tab {
    name: String,
    hidden: bool,
    part: String,
}

/// Reads all sheets of an `.xlsx`.
pub(crate) fn read<F: Read + Seek>(file: F, tell: Tell<'_>) -> Result<(), Stop> {
    let mut package = Package::open(file)?;
    let parts = relations(&mut package)?;
    let (tabs, era) = tabs(&mut package, &parts)?;
    let strings = match package.part(&path_of(&parts, "sharedStrings", "xl/sharedStrings.xml"))? {
        Some((part, _)) => Strings::read(part)?,
        None => Strings::default(),
    };
    let styles = match package.part(&path_of(&parts, "styles", "xl/styles.xml"))? {
        Some((part, _)) => Styles::read(part)?,
        None => Styles::default(),
    };
    let mut budget = Budget::default();
    for tab in &tabs {
        let Some((part, size)) = package.part(&tab.part)? else {
            return Err(words::damaged().into());
        };
        tell(Event::Sheet { name: tab.name.clone(), hidden: tab.hidden })?;
        let grid = Grid {
            sheet: &tab.name,
            strings: &strings,
            styles: &styles,
            era,
            size,
            budget: &mut budget,
        };
        let end = grid.read(part, tell)?;
        tell(Event::End(end))?;
    }
    Ok(())
}

/// Kind and target of each relation of the workbook, by its identifier.
type Relations = BTreeMap<String, (String, String)>;

fn relations<F: Read + Seek>(package: &mut Package<F>) -> Result<Relations, Stop> {
    let mut found = Relations::new();
    let Some((mut part, _)) = package.part("xl/_rels/workbook.xml.rels")? else {
        return Err(words::no_spreadsheet().into());
    };
    loop {
        match part.next()? {
            Piece::Open(tag) | Piece::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                let (id, kind) = (attribute(&tag, "Id"), attribute(&tag, "Type"));
                let (Some(id), Some(kind), Some(target)) = (id, kind, attribute(&tag, "Target"))
                else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => format!("xl/{target}"),
                };
                found.insert(id, (kind, target));
                if found.len() > SHEETS_MAX * 20 {
                    return Err(words::sheets().into());
                }
            }
            Piece::End => return Ok(found),
            Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) | Piece::Text(_) => {}
        }
    }
}

fn path_of(parts: &Relations, kind: &str, usual: &str) -> String {
    let found = parts.values().find(|(k, _)| k == kind);
    found.map_or_else(|| usual.to_owned(), |(_, target)| target.clone())
}

fn tabs<F: Read + Seek>(
    package: &mut Package<F>,
    parts: &Relations,
) -> Result<(Vec<Tab>, Era), Stop> {
    let Some((mut book, _)) = package.part("xl/workbook.xml")? else {
        return Err(words::no_spreadsheet().into());
    };
    let (mut tabs, mut era) = (Vec::new(), Era::From1900);
    loop {
        match book.next()? {
            Piece::Open(tag) | Piece::Empty(tag) => match tag.local_name().as_ref() {
                "workbookPr" => era = Era::of(attribute(&tag, "date1904").as_deref()),
                "sheet" => {
                    let name = attribute(&tag, "name").unwrap_or_default();
                    let hidden = attribute(&tag, "state").is_some_and(|s| s != "visible");
                    let part = attribute(&tag, "id").and_then(|id| parts.get(&id));
                    // Charts and dialogues have tabs as well.
                    if let Some((_, target)) = part.filter(|(kind, _)| kind == "worksheet") {
                        let name = name.chars().filter(|c| !c.is_control()).take(60).collect();
                        tabs.push(Tab { name, hidden, part: target.clone() });
                    }
                    if tabs.len() > SHEETS_MAX {
                        return Err(words::sheets().into());
                    }
                }
                _ => {}
            },
            Piece::End => break,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    if tabs.is_empty() {
        return Err(words::no_sheets().into());
    }
    Ok((tabs, era))
}
