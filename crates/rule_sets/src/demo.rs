//! How the demo city, and tests of other rooms, put a rule set in force: by the real acts, one after
//! the other, as an office does.

use assignments::tables::Verdict;
use journal::{Act, By, Db, Error, Result};
use kernel::{Actor, Day};
use measures::Supply;
use rules::rule_set::RuleSet;
use uuid::Uuid;

use crate::draft::Draft;
use crate::facts::Issue;
use crate::known::{self, Names};
use crate::{acts, findings, store};

/// The reason that is entered for each finding.
const REASON: &str = "经集体研究，按本市实际仍作此规定，试行一季后评估。";

/// Who puts it in force: both of the bureau, two persons.
#[derive(Clone, Copy, Debug)]
pub struct Hands {
    /// The officer who drafts and sends.
    pub officer: Actor,
    /// The chief who checks.
    pub chief: Actor,
}

/// A rule set and the document by which it is issued.
#[derive(Clone, Copy, Debug)]
pub struct NewRules<'a> {
    /// The document; its `编号` says which rule set it is a version of.
    pub yaml: &'a str,
    /// 文号.
    pub number: &'a str,
    /// 印发机关.
    pub office: &'a str,
    /// 印发日期, not after the day by the clock.
    pub on: Day,
    /// The first period, which must not have begun by the clock.
    pub from: &'a str,
    /// The measures that names are held against; nothing when they are not asked about.
    pub supplies: Option<&'a [Supply]>,
}

/// Begins a rule set or its next version, sends, checks and adopts it, all at the present moment of
/// the clock; answers the rule set.
pub async fn adopt(db: &Db, hands: &Hands, new: &NewRules<'_>) -> Result<Uuid> {
    let rule = RuleSet::parse(new.yaml)
        .map_err(|problems| Error::fault(format!("a rule set of the demo: {problems:?}")))?;
    let (officer, chief) = (&hands.officer, &hands.chief);
    let city = officer.jurisdiction;
    let mut tx = db.read().await?;
    let mut names = Names { groups: known::groups(&mut tx, city).await?, measures: None };
    if let Some(supplies) = new.supplies {
        names.measures = Some(known::of(&mut tx, city, supplies).await?);
    }
    let former = store::of_code(&mut tx, city, &rule.code.0).await?.map(|set| set.id);
    drop(tx);
    let (code, draft) = (rule.code.0.clone(), Draft::of(&rule));
    let mut id = former.unwrap_or_default();
    if former.is_some() {
        let run = async |act: &mut Act| acts::begin_version::run(act, officer, id, draft).await;
        db.act(By::actor(officer, "rule_sets.begin_version"), run).await?;
    } else {
        let begun = db
            .act(By::actor(officer, "rule_sets.begin"), async |act| {
                acts::begin::run(act, officer, &code, draft).await.map(|_| ())
            })
            .await?;
        id = begun.subject.id;
    }
    db.act(By::actor(officer, "rule_sets.send"), async |act| {
        acts::send::run(act, officer, (id, &names), String::new()).await
    })
    .await?;
    db.act(By::actor(chief, "rule_sets.check"), async |act| {
        acts::check::run(act, chief, id, (Verdict::Agreed, String::new())).await
    })
    .await?;
    let reasons = findings::of(&rule, &names).iter().map(|_| REASON.to_owned()).collect::<Vec<_>>();
    let issue = Issue {
        number: new.number.to_owned(),
        office: new.office.to_owned(),
        on: new.on,
        from: new.from.to_owned(),
    };
    let name = format!("{}.pdf", rule.name.0);
    let paper = files::stage(db, city, officer.account, (&name, sample())).await?;
    db.act(By::actor(officer, "rule_sets.adopt"), async |act| {
        acts::adopt::run(act, officer, (id, &names), (issue, reasons, vec![paper])).await
    })
    .await?;
    Ok(id)
}

/// A page that says it is a sample, so that a demo can be clicked through.
fn sample() -> Vec<u8> {
    let words =
        "BT /F1 16 Tf 72 770 Td (Sample of an issued document, made for the demo city.) Tj ET";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
        /Resources<</Font<</F1 5 0 R>>>>>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        page.to_owned(),
        format!("<</Length {}>>\nstream\n{words}\nendstream", words.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (n, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{n} 0 obj\n{object}\nendobj\n"));
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.push_str(&format!("xref\n0 {count}\n0000000000 65535 f \n{places}"));
    file.push_str(&format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}
