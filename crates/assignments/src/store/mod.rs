//! All SQL of this room, reading only; `apply` writes.

pub(crate) mod batch;
pub mod card;
pub mod due_changes;
pub mod follow_up;
pub(crate) mod ledger;
pub mod load;
pub mod measures;
pub(crate) mod overview;
pub(crate) mod papers;
pub(crate) mod profile;
pub mod register;
pub mod weekly;

use std::collections::BTreeMap;

use journal::{Engine, Error, Result, Row as _, Tx, Value, args};
use kernel::{Actor, Day, Id, Jurisdiction, Role};
use uuid::Uuid;

use crate::sign_off;
use crate::submission::SigningPosts;
use crate::tables::{AssignmentRow, AssignmentUnitRow, DocRow};

/// One assignment as far as the actor may see it; anything else is missing.
pub async fn reach(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<AssignmentRow> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction, id].to_vec();
    let visible = scope.list(&mut values);
    let sql = format!(
        "SELECT {} FROM assignments a WHERE a.jurisdiction_id = $1 AND a.id = $2{visible}",
        AssignmentRow::columns_of("a")
    );
    tx.opt(&sql, &values).await?.ok_or_else(Error::missing)
}

/// One assignment without a scope, for what was reached through another record.
pub async fn assignment(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<AssignmentRow> {
    let columns = AssignmentRow::columns_of("a");
    let sql =
        format!("SELECT {columns} FROM assignments a WHERE a.jurisdiction_id = $1 AND a.id = $2");
    tx.opt(&sql, args![city, id]).await?.ok_or_else(Error::missing)
}

/// What a line became when its batch was issued: one assignment, or one of each unit.
pub async fn of_line(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    line: Uuid,
) -> Result<Vec<AssignmentRow>> {
    let columns = AssignmentRow::columns_of("a");
    let sql = format!(
        "SELECT {columns} FROM assignments a WHERE a.jurisdiction_id = $1 AND a.line_id = $2 \
         ORDER BY a.label, a.id LIMIT 200"
    );
    tx.all(&sql, args![city, line]).await
}

/// The unit that answered for an assignment when the journal had come to a place.
pub(crate) async fn unit_at(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
    seq: i64,
) -> Result<Option<Uuid>> {
    let sql = "SELECT unit_id, to_seq FROM assignment_versions WHERE jurisdiction_id = $1 \
        AND assignment_id = $2 AND from_seq <= $3 ORDER BY from_seq DESC LIMIT 1";
    let last = tx.opt::<(Uuid, Option<i64>)>(sql, args![city, id, seq]).await?;
    Ok(last.filter(|(_, to)| to.is_none_or(|to| to > seq)).map(|(unit, _)| unit))
}

/// Whether a unit had something of a batch still to accept at a place of the journal.
pub(crate) async fn awaits_acceptance(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (batch, unit): (Uuid, Uuid),
    seq: i64,
) -> Result<bool> {
    let sql = "SELECT a.id FROM assignments a JOIN assignment_versions v \
        ON v.jurisdiction_id = a.jurisdiction_id AND v.assignment_id = a.id \
        WHERE a.jurisdiction_id = $1 AND a.batch_id = $2 AND a.parent_id IS NULL \
        AND v.unit_id = $3 AND v.state = 'issued' \
        AND v.from_seq <= $4 AND (v.to_seq IS NULL OR v.to_seq > $4) LIMIT 1";
    Ok(tx.opt::<(Uuid,)>(sql, args![city, batch, unit, seq]).await?.is_some())
}

/// The unit rows of an assignment: who answers and who takes part.
pub async fn parts(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Vec<AssignmentUnitRow>> {
    let columns = &AssignmentUnitRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM assignment_units WHERE jurisdiction_id = $1 AND assignment_id = $2 \
         ORDER BY role DESC, unit_id LIMIT 200"
    );
    tx.all(&sql, args![city, id]).await
}

/// How far somebody sees. In the query, never after it.
#[derive(Clone, Debug)]
pub struct Scope {
    city: Id<Jurisdiction>,
    reach: Reach,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    /// Bureau, leaders, secretaries: everything.
    All,
    /// A unit: every list; what is restricted only when it or a unit below it is concerned.
    Unit(Uuid),
    /// A line department: every list; what is restricted only in its line.
    Line(Option<Uuid>, Uuid),
    /// An inspector: only the units and lines that the inspection is limited to.
    Watched(Uuid),
}

impl Scope {
    /// The scope of an actor; roles without business see nothing.
    pub(crate) async fn of(tx: &mut Tx, actor: &Actor) -> Result<Self> {
        let reach = match actor.role {
            Role::Leader | Role::Secretary | Role::Chief | Role::Officer => Reach::All,
            Role::Head | Role::Liaison => Reach::Unit(actor.unit),
            Role::Department => {
                let post = people::store::post(tx, actor.jurisdiction, actor.post).await?;
                Reach::Line(post.and_then(|p| p.line_id), actor.unit)
            }
            Role::Inspector => Reach::Watched(actor.post),
            Role::Cadre
            | Role::Enterprise
            | Role::SystemAdmin
            | Role::SecurityAdmin
            | Role::AuditAdmin => return Err(Error::missing()),
        };
        Ok(Self { city: actor.jurisdiction, reach })
    }

    /// The condition on `assignments a` under which a row is listed.
    pub(crate) fn list(&self, values: &mut Vec<Value>) -> String {
        match &self.reach {
            Reach::All => String::new(),
            Reach::Unit(unit) => {
                format!(" AND (NOT a.restricted OR {})", concerned(*unit, values))
            }
            Reach::Line(line, unit) => {
                let mine = concerned(*unit, values);
                let Some(line) = line else { return format!(" AND (NOT a.restricted OR {mine})") };
                values.push(Value::Uuid(*line));
                format!(" AND (NOT a.restricted OR a.work_line_id = ${} OR {mine})", values.len())
            }
            Reach::Watched(post) => {
                values.push(Value::Uuid(*post));
                let n = values.len();
                format!(
                    " AND (EXISTS (SELECT 1 FROM watches w WHERE w.jurisdiction_id = a.jurisdiction_id \
                     AND w.post_id = ${n} AND w.target_id = a.work_line_id) \
                     OR EXISTS (SELECT 1 FROM assignment_units au JOIN watches w \
                     ON w.jurisdiction_id = au.jurisdiction_id AND w.target_id = au.unit_id \
                     WHERE au.jurisdiction_id = a.jurisdiction_id AND au.assignment_id = a.id AND w.post_id = ${n}))"
                )
            }
        }
    }

    /// Whether everything is seen.
    pub(crate) fn is_whole(&self) -> bool {
        self.reach == Reach::All
    }

    /// Whether every list is seen, but for what is restricted to others.
    pub(crate) const fn is_of_units(&self) -> bool {
        matches!(self.reach, Reach::Unit(_) | Reach::Line(..))
    }

    /// Whether reports and files of an assignment are seen, not only its place in the list.
    pub(crate) async fn sees_inside(&self, tx: &mut Tx, a: &AssignmentRow) -> Result<bool> {
        match &self.reach {
            Reach::All | Reach::Watched(_) => Ok(true),
            Reach::Line(line, unit) => {
                if line.is_some() && *line == a.work_line_id {
                    return Ok(true);
                }
                self.is_concerned(tx, *unit, a).await
            }
            Reach::Unit(unit) => self.is_concerned(tx, *unit, a).await,
        }
    }

    async fn is_concerned(&self, tx: &mut Tx, unit: Uuid, a: &AssignmentRow) -> Result<bool> {
        let below = people::store::subtree(tx, self.city, unit).await?;
        let parts = parts(tx, self.city, a.id).await?;
        Ok(parts.iter().any(|p| below.contains(&p.unit_id)))
    }
}

/// The condition that a unit, or one below it, is concerned by `assignments a`.
fn concerned(unit: Uuid, values: &mut Vec<Value>) -> String {
    values.push(Value::Uuid(unit));
    format!(
        "EXISTS (SELECT 1 FROM assignment_units au WHERE au.jurisdiction_id = a.jurisdiction_id \
         AND au.assignment_id = a.id AND au.unit_id IN ({}))",
        below(values.len())
    )
}

/// The units below one, the one included, as a subquery on place `$n`.
pub(crate) fn below(n: usize) -> String {
    format!(
        "SELECT ${n} UNION SELECT u.id FROM units u WHERE u.jurisdiction_id = $1 \
         AND (u.parent_id = ${n} OR u.parent_id IN (SELECT m.id FROM units m \
         WHERE m.jurisdiction_id = $1 AND m.parent_id = ${n}))"
    )
}

/// The condition on `assignments a` that a post looks after its unit or line (联系片区).
pub(crate) fn watched(post: Uuid, values: &mut Vec<Value>) -> String {
    values.push(Value::Uuid(post));
    let n = values.len();
    format!(
        " AND EXISTS (SELECT 1 FROM watches w WHERE w.jurisdiction_id = a.jurisdiction_id \
         AND w.post_id = ${n} AND (w.target_id = a.unit_id OR w.target_id = a.work_line_id))"
    )
}

/// How a unit takes part; missing when it does not.
pub(crate) async fn own_part(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    assignment: Uuid,
    unit: Uuid,
) -> Result<AssignmentUnitRow> {
    let found = parts(tx, city, assignment).await?;
    found.into_iter().find(|p| p.unit_id == unit).ok_or_else(Error::missing)
}

/// 报结审签流程 of a unit: the posts that are held on a day, in their order.
pub(crate) async fn signing_posts(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
    on: Day,
) -> Result<SigningPosts> {
    let sql = "SELECT s.post_id, p.role FROM signing_posts s \
        JOIN posts p ON p.jurisdiction_id = s.jurisdiction_id AND p.id = s.post_id \
        WHERE s.jurisdiction_id = $1 AND s.unit_id = $2 AND p.unit_id = $2 \
        AND p.valid_from <= $3 AND (p.valid_to IS NULL OR p.valid_to >= $3) ORDER BY s.n LIMIT 20";
    let steps: Vec<(Uuid, Role)> = tx.all(sql, args![city, unit, on]).await?;
    let any_head = steps.last().is_none_or(|(_, role)| *role != Role::Head);
    Ok(SigningPosts { posts: steps.into_iter().map(|(post, _)| post).collect(), any_head })
}

/// How many steps a unit's chain was set with, also those whose post has ended.
pub(crate) async fn signing_steps(tx: &mut Tx, city: Id<Jurisdiction>, unit: Uuid) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM signing_posts WHERE jurisdiction_id = $1 AND unit_id = $2";
    Ok(tx.one::<(i64,)>(sql, args![city, unit]).await?.0)
}

