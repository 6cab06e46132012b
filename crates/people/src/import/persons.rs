//! 导入人员: persons with their posts from a spreadsheet. Names, telephones and mail addresses are
//! sealed; no account is opened and no code is made.

use std::collections::{BTreeMap, BTreeSet};

use files::sheet::sense::plain;
use journal::{Act, Boxed, Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Role, Subject, SubjectKind, Text, msg, text};
use uuid::Uuid;
use web::import::{ColumnKind, Findings, Ground, ImportColumn, ImportSpec, Importer, Said, Word};
use web::import_paths;

use crate::found::{self, NewPost};
use crate::store::{self, PostFilter};
use crate::{grants, mail, words};

/// What is taken.
pub(crate) const SPEC: ImportSpec = ImportSpec {
    word: "persons",
    paths: import_paths!("/persons/import"),
    permission: grants::IMPORT_PERSONS,
    title: words::IMPORT_PERSONS,
    help: text!(
        "一行一个任职。姓名、电话、邮箱作为个人信息封存；不开通账号，不生成口令。三个管理员和领导秘书请逐个登记。",
        "One post in each row. Names, numbers and addresses are sealed; no account is opened. Administrators and secretaries are added one by one."
    ),
    back: "/persons",
    columns: COLUMNS,
    question: None,
    open,
};

const COLUMNS: &[ImportColumn] = &[
    ImportColumn::new("name", words::PERSON, &["人员姓名", "联络员姓名"], ColumnKind::Text(30))
        .required(),
    ImportColumn::new(
        "unit",
        words::UNIT,
        &["单位名称", "所在单位", "工作单位", "责任单位"],
        ColumnKind::Text(60),
    )
    .required(),
    ImportColumn::new("title", words::TITLE, &["职务职级", "岗位"], ColumnKind::Text(30))
        .required(),
    ImportColumn::new("role", words::ROLE, &["系统角色", "身份"], ColumnKind::Words(ROLES))
        .required(),
    ImportColumn::new(
        "phone",
        words::PHONE,
        &["联系电话", "手机", "手机号", "手机号码", "联络员电话"],
        ColumnKind::Text(30),
    ),
    ImportColumn::new("mail", words::MAIL, &["邮箱", "电子邮件", "E-mail"], ColumnKind::Text(120)),
    ImportColumn::new("line", words::LINE, &["分管条线"], ColumnKind::Text(60)),
    ImportColumn::new("from", words::FROM, &["任职日期", "任职时间"], ColumnKind::Day),
];

const ROLES: &[Word] = &[
    word(Role::Leader, text!("市领导", "City leader"), &["领导"]),
    word(Role::Chief, text!("督查局负责人", "Bureau chief"), &["督查局长"]),
    word(Role::Officer, text!("督查专员", "Bureau officer"), &["督查员"]),
    word(Role::Head, text!("单位负责人", "Unit head"), &["负责人", "主要负责人"]),
    word(Role::Liaison, text!("单位联络员", "Unit liaison"), &["联络员"]),
    word(Role::Department, text!("条线主管部门", "Line department"), &["主管部门"]),
    word(Role::Cadre, text!("包联干部", "Linked cadre"), &["首席服务员"]),
    word(Role::Enterprise, text!("企业联系人", "Enterprise contact"), &[]),
];

const fn word(role: Role, label: Text, also: &'static [&'static str]) -> Word {
    Word { word: role.word(), label, also }
}

struct Persons {
    city: Id<Jurisdiction>,
    today: Day,
    units: BTreeMap<String, Uuid>,
    lines: BTreeMap<String, Uuid>,
    /// Posts that are held: name, unit and title.
    held: BTreeSet<(String, Uuid, String)>,
    /// Names of the city's persons.
    names: BTreeSet<String>,
    rows: BTreeSet<(String, Uuid, String)>,
    /// Persons of rows before, by name and number: who has both twice holds two posts.
    taken: BTreeMap<(String, String), Uuid>,
}

/// Posts read at once.
const CHUNK: i64 = 5_000;

fn open<'a>(tx: &'a mut Tx, ground: &'a Ground) -> Boxed<'a, Result<Box<dyn Importer>>> {
    Box::pin(async move {
        let (city, today) = (ground.city, ground.today);
        let units = store::units(tx, city, today).await?;
        let units = units
            .iter()
            .flat_map(|u| [(plain(&u.name), u.id), (plain(&u.short_name), u.id)])
            .collect();
        let lines = store::lines(tx, city).await?;
        let lines = lines.into_iter().map(|l| (plain(&l.name), l.id)).collect();
        let mut importer = Persons {
            city,
            today,
            units,
            lines,
            held: BTreeSet::new(),
            names: BTreeSet::new(),
            rows: BTreeSet::new(),
            taken: BTreeMap::new(),
        };
        let mut filter = PostFilter::default();
        loop {
            let posts = store::post_register(tx, city, (&filter, today), CHUNK).await?;
            let Some(last) = posts.last() else { break };
            filter.after = Some((last.sort, last.post));
            for post in posts {
                let name = plain(post.name.as_deref().unwrap_or_default());
                importer.held.insert((name.clone(), post.unit, plain(&post.title)));
                importer.names.insert(name);
            }
        }
        Ok(Box::new(importer) as Box<dyn Importer>)
    })
}

