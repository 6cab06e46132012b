//! The rule sets of the demo city: counties and zones, economic departments, general departments.
//! They call what the city measures and the indicators it enters.

/// Counties and zones: eight results.
pub(super) const COUNTIES: &str = r#"# 县区、功能区月讲评：八项结果，满分100。
办法: 县区重点工作月讲评办法
英文: Monthly review of counties and districts
编号: XQ
版本: 1
生效: 2021-07
计分精度: {小数位: 2, 舍入: 四舍五入}
缺项: 按比例折算
并列: {方式: 同分同名次, 依次比较: [A1, A4], 最小分差: "0.05"}
最少任务: {取数: {取数: 应办结件数, 单位: 件, 英文: items due}, 不少于: "1"}
满分: "100"
组别:
  - {代码: XQ, 名称: 县区组, 英文: counties and districts, 参数: {签约目标: "8"}}
  - {代码: GN, 名称: 功能区组, 英文: zones, 参数: {签约目标: "4"}}
维度:
  - 名称: 周交办落实
    英文: Weekly assignments
    项目:
      - 代码: A1
        名称: 按期办结率
        英文: On-time closure rate
        满分: "30"
        依据: 第三条
        取数: {取数: 按期办结率, 参数: {权重: 是}, 单位: "%", 英文: on-time closure rate}
        计分: {比率: {目标: "0.95"}}
      - 代码: A2
        名称: 逾期未办结件数
        英文: Overdue open items
        满分: "10"
        依据: 第三条
        取数: {取数: 逾期未办结件数, 单位: 件, 英文: overdue open}
        计分: {逐件: {从满分起: 是, 事项: [{每件: "-1"}]}}
      - 代码: A3
        名称: 退办率
        英文: Rework rate
        满分: "10"
        依据: 第三条
        取数: {取数: 退办率, 单位: "%", 英文: rework rate}
        计分: {逐点加减: {基准: "0.05", 方向: 越小越好, 每: "0.01", 减: "0.5"}}
      - 代码: A4
        名称: 目标完成率
        英文: Goal attainment
        满分: "15"
        依据: 第三条
        取数: {取数: 目标完成率, 单位: "%", 英文: goal attainment}
        计分: {比率: {目标: "1"}}
      - 代码: A5
        名称: 办结后重开件数
        英文: Reopened within 30 days
        满分: "5"
        依据: 第三条
        取数: {取数: 办结后重开件数, 参数: {天数: "30"}, 单位: 件, 英文: reopened}
        计分: {逐件: {从满分起: 是, 事项: [{每件: "-1"}]}}
  - 名称: 项目与经济
    英文: Projects and economy
    项目:
      - 代码: B1
        名称: 新落地亿元以上项目
        英文: New projects above 100 million yuan that have begun
        满分: "12"
        依据: 第四条
        取数: {取数: 新落地亿元以上项目数, 单位: 个, 英文: projects begun}
        缺数: 按缺项
        计分: {比率: {目标: {组参数: 签约目标}}}
      - 代码: B2
        名称: 重点项目投资序时完成率
        英文: Investment against time progress
        满分: "10"
        依据: 第四条
        取数: {取数: 重点项目投资序时完成率, 单位: "%", 英文: investment against time progress}
        缺数: 按缺项
        计分: {功效系数: {满意值: "1", 不允许值: "0.6", 基础分比例: "0.6"}}
      - 代码: B3
        名称: 企业问题按期解决率
        英文: Enterprise problems solved in time
        满分: "8"
        依据: 第五条
        取数: {取数: 企业问题按期解决率, 单位: "%", 英文: solved in time}
        缺数: 按缺项
        计分: {比率: {目标: "0.95"}}
加分:
  - 代码: F1
    名称: 三个一批全省位次
    英文: Provincial rank of the three batches
    满分: "2"
    依据: 第六条
    取数: {取数: 三个一批全省位次, 单位: 名次, 英文: provincial rank}
    缺数: 零分
    计分: {分档: {方向: 越小越好, 档: [{界: "1", 得分: "2"}, {界: "2", 得分: "1.5"}, {界: "3", 得分: "1"}, {界: "5", 得分: "0.5"}], 其余: "0"}}