/// Who sees to each of some assignments, where it was said; of the units that answer.
pub(crate) async fn responsible(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    listed: &[register::Listed],
) -> Result<BTreeMap<Uuid, String>> {
    let mut all = BTreeMap::new();
    for some in listed.chunks(SOME) {
        all.extend(responsible_of(tx, city, some).await?);
    }
    Ok(all)
}

/// As many as a statement has places for.
const SOME: usize = 64;

async fn responsible_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    listed: &[register::Listed],
) -> Result<Vec<(Uuid, String)>> {
    let mut values = args![city].to_vec();
    let places = listed.iter().map(|one| {
        values.push(Value::Uuid(one.row.id));
        format!("${}", values.len())
    });
    let places = places.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT assignment_id, responsible FROM assignment_units WHERE jurisdiction_id = $1 \
         AND assignment_id IN ({places}) AND role <> 'co' AND responsible <> ''"
    );
    tx.all(&sql, &values).await
}

/// The condition on `assignments a` that the index holds the query on place `$n`.
pub(crate) fn found_condition(engine: Engine, n: usize) -> String {
    match engine {
        Engine::Sqlite => format!(
            " AND a.id IN (SELECT d.id FROM assignment_docs d JOIN assignment_fts f ON f.rowid = d.doc \
             WHERE d.jurisdiction_id = $1 AND f.words MATCH ${n})"
        ),
        // Materialised: PostgreSQL takes every word for a common one and would walk the list in
        // order, testing each text (4 s for a word that nobody wrote, in 100,000).
        Engine::Postgres => format!(
            " AND a.id IN (WITH found AS MATERIALIZED (SELECT d.id FROM assignment_docs d \
             WHERE d.jurisdiction_id = $1 \
             AND to_tsvector('simple', d.words) @@ to_tsquery('simple', ${n})) SELECT id FROM found)"
        ),
    }
}

