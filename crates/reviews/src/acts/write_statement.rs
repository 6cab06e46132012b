//! 表态发言: the unit writes where it fell short and why, what it does about it, and what it wants to
//! reach.

use journal::{Act, Db, Result, Tx};
use kernel::{Actor, Day, Id, Jurisdiction, Refusal, Role, text};
use people::store::PostTitle;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use super::statement::{self, At};
use crate::facts::statement::Promised;
use crate::{grants, store};

const MEASURES: &[FieldSpec] = &[
    FieldSpec::line("measure", text!("措施", "Measure"), 100).required(),
    FieldSpec::choice("responsible", text!("责任岗位", "Responsible post")).required(),
    FieldSpec::day("due", text!("完成时限", "By")).required(),
];

const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("gap", text!("差距和原因", "Where it fell short, and why"), 2_000).required(),
    FieldSpec::rows(
        "measures",
        text!("整改措施", "Measures"),
        MEASURES,
        crate::statement::MEASURES_MAX,
    )
    .hint(text!(
        "一条一行，写明责任岗位和时限；认可后逐条列入交办，下期讲评看完成情况。",
        "One a row with its post and day; once accepted each becomes an assignment, and the next review shows what came of it."
    )),
    FieldSpec::area("goal", text!("完成目标", "Goal"), 1_000).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("撰写表态发言", "Write the statement");
    Route::act("/reviews/{month}/statements/{unit}/text", grants::WRITE_STATEMENT, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(write)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review, unit) = statement::about(call).await?;
    let (mut tx, city) = (call.read().await?, call.city()?);
    let own = responsible(&mut tx, city, (unit, call.today())).await?;
    let choices = own.into_iter().map(|p| Choice::new(p.id, p.title)).collect();
    let mut prepared = prepared;
    if let Some(row) = store::statement::of_unit(&mut tx, &review, unit).await? {
        prepared = prepared.fill("gap", &row.gap).fill("goal", &row.goal);
        for m in store::statement::measures(&mut tx, city, row.id).await? {
            let cells = [
                ("measure", m.measure),
                ("responsible", m.responsible_post_id.to_string()),
                ("due", m.due_on.to_string()),
            ];
            prepared = prepared.row("measures", cells);
        }
    }
    Ok(prepared.offer("responsible", choices))
}

/// The posts of a unit that may answer for a measure.
async fn responsible(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (unit, on): (Uuid, Day),
) -> Result<Vec<PostTitle>> {
    let posts = people::store::post_titles(tx, city, on).await?;
    let of_unit = |p: &PostTitle| {
        p.unit_id == unit && matches!(p.role, Role::Head | Role::Liaison | Role::Department)
    };
    Ok(posts.into_iter().filter(of_unit).collect())
}

/// Every measure is answered for by a post of the unit itself.
async fn demand_own(act: &mut Act, actor: &Actor, measures: &[Promised]) -> Result<()> {
    let today = act.today();
    let own = responsible(act, actor.jurisdiction, (actor.unit, today)).await?;
    for (n, promised) in measures.iter().enumerate() {
        if !own.iter().any(|post| post.id == promised.responsible) {
            let told = text!("请选择本单位的岗位。", "Choose a post of your own unit.");
            return Err(Refusal::field(&web::cell_name("measures", n, "responsible"), told).into());
        }
    }
    Ok(())
}

/// What a unit says.
pub(crate) struct Said {
    pub(crate) gap: String,
    pub(crate) measures: Vec<Promised>,
    pub(crate) goal: String,
}

async fn write(call: Call, values: Values) -> Result<Done> {
    let promised = values.rows("measures").iter().filter_map(|(_, row)| {
        let (responsible, due) = (row.id("responsible")?, row.day("due")?);
        Some(Promised { measure: row.text("measure"), responsible, due })
    });
    let measures = promised.collect();
    let said = Said { gap: values.text("gap"), measures, goal: values.text("goal") };
    let db = call.db();
    statement::on(&call, async |act, actor, at| run(act, actor, (db, at), said).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    (db, at): (&Db, At),
    said: Said,
) -> Result<()> {
    let review = store::review::reach(act, actor, at.month).await?;
    store::statement::demand_seen(actor, at.unit)?;
    demand_own(act, actor, &said.measures).await?;
    let is_called = !statement::called(act, db, &review, at.unit).await?.is_empty();
    let former = store::statement::of_unit(act, &review, at.unit).await?;
    let n = match &former {
        Some(row) => store::statement::measures(act, actor.jurisdiction, row.id).await?.len(),
        None => 0,
    };
    let of = (is_called, former.as_ref().map(|row| (row, n)));
    let today = act.today();
    let fact = review.write_statement(actor, of, (said.gap, said.measures, said.goal), today)?;
    let id = former.map_or_else(Uuid::now_v7, |row| row.id);
    act.record(super::statement_subject(id), &fact).await
}