加分上限: "2"
否决:
  - 代码: V1
    名称: 抽查不实
    英文: Falsified reports
    依据: 第七条
    取数: {取数: 抽查不实件数, 单位: 件, 英文: falsified reports}
    条件: [{不低于: "1"}]
    后果: {项目清零: [A1]}
    取消评优: 是
  - 代码: V2
    名称: 较大以上安全事故
    英文: Grave accidents
    依据: 第七条
    取数: {取数: 较大以上安全事故数, 单位: 次, 英文: grave accidents}
    条件: [{不低于: "1"}]
    后果: 只取消资格
结果运用:
  - {代码: P1, 名称: 表扬奖励, 英文: Award, 依据: 第八条, 适用: [XQ], 名次: {前: 2}, 最低分: "80", 评优: 是, 奖励金额: {最低: "50000", 最高: "300000"}, 并列: 扩容}
  - {代码: P3, 名称: 功能区表扬奖励, 英文: Award of zones, 依据: 第八条, 适用: [GN], 名次: {前: 1}, 最低分: "80", 评优: 是, 奖励金额: {最低: "50000", 最高: "200000"}, 并列: 扩容}
  - {代码: P2, 名称: 表态发言, 英文: Statement, 依据: 第八条, 名次: {后: 1}, 低于: "55", 并列: 不扩容}
"#;

/// The results of the weekly assignments, weighed alike for every department.
macro_rules! weekly {
    () => {
        r#"  - 名称: 周交办落实
    英文: Weekly assignments
    项目:
      - 代码: A1
        名称: 按期办结率
        英文: On-time closure rate
        满分: "40"
        依据: 第三条
        取数: {取数: 按期办结率, 参数: {权重: 是}, 单位: "%", 英文: on-time closure rate}
        计分: {比率: {目标: "0.95"}}
      - 代码: A2
        名称: 逾期未办结件数
        英文: Overdue open items
        满分: "15"
        依据: 第三条
        取数: {取数: 逾期未办结件数, 单位: 件, 英文: overdue open}
        计分: {逐件: {从满分起: 是, 事项: [{每件: "-1.5"}]}}
      - 代码: A3
        名称: 退办率
        英文: Rework rate
        满分: "10"
        依据: 第三条
        取数: {取数: 退办率, 单位: "%", 英文: rework rate}
        计分: {逐点加减: {基准: "0.05", 方向: 越小越好, 每: "0.01", 减: "0.5"}}
      - 代码: A4
        名称: 目标完成率
        英文: Goal attainment
        满分: "15"
        依据: 第三条
        取数: {取数: 目标完成率, 单位: "%", 英文: goal attainment}
        计分: {比率: {目标: "1"}}
      - 代码: A5
        名称: 办结后重开件数
        英文: Reopened within 30 days
        满分: "5"
        依据: 第三条
        取数: {取数: 办结后重开件数, 参数: {天数: "30"}, 单位: 件, 英文: reopened}
        计分: {逐件: {从满分起: 是, 事项: [{每件: "-1"}]}}
      - 代码: A6
        名称: 督办单
        英文: Supervision slips
        满分: "5"
        依据: 第四条
        取数:
          - {名: 黄单, 取数: 督办单件数, 参数: {颜色: 黄}, 单位: 件, 英文: yellow slips}
          - {名: 红单, 取数: 督办单件数, 参数: {颜色: 红}, 单位: 件, 英文: red slips}
        计分: {逐件: {从满分起: 是, 事项: [{输入: 黄单, 每件: "-0.5"}, {输入: 红单, 每件: "-1.5"}]}}
"#
    };
}

