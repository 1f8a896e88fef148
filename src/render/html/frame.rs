//! What all pages share: the frame around what they tell.

use std::collections::BTreeSet;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::chrome::{Chrome, chrome};
use super::page::Picture;
use crate::model::{Edition, Link, Site, Slug};
use crate::occurrence::Agenda;
use crate::render::Shared;
use crate::render::urls::{self, Urls};

/// What all pages share.
pub struct Context<'a> {
    pub site: &'a Site,
    pub urls: &'a Urls,
    /// The feeds that are told in English, too; where there are none, nothing is.
    pub translated: &'a BTreeSet<Slug>,
    /// What every page says of the site, for the templates.
    around: Value,
}

/// What every page says of the site.
#[derive(Serialize)]
struct Around {
    title: String,
    home: String,
    style: String,
    publisher: String,
    footer: Vec<Anchor>,
    chrome: &'static Chrome,
}

#[derive(Serialize)]
pub struct Frame {
    pub language: String,
    pub title: String,
    pub description: Option<String>,
    pub canonical: Option<String>,
    site: Value,
    /// The same page in another language.
    pub other: Option<Other>,
    pub alternates: Vec<Alternate>,
    /// For whoever shares the page (Open Graph).
    pub image: Option<Picture>,
    /// Claims that it has a gap for data.
    pub has_json_ld: bool,
}

#[derive(Serialize)]
pub struct Other {
    pub language: String,
    pub url: String,
    pub absolute: String,
    /// Where readers of any other language are best served.
    pub default: String,
}

#[derive(Serialize)]
pub struct Anchor {
    pub label: String,
    pub url: String,
}

#[derive(Serialize)]
pub struct Alternate {
    pub media_type: &'static str,
    pub title: String,
    pub url: String,
}

impl<'a> Context<'a> {
    pub fn of(agenda: &'a Agenda, shared: &'a Shared) -> Self {
        let Shared { urls, style, translated } = shared;
        let site = &agenda.site;
        let anchor =
            |Link { label, url }: &Link| Anchor { label: label.to_string(), url: url.to_string() };
        let path = |path: &str| format!("{}{path}", urls.prefix());
        let around = Around {
            title: site.title.to_string(),
            home: path(&urls::home(site.edition)),
            style: path(style),
            publisher: site.publisher.name.to_string(),
            footer: site.footer.iter().map(anchor).collect(),
            chrome: chrome(site.edition),
        };
        Self { site, urls, translated, around: Value::from(Serde(around)) }
    }

    /// The page at this path, in the other edition than that of the site, where the original is in
    /// `language`.
    pub fn other(&self, path: &str, language: &str) -> Other {
        let (_, original) = urls::parse_edition(path);
        let english = urls::in_edition(original, Edition::English);
        let (language, path) = match self.site.edition {
            Edition::Original => ("en", english.as_str()),
            Edition::English => (language, original),
        };
        Other {
            language: language.to_owned(),
            url: self.path(path),
            absolute: self.urls.absolute(path),
            default: self.urls.absolute(original),
        }
    }

    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.urls.prefix())
    }

    pub fn frame(&self, title: String, language: &str) -> Frame {
        Frame {
            language: language.to_owned(),
            title,
            description: None,
            canonical: None,
            site: self.around.clone(),
            other: None,
            alternates: Vec::new(),
            image: None,
            has_json_ld: false,
        }
    }
}
