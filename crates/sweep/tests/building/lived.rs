//! A city in which everything has happened: the demo city, and what it does not do. Every record
//! and sealed table has rows in it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::collections::BTreeMap;
use std::io::Cursor;

use files::Shelf;
use journal::{Act, By, CityFact, Db, Fact, Place, TableKind, TableSpec, Tx, args, hex, transfer};
use kernel::{Clock, Id, Jurisdiction, Role, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::adopted::adopted;
use crate::house;

/// An export of a city that was lived in.
pub(crate) async fn archive() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::manual(people::demo::start(&people::demo::zone().unwrap()).unwrap());
    let place = Place::Folder(folder.path().to_owned());
    let db = Db::open(place, house().rooms(), clock.clone()).await.unwrap();
    let city = people::demo::found(&db, &clock).await.unwrap();
    let mornings = slips::demo::Mornings::begin(&db, &clock, &city).await.unwrap();
    let figures = indicators::demo::Mornings::begin(&db, &clock, &city).await.unwrap();
    let supplies = crate::plans().into_iter().filter_map(|plan| plan.measures).collect();
    let of = (&db, &clock, &city);
    let reviews = reviews::demo::Mornings::begin(of, supplies).await.unwrap();
    let morning = async |at| {
        figures.pass(at).await?;
        mornings.pass(at).await?;
        reviews.pass(at).await
    };
    assignments::demo::play_beside(&db, &clock, &city, morning).await.unwrap();
    hold_the_reviews(&mut db.read().await.unwrap(), city.jurisdiction).await;
    let of = |role| city.actor(city.post("督查局", role).unwrap());
    clock.set(people::demo::start(&people::demo::zone().unwrap()).unwrap());
    adopted(&db, of(Role::Officer), of(Role::Chief)).await;
    people::demo::open_accounts(&db, &city).await.unwrap();
    beside_the_demo(&db, city.jurisdiction).await;
    let mut archive = Cursor::new(Vec::new());
    transfer::export(&db, city.jurisdiction, &Shelf::of(&db), &mut archive).await.unwrap();

    archive.into_inner()
}

/// The demo's reviews come out as its story tells: four months of which October waits for its sitting,
/// five awards of 50,000 to 300,000 yuan, one statement, two objections upheld and one refused.
async fn hold_the_reviews(tx: &mut Tx, city: Id<Jurisdiction>) {
    let sql = "SELECT month, state FROM reviews WHERE jurisdiction_id = $1 ORDER BY month LIMIT 9";
    let reviews: Vec<(String, String)> = tx.all(sql, args![city]).await.unwrap();
    let reviews: Vec<_> = reviews.iter().map(|(m, s)| (m.as_str(), s.as_str())).collect();
    let published = ["2021-07", "2021-08", "2021-09"].map(|month| (month, "published"));
    assert_eq!(reviews, [&published[..], &[("2021-10", "approved")]].concat());
    let sql = "SELECT u.short_name, c.amount_fen FROM review_consequences c \
        JOIN reviews r ON r.jurisdiction_id = c.jurisdiction_id AND r.id = c.review_id \
        JOIN units u ON u.jurisdiction_id = c.jurisdiction_id AND u.id = c.unit_id \
        WHERE c.jurisdiction_id = $1 AND r.month = '2021-10' AND c.verdict = 'taken' \
        ORDER BY c.code, u.sort LIMIT 99";
    let decided: Vec<(String, Option<i64>)> = tx.all(sql, args![city]).await.unwrap();
    let (awards, others): (Vec<_>, Vec<_>) =
        decided.into_iter().partition(|(_, fen)| fen.is_some());
    let range = 5_000_000..=30_000_000;
    assert!(
        awards.iter().all(|(_, fen)| fen.is_some_and(|fen| range.contains(&fen))),
        "{awards:?}"
    );
    let units: Vec<_> = awards.iter().map(|(unit, _)| unit.as_str()).collect();
    assert_eq!(units.len(), 5, "{units:?}");
    assert!(units.contains(&"临颍县") && units.contains(&"市发展改革委"), "{units:?}");
    assert_eq!(others, [("市金融工作局".to_owned(), None)]);
    let sql = "SELECT o.state FROM objections o \
        JOIN reviews r ON r.jurisdiction_id = o.jurisdiction_id AND r.id = o.review_id \
        WHERE o.jurisdiction_id = $1 AND r.month = '2021-10' ORDER BY o.state LIMIT 99";
    let states: Vec<(String,)> = tx.all(sql, args![city]).await.unwrap();
    let states: Vec<_> = states.iter().map(|(state,)| state.as_str()).collect();
    assert_eq!(states, ["refused", "upheld", "upheld"]);
}

