//! What an office's own form may ask of each of this room's papers, and of every paper. Pure.

use files::docx::{List, Values};
use kernel::{Text, text};
use web::{PaperSpec, Place, Rows};

/// What every paper knows.
const COMMON: &[Place] = &[
    ("城市", text!("辖区名称", "The city")),
    ("督查机关", text!("印发或编制单位全称", "The bureau's full name")),
    ("制作日期", text!("生成文件的日期", "The day of making the file")),
    ("日志封印", text!("序号:摘要，用于核对", "seq:hash, by which it can be checked")),
];

pub(crate) const SHEET: &[Place] = &[
    ("编号", text!("如 14-3", "Like 14-3")),
    ("批次", text!("所属批次清单", "Its batch")),
    ("紧急程度", text!("特急、急或平", "Urgency")),
    ("重要程度", text!("一般、重点或重大", "Importance")),
    ("交办日期", text!("印发日期", "Issued on")),
    ("交办依据", text!("依据", "Basis")),
    ("事项", text!("事项名称", "Title")),
    ("工作要求", text!("要求做什么", "Demand")),
    ("完成标准", text!("办到什么程度算完成", "Standard")),
    ("市级责任领导", text!("分管市领导职务", "Leader in charge")),
    ("交办领导", text!("提出该事项的领导职务", "Who raised it")),
    ("主办方式", text!("“牵头单位”或“责任单位”", "How the answering unit takes part")),
    ("牵头单位", text!("主办单位，含各自负责的单位", "The unit that answers for it")),
    ("配合单位", text!("配合单位及其任务、时限", "Co-units with part and day")),
    ("责任人", text!("主办单位负责人职务", "The head of that unit")),
    ("责任岗位及电话", text!("主办单位填报的岗位和电话", "The post that the unit named")),
    ("完成时限", text!("现行时限", "Due day as it stands")),
    ("原定时限", text!("印发时的时限", "Due day as issued")),
    ("节点", text!("节点及日期，每行一个", "Milestones, one a line")),
    ("反馈频次及形式", text!("反馈要求", "How often and in which form")),
    ("签发人", text!("末级审签人职务及日期", "Who signed last, and when")),
    ("督查联系人及电话", text!("联系人", "Contact")),
    ("签收情况", text!("签收日期；未签收则为空", "Accepted on; else empty")),
    ("备注", text!("延期、分解、知悉范围等", "Extensions, origin, restriction")),
];

const LINE: &[Place] = &[
    ("序号", text!("清单中的顺序", "Place in the list")),
    ("编号", text!("如 14-3", "Like 14-3")),
    ("事项", text!("事项名称", "Title")),
    ("工作要求", text!("要求做什么", "Demand")),
    ("完成标准", text!("办到什么程度算完成", "Standard")),
    ("市级责任领导", text!("分管市领导职务", "Leader in charge")),
    ("责任单位", text!("牵头或责任单位", "Units that answer")),
    ("配合单位", text!("配合单位", "Co-units")),
    ("完成时限", text!("时限", "Due")),
    ("紧急程度", text!("特急、急或平", "Urgency")),
    ("备注", text!("续办等", "Carried over and the like")),
];

pub(crate) const LIST: &[Place] = &[
    ("清单名称", text!("如 第14次周交办事项清单", "The title of the list")),
    ("印发日期", text!("未印发则写明状态", "Issued on, or its state")),
    ("事项数", text!("清单中的事项数", "How many items")),
    ("签发人", text!("末级审签人职务及日期", "Who signed last, and when")),
];

pub(crate) const REMINDER: &[Place] = &[
    ("单位", text!("主送单位全称", "The unit's full name")),
    ("逾期数", text!("逾期事项数", "How many are overdue")),
    ("截止日期", text!("统计截至日期", "As of")),
    ("联系人", text!("事项联系人，去重", "Contacts of the items")),
];

const OVERDUE: &[Place] = &[
    ("序号", text!("顺序", "Place")),
    ("编号", text!("如 14-3", "Like 14-3")),
    ("事项", text!("事项名称", "Title")),
    ("责任单位", text!("主办单位", "The unit that answers")),
    ("交办日期", text!("印发日期", "Issued on")),
    ("完成时限", text!("现行时限", "Due")),
    ("逾期工作日", text!("超过时限的工作日数", "Working days beyond the due day")),
    ("最近反馈", text!("最近一次反馈日期", "When it was last reported on")),
    ("状态", text!("待签收、办理中等", "State")),
];

pub(crate) const CLOSING: &[Place] = &[
    ("编号", text!("如 14-3", "Like 14-3")),
    ("事项", text!("事项名称", "Title")),
    ("报送对象", text!("提出或分管的领导职务", "Who raised it, or is in charge")),
    ("交办日期", text!("印发日期", "Issued on")),
    ("交办依据", text!("依据", "Basis")),
    ("工作要求", text!("要求做什么", "Demand")),
    ("完成标准", text!("办到什么程度算完成", "Standard")),
    ("牵头单位", text!("主办单位", "The unit that answers for it")),
    ("配合单位", text!("配合单位", "Co-units")),
    ("完成时限", text!("现行时限", "Due day as it stands")),
    ("报结日期", text!("最后一次报结", "Submitted on")),
    ("办结日期", text!("核实通过的日期", "Closed on")),
    ("办理情况", text!("最后一次报结的内容", "What was submitted")),
    ("完成量", text!("完成量与目标量；无量化指标则为空", "Quantity reached and goal")),
    ("时限情况", text!("按期或逾期、延期和退办次数", "In time or late, extensions, reworks")),
    ("附件", text!("佐证材料名称，每行一个", "The files, one a line")),
];

