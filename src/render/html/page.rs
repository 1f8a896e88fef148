//! What each page shows.

use askama::Template;
use chrono::{DateTime, Utc};

use super::dates::Dates;
use super::frame::{Alternate, Anchor, Context, Frame};
use super::listing::Listing;
use super::{Content, PAGE, fill, fill_around};
use crate::model::{Event, Image, Language, Recurrence, Slug};
use crate::render::body::{Body, Piece};
use crate::render::retirement::Notice;
use crate::render::telling::Telling;
use crate::render::urls::{self, Suffix, Urls};
use crate::schedule::{Agenda, Entry, FeedAgenda};
use crate::text::locale::{ErrorPage as Error, Locale};
use crate::text::{dates, titles};

#[derive(Template)]
#[template(path = "card.html", config = "src/render/html/askama.toml")]
struct Card<'a> {
    title: String,
    /// An event that was deleted has no page.
    url: Option<String>,
    /// A machine's form of the first day.
    date: String,
    time: &'a str,
    /// Of a series, its next date in words.
    next: Option<Labelled>,
    place: &'a str,
    summary: &'a str,
    /// Where it is another than that of the page around it.
    language: Option<&'a str>,
}

/// The picture of an event.
pub struct Picture<'a> {
    pub url: String,
    pub alt: &'a str,
    /// Its width and its height.
    pub size: Option<(usize, usize)>,
    /// Its path where it is a file of this site: only then it is shown.
    pub path: Option<String>,
}

impl<'a> Picture<'a> {
    fn of(event: &'a Event, context: &Context<'_>) -> Option<Self> {
        let Image { source, alt } = event.image.as_ref()?;
        Some(Self {
            url: context.urls.source(event, source),
            alt: alt.as_deref().unwrap_or_default(),
            size: source.own().and_then(|file| file.size),
            path: source.own().map(|file| context.path(&urls::file(event, &file.name))),
        })
    }
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
    description: Option<&'a str>,
    url: String,
    ics: String,
    rss: String,
    atom: String,
    json: String,
    csv: String,
    data: String,
    changes: String,
}

#[derive(Template)]
#[template(path = "feed.html", config = "src/render/html/askama.toml")]
struct FeedPage<'a> {
    page: Frame<'a>,
    feed: FeedCard<'a>,
    /// That it has ended, or will.
    end: Option<End>,
    /// Claims that it has.
    is_retired: bool,
    has_upcoming: bool,
    has_past: bool,
}

struct End {
    sentence: String,
    goes_on_in: &'static str,
    successor: Option<Anchor>,
}

impl End {
    fn of(feed: &FeedAgenda, agenda: &Agenda, urls: &Urls) -> Option<Self> {
        let notice = Notice::announced(feed, agenda)?;
        let locale = Locale::of(&feed.feed.language);
        let sentence = if feed.is_retired { locale.feed.ended_on } else { locale.feed.ends_on };
        let day = dates::date(notice.retirement.day, locale);
        let successor = notice.successor(None, urls);
        Some(Self {
            sentence: sentence.replace("{}", &day),
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
    content: Content<'a>,
    /// A machine's form of start and end.
    start: &'a str,
    end: &'a Option<String>,
    dates: Option<Dates>,
    ics: String,
    /// The series that a date belongs to.
    series: Option<Anchor>,
    /// What it is part of: an event, and its feed.
    wholes: Vec<Anchor>,
}

#[derive(Template)]
#[template(path = "error.html", config = "src/render/html/askama.toml")]
struct ErrorPage<'a> {
    page: Frame<'a>,
    heading: &'static str,
    sentence: &'static str,
}

impl Context<'_> {
    fn feed_card<'f>(&self, feed: &'f FeedAgenda) -> FeedCard<'f> {
        let feed_as = |suffix| self.urls.absolute(&urls::part_as(&feed.feed, suffix));
        FeedCard {
            title: &feed.feed.title,
            description: feed.feed.description.as_deref(),
            url: self.path(&urls::part(&feed.feed)),
            ics: feed_as(Suffix::Ics),
            rss: feed_as(Suffix::Rss),
            atom: feed_as(Suffix::Atom),
            json: feed_as(Suffix::Json),
            csv: feed_as(Suffix::Csv),
            data: feed_as(Suffix::JsonLd),
            changes: self.path(&urls::changes(&feed.feed)),
        }
    }
}

/// Octets of a usual item of a list.
const CARD: usize = 1024;

/// An event as an item of a list, the same in every list.
pub fn card(entry: &Entry, telling: &Telling, now: DateTime<Utc>, context: &Context<'_>) -> Piece {
    let event = &entry.published.event;
    let locale = Locale::of(&event.language);
    let current = entry.current(now);
    let is_coming = event.series().is_some() && current.passes() > now;
    let card = Card {
        title: titles::announced_title(event),
        url: entry.is_page().then(|| context.path(&urls::event(event))),
        date: current.first_date().to_string(),
        time: telling.time(),
        next: is_coming.then(|| Labelled {
            label: locale.event.next_date,
            value: dates::range(&current, locale),
        }),
        place: telling.place(),
        summary: &telling.summary,
        language: Some(event.language.as_str())
            .filter(|language| *language != context.locale().language),
    };
    fill(&card, CARD).into()
}

fn alternates(feed: &FeedAgenda, card: &FeedCard<'_>) -> Vec<Alternate> {
    let title = feed.feed.title.to_string();
    let alternate =
        |media_type, url: &str| Alternate { media_type, title: title.clone(), url: url.to_owned() };
    vec![
        alternate("text/calendar", &card.ics),
        alternate("application/rss+xml", &card.rss),
        alternate("application/atom+xml", &card.atom),
        alternate("application/feed+json", &card.json),
        alternate("application/ld+json", &card.data),
    ]
}

