//! Reading the journal: a record's history, the auditor's list.

use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::{Entry, Head, Result, Tx, Value, args};

/// What the auditor looks for; empty fields do not limit.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only facts about this subject.
    pub subject: Option<Uuid>,
    /// Only facts of this post.
    pub actor: Option<Uuid>,
    /// Only facts of this kind.
    pub kind: Option<String>,
    /// Only facts before this place (newest first).
    pub before: Option<i64>,
}

/// The last entry's place and hash, on a connection that is open already: who holds one must not
/// wait for another.
pub async fn head(tx: &mut Tx, jurisdiction: Id<Jurisdiction>) -> Result<Head> {
    crate::db::head_of(tx, jurisdiction).await
}

/// When the entry of a place was made, if there is one.
pub async fn moment(
    tx: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    seq: i64,
) -> Result<Option<Moment>> {
    let sql = "SELECT at FROM facts WHERE jurisdiction_id = $1 AND seq = $2";
    Ok(tx.opt::<(Moment,)>(sql, args![jurisdiction, seq]).await?.map(|(at,)| at))
}

/// The last place before a moment; 0 before the first. Entries never go back in time, so it is
/// found by halving.
pub async fn last_before(
    tx: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    before: Moment,
) -> Result<i64> {
    let (mut low, mut high) = (0, head(tx, jurisdiction).await?.seq);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        match moment(tx, jurisdiction, middle).await? {
            Some(at) if at < before => low = middle,
            Some(_) | None => high = middle - 1,
        }
    }
    Ok(low)
}

/// The newest facts that pass the filter, at most `limit`.
pub async fn newest(
    tx: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Entry>> {
    let mut sql = format!("SELECT {} FROM facts WHERE jurisdiction_id = $1", Entry::COLUMNS);
    let mut values: Vec<Value> = args![jurisdiction].to_vec();
    let mut push = |condition: &str, value: Value| {
        values.push(value);
        sql.push_str(&format!(" AND {condition} ${}", values.len()));
    };
    if let Some(subject) = filter.subject {
        push("subject_id =", Value::Uuid(subject));
    }
    if let Some(actor) = filter.actor {
        push("actor =", Value::Uuid(actor));
    }
    if let Some(kind) = &filter.kind {
        push("kind =", Value::Text(kind.clone()));
    }
    if let Some(before) = filter.before {
        push("seq <", Value::Int(before));
    }
    values.push(Value::Int(limit));
    sql.push_str(&format!(" ORDER BY seq DESC LIMIT ${}", values.len()));
    tx.all(&sql, &values).await
}

/// Facts after a place, oldest first, at most `limit`: for followers, verifying and export.
pub async fn after(
    tx: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    seq: i64,
    limit: i64,
) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {} FROM facts WHERE jurisdiction_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        Entry::COLUMNS
    );
    tx.all(&sql, args![jurisdiction, seq, limit]).await
}

/// The cities of which there are facts.
pub(crate) async fn cities(tx: &mut Tx) -> Result<Vec<Id<Jurisdiction>>> {
    let mut cities = Vec::new();
    let mut last = Id::from(Uuid::nil());
    // From one city to the next by the primary key, without reading the facts between.
    let sql = "SELECT jurisdiction_id FROM facts WHERE jurisdiction_id > $1 \
        ORDER BY jurisdiction_id LIMIT 1";
    while let Some((city,)) = tx.opt::<(Id<Jurisdiction>,)>(sql, args![last]).await? {
        cities.push(city);
        last = city;
    }
    Ok(cities)
}
