//! What people do in this room, one file each. Every act has `run`, the step inside an open
//! transaction that HTTP and the demo city share.

pub(crate) mod add;
pub(crate) mod change;
pub(crate) mod check;
pub(crate) mod correct_event;
pub(crate) mod end;
pub(crate) mod enter;
pub(crate) mod enter_event;
pub(crate) mod keep;
pub(crate) mod withdraw;

use std::collections::BTreeMap;

use assignments::facts::Attached;
use journal::{Act, Error, Result, Tx};
use kernel::{Actor, Day, Id, Jurisdiction, Refusal, Subject, SubjectKind, text};
use measures::ReviewMonth;
use people::tables::UnitRow;
use uuid::Uuid;
use web::{Call, FieldSpec, Values};

use crate::facts::Source;
use crate::store::{self, sheet};
use crate::tables::{IndicatorRow, Kind, ObservationRow};
use crate::words;

/// An indicator of a fact.
pub(crate) const fn indicator(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Indicator, id)
}

/// A sheet of a fact.
pub(crate) const fn sheet(id: Uuid) -> Subject {
    Subject::new(SubjectKind::IndicatorSheet, id)
}

/// The address of an indicator's card.
pub(crate) fn card(id: Uuid) -> String {
    format!("/indicators/{id}")
}

/// The address of a sheet.
pub(crate) fn sheet_card(id: Uuid, month: ReviewMonth) -> String {
    format!("/indicators/{id}/{month}")
}

/// The address of a value.
pub(crate) fn observation_card(id: Uuid) -> String {
    format!("/observations/{id}")
}

/// The title of the document that values are taken from.
pub(crate) const TITLE: FieldSpec =
    FieldSpec::line("source_title", words::SOURCE_TITLE, 120).required().hint(text!(
        "哪一份通报、报表，如“2021年9月全省主要经济指标”。",
        "Which bulletin or table it is."
    ));
/// Its 文号.
pub(crate) const REFERENCE: FieldSpec = FieldSpec::line("source_reference", words::REFERENCE, 60);
/// Its day.
pub(crate) const ON: FieldSpec = FieldSpec::day("source_on", words::SOURCE_ON).required();
/// Its files.
pub(crate) const FILES: FieldSpec = FieldSpec::files("source_files", words::FILES, 5)
    .hint(text!("单位可以查看；涉密件不得上传。", "The units may look at it; nothing classified."));

/// What a form says of its source, with the files still to be taken.
#[derive(Clone, Debug)]
pub(crate) struct Cited {
    /// Its title.
    pub(crate) title: String,
    /// 文号.
    pub(crate) reference: String,
    /// Its day.
    pub(crate) on: Day,
    /// Staged files.
    pub(crate) staged: Vec<Uuid>,
    /// Files that are there already.
    pub(crate) files: Vec<Attached>,
}

/// The source that a form names.
pub(crate) fn cited(values: &Values, today: Day) -> Result<Cited> {
    let on = values.day("source_on").ok_or(Refusal::Missing)?;
    if on > today {
        let told = text!("文件日期不能晚于今天。", "The document cannot be of a day to come.");
        return Err(Refusal::field("source_on", told).into());
    }
    Ok(Cited {
        title: values.text("source_title"),
        reference: values.text("source_reference"),
        on,
        staged: values.ids("source_files"),
        files: Vec::new(),
    })
}

/// The source of a fact, its files taken into the act.
pub(crate) async fn source(act: &mut Act, account: Uuid, cited: Cited) -> Result<Source> {
    let taken = files::take(act, account, &cited.staged).await?;
    let mut files = cited.files;
    files.extend(taken.into_iter().map(|f| Attached {
        id: f.id,
        name: f.name,
        media: f.media,
        size: f.size,
        hash: f.hash,
    }));
    let Cited { title, reference, on, .. } = cited;
    Ok(Source { id: Uuid::now_v7(), title, reference, on, files })
}

/// The indicator of an address.
pub(crate) async fn known(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<IndicatorRow> {
    store::indicator(tx, city, id).await?.ok_or_else(Error::missing)
}

/// The month of an address.
pub(crate) fn month(call: &Call) -> Result<ReviewMonth> {
    call.param("month")?.parse().map_err(|_no_month| Error::missing())
}

/// The indicator that the actor enters values of; anything else is missing.
pub(crate) async fn entered(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<IndicatorRow> {
    let row = known(tx, actor.jurisdiction, id).await?;
    if row.is_entered_by(actor) { Ok(row) } else { Err(Error::missing()) }
}

/// The same, of one kind or another.
pub(crate) async fn entered_as(
    tx: &mut Tx,
    actor: &Actor,
    (id, is_event): (Uuid, bool),
) -> Result<IndicatorRow> {
    let row = entered(tx, actor, id).await?;
    if (row.kind == Kind::Event) == is_event { Ok(row) } else { Err(Error::missing()) }
}

/// A unit that has a value, and the group it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Concerned {
    pub(crate) unit: UnitRow,
    pub(crate) group: String,
}

/// The units of an indicator's groups on the last day of a month, group by group.
pub(crate) async fn concerned(
    tx: &mut Tx,
    indicator: &IndicatorRow,
    month: ReviewMonth,
) -> Result<Vec<Concerned>> {
    let (city, on) = (indicator.jurisdiction_id, month.days().1);
    let wanted = store::groups(tx, city, indicator.id).await?;
    let of: BTreeMap<Uuid, Uuid> =
        people::store::grouping(tx, city, on).await?.into_iter().collect();
    let units = people::store::units(tx, city, on).await?;
    let mut all = Vec::new();
    for group in people::store::groups(tx, city).await? {
        if !wanted.contains(&group.id) {
            continue;
        }
        let inside = units.iter().filter(|unit| of.get(&unit.id) == Some(&group.id));
        all.extend(inside.map(|unit| Concerned { unit: unit.clone(), group: group.name.clone() }));
    }
    Ok(all)
}

/// The vintages of one unit's value among those of a sheet.
pub(crate) fn of_unit(rows: &[sheet::Sourced], unit: Uuid) -> Vec<&ObservationRow> {
    rows.iter().map(|one| &one.row).filter(|row| row.unit_id == unit).collect()
}

/// The sheet of an indicator and month, or a new one.
pub(crate) async fn sheet_id(
    act: &mut Act,
    city: Id<Jurisdiction>,
    of: (Uuid, ReviewMonth),
) -> Result<Uuid> {
    Ok(sheet::sheet_of(act, city, of).await?.unwrap_or_else(Uuid::now_v7))
}
