//! Words of units, groups, lines, persons, posts and accounts.

use kernel::{Text, text};

use crate::tables::{AccountClass, UnitKind};

pub(crate) const NOT_OFFERED: Text =
    text!("请从列出的选项中选择。", "Choose one of those that are offered.");
pub(crate) const CITY: Text = text!("本市", "The city");
pub(crate) const PERSONNEL: Text = text!("人员", "Person");
pub(crate) const UNIT: Text = text!("单位", "Unit");
pub(crate) const UNITS: Text = text!("单位", "Units");
pub(crate) const PARENT: Text = text!("上级单位", "Unit above");
pub(crate) const KIND: Text = text!("层级", "Level");
pub(crate) const FULL_NAME: Text = text!("全称", "Full name");
pub(crate) const SHORT_NAME: Text = text!("简称", "Short name");
pub(crate) const SORT: Text = text!("排序", "Place");
pub(crate) const FROM: Text = text!("开始日期", "From");
pub(crate) const LAST_DAY: Text = text!("最后一天", "Last day");
pub(crate) const REASON: Text = text!("原因", "Reason");
pub(crate) const GROUP: Text = text!("考评组别", "Peer group");
pub(crate) const GROUPS: Text = text!("考评组别", "Peer groups");
pub(crate) const LINE: Text = text!("条线", "Line of work");
pub(crate) const LINES: Text = text!("条线", "Lines of work");
pub(crate) const LEADER: Text = text!("分管领导", "Leader");
pub(crate) const DEPARTMENT: Text = text!("主管部门", "Department");
pub(crate) const MAIL: Text = text!("电子邮箱", "Mail address");
pub(crate) const PHONE: Text = text!("电话", "Telephone");
pub(crate) const ROLE: Text = text!("角色", "Role");
pub(crate) const TITLE: Text = text!("职务", "Title");
pub(crate) const REPRESENTS: Text = text!("为谁办理", "Acts for");
pub(crate) const REPRESENTS_HINT: Text = text!(
    "秘书选择其领导；其他人员请用“设代理”。",
    "A secretary's leader; for others use “stand-in”."
);
pub(crate) const TO_EXCEL: Text = text!("导出 Excel", "To Excel");
pub(crate) const FROM_EXCEL: Text = text!("从 Excel 导入", "From Excel");
pub(crate) const IMPORT_UNITS: Text = text!("导入单位", "Bring units in");
pub(crate) const IMPORT_PERSONS: Text = text!("导入人员", "Bring persons in");
pub(crate) const EXPORT_UNITS: Text = text!("导出单位", "The units as a spreadsheet");
pub(crate) const EXPORT_PERSONS: Text = text!("导出任职", "The posts as a spreadsheet");
pub(crate) const PERSONS: Text = text!("人员任职", "Persons and posts");
pub(crate) const HOLDER: Text = text!("任职人", "Holder");
pub(crate) const WATCHED_UNITS: Text = text!("联系单位", "Units looked after");
pub(crate) const WATCHED_LINES: Text = text!("联系条线", "Lines looked after");
pub(crate) const WATCHES: Text = text!("联系片区或检查范围", "Looks after or is limited to");
pub(crate) const ACCOUNTS: Text = text!("账号", "Accounts");
pub(crate) const CLASS: Text = text!("类别", "Class");
pub(crate) const STATE: Text = text!("状态", "State");
pub(crate) const ONE_TIME_CODE: Text = text!("一次性口令", "One-time code");
pub(crate) const ONE_TIME_HELP: Text = text!(
    "口令只显示这一次，请先抄录再提交；提交后生效，本人首次登录时必须修改。",
    "The code is shown only now: write it down, then send the form. It must be changed at the first sign-in."
);
pub(crate) const CODE_LOST: Text = text!(
    "口令没有随表单送到，请刷新页面后重新抄录。",
    "The code did not come with the form; reload the page and write it down again."
);
pub(crate) const SEARCH: Text = text!("查找", "Search");
pub(crate) const ALL: Text = text!("全部", "All");
pub(crate) const PERIOD: Text = text!("任期", "Period");
pub(crate) const ONGOING: Text = text!("至今", "to this day");
pub(crate) const ADD_UNIT: Text = text!("新增单位", "Add a unit");
pub(crate) const ERASE: Text = text!("删除个人信息", "Erase personal data");
pub(crate) const ERASED: Text = text!("已删除", "Erased");
pub(crate) const WHAT_TO_ERASE: Text = text!("删除哪些信息", "What to erase");
pub(crate) const ERASE_SURE: Text = text!(
    "我已核实依据，知道删除后不能恢复",
    "I have made sure and know that it cannot be brought back"
);
pub(crate) const ERASE_REASON_HINT: Text = text!(
    "原因会永久保存在操作日志中，不要写姓名、电话。",
    "The reason stays in the journal for ever; write neither name nor number."
);
pub(crate) const ERASE_REASON_TELLS: Text = text!(
    "原因会永久保存，不能包含要删除的姓名或电话，请改写。",
    "The reason stays for ever and must not contain what is to be erased; write it otherwise."
);
pub(crate) const ERASE_STAYS: Text = text!(
    "保留：任职记录、账号名、办理过的事项和操作日志（只有任职，没有姓名），以及一个加盐摘要，证明这里曾有一个值。此前的备份和导出文件中仍有该信息，由系统管理员按期销毁。",
    "What stays: the posts held, the account's name, what was handled and the journal (with the post, without the name), and a salted hash that shows that there was a value. Backups and exports made before still hold it; the system administrator destroys them in time."
);
pub(crate) const ERASE_LEAVE_FIRST: Text = text!(
    "该人员仍有任职或有效账号，办理人须有姓名可查。请先离任并停用账号，再删除姓名。",
    "This person still holds a post or an open account, and who acts must be known by name. End the posts and disable the account first."
);
pub(crate) const ERASED_ALREADY: Text = text!(
    "该信息不存在或已经删除，请重新选择。",
    "That is not there or was erased already; choose again."
);

