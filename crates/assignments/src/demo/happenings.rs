//! What happens once: skipped sittings, 续办, proposals, leaders' notes, lines that were dropped.

use super::line::{Line, one};
use crate::tables::NoteKind;

/// A Monday: month, day, and why its sitting was skipped (empty when it was held).
pub(super) const MONDAYS: [(i8, i8, &str); 17] = [
    (7, 12, ""),
    (7, 19, ""),
    (7, 26, "防汛应急处置期间，经市委、市政府研究暂停一次（演示假设）"),
    (8, 2, ""),
    (8, 9, ""),
    (8, 16, ""),
    (8, 23, ""),
    (8, 30, ""),
    (9, 6, ""),
    (9, 13, ""),
    (9, 20, "中秋节放假"),
    (9, 27, ""),
    (10, 4, "国庆节放假"),
    (10, 11, ""),
    (10, 18, ""),
    (10, 25, ""),
    (11, 1, ""),
];

/// The Mondays that carry a 月讲评会 as well.
pub(super) const JOINT: [(i8, i8); 4] = [(8, 2), (9, 6), (10, 11), (11, 1)];

/// 续办: batch, title, unit.
pub(super) const CARRIED: [(u8, &str, &str); 10] = [
    (4, "推进干线公路改建工程", "市交通运输局"),
    (6, "推进城镇老旧小区改造（第一批）", "市住房城乡建设局"),
    (8, "推动三季度重点项目集中开工", "源汇区"),
    (10, "推进内河港口码头二期工程", "市交通运输局"),
    (10, "实施引水调蓄工程前期工作", "市水利局"),
    (11, "推进城镇老旧小区改造（第二批）", "市住房城乡建设局"),
    (12, "推动2家企业完成上市辅导备案", "市金融工作局"),
    (13, "整治城区占道经营和户外广告", "市城市管理局"),
    (14, "组织第三季度银企对接", "市金融工作局"),
    (14, "推进城镇老旧小区改造（第二批）", "市住房城乡建设局"),
];

/// 征集建议: batch, unit, title, demand, answer (empty when it was taken).
pub(super) type Proposed = (u8, &'static str, &'static str, &'static str, &'static str);

pub(super) const PROPOSALS: [Proposed; 12] = [
    (2, "市投资促进局", "编制主导产业招商图谱", "建议列入周交办，各产业链主管部门配合。", ""),
    (3, "市教育局", "秋季学期错峰返校准备", "建议统一部署教职工接种和校园演练。", ""),
    (4, "临颍县", "协调解决产业园区用气指标", "建议市级统筹新增用气指标。", ""),
    (5, "市科技局", "增加科技型企业培育任务", "建议按县区分解年度入库任务。", ""),
    (
        6,
        "舞阳县",
        "提高县区项目奖补比例",
        "建议提高县区重点项目奖补比例。",
        "属年度预算事项，请按程序报市财政部门研究。",
    ),
    (7, "市统计局", "升规纳统摸排", "建议列入交办，县区配合核实临规企业。", ""),
    (8, "市文化广电和旅游局", "国庆假期文旅活动", "建议统筹策划假期线路和安全保障。", ""),
    (9, "市税务局", "联合规范涉企收费", "建议由市场监管部门牵头检查。", ""),
    (
        10,
        "召陵区",
        "延长秸秆禁烧考核期",
        "建议考核期延长至11月底。",
        "禁烧考核期按省统一规定执行，不作调整。",
    ),
    (11, "市农业农村局", "冬小麦适墒抢种", "建议列为特急事项，农机、水利配合。", ""),
    (13, "市住房城乡建设局", "供热前设施检修演练", "建议提前安排检修和应急演练。", ""),
    (
        14,
        "市生态环境局",
        "增加重污染天气驻厂督导",
        "建议抽调部门人员驻厂。",
        "已在第13次清单中交办，请按原要求落实。",
    ),
];

/// 批注: title, unit, title of the leader, kind, words, working days after issue, working days
/// until the bureau followed it up (none when it still waits).
pub(super) type Noted =
    (&'static str, &'static str, &'static str, NoteKind, &'static str, u32, Option<u32>);

