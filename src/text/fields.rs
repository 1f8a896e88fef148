//! What an event tells beside its text, said once for all formats: label, value, link.

use std::sync::Arc;

use chrono::NaiveDate;

use super::locale::{Words, words};
use super::{dates, repetition};
use crate::model::{
    Address, Change, Contact, Country, Event, EventStatus, File, FileSource, Location,
    OnlineLocation, Organizer, Place, Price, Session,
};

/// One fact: "Voraussetzung: Zielvereinbarung …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// What is the case.
    pub value: String,
    /// Where the value leads.
    pub url: Option<String>,
}

impl Fact {
    pub fn new(label: &'static str, value: impl ToString) -> Self {
        Self { label, value: value.to_string(), url: None }
    }

    fn linked(label: &'static str, value: impl ToString, url: impl ToString) -> Self {
        Self { label, value: value.to_string(), url: Some(url.to_string()) }
    }
}

/// Title with the prefix of a status that changes the reader's plans.
pub fn announced_title(event: &Event) -> String {
    let notice = words(&event.language).notice(event.status);
    format!("{}{}", notice.map_or("", |notice| notice.prefix), event.title)
}

/// What a reader must know first: that the event is off or moved, and why.
pub fn notice(event: &Event) -> Option<String> {
    let words = words(&event.language);
    let sentence = match event.status {
        EventStatus::Tentative => words.tentative,
        status => words.notice(status)?.sentence,
    };
    let moved = match event.status {
        EventStatus::Moved { previous_start: Some(before) } => Some(format!(
            "{}: {}, {}: {}.",
            words.before,
            dates::point(&before, words),
            words.now,
            time_line(event)
        )),
        _ => None,
    };
    let reason = event.reason.as_deref().map(|reason| {
        if reason.ends_with(['.', '!', '?', '…']) {
            reason.to_owned()
        } else {
            format!("{reason}.")
        }
    });
    let parts = [reason, Some(sentence.to_owned()), moved];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Region and country, which the place's line leaves out; Germany goes without saying.
fn country(place: &Place, words: &Words) -> Option<Fact> {
    let Address { region, country, .. } = &place.venue.address;
    let country = country.as_ref().map(Country::as_str).filter(|country| *country != "DE");
    let parts: Vec<&str> = region.as_deref().into_iter().chain(country).collect();
    (!parts.is_empty()).then(|| Fact::new(words.country, parts.join(", ")))
}

/// The place, or the label of an online event.
pub fn location_line(event: &Event) -> String {
    match &event.location {
        Location::Online(online) => online_label(online, words(&event.language)),
        told => told.to_line().to_string(),
    }
}

/// Where a session takes place: the event's place, in the session's own room.
pub fn session_location_line(session: &Session, event: &Event) -> String {
    match (event.location.place(), &session.room) {
        (Some(Place { venue, .. }), Some(room)) => {
            Place { venue: Arc::clone(venue), room: Some(room.clone()) }.to_line().to_string()
        }
        _ => location_line(event),
    }
}

/// The town, or the word for online.
pub fn town_name(event: &Event) -> String {
    match &event.location {
        Location::Onsite(place) | Location::Mixed(place, _) => place.venue.address.city.to_string(),
        Location::Online(_) => words(&event.language).online.to_owned(),
        Location::Told(line) => line.rsplit(", ").next().unwrap_or_default().to_owned(),
    }
}

fn online_label(online: &OnlineLocation, words: &Words) -> String {
    online.label.as_ref().map_or_else(|| words.online.to_owned(), ToString::to_string)
}

/// "Montag, 10. Dezember 2018, 10:15 bis 16:15 Uhr"; of a series, its rule.
pub fn time_line(event: &Event) -> String {
    let words = words(&event.language);
    match event.series() {
        Some(series) => repetition::phrase(series, &event.time, words),
        None => dates::range(&event.time, words),
    }
}

/// "Titel – Mo., 10.12.2018, 10:15 Uhr, Hannover"
pub fn headline(event: &Event) -> String {
    format!("{} – {}, {}", announced_title(event), short_time(event), town_name(event))
}

/// "Mo., 10.12.2018, 10:15 Uhr", "jeden Dienstag, 18:00 bis 19:30 Uhr"
pub fn short_time(event: &Event) -> String {
    let words = words(&event.language);
    match event.series() {
        Some(series) => repetition::short(series, &event.time, words),
        None => dates::short(&event.time, words),
    }
}

/// The name of its kind, and its tags.
pub fn categories(event: &Event) -> Vec<String> {
    let kind = words(&event.language).kind_name(event.kind).map(str::to_owned);
    kind.into_iter().chain(event.tags.iter().map(ToString::to_string)).collect()
}

/// When and where.
pub fn time_and_place(event: &Event) -> Vec<Fact> {
    let words = words(&event.language);
    vec![Fact::new(words.time, time_line(event)), Fact::new(words.place, location_line(event))]
}

/// Everything else that is known about the event, in the order in which people ask; `address` gives the
/// addresses of its files.
pub fn details(event: &Event, address: &dyn Fn(&FileSource) -> String) -> Vec<Fact> {
    let words = words(&event.language);
    let mut facts = exceptions(event, words);
    let doors = event.doors.map(|doors| format!("{}{}", dates::clock(doors), words.clock));
    facts.extend(doors.map(|doors| Fact::new(words.doors, doors)));
    facts.extend(words.kind_name(event.kind).map(|kind| Fact::new(words.kind, kind)));
    facts.extend(online(event, words));
    facts.extend(participation(event, words));
    facts.extend(registration(event, words));
    let place = event.location.place();
    facts.extend(place.and_then(|place| country(place, words)));
    let accessibility = place.and_then(|place| place.venue.accessibility.as_ref());
    facts.extend(accessibility.map(|text| Fact::new(words.accessibility, text)));
    facts.extend(event.organizer.iter().flat_map(|organizer| party(words.organizer, organizer)));
    facts.extend(event.public_contact().into_iter().flat_map(|one| contact(words.contact, one)));
    let tags: Vec<&str> = event.tags.iter().map(|tag| &**tag).collect();
    facts.extend((!tags.is_empty()).then(|| Fact::new(words.tags, tags.join(", "))));
    facts.extend(event.links.iter().map(|link| Fact::linked(words.links, &link.label, &link.url)));
    facts.extend(files(event, address, words));
    facts
}

/// Attachments, and a picture that lies elsewhere: showing it would tell others who reads this page.
fn files(event: &Event, address: &dyn Fn(&FileSource) -> String, words: &Words) -> Vec<Fact> {
    let image = event.image.as_ref().filter(|image| image.source.own().is_none());
    let image = image.map(|image| {
        let words_for_it = image.alt.as_ref().map_or(words.image, |alt| alt);
        Fact::linked(words.image, words_for_it, address(&image.source))
    });
    let attachments = event.attachments.iter().map(|attachment| {
        let value = match attachment.source.own() {
            Some(file) => format!("{} ({})", attachment.label, kind_and_size(file, words)),
            None => attachment.label.to_string(),
        };
        Fact::linked(words.attachments, value, address(&attachment.source))
    });
    image.into_iter().chain(attachments).collect()
}

/// "PDF, 240 kB", "PDF, 1,2 MB"
fn kind_and_size(file: &File, words: &Words) -> String {
    let octets = file.octets.len();
    let size = if octets < 1_000_000 {
        format!("{} kB", octets.div_ceil(1_000))
    } else {
        let tenths = octets.div_ceil(100_000);
        format!("{}{}{} MB", tenths / 10, decimal_point(words), tenths % 10)
    };
    format!("{}, {size}", file.name.file_type().name())
}

fn decimal_point(words: &Words) -> &'static str {
    if words.clock.is_empty() { "." } else { "," }
}

