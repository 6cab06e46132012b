//! The sheet: what a scoring comes to, in bytes that are the same for ever.

use kernel::Message;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::decimal;
use crate::unscorable::{Inapplicable, Unscorable};

/// A sentence in both languages inside an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    /// The sentence in one language.
    pub fn of(&self, lang: kernel::Lang) -> &str {
        match lang {
            kernel::Lang::Zh => &self.zh,
            kernel::Lang::En => &self.en,
        }
    }
}

impl From<Message> for Said {
    fn from(message: Message) -> Self {
        Self { en: crate::saying::singular(message.en), zh: message.zh }
    }
}

impl From<Said> for Message {
    fn from(said: Said) -> Self {
        Self { zh: said.zh, en: said.en }
    }
}

/// The scores of all units by one rule set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The version of the engine's meaning; it changes when any score could.
    pub engine: String,
    /// The period.
    pub period: String,
    /// SHA-256 of the rule set.
    pub rule: String,
    /// The units by identifier.
    pub units: Vec<UnitScore>,
    /// What is proposed to who decides, in the order of the rules.
    pub proposals: Vec<Proposal>,
}

/// The score of one unit; its parts add up to its total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitScore {
    /// The unit's identifier.
    pub unit: String,
    /// Its group.
    pub group: String,
    /// Its total in points; none while a part cannot be scored.
    #[serde(with = "decimal::optional_text")]
    pub total: Option<Decimal>,
    /// Its place in the group, or why it has none.
    pub standing: Standing,
    /// The parts in the order of the rules.
    pub parts: Vec<Part>,
    /// Amounts of money, apart from the total.
    pub amounts: Vec<Part>,
    /// The amounts together; none while one cannot be computed or there is none.
    #[serde(with = "decimal::optional_text")]
    pub net_amount: Option<Decimal>,
    /// Vetoes that took its eligibility for awards, by code.
    pub barred_by: Vec<String>,
    /// Objections and re-examinations that changed it, by reference.
    pub adjusted_by: Vec<String>,
}

/// A place, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Ranked.
    Ranked {
        /// The rank; a half where ties get the mean of their ranks.
        #[serde(with = "decimal::text")]
        rank: Decimal,
        /// How many units of the group are ranked.
        of: usize,
        /// How many units share the rank.
        shared_by: usize,
    },
    /// Too few tasks 任务不足: neither full marks nor last.
    TooFewTasks,
    /// A part cannot be scored.
    Unscorable,
    /// No item applies to the unit.
    NothingApplies,
}

/// One part of a total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The item's code; of other parts what they are.
    pub code: String,
    /// What kind of part it is.
    pub kind: PartKind,
    /// What it comes to.
    pub outcome: Outcome,
    /// Whether a figure behind it is contested; not written when it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_disputed: bool,
}

/// What kind of part it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// An item of a dimension.
    Item,
    /// What items that do not apply are worth 缺项.
    Absent,
    /// A bonus.
    Bonus,
    /// What the limit of all bonuses takes.
    BonusLimit,
    /// What a veto takes.
    Veto,
    /// Points of an adjustment.
    Adjustment,
    /// An amount of money.
    Amount,
    /// That nobody knows whether the unit has enough tasks for a rank.
    TaskCount,
}

/// What a part comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Points, rounded as the rules say.
    Points(#[serde(with = "decimal::text")] Decimal),
    /// It does not apply, and why.
    NotApplicable(Inapplicable),
    /// It cannot be scored, and why.
    Unscorable(Unscorable),
}

/// A consequence that rank and eligibility call for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The consequence's code.
    pub consequence: String,
    /// The unit.
    pub unit: String,
    /// Its group.
    pub group: String,
    /// What cannot be decided for want of a figure; nothing when it is clear.
    pub open: Option<Unscorable>,
    /// How its level was lowered 降档; not written when it was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lowered: Vec<Lowered>,
}

/// An award that was lowered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lowered {
    /// The consequence that rank and eligibility called for.
    pub from: String,
    /// The code of the 降档.
    pub by: String,
    /// Its grounds that hold, counted from 1.
    pub grounds: Vec<usize>,
}

impl Part {
    /// The points, if there are any.
    pub const fn points(&self) -> Option<Decimal> {
        match &self.outcome {
            Outcome::Points(points) => Some(*points),
            Outcome::NotApplicable(_) | Outcome::Unscorable(_) => None,
        }
    }
}

impl UnitScore {
    /// The part of an item.
    pub fn part(&self, code: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.code == code)
    }

    /// The rank, if there is one.
    pub const fn rank(&self) -> Option<Decimal> {
        match &self.standing {
            Standing::Ranked { rank, .. } => Some(*rank),
            Standing::TooFewTasks | Standing::Unscorable | Standing::NothingApplies => None,
        }
    }
}

impl Sheet {
    /// The canonical bytes of the sheet.
    pub fn canonical(&self) -> String {
        // Structs of texts, numbers and enums of ours always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The score of a unit.
    pub fn unit(&self, unit: &str) -> Option<&UnitScore> {
        let found = self.units.binary_search_by(|score| score.unit.as_str().cmp(unit)).ok()?;
        self.units.get(found)
    }
}
