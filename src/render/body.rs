//! The bytes of documents: a [`Body`] while a document is put together, its [`Content`] when it is finished.
//!
//! Both hold shared byte strings, so that an event that is in ten feeds is in memory once.

use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A finished part that documents share: one byte string, or the few byte strings of an item.
// Shared together, they make the lists of a site of 10,000 events a third as long; to make these is most of a reload.
#[derive(Clone, Debug)]
pub(crate) enum SharedBytes {
    /// One byte string.
    One(Bytes),
    /// Several byte strings, one after the other.
    Several(Arc<[Bytes]>),
}

impl SharedBytes {
    /// Returns the byte strings in order.
    #[must_use]
    pub(crate) fn segments(&self) -> &[Bytes] {
        match self {
            Self::One(bytes) => std::slice::from_ref(bytes),
            Self::Several(segments) => segments,
        }
    }

    /// Returns whether it has no byte.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.segments().iter().all(Bytes::is_empty)
    }

    /// Returns the number of bytes.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.segments().iter().map(Bytes::len).sum()
    }

    /// Returns all bytes as one byte string, without a copy if it is one already.
    #[must_use]
    pub(crate) fn to_bytes(&self) -> Bytes {
        match self {
            Self::One(bytes) => bytes.clone(),
            Self::Several(segments) => segments.concat().into(),
        }
    }
}

impl Default for SharedBytes {
    fn default() -> Self {
        Self::One(Bytes::new())
    }
}

impl From<Vec<Bytes>> for SharedBytes {
    fn from(mut segments: Vec<Bytes>) -> Self {
        match segments.len() {
            0 | 1 => Self::One(segments.pop().unwrap_or_default()),
            _ => Self::Several(segments.into()),
        }
    }
}

impl From<Body> for SharedBytes {
    fn from(body: Body) -> Self {
        body.segments().cloned().collect::<Vec<_>>().into()
    }
}

/// A document while it is put together: a list of shared parts, none of them empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    parts: Vec<SharedBytes>,
    len: usize,
}

impl Body {
    /// Returns a body of shared parts between a head and a foot.
    pub(crate) fn framed<'a>(
        head: impl Into<Bytes>,
        parts: impl IntoIterator<Item = &'a SharedBytes>,
        foot: impl Into<Bytes>,
    ) -> Self {
        let mut body = Self::from(head);
        body.extend(parts);
        body.push(foot);
        body
    }

    /// Adds shared parts.
    pub(crate) fn extend<'a>(&mut self, parts: impl IntoIterator<Item = &'a SharedBytes>) {
        let parts = parts.into_iter();
        self.parts.reserve(parts.size_hint().0 + 1);
        parts.for_each(|part| self.push_part(part.clone()));
    }

    /// Adds a byte string.
    pub(crate) fn push(&mut self, segment: impl Into<Bytes>) {
        self.push_part(SharedBytes::One(segment.into()));
    }

    /// Adds a part.
    pub(crate) fn push_part(&mut self, part: SharedBytes) {
        let len = part.len();
        if len > 0 {
            self.len += len;
            self.parts.push(part);
        }
    }

    /// Adds all parts of another body.
    pub(crate) fn append(&mut self, other: &Self) {
        self.parts.extend_from_slice(&other.parts);
        self.len += other.len;
    }

    /// Returns this body between a head and a foot.
    #[must_use]
    pub(crate) fn between(self, head: impl Into<Bytes>, foot: impl Into<Bytes>) -> Self {
        let mut body = Self::from(head);
        body.append(&self);
        body.push(foot);
        body
    }

    /// Returns the byte strings in order.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &Bytes> {
        self.parts.iter().flat_map(SharedBytes::segments)
    }

    /// Returns whether it has no byte.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns all bytes as one byte string, without a copy if it is one already.
    #[must_use]
    pub(crate) fn to_bytes(&self) -> Bytes {
        if let [SharedBytes::One(one)] = self.parts.as_slice() {
            return one.clone();
        }
        let mut all = Vec::with_capacity(self.len);
        self.segments().for_each(|segment| all.extend_from_slice(segment));
        all.into()
    }

    /// Returns the text.
    #[must_use]
    pub(crate) fn to_text(&self) -> String {
        // Every document that this program writes is UTF-8: nothing is lost here.
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

impl From<&SharedBytes> for Body {
    fn from(part: &SharedBytes) -> Self {
        std::iter::once(part).collect()
    }
}

impl FromIterator<Bytes> for Body {
    fn from_iter<I: IntoIterator<Item = Bytes>>(segments: I) -> Self {
        let mut body = Self::default();
        segments.into_iter().for_each(|segment| body.push(segment));
        body
    }
}

impl<'a> FromIterator<&'a SharedBytes> for Body {
    fn from_iter<I: IntoIterator<Item = &'a SharedBytes>>(parts: I) -> Self {
        Self::framed(Bytes::new(), parts, Bytes::new())
    }
}

