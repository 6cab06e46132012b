//! What people see in this room, one file each; and what the pages of measures share.

pub(crate) mod circular;
pub(crate) mod compare;
pub(crate) mod doubts;
pub(crate) mod download;
pub(crate) mod history;
pub(crate) mod item;
pub(crate) mod measure;
pub(crate) mod measures;
pub(crate) mod objection;
pub(crate) mod records;
pub(crate) mod review;
pub(crate) mod reviews;
pub(crate) mod robustness;
pub(crate) mod statement;
pub(crate) mod trial;
pub(crate) mod unit;

use ::measures::{
    Args, Asked, Call as Question, Fact, Measure, ParamKind, ReviewMonth, State, Supply, Value,
};
use journal::{Boxed, Error, Result, Tx, history as journal_history};
use kernel::{Actor, Day, Id, Jurisdiction, Lang, Refusal, Role, Subject, SubjectKind, Text, text};
use maud::{Markup, html};
use ui::form::{self, Choice, Field};
use ui::num;
use ui::table::Order;
use web::{Call, PaperSpec, Param};

use crate::{period, store, words};

/// The papers of this room.
pub(crate) const SPECS: &[&PaperSpec] = &[&circular::paper::SPEC, &unit::paper::SPEC];

/// The measure of a word in an address, and who supplies it.
fn found(call: &Call) -> Result<(&'static Measure, Text)> {
    let code = call.param("code")?;
    let mut all = call.measures().iter().flat_map(|s: &Supply| {
        let (measures, room): (&'static [Measure], Text) = (s.measures, s.room);
        measures.iter().map(move |measure| (measure, room))
    });
    all.find(|(measure, _)| measure.code == code).ok_or_else(Error::missing)
}

/// What an address asks of a measure, or what is wrong with it.
struct Wanted {
    asked: Asked<'static>,
    period: (Day, Day),
    /// The place of the journal that the address names.
    cut: Option<i64>,
    /// The month that a review calls this period by, where its last day says another.
    month: Option<ReviewMonth>,
}

impl Wanted {
    const FROM: Param =
        Param::new("from", web::ParamKind::Day, text!("自何日起", "From this day on"));
    const TO: Param = Param::new("to", web::ParamKind::Day, text!("至何日止", "Until this day"));
    const CUT: Param = Param::new(
        "cut",
        web::ParamKind::Number(1, i64::MAX),
        text!("截至日志序号", "As the journal stood at this place"),
    );
    const MONTH: Param = Param::new("month", web::ParamKind::Month, words::CALLED_BY);
    const PARAMS: Param = Param::new(
        "params",
        web::ParamKind::Others,
        text!("该指标自己的参数", "The parameters of the measure"),
    );

    fn read(call: &Call, measure: &'static Measure) -> std::result::Result<Self, Refusal> {
        let period = period::read(call.query.get("from"), call.query.get("to"), call.today())?;
        let args = Args::read(measure.params, |name| call.query.get(name))?;
        let cut = call.query.get("cut").and_then(|cut| cut.parse().ok()).filter(|cut| *cut > 0);
        let month = call.query.get("month").and_then(|month| month.parse().ok());
        Ok(Self { asked: Asked { measure, args }, period, cut, month })
    }

    /// The question: as known when the period ended or, while it runs, now; at another place of the
    /// journal when the address names one.
    async fn question(&self, call: &Call, tx: &mut Tx) -> Result<Question> {
        let (city, zone, (from, to)) = (call.city()?, call.zone(), self.period);
        let head = journal_history::head(tx, city).await?.seq;
        let cut = match self.cut {
            Some(cut) if cut < head => {
                // What was known at a place was known until the next fact came.
                let next = journal_history::moment(tx, city, cut + 1).await?;
                (cut, next.ok_or_else(Error::missing)?.day(&zone))
            }
            Some(_) => (head, call.today()),
            None if to < call.today() => {
                (journal_history::last_before(tx, city, to.end(&zone)).await?, to.plus(1))
            }
            None => (head, call.today()),
        };
        let calendar = people::store::calendar(tx, city, from, to.plus(30)).await?;
        let question = Question::new(city, (from, to), cut, (&zone, calendar));
        Ok(match self.month {
            Some(month) => question.called(month),
            None => question,
        })
    }

    /// The address of this measure with this period, and more.
    fn href(&self, call: &Call, under: &str, more: &[(&str, String)]) -> String {
        let mut pairs = vec![
            ("from".to_owned(), self.period.0.to_string()),
            ("to".to_owned(), self.period.1.to_string()),
        ];
        pairs.extend(self.asked.args.pairs());
        pairs.extend(self.cut.map(|cut| ("cut".to_owned(), cut.to_string())));
        pairs.extend(self.month.map(|month| ("month".to_owned(), month.to_string())));
        pairs.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let code = self.asked.measure.code;
        call.href(&format!("/measures/{code}{under}?{}", web::encode_query(&pairs)))
    }
}

/// The scope of a reader as the store of measures takes it; roles without one see nothing.
fn within(actor: &Actor) -> Result<impl Fn(&mut Vec<journal::Value>) -> String> {
    store::scope(actor, &mut Vec::new())?;
    let actor = *actor;
    // Roles that have no scope are refused above.
    Ok(move |values: &mut Vec<journal::Value>| {
        store::scope(&actor, values).unwrap_or_else(|_| " AND 1 = 0".to_owned())
    })
}

/// A figure as it is written: a rate in percent, a number with its unit.
fn shown(fact: &Fact, measure: &Measure, lang: Lang) -> String {
    match fact.state {
        State::Known(Value::Ratio { numerator, denominator }) => {
            num::percent(numerator, denominator)
        }
        State::Known(Value::Number(number)) => {
            let unit = measure.unit.of(lang);
            let gap = if lang == Lang::En && !unit.is_empty() { " " } else { "" };
            format!("{}{gap}{unit}", num::shortest(i128::from(number), measure.decimals))
        }
        State::NotApplicable(_) => words::NOT_APPLICABLE.of(lang).to_owned(),
        State::Missing(_) => words::MISSING.of(lang).to_owned(),
    }
}

/// In what a measure is counted; some ask a parameter.
const fn unit(unit: Text) -> Text {
    if unit.zh.is_empty() { words::BY_PARAMETER } else { unit }
}

/// What is said to who sees a part of each figure only.
fn limited(call: &Call) -> Markup {
    let is_limited = call.actor().is_ok_and(|actor| actor.role == Role::Inspector);
    html! { @if is_limited { " " (words::LIMITED.of(call.lang)) } }
}

/// A share of numerator or denominator as it is written.
fn counted(count: i64, measure: &Measure) -> String {
    num::shortest(i128::from(count), measure.decimals)
}

/// The fields that choose a period and what the measure lets one choose.
fn chooser(call: &Call, measure: &Measure, period: (&str, &str), order: Order) -> Markup {
    let lang = call.lang;
    let day = |name: &str, label: Text, value: &str| {
        form::day(&Field { name, label: label.of(lang), value, ..Field::default() }, None, None)
    };
    html! {
        (day("from", words::FROM, period.0))
        (day("to", words::TO, period.1))
        @for param in measure.params {
            @let said = call.query.get(param.code).unwrap_or_default();
            @match param.kind {
                ParamKind::Choice(words) => {
                    @let field = Field { name: param.code, label: param.name.of(lang), value: said, ..Field::default() };
                    @let choices: Vec<_> = words.iter().map(|w| Choice::new(w.code, w.label.of(lang))).collect();
                    (form::select(&field, &choices))
                }
                ParamKind::Number { min, max, usual } => {
                    @let usual = usual.to_string();
                    @let value = if said.is_empty() { usual.as_str() } else { said };
                    @let (min, max) = (min.to_string(), max.to_string());
                    @let field = Field { name: param.code, label: param.name.of(lang), value, ..Field::default() };
                    (form::number(&field, &form::Bounds { min: Some(&min), max: Some(&max), ..form::Bounds::default() }))
                }
            }
        }
        (order_field(lang, order))
        @if let Some(cut) = call.query.get("cut").filter(|c| !c.is_empty()) { (form::hidden("cut", cut)) }
        @if let Some(month) = call.query.get("month").filter(|m| !m.is_empty()) {
            @let field = Field { name: "month", label: words::CALLED_BY.of(lang), value: month, ..Field::default() };
            (form::month(&field))
        }
    }
}

/// In which order the units of a group stand.
fn order_field(lang: Lang, order: Order) -> Markup {
    let value = if order == Order::Ascending { "up" } else { "down" };
    let label = text!("排序", "Order").of(lang);
    let field = Field { name: "order", label, value, ..Field::default() };
    let choices = [
        Choice::new("down", text!("从高到低", "Highest first").of(lang)),
        Choice::new("up", text!("从低到高", "Lowest first").of(lang)),
    ];
    form::select(&field, &choices)
}

/// The history of a review or an objection, each event by the name of its fact.
fn timeline(history: &[people::history::Event], call: &Call) -> Markup {
    let lang = call.lang;
    let program = text!("程序", "The program").of(lang);
    let entries: Vec<_> = history
        .iter()
        .map(|e| ui::flow::TimelineEntry {
            when: &e.at,
            who: e.who.as_deref().unwrap_or(program),
            title: words::fact(&e.kind).map_or(e.kind.as_str(), |t| t.of(lang)),
            body: e.reason.as_ref().map(|r| html! { (r) }),
            tone: ui::Tone::Grey,
        })
        .collect();
    let title = text!("办理过程", "History").of(lang);
    ui::part::card(Some(title), None, ui::flow::timeline(&entries))
}

/// Titles and addresses of reviews and objections.
pub(crate) fn titles<'a>(
    tx: &'a mut Tx,
    city: Id<Jurisdiction>,
    subjects: &'a [Subject],
    lang: Lang,
) -> Boxed<'a, Result<Vec<(Subject, String, String)>>> {
    Box::pin(async move {
        let mut found = Vec::new();
        for subject in subjects {
            if subject.kind == SubjectKind::Review {
                let review = store::review::review(tx, city, subject.id).await?;
                let title = words::review(review.month).of(lang).to_owned();
                found.push((*subject, title, crate::acts::card(review.month)));
            } else if subject.kind == SubjectKind::Statement
                && let Some(row) = store::statement::statement(tx, city, subject.id).await?
            {
                let review = store::review::review(tx, city, row.review_id).await?;
                let unit = people::store::unit(tx, city, row.unit_id).await?;
                let unit = unit.map_or_else(String::new, |u| u.short_name);
                let title = words::statement::of(&unit, review.month).of(lang).to_owned();
                let at = crate::acts::statement::At { month: review.month, unit: row.unit_id };
                found.push((*subject, title, at.card()));
            } else if subject.kind == SubjectKind::Objection
                && let Some(row) = store::objection::objection(tx, city, subject.id).await?
            {
                let review = store::review::review(tx, city, row.review_id).await?;
                let at = format!("/objections/{}", row.id);
                found.push((*subject, row.label(&review).of(lang).to_owned(), at));
            }
        }
        Ok(found)
    })
}
