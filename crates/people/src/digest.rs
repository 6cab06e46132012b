//! Each day's access log as one fact: so a line that is taken away, changed or added later shows.
//!
//! Days are the city's, cut from the machine's clock, by which the log is kept. A day is digested
//! an hour after its end, also one without lines; after a standstill each missed day gets its own
//! fact, as far back as lines are kept. The digest is a chain over the lines in the order of
//! their moments: SM3(digest before, line), beginning with 32 zero bytes.

use jiff::tz::TimeZone;
use journal::{By, Db, Error, Hash, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Moment, Refusal, Subject, SubjectKind};
use uuid::Uuid;

use crate::access::KEPT_DAYS;
use crate::facts::Fact;
use crate::store;
use crate::tables::AccessRow;

/// The name under which the journal keeps it.
const ACT: &str = "people.digest_access";
/// How long after its end a day is digested: acts that began before midnight are committed then.
const GRACE_SECS: i64 = 60 * 60;
/// Lines hashed for one look at the days at most; days beyond are not checked.
const LINES_MAX: i64 = 200_000;

/// What a day's lines give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lines {
    count: i64,
    digest: Hash,
}

/// What a look at a digested day found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The lines are those of the fact.
    Same,
    /// They are not: so many are there now.
    Differs(i64),
    /// The day is so long ago that its lines were taken away.
    Expired,
    /// There was too much to read; ask for fewer days.
    Unchecked,
}

/// A digested day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedDay {
    /// The day.
    pub day: Day,
    /// The lines that the fact counts.
    pub lines: i64,
    /// The digest of the fact, hexadecimal.
    pub digest: String,
    /// What the log says now.
    pub finding: Finding,
}

/// Records the digests of the days that have ended and have none yet; answers how many. Made twice
/// or on several nodes a day still gets one.
pub async fn record(db: &Db, city: Id<Jurisdiction>) -> Result<usize> {
    let now = db.clock().now();
    let mut tx = db.read().await?;
    let zone = zone(&mut tx, city).await?;
    let last = now.plus_secs(-GRACE_SECS).day(&zone).plus(-1);
    let Some(first) = first_day(&mut tx, city, &zone, last).await? else { return Ok(0) };
    let mut recorded = 0;
    let mut day = first;
    while day <= last {
        let lines = lines_of(&mut tx, city, (day, &zone)).await?;
        let fact =
            Fact::AccessDigested { day, lines: lines.count, digest: journal::hex(&lines.digest) };
        let subject = Subject::new(SubjectKind::Jurisdiction, city.uuid());
        let done = db
            .act(By::program(city, ACT), async |act| {
                if store::is_digested(act, city, day).await? {
                    return Err(Refusal::Missing.into());
                }
                act.record(subject, &fact).await
            })
            .await;
        match done {
            Ok(_) => recorded += 1,
            // Another node was first.
            Err(Error::Refused(_)) => {}
            Err(e) => return Err(e),
        }
        day = day.plus(1);
    }
    Ok(recorded)
}

/// The first day that needs a digest.
async fn first_day(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    zone: &TimeZone,
    last: Day,
) -> Result<Option<Day>> {
    let digested = store::access_digests(tx, city, 1).await?.first().map(|row| row.day.plus(1));
    let begun = match digested {
        Some(day) => Some(day),
        None => store::first_access(tx, city).await?.map(|at| at.day(zone)),
    };
    Ok(begun.map(|day| day.max(last.plus(1 - KEPT_DAYS))))
}

async fn zone(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<TimeZone> {
    let row = store::jurisdiction(tx, city).await?;
    TimeZone::get(&row.zone).map_err(Error::fault)
}

async fn lines_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (day, zone): (Day, &TimeZone),
) -> Result<Lines> {
    let end = day.end(zone);
    let mut lines = Lines { count: 0, digest: [0; 32] };
    // The nil identifier stands before every line of its moment.
    let mut after = (day.plus(-1).end(zone), Uuid::nil());
    loop {
        let chunk = store::access_after(tx, city, after, end).await?;
        let Some(last) = chunk.last() else { return Ok(lines) };
        after = (last.at, last.id);
        for line in &chunk {
            lines.digest = journal::sm3(&[&lines.digest, &encoded(line)]);
            lines.count += 1;
        }
    }
}

/// A line as its digest covers it: each value with its length in front.
fn encoded(line: &AccessRow) -> Vec<u8> {
    let at = line.at.micros().to_string();
    let id = line.id.to_string();
    let account = line.account_id.map_or_else(String::new, |id| id.to_string());
    let mut bytes = Vec::with_capacity(160);
    for value in [&at, &id, &line.event, &account, &line.remote, &line.detail] {
        bytes.extend_from_slice(format!("{}:", value.len()).as_bytes());
        bytes.extend_from_slice(value.as_bytes());
    }
    bytes
}

/// The newest digested days, newest first, each held against the lines that are there now.
pub async fn check(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (now, days): (Moment, i64),
) -> Result<Vec<CheckedDay>> {
    let zone = zone(tx, city).await?;
    let oldest = now.day(&zone).plus(1 - KEPT_DAYS);
    let mut read = 0;
    let mut checked = Vec::new();
    for row in store::access_digests(tx, city, days).await? {
        let finding = if row.day < oldest {
            Finding::Expired
        } else if read > LINES_MAX {
            Finding::Unchecked
        } else {
            let lines = lines_of(tx, city, (row.day, &zone)).await?;
            read += lines.count;
            let same = lines.count == row.lines_count && journal::hex(&lines.digest) == row.digest;
            if same { Finding::Same } else { Finding::Differs(lines.count) }
        };
        let (day, lines, digest) = (row.day, row.lines_count, row.digest);
        checked.push(CheckedDay { day, lines, digest, finding });
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::encoded;
    use crate::tables::AccessRow;
    use kernel::Moment;
    use uuid::Uuid;

    #[test]
    fn no_two_lines_are_encoded_alike() {
        let line = |remote: &str, detail: &str| {
            encoded(&AccessRow {
                jurisdiction_id: Uuid::from_u128(1).into(),
                id: Uuid::nil(),
                at: Moment::from_micros(7),
                event: "failed".to_owned(),
                account_id: None,
                remote: remote.to_owned(),
                detail: detail.to_owned(),
            })
        };
        assert_ne!(line("ab", "c"), line("a", "bc"));
        assert_ne!(line("a", "1:b"), line("a1:b", ""));
        assert_eq!(line("a", "b"), line("a", "b"));
    }
}
