//! Fractions are exact, bounded, and rounded as the rules say.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::Fraction;
use crate::rounding::Rounding;
use crate::unscorable::Unscorable;

fn fraction(num: i128, den: i128) -> Fraction {
    Fraction::new(num, den).unwrap()
}

#[test]
fn halves_are_rounded_as_the_rule_says() {
    let table = [
        (fraction(53, 3), 2, "17.67", "17.67", "17.66"),
        (fraction(17665, 1000), 2, "17.67", "17.66", "17.66"),
        (fraction(-17665, 1000), 2, "-17.67", "-17.66", "-17.66"),
        (fraction(1, 2), 0, "1", "0", "0"),
        (fraction(3, 2), 0, "2", "2", "1"),
    ];
    for (number, places, up, even, cut) in table {
        let round = |mode| number.round(places, mode).unwrap().to_string();
        assert_eq!(round(Rounding::HalfUp), up);
        assert_eq!(round(Rounding::HalfEven), even);
        assert_eq!(round(Rounding::Cut), cut);
    }
}

#[test]
fn roots_are_whole_number_arithmetic() {
    assert_eq!(fraction(2, 1).root().unwrap().shown(), "1.414214");
    assert_eq!(fraction(9, 16).root().unwrap(), fraction(3, 4));
    let large = Fraction::whole(1_000_000_000_000_000).times(Fraction::whole(1_000_000)).unwrap();
    assert_eq!(large.root().unwrap().shown(), "31622776601.683793");
    assert!(matches!(fraction(-1, 4).root(), Err(Unscorable::NegativeRoot)));
}

#[test]
fn what_is_too_large_says_so() {
    let large = Fraction::whole(i64::MAX);
    let square = large.times(large).unwrap();
    assert!(matches!(square.times(square), Err(Unscorable::Overflow)));
    assert!(matches!(Fraction::ONE.over(Fraction::ZERO), Err(Unscorable::DivisionByZero)));
}

#[test]
fn a_sum_of_many_rates_does_not_fail() {
    let primes = (2i128..2000).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0));
    let sum = primes.map(|p| fraction(1, p)).try_fold(Fraction::ZERO, Fraction::plus).unwrap();
    assert_eq!(sum.round(4, Rounding::HalfUp).unwrap().to_string(), "2.2924");
}

#[test]
fn a_quotient_of_equals_is_one_however_long_they_are() {
    let long = fraction((1 << 70) + 1, (1 << 71) + 3);
    assert_eq!(long.over(long).unwrap(), Fraction::ONE);
    let small = fraction((1 << 66) + 1, (1 << 120) + 7);
    let large = fraction((1 << 120) + 7, (1 << 66) + 1);
    assert_eq!(small.times(large).unwrap(), Fraction::ONE);
    assert_eq!(small.over(small).unwrap(), Fraction::ONE);
}

#[test]
fn what_is_too_small_to_keep_never_becomes_nothing() {
    let small = fraction((1 << 66) + 1, (1 << 120) + 7);
    let large = fraction((1 << 120) + 9, (1 << 66) + 3);
    assert!(matches!(small.times(large), Err(Unscorable::Overflow)));
    assert!(matches!(large.over(fraction(1, (1 << 66) + 9)), Err(Unscorable::Overflow)));
    assert_eq!(small.times(Fraction::ZERO).unwrap(), Fraction::ZERO);
}

proptest! {
    #[test]
    fn order_is_that_of_the_cross_products(
        a in -1_000_000i64..1_000_000, b in 1i64..1_000_000,
        c in -1_000_000i64..1_000_000, d in 1i64..1_000_000,
    ) {
        let (left, right) = (fraction(a.into(), b.into()), fraction(c.into(), d.into()));
        let expected = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
        prop_assert_eq!(left.cmp(&right), expected);
        prop_assert_eq!(super::order::slow_order(left, right), expected);
        let back = left.plus(right).unwrap().minus(right).unwrap();
        prop_assert_eq!(back.cmp(&left), Ordering::Equal);
    }
}
