//! The figures of one group for one input: rank, extremes, mean, deviation.
//!
//! They are sorted before anything is summed, so that the order in which units come changes nothing.

use crate::fraction::Fraction;
use crate::methods::Direction;
use crate::rule_set::outcome::TieMode;
use crate::unscorable::Unscorable;

type Result<T> = std::result::Result<T, Unscorable>;

/// The known figures of a group.
#[derive(Debug)]
pub(crate) struct Peers {
    sorted: Vec<Fraction>,
    distinct: Vec<Fraction>,
    mean: Result<Fraction>,
    deviation: Result<Fraction>,
}

impl Peers {
    /// Takes the known figures in any order.
    pub(crate) fn new(mut figures: Vec<Fraction>) -> Self {
        figures.sort();
        let mut distinct = figures.clone();
        distinct.dedup();
        let mean = mean(&figures);
        let deviation = mean.clone().and_then(|mean| deviation(&figures, mean));
        Self { sorted: figures, distinct, mean, deviation }
    }

    /// How many units have a figure.
    pub(crate) const fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The lowest figure.
    pub(crate) fn lowest(&self) -> Result<Fraction> {
        self.sorted.first().copied().ok_or(Unscorable::DivisionByZero)
    }

    /// The highest figure.
    pub(crate) fn highest(&self) -> Result<Fraction> {
        self.sorted.last().copied().ok_or(Unscorable::DivisionByZero)
    }

    /// The best figure in a direction.
    pub(crate) fn best(&self, direction: Direction) -> Result<Fraction> {
        match direction {
            Direction::Up => self.highest(),
            Direction::Down => self.lowest(),
        }
    }

    /// The worst figure in a direction.
    pub(crate) fn worst(&self, direction: Direction) -> Result<Fraction> {
        match direction {
            Direction::Up => self.lowest(),
            Direction::Down => self.highest(),
        }
    }

    /// The mean.
    pub(crate) fn mean(&self) -> Result<Fraction> {
        self.mean.clone()
    }

    /// The standard deviation of the whole group (divided by the number of units).
    pub(crate) fn deviation(&self) -> Result<Fraction> {
        self.deviation.clone()
    }

    /// The rank of a value, 1 being the best; whole unless ties get their mean rank.
    pub(crate) fn rank(&self, value: Fraction, direction: Direction, ties: TieMode) -> Fraction {
        let among = match ties {
            TieMode::Dense => &self.distinct,
            TieMode::Skip | TieMode::Mean => &self.sorted,
        };
        let below = among.partition_point(|figure| *figure < value);
        let upto = among.partition_point(|figure| *figure <= value);
        let better = match direction {
            Direction::Up => among.len() - upto,
            Direction::Down => below,
        };
        let equals = (upto - below).max(1);
        match ties {
            TieMode::Skip | TieMode::Dense => count(better + 1),
            // Ranks better+1 to better+equals have this mean; halves are exact.
            TieMode::Mean => half(2 * better + equals + 1),
        }
    }
}

/// A number of units as a number.
pub(crate) fn count(number: usize) -> Fraction {
    Fraction::whole(i64::try_from(number).unwrap_or(i64::MAX))
}

fn half(number: usize) -> Fraction {
    Fraction::new(i128::try_from(number).unwrap_or(i128::MAX), 2).unwrap_or(Fraction::ZERO)
}

fn mean(figures: &[Fraction]) -> Result<Fraction> {
    let sum = figures.iter().copied().try_fold(Fraction::ZERO, Fraction::plus)?;
    sum.over(count(figures.len()))
}

fn deviation(figures: &[Fraction], mean: Fraction) -> Result<Fraction> {
    let apart: Vec<Fraction> =
        figures.iter().map(|figure| figure.minus(mean)).collect::<Result<_>>()?;
    match mean_square(&apart) {
        // Squares of figures near the limit have no room; shares of the largest distance have.
        Err(Unscorable::Overflow) => {
            let distances = apart.iter().map(|apart| apart.distance());
            let most = distances.collect::<Result<Vec<_>>>()?.into_iter().max();
            let most = most.unwrap_or(Fraction::ONE);
            let shares: Vec<Fraction> =
                apart.iter().map(|apart| apart.over(most)).collect::<Result<_>>()?;
            mean_square(&shares)?.root()?.times(most)
        }
        square => square?.root(),
    }
}

fn mean_square(numbers: &[Fraction]) -> Result<Fraction> {
    let square = |number: &Fraction| number.times(*number);
    let sum = numbers.iter().try_fold(Fraction::ZERO, |sum, number| sum.plus(square(number)?));
    sum?.over(count(numbers.len()))
}
