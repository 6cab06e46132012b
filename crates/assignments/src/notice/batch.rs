//! Whom facts about batches, proposals and weekly answers concern.

use std::collections::BTreeMap;

use journal::{Entry, Fact as _, Result, Tx, history};
use kernel::{Day, Message, Role, Subject, SubjectKind, msg, text};
use people::notice::{Notice, Seat, Told};
use uuid::Uuid;

use crate::batch::Chain;
use crate::facts::{BatchFact, Fact, WeeklyFact};
use crate::notice::{found, notice};
use crate::tables::{UnitRole, Urgency, Verdict};
use crate::{store, words};

/// Facts of one act read at once.
const CHUNK: i64 = 200;

pub(crate) async fn tell(entry: &Entry, fact: BatchFact, tx: &mut Tx) -> Result<Told> {
    match fact {
        BatchFact::BatchSigned { next, last, verdict, .. } => {
            signed(entry, (verdict, next, last), tx).await
        }
        BatchFact::BatchIssued { title, .. } => issued(entry, &title, tx).await,
        BatchFact::ProposalMade { batch, unit, title, .. } => {
            let words = text!("单位提出建议，请研究答复。", "A unit proposes this; answer it.");
            let subject = Subject::new(SubjectKind::Batch, batch);
            let notice = Notice {
                about: Notice::called(&title),
                subject,
                unit: Some(unit),
                ..notice(entry, Seat::Officer, words).to_do()
            };
            Ok(Told::of(vec![notice]))
        }
        BatchFact::ProposalTaken {} => {
            let words =
                text!("建议已采纳，列入清单草稿。", "The proposal was taken into the draft.");
            answered(entry, words.into(), tx).await
        }
        BatchFact::ProposalDeclined { answer } => {
            answered(entry, msg!("建议未采纳：{answer}", "The proposal was declined: {answer}"), tx)
                .await
        }
        BatchFact::BatchOpened { .. }
        | BatchFact::LineWritten { .. }
        | BatchFact::LineCarried { .. }
        | BatchFact::LinesOrdered { .. }
        | BatchFact::LineRemoved { .. }
        | BatchFact::BatchTakenOver { .. } => Ok(Told::default()),
    }
}

/// The next step of the chain, or the drafter.
async fn signed(
    entry: &Entry,
    (verdict, next, last): (Verdict, i64, i64),
    tx: &mut Tx,
) -> Result<Told> {
    let Some(batch) = found(store::batch::batch(tx, entry.jurisdiction, entry.subject.id).await)?
    else {
        return Ok(Told::default());
    };
    let [proposed, ..] = Chain::OFFERED;
    let setting = (Chain::setting(batch.kind), proposed);
    let chain = people::setting::known_before(tx, entry.jurisdiction, setting, entry.seq).await?;
    let chain = Chain::of(&chain);
    let (seat, what) = if verdict == Verdict::Returned {
        (
            Seat::Officer,
            text!(
                "清单被退回修改，请修改后重新送审。",
                "The list was returned; mend it and send it again."
            ),
        )
    } else if next > last {
        (Seat::Officer, text!("清单已审定，请印发。", "The list has its last signature; issue it."))
    } else {
        let seat = match chain.role(next) {
            Some(Role::Chief) => Seat::Chief,
            Some(Role::Leader) => Seat::Leaders,
            _ => Seat::Officer,
        };
        (seat, text!("清单待审签。", "The list waits for a signature."))
    };
    // The title of a draft changes when it is issued; what kind of batch it is does not.
    let kernel::Text { zh, en } = words::batch_kind(batch.kind);
    let about = msg!("{zh}事项清单", "{en} batch");
    let notice = Notice { about, ..notice(entry, seat, what).to_do() };
    Ok(Told::after(entry, &["batch_signed"], vec![notice]))
}

/// What one unit was given by a batch.
#[derive(Default)]
struct Share {
    own: i64,
    co: i64,
    urgent: bool,
}

