//! What surrounds an event in its folder and in the site.

use crate::model::{SiteId, Slug};
use crate::source::tree::Asset;
use crate::zone::Zones;

use super::registry::Registry;

/// What an event is written in.
pub struct Surroundings<'a> {
    pub site_id: SiteId,
    pub registry: &'a Registry,
    pub zones: &'a Zones,
    pub feed: &'a Slug,
    pub assets: &'a [Asset],
}
