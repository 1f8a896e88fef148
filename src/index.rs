//! Finding things by a key, in no time and without an order that anybody could see.

#![expect(clippy::disallowed_types, reason = "they are looked up only: their order is never seen")]

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// Values by key.
#[derive(Clone, Debug)]
pub struct Index<K, V>(FxHashMap<K, V>);

impl<K, V> Default for Index<K, V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Eq + Hash, V> Index<K, V> {
    /// An empty one with room for so many.
    #[must_use]
    pub fn with_room_for(count: usize) -> Self {
        Self(FxHashMap::with_capacity_and_hasher(count, FxBuildHasher))
    }

    /// The value of `key`.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Takes a value, and gives back the one that had its key before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.0.insert(key, value)
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All keys, in any order: whoever shows them sorts them.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    /// All values, in any order: whoever shows them sorts them.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.values()
    }
}

/// Of two values of one key, the later one counts.
impl<K: Eq + Hash, V> FromIterator<(K, V)> for Index<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

/// Keys without values.
#[derive(Clone, Debug)]
pub struct Keys<K>(FxHashSet<K>);

impl<K: Eq + Hash> Keys<K> {
    /// Returns whether `key` is among them.
    pub fn contains<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains(key)
    }

    /// The key that is among them.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&K>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// All of them, in any order: whoever shows them sorts them.
    pub fn iter(&self) -> impl Iterator<Item = &K> {
        self.0.iter()
    }
}

impl<K: Eq + Hash> FromIterator<K> for Keys<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}

/// The items of an earlier list, of which most are still where they were.
pub struct Earlier<'a, T> {
    items: &'a [T],
    key: fn(&T) -> &str,
    /// Where each is, made when the first one has another place.
    places: OnceLock<Index<&'a str, usize>>,
}

impl<'a, T> Earlier<'a, T> {
    /// `key` tells the items apart.
    pub fn of(items: &'a [T], key: fn(&T) -> &str) -> Self {
        Self { items, key, places: OnceLock::new() }
    }

    /// The item with this key; `at` is where it may be.
    pub fn find(&self, at: usize, key: &str) -> Option<&'a T> {
        let Self { items, key: key_of, places } = self;
        if let Some(item) = items.get(at).filter(|item| key_of(item) == key) {
            return Some(item);
        }
        let all = || items.iter().enumerate().map(|(at, item)| (key_of(item), at)).collect();
        places.get_or_init(all).get(key).and_then(|&at| items.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::Earlier;

    #[test]
    fn items_are_found_wherever_they_were() {
        let items = ["a", "b", "c"];
        let earlier = Earlier::of(&items, |item| item);
        for at in 0..5 {
            for item in items {
                assert_eq!(earlier.find(at, item), Some(&item));
            }
            assert_eq!(earlier.find(at, "d"), None);
        }
    }
}
