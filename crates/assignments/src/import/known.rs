//! What the city knows when a ledger comes in: its units, leaders, series and numbers.

use std::collections::{BTreeMap, BTreeSet};

use files::sheet::sense::plain;
use journal::{Boxed, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Role};
use people::tables::SeriesKind;
use uuid::Uuid;
use web::Choice;
use web::import::{Ground, Importer};

use crate::facts::Clocks;
use crate::import::item::Item;
use crate::import::units::Units;
use crate::store;
use crate::tables::{ProfileRow, Verifier};

/// A ledger on its way in.
pub(crate) struct Ledger {
    pub(crate) city: Id<Jurisdiction>,
    pub(crate) today: Day,
    /// The series that goes on.
    pub(crate) series: Uuid,
    pub(crate) units: Units,
    /// Posts of leaders by title and by name.
    pub(crate) leaders: BTreeMap<String, Uuid>,
    /// Batches that were taken over before, by number.
    pub(crate) batches: BTreeMap<i64, Uuid>,
    /// Numbers that were given in the program.
    pub(crate) given: BTreeSet<i64>,
    /// Items that are there already, by number.
    pub(crate) labels: BTreeSet<String>,
    /// Items of rows before.
    pub(crate) rows: BTreeSet<String>,
    /// How many items of a batch came before.
    pub(crate) counts: BTreeMap<i64, i64>,
    pub(crate) clocks: Clocks,
    /// The largest number among what was taken.
    pub(crate) last: i64,
    /// The row that was judged just now, when nothing is wrong with it.
    pub(crate) item: Option<Item>,
}

/// The series that may go on.
pub(crate) fn series<'a>(tx: &'a mut Tx, ground: &'a Ground) -> Boxed<'a, Result<Vec<Choice>>> {
    Box::pin(async move {
        let all = people::store::series(tx, ground.city).await?;
        let assign = all.into_iter().filter(|s| s.kind == SeriesKind::Assign);
        Ok(assign.map(|s| Choice::new(s.id, s.name)).collect())
    })
}

/// Begins to judge.
pub(crate) fn open<'a>(tx: &'a mut Tx, ground: &'a Ground) -> Boxed<'a, Result<Box<dyn Importer>>> {
    Box::pin(async move {
        let (city, today) = (ground.city, ground.today);
        let answer = ground.answer.as_deref().and_then(|a| a.parse().ok());
        let series: Uuid = answer.ok_or_else(journal::Error::missing)?;
        let units = Units::of(people::store::units(tx, city, today).await?);
        let mut leaders = BTreeMap::new();
        for post in people::store::post_titles(tx, city, today).await? {
            if post.role == Role::Leader {
                let name = post.name.as_deref().unwrap_or_default();
                for key in [post.title.as_str(), name, &format!("{name}{}", post.title)] {
                    leaders.insert(plain(key), post.id);
                }
            }
        }
        leaders.remove("");
        let sittings = people::store::sittings(tx, city, series).await?;
        let mut given: BTreeSet<i64> = sittings.into_iter().filter_map(|s| s.number).collect();
        let mut batches = BTreeMap::new();
        for (number, id, sitting) in store::ledger::numbered(tx, city).await? {
            if sitting.is_some() {
                given.insert(number);
            } else {
                batches.insert(number, id);
            }
        }
        let labels = store::ledger::labels(tx, city).await?;
        let profiles = store::profile::profiles(tx, city).await?;
        let bureau = profiles.iter().find(|p| p.code == Verifier::Bureau.word());
        let ledger = Ledger {
            city,
            today,
            series,
            units,
            leaders,
            batches,
            given,
            labels: labels.iter().map(|label| plain(label)).collect(),
            rows: BTreeSet::new(),
            counts: BTreeMap::new(),
            clocks: bureau.map_or_else(Clocks::default, ProfileRow::clocks),
            last: 0,
            item: None,
        };
        Ok(Box::new(ledger) as Box<dyn Importer>)
    })
}
