//! Fills the trays: each fact is put to the rooms, and what they tell is written down.

use journal::{Boxed, Entry, Follower, Result, Tx};
use people::notice::{Need, Notice, Seat, Tell};

use crate::store;
use crate::tables::{MessageRow, Needed};

/// The rooms that tell of their facts. A new room adds its `notice::tell` here.
const ROOMS: &[Tell] = &[
    assignments::notice::tell,
    slips::notice::tell,
    indicators::notice::tell,
    rule_sets::notice::tell,
    reviews::notice::tell,
];

/// Keeps the messages of all trays.
pub(crate) const FOLLOWER: Follower = Follower { name: "messages.inbox", follow };

fn follow<'a>(entries: &'a [Entry], tx: &'a mut Tx) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        for entry in entries {
            for tell in ROOMS {
                deliver(entry, *tell, tx).await?;
            }
        }
        Ok(())
    })
}

async fn deliver(entry: &Entry, tell: Tell, tx: &mut Tx) -> Result<()> {
    let told = tell(entry, tx).await?;
    for settled in &told.settled {
        store::settle(tx, entry, settled).await?;
    }
    if told.notices.is_empty() {
        return Ok(());
    }
    let acted = seats_of_actor(entry, tx).await?;
    for notice in told.notices.iter().filter(|n| !acted.contains(&n.seat)) {
        store::put(tx, &row(entry, notice)).await?;
    }
    Ok(())
}

/// Where those sit who did it: they know.
async fn seats_of_actor(entry: &Entry, tx: &mut Tx) -> Result<Vec<Seat>> {
    let Some(post) = people::store::post(tx, entry.jurisdiction, entry.actor).await? else {
        return Ok(Vec::new());
    };
    let actor = people::store::actor_of(tx, entry.jurisdiction, post.id).await?;
    Ok(Seat::of(&actor, post.line_id))
}

fn row(entry: &Entry, notice: &Notice) -> MessageRow {
    MessageRow {
        jurisdiction_id: entry.jurisdiction,
        seat: notice.seat.word().to_owned(),
        owner_id: notice.seat.owner(entry.jurisdiction),
        seq: entry.seq,
        kind: entry.kind.clone(),
        need: match notice.need {
            Need::Act => Needed::Act,
            Need::Know => Needed::Know,
        },
        urgent: notice.urgent,
        at: entry.at,
        subject_kind: notice.subject.kind,
        subject_id: notice.subject.id,
        cause_id: entry.subject.id,
        about_zh: notice.about.zh.clone(),
        about_en: notice.about.en.clone(),
        zh: notice.words.zh.clone(),
        en: notice.words.en.clone(),
        unit_id: notice.unit,
        line_id: notice.line,
        settled_by: None,
    }
}
