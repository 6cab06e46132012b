//! 回执: the unit says what was put right and which post is responsible; a liaison's answer waits
//! for the head, a head's own is signed with it.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, Role, text};
use people::store::PostTitle;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("done", words::DONE, 1_500).required().hint(text!(
        "写原因、已采取的措施、目前进展；未办结的写明完成日期。",
        "Why it was late, what was done, how it stands and, if it is not finished, by when it will be."
    )),
    FieldSpec::choice("responsible", words::RESPONSIBLE).required().hint(text!(
        "填本单位的岗位。",
        "A post of the unit."
    )),
];

pub(crate) fn route() -> Route {
    Route::act("/slips/{id}/answers", grants::ANSWER, text!("填写回执", "Answer the slip"))
        .help(text!(
            "回执由单位负责人签发后送督查局核实。事项本身仍须按要求反馈和报结。",
            "The head signs it, then the bureau judges it. The item itself is still reported on and submitted."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(answer)
}

/// The posts of a unit that can be responsible.
async fn posts(call: &Call, unit: Uuid) -> Result<Vec<PostTitle>> {
    let posts =
        people::store::post_titles(&mut call.read().await?, call.city()?, call.today()).await?;
    Ok(posts.into_iter().filter(|p| p.unit_id == unit).collect())
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, row) = super::about(call).await?;
    let posts = posts(call, row.unit_id).await?;
    let head = posts.iter().find(|p| p.role == Role::Head).map(|p| p.id);
    let choices = posts.into_iter().map(|p| Choice::new(p.id, p.text())).collect();
    let prepared = prepared.offer("responsible", choices);
    Ok(match head {
        Some(head) => prepared.fill("responsible", head),
        None => prepared,
    })
}

async fn answer(call: Call, values: Values) -> Result<Done> {
    let post = values.id("responsible").ok_or_else(not_offered)?;
    let said = (values.text("done"), post);
    super::on_slip(&call, async |act, actor, id| run(act, actor, id, said).await).await
}

fn not_offered() -> Refusal {
    Refusal::field("responsible", words::CHOOSE_ONE)
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    said: (String, Uuid),
) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    let today = act.today();
    demand_post(act, actor, said.1, today).await?;
    for fact in row.answer(actor, said, today)? {
        act.record(super::slip(id), &fact).await?;
    }
    Ok(())
}

/// A post of the actor's own unit, held today.
async fn demand_post(act: &mut Act, actor: &Actor, post: Uuid, today: Day) -> Result<()> {
    let row = people::store::post(act, actor.jurisdiction, post).await?;
    let held = row.is_some_and(|p| {
        p.unit_id == actor.unit && p.valid_from <= today && p.valid_to.is_none_or(|to| to >= today)
    });
    if held { Ok(()) } else { Err(not_offered().into()) }
}
