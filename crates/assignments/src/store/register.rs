//! The register: assignments by filter, in keyset pages.

use journal::{FromRow, Result, Row as _, RowRef, Tx, Value, args};
use kernel::{Actor, Day, SubjectKind};
use uuid::Uuid;

use super::{Scope, below};
use crate::light::{Edges, Light};
use crate::tables::{AssignmentRow, State};

/// Counts are exact up to here.
pub const COUNT_MAX: i64 = 1_000;

/// Among how many submissions that wait in a unit one's own are looked for.
const PREPARED_MAX: i64 = 200;

/// What a register is asked for; empty fields do not limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Its state.
    pub state: Option<State>,
    /// Only what still has to be handled.
    pub open: Option<bool>,
    /// 退办: only what came back from a verification and is handled again.
    pub returned: bool,
    /// Its light.
    pub light: Option<Light>,
    /// Its unit, or one below it.
    pub unit: Option<Uuid>,
    /// Its line of work.
    pub line: Option<Uuid>,
    /// Its batch.
    pub batch: Option<Uuid>,
    /// The sitting at which it was issued or spoken.
    pub sitting: Option<Uuid>,
    /// What it came from: a kind, and which one.
    pub source: Option<(SubjectKind, Option<Uuid>)>,
    /// The post that looks after its unit or line (联系片区).
    pub watched: Option<Uuid>,
    /// 接续: whether it ran before the program.
    pub taken_over: Option<bool>,
    /// The leader in charge.
    pub leader: Option<Uuid>,
    /// Due from this day.
    pub due_from: Option<Day>,
    /// Due until this day.
    pub due_to: Option<Day>,
    /// Any two characters of its texts.
    pub text: Option<String>,
    /// In which order.
    pub sort: Sort,
    /// After this row of the order.
    pub after: Option<(Day, Uuid)>,
}

/// What came back from a verification and was not submitted again yet.
const RETURNED: &str = " AND a.is_open AND a.reworks > 0 AND a.state IN ('handling', 'prepared')";

/// The order of a register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The earliest due day first.
    #[default]
    Due,
    /// The latest due day first.
    DueLast,
    /// The latest issued first.
    Issued,
}

impl Sort {
    /// The word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::DueLast => "-due",
            Self::Issued => "-issued",
        }
    }

    /// The order of a word.
    pub fn of(word: &str) -> Self {
        match word {
            "-due" => Self::DueLast,
            "-issued" => Self::Issued,
            _ => Self::Due,
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Due | Self::DueLast => "due_on",
            Self::Issued => "issued_on",
        }
    }

    const fn order(self) -> (&'static str, &'static str) {
        match self {
            Self::Due => (">", "ASC"),
            Self::DueLast | Self::Issued => ("<", "DESC"),
        }
    }

    /// The key of a row in this order.
    pub(crate) const fn key(self, row: &AssignmentRow) -> (Day, Uuid) {
        match self {
            Self::Due | Self::DueLast => (row.due_on, row.id),
            Self::Issued => (row.issued_on, row.id),
        }
    }
}

/// A row of the register with the names it shows.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The assignment.
    pub row: AssignmentRow,
    /// The short name of its unit.
    pub unit: String,
}

impl FromRow for Listed {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        Ok(Self {
            row: AssignmentRow::from_row(row)?,
            unit: row.get(AssignmentRow::SPEC.columns.len())?,
        })
    }
}

/// The rows of a register page, one more than the limit when there are more.
pub async fn list(
    tx: &mut Tx,
    actor: &Actor,
    filter: &Filter,
    edges: &Edges,
    limit: i64,
) -> Result<Vec<Listed>> {
    let (mut condition, mut values) = conditions(tx, actor, filter, edges).await?;
    let column = filter.sort.column();
    let (beyond, order) = filter.sort.order();
    if let Some((day, id)) = filter.after {
        values.push(Value::Day(day));
        values.push(Value::Uuid(id));
        let n = values.len();
        condition.push_str(&format!(" AND (a.{column}, a.id) {beyond} (${}, ${n})", n - 1));
    }
    values.push(Value::Int(limit));
    let sql = format!(
        "SELECT {}, u.short_name FROM assignments a \
         JOIN units u ON u.jurisdiction_id = a.jurisdiction_id AND u.id = a.unit_id \
         WHERE {condition} ORDER BY a.{column} {order}, a.id {order} LIMIT ${}",
        AssignmentRow::columns_of("a"),
        values.len()
    );
    tx.scan(&sql, &values).await
}

/// What the actor has to sign for its unit, the earliest due first.
pub async fn to_sign(tx: &mut Tx, actor: &Actor, edges: &Edges, limit: i64) -> Result<Vec<Listed>> {
    let signing = super::signing_posts(tx, actor.jurisdiction, actor.unit, edges.today).await?;
    let filter =
        Filter { unit: Some(actor.unit), state: Some(State::Prepared), ..Filter::default() };
    let mut listed = list(tx, actor, &filter, edges, PREPARED_MAX).await?;
    listed.retain(|l| l.row.is_of(actor) && l.row.is_signed_by(actor, &signing));
    listed.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(listed)
}

