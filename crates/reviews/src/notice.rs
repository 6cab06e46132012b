//! Whom the facts of this room concern, and what they are told.

use assignments::tables::Verdict;
use journal::{Boxed, Entry, Fact as _, Result, Tx};
use kernel::{Day, Message, Subject, SubjectKind, msg, text};
use people::notice::{Need, Notice, Seat, Told};
use uuid::Uuid;

use crate::facts::statement::StatementFact;
use crate::facts::{Fact, Looked};
use crate::tables::{Decision, ObjectionRow, ReviewRow, Stage};
use crate::{store, words};

/// What waits for the leader's word.
const SUBMITTED: &[&str] = &["review_submitted"];
/// What waits for a decision of the bureau.
const FILED: &[&str] = &["objection_filed"];

/// What waits for the bureau to read it.
const STATEMENT_SUBMITTED: &[&str] = &["statement_submitted"];
/// What waits for its unit to rewrite it.
const STATEMENT_RETURNED: &[&str] = &["statement_judged"];

/// Says whom a fact of this room concerns.
pub fn tell<'a>(entry: &'a Entry, tx: &'a mut Tx) -> Boxed<'a, Result<Told>> {
    Box::pin(async move {
        if StatementFact::KINDS.contains(&entry.kind.as_str()) {
            return of_statement(entry, tx).await;
        }
        if !Fact::KINDS.contains(&entry.kind.as_str()) {
            return Ok(Told::default());
        }
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::Opened { .. }
            | Fact::Computed { .. }
            | Fact::Frozen { .. }
            | Fact::Paid { .. } => Ok(Told::default()),
            Fact::ConsequenceDecided { unit, code, verdict, .. } => {
                of_consequence(entry, (unit, &code, verdict), tx).await
            }
            Fact::LookedAt { looked } => of_doubt(entry, &looked, tx).await,
            Fact::Filed { .. }
            | Fact::Withdrawn { .. }
            | Fact::Decided { .. }
            | Fact::AnswerDue { .. }
            | Fact::AnswerLate { .. } => of_objection(entry, &fact, tx).await,
            Fact::Drafted { .. }
            | Fact::Submitted { .. }
            | Fact::Judged { .. }
            | Fact::Published { .. }
            | Fact::Corrected { .. } => of_review(entry, &fact, tx).await,
        }
    })
}

fn notice(seat: Seat, about: Message, words: impl Into<Message>, subject: Subject) -> Notice {
    Notice {
        seat,
        need: Need::Know,
        urgent: false,
        words: words.into(),
        about,
        subject,
        unit: None,
        line: None,
    }
}

async fn of_review(entry: &Entry, fact: &Fact, tx: &mut Tx) -> Result<Told> {
    let review = store::review::review(tx, entry.jurisdiction, entry.subject.id).await?;
    let about = words::review(review.month);
    let told = |seat, words: Message| notice(seat, about.clone(), words, entry.subject);
    Ok(match fact {
        Fact::Drafted { until, .. } => {
            let words = drafted(*until);
            let units = units(tx, &review, review.draft).await?;
            let seats = units.into_iter().flat_map(Seat::of_unit);
            Told::of(seats.map(|seat| told(seat, words.clone())).collect())
        }
        Fact::Submitted { .. } => {
            let words = text!("讲评结果请审批。", "The review awaits approval.");
            Told::of(vec![told(Seat::Leaders, words.into()).to_do()])
        }
        Fact::Judged { verdict, note, .. } => {
            Told::after(entry, SUBMITTED, vec![told(Seat::Chief, judged(*verdict, note)).to_do()])
        }
        Fact::Published { .. } | Fact::Corrected { .. } => {
            let words = if matches!(fact, Fact::Published { .. }) {
                text!(
                    "讲评结果已通报；30日内可以申请复核。",
                    "It is published; a re-examination can be asked for within 30 days."
                )
            } else {
                text!(
                    "复核后已发布更正，各单位的变动见讲评页。",
                    "It was corrected after a re-examination; its page tells what changed."
                )
            };
            let units = units(tx, &review, review.computation).await?;
            let seats = units.into_iter().flat_map(Seat::of_unit).chain([Seat::Leaders]);
            let mut all: Vec<Notice> = seats.map(|seat| told(seat, words.into())).collect();
            if let Fact::Corrected { n, .. } = fact {
                all.extend(decided_anew(entry, &review, *n, tx).await?);
            }
            Told::of(all)
        }
        Fact::Opened { .. }
        | Fact::Computed { .. }
        | Fact::Frozen { .. }
        | Fact::ConsequenceDecided { .. }
        | Fact::Paid { .. }
        | Fact::LookedAt { .. }
        | Fact::Filed { .. }
        | Fact::Withdrawn { .. }
        | Fact::Decided { .. }
        | Fact::AnswerDue { .. }
        | Fact::AnswerLate { .. } => Told::default(),
    })
}