pub(super) const NOTES: [Noted; 12] = [
    (
        "排查沙河澧河险工险段和病险水闸",
        "市水利局",
        "市长",
        NoteKind::AskReport,
        "汛情紧急，请每日报告险工险段处置情况。",
        1,
        Some(1),
    ),
    (
        "建立市重点项目周调度台账",
        "市发展改革委",
        "常务副市长",
        NoteKind::Remark,
        "台账要与统计口径一致，防止两张皮。",
        4,
        Some(2),
    ),
    (
        "清理惠企政策应兑未兑事项",
        "市财政局",
        "副市长（分管工业）",
        NoteKind::Remark,
        "对企业承诺的政策必须兑现，逐项销号。",
        7,
        Some(3),
    ),
    (
        "推进城镇老旧小区改造（第一批）",
        "市住房城乡建设局",
        "副市长（分管城建）",
        NoteKind::Remark,
        "注意做好施工期间群众出行保障。",
        12,
        Some(2),
    ),
    (
        "破解重点项目开工堵点",
        "市发展改革委",
        "常务副市长",
        NoteKind::AskReport,
        "请专题报告超过一个月未解决的堵点。",
        6,
        Some(4),
    ),
    (
        "推动“科技贷”政策落地",
        "市金融工作局",
        "副市长（分管工业）",
        NoteKind::AskReport,
        "进度偏慢，请说明原因并提出措施。",
        15,
        Some(3),
    ),
    (
        "推进5000万只肉鸡全产业链项目用地报批",
        "市发展改革委",
        "常务副市长",
        NoteKind::Remark,
        "手续并联办理，争取一个月内开工。",
        3,
        Some(2),
    ),
    (
        "抢收抢排受淹秋作物",
        "市农业农村局",
        "市委书记",
        NoteKind::Remark,
        "确保颗粒归仓，困难群众优先帮扶。",
        2,
        Some(1),
    ),
    (
        "推动2家企业完成上市辅导备案",
        "市金融工作局",
        "市长",
        NoteKind::AskReport,
        "已经逾期，请报告症结和完成时间。",
        22,
        Some(3),
    ),
    (
        "扩大“科技贷”放款规模",
        "市金融工作局",
        "副市长（分管工业）",
        NoteKind::AskReport,
        "请逐户说明未放款原因。",
        13,
        None,
    ),
    (
        "推进集中供热管网和热源建设",
        "市住房城乡建设局",
        "副市长（分管城建）",
        NoteKind::Remark,
        "确保11月15日前按时足额供暖。",
        10,
        Some(2),
    ),
    (
        "冲刺“万人助万企”四季度目标任务",
        "临颍县",
        "副市长（分管工业）",
        NoteKind::Remark,
        "做法较好，可总结推广。",
        3,
        None,
    ),
];

/// Lines that were drafted and taken out again before the batch was sent.
pub(super) const DROPPED: [Line; 2] = [
    one(
        4,
        "",
        "市文化广电和旅游局",
        15,
        ["筹备秋季文化艺术节", "编制活动方案，落实场地和经费。", "活动方案8月底前报市政府。"],
    ),
    one(
        9,
        "",
        "市民政局",
        15,
        ["开展养老机构等级评定", "组织专家现场评定，公示评定结果。", "评定机构不少于20家。"],
    ),
];

/// Batches that the chief returned once, what for, and the line that was mended.
pub(super) const RETURNED: [(u8, &str, &str); 2] = [
    (5, "“科技贷”一项的时限偏紧，请与承办单位沟通后重报。", "推动“科技贷”政策落地"),
    (11, "“科技贷”放款一项请明确目标和时限。", "扩大“科技贷”放款规模"),
];

/// Batches whose lines were put into another order.
pub(super) const REORDERED: [u8; 4] = [3, 6, 10, 13];

/// What a co-unit contributes, where it is not plain support.
pub(super) const CO_PARTS: [(&str, &str); 8] = [
    ("市财政局", "落实资金保障，加快拨付。"),
    ("市自然资源和规划局", "保障用地和规划手续。"),
    ("市公安局", "做好现场秩序和联合执法。"),
    ("市统计局", "核实数据口径，指导入统。"),
    ("市卫生健康委", "提供专业指导和医疗保障。"),
    ("市城市管理局", "做好市政设施配合和巡查。"),
    ("市水利局", "做好排涝和水利设施保障。"),
    ("市税务局", "提供涉税数据和政策辅导。"),
];