/// Each unit is told once what the whole batch gives it.
async fn issued(entry: &Entry, title: &str, tx: &mut Tx) -> Result<Told> {
    let mut notices = Vec::new();
    for (unit, share) in shares(entry, tx).await? {
        let (own, co) = (share.own, share.co);
        let words = match (own, co) {
            (_, 0) => {
                msg!("交办本单位 {own} 项，请签收。", "Issued to your unit: {own}, to be accepted.")
            }
            (0, _) => msg!("列本单位为配合单位 {co} 项。", "Your unit takes part in: {co}."),
            _ => msg!(
                "交办本单位 {own} 项，请签收；另有 {co} 项为配合单位。",
                "Issued to your unit: {own}, to be accepted; it takes part in {co} more."
            ),
        };
        for seat in Seat::of_unit(unit) {
            let told = notice(entry, seat, words.clone());
            let told = if own > 0 { told.to_do() } else { told };
            let about = Notice::called(title);
            notices.push(Notice { about, unit: Some(unit), urgent: share.urgent, ..told });
        }
    }
    Ok(Told::after(entry, &["batch_signed"], notices))
}

/// The facts of an act stand one after the other.
async fn shares(entry: &Entry, tx: &mut Tx) -> Result<BTreeMap<Uuid, Share>> {
    let mut shares: BTreeMap<Uuid, Share> = BTreeMap::new();
    let mut last = entry.seq;
    loop {
        let chunk = history::after(tx, entry.jurisdiction, last, CHUNK).await?;
        let Some(newest) = chunk.last() else { return Ok(shares) };
        last = newest.seq;
        for next in &chunk {
            if next.act_id != entry.act_id {
                return Ok(shares);
            }
            if next.kind == "assignment_issued"
                && let Fact::Issued { brief, parts, .. } = Fact::join(&next.kind, &next.payload)?
            {
                for part in parts {
                    let share = shares.entry(part.unit).or_default();
                    match part.role {
                        UnitRole::Co => share.co += 1,
                        UnitRole::Lead | UnitRole::Each => {
                            share.own += 1;
                            share.urgent |= brief.urgency != Urgency::Plain;
                        }
                    }
                }
            }
        }
    }
}

/// A proposal's answer goes to the unit that made it.
async fn answered(entry: &Entry, words: Message, tx: &mut Tx) -> Result<Told> {
    let read = store::batch::proposal(tx, entry.jurisdiction, entry.subject.id).await;
    let Some(proposal) = found(read)? else { return Ok(Told::default()) };
    let told = Notice {
        about: Notice::called(&proposal.title),
        subject: Subject::new(SubjectKind::Batch, proposal.batch_id),
        unit: Some(proposal.unit_id),
        ..notice(entry, Seat::Post(proposal.post_id), words)
    };
    let [head, liaison] = Seat::of_unit(proposal.unit_id).map(|seat| told.to(seat));
    // A department that is no handling unit has no such seats; its post has.
    let made_by = people::store::post(tx, entry.jurisdiction, proposal.post_id).await?;
    let notices = match made_by {
        Some(post) if post.role.is_unit() => vec![head, liaison],
        Some(_) | None => vec![told],
    };
    Ok(Told::after(entry, &[], notices))
}

fn week(monday: Day) -> Message {
    msg!("周反馈（{monday} 当周）", "Weekly answer, week of {monday}")
}

/// The head signs the unit's weekly answer, or the liaison mends it.
pub(crate) async fn tell_weekly(entry: &Entry, fact: WeeklyFact, tx: &mut Tx) -> Result<Told> {
    match fact {
        WeeklyFact::Prepared { unit, monday, items } => {
            let count = items.len();
            let words = msg!(
                "周反馈已填好（{count} 项），请签发。",
                "The weekly answer ({count} items) waits for your signature."
            );
            let told = Notice {
                about: week(monday),
                unit: Some(unit),
                ..notice(entry, Seat::Head(unit), words).to_do()
            };
            Ok(Told::after(entry, &["weekly_answer_returned"], vec![told]))
        }
        WeeklyFact::Returned { words } => {
            let read = store::weekly::answer(tx, entry.jurisdiction, entry.subject.id).await?;
            let Some(answer) = read else { return Ok(Told::default()) };
            let monday = answer.monday;
            let told = msg!(
                "周反馈被退回，请修改后重新上报：{words}",
                "The weekly answer was sent back; mend it: {words}"
            );
            let told = Notice {
                about: week(monday),
                unit: Some(answer.unit_id),
                ..notice(entry, Seat::Liaison(answer.unit_id), told).to_do()
            };
            Ok(Told::after(entry, &["weekly_answer_prepared"], vec![told]))
        }
        WeeklyFact::Signed { .. } => Ok(Told::after(entry, &[], Vec::new())),
    }
}
