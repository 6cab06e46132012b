//! How the life of a slip becomes rows.

use assignments::facts::Attached;
use assignments::tables::Verdict;
use journal::{Entry, Result, Tables, args};
use uuid::Uuid;

use super::{Fact, misplaced};
use crate::tables::{
    AnswerRow, AnswerScanRow, SignScanRow, SlipRow, SlipSignRow, SlipState, StageRow,
};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        Fact::Drafted { .. } => draft(entry, fact, tables).await,
        Fact::Written { wording } => {
            change(entry, tables, |s| SlipRow {
                finding: wording.finding,
                demand: wording.demand,
                consequence: wording.consequence,
                copies: wording.copies,
                ..s
            })
            .await
        }
        Fact::Signed { .. } => sign(entry, fact, tables).await,
        Fact::Issued { year, number, time, on, answer_by } => {
            change(entry, tables, |s| SlipRow {
                state: SlipState::Issued,
                year: Some(year),
                number: Some(number),
                time: Some(time),
                issued_on: Some(on),
                answer_by: Some(answer_by),
                issued_seq: Some(entry.seq),
                ..s
            })
            .await
        }
        Fact::Superseded { on, .. } => {
            let (state, ended_on) = (SlipState::Superseded, Some(on));
            change(entry, tables, |s| SlipRow { state, ended_on, ..s }).await
        }
        Fact::Withdrawn { on } => {
            let (state, ended_on) = (SlipState::Withdrawn, Some(on));
            let withdrawn_seq = Some(entry.seq);
            change(entry, tables, |s| SlipRow { state, ended_on, withdrawn_seq, ..s }).await
        }
        Fact::Answered { .. }
        | Fact::AnswerSigned { .. }
        | Fact::AnswerReturned { .. }
        | Fact::AnswerJudged { .. } => answer(entry, fact, tables).await,
        Fact::LadderSet { .. }
        | Fact::Reminded { .. }
        | Fact::ReportMissed { .. }
        | Fact::ReviewDue { .. } => Err(misplaced(&fact)),
    }
}

async fn draft(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Drafted { assignment, unit, place, by_hand, item_due, on, wording } = fact else {
        return Err(misplaced(&fact));
    };
    let jurisdiction_id = entry.jurisdiction;
    let slip = SlipRow {
        jurisdiction_id,
        id: entry.subject.id,
        assignment_id: assignment,
        unit_id: unit,
        n: place.n,
        ladder: place.ladder,
        colour: place.colour,
        answer_days: place.answer_days,
        signer: place.signer,
        by_hand,
        state: SlipState::Draft,
        step: 0,
        item_due_on: item_due,
        opened_on: on,
        finding: wording.finding,
        demand: wording.demand,
        consequence: wording.consequence,
        copies: wording.copies,
        year: None,
        number: None,
        time: None,
        issued_on: None,
        answer_by: None,
        answered_on: None,
        ended_on: None,
        issued_seq: None,
        withdrawn_seq: None,
    };
    tables.insert(&slip).await?;
    let stage = StageRow {
        jurisdiction_id,
        assignment_id: assignment,
        unit_id: unit,
        item_due_on: item_due,
        n: slip.n,
        slip_id: slip.id,
    };
    // The program takes a step once; an officer may take one again that was withdrawn or answered.
    if by_hand { tables.put(&stage).await } else { tables.insert(&stage).await }
}

async fn sign(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Signed { id, step, next, last, verdict, person, paper, note } = fact else {
        return Err(misplaced(&fact));
    };
    let sign = SlipSignRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        slip_id: entry.subject.id,
        step,
        post_id: entry.actor,
        person_id: person,
        at: entry.at,
        verdict,
        note,
        paper_signer_post_id: paper.as_ref().map(|p| p.signer),
        paper_signed_on: paper.as_ref().map(|p| p.on),
    };
    tables.insert(&sign).await?;
    for scan in paper.map(|p| p.scans).unwrap_or_default() {
        tables.insert(&sign_scan(entry, id, scan)).await?;
    }
    let state = match verdict {
        Verdict::Returned => SlipState::Draft,
        Verdict::Agreed if next > last => SlipState::Approved,
        Verdict::Agreed => SlipState::InReview,
    };
    change(entry, tables, |s| SlipRow { state, step: next, ..s }).await
}

