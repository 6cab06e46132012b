//! The rooms of these tests, and rule sets that a city can put in force.

use kernel::Role;
use rule_sets::demo::{Hands, NewRules};
use testkit::City;
use uuid::Uuid;
use web::Plan;

pub(crate) fn plans() -> Vec<Plan> {
    vec![people::plan(), assignments::plan(), rule_sets::plan()]
}

/// A rule set whose measures this building supplies and whose groups this city has.
pub(crate) const RULES: &str = "\
办法: 县区周交办月讲评办法
英文: Monthly review of weekly assignments
编号: XQ
版本: 1
生效: 2021-12
计分精度: {小数位: 2, 舍入: 四舍五入}
缺项: 按比例折算
并列: {方式: 同分同名次, 依次比较: [A1], 最小分差: \"0.05\"}
最少任务: {取数: {取数: 应办结件数, 单位: 件}, 不少于: \"3\"}
满分: \"100\"
组别:
  - {代码: XQ, 名称: 县区组}
  - {代码: GN, 名称: 功能区组}
维度:
  - 名称: 周交办落实
    项目:
      - 代码: A1
        名称: 按期办结率
        满分: \"70\"
        依据: 第三条
        取数: {取数: 按期办结率, 参数: {权重: 是}, 单位: \"%\"}
        计分: {比率: {目标: \"0.95\"}}
      - 代码: A2
        名称: 退办率
        满分: \"30\"
        依据: 第三条
        取数: {取数: 退办率, 单位: \"%\"}
        计分: {逐点加减: {基准: \"0.05\", 方向: 越小越好, 每: \"0.01\", 减: \"0.5\"}}
";

/// Puts a rule set in force by an officer and the chief.
pub(crate) async fn adopt(city: &City, yaml: &str, from: &str) -> Uuid {
    let hands = Hands {
        officer: city.as_(Role::Officer).actor().await,
        chief: city.as_(Role::Chief).actor().await,
    };
    let supplies = assignments::plan().measures.into_iter().collect::<Vec<_>>();
    let new = NewRules {
        yaml,
        number: "漯督字〔2021〕12号",
        office: "漯河市委市政府督查局",
        on: city.today(),
        from,
        supplies: Some(&supplies),
    };
    rule_sets::demo::adopt(city.db(), &hands, &new).await.unwrap()
}
