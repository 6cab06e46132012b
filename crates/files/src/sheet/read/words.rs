//! Why a workbook is not taken, and how to mend it.

use kernel::{Message, msg, text};

use super::limits::{
    CELLS_MAX, COLUMNS_MAX, LETTERS_MAX, MERGES_MAX, PACKED_MAX, ROWS_MAX, SHEETS_MAX,
};

/// What to do with a file whose ending tells that it is no workbook of ours.
pub fn not_taken(name: &str) -> Option<Message> {
    let (_, ending) = name.rsplit_once('.').unwrap_or(("", name));
    let ending = ending.to_lowercase();
    match ending.as_str() {
        "xlsx" | "xls" => None,
        "et" | "ett" => Some(
            text!(
                "这是 WPS 表格的 .et 文件。请在 WPS 中打开，选“文件—另存为”，类型选“Microsoft Excel 文件（*.xlsx）”，再上传。",
                "This is an .et file of WPS. Open it in WPS, choose “save as” with the type “Microsoft Excel (*.xlsx)”, and upload that."
            )
            .into(),
        ),
        "csv" | "txt" | "tsv" => Some(
            text!(
                "CSV 和文本文件不带编码和格式，容易把编号和日期读错。请用 Excel 或 WPS 打开，核对后另存为 .xlsx 再上传。",
                "CSV and text files do not say how numbers and days are meant. Open it in Excel or WPS, check it, and save it as .xlsx."
            )
            .into(),
        ),
        "xlsm" | "xlsb" | "xltx" | "xltm" => Some(msg!(
            "不接收 .{ending} 文件。请另存为不含宏的 .xlsx 再上传。",
            ".{ending} files are not taken; save it as .xlsx without macros."
        )),
        _ => Some(no_spreadsheet()),
    }
}

pub(crate) fn no_spreadsheet() -> Message {
    text!(
        "这不是 Excel 表格。请上传 .xlsx 或 .xls 文件；其他格式请先用 Excel 或 WPS 另存为 .xlsx。",
        "This is no Excel workbook. Upload .xlsx or .xls; save other formats as .xlsx first."
    )
    .into()
}

pub(crate) fn damaged() -> Message {
    text!(
        "文件已损坏或不完整，无法读取。请在 Excel 或 WPS 中打开检查，另存为 .xlsx 再上传。",
        "The file is damaged or not whole. Open it in Excel or WPS, save it as .xlsx, and upload that."
    )
    .into()
}

pub(crate) fn old_damaged() -> Message {
    text!(
        "这个旧格式文件（.xls、.et 或加密文件）无法读取。请在 Excel 或 WPS 中打开，取消密码，另存为 .xlsx 再上传。",
        "This file of the old format (.xls, .et, or with a password) cannot be read. Open it in Excel or WPS, take the password off, and save it as .xlsx."
    )
    .into()
}

pub(crate) fn locked() -> Message {
    text!(
        "文件设有打开密码，无法读取。请取消密码（或另存为不加密的 .xlsx）再上传。",
        "The file is protected by a password. Take it off, or save a copy without it."
    )
    .into()
}

pub(crate) fn too_large() -> Message {
    let max = PACKED_MAX >> 20;
    msg!(
        "文件超过 {max} MB。请拆成几个文件，或删去图片再上传。",
        "The file is larger than {max} MB. Split it, or take pictures out."
    )
}

pub(crate) fn bomb() -> Message {
    text!(
        "文件展开后异常巨大，已停止读取。请新建一个空白表格，只把需要的内容粘贴进去再上传。",
        "The file becomes enormous when unpacked and was not read. Paste what is needed into a new workbook."
    )
    .into()
}

pub(crate) fn declares() -> Message {
    text!(
        "文件含有不允许的内容声明，已停止读取。请在 Excel 或 WPS 中另存为 .xlsx 再上传。",
        "The file declares a document type, which workbooks never do; it was not read. Save it as .xlsx in Excel or WPS."
    )
    .into()
}

pub(crate) fn too_deep() -> Message {
    text!(
        "文件内部层次异常，已停止读取。请在 Excel 或 WPS 中另存为 .xlsx 再上传。",
        "The file is nested in an unusual way and was not read. Save it as .xlsx in Excel or WPS."
    )
    .into()
}

pub(crate) fn sheets() -> Message {
    let max = SHEETS_MAX;
    msg!(
        "工作表超过 {max} 张。请删去不需要的工作表，或拆成几个文件。",
        "There are more than {max} sheets. Take out those that are not needed, or split the file."
    )
}

pub(crate) fn no_sheets() -> Message {
    text!("文件中没有工作表。", "There is no sheet in the file.").into()
}

pub(crate) fn rows(sheet: &str) -> Message {
    let max = ROWS_MAX;
    msg!(
        "工作表“{sheet}”读到第 {max} 行有内容的行仍未结束。请拆成几个文件，每个不超过 {max} 行。",
        "Sheet “{sheet}” goes on after {max} rows with something in them. Split the file."
    )
}

pub(crate) fn cells(sheet: &str) -> Message {
    let max = CELLS_MAX;
    msg!(
        "工作表“{sheet}”的单元格过多（超过 {max} 个）。请删去不需要的列，或拆成几个文件。",
        "Sheet “{sheet}” has more than {max} cells. Take out columns, or split the file."
    )
}

pub(crate) fn column(sheet: &str, cell: &str) -> Message {
    let max = COLUMNS_MAX;
    msg!(
        "工作表“{sheet}”的单元格 {cell} 在第 {max} 列以外。请清除表格右侧多余的内容再上传。",
        "Cell {cell} of sheet “{sheet}” is beyond column {max}. Clear what stands far to the right."
    )
}

pub(crate) fn letters(sheet: &str, cell: &str) -> Message {
    let max = LETTERS_MAX;
    msg!(
        "工作表“{sheet}”的单元格 {cell} 内容过长（超过 {max} 字）。请删减后再上传。",
        "Cell {cell} of sheet “{sheet}” is too long (over {max} letters). Shorten it."
    )
}

pub(crate) fn long_text() -> Message {
    let max = LETTERS_MAX;
    msg!(
        "有单元格内容过长（超过 {max} 字），已停止读取。请删减后再上传。",
        "A cell is too long (over {max} letters) and the file was not read. Shorten it."
    )
}

pub(crate) fn text() -> Message {
    text!(
        "文件中的文字总量过大。请拆成几个文件再上传。",
        "There is too much text in the file. Split it."
    )
    .into()
}

pub(crate) fn merges(sheet: &str) -> Message {
    let max = MERGES_MAX;
    msg!(
        "工作表“{sheet}”的合并单元格超过 {max} 处。请取消多余的合并再上传。",
        "Sheet “{sheet}” has more than {max} merged areas. Unmerge what is not needed."
    )
}

pub(crate) fn styles() -> Message {
    text!(
        "文件中的单元格样式过多。请新建一个空白表格，用“粘贴为数值”把内容粘贴进去再上传。",
        "The file has too many cell styles. Paste its values into a new workbook."
    )
    .into()
}

/// The reader itself was ended.
pub(crate) fn gave_up() -> Message {
    text!(
        "读取这个文件需要的内存或时间超出限制，已停止。请删去图片、空白行列和多余工作表，或拆成几个文件再上传。",
        "Reading this file takes more memory or time than allowed. Take out pictures, blank rows and other sheets, or split it."
    )
    .into()
}
