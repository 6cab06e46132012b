//! The columns of a ledger, and how offices call them.

use kernel::{Text, text};
use web::import::{ColumnKind, ImportColumn, Word};

use crate::tables::{Rhythm, State};
use crate::words;

/// Waits to be verified; how it was submitted is not in the ledger.
pub(crate) const SUBMITTED: &str = "submitted";
/// Its clock stands; since when is not in the ledger.
pub(crate) const STOPPED: &str = "stopped";

const fn text_column(
    name: &'static str,
    label: Text,
    also: &'static [&'static str],
    max: usize,
) -> ImportColumn {
    ImportColumn::new(name, label, also, ColumnKind::Text(max))
}

const fn column(
    name: &'static str,
    label: Text,
    also: &'static [&'static str],
    kind: ColumnKind,
) -> ImportColumn {
    ImportColumn::new(name, label, also, kind)
}

pub(crate) const COLUMNS: &[ImportColumn] = &[
    text_column(
        "session",
        text!("次别", "Sitting no."),
        &["批次", "期次", "交办次别", "会议次别"],
        20,
    )
    .required(),
    text_column("label", text!("事项编号", "Item no."), &["编号", "事项序号", "交办编号"], 40)
        .required(),
    text_column(
        "source",
        text!("来源类别", "Kind of source"),
        &["事项来源/类别", "事项来源类别", "来源"],
        60,
    ),
    text_column("basis", text!("交办依据", "Basis"), &["事项来源/依据", "依据", "来源依据"], 140),
    text_column("title", text!("交办事项", "Item"), &["事项", "事项名称", "交办内容"], 100)
        .required(),
    text_column(
        "demand",
        text!("工作要求", "Demand"),
        &["工作要求及完成标准", "具体要求", "工作要求和完成标准"],
        2_000,
    )
    .required(),
    text_column("standard", text!("完成标准", "Standard"), &["办结标准", "完成目标"], 1_000),
    column(
        "leader",
        text!("市级领导", "Leader"),
        &["责任分工/市级领导", "市级责任领导", "分管领导", "责任领导"],
        ColumnKind::Names,
    ),
    column(
        "lead",
        text!("牵头单位", "Lead unit"),
        &["责任分工/牵头单位", "牵头部门"],
        ColumnKind::Names,
    ),
    column(
        "units",
        text!("责任单位", "Responsible units"),
        &["责任分工/责任单位", "承办单位", "责任部门"],
        ColumnKind::Names,
    ),
    column(
        "co",
        text!("配合单位", "Co-units"),
        &["责任分工/配合单位", "协办单位", "配合部门"],
        ColumnKind::Names,
    ),
    column(
        "issued",
        text!("交办日期", "Issued"),
        &["时限/交办日期", "交办时间", "下达日期"],
        ColumnKind::Day,
    )
    .required(),
    column(
        "due",
        text!("完成时限", "Due"),
        &["时限/完成时限", "办结时限", "完成时间", "要求完成时间"],
        ColumnKind::Day,
    )
    .required(),
    column(
        "rhythm",
        text!("反馈频次", "Rhythm"),
        &["时限/反馈频次", "报告频次"],
        ColumnKind::Words(RHYTHMS),
    ),
    column(
        "extended",
        text!("延期至", "Extended to"),
        &["时限/延期至", "延期时间", "延期后时限"],
        ColumnKind::Day,
    ),
    text_column(
        "done",
        text!("进展", "Progress"),
        &["进展/截至×月×日进展", "进展情况", "工作进展", "办理情况", "落实情况", "进展"],
        2_000,
    ),
    column(
        "reached",
        text!("完成量", "Reached"),
        &["进展/完成量", "已完成量", "完成数量"],
        ColumnKind::Quantity,
    ),
    column(
        "goal",
        text!("目标量", "Goal"),
        &["进展/目标量", "目标数量", "任务量"],
        ColumnKind::Quantity,
    ),
    text_column(
        "blocker",
        text!("存在问题及需协调事项", "Blockers"),
        &["存在问题", "问题", "需协调事项"],
        1_000,
    ),
    text_column(
        "next",
        text!("下步措施", "Next step"),
        &["下一步措施", "下步打算", "下一步工作"],
        1_000,
    ),
    column(
        "state",
        text!("状态", "State"),
        &["状态/状态", "办理状态", "当前状态"],
        ColumnKind::Words(STATES),
    )
    .required(),
    text_column("verified_by", text!("核实单位", "Verified by"), &["核实/单位"], 60),
    text_column("verified_how", text!("核实方式", "How verified"), &["核实/方式"], 60),
    text_column("verified", text!("核实结论", "What was found"), &["核实/结论", "核实情况"], 500),
    column("closed", text!("办结日期", "Closed"), &["办结时间", "销号日期"], ColumnKind::Day),
    text_column("slip", text!("督办单号", "Slip no."), &["督办单", "督办编号"], 60),
    text_column("note", text!("备注", "Remarks"), &["说明"], 500),
];

const RHYTHMS: &[Word] = &[
    rhythm(Rhythm::Weekly, &["每周", "周反馈", "一周一次", "每周一次", "周报", "每周五"]),
    rhythm(Rhythm::Monthly, &["每月", "月反馈", "一月一次", "每月一次", "月报"]),
    rhythm(Rhythm::Once, &["一次", "一次性", "到期反馈", "办结时反馈", "完成后反馈", "到期报告"]),
];

const fn rhythm(rhythm: Rhythm, also: &'static [&'static str]) -> Word {
    Word { word: rhythm.word(), label: words::rhythm(rhythm), also }
}

const STATES: &[Word] = &[
    state(
        State::Handling,
        &[
            "在办",
            "推进中",
            "正常推进",
            "进行中",
            "未办结",
            "未完成",
            "逾期",
            "逾期未办结",
            "延期",
            "已延期",
            "临期",
        ],
    ),
    state(State::Issued, &["未签收"]),
    state(State::Closed, &["办结", "已完成", "完成", "销号", "已销号"]),
    state(State::Withdrawn, &["撤销", "取消", "已取消"]),
    Word {
        word: SUBMITTED,
        label: words::state(State::Submitted),
        also: &["已报结", "报结", "待验收"],
    },
    Word {
        word: STOPPED, label: text!("暂缓", "Clock stopped"), also: &["中止", "暂停", "缓办"]
    },
];

const fn state(state: State, also: &'static [&'static str]) -> Word {
    Word { word: state.word(), label: words::state(state), also }
}
