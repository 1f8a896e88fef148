//! `aushang export`

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::app;
use crate::config::Config;
use crate::error::Error;
use crate::render::MediaType;

pub fn execute(config: &Config, now: DateTime<Utc>, dir: &Path) -> Result<(), Error> {
    if !config.is_base_url_given {
        return Err(Error::Config {
            key: "base_url".to_owned(),
            reason: "an exported site needs its public address: add --base-url https://…"
                .to_owned(),
        });
    }
    let site = app::build(config, now)?;
    let mut count = 0;
    for (path, resource) in site.snapshot.iter() {
        write(&file_path(dir, path, resource.media_type), &resource.body)?;
        count += 1;
    }
    println!("{}: {count} files for {}", dir.display(), config.base_url);
    Ok(())
}

/// A page is `index.html` in a folder of its path, so that its address has no suffix.
fn file_path(dir: &Path, path: &str, media_type: MediaType) -> PathBuf {
    let file = dir.join(path.trim_start_matches('/'));
    if media_type == MediaType::Html { file.join("index.html") } else { file }
}

fn write(path: &Path, body: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, body).map_err(failed)
}
