//! A month stands as it was frozen, or it is told what differs and where.

use kernel::Lang;
use rust_decimal::Decimal;

use super::broken::{Broken, What};
use super::evidence::{CellPlaces, Evidence};
use super::{Frozen, FrozenPart, PARTS_MAX, Piece, Root, bundle};
use crate::facts::{Adjustment, Change, Fact, Facts, UnitFacts};
use crate::rule_set::RuleSet;

fn rule(code: &str) -> RuleSet {
    let yaml = format!(
        "办法: 考评办法\n编号: {code}\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n\
         缺项: 按比例折算\n并列: {{方式: 同分同名次}}\n满分: \"10\"\n组别: [{{代码: X, 名称: 甲组}}]\n\
         维度:\n- 名称: 工作\n  项目:\n  - {{代码: A1, 名称: 办结率, 满分: \"10\", 取数: 率, 计分: {{比率: {{目标: \"0.95\"}}}}}}\n\
         结果运用:\n- {{代码: K1, 名称: 表扬, 名次: {{前: 1}}, 评优: 是}}\n"
    );
    RuleSet::parse(&yaml).unwrap()
}

fn facts(rates: &[(&str, u32, u32)]) -> Facts {
    let units = rates.iter().map(|(unit, good, all)| UnitFacts {
        unit: (*unit).to_owned(),
        name: format!("单位{unit}"),
        group: "X".to_owned(),
        facts: [("率".to_owned(), Fact::ratio((*good).into(), (*all).into(), *all))].into(),
    });
    Facts { period: "2021-10".to_owned(), units: units.collect() }
}

const RATES: [(&str, u32, u32); 3] = [("u1", 9, 10), ("u2", 19, 20), ("u3", 1, 3)];

fn adjustments() -> Vec<Adjustment> {
    let of = |unit: &str, reference: &str, points| Adjustment {
        unit: unit.to_owned(),
        reference: reference.to_owned(),
        reason: "异议成立".to_owned(),
        change: Change::Points(Decimal::new(points, 1)),
    };
    vec![of("u3", "异议2", 5), of("u1", "异议1", 2)]
}

fn cells() -> Vec<CellPlaces> {
    let of = |(unit, places): (&str, &[i64])| CellPlaces {
        unit: unit.to_owned(),
        call: "率".to_owned(),
        places: places.to_vec(),
    };
    [("u2", &[301, 1_200][..]), ("u1", &[70, 75, 90_000]), ("u3", &[8])].map(of).to_vec()
}

fn part(code: &str) -> FrozenPart {
    let evidence = Evidence::new(&cells());
    FrozenPart::score(&rule(code), &facts(&RATES), &adjustments(), &evidence).unwrap().1
}

fn month() -> Frozen {
    let previous = Some(Root([7; 32]));
    Frozen::new("2021-10".to_owned(), 90_001, vec![part("XQ"), part("BM")], previous).unwrap()
}

fn told(found: &[Broken]) -> String {
    found.iter().map(|one| format!("{}\n", one.message().of(Lang::Zh))).collect()
}

#[test]
fn a_month_that_was_not_touched_stands() {
    let month = month();
    assert_eq!(month.check(&month.manifest()), []);
    let packed = bundle::write(&month).unwrap();
    let read = bundle::read(&packed).unwrap();
    assert_eq!((&read.frozen, &read.manifest), (&month, &month.manifest()));
    assert_eq!(read.check(), []);
    assert_eq!(bundle::write(&read.frozen).unwrap(), packed, "one month gives one file");
    let manifest = month.manifest();
    let opened = month.parts[0].open().unwrap();
    assert_eq!((opened.rule.code.0.as_str(), opened.sheet.units.len()), ("BM", 3));
    assert_eq!(opened.evidence.places("u1", "率"), [70, 75, 90_000]);
    for word in ["\"period\":\"2021-10\"", "\"cut_seq\":90001", "SHA-256", "duban-rules-1"] {
        assert!(manifest.contains(word), "{word}: {manifest}");
    }
    assert!(manifest.contains(&month.root().to_string()));
    assert_eq!(Root::parse(&month.root().to_string()), Some(month.root()));
}

