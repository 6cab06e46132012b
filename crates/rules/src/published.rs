//! The check of a published table on import: is the total the sum of the parts that are shown?

use rust_decimal::Decimal;

/// One row of a table that somebody else published.
#[derive(Clone, Debug)]
pub struct PublishedRow {
    /// Whose row it is.
    pub unit: String,
    /// The parts as shown, in points.
    pub parts: Vec<Decimal>,
    /// The total as shown, in points.
    pub total: Decimal,
}

/// A row whose total is not the sum of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Whose row it is.
    pub unit: String,
    /// What the parts add up to.
    pub sum: Decimal,
    /// Total less sum.
    pub gap: Decimal,
    /// Whether rounding of the parts alone could explain it: half a last place for each part and
    /// for the total.
    pub may_be_rounding: bool,
}

/// The rows that do not add up (case R04: 29.68 shown over parts of 29.67).
pub fn gaps(rows: &[PublishedRow]) -> Vec<Gap> {
    rows.iter().filter_map(gap).collect()
}

fn gap(row: &PublishedRow) -> Option<Gap> {
    let sum = row.parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))?;
    let gap = row.total.checked_sub(sum)?;
    if gap.is_zero() {
        return None;
    }
    let places = row.parts.iter().map(Decimal::scale).max().unwrap_or(0).max(row.total.scale());
    let half = Decimal::try_new(5, places.saturating_add(1)).ok()?;
    let most = half.checked_mul(Decimal::from(row.parts.len().saturating_add(1)))?;
    let may_be_rounding = gap.abs() < most;
    Some(Gap { unit: row.unit.clone(), sum, gap, may_be_rounding })
}

#[cfg(test)]
mod tests {
    use super::{PublishedRow, gaps};

    #[test]
    fn a_total_that_is_not_the_sum_is_found() {
        let number = |text: &str| crate::decimal::parse(text).unwrap();
        let row = |unit: &str, parts: &[&str], total| PublishedRow {
            unit: unit.to_owned(),
            parts: parts.iter().map(|part| number(part)).collect(),
            total: number(total),
        };
        let rows = [
            row("a", &["9.48", "9.99", "4.98", "5.00"], "29.45"),
            row("b", &["9.69", "9.99", "4.99", "5.00"], "29.68"),
            row("c", &["9.50", "9.93", "5.00", "5.00"], "29.48"),
        ];
        let found = gaps(&rows);
        let shown: Vec<_> = found
            .iter()
            .map(|gap| (gap.unit.as_str(), gap.gap.to_string(), gap.may_be_rounding))
            .collect();
        assert_eq!(shown, [("b", "0.01".to_owned(), true), ("c", "0.05".to_owned(), false)]);
    }
}
