//! What a letter says: what waits for a post, what is overdue or due soon, what is new.
//!
//! A letter leaves the building, so of an assignment that only the units concerned see it says no
//! more than that there is one.

use assignments::light::{Edges, Light};
use assignments::store::register::{self, Filter as Register, Listed as Item};
use journal::{Result, Tx};
use kernel::{Actor, Moment, Role, Text, text};
use uuid::Uuid;

use crate::letter::{LINES_MAX, Line, Section, What};
use crate::store::{self, Filter, Listed, Show};
use crate::tables::Needed;

/// Messages that are looked at for one section.
const READ_MAX: i64 = 100;
/// Urgent messages older than this are left to the digest.
const URGENT_SECS: i64 = 3 * 86_400;

const RESTRICTED: Text =
    text!("限定知悉范围的事项，请登录查看", "a restricted item: sign in to see it");

/// The sections of a post's digest; those without a line are left out.
pub(crate) async fn sections(
    tx: &mut Tx,
    actor: &Actor,
    (now, edges): (Moment, &Edges),
) -> Result<Vec<Section>> {
    let city = actor.jurisdiction;
    let since = store::told_up_to(tx, city, actor.post).await?;
    let waiting = store::list(tx, actor, filter(Show::Waiting, now), READ_MAX).await?;
    let unread = store::list(tx, actor, filter(Show::Unread, now), READ_MAX).await?;
    let new: Vec<_> =
        unread.into_iter().filter(|m| m.need == Needed::Know && m.seq > since).collect();
    let mut sections = vec![of_messages(tx, actor, What::Waiting, waiting).await?];
    for (what, light) in [(What::Overdue, Light::Red), (What::DueSoon, Light::Yellow)] {
        let items = items(tx, actor, edges, light).await?;
        sections.push(of_items(what, items));
    }
    sections.push(of_messages(tx, actor, What::New, new).await?);
    sections.retain(|section| !section.lines.is_empty());
    Ok(sections)
}

/// The urgent messages of a post between two places, if it has not read them, with the last place.
pub(crate) async fn urgent(
    tx: &mut Tx,
    actor: &Actor,
    now: Moment,
    (after, up_to): (i64, i64),
) -> Result<Option<(Section, i64)>> {
    let oldest = now.plus_secs(-URGENT_SECS);
    let unread = store::list(tx, actor, filter(Show::Unread, now), READ_MAX).await?;
    let urgent: Vec<_> = unread
        .into_iter()
        .filter(|m| m.urgent && m.seq > after && m.seq <= up_to && m.at >= oldest)
        .collect();
    let Some(last) = urgent.iter().map(|m| m.seq).max() else { return Ok(None) };
    Ok(Some((of_messages(tx, actor, What::Urgent, urgent).await?, last)))
}

const fn filter(show: Show, now: Moment) -> Filter {
    Filter { show, before: None, now }
}

async fn of_messages(
    tx: &mut Tx,
    actor: &Actor,
    what: What,
    mut messages: Vec<Listed>,
) -> Result<Section> {
    let more = messages.len() > LINES_MAX;
    messages.truncate(LINES_MAX);
    let subjects: Vec<Uuid> = messages.iter().map(|m| m.subject_id).collect();
    let restricted = store::restricted(tx, actor.jurisdiction, &subjects).await?;
    let line = |m: Listed| {
        if restricted.contains(&(m.subject_id,)) {
            return Line { zh: RESTRICTED.zh.to_owned(), en: RESTRICTED.en.to_owned() };
        }
        Line { zh: format!("{}：{}", m.about_zh, m.zh), en: format!("{}: {}", m.about_en, m.en) }
    };
    Ok(Section { what, lines: messages.into_iter().map(line).collect(), more })
}

/// What a unit, or who looks after it, has in a light; leaders and the chief have their desk.
async fn items(tx: &mut Tx, actor: &Actor, edges: &Edges, light: Light) -> Result<Vec<Item>> {
    let light = Some(light);
    let filter = match actor.role {
        Role::Head | Role::Liaison => {
            Register { unit: Some(actor.unit), light, ..Register::default() }
        }
        Role::Officer => Register { watched: Some(actor.post), light, ..Register::default() },
        Role::Leader
        | Role::Secretary
        | Role::Chief
        | Role::Department
        | Role::Cadre
        | Role::Enterprise
        | Role::Inspector
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => return Ok(Vec::new()),
    };
    let limit = i64::try_from(LINES_MAX + 1).unwrap_or(i64::MAX);
    register::list(tx, actor, &filter, edges, limit).await
}

fn of_items(what: What, mut items: Vec<Item>) -> Section {
    let more = items.len() > LINES_MAX;
    items.truncate(LINES_MAX);
    let line = |item: Item| {
        let (row, unit) = (item.row, item.unit);
        if row.restricted {
            return Line { zh: RESTRICTED.zh.to_owned(), en: RESTRICTED.en.to_owned() };
        }
        Line {
            zh: format!("{} {}（{unit}，时限 {}）", row.label, row.title, row.due_on),
            en: format!("{} {} ({unit}, due {})", row.label, row.title, row.due_on),
        }
    };
    Section { what, lines: items.into_iter().map(line).collect(), more }
}
