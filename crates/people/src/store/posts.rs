//! Persons, their posts and what these look after.

use journal::{Result, Row as _, Tx, Value, args, query_row};
use kernel::{Actor, Day, Id, Jurisdiction, OnBehalf, Role};
use uuid::Uuid;

use crate::tables::{PostRow, WatchRow};
use crate::words;

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
            Some(title) => {
                format!("{}{}{}", self.unit, self.title, words::on_behalf(self.role, title))
            }
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

/// The posts held on a day that look after a unit or a line.
pub(crate) async fn watching(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    target: Uuid,
    on: Day,
) -> Result<Vec<PostTitle>> {
    let sql = format!(
        "{POST_TITLE} AND p.id IN (SELECT w.post_id FROM watches w \
         WHERE w.jurisdiction_id = $1 AND w.target_id = $2) \
         AND p.valid_from <= $3 AND (p.valid_to IS NULL OR p.valid_to >= $3) \
         ORDER BY p.title, p.id LIMIT 100"
    );
    tx.all(&sql, args![city, target, on]).await
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

/// Every post a person held, holds or will hold.
pub(crate) async fn all_posts_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    person: Uuid,
) -> Result<Vec<PostRow>> {
    let sql = format!(
        "SELECT {} FROM posts WHERE jurisdiction_id = $1 AND person_id = $2 \
         ORDER BY valid_from DESC, id LIMIT 200",
        PostRow::sql().columns
    );
    tx.all(&sql, args![city, person]).await
}

/// Every post a person held, holds or will hold, with unit and title, newest first.
pub(crate) async fn post_history(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    person: Uuid,
) -> Result<Vec<PostLine>> {
    let sql =
        format!("{POST_LINE} AND p.person_id = $2 ORDER BY p.valid_from DESC, p.id LIMIT 200");
    tx.all(&sql, args![city, person]).await
}

query_row! {
    /// A post in a register.
    #[derive(serde::Serialize)]
    pub(crate) struct PostLine {
        pub(crate) post: Uuid,
        pub(crate) person: Uuid,
        pub(crate) name: Option<String>,
        pub(crate) unit: Uuid,
        pub(crate) unit_name: String,
        pub(crate) role: Role,
        pub(crate) title: String,
        pub(crate) represents: Option<String>,
        pub(crate) line: Option<String>,
        pub(crate) from: Day,
        pub(crate) to: Option<Day>,
        pub(crate) sort: i64,
    }
}

const POST_LINE: &str = "SELECT p.id, p.person_id, n.value, p.unit_id, u.short_name, p.role, p.title, r.title, l.name, p.valid_from, p.valid_to, u.sort
    FROM posts p
    JOIN units u ON u.jurisdiction_id = p.jurisdiction_id AND u.id = p.unit_id
    LEFT JOIN sealed_values n ON n.jurisdiction_id = p.jurisdiction_id AND n.owner_id = p.person_id AND n.field = 'name'
    LEFT JOIN posts r ON r.jurisdiction_id = p.jurisdiction_id AND r.id = p.represents_id
    LEFT JOIN lines l ON l.jurisdiction_id = p.jurisdiction_id AND l.id = p.line_id
    WHERE p.jurisdiction_id = $1";

/// What the register of posts is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct PostFilter {
    pub(crate) words: Option<String>,
    pub(crate) unit: Option<Uuid>,
    pub(crate) role: Option<Role>,
    pub(crate) after: Option<(i64, Uuid)>,
}

/// The posts of a day that pass the filter, by unit; at most `limit`.
pub(crate) async fn post_register(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (filter, on): (&PostFilter, Day),
    limit: i64,
) -> Result<Vec<PostLine>> {
    let mut sql =
        format!("{POST_LINE} AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to >= $2)");
    let mut values: Vec<Value> = args![city, on].to_vec();
    if let Some(words) = &filter.words {
        let like = format!("%{}%", words.replace(['%', '_'], ""));
        values.push(Value::Text(like));
        let n = values.len();
        sql.push_str(&format!(
            " AND (n.value LIKE ${n} OR p.title LIKE ${n} OR u.short_name LIKE ${n})"
        ));
    }
    if let Some(unit) = filter.unit {
        values.push(Value::Uuid(unit));
        sql.push_str(&format!(" AND p.unit_id = ${}", values.len()));
    }
    if let Some(role) = filter.role {
        values.push(Value::Text(role.word().to_owned()));
        sql.push_str(&format!(" AND p.role = ${}", values.len()));
    }
    if let Some((sort, id)) = filter.after {
        values.push(Value::Int(sort));
        values.push(Value::Uuid(id));
        let (n, m) = (values.len() - 1, values.len());
        sql.push_str(&format!(" AND (u.sort > ${n} OR (u.sort = ${n} AND p.id > ${m}))"));
    }
    values.push(Value::Int(limit));
    sql.push_str(&format!(" ORDER BY u.sort, p.id LIMIT ${}", values.len()));
    tx.all(&sql, &values).await
}

