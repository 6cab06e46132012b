//! Why an item cannot be scored or does not apply: a state of its own, never nought points.
//!
//! Sheets hold these codes with what belongs to them, never sentences: a word that is mended must not
//! change a byte of what was published. Codes are worded when they are shown.

use kernel::{Message, Text, msg, text};
use serde::{Deserialize, Serialize};

use crate::facts::Reason;

/// Why no points could be computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unscorable {
    /// A result does not fit into 128 bits.
    Overflow,
    /// Something was to be divided by zero.
    DivisionByZero,
    /// The square root of a negative number.
    NegativeRoot,
    /// There is no fact for this input.
    NoFact {
        /// The input's name in the rule.
        input: String,
    },
    /// The fact is missing, and why.
    Missing {
        /// The input's name in the rule.
        input: String,
        /// What the source says.
        reason: Reason,
    },
    /// The number of the fact is longer than numbers may be.
    OutOfBounds {
        /// The input's name in the rule.
        input: String,
    },
    /// A target that must be above zero is not.
    TargetNotPositive,
    /// Two bounds that must differ are equal.
    BoundsEqual,
    /// A count, a rank or votes that are not a whole number from zero on.
    NotACount {
        /// The input's name in the rule.
        input: String,
    },
    /// Nobody cast a valid vote.
    NoVotes,
    /// More votes were cast than are valid.
    MoreVotesThanValid,
    /// A number of events that is below zero.
    Negative {
        /// The input's name in the rule.
        input: String,
    },
    /// No unit of the group can be compared with.
    NoPeers,
    /// The group has no parameter of this name.
    NoParameter {
        /// The parameter's name.
        name: String,
    },
    /// The rank has no place in the declared list.
    NoPlace {
        /// The rank, 1 being the first.
        rank: usize,
    },
    /// The units of a group do not have one and the same pool.
    PoolDiffers {
        /// The input's name in the rule.
        input: String,
    },
    /// A pool has not as many shares as there are units to share it.
    ShareCount {
        /// Units that are ranked.
        units: usize,
        /// Shares that are declared.
        shares: usize,
    },
    /// An item that this one needs could not be scored.
    Item {
        /// The item's code.
        code: String,
    },
}

/// Why an item does not apply to a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inapplicable {
    /// The item is not for the unit's group.
    Group,
    /// Nothing was due.
    Source {
        /// What the source says.
        reason: Reason,
    },
    /// What must hold before it counts does not hold.
    Gate,
    /// A unit with too few tasks shares nothing with those that are compared.
    TooFewTasks,
    /// There is no figure, which the rules treat as an item that does not apply.
    NoFigure(Unscorable),
}

impl Inapplicable {
    /// The reason as a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Group => text!("不适用于本组", "does not apply to the group").into(),
            Self::Source { reason } => Message { zh: reason.zh.clone(), en: reason.en.clone() },
            Self::Gate => text!("前提不具备", "the gate is shut").into(),
            Self::TooFewTasks => text!("任务不足", "too few tasks").into(),
            Self::NoFigure(why) => why.message(),
        }
    }
}

impl Unscorable {
    /// The reason as a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Overflow => OVERFLOW.into(),
            Self::DivisionByZero => ZERO.into(),
            Self::NegativeRoot => ROOT.into(),
            Self::TargetNotPositive => TARGET.into(),
            Self::BoundsEqual => EQUAL.into(),
            Self::NoVotes => VOTES.into(),
            Self::MoreVotesThanValid => MORE_VOTES.into(),
            Self::Negative { input } => {
                msg!("“{input}”不能小于0", "“{input}” may not be negative")
            }
            Self::NoPeers => PEERS.into(),
            Self::NoFact { input } => {
                msg!("没有“{input}”的数据", "there is no figure for “{input}”")
            }
            Self::Missing { input, reason } => Message {
                zh: format!("“{input}”缺数据：{}", reason.zh),
                en: format!("the figure for “{input}” is missing: {}", reason.en),
            },
            Self::OutOfBounds { input } => {
                msg!("“{input}”的位数太多", "the figure for “{input}” has too many digits")
            }
            Self::NotACount { input } => msg!(
                "“{input}”应是不小于0的整数",
                "“{input}” must be a whole number that is not negative"
            ),
            Self::NoParameter { name } => {
                msg!("本组没有参数“{name}”", "the group has no parameter “{name}”")
            }
            Self::NoPlace { rank } => {
                msg!("第{rank}名没有对应的份额", "no share is declared for rank {rank}")
            }
            Self::PoolDiffers { input } => {
                msg!("组内各单位的“{input}”不一致", "the units of the group differ in “{input}”")
            }
            Self::ShareCount { units, shares } => msg!(
                "参与分配的单位有{units}个，份额有{shares}个，应当相等",
                "{units} units are to share a pool of {shares} shares; the numbers must be equal"
            ),
            Self::Item { code } => {
                msg!("项目{code}无法计分", "item {code} cannot be scored")
            }
        }
    }
}

const OVERFLOW: Text = text!("数值溢出", "a number became too large");
const ZERO: Text = text!("除数为零", "something was to be divided by zero");
const ROOT: Text = text!("负数不能开平方", "a negative number has no square root");
const TARGET: Text =
    text!("目标不是正数，完成比没有意义", "the target is not above zero, so a ratio says nothing");
const EQUAL: Text = text!("两个界限相等", "two bounds are equal");
const VOTES: Text = text!("没有有效票", "there is no valid vote");
const PEERS: Text = text!("组内没有可比的单位", "no unit of the group can be compared with");
const MORE_VOTES: Text = text!("各等次得票之和超过有效票", "more votes were cast than are valid");
