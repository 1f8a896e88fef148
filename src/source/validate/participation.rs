//! `[participation]`: who may take part, for what price, and how to register.

use chrono::{DateTime, Days, Utc};
use chrono_tz::Tz;

use crate::model::{EventTime, Participation, Price, Registration, TimePoint};
use crate::source::diagnostic::Problem;
use crate::source::format::{
    At, EventDefinition, ParticipationDefinition, RegistrationDefinition, Written,
};

use super::checker::Checker;
use super::{codes, moment};

pub(crate) fn validate(
    checker: &Checker<'_>,
    event: &EventDefinition,
    time: Option<&EventTime>,
    zone: Tz,
) -> Participation {
    let participation = &event.participation;
    Participation {
        price: price(checker, participation),
        requires: checker.line("requires", &participation.requires),
        recommends: checker.line("recommends", &participation.recommends),
        audience: checker.line("audience", &participation.audience),
        capacity: capacity(checker, &participation.capacity),
        registration: registration(checker, &participation.registration, time, zone),
    }
}

fn price(checker: &Checker<'_>, participation: &ParticipationDefinition) -> Option<Price> {
    let ParticipationDefinition { free, price, currency, .. } = participation;
    let is_free = free.as_ref().is_some_and(|free| free.value);
    match (price, currency) {
        (None, Some(currency)) => {
            checker.report(&currency.span, Problem::Needs { key: "currency", other: "`price`" });
            None
        }
        (None, None) => {
            // `free = false` alone says that there is a price; which one is not invented.
            free.as_ref().map(|free| if free.value { Price::Free } else { Price::Unknown })
        }
        (Some(price), _) if is_free => {
            checker.report(&price.span, Problem::Conflict { key: "price", other: "free" });
            None
        }
        (Some(price), currency) => {
            if currency.is_none() {
                checker.missing(&price.span, "currency", "`currency = \"EUR\"`");
            }
            let currency = codes::currency(checker, currency);
            Some(Price::Amount { cents: cents(checker, price)?, currency: currency? })
        }
    }
}

fn cents(checker: &Checker<'_>, price: &At<f64>) -> Option<u32> {
    let cents = price.value * 100.0;
    let rounded = cents.round();
    // 1.1 * 100 is 110.00000000000001 as a float: a price counts as exact if two decimals can write it.
    if (cents - rounded).abs() < 1e-6 && (1.0..=f64::from(u32::MAX)).contains(&rounded) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked above"
        )]
        return Some(rounded as u32);
    }
    let expected =
        "an amount above zero with at most two decimals; for nothing write `free = true`";
    let value = price.value.to_string();
    checker.report(&price.span, Problem::InvalidValue { key: "price", value, expected });
    None
}

fn capacity(checker: &Checker<'_>, capacity: &Option<At<i64>>) -> Option<u32> {
    let capacity = capacity.as_ref()?;
    let places = u32::try_from(capacity.value).ok().filter(|places| *places > 0);
    if places.is_none() {
        let (value, expected) = (capacity.value.to_string(), "a number of places above zero");
        checker.report(&capacity.span, Problem::InvalidValue { key: "capacity", value, expected });
    }
    places
}

fn registration(
    checker: &Checker<'_>,
    registration: &RegistrationDefinition,
    event: Option<&EventTime>,
    zone: Tz,
) -> Registration {
    let RegistrationDefinition { url, email, opens, deadline } = registration;
    let checked = Registration {
        url: checker.url(url),
        email: checker.email(email),
        opens: moment::time_point(checker, opens, zone),
        deadline: moment::time_point(checker, deadline, zone),
    };
    if let (Some(written), Some(ends), Some(event)) = (deadline, checked.deadline, event)
        && ends_at(&ends, checker) > event.begins()
    {
        checker.report(&written.span, Problem::DeadlineAfterStart);
    }
    if let (Some(written), Some(from), Some(to)) = (deadline, checked.opens, checked.deadline)
        && begins_at(&from, checker) >= ends_at(&to, checker)
    {
        let shown = |at: &Option<At<_>>| at.as_ref().map(at_text).unwrap_or_default();
        let problem = Problem::EndNotAfterStart { start: shown(opens), end: shown(deadline) };
        checker.report(&written.span, problem);
    }
    checked
}

/// Returns the instant at which a day or moment begins.
fn begins_at(point: &TimePoint, checker: &Checker<'_>) -> DateTime<Utc> {
    match point {
        TimePoint::Day(date, zone) => checker.zones.day_begins(*date, *zone),
        TimePoint::Moment(moment) => moment.to_utc(),
    }
}

/// Returns the instant at which a day or moment is over: a day, at its midnight.
fn ends_at(point: &TimePoint, checker: &Checker<'_>) -> DateTime<Utc> {
    match point {
        TimePoint::Day(date, zone) => checker.zones.day_begins(*date + Days::new(1), *zone),
        TimePoint::Moment(moment) => moment.to_utc(),
    }
}

fn at_text(written: &At<Written>) -> String {
    written.value.0.to_string()
}
