//! What a report says of its own, without headings, phrases of the office, what the item itself
//! says, and sentences that everybody writes. Pure.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

/// Units that write a sentence at least before it counts as everybody's, whatever the matter.
const UNITS_MIN: usize = 6;
/// A phrase that so many units use, on so many matters, says nothing of any.
const PHRASE_UNITS: usize = 4;
const PHRASE_MATTERS: usize = 4;
/// Letters of an item's own sentence at least, to be taken out where a report repeats it.
const GIVEN_MIN: usize = 6;

/// Headings and phrases that say nothing of the matter.
const PHRASES: [&str; 22] = [
    "进展情况",
    "工作进展",
    "存在问题",
    "存在的问题",
    "需协调事项",
    "下一步打算",
    "下一步工作安排",
    "下一步工作",
    "下步工作",
    "按照市委市政府部署",
    "按照市委、市政府部署",
    "认真贯彻落实",
    "高度重视",
    "精心组织",
    "加强领导",
    "压实责任",
    "按序时进度推进",
    "正在有序推进",
    "按时完成任务",
    "确保按期完成",
    "请予核实",
    "现将有关情况报告如下",
];

/// One report: who wrote it, on which line of a batch, what, and what the item itself says.
pub(super) struct Written<'a> {
    pub(super) unit: Uuid,
    pub(super) line: Uuid,
    pub(super) text: &'a str,
    pub(super) given: [&'a str; 2],
}

/// Who writes a sentence, and on what.
#[derive(Default)]
struct Use {
    units: BTreeSet<Uuid>,
    lines: BTreeSet<Uuid>,
}

/// What each report says of its own.
pub(super) fn stripped(reports: &[Written<'_>]) -> Vec<String> {
    let sentences: Vec<Vec<String>> = reports.iter().map(own_sentences).collect();
    let mut uses: BTreeMap<&str, Use> = BTreeMap::new();
    for (report, said) in reports.iter().zip(&sentences) {
        for sentence in said {
            let of = uses.entry(sentence).or_default();
            of.units.insert(report.unit);
            of.lines.insert(report.line);
        }
    }
    // What at least half of the units write is a form, not a copy.
    let units: BTreeSet<Uuid> = reports.iter().map(|r| r.unit).collect();
    let many = UNITS_MIN.max(units.len().div_ceil(2));
    let is_form = |sentence: &String| {
        uses.get(sentence.as_str()).is_some_and(|of| {
            of.units.len() >= many
                || (of.units.len() >= PHRASE_UNITS && of.lines.len() >= PHRASE_MATTERS)
        })
    };
    let own =
        |said: &Vec<String>| said.iter().filter(|s| !is_form(s)).map(String::as_str).collect();
    sentences.iter().map(own).collect()
}

/// The sentences of a report without what its item says already.
fn own_sentences(report: &Written<'_>) -> Vec<String> {
    let given: Vec<String> = report.given.iter().flat_map(|text| sentences(text)).collect();
    let given = given.iter().filter(|said| said.chars().count() >= GIVEN_MIN);
    let own = sentences(report.text).into_iter().map(|mut said| {
        for part in given.clone() {
            said = said.replace(part.as_str(), "");
        }
        said
    });
    own.filter(|said| !said.is_empty()).collect()
}

/// The sentences of a text, letters and digits only, without phrases.
fn sentences(text: &str) -> Vec<String> {
    let ends = |c: char| matches!(c, '。' | '；' | ';' | '！' | '!' | '？' | '?' | '\n' | '\r');
    let mut found = Vec::new();
    for piece in text.split(ends) {
        let mut said = piece.to_owned();
        for phrase in PHRASES {
            said = said.replace(phrase, "");
        }
        said.retain(char::is_alphanumeric);
        if !said.is_empty() {
            found.push(said);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::min_hash::alike;
    use super::{Written, stripped};

    const FORM: &str = "进展情况：我单位高度重视该项工作，主要领导亲自部署，分管领导具体负责，责任科室抓好落实；\
        存在问题：无；下一步打算：继续加大工作力度，倒排工期，挂图作战，确保按期完成。";

    fn written(unit: u128, text: &str) -> Written<'_> {
        let line = Uuid::from_u128(1);
        Written { unit: Uuid::from_u128(unit), line, text, given: ["", "完成堤防加固。"] }
    }

    #[test]
    fn what_the_item_says_itself_and_phrases_on_many_matters_are_taken_out() {
        let phrase = "各责任单位进度基本均衡，个别滞后单位已经约谈提醒。";
        let texts: Vec<String> =
            (1..=4).map(|n| format!("{phrase}第{n}段已经完成堤防加固")).collect();
        let line = |(n, text)| Written { line: Uuid::from_u128(n), ..written(n, text) };
        let many: Vec<_> = (1..).zip(texts.iter().map(String::as_str)).map(line).collect();
        assert_eq!(stripped(&many), ["第1段已经", "第2段已经", "第3段已经", "第4段已经"]);
        // On one matter the same words of four units are a copy.
        let one: Vec<_> = (1..).zip(&texts).map(|(n, text)| written(n, text)).collect();
        assert!(stripped(&one)[0].starts_with("各责任单位"));
    }

    #[test]
    fn a_form_that_everybody_fills_in_is_no_copy() {
        let own: Vec<String> = (0..30).map(|n| format!("{FORM}本周完成第{n}标段")).collect();
        let reports: Vec<_> = (0..).zip(&own).map(|(n, text)| written(n % 10, text)).collect();
        let left = stripped(&reports);
        assert_eq!(left[3], "本周完成第3标段");
        assert!(alike(&left).is_empty());
    }

    #[test]
    fn a_copy_between_two_units_stands_out_of_the_form() {
        let own: Vec<String> = (0..12).map(|n| format!("{FORM}本周完成第{n}标段")).collect();
        let copy = format!(
            "{FORM}沙澧河治理二期工程已完成堤防加固三点二公里，护岸混凝土浇筑一千二百立方，河道清淤四万立方，累计完成投资六千万元"
        );
        let mut reports: Vec<_> = (0..).zip(&own).map(|(n, text)| written(n, text)).collect();
        reports.extend([written(20, &copy), written(21, &copy)]);
        assert_eq!(alike(&stripped(&reports)), vec![vec![12, 13]]);
    }
}
