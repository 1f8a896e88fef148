//! The bytes of a document: a list of shared byte strings while it is put together, and what is kept of it
//! when it is finished.

use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A document while it is put together: byte strings in order, none of which is empty.
#[derive(Clone, Debug, Default)]
pub struct Body(Vec<Bytes>);

impl Body {
    /// Adds a byte string.
    pub fn push(&mut self, segment: impl Into<Bytes>) {
        let segment = segment.into();
        if !segment.is_empty() {
            self.0.push(segment);
        }
    }

    /// Adds all of another.
    pub fn append(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// Puts it between a head and a foot.
    #[must_use]
    pub fn between(self, head: impl Into<Bytes>, foot: impl Into<Bytes>) -> Self {
        let mut body = Self(Vec::with_capacity(self.0.len() + 2));
        body.push(head);
        body.0.extend(self.0);
        body.push(foot);
        body
    }

    /// The byte strings.
    #[must_use]
    pub fn segments(&self) -> &[Bytes] {
        &self.0
    }

    /// Returns whether there is no byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(Bytes::len).sum()
    }

    /// All bytes in one string; a single one is not copied.
    #[must_use]
    pub fn to_bytes(&self) -> Bytes {
        match self.0.as_slice() {
            [one] => one.clone(),
            segments => segments.concat().into(),
        }
    }

    /// The text; our documents are UTF-8.
    #[must_use]
    pub fn to_text(&self) -> String {
        String::from_utf8_lossy(&self.to_bytes()).into_owned()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(segment: T) -> Self {
        let mut body = Self::default();
        body.push(segment);
        body
    }
}

impl FromIterator<Bytes> for Body {
    fn from_iter<I: IntoIterator<Item = Bytes>>(segments: I) -> Self {
        Self(segments.into_iter().filter(|segment| !segment.is_empty()).collect())
    }
}

impl<'a> FromIterator<&'a Body> for Body {
    fn from_iter<I: IntoIterator<Item = &'a Body>>(bodies: I) -> Self {
        let mut all = Self::default();
        bodies.into_iter().for_each(|body| all.append(body));
        all
    }
}

/// The longest document that is kept in one byte string.
const MOST_IN_ONE: usize = 1 << 20;

/// The bytes of a finished document. One of up to 1 MiB is one byte string. A longer one is a list of those that it
/// shares with the memo of events and with other documents: to copy short ones to their neighbours would make fewer
/// system calls, and takes as much memory as it copies, in each feed again.
#[derive(Clone)]
pub struct Content(Kept);

#[derive(Clone)]
enum Kept {
    /// With its entity tag: it is wanted soon, and costs little.
    One(Bytes, u128),
    Many(Arc<List>),
}

struct List {
    segments: Box<[Bytes]>,
    len: usize,
    tag: OnceLock<u128>,
}

impl Content {
    /// Finishes a document.
    #[must_use]
    pub fn of(body: Body) -> Self {
        if body.len() > MOST_IN_ONE { Self::listed(body) } else { Self::one(body.to_bytes()) }
    }

    /// Finishes a document that stays a list, however short it is.
    #[must_use]
    pub fn listed(body: Body) -> Self {
        let (len, segments) = (body.len(), body.0.into_boxed_slice());
        Self(Kept::Many(Arc::new(List { segments, len, tag: OnceLock::new() })))
    }

    /// A document that is one byte string.
    #[must_use]
    pub fn one(bytes: Bytes) -> Self {
        let tag = xxh3_128(&bytes);
        Self(Kept::One(bytes, tag))
    }

    /// The byte strings in order.
    #[must_use]
    pub fn segments(&self) -> &[Bytes] {
        match &self.0 {
            Kept::One(bytes, _) => std::slice::from_ref(bytes),
            Kept::Many(list) => &list.segments,
        }
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::One(bytes, _) => bytes.len(),
            Kept::Many(list) => list.len,
        }
    }

    /// Returns whether there is no byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// XXH3 in 128 bits over all bytes, however they are cut. That of a list is made when it is first asked for: all
    /// lists of a site of 10,000 events are 480 MB, and to read these takes longer than to put them together.
    #[must_use]
    pub fn tag(&self) -> u128 {
        match &self.0 {
            Kept::One(_, tag) => *tag,
            Kept::Many(list) => *list.tag.get_or_init(|| {
                let mut hasher = Xxh3::new();
                list.segments.iter().for_each(|segment| hasher.update(segment));
                hasher.digest128()
            }),
        }
    }

    /// All bytes in one place.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        self.segments().concat()
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(segments: &[&str]) -> Body {
        segments.iter().map(|segment| Bytes::copy_from_slice(segment.as_bytes())).collect()
    }

    #[test]
    fn the_entity_tag_depends_on_the_bytes_alone() {
        let tag = |segments: &[&str]| Content::listed(body(segments)).tag();
        assert_eq!(tag(&["a", "bc"]), tag(&["ab", "c"]));
        assert_eq!(tag(&["a", "bc"]), Content::of(body(&["abc"])).tag());
        assert_ne!(tag(&["a", "b"]), tag(&["a", "c"]));
    }

    #[test]
    fn a_document_of_up_to_a_mebibyte_is_one_byte_string() {
        let long = "x".repeat(MOST_IN_ONE);
        assert_eq!(Content::of(body(&[&long[1..], "y"])).segments().len(), 1);
        assert_eq!(Content::of(body(&[&long, "y"])).segments().len(), 2);
    }
}
