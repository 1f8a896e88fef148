//! The site and the folder around an event, for its checks.

use crate::model::{SiteId, Slug};
use crate::source::tree::Asset;
use crate::zone::Zones;

use super::registry::Registry;

/// The parts of the site and the folder that the checks of an event need.
pub(crate) struct Surroundings<'a> {
    pub site_id: SiteId,
    pub registry: &'a Registry,
    pub zones: &'a Zones,
    pub feed: &'a Slug,
    pub assets: &'a [Asset],
}
