//! Time and memory from files on disk to all documents, and how both grow with the site.
//!
//! The goals: 10,000 events in 1.0 s on two cores and in 300 MB; one changed file among them in 100 ms; ten times as
//! many events in at most twelve times the time.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks for the time")]

mod events;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use aushang::app::State;
use aushang::config::{Config, Flags};
use chrono::{DateTime, TimeDelta, Utc};

const ROUNDS: usize = 5;
/// The number of characters of an event's text: a usual one, and the whole text of the shipped event.
const USUAL: usize = 1_000;
const LONG: usize = usize::MAX;

fn main() {
    let alone = std::env::args()
        .find_map(|argument| argument.strip_prefix("--memory-of=").map(str::to_owned));
    if let Some(characters) = alone {
        return println!("{}", peak_memory(characters.parse().expect("a number")));
    }
    // `cargo test --benches` only starts it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    if std::env::args().any(|argument| argument == "--change") {
        return change();
    }
    growth();
    change();
    // A peak is that of a whole process, so each measurement has a process of its own.
    for (name, characters) in [("usual", USUAL), ("long", LONG)] {
        let program = std::env::current_exe().expect("a program");
        let argument = format!("--memory-of={characters}");
        let output = std::process::Command::new(program).arg(argument).output().expect("it runs");
        println!(
            "peak memory, 10,000 events, {name} text: {}",
            String::from_utf8_lossy(&output.stdout).trim()
        );
    }
}

fn now() -> DateTime<Utc> {
    "2018-11-01T12:00:00Z".parse().expect("a time")
}

fn config(root: &Path) -> Config {
    Config::load(&Flags { feeds: Some(root.to_owned()), ..Flags::default() })
        .expect("a configuration")
}

/// Measures the first reload of a folder. Its results are dropped outside of the measured time.
fn first_reload(root: &Path) -> Duration {
    let config = config(root);
    let mut state = State::new(&config).expect("a store");
    let start = Instant::now();
    let snapshot = state.reload(&config, now(), start.elapsed()).expect("good definitions");
    let time = start.elapsed();
    assert!(snapshot.is_some());
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Measures sites of three sizes, one after the other in each round.
// Interleaved so, a slow minute of the machine does not fall on one size alone.
fn growth() {
    let sizes = [1_000, 10_000, 100_000];
    let folders = sizes.map(|size| {
        let folder = tempfile::tempdir().expect("a folder");
        events::write(folder.path(), size, USUAL);
        // The record is written once before: a restart is measured, not a first publication.
        first_reload(folder.path());
        folder
    });
    let mut times = sizes.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (folder, times) in folders.iter().zip(&mut times) {
            times.push(first_reload(folder.path()));
        }
    }
    let medians = times.map(median);
    for (size, time) in sizes.iter().zip(&medians) {
        println!("{size} events, recorded before, to every document: {time:?}");
    }
    for pair in medians.windows(2) {
        let ratio = pair[1].as_secs_f64() / pair[0].as_secs_f64();
        println!("ten times as many events: {ratio:.2} times as long");
    }
}

/// Measures a reload with one changed file among 10,000, and one without change.
fn change() {
    for (name, characters) in [("usual", USUAL), ("long", LONG)] {
        let folder = tempfile::tempdir().expect("a folder");
        events::write(folder.path(), 10_000, characters);
        let config = config(folder.path());
        let mut state = State::new(&config).expect("a store");
        state.reload(&config, now(), Duration::ZERO).expect("good definitions");
        let (mut changed, mut idle) = (Vec::new(), Vec::new());
        let mut work = 0;
        for round in 1..=3 * ROUNDS {
            let text = events::event(5_000, characters) + &format!("Nachtrag {round}.\n");
            fs::write(folder.path().join(events::path(5_000)), text).expect("a file");
            let moment = now() + TimeDelta::minutes(i64::try_from(round).expect("small"));
            // The first reload sees a file that is perhaps half written, the second one a whole one.
            let minute = Duration::from_secs(60 * round as u64);
            state.reload(&config, moment, minute).expect("good definitions");
            for (times, is_changed) in [(&mut changed, true), (&mut idle, false)] {
                let (start, before) = (Instant::now(), cpu());
                let later = minute + Duration::from_secs(2);
                let snapshot = state.reload(&config, moment, later).expect("good definitions");
                times.push(start.elapsed());
                work += if is_changed { cpu() - before } else { 0 };
                assert_eq!(snapshot.is_some(), is_changed);
            }
        }
        println!("one changed file among 10,000, {name} text: {:?}", median(changed));
        println!("its work on all cores: {} ms", work * 10 / (3 * ROUNDS as u64));
        println!("a reload of 10,000 files without change, {name} text: {:?}", median(idle));
    }
}

/// Returns the CPU time of the process until now, in hundredths of a second (Linux).
fn cpu() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks =
        |at: usize| fields.get(at).and_then(|one| one.parse::<u64>().ok()).unwrap_or_default();
    ticks(11) + ticks(12)
}

/// Returns the peak memory of a process that has loaded 10,000 events (Linux).
fn peak_memory(characters: usize) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    events::write(folder.path(), 10_000, characters);
    first_reload(folder.path());
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("unknown".to_owned(), |peak| peak.trim().to_owned())
}
