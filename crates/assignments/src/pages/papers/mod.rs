//! Official papers as Word files, one file each: what stands on it is read as values by name, and
//! the values fill either our layout or the office's own form.
//!
//! A paper is Chinese whatever the reader's language, carries the head of the journal, and being
//! taken out is noted in the access log.

pub(crate) mod closing;
pub(crate) mod layout;
pub(crate) mod lines;
pub(crate) mod list;
pub(crate) mod meeting;
mod meeting_page;
pub(crate) mod reminder;
pub(crate) mod sheet;

use files::docx::{self, Document, Template, Values};
use journal::{Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Refusal};
use people::access::{self, Access, Event};
use uuid::Uuid;
use web::{Answer, Call, Paper, PaperSpec};

use crate::store::register::{self, Filter};
use crate::tables::{AssignmentRow, BatchRow, BatchState, SignOffRow, Verdict};
use crate::{paper, store};

/// The papers of this room.
pub(crate) const SPECS: &[&PaperSpec] =
    &[&sheet::SPEC, &list::SPEC, &reminder::SPEC, &closing::SPEC, &meeting::SPEC];

/// The paper in our layout.
fn document(paper: &Paper) -> Document {
    let of = |name| paper.values.get(name);
    let root = match of("校验值") {
        "" => String::new(),
        root => format!("校验值 {root}　"),
    };
    let seal = format!("{root}日志封印 {}　制作日期 {}", of("日志封印"), of("制作日期"));
    let title = format!("{} {}", paper.spec.title.zh, paper.about);
    Document { title, seal, sections: (paper.spec.layout)(&paper.values) }
}

/// The paper as a file: in the office's own form, or in our layout.
pub(crate) async fn file(call: &Call, paper: &Paper) -> Result<Vec<u8>> {
    let city = call.city()?;
    let form = store::papers::template(&mut call.read().await?, city, paper.spec.word).await?;
    let Some(form) = form else { return docx::write(&document(paper)) };
    let bytes = files::read(call.db(), city, &journal::unhex(&form.hash)?).await?;
    let form = Template::open(bytes).map_err(|message| Error::from(Refusal::Rule(message)))?;
    Ok(form.fill(&paper.values)?.bytes)
}

/// The paper as a download, noted in the access log.
pub async fn answer(call: &Call, paper: Paper) -> Result<Answer> {
    let (bytes, name) = (file(call, &paper).await?, paper.file_name());
    taken_out(call, &name).await?;
    Ok(Answer::download(&name, docx::MEDIA, bytes))
}

/// The assignment of a filter that stands first, to try a form with.
async fn newest_item(call: &Call, tx: &mut Tx, filter: &Filter) -> Result<Option<AssignmentRow>> {
    let edges = crate::pages::edges(call, tx).await?;
    let found = register::list(tx, call.actor()?, filter, &edges, 1).await?;
    Ok(found.into_iter().next().map(|listed| listed.row))
}

/// The batch that was issued last, to try a form with.
async fn newest_batch(call: &Call, tx: &mut Tx) -> Result<Option<BatchRow>> {
    let batches = store::batch::batches(tx, call.city()?).await?;
    Ok(batches.into_iter().find(|b| b.state == BatchState::Issued))
}

/// Notes that something was taken out.
pub async fn taken_out(call: &Call, what: &str) -> Result<()> {
    let (at, remote) = (call.db().clock().now(), call.remote.to_string());
    let account = Some(call.actor()?.account);
    let line = Access { at, event: Event::TakenOut, account, remote: &remote, detail: what };
    call.db().operate(call.city()?, async |tx| access::note(tx, call.city()?, line).await).await
}

/// The values of a paper with what every paper says; `drafter` is the post that drafted what it is
/// about.
pub async fn values(
    call: &Call,
    tx: &mut Tx,
    spec: &PaperSpec,
    drafter: Option<Uuid>,
) -> Result<Values> {
    let city = call.city()?;
    let mut values = paper::blank(spec);
    values.put("城市", call.caller()?.city.clone());
    values.put("督查机关", bureau(call, tx, drafter).await?);
    values.put("制作日期", day(call.today()));
    values.put("日志封印", journal::history::head(tx, city).await?.to_string());
    Ok(values)
}

