//! 上期表态的整改措施: what units promised after the review before, and what became of it, for those
//! who review the next month.

use assignments::pages::edges;
use journal::{Result, Tx};
use kernel::{msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::part;
use ui::table::{Column, Row, Table};
use web::Call;

use super::{is_internal, name_of, short_names};
use crate::acts::statement::At;
use crate::pages::statement::{self, Measure};
use crate::store;
use crate::tables::ReviewRow;

/// Statements at most: one review calls a few units of each group.
const STATEMENTS_MAX: i64 = 200;

/// A measure that a unit promised.
#[derive(Serialize)]
pub(crate) struct Promised {
    /// The month after which it was promised.
    pub(crate) month: ReviewMonth,
    pub(crate) unit_id: uuid::Uuid,
    pub(crate) unit: String,
    #[serde(flatten)]
    pub(crate) measure: Measure,
}

/// The measures of the last review that was published before this one; bureau and leaders see them.
pub(super) async fn read(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<Promised>> {
    if !is_internal(call.actor()?.role) {
        return Ok(Vec::new());
    }
    let all = store::review::all(tx, row.jurisdiction_id).await?;
    let former = all.into_iter().find(|other| other.month < row.month && other.is_out());
    let Some(former) = former else { return Ok(Vec::new()) };
    let names = short_names(call, tx, &former).await?;
    let mut promised = Vec::new();
    let edges = edges(call, tx).await?;
    for one in store::statement::accepted(tx, &former, STATEMENTS_MAX).await? {
        for measure in statement::measures((tx, &edges), &one).await? {
            let unit = name_of(&names, one.unit_id);
            promised.push(Promised { month: former.month, unit_id: one.unit_id, unit, measure });
        }
    }
    Ok(promised)
}

/// The measures as a table; each leads to the items that it became.
pub(super) fn show(list: &[Promised], call: &Call) -> Markup {
    let Some(first) = list.first() else { return Markup::default() };
    let lang = call.lang;
    let title =
        msg!("{month} 表态的整改措施", "What was promised after {month}", month = first.month);
    let rows = list.iter().map(|p| Row {
        href: Some(call.href(&At { month: p.month, unit: p.unit_id }.card())),
        tone: None,
        cells: vec![
            html! { (p.unit) },
            html! { (p.measure.measure) br; span class="muted" { (p.measure.responsible) } },
            html! { (p.measure.due_on) },
            statement::became(&p.measure, call),
        ],
    });
    let columns = [
        Column::text(text!("单位", "Unit").of(lang)),
        Column::lead(text!("整改措施", "Measure").of(lang)),
        Column::fit(text!("完成时限", "By").of(lang)),
        Column::text(text!("落实情况", "What became of it").of(lang)),
    ];
    let caption = title.of(lang);
    let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
    part::card_flush(Some(caption), None, table.render())
}
