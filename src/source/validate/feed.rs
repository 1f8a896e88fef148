//! `feed.toml`: what a feed says about itself.

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
