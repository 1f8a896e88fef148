//! What an administrator gets wrong, in each place where settings are written: the whole message.

use std::fs;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;
use aushang::app::Error;
use aushang::config::{Config, Flags};

/// What is said of a configuration file; the file is called `FILE`.
fn of_file(text: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("aushang.toml");
    fs::write(&path, text).expect("a file");
    let config = Config::load(&Flags { file: Some(path.clone()), ..Flags::default() });
    config.map_err(|error| Error::from(error).to_string().replace(&*path.to_string_lossy(), "FILE"))
}

fn of_flags(flags: &Flags) -> Result<Config, String> {
    Config::load(flags).map_err(|error| Error::from(error).to_string())
}

/// What the program says on standard error if this variable is set; empty if it runs.
fn of_variable(name: &str, value: &str) -> String {
    let mut command = Command::cargo_bin("aushang").expect("the program");
    let output = command.arg("check").env(name, value).output().expect("it runs");
    String::from_utf8(output.stderr).expect("UTF-8")
}

const POSSIBLE: [&str; 10] = [
    "listen",
    "base_url",
    "feeds",
    "record",
    "rescan_seconds",
    "removal_seconds",
    "log",
    "series_past_days",
    "series_ahead_days",
    "stop_seconds",
];

#[test]
fn an_unknown_key_of_a_file_is_named_with_its_line_and_what_was_meant() {
    let possible = POSSIBLE.join(", ");
    let unknown = [
        ("lisen = \"127.0.0.1:80\"", "1:1: the key `lisen` is unknown; did you mean `listen`?"),
        ("# ä\n\n  Feeds = \"f\"", "3:3: the key `Feeds` is unknown; did you mean `feeds`?"),
        ("feeds = \"f\"\n[server]\nport = 1", "2:2: the key `server` is unknown"),
        (
            "log.level = \"info\"",
            "1:1: the key `log` is a table, but must be off, error, warn, info, debug or trace",
        ),
    ];
    for (text, message) in unknown {
        let rest = if message.contains("unknown") {
            format!("\npossible: {possible}")
        } else {
            String::new()
        };
        let expected = format!("configuration: FILE:{message}{rest}");
        assert_eq!(of_file(text).expect_err(text), expected);
    }
}

#[test]
fn a_wrong_value_of_a_file_is_named_with_its_line_and_what_it_must_be() {
    let seconds = "a whole number of seconds from 1 to 3600";
    let days = "a whole number of days from 0 to 36500";
    let address = "an address and a port such as 127.0.0.1:8080";
    let url = "a web address such as https://example.org, without a password";
    let wrong = [
        ("rescan_seconds = 0", "`0`", seconds),
        ("rescan_seconds = 3601", "`3601`", seconds),
        ("rescan_seconds = -5", "`-5`", seconds),
        ("rescan_seconds = 80.7", "`80.7`", seconds),
        ("rescan_seconds = 5.0", "`5.0`", seconds),
        ("rescan_seconds = true", "`true`", seconds),
        ("rescan_seconds = \"often\"", "`often`", seconds),
        ("rescan_seconds = \"\"", "empty", seconds),
        ("rescan_seconds = 2018-12-10", "`2018-12-10`", seconds),
        ("rescan_seconds = 99999999999999999999", "`99999999999999999999`", seconds),
        ("removal_seconds = 86401", "`86401`", "a whole number of seconds from 0 to 86400"),
        ("stop_seconds = 601", "`601`", "a whole number of seconds from 0 to 600"),
        ("series_past_days = 36501", "`36501`", days),
        ("series_ahead_days = [1]", "a list", days),
        ("listen = 8080", "`8080`", address),
        ("listen = \"localhost\"", "`localhost`", address),
        ("base_url = \"ftp://example.org\"", "`ftp://example.org`", url),
        ("base_url = \"https://a:b@example.org\"", "`https://a:b@example.org`", url),
        ("base_url = false", "`false`", url),
        ("feeds = true", "`true`", "a path in quotation marks"),
        ("record = { path = \"r\" }", "a table", "a path in quotation marks"),
        ("log = \"loud\"", "`loud`", "off, error, warn, info, debug or trace"),
    ];
    for (text, value, expected) in wrong {
        let key = text.split(' ').next().unwrap_or_default();
        let message =
            format!("configuration: FILE:2:1: the key `{key}` is {value}, but must be {expected}");
        assert_eq!(of_file(&format!("\n{text}\n")).expect_err(text), message);
    }
}

