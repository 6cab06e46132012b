//! What an import says to its person.

use kernel::{Message, Text, msg, text};

use super::spec::Word;

pub(crate) const FILE: Text = text!("Excel 文件", "Excel file");
pub(crate) const FILE_HINT: Text = text!(
    "接收 .xlsx 和 .xls。表头可以有多行，可以有标题行、合并单元格和小计行。",
    ".xlsx and .xls. Headers may have several rows; titles, merged cells and sums are understood."
);
pub(crate) const UPLOAD: Text = text!("上传并读取", "Upload and read");
pub(crate) const OPEN: Text = text!("未完成的导入", "Under way");
pub(crate) const HEAD: Text = text!("工作表和表头", "Sheet and header");
pub(crate) const HEAD_HELP: Text = text!(
    "程序已经找出最可能的工作表和表头行；不对时在此更改。",
    "The likeliest sheet and header were found; change them if they are wrong."
);
pub(crate) const HEADER: Text = text!("表头所在行", "Rows of the header");
pub(crate) const SHEET: Text = text!("工作表", "Sheet");
pub(crate) const FIRST: Text = text!("表头从第几行开始", "First row of the header");
pub(crate) const LAST: Text = text!("表头到第几行结束", "Last row of the header");
pub(crate) const YEAR: Text = text!("表内日期所属年份", "Year of days without one");
pub(crate) const YEAR_HINT: Text = text!(
    "表中写“10月8日”而没有年份时，按此年份；不填则逐行询问。",
    "For days like “10月8日”; left out, each such row is asked about."
);
pub(crate) const COLUMNS: Text = text!("列对应关系", "Which column holds what");
pub(crate) const COLUMNS_HELP: Text = text!(
    "左边是表里的列，右边选它的含义；选“不导入”的列不会进入系统。同样的表头下次自动沿用。",
    "On the left the sheet's columns, on the right what they hold. The next file with this header begins with the same."
);
pub(crate) const CHECK: Text = text!("检查各行", "Check the rows");
pub(crate) const HOLDS: Text = text!("含义", "Holds");
pub(crate) const ROWS: Text = text!("逐行检查", "Rows");
pub(crate) const ROW: Text = text!("修改一行", "Correct a row");
pub(crate) const ROW_NUMBER: Text = text!("行号", "Row");
pub(crate) const VERDICT: Text = text!("结论", "Verdict");
pub(crate) const REASON: Text = text!("原因", "Reason");
pub(crate) const TREAT: Text = text!("这一行怎么办", "What to do with this row");
pub(crate) const BY_ITSELF: Text = text!("由程序判断", "As the program judges");
pub(crate) const LEAVE_OUT: Text = text!("不导入这一行", "Leave this row out");
pub(crate) const TAKE: Text = text!("作为一条记录导入", "Take it as a record");
pub(crate) const CELLS: Text = text!("内容", "Cells");
pub(crate) const CELL: Text = text!("内容", "Content");
pub(crate) const ALIKE: Text =
    text!("其他行中内容相同的也一并更正", "Correct what says the same in other rows too");
pub(crate) const ALIKE_HINT: Text = text!(
    "例如同一个单位简称写错多行时，改一次即可。",
    "When a unit is misspelt in many rows, correct it once."
);
pub(crate) const CHOICE: Text = text!("选择", "Choose");
pub(crate) const SAVE: Text = text!("保存并重新检查", "Save and check again");
pub(crate) const LEFT_OUT: Text = text!("您选择了不导入这一行", "You left this row out");
pub(crate) const HIDDEN_ROW: Text = text!(
    "这一行在原表中是隐藏的，请确认是否需要。",
    "The row is hidden in the sheet; is it meant?"
);
pub(crate) const GIVE_BACK: Text = text!("下载原因表", "Download with reasons");
pub(crate) const DISCARD: Text = text!("放弃导入", "Discard");
pub(crate) const DISCARD_HELP: Text = text!(
    "已读取的内容和修改全部删除，系统中的数据不受影响。",
    "What was read and corrected is thrown away; nothing in the program changes."
);
pub(crate) const ALL: Text = text!("全部", "All");
pub(crate) const ERRORS: Text = text!("需修改", "To be mended");
pub(crate) const WARNINGS: Text = text!("请核对", "To be looked at");
pub(crate) const ASIDE: Text = text!("已跳过", "Passed over");
pub(crate) const FINE: Text = text!("可导入", "Fine");
pub(crate) const RECORDS: Text = text!("可导入的记录", "Records");
pub(crate) const EXPIRES: Text = text!(
    "未完成的导入保留 7 天，可以离开后再回来。",
    "Kept for 7 days; you may leave and come back."
);
pub(crate) const STATE: Text = text!("状态", "State");
pub(crate) const INTERRUPTED: Text = text!(
    "读取中断（程序可能重启过），请放弃后重新上传。",
    "It was interrupted, perhaps by a restart; discard it and upload again."
);
pub(crate) const NOTHING: Text = text!("没有这样的行", "No such rows");
pub(crate) const NOTHING_HINT: Text = text!("换一个筛选条件。", "Choose another filter.");
pub(crate) const FROM_ROW: Text = text!("从第几行看起", "From row");
pub(crate) const BUSY: Text =
    text!("正在处理，请等这一步结束。", "Something is being done with it; wait for its end.");
