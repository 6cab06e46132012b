//! What people do in this room, one file each. Every act has `run`, the step inside an open
//! transaction that HTTP and the demo city share.

pub(crate) mod adopt;
pub(crate) mod begin;
pub(crate) mod begin_version;
pub(crate) mod check;
pub(crate) mod discard;
pub(crate) mod end;
pub(crate) mod send;
pub(crate) mod write;
pub(crate) mod write_numbers;
pub(crate) mod write_yaml;

use assignments::facts::Attached;
use journal::{Act, Error, Result};
use kernel::{Actor, Subject, SubjectKind, text};
use maud::{Markup, html};
use uuid::Uuid;
use web::{Call, Done, Prepared};

use crate::store;
use crate::tables::{RuleSetRow, VersionRow};

/// The rule set of a fact.
pub(crate) const fn rule_set(id: Uuid) -> Subject {
    Subject::new(SubjectKind::RuleSet, id)
}

/// The address of a rule set's card.
pub(crate) fn card(id: Uuid) -> String {
    format!("/rule-sets/{id}")
}

/// A rule set and its versions, newest first.
pub(crate) struct Reached {
    pub(crate) set: RuleSetRow,
    pub(crate) versions: Vec<VersionRow>,
}

impl Reached {
    /// The version on its way.
    pub(crate) fn open(&self) -> Result<&VersionRow> {
        store::open(&self.versions).ok_or_else(Error::missing)
    }
}

/// The rule set as the actor sees it.
pub(crate) async fn reach(act: &mut Act, actor: &Actor, id: Uuid) -> Result<Reached> {
    let set = store::reach(act, actor, id).await?;
    let versions = store::versions(act, actor, id).await?;
    Ok(Reached { set, versions })
}

/// A form about the rule set in the path, back to its card.
pub(crate) async fn about(call: &Call) -> Result<(Prepared, Reached)> {
    let mut tx = call.read().await?;
    let set = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let versions = store::versions(&mut tx, call.actor()?, set.id).await?;
    let about = Some(format!("{} {}", set.code, set.name));
    let prepared = Prepared { about, back: card(set.id), ..Prepared::default() };
    Ok((prepared, Reached { set, versions }))
}

/// Does an act to the rule set in the path and goes back to its card.
pub(crate) async fn on_rule_set(
    call: &Call,
    run: impl AsyncFnOnce(&mut Act, &Actor, Uuid) -> Result<()>,
) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, id).await).await?;
    Ok(Done::to(card(id), receipt))
}

/// Takes staged files into an act, as its fact names them.
pub(crate) async fn attached(act: &mut Act, account: Uuid, ids: &[Uuid]) -> Result<Vec<Attached>> {
    let files = files::take(act, account, ids).await?;
    Ok(files.into_iter().map(Attached::of).collect())
}

/// The way to the trial of a version on past months, which shows what no text does: items that part
/// nobody, and units that are not alike.
pub(crate) fn trial(call: &Call, version: &VersionRow) -> Markup {
    let at = format!("{}/versions/{}/trial", card(version.rule_set_id), version.n);
    if !call.opens(&at) {
        return Markup::default();
    }
    let told = text!(
        "先在往月试算，看谁的名次变化、哪些项目没有区分度、同组单位是否同类：",
        "Try it on past months first: who moves, which items part nobody, whether units of a group are alike: "
    );
    let label = text!("在往月试算", "Try it on past months");
    html! { p { (told.of(call.lang)) a href=(call.href(&at)) { (label.of(call.lang)) } } }
}
