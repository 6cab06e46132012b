//! The messages of this room.

use kernel::{Lang, Role, Text, text};

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
pub(crate) const NO_POST: Text = text!(
    "该账号目前没有任职，请联系安全管理员。",
    "This account holds no post now; ask the security administrator."
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
