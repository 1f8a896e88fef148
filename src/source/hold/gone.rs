//! What is gone from a file: tables that events still name, and the word that says whether events are public.

use std::collections::BTreeSet;

use toml::Table;
use xxhash_rust::xxh3::xxh3_128;

use crate::source::tree::SourceFile;

/// Returns the keys of all tables of a file.
pub(super) fn keys(text: &str) -> BTreeSet<String> {
    text.parse::<Table>()
        .map(|tables| tables.into_iter().map(|(key, _)| key).collect())
        .unwrap_or_default()
}

/// Returns whether a `feed.toml` is TOML, and no key of it says whether its events are public.
pub(super) fn feed_says_nothing(text: &str) -> bool {
    let Ok(tables) = text.parse::<Table>() else { return false };
    tables.get("defaults").and_then(|defaults| defaults.get("visibility")).is_none()
}

/// Returns a file with the tables of its last good text that have these keys; `None` if it is not TOML.
pub(super) fn completed(
    file: &SourceFile,
    good: &str,
    gone: &BTreeSet<String>,
) -> Option<SourceFile> {
    file.text.parse::<Table>().ok()?;
    let tables: Table =
        good.parse::<Table>().ok()?.into_iter().filter(|(key, _)| gone.contains(key)).collect();
    let text = format!("{}\n{}", file.text, toml::to_string(&tables).ok()?);
    let hash = xxh3_128(text.as_bytes());
    Some(SourceFile { text: text.into(), hash, ..file.clone() })
}
