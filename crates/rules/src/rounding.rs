//! How the one rounding at the end is done.

use crate::document::words;

words! {
    /// The declared mode of rounding; it is applied once, when a part of the score is final.
    pub enum Rounding {
        /// Half away from zero, what offices mean by rounding.
        "四舍五入", "half up" => HalfUp,
        /// Half to the even digit, as GB/T 8170 rounds measured values.
        "四舍六入五成双", "half to even (GB/T 8170)" => HalfEven,
        /// What lies behind the last place falls away.
        "去尾", "cut off" => Cut,
    }
}
