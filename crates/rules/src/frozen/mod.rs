//! A frozen month 定稿: everything that a review rests on, in bytes, with one hash over all of it.
//!
//! A review may cover several rule sets (counties, departments); each is a part with five pieces:
//! rule, facts, adjustments, evidence, sheet. The root names them all, the period, the place of the
//! journal at which the review was cut off, and the root of the month before: the months are a chain.
//! What was published is the sheet that is stored; [`Frozen::check`] scores it again and tells any
//! difference. [`bundle`] carries a month to a machine that has nothing else.

pub mod broken;
pub mod bundle;
mod check;
pub mod evidence;
mod manifest;
pub mod opened;
mod sheets;

use std::fmt::Write as _;

use kernel::{Message, msg, text};
use sha2::{Digest as _, Sha256};

use crate::engine::sheet::Sheet;
use crate::engine::{Refused, Scoring};
use crate::facts::{Adjustment, Facts};
use crate::rule_set::RuleSet;
use evidence::Evidence;

/// What the bytes under a root mean; another layout gets another name.
pub(crate) const FORM: &str = "duban review v1";
/// The algorithm of every hash; its name stands in the manifest.
pub(crate) const ALGORITHM: &str = "SHA-256";
/// Rule sets that one review may cover.
pub const PARTS_MAX: usize = 20;

/// A hash of 32 bytes: of a month its root, of a piece its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Root(pub [u8; 32]);

/// One rule set of a review with everything that was scored by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenPart {
    /// The rule set's code.
    pub code: String,
    /// The rule set, canonical.
    pub rule: String,
    /// The facts, canonical.
    pub facts: String,
    /// The adjustments, canonical.
    pub adjustments: String,
    /// The records behind each figure, as [`Evidence::encode`] writes them.
    pub evidence: Vec<u8>,
    /// The sheet, canonical.
    pub sheet: String,
}

/// A month that was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The period, `2021-10`.
    pub period: String,
    /// The place of the journal up to which records count.
    pub cut_seq: i64,
    /// The parts, ordered by the code of their rule set.
    pub parts: Vec<FrozenPart>,
    /// The root of the month before; none for the first.
    pub previous: Option<Root>,
}

/// A piece of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// 办法.
    Rule,
    /// 数据.
    Facts,
    /// 调整.
    Adjustments,
    /// 依据的记录.
    Evidence,
    /// 得分表.
    Sheet,
}

impl Piece {
    /// All of them, in the order of the root.
    pub const ALL: [Self; 5] =
        [Self::Rule, Self::Facts, Self::Adjustments, Self::Evidence, Self::Sheet];

    /// Its file in a bundle.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Rule => "rule.json",
            Self::Facts => "facts.json",
            Self::Adjustments => "adjustments.json",
            Self::Evidence => "evidence.bin",
            Self::Sheet => "sheet.json",
        }
    }

    /// What people call it.
    pub const fn text(self) -> kernel::Text {
        match self {
            Self::Rule => text!("办法", "rules"),
            Self::Facts => text!("数据", "facts"),
            Self::Adjustments => text!("调整", "adjustments"),
            Self::Evidence => text!("依据记录", "evidence"),
            Self::Sheet => text!("得分表", "sheet"),
        }
    }
}

impl FrozenPart {
    /// Scores a rule set and keeps what it rests on, beside the sheet; refused when the facts do not
    /// fit the rules.
    pub fn score(
        rule: &RuleSet,
        facts: &Facts,
        adjustments: &[Adjustment],
        evidence: &Evidence,
    ) -> Result<(Sheet, Self), Refused> {
        let sheet = Scoring::new(rule, facts, adjustments)?.sheet();
        let part = Self {
            code: rule.code.0.clone(),
            rule: rule.canonical(),
            facts: facts.canonical(),
            adjustments: Adjustment::canonical(adjustments),
            evidence: evidence.encode(),
            sheet: sheet.canonical(),
        };
        Ok((sheet, part))
    }

