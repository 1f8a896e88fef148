//! The frame around the content of every page: head, header and footer.

use crate::model::{Image, Link};
use crate::render::context::Context;
use crate::render::formats::FORMATS;
use crate::render::media_type::essence;
use crate::render::variant::EventVariant;
use crate::route::{Format, Route, Variant};
use crate::text::locale::Locale;

/// The properties of the site that every page shows.
pub(crate) struct Around<'a> {
    pub title: &'a str,
    pub home: String,
    pub style: String,
    pub publisher: &'a str,
    pub footer: &'a [Link],
    pub locale: &'static Locale,
}

/// The frame of one page.
pub(crate) struct Frame<'a> {
    pub language: &'a str,
    pub title: String,
    pub description: Option<&'a str>,
    pub canonical: Option<String>,
    pub site: Around<'a>,
    /// The page in the other language variant, if there is one.
    pub other: Option<Other>,
    pub alternates: Vec<Alternate>,
    /// The picture of the page, for programs that show shared links (Open Graph).
    pub image: Option<Picture<'a>>,
    /// Whether the page has a gap for JSON-LD.
    pub has_json_ld: bool,
}

/// The page in the other language variant, and the URLs of `hreflang`.
pub(crate) struct Other {
    /// The absolute URL of this page.
    pub this: String,
    pub language: String,
    /// Its URL as a path.
    pub url: String,
    pub absolute: String,
    /// The absolute URL for readers of any other language (`x-default`).
    pub default: String,
}

/// A link with its text.
pub(crate) struct Anchor {
    pub label: String,
    pub url: String,
}

/// A link in the head of a page to the same content in another format.
pub(crate) struct Alternate {
    pub media_type: &'static str,
    pub title: String,
    pub url: String,
}

/// The picture of an event.
pub(crate) struct Picture<'a> {
    pub url: String,
    pub alt: &'a str,
    /// Its width and height in pixels.
    pub size: Option<(usize, usize)>,
    /// Its path, if it is a file of this site. Only then the page shows it.
    // The content security policy of pages has `img-src 'self'`.
    pub path: Option<String>,
}

impl<'a> Picture<'a> {
    pub(crate) fn of(event: &'a EventVariant, context: &Context) -> Option<Self> {
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
    /// Returns a link for each format that the heads of pages name; `url` returns their URLs.
    pub(crate) fn all(
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
    /// Returns the page at this route in the other language variant; `language` is that of the original.
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

    /// Returns the frame of a page with this title, in this language.
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
