//! 设置督办阶梯: which colours follow each other, when, and who signs. Slips that were drafted keep
//! what the ladder said then.

use journal::{Act, Result};
use kernel::{FieldError, Refusal, Subject, SubjectKind, text};
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values, cell_name};

use crate::ladder::{Ladder, STEPS_MAX, Step};
use crate::tables::{Colour, Signer};
use crate::{grants, store, words};

const STEPS: &[FieldSpec] = &[
    FieldSpec::choice("colour", words::COLOUR).required(),
    FieldSpec::number("after_days", text!("逾期几个工作日后提出", "After working days"), 1, 60)
        .required(),
    FieldSpec::number("answer_days", text!("几个工作日内反馈", "Days to answer"), 1, 60).required(),
    FieldSpec::choice("signer", text!("签发人", "Signed by")).required(),
    FieldSpec::area("consequence", words::CONSEQUENCE, 120),
];

const FIELDS: &[FieldSpec] = &[
    FieldSpec::rows("steps", text!("各级督办单", "Steps"), STEPS, STEPS_MAX)
        .hint(text!(
            "从低到高。第一级从事项逾期起算，以后各级从上一张督办单的反馈期限过后起算。",
            "Lowest first. The first is counted from the due day, the next from the former slip's own deadline."
        ))
        .required(),
    FieldSpec::number("urgent_from", text!("“急”的事项从第几级开始", "Urgent items begin at"), 1, 4)
        .required(),
    FieldSpec::number(
        "express_from",
        text!("“特急”的事项从第几级开始", "Express items begin at"),
        1,
        4,
    )
    .required(),
    FieldSpec::number(
        "raised_from",
        text!("领导交办的事项从第几级开始", "Leaders' matters begin at"),
        1,
        4,
    )
    .required(),
    FieldSpec::area("reason", text!("修改理由", "Reason"), 300).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("设置督办阶梯", "Set the ladder");
    Route::act("/slips/ladder/new", grants::SET_LADDER, title)
        .help(text!(
            "修改后拟的督办单按新阶梯，已拟的不变。",
            "Slips drafted from now on follow it; those drafted before keep what it said."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(set_ladder)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let ladder = store::ladder::ladder(&mut call.read().await?, call.city()?).await?;
    let colours =
        Colour::ALL.iter().map(|c| Choice::new(c.word(), words::colour(*c).of(call.lang)));
    let signers =
        Signer::ALL.iter().map(|s| Choice::new(s.word(), words::signer(*s).of(call.lang)));
    let mut prepared = Prepared { back: "/slips/ladder".to_owned(), ..Prepared::default() }
        .offer("colour", colours.collect())
        .offer("signer", signers.collect())
        .fill("urgent_from", ladder.urgent_from)
        .fill("express_from", ladder.express_from)
        .fill("raised_from", ladder.raised_from);
    for step in ladder.steps {
        let cells = [
            ("colour", step.colour.word().to_owned()),
            ("after_days", step.after_days.to_string()),
            ("answer_days", step.answer_days.to_string()),
            ("signer", step.signer.word().to_owned()),
            ("consequence", step.consequence),
        ];
        prepared = prepared.row("steps", cells);
    }
    Ok(prepared)
}

async fn set_ladder(call: Call, values: Values) -> Result<Done> {
    let number = |name| values.number(name).unwrap_or_default();
    let ladder = Ladder {
        version: 0,
        set_on: None,
        steps: steps(&values)?,
        urgent_from: number("urgent_from"),
        express_from: number("express_from"),
        raised_from: number("raised_from"),
    };
    let receipt = call.act(async |act| run(act, &ladder).await).await?;
    Ok(Done::to("/slips/ladder".to_owned(), receipt))
}

fn steps(values: &Values) -> std::result::Result<Vec<Step>, Refusal> {
    let (mut steps, mut errors) = (Vec::new(), Vec::new());
    for (place, row) in values.rows("steps") {
        let number = |name| row.number(name).unwrap_or_default();
        let (colour, signer) = (Colour::of(&row.text("colour")), Signer::of(&row.text("signer")));
        if let (Some(colour), Some(signer)) = (colour, signer) {
            steps.push(Step {
                colour,
                after_days: number("after_days"),
                answer_days: number("answer_days"),
                signer,
                consequence: row.text("consequence"),
            });
            continue;
        }
        let column = if colour.is_none() { "colour" } else { "signer" };
        let field = cell_name("steps", *place, column);
        errors.push(FieldError { field, message: words::CHOOSE_ONE.into() });
    }
    if errors.is_empty() { Ok(steps) } else { Err(Refusal::Fields(errors)) }
}

pub(crate) async fn run(act: &mut Act, ladder: &Ladder) -> Result<()> {
    ladder.check()?;
    let (city, on) = (act.jurisdiction(), act.today());
    let version = store::ladder::ladder(act, city).await?.version + 1;
    let city = Subject::new(SubjectKind::Jurisdiction, city.uuid());
    act.record(city, &ladder.set(version, on)).await
}
