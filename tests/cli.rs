//! The program as its users start it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use assert_cmd::prelude::OutputAssertExt;

use crate::support::{Site, copy_shipped, tree};

fn aushang(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("aushang").expect("the program");
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = aushang(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn check_accepts_the_shipped_feeds() {
    let expected = (Some(0), "feeds: everything can be published\n".to_owned(), String::new());
    assert_eq!(output(&["check"]), expected);
}

#[test]
fn check_fails_with_a_report_of_all_mistakes() {
    let site = Site::new().event("a", "weekday = \"Dienstag\"").event("b", "titel = \"B\"");
    let feeds = site.path().to_string_lossy().into_owned();
    let (code, stdout, stderr) = output(&["check", "--feeds", &feeds]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.ends_with("2 errors in 2 files\n"), "{stderr}");
}

#[test]
fn check_warns_while_links_would_lead_to_the_readers_own_machine() {
    let mut command = aushang(&["check"]);
    let output = command.env("AUSHANG_LISTEN", "0.0.0.0:8080").output().expect("it runs");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(stderr.starts_with("warning: base_url is not set"), "{stderr}");
}

#[test]
fn show_prints_wall_clock_offset_and_utc() {
    let (code, stdout, _) = output(&["show", "2018-12-10-bildungsmonitoring-weiterentwickeln"]);
    assert_eq!(code, Some(0));
    let line = "  start  Mon 2018-12-10 10:15 +01:00 Europe/Berlin = 2018-12-10T09:15:00Z\n";
    assert!(stdout.contains(line), "{stdout}");
}

#[test]
fn show_names_the_event_that_was_probably_meant() {
    let (code, _, stderr) = output(&["show", "2018-12-10-bildungsmonitoring"]);
    let expected = "no event is called `2018-12-10-bildungsmonitoring`; did you mean \
        `2018-12-10-bildungsmonitoring-weiterentwickeln`?\n";
    assert_eq!((code, stderr.as_str()), (Some(1), expected));
}

#[test]
fn export_wants_the_public_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, _, stderr) = output(&["export", &folder.path().to_string_lossy()]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("base_url") && stderr.contains("--base-url"), "{stderr}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

fn export(feeds: &Path, to: &Path) {
    let (feeds, to) = (feeds.to_string_lossy(), to.to_string_lossy());
    let arguments =
        ["--now", "2018-11-01T12:00:00Z", "--base-url", "https://example.org", "--feeds", &feeds];
    aushang(&arguments).args(["export", &to]).assert().success();
}

#[test]
fn two_exports_of_two_copies_are_identical() {
    let folder = tempfile::tempdir().expect("a folder");
    let copies = [folder.path().join("copy"), folder.path().join("other")];
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    for (copy, to) in copies.iter().zip([&one, &two]) {
        copy_shipped(copy);
        export(copy, to);
    }
    assert_eq!(tree(&one), tree(&two));
    let names: Vec<String> = tree(&one).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"index.html".to_owned()));
    assert!(names.contains(&"feeds/veranstaltungen/index.html".to_owned()));
    assert!(names.contains(&"feeds/veranstaltungen.ics".to_owned()));
}

#[test]
fn an_export_removes_what_an_earlier_one_wrote_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = Site::new().event("a", "").event("b", "");
    export(site.path(), folder.path());
    fs::write(folder.path().join("events/eigene.html"), "x").expect("a file");
    fs::remove_file(site.path().join("termine/b.md")).expect("a file");
    export(site.path(), folder.path());
    let names: Vec<String> = tree(folder.path()).into_iter().map(|(name, _)| name).collect();
    let kept = |name: &str| names.contains(&name.to_owned());
    assert!(kept("events/a.ics") && kept("events/eigene.html"));
    assert!(!kept("events/b.ics") && !kept("events/b/index.html"));
    assert!(!folder.path().join("events/b").exists(), "nor does its empty folder stay");
}

#[test]
fn an_export_leaves_files_alone_that_hold_their_document_already() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = Site::new().event("a", "").event("b", "").record();
    let inodes = || {
        let names = tree(folder.path()).into_iter().map(|(name, _)| name);
        let with_inode = names.map(|name| {
            let inode = fs::metadata(folder.path().join(&name)).expect("a file").ino();
            (name, inode)
        });
        with_inode.collect::<BTreeMap<String, u64>>()
    };
    export(site.path(), folder.path());
    let before = inodes();
    let site = site.event("b", "subtitle = \"Neu\"");
    export(site.path(), folder.path());
    let after = inodes();
    assert!(before.keys().eq(after.keys()));
    let is_rewritten = |name: &str| before[name] != after[name];
    assert!(!is_rewritten("events/a.ics") && !is_rewritten("events/a/index.html"));
    assert!(is_rewritten("events/b.ics") && is_rewritten("feeds/termine.ics"));
}

/// A service on a free port; it is stopped when the test ends.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start(feeds: &str) -> Self {
        let mut command = aushang(&["serve", "--listen", "127.0.0.1:0", "--feeds", feeds]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut service = Self { child: child.expect("it starts"), address: String::new() };
        service.address = service.wait();
        service
    }

    /// Waits until something is published, and returns the address.
    fn wait(&mut self) -> String {
        let mut line = String::new();
        let stdout = self.child.stdout.as_mut().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        line.trim().strip_prefix("listening on http://").expect("an address").to_owned()
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it accepts");
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn stop(&mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        Command::new("kill").args([signal, &pid]).status().expect("kill");
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn serve_answers_and_stops_at_a_signal() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_shipped(folder.path());
    for signal in ["-TERM", "-INT"] {
        let mut service = Service::start(&folder.path().to_string_lossy());
        let answer = service.get("/feeds/veranstaltungen.ics");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("END:VCALENDAR\r\n"));
        assert!(answer.to_ascii_lowercase().contains("\r\ndate: "));
        assert_eq!(service.stop(signal), Some(0), "{signal}");
    }
}

