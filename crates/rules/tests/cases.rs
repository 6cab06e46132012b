//! Published scoring tables and vectors of our own, as documents only: no code knows a case.
//!
//! `NAME.yaml` is a rule set, `NAME.json` has the figures and what must come out, to the last digit.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end by what it did not find")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kernel::Lang;
use rules::document::Problem;
use rules::engine::Scoring;
use rules::engine::sheet::{Outcome, Part, UnitScore};
use rules::facts::{Fact, Facts, UnitFacts};
use rules::published::{PublishedRow, gaps};
use rules::rule_set::RuleSet;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    units: Vec<CaseUnit>,
    /// What is proposed, `K2 a`; not looked at when it is not written.
    proposals: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseUnit {
    unit: String,
    group: String,
    /// `5/6` is a rate of counts, anything else a number.
    facts: BTreeMap<String, String>,
    expect: Expected,
    /// Sentences that the explanation of a part must hold, by code.
    #[serde(default)]
    says: BTreeMap<String, String>,
    published_total: Option<String>,
    gap: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default)]
    amounts: BTreeMap<String, String>,
    #[serde(default)]
    unscorable: Vec<String>,
    total: Option<String>,
    net: Option<String>,
    rank: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn cases() -> Vec<(String, RuleSet, Case)> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let is_rule = path.extension().is_some_and(|ending| ending == "yaml");
            is_rule.then(|| path.file_stem().unwrap().to_str().unwrap().to_owned())
        })
        .collect();
    names.sort();
    let read = |name: String| {
        let yaml = std::fs::read_to_string(folder().join(format!("{name}.yaml"))).unwrap();
        let json = std::fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
        let rule = RuleSet::parse(&yaml).unwrap_or_else(|problems| {
            let texts: Vec<String> =
                problems.iter().map(|one| Problem::text(one, Lang::Zh)).collect();
            panic!("{name}:\n{}", texts.join("\n"))
        });
        (name, rule, serde_json::from_str(&json).unwrap())
    };
    names.into_iter().map(read).collect()
}

fn fact(text: &str) -> Fact {
    let number = |text: &str| rules::decimal::parse(text).unwrap();
    match text.split_once('/') {
        Some((numerator, denominator)) => Fact::ratio(number(numerator), number(denominator), 1),
        None => Fact::number(number(text), 1),
    }
}

fn facts(case: &Case) -> Facts {
    let units = case.units.iter().map(|unit| UnitFacts {
        unit: unit.unit.clone(),
        name: unit.unit.clone(),
        group: unit.group.clone(),
        facts: unit.facts.iter().map(|(call, text)| (call.clone(), fact(text))).collect(),
    });
    Facts { period: "2021-10".to_owned(), units: units.collect() }
}

fn points(parts: &[Part], code: &str) -> Option<String> {
    let part = parts.iter().find(|part| part.code == code)?;
    part.points().map(rules::decimal::canonical)
}

fn compare(name: &str, expected: &CaseUnit, score: &UnitScore) {
    let at = format!("{name}, {}", expected.unit);
    let text = |number: Option<_>| number.map(rules::decimal::canonical);
    let wanted = |text: &str| rules::decimal::canonical(rules::decimal::parse(text).unwrap());
    for (code, points_wanted) in &expected.expect.parts {
        assert_eq!(points(&score.parts, code), Some(wanted(points_wanted)), "{at}, part {code}");
    }
    for (code, amount) in &expected.expect.amounts {
        assert_eq!(points(&score.amounts, code), Some(wanted(amount)), "{at}, amount {code}");
    }
    for code in &expected.expect.unscorable {
        let outcome = &score.part(code).unwrap().outcome;
        assert!(matches!(outcome, Outcome::Unscorable(_)), "{at}: {outcome:?}");
        assert_eq!(score.total, None, "{at}: an unscorable part leaves no total");
    }
    for (found, expected) in [
        (text(score.total), &expected.expect.total),
        (text(score.net_amount), &expected.expect.net),
        (text(score.rank()), &expected.expect.rank),
    ] {
        if let Some(expected) = expected {
            assert_eq!(found, Some(wanted(expected)), "{at}");
        }
    }
}

