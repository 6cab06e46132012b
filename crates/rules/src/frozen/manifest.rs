//! The manifest of a frozen month: what there is, how long, with which hashes; canonical JSON.

use kernel::{Message, msg, text};
use serde::{Deserialize, Serialize};

use super::{ALGORITHM, FORM, Frozen, FrozenPart, PARTS_MAX, Piece};

/// Bytes of a manifest that are read at most.
pub(super) const MANIFEST_BYTES_MAX: usize = 64 << 10;

/// What a frozen month says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// What the bytes under the root mean.
    pub(super) form: String,
    /// The algorithm of every hash.
    pub(super) algorithm: String,
    /// The period.
    pub(super) period: String,
    /// The place of the journal up to which records count.
    pub(super) cut_seq: i64,
    /// The parts by the code of their rule set.
    pub(super) parts: Vec<PartLine>,
    /// The root of the month before.
    pub(super) previous: Option<String>,
    /// The root.
    pub(super) root: String,
}

/// What it says of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartLine {
    /// The rule set's code.
    pub(super) code: String,
    /// The engine that made the sheet.
    pub(super) engine: String,
    rule: PieceLine,
    facts: PieceLine,
    adjustments: PieceLine,
    evidence: PieceLine,
    sheet: PieceLine,
}

/// What it says of a piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PieceLine {
    /// The hash.
    pub(super) hash: String,
    /// How long it is.
    pub(super) bytes: u64,
}

/// The one field of a sheet that the manifest repeats.
#[derive(Deserialize)]
struct Made {
    engine: String,
}

impl PartLine {
    /// What it says of one piece.
    pub(super) const fn piece(&self, piece: Piece) -> &PieceLine {
        match piece {
            Piece::Rule => &self.rule,
            Piece::Facts => &self.facts,
            Piece::Adjustments => &self.adjustments,
            Piece::Evidence => &self.evidence,
            Piece::Sheet => &self.sheet,
        }
    }
}

impl Manifest {
    pub(super) fn of(frozen: &Frozen) -> Self {
        let parts = frozen.in_order().into_iter().map(|part| {
            let line = |piece| PieceLine {
                hash: part.hash(piece).to_string(),
                bytes: u64::try_from(part.bytes(piece).len()).unwrap_or(u64::MAX),
            };
            PartLine {
                code: part.code.clone(),
                engine: engine(part),
                rule: line(Piece::Rule),
                facts: line(Piece::Facts),
                adjustments: line(Piece::Adjustments),
                evidence: line(Piece::Evidence),
                sheet: line(Piece::Sheet),
            }
        });
        Self {
            form: FORM.to_owned(),
            algorithm: ALGORITHM.to_owned(),
            period: frozen.period.clone(),
            cut_seq: frozen.cut_seq,
            parts: parts.collect(),
            previous: frozen.previous.map(|root| root.to_string()),
            root: frozen.root().to_string(),
        }
    }

    /// Reads a manifest; one of another form is not guessed at.
    pub(super) fn parse(text: &str) -> Result<Self, Message> {
        if text.len() > MANIFEST_BYTES_MAX {
            return Err(text!("超过64 KiB", "it is longer than 64 KiB").into());
        }
        let found: Self = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            msg!(
                "第{line}行第{column}列读不懂，可能已损坏或不是本程序所写",
                "line {line}, column {column} cannot be read; it is damaged or was not written by this program"
            )
        })?;
        let (form, algorithm, count) = (&found.form, &found.algorithm, found.parts.len());
        if form != FORM || algorithm != ALGORITHM {
            return Err(msg!(
                "格式“{form}”、算法“{algorithm}”是本程序不认识的，请用更新的版本核验（本版认识“{FORM}”和“{ALGORITHM}”）",
                "this program does not know the form “{form}” with “{algorithm}”; check it by a newer one (this one knows “{FORM}” and “{ALGORITHM}”)"
            ));
        }
        if count > PARTS_MAX {
            return Err(msg!(
                "列有{count}份办法，最多{PARTS_MAX}份",
                "it lists {count} rule sets, {PARTS_MAX} at most"
            ));
        }
        Ok(found)
    }

    pub(super) fn json(&self) -> String {
        // Structs of texts and numbers always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The engine that a sheet names; empty when the sheet cannot be read, which the check tells.
fn engine(part: &FrozenPart) -> String {
    serde_json::from_str(&part.sheet).map(|made: Made| made.engine).unwrap_or_default()
}

impl Frozen {
    /// The manifest: period, cut-off, algorithm, engine, hashes and sizes, the root before and its own.
    pub fn manifest(&self) -> String {
        Manifest::of(self).json()
    }
}