/// How many rows pass, exact up to [`COUNT_MAX`].
pub async fn count(tx: &mut Tx, actor: &Actor, filter: &Filter, edges: &Edges) -> Result<i64> {
    let (condition, values) = conditions(tx, actor, filter, edges).await?;
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM assignments a WHERE {condition} LIMIT {}) AS passing",
        COUNT_MAX + 1
    );
    let rows: Vec<(i64,)> = tx.scan(&sql, &values).await?;
    Ok(rows.first().map_or(0, |r| r.0))
}

async fn conditions(
    tx: &mut Tx,
    actor: &Actor,
    filter: &Filter,
    edges: &Edges,
) -> Result<(String, Vec<Value>)> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction].to_vec();
    let mut sql = "a.jurisdiction_id = $1".to_owned();
    sql.push_str(&scope.list(&mut values));
    sql.push_str(if filter.returned { RETURNED } else { "" });
    let mut push = |condition: &str, value: Value| {
        values.push(value);
        sql.push_str(&condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(state) = filter.state {
        push(" AND a.state = ?", Value::Text(state.word().to_owned()));
        // It follows from the state; said, it leads to the few that are open.
        push(" AND a.is_open = ?", Value::Bool(state.is_open()));
    }
    if let Some(open) = filter.open {
        push(" AND a.is_open = ?", Value::Bool(open));
    }
    if let Some(line) = filter.line {
        push(" AND a.work_line_id = ?", Value::Uuid(line));
    }
    origin(filter, &mut push);
    if let Some(leader) = filter.leader {
        push(" AND a.leader_post_id = ?", Value::Uuid(leader));
    }
    if let Some(day) = filter.due_from {
        push(" AND a.due_on >= ?", Value::Day(day));
    }
    if let Some(day) = filter.due_to {
        push(" AND a.due_on <= ?", Value::Day(day));
    }
    sql.push_str(taken_over_condition(filter.taken_over));
    if let Some(unit) = filter.unit {
        values.push(Value::Uuid(unit));
        sql.push_str(&format!(" AND a.unit_id IN ({})", below(values.len())));
    }
    if let Some(post) = filter.watched {
        sql.push_str(&super::watched(post, &mut values));
    }
    if let Some(text) = &filter.text {
        sql.push_str(&crate::search::condition(tx.engine(), text, &mut values));
    }
    if let Some(light) = filter.light {
        sql.push_str(&light_condition(light, edges, &mut values));
    }
    Ok((sql, values))
}

/// Where the items come from: a batch and what it lists again, a sitting, a source.
fn origin(filter: &Filter, push: &mut impl FnMut(&str, Value)) {
    if let Some(batch) = filter.batch {
        push(
            " AND (a.batch_id = ? OR a.id IN (SELECT l.carried_id FROM batch_lines l \
             WHERE l.jurisdiction_id = $1 AND l.batch_id = ?))",
            Value::Uuid(batch),
        );
    }
    if let Some(sitting) = filter.sitting {
        push(
            " AND a.batch_id IN (SELECT b.id FROM batches b \
             WHERE b.jurisdiction_id = $1 AND b.sitting_id = ?)",
            Value::Uuid(sitting),
        );
    }
    if let Some((kind, id)) = filter.source {
        push(" AND a.source_kind = ?", Value::Text(kind.word().to_owned()));
        if let Some(id) = id {
            push(" AND a.source_id = ?", Value::Uuid(id));
        }
    }
}

/// 接续, or what was issued here.
const fn taken_over_condition(asked: Option<bool>) -> &'static str {
    match asked {
        Some(true) => " AND a.taken_over",
        Some(false) => " AND NOT a.taken_over",
        None => "",
    }
}

/// The same rule as [`Edges::light`], as a condition; a property test holds them equal.
fn light_condition(light: Light, edges: &Edges, values: &mut Vec<Value>) -> String {
    // Compared with a value, because SQLite takes no index for a bare truth.
    values.push(Value::Bool(true));
    let open = format!("a.is_open = ${}", values.len());
    let running = format!(
        "{open} AND NOT a.stopped AND a.state <> 'handed_back' AND a.awaits_answer_since IS NULL \
         AND NOT (a.state = 'submitted' AND a.submitted_on <= a.due_on)"
    );
    let mut day = |day: Day| {
        values.push(Value::Day(day));
        values.len()
    };
    match light {
        Light::Red => format!(" AND {running} AND a.due_on < ${}", day(edges.today)),
        Light::Yellow => format!(
            " AND {running} AND a.due_on >= ${} AND a.due_on <= ${}",
            day(edges.today),
            day(edges.yellow_until)
        ),
        Light::Green => format!(" AND {running} AND a.due_on > ${}", day(edges.yellow_until)),
        Light::Stopped => format!(" AND {open} AND a.stopped"),
        Light::Waiting => format!(
            " AND {open} AND NOT a.stopped AND (a.state = 'handed_back' \
             OR a.awaits_answer_since IS NOT NULL OR (a.state = 'submitted' AND a.submitted_on <= a.due_on))"
        ),
        Light::Done | Light::Void => {
            // The same place says that it has ended.
            if let Some(open) = values.last_mut() {
                *open = Value::Bool(false);
            }
            let states =
                if light == Light::Done { "'closed', 'archived'" } else { "'withdrawn', 'merged'" };
            format!(" AND {open} AND a.state IN ({states})")
        }
    }
}
