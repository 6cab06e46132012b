//! Whom the facts of this room concern, and what they are told. What a notice says follows from
//! the fact, from what is fixed when a slip is drafted and from what is fixed when an item is issued.

use assignments::tables::{AssignmentRow, Verdict};
use journal::{Boxed, Entry, Fact as _, Result, Tx};
use kernel::{Message, msg, text};
use people::notice::{Need, Notice, Seat, Told};

use crate::facts::Fact;
use crate::stage::AFTER;
use crate::store;
use crate::tables::SlipRow;
use crate::words;

/// Says whom a fact of this room concerns.
pub fn tell<'a>(entry: &'a Entry, tx: &'a mut Tx) -> Boxed<'a, Result<Told>> {
    Box::pin(async move {
        if !Fact::KINDS.contains(&entry.kind.as_str()) {
            return Ok(Told::default());
        }
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::Reminded { .. } | Fact::ReportMissed { .. } | Fact::ReviewDue { .. } => {
                let item = assignments::store::assignment(tx, entry.jurisdiction, entry.subject.id);
                let Ok(item) = item.await else { return Ok(Told::default()) };
                Ok(Told::of(of_item(entry, &fact, &item)))
            }
            Fact::LadderSet { .. } | Fact::Written { .. } => Ok(Told::default()),
            Fact::Drafted { .. }
            | Fact::Signed { .. }
            | Fact::Issued { .. }
            | Fact::Answered { .. }
            | Fact::AnswerSigned { .. }
            | Fact::AnswerReturned { .. }
            | Fact::AnswerJudged { .. }
            | Fact::Superseded { .. }
            | Fact::Withdrawn { .. } => {
                let slip = store::slip(tx, entry.jurisdiction, entry.subject.id).await?;
                let Some(slip) = slip else { return Ok(Told::default()) };
                let item = slip.assignment_id;
                let item = assignments::store::assignment(tx, entry.jurisdiction, item).await?;
                // Whatever was asked before about this slip is done or asked for no longer.
                Ok(Told::after(entry, &[], of_slip(entry, &fact, (&slip, &item))))
            }
        }
    })
}

fn notice(entry: &Entry, seat: Seat, item: &AssignmentRow, words: impl Into<Message>) -> Notice {
    Notice {
        seat,
        need: Need::Know,
        urgent: false,
        words: words.into(),
        about: Notice::called(&format!("{} {}", item.label, item.title)),
        subject: entry.subject,
        unit: None,
        line: item.work_line_id,
    }
}

/// What the clock brought.
fn of_item(entry: &Entry, fact: &Fact, item: &AssignmentRow) -> Vec<Notice> {
    match fact {
        Fact::Reminded { unit, due, days, .. } => {
            let words = match *days {
                AFTER => msg!("已超过时限 {due}，请抓紧办理。", "The due day {due} has passed."),
                0 => msg!("今天到期（时限 {due}）。", "Due today, {due}."),
                1 => msg!(
                    "时限 {due}，还剩不超过 1 个工作日。",
                    "Due on {due}; one working day or less is left."
                ),
                n => msg!(
                    "时限 {due}，还剩不超过 {n} 个工作日。",
                    "Due on {due}; {n} working days or fewer are left."
                ),
            };
            let told = |seat| notice(entry, seat, item, words.clone());
            Seat::of_unit(*unit).map(told).to_vec()
        }
        Fact::ReportMissed { unit, closed_on, .. } => {
            let words = msg!(
                "{closed_on} 截止的一期没有按时反馈。",
                "The report that closed on {closed_on} is missing."
            );
            let mut told: Vec<_> =
                Seat::of_unit(*unit).map(|seat| notice(entry, seat, item, words.clone())).to_vec();
            told.push(Notice { unit: Some(*unit), ..notice(entry, Seat::Officer, item, words) });
            told
        }
        Fact::ReviewDue { review_on, .. } => {
            let words = msg!(
                "暂缓到期，请研判是否恢复计时（{review_on}）。",
                "The stopped clock is to be looked at again ({review_on})."
            );
            vec![Notice { unit: Some(item.unit_id), ..notice(entry, Seat::Officer, item, words) }]
        }
        Fact::LadderSet { .. }
        | Fact::Drafted { .. }
        | Fact::Written { .. }
        | Fact::Signed { .. }
        | Fact::Issued { .. }
        | Fact::Answered { .. }
        | Fact::AnswerSigned { .. }
        | Fact::AnswerReturned { .. }
        | Fact::AnswerJudged { .. }
        | Fact::Superseded { .. }
        | Fact::Withdrawn { .. } => Vec::new(),
    }
}

