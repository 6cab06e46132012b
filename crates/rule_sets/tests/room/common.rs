//! The rooms of these tests, and rule sets that a city can put in force.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use kernel::Role;
use rule_sets::demo::{Hands, NewRules};
use serde_json::Value;
use testkit::{Caller, City, Page};
use uuid::Uuid;
use web::Plan;

pub(crate) fn plans() -> Vec<Plan> {
    vec![people::plan(), assignments::plan(), indicators::plan(), rule_sets::plan()]
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

/// A file that waits for its act, as an upload of the caller.
pub(crate) async fn staged(city: &City, by: &Caller, (name, bytes): (&str, Vec<u8>)) -> String {
    let account = by.held().account;
    files::stage(city.db(), city.id(), account, (name, bytes)).await.unwrap().to_string()
}

/// The issued document as a file that waits for its act.
pub(crate) async fn pdf(city: &City, by: &Caller) -> String {
    staged(city, by, ("印发件.pdf", b"%PDF-1.7 issued".to_vec())).await
}

/// Begins a rule set by an officer from a text; answers the address of its card.
pub(crate) async fn begun(city: &City, code: &str, yaml: &str) -> String {
    let officer = city.as_(Role::Officer);
    let form = [("start", "yaml"), ("code", code), ("yaml", yaml)];
    officer.post("/rule-sets/new", &form).await.is(303).goes_to()
}

/// The open draft of a rule set as programs see it.
pub(crate) async fn version(city: &City, card: &str, n: i64) -> Value {
    let officer = city.as_(Role::Officer);
    officer.json_get(&format!("{card}/versions/{n}")).await.is(200).json()
}

/// Names and values of a form.
pub(crate) type Pairs = Vec<(String, String)>;

/// What the form on a page would send, by the names below `doc.`.
pub(crate) fn filled(page: &Page) -> Pairs {
    let inputs = "main input[name^='doc.']:not([type='checkbox'])";
    let ticked = "main input[name^='doc.'][type='checkbox'][checked]";
    let mut pairs = Vec::new();
    for css in [inputs, ticked] {
        pairs.extend(page.attributes(css, "name").into_iter().zip(page.attributes(css, "value")));
    }
    for name in page.attributes("main select[name^='doc.']", "name") {
        let chosen = page.attributes(&format!("select[name='{name}'] option[selected]"), "value");
        pairs.push((name, chosen.into_iter().next().unwrap_or_default()));
    }
    pairs
}

/// A form with some values put in the place of others.
pub(crate) async fn send(
    by: &Caller,
    path: &str,
    (mut pairs, changes): (Pairs, &[(&str, &str)]),
) -> Page {
    for (name, value) in changes {
        pairs.retain(|(n, _)| n != name);
        pairs.push(((*name).to_owned(), (*value).to_owned()));
    }
    let pairs: Vec<_> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    by.post(path, &pairs).await
}

/// Opens a part's form, changes some values and saves it.
pub(crate) async fn write(by: &Caller, path: &str, changes: &[(&str, &str)]) -> Page {
    let filled = filled(&by.get(path).await.is(200));
    send(by, path, (filled, changes)).await
}
