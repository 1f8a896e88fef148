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
/// A shorter segment of a list is copied to its neighbours, up to [`CHUNK`]: handing it out alone costs more than its
/// memory.
const SHORT: usize = 256;
const CHUNK: usize = 16 << 10;

/// The bytes of a finished document. One of up to 1 MiB is one byte string; a longer one is a list of those that
/// it shares with others.
#[derive(Clone)]
pub struct Content(Arc<Frozen>);

struct Frozen {
    segments: Segments,
    len: usize,
    tag: OnceLock<u128>,
}

enum Segments {
    One(Bytes),
    Many(Box<[Bytes]>),
}

impl Content {
    /// Finishes a document.
    #[must_use]
    pub fn of(body: &Body) -> Self {
        if body.len() > MOST_IN_ONE { Self::listed(body) } else { Self::one(body.to_bytes()) }
    }

    /// Finishes a document that stays a list, however short it is.
    #[must_use]
    pub fn listed(body: &Body) -> Self {
        let segments = Segments::Many(together(body.segments()));
        Self(Arc::new(Frozen { segments, len: body.len(), tag: OnceLock::new() }))
    }

    /// A document that is one byte string. Its entity tag is made here: it is wanted soon, and costs little.
    #[must_use]
    pub fn one(bytes: Bytes) -> Self {
        let (len, tag) = (bytes.len(), OnceLock::from(xxh3_128(&bytes)));
        Self(Arc::new(Frozen { segments: Segments::One(bytes), len, tag }))
    }

    /// The byte strings in order.
    #[must_use]
    pub fn segments(&self) -> &[Bytes] {
        match &self.0.segments {
            Segments::One(bytes) => std::slice::from_ref(bytes),
            Segments::Many(segments) => segments,
        }
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len
    }

    /// Returns whether there is no byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.len == 0
    }

    /// XXH3 in 128 bits over all bytes, however they are cut. That of a list is made when it is first asked for: all
    /// lists of a site of 10,000 events are 480 MB, which took as long as everything else of a reload.
    #[must_use]
    pub fn tag(&self) -> u128 {
        *self.0.tag.get_or_init(|| {
            let mut hasher = Xxh3::new();
            self.segments().iter().for_each(|segment| hasher.update(segment));
            hasher.digest128()
        })
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

/// The segments, where short ones that stand side by side are one.
fn together(segments: &[Bytes]) -> Box<[Bytes]> {
    let is_short = |segment: &&Bytes| segment.len() < SHORT;
    let mut joined = Vec::with_capacity(segments.len());
    let mut rest = segments;
    while let Some((first, others)) = rest.split_first() {
        let mut len = first.len();
        let fits = |segment: &&Bytes| {
            len += segment.len();
            is_short(segment) && len <= CHUNK
        };
        let more = if is_short(&first) { others.iter().take_while(fits).count() } else { 0 };
        let (run, after) = rest.split_at(1 + more);
        joined.push(if more == 0 { first.clone() } else { run.concat().into() });
        rest = after;
    }
    joined.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(segments: &[&str]) -> Body {
        segments.iter().map(|segment| Bytes::copy_from_slice(segment.as_bytes())).collect()
    }

    #[test]
    fn the_entity_tag_depends_on_the_bytes_alone() {
        let tag = |segments: &[&str]| Content::listed(&body(segments)).tag();
        assert_eq!(tag(&["a", "bc"]), tag(&["ab", "c"]));
        assert_eq!(tag(&["a", "bc"]), Content::of(&body(&["abc"])).tag());
        assert_ne!(tag(&["a", "b"]), tag(&["a", "c"]));
    }

    #[test]
    fn a_document_of_up_to_a_mebibyte_is_one_byte_string() {
        let long = "x".repeat(MOST_IN_ONE);
        assert_eq!(Content::of(&body(&[&long[1..], "y"])).segments().len(), 1);
        assert_eq!(Content::of(&body(&[&long, "y"])).segments().len(), 2);
    }

    #[test]
    fn short_neighbours_are_joined_and_no_byte_is_lost() {
        let long = "x".repeat(SHORT);
        let short = &long[1..];
        let whole = body(&["a", "b", &long, "c", &long, &long, "d", "e"]);
        assert_eq!(together(whole.segments()).len(), 6);
        let many: Vec<&str> = std::iter::repeat_n(short, 200).collect();
        let joined = together(body(&many).segments());
        assert!(
            joined.iter().all(|one| one.len() <= CHUNK)
                && joined.len() == 200_usize.div_ceil(CHUNK / short.len())
        );
        assert_eq!(joined.concat(), many.concat().as_bytes());
    }
}
