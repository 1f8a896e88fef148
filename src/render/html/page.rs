//! The pages: overview, feeds, events, errors; and the items of their lists.

use askama::Template;

use super::dates::Dates;
use super::frame::{Alternate, Anchor, Frame, Picture};
use super::listing::Listing;
use super::{ContentTemplate, USUAL_PAGE_LEN, direction_in, fill, fill_around};
use crate::model::{Language, Recurrence, Slug};
use crate::render::body::{Body, SharedBytes};
use crate::render::context::Context;
use crate::render::event_text::EventText;
use crate::render::formats::{FORMATS, Software, row};
use crate::render::retirement::Notice;
use crate::render::variant::{EventVariant, FeedVariant};
use crate::route::{Format, Route};
use crate::schedule::Entry;
use crate::text::locale::{ErrorPage as Error, Locale};
use crate::text::{dates, titles};

#[derive(Template)]
#[template(path = "card.html", config = "src/render/html/askama.toml")]
struct Card<'a> {
    title: String,
    /// Its page; `None` for an event that was deleted.
    url: Option<String>,
    /// The first day, for machines.
    date: String,
    time: &'a str,
    /// The next date of a series.
    next: Option<Labelled>,
    place: &'a str,
    summary: &'a str,
    /// Its language, if it is not that of the page around it.
    language: Option<&'a str>,
}

struct Labelled {
    label: &'static str,
    value: String,
}

#[derive(Template)]
#[template(path = "overview.html", config = "src/render/html/askama.toml")]
struct OverviewPage<'a> {
    page: Frame<'a>,
    has_upcoming: bool,
    has_past: bool,
    feeds: Vec<FeedCard<'a>>,
}

struct FeedCard<'a> {
    title: &'a str,
    language: &'a str,
    description: Option<&'a str>,
    url: String,
    /// The URL of its calendar.
    calendar: String,
    /// The formats that the overview links to.
    on_overview: Vec<Anchor>,
    /// All formats but the calendar, by the software that reads them.
    others: Vec<Group>,
    changes: String,
}

/// The formats of a feed for one kind of software.
struct Group {
    label: &'static str,
    formats: Vec<Anchor>,
}

#[derive(Template)]
#[template(path = "feed.html", config = "src/render/html/askama.toml")]
struct FeedPage<'a> {
    page: Frame<'a>,
    feed: FeedCard<'a>,
    /// The notice that it has ended or will end.
    end: Option<End>,
    /// Whether it has ended.
    is_retired: bool,
    has_upcoming: bool,
    has_past: bool,
}

struct End {
    message: String,
    goes_on_in: &'static str,
    successor: Option<Anchor>,
}

impl End {
    fn of(part: &FeedVariant, context: &Context) -> Option<Self> {
        let notice = Notice::announced(part, context)?;
        let locale = Locale::of(&part.feed.language);
        let message = if part.is_retired { locale.feed.ended_on } else { locale.feed.ends_on };
        let day = dates::date(notice.retirement.day, locale);
        let successor = notice.successor(None, &context.urls);
        Some(Self {
            message: message.replace("{}", &day),
            goes_on_in: locale.feed.goes_on_in,
            successor: successor.map(|(label, url)| Anchor { label, url }),
        })
    }
}

#[derive(Template)]
#[template(path = "event.html", config = "src/render/html/askama.toml")]
struct EventPage<'a> {
    page: Frame<'a>,
    heading: String,
    content: ContentTemplate<'a>,
    /// The direction of the author's text, if it is not that of the page.
    text_direction: Option<&'static str>,
    /// The start and the end, for machines.
    start: &'a str,
    end: &'a Option<String>,
    dates: Option<Dates>,
    ics: String,
    /// The series that a date belongs to.
    series: Option<Anchor>,
    /// Its parent event, if it has one, and its feed.
    parents: Vec<Anchor>,
}

#[derive(Template)]
#[template(path = "error.html", config = "src/render/html/askama.toml")]
struct ErrorTemplate<'a> {
    page: Frame<'a>,
    heading: &'static str,
    message: &'static str,
}

impl<'a> FeedCard<'a> {
    fn of(part: &'a FeedVariant, context: &Context) -> Self {
        let url = |format| part.url(Some(format), &context.urls);
        let anchor =
            |format: Format, label: &str| Anchor { label: label.to_owned(), url: url(format) };
        let on_overview = FORMATS.iter().filter(|row| row.on_overview).map(|row| {
            let is_calendar = row.readers == Software::Calendars;
            anchor(row.format, if is_calendar { context.locale.pages.calendar } else { row.name })
        });
        let groups = [
            (Software::FeedReaders, context.locale.pages.for_readers),
            (Software::Office, context.locale.pages.as_table),
            (Software::Programs, context.locale.pages.for_programs),
        ];
        let group = |(readers, label)| {
            let rows = FORMATS.iter().filter(|row| row.readers == readers);
            Group { label, formats: rows.map(|row| anchor(row.format, row.name)).collect() }
        };
        Self {
            title: &part.feed.title,
            language: part.feed.language.as_str(),
            description: part.feed.description.as_deref(),
            url: context.urls.path(&part.route(None)) + &part.query,
            calendar: url(Format::Ics),
            on_overview: on_overview.collect(),
            others: groups.map(group).into(),
            changes: context.urls.path(&part.changes(None)),
        }
    }
}

/// The number of bytes of a usual item of a list.
const USUAL_CARD_LEN: usize = 1024;

