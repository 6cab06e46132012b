//! Replay 重演: what a frozen month says is made again in two ways. The engine scores the frozen
//! figures and must give the frozen sheet byte for byte; the measures read the journal as known at
//! the cut-off and must give the frozen figures and the evidence behind them byte for byte.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use journal::{Db, Error, Result, Tx};
use kernel::{Id, Jurisdiction, Message, Refusal, msg, text};
use measures::{ReviewMonth, Supply};
use rules::facts::{Facts, UnitFacts};
use rules::frozen::{FrozenPart, bundle};

use crate::library::Library;
use crate::scoring::{self, Peers};
use crate::supplied::{Depth, Supplied};
use crate::tables::{FreezeRow, ReviewRow};
use crate::{computed, store};

/// What a replay found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The month.
    pub month: ReviewMonth,
    /// Which freeze was replayed, and how often the month was frozen.
    pub freeze: (i64, i64),
    /// The root of that freeze.
    pub root: String,
    /// How many units were scored.
    pub units: usize,
    /// How many figures were made again from the journal.
    pub figures: usize,
    /// What the engine does not give again.
    pub engine: Vec<Message>,
    /// What the journal does not give again.
    pub measures: Vec<Message>,
}

impl Report {
    /// Whether everything came out as it was frozen.
    pub fn is_same(&self) -> bool {
        self.engine.is_empty() && self.measures.is_empty()
    }
}

/// A month, and which of its freezes: the newest unless one is named.
pub type Asked = (ReviewMonth, Option<i64>);

/// A freeze of a month with its file.
async fn frozen(
    db: &Db,
    city: Id<Jurisdiction>,
    (month, n): Asked,
) -> Result<(ReviewRow, FreezeRow, Vec<u8>)> {
    let mut tx = db.read().await?;
    let review = store::review::of_month(&mut tx, city, month).await?;
    let told =
        || Refusal::Rule(msg!("{month} 没有封存的月讲评。", "No review of {month} was frozen."));
    let review = review.ok_or_else(told)?;
    let mut freezes = store::review::freezes(&mut tx, &review).await?;
    let newest = freezes.last().ok_or_else(told)?.n;
    let place = freezes.iter().position(|freeze| freeze.n == n.unwrap_or(newest));
    let unknown = || {
        let n = n.unwrap_or(newest);
        Refusal::Rule(msg!(
            "{month} 封存过 {newest} 次，没有第 {n} 次。",
            "{month} was frozen {newest} times; there is no freeze {n}."
        ))
    };
    let freeze = freezes.swap_remove(place.ok_or_else(unknown)?);
    let row = store::review::computation(&mut tx, &review, freeze.computation).await?;
    drop(tx);
    let bytes = computed::bytes(db, &row.ok_or_else(told)?).await?;
    Ok((review, freeze, bytes))
}

/// The file of a freeze: everything that is needed to check it elsewhere.
pub async fn file(db: &Db, city: Id<Jurisdiction>, asked: Asked) -> Result<Vec<u8>> {
    Ok(frozen(db, city, asked).await?.2)
}

/// Makes a frozen month again.
pub async fn replay(
    db: &Db,
    (city, zone): (Id<Jurisdiction>, &TimeZone),
    asked: Asked,
    supplies: &[Supply],
) -> Result<Report> {
    let (review, freeze, bytes) = frozen(db, city, asked).await?;
    let mut report = Report {
        month: review.month,
        freeze: (freeze.n, review.freezes),
        root: freeze.root,
        units: 0,
        figures: 0,
        engine: Vec::new(),
        measures: Vec::new(),
    };
    let bundle = match bundle::read(&bytes) {
        Ok(bundle) => bundle,
        Err(told) => {
            report.engine.push(told);
            return Ok(report);
        }
    };
    report.engine.extend(bundle.check().iter().map(rules::frozen::broken::Broken::message));
    if bundle.frozen.root().to_string() != report.root {
        let found = bundle.frozen.root().to_string();
        let root = &report.root;
        report.engine.push(msg!(
            "文件的校验值是 {found}，日志记的是 {root}",
            "the file's root is {found}, the journal says {root}"
        ));
    }
    let mut tx = db.read().await?;
    chained(&mut tx, &review, &bundle.frozen, &mut report).await?;
    let settled = store::review::measures(&mut tx, &review).await?;
    let library = Library::settled(supplies, &settled);
    let call = scoring::question(&mut tx, &review, zone).await?;
    let peers = Peers::of_review(&mut tx, &review, &call).await?;
    let parts = &bundle.frozen.parts;
    let rules = parts.iter().map(|part| scoring::read(&part.rule)).collect::<Result<Vec<_>>>()?;
    let asked = (&library, &*rules, Depth::Places);
    let supplied = Supplied::read(&mut tx, &call, asked, |_, _| {}).await?;
    for (part, rule) in parts.iter().zip(&rules) {
        let (facts, evidence) = supplied.of(&call, rule, &peers);
        compare(part, (facts, evidence.encode()), &mut report)?;
    }
    Ok(report)
}

