//! The words of this room.

use kernel::{Lang, Text, text};

use crate::store::Listed;

pub(crate) const INBOX: Text = text!("收件箱", "Inbox");
pub(crate) const UNREAD: Text = text!("未读", "Unread");
pub(crate) const WAITING: Text = text!("待办", "To do");
pub(crate) const ALL: Text = text!("全部", "All");
pub(crate) const KNOW: Text = text!("知晓", "For information");
pub(crate) const URGENT: Text = text!("急", "Urgent");
pub(crate) const SETTLED: Text = text!("已办", "Done");
pub(crate) const NEW: Text = text!("新", "New");
pub(crate) const MESSAGE: Text = text!("消息", "Message");
pub(crate) const NEEDED: Text = text!("要求", "Asked");
pub(crate) const UNIT: Text = text!("单位", "Unit");
pub(crate) const AT: Text = text!("时间", "When");
pub(crate) const READ: Text = text!("标为已读", "Mark as read");
pub(crate) const READ_ALL: Text = text!("全部标为已读", "Mark all as read");

/// What a message is about and what happened, in one line.
pub(crate) fn line(message: &Listed, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}：{}", message.about_zh, message.zh),
        Lang::En => format!("{}: {}", message.about_en, message.en),
    }
}
