//! 修改指标: everything but what its values mean, once there are some.

use journal::{Act, Result};
use kernel::text;
use uuid::Uuid;
use web::{Call, Done, Prepared, Route, Values};

use super::add;
use crate::facts::Definition;
use crate::indicator::Known;
use crate::{grants, store};

pub(crate) fn route() -> Route {
    let title = text!("修改指标", "Change the indicator");
    Route::act("/indicators/{id}/definition", grants::CHANGE, title)
        .help(text!(
            "有了填报值以后，名称、类型和计量单位不能再改；含义变了请结束它，另建一个。",
            "Once it has values its name, kind and unit of measure stay; if it means something else, end it and add another."
        ))
        .fields(add::DEFINITION)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(change)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let prepared = add::offered(call).await?;
    let (mut tx, city) = (call.read().await?, call.city()?);
    let row = super::known(&mut tx, city, call.id("id")?).await?;
    let groups = store::groups(&mut tx, city, row.id).await?;
    let mut prepared = prepared
        .fill("name", &row.name)
        .fill("name_en", &row.name_en)
        .fill("code", &row.code)
        .fill("kind", row.kind.word())
        .fill("measured_in", &row.measured_in)
        .fill("better", row.better.word())
        .fill("definition", &row.definition)
        .fill("source", &row.source)
        .fill("sort", row.sort);
    prepared.values.insert("groups", groups.iter().map(ToString::to_string).collect());
    if let Some(department) = row.department_id {
        prepared = prepared.fill("department", department);
    }
    let about = Some(format!("{} {}", row.number, row.name));
    Ok(Prepared { about, back: super::card(row.id), ..prepared })
}

async fn change(call: Call, values: Values) -> Result<Done> {
    let (id, groups) = (call.id("id")?, values.ids("groups"));
    let definition = add::definition(&values)?;
    let measures = add::measures(&call);
    let receipt = call.act(async |act| run(act, id, (definition, groups), &measures).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

async fn run(
    act: &mut Act,
    id: Uuid,
    (definition, groups): (Definition, Vec<Uuid>),
    measures: &[&'static str],
) -> Result<()> {
    let city = act.jurisdiction();
    let row = super::known(act, city, id).await?;
    add::on_offer(act, (&definition, &groups)).await?;
    let known = Known {
        measures,
        is_taken: store::is_taken(act, city, (&definition.name, Some(id))).await?,
        has_values: store::newest(act, city, id).await?.is_some(),
    };
    let former = store::groups(act, city, id).await?;
    let fact = row.change(definition, (&groups, &former), known)?;
    act.record(super::indicator(id), &fact).await
}
