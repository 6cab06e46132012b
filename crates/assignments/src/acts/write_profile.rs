//! 办理规程: writes or changes a handling profile. What was issued keeps the clocks it was issued
//! with; a profile that is no longer offered stays with what bears it.

use journal::{Act, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::{Clocks, ProfileFact};
use crate::tables::Verifier;
use crate::{grants, profile, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", text!("名称", "Name"), 40).required(),
    FieldSpec::choice("verifier", text!("由谁核实", "Who verifies")).required(),
    FieldSpec::number(
        "hand_back_days",
        text!("单位退回期限（工作日）", "A unit hands back within (working days)"),
        0,
        10,
    )
    .required(),
    FieldSpec::number(
        "answer_days",
        text!("督查局答复期限（工作日）", "The bureau answers within (working days)"),
        1,
        30,
    )
    .hint(text!("退回裁定和延期审批。", "To hand-backs and requests for more time."))
    .required(),
    FieldSpec::number(
        "verify_days",
        text!("督查局核实期限（工作日）", "The bureau verifies within (working days)"),
        1,
        60,
    )
    .required(),
    FieldSpec::number("sort", text!("排序", "Place"), 0, 9_999).required(),
    FieldSpec::check("in_use", text!("可以选用", "Offered for new items")),
    FieldSpec::area("reason", text!("修改理由", "Reason"), 300).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("新建办理规程", "New profile");
    Route::act("/profiles/new", grants::WRITE_PROFILE, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare_new(call)))
        .decide(write)
}

pub(crate) fn rewrite_route() -> Route {
    let title = text!("修改办理规程", "Change the profile");
    Route::act("/profiles/{code}", grants::REWRITE_PROFILE, title)
        .help(text!(
            "已印发的事项按印发时的期限办理，不受修改影响。",
            "What was issued keeps the days it was issued with."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare_again(call)))
        .decide(rewrite)
}

fn offered(call: &Call) -> Prepared {
    let verifiers = Verifier::ALL.iter();
    let choices = verifiers.map(|v| Choice::new(v.word(), words::verifier(*v).of(call.lang)));
    let prepared = Prepared { back: "/profiles".to_owned(), ..Prepared::default() };
    prepared.offer("verifier", choices.collect())
}

async fn prepare_new(call: &Call) -> Result<Prepared> {
    let clocks = Clocks::default();
    let sort = store::profile::profiles(&mut call.read().await?, call.city()?).await?.len() + 1;
    Ok(fill(offered(call), &clocks).fill("sort", sort).fill("in_use", 1))
}

async fn prepare_again(call: &Call) -> Result<Prepared> {
    let (city, code) = (call.city()?, call.param("code")?);
    let row = store::profile::profile(&mut call.read().await?, city, code).await?;
    let prepared = fill(offered(call), &row.clocks())
        .fill("name", &row.name)
        .fill("verifier", row.verifier.word())
        .fill("sort", row.sort);
    let prepared = if row.in_use { prepared.fill("in_use", 1) } else { prepared };
    Ok(Prepared { about: Some(row.name), ..prepared })
}

fn fill(prepared: Prepared, clocks: &Clocks) -> Prepared {
    prepared
        .fill("hand_back_days", clocks.hand_back_days)
        .fill("answer_days", clocks.answer_days)
        .fill("verify_days", clocks.verify_days)
}

async fn write(call: Call, values: Values) -> Result<Done> {
    record(call, said(Uuid::now_v7().to_string(), &values)?).await
}

async fn rewrite(call: Call, values: Values) -> Result<Done> {
    let (city, code) = (call.city()?, call.param("code")?);
    let row = store::profile::profile(&mut call.read().await?, city, code).await?;
    record(call, said(row.code, &values)?).await
}

fn said(code: String, values: &Values) -> std::result::Result<ProfileFact, Refusal> {
    let number = |name| values.number(name).unwrap_or_default();
    Ok(ProfileFact::ProfileWritten {
        code,
        name: values.text("name"),
        verifier: Verifier::of(&values.text("verifier"))
            .ok_or_else(|| Refusal::field("verifier", words::CHOOSE_ONE))?,
        clocks: Clocks {
            hand_back_days: number("hand_back_days"),
            answer_days: number("answer_days"),
            verify_days: number("verify_days"),
        },
        in_use: values.checked("in_use"),
        sort: number("sort"),
    })
}

async fn record(call: Call, fact: ProfileFact) -> Result<Done> {
    let receipt = call.act(async |act| run(act, &fact).await).await?;
    Ok(Done::to("/profiles".to_owned(), receipt))
}

async fn run(act: &mut Act, fact: &ProfileFact) -> Result<()> {
    let ProfileFact::ProfileWritten { code, name, .. } = fact;
    let city = act.jurisdiction();
    let others = store::profile::profiles(act, city).await?;
    profile::demand_own_name(code, name, &others)?;
    // The first change of a city that lived by the proposals records the others as well.
    if !store::profile::has_recorded(act).await? {
        profile::propose(act).await?;
    }
    let city = Subject::new(SubjectKind::Jurisdiction, act.jurisdiction().uuid());
    act.record(city, fact).await
}
