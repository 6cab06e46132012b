//! 签发周反馈: the head signs a unit's weekly answer once; each row becomes a report.

use journal::{Act, Result};
use kernel::{Actor, Refusal, Subject, SubjectKind, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::{Attached, Paper};
use crate::submission::Said;
use crate::tables::Verdict;
use crate::tables::weekly::{WeeklyFileRow, WeeklyItemRow};
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("审签意见", "Verdict")).required(),
    FieldSpec::area("words", text!("意见（退回须写明）", "Remark"), 500),
];

pub(crate) fn route() -> Route {
    let title = text!("签发周反馈", "Sign the weekly answer");
    Route::act("/weekly/{id}/signature", grants::SIGN_WEEKLY, title)
        .help(text!(
            "签发后各项反馈同时生效；签发前已办结或转出的事项不再反馈。",
            "Each row becomes a report at once; what has moved on before is left out."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(sign_weekly)
}

/// The address of a weekly answer.
pub(super) fn page(id: Uuid) -> String {
    format!("/weekly/{id}")
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let answer = store::weekly::reach(&mut call.read().await?, call.actor()?, id).await?;
    let choices = vec![
        Choice::new(Verdict::Agreed.word(), words::AGREE.of(call.lang)),
        Choice::new(Verdict::Returned.word(), words::SEND_BACK.of(call.lang)),
    ];
    let prepared =
        Prepared { about: Some(answer.monday.to_string()), back: page(id), ..Prepared::default() };
    Ok(prepared.offer("verdict", choices).fill("verdict", Verdict::Agreed.word()))
}

async fn sign_weekly(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let agreed = match Verdict::of(&values.text("verdict")) {
        Some(verdict) => verdict == Verdict::Agreed,
        None => return Err(Refusal::field("verdict", words::CHOOSE_ONE).into()),
    };
    let said = values.text("words");
    let receipt = call
        .act(async |act| {
            if agreed {
                sign(act, &actor, id, None).await
            } else {
                send_back(act, &actor, id, said).await
            }
        })
        .await?;
    Ok(Done::to(page(id), receipt))
}

async fn send_back(act: &mut Act, actor: &Actor, id: Uuid, said: String) -> Result<()> {
    let answer = store::weekly::reach(act, actor, id).await?;
    let fact = answer.send_back(actor, said)?;
    act.record(subject(id), &fact).await
}

const fn subject(id: Uuid) -> Subject {
    Subject::new(SubjectKind::WeeklyAnswer, id)
}

/// Signs, in the program or as a paper says, and reports each row that still can be.
pub(crate) async fn sign(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    paper: Option<Paper>,
) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let answer = store::weekly::reach(act, actor, id).await?;
    let files = store::weekly::files(act, city, id).await?;
    let mut reports = Vec::new();
    for item in store::weekly::items(act, city, id).await? {
        let a = store::assignment(act, city, item.assignment_id).await?;
        // What was closed or readdressed since it was written is left out, and the page says so.
        if let Ok(fact) = a.report(actor, today, said(&item, &files)) {
            reports.push((a.id, fact));
        }
    }
    let reported = reports.iter().map(|(id, _)| *id).collect();
    let signed = answer.sign(actor, today, (paper, reported))?;
    act.record(subject(id), &signed).await?;
    for (assignment, fact) in reports {
        act.record(super::assignment(assignment), &fact).await?;
    }
    Ok(())
}

fn said(item: &WeeklyItemRow, files: &[WeeklyFileRow]) -> Said {
    let own = files.iter().filter(|f| f.assignment_id == item.assignment_id);
    let attached = own.map(|f| Attached {
        id: f.id,
        name: f.name.clone(),
        media: f.media.clone(),
        size: f.size,
        hash: f.hash.clone(),
    });
    Said {
        done: item.done.clone(),
        quantity: item.quantity,
        next_step: String::new(),
        blocker: item.blocker.clone(),
        files: attached.collect(),
    }
}
