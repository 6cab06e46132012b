//! Persons, their posts and what these look after.

use journal::{Result, Row as _, Tx, args, query_row};
use kernel::{Actor, Day, Id, Jurisdiction, OnBehalf, Role};
use uuid::Uuid;

use crate::tables::{PostRow, WatchRow};

/// Posts read at once.
const POSTS_MAX: i64 = 5_000;

/// One post.
pub async fn post(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Option<PostRow>> {
    let columns = &PostRow::sql().columns;
    let sql = format!("SELECT {columns} FROM posts WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

query_row! {
    /// A post as pages show it.
    pub struct PostTitle {
        /// The post.
        pub id: Uuid,
        /// Its unit.
        pub unit_id: Uuid,
        /// The unit's short name.
        pub unit: String,
        /// Its role.
        pub role: Role,
        /// Its title.
        pub title: String,
        /// The person's name; absent when erased.
        pub name: Option<String>,
        /// The title of the post it acts for.
        pub represents: Option<String>,
        /// When it ended.
        pub valid_to: Option<Day>,
    }
}

impl PostTitle {
    /// `督查局长`, with 代 in front when the post is held for somebody else.
    pub fn text(&self) -> String {
        match &self.represents {
            Some(title) => format!("{}{}（代{title}）", self.unit, self.title),
            None => format!("{}{}", self.unit, self.title),
        }
    }
}

const POST_TITLE: &str = "SELECT p.id, p.unit_id, u.short_name, p.role, p.title, n.value, r.title, p.valid_to
    FROM posts p
    JOIN units u ON u.jurisdiction_id = p.jurisdiction_id AND u.id = p.unit_id
    LEFT JOIN sealed_values n ON n.jurisdiction_id = p.jurisdiction_id AND n.owner_id = p.person_id AND n.field = 'name'
    LEFT JOIN posts r ON r.jurisdiction_id = p.jurisdiction_id AND r.id = p.represents_id
    WHERE p.jurisdiction_id = $1";

/// Every post that exists on a day, with unit, title and name.
pub async fn post_titles(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<PostTitle>> {
    let sql = format!(
        "{POST_TITLE} AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to >= $2) \
         ORDER BY u.sort, p.title, p.id LIMIT {POSTS_MAX}"
    );
    tx.all(&sql, args![city, on]).await
}

/// One post with unit, title and name, also when it has ended.
pub async fn post_title(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<PostTitle>> {
    tx.opt(&format!("{POST_TITLE} AND p.id = $2"), args![city, id]).await
}

/// The posts of a person on a day.
pub async fn posts_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    person: Uuid,
    on: Day,
) -> Result<Vec<PostTitle>> {
    let sql = format!(
        "{POST_TITLE} AND p.person_id = $2 AND p.valid_from <= $3 \
         AND (p.valid_to IS NULL OR p.valid_to >= $3) ORDER BY p.valid_from, p.id LIMIT 50"
    );
    tx.all(&sql, args![city, person, on]).await
}

/// Who holds a role in a unit on a day.
pub async fn holders(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
    role: Role,
    on: Day,
) -> Result<Vec<PostRow>> {
    let sql = format!(
        "SELECT {} FROM posts WHERE jurisdiction_id = $1 AND unit_id = $2 AND role = $3 \
         AND valid_from <= $4 AND (valid_to IS NULL OR valid_to >= $4) ORDER BY id LIMIT 100",
        PostRow::sql().columns
    );
    tx.all(&sql, args![city, unit, role, on]).await
}

/// What a post looks after or is limited to.
pub async fn watches(tx: &mut Tx, city: Id<Jurisdiction>, post: Uuid) -> Result<Vec<WatchRow>> {
    let sql = format!(
        "SELECT {} FROM watches WHERE jurisdiction_id = $1 AND post_id = $2 LIMIT 500",
        WatchRow::sql().columns
    );
    tx.all(&sql, args![city, post]).await
}

/// The actor of a post, for acts that the program runs on somebody's behalf (the demo city).
pub async fn actor_of(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Actor> {
    let post = post(tx, city, id).await?.ok_or_else(journal::Error::missing)?;
    let on_behalf = match post.represents_id {
        Some(represented) => {
            let other = self::post(tx, city, represented).await?;
            other.map(|p| OnBehalf { person: p.person_id, post: p.id })
        }
        None => None,
    };
    Ok(Actor {
        jurisdiction: city,
        account: Uuid::nil(),
        person: post.person_id,
        post: post.id,
        unit: post.unit_id,
        role: post.role,
        on_behalf,
    })
}
