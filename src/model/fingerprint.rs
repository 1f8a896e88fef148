//! Hashes of values of the model, the keys of what is made once.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// A longer byte string, such as a picture, stands for itself by its own digest.
const LONG: usize = 4096;

/// Takes the bytes that a derived [`Hash`] writes. It digests them at once: the many short ones of an event, one by one,
/// take three times as long.
#[derive(Default)]
pub struct Fingerprint(Vec<u8>);

impl Fingerprint {
    /// The digest of a value: XXH3 in 128 bits, of which nobody meets two alike by chance.
    pub fn of(&mut self, value: &impl Hash) -> u128 {
        self.0.clear();
        value.hash(self);
        xxh3_128(&self.0)
    }
}

impl Hasher for Fingerprint {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        if bytes.len() <= LONG {
            self.0.extend_from_slice(bytes);
        } else {
            self.0.extend_from_slice(&xxh3_128(bytes).to_be_bytes());
        }
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}