/// A fact of a room by its word, for what only its forms can do.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Raw(BTreeMap<String, Value>);

impl Raw {
    pub(crate) fn of(kind: &str, payload: Value) -> Self {
        Self(BTreeMap::from([(kind.to_owned(), payload)]))
    }
}

impl Fact for Raw {
    const KINDS: &'static [&'static str] = &[];
}

/// An objection of the demo city.
async fn answered(tx: &mut Tx, city: Id<Jurisdiction>) -> Subject {
    let sql = "SELECT id FROM objections WHERE jurisdiction_id = $1 ORDER BY id LIMIT 1";
    let (id,): (Uuid,) = tx.one(sql, args![city]).await.unwrap();
    Subject::new(SubjectKind::Objection, id)
}

/// What the journal offers and no room uses yet, and the office's papers.
async fn beside_the_demo(db: &Db, city: Id<Jurisdiction>) {
    let person = |n| Subject::new(SubjectKind::Person, Uuid::from_u128(n));
    let content = b"%PDF-1.7 a form".to_vec();
    let size = content.len();
    let hash = hex(&files::write(db, city, content).await.unwrap());
    let file = |id: u128| json!({ "id": Uuid::from_u128(id), "name": "版式", "media": "pdf", "size": size, "hash": hash });
    let series = people::store::series(&mut db.read().await.unwrap(), city).await.unwrap();
    let answered = answered(&mut db.read().await.unwrap(), city).await;
    db.act(By::program(city, "sweep"), async |act| {
        taken_over(act, series[0].id).await?;
        let office = Subject::new(SubjectKind::Jurisdiction, city.uuid());
        let form = Raw::of("paper_template_set", json!({ "kind": "sheet", "file": file(1) }));
        act.record(office, &form).await?;
        let day = json!({ "day": "2021-10-25", "lines": 3, "digest": "00".repeat(32) });
        act.record(office, &Raw::of("access_digested", day)).await?;
        let copy = Raw::of("issued_copy_kept", json!({ "file": file(2), "note": "" }));
        act.record(Subject::new(SubjectKind::Batch, Uuid::from_u128(3)), &copy).await?;
        let review =
            json!({ "stop": Uuid::from_u128(8), "review_on": "2021-10-29", "on": "2021-10-29" });
        let stopped = Subject::new(SubjectKind::Assignment, Uuid::from_u128(5));
        act.record(stopped, &Raw::of("stop_review_due", review)).await?;
        let late = json!({ "by": "2021-10-29", "on": "2021-11-01" });
        act.record(answered, &Raw::of("objection_answer_late", late)).await?;
        let item = json!({
            "assignment": Uuid::from_u128(5), "done": "已上报", "quantity": 3, "blocker": "",
            "files": [file(6)],
        });
        let week = json!({ "unit": Uuid::from_u128(4), "monday": "2021-10-25", "items": [item] });
        let answer = Subject::new(SubjectKind::WeeklyAnswer, Uuid::from_u128(7));
        act.record(answer, &Raw::of("weekly_answer_prepared", week)).await?;
        let paper = json!({ "signer": Uuid::from_u128(8), "on": "2021-10-29", "scans": [file(9)] });
        let signed = json!({ "on": "2021-10-29", "paper": paper, "reported": [] });
        act.record(answer, &Raw::of("weekly_answer_signed", signed)).await?;
        slip_on_paper(act, [file(32), file(33)]).await?;
        reviewed_on_paper(act, [file(43), file(45)]).await?;
        stated(act).await?;
        act.seal(person(1), "phone", "0395-3100001").await?;
        act.seal(person(2), "phone", "0395-3100002").await?;
        act.erase(person(2), "phone").await?;
        let linked = CityFact::Linked { from: person(1), to: person(2), kind: "follows_up".into() };
        act.record(person(1), &linked).await
    })
    .await
    .unwrap();
}

