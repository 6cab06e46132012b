//! A small city lived through over HTTP, of which each release stores an export and a database
//! (`examples/release.rs`): as many kinds of fact as fit into some hundred.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a city that cannot be lived in fails its test"
)]

use kernel::{Role, Subject, SubjectKind};
use testkit::{Caller, City};
use uuid::Uuid;

const AGREED: [(&str, &str); 1] = [("verdict", "agreed")];
const CONFIRMED: [(&str, &str); 1] = [("verdict", "confirmed")];
const DONE: [(&str, &str); 1] = [("done", "已取得批复")];

/// A batch from draft to archive, with everything that can happen to its items.
pub(crate) async fn live(city: &City) {
    let officer = city.as_(Role::Officer);
    let first = opened(city, &officer, "2021-11-01").await;
    for (title, units) in [
        ("产业园用地报批", &[("each", "临颍县"), ("each", "舞阳县")][..]),
        ("高速连接线拆迁", &[("lead", "临颍县"), ("co", "舞阳县")]),
        ("清理拖欠企业账款", &[("lead", "源汇区")]),
        ("标准化厂房建设", &[("lead", "源汇区")]),
        ("跨境电商园区招商", &[("lead", "经开区")]),
        ("重复交办的事项", &[("lead", "经开区")]),
    ] {
        write(city, &officer, &first, title, units).await;
    }
    let lines = officer.json_get(&first).await.json();
    let line = |n: usize| lines["lines"][n]["id"].as_str().unwrap().to_owned();
    let order = [("lines", line(0)), ("lines", line(1)), ("up", line(1))];
    let order: Vec<_> = order.iter().map(|(name, value)| (*name, value.as_str())).collect();
    officer.post(&format!("{first}/order"), &order).await.is(303);
    issued(city, &first).await;
    items(city).await;
    second(city, &officer).await;
    staff(city).await;
    supervised(city).await;
    observed(city).await;
    ruled(city).await;
    erased(city).await;
}

/// A batch is signed, one step on paper, and issued.
async fn issued(city: &City, first: &str) {
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    officer.post(&format!("{first}/review"), &[]).await.is(303);
    chief.post(&format!("{first}/signature"), &AGREED).await.is(303);
    let leader = city.as_(Role::Leader).held().post.to_string();
    let scan = staged(city, &officer, "签批稿.pdf").await;
    let paper = [
        ("signer", leader.as_str()),
        ("signed_on", "2021-11-01"),
        ("verdict", "agreed"),
        ("scan", scan.as_str()),
    ];
    officer.post(&format!("{first}/paper-signature"), &paper).await.is(303);
    officer.post(&format!("{first}/issue"), &[]).await.is(303);
}

/// What becomes of each item.
async fn items(city: &City) {
    let chief = city.as_(Role::Chief);
    through_rework(city, &card(city, "产业园用地报批", "临颍县").await).await;
    disputed(city, &card(city, "产业园用地报批", "舞阳县").await).await;
    stopped(city, &card(city, "高速连接线拆迁", "临颍县").await).await;
    let withdrawn = card(city, "清理拖欠企业账款", "源汇区").await;
    let because = [("reason", "与另一项重复")];
    chief.post(&format!("{withdrawn}/withdrawal"), &because).await.is(303);
    broken_down(city, &card(city, "标准化厂房建设", "源汇区").await).await;
    merged(city).await;
}

/// A sitting is planned and a batch opened for it.
async fn opened(city: &City, officer: &Caller, day: &str) -> String {
    let series = city.series("周交办会").to_string();
    officer.post("/sittings/new", &[("day", day), ("series", &series)]).await.is(303);
    let series = city.series("周交办会");
    let sittings = people::store::sittings(&mut city.read().await, city.id(), series).await;
    let planned = sittings.unwrap().into_iter().find(|s| s.number.is_none()).unwrap();
    let sitting = planned.id.to_string();
    let opening =
        [("kind", "weekly"), ("sitting", sitting.as_str()), ("proposals_until", "2021-12-30")];
    officer.post("/batches/new", &opening).await.is(303).goes_to()
}