/// `/`; `listing` is that of the feed of everything.
pub fn overview(agenda: &Agenda, listing: Option<&Listing>, context: &Context<'_>) -> Body {
    let mut page = context.frame(agenda.site.title.to_string(), context.locale().language);
    let home = urls::home(agenda.site.edition);
    page.canonical = Some(context.urls.absolute(&home));
    page.other = (!context.translated.is_empty()).then(|| context.other(&home, "de"));
    let open: Vec<&FeedAgenda> = agenda.feeds.iter().filter(|feed| !feed.is_retired).collect();
    let feeds: Vec<FeedCard<'_>> = open.iter().map(|feed| context.feed_card(feed)).collect();
    if let Some((feed, card)) =
        open.iter().zip(&feeds).find(|(feed, _)| feed.feed.slug == Slug::all())
    {
        page.alternates = alternates(feed, card);
        page.has_json_ld = true;
    }
    let (has_upcoming, has_past) = listing.map_or((false, false), Listing::has);
    let filled = OverviewPage { page, has_upcoming, has_past, feeds };
    fill_around(&filled, listing.map(Listing::gaps).unwrap_or_default())
}

/// `/feeds/<feed>`
pub fn feed_page(
    agenda: &Agenda,
    feed: &FeedAgenda,
    listing: &Listing,
    context: &Context<'_>,
) -> Body {
    let card = context.feed_card(feed);
    let mut page = context.frame(feed.feed.title.to_string(), feed.feed.language.as_str());
    page.description = card.description;
    let path = urls::part(&feed.feed);
    page.canonical = Some(context.urls.absolute(&path));
    let is_translated = context.translated.contains(&feed.feed.slug);
    let original = feed.feed.translated_from.as_ref().map_or("", Language::as_str);
    page.other = is_translated.then(|| context.other(&path, original));
    page.alternates = alternates(feed, &card);
    page.has_json_ld = true;
    let (has_upcoming, has_past) = listing.has();
    let end = End::of(feed, agenda, context.urls);
    let is_retired = feed.is_retired;
    let filled = FeedPage { page, feed: card, end, is_retired, has_upcoming, has_past };
    fill_around(&filled, listing.gaps())
}

/// `/events/<slug>`; `json_ld` is the event's own document.
pub fn event_page(
    entry: &Entry,
    telling: &Telling,
    agenda: &Agenda,
    json_ld: Body,
    context: &Context<'_>,
) -> Body {
    let dates = Dates::of(entry, agenda.now, context);
    page(telling, dates, agenda, json_ld, context)
}

/// `/events/<slug>/<date>`: `telling` is of this date of a series.
pub fn date_page(telling: &Telling, agenda: &Agenda, json_ld: Body, context: &Context<'_>) -> Body {
    page(telling, None, agenda, json_ld, context)
}

fn page(
    telling: &Telling,
    list: Option<Dates>,
    agenda: &Agenda,
    json_ld: Body,
    context: &Context<'_>,
) -> Body {
    let event = &telling.published.event;
    let heading = titles::announced_title(event);
    let ics = context.urls.absolute(&urls::event_as(event, Suffix::Ics));
    let is_date = matches!(event.recurrence, Recurrence::Date(_));
    let title =
        if is_date { format!("{heading}, {}", titles::short_time(event)) } else { heading.clone() };
    let mut page = context.frame(title, event.language.as_str());
    page.description = Some(&*telling.summary).filter(|summary| !summary.is_empty());
    let path = urls::event(event);
    page.canonical = Some(context.urls.absolute(&path));
    let original = event.origin.as_ref().map_or("", |origin| origin.language.as_str());
    page.other = event.translation.is_some().then(|| context.other(&path, original));
    page.alternates = vec![Alternate {
        media_type: "text/calendar",
        title: event.title.to_string(),
        url: ics.clone(),
    }];
    page.image = Picture::of(event, context);
    page.has_json_ld = true;
    let wholes = wholes(event, agenda, context);
    let series = is_date.then(|| Anchor {
        label: Locale::of(&event.language).event.all_dates.to_owned(),
        url: context.path(&urls::series(event)),
    });
    let content = Content::of(telling);
    let (start, end) = &telling.machine_time;
    let dates = list;
    let page = EventPage { page, heading, content, start, end, dates, ics, series, wholes };
    fill_around(&page, vec![json_ld, telling.html.clone().into()])
}

/// What an event is part of: another event, and its feed.
fn wholes(event: &Event, agenda: &Agenda, context: &Context<'_>) -> Vec<Anchor> {
    let whole = agenda.whole(event).map(|whole| Anchor {
        label: whole.title.to_string(),
        url: context.path(&urls::event(whole)),
    });
    let feed = agenda.feeds.iter().find(|feed| feed.feed.slug == event.feed);
    let feed = feed.map(|FeedAgenda { feed, .. }| Anchor {
        label: feed.title.to_string(),
        url: context.path(&urls::feed(&feed.slug, feed.edition)),
    });
    whole.into_iter().chain(feed).collect()
}

/// The page for an address where nothing is, or a method that it does not take.
pub fn error_page(error: &'static Error, context: &Context<'_>) -> String {
    let Error { heading, sentence } = error;
    let page = context.frame((*heading).to_owned(), context.locale().language);
    fill(&ErrorPage { page, heading, sentence }, PAGE)
}