/// What a sealed value of a person is called.
pub(crate) fn personal(field: &str) -> Text {
    match field {
        "name" => super::PERSON,
        "phone" => PHONE,
        "mail" => MAIL,
        _ => text!("其他个人信息", "Other personal data"),
    }
}

pub(crate) const RENAME: Text = text!("修改", "Change");
pub(crate) const END_UNIT: Text = text!("撤销", "End");
pub(crate) const JOIN_GROUP: Text = text!("调整组别", "Change the group");
pub(crate) const LEAVE_GROUP: Text = text!("退出组别", "Leave the group");
pub(crate) const ADD_GROUP: Text = text!("新增组别", "Add a group");
pub(crate) const CHANGE_GROUP: Text = text!("修改组别", "Change the group");
pub(crate) const CHANGE_LINE: Text = text!("修改条线", "Change the line");
pub(crate) const LOOKED_AFTER: Text = text!("联系人员", "Looked after by");
pub(crate) const NO_MEMBER_YET: Text = text!("还没有单位。", "No unit stands here yet.");
pub(crate) const NO_MEMBER_HINT: Text =
    text!("在单位页面上选“调整组别”。", "Choose “Change the group” on a unit's page.");
pub(crate) const ADD_LINE: Text = text!("新增条线", "Add a line");
pub(crate) const ADD_PERSON: Text = text!("登记人员", "Add a person");
pub(crate) const TAKE_POST: Text = text!("任职", "Give a post");
pub(crate) const LEAVE_POST: Text = text!("离任", "End the post");
pub(crate) const STAND_IN: Text = text!("设代理", "Stand-in");
pub(crate) const SET_WATCHES: Text = text!("调整联系范围", "Change what it looks after");
pub(crate) const OPEN_ACCOUNT: Text = text!("开通账号", "Open an account");
pub(crate) const RESET: Text = text!("重置密码", "Reset the password");
pub(crate) const DISABLE: Text = text!("停用账号", "Disable");
pub(crate) const ENABLE: Text = text!("恢复账号", "Enable");
pub(crate) const REMOVE_FACTOR: Text = text!("解除第二因素", "Remove the second factor");
pub(crate) const DISABLED: Text = text!("已停用", "Disabled");
pub(crate) const OPEN: Text = text!("正常", "Open");
pub(crate) const LOCKED_NOW: Text = text!("已锁定", "Locked");
pub(crate) const LAST_SIGN_IN: Text = text!("最近登录", "Last sign-in");
pub(crate) const NO_ACCOUNT: Text = text!("未开通", "None");
pub(crate) const NOBODY: Text = text!("没有符合条件的人员", "Nobody fits");
pub(crate) const NOBODY_HINT: Text =
    text!("请放宽查找条件，或者登记新人员。", "Widen the search, or add a person.");
pub(crate) const NOTHING_YET: Text = text!("还没有内容", "Nothing yet");
pub(crate) const NOTHING_HINT: Text =
    text!("有权限的人员可以用右上角的按钮新增。", "Who may can add it with the button above.");
pub(crate) const WITHOUT_POST: Text = text!("目前没有任职的人员", "Persons without a post now");
pub(crate) const MEMBERS: Text = text!("单位", "Units");
pub(crate) const VALID: Text = text!("存续", "Exists");
pub(crate) const NAME_TAKEN: Text =
    text!("这个简称已有单位使用，请换一个。", "Another unit has this short name; choose another.");

/// The name of a unit's level.
pub(crate) const fn unit_kind(kind: UnitKind) -> Text {
    match kind {
        UnitKind::City => text!("市", "City"),
        UnitKind::County => text!("县", "County"),
        UnitKind::District => text!("区", "District"),
        UnitKind::Zone => text!("功能区", "Zone"),
        UnitKind::Department => text!("市直部门", "City department"),
        UnitKind::CountyDepartment => text!("县直部门", "County department"),
        UnitKind::Township => text!("乡镇、街道", "Township"),
    }
}

/// The name of an account's class.
pub(crate) const fn account_class(class: AccountClass) -> Text {
    match class {
        AccountClass::Business => text!("业务", "Business"),
        AccountClass::System => text!("系统管理", "System"),
        AccountClass::Security => text!("安全管理", "Security"),
        AccountClass::Audit => text!("审计管理", "Audit"),
    }
}