/// The month holds a root that the month before it once had.
async fn chained(
    tx: &mut Tx,
    review: &ReviewRow,
    frozen: &rules::frozen::Frozen,
    report: &mut Report,
) -> Result<()> {
    let roots = store::review::roots_before(tx, review.jurisdiction_id, review.month).await?;
    let previous = frozen.previous.map(|root| root.to_string());
    let is_chained = match &previous {
        Some(previous) => roots.contains(previous),
        None => roots.is_empty(),
    };
    if !is_chained {
        report.engine.push(
            text!(
                "与上月的校验值连不上：日志中没有它所记的上月校验值",
                "it is not chained to the month before: the journal has no such root"
            )
            .into(),
        );
    }
    Ok(())
}

/// The figures and places of a part against those made again.
fn compare(
    part: &FrozenPart,
    (mut again, evidence): (Facts, Vec<u8>),
    report: &mut Report,
) -> Result<()> {
    let frozen: Facts = serde_json::from_str(&part.facts)?;
    // A unit may have another name by now; what it was called then is not a figure.
    let names: BTreeMap<&str, &str> =
        frozen.units.iter().map(|u| (u.unit.as_str(), u.name.as_str())).collect();
    for unit in &mut again.units {
        if let Some(name) = names.get(unit.unit.as_str()) {
            (*name).clone_into(&mut unit.name);
        }
    }
    report.units += frozen.units.len();
    report.figures += frozen.units.iter().map(|u| u.facts.len()).sum::<usize>();
    if again.canonical() != part.facts {
        report.measures.extend(differences(&frozen, &again));
    }
    if evidence != part.evidence {
        let code = &part.code;
        report.measures.push(msg!(
            "{code}：依据的记录与封存时不同",
            "{code}: other records stand behind the figures than when it was frozen"
        ));
    }
    Ok(())
}

/// Every figure that is another one now.
fn differences(frozen: &Facts, again: &Facts) -> Vec<Message> {
    let by_unit = |facts: &Facts| -> BTreeMap<String, UnitFacts> {
        facts.units.iter().map(|u| (u.unit.clone(), u.clone())).collect()
    };
    let (was, is) = (by_unit(frozen), by_unit(again));
    let mut told = Vec::new();
    for (id, unit) in &was {
        let name = &unit.name;
        let Some(now) = is.get(id) else {
            told.push(msg!("{name}：现在不在考评组别中", "{name}: in no group of the rules now"));
            continue;
        };
        for (call, fact) in &unit.facts {
            if now.facts.get(call) == Some(fact) {
                continue;
            }
            let was = serde_json::to_string(fact).unwrap_or_default();
            let is = now.facts.get(call).map_or_else(
                || "—".to_owned(),
                |fact| serde_json::to_string(fact).unwrap_or_default(),
            );
            told.push(msg!(
                "{name} {call}：封存时 {was}，重新取数 {is}",
                "{name} {call}: frozen {was}, made again {is}"
            ));
        }
    }
    for (id, unit) in &is {
        if !was.contains_key(id) {
            let name = &unit.name;
            told.push(msg!("{name}：封存时不在考评组别中", "{name}: in no group when frozen"));
        }
    }
    if told.is_empty() {
        told.push(text!("写法不同", "written in another way").into());
    }
    told
}

/// Checks a file of a frozen month with nothing else: what is not as it should be.
pub fn check(bytes: &[u8]) -> Result<(bundle::Bundle, Vec<Message>)> {
    let bundle = bundle::read(bytes).map_err(|told| Error::from(Refusal::Rule(told)))?;
    let broken = bundle.check().iter().map(rules::frozen::broken::Broken::message).collect();
    Ok((bundle, broken))
}
