//! The query of a request as a filter: known parameters in one order, everything else refused or ignored.
//!
//! On feeds an unknown parameter is an error: a typo that gives all events instead of a part would stay unnoticed in a
//! calendar program.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;
use url::form_urlencoded;

use crate::model::{EventKind, EventStatus};
use crate::schedule::{Selection, fold};
use crate::snapshot::Filter;

/// The parameters, in the order in which links carry them.
const PARAMETERS: [&str; 11] =
    ["tag", "kind", "city", "venue", "room", "organizer", "language", "status", "from", "to", "q"];
/// Parameters that campaigns and clients add to any link.
const IGNORED: [&str; 3] = ["fbclid", "gclid", "v"];
const IGNORED_PREFIXES: [&str; 2] = ["utm_", "mtm_"];
/// The longest query, in bytes, and the most values in it: both bound the work of a request that nobody has asked
/// before.
const MAX_LEN: usize = 2_000;
const MAX_VALUES: usize = 30;

/// Reads the filter of a query; `None` if it asks for everything. On pages, unknown parameters are ignored.
///
/// # Errors
/// A message to whoever wrote the query.
pub(crate) fn parse(query: &str, is_page: bool) -> Result<Option<Filter>, String> {
    if query.len() > MAX_LEN {
        return Err(format!("the query is longer than {MAX_LEN} bytes"));
    }
    let mut values: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut is_explained = false;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let value: String = value.trim().nfc().collect();
        match PARAMETERS.iter().position(|known| *known == name) {
            Some(at) if !value.is_empty() => values.entry(at).or_default().push(value),
            // Forms send their empty fields, too.
            Some(_) => {}
            None if name == "explain" => is_explained = value == "1",
            None if is_ignored(&name) || is_page => {}
            None => {
                let known = PARAMETERS.join(", ");
                return Err(format!("there is no parameter `{name}`; possible: {known}"));
            }
        }
    }
    if values.values().map(Vec::len).sum::<usize>() > MAX_VALUES {
        return Err(format!("the query has more than {MAX_VALUES} values"));
    }
    // One filter has one form, whatever the order of its values: it is the key of the cache, the address in
    // `rel=self`, and the name from which the identity of the filtered feed is made.
    for found in values.values_mut() {
        found.sort();
        found.dedup();
    }
    if values.is_empty() && !is_explained {
        return Ok(None);
    }
    let selection = selection(&values)?;
    Ok(Some(Filter {
        selection,
        canonical: canonical(&values),
        label: label(&values),
        is_explained,
    }))
}

fn is_ignored(name: &str) -> bool {
    IGNORED.contains(&name) || IGNORED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn canonical(values: &BTreeMap<usize, Vec<String>>) -> String {
    let pairs =
        values.iter().flat_map(|(at, values)| values.iter().map(|value| (PARAMETERS[*at], value)));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn label(values: &BTreeMap<usize, Vec<String>>) -> String {
    values.values().flatten().cloned().collect::<Vec<_>>().join(", ")
}

fn selection(values: &BTreeMap<usize, Vec<String>>) -> Result<Selection, String> {
    let of = |name: &str| {
        let at = PARAMETERS.iter().position(|known| *known == name);
        at.and_then(|at| values.get(&at)).map(Vec::as_slice).unwrap_or_default()
    };
    let folded = |name: &str| of(name).iter().map(|value| fold(value)).collect::<Vec<_>>();
    let words = of("q").iter().flat_map(|value| value.split_whitespace()).map(fold);
    Ok(Selection {
        kinds: of("kind").iter().map(|name| kind(name)).collect::<Result<_, _>>()?,
        tags: folded("tag"),
        cities: folded("city"),
        venues: folded("venue"),
        rooms: folded("room"),
        organizers: folded("organizer"),
        languages: folded("language"),
        statuses: of("status").iter().map(|name| status(name)).collect::<Result<_, _>>()?,
        words: words.collect(),
        from: day("from", of("from"))?,
        to: day("to", of("to"))?,
        ..Selection::default()
    })
}

fn kind(name: &str) -> Result<EventKind, String> {
    EventKind::from_name(name).ok_or_else(|| {
        format!("`{name}` is not a valid kind; possible: {}", EventKind::NAMES.join(", "))
    })
}

fn status(name: &str) -> Result<String, String> {
    match EventStatus::from_name(name) {
        Some(status) => Ok(status.name().to_owned()),
        None => Err(format!("`{name}` is not a valid status, such as `confirmed` or `cancelled`")),
    }
}

fn day(name: &str, values: &[String]) -> Result<Option<NaiveDate>, String> {
    match values {
        [] => Ok(None),
        [value] => value.parse().map(Some).map_err(|_| {
            format!("`{value}` is not a valid day for `{name}`: write it as 2018-12-10")
        }),
        _ => Err(format!("`{name}` is in the query more than once")),
    }
}
