//! What the inputs of rules call: measures that rooms supply, and the city's indicators by their
//! names. It is settled when a review is opened and stands in its rows, so that a name given later
//! changes no review.

use std::collections::BTreeMap;

use indicators::tables::IndicatorRow;
use measures::{Args, Asked, Measure, Supply};
use rules::rule_set::RuleSet;
use rules::rule_set::input::Input;

use crate::facts::Called;
use crate::tables::ReviewMeasureRow;

/// The measures behind the inputs of a review, by the inputs as rules write them.
#[derive(Debug, Default)]
pub(crate) struct Library {
    by_call: BTreeMap<String, Asked<'static>>,
}

impl Library {
    /// As it was settled; a measure that no room supplies any more is left out.
    pub(crate) fn settled(supplies: &[Supply], rows: &[ReviewMeasureRow]) -> Self {
        let found = rows.iter().filter_map(|row| {
            let measure = all(supplies)
                .find(|m| m.code == row.measure && i64::from(m.version) == row.version)?;
            let args = Args::read(measure.params, |name| row.param(name)).ok()?;
            Some((row.call.clone(), Asked { measure, args }))
        });
        Self { by_call: found.collect() }
    }

    /// As rules would find it now.
    pub(crate) fn now(supplies: &[Supply], indicators: &[IndicatorRow], rules: &[RuleSet]) -> Self {
        let inputs = rules.iter().flat_map(RuleSet::calls);
        let found =
            inputs.filter_map(|input| Some((input.call(), named(supplies, indicators, input)?)));
        Self { by_call: found.collect() }
    }

    /// What an input calls.
    pub(crate) fn asked(&self, call: &str) -> Option<&Asked<'static>> {
        self.by_call.get(call)
    }

    /// The words of the measures that are called, each once.
    pub(crate) fn codes(&self) -> std::collections::BTreeSet<&'static str> {
        self.by_call.values().map(|asked| asked.measure.code).collect()
    }

    /// What is written down when a review is opened.
    pub(crate) fn called(&self) -> Vec<Called> {
        let called = self.by_call.iter().map(|(call, asked)| Called {
            call: call.clone(),
            measure: asked.measure.code.to_owned(),
            version: i64::from(asked.measure.version),
            params: params(asked),
        });
        called.collect()
    }
}

/// Words of ours and whole numbers only, so that nothing needs to be escaped.
fn params(asked: &Asked<'_>) -> String {
    let pairs = asked.args.pairs().into_iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

fn all(supplies: &[Supply]) -> impl Iterator<Item = &'static Measure> {
    supplies.iter().flat_map(|supply| {
        let measures: &'static [Measure] = supply.measures;
        measures
    })
}

/// The measure of an input's name; an indicator's name is looked for after those of rooms.
fn named(
    supplies: &[Supply],
    indicators: &[IndicatorRow],
    input: &Input,
) -> Option<Asked<'static>> {
    let name = input.fields.measure.0.as_str();
    let given = |param: &str| input.fields.parameters.get(param).map(|said| said.0.as_str());
    let Some(measure) = all(supplies).find(|m| m.name.zh == name) else {
        let indicator = indicators.iter().find(|i| i.name == name)?;
        return indicators::measures::asked_for(indicator, given).ok();
    };
    let args = Args::read(measure.params, given).ok()?;
    Some(Asked { measure, args })
}