/// The same, for a paper about a batch or something in it.
pub(crate) async fn batch_values(
    call: &Call,
    tx: &mut Tx,
    spec: &PaperSpec,
    batch: Uuid,
) -> Result<Values> {
    let signed = store::batch::sign_offs(tx, call.city()?, batch).await?;
    let drafter = signed.iter().find(|s| s.step == 0).map(|s| s.post_id);
    values(call, tx, spec, drafter).await
}

/// The full name of the bureau: the unit of whoever drafted, or of an officer who asks.
async fn bureau(call: &Call, tx: &mut Tx, drafter: Option<Uuid>) -> Result<String> {
    let (city, actor) = (call.city()?, call.actor()?);
    let mut unit = actor.role.is_bureau().then_some(actor.unit);
    if let Some(drafter) = drafter {
        unit = people::store::post(tx, city, drafter).await?.map(|p| p.unit_id).or(unit);
    }
    let Some(unit) = unit else { return Ok(String::new()) };
    Ok(people::store::unit(tx, city, unit).await?.map_or_else(String::new, |u| u.name))
}

/// Who signed a batch last, with the day.
pub(crate) async fn signer(call: &Call, tx: &mut Tx, batch: Uuid) -> Result<String> {
    let city = call.city()?;
    let signed = store::batch::sign_offs(tx, city, batch).await?;
    let agreed = signed.iter().filter(|s| s.verdict == Verdict::Agreed && s.step > 0);
    let Some(last) = agreed.max_by_key(|s| (s.step, s.at)) else { return Ok(String::new()) };
    let SignOffRow { post_id, paper_signer_post_id, paper_signed_on, at, .. } = *last;
    let who = post(tx, city, Some(paper_signer_post_id.unwrap_or(post_id))).await?;
    let on = day(paper_signed_on.unwrap_or_else(|| at.day(&call.zone())));
    let how = if paper_signer_post_id.is_some() { "（纸质签发）" } else { "" };
    Ok(format!("{who}{how} {on}"))
}

/// A post as papers name it; empty without one.
pub async fn post(tx: &mut Tx, city: Id<Jurisdiction>, id: Option<Uuid>) -> Result<String> {
    let Some(id) = id else { return Ok(String::new()) };
    let found = people::store::post_title(tx, city, id).await?;
    Ok(found.map_or_else(String::new, |p| p.text()))
}

/// The short name of a unit.
pub(crate) async fn unit(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<String> {
    let found = people::store::unit(tx, city, id).await?;
    Ok(found.map_or_else(String::new, |u| u.short_name))
}

/// A day as papers write it: 2021年11月1日, months and days without a zero in front.
pub fn day(day: Day) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A day in a table: 11月1日, with the year when it is another than that of making the file.
pub(crate) fn short_day(on: Day, today: Day) -> String {
    if on.year() != today.year() {
        return day(on);
    }
    format!("{}月{}日", on.month(), on.day())
}

/// A text that ends like a sentence.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() || text.ends_with(['。', '！', '？', '；', '：', '.', '!']) {
        return text.to_owned();
    }
    format!("{text}。")
}

#[cfg(test)]
mod tests {
    use super::{day, sentence, short_day};

    #[test]
    fn a_day_has_no_zero_in_front() {
        let (on, later) = ("2021-11-01".parse().unwrap(), "2022-01-04".parse().unwrap());
        assert_eq!(day(on), "2021年11月1日");
        assert_eq!(short_day(on, on), "11月1日");
        assert_eq!(short_day(on, later), "2021年11月1日");
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!(sentence("属实"), "属实。");
        assert_eq!(sentence("属实。\n"), "属实。");
        assert_eq!(sentence(""), "");
    }
}
