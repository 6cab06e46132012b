//! Staged uploads: they survive a refused form, because the form then carries their identifiers.

use journal::{Act, Db, Error, Result, Tables, args, hex, table};
use kernel::{Id, Jurisdiction, Moment, Refusal, msg, text};
use uuid::Uuid;

use crate::blob;
use crate::kind::Kind;
use crate::sheet::read::not_taken;
use crate::shelf::Shelf;
use crate::store;

/// Bytes of one file at most.
pub const SIZE_MAX: usize = 50 << 20;

/// How long a staged file waits for its act.
const WAITS_SECS: i64 = 86_400;

table! {
    /// A file that waits for the act that names it.
    pub(crate) struct StagedRow: Operational "staged_files" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) hash: Vec<u8>,
        pub(crate) name: String,
        pub(crate) media: String,
        pub(crate) size: i64,
        pub(crate) at: Moment,
    }
}

/// A file as facts name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRef {
    /// Its identifier.
    pub id: Uuid,
    /// Its SM3 hash, hexadecimal.
    pub hash: String,
    /// What the person called it.
    pub name: String,
    /// Its kind's word.
    pub media: String,
    /// Its length in bytes.
    pub size: i64,
}

impl FileRef {
    fn of(row: StagedRow) -> Self {
        let StagedRow { id, hash, name, media, size, .. } = row;
        Self { id, hash: hex(&hash), name, media, size }
    }
}

/// Stores an uploaded file and stages it for its account.
pub async fn stage(
    db: &Db,
    city: Id<Jurisdiction>,
    account: Uuid,
    (name, bytes): (&str, Vec<u8>),
) -> Result<Uuid> {
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && !r#"\/:*?"<>|"#.contains(*c))
        .take(120)
        .collect();
    if bytes.len() > SIZE_MAX {
        let max = SIZE_MAX >> 20;
        return Err(refused(msg!("“{name}”超过 {max} MB。", "“{name}” is larger than {max} MB.")));
    }
    let Some(kind) = Kind::of(&name, &bytes) else {
        if let Some(hint) = as_sheet(&name) {
            return Err(refused(hint));
        }
        return Err(refused(msg!(
            "“{name}”的类型不支持，请上传 PDF、OFD、Word、Excel、WPS、图片或 MP4，且扩展名须与内容一致。",
            "“{name}” is not taken; upload PDF, OFD, Word, Excel, WPS, pictures or MP4 whose ending fits the content."
        )));
    };
    let size = i64::try_from(bytes.len()).map_err(Error::fault)?;
    let hash = blob::write(db, city, bytes).await?;
    let row = StagedRow {
        jurisdiction_id: city,
        id: Uuid::now_v7(),
        account_id: account,
        hash: hash.to_vec(),
        name,
        media: kind.word().to_owned(),
        size,
        at: db.clock().now(),
    };
    let shelf = Shelf::of(db);
    db.operate(city, async |tx| {
        // The same content may have been collected since it was found to be there.
        if !shelf.holds(tx, city, &hash).await? {
            let name = &row.name;
            return Err(refused(msg!(
                "“{name}”没有保存，请重新选择。",
                "“{name}” was not kept; choose it again."
            )));
        }
        Tables::operational(tx).insert(&row).await
    })
    .await?;
    Ok(row.id)
}

/// What to do with a table that is written in another format than those that are taken.
fn as_sheet(name: &str) -> Option<kernel::Message> {
    let (_, ending) = name.rsplit_once('.')?;
    let is_table = ["csv", "tsv", "xlsm", "xlsb", "ett"].contains(&ending.to_lowercase().as_str());
    if is_table { not_taken(name) } else { None }
}

fn refused(message: kernel::Message) -> Error {
    Refusal::field("files", message).into()
}

/// The names of staged files of an account, for the form that comes back.
pub async fn staged(
    db: &Db,
    city: Id<Jurisdiction>,
    account: Uuid,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, String)>> {
    let mut tx = db.read().await?;
    let mut names = Vec::new();
    for id in ids {
        let row = store::staged(&mut tx, city, account, *id).await?;
        names.extend(row.map(|r| (r.id, r.name)));
    }
    Ok(names)
}

/// Bytes of files that wait for an account.
pub async fn waiting(db: &Db, city: Id<Jurisdiction>, account: Uuid) -> Result<i64> {
    store::waiting(&mut db.read().await?, city, account).await
}

/// Staged files of an account before the act that takes them, to look at what is in them; one that
/// is gone is left out.
pub async fn staged_files(
    db: &Db,
    city: Id<Jurisdiction>,
    account: Uuid,
    ids: &[Uuid],
) -> Result<Vec<FileRef>> {
    let mut tx = db.read().await?;
    let mut files = Vec::new();
    for id in ids {
        files.extend(store::staged(&mut tx, city, account, *id).await?.map(FileRef::of));
    }
    Ok(files)
}

/// Takes staged files into an act: only the account's own, only while they wait.
pub async fn take(act: &mut Act, account: Uuid, ids: &[Uuid]) -> Result<Vec<FileRef>> {
    let city = act.jurisdiction();
    let mut files = Vec::new();
    for id in ids {
        let Some(row) = store::staged(act, city, account, *id).await? else {
            let gone = text!("文件已过期，请重新选择。", "The file has expired; choose it again.");
            return Err(Refusal::field("files", gone).into());
        };
        Tables::operational(act).remove::<StagedRow>(args![city, *id]).await?;
        files.push(FileRef::of(row));
    }
    Ok(files)
}

/// Throws away staged files that waited too long; answers how many.
pub async fn forget(db: &Db, city: Id<Jurisdiction>) -> Result<u64> {
    let before = db.clock().now().plus_secs(-WAITS_SECS);
    db.operate(city, async |tx| store::forget(tx, city, before).await).await
}
