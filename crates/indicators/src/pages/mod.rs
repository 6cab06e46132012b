//! What people see in this room, one file each; and what the pages share.

pub(crate) mod card;
pub(crate) mod file;
pub(crate) mod list;
pub(crate) mod observation;
pub(crate) mod sheet;
pub(crate) mod unit;

use journal::{Boxed, Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Lang, Message, Subject, SubjectKind, Text, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::form::{self, Field};
use ui::{Tone, num, part};
use uuid::Uuid;
use web::{Call, Param, ParamKind};

use crate::observation::Late;
use crate::store::{self, sheet as values};
use crate::tables::{IndicatorRow, Kind, ObservationRow, State};
use crate::{acts, value as number, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] =
    &[Param::new("month", ParamKind::Month, text!("月份", "The month"))];

/// Days after its close for which a month is the one that people look at: until it was reviewed.
const LOOKED_AT_DAYS: i64 = 10;

/// The month that an address asks for, else the one that people look at today.
fn month(call: &Call) -> ReviewMonth {
    let said = call.query.get("month").and_then(|month| month.parse().ok());
    said.unwrap_or_else(|| looked_at(call.today()))
}

/// The month that people look at: the last one until it was reviewed, then the one that runs.
fn looked_at(today: Day) -> ReviewMonth {
    ReviewMonth::of(today.plus(-LOOKED_AT_DAYS))
}

/// A value as people write it, with its unit of measure.
pub(crate) fn value(row: &ObservationRow, indicator: &IndicatorRow, lang: Lang) -> String {
    if !row.missing.is_empty() {
        let gap = text!("：", ": ").of(lang);
        return format!("{}{gap}{}", words::MISSING.of(lang), row.missing);
    }
    let (part, whole) = (row.numerator.unwrap_or_default(), row.denominator);
    match (indicator.kind, whole) {
        (Kind::Event, _) => row.happening.clone(),
        (Kind::Rate, Some(whole)) => {
            let (shown, of) = (number::shown(part), number::shown(whole));
            format!("{} ({shown}/{of})", num::percent(part, whole))
        }
        (Kind::Number | Kind::Rate, _) => {
            let gap = if lang == Lang::En { " " } else { "" };
            format!("{}{gap}{}", number::shown(part), indicator.measured_in)
        }
    }
}

/// How far a value has come, as a badge that says its word.
fn state(state: State, lang: Lang) -> Markup {
    let tone = match state {
        State::Entered => Tone::Blue,
        State::Checked => Tone::Green,
        State::Returned => Tone::Yellow,
        State::Superseded | State::Withdrawn => Tone::Grey,
    };
    part::badge(tone, words::state(state).of(lang))
}

/// What a value came late for, each as a badge; the value's own page says more.
fn late(late: &[Late], lang: Lang) -> Markup {
    html! { @for one in late { " " (part::badge(Tone::Yellow, words::late(*one).of(lang))) } }
}

/// Which vintage it is.
fn vintage(n: i64) -> Message {
    msg!("第 {n} 版", "vintage {n}")
}

/// A value in JSON: as numbers are written, without thousands apart.
#[derive(Serialize)]
struct Value {
    id: Uuid,
    n: i64,
    state: State,
    month: ReviewMonth,
    reported: String,
    numerator: Option<String>,
    denominator: Option<String>,
    missing: String,
    happened_on: Option<Day>,
    happening: String,
    entered_on: Day,
    checked_on: Option<Day>,
    late: Vec<Late>,
    /// From which place of the journal it counts, and to which.
    from_seq: Option<i64>,
    to_seq: Option<i64>,
}

impl Value {
    fn of(row: &ObservationRow, late: Vec<Late>) -> Self {
        Self {
            id: row.id,
            n: row.n,
            state: row.state,
            month: row.month,
            reported: row.reported.clone(),
            numerator: row.numerator.map(number::typed),
            denominator: row.denominator.map(number::typed),
            missing: row.missing.clone(),
            happened_on: row.happened_on,
            happening: row.happening.clone(),
            entered_on: row.entered_on,
            checked_on: row.checked_on.filter(|_| row.from_seq.is_some()),
            late,
            from_seq: row.from_seq,
            to_seq: row.to_seq,
        }
    }
}

/// The newest vintage of each value, and the one that counts beside it when that is another.
fn newest(rows: &[values::Sourced]) -> Vec<(&values::Sourced, Option<&values::Sourced>)> {
    let is_newest = |one: &&values::Sourced| {
        let same = |other: &&values::Sourced| other.row.first_id == one.row.first_id;
        rows.iter().filter(same).all(|other| other.row.n <= one.row.n)
    };
    let counting = |one: &values::Sourced| {
        rows.iter().find(|other| {
            other.row.first_id == one.row.first_id
                && other.row.state == State::Checked
                && other.row.id != one.row.id
        })
    };
    rows.iter().filter(is_newest).map(|one| (one, counting(one))).collect()
}

/// The month of a page, and the way to those beside it that have begun and that `holds` knows.
fn months(
    call: &Call,
    month: ReviewMonth,
    holds: impl Fn(ReviewMonth) -> bool,
    to: impl Fn(ReviewMonth) -> String,
) -> Markup {
    let lang = call.lang;
    let (from, until) = month.days();
    let link = |month: ReviewMonth| {
        let is_there = holds(month) && month.days().0 <= call.today();
        is_there.then(|| (call.href(&to(month)), month.name(lang)))
    };
    let (before, after) = (link(month.before()), link(month.next()));
    let here = html! {
        strong { (month.name(lang)) } " "
        span class="muted" { (from) (text!("至", " to ").of(lang)) (until) }
    };
    ui::flow::beside(
        before.as_ref().map(|(href, name)| (href.as_str(), name.as_str())),
        here,
        after.as_ref().map(|(href, name)| (href.as_str(), name.as_str())),
    )
}

/// Who did something and, on a line of its own, when.
fn by(who: Option<&str>, on: Option<Day>) -> Markup {
    html! {
        (who.unwrap_or("—"))
        @if let Some(on) = on { br; time class="muted" datetime=(on) { (on) } }
    }
}

/// The filter that chooses a month.
fn month_filter(call: &Call, month: ReviewMonth) -> Markup {
    let (lang, value) = (call.lang, month.to_string());
    let label = words::MONTH.of(lang);
    let field = Field { name: "month", label, value: &value, ..Field::default() };
    form::filter_form(lang, &call.href(&call.path), form::month(&field))
}

/// A link to a value's page, with the text of its source.
fn source(call: &Call, one: &values::Sourced) -> Markup {
    let href = call.href(&acts::observation_card(one.row.id));
    html! { a href=(href) { (one.source.title) } " " span class="muted" { (one.source.reference) } }
}

/// What stands before a text of a pair.
fn labelled(label: Text, said: &str, lang: Lang) -> Markup {
    html! { (label.of(lang)) (text!("：", ": ").of(lang)) (said) }
}

/// Titles and addresses of indicators, sheets and values.
pub(crate) fn titles<'a>(
    tx: &'a mut Tx,
    city: Id<Jurisdiction>,
    subjects: &'a [Subject],
    lang: Lang,
) -> Boxed<'a, Result<Vec<(Subject, String, String)>>> {
    Box::pin(async move {
        let mut found = Vec::new();
        let ours = |subject: &&Subject| {
            matches!(
                subject.kind,
                SubjectKind::Indicator | SubjectKind::IndicatorSheet | SubjectKind::Observation
            )
        };
        for subject in subjects.iter().filter(ours) {
            found.extend(titled(tx, city, *subject, lang).await?);
        }
        Ok(found)
    })
}

