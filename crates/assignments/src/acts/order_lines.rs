//! 排序: puts the lines of a draft into another order, by dragging, by keyboard, or one place up
//! or down.

use journal::{Act, Result};
use kernel::{Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::BatchFact;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::many("lines", text!("顺序", "Order")),
    FieldSpec::hidden("up"),
    FieldSpec::hidden("down"),
];

pub(crate) fn route() -> Route {
    Route::act("/batches/{id}/order", grants::ORDER_LINES, text!("调整顺序", "Change the order"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(order_lines)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, id) = (call.read().await?, call.id("id")?);
    let lines = store::batch::lines(&mut tx, call.city()?, id).await?;
    let choices = lines.into_iter().map(|l| web::Choice::new(l.id, l.title)).collect();
    let prepared = Prepared { back: super::batch_page(id), ..Prepared::default() };
    Ok(prepared.offer("lines", choices))
}

async fn order_lines(call: Call, values: Values) -> Result<Done> {
    let batch = call.id("id")?;
    let order = Order { lines: values.ids("lines"), up: values.id("up"), down: values.id("down") };
    let receipt = call.act(async |act| run(act, batch, order).await).await?;
    Ok(Done::to(super::batch_page(batch), receipt))
}

/// A whole order, or one line moved by one place.
pub(crate) struct Order {
    pub(crate) lines: Vec<Uuid>,
    pub(crate) up: Option<Uuid>,
    pub(crate) down: Option<Uuid>,
}

pub(crate) async fn run(act: &mut Act, batch: Uuid, order: Order) -> Result<()> {
    let city = act.jurisdiction();
    store::batch::batch(act, city, batch).await?.demand_draft()?;
    let rows = store::batch::lines(act, city, batch).await?;
    let present: Vec<_> = rows.into_iter().map(|l| l.id).collect();
    let lines = match (order.up, order.down) {
        (Some(up), _) => moved(present, up, -1)?,
        (None, Some(down)) => moved(present, down, 1)?,
        (None, None) => {
            let (mut a, mut b) = (order.lines.clone(), present);
            a.sort();
            b.sort();
            if a != b {
                return Err(Refusal::rule(text!(
                    "清单已经变化，请刷新后再调整顺序。",
                    "The list has changed; reload it and order it again."
                ))
                .into());
            }
            order.lines
        }
    };
    act.record(super::batch(batch), &BatchFact::LinesOrdered { lines }).await
}

fn moved(mut lines: Vec<Uuid>, line: Uuid, by: isize) -> std::result::Result<Vec<Uuid>, Refusal> {
    let at = lines.iter().position(|l| *l == line).ok_or(Refusal::Missing)?;
    let to = at.saturating_add_signed(by).min(lines.len() - 1);
    lines.swap(at, to);
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::moved;
    use uuid::Uuid;

    #[test]
    fn the_first_line_cannot_move_further_up() {
        let ids: Vec<_> = (1..=3).map(Uuid::from_u128).collect();
        assert_eq!(moved(ids.clone(), ids[0], -1).unwrap(), ids);
        assert_eq!(moved(ids.clone(), ids[2], -1).unwrap(), [ids[0], ids[2], ids[1]]);
        assert_eq!(moved(ids.clone(), ids[2], 1).unwrap(), ids);
    }
}