/// Renders an event as an item of lists.
// All lists share its bytes. The lists of pages are in the language of the site, also on the page of a feed in another.
pub(crate) fn card(entry: &Entry, text: &EventText, context: &Context) -> String {
    let (event, now) = (text.event(), context.schedule.now);
    let locale = Locale::of(&event.language);
    let current = entry.current(now);
    let is_coming = event.series().is_some() && current.passes() > now;
    let card = Card {
        title: titles::announced_title(event),
        url: entry.has_own_page().then(|| context.urls.path(&text.of.route())),
        date: current.first_date().to_string(),
        time: text.time(),
        next: is_coming.then(|| Labelled {
            label: locale.event.next_date,
            value: dates::range(&current, locale),
        }),
        place: text.place(),
        summary: &text.summary,
        language: Some(event.language.as_str())
            .filter(|language| *language != context.locale.language),
    };
    fill(&card, USUAL_CARD_LEN)
}

fn alternates(part: &FeedVariant, context: &Context) -> Vec<Alternate> {
    Alternate::all(&part.feed.title, |_| true, |format| part.url(Some(format), &context.urls))
}

/// Renders `/`; `listing` has the lists of the feed of everything.
pub(crate) fn overview(listing: Option<&Listing>, context: &Context) -> Body {
    let mut page = context.frame(context.site.title.to_string(), context.locale.language);
    let home = Route::Home(context.variant);
    page.canonical = Some(context.urls.absolute(&home));
    page.other = (!context.translated.is_empty()).then(|| context.other(&home, "", "de"));
    let open = || context.feeds.iter().filter(|part| !part.is_retired);
    let feeds: Vec<FeedCard<'_>> = open().map(|part| FeedCard::of(part, context)).collect();
    if let Some(all) = open().find(|part| part.feed.slug == Slug::all()) {
        page.alternates = alternates(all, context);
        page.has_json_ld = true;
    }
    let (has_upcoming, has_past) = listing.map_or((false, false), Listing::has);
    let filled = OverviewPage { page, has_upcoming, has_past, feeds };
    fill_around(&filled, &listing.map(Listing::gaps).unwrap_or_default())
}

/// Renders `/feeds/<feed>`.
pub(crate) fn feed_page(part: &FeedVariant, listing: &Listing, context: &Context) -> Body {
    let feed = &part.feed;
    let card = FeedCard::of(part, context);
    let mut page = context.frame(feed.title.to_string(), feed.language.as_str());
    page.description = card.description;
    page.canonical = Some(part.url(None, &context.urls));
    let is_translated = context.translated.contains(&feed.slug);
    let original = part.original.as_ref().map_or("", Language::as_str);
    page.other = is_translated.then(|| context.other(&part.route(None), &part.query, original));
    page.alternates = alternates(part, context);
    page.has_json_ld = true;
    let (has_upcoming, has_past) = listing.has();
    let (end, is_retired) = (End::of(part, context), part.is_retired);
    let filled = FeedPage { page, feed: card, end, is_retired, has_upcoming, has_past };
    fill_around(&filled, &listing.gaps())
}

/// Renders `/events/<slug>`, or `/events/<slug>/<date>` for one date of a series; `json_ld` is its document in JSON-LD.
pub(crate) fn event_page(
    entry: Option<&Entry>,
    text: &EventText,
    json_ld: &SharedBytes,
    context: &Context,
) -> Body {
    let event = text.event();
    let heading = titles::announced_title(event);
    let route = text.of.route();
    let ics = context.urls.absolute(&route.clone().in_format(Format::Ics));
    let is_date = matches!(event.recurrence, Recurrence::Occurrence(_));
    let title =
        if is_date { format!("{heading}, {}", titles::short_time(event)) } else { heading.clone() };
    let mut page = context.frame(title, event.language.as_str());
    page.description = Some(&*text.summary).filter(|summary| !summary.is_empty());
    page.canonical = Some(context.urls.absolute(&route));
    let original = text.of.original.as_ref().map_or("", Language::as_str);
    page.other = event.translation.is_some().then(|| context.other(&route, "", original));
    // The head does not link to JSON-LD, since the page itself contains it.
    page.alternates = Alternate::all(
        &event.title,
        |format| row(format).readers == Software::Calendars,
        |_| ics.clone(),
    );
    page.image = Picture::of(&text.of, context);
    page.has_json_ld = true;
    let series = is_date.then(|| Anchor {
        label: Locale::of(&event.language).event.all_dates.to_owned(),
        url: context.urls.path(&text.of.series_route()),
    });
    let (start, end) = &text.machine_time;
    let page = EventPage {
        page,
        heading,
        content: ContentTemplate::of(text),
        text_direction: text_direction(&text.of),
        start,
        end,
        dates: entry.and_then(|entry| Dates::of(entry, &text.of, context)),
        ics,
        series,
        parents: parents(text, context),
    };
    fill_around(&page, &[&json_ld.into(), &text.html.clone().into()])
}

/// Returns the direction of the author's text, if it is not that of the other fields.
fn text_direction(of: &EventVariant) -> Option<&'static str> {
    let own = of.language_of_text.as_ref()?;
    direction_in(own.as_str(), of.event().language.as_str())
}

/// Returns the links to an event's parent event, if it has one, and to its feed.
fn parents(text: &EventText, context: &Context) -> Vec<Anchor> {
    let parents = context
        .parents(text.event())
        .into_iter()
        .map(|(title, page)| Anchor { label: title.to_string(), url: context.urls.path(&page) });
    parents.collect()
}

/// Renders the page of an error response: 404, 410 or 405.
pub(crate) fn error_page(error: &'static Error, context: &Context) -> String {
    let Error { heading, message } = error;
    let page = context.frame((*heading).to_owned(), context.locale.language);
    fill(&ErrorTemplate { page, heading, message }, USUAL_PAGE_LEN)
}
