//! A room as small as can be that has every type of column, a sealed value and versions.

use journal::{
    Act, By, Db, Entry, Fact as _, FromRow, Migration, Receipt, Result, Room, Row as _, RowRef,
    Tables, args, facts, table,
};
use kernel::{Day, Id, Jurisdiction, Moment, Refusal, Subject, SubjectKind};
use uuid::Uuid;

table! {
    /// A note as it stands now.
    pub(crate) struct NoteRow: Record "notes" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) title: String,
        pub(crate) body: Option<String>,
        pub(crate) changes: i64,
        pub(crate) urgent: bool,
        pub(crate) due_on: Day,
        pub(crate) changed_at: Moment,
        pub(crate) mark: Vec<u8>,
        pub(crate) author: Option<Uuid>,
    }
}

table! {
    /// What a note was called, from one fact to another.
    pub(crate) struct VersionRow: Record "note_versions" key 3 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) note_id: Uuid,
        pub(crate) from_seq: i64,
        pub(crate) to_seq: Option<i64>,
        pub(crate) title: String,
    }
}

table! {
    /// What a follower of the tests has seen.
    pub(crate) struct SeenRow: Derived "notes_seen" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) seq: i64,
        pub(crate) times: i64,
    }
}

facts! {
    pub(crate) enum Fact {
        "note_added" Added { title: String, body: Option<String>, urgent: bool, due_on: Day },
        "note_changed" Changed { title: String, from_seq: i64 },
        "note_removed" Removed { from_seq: i64 },
    }
}

const SCHEMA: &str = "
CREATE TABLE notes (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  title @text NOT NULL,
  body @text,
  changes @int NOT NULL,
  urgent @bool NOT NULL,
  due_on @day NOT NULL,
  changed_at @moment NOT NULL,
  mark @bytes NOT NULL,
  author @uuid,
  PRIMARY KEY (jurisdiction_id, id),
  FOREIGN KEY (jurisdiction_id) REFERENCES jurisdictions (jurisdiction_id)
) @strict;
CREATE TABLE note_versions (
  jurisdiction_id @uuid NOT NULL,
  note_id @uuid NOT NULL,
  from_seq @int NOT NULL,
  to_seq @int,
  title @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, note_id, from_seq),
  UNIQUE (jurisdiction_id, from_seq)
) @clustered;
CREATE TABLE notes_seen (
  jurisdiction_id @uuid NOT NULL,
  seq @int NOT NULL,
  times @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, seq)
) @clustered;
";

pub(crate) const ROOM: Room = Room {
    name: "notes",
    migrations: &[Migration { name: "0001_notes", sql: SCHEMA }],
    tables: &[NoteRow::SPEC, VersionRow::SPEC, SeenRow::SPEC],
    blobs: &[],
    kinds: Fact::KINDS,
    apply: |entry, tables| Box::pin(apply(entry, tables)),
};

async fn apply(entry: &Entry, tables: &mut Tables<'_>) -> Result<()> {
    let jurisdiction_id = entry.jurisdiction;
    let id = entry.subject.id;
    let version = |title: String| VersionRow {
        jurisdiction_id,
        note_id: id,
        from_seq: entry.seq,
        to_seq: None,
        title,
    };
    match Fact::join(&entry.kind, &entry.payload)? {
        Fact::Added { title, body, urgent, due_on } => {
            let row = NoteRow {
                jurisdiction_id,
                id,
                title: title.clone(),
                body,
                changes: 0,
                urgent,
                due_on,
                changed_at: entry.at,
                mark: title.as_bytes().to_vec(),
                author: (!entry.actor.is_nil()).then_some(entry.actor),
            };
            tables.insert(&row).await?;
            tables.insert(&version(title)).await
        }
        Fact::Changed { title, from_seq } => {
            let row: NoteRow = tables.get(args![jurisdiction_id, id]).await?;
            let changes = row.changes + 1;
            let row = NoteRow { title: title.clone(), changes, changed_at: entry.at, ..row };
            tables.replace(&row).await?;
            end(tables, entry, from_seq).await?;
            tables.insert(&version(title)).await
        }
        Fact::Removed { from_seq } => {
            tables.remove::<NoteRow>(args![jurisdiction_id, id]).await?;
            end(tables, entry, from_seq).await
        }
    }
}

