//! What every test city is founded with: units, groups, posts, lines, series, calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

use journal::{Act, By, CityFact, Db, Result};
use kernel::{Day, Id, Jurisdiction, Role, Subject, SubjectKind};
use people::found::{self, NewAccount, NewLine, NewPost, NewUnit};
use people::tables::{AccountClass, SeriesKind, UnitKind, WatchTarget};
use uuid::Uuid;

use crate::city::{Held, PASSWORD_HASH};

/// What was founded, by name.
#[derive(Clone, Default)]
pub(crate) struct Founded {
    pub(crate) units: BTreeMap<&'static str, Uuid>,
    pub(crate) groups: BTreeMap<&'static str, Uuid>,
    pub(crate) lines: BTreeMap<&'static str, Uuid>,
    pub(crate) series: BTreeMap<&'static str, Uuid>,
    pub(crate) posts: Vec<Arc<Held>>,
}

/// Short name, full name, level, group. The first is the city, above all others.
const UNITS: [(&str, &str, UnitKind, &str); 9] = [
    ("漯河市", "漯河市人民政府", UnitKind::City, ""),
    ("督查局", "中共漯河市委漯河市人民政府督查局", UnitKind::Department, ""),
    ("临颍县", "临颍县人民政府", UnitKind::County, "县区组"),
    ("舞阳县", "舞阳县人民政府", UnitKind::County, "县区组"),
    ("源汇区", "源汇区人民政府", UnitKind::District, "县区组"),
    ("经开区", "漯河经济技术开发区管理委员会", UnitKind::Zone, "功能区组"),
    ("市发展改革委", "漯河市发展和改革委员会", UnitKind::Department, "经济部门组"),
    ("市工业和信息化局", "漯河市工业和信息化局", UnitKind::Department, "经济部门组"),
    ("市金融工作局", "漯河市金融工作局", UnitKind::Department, "经济部门组"),
];

/// Role, unit, title, line. The secretary acts for the first leader.
const POSTS: [(Role, &str, &str, &str); 34] = [
    (Role::Leader, "漯河市", "市长", ""),
    (Role::Leader, "漯河市", "常务副市长", "项目建设"),
    (Role::Leader, "漯河市", "副市长（招商）", "招商引资"),
    (Role::Leader, "漯河市", "副市长（工业）", "服务企业"),
    (Role::Leader, "漯河市", "副市长（城建）", "城建交通"),
    (Role::Secretary, "漯河市", "市长秘书", ""),
    (Role::Chief, "督查局", "局长", ""),
    (Role::Officer, "督查局", "一科督查专员", ""),
    (Role::Officer, "督查局", "二科督查专员", ""),
    (Role::Officer, "督查局", "三科督查专员", ""),
    (Role::Head, "临颍县", "县长", ""),
    (Role::Liaison, "临颍县", "联络员", ""),
    (Role::Liaison, "临颍县", "备岗联络员", ""),
    (Role::Head, "舞阳县", "县长", ""),
    (Role::Liaison, "舞阳县", "联络员", ""),
    (Role::Head, "源汇区", "区长", ""),
    (Role::Liaison, "源汇区", "联络员", ""),
    (Role::Head, "经开区", "主任", ""),
    (Role::Liaison, "经开区", "联络员", ""),
    (Role::Head, "市发展改革委", "主任", ""),
    (Role::Liaison, "市发展改革委", "联络员", ""),
    (Role::Head, "市工业和信息化局", "局长", ""),
    (Role::Liaison, "市工业和信息化局", "联络员", ""),
    (Role::Head, "市金融工作局", "局长", ""),
    (Role::Liaison, "市金融工作局", "联络员", ""),
    (Role::Department, "市发展改革委", "项目科科长", "项目建设"),
    (Role::Department, "市工业和信息化局", "招商科科长", "招商引资"),
    (Role::Department, "市金融工作局", "企业服务科科长", "服务企业"),
    (Role::Cadre, "市发展改革委", "包联干部", ""),
    (Role::Enterprise, "临颍县", "企业联系人", ""),
    (Role::Inspector, "漯河市", "审计组检查员", ""),
    (Role::SystemAdmin, "督查局", "系统管理员", ""),
    (Role::SecurityAdmin, "督查局", "安全管理员", ""),
    (Role::AuditAdmin, "督查局", "审计管理员", ""),
];

/// Name, title of the leader, department.
const LINES: [(&str, &str, &str); 4] = [
    ("招商引资", "副市长（招商）", "市工业和信息化局"),
    ("项目建设", "常务副市长", "市发展改革委"),
    ("服务企业", "副市长（工业）", "市金融工作局"),
    ("城建交通", "副市长（城建）", "市发展改革委"),
];

/// Kind, name, title of the leader.
const SERIES: [(SeriesKind, &str, &str); 6] = [
    (SeriesKind::Assign, "周交办会", "市长"),
    (SeriesKind::Review, "月讲评会", "市长"),
    (SeriesKind::Weekly, "招商引资周例会", "副市长（招商）"),
    (SeriesKind::Weekly, "项目建设周例会", "常务副市长"),
    (SeriesKind::Weekly, "服务企业周例会", "副市长（工业）"),
    (SeriesKind::Weekly, "城建交通周例会", "副市长（城建）"),
];

