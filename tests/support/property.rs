//! Properties of random values, and how many of them were really compared.

use std::cell::Cell;
use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// What becomes of one case.
pub(crate) type Outcome = Result<(), TestCaseError>;

/// Counts the comparisons of a test, and fails it at its end if there were too few: a property that is
/// skipped in all cases holds of nothing.
pub(crate) struct Count {
    compared: Cell<usize>,
    least: usize,
}

impl Count {
    /// Returns a count of which at least so many comparisons are expected.
    pub(crate) fn at_least(least: usize) -> Self {
        Self { compared: Cell::new(0), least }
    }

    /// Counts one comparison.
    pub(crate) fn one(&self) {
        self.more(1);
    }

    /// Counts so many comparisons.
    pub(crate) fn more(&self, number: usize) {
        self.compared.set(self.compared.get() + number);
    }

    /// Ends the count.
    pub(crate) fn end(self) {
        let (compared, least) = (self.compared.get(), self.least);
        println!("{compared} cases were compared");
        assert!(compared >= least, "only {compared} cases were compared, {least} are expected");
    }
}

/// Tries a property with so many random values, of which it counts at least `least` as compared.
pub(crate) fn property<S>(
    cases: u32,
    least: usize,
    values: S,
    holds: impl Fn(S::Value, &Count) -> Outcome,
) where
    S: Strategy<Value: Debug>,
{
    let count = Count::at_least(least);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&values, |value| holds(value, &count));
    outcome.unwrap_or_else(|error| panic!("{error}"));
    count.end();
}

#[test]
#[should_panic(expected = "only 2 cases were compared, 3 are expected")]
fn too_few_comparisons_fail() {
    property(10, 3, 0..10_u8, |_, count| {
        let is_early = count.compared.get() < 2;
        count.more(usize::from(is_early));
        Ok(())
    });
}

#[test]
#[should_panic(expected = "minimal failing input: 7")]
fn a_property_that_does_not_hold_fails_with_its_smallest_value() {
    property(1_000, 0, 0..1_000_u32, |value, _| {
        if value < 7 { Ok(()) } else { Err(TestCaseError::fail("not below seven")) }
    });
}

#[test]
fn enough_comparisons_do_not_fail() {
    let count = Count::at_least(1);
    count.one();
    count.end();
}