async fn titled(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    subject: Subject,
    lang: Lang,
) -> Result<Option<(Subject, String, String)>> {
    if subject.kind == SubjectKind::Indicator {
        let row = store::indicator(tx, city, subject.id).await?;
        return Ok(row.map(|row| (subject, row.called(lang).to_owned(), acts::card(row.id))));
    }
    if subject.kind == SubjectKind::IndicatorSheet {
        let Some(row) = values::sheet(tx, city, subject.id).await? else { return Ok(None) };
        let indicator = acts::known(tx, city, row.indicator_id).await?;
        let title = format!("{} · {}", indicator.called(lang), row.month.name(lang));
        return Ok(Some((subject, title, acts::sheet_card(indicator.id, row.month))));
    }
    let Some(row) = values::observation(tx, city, subject.id).await? else { return Ok(None) };
    let indicator = acts::known(tx, city, row.indicator_id).await?;
    let said = value(&row, &indicator, lang);
    let title = format!("{} · {} · {said}", indicator.called(lang), row.month.name(lang));
    Ok(Some((subject, title, acts::observation_card(row.id))))
}

/// The posts of a page by their titles.
async fn post(tx: &mut Tx, city: Id<Jurisdiction>, id: Option<Uuid>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(people::store::post_title(tx, city, id).await?.map(|post| post.text()))
}

/// The department that enters an indicator, or the bureau.
async fn department(tx: &mut Tx, indicator: &IndicatorRow, lang: Lang) -> Result<String> {
    let Some(id) = indicator.department_id else { return Ok(words::BUREAU.of(lang).to_owned()) };
    let unit = people::store::unit(tx, indicator.jurisdiction_id, id).await?;
    Ok(unit.ok_or_else(Error::missing)?.short_name)
}
