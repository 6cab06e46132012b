//! Questions 存疑 about the records of a month: never a deduction, never in the circular. A person
//! looks at each and says what came of it; a unit sees its own once it is asked.
//!
//! They are worked out from what the journal knew at the cut-off, so that the same review always
//! asks the same, each kind in a file of its own. What is read is bounded, and it is said when
//! something was left out.

mod ahead;
mod alike;
mod chance;
pub(crate) mod kept;
mod min_hash;
mod reused;
mod rework;
pub(crate) mod rows;
mod short_days;
mod stripped;
mod surge;
mod threshold;
pub(crate) mod words;

use std::collections::BTreeMap;

use journal::{Error, Result, Tx, history};
use kernel::Message;
use measures::Call;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::computed::{Part, Parts};
use crate::scoring;
use crate::store::doubts::{self as store, Handed, Item, LOOKED_MAX, Quantity, Report, Turn};
use crate::tables::ReviewRow;
use rows::DoubtKind;

/// How far back the pool reaches in which reports and files are compared, in days before the period.
const POOL_DAYS: i64 = 62;
/// Questions of a kind at most.
const OF_KIND_MAX: usize = 200;
/// Records that a question names at most.
const RECORDS_MAX: usize = 20;
/// What a question rests on when it is about a unit's records as a whole.
const WHOLE: &str = "all";

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Doubt {
    /// What makes one ask.
    pub(crate) kind: DoubtKind,
    /// The unit that it is about.
    pub(crate) unit: Uuid,
    /// What it rests on.
    pub(crate) evidence: String,
    /// The question in Chinese.
    pub(crate) zh: String,
    /// The question in English.
    pub(crate) en: String,
    /// The items behind it, the first of them.
    pub(crate) records: Vec<Seen>,
    /// How many there are in all.
    pub(crate) record_count: usize,
    /// The call of the measure, when it is about a figure.
    pub(crate) figure: Option<String>,
}

/// An item behind a question, with the unit whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) unit: Uuid,
    pub(crate) item: Uuid,
}

/// All that a month makes one ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) doubts: Vec<Doubt>,
    /// How many items, reports and files were looked at.
    pub(crate) items: usize,
    pub(crate) reports: usize,
    pub(crate) files: usize,
    /// Whether there were more of them, or more questions of a kind, than the limit.
    pub(crate) is_cut: bool,
}

impl Doubt {
    fn new(
        (kind, unit): (DoubtKind, Uuid),
        evidence: impl Into<String>,
        said: Message,
        mut records: Vec<Seen>,
    ) -> Self {
        let record_count = records.len();
        records.truncate(RECORDS_MAX);
        let (zh, en) = (said.zh, said.en);
        Self { kind, unit, evidence: evidence.into(), zh, en, records, record_count, figure: None }
    }

    /// The value by which a form names it.
    pub(crate) fn named(&self) -> String {
        named(self.kind, self.unit, &self.evidence)
    }
}

/// The value by which a form names a question.
pub(crate) fn named(kind: DoubtKind, unit: Uuid, evidence: &str) -> String {
    format!("{}|{unit}|{evidence}", kind.word())
}

/// What questions are asked of.
pub(crate) struct Material {
    call: Call,
    items: Vec<Item>,
    turns: Vec<Turn>,
    reports: Vec<Report>,
    files: Vec<Handed>,
    quantities: Vec<Quantity>,
    /// The peer group of each unit.
    groups: BTreeMap<Uuid, Uuid>,
    zone: jiff::tz::TimeZone,
}

impl Material {
    /// Reads what the journal knew at the cut-off.
    pub(crate) async fn read(
        tx: &mut Tx,
        review: &ReviewRow,
        zone: &jiff::tz::TimeZone,
    ) -> Result<Self> {
        let call = scoring::question(tx, review, zone).await?;
        let since = call.from.plus(-POOL_DAYS);
        // A cut-off may lie after the period: what counted until then is looked at as well.
        let known = history::moment(tx, call.city, call.cut_seq).await?.unwrap_or(call.end);
        let groups = people::store::grouping(tx, call.city, call.to).await?;
        Ok(Self {
            items: store::items(tx, &call).await?,
            turns: store::turns(tx, &call).await?,
            reports: store::reports(tx, &call, (since, known)).await?,
            files: store::files(tx, &call, (since, known)).await?,
            quantities: store::quantities(tx, &call, known).await?,
            groups: groups.into_iter().collect(),
            zone: zone.clone(),
            call,
        })
    }

    /// Asks; on a thread of its own, for comparing reports takes a while.
    pub(crate) async fn ask(self, parts: Parts) -> Result<Found> {
        tokio::task::spawn_blocking(move || self.asked(&parts)).await.map_err(Error::fault)
    }

    fn asked(&self, parts: &[Part]) -> Found {
        let limit = usize::try_from(LOOKED_MAX).unwrap_or(usize::MAX);
        let mut is_cut = self.items.len() >= limit
            || self.turns.len() >= limit
            || self.reports.len() >= limit
            || self.files.len() >= limit
            || self.quantities.len() >= limit;
        let by_kind = [
            surge::ask(self),
            rework::ask(self),
            alike::ask(self),
            reused::ask(self),
            threshold::ask(self, parts),
            short_days::ask(self),
            ahead::ask(self),
        ];
        let mut doubts = Vec::new();
        for mut of_kind in by_kind {
            is_cut |= of_kind.len() > OF_KIND_MAX;
            of_kind.truncate(OF_KIND_MAX);
            doubts.append(&mut of_kind);
        }
        let (items, reports) = (self.items.len(), self.reports.len());
        Found { doubts, items, reports, files: self.files.len(), is_cut }
    }

    /// The items of each unit that pass, by unit.
    fn by_unit(&self, passes: impl Fn(&Item) -> bool) -> BTreeMap<Uuid, Vec<&Item>> {
        let mut found: BTreeMap<Uuid, Vec<&Item>> = BTreeMap::new();
        for item in self.items.iter().filter(|item| passes(item)) {
            found.entry(item.unit).or_default().push(item);
        }
        found
    }
}

/// Items as evidence.
fn seen<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<Seen> {
    items.into_iter().map(|item| Seen { unit: item.unit, item: item.id }).collect()
}

/// A share in whole percent, rounded down.
fn percent(share: chance::Share) -> i64 {
    (share.hits * 100).checked_div(share.all).unwrap_or(0)
}
