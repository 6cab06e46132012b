//! What units of the demo city answer.

use assignments::demo::chance::Chance;

const CAUSES: &[&str] = &[
    "前期手续衔接不够紧，影响了进度",
    "责任分工落实不到位，协调推进偏慢",
    "相关要件报送后补正一次，耽误了时间",
    "资金拨付环节滞后，施工组织受到影响",
];
const MEASURES: &[&str] = &[
    "已召开专题会明确责任科室和时间节点，每周调度一次",
    "主要负责人到现场办公，已将任务分解到岗位、到日期",
    "已与有关部门对接，缺件全部补齐，正在按程序办理",
    "已增派人手集中攻坚，剩余工作倒排工期推进",
];
const PROMISES: &[&str] =
    &["预计十个工作日内办结", "力争本月底前办结", "预计两周内完成并报结", "完成后立即报结"];

/// What was put right, in some words.
pub(super) fn answer(item: &str, title: &str) -> String {
    let mut chance = Chance::of(&[item, title]);
    let (cause, measure) = (chance.pick(CAUSES), chance.pick(MEASURES));
    let promise = chance.pick(PROMISES);
    format!("关于“{title}”逾期的原因：{cause}。\n整改措施：{measure}。\n{promise}。")
}
