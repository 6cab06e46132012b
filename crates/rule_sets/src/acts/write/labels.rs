//! How the words of the document are called in a form, and how to answer them. The Chinese word is
//! the document's own, so that a form and a text say the same.

use kernel::{Message, Text, text};

/// A word of the document with its English.
pub(crate) fn label(key: &str) -> Message {
    let en = english(key).unwrap_or(key);
    Message { zh: chinese(key).to_owned(), en: en.to_owned() }
}

/// Words that say too little when they stand alone.
fn chinese(key: &str) -> &str {
    match key {
        "名" => "在计分中的叫法",
        "英文" => "英文名称",
        "界" => "界限",
        "每" => "每（步长）",
        "加" => "加分",
        "减" => "减分",
        "至" => "到（含）",
        "池" => "资金池",
        "式" => "公式",
        "点" => "各点",
        "段" => "各段",
        "带" => "各带",
        "档" => "各档",
        "宽" => "带宽",
        "前" => "前几名",
        "后" => "后几名",
        "加分" => "加分项",
        other => other,
    }
}

/// The English of the words of the document.
const ENGLISH: &[(&str, &str)] = &[
    ("办法", "Name of the rules"),
    ("英文", "Name in English"),
    ("编号", "Code of the rules"),
    ("版本", "Version"),
    ("生效", "In force from"),
    ("印发", "Issued by"),
    ("文号", "Number of the document"),
    ("机关", "Issuing office"),
    ("日期", "Day"),
    ("计分精度", "Precision"),
    ("小数位", "Decimals"),
    ("舍入", "Rounding"),
    ("金额小数位", "Decimals of amounts"),
    ("缺项", "Items that do not apply"),
    ("并列", "Ties"),
    ("方式", "How"),
    ("依次比较", "Compare in turn"),
    ("最小分差", "Smallest gap"),
    ("最少任务", "Fewest tasks"),
    ("不少于", "No fewer than"),
    ("满分", "Full marks"),
    ("组别", "Groups"),
    ("代码", "Code"),
    ("名称", "Name"),
    ("参数", "Parameters"),
    ("维度", "Dimensions"),
    ("项目", "Items"),
    ("加分", "Bonuses"),
    ("加分上限", "Most of all bonuses"),
    ("否决", "Vetoes"),
    ("金额", "Amounts"),
    ("结果运用", "Consequences"),
    ("奖励金额", "Amount of the award (yuan)"),
    ("最低", "At least"),
    ("最高", "At most"),
    ("降档", "Lowering of awards"),
    ("奖项", "Levels of the award, best first"),
    ("事由", "Grounds"),
    ("取消", "No award from so many grounds"),
    ("数据", "A figure"),
    ("依据", "Article"),
    ("适用", "Applies to"),
    ("取数", "Measure"),
    ("名", "Called in the method"),
    ("单位", "Counted in"),
    ("前提", "Only if"),
    ("条件", "Conditions"),
    ("否则", "Otherwise"),
    ("缺数", "When the figure is missing"),
    ("允许超满分", "May exceed full marks"),
    ("计分", "Method"),
    ("输入", "Input"),
    ("不低于", "At least"),
    ("高于", "More than"),
    ("不高于", "At most"),
    ("低于", "Less than"),
    ("后果", "Effect"),
    ("取消评优", "Bars awards"),
    ("总分封顶", "Cap on the total"),
    ("项目清零", "Items cleared"),
    ("扣分", "Points taken"),
    ("只取消资格", "Eligibility only"),
    ("说明", "Remark"),
    ("名次", "Places"),
    ("前", "The first"),
    ("后", "The last"),
    ("最低分", "Lowest total"),
    ("评优", "Is an award"),
    ("比率", "Share of a target"),
    ("逐点加减", "Per point above or below"),
    ("累进", "Rising tiers"),
    ("参照递减", "Diminishing around a reference"),
    ("分档", "Table of thresholds"),
    ("联合分档", "Thresholds of several figures"),
    ("逐件", "Per event"),
    ("分类缺额", "Shortfall by class"),
    ("名次分档", "Bands of ranks"),
    ("极差", "Between worst and best"),
    ("功效系数", "Efficacy coefficient"),
    ("插值", "Between fixed points"),
    ("标准分", "Standard score"),
    ("合成", "Blend of parts"),
    ("等级评价", "Graded votes"),
    ("名次票", "Votes for places"),
    ("取值", "The figure itself"),
    ("资金池", "Pool by rank"),
    ("公式", "Formula"),
    ("目标", "Target"),
    ("起点", "Beginning at"),
    ("起分", "Points at the start"),
    ("基准", "Reference"),
    ("参照", "Reference"),
    ("每", "Per"),
    ("加", "Points added"),
    ("减", "Points taken"),
    ("方向", "Which way is better"),
    ("下限", "Least"),
    ("上限", "Most"),
    ("保底", "Floor"),
    ("全等", "When all are equal"),
    ("段", "Tiers"),
    ("至", "Up to"),
    ("带", "Bands"),
    ("宽", "Width"),
    ("数值", "A number"),
    ("组内均值", "Mean of the group"),
    ("档", "Rows"),
    ("界", "Threshold"),
    ("得分", "Points"),
    ("其余", "Everything else"),
    ("从满分起", "Begin with full marks"),
    ("事项", "Events"),
    ("每件", "Points of each"),
    ("最多", "At most"),
    ("年度最多", "Events of a year at most"),
    ("年内已计", "Counted before this year"),
    ("加倍", "Doubling"),
    ("倍数", "Factor"),
    ("类别", "Classes"),
    ("应有", "Due"),
    ("每缺", "Points for each missing"),
    ("递减", "How points fall"),
    ("逐名", "By rank"),
    ("首末", "First and last"),
    ("列表", "By a list"),
    ("第一名", "The first"),
    ("末名", "The last"),
    ("每名递减", "Less for each rank"),
    ("各名", "Each rank"),
    ("以后", "Further ranks"),
    ("满意值", "Satisfying value"),
    ("不允许值", "Value not allowed"),
    ("基础分比例", "Base share"),
    ("点", "Points"),
    ("值", "Value"),
    ("比例", "Share"),
    ("均值得分", "Share at the mean"),
    ("每标准差", "Per standard deviation"),
    ("部分", "Parts"),
    ("比重", "Share"),
    ("等次", "Grades"),
    ("分值", "Worth"),
    ("有效票", "Valid votes"),
    ("满分值", "Worth of full marks"),
    ("名次依据", "Ranked by"),
    ("池", "Pool"),
    ("奖励份额", "Shares given"),
    ("负担份额", "Shares owed"),
    ("系数", "Factor"),
    ("式", "Formula"),
];

