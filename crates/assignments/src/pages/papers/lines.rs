//! The lines of a batch as papers list them: within the caller's scope, carried items in full.

use std::collections::BTreeMap;

use journal::{Error, Result, Tx};
use kernel::Day;
use serde::Serialize;
use uuid::Uuid;
use web::Call;

use super::{post, short_day};
use crate::grants;
use crate::store::register::{self, Filter, Listed};
use crate::store::{self, batch::NamedUnit};
use crate::tables::{AssignmentRow, BatchRow, BatchState, LineRow, UnitRole, Urgency};
use crate::words;

/// Assignments of one batch at most.
pub(crate) const ITEMS_MAX: i64 = 5_000;

/// A line as papers list it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) title: String,
    pub(crate) demand: String,
    pub(crate) standard: String,
    pub(crate) leader: String,
    pub(crate) units: Vec<String>,
    pub(crate) co_units: Vec<String>,
    pub(crate) due_on: Option<Day>,
    pub(crate) due_days: Option<i64>,
    pub(crate) urgency: Urgency,
    pub(crate) carried: bool,
    #[serde(skip)]
    pub(crate) unit_ids: Vec<Uuid>,
}

/// A batch that the caller may see with its lines: issued, or in the hands of those who sign.
pub(crate) async fn reach(call: &Call, tx: &mut Tx, id: Uuid) -> Result<BatchRow> {
    let batch = store::batch::batch(tx, call.city()?, id).await?;
    if batch.state == BatchState::Issued || call.may(grants::SIGN_BATCH) {
        return Ok(batch);
    }
    Err(Error::missing())
}

/// Its lines in their order; one that is restricted to others is left out.
pub(crate) async fn lines(call: &Call, tx: &mut Tx, batch: &BatchRow) -> Result<Vec<Line>> {
    let city = call.city()?;
    let edges = crate::pages::edges(call, tx).await?;
    let filter = Filter { batch: Some(batch.id), ..Filter::default() };
    let listed = register::list(tx, call.actor()?, &filter, &edges, ITEMS_MAX).await?;
    let mut items: BTreeMap<Uuid, Vec<Listed>> = BTreeMap::new();
    for item in listed.into_iter().filter(|l| l.row.parent_id.is_none()) {
        let own = item.row.batch_id == batch.id;
        items.entry(if own { item.row.line_id } else { item.row.id }).or_default().push(item);
    }
    let units = store::batch::named_units(tx, city, batch.id).await?;
    let mut lines = Vec::new();
    for row in store::batch::lines(tx, city, batch.id).await? {
        let items = items.remove(&row.carried_id.unwrap_or(row.id)).unwrap_or_default();
        if items.is_empty() && !call.may(grants::SIGN_BATCH) {
            continue;
        }
        let line = match (row.carried_id, items.first()) {
            (Some(_), Some(carried)) => of_carried(&carried.row, &carried.unit),
            // Once issued, working days have become a day.
            (None, Some(issued)) => {
                Line { due_on: Some(issued.row.first_due_on), ..of_line(batch, &row, &units) }
            }
            (Some(_) | None, None) => of_line(batch, &row, &units),
        };
        let leader = match (row.carried_id, items.first()) {
            (Some(_), Some(carried)) => carried.row.leader_post_id,
            (Some(_), None) | (None, _) => row.leader_post_id,
        };
        lines.push(Line { leader: post(tx, city, leader).await?, ..line });
    }
    Ok(lines)
}

/// 续办: the same assignment with its own number and day.
fn of_carried(a: &AssignmentRow, unit: &str) -> Line {
    Line {
        label: a.marked(),
        title: a.title.clone(),
        demand: a.demand.clone(),
        standard: a.standard.clone(),
        leader: String::new(),
        units: vec![unit.to_owned()],
        co_units: Vec::new(),
        due_on: Some(a.due_on),
        due_days: None,
        urgency: a.urgency,
        carried: true,
        unit_ids: vec![a.unit_id],
    }
}

fn of_line(batch: &BatchRow, row: &LineRow, units: &[NamedUnit]) -> Line {
    let own = || units.iter().filter(|u| u.line_id == row.id);
    let label = match (batch.number, row.number) {
        (Some(number), Some(n)) => batch.marked(number, n),
        _ => String::new(),
    };
    Line {
        label,
        title: row.title.clone(),
        demand: row.demand.clone(),
        standard: row.standard.clone(),
        leader: String::new(),
        units: own().filter(|u| u.role != UnitRole::Co).map(|u| u.name.clone()).collect(),
        co_units: own().filter(|u| u.role == UnitRole::Co).map(|u| u.name.clone()).collect(),
        due_on: row.due_on,
        due_days: row.due_days,
        urgency: row.urgency,
        carried: row.carried_id.is_some(),
        unit_ids: own().filter(|u| u.role != UnitRole::Co).map(|u| u.unit_id).collect(),
    }
}

impl Line {
    /// The row of a list, in the order of its places.
    pub(crate) fn cells(&self, n: usize, today: Day) -> Vec<String> {
        let due = match (self.due_on, self.due_days) {
            (Some(on), _) => short_day(on, today),
            (None, Some(days)) => format!("交办后{days}个工作日"),
            (None, None) => String::new(),
        };
        let remark = if self.carried { "续办" } else { "" };
        vec![
            n.to_string(),
            self.label.clone(),
            self.title.clone(),
            self.demand.clone(),
            self.standard.clone(),
            self.leader.clone(),
            self.units.join("、"),
            self.co_units.join("、"),
            due,
            words::urgency(self.urgency).zh.to_owned(),
            remark.to_owned(),
        ]
    }
}
