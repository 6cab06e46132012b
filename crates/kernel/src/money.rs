//! Money.

use serde::{Deserialize, Serialize};

/// An amount in fen (0.01 yuan). Never a float.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money {
    /// The amount in fen.
    pub fen: i64,
}
