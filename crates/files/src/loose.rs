//! Contents that nobody names: an upload whose act never came. They are collected after seven
//! days in which they were seen to be loose, and only while no record and no waiting upload names
//! them, asked once more in the transaction that takes them away.

use std::collections::BTreeSet;

use journal::transfer::Blobs as _;
use journal::{Db, Hash, Result, Tables, Tx, args, table};
use kernel::{Id, Jurisdiction, Moment};

use crate::shelf::Shelf;
use crate::store;

/// How long a content must have been loose.
const LOOSE_SECS: i64 = 7 * 86_400;
/// Contents looked at in one round at most; the next round goes on.
const ROUND_MAX: usize = 500;

table! {
    /// A content that nobody names.
    pub(crate) struct LooseRow: Operational "loose_blobs" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) hash: Vec<u8>,
        pub(crate) since: Moment,
    }
}

/// Notes what is loose and takes away what has been for seven days; answers how many.
pub async fn collect(db: &Db, city: Id<Jurisdiction>) -> Result<u64> {
    let (shelf, now) = (Shelf::of(db), db.clock().now());
    let mut tx = db.snapshot().await?;
    let named = journal::named_contents(&mut tx, db.rooms(), city).await?;
    let waiting = store::staged_hashes(&mut tx, city).await?;
    let all = shelf.list(&mut tx, city).await?;
    drop(tx);
    let is_loose = |h: &Hash| !named.contains(h) && !waiting.contains(h.as_slice());
    let loose: BTreeSet<Hash> = all.into_iter().filter(is_loose).take(ROUND_MAX).collect();
    db.operate(city, async |tx| {
        let known = store::loose(tx, city).await?;
        for row in known.iter().filter(|row| !loose.iter().any(|h| h[..] == row.hash)) {
            Tables::operational(tx).remove::<LooseRow>(args![city, row.hash.clone()]).await?;
        }
        let mut taken = 0;
        for hash in &loose {
            let since = known.iter().find(|row| row.hash == hash).map(|row| row.since);
            let Some(since) = since else {
                let row = LooseRow { jurisdiction_id: city, hash: hash.to_vec(), since: now };
                Tables::operational(tx).insert(&row).await?;
                continue;
            };
            if since.plus_secs(LOOSE_SECS) <= now && is_free(tx, db, city, hash).await? {
                shelf.remove(tx, city, hash).await?;
                Tables::operational(tx).remove::<LooseRow>(args![city, hash.to_vec()]).await?;
                taken += 1;
            }
        }
        Ok(taken)
    })
    .await
}

/// Whether nothing names a content at this moment of the one writing transaction.
async fn is_free(tx: &mut Tx, db: &Db, city: Id<Jurisdiction>, hash: &Hash) -> Result<bool> {
    if store::staged_hashes(tx, city).await?.contains(hash.as_slice()) {
        return Ok(false);
    }
    Ok(!journal::names_content(tx, db.rooms(), city, hash).await?)
}
