//! What people do in this room, one file each. Every act has `run`, the step inside an open
//! transaction that HTTP and the demo city share.

pub(crate) mod accept;
pub(crate) mod answer_proposal;
pub(crate) mod answer_weekly;
pub(crate) mod archive;
pub(crate) mod ask_extension;
pub(crate) mod break_down;
pub(crate) mod carry;
pub(crate) mod decide_extension;
pub(crate) mod decide_hand_back;
pub(crate) mod endorse_extension;
pub(crate) mod fill_weekly;
pub(crate) mod finish_part;
pub(crate) mod hand_back;
pub(crate) mod issue_batch;
pub(crate) mod keep_issued_copy;
pub(crate) mod merge;
pub(crate) mod name_responsible;
pub(crate) mod note;
pub(crate) mod open_batch;
pub(crate) mod order_lines;
pub(crate) mod paper_sign;
pub(crate) mod paper_weekly;
pub(crate) mod present;
pub(crate) mod propose;
pub(crate) mod reach_milestone;
pub(crate) mod remove_line;
pub(crate) mod remove_paper_template;
pub(crate) mod reopen;
pub(crate) mod report;
pub(crate) mod resume;
pub(crate) mod send_batch;
pub(crate) mod set_chain;
pub(crate) mod set_paper_template;
pub(crate) mod set_signing_posts;
pub(crate) mod settle_note;
pub(crate) mod sign_batch;
pub(crate) mod sign_submission;
pub(crate) mod sign_weekly;
pub(crate) mod stop;
pub(crate) mod submit;
pub(crate) mod verify;
pub(crate) mod withdraw;
pub(crate) mod write_line;
pub(crate) mod write_profile;

use journal::{Act, Result};
use kernel::{Actor, Day, Subject, SubjectKind, WorkCalendar};
use uuid::Uuid;
use web::{Call, Done, Prepared};

use crate::assignment::Latest;
use crate::facts::{Attached, Fact};
use crate::store;
use crate::tables::{AssignmentRow, ExtensionRow};

/// The assignment of a fact.
pub(crate) const fn assignment(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Assignment, id)
}

/// The batch of a fact.
pub(crate) const fn batch(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Batch, id)
}

/// The address of a card.
pub(crate) fn card(id: Uuid) -> String {
    format!("/assignments/{id}")
}

/// The address of a batch.
pub(crate) fn batch_page(id: Uuid) -> String {
    format!("/batches/{id}")
}

/// A form about the assignment in the path: its number and title above, back to its card.
pub(crate) async fn about(call: &Call) -> Result<Prepared> {
    let (prepared, _) = about_assignment(call).await?;
    Ok(prepared)
}

/// The same, with the assignment itself.
pub(crate) async fn about_assignment(call: &Call) -> Result<(Prepared, AssignmentRow)> {
    let id = call.id("id")?;
    let a = store::reach(&mut call.read().await?, call.actor()?, id).await?;
    let about = Some(format!("{} {}", a.label, a.title));
    Ok((Prepared { about, back: card(id), ..Prepared::default() }, a))
}

/// Does an act that says nothing but its reason to the assignment in the path, and goes back to
/// its card.
pub(crate) async fn on_assignment(
    call: &Call,
    run: impl AsyncFnOnce(&mut Act, &Actor, Uuid) -> Result<()>,
) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, id).await).await?;
    Ok(Done::to(card(id), receipt))
}

/// Decides something about one assignment and records what follows.
pub(crate) async fn decide(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    decide: impl FnOnce(&AssignmentRow, Day) -> std::result::Result<Fact, kernel::Refusal>,
) -> Result<()> {
    let a = store::reach(act, actor, id).await?;
    let fact = decide(&a, act.today())?;
    if fact.ends_requests() {
        lapse(act, id).await?;
    }
    act.record(assignment(id), &fact).await
}

/// A request for more time that nobody has decided is void from now on.
async fn lapse(act: &mut Act, id: Uuid) -> Result<()> {
    let (city, on) = (act.jurisdiction(), act.today());
    let asked = store::card::extensions(act, city, id).await?;
    for waiting in asked.into_iter().filter(ExtensionRow::waits) {
        let lapsed = Fact::ExtensionLapsed { id: waiting.id, on };
        act.record(assignment(id), &lapsed).await?;
    }
    Ok(())
}

/// How late an assignment may be due; who may not see it is told by the act itself.
pub(crate) async fn latest(act: &mut Act, id: Uuid) -> Result<Latest> {
    let city = act.jurisdiction();
    Ok(Latest(store::card::whole_due(act, city, id).await?))
}

/// Takes staged files into an act, as its fact names them.
pub(crate) async fn attached(act: &mut Act, account: Uuid, ids: &[Uuid]) -> Result<Vec<Attached>> {
    let files = files::take(act, account, ids).await?;
    let attached = files.into_iter().map(|f| Attached {
        id: f.id,
        name: f.name,
        media: f.media,
        size: f.size,
        hash: f.hash,
    });
    Ok(attached.collect())
}

/// The work calendar around today, wide enough for every deadline of this room.
pub(crate) async fn calendar(act: &mut Act) -> Result<WorkCalendar> {
    let (city, today) = (act.jurisdiction(), act.today());
    people::store::calendar(act, city, today.plus(-800), today.plus(800)).await
}
