//! What can be published of a folder: its definitions beside its record, with everything that is held back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};

use super::Error;
use super::last_good::{HeldSince, LastGoodFile};
use super::matched::{Matched, match_events};
use super::removals::{self, Doubt, Missing, Removals};
use super::status::SiteStatus;
use crate::config::Config;
use crate::model::Slug;
use crate::record::Record;
use crate::record::store::Stored;
use crate::source::{Folder, Loaded, Loader, SourceFiles, SourcePath};
use crate::zone::Zones;

/// Definitions and record of one moment.
pub(super) struct Found {
    pub loaded: Loaded,
    pub matched: Matched,
    pub missing: Missing,
    pub removals: Removals,
}

/// Definitions and record as a command finds them that runs once.
pub(super) struct Gathered {
    pub found: Found,
    pub status: SiteStatus,
    pub last_good: LastGoodFile,
}

/// Loads the files; `decide` says which of the missing events were deleted, and whether that is in doubt.
///
/// # Errors
/// [`Error::Load`] if nothing is good.
pub(super) fn find(
    loader: &mut Loader,
    files: &Arc<SourceFiles>,
    record: &Record,
    since: &HeldSince,
    zones: &Arc<Zones>,
    decide: impl FnOnce(&Missing, &Doubt) -> Removals,
) -> Result<Found, Error> {
    let (places, good) = (OnceLock::new(), loader.good().clone());
    let is_published = |place: &str| published_places(record, &places).contains(place);
    let mut load = |restored: &BTreeSet<String>| -> Result<(Loaded, Matched), Error> {
        let loaded = loader.load(files, restored, &is_published)?;
        let matched =
            match_events(record.clone(), loaded.definitions.clone(), &loaded.held_events(), zones);
        Ok((loaded, matched))
    };
    let usurped = usurped(record, files, since);
    let (mut loaded, mut matched) = load(&usurped.values().cloned().collect())?;
    let missing = Missing::of(&matched, &loaded, files, &usurped);
    let mut removals = decide(&missing, &Doubt::of(&loaded, files, &good));
    let waiting = missing.waiting(&removals.removed);
    // Whoever claimed the name of such an event takes its place now.
    removals.removed.retain(|uid| !usurped.contains_key(uid));
    if !waiting.is_empty() {
        (loaded, matched) = load(&waiting)?;
    }
    Ok(Found { loaded, matched, missing, removals })
}

/// Loads the folder for a command that runs once. A file that is perhaps half written is waited for.
///
/// # Errors
/// [`Error::Load`] if nothing is good.
pub(super) fn gather(
    config: &Config,
    zones: &Arc<Zones>,
    stored: Option<&Stored>,
    now: DateTime<Utc>,
    decide: impl FnOnce(&Missing, &Doubt) -> Removals,
) -> Result<Gathered, Error> {
    let last_good = LastGoodFile::open(config);
    let mut loader = Loader::new(last_good.kept().clone(), Arc::clone(zones));
    let folder = Folder::new(&config.feeds);
    let files = Arc::new(loader.read_whole(&folder, std::thread::sleep)?);
    let record = stored.map(|stored| stored.record.clone()).unwrap_or_default();
    let found = find(&mut loader, &files, &record, last_good.since(), zones, decide)?;
    let status = status(&found, last_good.since(), now);
    Ok(Gathered { found, status, last_good })
}

/// Returns uid and place of the published events whose files are gone, while another file claims their name that was
/// held back for it: nobody takes over an event whose file is away for a moment. `since` says what was held back.
fn usurped(record: &Record, files: &SourceFiles, since: &HeldSince) -> BTreeMap<String, String> {
    let claimed: BTreeSet<&str> = since
        .keys()
        .filter(|place| files.written(place).is_some())
        .filter_map(|place| place.split_once('/')?.1.strip_suffix(".md"))
        .collect();
    if claimed.is_empty() {
        return BTreeMap::new();
    }
    let events = record.iter().filter(|event| event.is_present() && claimed.contains(event.slug()));
    let places = events.filter_map(|event| Some((event.uid().to_owned(), removals::place(event)?)));
    let is_gone =
        |place: &String| files.written(place).is_none() && !files.unsettled.contains_key(place);
    places.filter(|(_, place)| is_gone(place)).collect()
}

/// Returns what is held back; `since` are the instants at which that began.
pub(super) fn status(found: &Found, since: &HeldSince, now: DateTime<Utc>) -> SiteStatus {
    let places = OnceLock::new();
    let record = &found.matched.record;
    let is_published = |place: &str| published_places(record, &places).contains(place);
    SiteStatus::of(&found.loaded, &found.missing, is_published, since, now)
}

/// Returns the places of the definitions of all published events.
fn published_places<'a>(
    record: &Record,
    places: &'a OnceLock<BTreeSet<String>>,
) -> &'a BTreeSet<String> {
    places.get_or_init(|| {
        let present = record.iter().filter(|event| event.is_present());
        let slugs =
            present.filter_map(|event| Some((Slug::new(event.feed())?, Slug::new(event.slug())?)));
        slugs.map(|(feed, slug)| SourcePath::Event(&feed, &slug).to_string()).collect()
    })
}
