//! The messages of the auditor's pages.

use kernel::{Message, Text, msg, text};

pub(crate) const JOURNAL: Text = text!("操作日志", "Journal");
pub(crate) const HEAD: Text = text!("链头（序号:哈希）", "Head (place:hash)");
pub(crate) const HEAD_HINT: Text = text!(
    "请抄录或打印保存在系统之外；日后校验时填入，可以发现整库被替换。",
    "Keep it on paper outside the system; entered at a later verification it shows a replaced database."
);
pub(crate) const SEQ: Text = text!("序号", "No.");
pub(crate) const AT: Text = text!("时间", "Time");
pub(crate) const ACT: Text = text!("操作", "Act");
pub(crate) const WHO: Text = text!("经办", "By");
pub(crate) const FOR: Text = text!("代", "for ");
pub(crate) const PROGRAM: Text = text!("系统", "the program");
pub(crate) const KIND: Text = text!("事实", "Fact");
pub(crate) const SUBJECT: Text = text!("对象", "About");
pub(crate) const REASON: Text = text!("原因", "Reason");
pub(crate) const PAYLOAD: Text = text!("内容", "Content");
pub(crate) const ALL: Text = text!("全部", "All");
pub(crate) const BEFORE: Text = text!("序号小于", "Before No.");
pub(crate) const ACTOR_ID: Text = text!("经办任职编号", "Post's identifier");
pub(crate) const SUBJECT_ID: Text = text!("对象编号", "Subject's identifier");
pub(crate) const NOTHING: Text = text!("没有符合条件的记录", "Nothing fits");
pub(crate) const NOTHING_HINT: Text = text!("请放宽筛选条件。", "Widen the filter.");
pub(crate) const ACCESS: Text = text!("访问日志", "Access log");
pub(crate) const DAYS: Text = text!("每日摘要", "Digests by the day");
pub(crate) const DAY: Text = text!("日期", "Day");
pub(crate) const LINES: Text = text!("条数", "Lines");
pub(crate) const FINDING: Text = text!("核对结果", "Compared");
pub(crate) const DIGEST: Text = text!("摘要（SM3）", "Digest (SM3)");
pub(crate) const ALL_DAYS: Text = text!("查看全部日期", "All days");
pub(crate) const SAME: Text = text!("相符", "As recorded");
pub(crate) const DIFFERS: Text = text!("不符", "Differs");
pub(crate) const EXPIRED: Text = text!("已超过保存期", "No longer kept");
pub(crate) const UNCHECKED: Text = text!("未核对", "Not compared");

/// How many lines there are now.
pub(crate) fn lines_now(n: i64) -> Message {
    msg!("现有 {n} 条", "there are {n} now")
}

pub(crate) const ACCESS_NOTE: Text = text!(
    "记录登录、失败、导出和查看个人信息，至少保存 180 天，同时逐行写入系统日志。",
    "Sign-ins, failures, exports and personal data seen; kept for at least 180 days and written to the system log line by line."
);
pub(crate) const EVENT: Text = text!("事件", "Event");
pub(crate) const ACCOUNT: Text = text!("账号", "Account");
pub(crate) const REMOTE: Text = text!("地址", "Address");
pub(crate) const DETAIL: Text = text!("说明", "Detail");
pub(crate) const VERIFICATION: Text = text!("完整性校验", "Verification");
pub(crate) const VERIFY: Text = text!("立即校验", "Verify now");
pub(crate) const VERIFY_HELP: Text = text!(
    "重新计算整条链，由日志重建全部记录表逐行比对，并核对每个附件。数据多时需要几分钟，期间可以正常使用。",
    "The whole chain is computed anew, every record table rebuilt and compared, every attached file read. It may take minutes; work goes on meanwhile."
);
pub(crate) const EXPECT: Text = text!("以前抄录的链头", "A head noted earlier");
pub(crate) const EXPECT_HINT: Text =
    text!("可不填。格式：序号:64 位哈希。", "Optional. Its form is place:64 hexadecimal digits.");
pub(crate) const NOT_A_HEAD: Text = text!(
    "链头应为“序号:64 位十六进制哈希”，请核对后重新填写。",
    "A head is “place:64 hexadecimal digits”; check and write it again."
);
pub(crate) const VERIFYING: Text = text!(
    "校验正在进行，请稍后查看结果。",
    "A verification is under way; look at its result in a while."
);
pub(crate) const WHOLE: Text = text!("完整", "Whole");
pub(crate) const BROKEN: Text = text!("发现差异", "Differences found");
pub(crate) const LAST: Text = text!("最近一次校验", "The last verification");
pub(crate) const HISTORY: Text = text!("校验记录", "Verifications");
pub(crate) const RESULT: Text = text!("结果", "Result");
pub(crate) const FACTS: Text = text!("事实数", "Facts");
pub(crate) const TABLES: Text = text!("比对的表", "Tables compared");
pub(crate) const ROWS: Text = text!("比对的行", "Rows compared");
pub(crate) const FILES: Text = text!("核对的附件", "Files checked");
pub(crate) const ERASED: Text = text!("依法删除的个人信息", "Personal values erased");
pub(crate) const TOOK: Text = text!("用时（秒）", "Seconds");
pub(crate) const DIFFERENCES: Text = text!("差异", "Differences");
pub(crate) const NEVER: Text = text!("还没有校验过", "Never verified");
pub(crate) const NEVER_HINT: Text = text!(
    "用“立即校验”核对日志与全部记录表。",
    "Use “Verify now” to compare the journal with every record table."
);

/// The name of an event of the access log.
pub(crate) fn event(word: &str) -> Text {
    match word {
        "signed_in" => text!("登录", "Signed in"),
        "signed_out" => text!("退出", "Signed out"),
        "failed" => text!("登录失败", "Failed"),
        "password_changed" => text!("修改密码", "Password changed"),
        "factor_set" => text!("启用第二因素", "Second factor set up"),
        "factor_removed" => text!("停用第二因素", "Second factor given up"),
        "token_made" => text!("新建令牌", "Token made"),
        "token_revoked" => text!("吊销令牌", "Token revoked"),
        "session_ended" => text!("结束登录", "Session ended"),
        "taken_out" => text!("导出、下载", "Exported or downloaded"),
        "personal_seen" => text!("查看个人信息", "Personal data seen"),
        _ => text!("其他", "Other"),
    }
}