/// A slip whose chain and answer were signed on paper, each with its scan.
async fn slip_on_paper(act: &mut Act, [of_sign, of_answer]: [Value; 2]) -> journal::Result<()> {
    let (slip, post) = (Subject::new(SubjectKind::Slip, Uuid::from_u128(30)), Uuid::from_u128(8));
    let place =
        json!({ "n": 1, "ladder": 1, "colour": "blue", "answer_days": 3, "signer": "chief" });
    let wording =
        json!({ "finding": "未办", "demand": "整改", "consequence": "升级", "copies": "" });
    let draft = json!({
        "assignment": Uuid::from_u128(23), "unit": Uuid::from_u128(4), "place": place,
        "by_hand": true, "item_due": "2021-10-15", "on": "2021-10-18", "wording": wording,
    });
    act.record(slip, &Raw::of("slip_drafted", draft)).await?;
    let paper = |scan: Value| json!({ "signer": post, "on": "2021-10-19", "scans": [scan] });
    let sign = json!({
        "id": Uuid::from_u128(31), "step": 1, "next": 2, "last": 1, "verdict": "agreed",
        "person": post, "paper": paper(of_sign), "note": "",
    });
    act.record(slip, &Raw::of("slip_signed", sign)).await?;
    let answer = Uuid::from_u128(34);
    let said = json!({ "id": answer, "done": "已补办", "responsible": post });
    act.record(slip, &Raw::of("slip_answered", said)).await?;
    let signed =
        json!({ "id": answer, "person": post, "on": "2021-10-20", "paper": paper(of_answer) });
    act.record(slip, &Raw::of("slip_answer_signed", signed)).await
}

/// The text of that review's circular, and what a unit stated about it.
async fn stated(act: &mut Act) -> journal::Result<()> {
    let (review, person) = (Uuid::from_u128(40), Uuid::from_u128(8));
    let wording =
        json!({ "addressees": "各县区", "demands": "抓紧", "copies": "", "printed": "各县区" });
    let written = json!({ "wording": wording, "person": person, "on": "2021-10-29" });
    let of_review = Subject::new(SubjectKind::Review, review);
    act.record(of_review, &Raw::of("circular_written", written)).await?;
    let statement = Subject::new(SubjectKind::Statement, Uuid::from_u128(46));
    let measure = json!({ "measure": "清零", "responsible": person, "due": "2021-11-20" });
    let stated = json!({
        "review": review, "unit": Uuid::from_u128(4), "gap": "逾期", "measures": [measure],
        "goal": "清零", "former": 0, "person": person, "on": "2021-10-29",
    });
    act.record(statement, &Raw::of("statement_written", json!({ "stated": stated }))).await?;
    let submitted = json!({ "person": person, "on": "2021-10-29" });
    act.record(statement, &Raw::of("statement_submitted", submitted)).await?;
    let judged = json!({ "verdict": "agreed", "remark": "", "person": person, "on": "2021-10-29" });
    act.record(statement, &Raw::of("statement_judged", judged)).await?;
    let taken = json!({
        "batch": Uuid::from_u128(3), "lines": [Uuid::from_u128(47)], "on": "2021-10-29",
    });
    act.record(statement, &Raw::of("statement_taken_over", taken)).await
}

/// A review that was approved on paper and corrected, and an objection with what supports it.
async fn reviewed_on_paper(act: &mut Act, [scan, support]: [Value; 2]) -> journal::Result<()> {
    let (review, person) =
        (Subject::new(SubjectKind::Review, Uuid::from_u128(40)), Uuid::from_u128(8));
    let opened = json!({
        "month": "2021-01", "first": "2020-12-26", "last": "2021-01-25", "cut_seq": 1,
        "rules": [], "calls": [], "on": "2021-10-29",
    });
    act.record(review, &Raw::of("review_opened", opened)).await?;
    let paper = json!({ "signer": person, "on": "2021-10-29", "scans": [scan] });
    let judged = json!({
        "id": Uuid::from_u128(42), "verdict": "agreed", "person": person, "note": "",
        "on": "2021-10-29", "paper": paper,
    });
    act.record(review, &Raw::of("review_judged", judged)).await?;
    // Decided, published, frozen once more and decided anew.
    let decided = json!({
        "code": "P1", "unit": Uuid::from_u128(4), "verdict": "taken", "amount_fen": 5_000_000,
        "reason": "", "person": person, "on": "2021-10-29",
    });
    act.record(review, &Raw::of("consequence_decided", decided.clone())).await?;
    let published = json!({ "year": 2021, "number": 99, "on": "2021-10-29" });
    act.record(review, &Raw::of("review_published", published)).await?;
    let frozen = json!({
        "n": 1, "computation": 0, "root": "00".repeat(32), "previous": null, "head": "1:00",
        "person": person, "on": "2021-10-29", "why": "复核更正",
    });
    act.record(review, &Raw::of("review_frozen", frozen)).await?;
    act.record(review, &Raw::of("consequence_decided", decided)).await?;
    let corrected = json!({ "n": 1, "on": "2021-10-29" });
    act.record(review, &Raw::of("review_corrected", corrected)).await?;
    let contest = json!({
        "review": review.id, "number": 1, "kind": "objection", "unit": Uuid::from_u128(4),
        "item": "A1", "measure": "按期办结率", "said": "有误", "person": person, "on": "2021-10-29",
        "decide_by": "2021-11-03", "files": [support],
    });
    let objection = Subject::new(SubjectKind::Objection, Uuid::from_u128(44));
    act.record(objection, &Raw::of("objection_filed", json!({ "contest": contest }))).await
}

