//! What a room shows beside a subject of a room on its left: so a card tells of what came after
//! it without knowing the rooms on its right.

use journal::{Boxed, Result, Tx};
use kernel::{Subject, Text};
use serde::Serialize;
use ui::Tone;

use crate::call::Call;

/// Reads what stands beside a subject, as far as the caller may see it.
pub type ReadBeside = for<'a> fn(&'a Call, &'a mut Tx, Subject) -> Boxed<'a, Result<Option<Aside>>>;

/// What a room adds to the cards of rooms on its left.
#[derive(Clone, Copy)]
pub struct Beside {
    /// What stands beside a subject; nothing when the room holds nothing of it.
    pub read: ReadBeside,
    /// How the room's facts are called in another room's history.
    pub fact: fn(&str) -> Option<Text>,
}

/// A card beside a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Aside {
    /// What it holds, for programs.
    pub what: &'static str,
    /// Its title.
    #[serde(skip)]
    pub title: Text,
    /// Its lines, newest first.
    pub lines: Vec<AsideLine>,
    /// What may be done from here: address and word.
    #[serde(skip)]
    pub action: Option<(String, Text)>,
}

/// A line of such a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AsideLine {
    /// What it is.
    pub title: String,
    /// More about it.
    pub detail: String,
    /// Where it is; nowhere when it has no page.
    pub href: Option<String>,
    /// How it stands out.
    #[serde(skip)]
    pub tone: Tone,
}
