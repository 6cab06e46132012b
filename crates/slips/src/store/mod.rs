//! All SQL of this room, reading only; `apply` writes.

pub(crate) mod card;
pub(crate) mod due;
pub(crate) mod ladder;
pub(crate) mod list;
pub(crate) mod measures;
pub mod waiting;

use journal::{Error, Result, Row as _, Tables, Tx, Value, args};
use kernel::{Actor, Id, Jurisdiction, Moment, Refusal, Role};
use uuid::Uuid;

use crate::tables::{ClockJumpRow, SlipRow};

/// One slip as far as the actor may see it; anything else is missing.
pub(crate) async fn reach(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<SlipRow> {
    let mut values = args![actor.jurisdiction, id].to_vec();
    let visible = scope(tx, actor, &mut values).await?;
    let sql = format!(
        "SELECT {} FROM slips s JOIN assignments a \
         ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         WHERE s.jurisdiction_id = $1 AND s.id = $2{visible}",
        SlipRow::columns_of("s")
    );
    tx.opt(&sql, &values).await?.ok_or_else(Error::missing)
}

/// Whether whoever holds a post could open a slip: only they sign it on paper.
pub(crate) async fn reaches(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (post, role): (Uuid, Role),
    id: Uuid,
) -> Result<bool> {
    let actor = Actor {
        jurisdiction: city,
        account: Uuid::nil(),
        person: Uuid::nil(),
        post,
        unit: Uuid::nil(),
        role,
        on_behalf: None,
    };
    match reach(tx, &actor, id).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(Refusal::Missing)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// One slip without a scope, for its title.
pub(crate) async fn slip(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Option<SlipRow>> {
    let columns = &SlipRow::sql().columns;
    let sql = format!("SELECT {columns} FROM slips WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The condition on `slips s` and its `assignments a` under which the actor sees a slip: the
/// bureau all, leaders those of their lines and of no leader once they are sent, a unit those issued to it, a line
/// department and an inspector the issued ones of their line or inspection.
pub(crate) async fn scope(tx: &mut Tx, actor: &Actor, values: &mut Vec<Value>) -> Result<String> {
    let mut place = |id: Uuid| {
        values.push(Value::Uuid(id));
        values.len()
    };
    match actor.role {
        Role::Chief | Role::Officer => Ok(String::new()),
        Role::Leader | Role::Secretary => {
            let n = place(actor.on_behalf.map_or(actor.post, |o| o.post));
            // Who leads no line of work leads them all; what no leader has in charge is with the
            // leaders at large.
            let at_large = people::store::leading::at_large(n);
            Ok(format!(
                " AND s.state <> 'draft' AND (a.leader_post_id = ${n} OR a.raised_by_post_id = ${n} \
                 OR a.work_line_id IN (SELECT l.id FROM lines l WHERE l.jurisdiction_id = $1 \
                 AND l.leader_post_id = ${n}) OR NOT EXISTS (SELECT 1 FROM lines l \
                 WHERE l.jurisdiction_id = $1 AND l.leader_post_id = ${n}) \
                 OR (a.leader_post_id IS NULL AND NOT EXISTS (SELECT 1 FROM lines l \
                 WHERE l.jurisdiction_id = $1 AND l.id = a.work_line_id \
                 AND l.leader_post_id IS NOT NULL) AND {at_large}))"
            ))
        }
        Role::Head | Role::Liaison => {
            Ok(format!(" AND s.number IS NOT NULL AND s.unit_id = ${}", place(actor.unit)))
        }
        Role::Department => {
            let post = people::store::post(tx, actor.jurisdiction, actor.post).await?;
            let line = post.and_then(|p| p.line_id).unwrap_or_default();
            Ok(format!(" AND s.number IS NOT NULL AND a.work_line_id = ${}", place(line)))
        }
        Role::Inspector => {
            let n = place(actor.post);
            Ok(format!(
                " AND s.number IS NOT NULL AND EXISTS (SELECT 1 FROM watches w \
                 WHERE w.jurisdiction_id = s.jurisdiction_id AND w.post_id = ${n} \
                 AND (w.target_id = s.unit_id OR w.target_id = a.work_line_id))"
            ))
        }
        Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => Err(Error::missing()),
    }
}

/// The number that the next slip of a year gets.
pub(crate) async fn next_number(tx: &mut Tx, city: Id<Jurisdiction>, year: i64) -> Result<i64> {
    let sql = "SELECT number FROM slips WHERE jurisdiction_id = $1 AND year = $2 \
        AND number IS NOT NULL ORDER BY number DESC LIMIT 1";
    let last: Option<(i64,)> = tx.opt(sql, args![city, year]).await?;
    Ok(last.map_or(1, |(n,)| n + 1))
}

/// How many slips about an item were issued to a unit.
pub(crate) async fn times(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (assignment, unit): (Uuid, Uuid),
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM slips WHERE jurisdiction_id = $1 AND assignment_id = $2 \
        AND unit_id = $3 AND number IS NOT NULL";
    Ok(tx.one::<(i64,)>(sql, args![city, assignment, unit]).await?.0)
}

/// The jump of the clock that keeps everything waiting now.
pub(crate) async fn jump(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    now: Moment,
) -> Result<Option<ClockJumpRow>> {
    let sql = &ClockJumpRow::sql().columns;
    let sql = format!("SELECT {sql} FROM clock_jumps WHERE jurisdiction_id = $1");
    let row: Option<ClockJumpRow> = tx.opt(&sql, args![city]).await?;
    // One from a time that lies ahead was seen by a clock that was put right since.
    Ok(row.filter(|jump| jump.paused_until > now && jump.seen_at <= now))
}

/// Keeps a jump of the clock, for the pages.
pub(crate) async fn keep_jump(tx: &mut Tx, row: &ClockJumpRow) -> Result<()> {
    Tables::operational(tx).put(row).await
}
