//! The peak memory of 1,000 weekly series without end, each with a hundred dates that have pages. The goal: 250 MB.
//!
//! Before the documents of dates were made on request, 200 such series took 252 MB.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use aushang::app;
use aushang::config::{Config, Flags};

const SERIES: usize = 1_000;

fn main() {
    // `cargo test --benches` only starts it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    let flags = Flags { feeds: Some(folder.path().to_owned()), ..Flags::default() };
    let config = Config::load(&flags).expect("a configuration");
    let site = app::build(&config, "2018-11-01T12:00:00Z".parse().expect("a time"));
    let site = site.unwrap_or_else(|error| panic!("{error}"));
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let routes = site.snapshot.routes().count();
    println!("{SERIES} weekly series without end: {}", peak.unwrap_or("unknown").trim());
    println!("{routes} documents are held, {} can be requested", site.snapshot.iter().count());
}

fn write(root: &Path) {
    let file = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        // A file that was written just now is perhaps half of one.
        let file = fs::File::options().write(true).open(path).expect("a file");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("a time");
    };
    file("site.toml", include_str!("../feeds/site.toml"));
    file("venues.toml", include_str!("../feeds/venues.toml"));
    file("organizers.toml", include_str!("../feeds/organizers.toml"));
    file("reihen/feed.toml", "title = \"Reihen\"\n");
    let text = "Alle sind willkommen, auch ohne Anmeldung und auch zum ersten Mal. ".repeat(15);
    for number in 0..SERIES {
        let (day, hour) = (number % 7 + 1, number % 12 + 8);
        file(
            &format!("reihen/reihe-{number}.md"),
            &format!(
                "+++\ntitle = \"{number}: Sprechstunde\"\nstart = 2018-10-0{day}T{hour:02}:00:00\n\
                 duration = \"90min\"\nonline = {{ label = \"Video\" }}\n[repeat]\nevery = \"week\"\n+++\n{text}\n"
            ),
        );
    }
}