/// The English of a word of the document.
pub(crate) fn english(key: &str) -> Option<&'static str> {
    ENGLISH.iter().find(|(word, _)| *word == key).map(|(_, english)| *english)
}

/// How to answer a field, where its word does not say enough.
pub(crate) fn hint(key: &str) -> Option<Text> {
    Some(match key {
        "代码" => text!("字母、数字、汉字，如 A1", "Letters and digits, like A1"),
        "依据" => text!("印发文件中的条款，如 第三条", "The article of the issued rules"),
        "适用" => text!("不选即适用全部组别", "None ticked means all groups"),
        "目标" => text!("比率写成小数，如 0.95", "Write a rate as 0.95"),
        "最小分差" => text!(
            "总分相差不足此数的视为并列，如 0.05",
            "Totals that lie closer are equal, as 0.05"
        ),
        "依次比较" | "项目清零" => {
            text!("项目代码，用顿号分开，如 A1、A4", "Codes of items, separated by commas")
        }
        "最少任务" => {
            text!("少于此数的单位任务不足，不参与排名", "Units with fewer tasks are not ranked")
        }
        "每件" => text!("扣分写负数，如 -1", "Write deductions below zero, like -1"),
        "参数" => text!(
            "每组各自的数，如 签约目标 8；项目的数字处可选“本组签约目标”",
            "Numbers of each group, which items may name"
        ),
        "输入" => {
            text!("取数的叫法；只有一个取数时不填", "Which measure; empty when there is only one")
        }
        "加分上限" => text!("全部加分合计不超过此数", "All bonuses together bring no more"),
        "维度" => {
            text!("删去一个维度，其中的项目一并删去", "Removing a dimension removes its items")
        }
        "单位" => text!("件、亿元、% 等；% 表示数据是比率", "Items, yuan, %: % means a rate"),
        _ => return None,
    })
}

/// Common methods, in the order of the form; the rest stand under 高级.
pub(crate) const COMMON: [&str; 7] =
    ["比率", "逐件", "分档", "逐点加减", "名次", "功效系数", "取值"];

