//! Files of nearly 256 KiB that are full of one thing: what a careless program, a wrong paste or a hostile
//! author may write.

/// A file of definitions with too much of something in it.
pub(crate) struct Oversized {
    /// What there is too much of.
    pub name: &'static str,
    /// The file's path below the folder of the definitions.
    pub path: &'static str,
    /// The file's text.
    pub text: String,
}

/// The length of the files: a little below the largest that is read.
const LEN: usize = 250 * 1024;

const EVENT: &str = "termine/a.md";
const FEED: &str = "termine/feed.toml";
const HEAD: &str = "+++\ntitle = \"Titel\"\nstart = 2018-12-10T10:15:00\nvenue = \"rathaus\"\n";
const WEEKLY: &str = "[repeat]\nevery = \"week\"\n";
const DAILY: &str = "[repeat]\nevery = \"day\"\n";

/// Returns one file of each kind. `share` is the part of [`LEN`] that it fills: a test compares a file with one of
/// half its length.
pub(crate) fn oversized(share: f64) -> Vec<Oversized> {
    let len = share_of(share);
    let mut files = keys(len);
    files.extend(lists(len));
    files.extend(series(len));
    files.extend(texts(len));
    files.extend(others(len));
    files
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length")]
#[expect(clippy::cast_precision_loss, reason = "a length")]
fn share_of(share: f64) -> usize {
    (LEN as f64 * share) as usize
}

/// Repeats what `piece` makes of each number until `len` bytes are full.
fn filled(len: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(len);
    for number in 0.. {
        let next = piece(number);
        if text.len() + next.len() > len {
            break;
        }
        text.push_str(&next);
    }
    text
}

fn event(name: &'static str, keys: &str) -> Oversized {
    Oversized { name, path: EVENT, text: format!("{HEAD}{keys}\n+++\nText.\n") }
}

fn event_with_text(name: &'static str, keys: &str, text: &str) -> Oversized {
    Oversized { name, path: EVENT, text: format!("{HEAD}{keys}\n+++\n{text}\n") }
}

/// A date of the number: each day from 2018-12-10 on, in TOML.
fn day(number: usize) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2018, 12, 10).expect("a date");
    let day = first + chrono::Days::new(u64::try_from(number).expect("a small number"));
    day.to_string()
}

fn keys(len: usize) -> Vec<Oversized> {
    let long = "k".repeat(len / 3);
    let many = |piece: &dyn Fn(usize) -> String| filled(len, piece);
    vec![
        event("duplicate keys", &many(&|_| "doors = 1\n".to_owned())),
        event("syntax errors", &many(&|_| "=\n".to_owned())),
        event("syntax errors in one line", &many(&|_| "= ".to_owned())),
        event("broken values", &many(&|at| format!("k{at} = x\n"))),
        event("unknown keys", &many(&|at| format!("titel{at} = 1\n"))),
        event(
            "unknown keys in a table",
            &format!("[online]\n{}", many(&|at| format!("titel{at} = 1\n"))),
        ),
        event("unknown tables", &many(&|at| format!("[t{at}]\n"))),
        event("one long unknown key", &format!("{long} = 1\n")),
        event("tables of one name", &many(&|_| "[online]\n".to_owned())),
        event("wrong types in tables", &many(&|_| "[[links]]\nlabel=1\n".to_owned())),
        event("nested lists", &format!("tags = {}", "[".repeat(len))),
        event("nested tables", &format!("online = {}", many(&|_| "{a=".to_owned()))),
        event("nested keys", &format!("{}a = 1", many(&|_| "a.".to_owned()))),
        event("nested headers", &format!("[{}a]\n", many(&|_| "a.".to_owned()))),
        event("a long title", &format!("subtitle = \"{}\"", "x".repeat(len))),
        event("a long wrong word", &format!("kind = \"{}\"", "x".repeat(len))),
        event("a long venue", &format!("room = \"{}\"", "x".repeat(len))),
        event("a long open text", &format!("subtitle = \"{}", "x".repeat(len))),
        event("escapes", &format!("subtitle = \"{}\"", many(&|_| "\\u0007".to_owned()))),
        event("comments", &many(&|_| "#\n".to_owned())),
        event("empty lines", &"\n".repeat(len)),
        event("bytes of no meaning", &many(&|_| "\u{2067}".to_owned())),
        Oversized {
            name: "marks of front matter",
            path: EVENT,
            text: many(&|_| "+++\n".to_owned()),
        },
        Oversized { name: "no front matter", path: EVENT, text: many(&|_| "++\n".to_owned()) },
    ]
}

