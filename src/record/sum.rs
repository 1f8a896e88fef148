//! The checksum of a line: a disk or a hand that spoils one character of an identity makes a line that can be read, and is
//! another event.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

/// The text between a line without its last brace, and the sixteen digits of its checksum.
const KEY: &str = ",\"sum\":\"";
/// The text behind them.
const END: &str = "\"}";

/// Returns a line, which is a JSON object, with the checksum of all its other keys as the last one.
pub(super) fn sealed(mut line: String) -> String {
    let sum = xxh3_64(line.as_bytes());
    line.pop();
    format!("{line}{KEY}{sum:016x}{END}")
}

/// Returns a line without its checksum. Earlier versions wrote none, and who edits a line by hand takes it out.
///
/// # Errors
/// The line is not as it was written.
pub(super) fn unsealed(line: &str) -> Result<Cow<'_, str>, String> {
    let Some((body, sum)) = line.strip_suffix(END).and_then(|line| line.rsplit_once(KEY)) else {
        return Ok(Cow::Borrowed(line));
    };
    let body = format!("{body}}}");
    if sum == format!("{:016x}", xxh3_64(body.as_bytes())) {
        Ok(Cow::Owned(body))
    } else {
        Err("the line is not as it was written: restore it from version control, or take `sum` out \
             of it if somebody edited it on purpose"
            .to_owned())
    }
}
