//! Hashes of values of the model: the keys of the memos.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The length in bytes above which a byte string, such as a picture, is replaced by its own digest.
// A picture would be copied into the buffer for each event and reload.
const LONG: usize = 4096;

/// A hasher that collects the bytes that a derived [`Hash`] writes.
// It digests them together: the many short byte strings of an event, one by one, take three times as long.
#[derive(Default)]
pub(crate) struct Fingerprint(Vec<u8>);

impl Fingerprint {
    /// Returns the digest of a value: XXH3 in 128 bits.
    // With 128 bits, two different values do not get one digest by chance.
    pub(crate) fn of(&mut self, value: &impl Hash) -> u128 {
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
