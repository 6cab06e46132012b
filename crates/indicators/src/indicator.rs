//! What may become of an indicator, and who enters and checks its values. Pure.

use kernel::{Actor, FieldError, Lang, Message, Refusal, Role, msg, text};
use measures::{Best, ReviewMonth};
use uuid::Uuid;

use crate::facts::{Definition, Fact};
use crate::tables::{Better, IndicatorRow};

/// Indicators of a city at most; also the largest number.
pub(crate) const NUMBER_MAX: i64 = 9_999;
/// What stands between the parts of a call in a rule set, and so in no name.
const FORBIDDEN: &[char] = &['(', ')', '（', '）', '=', '＝', ',', '，', ':', '：', '"', '“', '”'];

/// What the city knows already when an indicator is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    /// Names of measures in the library: a rule set could not tell them apart.
    pub(crate) measures: &'a [&'static str],
    /// Whether another indicator has the name.
    pub(crate) is_taken: bool,
    /// Whether values were entered.
    pub(crate) has_values: bool,
}

impl IndicatorRow {
    /// Which figures are better, as measures say it.
    pub const fn best(&self) -> Best {
        match self.better {
            Better::High => Best::High,
            Better::Low => Best::Low,
            Better::Neither => Best::Neither,
        }
    }

    /// Its name in a language; the Chinese one where there is no other.
    pub fn called(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }

    /// Its name in both languages.
    pub(crate) fn named(&self) -> Message {
        Message { zh: self.name.clone(), en: self.called(Lang::En).to_owned() }
    }

    /// Whether it has values in a month.
    pub fn holds_in(&self, month: ReviewMonth) -> bool {
        self.valid_from <= month && self.valid_to.is_none_or(|to| month <= to)
    }

    /// Whether a post enters its values: the bureau any, a department its own.
    pub(crate) fn is_entered_by(&self, actor: &Actor) -> bool {
        let of_department = matches!(actor.role, Role::Department | Role::Head | Role::Liaison)
            && self.department_id == Some(actor.unit);
        actor.role.is_bureau() || of_department
    }

    /// Whether a post checks its values: the bureau, and the head of the department that enters.
    pub(crate) fn is_checked_by(&self, actor: &Actor) -> bool {
        let is_head = actor.role == Role::Head && self.department_id == Some(actor.unit);
        actor.role.is_bureau() || is_head
    }

    /// Another definition and other groups. What its values mean stays once there are some.
    pub(crate) fn change(
        &self,
        definition: Definition,
        (groups, former): (&[Uuid], &[Uuid]),
        known: Known<'_>,
    ) -> Result<Fact, Refusal> {
        check(&definition, groups, known)?;
        if known.has_values {
            let told = text!(
                "已有填报值，不能再改；含义变了请结束本指标，另建一个。",
                "Values were entered, so this stays; end the indicator and add another one."
            );
            let same = [
                ("name", definition.name == self.name),
                ("kind", definition.kind == self.kind),
                ("measured_in", definition.measured_in == self.measured_in),
            ];
            let changed = same.iter().filter(|(_, is_same)| !is_same);
            let errors: Vec<_> = changed.map(|(field, _)| wrong(field, told.into())).collect();
            if !errors.is_empty() {
                return Err(Refusal::Fields(errors));
            }
        }
        let without = |all: &[Uuid], others: &[Uuid]| {
            all.iter().filter(|group| !others.contains(group)).copied().collect::<Vec<_>>()
        };
        let (joined, left) = (without(groups, former), without(former, groups));
        let is_same = definition == self.definition();
        if is_same && joined.is_empty() && left.is_empty() {
            return Err(Refusal::rule(text!("没有改动。", "Nothing was changed.")));
        }
        Ok(Fact::Changed { definition, joined, left })
    }

    /// No values after a month.
    pub(crate) fn end(
        &self,
        to: ReviewMonth,
        newest: Option<ReviewMonth>,
    ) -> Result<Fact, Refusal> {
        if let Some(ended) = self.valid_to {
            let told = msg!("已于 {ended} 结束。", "It ended with {ended}.");
            return Err(Refusal::Rule(told));
        }
        if to < self.valid_from {
            let from = self.valid_from;
            let told = msg!("不能早于启用月份 {from}。", "It cannot end before it began, {from}.");
            return Err(Refusal::field("to", told));
        }
        if let Some(newest) = newest.filter(|newest| *newest > to) {
            let told = msg!(
                "{newest} 已有填报值，请填 {newest} 或以后的月份。",
                "There are values of {newest}; choose that month or a later one."
            );
            return Err(Refusal::field("to", told));
        }
        Ok(Fact::Ended { to })
    }

    fn definition(&self) -> Definition {
        Definition {
            code: self.code.clone(),
            name: self.name.clone(),
            name_en: self.name_en.clone(),
            definition: self.definition.clone(),
            measured_in: self.measured_in.clone(),
            kind: self.kind,
            department: self.department_id,
            source: self.source.clone(),
            better: self.better,
            sort: self.sort,
        }
    }
}

/// A new indicator with the next number.
pub(crate) fn add(
    number: i64,
    definition: Definition,
    (groups, from): (Vec<Uuid>, ReviewMonth),
    known: Known<'_>,
) -> Result<Fact, Refusal> {
    check(&definition, &groups, known)?;
    if number > NUMBER_MAX {
        let told = text!("指标数已达上限。", "There are as many indicators as there can be.");
        return Err(Refusal::rule(told));
    }
    Ok(Fact::Added { number, definition, groups, from })
}

