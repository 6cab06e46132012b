//! 新增指标: what it says, who enters it, for which groups; it gets the next number of the city.

use journal::{Act, Result, Tx};
use kernel::{Day, FieldError, Id, Jurisdiction, Lang, Refusal, text};
use measures::ReviewMonth;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Definition;
use crate::indicator::{self, Known};
use crate::tables::{Better, Kind};
use crate::{grants, store, words};

const NAME: FieldSpec = FieldSpec::line("name", words::NAME, 30).required().hint(text!(
    "考评办法按这个名称取数，全市唯一。",
    "Rule sets call it by this name; there is one of it in the city."
));
const NAME_EN: FieldSpec = FieldSpec::line("name_en", words::NAME_EN, 60);
const CODE: FieldSpec = FieldSpec::line("code", words::CODE, 30);
const KIND: FieldSpec = FieldSpec::choice("kind", words::KIND).required().hint(text!(
    "数值：每单位每月一个数；比率：分子和分母；事件：逐件填报，没有为0。",
    "A number for each unit and month; a rate of numerator and denominator; or single events, none being 0."
));
const MEASURED_IN: FieldSpec = FieldSpec::line("measured_in", words::MEASURED_IN, 20).required();
const BETTER: FieldSpec = FieldSpec::choice("better", words::BETTER).required();
const MEANING: FieldSpec = FieldSpec::area("definition", words::DEFINITION, 500).required();
const SOURCE: FieldSpec = FieldSpec::line("source", words::SOURCE, 120).required().hint(text!(
    "通常取自哪份通报或统计资料。",
    "From which bulletin or statistics it usually comes."
));
const DEPARTMENT: FieldSpec = FieldSpec::choice("department", words::DEPARTMENT)
    .hint(text!("不选则由督查局填报。", "The bureau, unless one is chosen."));
const GROUPS: FieldSpec = FieldSpec::many("groups", words::GROUPS).required();
const SORT: FieldSpec = FieldSpec::number("sort", words::SORT, 0, 9_999).required();
const FROM: FieldSpec = FieldSpec::line("from", words::FROM, 7)
    .required()
    .hint(text!("如 2021-10，指9月26日至10月25日。", "2021-10 is 26 September to 25 October."));

/// What an indicator says of itself; shared with its change.
pub(super) const DEFINITION: &[FieldSpec] =
    &[NAME, NAME_EN, CODE, KIND, MEASURED_IN, BETTER, MEANING, SOURCE, DEPARTMENT, GROUPS, SORT];

const FIELDS: &[FieldSpec] = &[
    NAME,
    NAME_EN,
    CODE,
    KIND,
    MEASURED_IN,
    BETTER,
    MEANING,
    SOURCE,
    DEPARTMENT,
    GROUPS,
    SORT,
    FROM,
];

pub(crate) fn route() -> Route {
    Route::act("/indicators/new", grants::ADD, text!("新增指标", "Add an indicator"))
        .help(text!(
            "有了填报值以后，名称、类型和计量单位不能再改。",
            "Once it has values its name, kind and unit of measure stay."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(add)
}

/// The form with what it offers.
pub(super) async fn offered(call: &Call) -> Result<Prepared> {
    let (mut tx, city, lang) = (call.read().await?, call.city()?, call.lang);
    let units = people::store::units(&mut tx, city, call.today()).await?;
    let groups = people::store::groups(&mut tx, city).await?;
    Ok(Prepared { back: "/indicators".to_owned(), ..Prepared::default() }
        .offer("kind", kinds(lang))
        .offer("better", betters(lang))
        .offer("department", units.into_iter().map(|u| Choice::new(u.id, u.short_name)).collect())
        .offer("groups", groups.into_iter().map(|g| Choice::new(g.id, g.name)).collect()))
}

fn kinds(lang: Lang) -> Vec<Choice> {
    Kind::ALL.iter().map(|k| Choice::new(k.word(), words::kind(*k).of(lang))).collect()
}

fn betters(lang: Lang) -> Vec<Choice> {
    Better::ALL.iter().map(|b| Choice::new(b.word(), words::better(*b).of(lang))).collect()
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let month = ReviewMonth::of(call.today());
    Ok(offered(call).await?.fill("sort", 100).fill("from", month))
}

async fn add(call: Call, values: Values) -> Result<Done> {
    let from = read_month(&values, "from")?;
    let groups = values.ids("groups");
    let definition = definition(&values)?;
    let (id, measures) = (Uuid::now_v7(), measures(&call));
    let receipt = call
        .act(async |act| {
            on_offer(act, (&definition, &groups)).await?;
            run(act, id, definition, ((groups, from), &measures)).await
        })
        .await?;
    Ok(Done::to(super::card(receipt.subject.id), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    id: Uuid,
    definition: Definition,
    ((groups, from), measures): ((Vec<Uuid>, ReviewMonth), &[&'static str]),
) -> Result<()> {
    let city = act.jurisdiction();
    let is_taken = store::is_taken(act, city, (&definition.name, None)).await?;
    let known = Known { measures, is_taken, has_values: false };
    let number = store::next_number(act, city).await?;
    let fact = indicator::add(number, definition, (groups, from), known)?;
    act.record(super::indicator(id), &fact).await
}

/// The names in the library, which no indicator may have.
pub(super) fn measures(call: &Call) -> Vec<&'static str> {
    call.measures().iter().flat_map(|s| s.measures.iter().map(|m| m.name.zh)).collect()
}

/// A month as a form says it.
pub(super) fn read_month(values: &Values, field: &str) -> Result<ReviewMonth> {
    let told = text!("请按 2021-10 的形式填写月份。", "Write the month as 2021-10.");
    let month = values.text(field).parse();
    month.map_err(|_no_month| Refusal::field(field, told).into())
}

/// What a form says of an indicator.
pub(super) fn definition(values: &Values) -> Result<Definition> {
    let (kind, better) = (Kind::of(&values.text("kind")), Better::of(&values.text("better")));
    let (Some(kind), Some(better)) = (kind, better) else {
        let field = if kind.is_none() { "kind" } else { "better" };
        return Err(Refusal::field(field, words::CHOOSE_ONE).into());
    };
    let department = values.id("department");
    if department.is_none() && values.opt("department").is_some() {
        return Err(Refusal::field("department", words::CHOOSE_ONE).into());
    }
    Ok(Definition {
        code: values.text("code"),
        name: values.text("name"),
        name_en: values.text("name_en"),
        definition: values.text("definition"),
        measured_in: values.text("measured_in"),
        kind,
        department,
        source: values.text("source"),
        better,
        sort: values.number("sort").unwrap_or_default(),
    })
}

/// Whether what was chosen exists.
pub(super) async fn on_offer(
    act: &mut Act,
    (definition, groups): (&Definition, &[Uuid]),
) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let mut errors = Vec::new();
    let mut wrong = |field: &str| {
        errors.push(FieldError { field: field.to_owned(), message: words::CHOOSE_ONE.into() });
    };
    if !is_unit(act, (city, today), definition.department).await? {
        wrong("department");
    }
    let known = people::store::groups(act, city).await?;
    if groups.iter().any(|id| known.iter().all(|group| group.id != *id)) {
        wrong("groups");
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Fields(errors).into()) }
}

async fn is_unit(
    tx: &mut Tx,
    (city, today): (Id<Jurisdiction>, Day),
    id: Option<Uuid>,
) -> Result<bool> {
    let Some(id) = id else { return Ok(true) };
    let unit = people::store::unit(tx, city, id).await?;
    Ok(unit.is_some_and(|unit| unit.valid_to.is_none_or(|to| to >= today)))
}
