//! What all pages share: the frame around their content.

use crate::model::{Image, Link};
use crate::render::context::Context;
use crate::render::formats::FORMATS;
use crate::render::media_type::essence;
use crate::render::variant::EventVariant;
use crate::route::{Format, Route, Variant};
use crate::text::locale::Locale;

/// What every page says of the site.
pub struct Around<'a> {
    pub title: &'a str,
    pub home: String,
    pub style: String,
    pub publisher: &'a str,
    pub footer: &'a [Link],
    pub locale: &'static Locale,
}

/// The frame of one page.
pub struct Frame<'a> {
    pub language: &'a str,
    pub title: String,
    pub description: Option<&'a str>,
    pub canonical: Option<String>,
    pub site: Around<'a>,
    /// The page in the other language.
    pub other: Option<Other>,
    pub alternates: Vec<Alternate>,
    /// For whoever shares the page (Open Graph).
    pub image: Option<Picture<'a>>,
    /// Returns whether it has a gap for data.
    pub has_json_ld: bool,
}

pub struct Other {
    /// The address of this page.
    pub this: String,
    pub language: String,
    pub url: String,
    pub absolute: String,
    /// Where readers of any other language are best served.
    pub default: String,
}

pub struct Anchor {
    pub label: String,
    pub url: String,
}

pub struct Alternate {
    pub media_type: &'static str,
    pub title: String,
    pub url: String,
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
    pub fn of(event: &'a EventVariant, context: &Context) -> Option<Self> {
        let Image { source, alt } = event.event().image.as_ref()?;
        Some(Self {
            url: context.urls.file(&event.event().slug, source),
            alt: alt.as_deref().unwrap_or_default(),
            size: source.own().and_then(|file| file.size),
            path: source.own().map(|file| context.urls.path(&event.file(&file.name))),
        })
    }
}

impl Alternate {
    /// Those in each format that the heads of pages name; `url` gives their addresses.
    pub fn all(
        title: &str,
        has: impl Fn(Format) -> bool,
        url: impl Fn(Format) -> String,
    ) -> Vec<Self> {
        let rows = FORMATS.iter().filter(|row| row.in_head && has(row.format));
        let alternates = rows.map(|row| Self {
            media_type: essence(row.content_type),
            title: title.to_owned(),
            url: url(row.format),
        });
        alternates.collect()
    }
}

impl Context {
    /// The page at this route, in the other variant than this one; the original is in `language`.
    pub(super) fn other(&self, this: &Route, query: &str, language: &str) -> Other {
        let original = this.clone().in_variant(Variant::Original);
        let (language, other) = match self.variant {
            Variant::Original => ("en", this.clone().in_variant(Variant::English)),
            Variant::English => (language, original.clone()),
        };
        let absolute = |route: &Route| self.urls.absolute(route) + query;
        Other {
            this: absolute(this),
            language: language.to_owned(),
            url: self.urls.path(&other) + query,
            absolute: absolute(&other),
            default: absolute(&original),
        }
    }

    pub(super) fn frame<'f>(&'f self, title: String, language: &'f str) -> Frame<'f> {
        Frame {
            language,
            title,
            description: None,
            canonical: None,
            site: Around {
                title: &self.site.title,
                home: self.urls.path(&Route::Home(self.variant)),
                style: self.urls.path(&self.style),
                publisher: &self.site.publisher.name,
                footer: &self.site.footer,
                locale: self.locale,
            },
            other: None,
            alternates: Vec::new(),
            image: None,
            has_json_ld: false,
        }
    }
}
