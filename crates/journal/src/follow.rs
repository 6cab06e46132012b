//! Followers: they read the journal by sequence and bring derived tables up to it.
//!
//! A follower takes no input but facts, may see a fact twice after a crash of its node, and must
//! then come to the same rows. A lease keeps two nodes from working at once.

use std::time::Duration;

use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::city::FollowerRow;
use crate::room::Boxed;
use crate::{Db, Entry, Result, Row as _, Tables, Tx, args, history};

/// Facts taken at once, in one transaction with the cursor.
const CHUNK: i64 = 200;
/// How long a node that says nothing keeps the lease.
const LEASE_SECS: i64 = 30;
/// How often other nodes' facts are looked for.
const POLL: Duration = Duration::from_secs(2);

/// Somebody who follows the journal.
#[derive(Clone, Copy)]
pub struct Follower {
    /// Its name, the cursor's key.
    pub name: &'static str,
    /// Brings its derived tables up to these facts.
    pub follow: for<'a> fn(&'a [Entry], &'a mut Tx) -> Boxed<'a, Result<()>>,
}

impl Follower {
    /// Reads up to one chunk; answers how many facts were taken.
    pub async fn step(self, db: &Db, jurisdiction: Id<Jurisdiction>, node: Uuid) -> Result<usize> {
        let now = db.clock().now();
        if self.is_up_to_date(db, jurisdiction).await? {
            return Ok(0);
        }
        db.operate(jurisdiction, async |tx| {
            let key = args![jurisdiction, self.name.to_owned()].to_vec();
            let row: Option<FollowerRow> = tx.opt(&FollowerRow::sql().get, &key).await?;
            let row = row.unwrap_or_else(|| FollowerRow {
                jurisdiction_id: jurisdiction,
                name: self.name.to_owned(),
                seq: 0,
                holder: None,
                lease_until: None,
            });
            let theirs = row.holder.is_some_and(|h| h != node);
            if theirs && row.lease_until.is_some_and(|until| until > now) {
                return Ok(0);
            }
            let entries = history::after(tx, jurisdiction, row.seq, CHUNK).await?;
            let Some(last) = entries.last() else { return Ok(0) };
            let seq = last.seq;
            (self.follow)(&entries, tx).await?;
            // One who catches up once keeps nobody away afterwards.
            let holder = (!node.is_nil()).then_some(node);
            let lease_until = holder.map(|_| now.plus_secs(LEASE_SECS));
            let row = FollowerRow { seq, holder, lease_until, ..row };
            Tables::new(tx).put(&row).await?;
            Ok(entries.len())
        })
        .await
    }

    /// Whether there is nothing to read; asked without keeping the writer busy.
    async fn is_up_to_date(self, db: &Db, jurisdiction: Id<Jurisdiction>) -> Result<bool> {
        let sql = "SELECT coalesce((SELECT seq FROM followers \
            WHERE jurisdiction_id = $1 AND name = $2), 0) >= coalesce((SELECT seq FROM heads \
            WHERE jurisdiction_id = $1), 0)";
        let name = self.name.to_owned();
        let (done,): (bool,) = db.read().await?.one(sql, args![jurisdiction, name]).await?;
        Ok(done)
    }

    /// Reads everything there is now.
    pub async fn catch_up(self, db: &Db, jurisdiction: Id<Jurisdiction>) -> Result<()> {
        while self.step(db, jurisdiction, Uuid::nil()).await? > 0 {}
        Ok(())
    }
}

/// Runs followers for a city until the database handle's news end.
#[expect(clippy::infinite_loop, reason = "followers run as long as the program serves")]
pub async fn follow(db: Db, jurisdiction: Id<Jurisdiction>, followers: Vec<Follower>) {
    let node = Uuid::now_v7();
    let mut news = db.news();
    loop {
        // Marked before reading, so that a commit in between wakes the next round.
        news.mark_unchanged();
        let mut taken = 0;
        for follower in &followers {
            match follower.step(&db, jurisdiction, node).await {
                Ok(n) => taken += n,
                Err(e) => tracing::warn!(follower = follower.name, error = %e, "follower failed"),
            }
        }
        if taken == 0 {
            // New facts of this process, or, when it is quiet, those of other nodes.
            drop(tokio::time::timeout(POLL, news.changed()).await);
        }
    }
}
