//! A bounded cache of what is made on demand.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Values by key up to a weight together; the one that was made first goes first. The order of use does not count:
/// a reader of a value only takes the lock to copy a pointer.
#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    most: usize,
    kept: Mutex<CacheEntry<K, V>>,
}

#[derive(Debug)]
struct CacheEntry<K, V> {
    values: BTreeMap<K, (usize, V)>,
    /// The keys, the oldest first.
    order: VecDeque<K>,
    weight: usize,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    /// Returns an empty cache of at most this weight.
    pub(crate) fn of(most: usize) -> Self {
        let kept = CacheEntry { values: BTreeMap::new(), order: VecDeque::new(), weight: 0 };
        Self { most, kept: Mutex::new(kept) }
    }

    /// Returns the value of a key from the cache, or makes it, with its weight; `None` if it cannot be made. The lock
    /// is not held while it is made, so two who ask at once may both make it.
    pub(crate) fn get_or_make(
        &self,
        key: K,
        make: impl FnOnce() -> Option<(usize, V)>,
    ) -> Option<V> {
        // After a panic in another thread the cache may lack a value or weigh too much; its values are right.
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = kept().values.get(&key) {
            return Some(value.clone());
        }
        let (weight, value) = make()?;
        kept().keep(key, weight, value.clone(), self.most);
        Some(value)
    }
}

impl<K: Ord + Clone, V> CacheEntry<K, V> {
    fn keep(&mut self, key: K, weight: usize, value: V, most: usize) {
        if let Some((before, _)) = self.values.insert(key.clone(), (weight, value)) {
            self.weight -= before;
        } else {
            self.order.push_back(key);
        }
        self.weight += weight;
        // One that is too heavy alone pushes all out, itself at last: it is made at each request, never held.
        while self.weight > most {
            let Some(oldest) = self.order.pop_front() else { return };
            self.weight -= self.values.remove(&oldest).map_or(0, |(weight, _)| weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_when_there_is_too_much() {
        let cache = Cache::of(10);
        let ask = |key: u32, weight| cache.get_or_make(key, || Some((weight, key)));
        for key in 0..5 {
            assert_eq!(ask(key, 4), Some(key));
        }
        let is_kept = |key: &u32| cache.get_or_make(*key, || None).is_some();
        assert_eq!((0..5).filter(is_kept).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(ask(9, 11), Some(9), "one that is too large is made, but not kept");
        assert_eq!((0..10).filter(is_kept).count(), 0);
    }
}
