//! `feed.toml`: a feed's texts, its selection, its end, and the defaults of its events.

use chrono::Months;
use chrono_tz::Tz;
use schemars::Schema;

use crate::model::{Color, Feed, Retirement, Slug};
use crate::source::diagnostic::{Diagnostic, Problem};
use crate::source::format::{FeedDefinition, Text, toml_file};
use crate::source::tree::{FeedFolder, missing};

use super::checker::Checker;
use super::defaults::Defaults;
use super::registry::Registry;
use super::surroundings::Surroundings;
use super::{moment, selection, translation};

/// Reads a folder's feed and the defaults of its events. The defaults are there even if the feed is not: the mistakes
/// of its events are found in the same run.
pub(crate) fn load(
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

/// How long a retired feed holds one notice that names its successor; after that it is 410 (Gone).
const NOTICE: Months = Months::new(6);

/// Reads `retired` and `successor`.
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

/// Reads a colour: RFC 7986 §5.9 allows names of CSS3 only.
fn color(checker: &Checker<'_>, text: &Text) -> Option<Color> {
    let expected = "a CSS colour name such as `steelblue`";
    checker.valid("color", expected, text, |name| {
        // The case of a CSS name does not count.
        let name = name.to_ascii_lowercase();
        // X-APPLE-CALENDAR-COLOR needs the colour as `#RRGGBB`.
        let rgb = *csscolorparser::NAMED_COLORS.get(name.as_str())?;
        Some(Color { name, rgb })
    })
}
