//! The query of a request as a filter: known parameters in one order, everything else refused or ignored.
//!
//! On feeds an unknown parameter is an error: a typo that gives all events instead of a part would stay unnoticed in a
//! calendar program.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;
use url::form_urlencoded;

use super::query::{Parameter, parameters};
use crate::model::{EventKind, EventStatus};
use crate::schedule::{Selection, fold};
use crate::snapshot::Filter;

/// The parameters, in the order in which links carry them.
const PARAMETERS: [&str; 11] =
    ["tag", "kind", "city", "venue", "room", "organizer", "language", "status", "from", "to", "q"];
/// Parameters that campaigns and clients add to any link.
const IGNORED: [&str; 3] = ["fbclid", "gclid", "v"];
const IGNORED_PREFIXES: [&str; 2] = ["utm_", "mtm_"];
/// The parameter that asks for the reason why each event is in or out.
const EXPLAIN: &str = "explain";
/// The most values of a query, and the most words that are looked for in each event: both bound the work of a request that
/// nobody has asked before.
const MAX_VALUES: usize = 30;
const MAX_WORDS: usize = 8;

/// The values of known parameters, by their places in [`PARAMETERS`].
type Values = BTreeMap<usize, Vec<String>>;

/// Reads the filter of a query; `None` if it asks for everything. Pages leave out what they do not know, what is
/// empty, and the words behind the eighth.
///
/// # Errors
/// A message to whoever wrote the query.
pub(super) fn parse(query: &str, is_page: bool) -> Result<Option<Filter>, String> {
    let (mut values, mut explain) = (Values::new(), Vec::new());
    for parameter in parameters(query)? {
        let Parameter { name, .. } = &parameter;
        let at = PARAMETERS.iter().position(|known| known == name);
        if at.is_none() && name != EXPLAIN {
            if is_page || is_ignored(name) {
                continue;
            }
            let known = PARAMETERS.join(", ");
            return Err(format!("there is no parameter `{name}`; possible: {known}"));
        }
        // Forms send their empty fields, too.
        let Some(value) = value(&parameter, is_page)? else { continue };
        at.map_or(&mut explain, |at| values.entry(at).or_default()).push(value);
    }
    if values.values().map(Vec::len).sum::<usize>() > MAX_VALUES {
        return Err(format!("the query has more than {MAX_VALUES} values: leave some out"));
    }
    bound_words(&mut values, is_page)?;
    let is_explained = is_explained(&explain)?;
    let days = (day("from", &values)?, day("to", &values)?);
    // One filter has one form, whatever the order of its values: it is the key of the cache, the address in
    // `rel=self`, and the name from which the identity of the filtered feed is made.
    for found in values.values_mut() {
        found.sort();
        found.dedup();
    }
    if values.is_empty() && !is_explained {
        return Ok(None);
    }
    let selection = selection(&values, days)?;
    let (canonical, label) = (canonical(&values), label(&values));
    Ok(Some(Filter { selection, canonical, label, is_explained }))
}

/// Refuses the parameters of what cannot be filtered; pages leave them out.
///
/// # Errors
/// A message to whoever wrote the query.
pub(super) fn refuse(query: &str, is_page: bool) -> Result<(), String> {
    let names = parameters(query)?.into_iter().map(|parameter| parameter.name);
    match names.into_iter().find(|name| !is_page && !is_ignored(name)) {
        Some(name) => Err(format!("there is no parameter `{name}` here: only feeds are filtered")),
        None => Ok(()),
    }
}

/// Returns the value of a known parameter; `None` if a page was given none.
fn value(parameter: &Parameter<'_>, is_page: bool) -> Result<Option<String>, String> {
    let name = &parameter.name;
    let value: String = parameter.value.trim().nfc().collect();
    if !is_page && !parameter.is_well_escaped() {
        return Err(format!("`{name}` has a percent sign that begins no escape: write it as %25"));
    }
    match value.is_empty() {
        false => Ok(Some(value)),
        true if is_page => Ok(None),
        true => Err(format!("`{name}` is empty: give it a value, or leave it out")),
    }
}