fn lists(len: usize) -> Vec<Oversized> {
    let list = |key: &str, item: &dyn Fn(usize) -> String| {
        format!("{key} = [{}]", filled(len, |at| format!("{},", item(at))))
    };
    let tables = |table: &str, keys: &str| filled(len, |_| format!("[[{table}]]\n{keys}"));
    let session = "title = \"Teil\"\nstart = 10:15:00\nroom = \"saal\"\n";
    vec![
        event("tags of a wrong type", &list("tags", &|_| "1".to_owned())),
        event("tags", &list("tags", &|at| format!("\"t{at}\""))),
        event("blank tags", &list("tags", &|_| "\"\"".to_owned())),
        event(
            "attachments that are not there",
            &list("attachments", &|at| format!("\"a{at}.pdf\"")),
        ),
        event("attachments of a wrong type", &list("attachments", &|_| "1".to_owned())),
        event("attachments without a file", &tables("attachments", "")),
        event("empty sessions", &tables("sessions", "")),
        event("sessions", &tables("sessions", session)),
        event("sessions with an unknown key", &tables("sessions", "titel = 1\n")),
        event("sessions with an unknown room", &tables("sessions", "room = \"sall\"\n")),
        event("sessions of one id", &tables("sessions", "id = \"a\"\n")),
        event(
            "speakers",
            &format!("[[sessions]]\n{session}{}", list("speakers", &|_| "\"A\"".to_owned())),
        ),
        event("empty links", &tables("links", "")),
        event("links", &tables("links", "label = \"Mehr\"\nurl = \"https://example.org/\"\n")),
        event("unsafe links", &tables("links", "url = \"x\"\n")),
        event("empty overrides", &format!("{WEEKLY}{}", tables("repeat.change", ""))),
        event(
            "numbers of a place",
            &format!("[location]\nname = \"Ort\"\n{}", list("geo", &|_| "1.5".to_owned())),
        ),
    ]
}

fn series(len: usize) -> Vec<Oversized> {
    let list = |keys: &str, key: &str, item: &dyn Fn(usize) -> String| {
        format!("{keys}{key} = [{}]", filled(len, |at| format!("{},", item(at))))
    };
    let overrides = |keys: &str, step: usize| {
        let change = |at| format!("[[repeat.change]]\ndate = {}\ntitle = \"T\"\n", day(at * step));
        format!("{keys}{}", filled(len, change))
    };
    let rule = |text: String| format!("[repeat]\nrrule = \"{text}\"");
    let numbers = |len: usize| filled(len, |at| format!("{},", at % 366 + 1)) + "1";
    let text = "Ein langer Satz, der in jedem Termin steht. ";
    let text = text.repeat(len / text.len());
    vec![
        event("one exclusion many times", &list(WEEKLY, "except", &|_| day(7))),
        event("exclusions that are no dates", &list(WEEKLY, "except", &|at| day(at * 7 + 1))),
        event("exclusions", &list(WEEKLY, "except", &|at| day(at * 7 + 7))),
        event("additional dates", &list(WEEKLY, "also", &|at| day(at + at / 6 + 1))),
        event("additional dates without end", &list(DAILY, "also", &|at| day(at % 40_000))),
        event("overrides", &overrides(DAILY, 1)),
        event("overrides of one date", &overrides(DAILY, 0)),
        event("overrides of no date", &overrides(WEEKLY, 2)),
        event("days of the week", &list(WEEKLY, "on", &|_| "\"tuesday\"".to_owned())),
        event("wrong days of the week", &list(WEEKLY, "on", &|_| "\"tusday\"".to_owned())),
        event(
            "days of the year in a rule",
            &rule(format!("FREQ=YEARLY;BYYEARDAY={}", numbers(len))),
        ),
        event(
            "positions in a rule",
            &rule(format!("FREQ=YEARLY;BYMONTH=1,2;BYSETPOS={}", numbers(len))),
        ),
        event("days in a rule", &rule(format!("FREQ=MONTHLY;BYDAY={}1MO", "1MO,".repeat(len / 4)))),
        event("a broken rule", &rule("X".repeat(len))),
        event("parts of a rule", &rule("FREQ=DAILY;".repeat(len / 11))),
        event(
            "a rule without a date",
            &rule("FREQ=YEARLY;INTERVAL=999;BYMONTH=2;BYMONTHDAY=30".to_owned()),
        ),
        event_with_text("a long text on each day", DAILY, &text),
        event_with_text(
            "a long text on each day, as entries",
            &format!("series = \"expand\"\n{DAILY}"),
            &text,
        ),
        event_with_text("a long text on 10,000 days", &format!("{DAILY}count = 10000\n"), &text),
        event_with_text("a long text each week", WEEKLY, &text),
        event(
            "sessions on each day",
            &format!(
                "sessions_as = \"entries\"\n{}{DAILY}count = 10000\n",
                filled(len.min(100_000), |at| format!(
                    "[[sessions]]\nid = \"s{at}\"\ntitle = \"Teil\"\nstart = 10:15:00\n"
                ))
            ),
        ),
        event(
            "a long summary on each day",
            &format!("summary = \"{}\"\n{DAILY}count = 10000\n", "x".repeat(len)),
        ),
    ]
}

