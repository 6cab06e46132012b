//! What the forms of this room offer to choose from, and whether what came back exists.

use journal::{Result, Tx};
use kernel::{Day, Id, Jurisdiction, Lang, Message, Refusal, Role, Text};
use uuid::Uuid;
use web::{Choice, Values};

use crate::tables::{UnitKind, UnitRow};
use crate::{store, words};

/// The units of a day.
pub(crate) async fn units(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<Choice>> {
    let units = store::units(tx, city, on).await?;
    Ok(units.into_iter().map(|u| Choice::new(u.id, u.short_name)).collect())
}

/// The levels of units.
pub(crate) fn kinds(lang: Lang) -> Vec<Choice> {
    let all = UnitKind::ALL.iter();
    all.map(|kind| Choice::new(kind.word(), words::unit_kind(*kind).of(lang))).collect()
}

/// The roles.
pub(crate) fn roles(lang: Lang) -> Vec<Choice> {
    Role::ALL.into_iter().map(|r| Choice::new(r.word(), words::role(r, lang))).collect()
}

/// The posts of a day, under their units.
pub(crate) async fn posts(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<Choice>> {
    let posts = store::post_titles(tx, city, on).await?;
    let label = |p: &store::PostTitle| match &p.name {
        Some(name) => format!("{} · {name}", p.title),
        None => p.title.clone(),
    };
    Ok(posts.into_iter().map(|p| Choice::new(p.id, label(&p)).under(p.unit)).collect())
}

/// The lines of work.
pub(crate) async fn lines(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Choice>> {
    let lines = store::lines(tx, city).await?;
    Ok(lines.into_iter().map(|l| Choice::new(l.id, l.name)).collect())
}

/// The peer groups.
pub(crate) async fn groups(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Choice>> {
    let groups = store::groups(tx, city).await?;
    Ok(groups.into_iter().map(|g| Choice::new(g.id, g.name)).collect())
}

/// The series of sittings.
pub(crate) async fn series(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Choice>> {
    let series = store::series(tx, city).await?;
    Ok(series.into_iter().map(|s| Choice::new(s.id, s.name)).collect())
}

/// All persons by name.
pub(crate) async fn persons(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Choice>> {
    let persons = store::persons(tx, city).await?;
    let name = |name: Option<String>| name.unwrap_or_else(|| "—".to_owned());
    Ok(persons.into_iter().map(|p| Choice::new(p.id, name(p.name))).collect())
}

/// Words of an enum as choices.
pub(crate) fn words_of(all: &[(&str, Text)], lang: Lang) -> Vec<Choice> {
    all.iter().map(|(word, text)| Choice::new(word, text.of(lang))).collect()
}

/// A refusal of something that was not among the choices.
pub(crate) fn not_offered(field: &str) -> Refusal {
    Refusal::field(field, Message::from(words::NOT_OFFERED))
}

/// The unit that a field names; it must exist on the day.
pub(crate) async fn unit(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (values, field): (&Values, &str),
    on: Day,
) -> Result<Option<UnitRow>> {
    let Some(written) = values.opt(field) else { return Ok(None) };
    let id = written.parse::<Uuid>().map_err(|_not_an_id| not_offered(field))?;
    let row = store::unit(tx, city, id).await?;
    let row = row.filter(|u| u.valid_to.is_none_or(|to| to >= on));
    Ok(Some(row.ok_or_else(|| not_offered(field))?))
}

/// The post that a field names; it must not have ended before the day.
pub(crate) async fn post(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (values, field): (&Values, &str),
    on: Day,
) -> Result<Option<Uuid>> {
    let Some(written) = values.opt(field) else { return Ok(None) };
    let id = written.parse::<Uuid>().map_err(|_not_an_id| not_offered(field))?;
    let row = store::post(tx, city, id).await?;
    let row = row.filter(|p| p.valid_to.is_none_or(|to| to >= on));
    Ok(Some(row.ok_or_else(|| not_offered(field))?.id))
}

/// The line that a field names.
pub(crate) async fn line(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (values, field): (&Values, &str),
) -> Result<Option<Uuid>> {
    let Some(written) = values.opt(field) else { return Ok(None) };
    let id = written.parse::<Uuid>().map_err(|_not_an_id| not_offered(field))?;
    let row = store::line(tx, city, id).await?;
    Ok(Some(row.ok_or_else(|| not_offered(field))?.id))
}