#[test]
fn serve_answers_503_until_something_is_good() {
    let site = Site::new().event("a", "");
    let text = fs::read(site.path().join("site.toml")).expect("a file");
    let site = site.file("site.toml", "titel = \"Beispiel\"\n");
    let feeds = site.path().to_string_lossy().into_owned();
    let mut command = aushang(&["serve", "--listen", "127.0.0.1:0", "--feeds", &feeds]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut service = Service { child: child.expect("it starts"), address: String::new() };
    let log = service.child.stderr.take().expect("a pipe");
    let mut log = BufReader::new(log).lines().map(|line| line.expect("a line"));
    let line = log.find(|line| line.contains("the port is open")).expect("an address");
    service.address = line.rsplit(' ').next().expect("a word").to_owned();
    // Somebody has to read the log, or the service waits for room in the pipe.
    std::thread::spawn(move || log.for_each(drop));
    let answer = service.get("/feeds/termine.ics");
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 5"), "{answer}");
    assert!(service.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(service.get("/readyz").starts_with("HTTP/1.1 503"));
    let _mended = site.file("site.toml", text);
    service.wait();
    assert!(service.get("/feeds/termine.ics").starts_with("HTTP/1.1 200"));
}

#[test]
fn serve_publishes_what_is_right_beside_what_is_broken() {
    let site = Site::new().event("a", "weekday = \"Dienstag\"").event("b", "");
    let service = Service::start(&site.path().to_string_lossy());
    assert!(service.get("/events/a").starts_with("HTTP/1.1 404"));
    assert!(service.get("/events/b").starts_with("HTTP/1.1 200"));
}

#[test]
fn serve_writes_the_id_of_a_new_site_once() {
    let site = Site::new().file("site.toml", "title = \"Neu\"\npublisher = \"buero\"\n");
    let feeds = site.path().to_string_lossy().into_owned();
    let read = || fs::read_to_string(site.path().join("site.toml")).expect("a file");
    drop(Service::start(&feeds));
    let first = read();
    assert!(
        first.starts_with("id = \"")
            && first.ends_with("\ntitle = \"Neu\"\npublisher = \"buero\"\n")
    );
    drop(Service::start(&feeds));
    assert_eq!(read(), first);
}

#[test]
fn record_says_whether_it_is_behind_and_history_what_was_changed() {
    let site = Site::new().event("a", "");
    let feeds = site.path().to_string_lossy().into_owned();
    let run = |now: &str, arguments: &[&str]| {
        output(&[&["--feeds", &feeds, "--now", now][..], arguments].concat())
    };
    let path = format!("{feeds}/record.jsonl");
    let (code, _, stderr) = run("2018-11-01T12:00:00Z", &["record", "--check"]);
    let behind = format!("record: {path}: it is behind the definitions: run `aushang record`\n");
    assert_eq!((code, stderr), (Some(1), behind));
    let (code, stdout, _) = run("2018-11-01T12:00:00Z", &["record"]);
    assert_eq!((code, stdout), (Some(0), format!("{path}: recorded\n")));
    let (code, stdout, _) = run("2018-11-02T12:00:00Z", &["record", "--check"]);
    assert_eq!((code, stdout), (Some(0), format!("{path}: up to date\n")));
    let site = site.event("a", "room = \"saal\"\nsubtitle = \"Neu\"");
    run("2018-11-03T12:00:00Z", &["record"]);
    let site = site.event("a", "room = \"saal\"\nsubtitle = \"Neuer\"");
    run("2018-11-04T12:00:00Z", &["record"]);
    let (code, stdout, _) = run("2018-11-05T12:00:00Z", &["history", "a"]);
    let expected = "a\n  title  Titel\n  uid    115871de-5028-53d4-aca0-060adf9e612e\n  \
        0   1. November 2018, 13:00 Uhr  veröffentlicht\n  \
        1   3. November 2018, 13:00 Uhr  Raum: – → Großer Saal\n  \
        2   4. November 2018, 13:00 Uhr  Text\n";
    assert_eq!((code, stdout.as_str()), (Some(0), expected));
    let other = site.path().join("other.jsonl");
    fs::copy(&path, &other).expect("a file");
    let (code, ..) = run("2018-11-05T12:00:00Z", &["record", "--merge", &other.to_string_lossy()]);
    assert_eq!(code, Some(0));
    let (_, _, stderr) = run("2018-11-05T12:00:00Z", &["record", "--merge", "nowhere.jsonl"]);
    assert_eq!(stderr, "record: nowhere.jsonl: there is no such file\n");
}

#[test]
fn serve_publishes_an_edit_at_a_signal() {
    let site = Site::new().event("a", "");
    let service = Service::start(&site.path().to_string_lossy());
    assert!(service.get("/events/a.ics").contains("SEQUENCE:0"));
    let site = site.event("a", "subtitle = \"Neu\"");
    let pid = service.child.id().to_string();
    Command::new("kill").args(["-HUP", &pid]).status().expect("kill");
    let is_new = || service.get("/events/a.ics").contains("SEQUENCE:1");
    let waits = std::iter::repeat_with(|| std::thread::sleep(std::time::Duration::from_millis(20)));
    assert!(waits.take(500).any(|()| is_new()), "within ten seconds");
    drop(site);
}
