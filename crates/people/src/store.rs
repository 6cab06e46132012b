//! All SQL of this room: reading people, posts, sittings and the calendar.

use journal::{FromRow, JurisdictionRow, Result, Row as _, RowRef, Tx, args, query_row};
use kernel::{Actor, Day, DayKind, Id, Jurisdiction, Moment, OnBehalf, Role, WorkCalendar};
use uuid::Uuid;

use crate::tables::{
    AccountClass, AccountRow, CalendarDayRow, CalendarYearRow, CredentialRow, LineRow,
    PeerGroupRow, PostRow, SeriesRow, SessionRow, SignInFailureRow, SittingRoleRow, SittingRow,
    SittingState, Stage, TokenRow, UnitRow, WatchRow,
};

/// Units read at once; a city has some hundreds.
const UNITS_MAX: i64 = 5_000;

/// All units that exist on a day, in the order in which they are shown.
pub async fn units(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<UnitRow>> {
    let sql = format!(
        "SELECT {} FROM units WHERE jurisdiction_id = $1 AND valid_from <= $2 \
         AND (valid_to IS NULL OR valid_to >= $2) ORDER BY sort, id LIMIT {UNITS_MAX}",
        UnitRow::sql().columns
    );
    tx.all(&sql, args![city, on]).await
}

/// One unit.
pub async fn unit(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Option<UnitRow>> {
    let columns = &UnitRow::sql().columns;
    let sql = format!("SELECT {columns} FROM units WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// A unit and everything below it, at most four levels down.
pub async fn subtree(tx: &mut Tx, city: Id<Jurisdiction>, root: Uuid) -> Result<Vec<Uuid>> {
    let sql = "WITH RECURSIVE below (id, depth) AS (
          SELECT id, CAST(0 AS BIGINT) FROM units WHERE jurisdiction_id = $1 AND id = $2
          UNION ALL
          SELECT u.id, b.depth + 1 FROM units u JOIN below b ON u.parent_id = b.id
          WHERE u.jurisdiction_id = $1 AND b.depth < 4)
        SELECT id FROM below LIMIT 5000";
    let rows: Vec<(Uuid,)> = tx.all(sql, args![city, root]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// All lines of work.
pub async fn lines(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<LineRow>> {
    let columns = &LineRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM lines WHERE jurisdiction_id = $1 ORDER BY sort LIMIT 200");
    tx.all(&sql, args![city]).await
}

/// All peer groups.
pub async fn groups(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<PeerGroupRow>> {
    let columns = &PeerGroupRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM peer_groups WHERE jurisdiction_id = $1 ORDER BY sort LIMIT 200"
    );
    tx.all(&sql, args![city]).await
}

/// Which unit stands in which group on a day.
pub async fn grouping(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<(Uuid, Uuid)>> {
    let sql = "SELECT unit_id, group_id FROM group_members WHERE jurisdiction_id = $1 \
        AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2) LIMIT 5000";
    tx.all(sql, args![city, on]).await
}

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
         ORDER BY u.sort, p.title, p.id LIMIT {UNITS_MAX}"
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

/// A setting of the city, or its proposed value.
pub async fn setting(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    name: &str,
    proposed: &str,
) -> Result<String> {
    let sql = "SELECT value FROM settings WHERE jurisdiction_id = $1 AND name = $2";
    let row: Option<(String,)> = tx.opt(sql, args![city, name.to_owned()]).await?;
    Ok(row.map_or_else(|| proposed.to_owned(), |r| r.0))
}

/// The work calendar between two days.
pub async fn calendar(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    from: Day,
    to: Day,
) -> Result<WorkCalendar> {
    let sql = "SELECT year FROM calendar_years WHERE jurisdiction_id = $1 ORDER BY year LIMIT 200";
    let years: Vec<(i64,)> = tx.all(sql, args![city]).await?;
    let sql = "SELECT day, working FROM calendar_days WHERE jurisdiction_id = $1 \
        AND day >= $2 AND day <= $3 ORDER BY day LIMIT 5000";
    let days: Vec<(Day, bool)> = tx.all(sql, args![city, from, to]).await?;
    let kind = |working| if working { DayKind::Working } else { DayKind::Free };
    Ok(WorkCalendar::new(
        years.into_iter().filter_map(|(y,)| i16::try_from(y).ok()),
        days.into_iter().map(|(day, working)| (day, kind(working))),
    ))
}

/// The confirmed years with their notices.
pub async fn calendar_years(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<CalendarYearRow>> {
    let sql = format!(
        "SELECT {} FROM calendar_years WHERE jurisdiction_id = $1 ORDER BY year LIMIT 200",
        CalendarYearRow::sql().columns
    );
    tx.all(&sql, args![city]).await
}

/// The days of a year that differ from Monday to Friday.
pub async fn calendar_days(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    from: Day,
    to: Day,
) -> Result<Vec<CalendarDayRow>> {
    let sql = format!(
        "SELECT {} FROM calendar_days WHERE jurisdiction_id = $1 AND day >= $2 AND day <= $3 \
         ORDER BY day LIMIT 400",
        CalendarDayRow::sql().columns
    );
    tx.all(&sql, args![city, from, to]).await
}

/// All series of sittings.
pub async fn series(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<SeriesRow>> {
    let columns = &SeriesRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM series WHERE jurisdiction_id = $1 ORDER BY sort LIMIT 100");
    tx.all(&sql, args![city]).await
}

/// One sitting.
pub async fn sitting(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Option<SittingRow>> {
    let columns = &SittingRow::sql().columns;
    let sql = format!("SELECT {columns} FROM sittings WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

query_row! {
    /// A sitting in one of its series.
    pub struct SeriesSitting {
        /// The sitting.
        pub id: Uuid,
        /// The series.
        pub series_id: Uuid,
        /// Its number there, once held.
        pub number: Option<i64>,
        /// Its day.
        pub day: Day,
        /// Whether it was held.
        pub state: SittingState,
        /// Why it was skipped.
        pub reason: Option<String>,
    }
}

/// The sittings of a series, newest first.
pub async fn sittings(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    series: Uuid,
) -> Result<Vec<SeriesSitting>> {
    let sql = "SELECT s.id, r.series_id, r.number, s.day, s.state, s.reason FROM sitting_roles r \
        JOIN sittings s ON s.jurisdiction_id = r.jurisdiction_id AND s.id = r.sitting_id \
        WHERE r.jurisdiction_id = $1 AND r.series_id = $2 ORDER BY s.day DESC, s.id LIMIT 500";
    tx.all(sql, args![city, series]).await
}

/// The series that a sitting carries.
pub async fn sitting_roles(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    sitting: Uuid,
) -> Result<Vec<SittingRoleRow>> {
    let sql = format!(
        "SELECT {} FROM sitting_roles WHERE jurisdiction_id = $1 AND sitting_id = $2 LIMIT 20",
        SittingRoleRow::sql().columns
    );
    tx.all(&sql, args![city, sitting]).await
}

/// The number that the next sitting of a series gets.
pub async fn next_number(tx: &mut Tx, city: Id<Jurisdiction>, series: Uuid) -> Result<i64> {
    let sql = "SELECT number FROM sitting_roles WHERE jurisdiction_id = $1 AND series_id = $2 \
        AND number IS NOT NULL ORDER BY number DESC LIMIT 1";
    let last: Option<(i64,)> = tx.opt(sql, args![city, series]).await?;
    Ok(last.map_or(1, |(n,)| n + 1))
}

/// Who a session or token belongs to, with everything a request needs.
pub(crate) struct Admitted {
    pub(crate) account: Uuid,
    pub(crate) stage: Stage,
    pub(crate) form_token: Option<String>,
    pub(crate) created_at: Moment,
    pub(crate) seen_at: Moment,
    pub(crate) person: Uuid,
    pub(crate) post: Uuid,
    pub(crate) unit: Uuid,
    pub(crate) role: Role,
    pub(crate) title: String,
    pub(crate) unit_name: String,
    pub(crate) name: Option<String>,
    pub(crate) represents: Option<Uuid>,
    pub(crate) represented_person: Option<Uuid>,
    pub(crate) represented_title: Option<String>,
    pub(crate) city: String,
    pub(crate) zone: String,
    pub(crate) clock_offset_us: i64,
    pub(crate) valid_from: Day,
    pub(crate) valid_to: Option<Day>,
}

impl FromRow for Admitted {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        Ok(Self {
            account: row.get(0)?,
            stage: row.get(1)?,
            form_token: row.get(2)?,
            created_at: row.get(3)?,
            seen_at: row.get(4)?,
            person: row.get(5)?,
            post: row.get(6)?,
            unit: row.get(7)?,
            role: row.get(8)?,
            title: row.get(9)?,
            unit_name: row.get(10)?,
            name: row.get(11)?,
            represents: row.get(12)?,
            represented_person: row.get(13)?,
            represented_title: row.get(14)?,
            city: row.get(15)?,
            zone: row.get(16)?,
            clock_offset_us: row.get(17)?,
            valid_from: row.get(18)?,
            valid_to: row.get(19)?,
        })
    }
}

const ADMITTED: &str = "p.person_id, p.id, p.unit_id, p.role, p.title, u.short_name, n.value,
    p.represents_id, r.person_id, r.title, j.name, j.zone, j.clock_offset_us, p.valid_from, p.valid_to";

const ADMITTED_JOINS: &str = "
    JOIN accounts a ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.account_id
    JOIN credentials c ON c.jurisdiction_id = s.jurisdiction_id AND c.account_id = s.account_id
    JOIN posts p ON p.jurisdiction_id = s.jurisdiction_id AND p.id = s.post_id
    JOIN units u ON u.jurisdiction_id = s.jurisdiction_id AND u.id = p.unit_id
    JOIN jurisdictions j ON j.jurisdiction_id = s.jurisdiction_id
    LEFT JOIN sealed_values n ON n.jurisdiction_id = s.jurisdiction_id AND n.owner_id = p.person_id AND n.field = 'name'
    LEFT JOIN posts r ON r.jurisdiction_id = s.jurisdiction_id AND r.id = p.represents_id";

/// Who a session belongs to.
pub(crate) async fn admitted_by_session(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
) -> Result<Option<Admitted>> {
    let sql = format!(
        "SELECT s.account_id, s.stage, s.form_token, s.created_at, s.seen_at, {ADMITTED}
         FROM sessions s {ADMITTED_JOINS}
         WHERE s.jurisdiction_id = $1 AND s.token_hash = $2 AND NOT a.disabled AND s.epoch = c.epoch"
    );
    tx.opt(&sql, args![city, token_hash]).await
}

/// Who a token belongs to.
pub(crate) async fn admitted_by_token(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
    now: Moment,
) -> Result<Option<Admitted>> {
    let sql = format!(
        "SELECT s.account_id, 'open', NULL, s.created_at, s.created_at, {ADMITTED}
         FROM tokens s {ADMITTED_JOINS}
         WHERE s.jurisdiction_id = $1 AND s.token_hash = $2 AND NOT a.disabled AND s.expires_at > $3"
    );
    tx.opt(&sql, args![city, token_hash, now]).await
}

/// Failed sign-ins from an address.
pub(crate) async fn failures(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    remote: &str,
) -> Result<Option<SignInFailureRow>> {
    let columns = &SignInFailureRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM sign_in_failures WHERE jurisdiction_id = $1 AND remote = $2"
    );
    tx.opt(&sql, args![city, remote.to_owned()]).await
}

/// The city itself.
pub async fn jurisdiction(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<JurisdictionRow> {
    let columns = &JurisdictionRow::sql().columns;
    tx.one(&format!("SELECT {columns} FROM jurisdictions WHERE jurisdiction_id = $1"), args![city])
        .await
}

/// Lets a session act in another post from now on, and remembers it for the next sign-in.
pub(crate) async fn switch_post(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
    (account, post): (Uuid, Uuid),
) -> Result<()> {
    let sql = "UPDATE sessions SET post_id = $3 WHERE jurisdiction_id = $1 AND token_hash = $2";
    tx.run(sql, args![city, token_hash, post]).await?;
    let sql =
        "UPDATE credentials SET last_post_id = $3 WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account, post]).await?;
    Ok(())
}

/// A session by its token's hash, also one that is not yet open.
pub(crate) async fn session(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
) -> Result<Option<SessionRow>> {
    let columns = &SessionRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM sessions WHERE jurisdiction_id = $1 AND token_hash = $2");
    tx.opt(&sql, args![city, token_hash]).await
}

/// An account and its credentials by sign-in name, in whichever city it is.
pub(crate) async fn account_by_name(
    tx: &mut Tx,
    name: &str,
) -> Result<Option<(AccountRow, CredentialRow)>> {
    let sql = "SELECT jurisdiction_id, account_id FROM sign_in_names WHERE name = $1";
    let found: Option<(Id<Jurisdiction>, Uuid)> = tx.opt(sql, args![name.to_owned()]).await?;
    let Some((city, id)) = found else { return Ok(None) };
    let account = account(tx, city, id).await?;
    let credential = credential(tx, city, id).await?;
    Ok(account.zip(credential))
}

/// One account.
pub(crate) async fn account(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<AccountRow>> {
    let columns = &AccountRow::sql().columns;
    let sql = format!("SELECT {columns} FROM accounts WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The credentials of an account.
pub(crate) async fn credential(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
) -> Result<Option<CredentialRow>> {
    let columns = &CredentialRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM credentials WHERE jurisdiction_id = $1 AND account_id = $2");
    tx.opt(&sql, args![city, account]).await
}

/// The class of the account of a person, if there is one.
pub(crate) async fn class_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    person: Uuid,
) -> Result<Option<AccountClass>> {
    let sql = "SELECT class FROM accounts WHERE jurisdiction_id = $1 AND person_id = $2";
    let row: Option<(AccountClass,)> = tx.opt(sql, args![city, person]).await?;
    Ok(row.map(|r| r.0))
}

/// Marks a session as seen.
pub(crate) async fn touch(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
    now: Moment,
) -> Result<()> {
    let sql = "UPDATE sessions SET seen_at = $3 WHERE jurisdiction_id = $1 AND token_hash = $2";
    tx.run(sql, args![city, token_hash, now]).await?;
    Ok(())
}

/// Ends one session.
pub(crate) async fn end_session(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
) -> Result<()> {
    let sql = "DELETE FROM sessions WHERE jurisdiction_id = $1 AND token_hash = $2";
    tx.run(sql, args![city, token_hash]).await?;
    Ok(())
}

/// Makes a row of an operational table.
pub(crate) async fn put<R: journal::Row>(tx: &mut Tx, row: &R) -> Result<()> {
    journal::Tables::operational(tx).put(row).await
}

/// A new token of an account.
pub(crate) async fn put_token(tx: &mut Tx, row: &TokenRow) -> Result<()> {
    put(tx, row).await
}
