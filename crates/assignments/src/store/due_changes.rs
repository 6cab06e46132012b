//! 时限变更: when the day of an item moved, whatever moved it. Read from its versions.

use journal::{Result, Tx, Value, args, query_row};
use kernel::{Actor, Day, Moment};
use uuid::Uuid;

use super::{Scope, below};

/// Which changes are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// From this moment on.
    pub from: Moment,
    /// Before this moment.
    pub until: Moment,
    /// Of a unit and those below it.
    pub unit: Option<Uuid>,
    /// Of a line of work.
    pub line: Option<Uuid>,
    /// Before this place of the journal, for the next page.
    pub before: Option<i64>,
}

query_row! {
    /// A change of a due day.
    pub(crate) struct DueChange {
        /// The place of the fact that changed it.
        pub(crate) seq: i64,
        pub(crate) assignment_id: Uuid,
        pub(crate) label: String,
        pub(crate) title: String,
        /// The short name of the unit that answered from then on.
        pub(crate) unit: String,
        pub(crate) at: Moment,
        pub(crate) former_due: Day,
        pub(crate) due: Day,
        /// The kind of that fact, its content, its reason and whose it was.
        pub(crate) kind: String,
        pub(crate) payload: Vec<u8>,
        pub(crate) reason: Option<String>,
        pub(crate) actor: Uuid,
    }
}

/// The changes that the actor may see, newest first.
pub(crate) async fn newest(
    tx: &mut Tx,
    actor: &Actor,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<DueChange>> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction, asked.from, asked.until].to_vec();
    let mut conditions = scope.list(&mut values);
    let mut push = |condition: &str, value| {
        values.push(value);
        conditions.push_str(&condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(line) = asked.line {
        push(" AND a.work_line_id = ?", Value::Uuid(line));
    }
    if let Some(before) = asked.before {
        push(" AND w.from_seq < ?", Value::Int(before));
    }
    if let Some(unit) = asked.unit {
        values.push(Value::Uuid(unit));
        conditions.push_str(&format!(" AND w.unit_id IN ({})", below(values.len())));
    }
    let sql = format!(
        "SELECT w.from_seq, a.id, a.label, a.title, u.short_name, w.since_at, f.due_on, w.due_on, \
         e.kind, e.payload, e.reason, e.actor FROM assignment_versions w \
         JOIN assignment_versions f ON f.jurisdiction_id = w.jurisdiction_id \
         AND f.assignment_id = w.assignment_id AND f.to_seq = w.from_seq \
         JOIN assignments a ON a.jurisdiction_id = w.jurisdiction_id AND a.id = w.assignment_id \
         JOIN units u ON u.jurisdiction_id = w.jurisdiction_id AND u.id = w.unit_id \
         JOIN facts e ON e.jurisdiction_id = w.jurisdiction_id AND e.seq = w.from_seq \
         WHERE w.jurisdiction_id = $1 AND w.since_at >= $2 AND w.since_at < $3 \
         AND w.due_on <> f.due_on{conditions} ORDER BY w.from_seq DESC LIMIT {limit}"
    );
    tx.scan(&sql, &values).await
}
