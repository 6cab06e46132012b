//! Whom facts about one assignment concern.

use journal::{Entry, Result, Tx};
use kernel::{Day, Message, msg, text};
use people::notice::{Need, Notice, Seat, Settled, Told};
use uuid::Uuid;

use crate::facts::Fact;
use crate::notice::{found, notice};
use crate::store;
use crate::tables::{AssignmentRow, Finding, NoteKind, Urgency, Verifier};

/// What a unit was asked to mend or to do again.
const AGAIN: &[&str] = &[
    "submission_prepared",
    "submission_countersigned",
    "submission_returned",
    "submission_verified",
    "assignment_reopened",
];
/// What waited for a signature of the unit.
const PREPARED: &[&str] = &["submission_prepared", "submission_countersigned"];
/// What waited for a verification.
const VERIFIED: &[&str] = &["submission_made", "submission_verified", "result_presented"];
/// What waited for more time.
const EXTENSION: &[&str] = &["extension_asked", "extension_endorsed"];

/// An assignment as it was at the place of a fact.
struct Item {
    row: AssignmentRow,
    /// The unit that answered for it then.
    unit: Uuid,
}

impl Item {
    async fn read(entry: &Entry, tx: &mut Tx) -> Result<Option<Self>> {
        let (city, id) = (entry.jurisdiction, entry.subject.id);
        let Some(row) = found(store::assignment(tx, city, id).await)? else { return Ok(None) };
        let unit = store::unit_at(tx, city, id, entry.seq).await?.unwrap_or(row.unit_id);
        Ok(Some(Self { row, unit }))
    }

    /// The unit that answered before this fact.
    async fn former(&self, entry: &Entry, tx: &mut Tx) -> Result<Uuid> {
        let before = store::unit_at(tx, entry.jurisdiction, self.row.id, entry.seq - 1).await?;
        Ok(before.unwrap_or(self.unit))
    }

    fn told(&self, entry: &Entry, seat: Seat, words: impl Into<Message>) -> Notice {
        Notice {
            about: Notice::called(&format!("{} {}", self.row.label, self.row.title)),
            unit: Some(self.unit),
            line: self.row.work_line_id,
            ..notice(entry, seat, words)
        }
    }

    /// Something to be done, at once when the assignment is urgent.
    fn asked(&self, entry: &Entry, seat: Seat, words: impl Into<Message>) -> Notice {
        let urgent = self.row.urgency != Urgency::Plain;
        Notice { urgent, ..self.told(entry, seat, words).to_do() }
    }

    /// Head and liaison of the unit that answers.
    fn unit(&self, entry: &Entry, need: Need, words: impl Into<Message>) -> Vec<Notice> {
        let words = words.into();
        let told = |seat| match need {
            Need::Act => self.asked(entry, seat, words.clone()),
            Need::Know => self.told(entry, seat, words.clone()),
        };
        Seat::of_unit(self.unit).map(told).to_vec()
    }

    /// Who verifies first.
    async fn verifier(&self, entry: &Entry, tx: &mut Tx) -> Result<Seat> {
        if let Some(parent) = self.row.parent_id {
            let unit = store::unit_at(tx, entry.jurisdiction, parent, entry.seq).await?;
            return Ok(unit.map_or(Seat::Officer, Seat::Head));
        }
        Ok(match (self.row.verifier, self.row.work_line_id) {
            (Verifier::Department, Some(line)) => Seat::Line(line),
            _ => Seat::Officer,
        })
    }

    /// A batch no longer waits to be accepted by a unit that has nothing of it left to accept.
    async fn accepted(&self, entry: &Entry, unit: Uuid, tx: &mut Tx) -> Result<Option<Settled>> {
        let city = entry.jurisdiction;
        let batch = self.row.batch_id;
        if store::awaits_acceptance(tx, city, (batch, unit), entry.seq).await? {
            return Ok(None);
        }
        let seats = Seat::of_unit(unit).to_vec();
        Ok(Some(Settled { cause: batch, kinds: &["batch_issued"], seats }))
    }
}