async fn write(
    city: &City,
    officer: &Caller,
    batch: &str,
    title: &str,
    units: &[(&'static str, &str)],
) {
    let mut fields = vec![
        ("title", title.to_owned()),
        ("demand", "11月底前完成用地报批".to_owned()),
        ("standard", "取得用地批复".to_owned()),
        ("urgency", "urgent".to_owned()),
        ("importance", "key".to_owned()),
        ("rhythm", "weekly".to_owned()),
        ("profile", "bureau".to_owned()),
        ("due", "2021-11-12".to_owned()),
        ("evidence", "批复扫描件".to_owned()),
        ("milestones.0.due", "2021-11-05".to_owned()),
        ("milestones.0.title", "报送材料".to_owned()),
    ];
    fields.extend(units.iter().map(|(role, unit)| (*role, city.unit(unit).to_string())));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
}

/// The address of an item by its title and unit.
async fn card(city: &City, title: &str, unit: &str) -> String {
    let list = city.as_(Role::Officer).json_get("/assignments?limit=100").await.is(200).json();
    let items = list["items"].as_array().unwrap();
    let item = items.iter().find(|i| i["title"] == title && i["unit"] == unit);
    let item = item.unwrap_or_else(|| panic!("no {title} of {unit} in {items:?}"));
    format!("/assignments/{}", item["id"].as_str().unwrap())
}

/// A page that was uploaded beside a form.
async fn staged(city: &City, caller: &Caller, name: &str) -> String {
    let file = (name, format!("%PDF-1.7 {name}").into_bytes());
    let account = caller.held().account;
    files::stage(city.db(), city.id(), account, file).await.unwrap().to_string()
}

async fn through_rework(city: &City, item: &str) {
    let at = |path: &str| format!("{item}/{path}");
    let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    liaison.post(&at("acceptance"), &[("responsible", "城建科科长，内线 6018")]).await.is(303);
    let file = staged(city, &liaison, "批复.pdf").await;
    let report = [("done", "已上报省厅"), ("files", file.as_str())];
    liaison.post(&at("reports"), &report).await.is(303);
    liaison.post(&at("milestones"), &[("n", "1")]).await.is(303);
    let ask = [("new_due", "2021-11-20"), ("reason", "省厅补正材料"), ("progress", "已过初审")];
    liaison.post(&at("extensions"), &ask).await.is(303);
    head.post(&at("extensions/endorsement"), &[]).await.is(303);
    let grant = [("verdict", "confirmed"), ("due", "2021-11-19")];
    chief.post(&at("extensions/decision"), &grant).await.is(303);
    liaison.post(&at("submission"), &DONE).await.is(303);
    let redraft = [("verdict", "rework"), ("reason", "请补充文号")];
    head.post(&at("signature"), &redraft).await.is(303);
    // From now on the unit's submissions go through its liaison's and its head's hands.
    let posts = [&liaison, &head].map(|caller| caller.held().post.to_string());
    let chain = [
        ("steps.0.post", posts[0].as_str()),
        ("steps.1.post", posts[1].as_str()),
        ("reason", "逐级审签"),
    ];
    let unit = city.unit("临颍县");
    head.post(&format!("/units/{unit}/signing-posts"), &chain).await.is(303);
    liaison.post(&at("submission"), &DONE).await.is(303);
    head.post(&at("signature"), &CONFIRMED).await.is(303);
    let rework = [("method", "documents"), ("result", "rework"), ("finding", "缺少批复原件")];
    officer.post(&at("verifications"), &rework).await.is(303);
    head.post(&at("submission"), &DONE).await.is(303);
    let close = [("method", "on_site"), ("result", "confirmed"), ("finding", "属实")];
    officer.post(&at("verifications"), &close).await.is(303);
    let again = [("reason", "群众反映未完成"), ("due", "2021-11-26")];
    chief.post(&at("reopening"), &again).await.is(303);
    head.post(&at("submission"), &DONE).await.is(303);
    officer.post(&at("verifications"), &close).await.is(303);
    officer.post(&at("archiving"), &[]).await.is(303);
}

async fn disputed(city: &City, item: &str) {
    let liaison = city.post("liaison of 舞阳县");
    let reason = [("reason", "用地在源汇区")];
    liaison.post(&format!("{item}/hand-back"), &reason).await.is(303);
    let unit = city.unit("源汇区").to_string();
    let decision = [("unit", unit.as_str()), ("answer", "同意改派")];
    city.as_(Role::Officer).post(&format!("{item}/hand-back/decision"), &decision).await.is(303);
}

async fn stopped(city: &City, item: &str) {
    let at = |path: &str| format!("{item}/{path}");
    let (officer, leader) = (city.as_(Role::Officer), city.as_(Role::Leader));
    city.post("head of 临颍县").post(&at("acceptance"), &[]).await.is(303);
    city.post("liaison of 舞阳县").post(&at("part"), &[("done", "已配合")]).await.is(303);
    let note = [("note", "ask_report"), ("words", "请每周报告")];
    leader.post(&at("notes"), &note).await.is(303);
    let form = officer.json_get(&at("notes/settlement")).await.is(200).json();
    let note = first_choice(&form, "note");
    let settled = [("note", note.as_str()), ("reason", "已纳入周报")];
    officer.post(&at("notes/settlement"), &settled).await.is(303);
    let chief = city.as_(Role::Chief);
    let stop = [("reason", "汛情"), ("review", "2021-11-10")];
    chief.post(&at("stop"), &stop).await.is(303);
    chief.post(&at("resumption"), &[("reason", "汛情已过")]).await.is(303);
}

async fn broken_down(city: &City, item: &str) {
    let (system, head) = (city.as_(Role::SystemAdmin), city.post("head of 源汇区"));
    let parent = city.unit("源汇区").to_string();
    let unit = [
        ("short_name", "源汇区住建局"),
        ("name", "源汇区住房和城乡建设局"),
        ("parent", parent.as_str()),
        ("kind", "county_department"),
        ("sort", "90"),
        ("from", "2021-11-01"),
    ];
    let below = system.post("/units/new", &unit).await.is(303).goes_to();
    let below = below.rsplit('/').next().unwrap();
    head.post(&format!("{item}/acceptance"), &[]).await.is(303);
    let part = [("units", below), ("demand", "完成主体施工"), ("due", "2021-11-10")];
    head.post(&format!("{item}/breakdown"), &part).await.is(303);
}

/// What administrators do: settings, units, posts, accounts.
async fn staff(city: &City) {
    let (system, security) = (city.as_(Role::SystemAdmin), city.as_(Role::SecurityAdmin));
    let reason = ("reason", "按规定办理");
    let thresholds = [("yellow_days", "5"), ("account_level", "township"), reason];
    system.post("/settings/thresholds", &thresholds).await.is(303);
    let unit = format!("/units/{}", city.unit("市金融工作局"));
    let name = [("short_name", "市金融局"), ("name", "漯河市金融局"), ("sort", "9")];
    system.post(&format!("{unit}/name"), &name).await.is(303);
    system.post(&format!("{unit}/group/end"), &[("to", "2021-11-30"), reason]).await.is(303);
    let spare = city.post("liaison of 临颍县 2");
    let account = format!("/accounts/{}", spare.held().account);
    for path in ["disabling", "enabling"] {
        security.post(&format!("{account}/{path}"), &[reason]).await.is(303);
    }
    let leaving = [("from", "2021-11-20"), reason];
    let post = format!("/posts/{}/leaving", spare.held().post);
    security.post(&post, &leaving).await.is(303);
    let watches = format!("/posts/{}/watches", city.post("officer of 督查局").held().post);
    city.as_(Role::Chief).post(&watches, &[reason]).await.is(303);
}

async fn merged(city: &City) {
    let item = card(city, "重复交办的事项", "经开区").await;
    let into = card(city, "跨境电商园区招商", "经开区").await;
    let into = into.rsplit('/').next().unwrap();
    let fields = [("into", into), ("reason", "同一事项")];
    city.as_(Role::Officer).post(&format!("{item}/merger"), &fields).await.is(303);
}

/// A second batch in draft: proposals, a carried line, one removed, the order changed.
async fn second(city: &City, officer: &Caller) {
    city.set_clock("2021-11-08", "09:00");
    let batch = opened(city, officer, "2021-11-15").await;
    for title in ["城市更新项目前期", "外贸企业纾困"] {
        write(city, officer, &batch, title, &[("lead", "市发展改革委")]).await;
    }
    let item = card(city, "高速连接线拆迁", "临颍县").await;
    let carried = [("assignments", item.rsplit('/').next().unwrap())];
    officer.post(&format!("{batch}/carried/new"), &carried).await.is(303);
    let head = city.post("head of 临颍县");
    for (title, answer) in [("建议甲", "taken"), ("建议乙", "declined")] {
        let proposed = [("title", title), ("demand", "理由")];
        head.post(&format!("{batch}/proposals/new"), &proposed).await.is(303);
        let page = officer.json_get(&batch).await.json();
        let proposals = page["proposals"].as_array().unwrap();
        let proposal = proposals.iter().find(|p| p["title"] == title).unwrap();
        let path = format!("/proposals/{}/answer", proposal["id"].as_str().unwrap());
        officer.post(&path, &[("answer", answer), ("words", "答复")]).await.is(303);
    }
    let page = officer.json_get(&batch).await.json();
    let removed = page["lines"][1]["id"].as_str().unwrap();
    officer.post(&format!("{batch}/lines/{removed}/removal"), &[]).await.is(303);
}

/// What the clock brings, the ladder set anew, and slips from proposal to closure.
async fn supervised(city: &City) {
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    let ladder = [
        ("steps.0.colour", "blue"),
        ("steps.0.after_days", "1"),
        ("steps.0.answer_days", "3"),
        ("steps.0.signer", "leader"),
        ("steps.0.consequence", "升级督办"),
        ("urgent_from", "1"),
        ("express_from", "1"),
        ("raised_from", "1"),
        ("reason", "按本市规定"),
    ];
    chief.post("/slips/ladder/new", &ladder).await.is(303);
    let item = card(city, "跨境电商园区招商", "经开区").await;
    city.post("head of 经开区").post(&format!("{item}/acceptance"), &[]).await.is(303);
    city.set_clock("2021-11-24", "09:00");
    slips::reconcile::record(city.db(), city.id()).await.unwrap();
    let list = officer.json_get("/slips?limit=100").await.is(200).json();
    let slips = list["items"].as_array().unwrap();
    let of = |unit: &str| {
        let found = slips.iter().find(|s| s["unit"] == unit);
        let found = found.unwrap_or_else(|| panic!("no slip of {unit} in {list}"));
        format!("/slips/{}", found["id"].as_str().unwrap())
    };
    let slip = of("经开区");
    let at = |path: &str| format!("{slip}/{path}");
    let words = [("finding", "尚未签约"), ("demand", "月底前签约"), ("consequence", "约谈")];
    officer.post(&at("text"), &words).await.is(303);
    officer.post(&at("review"), &[]).await.is(303);
    chief.post(&at("signature"), &AGREED).await.is(303);
    city.as_(Role::Leader).post(&at("signature"), &AGREED).await.is(303);
    officer.post(&at("issue"), &[]).await.is(303);
    let (head, liaison) = (city.post("head of 经开区"), city.post("liaison of 经开区"));
    let responsible = head.held().post.to_string();
    let answer = [("done", "已约定签约日期"), ("responsible", responsible.as_str())];
    liaison.post(&at("answers"), &answer).await.is(303);
    let back = [("verdict", "returned"), ("words", "写明日期")];
    head.post(&at("answers/signature"), &back).await.is(303);
    liaison.post(&at("answers"), &answer).await.is(303);
    head.post(&at("answers/signature"), &AGREED).await.is(303);
    officer.post(&at("answers/verdict"), &AGREED).await.is(303);
    let other = of("源汇区");
    officer.post(&format!("{other}/withdrawal"), &[("reason", "另案办理")]).await.is(303);
}

/// An indicator with a value that is corrected and withdrawn, changed and ended.
async fn observed(city: &City) {
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    let (unit, group) = (city.unit("临颍县").to_string(), city.group("县区组").to_string());
    let mut indicator = vec![
        ("name", "全省位次"),
        ("kind", "number"),
        ("measured_in", "位"),
        ("better", "low"),
        ("definition", "省里通报的位次"),
        ("source", "省通报"),
        ("groups", group.as_str()),
        ("sort", "1"),
        ("from", "2021-11"),
    ];
    let card = officer.post("/indicators/new", &indicator).await.is(303).goes_to();
    let at = |path: &str| format!("{card}/{path}");
    for number in ["12", "11"] {
        let file = ("通报.pdf", b"%PDF-1.7 a bulletin".to_vec());
        let account = officer.held().account;
        let file = files::stage(city.db(), city.id(), account, file).await.unwrap().to_string();
        let values = [
            ("source_title", "全省通报"),
            ("source_on", "2021-11-12"),
            ("source_files", file.as_str()),
            ("numbers.0.unit", unit.as_str()),
            ("numbers.0.numerator", number),
            ("reason", "省里更正"),
        ];
        officer.post(&at("2021-11/values"), &values).await.is(303);
        let sheet = chief.json_get(&at("2021-11")).await.is(200).json();
        let id = sheet["items"][0]["value"]["id"].as_str().unwrap().to_owned();
        let check = [("whole", "agreed"), ("values.0.observation", id.as_str())];
        chief.post(&at("2021-11/check"), &check).await.is(303);
        if number == "11" {
            let path = format!("/observations/{id}/withdrawal");
            officer.post(&path, &[("reason", "省里撤回通报")]).await.is(303);
        }
    }
    indicator.retain(|(name, _)| *name != "from" && *name != "sort");
    indicator.push(("sort", "2"));
    officer.post(&at("definition"), &indicator).await.is(303);
    chief.post(&at("end"), &[("to", "2021-11"), ("reason", "省里不再通报")]).await.is(303);
}

/// A rule set from its draft to its end, with a version that is returned and one that is given up.
async fn ruled(city: &City) {
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    let form = [("start", "counties"), ("code", "XQ-2021")];
    let card = officer.post("/rule-sets/new", &form).await.is(303).goes_to();
    let at = |path: &str| format!("{card}/{path}");
    officer.post(&at("text"), &[("yaml", RULES)]).await.is(303);
    officer.post(&at("submission"), &[]).await.is(303);
    let back = [("verdict", "returned"), ("note", "再核一遍")];
    chief.post(&at("check"), &back).await.is(303);
    officer.post(&at("submission"), &[]).await.is(303);
    chief.post(&at("check"), &AGREED).await.is(303);
    let file = ("印发件.pdf", b"%PDF-1.7 rules".to_vec());
    let account = officer.held().account;
    let file = files::stage(city.db(), city.id(), account, file).await.unwrap().to_string();
    let issue = [
        ("number", "督字〔2021〕12号"),
        ("office", "督查局"),
        ("on", "2021-11-20"),
        ("from", "2022-01"),
        ("paper", file.as_str()),
        ("findings.0.reason", "试行一季"),
        ("findings.1.reason", "试行一季"),
        ("findings.2.reason", "试行一季"),
    ];
    officer.post(&at("adoption"), &issue).await.is(303);
    officer.post(&at("versions/new"), &[("version", "1")]).await.is(303);
    officer.post(&at("withdrawal"), &[("reason", "不改了")]).await.is(303);
    chief.post(&at("ending"), &[("from", "2022-04"), ("reason", "合并考评")]).await.is(303);
}

/// Rules that this building can measure.
const RULES: &str = "\
办法: 周交办月讲评办法
编号: XQ
版本: 1
生效: 2022-01
计分精度: {小数位: 2, 舍入: 四舍五入}
缺项: 按比例折算
并列: {方式: 同分同名次}
满分: \"100\"
组别: [{代码: XQ, 名称: 县区组}]
维度:
  - 名称: 周交办落实
    项目:
      - {代码: A1, 名称: 按期办结率, 满分: \"100\", 取数: {取数: 按期办结率, 单位: \"%\"}, 计分: {比率: {目标: \"1\"}}}
";

/// A value that is sealed and erased, and a link.
async fn erased(city: &City) {
    let person = |n| Subject::new(SubjectKind::Person, Uuid::from_u128(n));
    city.program(async |act| {
        act.seal(person(1), "phone", "0395-3100001").await?;
        act.erase(person(1), "phone").await?;
        let linked = journal::CityFact::Linked {
            from: person(1),
            to: person(2),
            kind: "follows_up".to_owned(),
        };
        act.record(person(1), &linked).await
    })
    .await
    .unwrap();
}

/// The first value that a form's choice offers.
fn first_choice(form: &serde_json::Value, name: &str) -> String {
    let fields = form["fields"].as_array().unwrap_or_else(|| panic!("{form}"));
    let field = fields.iter().find(|f| f["name"] == name).unwrap_or_else(|| panic!("{form}"));
    field["choices"][0]["value"].as_str().unwrap_or_else(|| panic!("{form}")).to_owned()
}
