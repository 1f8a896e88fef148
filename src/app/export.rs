//! `aushang export`: every public document as a file, for any web server.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{BuiltSite, Error};
use crate::files;
use crate::render::MediaType;
use crate::snapshot::Resource;

/// The list of all files that an export wrote: the next one removes what is no longer published.
const LIST: &str = ".aushang-export";
/// The largest list that is read, in bytes: ten million names need less.
const MAX_LIST_LEN: usize = 1024 * 1024 * 1024;
const INDEX: &str = "index.html";

/// Writes the documents of a site into the folder `dir`, and returns how many files there are now.
/// Files that hold their document already are not touched; files of an earlier export without a
/// document are removed.
///
/// # Errors
/// [`Error::Write`]
pub(crate) fn export(site: &BuiltSite, dir: &Path) -> Result<usize, Error> {
    let list = dir.join(LIST);
    let failed = |error| Error::Write { path: list.clone(), error };
    let _lock = files::lock_folder(dir).map_err(failed)?;
    let before = files::read_text(&list, MAX_LIST_LEN).ok().flatten().unwrap_or_default();
    let documents: Vec<_> = site.snapshot.iter().collect();
    let name = |(path, one): &(String, Arc<Resource>)| file_name(path, one.media_type());
    let names: Vec<String> = documents.iter().map(name).collect();
    let present: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    files::update(&documents, |one| {
        (dir.join(name(one)), one.1.content().segments().cloned().collect())
    })
    .map_err(|(path, error)| Error::Write { path, error })?;
    remove(dir, before.lines().filter(|name| !present.contains(name)))
        .map_err(|(path, error)| Error::Write { path, error })?;
    // Written last: after a kill, the earlier list still names the files that have to go.
    files::write(&list, (names.join("\n") + "\n").as_bytes()).map_err(failed)?;
    Ok(names.len())
}

/// Removes files that an earlier export wrote, and the folders that become empty.
fn remove<'a>(
    dir: &Path,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), (PathBuf, io::Error)> {
    // A deleted or withdrawn event must not stay public.
    let mut folders = BTreeSet::new();
    for name in names.map(Path::new) {
        // Somebody may have edited the list: a name must not lead out of the folder.
        if name.components().all(|part| matches!(part, Component::Normal(_))) {
            let path = dir.join(name);
            match files::remove(&path) {
                // A folder of this name is not from an export.
                Err(error) if error.kind() != ErrorKind::IsADirectory => return Err((path, error)),
                _ => {}
            }
            folders.extend(name.ancestors().skip(1).filter(|one| !one.as_os_str().is_empty()));
        }
    }
    // In reverse order, each folder comes before its parent.
    for folder in folders.into_iter().rev() {
        files::remove_if_empty(&dir.join(folder));
    }
    Ok(())
}

/// Returns the file name of a document.
fn file_name(path: &str, media_type: MediaType) -> String {
    let path = path.trim_matches('/');
    match (media_type, path) {
        (MediaType::Html, "") => INDEX.to_owned(),
        // Web servers answer `/a/` with `/a/index.html`, so the address of a page has no suffix.
        (MediaType::Html, path) => format!("{path}/{INDEX}"),
        (_, path) => path.to_owned(),
    }
}
