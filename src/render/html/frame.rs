//! What all pages share: the frame around what they tell.

use std::collections::BTreeSet;

use super::page::Picture;
use crate::model::{Edition, Link, Site, Slug};
use crate::render::Shared;
use crate::render::urls::{self, Urls};
use crate::schedule::Agenda;
use crate::text::locale::Locale;
use crate::zone::Zones;

/// What all pages share.
pub struct Context<'a> {
    pub site: &'a Site,
    pub urls: &'a Urls,
    pub zones: &'a Zones,
    /// The feeds that are told in English, too; where there are none, nothing is.
    pub translated: &'a BTreeSet<Slug>,
    /// What every page says of the site.
    around: Around<'a>,
}

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
    pub site: &'a Around<'a>,
    /// The same page in another language.
    pub other: Option<Other>,
    pub alternates: Vec<Alternate>,
    /// For whoever shares the page (Open Graph).
    pub image: Option<Picture<'a>>,
    /// Claims that it has a gap for data.
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

impl<'a> Context<'a> {
    pub fn of(agenda: &'a Agenda, shared: &'a Shared) -> Self {
        let Shared { urls, style, translated } = shared;
        let site = &agenda.site;
        let path = |path: &str| format!("{}{path}", urls.prefix());
        let around = Around {
            title: &site.title,
            home: path(&urls::home(site.edition)),
            style: path(style),
            publisher: &site.publisher.name,
            footer: &site.footer,
            locale: Locale::of(&site.edition.language()),
        };
        Self { site, urls, zones: &agenda.zones, translated, around }
    }

    /// The page at this path, in the other edition than that of the site, where the original is in
    /// `language`.
    pub fn other(&self, this: &str, language: &str) -> Other {
        let (_, original) = urls::parse_edition(this);
        let english = urls::in_edition(original, Edition::English);
        let (language, path) = match self.site.edition {
            Edition::Original => ("en", english.as_str()),
            Edition::English => (language, original),
        };
        Other {
            this: self.urls.absolute(this),
            language: language.to_owned(),
            url: self.path(path),
            absolute: self.urls.absolute(path),
            default: self.urls.absolute(original),
        }
    }

    /// The words around what authors write.
    pub fn locale(&self) -> &'static Locale {
        self.around.locale
    }

    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.urls.prefix())
    }

    pub fn frame<'f>(&'f self, title: String, language: &'f str) -> Frame<'f> {
        Frame {
            language,
            title,
            description: None,
            canonical: None,
            site: &self.around,
            other: None,
            alternates: Vec::new(),
            image: None,
            has_json_ld: false,
        }
    }
}
