//! One event of the corpus, as the text of its file.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};

use super::random::Random;
use super::words::{ENGLISH, FORMS, KINDS, PARAGRAPHS, REASONS, ROOMS, TAGS, TOPICS};

/// Over how many days the events are spread.
const DAYS: u64 = 730;

/// An event that is being written, and what decides about its other keys.
struct Draft {
    random: Random,
    top: String,
    tables: String,
    date: NaiveDate,
    is_whole_day: bool,
    is_english: bool,
    has_place: bool,
}

/// Returns the file of the event with this number.
pub(crate) fn text(number: u64) -> String {
    let mut random = Random::new(number + 1);
    let start = NaiveDate::from_ymd_opt(2018, 1, 2).expect("a date");
    let date = start + Days::new(random.below(DAYS));
    let (is_whole_day, is_english) = (random.one_in(5), random.one_in(6));
    let (top, tables) = (String::new(), String::new());
    let mut draft = Draft { random, top, tables, date, is_whole_day, is_english, has_place: false };
    draft.texts(number);
    draft.place(number);
    let is_series = number.is_multiple_of(12);
    draft.time(number, is_series);
    if is_series {
        draft.series(number / 12);
    } else {
        draft.status(number);
        if number.is_multiple_of(9) && !draft.is_whole_day {
            draft.sessions(number);
        }
    }
    draft.participation();
    let body = draft.body();
    format!("+++\n{}{}+++\n{body}\n", draft.top, draft.tables)
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

impl Draft {
    fn key(&mut self, name: &str, value: &str) {
        writeln!(self.top, "{name} = {value}").expect("a String takes everything");
    }

    fn text_key(&mut self, name: &str, value: &str) {
        self.key(name, &quoted(value));
    }

    fn table(&mut self, lines: &str) {
        writeln!(self.tables, "{lines}").expect("a String takes everything");
    }

    fn texts(&mut self, number: u64) {
        let (topic, form) = (self.random.pick(&TOPICS), self.random.pick(&FORMS));
        self.text_key("title", &format!("{} ({number})", form.replace("{}", topic)));
        if self.random.one_in(3) {
            self.text_key("subtitle", &format!("Mit Blick auf {topic}, u. a. & mehr"));
        }
        if self.random.one_in(3) {
            self.text_key("summary", &format!("Kurz: {topic} <in 90 Minuten>"));
        }
        let kind = KINDS[usize::try_from(number % 7).expect("small")];
        self.text_key("kind", kind);
        if self.is_english {
            self.text_key("language", "en");
        }
        if !self.random.one_in(3) {
            let (one, other) = (self.random.pick(&TAGS), self.random.pick(&TAGS));
            let tags = if one == other {
                quoted(one)
            } else {
                format!("{}, {}", quoted(one), quoted(other))
            };
            self.key("tags", &format!("[{tags}]"));
        }
        if self.random.one_in(4) {
            self.table("[[links]]\nlabel = \"Programm (PDF), Stand \\\"heute\\\"\"\nurl = \"https://example.org/programm.pdf?x=1&y=2\"");
        }
        if self.random.one_in(10) {
            self.key("busy", "true");
        }
        if number % 8 == 3 && !self.is_english {
            self.translation(number);
        }
    }

    /// Some texts in English, not always all, and files elsewhere.
    fn translation(&mut self, number: u64) {
        let body = if number.is_multiple_of(3) {
            ""
        } else {
            "body = \"Text & *more*;\\n\\n- one\\n- two\"\n"
        };
        self.table(&format!(
            "[translation.en]\ntitle = \"Translated; number {number}, \\\"quoted\\\"\"\n{body}"
        ));
        self.key("image", "\"https://example.org/bild.jpg?a=1&b=2\"");
        self.text_key("image_alt", "Bild <mit> „Worten“");
        self.key(
            "attachments",
            "[{ label = \"Plan & Karte\", file = \"https://example.org/plan.pdf\" }]",
        );
    }

    fn place(&mut self, number: u64) {
        match number % 5 {
            0 => {
                self.has_place = true;
                self.table(
                    "[location]\nname = \"Gasthaus „Zur Brücke“\"\nroom = \"Stube, 1. Stock\"\nstreet = \"Uferstr. 7; Hof\"\n\
                     postal_code = \"8001\"\ncity = \"Zürich\"\nregion = \"ZH\"\ncountry = \"CH\"\ngeo = [47.37, 8.54]",
                );
            }
            1 => {
                let public = if self.random.one_in(2) { "public = true\n" } else { "" };
                let label =
                    if self.random.one_in(2) { "label = \"Livestream & Chat\"\n" } else { "" };
                self.table(&format!(
                    "[online]\nurl = \"https://example.org/raum/{number}?a=1&b=2\"\n{label}{public}"
                ));
            }
            2 => {
                self.has_place = true;
                self.text_key("venue", "schloss");
                self.table("[online]\nlabel = \"Übertragung\"");
            }
            _ => {
                self.has_place = true;
                self.text_key("venue", "rathaus");
                if !self.random.one_in(3) {
                    let room = self.random.pick(&ROOMS);
                    self.text_key("room", room);
                }
            }
        }
    }

    fn time(&mut self, number: u64, is_series: bool) {
        let date = self.date;
        if self.is_whole_day {
            self.key("start", &date.to_string());
            if !is_series && self.random.one_in(3) {
                let days = self.random.below(5) + 1;
                self.key("end", &(date + Days::new(days)).to_string());
            }
            return;
        }
        let hour = 8 + self.random.below(11);
        let minute = self.random.below(4) * 15;
        self.key("start", &format!("{date}T{hour:02}:{minute:02}:00"));
        match number % 4 {
            0 => self.text_key("duration", "1h 30min"),
            1 if !is_series => {
                let days = self.random.below(3) + 1;
                self.key("end", &format!("{}T{hour:02}:50:00", date + Days::new(days)));
            }
            2 => self.key("end", &format!("{date}T21:45:00")),
            _ => {}
        }
        if self.random.one_in(5) {
            self.key("doors", &format!("{:02}:30:00", hour - 1));
        }
    }

    fn status(&mut self, number: u64) {
        let status = match number % 24 {
            1 => "tentative",
            2 | 3 => "cancelled",
            5 => "postponed",
            7 => "moved",
            14 if self.has_place => "moved-online",
            _ => return,
        };
        if status == "moved-online" && number % 5 != 2 {
            return;
        }
        self.text_key("status", status);
        if status == "moved" {
            let before = self.date - Days::new(7);
            let point =
                if self.is_whole_day { before.to_string() } else { format!("{before}T18:00:00") };
            self.key("previous_start", &point);
        }
        if status != "tentative" && self.random.one_in(2) {
            let reason = self.random.pick(&REASONS);
            self.text_key("reason", reason);
        }
    }

    /// All forms of a rule, with exceptions, additional and changed dates.
    fn series(&mut self, number: u64) {
        let date = self.date;
        let week = |weeks: u64| date + Days::new(7 * weeks);
        let weekday = date.format("%A").to_string().to_lowercase();
        let rule = match number % 8 {
            0 => format!(
                "every = \"week\"\ncount = 12\nexcept = [{}]\nalso = [{}]",
                week(2),
                week(3) + Days::new(1)
            ),
            1 => format!("every = \"week\"\ninterval = 2\nuntil = {}", week(30)),
            2 => format!("every = \"day\"\ncount = 5\nalso = [{}]", week(4)),
            3 if date.day() <= 28 => {
                format!("every = \"month\"\non = \"{} {weekday}\"\ncount = 6", ordinal(date))
            }
            4 if date.day() <= 28 => "every = \"month\"\ncount = 7".to_owned(),
            5 => "every = \"year\"\ncount = 4".to_owned(),
            6 => format!("rrule = \"FREQ=MONTHLY;COUNT=6;BYDAY={}\"", weekday[..2].to_uppercase()),
            _ => format!("every = \"week\"\non = [\"{weekday}\"]"),
        };
        self.table(&format!("[repeat]\n{rule}"));
        if number % 8 < 2 {
            self.changes(week(4), week(6));
        }
        if number.is_multiple_of(5) {
            self.text_key("series", "expand");
        }
    }

    fn changes(&mut self, off: NaiveDate, moved: NaiveDate) {
        let reason = quoted(self.random.pick(&REASONS));
        self.table(&format!(
            "[[repeat.change]]\ndate = {off}\nstatus = \"cancelled\"\nreason = {reason}"
        ));
        let next = moved + Days::new(1);
        let start = if self.is_whole_day { next.to_string() } else { format!("{next}T19:15:00") };
        self.table(&format!(
            "[[repeat.change]]\ndate = {moved}\nstatus = \"moved\"\nstart = {start}\ntitle = \"Diesmal: Größe & Maß\""
        ));
    }

    fn sessions(&mut self, number: u64) {
        let room =
            if self.top.contains("venue = \"rathaus\"") { "room = \"keller\"\n" } else { "" };
        let as_entries = number.is_multiple_of(2);
        if as_entries {
            self.text_key("sessions_as", "entries");
        }
        let date = self.date;
        let start = self.top.lines().find_map(|line| line.strip_prefix("start = "));
        let start = start.and_then(|start| start.parse::<chrono::NaiveDateTime>().ok());
        let Some(start) = start.filter(|start| start.date() == date) else { return };
        for (index, title) in ["Begrüßung & Einführung", "Aussprache; <offen>"].iter().enumerate()
        {
            let at = start + chrono::TimeDelta::minutes(20 * i64::try_from(index).expect("small"));
            let end = at + chrono::TimeDelta::minutes(15);
            let format = "%Y-%m-%dT%H:%M:%S";
            self.table(&format!(
                "[[sessions]]\nid = \"teil-{index}\"\ntitle = {}\nstart = {}\nend = {}\n{room}speakers = [\"Amt für Schule\", \"Büro, Zentrale\"]",
                quoted(title),
                at.format(format),
                end.format(format)
            ));
        }
    }

    fn participation(&mut self) {
        if self.random.one_in(2) {
            let price = self.random.pick(&[
                "free = true",
                "free = false",
                "price = 49.9\ncurrency = \"EUR\"",
            ]);
            self.table(&format!(
                "[participation]\n{price}\nrequires = \"Zielvereinbarung; schriftlich\"\naudience = \"Ämter & Schulen\"\ncapacity = 40"
            ));
            if self.random.one_in(2) {
                let day = self.date - Days::new(20);
                self.table(&format!(
                    "[participation.registration]\nurl = \"https://example.org/anmeldung?id=7&x=ü\"\nemail = \"anmeldung@example.org\"\ndeadline = {day}"
                ));
            }
        }
        if self.random.one_in(3) {
            self.table("[contact]\nname = \"Anmeldebüro\"\nrole = \"Anmeldung\"\nemail = \"info@example.org\"\nphone = \"+49 511 123456\"\npublic = true");
        }
    }

    fn body(&mut self) -> String {
        let count = 1 + self.random.below(4);
        let paragraph = |random: &mut Random, is_english: bool| {
            if is_english { random.pick(&ENGLISH) } else { random.pick(&PARAGRAPHS) }
        };
        let is_english = self.is_english;
        let parts: Vec<&str> =
            (0..count).map(|_| paragraph(&mut self.random, is_english)).collect();
        parts.join("\n\n")
    }
}

fn ordinal(date: NaiveDate) -> &'static str {
    ["first", "second", "third", "fourth"][usize::try_from((date.day() - 1) / 7).expect("small")]
}