/// Economic departments: seven results.
pub(super) const ECONOMY: &str = concat!(
    r#"# 经济管理部门月讲评：七项结果，满分100。
办法: 经济管理部门重点工作月讲评办法
英文: Monthly review of economic departments
编号: JJ
版本: 1
生效: 2021-07
计分精度: {小数位: 2, 舍入: 四舍五入}
缺项: 按比例折算
并列: {方式: 同分同名次, 依次比较: [A1, A4], 最小分差: "0.05"}
最少任务: {取数: {取数: 应办结件数, 单位: 件, 英文: items due}, 不少于: "1"}
满分: "100"
组别:
  - {代码: JJ, 名称: 经济管理部门组, 英文: economic departments}
维度:
"#,
    weekly!(),
    r#"  - 名称: 服务效能
    英文: Service
    项目:
      - 代码: B1
        名称: 主要指标全省位次
        英文: Provincial rank of the main indicator
        满分: "10"
        依据: 第五条
        取数: {取数: 主要指标全省位次, 单位: 名次, 英文: provincial rank}
        缺数: 按缺项
        计分: {分档: {方向: 越小越好, 档: [{界: "3", 得分: "10"}, {界: "6", 得分: "8"}, {界: "10", 得分: "6"}, {界: "14", 得分: "4"}], 其余: "2"}}
否决:
  - 代码: V1
    名称: 抽查不实
    英文: Falsified reports
    依据: 第六条
    取数: {取数: 抽查不实件数, 单位: 件, 英文: falsified reports}
    条件: [{不低于: "1"}]
    后果: {项目清零: [A1]}
    取消评优: 是
结果运用:
  - {代码: P1, 名称: 表扬奖励, 英文: Award, 依据: 第七条, 名次: {前: 2}, 最低分: "85", 评优: 是, 奖励金额: {最低: "50000", 最高: "200000"}, 并列: 扩容}
  - {代码: P2, 名称: 表态发言, 英文: Statement, 依据: 第七条, 名次: {后: 1}, 低于: "60", 并列: 不扩容}
"#,
);

/// General departments in four groups: seven results.
pub(super) const GENERAL: &str = concat!(
    r#"# 综合部门月讲评：七项结果，满分100；四个组分别排名。
办法: 综合部门重点工作月讲评办法
英文: Monthly review of general departments
编号: ZH
版本: 1
生效: 2021-07
计分精度: {小数位: 2, 舍入: 四舍五入}
缺项: 按比例折算
并列: {方式: 同分同名次, 依次比较: [A1, A4], 最小分差: "0.05"}
最少任务: {取数: {取数: 应办结件数, 单位: 件, 英文: items due}, 不少于: "1"}
满分: "100"
组别:
  - {代码: CJ, 名称: 城建资源部门组, 英文: construction and resources}
  - {代码: MS, 名称: 社会民生部门组, 英文: welfare}
  - {代码: ZF, 名称: 执法监管部门组, 英文: enforcement}
  - {代码: ZH, 名称: 综合服务部门组, 英文: general services}
维度:
"#,
    weekly!(),
    r#"  - 名称: 服务效能
    英文: Service
    项目:
      - 代码: B1
        名称: 通报批评
        英文: Public criticism
        满分: "10"
        依据: 第五条
        取数: {取数: 通报批评次数, 单位: 次, 英文: public criticism}
        计分: {逐件: {从满分起: 是, 事项: [{每件: "-5"}]}}
否决:
  - 代码: V1
    名称: 抽查不实
    英文: Falsified reports
    依据: 第六条
    取数: {取数: 抽查不实件数, 单位: 件, 英文: falsified reports}
    条件: [{不低于: "1"}]
    后果: {项目清零: [A1]}
    取消评优: 是
结果运用:
  - {代码: P1, 名称: 表扬奖励, 英文: Award, 依据: 第七条, 名次: {前: 1}, 最低分: "95", 评优: 是, 并列: 不扩容}
  - {代码: P2, 名称: 表态发言, 英文: Statement, 依据: 第七条, 名次: {后: 1}, 低于: "30", 并列: 不扩容}
"#,
);
