//! Folders of many events for benchmarks.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// The event of the shipped feeds, on which all others are modelled.
const HANNOVER: &str =
    include_str!("../feeds/veranstaltungen/2018-12-10-bildungsmonitoring-weiterentwickeln.md");

/// Writes `count` events below `root`, each on another date, with texts of at most so many characters.
pub(crate) fn write(root: &Path, count: usize, characters: usize) {
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
    file("veranstaltungen/feed.toml", "title = \"Veranstaltungen\"\n");
    for number in 0..count {
        file(&path(number), &event(number, characters));
    }
}

/// Returns the path of an event below the root.
pub(crate) fn path(number: usize) -> String {
    format!("veranstaltungen/workshop-{number}.md")
}

/// Returns the text of an event's file.
pub(crate) fn event(number: usize, characters: usize) -> String {
    let (head, text) = HANNOVER.rsplit_once("+++").expect("it has front matter");
    let date = format!("{}-{:02}-{:02}", 2019 + number % 5, number % 12 + 1, number % 28 + 1);
    // The weekday would be wrong on another date, and one room for all would make thousands of warnings.
    let is_own = |line: &&str| !line.starts_with("weekday") && !line.starts_with("room");
    let head: Vec<&str> = head.lines().filter(is_own).collect();
    let head = head.join("\n").replace("2018-12-10", &date);
    let head = head.replace("title = \"", &format!("title = \"{number}: "));
    let text: String = text.chars().take(characters).collect();
    format!("{head}\n+++{text}\n")
}
