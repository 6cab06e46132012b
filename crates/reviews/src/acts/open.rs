//! 开启月讲评: the month is over; its period, its cut-off and the rules it scores by are fixed.

use jiff::tz::TimeZone;
use journal::{Act, Result, history};
use kernel::{Refusal, msg, text};
use measures::{ReviewMonth, Supply};
use rules::rule_set::RuleSet;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Rule;
use crate::library::Library;
use crate::review::{Settled, Term};
use crate::{grants, store};

/// Months that are offered.
const OFFERED: usize = 6;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("month", text!("月讲评月份", "Month")).required().hint(text!(
        "填报指标按这个月份取数。",
        "Reported figures of this month count."
    )),
    FieldSpec::day("first", text!("考评期自", "Period from"))
        .hint(text!("到期事项的起始日；不填为上月26日。", "What was due from this day on; the 26th before when empty.")),
    FieldSpec::day("last", text!("考评期至", "Period until"))
        .hint(text!("不填为当月25日。", "The 25th when empty.")),
    FieldSpec::day("cut", text!("数据截止日", "Cut-off")).hint(text!(
        "这一天24时以前登记的记录计入，以后改动的不影响本期；不填为考评期最后一天。",
        "What was recorded by the end of this day counts, later changes do not; the last day of the period when empty."
    )),
];

pub(crate) fn route() -> Route {
    Route::act("/reviews/new", grants::OPEN, text!("开启月讲评", "Open a review"))
        .help(text!(
            "开启后按当期生效的考评办法取数、算分，单位暂时看不到。",
            "It scores by the rule sets in force for that month; units see nothing yet."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(open)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let mut choices = Vec::new();
    // A natural month may be over before the month of review that it is called by.
    let (running, closed) = (ReviewMonth::of(call.today()), ReviewMonth::last_closed(call.today()));
    let mut month = running;
    for _ in 0..OFFERED {
        if store::review::of_month(&mut tx, city, month).await?.is_none() {
            choices.push(Choice::new(month, month.name(call.lang)));
        }
        month = month.before();
    }
    let closed = closed.to_string();
    let usual = choices.iter().map(|c| &c.value).find(|month| **month <= closed);
    let first = usual.cloned().unwrap_or_default();
    let prepared = Prepared { back: "/reviews".to_owned(), ..Prepared::default() };
    Ok(prepared.offer("month", choices).fill("month", first))
}

async fn open(call: Call, values: Values) -> Result<Done> {
    let told = || Refusal::field("month", text!("请选择月讲评月份。", "Choose a month."));
    let month: ReviewMonth = values.text("month").parse().map_err(|_| told())?;
    let customary = Term::customary(month);
    let first = values.day("first").unwrap_or(customary.days.0);
    let last = values.day("last").unwrap_or(customary.days.1);
    let term = Term { month, days: (first, last), cut: values.day("cut").unwrap_or(last) };
    let from = (call.measures(), &call.zone());
    let receipt = call.act(async |act| run(act, term, from).await).await?;
    Ok(Done::to(super::card(month), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    term: Term,
    (supplies, zone): (&[Supply], &TimeZone),
) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let others = store::review::all(act, city).await?;
    let in_force = rule_sets::store::in_force(act, city, &term.month.to_string()).await?;
    let texts = in_force.iter().map(|r| crate::scoring::read(&r.document));
    let texts = texts.collect::<Result<Vec<_>>>()?;
    // One that has ended since is still one of the months that it held in.
    let mut indicators = indicators::store::indicators(act, city).await?;
    indicators.retain(|indicator| indicator.holds_in(term.month));
    let calls = Library::now(supplies, &indicators, &texts).called();
    demand_groups(act, &texts).await?;
    let call = crate::scoring::asked(act, city, (term.days, 0), zone).await?;
    let members = crate::scoring::Peers::read(act, &call).await?.members(&texts);
    let rules = in_force.into_iter().map(|r| Rule {
        version: r.version,
        rule_set: r.rule_set,
        code: r.code,
        name: r.name,
        hash: r.hash,
    });
    let cut_seq = history::last_before(act, city, term.cut.end(zone)).await?;
    let settled = Settled { rules: rules.collect(), calls, members };
    let fact = crate::review::open(term, (today, cut_seq), &others, settled)?;
    act.record(super::review(Uuid::now_v7()), &fact).await
}

/// A group that rules name is one of the city: under another name it would be scored by nobody.
async fn demand_groups(act: &mut Act, rules: &[RuleSet]) -> Result<()> {
    let city = act.jurisdiction();
    let known = people::store::groups(act, city).await?;
    for (rule, group) in rules.iter().flat_map(|rule| rule.groups.iter().map(move |g| (rule, g))) {
        if known.iter().any(|g| g.name == group.name.0) {
            continue;
        }
        let (rule, group) = (&rule.name.0, &group.name.0);
        let told = msg!(
            "《{rule}》的考评组别“{group}”本市已经没有了（可能改了名）：请把组别改回原名，或者印发写明新组别的办法。",
            "“{rule}” scores the group “{group}”, which the city no longer has; give the group its former name again, or put rules in force that name the new one."
        );
        return Err(Refusal::field("month", told).into());
    }
    Ok(())
}