/// A batch of a ledger with one item, and the series that goes on after it.
async fn taken_over(act: &mut Act, series: Uuid) -> journal::Result<()> {
    let (batch, unit) = (Subject::new(SubjectKind::Batch, Uuid::from_u128(20)), Uuid::from_u128(4));
    let fact = json!({ "number": 99, "year": 2021, "title": "第99次", "on": "2021-10-11" });
    act.record(batch, &Raw::of("batch_taken_over", fact)).await?;
    let brief = json!({
        "title": "用地报批", "demand": "完成报批", "standard": "", "work_line": null, "basis": "纪要",
        "urgency": "plain", "importance": "normal", "leader": null, "raised_by": null,
        "rhythm": "weekly", "verifier": "bureau", "quantity_unit": "亩", "evidence": "",
        "contact": "", "restricted": false, "profile": "bureau", "report_day": 5, "report_hour": 17,
    });
    let report = json!({
        "id": Uuid::from_u128(21), "on": "2021-10-29", "done": "已上报", "quantity": 3,
        "next_step": "", "blocker": "",
    });
    let part = json!({ "unit": unit, "role": "lead", "part": "", "due": null, "goal": 9 });
    let clocks = json!({ "hand_back_days": 1, "answer_days": 1, "verify_days": 3 });
    let fact = json!({
        "batch": batch.id, "line": Uuid::from_u128(22), "sort": 4, "number": 1, "label": "99-1",
        "unit": unit, "brief": brief, "goal": 9, "parts": [part], "source": batch,
        "on": "2021-10-11", "first_due": "2021-10-29", "due": "2021-11-12", "clocks": clocks,
        "state": "handling", "closed": null, "report": report, "ledger": "备注：省定事项", "taken_over_on": "2021-10-29",
    });
    let item = Subject::new(SubjectKind::Assignment, Uuid::from_u128(23));
    act.record(item, &Raw::of("assignment_taken_over", fact)).await?;
    let series = Subject::new(SubjectKind::Series, series);
    act.record(series, &Raw::of("series_continued", json!({ "number": 99 }))).await
}

/// Brings the archive into an empty place.
pub(crate) async fn brought(place: Place, archive: &[u8]) -> (Db, Id<Jurisdiction>) {
    let db = Db::open(place, house().rooms(), Clock::machine()).await.unwrap();
    let arrived = transfer::import(&db, &Shelf::of(&db), Cursor::new(archive)).await.unwrap();
    assert_eq!(arrived.differences, [""; 0]);
    (db, arrived.jurisdiction)
}

/// The tables that the journal proves.
pub(crate) fn proved(db: &Db) -> Vec<&'static TableSpec> {
    let is_proved = |t: &&TableSpec| matches!(t.kind, TableKind::Record | TableKind::Sealed);
    db.rooms().tables().filter(is_proved).collect()
}

/// The proved tables without a row: an edit of them could not be shown to be found.
pub(crate) async fn empty(tx: &mut Tx, db: &Db, city: Id<Jurisdiction>) -> Vec<&'static str> {
    let mut empty = Vec::new();
    for spec in proved(db) {
        let sql = format!("SELECT count(*) FROM {} WHERE jurisdiction_id = $1", spec.name);
        let (rows,): (i64,) = tx.one(&sql, args![city]).await.unwrap();
        if rows == 0 {
            empty.push(spec.name);
        }
    }
    empty
}