/// A unit learns that it has to make a statement, or that it need not; of an award it learns with
/// the circular, and of what an erratum brings when that is out.
async fn of_consequence(entry: &Entry, of: (Uuid, &str, Decision), tx: &mut Tx) -> Result<Told> {
    let review = store::review::review(tx, entry.jurisdiction, entry.subject.id).await?;
    if review.published_seq.is_some_and(|published| published < entry.seq) {
        return Ok(Told::default());
    }
    Ok(Told::of(called(entry, &review, of, tx).await?))
}

/// What a unit is told of a decision on it.
async fn called(
    entry: &Entry,
    review: &ReviewRow,
    (unit, code, verdict): (Uuid, &str, Decision),
    tx: &mut Tx,
) -> Result<Vec<Notice>> {
    let Some(name) = store::statement::asked(tx, review, (unit, code)).await? else {
        return Ok(Vec::new());
    };
    let Message { zh, en } = name;
    let words = match verdict {
        Decision::Taken => msg!(
            "领导决定你单位“{zh}”，请写明差距原因、整改措施和完成目标。",
            "The leader decided on “{en}” for your unit; write what went wrong, what is done and until when."
        ),
        Decision::Exempt => msg!(
            "领导决定你单位不作“{zh}”。",
            "The leader decided that there is no “{en}” for your unit."
        ),
    };
    let about = words::review(review.month);
    let told = |seat| Notice {
        unit: Some(unit),
        ..notice(seat, about.clone(), words.clone(), entry.subject)
    };
    Ok(Seat::of_unit(unit).map(told).to_vec())
}

/// What units are told of the decisions that came with an erratum.
async fn decided_anew(
    entry: &Entry,
    review: &ReviewRow,
    n: i64,
    tx: &mut Tx,
) -> Result<Vec<Notice>> {
    let errata = store::review::errata(tx, review).await?;
    let Some(erratum) = errata.iter().find(|erratum| erratum.n == n) else {
        return Ok(Vec::new());
    };
    let freezes = store::review::freezes(tx, review).await?;
    let before = freezes.iter().rfind(|f| f.computation == erratum.before_n).map_or(0, |f| f.n);
    let mut all = Vec::new();
    for row in store::review::decided_until(tx, review, erratum.freeze_n).await? {
        if row.freeze_n > before {
            all.extend(called(entry, review, (row.unit_id, &row.code, row.verdict), tx).await?);
        }
    }
    Ok(all)
}

/// A unit that is asked learns of it; otherwise a question is the bureau's own.
async fn of_doubt(entry: &Entry, looked: &Looked, tx: &mut Tx) -> Result<Told> {
    if !looked.asks_unit {
        return Ok(Told::default());
    }
    let review = store::review::review(tx, entry.jurisdiction, entry.subject.id).await?;
    let words = text!(
        "督查局请你单位对得分表所列存疑事项作出说明。",
        "The bureau asks your unit about records; the questions stand on its sheet."
    );
    let about = words::review(review.month);
    let told = |seat| Notice {
        unit: Some(looked.unit),
        ..notice(seat, about.clone(), words, entry.subject)
    };
    Ok(Told::of(Seat::of_unit(looked.unit).map(told).to_vec()))
}

async fn units(tx: &mut Tx, review: &ReviewRow, n: i64) -> Result<Vec<Uuid>> {
    let scores = store::review::scores(tx, review, n).await?;
    Ok(scores.into_iter().map(|score| score.unit_id).collect())
}

fn drafted(until: Day) -> Message {
    msg!(
        "本单位得分已公示，{until} 前可以提出异议。",
        "Your unit's score is shown as a draft; contest it until {until}."
    )
}

fn judged(verdict: Verdict, note: &str) -> Message {
    match verdict {
        Verdict::Agreed => text!("领导已批准，请通报。", "Approved; publish it.").into(),
        Verdict::Returned => {
            msg!("领导退回：{note}", "Returned by the leader: {note}")
        }
    }
}