#[test]
fn every_case_comes_out_to_the_last_published_digit() {
    let cases = cases();
    assert!(cases.len() > 30, "the cases are there");
    for (name, rule, case) in &cases {
        let facts = facts(case);
        let sheet = Scoring::new(rule, &facts, &[]).unwrap().sheet();
        assert_eq!(sheet.units.len(), case.units.len());
        for expected in &case.units {
            compare(name, expected, sheet.unit(&expected.unit).unwrap());
        }
        if let Some(expected) = &case.proposals {
            let proposed = sheet.proposals.iter();
            let proposed = proposed.map(|one| format!("{} {}", one.consequence, one.unit));
            assert_eq!(&proposed.collect::<Vec<_>>(), expected, "{name}");
        }
    }
}

#[test]
fn every_part_is_explained_and_the_sentences_say_how() {
    let mut said_count = 0;
    for (name, rule, case) in &cases() {
        let facts = facts(case);
        let scoring = Scoring::new(rule, &facts, &[]).unwrap();
        let sheet = scoring.sheet();
        for expected in &case.units {
            let score = sheet.unit(&expected.unit).unwrap();
            let explanation = scoring.explain(score).unwrap();
            let items: Vec<_> = explanation.dimensions.iter().flat_map(|one| &one.items).collect();
            for item in &items {
                let is_scored = matches!(item.outcome, Outcome::Points(_));
                assert!(!is_scored || !item.steps.is_empty(), "{name}: {} has no steps", item.code);
            }
            for (code, wanted) in &expected.says {
                let item = items.iter().find(|item| item.code == *code).unwrap();
                assert!(item.sentence.zh.contains(wanted), "{name}: {}", item.sentence.zh);
                said_count += 1;
            }
        }
    }
    assert!(said_count > 0);
}

#[test]
fn neither_language_slips_into_the_other() {
    // Names are Chinese in both, so only what stands between them is looked at.
    let chinese = ['，', '。', '；', '：', '、'];
    for (name, rule, case) in &cases() {
        let facts = facts(case);
        let scoring = Scoring::new(rule, &facts, &[]).unwrap();
        let sheet = scoring.sheet();
        let mut english: Vec<String> = rules::print::lines(rule, Lang::En).split_off(1);
        for score in &sheet.units {
            let explained = scoring.explain(score).unwrap();
            let items = explained.dimensions.iter().flat_map(|one| &one.items);
            let all = items.chain(&explained.others).chain(&explained.amounts);
            english.extend(all.flat_map(|item| &item.steps).map(|step| step.en.clone()));
            english.extend([explained.headline.en, explained.sum.en]);
            english.extend(explained.barred.into_iter().map(|one| one.en));
        }
        // A formula is quoted as it was written.
        for line in english.iter().filter(|line| !line.contains("满分")) {
            let is_plural =
                [" 1 points", "(1 points", " 1 units"].iter().any(|one| line.contains(one));
            assert!(!line.contains(chinese) && !is_plural, "{name}: {line}");
            assert!(line.chars().any(|c| c.is_ascii_alphanumeric()), "{name}: {line}");
        }
    }
}

#[test]
fn a_published_total_that_is_not_the_sum_of_its_parts_is_found() {
    let mut found_count = 0;
    for (name, _, case) in cases() {
        for unit in case.units {
            let (Some(total), Some(gap)) = (&unit.published_total, &unit.gap) else { continue };
            let number = |text: &str| rules::decimal::parse(text).unwrap();
            let parts = unit.expect.parts.values().map(|part| number(part)).collect();
            let row = PublishedRow { unit: unit.unit.clone(), parts, total: number(total) };
            let gaps: Vec<_> = gaps(&[row]).into_iter().map(|found| found.gap).collect();
            let expected = Some(number(gap)).filter(|gap| !gap.is_zero());
            assert_eq!(gaps, Vec::from_iter(expected), "{name}, {}", unit.unit);
            found_count += 1;
        }
    }
    assert_eq!(found_count, 4);
}

#[test]
fn every_case_reads_back_what_it_wrote() {
    for (name, rule, _) in cases() {
        let canonical = rule.canonical();
        let again = RuleSet::parse(&canonical).unwrap();
        assert_eq!(again, rule, "{name}: canonical JSON");
        assert_eq!(again.canonical(), canonical, "{name}");
        assert_eq!(again.hash(), rule.hash(), "{name}");
        let yaml = rule.yaml();
        let from_yaml = RuleSet::parse(&yaml).unwrap_or_else(|e| panic!("{name}: {e:?}\n{yaml}"));
        assert_eq!(from_yaml, rule, "{name}: YAML\n{yaml}");
        assert_eq!(from_yaml.yaml(), yaml, "{name}");
    }
}
