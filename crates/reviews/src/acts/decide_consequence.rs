//! 决定结果运用: on each consequence that the rules call for, the leader says whether it follows,
//! what an award amounts to, or why a unit is exempt. Scores stay.

use journal::{Act, Db, Error, Result};
use kernel::{Actor, Refusal, msg, text};
use measures::ReviewMonth;
use rules::rule_set::outcome::Consequence;
use rust_decimal::Decimal;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::proposals::{self, Proposals};
use crate::review::{AWARD_YUAN_MAX, Decider};
use crate::tables::{Decision, ReviewRow};
use crate::{grants, store, words};

pub(super) const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("consequence", text!("事项", "Consequence")).required(),
    FieldSpec::choice("verdict", text!("决定", "Decision")).required(),
    FieldSpec::number("amount", text!("奖励金额（元）", "Award (yuan)"), 1, AWARD_YUAN_MAX)
        .hint(text!("奖给单位，作工作经费。", "Given to the unit for its work.")),
    FieldSpec::area("reason", text!("理由（不予执行须写明）", "Reason"), 500),
];

pub(crate) fn route() -> Route {
    let title = text!("决定结果运用", "Decide on a consequence");
    Route::act("/reviews/{month}/consequences", grants::DECIDE_CONSEQUENCE, title)
        .help(text!(
            "按办法应当表扬或表态发言的单位由程序列出，由领导逐项决定；不能改分。",
            "The rules say who is to be praised or to make a statement; the leader decides on each. Scores cannot be changed."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(decide)
}

pub(super) async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review) = super::about(call).await?;
    let mut tx = call.read().await?;
    let called = Proposals::read(call.db(), &mut tx, &review).await?;
    let decided = store::review::consequences(&mut tx, &review).await?;
    drop(tx);
    let lang = call.lang;
    let mut choices: Vec<Choice> = called
        .all()
        .map(|(proposal, rule, unit)| {
            let open = proposal.open.as_ref().map_or("", |_| words::OPEN.of(lang));
            let label = format!("{unit} {open}");
            Choice::new(proposals::named(proposal), label.trim_end())
                .under(proposals::title(rule, lang))
        })
        .collect();
    choices.extend(called.fallen(&decided).into_iter().filter_map(|row| {
        let (_, unit) = called.rule(row)?;
        Some(Choice::new(proposals::named_row(row), unit).under(words::FALLEN.of(lang)))
    }));
    let verdicts = vec![
        Choice::new(Decision::Taken.word(), words::TAKEN.of(lang)),
        Choice::new(Decision::Exempt.word(), words::EXEMPT.of(lang)),
    ];
    let asked = call.query.get("consequence").unwrap_or_default();
    Ok(prepared
        .offer("consequence", choices)
        .offer("verdict", verdicts)
        .fill("consequence", asked)
        .fill("verdict", Decision::Taken.word()))
}

/// What was decided, of which proposal.
pub(crate) struct Said {
    pub(crate) named: String,
    pub(crate) verdict: Decision,
    pub(crate) amount: Option<i64>,
    pub(crate) reason: String,
}

pub(super) async fn decide(call: Call, values: Values) -> Result<Done> {
    let verdict = Decision::of(&values.text("verdict"))
        .ok_or_else(|| Refusal::field("verdict", words::CHOOSE_ONE))?;
    let said = Said {
        named: values.text("consequence"),
        verdict,
        amount: values.number("amount"),
        reason: values.text("reason"),
    };
    let db = call.db();
    super::on_review(&call, async |act, actor, month| run(act, actor, (db, month), said).await)
        .await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    (db, month): (&Db, ReviewMonth),
    said: Said,
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let called = Proposals::read(db, act, &review).await?;
    let found = called.all().find(|(proposal, ..)| proposals::named(proposal) == said.named);
    let Some((proposal, rule, _)) = found else {
        return exempt_fallen(act, actor, (&review, &called), said).await;
    };
    demand_amount(rule, &said)?;
    let by = decider(act, actor, &review).await?;
    let unit: Uuid = proposal.unit.parse().map_err(|_| Error::missing())?;
    let what = (proposal.consequence.clone(), unit);
    let fact = review.decide_consequence(
        by,
        what,
        (said.verdict, said.amount, said.reason),
        act.today(),
    )?;
    act.record(super::review(review.id), &fact).await
}

/// Who decides: the leader, or who signed the paper that the bureau enters.
async fn decider(act: &mut Act, actor: &Actor, review: &ReviewRow) -> Result<Decider> {
    let signs = store::review::signs(act, review).await?;
    Ok(review.decider(actor, &signs)?)
}

/// What was decided and no longer follows can only be exempted.
async fn exempt_fallen(
    act: &mut Act,
    actor: &Actor,
    (review, called): (&ReviewRow, &Proposals),
    said: Said,
) -> Result<()> {
    let decided = store::review::consequences(act, review).await?;
    let fallen = called.fallen(&decided);
    let Some(row) = fallen.into_iter().find(|row| proposals::named_row(row) == said.named) else {
        return Err(Refusal::field("consequence", words::CHOOSE_ONE).into());
    };
    if said.verdict != Decision::Exempt {
        let told = text!(
            "按更正后的名次不再成立，只能选择不予。",
            "It no longer follows from the corrected places; it can only be exempted."
        );
        return Err(Refusal::field("verdict", told).into());
    }
    let what = (row.code.clone(), row.unit_id);
    let decision = (said.verdict, None, said.reason);
    let by = decider(act, actor, review).await?;
    let fact = review.decide_consequence(by, what, decision, act.today())?;
    act.record(super::review(review.id), &fact).await
}

/// An award that is given has an amount within the rules' bounds; nothing else has one.
fn demand_amount(rule: &Consequence, said: &Said) -> std::result::Result<(), Refusal> {
    let is_given = said.verdict == Decision::Taken;
    let told = match (&rule.band, said.amount) {
        (_, Some(_)) if !rule.is_award => {
            text!("只有奖励才填金额。", "Only an award has an amount.").into()
        }
        (Some(band), None) if is_given => {
            let (least, most) = (band.least, band.most);
            msg!(
                "请填写奖励金额，办法规定{least}元至{most}元。",
                "Give the amount; the rules allow {least} to {most} yuan."
            )
        }
        (Some(band), Some(yuan)) if is_given && !band.holds(Decimal::from(yuan)) => {
            let (least, most) = (band.least, band.most);
            msg!(
                "办法规定奖励{least}元至{most}元，请在此范围内填写。",
                "The rules allow {least} to {most} yuan; stay within."
            )
        }
        (None, Some(_)) if is_given => text!(
            "办法没有规定奖励金额，不能填写；需要奖金的，先修改办法。",
            "The rules name no amount for it; change the rules first if one is to be paid."
        )
        .into(),
        (Some(_) | None, Some(_) | None) => return Ok(()),
    };
    Err(Refusal::field("amount", told))
}
