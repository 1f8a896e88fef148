//! The catalogue of the feeds as data sets, in the terms of DCAT-AP.de.

use serde::Serialize;

use super::urls::{self, Suffix, Urls};
use crate::model::{Feed, Organizer};
use crate::schedule::{Agenda, FeedAgenda};
use crate::text::dates::machine_instant;

const CONTEXT: Context = Context {
    dcat: "http://www.w3.org/ns/dcat#",
    dct: "http://purl.org/dc/terms/",
    foaf: "http://xmlns.com/foaf/0.1/",
    xsd: "http://www.w3.org/2001/XMLSchema#",
};

/// The forms of a feed, with their media types as IANA names them and the EU's file types.
const FORMS: [(Suffix, &str, &str); 6] = [
    (Suffix::Ics, "text/calendar", "ICS"),
    (Suffix::Rss, "application/rss+xml", "RSS"),
    (Suffix::Atom, "application/atom+xml", "ATOM"),
    (Suffix::Json, "application/feed+json", "JSON"),
    (Suffix::JsonLd, "application/ld+json", "JSON_LD"),
    (Suffix::Csv, "text/csv", "CSV"),
];

#[derive(Serialize)]
struct Context {
    dcat: &'static str,
    dct: &'static str,
    foaf: &'static str,
    xsd: &'static str,
}

#[derive(Serialize)]
struct Catalog {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "dct:title")]
    title: String,
    #[serde(rename = "dct:description")]
    description: String,
    #[serde(rename = "dct:publisher")]
    publisher: Agent,
    #[serde(rename = "foaf:homepage")]
    homepage: Reference,
    #[serde(rename = "dcat:dataset")]
    datasets: Vec<Dataset>,
}

#[derive(Serialize)]
struct Agent {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "foaf:name")]
    name: String,
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
struct Typed {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "@value")]
    value: String,
}

#[derive(Serialize)]
struct Dataset {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "dct:identifier")]
    identifier: String,
    #[serde(rename = "dct:title")]
    title: String,
    #[serde(rename = "dct:description")]
    description: String,
    #[serde(rename = "dct:modified")]
    modified: Typed,
    #[serde(rename = "dct:publisher")]
    publisher: Agent,
    #[serde(rename = "dcat:landingPage")]
    page: Reference,
    #[serde(rename = "dcat:theme")]
    theme: Reference,
    #[serde(rename = "dcat:distribution")]
    distributions: Vec<Distribution>,
}

#[derive(Serialize)]
struct Distribution {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "dcat:accessURL")]
    access: Reference,
    #[serde(rename = "dcat:downloadURL")]
    download: Reference,
    #[serde(rename = "dcat:mediaType")]
    media_type: Reference,
    #[serde(rename = "dct:format")]
    format: Reference,
    #[serde(rename = "dct:license", skip_serializing_if = "Option::is_none")]
    license: Option<Reference>,
}

/// `/catalog.jsonld`
pub fn document(agenda: &Agenda, urls: &Urls) -> String {
    let site = &agenda.site;
    let catalog = Catalog {
        context: CONTEXT,
        r#type: "dcat:Catalog",
        id: urls.absolute(urls::CATALOG),
        title: site.title.to_string(),
        description: site.title.to_string(),
        publisher: Agent::of(&site.publisher),
        homepage: Reference { id: urls.absolute(&urls::home(site.edition)) },
        datasets: agenda
            .feeds
            .iter()
            .filter(|feed| !feed.is_retired)
            .map(|feed| Dataset::of(feed, agenda, urls))
            .collect(),
    };
    serde_json::to_string(&catalog).expect("structs of texts and lists always serialise")
}

impl Agent {
    fn of(organizer: &Organizer) -> Self {
        Self { r#type: "foaf:Agent", name: organizer.name.to_string() }
    }
}

impl Dataset {
    fn of(agenda: &FeedAgenda, site: &Agenda, urls: &Urls) -> Self {
        let Feed { slug, title, description, license, edition, .. } = &agenda.feed;
        let page = urls.absolute(&urls::feed(slug, *edition));
        let distribution = |(suffix, media_type, format): (Suffix, &str, &str)| {
            let address = urls.absolute(&urls::feed_as(slug, *edition, suffix));
            Distribution {
                r#type: "dcat:Distribution",
                id: format!("{address}#distribution"),
                access: Reference { id: address.clone() },
                download: Reference { id: address },
                media_type: Reference {
                    id: format!("https://www.iana.org/assignments/media-types/{media_type}"),
                },
                format: Reference {
                    id: format!(
                        "http://publications.europa.eu/resource/authority/file-type/{format}"
                    ),
                },
                license: license.as_ref().map(|license| Reference { id: license.to_string() }),
            }
        };
        Self {
            r#type: "dcat:Dataset",
            id: format!("{page}#dataset"),
            identifier: site.site.id.feed_id(slug.as_str(), *edition),
            title: title.to_string(),
            description: description.as_ref().unwrap_or(title).to_string(),
            modified: Typed { r#type: "xsd:dateTime", value: machine_instant(agenda.modified) },
            publisher: Agent::of(&site.site.publisher),
            page: Reference { id: page },
            theme: Reference {
                id: "http://publications.europa.eu/resource/authority/data-theme/EDUC".to_owned(),
            },
            distributions: FORMS.into_iter().map(distribution).collect(),
        }
    }
}
