//! 总体情况 and what is overdue, as the measures give them at the cut-off of the review.

use ::measures::{Args, Asked, Call as Question, Measure};
use journal::{Error, Result, Tx};
use kernel::{Day, Lang, Message, Role, msg, text};
use rules::engine::sheet::Said;
use serde::Serialize;
use uuid::Uuid;
use web::Call;

use super::{Late, Sources};
use crate::scoring;
use crate::tables::ReviewRow;

/// Overdue items of a circular at most; the rest is counted.
const LATE_MAX: i64 = 300;

/// The city's figures of the period.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Overview {
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) issued: Total,
    pub(crate) due: Total,
    pub(crate) kept: Total,
    pub(crate) late: Total,
    /// 按期办结率.
    pub(crate) rate: String,
}

/// A count with the place of its records.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Total {
    pub(crate) measure: &'static str,
    pub(crate) count: i64,
    pub(crate) href: String,
    pub(crate) source: usize,
}

/// A piece of the sentence that tells the figures.
pub(crate) enum Piece<'a> {
    Words(String),
    Figure(&'a Total),
}

impl Overview {
    /// The sentence, its figures apart so that each can be a link or carry a number.
    pub(crate) fn sentence(&self, lang: Lang) -> Vec<Piece<'_>> {
        let (from, to, rate) = (self.from, self.to, &self.rate);
        let words = |message: Message| Piece::Words(message.of(lang).to_owned());
        let (first, last) = (short(from), short(to));
        vec![
            words(Message {
                zh: format!("{first}至{last}，全市共交办事项"),
                en: format!("From {from} to {to} the city issued "),
            }),
            Piece::Figure(&self.issued),
            words(msg!("件；应办结", " items; ")),
            Piece::Figure(&self.due),
            words(msg!(
                "件（按承担单位计，配合单位按自己的任务计），其中按期办结",
                " were due (counted by the units that bear them), of which "
            )),
            Piece::Figure(&self.kept),
            words(Message {
                zh: format!("件，按期办结率{rate}；截至{last}24时，逾期未办结"),
                en: format!(" were done in time, {rate}; at the end of {to} "),
            }),
            Piece::Figure(&self.late),
            words(msg!("件。", " were overdue and open.")),
        ]
    }
}

/// A day as a text writes it after its year was named: 9月26日.
fn short(day: Day) -> String {
    format!("{}月{}日", day.month(), day.day())
}

fn asked(call: &Call, code: &str, weighted: Option<&str>) -> Result<Asked<'static>> {
    let mut all = call.measures().iter().flat_map(|supply| {
        let measures: &'static [Measure] = supply.measures;
        measures
    });
    let measure = all.find(|measure| measure.code == code);
    let measure = measure.ok_or_else(|| Error::fault(format!("no measure {code}")))?;
    let args = Args::read(measure.params, |name| weighted.filter(|_| name == "weighted"))?;
    Ok(Asked { measure, args })
}

/// The address of a measure for the period of a review, as known at its cut-off.
fn address(asked: &Asked<'_>, review: &ReviewRow) -> String {
    let mut pairs = vec![
        ("from".to_owned(), review.first_on.to_string()),
        ("to".to_owned(), review.last_on.to_string()),
        ("cut".to_owned(), review.cut_seq.to_string()),
    ];
    pairs.extend(review.other_month());
    pairs.extend(asked.args.pairs());
    format!("/measures/{}?{}", asked.measure.code, web::encode_query(&pairs))
}

/// The figures of all units of the city, added up.
pub(super) async fn overview(
    call: &Call,
    tx: &mut Tx,
    review: &ReviewRow,
    sources: &mut Sources,
) -> Result<Overview> {
    let question = scoring::question(tx, review, &call.zone()).await?;
    let asked = [
        asked(call, "issued_count", None)?,
        asked(call, "due_count", None)?,
        asked(call, "on_time_rate", Some("no"))?,
        asked(call, "late_count", None)?,
    ];
    let everybody = |_: &mut Vec<journal::Value>| String::new();
    let found = ::measures::store::figures(tx, &question, &asked, everybody).await?;
    let mut totals = asked.iter().zip(&found).map(|(asked, figures)| {
        let (what, href) = (asked.measure.name, address(asked, review));
        let source =
            sources.cite(Message { zh: what.zh.to_owned(), en: what.en.to_owned() }, href.clone());
        let count = figures.iter().map(|figure| figure.numerator).sum();
        Total { measure: asked.measure.code, count, href, source }
    });
    let mut next = || totals.next().ok_or_else(|| Error::fault("a measure has no figures"));
    let (issued, due, kept, late) = (next()?, next()?, next()?, next()?);
    Ok(Overview {
        from: review.first_on,
        to: review.last_on,
        rate: ui::num::percent(kept.count, due.count),
        issued,
        due,
        kept,
        late,
    })
}

/// What is overdue, the longest first, and how many more there are.
pub(super) async fn late(
    call: &Call,
    tx: &mut Tx,
    review: &ReviewRow,
    count: i64,
) -> Result<(Vec<Late>, i64)> {
    let question: Question = scoring::question(tx, review, &call.zone()).await?;
    let days = asked(call, "late_days", None)?;
    let found = ::measures::store::largest(tx, &question, &days, LATE_MAX).await?;
    let city = review.jurisdiction_id;
    let units = people::store::units(tx, city, review.last_on).await?;
    let is_internal = super::super::review::is_internal(call.actor()?.role);
    let is_inspector = call.actor()?.role == Role::Inspector;
    let mut late = Vec::new();
    for (unit, record) in found {
        let a = assignments::store::assignment(tx, city, record.id).await?;
        let name = units.iter().find(|u| u.id == unit).map(|u| u.short_name.clone());
        let opens = is_internal
            || (!a.restricted && (!is_inspector || is_reached(tx, call, record.id).await?));
        late.push(Late {
            id: record.id,
            label: a.label,
            title: Some(a.title).filter(|_| !a.restricted),
            href: opens.then(|| format!("/assignments/{}", record.id)),
            unit: name.unwrap_or_default(),
            due_on: record.first_on,
            days: record.numerator,
        });
    }
    let listed = i64::try_from(late.len()).unwrap_or(i64::MAX);
    Ok((late, (count - listed).max(0)))
}

/// Whether an inspector's subject holds an item.
async fn is_reached(tx: &mut Tx, call: &Call, id: Uuid) -> Result<bool> {
    match assignments::store::reach(tx, call.actor()?, id).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// What stands for the title of an item that only the units concerned may see.
pub(super) fn hidden() -> Said {
    let text = text!("（知悉范围限相关单位）", "(known to the units concerned only)");
    Said { zh: text.zh.to_owned(), en: text.en.to_owned() }
}