query_row! {
    /// A person with name and number, as far as they are not erased.
    #[derive(serde::Serialize)]
    pub(crate) struct PersonLine {
        pub(crate) id: Uuid,
        pub(crate) name: Option<String>,
        pub(crate) phone: Option<String>,
        pub(crate) mail: Option<String>,
        pub(crate) added_on: Day,
        pub(crate) account: Option<Uuid>,
        pub(crate) account_name: Option<String>,
    }
}

const PERSON_LINE: &str = "SELECT p.id, n.value, t.value, m.value, p.added_on, a.id, a.name FROM persons p
    LEFT JOIN sealed_values n ON n.jurisdiction_id = p.jurisdiction_id AND n.owner_id = p.id AND n.field = 'name'
    LEFT JOIN sealed_values t ON t.jurisdiction_id = p.jurisdiction_id AND t.owner_id = p.id AND t.field = 'phone'
    LEFT JOIN sealed_values m ON m.jurisdiction_id = p.jurisdiction_id AND m.owner_id = p.id AND m.field = 'mail'
    LEFT JOIN accounts a ON a.jurisdiction_id = p.jurisdiction_id AND a.person_id = p.id
    WHERE p.jurisdiction_id = $1";

/// One person.
pub(crate) async fn person(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<PersonLine>> {
    tx.opt(&format!("{PERSON_LINE} AND p.id = $2"), args![city, id]).await
}

/// The sealed values of a person that are still there: field and value.
pub(crate) async fn sealed_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    person: Uuid,
) -> Result<Vec<(String, String)>> {
    let sql = "SELECT field, value FROM sealed_values \
        WHERE jurisdiction_id = $1 AND owner_id = $2 ORDER BY field LIMIT 20";
    tx.all(sql, args![city, person]).await
}

/// The fields of a person that were erased.
pub(crate) async fn erased_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    person: Uuid,
) -> Result<Vec<String>> {
    let sql = "SELECT field FROM seals \
        WHERE jurisdiction_id = $1 AND owner_id = $2 AND erased ORDER BY field LIMIT 20";
    let rows: Vec<(String,)> = tx.all(sql, args![city, person]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// All persons by name, for choosing.
pub(crate) async fn persons(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<PersonLine>> {
    let sql = format!("{PERSON_LINE} ORDER BY n.value, p.id LIMIT {POSTS_MAX}");
    tx.all(&sql, args![city]).await
}

/// Persons who hold no post on a day.
pub(crate) async fn persons_without_post(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    on: Day,
) -> Result<Vec<PersonLine>> {
    let sql = format!(
        "{PERSON_LINE} AND NOT EXISTS (SELECT 1 FROM posts h
           WHERE h.jurisdiction_id = p.jurisdiction_id AND h.person_id = p.id
           AND (h.valid_to IS NULL OR h.valid_to >= $2))
         ORDER BY p.added_on DESC, p.id LIMIT 200"
    );
    tx.all(&sql, args![city, on]).await
}

/// How many posts exist in a unit after a day.
pub(crate) async fn posts_after(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
    day: Day,
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM posts WHERE jurisdiction_id = $1 AND unit_id = $2 \
        AND (valid_to IS NULL OR valid_to > $3)";
    Ok(tx.one::<(i64,)>(sql, args![city, unit, day]).await?.0)
}

/// By whom some posts are held, each person once.
pub async fn held_by(tx: &mut Tx, city: Id<Jurisdiction>, posts: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut found = Vec::new();
    for id in posts {
        found.extend(post(tx, city, *id).await?.map(|post| post.person_id));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
