//! `aushang export`

use std::fs;
use std::io::{IsTerminal, stderr};
use std::path::{Component, Path};

use chrono::{DateTime, Utc};

use crate::app;
use crate::config::Config;
use crate::error::Error;
use crate::render::MediaType;
use crate::source::report;

/// The names of all files that an export wrote, so that the next one knows what to remove.
const LIST: &str = ".aushang-export";
const INDEX: &str = "index.html";

pub fn execute(config: &Config, now: DateTime<Utc>, dir: &Path) -> Result<(), Error> {
    if !config.is_base_url_given {
        return Err(Error::Config {
            key: "base_url".to_owned(),
            reason: "an exported site needs its public address: add --base-url https://…"
                .to_owned(),
        });
    }
    let site = app::build(config, now)?;
    eprint!("{}", report(&site.warnings, stderr().is_terminal()));
    let earlier = fs::read_to_string(dir.join(LIST)).unwrap_or_default();
    let mut names = Vec::new();
    for (path, resource) in site.snapshot.iter() {
        let name = file_name(&path, resource.media_type());
        write(&dir.join(&name), &resource.content().to_vec())?;
        names.push(name);
    }
    remove_earlier(dir, &earlier, &names)?;
    write(&dir.join(LIST), (names.join("\n") + "\n").as_bytes())?;
    println!("{}: {} files for {}", dir.display(), names.len(), config.base_url);
    Ok(())
}

/// Removes what an earlier export wrote and this one did not: a deleted event must not stay public.
fn remove_earlier(dir: &Path, earlier: &str, names: &[String]) -> Result<(), Error> {
    for name in earlier.lines().filter(|name| !names.iter().any(|one| one == name)) {
        let is_inside =
            Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        let path = dir.join(name);
        if is_inside && path.is_file() {
            fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
        }
    }
    Ok(())
}

/// A page is `index.html` in a folder of its path, so that its address has no suffix.
fn file_name(path: &str, media_type: MediaType) -> String {
    let path = path.trim_matches('/');
    match (media_type, path) {
        (MediaType::Html, "") => INDEX.to_owned(),
        (MediaType::Html, path) => format!("{path}/{INDEX}"),
        (_, path) => path.to_owned(),
    }
}

fn write(path: &Path, body: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, body).map_err(failed)
}