#[test]
fn the_order_of_units_cells_and_parts_changes_nothing() {
    let month = month();
    let mut turned = facts(&RATES);
    turned.units.reverse();
    let mut changed = adjustments();
    changed.reverse();
    let mut records = cells();
    records.reverse();
    let parts = ["XQ", "BM"].map(|code| {
        FrozenPart::score(&rule(code), &turned, &changed, &Evidence::new(&records)).unwrap().1
    });
    let mut parts = parts.to_vec();
    parts.reverse();
    let other = Frozen::new("2021-10".to_owned(), 90_001, parts, month.previous).unwrap();
    assert_eq!((other.root(), other.manifest()), (month.root(), month.manifest()));
    let mut unordered = month.clone();
    unordered.parts.reverse();
    assert_eq!(unordered.root(), month.root());
    assert_eq!(unordered.check(&month.manifest()), []);
}

/// The part with one byte of a piece changed; a letter of a text by another letter.
fn spoilt(part: &FrozenPart, piece: Piece, at: usize) -> Option<FrozenPart> {
    let mut part = part.clone();
    let text = match piece {
        Piece::Evidence => {
            *part.evidence.get_mut(at)? ^= 1;
            return Some(part);
        }
        Piece::Rule => &mut part.rule,
        Piece::Facts => &mut part.facts,
        Piece::Adjustments => &mut part.adjustments,
        Piece::Sheet => &mut part.sheet,
    };
    let mut bytes = text.clone().into_bytes();
    *bytes.get_mut(at)? ^= 1;
    // The last bit of a byte inside a Chinese character gives another character.
    *text = String::from_utf8(bytes).ok()?;
    Some(part)
}

#[test]
fn any_byte_of_any_piece_that_changes_is_found_and_named() {
    let month = month();
    let manifest = month.manifest();
    let root = month.root();
    let mut changed_count = 0;
    for index in 0..month.parts.len() {
        for piece in Piece::ALL {
            // One part byte by byte; scoring 6,000 times would take its time for the other.
            let step = if index == 0 { 1 } else { 11 };
            for at in (0..month.parts[index].bytes(piece).len()).step_by(step) {
                let Some(part) = spoilt(&month.parts[index], piece, at) else { continue };
                let code = part.code.clone();
                let mut other = month.clone();
                other.parts[index] = part;
                assert_ne!(other.root(), root, "{piece:?} {at}");
                let found = other.check(&manifest);
                let names = found.iter().any(|one| {
                    one.what == What::Hash(piece) && one.part.as_deref() == Some(code.as_str())
                });
                assert!(names, "{piece:?} {at}: {}", told(&found));
                changed_count += 1;
            }
        }
    }
    assert!(changed_count > 1_000, "{changed_count}");
}

#[test]
fn a_changed_head_is_found_and_named() {
    let month = month();
    let manifest = month.manifest();
    let changed = |change: &dyn Fn(&mut Frozen)| {
        let mut other = month.clone();
        change(&mut other);
        assert_ne!(other.root(), month.root());
        told(&other.check(&manifest))
    };
    let previous = changed(&|month| month.previous = Some(Root([8; 32])));
    assert!(previous.contains("上月总哈希不符") && previous.contains("总哈希不符"), "{previous}");
    assert!(changed(&|month| month.previous = None).contains("实为（无）"));
    assert!(changed(&|month| month.cut_seq += 1).contains("截止位置不符：应为90001，实为90002"));
    let period = changed(&|month| month.period = "2021-11".to_owned());
    assert!(period.contains("考评周期不符：应为2021-10，实为2021-11"), "{period}");
    let parts = changed(&|month| month.parts.truncate(1));
    assert!(parts.contains("所含办法不符：应为BM XQ，实为BM"), "{parts}");
    assert!(changed(&|month| month.parts[0].code = "BN".to_owned()).contains("办法编号不符"));
}

#[test]
fn a_score_that_the_rules_do_not_give_is_named_even_with_a_manifest_that_fits() {
    let month = month();
    // Whoever changes the sheet makes the manifest anew; scoring again still tells.
    let changed = |from: &str, to: &str| {
        let mut other = month.clone();
        let sheet = &mut other.parts[0].sheet;
        assert!(sheet.contains(from), "{from}: {sheet}");
        *sheet = sheet.replacen(from, to, 1);
        let found = other.check(&other.manifest());
        assert_eq!(found.len(), 1, "{}", told(&found));
        found.into_iter().next().unwrap().message()
    };
    let points = changed("{\"points\":\"9.47\"}", "{\"points\":\"9.97\"}");
    assert_eq!(points.zh, "2021-10办法BM：单位u1的“A1”得分与存档不符：重新计分得9.47，存档是9.97");
    assert!(points.en.contains("scored again it is 9.47, stored is 9.97"), "{}", points.en);
    assert!(changed("\"total\":\"9.67\"", "\"total\":\"9.68\"").zh.contains("单位u1的总分"));
    let place = changed("\"rank\":\"2\"", "\"rank\":\"1\"").zh;
    assert!(place.contains("重新计分得第2名") && place.contains("存档是第1名"), "{place}");
    let units = changed("\"unit\":\"u1\"", "\"unit\":\"u0\"").zh;
    assert!(units.contains("得分表所列单位") && units.contains("存档是u0"), "{units}");
    let award = changed("\"consequence\":\"K1\"", "\"consequence\":\"K2\"").zh;
    assert!(award.contains("K1 单位u2"), "{award}");
    assert!(changed("duban-rules-1", "duban-rules-0").zh.contains("抬头"));
    assert!(changed("{\"engine\"", "{ \"engine\"").zh.contains("得分表的字节"));
}

