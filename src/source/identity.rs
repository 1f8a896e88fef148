//! The site's id: written once by the program, and never changed after that.
//!
//! Every version-5 UUID that is published lies in its namespace, so that no two installations share one. An id that
//! is made anew would turn every event into another one at every subscriber.

use std::path::Path;

use toml::de::DeTable;
use uuid::Uuid;

use super::LoadError;
use super::diagnostic::{Diagnostic, Problem};
use super::tree::{Folder, MAX_FILE_LEN, SETTLING, Tree};
use crate::files;

const SITE: &str = "site.toml";

/// Returns whether these mistakes are such that a new id is all that `site.toml` lacks.
pub(crate) fn lacks_id_alone(diagnostics: &[Diagnostic]) -> bool {
    let errors = diagnostics.iter().filter(|one| one.is_error());
    let mut of_site = errors.filter(|one| one.path().ends_with(SITE)).peekable();
    of_site.peek().is_some()
        && of_site.all(|one| matches!(one.problem, Problem::MissingKey { key: "id", .. }))
}

/// Writes `id` into `site.toml` if that file is there, is TOML and has no id, and returns whether it did. Any other
/// mistake is left to [`load`](super::load).
///
/// # Errors
/// [`LoadError::Unwritable`] if the file needs an id and cannot be locked or written.
pub(crate) fn ensure_site_id(root: &Path, id: Uuid) -> Result<bool, LoadError> {
    let path = root.join(SITE);
    let (folder, mut bytes) = (Folder::new(root), Vec::new());
    // As in a reload, a link that leads out of the folder is not followed.
    let read = folder.read(SITE, MAX_FILE_LEN, &mut bytes);
    // Half of a file may be good TOML without the line of its id.
    let is_settled = folder.age(SITE).is_some_and(|age| age >= SETTLING);
    let is_whole = read.is_ok() && bytes.len() <= MAX_FILE_LEN && is_settled;
    let Some(text) = String::from_utf8(bytes).ok().filter(|_| is_whole) else { return Ok(false) };
    let is_without_id =
        DeTable::parse(&text).is_ok_and(|table| !table.get_ref().contains_key("id"));
    if is_without_id {
        // A key of the file itself has to stand above all tables. Behind this new first line, a byte order mark would
        // be a stray character.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let text = format!("id = \"{id}\"\n{text}");
        let written =
            files::lock_folder(root).and_then(|_lock| files::write(&path, text.as_bytes()));
        written.map_err(|error| LoadError::Unwritable { path, error })?;
    }
    Ok(is_without_id)
}
