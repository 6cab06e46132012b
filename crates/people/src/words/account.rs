//! Words of the own account.

use kernel::{Text, text};

pub(crate) const MY_ACCOUNT: Text = text!("我的账号", "My account");
pub(crate) const CHANGE_PASSWORD: Text = text!("修改密码", "Change password");
pub(crate) const PERSON: Text = text!("姓名", "Name");
pub(crate) const POSTS: Text = text!("任职", "Posts");
pub(crate) const POST: Text = text!("任职", "Post");
pub(crate) const PASSWORD_CHANGED: Text = text!("密码修改时间", "Password changed");
pub(crate) const SECOND_FACTOR: Text = text!("第二因素", "Second factor");
pub(crate) const FACTOR_ON: Text = text!("已启用", "In use");
pub(crate) const FACTOR_OFF: Text = text!("未启用", "Not in use");
pub(crate) const FACTOR_SETUP: Text = text!("启用", "Set up");
pub(crate) const FACTOR_CHANGE: Text = text!("更换设备", "Change the device");
pub(crate) const FACTOR_DROP: Text = text!("停用", "Give up");
pub(crate) const SESSIONS: Text = text!("登录中的设备", "Sessions");
pub(crate) const THIS_SESSION: Text = text!("当前设备", "This one");
pub(crate) const END: Text = text!("结束", "End");
pub(crate) const END_OTHERS: Text = text!("结束其他登录", "End all others");
pub(crate) const DEVICE: Text = text!("浏览器", "Browser");
pub(crate) const REMOTE: Text = text!("地址", "Address");
pub(crate) const SIGNED_IN_AT: Text = text!("登录时间", "Since");
pub(crate) const SEEN_AT: Text = text!("最近使用", "Last used");
pub(crate) const ACTIONS: Text = text!("操作", "Actions");
pub(crate) const TOKENS: Text = text!("接口令牌", "Tokens");
pub(crate) const TOKEN: Text = text!("令牌", "Token");
pub(crate) const TOKEN_NAME: Text = text!("用途", "What for");
pub(crate) const TOKEN_NAME_HINT: Text =
    text!("例如：大屏取数、办公平台对接。", "For example: wall, office platform.");
pub(crate) const TOKEN_DAYS: Text = text!("有效天数", "Valid for days");
pub(crate) const TOKEN_AGAIN: Text = text!(
    "令牌没有随表单送到，请刷新页面后重新复制。",
    "The token did not come with the form; reload the page and copy it again."
);
pub(crate) const DIGEST: Text = text!("每日摘要", "Daily digest");
pub(crate) const DIGEST_WANTED: Text =
    text!("通过邮件等外部渠道接收每日摘要", "Send me the daily digest outside the program");
pub(crate) const DIGEST_ON: Text = text!("接收", "Wanted");
pub(crate) const DIGEST_OFF: Text = text!("不接收", "Not wanted");
pub(crate) const NO_MAIL: Text =
    text!("未登记邮箱，请安全管理员登记", "No mail address: the security administrator enters it");
pub(crate) const MAKE_TOKEN: Text = text!("新建令牌", "Make a token");
pub(crate) const REVOKE: Text = text!("吊销", "Revoke");
pub(crate) const MADE_AT: Text = text!("创建时间", "Made");
pub(crate) const EXPIRES_AT: Text = text!("到期时间", "Expires");
pub(crate) const NO_TOKENS: Text = text!("还没有令牌", "No tokens yet");
pub(crate) const NO_TOKENS_HINT: Text = text!(
    "程序要以您的任职读取或提交数据时，才需要令牌。",
    "A token is needed only when a program reads or acts in your post."
);