pub(crate) const NOT_CHECKED: Text =
    text!("请先确认列对应关系。", "Say first which column holds what.");
pub(crate) const NO_RECORDS: Text = text!("没有可导入的记录。", "There is no record to take over.");
pub(crate) const DONE_ALREADY: Text =
    text!("这个文件已经导入。", "The file was taken over already.");
pub(crate) const CHANGED: Text = text!(
    "检查之后系统中的数据有变化，有的行现在不能导入。请重新检查各行。",
    "Something changed since the rows were checked; check them again."
);
pub(crate) const TO_RESULT: Text = text!("查看结果", "See the result");
pub(crate) const ONE_FILE: Text = text!("请选择一个文件。", "Choose a file.");
pub(crate) const SKIP: Text = text!("不导入", "Not taken");
pub(crate) const NO_HEAD: Text = text!(
    "没有找到表头，请指定表头所在的行。",
    "No header was found; say in which rows it stands."
);
pub(crate) const HEAD_ORDER: Text = text!(
    "结束行不能在开始行之前，表头最多 6 行。",
    "The last row comes after the first; a header has at most 6 rows."
);
pub(crate) const ANSWER: Text = text!("请选择。", "Choose one.");

/// How far an import is.
pub(crate) const fn state(state: files::import::State) -> Text {
    use files::import::State;
    match state {
        State::Reading => text!("正在读取", "Being read"),
        State::Failed => text!("不能读取", "Not taken"),
        State::Read => text!("待确认列对应关系", "Columns to be confirmed"),
        State::Checking => text!("正在检查", "Being checked"),
        State::Checked => text!("已检查", "Checked"),
        State::Committing => text!("正在导入", "Being taken over"),
        State::Done => text!("已导入", "Taken over"),
    }
}

pub(crate) fn too_long(label: Text, max: usize, n: usize) -> Message {
    let (zh, en) = (label.zh, label.en);
    msg!(
        "“{zh}”最多 {max} 字，现有 {n} 字，请删减。",
        "“{en}” takes at most {max} characters and has {n}; shorten it."
    )
}

pub(crate) fn no_number(text: &str, min: i64, max: i64) -> Message {
    msg!(
        "“{text}”不是 {min} 到 {max} 之间的整数。",
        "“{text}” is no whole number from {min} to {max}."
    )
}

pub(crate) fn no_amount(text: &str) -> Message {
    msg!(
        "“{text}”不能识别为金额，请只写数字，或写成“11亿元”“5000万元”。",
        "“{text}” cannot be read as an amount; write a number, or “11亿元”, “5000万元”."
    )
}

pub(crate) fn no_quantity(text: &str) -> Message {
    msg!(
        "“{text}”不能识别为数量，请写整数，可带单位，如“120户”“3.5亿元”。",
        "“{text}” cannot be read as a quantity; write a whole number, with its unit if you like: “120户”, “3.5亿元”."
    )
}

pub(crate) fn about(text: &str) -> Message {
    msg!(
        "“{text}”是约数，将按所写数字导入。",
        "“{text}” is about so much; the number is taken as written."
    )
}

pub(crate) fn and_more(text: &str) -> Message {
    msg!(
        "“{text}”带有“等”，没有写明还有谁，请写全。",
        "“{text}” says “and others”; name all of them."
    )
}

pub(crate) fn no_word(text: &str, list: &[Word]) -> Message {
    let zh: Vec<_> = list.iter().map(|w| w.label.zh).collect();
    let en: Vec<_> = list.iter().map(|w| w.label.en).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    msg!("“{text}”不能识别，可以写：{zh}。", "“{text}” is not known; write one of: {en}.")
}

pub(crate) fn no_result(zh: &str, en: &str) -> Message {
    msg!(
        "“{zh}”的公式没有结果，请在此填写数值。",
        "The formula of “{en}” has no result; write the value."
    )
}

pub(crate) fn missing_column(label: Text) -> Message {
    let (zh, en) = (label.zh, label.en);
    msg!("请指出哪一列是“{zh}”。", "Say which column holds “{en}”.")
}

pub(crate) fn twice(label: Text) -> Message {
    let (zh, en) = (label.zh, label.en);
    msg!("“{zh}”对应了两列，请只留一列。", "“{en}” was chosen for two columns; keep one.")
}

pub(crate) fn with_errors(n: i64) -> Message {
    msg!(
        "还有 {n} 行需要修改。全部导入或全部不导入：请逐行修改，或选择不导入这些行。",
        "{n} rows have to be mended. All or nothing: correct them or leave them out."
    )
}

pub(crate) fn hidden_columns(names: &str) -> Message {
    msg!("以下列在原表中是隐藏的：{names}。", "Hidden in the sheet: {names}.")
}

pub(crate) fn hidden_rows(n: u32) -> Message {
    msg!(
        "有 {n} 行在原表中是隐藏的，逐行标出。",
        "{n} rows are hidden in the sheet; each is marked."
    )
}

pub(crate) fn shown(rows: usize) -> Message {
    msg!("本页 {rows} 行", "{rows} rows on this page")
}

pub(crate) fn sheet_choice(name: &str, rows: u32) -> Message {
    msg!("{name}（{rows} 行）", "{name} ({rows} rows)")
}

pub(crate) fn hidden_sheet(name: &str, rows: u32) -> Message {
    msg!("{name}（{rows} 行，隐藏）", "{name} ({rows} rows, hidden)")
}
