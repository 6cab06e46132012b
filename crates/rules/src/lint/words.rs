//! What must not be measured, told by the words of items and measures.

use kernel::{Text, msg, text};

use super::{Finding, Severity};
use crate::rule_set::input::Input;

/// 整治形式主义为基层减负若干规定 (2024): commendations, publicity and traces are no results.
const BURDEN: Text = text!(
    "《整治形式主义为基层减负若干规定》（2024年）：不得将领导批示、宣传报道作为考核内容，不得以是否开会、发文、留存照片记录判断工作",
    "the 2024 rules against formalism: leaders' commendations and publicity may not be assessed, nor whether a meeting was held, a paper issued, a photo kept"
);
/// 关于防治“指尖上的形式主义”的若干意见 (2023).
const FINGERTIPS: Text = text!(
    "《关于防治“指尖上的形式主义”的若干意见》（2023年）：不得设置打卡签到、积分排名、在线时长，不得强制安装、过度留痕",
    "the 2023 opinion against formalism at the fingertips: no check-in, no points ranking, no online time, no forced installation, no excess of traces"
);
/// 国办函〔2026〕12号, rules for government apps.
const APPS: Text = text!(
    "政务应用程序管理规定（国办函〔2026〕12号）：不得以安装、活跃、登录、点赞等数据考核排名",
    "the 2026 rules for government apps (国办函〔2026〕12号): installation, activity, sign-in and likes may not be assessed or ranked"
);
const OWN_DELAY: Text = text!(
    "签收和延期只供工作台掌握：延期经批准即正当，计分会让单位不敢如实申请",
    "acceptance and extension are for the desk only: an approved extension is rightful, and scoring it keeps units from asking"
);
const PROMISES: Text = text!(
    "公平竞争审查和规范招商引资的要求：以落地投资和持续经营计分，不比签约数额",
    "fair-competition rules for investment attraction: score landed investment and its duration, not signed promises"
);

const WORDS: [(Severity, &[&str], &Text); 11] = [
    (Severity::Forbidden, &["批示", "圈阅", "领导肯定"], &BURDEN),
    (
        Severity::Forbidden,
        &["宣传", "报道", "发稿", "稿件", "媒体", "信息采用", "简报", "篇数"],
        &BURDEN,
    ),
    (Severity::Forbidden, &["照片", "拍照", "视频留存", "留痕", "工作记录"], &BURDEN),
    (
        Severity::Forbidden,
        &[
            "会次数",
            "会议次数",
            "会议场次",
            "会场次",
            "会议数",
            "会召开",
            "会议召开",
            "会数量",
            "参会",
            "开会",
            "召开会议",
            "会议数量",
            "发文数",
            "文件数",
        ],
        &BURDEN,
    ),
    (
        Severity::Forbidden,
        &["打卡", "签到", "积分", "在线时长", "在线时间", "学习时长"],
        &FINGERTIPS,
    ),
    (
        Severity::Forbidden,
        &["登录", "登陆", "平台签收", "安装", "下载量", "活跃", "日活", "注册率", "激活率"],
        &APPS,
    ),
    (Severity::Forbidden, &["平台使用率", "应用使用率"], &APPS),
    (
        Severity::Forbidden,
        &[
            "点赞",
            "转发",
            "关注数",
            "阅读量",
            "网络投票",
            "网上投票",
            "线上投票",
            "在线投票",
            "微信投票",
        ],
        &APPS,
    ),
    // Whose installation is meant, only a person can say.
    (Severity::Warning, &["安装率", "活跃率"], &APPS),
    (Severity::Warning, &["签收", "延期"], &OWN_DELAY),
    (Severity::Hint, &["签约额", "签约金额", "签约个数"], &PROMISES),
];

/// Words that are honest beside one of these: what was asked for is done, mended, or no app's.
const HONEST_WITH: [(&str, &[&str]); 9] = [
    ("批示", &["办结", "办理", "落实"]),
    ("媒体", &["整改", "办结"]),
    ("报道", &["整改", "办结"]),
    ("积分", &["信用", "面积"]),
    (
        "安装率",
        &[
            "充电", "烟感", "光伏", "水表", "扶手", "设备", "设施", "电梯", "路灯", "报警", "燃气",
            "管网",
        ],
    ),
    ("活跃率", &["主体", "企业", "商户"]),
    ("延期", &["项目", "工程"]),
    ("会召开", &["落实", "办结"]),
    ("会数量", &["机会", "协会", "工会", "商会", "社会"]),
];

/// Words that mean an app only beside one of these: a charging point is installed too.
const ONLY_WITH: [(&str, &[&str]); 5] = [
    ("安装", &APPS_OF),
    ("活跃", &APPS_OF),
    ("日活", &APPS_OF),
    ("注册率", &APPS_OF),
    ("激活率", &APPS_OF),
];
const APPS_OF: [&str; 8] = ["应用", "APP", "平台", "用户", "软件", "客户端", "小程序", "反诈中心"];
/// Words that stand alone where an app is meant: 安装率 and nothing else.
const ALONE: [&str; 10] = [
    "安装率",
    "安装数",
    "安装量",
    "活跃率",
    "活跃度",
    "活跃数",
    "日活",
    "日活率",
    "注册率",
    "激活率",
];

/// The texts by which an input says what it measures.
pub(super) fn texts(input: &Input) -> impl Iterator<Item = &str> {
    let parameters = input.fields.parameters.values().map(|value| value.0.as_str());
    [input.fields.measure.0.as_str(), input.name()].into_iter().chain(parameters)
}

/// Whether a text measures what the word stands for.
fn means(text: &str, word: &str) -> bool {
    let has_one = |table: &[(&str, &[&str])]| {
        let found = table.iter().find(|(known, _)| *known == word);
        found.map(|(_, others)| others.iter().any(|other| text.contains(other)))
    };
    text.contains(word)
        && !has_one(&HONEST_WITH).unwrap_or(false)
        && (has_one(&ONLY_WITH).unwrap_or(true) || ALONE.contains(&text))
}

/// A text without spaces and signs that nobody sees, by which a word could be hidden.
fn plain(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
    };
    text.chars().filter(|c| !is_hidden(*c)).collect::<String>().to_uppercase()
}

/// Words in the names and in what is read; each kind of word is told once for an entry.
pub(super) fn look<'t>(
    path: &[String],
    code: &str,
    texts: impl Iterator<Item = &'t str>,
    findings: &mut Vec<Finding>,
) {
    let said: Vec<String> = texts.map(plain).collect();
    let mut is_forbidden = false;
    for (severity, words, because) in WORDS {
        let found = words.iter().find(|word| said.iter().any(|text| means(text, word)));
        let Some(word) = found else { continue };
        // What is forbidden already need not be doubted as well: 平台签收 holds 签收.
        if severity != Severity::Forbidden && is_forbidden {
            continue;
        }
        is_forbidden |= severity == Severity::Forbidden;
        let message = msg!(
            "{code}以“{word}”计分，请改为工作结果",
            "{code} scores “{word}”; measure results instead"
        );
        findings.push(Finding {
            severity,
            kind: "forbidden_measure",
            path: path.to_vec(),
            message,
            because: *because,
        });
    }
}
