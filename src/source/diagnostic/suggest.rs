//! Suggestions: "did you mean …?"

/// The most bytes of a word that is compared: the work grows with the square of it, and no name is that long.
const MAX_LEN: usize = 100;

/// Returns the candidate that was probably meant: the one with the greatest Jaro-Winkler similarity, if it is above
/// 0.8. Case does not count. Nothing is like a word of more than 100 bytes.
#[must_use]
pub(crate) fn nearest<'a>(written: &str, candidates: &[&'a str]) -> Option<&'a str> {
    if written.len() > MAX_LEN {
        return None;
    }
    let written = written.to_lowercase();
    let similarity = |candidate: &str| strsim::jaro_winkler(&written, &candidate.to_lowercase());
    candidates
        .iter()
        .filter(|candidate| candidate.len() <= MAX_LEN)
        .map(|&candidate| (similarity(candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
