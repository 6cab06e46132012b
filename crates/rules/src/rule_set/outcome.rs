//! What follows besides points: ties, vetoes, the minimum of tasks, consequences.

use kernel::Message;
use rust_decimal::Decimal;

use super::condition::Condition;
use super::input::{Input, Inputs};
use super::param::Param;
use crate::document::{Code, Name, choice, document, words};
use crate::fraction::Fraction;
use crate::rounding::Rounding;
use crate::saying::{same, say};
use crate::unscorable::Unscorable;

document! {
    /// With how many places points are published, and how they are rounded.
    pub struct Precision {
        /// Places behind the point, 0 to 6.
        "小数位" => places: u32,
        /// The mode.
        "舍入" => rounding: Rounding,
        /// Places of amounts of money, 0 to 6; as points when absent.
        "金额小数位" => money_places: Option<u32>,
    }
}

impl Precision {
    /// Points as they are published.
    pub(crate) fn points(&self, points: Fraction) -> Result<Decimal, Unscorable> {
        points.round(self.places, self.rounding)
    }

    /// Places of amounts of money.
    pub(crate) fn money_places(&self) -> u32 {
        self.money_places.unwrap_or(self.places)
    }

    /// An amount of money as it is published.
    pub(crate) fn money(&self, amount: Fraction) -> Result<Decimal, Unscorable> {
        amount.round(self.money_places(), self.rounding)
    }
}

words! {
    /// What happens to the marks of items that do not apply to a unit or its group.
    pub enum AbsentItems {
        /// What was earned is projected from the marks that apply to the full marks.
        "按比例折算", "rescaled in proportion" => Rescale,
        /// The item counts as fully earned.
        "计满分", "full marks" => Full,
        /// The item brings nothing.
        "计零分", "no points" => Nothing,
    }
}

words! {
    /// How equal scores are ranked.
    pub enum TieMode {
        /// 1, 1, 3.
        "同分同名次", "equal scores share a rank; the next ranks are skipped (1, 1, 3)" => Skip,
        /// 1, 1, 2.
        "紧凑名次", "equal scores share a rank; no rank is skipped (1, 1, 2)" => Dense,
        /// 1.5, 1.5, 3.
        "平均名次", "equal scores get the mean of their ranks (1.5, 1.5, 3)" => Mean,
    }
}

document! {
    /// How ties are answered 并列.
    pub struct Ties {
        /// The mode.
        "方式" => mode: TieMode,
        /// Items whose points decide between equals, in order, by code.
        "依次比较" => breakers: Vec<Code>,
        /// Totals that lie closer than this are equal, in points.
        "最小分差" => least_gap: Option<Decimal>,
    }
}

document! {
    /// Who has too few tasks is not ranked 任务不足.
    pub struct Minimum {
        /// What is counted.
        "取数" => input: Input,
        /// The least number.
        "不少于" => least: Decimal,
    }
}

choice! {
    /// What a veto 否决 does to the score.
    pub enum VetoEffect {
        /// The total is not above this.
        "总分封顶" => Cap(Decimal),
        /// These items bring nothing, by code.
        "项目清零" => Clear(Vec<Code>),
        /// So many points less.
        "扣分" => Deduct(Decimal),
        /// The score stays, only the eligibility goes.
        "只取消资格" => EligibilityOnly(Nothing),
    }
}

document! {
    /// No parameters.
    pub struct Nothing {
        /// A remark, if any.
        "说明" => note: Option<Name>,
    }
}

impl Nothing {
    /// A sentence with the remark behind it.
    pub(crate) fn said(&self, sentence: &Message) -> Message {
        let Some(note) = &self.note else { return sentence.clone() };
        say!("{a}（{b}）", "{a} ({b})", a = sentence, b = same(&note.0))
    }
}

document! {
    /// A veto 否决: grave events that no score outweighs.
    pub struct Veto {
        /// Its code.
        "代码" => code: Code,
        /// What it is.
        "名称" => name: Name,
        /// Its name on English pages.
        "英文" => english: Option<Name>,
        /// The article.
        "依据" => article: Option<Name>,
        /// The groups, all when empty.
        "适用" => groups: Vec<Code>,
        /// What it reads.
        "取数" => inputs: Inputs,
        /// All of these must hold for it to strike.
        "条件" => conditions: Vec<Condition>,
        /// What it does.
        "后果" => effect: VetoEffect,
        /// Whether it also takes the eligibility for awards.
        "取消评优" => bars_award: bool,
    }
}

choice! {
    /// Which places of a group a consequence looks at.
    pub enum Places {
        /// The first so many.
        "前" => First(u32),
        /// The last so many.
        "后" => Last(u32),
    }
}

words! {
    /// What is done when a tie crosses the line of a consequence.
    pub enum AtTheLine {
        /// All equals are taken in.
        "扩容", "all equals are included" => Include,
        /// None of the equals that cross the line.
        "不扩容", "equals that cross the line are left out" => LeaveOut,
    }
}

document! {
    /// How much an award is, in yuan: who decides chooses an amount within the bounds.
    pub struct AwardBand {
        /// At least.
        "最低" => least: Decimal,
        /// At most.
        "最高" => most: Decimal,
    }
}

impl AwardBand {
    /// Whether an amount in yuan lies within it.
    pub fn holds(&self, yuan: Decimal) -> bool {
        self.least <= yuan && yuan <= self.most
    }
}

document! {
    /// A consequence 结果运用 that is proposed to who decides: eligibility and rank together.
    pub struct Consequence {
        /// Its code.
        "代码" => code: Code,
        /// What follows: 表扬, 表态发言, …
        "名称" => name: Name,
        /// Its name on English pages.
        "英文" => english: Option<Name>,
        /// The article.
        "依据" => article: Option<Name>,
        /// The groups, all when empty.
        "适用" => groups: Vec<Code>,
        /// The places of each group.
        "名次" => places: Option<Places>,
        /// Only with at least this total.
        "最低分" => at_least: Option<Param>,
        /// Only with less than this total.
        "低于" => below: Option<Param>,
        /// What its conditions read.
        "取数" => inputs: Inputs,
        /// Conditions that must hold as well.
        "条件" => conditions: Vec<Condition>,
        /// Whether it is an award, which a veto can bar.
        "评优" => is_award: bool,
        /// How much an award is; none is paid when absent.
        "奖励金额" => band: Option<AwardBand>,
        /// Ties across the line; all are included when absent.
        "并列" => at_the_line: Option<AtTheLine>,
    }
}
