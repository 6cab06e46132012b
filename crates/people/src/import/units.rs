//! 导入单位: the tree of units from a spreadsheet; a unit above stands in the city already or in a
//! row before.

use std::collections::{BTreeMap, BTreeSet};

use files::sheet::sense::plain;
use journal::{Act, Boxed, Result, Tx};
use kernel::{Day, msg, text};
use uuid::Uuid;
use web::import::{ColumnKind, Findings, Ground, ImportColumn, ImportSpec, Importer, Said, Word};
use web::import_paths;

use crate::found::{self, NewUnit};
use crate::tables::UnitKind;
use crate::{grants, store, words};

/// What is taken.
pub(crate) const SPEC: ImportSpec = ImportSpec {
    word: "units",
    paths: import_paths!("/units/import"),
    permission: grants::IMPORT_UNITS,
    title: words::IMPORT_UNITS,
    help: text!(
        "一行一个单位。已有的单位自动跳过；上级单位须已在系统中，或写在前面的行。",
        "One unit in each row. Units that are there already are passed over; a unit above is there already or in a row before."
    ),
    back: "/units",
    columns: COLUMNS,
    question: None,
    open,
};

const COLUMNS: &[ImportColumn] = &[
    ImportColumn::new(
        "short_name",
        words::SHORT_NAME,
        &["单位简称", "单位名称", "单位", "名称"],
        ColumnKind::Text(20),
    )
    .required(),
    ImportColumn::new(
        "name",
        words::FULL_NAME,
        &["单位全称", "规范名称", "机构名称"],
        ColumnKind::Text(60),
    ),
    ImportColumn::new(
        "kind",
        words::KIND,
        &["类型", "单位类型", "单位性质", "类别"],
        ColumnKind::Words(KINDS),
    )
    .required(),
    ImportColumn::new(
        "parent",
        words::PARENT,
        &["上级", "主管单位", "所属单位", "隶属"],
        ColumnKind::Text(60),
    ),
    ImportColumn::new("sort", words::SORT, &["序号", "顺序"], ColumnKind::Number(0, 9_999)),
    ImportColumn::new("from", words::FROM, &["设立日期", "成立日期"], ColumnKind::Day),
];

const KINDS: &[Word] = &[
    word(UnitKind::County, &["县级", "县（市）"]),
    word(UnitKind::District, &["市辖区", "区级"]),
    word(UnitKind::Zone, &["开发区", "经开区", "示范区", "高新区", "园区"]),
    word(UnitKind::Department, &["市直", "市直单位", "市级部门", "部门", "局委"]),
    word(UnitKind::CountyDepartment, &["县直", "县区部门", "县直单位"]),
    word(UnitKind::Township, &["乡镇", "街道", "镇", "乡", "乡镇街道", "乡（镇）、街道"]),
];

const fn word(kind: UnitKind, also: &'static [&'static str]) -> Word {
    Word { word: kind.word(), label: words::unit_kind(kind), also }
}

struct Units {
    today: Day,
    /// The city itself, above what names nothing above.
    city: Option<Uuid>,
    /// Every unit by short and full name.
    known: BTreeMap<String, Uuid>,
    /// Names of rows before; their units have no identifier until they are taken over.
    rows: BTreeSet<String>,
    sort: i64,
}

fn open<'a>(tx: &'a mut Tx, ground: &'a Ground) -> Boxed<'a, Result<Box<dyn Importer>>> {
    Box::pin(async move {
        let units = store::units(tx, ground.city, ground.today).await?;
        let city = units.iter().find(|u| u.kind == UnitKind::City).map(|u| u.id);
        let sort = units.iter().map(|u| u.sort).max().unwrap_or_default();
        let names =
            units.iter().flat_map(|u| [(plain(&u.name), u.id), (plain(&u.short_name), u.id)]);
        let importer = Units {
            today: ground.today,
            city,
            known: names.collect(),
            rows: BTreeSet::new(),
            sort,
        };
        Ok(Box::new(importer) as Box<dyn Importer>)
    })
}

/// The unit's short name and, where none is given, the same as its full name.
fn names(row: &Said) -> (&str, &str) {
    let short = row.text("short_name");
    (short, row.opt("name").unwrap_or(short))
}

impl Importer for Units {
    fn judge(&mut self, row: &Said, found: &mut Findings<'_>) {
        let (short, name) = names(row);
        if short.is_empty() {
            return;
        }
        if self.known.contains_key(&plain(short)) {
            found.pass_over(msg!("系统中已有单位“{short}”，已跳过", "“{short}” is there already"));
            return;
        }
        if !self.rows.insert(plain(short)) {
            found.error(
                "short_name",
                msg!(
                    "“{short}”在表中出现两次，请只留一行。",
                    "“{short}” stands in two rows; keep one."
                ),
            );
        }
        self.rows.insert(plain(name));
        if let Some(parent) = row.opt("parent") {
            let key = plain(parent);
            let own = key == plain(short) || key == plain(name);
            if own || !(self.known.contains_key(&key) || self.rows.contains(&key)) {
                found.error(
                    "parent",
                    msg!(
                        "找不到上级单位“{parent}”，它须已在系统中或写在前面的行。",
                        "“{parent}” is unknown; it must be there already or in a row before."
                    ),
                );
            }
        } else if self.city.is_none() {
            found.error("parent", text!("请填写上级单位。", "Name the unit above."));
        }
        if row.day("from").is_some_and(|from| from > self.today) {
            found.error(
                "from",
                text!("设立日期在今天之后，请核对。", "The first day lies ahead; check it."),
            );
        }
    }

    fn take<'a>(&'a mut self, act: &'a mut Act, row: &'a Said) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            let (short_name, name) = names(row);
            let kind =
                row.word("kind").and_then(UnitKind::of).ok_or_else(journal::Error::missing)?;
            self.sort += 1;
            let parent = row.opt("parent").and_then(|p| self.known.get(&plain(p)).copied());
            let unit = NewUnit {
                parent: parent.or(self.city),
                kind,
                name,
                short_name,
                sort: row.number("sort").unwrap_or(self.sort),
                from: row.day("from").unwrap_or(self.today),
            };
            let id = found::add_unit(act, &unit).await?;
            self.known.insert(plain(short_name), id);
            self.known.insert(plain(name), id);
            Ok(())
        })
    }
}