const CHECKS: &[Place] = &[
    ("核实时间", text!("核实时间", "When")),
    ("核实人", text!("核实人职务", "By whom")),
    ("核实方式", text!("查阅、现场等", "How")),
    ("核实结论", text!("属实或退办", "Result")),
    ("核实意见", text!("核实意见", "Finding")),
];

pub(crate) const MEETING: &[Place] = &[
    ("清单名称", text!("本次清单", "This list")),
    ("上次清单", text!("上一次印发的清单；没有则为空", "The list before; empty if none")),
    ("上次合计", text!("上次事项的办理合计", "How the former list stands")),
    ("本次事项数", text!("本次新交办事项数", "New items")),
    ("续办事项数", text!("续办事项数", "Items carried over")),
];

const RESULTS: &[Place] = &[
    ("单位", text!("单位", "Unit")),
    ("交办", text!("上次交办事项数", "Items")),
    ("办结", text!("已办结", "Closed")),
    ("在办", text!("在办", "Open")),
    ("逾期", text!("在办中逾期", "Overdue")),
    ("临期", text!("在办中临期", "Due soon")),
    ("按期办结", text!("办结中按期", "Closed in time")),
];

const RESULT: &[Place] = &[
    ("编号", text!("如 13-3", "Like 13-3")),
    ("事项", text!("事项名称", "Title")),
    ("责任单位", text!("主办单位", "Unit")),
    ("完成时限", text!("现行时限", "Due")),
    ("亮灯", text!("红灯在前", "Light, red first")),
    ("状态", text!("办理状态", "State")),
    ("最近反馈", text!("最近一次反馈日期", "Last report")),
];

const LOAD: &[Place] = &[
    ("单位", text!("单位", "Unit")),
    ("在办", text!("在办事项", "Open")),
    ("逾期", text!("逾期", "Overdue")),
    ("临期", text!("临期", "Due soon")),
    ("待签收", text!("待签收", "To be accepted")),
    ("待督查局", text!("等待督查局", "Awaits the bureau")),
    ("本次新增", text!("本次清单新交办", "New in this list")),
];

const fn rows(name: &'static str, meaning: Text, columns: &'static [Place]) -> Rows {
    Rows { name, meaning, columns }
}

pub(crate) const LISTED: &[Rows] = &[rows("清单", text!("本次清单", "The list"), LINE)];
pub(crate) const OVERDUE_LIST: &[Rows] =
    &[rows("逾期事项", text!("逾期最久的在前", "The longest overdue first"), OVERDUE)];
pub(crate) const CHECKED: &[Rows] =
    &[rows("核实", text!("按时间先后", "In order of time"), CHECKS)];
pub(crate) const PACK: &[Rows] = &[
    rows("单位办理", text!("上次清单按单位", "The former list by unit"), RESULTS),
    rows("上次事项", text!("上次清单，红灯在前", "The former list, red first"), RESULT),
    rows("续办", text!("本次续办", "Carried over"), LINE),
    rows("清单", text!("本次新交办", "New items"), LINE),
    rows("单位承担", text!("各单位在办", "What each unit has to do"), LOAD),
];

/// The places of a paper outside its lists.
pub(crate) fn places(spec: &PaperSpec) -> impl Iterator<Item = &'static Place> {
    spec.places.iter().chain(COMMON)
}

/// Values with every place that a paper knows, all of them empty: what a form is checked with.
pub(crate) fn blank(spec: &PaperSpec) -> Values {
    let mut values = Values::default();
    for (name, _) in places(spec) {
        values.put(name, "");
    }
    for rows in spec.lists {
        let columns: Vec<_> = rows.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        values.lists.insert(rows.name.to_owned(), List { columns, rows: Vec::new() });
    }
    values
}

/// Puts rows into one of a paper's lists.
pub(crate) fn fill(spec: &PaperSpec, values: &mut Values, name: &str, rows: Vec<Vec<String>>) {
    let known = spec.lists.iter().find(|list| list.name == name);
    debug_assert!(
        known.is_some_and(|list| rows.iter().all(|r| r.len() == list.columns.len())),
        "{name} has other columns"
    );
    if let Some(list) = values.lists.get_mut(name) {
        list.rows = rows;
    }
}

#[cfg(test)]
mod tests {
    use super::{blank, places};

    #[test]
    fn no_place_has_two_meanings() {
        for spec in crate::pages::papers::SPECS {
            let mut names: Vec<_> = places(spec).map(|(name, _)| *name).collect();
            names.extend(spec.lists.iter().map(|list| list.name));
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{spec:?}");
            assert_eq!(blank(spec).texts.len() + spec.lists.len(), all);
        }
    }
}
