//! 拟稿: begins the draft of a batch, for a Monday sitting, between sittings, or to write down
//! what was spoken at the meeting.

use journal::{Act, Result};
use kernel::{Day, Refusal, text};
use people::tables::{SeriesKind, SittingState};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::BatchFact;
use crate::rhythm::closing_moment;
use crate::tables::BatchKind;
use crate::{grants, words};

/// How long after a sitting what was spoken there may be written down.
const HELD_DAYS: i64 = 60;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("kind", text!("批次类别", "Kind")).required(),
    FieldSpec::choice("sitting", text!("会议", "Sitting")).hint(text!(
        "周交办选计划召开的会议；补充交办选提出事项的那次会议。",
        "A weekly batch belongs to a planned sitting, a supplement to the one it was spoken at."
    )),
    FieldSpec::line("title", text!("名称", "Title"), 100)
        .hint(text!("不填则按类别和会议日期命名。", "Named by kind and day when empty.")),
    FieldSpec::day("proposals_until", text!("建议征集截止日", "Proposals until"))
        .hint(text!("不填则不征集建议。", "No proposals are taken when empty.")),
    FieldSpec::number("proposals_hour", text!("截止时（24 小时制）", "At the hour"), 1, 24)
        .hint(text!("不填为 17 时。", "17 when empty.")),
];

/// The hour at which proposals close when none is said.
const CLOSING_HOUR: i64 = 17;

pub(crate) fn route() -> Route {
    Route::act("/batches/new", grants::OPEN_BATCH, text!("新建批次", "New batch"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(open_batch)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let recent = call.today().plus(-HELD_DAYS);
    let mut sittings = Vec::new();
    for series in people::store::series(&mut tx, city).await? {
        if series.kind != SeriesKind::Assign {
            continue;
        }
        for sitting in people::store::sittings(&mut tx, city, series.id).await? {
            let heading = match sitting.state {
                SittingState::Planned => text!("计划召开", "Planned"),
                SittingState::Held if sitting.day >= recent => text!("已召开", "Held"),
                SittingState::Held | SittingState::Skipped => continue,
            };
            let label = format!("{} {}", series.name, sitting.day);
            let choice = Choice::new(sitting.id, label).under(heading.of(call.lang));
            let place = (sitting.state == SittingState::Held, sitting.day);
            sittings.push((place, sitting.state, choice));
        }
    }
    let kinds = BatchKind::ALL
        .iter()
        .map(|k| Choice::new(k.word(), words::batch_kind(*k).of(call.lang)))
        .collect();
    let prepared = Prepared { back: "/batches".to_owned(), ..Prepared::default() };
    sittings.sort_by_key(|(place, ..)| *place);
    let next = sittings.iter().find(|(_, state, _)| *state == SittingState::Planned);
    let prepared = match next {
        Some((.., choice)) => prepared.fill("sitting", choice.value.clone()),
        None => prepared,
    };
    let sittings = sittings.into_iter().map(|(.., choice)| choice).collect();
    Ok(prepared.offer("kind", kinds).offer("sitting", sittings).fill("kind", "weekly"))
}

/// What a batch begins with.
pub(crate) struct Opening {
    pub(crate) kind: BatchKind,
    pub(crate) sitting: Option<Uuid>,
    pub(crate) title: String,
    /// The day and hour at which proposals close; none are taken without.
    pub(crate) proposals_until: Option<(Day, i64)>,
}

async fn open_batch(call: Call, values: Values) -> Result<Done> {
    let kind = BatchKind::of(&values.text("kind"))
        .ok_or_else(|| Refusal::field("kind", words::CHOOSE_ONE))?;
    let opening = Opening {
        kind,
        sitting: values.id("sitting").filter(|_| kind != BatchKind::Interim),
        title: values.text("title"),
        proposals_until: proposals_until(&values)?,
    };
    let id = Uuid::now_v7();
    let receipt = call.act(async |act| run(act, id, opening).await).await?;
    Ok(Done::to(super::batch_page(receipt.subject.id), receipt))
}

/// The day and hour at which proposals close.
fn proposals_until(values: &Values) -> Result<Option<(Day, i64)>> {
    let (day, hour) = (values.day("proposals_until"), values.number("proposals_hour"));
    if day.is_none() && hour.is_some() {
        let text = text!("填写了截止时，请填写截止日。", "An hour needs its day.");
        return Err(Refusal::field("proposals_until", text).into());
    }
    Ok(day.map(|day| (day, hour.unwrap_or(CLOSING_HOUR))))
}

pub(crate) async fn run(act: &mut Act, id: Uuid, opening: Opening) -> Result<()> {
    let city = act.jurisdiction();
    let sitting = match opening.sitting {
        Some(id) => people::store::sitting(act, city, id).await?,
        None => None,
    };
    let in_state = |wanted| sitting.filter(|s| s.state == wanted);
    let day = match opening.kind {
        BatchKind::Weekly => {
            let refused = || Refusal::field("sitting", words::CHOOSE_SITTING);
            in_state(SittingState::Planned).ok_or_else(refused)?.day
        }
        BatchKind::Supplement => {
            let refused = || Refusal::field("sitting", words::CHOOSE_HELD);
            in_state(SittingState::Held).ok_or_else(refused)?;
            act.today()
        }
        BatchKind::Interim => act.today(),
    };
    let title = if opening.title.is_empty() {
        format!("{}（{day}）", words::batch_kind(opening.kind).zh)
    } else {
        opening.title
    };
    let closes = opening.proposals_until;
    let proposals_until = closes.map(|(day, hour)| closing_moment(day, hour, act.zone()));
    if proposals_until.is_some_and(|until| until <= act.now()) {
        let text = text!("截止时间已过，请改晚一些。", "This time has passed; choose a later one.");
        return Err(Refusal::field("proposals_until", text).into());
    }
    let fact = BatchFact::BatchOpened {
        kind: opening.kind,
        sitting: opening.sitting,
        title,
        year: i64::from(day.year()),
        proposals_until,
    };
    act.record(super::batch(id), &fact).await
}