/// How each method works, in a sentence.
const ABOUT: &[(&str, Text)] = &[
    (
        "比率",
        text!(
            "数据除以目标，达到目标得满分；比率写成小数，95% 写 0.95。",
            "The figure over the target; full marks at the target. Write 95% as 0.95."
        ),
    ),
    (
        "逐件",
        text!(
            "每件加分或者扣分；扣分写负数，从满分扣起的勾选“从满分起”。",
            "So many points for each; write deductions below zero and begin with full marks."
        ),
    ),
    (
        "分档",
        text!(
            "从最好的一档写起，达到界限得该档分数。",
            "From the best row on: reaching its threshold gives its points."
        ),
    ),
    (
        "逐点加减",
        text!(
            "以基准为起点，每多（少）一个步长加（减）多少分。",
            "From a reference, so many points for each step above or below."
        ),
    ),
    ("名次", text!("按组内名次递减。", "Falling with the rank in the group.")),
    (
        "功效系数",
        text!(
            "不允许值得基础分，满意值得满分，中间按比例。",
            "A base share at the value not allowed, full marks at the satisfying one."
        ),
    ),
    ("取值", text!("数据本身就是得分。", "The figure itself is the points.")),
    (
        "累进",
        text!(
            "分段计，每一段有自己的步长和加减分，数据越大走得越远。",
            "Tier by tier, each with a step and points of its own; a larger figure reaches further."
        ),
    ),
    (
        "参照递减",
        text!(
            "离参照值越远，每一带加（减）的分越少。",
            "The further from a reference, the fewer points each band adds or takes."
        ),
    ),
    (
        "联合分档",
        text!(
            "一档要同时符合几个条件；从最好的一档写起。",
            "A row holds when several conditions do at once; from the best row on."
        ),
    ),
    (
        "分类缺额",
        text!(
            "各类分别看缺多少，每缺一个扣分，一类多了不能抵另一类。",
            "Class by class so many points for each that is missing; a surplus elsewhere offsets nothing."
        ),
    ),
    (
        "名次分档",
        text!(
            "组内名次落在哪一档得哪一档的分。",
            "The band in which the rank in the group lies gives the points."
        ),
    ),
    (
        "极差",
        text!(
            "组内最好的得满分，最差的得保底分，中间按距离。",
            "Full marks for the best of the group, a floor for the worst, by distance between."
        ),
    ),
    (
        "标准分",
        text!(
            "与组内均值相差几个标准差，就加减几份。",
            "So many shares for each standard deviation from the group's mean."
        ),
    ),
    (
        "插值",
        text!("写几个点，点与点之间按直线计。", "A few points, with straight lines between them."),
    ),
    (
        "合成",
        text!(
            "几部分各有比重，各用自己的方法，如静态和动态各半。",
            "Parts with shares, each by a method of its own, such as level and growth by half."
        ),
    ),
    (
        "等级评价",
        text!(
            "各等级折成比例，按有效票平均。",
            "Each grade is a share; the mean over valid votes counts."
        ),
    ),
    (
        "名次票",
        text!(
            "每张票按名次给分，合计后折成得分。",
            "Votes for places, each worth so much, added up."
        ),
    ),
    (
        "资金池",
        text!(
            "一笔钱按名次分给各单位，总额不变；总额为负时反过来分担。",
            "A sum that is split by rank, whole; below zero it is shared the other way round."
        ),
    ),
    (
        "公式",
        text!(
            "现有方法都不适用时使用；只能用加减乘除、比较和列出的函数。",
            "For what no method says: arithmetic, comparison and the listed functions only."
        ),
    ),
];

/// What a method does, in one sentence.
pub(crate) fn about(method: &str) -> Option<Text> {
    ABOUT.iter().find(|(word, _)| *word == method).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rules::document::Shape;
    use rules::rule_set::RuleSet;

    use super::english;

    fn walk(shape: Shape, found: &mut BTreeSet<&'static str>) {
        if let Shape::List(inner) | Shape::Named(inner) = shape {
            return walk(inner(), found);
        }
        for field in crate::acts::write::part::fields_of(&shape) {
            let is_new = found.insert(field.key);
            // A blend holds methods again; each word is looked into once for each shape.
            if is_new || field.key != "计分" {
                walk((field.shape)(), found);
            }
        }
    }

    #[test]
    fn every_method_says_how_it_works() {
        let item = crate::acts::write::part::Part::Item(0, None).fields();
        let method = item.iter().find(|field| field.key == "计分").unwrap();
        let Shape::Choice(methods) = (method.shape)() else { unreachable!() };
        let silent: Vec<_> = methods.iter().filter(|m| super::about(m.key).is_none()).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }

    #[test]
    fn every_word_of_the_document_has_its_english() {
        let mut found = BTreeSet::new();
        walk(RuleSet::shape(), &mut found);
        let missing: Vec<_> = found.iter().filter(|key| english(key).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
