//! The definitions of a made-up German town, as many events as are asked for and the same each time.

mod event;
pub(crate) mod random;
mod words;

use std::collections::BTreeMap;

/// Returns every file of a town with so many events, by its path.
pub(crate) fn files(events: u64) -> BTreeMap<String, String> {
    let mut files = BTreeMap::from(FILES.map(|(path, text)| (path.to_owned(), text.to_owned())));
    for number in 0..events {
        let feed = ["kurse", "rathaus", "termine"][usize::try_from(number % 3).expect("small")];
        files.insert(format!("{feed}/ereignis-{number:04}.md"), event::text(number));
    }
    files
}

const FILES: [(&str, &str); 7] = [
    (
        "site.toml",
        "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispielstadt\"\npublisher = \"buero\"\n",
    ),
    (
        "venues.toml",
        "[rathaus]\nname = \"Neues Rathaus\"\nstreet = \"Am Platz 1\"\npostal_code = \"30159\"\ncity = \"Hannover\"\n\
         geo = [52.3672, 9.7375]\naccessibility = \"Stufenloser Eingang, Hörschleife\"\n[rathaus.rooms.saal]\nname = \"Großer Saal\"\n\
         [rathaus.rooms.keller]\nname = \"Keller; links\"\n[rathaus.rooms.hof]\nname = \"Hof & Garten\"\n\
         [schloss]\nname = \"Schloss\"\ncity = \"Köthen (Anhalt)\"\n",
    ),
    (
        "organizers.toml",
        "[buero]\nname = \"Büro für Beispiele & Muster\"\nurl = \"https://example.org/\"\nemail = \"buero@example.org\"\n",
    ),
    (
        "kurse/feed.toml",
        "title = \"Kurse & Übungen\"\ncolor = \"teal\"\n[defaults]\norganizer = \"buero\"\n",
    ),
    ("rathaus/feed.toml", "title = \"Aus dem Rathaus\"\ndescription = \"Alles; was ansteht\"\n"),
    ("termine/feed.toml", "title = \"Termine\"\n"),
    (
        "auswahl/feed.toml",
        "title = \"Vorträge in Hannover\"\n[select]\ncity = \"Hannover\"\nkind = [\"talk\", \"workshop\"]\nupcoming = true\n",
    ),
];