async fn answer(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        Fact::Answered { id, done, responsible } => {
            tables.insert(&new_answer(entry, id, (done, responsible))).await?;
            change(entry, tables, |s| SlipRow { state: SlipState::Prepared, ..s }).await
        }
        Fact::AnswerSigned { id, person, on, paper } => {
            let (signed_by, signed_person_id) = (Some(entry.actor), Some(person));
            let signed_on = Some(paper.as_ref().map_or(on, |p| p.on));
            let paper_signer_post_id = paper.as_ref().map(|p| p.signer);
            let sign =
                |a| AnswerRow { signed_by, signed_person_id, signed_on, paper_signer_post_id, ..a };
            change_answer(entry, tables, id, sign).await?;
            for scan in paper.map(|p| p.scans).unwrap_or_default() {
                tables.insert(&answer_scan(entry, id, scan)).await?;
            }
            // In time is what came in time; the day on a paper is not asked.
            let (state, answered_on) = (SlipState::Answered, Some(on));
            change(entry, tables, |s| SlipRow { state, answered_on, ..s }).await
        }
        Fact::AnswerReturned { id, words } => {
            let verdict = Some(Verdict::Returned);
            change_answer(entry, tables, id, |a| AnswerRow { verdict, words, ..a }).await?;
            change(entry, tables, |s| SlipRow { state: SlipState::Issued, ..s }).await
        }
        Fact::AnswerJudged { id, verdict, words, on, answer_by } => {
            let (judged_by, judged_on) = (Some(entry.actor), Some(on));
            let judge = |a| AnswerRow { verdict: Some(verdict), words, judged_by, judged_on, ..a };
            change_answer(entry, tables, id, judge).await?;
            let (answer_by, ended_on) = (Some(answer_by), Some(on));
            change(entry, tables, |s| match verdict {
                Verdict::Agreed => SlipRow { state: SlipState::Closed, ended_on, ..s },
                Verdict::Returned => {
                    SlipRow { state: SlipState::Issued, answer_by, answered_on: None, ..s }
                }
            })
            .await
        }
        Fact::LadderSet { .. }
        | Fact::Drafted { .. }
        | Fact::Written { .. }
        | Fact::Signed { .. }
        | Fact::Issued { .. }
        | Fact::Superseded { .. }
        | Fact::Withdrawn { .. }
        | Fact::Reminded { .. }
        | Fact::ReportMissed { .. }
        | Fact::ReviewDue { .. } => Err(misplaced(&fact)),
    }
}

fn new_answer(entry: &Entry, id: Uuid, (done, responsible): (String, Uuid)) -> AnswerRow {
    AnswerRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        slip_id: entry.subject.id,
        post_id: entry.actor,
        written_at: entry.at,
        done,
        responsible_post_id: responsible,
        signed_by: None,
        signed_person_id: None,
        signed_on: None,
        verdict: None,
        words: String::new(),
        judged_by: None,
        judged_on: None,
        paper_signer_post_id: None,
    }
}

fn sign_scan(entry: &Entry, sign_id: Uuid, scan: Attached) -> SignScanRow {
    SignScanRow {
        jurisdiction_id: entry.jurisdiction,
        slip_id: entry.subject.id,
        id: scan.id,
        sign_id,
        name: scan.name,
        media: scan.media,
        size: scan.size,
        hash: scan.hash,
    }
}

fn answer_scan(entry: &Entry, answer_id: Uuid, scan: Attached) -> AnswerScanRow {
    AnswerScanRow {
        jurisdiction_id: entry.jurisdiction,
        slip_id: entry.subject.id,
        id: scan.id,
        answer_id,
        name: scan.name,
        media: scan.media,
        size: scan.size,
        hash: scan.hash,
    }
}

async fn change(
    entry: &Entry,
    tables: &mut Tables<'_>,
    change: impl FnOnce(SlipRow) -> SlipRow,
) -> Result<()> {
    let former: SlipRow = tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
    tables.change(&former, &change(former.clone())).await
}

async fn change_answer(
    entry: &Entry,
    tables: &mut Tables<'_>,
    id: Uuid,
    change: impl FnOnce(AnswerRow) -> AnswerRow,
) -> Result<()> {
    let former: AnswerRow = tables.get(args![entry.jurisdiction, id]).await?;
    tables.change(&former, &change(former.clone())).await
}
