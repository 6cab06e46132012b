//! The measures that a rule set may name, those that rooms supply and the city's entered indicators,
//! and the peer groups.

use indicators::tables::IndicatorRow;
use journal::{Result, Tx};
use kernel::{Id, Jurisdiction, Message};
use measures::{Kind, ParamKind, Purpose, Supply};
use web::Call;

/// A measure as rule sets call it.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// Its name; the Chinese one stands in documents.
    pub(crate) name: Message,
    /// What it says, in words.
    pub(crate) definition: Message,
    /// The room that supplies it.
    pub(crate) room: Message,
    /// In what it is counted; `%` for a rate.
    pub(crate) unit: Message,
    /// Whether it is for the bureau's own desk and not meant to be scored.
    pub(crate) is_for_desk: bool,
    /// What may be chosen.
    pub(crate) params: Vec<KnownParam>,
}

/// A parameter of a measure.
#[derive(Clone, Debug)]
pub(crate) struct KnownParam {
    /// Its name; the Chinese one stands in documents.
    pub(crate) name: Message,
    /// What it may be.
    pub(crate) takes: Takes,
}

/// What a parameter may be.
#[derive(Clone, Debug)]
pub(crate) enum Takes {
    /// One of these words, the first unless another is chosen.
    Words(Vec<Message>),
    /// A whole number within bounds.
    Number { min: i64, max: i64, usual: i64 },
}

/// What the names in a document are held against.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// The peer groups of the city.
    pub(crate) groups: Vec<String>,
    /// The measures; nothing when they are not asked about.
    pub(crate) measures: Option<Vec<Known>>,
}

/// The measures of the building.
pub(crate) async fn measures(tx: &mut Tx, call: &Call) -> Result<Vec<Known>> {
    of(tx, call.city()?, call.measures()).await
}

/// The measures that rooms supply and, by their names, the indicators in force. The measures that
/// read an indicator by its number are not named in rules.
pub(crate) async fn of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    supplies: &[Supply],
) -> Result<Vec<Known>> {
    let all = supplies.iter().flat_map(|supply| supply.measures.iter().map(move |m| (supply, m)));
    let all = all.filter(|(_, m)| !indicators::measures::is_by_number(m));
    let known = all.map(|(supply, m)| Known {
        name: m.name.into(),
        definition: m.definition.into(),
        room: supply.room.into(),
        unit: match m.kind {
            Kind::Ratio => Message { zh: "%".to_owned(), en: "%".to_owned() },
            Kind::Count | Kind::Sum => m.unit.into(),
        },
        is_for_desk: m.purpose == Purpose::Desk,
        params: m.params.iter().map(param).collect(),
    });
    let mut known: Vec<Known> = known.collect();
    known.extend(indicators::store::by_name(tx, city).await?.into_iter().map(entered));
    Ok(known)
}

/// An indicator as rule sets call it.
fn entered(row: IndicatorRow) -> Known {
    let params = indicators::measures::params(&row).iter().map(param).collect();
    let unit = indicators::measures::counted_in(&row);
    let remark = indicators::measures::remark(&row);
    let defined = |of: fn(&kernel::Text) -> &'static str| {
        let remark = remark.as_ref().map_or("", of);
        format!("{} {remark}", row.definition).trim_end().to_owned()
    };
    let definition = Message { zh: defined(|text| text.zh), en: defined(|text| text.en) };
    Known {
        name: Message { zh: row.name, en: row.name_en },
        definition,
        room: indicators::measures::room().into(),
        unit: Message { zh: unit.clone(), en: unit },
        is_for_desk: false,
        params,
    }
}

fn param(param: &measures::Param) -> KnownParam {
    let takes = match param.kind {
        ParamKind::Choice(words) => {
            Takes::Words(words.iter().map(|word| word.label.into()).collect())
        }
        ParamKind::Number { min, max, usual } => Takes::Number { min, max, usual },
    };
    KnownParam { name: param.name.into(), takes }
}

/// The names of the caller's city and of the building.
pub(crate) async fn names(tx: &mut Tx, call: &Call) -> Result<Names> {
    let groups = groups(tx, call.city()?).await?;
    Ok(Names { groups, measures: Some(measures(tx, call).await?) })
}

/// The peer groups of a city.
pub(crate) async fn groups(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<String>> {
    let groups = people::store::groups(tx, city).await?;
    Ok(groups.into_iter().map(|group| group.name).collect())
}

/// The name that is nearest to what was written, when one is near at all.
pub(crate) fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let whole = written;
    let written: Vec<char> = written.chars().take(60).collect();
    let near = names.map(|name| (apart(&written, name), name));
    // Of names equally far, the one that goes on where this one ends.
    let (distance, name) = near.min_by_key(|(far, name)| (*far, !name.contains(whole)))?;
    let long = written.len().max(name.chars().count());
    (distance * 3 <= long * 2).then_some(name)
}

/// How many characters have to be changed, added or taken out.
fn apart(written: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=written.len()).collect();
    for (n, c) in name.chars().enumerate() {
        let mut next = vec![n + 1];
        for ((diagonal, above), w) in row.iter().zip(row.iter().skip(1)).zip(written) {
            let left = next.last().copied().unwrap_or_default();
            next.push((diagonal + usize::from(*w != c)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_offered_when_one_is_near() {
        let names = || ["按期办结率", "退办率", "督办单件数"].into_iter();
        assert_eq!(nearest("按期办结律", names()), Some("按期办结率"));
        assert_eq!(nearest("按时办结率", names()), Some("按期办结率"));
        assert_eq!(nearest("督办单", names()), Some("督办单件数"));
        assert_eq!(nearest("绿化覆盖面积", names()), None);
    }
}
