//! `aushang history`

use crate::app;
use crate::config::Config;
use crate::error::Error;
use crate::record::EventRecord;
use crate::render::history;
use crate::source::diagnostic::nearest;

pub fn execute(config: &Config, slug: &str) -> Result<(), Error> {
    let record = app::record_at(config)?.unwrap_or_default();
    let former = || record.iter().find(|event| event.was_called(slug));
    let Some(event) = record.with_slug(slug).or_else(former) else {
        let slugs: Vec<&str> = record.iter().map(EventRecord::slug).collect();
        let nearest = nearest(slug, &slugs).map(str::to_owned);
        return Err(Error::UnknownEvent { slug: slug.to_owned(), nearest });
    };
    println!("{}\n  title  {}\n  uid    {}", event.slug(), event.title(), event.uid());
    for line in history(&event.revisions(), &event.language()) {
        println!("  {line}");
    }
    if let Some(at) = event.withdrawn() {
        println!("  withdrawn {at}");
    }
    Ok(())
}