fn texts(len: usize) -> Vec<Oversized> {
    let text = |name, piece: &str| event_with_text(name, "", &piece.repeat(len / piece.len()));
    let nested = filled(len, |at| format!("{}- a\n", "  ".repeat(at % 300)));
    vec![
        text("nested quotes", ">"),
        text("quotes of quotes", "> > a\n"),
        text("open brackets", "["),
        text("open pictures", "!["),
        text("stars", "*"),
        text("open emphasis", "*a **b "),
        text("nested emphasis", "*a_ "),
        text("back quotes", "`a``"),
        text("open HTML", "<a "),
        text("HTML", "<b>"),
        text("open references", "&"),
        text("hidden control characters", "&#7; "),
        text("unsafe links", "[a](b) "),
        text("links", "[a](https://example.org/) "),
        text("addresses", "<a@example.org> "),
        text("definitions of links", "[a]: b\n"),
        text("uses of a definition", "[a]"),
        text("tables", "|a|b|\n|-|-|\n"),
        text("rows of a table", "|"),
        text("backslashes", "\\"),
        text("paragraphs", "a\n\n"),
        text("headings", "# a\n"),
        text("rules", "---\n\n"),
        text("directions", "\u{202e}a"),
        text("isolates", "\u{2067}"),
        event_with_text("nested lists of a text", "", &nested),
        event(
            "unsafe links of a translation",
            &format!("[translation.en]\nbody = \"{}\"", "[a](b) ".repeat(len / 7)),
        ),
    ]
}

fn others(len: usize) -> Vec<Oversized> {
    let file = |name, path, head: &str, piece: &dyn Fn(usize) -> String| {
        let text = format!("{head}{}", filled(len - head.len().min(len), piece));
        Oversized { name, path, text }
    };
    let list = |name, path, head: &str, item: &dyn Fn(usize) -> String| {
        let text = format!("{head} = [{}]\n", filled(len, |at| format!("{},", item(at))));
        Oversized { name, path, text }
    };
    let title = "title = \"Termine\"\n";
    let site = "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispiel\"\npublisher = \"buero\"\n";
    let key = "v".repeat(len / 3);
    let select = |key: &str| format!("{title}[select]\n{key}");
    vec![
        file("keys of a feed", FEED, title, &|at| format!("titel{at} = 1\n")),
        list("wrong former slugs", FEED, &format!("{title}former_slugs"), &|_| "\"A\"".to_owned()),
        list("taken former slugs", FEED, &format!("{title}former_slugs"), &|_| {
            "\"termine\"".to_owned()
        }),
        list("tags of a selection", FEED, &select("tag"), &|at| format!("\"t{at}\"")),
        list("kinds of a selection", FEED, &select("kind"), &|at| format!("\"k{at}\"")),
        list("venues of a selection", FEED, &select("venue"), &|at| format!("\"rathaus{at}\"")),
        list("organizers of a selection", FEED, &select("organizer"), &|at| {
            format!("\"buero{at}\"")
        }),
        list("feeds of a selection", FEED, &select("feeds"), &|at| format!("\"termine-{at}\"")),
        file("links of a site", "site.toml", site, &|_| "[[footer]]\n".to_owned()),
        file("keys of a site", "site.toml", site, &|at| format!("titel{at} = 1\n")),
        file("venues", "venues.toml", "", &|at| {
            format!("[v{at}]\nname=\"V\"\nstreet=\"S\"\npostal_code=\"1\"\ncity=\"C\"\n")
        }),
        file("empty venues", "venues.toml", "", &|at| format!("[v{at}]\n")),
        file("wrong venues", "venues.toml", "", &|at| format!("v{at}=1\n")),
        file("keys of a venue", "venues.toml", "[rathaus]\n", &|at| format!("nam{at}=1\n")),
        file("rooms", "venues.toml", "", &|at| format!("[rathaus.rooms.r{at}]\nname=\"R\"\n")),
        file("rooms of a wrong type", "venues.toml", "[rathaus.rooms]\n", &|at| {
            format!("r{at}=1\n")
        }),
        file("rooms of a venue with a long name", "venues.toml", &format!("[{key}]\n"), &|at| {
            format!("nam{at}=1\n")
        }),
        file("organizers", "organizers.toml", "", &|at| format!("[o{at}]\nname=\"O\"\n")),
        file("wrong organizers", "organizers.toml", "", &|at| format!("[o{at}]\nnam=\"O\"\n")),
    ]
}
