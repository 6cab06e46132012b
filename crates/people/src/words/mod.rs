//! The messages of this room.

mod account;
mod register;
mod sittings;

use kernel::{Day, Lang, Role, Text, text};
use maud::{Markup, html};

pub(crate) use account::*;
pub(crate) use register::*;
pub(crate) use sittings::*;

pub(crate) const NAME: Text = text!("账号", "Account");
pub(crate) const PASSWORD: Text = text!("密码", "Password");
pub(crate) const WRONG: Text = text!(
    "账号或密码不正确。连续 5 次错误将锁定 15 分钟。",
    "Wrong account or password. Five errors in a row lock the account for 15 minutes."
);
pub(crate) const LOCKED: Text = text!(
    "尝试次数过多，请 15 分钟后再试，或联系安全管理员。",
    "Too many tries; try again in 15 minutes or ask the security administrator."
);
pub(crate) const FORM_KEPT: Text = text!(
    "登录已超时，刚才填写的内容已为您保留 24 小时。用同一账号登录后，回到该表单继续提交。",
    "Your sign-in had expired. What you filled in is kept for 24 hours: sign in with the same account to go on with that form."
);
pub(crate) const FORM_LOST: Text = text!(
    "登录已失效，无法确认刚才的内容由谁填写，因此没有保存。请先按浏览器的“后退”复制已填内容，再登录。",
    "Your sign-in has ended and nothing shows who filled in the form, so it was not kept. Go back in the browser and copy what you wrote, then sign in."
);
pub(crate) const ACCOUNT_DISABLED: Text = text!(
    "该账号已停用（管理员停用，或长期未使用自动停用）。请联系安全管理员恢复。",
    "This account is disabled, by an administrator or because nobody used it for long. Ask the security administrator to enable it."
);
pub(crate) const NO_POST: Text = text!(
    "该账号目前没有任职，请联系安全管理员。",
    "This account holds no post now; ask the security administrator."
);

pub(crate) const CODE: Text = text!("验证码", "Code");
pub(crate) const CODE_HINT: Text = text!(
    "验证器应用中显示的 6 位数字，每个只能用一次。",
    "The six digits that your authenticator shows; each works once."
);
pub(crate) const WRONG_CODE: Text = text!(
    "验证码不正确或已经用过。请等下一个验证码出现后再填写。",
    "Wrong or used code. Wait for the next one and enter it."
);
pub(crate) const GO_ON: Text = text!("继续", "Go on");
pub(crate) const NEW_PASSWORD: Text = text!("新密码", "New password");
pub(crate) const AGAIN: Text = text!("再输入一次", "Once more");
pub(crate) const CURRENT_PASSWORD: Text = text!("当前密码", "Present password");
pub(crate) const PASSWORD_HINT: Text = text!(
    "至少 10 位，含大写、小写、数字、符号中的三类；不能与最近用过的相同。",
    "At least 10 characters of three classes; none that was used lately."
);
pub(crate) const NOT_THE_SAME: Text = text!(
    "两次输入的新密码不一致，请重新输入。",
    "The two new passwords differ; write them again."
);
pub(crate) const USED_BEFORE: Text =
    text!("这个密码最近用过，请换一个。", "This password was used lately; choose another.");
pub(crate) const WRONG_CURRENT: Text = text!(
    "当前密码不正确，请重新输入。连续 5 次错误将锁定 15 分钟。",
    "This is not the present password; write it again. Five errors lock the account for 15 minutes."
);
pub(crate) const OPENING_OVER: Text = text!(
    "登录步骤已超时或已完成，请重新登录。",
    "This step of signing in is over; sign in again."
);
pub(crate) const FACTOR_KEY: Text = text!("密钥", "Key");
pub(crate) const FACTOR_URI: Text = text!("在手机上点开", "Open on the phone");
pub(crate) const FACTOR_AGAIN: Text = text!(
    "密钥没有随表单送到，请刷新页面后重新添加。",
    "The key did not come with the form; reload the page and add it again."
);

/// The name of a role.
pub fn role(role: Role, lang: Lang) -> &'static str {
    let text = match role {
        Role::Leader => text!("市领导", "City leader"),
        Role::Secretary => text!("领导秘书", "Leader's secretary"),
        Role::Chief => text!("督查局负责人", "Bureau chief"),
        Role::Officer => text!("督查专员", "Bureau officer"),
        Role::Head => text!("单位负责人", "Unit head"),
        Role::Liaison => text!("单位联络员", "Unit liaison"),
        Role::Department => text!("条线主管部门", "Line department"),
        Role::Cadre => text!("包联干部", "Linked cadre"),
        Role::Enterprise => text!("企业联系人", "Enterprise contact"),
        Role::Inspector => text!("检查人员", "Inspector"),
        Role::SystemAdmin => text!("系统管理员", "System administrator"),
        Role::SecurityAdmin => text!("安全管理员", "Security administrator"),
        Role::AuditAdmin => text!("审计管理员", "Audit administrator"),
    };
    text.of(lang)
}

/// For whom a post acts: a stand-in takes the place of somebody, a secretary is sent by a leader.
pub(crate) fn on_behalf(role: Role, title: &str) -> String {
    if role == Role::Secretary {
        format!("（受{title}委托）")
    } else {
        format!("（代{title}）")
    }
}

/// A period as people write it, `2021-11-01 至今`.
pub(crate) fn period(from: Day, to: Option<Day>, lang: Lang) -> Markup {
    html! {
        (from) " – "
        @match to { Some(to) => (to), None => (ONGOING.of(lang)) }
    }
}
