//! Writes the definitions of a made-up town into a folder, to try the program on many events:
//! `cargo run --example corpus -- FOLDER [EVENTS]`, 2,000 events if no number is given.

mod town;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// How many events are written if no number is given.
const EVENTS: u64 = 2_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map(PathBuf::from).ok_or("usage: corpus FOLDER [EVENTS]")?;
    let events = match arguments.next() {
        Some(number) => number.to_string_lossy().parse()?,
        None => EVENTS,
    };
    for (path, text) in town::files(events) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        fs::write(path, text)?;
    }
    println!("{}: {events} events", folder.display());
    Ok(())
}