/// Keeps the search to so many words that it costs little.
fn bound_words(values: &mut Values, is_page: bool) -> Result<(), String> {
    let Some(at) = PARAMETERS.iter().position(|known| *known == "q") else { return Ok(()) };
    let Some(searches) = values.get_mut(&at) else { return Ok(()) };
    let mut words = BTreeSet::new();
    for search in searches.iter_mut() {
        let all = search.split_whitespace();
        let is_kept = |word: &&str| {
            let word = fold(word);
            words.contains(&word) || (words.len() < MAX_WORDS && words.insert(word))
        };
        let kept: Vec<&str> = all.clone().filter(is_kept).collect();
        if kept.len() == all.count() {
            continue;
        }
        if !is_page {
            return Err(format!("`q` has more than {MAX_WORDS} words: leave some out"));
        }
        *search = kept.join(" ");
    }
    searches.retain(|search| !search.is_empty());
    Ok(())
}

fn is_explained(values: &[String]) -> Result<bool, String> {
    match values {
        [] => Ok(false),
        [value] if value == "1" => Ok(true),
        [value] => Err(format!("`{value}` is not a valid value of `{EXPLAIN}`: write {EXPLAIN}=1")),
        _ => Err(more_than_once(EXPLAIN)),
    }
}

fn more_than_once(name: &str) -> String {
    format!("`{name}` is in the query more than once: write it once")
}

fn is_ignored(name: &str) -> bool {
    IGNORED.contains(&name) || IGNORED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn canonical(values: &Values) -> String {
    let pairs =
        values.iter().flat_map(|(at, values)| values.iter().map(|value| (PARAMETERS[*at], value)));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn label(values: &Values) -> String {
    values.values().flatten().cloned().collect::<Vec<_>>().join(", ")
}

fn of<'a>(values: &'a Values, name: &str) -> &'a [String] {
    let at = PARAMETERS.iter().position(|known| *known == name);
    at.and_then(|at| values.get(&at)).map(Vec::as_slice).unwrap_or_default()
}

fn selection(
    values: &Values,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Selection, String> {
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err("`from` is after `to`, so there is no day: exchange them".to_owned());
    }
    let of = |name: &str| of(values, name);
    let folded = |name: &str| of(name).iter().map(|value| fold(value)).collect::<Vec<_>>();
    // A word that is written often is looked for once.
    let words = |value: &String| {
        let words: BTreeSet<String> = value.split_whitespace().map(fold).collect();
        words.into_iter().collect()
    };
    Ok(Selection {
        kinds: of("kind").iter().map(|name| kind(name)).collect::<Result<_, _>>()?,
        tags: folded("tag"),
        cities: folded("city"),
        venues: folded("venue"),
        rooms: folded("room"),
        organizers: folded("organizer"),
        languages: folded("language"),
        statuses: of("status").iter().map(|name| status(name)).collect::<Result<_, _>>()?,
        searches: of("q").iter().map(words).collect(),
        from,
        to,
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

/// Reads the day of a parameter, in its one form.
fn day(name: &str, values: &Values) -> Result<Option<NaiveDate>, String> {
    let value = match of(values, name) {
        [] => return Ok(None),
        [value] => value,
        _ => return Err(more_than_once(name)),
    };
    // chrono takes `+2018-1-1`, too, and then one day would have many addresses.
    let day = value.parse().ok().filter(|day: &NaiveDate| day.to_string() == *value);
    let wrong = || format!("`{value}` is not a valid day for `{name}`: write it as 2018-12-10");
    day.map(Some).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_query_makes_more_work_than_its_limits() {
        let same = format!("q={}", "a+B+b+".repeat(300));
        let each_other = (0..30).map(|one| format!("q=w{}+a", one % 7)).collect::<Vec<_>>();
        for (query, most) in [(same, 2), (each_other.join("&"), 14)] {
            for is_page in [false, true] {
                let filter = parse(&query, is_page).expect("a filter").expect("a search");
                let words = filter.selection.searches.iter().map(Vec::len).sum::<usize>();
                assert_eq!(words, most, "{query}");
            }
        }
        let many = (0..400).map(|one| format!("{one}")).collect::<Vec<_>>().join("+");
        let filter = parse(&format!("q={many}"), true).expect("a filter").expect("a search");
        assert_eq!(filter.selection.searches, [["0", "1", "2", "3", "4", "5", "6", "7"]]);
        assert_eq!(filter.canonical, "q=0+1+2+3+4+5+6+7");
        assert!(parse(&format!("q={many}"), false).is_err());
    }
}
