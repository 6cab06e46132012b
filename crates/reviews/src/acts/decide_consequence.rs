//! 决定结果运用: on each consequence that the rules call for, the leader says whether it follows,
//! what an award amounts to, or why a unit is exempt. Scores stay.

use journal::{Act, Db, Error, Result, Tx};
use kernel::{Actor, Lang, Refusal, msg, text};
use measures::ReviewMonth;
use rules::engine::sheet::{Proposal, UnitScore};
use rules::rule_set::outcome::Consequence;
use rust_decimal::Decimal;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::computed::{self, Part};
use crate::review::AWARD_YUAN_MAX;
use crate::tables::{ConsequenceRow, Decision, ReviewRow};
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
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

/// What the rules call for in a review: of each rule set its consequences.
pub(crate) struct Called {
    pub(crate) parts: Vec<Part>,
}

impl Called {
    pub(crate) async fn read(db: &Db, tx: &mut Tx, review: &ReviewRow) -> Result<Self> {
        let row = store::review::computation(tx, review, review.computation).await?;
        let parts = computed::parts_on(tx, db, &row.ok_or_else(Error::missing)?).await?;
        Ok(Self { parts })
    }

    /// Each proposal with its consequence and the unit's name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Proposal, &Consequence, &str)> {
        Self::all_of(&self.parts)
    }

    fn all_of(parts: &[Part]) -> impl Iterator<Item = (&Proposal, &Consequence, &str)> {
        parts.iter().flat_map(|part| {
            part.sheet.proposals.iter().filter_map(|proposal| {
                let mut rules = part.rule.consequences.iter();
                let rule = rules.find(|c| c.code.0 == proposal.consequence)?;
                Some((proposal, rule, part.name(&proposal.unit)))
            })
        })
    }

    /// The same by the unit's place, the first in front.
    pub(crate) fn in_order(&self) -> Vec<(&Proposal, &Consequence, &str)> {
        Self::in_order_of(&self.parts)
    }

    /// The same of a computing that was read.
    pub(crate) fn in_order_of(parts: &[Part]) -> Vec<(&Proposal, &Consequence, &str)> {
        let mut all: Vec<_> = Self::all_of(parts).collect();
        let place = |unit: &str| {
            let score = parts.iter().find_map(|part| part.score(unit));
            score.and_then(UnitScore::rank).unwrap_or(Decimal::MAX)
        };
        all.sort_by_key(|(proposal, ..)| place(&proposal.unit));
        all
    }

    /// How many of them nobody has decided.
    pub(crate) fn undecided(&self, decided: &[ConsequenceRow]) -> usize {
        let is_decided = |p: &Proposal| {
            decided.iter().any(|d| d.code == p.consequence && d.unit_id.to_string() == p.unit)
        };
        self.all().filter(|(proposal, ..)| !is_decided(proposal)).count()
    }
}

/// The value by which a form names a proposal.
pub(crate) fn named(proposal: &Proposal) -> String {
    format!("{}|{}", proposal.consequence, proposal.unit)
}

/// A consequence as people call it.
pub(crate) fn title(rule: &Consequence, lang: Lang) -> &str {
    match (&rule.english, lang) {
        (Some(english), Lang::En) => &english.0,
        _ => &rule.name.0,
    }
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review) = super::about(call).await?;
    let called = Called::read(call.db(), &mut call.read().await?, &review).await?;
    let lang = call.lang;
    let choices = called
        .all()
        .map(|(proposal, rule, unit)| Choice::new(named(proposal), unit).under(title(rule, lang)))
        .collect();
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

async fn decide(call: Call, values: Values) -> Result<Done> {
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
    let called = Called::read(db, act, &review).await?;
    let found = called.all().find(|(proposal, ..)| named(proposal) == said.named);
    let Some((proposal, rule, _)) = found else {
        return Err(Refusal::field("consequence", words::CHOOSE_ONE).into());
    };
    demand_amount(rule, &said)?;
    let unit: Uuid = proposal.unit.parse().map_err(|_| Error::missing())?;
    let what = (proposal.consequence.clone(), unit);
    let fact = review.decide_consequence(
        actor,
        what,
        (said.verdict, said.amount, said.reason),
        act.today(),
    )?;
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
