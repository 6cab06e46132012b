//! What people attached is proved as well: a file that is gone or altered is named, with the record
//! that names it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use files::Shelf;
use journal::transfer::Blobs as _;
use journal::{Db, Hash, Place, args, sm3, unhex, verify};
use kernel::{Id, Jurisdiction};
use testkit::{each_engine, each_place};

use crate::{plans, stored};

/// The most that may be in memory of a file at once.
const CHUNK: usize = 256 << 10;

/// Changes the bytes of a stored file past the program, or takes them away.
async fn by_hand(db: &Db, city: Id<Jurisdiction>, hash: &str, bytes: Option<&[u8]>) {
    if let Place::Folder(folder) = db.place() {
        let path =
            folder.join("files").join(city.to_string()).join(hash.get(..2).unwrap()).join(hash);
        match bytes {
            Some(bytes) => std::fs::write(path, bytes).unwrap(),
            None => std::fs::remove_file(path).unwrap(),
        }
        return;
    }
    let key = unhex(hash).unwrap();
    db.operate(city, async |tx| match bytes {
        Some(bytes) => {
            let sql = "UPDATE blob_chunks SET bytes = $3 WHERE jurisdiction_id = $1 AND hash = $2";
            tx.run(sql, args![city, key.clone(), bytes.to_vec()]).await
        }
        None => {
            let sql = "DELETE FROM blob_chunks WHERE jurisdiction_id = $1 AND hash = $2";
            tx.run(sql, args![city, key.clone()]).await
        }
    })
    .await
    .unwrap();
}

async fn differences(db: &Db, city: Id<Jurisdiction>) -> Vec<String> {
    let report = verify(db, city, &Shelf::of(db), None).await.unwrap();
    report.differences.iter().map(ToString::to_string).collect()
}

#[test]
fn a_file_that_is_gone_or_altered_is_named_with_its_record() {
    each_place(async |place| {
        let (db, city) = stored::newest().imported(place).await;
        let sql = "SELECT id, hash FROM attachments WHERE jurisdiction_id = $1";
        let rows: Vec<(uuid::Uuid, String)> =
            db.read().await.unwrap().all(sql, args![city]).await.unwrap();
        let (id, hash) = rows[0].clone();
        assert_eq!(differences(&db, city).await, [""; 0]);
        let named = format!("attachments [id={id}] hash: the file {hash}");
        by_hand(&db, city, &hash, Some(b"%PDF-1.7 another")).await;
        assert_eq!(differences(&db, city).await, [format!("{named} is not what was attached")]);
        by_hand(&db, city, &hash, None).await;
        assert_eq!(differences(&db, city).await, [format!("{named} is missing")]);
    });
}

/// Counts what it is given, and remembers the largest part.
#[derive(Default)]
struct Parts {
    bytes: Vec<u8>,
    largest: usize,
}

impl std::io::Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        self.largest = self.largest.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_large_file_is_read_a_part_at_a_time() {
    each_engine(plans, async |city| {
        let content: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
        let hash: Hash = files::write(city.db(), city.id(), content.clone()).await.unwrap();
        let mut parts = Parts::default();
        let shelf = Shelf::of(city.db());
        let mut tx = city.read().await;
        shelf.read(&mut tx, city.id(), &hash, &mut parts).await.unwrap();
        assert_eq!(sm3(&[&parts.bytes]), hash);
        assert!(parts.bytes == content && parts.largest <= CHUNK, "{}", parts.largest);
        let absent = shelf.read(&mut tx, city.id(), &[7; 32], &mut Parts::default()).await;
        assert!(matches!(absent, Err(journal::Error::Refused(kernel::Refusal::Missing))));
    });
}

#[test]
fn a_content_that_nobody_names_is_collected_after_seven_days_and_no_other() {
    each_place(async |place| {
        let (db, city) = stored::newest().imported(place).await;
        let shelf = Shelf::of(&db);
        let list = async || shelf.list(&mut db.read().await.unwrap(), city).await.unwrap();
        let named = list().await;
        assert!(!named.is_empty(), "the stored city has attached files");
        let loose = files::write(&db, city, b"%PDF-1.7 nobody's".to_vec()).await.unwrap();
        assert_eq!(files::collect(&db, city).await.unwrap(), 0, "first it is only noted");
        assert!(list().await.contains(&loose));
        let week = "UPDATE loose_blobs SET since = $2 WHERE jurisdiction_id = $1";
        let past = kernel::Moment::from_micros(0);
        let age = async |tx: &mut journal::Tx| tx.run(week, args![city, past]).await;
        db.operate(city, age).await.unwrap();
        // An upload of the same content waits for its act: it stays.
        let account = uuid::Uuid::now_v7();
        let upload = ("x.pdf", b"%PDF-1.7 nobody's".to_vec());
        files::stage(&db, city, account, upload).await.unwrap();
        assert_eq!(files::collect(&db, city).await.unwrap(), 0);
        let forget = "DELETE FROM staged_files WHERE jurisdiction_id = $1";
        db.operate(city, async |tx| tx.run(forget, args![city]).await).await.unwrap();
        assert_eq!(files::collect(&db, city).await.unwrap(), 0, "noted anew");
        db.operate(city, age).await.unwrap();
        assert_eq!(files::collect(&db, city).await.unwrap(), 1);
        assert_eq!(list().await, named, "what records name is all there");
        assert_eq!(differences(&db, city).await, [""; 0]);
    });
}
