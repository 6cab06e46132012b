//! The words of this room.

use kernel::{Lang, Text, text};

use crate::store::Listed;
use crate::tables::{Channel, Delivery, Parcel};

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

pub(crate) const DELIVERIES: Text = text!("消息发送", "Deliveries");
pub(crate) const DELIVERIES_NOTE: Text = text!(
    "经邮件和接口推送发出的每日摘要、急件提醒和测试消息。只记录是否发出，不记录谁看过。",
    "Digests, urgent messages and tests that leave by mail and webhook. Only whether they left is kept, never who read them."
);
pub(crate) const CHANNEL: Text = text!("渠道", "Channel");
pub(crate) const KIND: Text = text!("类别", "Kind");
pub(crate) const FOR_POST: Text = text!("发给", "For");
pub(crate) const TRIES: Text = text!("次数", "Tries");
pub(crate) const WHY: Text = text!("未发出的原因", "Why it did not leave");
pub(crate) const NEXT_AT: Text = text!("下次发送", "Next try");
pub(crate) const SENT_AT: Text = text!("发出时间", "Left at");
pub(crate) const FAILED_AT: Text = text!("最后一次", "Last try");
pub(crate) const TRY_AGAIN: Text = text!("再试一次", "Try again");
pub(crate) const TRY_ALL: Text = text!("全部重试", "Try all again");
pub(crate) const SEND_TEST: Text = text!("发送测试消息", "Send a test message");
pub(crate) const CHOOSE: Text = text!("请选择邮件或接口推送。", "Choose mail or webhook.");
pub(crate) const NO_OWN_MAIL: Text = text!(
    "您还没有登记邮箱，请安全管理员在人员页面登记后再试。",
    "You have no mail address yet; the security administrator enters it on your person's page."
);
pub(crate) const TESTS_ENOUGH: Text =
    text!("一小时内的测试已够多，请稍后再试。", "Enough tests within the hour; try again later.");
pub(crate) const GONE: Text = text!(
    "该任职已经结束，或账号已停用，没有发送。",
    "The post has ended or its account is disabled; nothing was sent."
);

/// What a channel is called.
pub(crate) const fn channel(channel: Channel) -> Text {
    match channel {
        Channel::Mail => text!("邮件", "Mail"),
        Channel::Webhook => text!("接口推送", "Webhook"),
    }
}

/// What a kind of letter is called.
pub(crate) const fn parcel(kind: Parcel) -> Text {
    match kind {
        Parcel::Digest => text!("每日摘要", "Daily digest"),
        Parcel::Urgent => text!("急件提醒", "Urgent"),
        Parcel::Test => text!("测试消息", "Test"),
    }
}

/// What a state of sending is called.
pub(crate) const fn delivery(state: Delivery) -> Text {
    match state {
        Delivery::Waiting => text!("待发送", "Waiting"),
        Delivery::Sent => text!("已发送", "Sent"),
        Delivery::Failed => text!("未送达", "Given up"),
    }
}
