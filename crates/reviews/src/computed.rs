//! What a computing kept: rules, facts, adjustments, evidence and scores, read back from its file.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use journal::{Db, Error, Result, Tx, unhex};
use rules::engine::Scoring;
use rules::engine::sheet::{Sheet, UnitScore};
use rules::explain::Explanation;
use rules::facts::{Adjustment, Facts, UnitFacts};
use rules::frozen::evidence::Evidence;
use rules::frozen::{Frozen, FrozenPart, bundle};
use rules::rule_set::RuleSet;

use crate::tables::ComputationRow;

/// One rule set of a computing, ready to be read.
pub(crate) struct Part {
    pub(crate) rule: RuleSet,
    pub(crate) facts: Facts,
    pub(crate) adjustments: Vec<Adjustment>,
    pub(crate) sheet: Sheet,
}

/// The bytes of a computing's file.
pub(crate) async fn bytes(db: &Db, row: &ComputationRow) -> Result<Vec<u8>> {
    files::read(db, row.jurisdiction_id, &unhex(&row.hash)?).await
}

/// The parts of a computing, in the order of their rule sets' codes.
pub(crate) type Parts = Arc<[Part]>;

/// Bytes of files whose parts are kept in memory; in memory they take some fifteen times as much.
const KEPT_BYTES_MAX: i64 = 1 << 20;

/// What was read last, by the hash of its file, which never changes: people look at the same month,
/// and reading three thousand units takes longer than explaining one.
static KEPT: Mutex<VecDeque<Kept>> = Mutex::new(VecDeque::new());

struct Kept {
    hash: String,
    size: i64,
    parts: Parts,
}

fn kept() -> MutexGuard<'static, VecDeque<Kept>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn known(row: &ComputationRow) -> Option<Parts> {
    kept().iter().find(|kept| kept.hash == row.hash).map(|kept| Arc::clone(&kept.parts))
}

/// Keeps the newest whatever its size, and as many before it as there is room for.
fn keep(row: &ComputationRow, parts: &Parts) {
    let mut kept = kept();
    kept.retain(|one| one.hash != row.hash);
    kept.push_front(Kept { hash: row.hash.clone(), size: row.size, parts: Arc::clone(parts) });
    while kept.len() > 1 && kept.iter().map(|one| one.size).sum::<i64>() > KEPT_BYTES_MAX {
        kept.pop_back();
    }
}

/// The parts of a computing, read on a connection that is open already.
pub(crate) async fn parts_on(tx: &mut Tx, db: &Db, row: &ComputationRow) -> Result<Parts> {
    if let Some(parts) = known(row) {
        return Ok(parts);
    }
    let (city, hash) = (row.jurisdiction_id, unhex(&row.hash)?);
    read(&files::read_on(tx, db.place(), city, &hash).await?, row)
}

/// The places of the journal behind a figure of a unit, as a computing kept them.
pub(crate) async fn places(
    db: &Db,
    row: &ComputationRow,
    (unit, call): (&str, &str),
) -> Result<Vec<i64>> {
    let mut places = Vec::new();
    for part in unpacked(&bytes(db, row).await?, row)?.parts {
        let evidence = Evidence::decode(&part.evidence)
            .map_err(|told| Error::fault(format!("the file {}: {}", row.hash, told.en)))?;
        places.extend(evidence.places(unit, call));
    }
    Ok(places)
}

fn unpacked(bytes: &[u8], row: &ComputationRow) -> Result<Frozen> {
    let bundle = bundle::read(bytes)
        .map_err(|told| Error::fault(format!("the file {}: {}", row.hash, told.en)))?;
    Ok(bundle.frozen)
}

fn read(bytes: &[u8], row: &ComputationRow) -> Result<Parts> {
    let parts = unpacked(bytes, row)?.parts.into_iter().map(Part::read);
    let parts: Parts = parts.collect::<Result<Vec<_>>>()?.into();
    keep(row, &parts);
    Ok(parts)
}

/// The parts of a computing.
pub(crate) async fn parts(db: &Db, row: &ComputationRow) -> Result<Parts> {
    if let Some(parts) = known(row) {
        return Ok(parts);
    }
    read(&bytes(db, row).await?, row)
}

impl Part {
    fn read(part: FrozenPart) -> Result<Self> {
        Ok(Self {
            rule: crate::scoring::read(&part.rule)?,
            facts: serde_json::from_str(&part.facts)?,
            adjustments: serde_json::from_str(&part.adjustments)?,
            sheet: serde_json::from_str(&part.sheet)?,
        })
    }

    /// The figures of a unit.
    pub(crate) fn unit(&self, unit: &str) -> Option<&UnitFacts> {
        self.facts.units.iter().find(|u| u.unit == unit)
    }

    /// What a unit came to.
    pub(crate) fn score(&self, unit: &str) -> Option<&UnitScore> {
        self.sheet.unit(unit)
    }

    /// The scoring that made it, to explain units by.
    pub(crate) fn scoring(&self) -> Result<Scoring<'_>> {
        Scoring::new(&self.rule, &self.facts, &self.adjustments)
            .map_err(|told| Error::fault(format!("stored facts do not fit: {told:?}")))
    }

    /// Why a unit has its score.
    pub(crate) fn explain(&self, unit: &str) -> Result<Option<Explanation>> {
        let Some(score) = self.score(unit) else { return Ok(None) };
        // Three thousand units take longer to be put in place than one to be explained.
        let (facts, adjustments) = self.facts.of_group(&self.adjustments, &score.group);
        let scoring = Scoring::new(&self.rule, &facts, &adjustments)
            .map_err(|told| Error::fault(format!("stored facts do not fit: {told:?}")))?;
        Ok(scoring.explain(score))
    }

    /// The name of a unit in its facts.
    pub(crate) fn name<'a>(&'a self, unit: &'a str) -> &'a str {
        self.unit(unit).map_or(unit, |u| u.name.as_str())
    }
}

/// The part in which a unit is scored.
pub(crate) fn of_unit<'a>(parts: &'a [Part], unit: &str) -> Option<&'a Part> {
    parts.iter().find(|part| part.unit(unit).is_some())
}