/// Puts the words of an assignment into the index, once.
pub(crate) async fn index_words(tx: &mut Tx, a: &AssignmentRow, words: &str) -> Result<()> {
    let known = "SELECT doc FROM assignment_docs WHERE jurisdiction_id = $1 AND id = $2";
    if tx.opt::<(i64,)>(known, args![a.jurisdiction_id, a.id]).await?.is_some() {
        return Ok(());
    }
    // One follower writes at a time, so the next number is free.
    let (doc,): (i64,) = match tx.engine() {
        // The text index of SQLite is one for all cities.
        Engine::Sqlite => {
            tx.one("SELECT COALESCE(MAX(doc), 0) + 1 FROM assignment_docs", &[]).await?
        }
        Engine::Postgres => {
            let next = "SELECT COALESCE(MAX(doc), 0) + 1 FROM assignment_docs \
                WHERE jurisdiction_id = $1";
            tx.one(next, args![a.jurisdiction_id]).await?
        }
    };
    let kept = if tx.engine() == Engine::Sqlite { String::new() } else { words.to_owned() };
    let row = DocRow { jurisdiction_id: a.jurisdiction_id, id: a.id, doc, words: kept };
    journal::Tables::operational(tx).insert(&row).await?;
    if tx.engine() == Engine::Sqlite {
        let sql = "INSERT INTO assignment_fts (rowid, words) VALUES ($1, $2)";
        tx.run(sql, args![doc, words.to_owned()]).await?;
    }
    Ok(())
}

/// Who holds the posts in which a chain was signed since it was last sent: of each signature its
/// step, post and whether it was entered from paper.
pub async fn signers_since_sent(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    signed: impl Iterator<Item = (i64, Uuid, bool)>,
) -> Result<Vec<Uuid>> {
    let signed: Vec<_> = signed.collect();
    people::store::held_by(tx, city, &sign_off::posts_since_sent(&signed)).await
}
