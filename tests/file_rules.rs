//! Rules that hold for each file of the program alone. Each is shown a planted file that breaks it.

use crate::architecture::{File, sources};

/// Rooms that know no disk, clock or network.
const PURE: [&str; 8] =
    ["model", "zone", "route", "recurrence", "schedule", "text", "render", "snapshot"];

/// Words that name nothing, and marks of unfinished work.
#[rustfmt::skip]
const FORBIDDEN: [&str; 12] = [
    "Manager", "Helper", "Util", "Info<", "struct Data ", "todo!",
    "unimplemented!", "TODO", "FIXME", "// XXX", "#[ignore", "dbg!",
];

/// A rule for each file alone, and a file that breaks it.
struct Rule {
    name: &'static str,
    is_broken: fn(&File) -> bool,
    planted: (&'static str, &'static str),
}

fn has_any(file: &File, words: &[&str]) -> bool {
    words.iter().any(|word| file.text.contains(word))
}

fn uses(file: &File, room: &str, is_allowed: impl Fn(Option<&str>) -> bool) -> bool {
    let uses = file.uses();
    let mut of_room = uses.iter().filter(|path| path[0] == room);
    of_room.any(|path| !is_allowed(path.get(1).map(String::as_str)))
}

const RULES: [Rule; 7] = [
    Rule {
        name: "names say something, and nothing is unfinished",
        is_broken: |file| has_any(file, &FORBIDDEN),
        planted: ("model/a.rs", "// TODO: the rest"),
    },
    Rule {
        name: "pure rooms know no files, networks and clocks",
        is_broken: |file| {
            let words = ["std::fs", "std::env", "std::net", "Utc::now", "Instant::now", "println!"];
            PURE.contains(&file.room()) && has_any(file, &words)
        },
        planted: ("render/a.rs", "let now = Utc::now();"),
    },
    Rule {
        name: "one room opens files",
        is_broken: |file| file.room() != "files" && has_any(file, &["std::fs", " fs::"]),
        planted: ("app/a.rs", "use std::fs;"),
    },
    Rule {
        name: "one file prints, and escapes what a terminal would obey",
        is_broken: |file| {
            // `main` prints an error, which has escaped itself.
            let is_door = ["app/terminal.rs", "main.rs"].contains(&file.path.as_str());
            let prints = ["println!", "print!(", "stdout()", "stderr().lock", "dbg!"];
            !is_door && has_any(file, &prints)
        },
        planted: ("cli/a.rs", "println!(\"{name}\");"),
    },
    Rule {
        name: "one room resolves offsets",
        is_broken: |file| {
            let is_maker = file.room() == "zone" || file.path == "model/time.rs";
            let makes = ["::resolved(", "from_local_datetime", "offset_from_utc", "with_timezone("];
            !is_maker && (has_any(file, &makes) || has_any(file, &["DateTime<Tz>"]))
        },
        planted: ("text/a.rs", "let local = instant.with_timezone(&zone);"),
    },
    Rule {
        name: "the types of the file format stay inside of source",
        is_broken: |file| {
            file.room() != "source" && uses(file, "source", |of| of != Some("format"))
        },
        planted: ("app/a.rs", "use crate::source::format::EventDefinition;"),
    },
    Rule {
        name: "the command line knows of definitions only their mistakes",
        is_broken: |file| {
            file.room() == "cli" && uses(file, "source", |of| of == Some("diagnostic"))
        },
        planted: ("cli/a.rs", "use crate::source::{diagnostic::report, load};"),
    },
];

#[test]
fn every_file_keeps_the_rules_and_planted_faults_are_found() {
    let files = sources("src");
    for Rule { name, is_broken, planted: (path, text) } in RULES {
        let broken: Vec<&str> =
            files.iter().filter(|file| is_broken(file)).map(|file| file.path.as_str()).collect();
        assert_eq!(broken, Vec::<&str>::new(), "{name}");
        assert!(is_broken(&File::new(path, text)), "{name}: {text}");
        assert!(!is_broken(&File::new(path, "use crate::model::Event;")), "{name}");
    }
}
