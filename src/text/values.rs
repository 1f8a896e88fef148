//! The values of fields in words.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::fields::{Field, Value};
use super::locale::Locale;
use super::{changes, dates, titles};
use crate::model::{
    Attachment, Country, EventStatus, File, FileSource, Image, OnlineLocation, Override, Price,
};
use crate::zone::Zones;

/// The target of a link around a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Web(String),
    /// A `mailto:` link to the value, which is an address.
    Email,
}

impl<'a> Value<'a> {
    /// Returns the value in the language of `locale`.
    pub(crate) fn text(&self, locale: &Locale, zones: &Zones) -> Cow<'a, str> {
        match *self {
            Self::Text(text) | Self::Token(text) | Self::Link(text, _) => text.into(),
            Self::Lines(lines) => joined(lines.iter().map(|line| &**line)),
            Self::Flag(is_so) => (if is_so { locale.yes } else { locale.no }).into(),
            Self::Number(number) => number.to_string().into(),
            Self::Day(date) => date.to_string().into(),
            Self::Local(time) => format!("{} {}", time.date_naive(), dates::clock(time)).into(),
            Self::Instant(at) => format!("{} UTC", at.naive_utc()).into(),
            Self::Clock(time) => format!("{}{}", dates::clock(time), locale.dates.clock).into(),
            Self::Point(point) => dates::point(&point, locale).into(),
            Self::Time(time, series) => titles::time(time, series, locale, zones).into(),
            Self::Dates(days) => {
                let days: Vec<String> = days.iter().map(|day| dates::date(*day, locale)).collect();
                days.join(", ").into()
            }
            Self::ChangedDate(date, change) => changed_date(date, change, locale).into(),
            Self::Location(location) => titles::place(location, locale).into(),
            Self::Region(region, country) => joined(
                region.map(|region| &**region).into_iter().chain(country.map(Country::as_str)),
            ),
            Self::Online(online, has_registration) => {
                self::online(online, has_registration, locale).into()
            }
            Self::Status(status) => locale.status(status).name.into(),
            Self::Kind(kind) => locale.kind(kind).into(),
            Self::Price(price) => self::price(price, locale).into(),
            Self::Party(name, None, _) => (&**name).into(),
            Self::Party(name, Some(role), _) => name.with_remark(role).to_string().into(),
            Self::Email(address) => address.as_str().into(),
            Self::Image(image) => {
                image.alt.as_deref().map_or(locale.label(Field::Image).into(), Cow::from)
            }
            Self::Attachment(one) => attachment(one, locale).into(),
            Self::Change(change) => {
                let at = changes::instant(change.at, locale, zones);
                format!("{} ({at})", changes::summary(change, locale)).into()
            }
        }
    }

    /// Returns each entry of a list, or the one value.
    pub(crate) fn each(&self, locale: &Locale, zones: &Zones) -> Vec<String> {
        match self {
            Self::Lines(lines) => lines.iter().map(ToString::to_string).collect(),
            one => vec![one.text(locale, zones).into_owned()],
        }
    }

    /// Returns the target of its link; `address` gives the address of a picture or attachment.
    pub(crate) fn target(&self, address: &dyn Fn(&FileSource) -> String) -> Option<Target> {
        match self {
            Self::Link(_, url) | Self::Party(_, _, Some(url)) => Some(Target::Web(url.to_string())),
            // Only a link that its author calls public is ever published.
            Self::Online(online, _) => online.public_url().map(|url| Target::Web(url.to_string())),
            Self::Email(_) => Some(Target::Email),
            Self::Image(Image { source, .. }) | Self::Attachment(Attachment { source, .. }) => {
                Some(Target::Web(address(source)))
            }
            _ => None,
        }
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> Cow<'a, str> {
    words.collect::<Vec<_>>().join(", ").into()
}

/// Returns an override: "1. Januar 2019: ABGESAGT (Feiertag)", "8. Januar 2019: Mittwoch, 9. Januar 2019, …, Rathaus".
fn changed_date(date: NaiveDate, change: &Override, locale: &Locale) -> String {
    let status = change.status.and_then(|status| remark(status, locale)).map(str::to_owned);
    let time = change.time.map(|time| dates::range(&time, locale));
    let place = change.location.as_ref().map(|location| titles::place(location, locale));
    let title = change.title.as_ref().map(ToString::to_string);
    let parts: Vec<String> = [status, time, place, title].into_iter().flatten().collect();
    let reason = change.reason.as_ref().map(|reason| format!(" ({reason})"));
    format!("{}: {}{}", dates::date(date, locale), parts.join(", "), reason.unwrap_or_default())
}

/// Returns the name of a status if it changes the reader's plans.
pub(crate) fn remark(status: EventStatus, locale: &Locale) -> Option<&'static str> {
    status.changes_plans().then(|| locale.status(status).name)
}

/// Returns an online part, and how to get its link: "Zoom. Den Zugangslink erhalten Sie nach der Anmeldung."
fn online(online: &OnlineLocation, has_registration: bool, locale: &Locale) -> String {
    let texts = &locale.event;
    let how = if has_registration { texts.link_after_registration } else { texts.link_on_request };
    match (online.public_url(), &online.label) {
        (Some(_), _) => titles::online_label(online, locale),
        (None, Some(label)) => format!("{label}. {how}"),
        (None, None) => how.to_owned(),
    }
}

/// Returns a price: "kostenfrei", "49,90 EUR".
fn price(price: &Price, locale: &Locale) -> String {
    match price {
        Price::Free => locale.event.free.to_owned(),
        Price::Unknown => locale.event.charged.to_owned(),
        Price::Amount { currency, .. } => {
            let amount = price.decimal().unwrap_or_default().replace('.', locale.decimal_mark);
            format!("{amount} {currency}")
        }
    }
}

/// Returns an attachment: "Programm (PDF, 240 kB)".
fn attachment(attachment: &Attachment, locale: &Locale) -> String {
    match attachment.source.own() {
        Some(file) => format!("{} ({})", attachment.label, kind_and_size(file, locale)),
        None => attachment.label.to_string(),
    }
}

/// Returns type and size of a file: "PDF, 240 kB", "PDF, 1,2 MB".
fn kind_and_size(file: &File, locale: &Locale) -> String {
    // Decimal units, rounded up: nobody downloads more than was said.
    let bytes = file.bytes.len();
    let size = if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1_000))
    } else {
        let tenths = bytes.div_ceil(100_000);
        format!("{}{}{} MB", tenths / 10, locale.decimal_mark, tenths % 10)
    };
    format!("{}, {size}", file.name.file_type().name())
}