fn wrong(field: &str, message: Message) -> FieldError {
    FieldError { field: field.to_owned(), message }
}

fn check(definition: &Definition, groups: &[Uuid], known: Known<'_>) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    let name = definition.name.as_str();
    if name.contains(FORBIDDEN) || name.contains(char::is_whitespace) {
        let told = text!(
            "名称供考评办法引用，不能含括号、引号、逗号、冒号、等号和空格。",
            "Rule sets call it by its name, so it has no brackets, quotes, commas, colons, equal signs or spaces."
        );
        errors.push(wrong("name", told.into()));
    } else if known.is_taken {
        let told = text!("已有同名指标，请换一个名称。", "Another indicator has this name.");
        errors.push(wrong("name", told.into()));
    } else if known.measures.contains(&name) {
        let told = text!(
            "指标库中已有同名取数口径，请换一个名称。",
            "The library has a measure of this name; choose another."
        );
        errors.push(wrong("name", told.into()));
    }
    if groups.is_empty() {
        let told = text!("请至少选一个组别。", "Choose at least one group.");
        errors.push(wrong("groups", told.into()));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Fields(errors)) }
}

#[cfg(test)]
mod tests {
    use kernel::Refusal;
    use uuid::Uuid;

    use super::{Known, add};
    use crate::facts::{Definition, Fact};
    use crate::tables::{Better, IndicatorRow, Kind};

    fn definition(name: &str) -> Definition {
        Definition {
            code: String::new(),
            name: name.to_owned(),
            name_en: String::new(),
            definition: "按省通报".to_owned(),
            measured_in: "位".to_owned(),
            kind: Kind::Number,
            department: None,
            source: "省通报".to_owned(),
            better: Better::Low,
            sort: 1,
        }
    }

    fn row() -> IndicatorRow {
        IndicatorRow {
            jurisdiction_id: Uuid::nil().into(),
            id: Uuid::nil(),
            number: 1,
            code: String::new(),
            name: "全省位次".to_owned(),
            name_en: String::new(),
            definition: "按省通报".to_owned(),
            measured_in: "位".to_owned(),
            kind: Kind::Number,
            department_id: None,
            source: "省通报".to_owned(),
            better: Better::Low,
            sort: 1,
            valid_from: "2021-07".parse().unwrap(),
            valid_to: None,
        }
    }

    const NEW: Known<'_> =
        Known { measures: &["按期办结率"], is_taken: false, has_values: false };

    fn fields(outcome: Result<Fact, Refusal>) -> Vec<String> {
        match outcome {
            Err(Refusal::Fields(errors)) => errors.into_iter().map(|e| e.field).collect(),
            Err(other) => vec![format!("{other:?}")],
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn a_name_that_a_rule_set_could_not_call_is_refused() {
        let from = "2021-07".parse().unwrap();
        let try_name = |name: &str, known| {
            fields(add(1, definition(name), (vec![Uuid::from_u128(1)], from), known))
        };
        assert!(try_name("全省位次", NEW).is_empty());
        for wrong in ["位次(月)", "位次 月", "位次=1", "a,b", "按期办结率"] {
            assert_eq!(try_name(wrong, NEW), ["name"], "{wrong}");
        }
        assert_eq!(try_name("全省位次", Known { is_taken: true, ..NEW }), ["name"]);
        assert_eq!(fields(add(1, definition("位次"), (Vec::new(), from), NEW)), ["groups"]);
        let many = add(10_000, definition("位次"), (vec![Uuid::from_u128(1)], from), NEW);
        assert!(matches!(many, Err(Refusal::Rule(_))));
    }

    #[test]
    fn what_values_mean_stays_once_there_are_some() {
        let (one, two) = ([Uuid::from_u128(1)], [Uuid::from_u128(2)]);
        let with_values = Known { has_values: true, ..NEW };
        let other = Definition { kind: Kind::Rate, ..definition("别的名称") };
        assert_eq!(
            fields(row().change(other.clone(), (&one, &one), with_values)),
            ["name", "kind"]
        );
        assert!(fields(row().change(other, (&one, &one), NEW)).is_empty());
        let sorted = Definition { sort: 9, ..definition("全省位次") };
        let Ok(Fact::Changed { joined, left, .. }) =
            row().change(sorted, (&two, &one), with_values)
        else {
            panic!("it may be sorted elsewhere")
        };
        assert_eq!((joined, left), (two.to_vec(), one.to_vec()));
        let nothing = row().change(definition("全省位次"), (&one, &one), with_values);
        assert!(matches!(nothing, Err(Refusal::Rule(_))));
    }

    #[test]
    fn it_ends_not_before_its_beginning_nor_before_its_values() {
        let month = |text: &str| text.parse().unwrap();
        assert_eq!(fields(row().end(month("2021-06"), None)), ["to"]);
        assert_eq!(fields(row().end(month("2021-08"), Some(month("2021-09")))), ["to"]);
        assert!(row().end(month("2021-09"), Some(month("2021-09"))).is_ok());
        let ended = IndicatorRow { valid_to: Some(month("2021-09")), ..row() };
        assert!(matches!(ended.end(month("2021-10"), None), Err(Refusal::Rule(_))));
        assert!(ended.holds_in(month("2021-09")) && !ended.holds_in(month("2021-10")));
    }
}
