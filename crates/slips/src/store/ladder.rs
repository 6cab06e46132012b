//! 督办阶梯.

use journal::{Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction};

use crate::ladder::{Ladder, Step};
use crate::tables::{LadderRow, LadderStepRow};

/// Versions shown at most.
const VERSIONS: i64 = 50;

/// The ladder that holds; the proposed one while the city has set none.
pub(crate) async fn ladder(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Ladder> {
    Ok(versions(tx, city, 1).await?.pop().unwrap_or_else(Ladder::proposed))
}

/// Every ladder that was set, newest first.
pub(crate) async fn all(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Ladder>> {
    versions(tx, city, VERSIONS).await
}

async fn versions(tx: &mut Tx, city: Id<Jurisdiction>, limit: i64) -> Result<Vec<Ladder>> {
    let columns = &LadderRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM ladders WHERE jurisdiction_id = $1 ORDER BY version DESC LIMIT $2"
    );
    let rows: Vec<LadderRow> = tx.all(&sql, args![city, limit]).await?;
    let columns = &LadderStepRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM ladder_steps WHERE jurisdiction_id = $1 AND version = $2 \
         ORDER BY n LIMIT 20"
    );
    let mut ladders = Vec::new();
    for row in rows {
        let steps: Vec<LadderStepRow> = tx.all(&sql, args![city, row.version]).await?;
        ladders.push(Ladder {
            version: row.version,
            set_on: Some(row.set_on),
            steps: steps.into_iter().map(step).collect(),
            urgent_from: row.urgent_from,
            express_from: row.express_from,
            raised_from: row.raised_from,
        });
    }
    Ok(ladders)
}

fn step(row: LadderStepRow) -> Step {
    Step {
        colour: row.colour,
        after_days: row.after_days,
        answer_days: row.answer_days,
        signer: row.signer,
        consequence: row.consequence,
    }
}
