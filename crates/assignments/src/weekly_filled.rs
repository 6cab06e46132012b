//! 周反馈填报表: what its columns are, and what a filled one says. Pure: no SQL, no HTTP, no clock.

use files::sheet::read::Row;
use files::sheet::sense;
use files::sheet::write::{Column, Form};
use kernel::{Lang, Message, Text, msg, text};
use uuid::Uuid;

use crate::store::weekly::ToAnswer;
use crate::weekly::{How, said};
use crate::words;

/// Characters of the words of a row, as in the form.
const DONE_MAX: usize = 1_000;
/// Characters of its blocker.
const BLOCKER_MAX: usize = 300;
/// The largest quantity.
const QUANTITY_MAX: i64 = 1_000_000_000_000;
/// Rows of errors that are told at once.
const TOLD_MAX: usize = 12;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Label,
    Title,
    Due,
    Light,
    Last,
    How,
    Done,
    Quantity,
    Unit,
    Blocker,
    /// Which item the row is about; hidden.
    Key,
}

impl Holds {
    pub(crate) const ALL: [Self; 11] = [
        Self::Label,
        Self::Title,
        Self::Due,
        Self::Light,
        Self::Last,
        Self::How,
        Self::Done,
        Self::Quantity,
        Self::Unit,
        Self::Blocker,
        Self::Key,
    ];

    const fn title(self) -> Text {
        match self {
            Self::Label => text!("编号", "No."),
            Self::Title => text!("事项", "Assignment"),
            Self::Due => text!("完成时限", "Due"),
            Self::Light => text!("亮灯", "Light"),
            Self::Last => text!("上次反馈", "Last report"),
            Self::How => text!("本周情况", "This week"),
            Self::Done => text!("本周进展", "Words of this week"),
            Self::Quantity => text!("累计完成量", "Quantity so far"),
            Self::Unit => text!("计量单位", "Unit of quantity"),
            Self::Blocker => text!("问题及需协调", "Blocker"),
            Self::Key => text!("系统编号", "Key"),
        }
    }
}

/// A column of the sheet.
pub(crate) fn column(holds: Holds, lang: Lang) -> Column {
    let hows = How::ALL.iter().map(|how| words::how(*how).of(lang).to_owned()).collect();
    let (width, form) = match holds {
        Holds::Label => (12, Form::Text),
        Holds::Title => (30, Form::Text),
        Holds::Due => (12, Form::Day),
        Holds::Light => (8, Form::Text),
        Holds::Last => (40, Form::Text),
        Holds::How => (14, Form::Choice(hows)),
        Holds::Done => (48, Form::Text),
        Holds::Quantity => (12, Form::Number),
        Holds::Unit => (10, Form::Text),
        Holds::Blocker => (30, Form::Text),
        Holds::Key => (38, Form::Key),
    };
    Column::new(holds.title().of(lang), width, form)
}

/// What a row of a filled sheet says of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) assignment: Uuid,
    pub(crate) how: How,
    pub(crate) done: String,
    pub(crate) quantity: Option<i64>,
    pub(crate) blocker: String,
}

/// Where each column stands, by the row of titles, in either language.
struct Places(Vec<(Holds, u32)>);

impl Places {
    fn of(row: &Row) -> Option<Self> {
        let place = |holds: Holds| {
            let Text { zh, en } = holds.title();
            let fits = |text: &str| text == zh || text == en;
            let cell = row.cells.iter().find(|c| fits(&row.text(c.column)))?;
            Some((holds, cell.column))
        };
        let all: Vec<_> = Holds::ALL.into_iter().filter_map(place).collect();
        let has = |holds| all.iter().any(|(h, _)| *h == holds);
        (has(Holds::Key) && has(Holds::How) && has(Holds::Done)).then_some(Self(all))
    }

    fn text(&self, row: &Row, holds: Holds) -> String {
        let at = self.0.iter().find(|(h, _)| *h == holds);
        at.map_or_else(String::new, |(_, column)| row.text(*column))
    }
}

