//! Suggestions: "did you mean …?"

/// Returns the candidate that was probably meant: the one with the greatest Jaro-Winkler similarity, if it is above
/// 0.8. Case does not count.
#[must_use]
pub(crate) fn nearest<'a>(written: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let written = written.to_lowercase();
    let similarity = |candidate: &str| strsim::jaro_winkler(&written, &candidate.to_lowercase());
    candidates
        .iter()
        .map(|&candidate| (similarity(candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
