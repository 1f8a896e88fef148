//! Where settings come from: text in TOML, the environment, the command line; each setting with its place.
//!
//! `config` reads the sources and carries the place of each value, but of a file it knows the name only: the format here
//! gives it the line and column of each key.

use std::error::Error;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

use ::config::{Environment, File, FileFormat, FileStoredFormat, Format, Map, Source};
use ::config::{Value, ValueKind};
use toml::de::{DeTable, DeValue};

use super::{ConfigError, Flags};
use crate::files;

const PREFIX: &str = "AUSHANG";
/// The largest configuration file, in bytes.
const MAX_LEN: usize = 256 * 1024;

/// Where a setting was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The defaults of the program.
    BuiltIn,
    /// A place in a file: path, line and column, as in `aushang.toml:3:1`.
    File(String),
    /// The environment.
    Environment,
    /// The command line.
    CommandLine,
}

impl Origin {
    /// The name that a key has there: the key itself, a variable or an option.
    #[must_use]
    pub(crate) fn name(&self, key: &str) -> String {
        match self {
            Self::BuiltIn | Self::File(_) => key.to_owned(),
            Self::Environment => format!("{PREFIX}_{key}").to_uppercase(),
            Self::CommandLine => format!("--{}", key.replace('_', "-")),
        }
    }
}

/// A setting as it was written.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// Returns the settings of a text in TOML that is compiled in.
pub(super) fn built_in(text: &str) -> Result<Vec<Setting>, ConfigError> {
    let values = File::from_str(text, FileFormat::Toml).collect();
    let values = values.map_err(|error| unreadable("built-in defaults", error))?;
    Ok(settings(values, |_| Origin::BuiltIn))
}

/// Returns the settings of a file.
pub(super) fn file(path: &Path, is_required: bool) -> Result<Vec<Setting>, ConfigError> {
    let path_shown = path.to_string_lossy();
    let text = text(path, is_required);
    let text = text.map_err(|reason| ConfigError::Unreadable {
        layer: path_shown.clone().into_owned(),
        reason,
    })?;
    // Some editors begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let format = Toml { path: path_shown.clone().into_owned() };
    let values = File::from_str(text, format).collect();
    let values = values.map_err(|error| unreadable(&path_shown, error))?;
    Ok(settings(values, |value| Origin::File(value.origin().unwrap_or(&path_shown).to_owned())))
}

/// Reads a file, which `config` itself would do without a limit.
fn text(path: &Path, is_required: bool) -> Result<String, String> {
    match files::read_text(path, MAX_LEN) {
        Ok(Some(text)) => Ok(text),
        Ok(None) if is_required => Err("there is no such file".to_owned()),
        Ok(None) => Ok(String::new()),
        // The folder of an optional file may be something else.
        Err(error) if error.kind() == ErrorKind::NotADirectory && !is_required => Ok(String::new()),
        Err(error) => Err(error.to_string()),
    }
}

/// Returns the settings of the environment.
pub(super) fn environment() -> Result<Vec<Setting>, ConfigError> {
    let source = Environment::with_prefix(PREFIX).prefix_separator("_");
    let values = source.collect().map_err(|error| unreadable("the environment", error))?;
    Ok(settings(values, |_| Origin::Environment))
}

/// Returns the settings of the command line.
pub(super) fn command_line(flags: &Flags) -> Vec<Setting> {
    let feeds = flags.feeds.as_ref().map(|path| path.to_string_lossy().into_owned());
    let options =
        [("feeds", feeds), ("base_url", flags.base_url.clone()), ("listen", flags.listen.clone())];
    let given = options.into_iter().filter_map(|(key, text)| Some((key, text?)));
    let given = given.map(|(key, text)| (key.to_owned(), Value::from(text)));
    settings(given, |_| Origin::CommandLine)
}

fn settings(
    values: impl IntoIterator<Item = (String, Value)>,
    origin: impl Fn(&Value) -> Origin,
) -> Vec<Setting> {
    let settings = values.into_iter().map(|(key, value)| {
        let origin = origin(&value);
        Setting { key, value, origin }
    });
    let mut settings: Vec<Setting> = settings.collect();
    // The crate's map has no order: of several mistakes the same one is reported each time.
    settings.sort_by(|one, other| one.key.cmp(&other.key));
    settings
}

fn unreadable(layer: &str, error: ::config::ConfigError) -> ConfigError {
    let (layer, reason) = match error {
        ::config::ConfigError::FileParse { cause, .. } => match cause.downcast::<SyntaxError>() {
            Ok(error) => (error.place, error.message),
            Err(cause) => (layer.to_owned(), cause.to_string()),
        },
        error => (layer.to_owned(), error.to_string()),
    };
    ConfigError::Unreadable { layer, reason }
}

/// TOML whose values know the line and column of their keys.
#[derive(Clone, Debug)]
struct Toml {
    /// The path that the administrator wrote; the crate knows the one that leads there from the working folder.
    path: String,
}

impl Format for Toml {
    fn parse(
        &self,
        _: Option<&String>,
        text: &str,
    ) -> Result<Map<String, Value>, Box<dyn Error + Send + Sync>> {
        let place = |at: usize| {
            let before = &text[..text.floor_char_boundary(at)];
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            let line = before.matches('\n').count() + 1;
            format!("{}:{line}:{}", self.path, before[line_start..].chars().count() + 1)
        };
        let table = DeTable::parse(text).map_err(|error| SyntaxError {
            place: place(error.span().map_or(0, |span| span.start)),
            message: error.message().trim_end().replace('\n', "; "),
        })?;
        let values = table.into_inner().into_iter().map(|(key, value)| {
            let place = place(key.span().start);
            (key.into_inner().into_owned(), Value::new(Some(&place), kind(value.into_inner())))
        });
        Ok(values.collect())
    }
}

impl FileStoredFormat for Toml {
    fn file_extensions(&self) -> &'static [&'static str] {
        &["toml"]
    }
}

/// No setting is a list or a table: of one of these it counts only that it is.
fn kind(value: DeValue<'_>) -> ValueKind {
    match value {
        DeValue::String(text) => ValueKind::String(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| ValueKind::String(number.to_string()), ValueKind::I64),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or_else(|_| ValueKind::String(number.to_string()), ValueKind::Float),
        DeValue::Boolean(is_so) => ValueKind::Boolean(is_so),
        DeValue::Datetime(time) => ValueKind::String(time.to_string()),
        DeValue::Array(_) => ValueKind::Array(Vec::new()),
        DeValue::Table(_) => ValueKind::Table(Map::new()),
    }
}

/// Why a text is not TOML, and where.
#[derive(Debug)]
struct SyntaxError {
    place: String,
    message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl Error for SyntaxError {}