/// What is otherwise in a series than its rule says.
fn exceptions(event: &Event, words: &Words) -> Vec<Fact> {
    let Some(series) = event.series() else { return Vec::new() };
    let dates = |label, dates: &std::collections::BTreeSet<NaiveDate>| {
        let dates: Vec<String> = dates.iter().map(|date| dates::date(*date, words)).collect();
        (!dates.is_empty()).then(|| Fact::new(label, dates.join(", ")))
    };
    let mut facts: Vec<Fact> = dates(words.excluded, &series.excluded).into_iter().collect();
    facts.extend(dates(words.additional, &series.additional));
    let changes = series.changes.iter();
    facts.extend(
        changes.map(|(date, change)| Fact::new(words.changed, change_line(*date, change, words))),
    );
    facts
}

/// "1. Januar 2019: ABGESAGT (Feiertag)", "8. Januar 2019: Mittwoch, 9. Januar 2019, 18:00 Uhr, Rathaus, …"
fn change_line(date: NaiveDate, change: &Change, words: &Words) -> String {
    let status = change.status.and_then(|status| words.notice(status));
    let status = status.map(|notice| notice.label().to_owned());
    let time = change.time.map(|time| dates::range(&time, words));
    let place = change.location.as_ref().map(|location| location.to_line().to_string());
    let title = change.title.as_ref().map(ToString::to_string);
    let parts: Vec<String> = [status, time, place, title].into_iter().flatten().collect();
    let reason = change.reason.as_ref().map(|reason| format!(" ({reason})"));
    format!("{}: {}{}", dates::date(date, words), parts.join(", "), reason.unwrap_or_default())
}

