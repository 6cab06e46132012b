//! How a version stands: on its way, in force now, later, no longer.

use kernel::{Lang, Text, text};
use maud::Markup;
use ui::{Tone, part};

use crate::store;
use crate::tables::{RuleSetRow, VersionRow, VersionState};
use crate::words;

/// How a version stands in a period.
pub(crate) fn of(
    set: &RuleSetRow,
    versions: &[VersionRow],
    v: &VersionRow,
    period: &str,
) -> (Tone, Text) {
    match v.state {
        VersionState::Draft => (Tone::Grey, words::state(v.state)),
        VersionState::InCheck | VersionState::Agreed => (Tone::Blue, words::state(v.state)),
        VersionState::Discarded => (Tone::Grey, words::state(v.state)),
        VersionState::Adopted => {
            let is_later = v.from_period.as_deref().is_some_and(|from| from > period);
            let is_held = store::holding(set, versions, period).is_some_and(|held| held.id == v.id);
            match (is_held, is_later, &set.ended_from) {
                (true, _, _) => (Tone::Green, text!("现行", "In force")),
                (false, true, _) => (Tone::Blue, text!("待施行", "Begins later")),
                (false, false, Some(ended)) if ended.as_str() <= period => {
                    (Tone::Grey, text!("已废止", "Ended"))
                }
                (false, false, _) => (Tone::Grey, text!("已被新版代替", "Replaced")),
            }
        }
    }
}

/// The same as a badge.
pub(crate) fn badge(standing: (Tone, Text), lang: Lang) -> Markup {
    part::badge(standing.0, standing.1.of(lang))
}