#[test]
fn broken_syntax_is_named_with_its_place() {
    for (text, place) in
        [("listen = \n", "1:10"), ("log = \"info\"\nlog = \"warn\"", "2:1"), ("\nä", "2:2")]
    {
        let error = of_file(text).expect_err(text);
        assert!(error.starts_with(&format!("configuration: FILE:{place}: ")), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = of_flags(&Flags { file: Some("nowhere.toml".into()), ..Flags::default() });
    let expected = "configuration: nowhere.toml: there is no such file";
    assert_eq!(error.expect_err("there is no file"), expected);
}

#[test]
fn right_values_are_taken_from_a_file() {
    let text =
        "listen = \"[::1]:80\"\nrescan_seconds = 3600\nstop_seconds = \"0\"\nrecord = \"r.jsonl\"";
    let config = of_file(text).expect("right values");
    let shown = (config.listen.to_string(), config.rescan.as_secs(), config.stop.as_secs());
    assert_eq!(shown, ("[::1]:80".to_owned(), 3600, 0));
    assert_eq!(config.record.to_string_lossy(), "r.jsonl");
    assert!(!config.is_base_url_given);
    let config = of_file("base_url = \"http://localhost:8080\"").expect("a right value");
    assert!(config.is_base_url_given);
}

#[test]
fn a_wrong_variable_is_named() {
    let possible = POSSIBLE.map(|key| format!("AUSHANG_{}", key.to_uppercase())).join(", ");
    let unknown =
        [("AUSHANG_LISEN", "; did you mean `AUSHANG_LISTEN`?"), ("AUSHANG_SERVER__PORT", "")];
    for (name, meant) in unknown {
        let expected = format!(
            "configuration: the environment variable `{name}` is unknown{meant}\npossible: {possible}\n"
        );
        assert_eq!(of_variable(name, "1"), expected);
    }
    let wrong = [
        ("AUSHANG_LISTEN", "8080", "`8080`", "an address and a port such as 127.0.0.1:8080"),
        ("AUSHANG_RESCAN_SECONDS", "5s", "`5s`", "a whole number of seconds from 1 to 3600"),
        ("AUSHANG_RESCAN_SECONDS", "", "empty", "a whole number of seconds from 1 to 3600"),
        ("AUSHANG_LOG", "on", "`on`", "off, error, warn, info, debug or trace"),
    ];
    for (name, value, shown, expected) in wrong {
        let message = format!(
            "configuration: the environment variable `{name}` is {shown}, but must be {expected}\n"
        );
        assert_eq!(of_variable(name, value), message);
    }
    assert_eq!(of_variable("AUSHANG_RESCAN_SECONDS", "60"), "");
}

#[test]
fn a_wrong_option_is_named() {
    let flags = Flags { listen: Some("8080".to_owned()), ..Flags::default() };
    let expected = "configuration: the option `--listen` is `8080`, but must be an address and a port such as \
                    127.0.0.1:8080";
    assert_eq!(of_flags(&flags).expect_err("no address"), expected);
    let flags = Flags { base_url: Some("example.org".to_owned()), ..Flags::default() };
    let expected = "configuration: the option `--base-url` is `example.org`, but must be a web address such as \
                    https://example.org, without a password";
    assert_eq!(of_flags(&flags).expect_err("no scheme"), expected);
}

/// A fault lies in the setting that has it, and not in a right one that is read later.
#[test]
fn a_weaker_setting_is_checked_although_a_stronger_one_outweighs_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("aushang.toml");
    fs::write(&path, "listen = \"here\"").expect("a file");
    let flags =
        Flags { file: Some(path), listen: Some("127.0.0.1:80".to_owned()), ..Flags::default() };
    let error = of_flags(&flags).expect_err("the file is wrong");
    assert!(error.contains("aushang.toml:1:1: the key `listen` is `here`"), "{error}");
}
