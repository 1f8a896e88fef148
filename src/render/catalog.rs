//! The catalogue of the feeds as data sets, in the terms of DCAT-AP.de, so that open data portals can list them.
//!
//! Its structs are written by serde, field by field in the order of the document.

use serde::Serialize;

use super::context::Context as Shared;
use super::formats::{FORMATS, Row};
use super::media_type::essence;
use super::variant::FeedVariant;
use crate::model::{Feed, Organizer};
use crate::route::Route;
use crate::text::dates::machine_instant;

const CONTEXT: Context = Context {
    dcat: "http://www.w3.org/ns/dcat#",
    dct: "http://purl.org/dc/terms/",
    foaf: "http://xmlns.com/foaf/0.1/",
    xsd: "http://www.w3.org/2001/XMLSchema#",
};

/// The link relation from the documents of feeds to the catalogue.
pub(crate) const RELATION: &str = "describedby";

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
    homepage: NodeReference,
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
struct NodeReference {
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
    page: NodeReference,
    #[serde(rename = "dcat:theme")]
    theme: NodeReference,
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
    access: NodeReference,
    #[serde(rename = "dcat:downloadURL")]
    download: NodeReference,
    #[serde(rename = "dcat:mediaType")]
    media_type: NodeReference,
    #[serde(rename = "dct:format")]
    format: NodeReference,
    #[serde(rename = "dct:license", skip_serializing_if = "Option::is_none")]
    license: Option<NodeReference>,
}

/// Renders `/catalog.jsonld`.
pub(crate) fn document(shared: &Shared) -> String {
    let site = &shared.site;
    let open = shared.feeds.iter().filter(|part| !part.is_retired);
    let catalog = Catalog {
        context: CONTEXT,
        r#type: "dcat:Catalog",
        id: shared.urls.absolute(&Route::Catalogue),
        title: site.title.to_string(),
        // DCAT-AP demands a description, and a site has none of its own: nothing is invented.
        description: site.title.to_string(),
        publisher: Agent::of(&site.publisher),
        homepage: NodeReference { id: shared.urls.absolute(&Route::Home(shared.variant)) },
        datasets: open.map(|part| Dataset::of(part, shared)).collect(),
    };
    serde_json::to_string(&catalog).expect("structs of texts and lists always serialise")
}

impl Agent {
    fn of(organizer: &Organizer) -> Self {
        Self { r#type: "foaf:Agent", name: organizer.name.to_string() }
    }
}

impl Dataset {
    fn of(part: &FeedVariant, shared: &Shared) -> Self {
        let Feed { title, description, .. } = &part.feed;
        let (site, page) = (&shared.site, part.url(None, &shared.urls));
        Self {
            r#type: "dcat:Dataset",
            id: format!("{page}#dataset"),
            identifier: site.id.feed_id(part.variant.mark(), &part.name()),
            title: title.to_string(),
            // DCAT-AP demands a description of each data set, too.
            description: description.as_ref().unwrap_or(title).to_string(),
            modified: Typed { r#type: "xsd:dateTime", value: machine_instant(part.modified) },
            publisher: Agent::of(&site.publisher),
            page: NodeReference { id: page },
            theme: NodeReference {
                id: "http://publications.europa.eu/resource/authority/data-theme/EDUC".to_owned(),
            },
            distributions: FORMATS.iter().map(|row| Distribution::of(row, part, shared)).collect(),
        }
    }
}

impl Distribution {
    fn of(row: &Row, part: &FeedVariant, shared: &Shared) -> Self {
        // DCAT-AP takes media types from IANA's list and formats from the EU's own.
        const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";
        const FILE_TYPES: &str = "http://publications.europa.eu/resource/authority/file-type/";
        let address = part.url(Some(row.format), &shared.urls);
        let license = part.feed.license.as_ref();
        Self {
            r#type: "dcat:Distribution",
            id: format!("{address}#distribution"),
            access: NodeReference { id: address.clone() },
            download: NodeReference { id: address },
            media_type: NodeReference { id: [MEDIA_TYPES, essence(row.content_type)].concat() },
            format: NodeReference { id: [FILE_TYPES, row.file_type].concat() },
            license: license.map(|license| NodeReference { id: license.to_string() }),
        }
    }
}
