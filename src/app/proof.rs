//! `aushang check --proof`: the documents of events, occurrences and feeds and the sitemap, read back by other parsers.

use super::published::{documents, published};
use super::{BuiltSite, Error};
use crate::proof::{self, Proof};

/// Reads the documents back, and returns how much was compared with the published state.
///
/// # Errors
/// [`Error::Mismatches`]
pub fn prove(site: &BuiltSite) -> Result<Proof, Error> {
    let proof = proof::prove(published(&site.snapshot), &documents(&site.snapshot));
    if proof.mismatches.is_empty() { Ok(proof) } else { Err(Error::Mismatches(proof.mismatches)) }
}
