//! 报结审签流程: through which posts of a unit what it submits as done goes. The unit's head always
//! has the last word; without a chain any of its heads signs.

use journal::{Act, Result, Tx};
use kernel::{Actor, Day, Refusal, Role, Subject, SubjectKind, text};
use people::store::PostTitle;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values, cell_name};

use crate::facts::UnitFact;
use crate::{grants, store};

/// Posts of a chain at most.
const POSTS_MAX: usize = 5;

const STEPS: &[FieldSpec] = &[FieldSpec::choice("post", text!("岗位", "Post")).required()];

const FIELDS: &[FieldSpec] = &[
    FieldSpec::rows("steps", text!("审签岗位", "Signing posts"), STEPS, POSTS_MAX).hint(text!(
        "按先后顺序填写，最后一个须是单位负责人；都不填，由任一单位负责人审签。",
        "In their order; the last one is a head's. When empty, any head of the unit signs."
    )),
    FieldSpec::area("reason", text!("修改理由", "Reason"), 300).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("设置报结审签流程", "Set who signs submissions");
    Route::act("/units/{id}/signing-posts", grants::SET_SIGNING_POSTS, title)
        .help(text!(
            "已填写待审签的报结也按新流程走完余下环节。",
            "What was prepared already goes through the steps that are left of the new chain."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(set_signing_posts)
}

/// The posts of a unit that may stand in its chain: those that act for it.
async fn offered(tx: &mut Tx, actor: &Actor, id: Uuid, on: Day) -> Result<Vec<PostTitle>> {
    if actor.role != Role::Chief && actor.unit != id {
        return Err(Refusal::Missing.into());
    }
    let city = actor.jurisdiction;
    people::store::unit(tx, city, id).await?.ok_or(Refusal::Missing)?;
    let mut posts = Vec::new();
    for role in [Role::Head, Role::Liaison] {
        for post in people::store::holders(tx, city, id, role, on).await? {
            posts.extend(people::store::post_title(tx, city, post.id).await?);
        }
    }
    Ok(posts)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, city, id) = (call.read().await?, call.city()?, call.id("id")?);
    let posts = offered(&mut tx, call.actor()?, id, call.today()).await?;
    let unit = people::store::unit(&mut tx, city, id).await?;
    let chain = store::signing_posts(&mut tx, city, id, call.today()).await?;
    let prepared = Prepared {
        about: unit.map(|u| u.name),
        back: format!("/units/{id}/assignments"),
        ..Prepared::default()
    }
    .offer("post", posts.into_iter().map(|p| Choice::new(p.id, p.text())).collect());
    Ok(chain
        .posts
        .into_iter()
        .fold(prepared, |p, post| p.row("steps", [("post", post.to_string())])))
}

async fn set_signing_posts(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let posts: Vec<_> =
        values.rows("steps").iter().map(|(at, row)| (*at, row.id("post"))).collect();
    let receipt = call.act(async |act| run(act, &actor, id, &posts).await).await?;
    Ok(Done::to(format!("/units/{id}/assignments"), receipt))
}

/// Sets the posts, each with the row in which it was said.
pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    said: &[(usize, Option<Uuid>)],
) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let offered = offered(act, actor, id, today).await?;
    let mut posts = Vec::new();
    for (at, post) in said {
        let cell = cell_name("steps", *at, "post");
        let Some(post) = offered.iter().find(|p| Some(p.id) == *post) else {
            return Err(Refusal::field(&cell, crate::words::CHOOSE_ONE).into());
        };
        if posts.contains(&post.id) {
            let twice = text!("这个岗位已在流程中。", "This post is in the chain already.");
            return Err(Refusal::field(&cell, twice).into());
        }
        posts.push(post.id);
    }
    if let (Some(last), Some((at, _))) = (posts.last(), said.last())
        && !offered.iter().any(|p| p.id == *last && p.role == Role::Head)
    {
        return Err(Refusal::field(
            &cell_name("steps", *at, "post"),
            text!(
                "最后一个岗位须是单位负责人，请把负责人放在最后。",
                "The last post is a head's; put the head at the end."
            ),
        )
        .into());
    }
    if store::signing_posts(act, city, id, today).await?.posts == posts {
        let same = text!("没有变化。", "Nothing was changed.");
        return Err(Refusal::rule(same).into());
    }
    let former = store::signing_steps(act, city, id).await?;
    let unit = Subject::new(SubjectKind::Unit, id);
    act.record(unit, &UnitFact::SigningPostsSet { posts, former }).await
}
