//! `site.toml`: the site's id, title, publisher and footer.

use crate::model::{Organizer, Site, SiteId};
use crate::source::diagnostic::{Diagnostic, Problem};
use crate::source::format::{SiteDefinition, schema_of, toml_file};
use crate::source::tree::{SourceFile, missing};
use crate::zone::Zones;

use super::checker::Checker;
use super::registry::Registry;
use super::translation;

/// Reads the site; `None` if a part of it is missing or wrong.
pub(crate) fn load(
    root: &str,
    file: Option<&SourceFile>,
    registry: &Registry,
    zones: &Zones,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Site> {
    let Some(file) = file else {
        let file = missing(root, "site.toml");
        let problem = Problem::MissingFile { example: "title = \"…\"" };
        diagnostics.push(Diagnostic::new(&file, None, problem));
        return None;
    };
    let parsed = toml_file::<SiteDefinition>(file, &schema_of::<SiteDefinition>(), diagnostics)?;
    let checker = Checker::new(file, &parsed.rejected, zones);
    let site = validate(&checker, &parsed.definition, registry);
    diagnostics.extend(checker.into_diagnostics());
    site
}

fn validate(checker: &Checker<'_>, site: &SiteDefinition, registry: &Registry) -> Option<Site> {
    let SiteDefinition { id, title, publisher, footer, translation } = site;
    if id.is_none() {
        let example = "no id by hand: `aushang serve` adds one, once; then keep it for ever";
        checker.missing(&checker.head, "id", example);
    }
    if publisher.is_none() {
        let example = "`publisher = { name = \"…\" }`, or a key of organizers.toml";
        checker.missing(&checker.head, "publisher", example);
    }
    let id = checker.valid("id", "a UUID", id, SiteId::new);
    let title = checker.required_line(&checker.head, "title", "`title = \"…\"`", title);
    let footer = checker.links(footer);
    let publisher = registry.organizer(checker, publisher);
    let translation = translation::of_texts(checker, translation);
    let (id, title) = (id?, title?);
    // Without its publisher, and without one that was good, a site is published under its own name.
    let own = || Organizer { name: title.clone(), url: None, email: None, phone: None }.into();
    let publisher = publisher.unwrap_or_else(own);
    Some(Site { id, title, publisher, translation, footer })
}