/// Digits with what people write between them; 5 to 20 of them.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let fits = |c: char| c.is_ascii_digit() || "+-() 、,/转".contains(c);
    (5..=40).contains(&digits) && plain(text).chars().all(fits)
}

impl Persons {
    fn unit(&self, row: &Said) -> Option<Uuid> {
        self.units.get(&plain(row.text("unit"))).copied()
    }

    fn judge_post(&mut self, row: &Said, unit: Uuid, found: &mut Findings<'_>) {
        let (name, title) = (row.text("name"), row.text("title"));
        let key = (plain(name), unit, plain(title));
        if self.held.contains(&key) {
            found.pass_over(msg!(
                "系统中已有“{name}”的这个任职，已跳过",
                "“{name}” holds this post already"
            ));
            return;
        }
        if !self.rows.insert(key) {
            found.error(
                "name",
                msg!(
                    "“{name}”的同一任职在表中出现两次，请只留一行。",
                    "This post of “{name}” stands in two rows; keep one."
                ),
            );
        }
        if self.names.contains(&plain(name)) {
            found.warn(
                "name",
                msg!(
                    "系统中已有同名人员“{name}”，将登记为另一人；若是同一人，请不导入此行，改在其页面任职。",
                    "There is somebody called “{name}” already; this will be another person. If it is the same, leave the row out and give the post on their page."
                ),
            );
        }
    }
}

impl Importer for Persons {
    fn judge(&mut self, row: &Said, found: &mut Findings<'_>) {
        match (row.opt("unit"), self.unit(row)) {
            (Some(_), Some(unit)) => self.judge_post(row, unit, found),
            (Some(name), None) => found.error(
                "unit",
                msg!(
                    "系统中没有单位“{name}”，请改用系统中的简称或全称，或先导入单位。",
                    "There is no unit “{name}”; use its name in the program, or bring the units in first."
                ),
            ),
            (None, _) => {}
        }
        if let Some(phone) = row.opt("phone").filter(|p| !is_number(p)) {
            found.error(
                "phone",
                msg!(
                    "“{phone}”不是电话号码，请核对。",
                    "“{phone}” is no telephone number; check it."
                ),
            );
        }
        if let Some(mail) = row.opt("mail").filter(|m| !mail::is_address(m)) {
            found.error(
                "mail",
                msg!("“{mail}”不是邮箱地址，请核对。", "“{mail}” is no mail address; check it."),
            );
        }
        if let Some(line) = row.opt("line").filter(|l| !self.lines.contains_key(&plain(l))) {
            found.error(
                "line",
                msg!("系统中没有条线“{line}”。", "There is no line of work “{line}”."),
            );
        }
        if row.day("from").is_some_and(|from| from > self.today) {
            found.warn(
                "from",
                text!(
                    "任职从今后某日开始，请确认。",
                    "The post begins in days to come; is that meant?"
                ),
            );
        }
    }

    fn take<'a>(&'a mut self, act: &'a mut Act, row: &'a Said) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            let unit = self.unit(row).ok_or_else(Error::missing)?;
            let role = row.word("role").and_then(Role::of).ok_or_else(Error::missing)?;
            let (name, phone) = (row.text("name"), row.opt("phone"));
            let key = (plain(name), plain(phone.unwrap_or_default()));
            let known = phone.and_then(|_| self.taken.get(&key).copied());
            let person = match known {
                Some(person) => person,
                None => {
                    let person = found::add_person(act, name, phone).await?;
                    let subject = Subject::new(SubjectKind::Person, person);
                    mail::seal(act, subject, row.opt("mail")).await?;
                    self.taken.insert(key, person);
                    person
                }
            };
            let post = NewPost {
                person,
                unit,
                role,
                title: row.text("title"),
                represents: None,
                line: row.opt("line").and_then(|l| self.lines.get(&plain(l)).copied()),
                from: row.day("from").unwrap_or(self.today),
                to: None,
            };
            debug_assert_eq!(act.jurisdiction(), self.city, "one city in one act");
            found::take_post(act, &post).await.map(drop)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn numbers_are_what_they_say() {
        for text in ["13900000000", "0395-3131234", "（0395）3131234 转 12", "+86 139 0000 0000"]
        {
            assert!(is_number(text), "{text}");
        }
        for text in ["联络员", "1234", "1390000000x"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
