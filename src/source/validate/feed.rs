//! `feed.toml`: what a feed says about itself, and what its events share.

use std::sync::Arc;

use chrono::Months;
use chrono_tz::Tz;
use schemars::Schema;

use crate::model::{
    Color, Contact, EventKind, Feed, Language, Organizer, Place, Retirement, SeriesForm, Slug,
    Visibility,
};
use crate::source::diagnostic::{Diagnostic, Problem};
use crate::source::format::{DefaultsDefinition, FeedDefinition, Text, toml_file};
use crate::source::tree::{FeedFolder, missing};

use super::checker::Checker;
use super::event::{self, Surroundings, Written};
use super::registry::Registry;
use super::{moment, selection, series, session, translation, zone};

/// What the events of a folder share, unless they say otherwise.
pub struct Defaults {
    pub language: Language,
    pub zone: Tz,
    pub organizer: Option<Arc<Organizer>>,
    pub contact: Option<Contact>,
    pub place: Option<Place>,
    pub kind: EventKind,
    pub visibility: Written,
    pub busy: bool,
    pub session_entries: bool,
    pub series: SeriesForm,
    /// Claims that `feed.toml` could be read.
    pub are_known: bool,
}

/// A folder's feed, and the defaults of its events.
pub fn load(
    root: &str,
    folder: &FeedFolder,
    schema: &Schema,
    surroundings: &Surroundings<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Feed>, Defaults) {
    let Some(file) = &folder.feed else {
        let file = missing(root, &format!("{}/feed.toml", folder.slug));
        let problem = Problem::MissingFile { example: "title = \"…\"" };
        diagnostics.push(Diagnostic::new(&file, None, problem));
        return (None, Defaults::unknown());
    };
    let Some(parsed) = toml_file::<FeedDefinition>(file, schema, diagnostics) else {
        return (None, Defaults::unknown());
    };
    let checker = Checker::new(file, &parsed.rejected, surroundings.zones);
    let defaults = Defaults::validate(&checker, &parsed.definition.defaults, surroundings);
    let definition = &parsed.definition;
    let feed = validate(&checker, definition, &folder.slug, &defaults, surroundings.registry);
    diagnostics.extend(checker.into_diagnostics());
    (feed, defaults)
}

fn validate(
    checker: &Checker<'_>,
    definition: &FeedDefinition,
    slug: &Slug,
    defaults: &Defaults,
    registry: &Registry,
) -> Option<Feed> {
    let Defaults { language, zone, .. } = defaults;
    let FeedDefinition { title, description, color, license, select, .. } = definition;
    let title = checker.required_line(&checker.head, "title", "`title = \"…\"`", title);
    let description = checker.line("description", description);
    let color = self::color(checker, color);
    let license = checker.url(license);
    let (slug, language) = (slug.clone(), language.clone());
    let retirement = retirement(checker, definition, &slug, *zone);
    let former_slugs = definition.former_slugs.iter();
    Some(Feed {
        select: select.as_ref().map(|select| selection::validate(checker, select, registry)),
        former_slugs: former_slugs.filter_map(|one| checker.slug("former_slugs", one)).collect(),
        retirement,
        translation: translation::of_texts(checker, &definition.translation),
        title: title?,
        slug,
        description,
        color,
        license,
        language,
    })
}

/// How long a feed that has ended says so.
const NOTICE: Months = Months::new(6);

/// `retired` and `successor`
fn retirement(
    checker: &Checker<'_>,
    definition: &FeedDefinition,
    slug: &Slug,
    zone: Tz,
) -> Option<Retirement> {
    let successor = definition.successor.as_ref();
    let Some(retired) = &definition.retired else {
        if let Some(successor) = successor {
            checker
                .report(&successor.span, Problem::Needs { key: "successor", other: "`retired`" });
        }
        return None;
    };
    let day = moment::date(checker, "retired", retired)?;
    if slug.as_str() == Slug::ALL {
        let (value, expected) = (day.to_string(), "no date: the feed of everything always exists");
        let problem = Problem::InvalidValue { key: "retired", value, expected };
        checker.report(&retired.span, problem);
        return None;
    }
    let successor = successor.and_then(|text| checker.slug("successor", text));
    let begins = |day| checker.zones.day_begins(day, zone);
    let (begins, ends) = (begins(day), begins(day.checked_add_months(NOTICE)?));
    Some(Retirement { day, begins, ends, successor })
}

/// RFC 7986 §5.9: a CSS3 colour name.
fn color(checker: &Checker<'_>, text: &Text) -> Option<Color> {
    let expected = "a CSS colour name such as `steelblue`";
    checker.valid("color", expected, text, |name| {
        let name = name.to_ascii_lowercase();
        let rgb = *csscolorparser::NAMED_COLORS.get(name.as_str())?;
        Some(Color { name, rgb })
    })
}

impl Defaults {
    fn unknown() -> Self {
        Self {
            language: Language::german(),
            zone: zone::DEFAULT_ZONE,
            organizer: None,
            contact: None,
            place: None,
            kind: EventKind::default(),
            visibility: Written::For(Visibility::default()),
            busy: false,
            session_entries: false,
            series: SeriesForm::Rule,
            are_known: false,
        }
    }

    fn validate(
        checker: &Checker<'_>,
        defaults: &DefaultsDefinition,
        surroundings: &Surroundings<'_>,
    ) -> Self {
        let registry = surroundings.registry;
        if let (Some(room), None) = (&defaults.room, &defaults.venue) {
            checker.report(&room.span, Problem::Needs { key: "room", other: "`venue`" });
        }
        let venue = defaults.venue.as_ref();
        Self {
            language: checker.language(&defaults.language).unwrap_or_else(Language::german),
            zone: zone::zone(checker, &defaults.timezone).unwrap_or(zone::DEFAULT_ZONE),
            organizer: registry.organizer(checker, &defaults.organizer),
            contact: registry.contact(checker, &defaults.contact),
            place: venue.and_then(|venue| registry.place(checker, venue, &defaults.room)),
            kind: event::kind(checker, &defaults.kind).unwrap_or_default(),
            visibility: event::visibility(checker, &defaults.visibility)
                .unwrap_or(Written::For(Visibility::default())),
            busy: defaults.busy.as_ref().is_some_and(|busy| busy.value),
            session_entries: session::are_entries(checker, &defaults.sessions).unwrap_or(false),
            series: series::form(checker, &defaults.series).unwrap_or(SeriesForm::Rule),
            are_known: true,
        }
    }
}
