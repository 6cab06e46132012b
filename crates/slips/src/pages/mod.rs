//! What people see in this room, one file each.

pub(crate) mod export;
pub(crate) mod ladder;
pub(crate) mod missed;
pub(crate) mod paper;
pub(crate) mod print;
pub(crate) mod scan;
pub(crate) mod slip;
pub(crate) mod slips;

use journal::{Boxed, Result, Tx};
use kernel::{Id, Jurisdiction, Lang, Permission, Subject, SubjectKind};
use maud::Markup;
use ui::form::ButtonTone;
use ui::{Tone, part};
use web::Call;

use crate::tables::Colour;
use crate::{store, words};

/// A colour as a badge that says its word.
pub(crate) fn colour(colour: Colour, lang: Lang) -> Markup {
    let tone = match colour {
        Colour::Blue => Tone::Blue,
        Colour::Yellow | Colour::Orange => Tone::Yellow,
        Colour::Red => Tone::Red,
    };
    part::badge(tone, words::colour(colour).of(lang))
}

/// The query of a call without what is empty, and with one value changed.
pub(crate) fn with(call: &Call, name: &str, value: &str) -> String {
    let mut pairs: Vec<_> =
        call.query.pairs().iter().filter(|(_, v)| !v.is_empty()).cloned().collect();
    pairs.retain(|(n, _)| n != name && n != "after" && n != "done");
    if !value.is_empty() {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    call.href(&format!("{}?{}", call.path, web::encode_query(&pairs)))
}

/// The button that takes a list out as it is filtered.
pub(crate) fn to_excel(call: &Call, permission: Permission, path: &str) -> Markup {
    let mut pairs: Vec<_> =
        call.query.pairs().iter().filter(|(_, v)| !v.is_empty()).cloned().collect();
    pairs.retain(|(n, _)| !matches!(n.as_str(), "after" | "limit" | "done"));
    let href = format!("{path}?{}", web::encode_query(&pairs));
    let shown = (ButtonTone::Plain, words::TO_EXCEL.of(call.lang), "download");
    web::button(call, permission, &href, shown)
}

/// Titles and addresses of slips.
pub(crate) fn titles<'a>(
    tx: &'a mut Tx,
    city: Id<Jurisdiction>,
    subjects: &'a [Subject],
    _lang: Lang,
) -> Boxed<'a, Result<Vec<(Subject, String, String)>>> {
    Box::pin(async move {
        let mut found = Vec::new();
        for subject in subjects.iter().filter(|s| s.kind == SubjectKind::Slip) {
            if let Some(slip) = store::slip(tx, city, subject.id).await? {
                found.push((*subject, slip.label(), crate::acts::card(slip.id)));
            }
        }
        Ok(found)
    })
}
