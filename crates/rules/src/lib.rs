//! The rules by which a city scores its units: documents in, exact scores with every step out.
//!
//! Pure: no input or output, no clock, no floats in the path of a score, no panics; everything is
//! bounded. What it is given are a rule set 考评办法 ([`rule_set::RuleSet`]) and facts.
//! What it gives is a sheet whose bytes are the same for ever.

pub mod decimal;
pub mod difference;
pub mod document;
pub mod engine;
pub mod explain;
pub mod facts;
mod formula;
pub mod fraction;
pub mod frozen;
pub mod lint;
pub mod methods;
pub mod moves;
pub mod noise;
pub mod print;
pub mod published;
pub mod quality;
pub mod ready;
pub mod rounding;
pub mod rule_set;
mod saying;
pub mod split_mix;
pub mod stability;
pub mod thresholds;
pub mod unscorable;
pub mod what_if;
