//! Reads the JSON of one line.

use serde::de::DeserializeOwned;

/// Reads a line of JSON.
///
/// # Errors
/// The reason in the words of serde, with the column; the number of the line is known to the caller alone.
pub(super) fn from_json<T: DeserializeOwned>(line: &str) -> Result<T, String> {
    serde_json::from_str(line).map_err(|error| {
        // serde takes the line for a whole document, of which it is always line 1.
        let place = format!(" at line {} column {}", error.line(), error.column());
        let reason = error.to_string();
        format!("{} (column {})", reason.trim_end_matches(&place), error.column())
    })
}
