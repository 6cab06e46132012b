//! Words of series, sittings, the calendar, settings and permissions.

use kernel::{Lang, Text, text};

use crate::tables::{SeriesKind, SittingState};

pub(crate) const NO_CHANGE: Text = text!("内容没有变化。", "Nothing would change.");
pub(crate) const NOT_ONESELF: Text = text!(
    "不能对自己的账号这样做，请由另一位安全管理员办理。",
    "Not on your own account; another security administrator does it."
);
pub(crate) const SERIES: Text = text!("例会", "Series of sittings");
pub(crate) const SERIES_NAME: Text = text!("名称", "Name");
pub(crate) const SERIES_KIND: Text = text!("类型", "Kind");
pub(crate) const ADD_SERIES: Text = text!("新增例会", "Add a series");
pub(crate) const PLAN_SITTING: Text = text!("安排会议", "Plan a sitting");
pub(crate) const HOLD_SITTING: Text = text!("会议已召开", "Mark as held");
pub(crate) const SKIP_SITTING: Text = text!("本次不开", "Skip the sitting");
pub(crate) const SITTING: Text = text!("会议", "Sitting");
pub(crate) const SITTINGS: Text = text!("历次会议", "Sittings");
pub(crate) const DAY: Text = text!("日期", "Day");
pub(crate) const NUMBER: Text = text!("次", "No.");
pub(crate) const NEXT_SITTING: Text = text!("下次会议", "Next sitting");
pub(crate) const HELD_COUNT: Text = text!("已召开", "Held");
pub(crate) const NO_SITTINGS: Text = text!("还没有会议", "No sittings yet");
pub(crate) const NO_SITTINGS_HINT: Text = text!(
    "用“安排会议”排出日期；一次会议可以同时属于两个例会。",
    "Plan one; a joint sitting may carry two series."
);
pub(crate) const CALENDAR: Text = text!("工作日历", "Work calendar");
pub(crate) const YEAR: Text = text!("年份", "Year");
pub(crate) const NOTICE: Text = text!("放假通知", "Notice");
pub(crate) const HOLIDAYS: Text = text!("放假", "Holidays");
pub(crate) const HOLIDAYS_HINT: Text = text!(
    "每行一段，例如：2027-01-01 至 2027-01-03 元旦",
    "One per line, for example: 2027-01-01 to 2027-01-03 New Year"
);
pub(crate) const WORKING_DAYS: Text = text!("调休上班", "Weekend days worked");
pub(crate) const WORKING_HINT: Text =
    text!("每行一天，例如：2027-02-07", "One day per line, for example: 2027-02-07");
pub(crate) const CONFIRM_YEAR: Text = text!("录入放假通知", "Enter a year's notice");
pub(crate) const CONFIRMED: Text = text!("已确认", "Confirmed");
pub(crate) const UNCONFIRMED: Text = text!("未确认", "Not confirmed");
pub(crate) const UNCONFIRMED_HINT: Text = text!(
    "这一年的放假通知还没有录入，工作日暂按周一至周五计算。通知发布后请系统管理员录入。",
    "This year's notice has not been entered; Monday to Friday count as working days until then."
);
pub(crate) const WORKDAYS: Text = text!("工作日", "Working days");
pub(crate) const SETTINGS: Text = text!("设置", "Settings");
pub(crate) const SETTING: Text = text!("项目", "Setting");
pub(crate) const VALUE: Text = text!("当前值", "Value");
pub(crate) const SET_THRESHOLDS: Text = text!("修改业务设置", "Change thresholds");
pub(crate) const SET_SECURITY: Text = text!("修改安全设置", "Change security settings");
pub(crate) const YELLOW_DAYS: Text = text!("黄灯提前工作日", "Yellow so many working days ahead");
pub(crate) const ACCOUNT_LEVEL: Text = text!("账号开设层级", "Accounts reach down to");
pub(crate) const PASSWORD_PROFILE: Text = text!("密码规则", "Rules of passwords");
pub(crate) const UNUSED_DAYS: Text =
    text!("连续多少天未使用即停用账号", "Disable an account after so many days without use");
pub(crate) const LEVELS: &[(&str, Text)] = &[
    ("unit", text!("县区和市直部门", "counties and departments")),
    ("county_department", text!("县直部门", "county departments")),
    ("township", text!("乡镇、街道", "townships")),
];
pub(crate) const DIGEST_AT: Text = text!("每日摘要发送时间", "The daily digest leaves at");
pub(crate) const DIGEST_TIMES: &[(&str, Text)] = &[
    ("08:00", text!("08:00", "08:00")),
    ("08:30", text!("08:30", "08:30")),
    ("09:00", text!("09:00", "09:00")),
    ("10:00", text!("10:00", "10:00")),
    ("11:30", text!("11:30", "11:30")),
    ("14:30", text!("14:30", "14:30")),
    ("16:00", text!("16:00", "16:00")),
    ("17:30", text!("17:30", "17:30")),
];
pub(crate) const PROFILES: &[(&str, Text)] = &[
    (
        "dengbao3",
        text!(
            "等保三级：10 位三类字符，90 天更换",
            "Dengbao 3: 10 characters of 3 classes, 90 days"
        ),
    ),
    ("asvs", text!("OWASP ASVS：12 位，不强制更换", "OWASP ASVS: 12 characters, no forced change")),
];
pub(crate) const FACTOR_RULES: &[(&str, Text)] = &[
    ("required", text!("管理员和督查局必须使用", "required for administrators and the bureau")),
    ("everyone", text!("所有账号必须使用", "required for everybody")),
    ("off", text!("自愿使用", "voluntary")),
];
pub(crate) const PERMISSIONS: Text = text!("权限表", "Permissions");
pub(crate) const PERMISSION: Text = text!("权限", "Permission");
pub(crate) const PERMISSIONS_NOTE: Text = text!(
    "权限随角色固定，作为代码评审；数字为当前持有该角色的任职数。",
    "Permissions are fixed by role and reviewed as code; the figures count the posts held now."
);
pub(crate) const HOLDERS: Text = text!("任职数", "Posts held");
pub(crate) const COUNT: Text = text!("角色数", "Roles");

/// The name of a kind of series.
pub(crate) const fn series_kind(kind: SeriesKind) -> Text {
    match kind {
        SeriesKind::Assign => text!("周交办会", "Weekly assigning"),
        SeriesKind::Review => text!("月讲评会", "Monthly review"),
        SeriesKind::Weekly => text!("周例会", "Weekly meeting"),
    }
}

/// The name of a sitting's state.
pub(crate) const fn sitting_state(state: SittingState) -> Text {
    match state {
        SittingState::Planned => text!("已安排", "Planned"),
        SittingState::Held => text!("已召开", "Held"),
        SittingState::Skipped => text!("未召开", "Skipped"),
    }
}

/// The number of a sitting as it is said, 第14次.
pub(crate) fn nth(number: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第{number}次"),
        Lang::En => format!("No. {number}"),
    }
}
