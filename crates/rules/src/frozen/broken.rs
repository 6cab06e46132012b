//! What is not as it was frozen, in words: which month, which rule set, what, what it should be.

use kernel::{Message, msg, text};

use super::Piece;
use crate::saying::{same, say};

/// One thing that is not as it was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The period.
    pub period: String,
    /// The code of the rule set, when only one is concerned.
    pub part: Option<String>,
    /// What it is.
    pub what: What,
    /// What belongs there: what the manifest says, or what scoring again gives.
    pub expected: Message,
    /// What is there.
    pub found: Message,
}

/// What is not as it was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The manifest cannot be read.
    Manifest,
    /// The period.
    Period,
    /// The place of the journal of the cut-off.
    Cut,
    /// Which rule sets there are.
    Parts,
    /// The engine that made the sheet.
    Engine,
    /// The root of the month before.
    Previous,
    /// The root.
    Root,
    /// The length of a piece.
    Size(Piece),
    /// The hash of a piece.
    Hash(Piece),
    /// A piece cannot be read.
    Unreadable(Piece),
    /// A piece has its content in another writing than the canonical one.
    Writing(Piece),
    /// The rule set has another code than the part.
    Code,
    /// The facts do not fit the rules.
    Refused,
    /// The evidence names a unit or a measure that was not scored.
    Evidence,
    /// The sheet names another period, engine or rule set.
    Head,
    /// Which units the sheet has.
    Units,
    /// A part of a unit's score, by its code.
    Score {
        /// The unit's name.
        unit: String,
        /// The code of the item, bonus, veto, adjustment or amount.
        code: String,
    },
    /// A unit's total.
    Total {
        /// The unit's name.
        unit: String,
    },
    /// A unit's place, or what else the sheet says of it.
    Place {
        /// The unit's name.
        unit: String,
    },
    /// Which consequences are proposed.
    Proposals,
    /// The bytes of the sheet, though it says the same.
    SheetBytes,
}

impl Broken {
    /// The whole in a sentence.
    pub fn message(&self) -> Message {
        let period = same(&self.period);
        let place = self.part.as_ref().map_or_else(
            || say!("{a}", "{a}", a = period),
            |part| say!("{a}办法{b}", "{a}, rule set {b}", a = period, b = same(part)),
        );
        let (what, expected, found) = (self.what.message(), &self.expected, &self.found);
        match &self.what {
            What::Manifest | What::Unreadable(_) | What::Refused => {
                say!("{a}：{b}：{c}", "{a}: {b}: {c}", a = place, b = what, c = found)
            }
            What::Score { .. }
            | What::Total { .. }
            | What::Place { .. }
            | What::Units
            | What::Head
            | What::Proposals
            | What::SheetBytes => say!(
                "{a}：{b}与存档不符：重新计分得{c}，存档是{d}",
                "{a}: {b} differs: scored again it is {c}, stored is {d}",
                a = place,
                b = what,
                c = expected,
                d = found
            ),
            What::Period
            | What::Cut
            | What::Parts
            | What::Engine
            | What::Previous
            | What::Root
            | What::Size(_)
            | What::Hash(_)
            | What::Writing(_)
            | What::Code
            | What::Evidence => say!(
                "{a}：{b}不符：应为{c}，实为{d}",
                "{a}: {b} differs: expected {c}, found {d}",
                a = place,
                b = what,
                c = expected,
                d = found
            ),
        }
    }
}

impl What {
    fn message(&self) -> Message {
        let of = |piece: &Piece| Message::from(piece.text());
        match self {
            Self::Manifest => text!("清单无法读取", "the manifest cannot be read").into(),
            Self::Period => text!("考评周期", "the period").into(),
            Self::Cut => text!("截止位置", "the place of the cut-off").into(),
            Self::Parts => text!("所含办法", "the list of rule sets").into(),
            Self::Engine => text!("计分程序版本", "the version of the engine").into(),
            Self::Previous => text!("上月总哈希", "the root of the month before").into(),
            Self::Root => text!("总哈希", "the root").into(),
            Self::Size(piece) => {
                say!("{a}的长度（字节）", "the length of the {a} in bytes", a = of(piece))
            }
            Self::Hash(piece) => say!("{a}的哈希", "the hash of the {a}", a = of(piece)),
            Self::Unreadable(piece) => say!("{a}无法读取", "the {a} cannot be read", a = of(piece)),
            Self::Writing(piece) => say!("{a}的写法", "the writing of the {a}", a = of(piece)),
            Self::Code => text!("办法编号", "the code of the rule set").into(),
            Self::Refused => text!("无法重新计分", "it cannot be scored again").into(),
            Self::Evidence => text!("依据记录所指的单位或取数", "what the evidence is of").into(),
            Self::Head => text!("得分表的抬头", "the head of the sheet").into(),
            Self::Units => text!("得分表所列单位", "the list of units").into(),
            Self::Score { unit, code } => {
                msg!("{unit}的“{code}”得分", "the points of {unit} for “{code}”")
            }
            Self::Total { unit } => msg!("{unit}的总分", "the total of {unit}"),
            Self::Place { unit } => {
                msg!("{unit}的名次或资格", "the place or eligibility of {unit}")
            }
            Self::Proposals => text!("结果运用建议", "the proposed consequences").into(),
            Self::SheetBytes => text!("得分表的字节", "the bytes of the sheet").into(),
        }
    }
}