async fn end(tables: &mut Tables<'_>, entry: &Entry, from_seq: i64) -> Result<()> {
    let key = args![entry.jurisdiction, entry.subject.id, from_seq].to_vec();
    let old: VersionRow = tables.get(&key).await?;
    tables.replace(&VersionRow { to_seq: Some(entry.seq), ..old }).await
}

/// What a note is about, in the journal.
pub(crate) const fn subject(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Assignment, id)
}

/// The fact of a new note.
pub(crate) fn added(title: &str) -> Fact {
    Fact::Added {
        title: title.to_owned(),
        body: Some(format!("{title}的说明")),
        urgent: title.len().is_multiple_of(2),
        due_on: "2021-11-05".parse().unwrap(),
    }
}

/// Adds a note in an open act.
pub(crate) async fn add_in(act: &mut Act, title: &str) -> Result<Uuid> {
    let id = Uuid::now_v7();
    act.record(subject(id), &added(title)).await?;
    Ok(id)
}

/// Adds a note.
pub(crate) async fn add(db: &Db, city: Id<Jurisdiction>, title: &str) -> Result<(Uuid, Receipt)> {
    let mut id = Uuid::nil();
    let by = By { actor: Uuid::from_u128(7), ..By::program(city, "notes.add") };
    let receipt = db
        .act(by, async |act| {
            id = add_in(act, title).await?;
            Ok(())
        })
        .await?;
    Ok((id, receipt))
}

/// Gives a note another title; one that is not there is refused.
pub(crate) async fn change(
    db: &Db,
    city: Id<Jurisdiction>,
    id: Uuid,
    title: &str,
) -> Result<Receipt> {
    db.act(By::program(city, "notes.change"), async |act| {
        let from_seq = current(act, id).await?;
        act.record(subject(id), &Fact::Changed { title: title.to_owned(), from_seq }).await
    })
    .await
}

/// Takes a note away.
pub(crate) async fn remove(db: &Db, city: Id<Jurisdiction>, id: Uuid) -> Result<Receipt> {
    db.act(By::program(city, "notes.remove"), async |act| {
        let from_seq = current(act, id).await?;
        act.record(subject(id), &Fact::Removed { from_seq }).await
    })
    .await
}

async fn current(act: &mut Act, id: Uuid) -> Result<i64> {
    let city = act.jurisdiction();
    let sql = "SELECT from_seq FROM note_versions \
        WHERE jurisdiction_id = $1 AND note_id = $2 AND to_seq IS NULL";
    let from: Option<One> = act.opt(sql, args![city, id]).await?;
    from.map(|One(seq)| seq).ok_or_else(|| Refusal::Missing.into())
}

/// One number of a query.
pub(crate) struct One(pub(crate) i64);

impl FromRow for One {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        row.get(0).map(Self)
    }
}

/// A city with every kind of fact and row: notes added, changed and removed, a sealed value kept
/// and one erased, a link.
pub(crate) async fn a_lived_in_city(db: &Db, city: Id<Jurisdiction>) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for n in 0..6 {
        ids.push(add(db, city, &format!("事项{n}")).await.unwrap().0);
    }
    change(db, city, ids[1], "改过的事项").await.unwrap();
    change(db, city, ids[1], "又改过的事项").await.unwrap();
    remove(db, city, ids[2]).await.unwrap();
    let by = By { on_behalf_of: Some(Uuid::from_u128(9)), ..By::program(city, "people.add") };
    db.act(by.because(Some("入职".to_owned())), async |act| {
        act.seal(person(1), "name", "张三").await?;
        act.seal(person(1), "phone", "13800000000").await?;
        act.seal(person(2), "name", "李四").await?;
        let (from, to) = (subject(ids[1]), subject(ids[0]));
        let linked = journal::CityFact::Linked { from, to, kind: "follows_up".into() };
        act.record(from, &linked).await
    })
    .await
    .unwrap();
    db.act(By::program(city, "people.erase"), async |act| act.erase(person(2), "name").await)
        .await
        .unwrap();
    ids
}

/// A person whose values are sealed.
pub(crate) const fn person(n: u128) -> Subject {
    Subject::new(SubjectKind::Person, Uuid::from_u128(n))
}