/// What the rows say, or what is wrong, row by row.
pub(crate) fn read(rows: &[Row], open: &[ToAnswer]) -> Result<Vec<Filled>, Message> {
    let head = rows.iter().take(20).enumerate().find_map(|(n, row)| Some((n, Places::of(row)?)));
    let Some((head, places)) = head else {
        return Err(text!(
            "没有找到填报表的表头，请上传从“周反馈”下载的表，不要删除隐藏列。",
            "The titles of the sheet are not there; upload the one from Weekly answer with its hidden column."
        )
        .into());
    };
    let (mut filled, mut errors): (Vec<Filled>, Vec<(u32, Message)>) = (Vec::new(), Vec::new());
    for row in rows.iter().skip(head + 1) {
        match read_row(row, &places, open) {
            Ok(None) => {}
            Ok(Some(one)) if filled.iter().any(|f| f.assignment == one.assignment) => {
                let twice =
                    text!("这一项在前面的行已经填写。", "This item stands in a row before.");
                errors.push((row.number, twice.into()));
            }
            Ok(Some(one)) => filled.push(one),
            Err(message) => errors.push((row.number, message)),
        }
    }
    if !errors.is_empty() {
        return Err(told(&errors));
    }
    if filled.is_empty() {
        return Err(text!("表中还没有填写任何一项。", "Nothing is filled in yet.").into());
    }
    Ok(filled)
}

/// What is wrong, each with its row.
fn told(errors: &[(u32, Message)]) -> Message {
    let join = |of: &dyn Fn(u32, &Message) -> String| {
        errors.iter().take(TOLD_MAX).map(|(row, m)| of(*row, m)).collect::<Vec<_>>().join("\n")
    };
    let more = errors.len().saturating_sub(TOLD_MAX);
    let mut message = Message {
        zh: join(&|row, m| format!("第{row}行：{}", m.zh)),
        en: join(&|row, m| format!("Row {row}: {}", m.en)),
    };
    if more > 0 {
        message.zh.push_str(&format!("\n另有 {more} 行。"));
        message.en.push_str(&format!("\n{more} more rows."));
    }
    message
}

fn read_row(row: &Row, places: &Places, open: &[ToAnswer]) -> Result<Option<Filled>, Message> {
    let text = |holds| places.text(row, holds);
    let (how, done) = (text(Holds::How), text(Holds::Done));
    let (quantity, blocker) = (text(Holds::Quantity), text(Holds::Blocker));
    if [&how, &done, &quantity, &blocker].iter().all(|t| t.is_empty()) {
        return Ok(None);
    }
    let key: Option<Uuid> = text(Holds::Key).parse().ok();
    let Some(item) = key.and_then(|key| open.iter().find(|o| o.row.id == key)) else {
        return Err(text!(
            "这一行不是本单位在办事项（可能已办结、转出，或隐藏列被改动），请重新下载填报表。",
            "This row is no open item of your unit; take the sheet out again."
        )
        .into());
    };
    let how = how_of(&how, &done)?;
    within(&done, DONE_MAX, Holds::Done)?;
    within(&blocker, BLOCKER_MAX, Holds::Blocker)?;
    said(how, &done, item.last.as_deref()).map_err(|(_, text)| Message::from(text))?;
    Ok(Some(Filled {
        assignment: item.row.id,
        how,
        done,
        quantity: quantity_of(&quantity, &item.row.quantity_unit)?,
        blocker,
    }))
}

/// Who writes words without choosing means them.
fn how_of(text: &str, done: &str) -> Result<How, Message> {
    if text.is_empty() && !done.is_empty() {
        return Ok(How::Own);
    }
    let fits = |how: &How| [words::how(*how).zh, words::how(*how).en].contains(&text);
    How::ALL.into_iter().find(fits).ok_or_else(|| {
        text!(
            "“本周情况”请选择“按计划推进”“与上次相同”或“自行填写”。",
            "Choose one of the words offered under This week."
        )
        .into()
    })
}

fn within(text: &str, max: usize, holds: Holds) -> Result<(), Message> {
    let Text { zh, en } = holds.title();
    if text.chars().count() <= max {
        return Ok(());
    }
    Err(msg!("“{zh}”最多 {max} 字。", "“{en}” has {max} characters at most."))
}

fn quantity_of(text: &str, unit: &str) -> Result<Option<i64>, Message> {
    if text.is_empty() {
        return Ok(None);
    }
    if unit.is_empty() {
        return Err(
            text!("这一项没有量化目标，请空出完成量。", "This item has no quantity.").into()
        );
    }
    let number = sense::amount(text).and_then(|a| a.whole());
    let number = number.filter(|n| (0..=QUANTITY_MAX).contains(n));
    number.map(Some).ok_or_else(|| {
        msg!(
            "完成量“{text}”不是整数，请只写数字。",
            "“{text}” is no whole number; write the number only."
        )
    })
}