async fn of_objection(entry: &Entry, fact: &Fact, tx: &mut Tx) -> Result<Told> {
    let found = store::objection::objection(tx, entry.jurisdiction, entry.subject.id).await?;
    let Some(row) = found else { return Ok(Told::default()) };
    let review = store::review::review(tx, entry.jurisdiction, row.review_id).await?;
    let about = row.label(&review);
    let subject = Subject::new(SubjectKind::Objection, row.id);
    Ok(match fact {
        Fact::Filed { .. } => {
            let told = |seat| Notice {
                unit: Some(row.unit_id),
                ..notice(seat, about.clone(), filed(&row), subject).to_do()
            };
            Told::of(vec![told(Seat::Chief), told(Seat::Officer)])
        }
        Fact::Decided { upheld, .. } => {
            let words = if *upheld {
                text!("异议已采纳，将重新算分。", "Upheld; scores are computed again.")
            } else {
                text!("异议未采纳，理由见处理意见。", "Refused; the decision says why.")
            };
            let told = |seat| notice(seat, about.clone(), words, subject);
            Told::after(entry, FILED, Seat::of_unit(row.unit_id).map(told).to_vec())
        }
        Fact::Withdrawn { .. } => Told::after(entry, FILED, Vec::new()),
        Fact::AnswerDue { by, .. } => {
            let told = |seat| answer(&row, seat, &about, due(*by));
            Told::of(vec![told(Seat::Chief), told(Seat::Officer)])
        }
        Fact::AnswerLate { by, .. } => {
            let told = |seat| Notice { urgent: true, ..answer(&row, seat, &about, late(*by)) };
            Told::of(vec![told(Seat::Chief), told(Seat::Officer)])
        }
        Fact::Opened { .. }
        | Fact::Computed { .. }
        | Fact::Drafted { .. }
        | Fact::Frozen { .. }
        | Fact::Submitted { .. }
        | Fact::Judged { .. }
        | Fact::ConsequenceDecided { .. }
        | Fact::Published { .. }
        | Fact::LookedAt { .. }
        | Fact::Corrected { .. }
        | Fact::Paid { .. } => Told::default(),
    })
}

/// What the bureau is told of an answer that waits; it asks for nothing that the filing did not.
fn answer(row: &ObjectionRow, seat: Seat, about: &Message, words: Message) -> Notice {
    let subject = Subject::new(SubjectKind::Objection, row.id);
    Notice { unit: Some(row.unit_id), ..notice(seat, about.clone(), words, subject) }
}

fn due(by: Day) -> Message {
    msg!("应于 {by} 前答复，尚未处理。", "To be decided by {by}; nobody has yet.")
}

fn late(by: Day) -> Message {
    msg!("答复期限 {by} 已过，请立即处理。", "It was to be decided by {by}; decide it at once.")
}

fn filed(row: &ObjectionRow) -> Message {
    let (by, measure) = (row.decide_by, &row.measure);
    match row.kind {
        Stage::Objection => msg!(
            "单位对“{measure}”提出异议，请在 {by} 前答复。",
            "A unit contests “{measure}”; decide it by {by}."
        ),
        Stage::Recheck => msg!(
            "单位对“{measure}”申请复核，请在 {by} 前由未参与的人答复。",
            "A unit asks for a re-examination of “{measure}”; somebody who took no part decides it by {by}."
        ),
    }
}

/// A unit's statement goes to the bureau and comes back with its word.
async fn of_statement(entry: &Entry, tx: &mut Tx) -> Result<Told> {
    let found = store::statement::statement(tx, entry.jurisdiction, entry.subject.id).await?;
    let Some(row) = found else { return Ok(Told::default()) };
    let review = store::review::review(tx, entry.jurisdiction, row.review_id).await?;
    let unit = people::store::unit(tx, entry.jurisdiction, row.unit_id).await?;
    let unit = unit.map_or_else(String::new, |unit| unit.short_name);
    let about = words::statement::of(&unit, review.month);
    let told = |seat, words: Message| Notice {
        unit: Some(row.unit_id),
        ..notice(seat, about.clone(), words, entry.subject)
    };
    Ok(match StatementFact::join(&entry.kind, &entry.payload)? {
        StatementFact::Submitted { .. } => {
            let words =
                text!("单位已提交，请审阅。", "Submitted by its unit; accept or return it.");
            let seats = [Seat::Chief, Seat::Officer];
            let told = seats.map(|seat| told(seat, words.into()).to_do());
            Told::after(entry, STATEMENT_RETURNED, told.to_vec())
        }
        StatementFact::Judged { verdict, remark, .. } => {
            let seats = Seat::of_unit(row.unit_id);
            let told = match verdict {
                Verdict::Agreed => {
                    let words = text!(
                        "已认可，整改措施将列入交办。",
                        "Accepted; its measures become assignments."
                    );
                    seats.map(|seat| told(seat, words.into()))
                }
                Verdict::Returned => {
                    let words = msg!("督查局退回：{remark}", "Returned by the bureau: {remark}");
                    seats.map(|seat| told(seat, words.clone()).to_do())
                }
            };
            Told::after(entry, STATEMENT_SUBMITTED, told.to_vec())
        }
        StatementFact::CircularWritten { .. }
        | StatementFact::Written { .. }
        | StatementFact::TakenOver { .. } => Told::default(),
    })
}