fn online(event: &Event, words: &Words) -> Option<Fact> {
    let online = event.location.online()?;
    let label = online_label(online, words);
    if let Some(url) = online.public_url() {
        return Some(Fact::linked(words.online, label, url));
    }
    let registration = &event.participation.registration;
    let has_registration = registration.url.is_some() || registration.email.is_some();
    let how =
        if has_registration { words.online_after_registration } else { words.online_on_request };
    let is_named = online.label.is_some();
    let value = if is_named { format!("{label}. {how}") } else { how.to_owned() };
    Some(Fact::new(words.online, value))
}

fn participation(event: &Event, words: &Words) -> Vec<Fact> {
    let participation = &event.participation;
    let price =
        participation.price.as_ref().map(|price| Fact::new(words.price, self::price(price, words)));
    let lines = [
        (words.requires, &participation.requires),
        (words.recommends, &participation.recommends),
        (words.audience, &participation.audience),
    ];
    let lines =
        lines.into_iter().filter_map(|(label, line)| Some(Fact::new(label, line.as_ref()?)));
    let capacity = participation.capacity.map(|places| Fact::new(words.capacity, places));
    price.into_iter().chain(lines).chain(capacity).collect()
}

/// "kostenfrei", "49,90 EUR"
fn price(price: &Price, words: &Words) -> String {
    match price {
        Price::Free => words.free.to_owned(),
        Price::Unknown => words.charged.to_owned(),
        Price::Amount { currency, .. } => {
            let amount = price.decimal().unwrap_or_default().replace('.', decimal_point(words));
            format!("{amount} {currency}")
        }
    }
}

fn registration(event: &Event, words: &Words) -> Vec<Fact> {
    let registration = &event.participation.registration;
    let mut facts = Vec::new();
    facts.extend(registration.url.iter().map(|url| Fact::linked(words.registration, url, url)));
    let emails = registration.email.iter();
    facts.extend(
        emails.map(|email| Fact::linked(words.registration, email, format!("mailto:{email}"))),
    );
    let opens = registration.opens.map(|at| dates::point(&at, words));
    facts.extend(opens.map(|opens| Fact::new(words.registration_opens, opens)));
    let deadline = registration.deadline.map(|at| dates::point(&at, words));
    facts.extend(deadline.map(|deadline| Fact::new(words.registration_deadline, deadline)));
    facts
}

fn party(label: &'static str, party: &Organizer) -> Vec<Fact> {
    let name = match &party.url {
        Some(url) => Fact::linked(label, &party.name, url),
        None => Fact::new(label, &party.name),
    };
    let email =
        party.email.iter().map(|email| Fact::linked(label, email, format!("mailto:{email}")));
    let phone = party.phone.iter().map(|phone| Fact::new(label, phone));
    std::iter::once(name).chain(email).chain(phone).collect()
}

fn contact(label: &'static str, contact: &Contact) -> Vec<Fact> {
    let Contact { name, role, url, email, phone, .. } = contact;
    let name = role.as_ref().map_or_else(|| name.clone(), |role| name.with_remark(role));
    let organizer =
        Organizer { name, url: url.clone(), email: email.clone(), phone: phone.clone() };
    party(label, &organizer)
}

/// "Anmeldebüro (Anmeldung), info@example.org, 0511 123456": the text of `CONTACT`.
pub fn contact_line(event: &Event) -> Option<String> {
    let facts = contact("", event.public_contact()?);
    Some(facts.into_iter().map(|fact| fact.value).collect::<Vec<_>>().join(", "))
}
