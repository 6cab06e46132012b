//! The messages of the frame around every page.

use http::StatusCode;
use kernel::{Message, Text, msg, text};

pub(crate) const PRODUCT: Text = text!("督办", "Duban");
pub(crate) const HOME: Text = text!("工作台", "Desk");
pub(crate) const CANCEL: Text = text!("取消", "Cancel");
pub(crate) const ACCOUNT: Text = text!("我的账号", "My account");
pub(crate) const SIGN_OUT: Text = text!("退出登录", "Sign out");
pub(crate) const SWITCH_POST: Text = text!("切换任职", "Switch post");
pub(crate) const OTHER_LANGUAGE: Text = text!("English", "中文");
pub(crate) const SECRETS: Text = text!(
    "本系统为非涉密系统，严禁录入国家秘密、工作秘密和批示原件。",
    "Not for state secrets: never enter classified matter or originals of instructions."
);
pub(crate) const PLEASE_MEND: Text = text!("请修改以下内容", "Please mend the following");
pub(crate) const DONE: Text = text!("已完成", "Done");
pub(crate) const FILTER: Text = text!("筛选", "Filter");
pub(crate) const LEAVE_OUT: Text = text!("不填", "Leave out");
pub(crate) const CHOOSE: Text = text!("请选择", "Choose");

pub(crate) const NOT_YET_SENT: Text = text!(
    "登录曾经中断，以下内容尚未提交。请核对后重新提交。",
    "Your sign-in had ended, so the following has not been sent yet. Check it and send it again."
);

/// What the bell says.
pub(crate) fn news(label: Text, count: &str) -> Message {
    let Text { zh, en } = label;
    msg!("{zh}：{count} 条未读", "{en}: {count} unread")
}

/// Title and hint for an answer that is not the page.
pub(crate) fn error(status: StatusCode) -> (Text, Text) {
    match status.as_u16() {
        400 => (
            text!("请求无法识别", "The request cannot be read"),
            text!("请返回后重试。", "Go back and try again."),
        ),
        401 => (
            text!("请先登录", "Sign in first"),
            text!("用令牌访问时，请检查令牌是否有效。", "With a token, check that it is valid."),
        ),
        403 => (
            text!("表单已失效", "The form has expired"),
            text!(
                "请返回复制已填内容，刷新页面后重新提交。",
                "Go back and copy what you wrote, then reload the page and send it again."
            ),
        ),
        404 => (
            text!("没有找到", "Not found"),
            text!(
                "内容不存在，或者不在您的查看范围内。",
                "It does not exist or is not within your reach."
            ),
        ),
        405 => (
            text!("不支持这种操作", "Not possible here"),
            text!("请从页面上的按钮进入。", "Use the buttons on the page."),
        ),
        408 => (
            text!("传输时间过长", "Sending took too long"),
            text!(
                "请检查网络，减少文件的数量或大小后重试。",
                "Check the network; send fewer or smaller files."
            ),
        ),
        409 => (
            text!("现在不能这样做", "Not possible now"),
            text!(
                "情况可能已经变化，请查看最新状态。",
                "Things may have changed; look at the present state."
            ),
        ),
        413 => (
            text!("内容太大", "Too large"),
            text!("请减少文件的数量或大小。", "Send fewer or smaller files."),
        ),
        422 => (PLEASE_MEND, text!("已填内容没有丢失。", "Nothing you wrote is lost.")),
        503 => (
            text!("数据库暂时不可用", "The database cannot be reached"),
            text!(
                "操作没有生效，请稍后用同一页面重新提交，不会重复。",
                "Nothing was done; send the same page again shortly, it will not be done twice."
            ),
        ),
        507 => (
            text!("磁盘空间不足", "The disk is full"),
            text!(
                "操作没有生效，已填内容没有丢失；请联系系统管理员。",
                "Nothing was done and nothing you wrote is lost; tell the system administrator."
            ),
        ),
        _ => (
            text!("系统出错", "Something went wrong"),
            text!(
                "操作没有生效。请把下面的编号告诉系统管理员。",
                "Nothing was done. Tell the system administrator the number below."
            ),
        ),
    }
}
