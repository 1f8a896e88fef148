//! `aushang history`: what the record has of one event.

use super::Error;
use super::build::zones;
use super::store::load;
use crate::config::Config;
use crate::record::EventRecord;
use crate::render;

/// Returns a line for each revision of the event that has this slug, or once had it.
///
/// # Errors
/// [`Error::Record`]; [`Error::UnknownEvent`] if no event was ever published under this slug.
pub(crate) fn history(config: &Config, slug: &str) -> Result<Vec<String>, Error> {
    let zones = zones();
    let record = load(config, &zones)?.map(|stored| stored.record).unwrap_or_default();
    let former = || record.iter().find(|event| event.was_called(slug));
    let Some(event) = record.with_slug(slug).or_else(former) else {
        let slugs: Vec<&str> = record.iter().map(EventRecord::slug).collect();
        return Err(Error::unknown_event(slug, &slugs));
    };
    let mut lines = vec![
        event.slug().to_owned(),
        format!("  title  {}", event.title()),
        format!("  uid    {}", event.uid()),
    ];
    let revisions = render::history(event.revisions(), event.language(), &zones);
    lines.extend(revisions.iter().map(|line| format!("  {line}")));
    lines.extend(event.withdrawn().map(|at| format!("  withdrawn {at}")));
    Ok(lines)
}