#[test]
fn pieces_that_do_not_belong_together_are_told() {
    let month = month();
    let changed = |change: &dyn Fn(&mut FrozenPart)| {
        let mut other = month.clone();
        change(&mut other.parts[0]);
        told(&other.check(&other.manifest()))
    };
    let spaced = changed(&|part| part.facts.insert(1, ' '));
    assert!(spaced.contains("数据的写法不符：应为规范写法，实为从第2字节起另有写法"), "{spaced}");
    let stray = changed(&|part| {
        let cell = CellPlaces { unit: "u9".to_owned(), call: "数".to_owned(), places: vec![1] };
        part.evidence = Evidence::new(&[cell]).encode();
    });
    assert!(stray.contains("实为u9") && stray.contains("实为数"), "{stray}");
    let group = changed(&|part| part.facts = part.facts.replace("\"X\"", "\"Y\""));
    assert!(group.contains("无法重新计分：单位u1的组别“Y”不在办法中"), "{group}");
    let cut = changed(&|part| part.evidence.truncate(3));
    assert!(cut.contains("依据记录无法读取：内容不完整"), "{cut}");
    assert!(told(&month.check("{}")).contains("清单无法读取：第1行第2列读不懂"));
    let newer = month.manifest().replace("review v1", "review v2");
    assert!(told(&month.check(&newer)).contains("请用更新的版本核验"));
}

#[test]
fn months_are_a_chain() {
    let first = Frozen::new("2021-09".to_owned(), 5, vec![part("XQ")], None).unwrap();
    let mut next = month();
    next.previous = Some(first.root());
    assert_eq!(next.follows(Some(&first)), None);
    assert_eq!(first.follows(None), None);
    let broken = month().follows(Some(&first)).unwrap();
    assert_eq!(broken.what, What::Previous);
    assert!(first.follows(Some(&next)).is_some());
}

#[test]
fn a_month_needs_parts_and_each_once() {
    let new = |parts| Frozen::new("2021-10".to_owned(), 1, parts, None).map(|_| ());
    assert!(new(Vec::new()).unwrap_err().zh.contains("至少要有一份"));
    assert!(new(vec![part("A"), part("A")]).unwrap_err().zh.contains("“A”出现两次"));
    let many = (0..=PARTS_MAX).map(|n| FrozenPart { code: format!("A{n}"), ..part("A") });
    assert!(new(many.collect()).unwrap_err().en.contains("20 at most"));
}

#[test]
fn a_bundle_that_changes_is_refused_or_told() {
    let month = month();
    let packed = bundle::write(&month).unwrap();
    for at in 0..packed.len() {
        let mut other = packed.clone();
        other[at] ^= 0x10;
        // A byte of the zip's own that carries nothing may change; what is in it may not.
        if let Ok(read) = bundle::read(&other) {
            let is_same = read.frozen == month && read.manifest == month.manifest();
            assert!(is_same || !read.check().is_empty(), "{at}");
        }
    }
    for length in (0..packed.len()).step_by(97) {
        assert!(bundle::read(&packed[..length]).is_err(), "{length}");
    }
    assert!(bundle::read(b"not a zip").unwrap_err().zh.contains("这不是卷宗文件"));
}

#[test]
fn a_bundle_that_would_unpack_to_too_much_is_refused_at_once() {
    let mut bomb = month();
    bomb.parts[0].facts = " ".repeat(8 << 20);
    let packed = bundle::write(&bomb).unwrap();
    let why = bundle::read(&packed).unwrap_err();
    assert!(why.zh.contains("parts/1/facts.json解开后是原来的200倍以上"), "{}", why.zh);
    bomb.parts[0].facts = String::new();
    bomb.parts[0].rule = " ".repeat(5 << 20);
    assert!(bundle::write(&bomb).unwrap_err().en.contains("larger than is allowed"));
}