/// The length of the longest document that is one byte string.
// For a document of 879 KB, one byte string costs a request two thirds of the CPU time of a list.
const MOST_IN_ONE: usize = 1 << 20;

/// The bytes of a finished document. A document of up to 1 MiB is one byte string; a longer one is a list of parts that
/// it shares with the memo of events and with other documents.
// To copy short parts to their neighbours would make fewer system calls, and takes as much memory as it copies, in each
// feed again.
#[derive(Clone)]
pub struct Content(Layout);

#[derive(Clone)]
enum Layout {
    // The entity tag is made at once: it is asked for soon, and to make it costs little.
    One(Bytes, u128),
    Many(Arc<List>),
}

struct List {
    parts: Box<[SharedBytes]>,
    len: usize,
    tag: OnceLock<u128>,
}

impl Content {
    /// Finishes a document: one byte string up to 1 MiB, else a list.
    #[must_use]
    pub(crate) fn of(body: Body) -> Self {
        if body.len > MOST_IN_ONE { Self::listed(body) } else { Self::one(body.to_bytes()) }
    }

    /// Finishes a document as a list, however short it is.
    #[must_use]
    pub(crate) fn listed(body: Body) -> Self {
        let (len, parts) = (body.len, body.parts.into_boxed_slice());
        Self(Layout::Many(Arc::new(List { parts, len, tag: OnceLock::new() })))
    }

    /// Finishes a document that is one byte string already.
    #[must_use]
    pub(crate) fn one(bytes: Bytes) -> Self {
        let tag = xxh3_128(&bytes);
        Self(Layout::One(bytes, tag))
    }

    /// Returns the byte string; `None` if the content is a list.
    #[must_use]
    pub(crate) fn as_one(&self) -> Option<&Bytes> {
        match &self.0 {
            Layout::One(bytes, _) => Some(bytes),
            Layout::Many(_) => None,
        }
    }

    /// Returns the parts of a list in order; none if the content is one byte string.
    #[must_use]
    pub(crate) fn parts(&self) -> &[SharedBytes] {
        match &self.0 {
            Layout::One(..) => &[],
            Layout::Many(list) => &list.parts,
        }
    }

    /// Returns the byte strings in order.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &Bytes> {
        self.as_one().into_iter().chain(self.parts().iter().flat_map(SharedBytes::segments))
    }

    /// Returns the number of bytes.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Layout::One(bytes, _) => bytes.len(),
            Layout::Many(list) => list.len,
        }
    }

    /// Returns the digest that the entity tag is made from: XXH3 in 128 bits over all bytes, however they are cut.
    #[must_use]
    pub(crate) fn tag(&self) -> u128 {
        match &self.0 {
            Layout::One(_, tag) => *tag,
            // All lists of a site of 10,000 events are 480 MB, and to read these takes longer than to put them
            // together: the digest of a list is made when it is first asked for.
            Layout::Many(list) => *list.tag.get_or_init(|| {
                let mut hasher = Xxh3::new();
                self.segments().for_each(|segment| hasher.update(segment));
                hasher.digest128()
            }),
        }
    }

    /// Returns a copy of all bytes.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        let mut all = Vec::with_capacity(self.len());
        self.segments().for_each(|segment| all.extend_from_slice(segment));
        all
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
        assert_eq!(Content::of(body(&[&long[1..], "y"])).segments().count(), 1);
        assert_eq!(Content::of(body(&[&long, "y"])).segments().count(), 2);
    }
}