    /// The bytes of a piece.
    pub fn bytes(&self, piece: Piece) -> &[u8] {
        match piece {
            Piece::Rule => self.rule.as_bytes(),
            Piece::Facts => self.facts.as_bytes(),
            Piece::Adjustments => self.adjustments.as_bytes(),
            Piece::Evidence => &self.evidence,
            Piece::Sheet => self.sheet.as_bytes(),
        }
    }

    /// The hash of a piece, as `sha256sum` prints it.
    pub fn hash(&self, piece: Piece) -> Root {
        Root(Sha256::digest(self.bytes(piece)).into())
    }
}

impl Frozen {
    /// Puts a month together: its parts by code, whatever order they come in. Refused when there is
    /// no part, more than [`PARTS_MAX`], or two of one rule set.
    pub fn new(
        period: String,
        cut_seq: i64,
        mut parts: Vec<FrozenPart>,
        previous: Option<Root>,
    ) -> Result<Self, Message> {
        parts.sort_by(|a, b| a.code.cmp(&b.code));
        if parts.is_empty() {
            return Err(msg!(
                "{period}没有可定稿的办法：至少要有一份",
                "{period} has no rule set to freeze; at least one is needed"
            ));
        }
        let count = parts.len();
        if count > PARTS_MAX {
            return Err(msg!(
                "{period}有{count}份办法，最多{PARTS_MAX}份",
                "{period} has {count} rule sets, {PARTS_MAX} at most"
            ));
        }
        let same = parts.windows(2).find(|pair| matches!(pair, [a, b] if a.code == b.code));
        if let Some([first, ..]) = same {
            let code = &first.code;
            return Err(msg!(
                "{period}的办法“{code}”出现两次，请只保留一份",
                "the rule set “{code}” stands twice in {period}; keep one"
            ));
        }
        Ok(Self { period, cut_seq, parts, previous })
    }

    /// The hash over everything; it is printed on what is published, and the next month holds it.
    pub fn root(&self) -> Root {
        let hashes = self
            .in_order()
            .into_iter()
            .map(|part| (part.code.as_str(), Piece::ALL.map(|piece| part.hash(piece))));
        root(&self.period, self.cut_seq, &hashes.collect::<Vec<_>>(), self.previous)
    }

    /// The parts by the code of their rule set.
    fn in_order(&self) -> Vec<&FrozenPart> {
        let mut parts: Vec<&FrozenPart> = self.parts.iter().collect();
        parts.sort_by(|a, b| a.code.cmp(&b.code));
        parts
    }
}

/// The root of parts, each a code with the hashes of its pieces in their order.
pub(crate) fn root(
    period: &str,
    cut_seq: i64,
    parts: &[(&str, [Root; 5])],
    previous: Option<Root>,
) -> Root {
    let mut hasher = Sha256::new();
    // Every field has its length in front, so no two months can give the same bytes.
    let mut field = |bytes: &[u8]| {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        hasher.update(length.to_be_bytes());
        hasher.update(bytes);
    };
    field(FORM.as_bytes());
    field(period.as_bytes());
    field(&cut_seq.to_be_bytes());
    field(previous.as_ref().map_or(&[], |root| root.0.as_slice()));
    field(&u64::try_from(parts.len()).unwrap_or(u64::MAX).to_be_bytes());
    for (code, pieces) in parts {
        field(code.as_bytes());
        pieces.iter().for_each(|hash| field(&hash.0));
    }
    Root(hasher.finalize().into())
}

impl Root {
    /// Reads 64 hexadecimal digits in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let mut bytes = [0u8; 32];
        for (slot, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *slot = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Display for Root {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::with_capacity(64);
        for byte in self.0 {
            write!(text, "{byte:02x}")?;
        }
        to.write_str(&text)
    }
}

#[cfg(test)]
mod tests;