/// Who has the slip in hand now.
fn of_slip(entry: &Entry, fact: &Fact, (slip, item): (&SlipRow, &AssignmentRow)) -> Vec<Notice> {
    let unit = Seat::of_unit(slip.unit_id);
    let told = |seat, words: Message| Notice {
        unit: Some(slip.unit_id),
        ..notice(entry, seat, item, words)
    };
    let to_do = |seat, words: Message| vec![told(seat, words).to_do()];
    match fact {
        Fact::Drafted { .. } | Fact::Signed { .. } => {
            let (seat, words) = in_review(fact, slip, item);
            to_do(seat, words)
        }
        Fact::Issued { .. } => {
            let words = issued(fact, slip);
            unit.map(|seat| Notice { urgent: true, ..told(seat, words.clone()).to_do() }).to_vec()
        }
        Fact::Answered { .. } => {
            let words = text!("督办单回执待审签。", "The answer to a slip is to be signed.");
            to_do(Seat::Head(slip.unit_id), words.into())
        }
        Fact::AnswerSigned { .. } => {
            let words = text!("督办单回执待核实。", "The answer to a slip is to be judged.");
            to_do(Seat::Officer, words.into())
        }
        Fact::AnswerReturned { .. } => {
            let words = text!("单位负责人退回了回执，请修改。", "The head sent the answer back.");
            to_do(Seat::Liaison(slip.unit_id), words.into())
        }
        Fact::AnswerJudged { verdict: Verdict::Agreed, .. } => {
            let words =
                text!("回执已通过，督办单销号。", "The answer was accepted; the slip is closed.");
            unit.map(|seat| told(seat, words.into())).to_vec()
        }
        Fact::AnswerJudged { answer_by, .. } => {
            let words = msg!(
                "回执被退回，请在 {answer_by} 前重新填写。",
                "The answer was returned; answer again by {answer_by}."
            );
            unit.map(|seat| told(seat, words.clone()).to_do()).to_vec()
        }
        // Before its issue the unit never heard of it.
        Fact::Withdrawn { .. } if slip.number.is_some() => {
            let words = text!(
                "督办单已撤销，不用再填回执。",
                "The slip was withdrawn; no answer is needed."
            );
            unit.map(|seat| told(seat, words.into())).to_vec()
        }
        Fact::Withdrawn { .. }
        | Fact::Superseded { .. }
        | Fact::LadderSet { .. }
        | Fact::Written { .. }
        | Fact::Reminded { .. }
        | Fact::ReportMissed { .. }
        | Fact::ReviewDue { .. } => Vec::new(),
    }
}

/// Who signs, sends or issues it next.
fn in_review(fact: &Fact, slip: &SlipRow, item: &AssignmentRow) -> (Seat, Message) {
    let colour = words::colour(slip.colour);
    let (zh, en) = (colour.zh, colour.en);
    let sign = msg!("{zh}督办单待审签。", "{en} slip to be signed.");
    let Fact::Signed { verdict, next, last, .. } = fact else {
        return (
            Seat::Officer,
            msg!("{zh}督办单待核定送审。", "{en} slip to be sent for signature."),
        );
    };
    if *verdict == Verdict::Returned {
        return (Seat::Officer, msg!("{zh}督办单被退回修改。", "{en} slip was sent back."));
    }
    if next > last {
        return (Seat::Officer, msg!("{zh}督办单已审定，待印发。", "{en} slip to be issued."));
    }
    // Who could not open the slip is not told of it.
    let leader = item.leader_post_id.map_or(Seat::LeaderOf(item.work_line_id), Seat::Post);
    (if *next == 1 { Seat::Chief } else { leader }, sign)
}

/// What the unit is told when it has a slip.
fn issued(fact: &Fact, slip: &SlipRow) -> Message {
    let Fact::Issued { year, number, answer_by, .. } = fact else { return Notice::called("") };
    let (colour, label) = (words::colour(slip.colour), crate::slip::label(*year, *number));
    let (zh, en) = (colour.zh, colour.en);
    msg!(
        "收到{zh}督办单 {label}，请在 {answer_by} 前填写回执。",
        "{en} slip {label}: answer it by {answer_by}."
    )
}