/// Which officer looks after which units (联系片区), by title.
const WATCHES: [(&str, &[&str]); 3] = [
    ("一科督查专员", &["临颍县", "舞阳县"]),
    ("二科督查专员", &["源汇区", "经开区"]),
    ("三科督查专员", &["市发展改革委", "市工业和信息化局", "市金融工作局"]),
];

const GROUPS: [&str; 3] = ["县区组", "功能区组", "经济部门组"];

/// Founds a city in one act.
pub(crate) async fn found_city(db: &Db, id: Id<Jurisdiction>) -> Founded {
    let mut founded = Founded::default();
    let by = By::program(id, "setup.found");
    let done = db.act(by, async |act| found_all(act, &mut founded).await).await;
    done.expect("the city is founded");
    founded
}

async fn found_all(act: &mut Act, founded: &mut Founded) -> Result<()> {
    let city = Subject::new(SubjectKind::Jurisdiction, act.jurisdiction().uuid());
    let (name, zone) = ("漯河市".to_owned(), "Asia/Shanghai".to_owned());
    act.record(city, &CityFact::Founded { name, zone }).await?;
    for year in 2020..=2026 {
        found::confirm_year(act, year).await?;
    }
    add_units(act, founded).await?;
    // Lines are known before their posts; leaders and departments follow.
    for (sort, (name, _, _)) in (1..).zip(LINES) {
        let line = NewLine { name, leader: None, department: None, sort };
        let id = found::add_line(act, &line).await?;
        founded.lines.insert(name, id);
    }
    for post in POSTS {
        let held = add_post(act, founded, post).await?;
        founded.posts.push(Arc::new(held));
    }
    for (sort, (name, leader, department)) in (1..).zip(LINES) {
        let line = NewLine {
            name,
            leader: Some(founded.titled(leader)),
            department: founded.units.get(department).copied(),
            sort,
        };
        let id = founded.lines.get(name).copied().unwrap_or_default();
        found::set_line(act, id, &line).await?;
    }
    for (sort, (kind, name, leader)) in (1..).zip(SERIES) {
        let leader = Some(founded.titled(leader));
        let id = found::add_series(act, kind, name, leader, sort).await?;
        founded.series.insert(name, id);
    }
    for (title, units) in WATCHES {
        for unit in units {
            let unit = founded.units.get(unit).copied().unwrap_or_default();
            found::watch(act, founded.titled(title), WatchTarget::Unit, unit).await?;
        }
    }
    let line = founded.lines.get("项目建设").copied().unwrap_or_default();
    found::watch(act, founded.titled("审计组检查员"), WatchTarget::Line, line).await
}

async fn add_units(act: &mut Act, founded: &mut Founded) -> Result<()> {
    let from = first_day();
    for (sort, name) in (1..).zip(GROUPS) {
        let id = found::add_group(act, name, sort).await?;
        founded.groups.insert(name, id);
    }
    for (sort, (short_name, name, kind, group)) in (1..).zip(UNITS) {
        let parent = founded.units.get("漯河市").copied();
        let unit = NewUnit { parent, kind, name, short_name, sort, from };
        let id = found::add_unit(act, &unit).await?;
        founded.units.insert(short_name, id);
        if let Some(group) = founded.groups.get(group) {
            found::join_group(act, id, *group, from).await?;
        }
    }
    Ok(())
}

async fn add_post(
    act: &mut Act,
    founded: &Founded,
    (role, unit_name, title, line): (Role, &str, &str, &str),
) -> Result<Held> {
    let name = format!("{unit_name}{title}");
    let person = found::add_person(act, &name, Some("0395-0000000")).await?;
    let unit = founded.units.get(unit_name).copied().unwrap_or_default();
    let post = NewPost {
        person,
        unit,
        role,
        title,
        represents: (role == Role::Secretary).then(|| founded.titled("市长")),
        line: founded.lines.get(line).copied(),
        from: first_day(),
        to: (role == Role::Inspector).then(|| first_day().plus(1_095)),
    };
    let post = found::take_post(act, &post).await?;
    // Sign-in names span cities, so each city has its own.
    let city = act.jurisdiction().uuid().simple().to_string();
    let account_name = format!("u{}-{city}", founded.posts.len() + 1);
    let account = NewAccount {
        person,
        name: &account_name,
        class: AccountClass::of_role(role),
        password_hash: PASSWORD_HASH.to_owned(),
        must_change: false,
    };
    let account = found::open_account(act, account).await?;
    let (unit_name, title) = (unit_name.to_owned(), title.to_owned());
    Ok(Held { post, person, account, account_name, unit, unit_name, role, title })
}

impl Founded {
    /// The post with a title; the title is one of the constants above.
    fn titled(&self, title: &str) -> Uuid {
        self.posts.iter().find(|held| held.title == title).map_or(Uuid::nil(), |held| held.post)
    }
}

/// Everything exists from here on, so that tests may look back.
fn first_day() -> Day {
    Day::new(2020, 1, 1).expect("a day")
}