pub(crate) async fn tell(entry: &Entry, fact: Fact, tx: &mut Tx) -> Result<Told> {
    let Some(item) = Item::read(entry, tx).await? else { return Ok(Told::default()) };
    match fact {
        // Its units have had it all along; a whole ledger in their trays would bury what is new.
        // Whom to ask is read when there is something to ask.
        Fact::TakenOver { .. } | Fact::ResponsibleNamed { .. } => Ok(Told::default()),
        Fact::Issued { .. }
        | Fact::Accepted { .. }
        | Fact::HandBackAsked { .. }
        | Fact::HandBackDecided { .. } => coming(entry, fact, &item, tx).await,
        Fact::Reported { .. }
        | Fact::Prepared { .. }
        | Fact::Countersigned { .. }
        | Fact::PreparedReturned {}
        | Fact::Submitted { .. }
        | Fact::PartDone { .. }
        | Fact::MilestoneReached { .. } => handling(entry, fact, &item, tx).await,
        Fact::Verified { result, first, closes, on_time, .. } => {
            Ok(verified(entry, (result, first, closes, on_time), &item))
        }
        Fact::ExtensionAsked { .. }
        | Fact::ExtensionEndorsed { .. }
        | Fact::ExtensionDecided { .. }
        | Fact::ExtensionLapsed { .. }
        | Fact::ClockStopped { .. }
        | Fact::ClockResumed { .. } => Ok(time(entry, fact, &item)),
        Fact::NoteLeft { .. } | Fact::NoteSettled { .. } | Fact::Presented { .. } => {
            leaders(entry, fact, &item, tx).await
        }
        Fact::Withdrawn { .. }
        | Fact::Merged { .. }
        | Fact::Reopened { .. }
        | Fact::Archived {} => ending(entry, fact, &item, tx).await,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are told of beside it")]
async fn coming(entry: &Entry, fact: Fact, item: &Item, tx: &mut Tx) -> Result<Told> {
    // What a batch gives a unit is told once for the whole batch.
    if matches!(fact, Fact::Issued { parent: None, .. }) {
        return Ok(Told::default());
    }
    let former = item.former(entry, tx).await?;
    let mut told = match fact {
        Fact::Issued { due, .. } => {
            let words = msg!(
                "分解给本单位，{due} 前完成，请签收。",
                "Broken down to your unit, due on {due}; accept it."
            );
            return Ok(Told::of(item.unit(entry, Need::Act, words)));
        }
        Fact::Accepted { .. } => {
            Told::after(entry, &["assignment_issued", "hand_back_decided"], Vec::new())
        }
        Fact::HandBackAsked { .. } => {
            let words = text!(
                "单位认为交办有误，申请退回改派，请裁定。",
                "The unit hands it back as wrongly addressed; decide."
            );
            let asked = item.asked(entry, Seat::Officer, words);
            return Ok(Told::after(
                entry,
                &["assignment_issued", "hand_back_decided"],
                vec![asked],
            ));
        }
        Fact::HandBackDecided { to, due, answer, .. } => {
            hand_back_decided(entry, (to, due, &answer), (item, former))
        }
        _ => Told::default(),
    };
    let settled = item.accepted(entry, former, tx).await?;
    told.settled.extend(settled);
    Ok(told)
}

fn hand_back_decided(
    entry: &Entry,
    (to, due, answer): (Option<Uuid>, Day, &str),
    (item, former): (&Item, Uuid),
) -> Told {
    let mut notices = match to {
        Some(_) => item.unit(
            entry,
            Need::Act,
            msg!(
                "改派给本单位，{due} 前完成，请签收。",
                "Readdressed to your unit, due on {due}; accept it."
            ),
        ),
        None => item.unit(
            entry,
            Need::Act,
            msg!(
                "退回未获同意，请签收办理：{answer}",
                "The hand-back was refused; accept it: {answer}"
            ),
        ),
    };
    if to.is_some() {
        let words = msg!("退回已同意，改派其他单位：{answer}", "Taken from your unit: {answer}");
        for seat in Seat::of_unit(former) {
            let told = item.told(entry, seat, words.clone());
            notices.push(Notice { unit: Some(former), ..told });
        }
    }
    Told::after(entry, &["hand_back_asked"], notices)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are told of beside it")]
async fn handling(entry: &Entry, fact: Fact, item: &Item, tx: &mut Tx) -> Result<Told> {
    Ok(match fact {
        Fact::Reported { blocker, .. } => {
            let words = msg!("反映问题需协调：{blocker}", "Asks for help: {blocker}");
            let blocked = !blocker.is_empty();
            let notices = blocked.then(|| item.told(entry, Seat::Officer, words));
            let asked = Settled {
                cause: entry.subject.id,
                kinds: &["note_left"],
                seats: Seat::of_unit(item.unit).to_vec(),
            };
            Told { notices: notices.into_iter().collect(), settled: vec![asked] }
        }
        Fact::Prepared { signer, .. } | Fact::Countersigned { signer } => {
            let words = text!("本单位已填写报结，请审签。", "Prepared as done; sign it.");
            let seat = signer.map_or(Seat::Head(item.unit), Seat::Post);
            Told::after(entry, AGAIN, vec![item.asked(entry, seat, words)])
        }
        Fact::PreparedReturned {} => {
            let words = text!("审签退回修改，请修改后重新报结。", "Sent back at signing; mend it.");
            let asked = item.asked(entry, Seat::Liaison(item.unit), words);
            Told::after(entry, PREPARED, vec![asked])
        }
        Fact::Submitted { .. } => {
            let seat = item.verifier(entry, tx).await?;
            let words = match item.row.verifier {
                Verifier::Raiser => text!(
                    "单位已报结，请将办理结果呈报交办领导。",
                    "Submitted as done; put the result before who raised it."
                ),
                Verifier::Bureau | Verifier::Department | Verifier::Both => {
                    text!("单位已报结，请核实。", "Submitted as done; verify it.")
                }
            };
            let asked = item.asked(entry, seat, words);
            let words = text!("已签发报结，等待核实。", "Submitted; it awaits verification.");
            let liaison = item.told(entry, Seat::Liaison(item.unit), words);
            Told::after(entry, AGAIN, vec![asked, liaison])
        }
        Fact::PartDone { .. } => {
            let words = text!("配合单位已完成配合任务。", "A co-unit has done its part.");
            Told::of(vec![item.told(entry, Seat::Liaison(item.unit), words)])
        }
        _ => Told::default(),
    })
}

fn verified(
    entry: &Entry,
    (result, first, closes, on_time): (Finding, bool, bool, Option<bool>),
    item: &Item,
) -> Told {
    let raiser = item.row.verifier == Verifier::Both;
    let notices = match result {
        Finding::Rework => item.unit(
            entry,
            Need::Act,
            text!(
                "核实退办，请按要求整改后重新报结。",
                "Returned for rework; mend it and submit again."
            ),
        ),
        Finding::Confirmed if closes => {
            let words = match on_time {
                Some(false) => text!("已办结销号（逾期）。", "Closed, late."),
                Some(true) | None => text!("已办结销号。", "Closed."),
            };
            let mut notices = item.unit(entry, Need::Know, words);
            notices
                .extend(item.row.raised_by_post_id.map(|p| item.told(entry, Seat::Post(p), words)));
            notices
        }
        Finding::Confirmed if first && raiser => {
            let words = text!(
                "核实通过，请将办理结果呈报交办领导。",
                "Verified; put the result before who raised it."
            );
            vec![item.asked(entry, Seat::Officer, words)]
        }
        Finding::Confirmed => {
            let words =
                text!("主管部门初核通过，请核实。", "The line department agreed; verify it.");
            vec![item.asked(entry, Seat::Officer, words)]
        }
    };
    let kinds = if closes { &[][..] } else { VERIFIED };
    Told::after(entry, kinds, notices)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are told of beside it")]
fn time(entry: &Entry, fact: Fact, item: &Item) -> Told {
    let bureau = |words: Message| {
        [Seat::Chief, Seat::Officer].map(|seat| item.asked(entry, seat, words.clone())).to_vec()
    };
    match fact {
        Fact::ExtensionAsked { new_due, endorsed: true, .. } => Told::of(bureau(msg!(
            "申请延期至 {new_due}，请审批。",
            "More time is asked for, until {new_due}; decide."
        ))),
        Fact::ExtensionAsked { new_due, .. } => {
            let words = msg!(
                "联络员申请延期至 {new_due}，请审签。",
                "The liaison asks for time until {new_due}; endorse it."
            );
            Told::of(vec![item.asked(entry, Seat::Head(item.unit), words)])
        }
        Fact::ExtensionEndorsed { .. } => {
            let words = text!("申请延期，请审批。", "More time is asked for; decide.");
            Told::after(entry, &["extension_asked"], bureau(words.into()))
        }
        Fact::ExtensionDecided { granted: true, due, .. } => {
            let words =
                msg!("延期已同意，完成时限 {due}。", "More time was granted: due on {due}.");
            Told::after(entry, EXTENSION, item.unit(entry, Need::Know, words))
        }
        Fact::ExtensionDecided { answer, .. } => {
            let words = msg!("延期未同意：{answer}", "More time was refused: {answer}");
            Told::after(entry, EXTENSION, item.unit(entry, Need::Know, words))
        }
        // Why is told by what ended it, in the same act.
        Fact::ExtensionLapsed { .. } => Told::after(entry, EXTENSION, Vec::new()),
        Fact::ClockStopped { review, .. } => {
            let words =
                msg!("已暂缓，{review} 复查。", "Its clock is stopped; looked at on {review}.");
            Told::of(item.unit(entry, Need::Know, words))
        }
        Fact::ClockResumed { due, .. } => {
            let words = msg!("恢复计时，完成时限 {due}。", "Its clock runs again: due on {due}.");
            Told::of(item.unit(entry, Need::Know, words))
        }
        _ => Told::default(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are told of beside it")]
async fn leaders(entry: &Entry, fact: Fact, item: &Item, tx: &mut Tx) -> Result<Told> {
    Ok(match fact {
        Fact::NoteLeft { note, words, .. } => {
            let told = msg!("领导批注：{words}", "A leader's note: {words}");
            let need = if note == NoteKind::AskReport { Need::Act } else { Need::Know };
            let mut notices = item.unit(entry, need, told.clone());
            notices.push(item.asked(entry, Seat::Officer, told));
            Told::of(notices)
        }
        Fact::NoteSettled { id, .. } => {
            let notes = store::card::notes(tx, entry.jurisdiction, entry.subject.id).await?;
            let words = text!("批注已落实。", "Your note was followed up.");
            let by = notes.iter().find(|note| note.id == id).map(|note| note.post_id);
            let told = by.map(|post| item.told(entry, Seat::Post(post), words));
            Told::after(entry, &["note_left"], told.into_iter().collect())
        }
        Fact::Presented { .. } => {
            let words = text!("办理结果已呈报，请确认。", "The result is before you; confirm it.");
            let seat = item.row.raised_by_post_id.map_or(Seat::Leaders, Seat::Post);
            let asked = item.asked(entry, seat, words);
            Told::after(entry, &["submission_made", "submission_verified"], vec![asked])
        }
        _ => Told::default(),
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are told of beside it")]
async fn ending(entry: &Entry, fact: Fact, item: &Item, tx: &mut Tx) -> Result<Told> {
    let notices = match fact {
        Fact::Withdrawn { .. } => {
            item.unit(entry, Need::Know, text!("已撤销，不再办理。", "Withdrawn."))
        }
        Fact::Merged { .. } => {
            item.unit(entry, Need::Know, text!("已并入其他事项。", "Merged into another item."))
        }
        Fact::Reopened { due, .. } => {
            let words = msg!("重新办理，{due} 前完成。", "Reopened; due on {due}.");
            return Ok(Told::of(item.unit(entry, Need::Act, words)));
        }
        _ => return Ok(Told::default()),
    };
    let mut told = Told::after(entry, &[], notices);
    let settled = item.accepted(entry, item.unit, tx).await?;
    told.settled.extend(settled);
    Ok(told)
}
