//! The text of a document in pieces, so that documents share what they have in common.

use std::ffi::c_void;
use std::fmt;
use std::sync::Arc;

use triomphe::ThinArc;
use xxhash_rust::xxh3::xxh3_128;

use crate::model::hex;

/// What tells texts apart.
pub type Digest = [u8; 16];

/// A text that never changes, with its length and its digest; cheap to clone.
#[derive(Clone)]
pub struct Piece(Content);

#[derive(Clone)]
enum Content {
    Text(ThinArc<Digest, u8>),
    File(Arc<File>),
    Pieces(ThinArc<Whole, Piece>),
}

/// A file that is no text.
struct File {
    octets: Arc<[u8]>,
    digest: Digest,
}

/// What is known of a text in pieces.
struct Whole {
    len: usize,
    digest: Digest,
}

impl Piece {
    /// How many octets it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Content::Text(text) => text.slice.len(),
            Content::File(file) => file.octets.len(),
            Content::Pieces(pieces) => pieces.header.header.len,
        }
    }

    /// Claims that it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn digest(&self) -> &Digest {
        match &self.0 {
            Content::Text(text) => &text.header.header,
            Content::File(file) => &file.digest,
            Content::Pieces(pieces) => &pieces.header.header.digest,
        }
    }

    /// Where it is in memory.
    fn address(&self) -> *const c_void {
        match &self.0 {
            Content::Text(text) => text.as_ptr(),
            Content::File(file) => Arc::as_ptr(file).cast(),
            Content::Pieces(pieces) => pieces.as_ptr(),
        }
    }

    /// Claims that it consists of exactly these pieces.
    fn is_group_of(&self, pieces: &[&Self]) -> bool {
        let Content::Pieces(own) = &self.0 else { return false };
        let is_same = |(own, piece): (&Self, &&Self)| own.address() == piece.address();
        own.slice.len() == pieces.len() && own.slice.iter().zip(pieces).all(is_same)
    }

    /// The parts of its text in order, of which none has parts again.
    fn push_leaves(&self, leaves: &mut Vec<Leaf>) {
        match &self.0 {
            Content::Text(_) | Content::File(_) => leaves.push(Leaf(self.clone())),
            Content::Pieces(pieces) => {
                pieces.slice.iter().for_each(|piece| piece.push_leaves(leaves));
            }
        }
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        let octets = text.as_bytes();
        Self(Content::Text(ThinArc::from_header_and_slice(digest(octets), octets)))
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Body> for Piece {
    fn from(body: Body) -> Self {
        if let [piece] = body.pieces() {
            return piece.clone();
        }
        let whole = Whole { len: body.len(), digest: body.digest_octets() };
        Self(Content::Pieces(ThinArc::from_header_and_iter(whole, body.0.into_iter())))
    }
}

impl From<Arc<[u8]>> for Piece {
    fn from(octets: Arc<[u8]>) -> Self {
        let digest = digest(&octets);
        Self(Content::File(Arc::new(File { octets, digest })))
    }
}

/// The whole text.
impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Text(text) => {
                f.write_str(std::str::from_utf8(&text.slice).expect("it was made of text"))
            }
            Content::File(file) => f.write_str(&String::from_utf8_lossy(&file.octets)),
            Content::Pieces(pieces) => {
                pieces.slice.iter().try_for_each(|piece| write!(f, "{piece}"))
            }
        }
    }
}

/// A part of a text that has no parts.
#[derive(Clone, Debug)]
pub struct Leaf(Piece);

impl AsRef<[u8]> for Leaf {
    fn as_ref(&self) -> &[u8] {
        match &self.0.0 {
            Content::Text(text) => &text.slice,
            Content::File(file) => &file.octets,
            Content::Pieces(_) => &[],
        }
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} octets", self.len())
    }
}

/// The pieces of a document, in order.
#[derive(Clone, Default)]
pub struct Body(Vec<Piece>);

/// How many pieces of a long list stand together.
const GROUP: usize = 128;

impl Body {
    /// A list of pieces, in groups where they are many. A group in which nothing is new is taken from
    /// `earlier`, as it is: a long list costs little where little changed.
    pub fn grouped<'a>(pieces: impl IntoIterator<Item = &'a Piece>, earlier: &'a [Piece]) -> Self {
        let pieces: Vec<&Piece> = pieces.into_iter().collect();
        if pieces.len() <= GROUP {
            return pieces.into_iter().cloned().collect();
        }
        let known = earlier.iter().map(Some).chain(std::iter::repeat(None));
        let groups = pieces.chunks(GROUP).zip(known).map(|(group, known)| {
            let known = known.filter(|known| known.is_group_of(group));
            known
                .cloned()
                .unwrap_or_else(|| group.iter().copied().cloned().collect::<Self>().into())
        });
        groups.collect()
    }

    /// Adds a piece, where it is not empty.
    pub fn push(&mut self, piece: impl Into<Piece>) {
        let piece = piece.into();
        if !piece.is_empty() {
            self.0.push(piece);
        }
    }

    /// Adds all pieces of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Puts it between a head and a foot.
    #[must_use]
    pub fn between(self, head: impl Into<Piece>, foot: impl Into<Piece>) -> Self {
        let mut body = Self(Vec::with_capacity(self.0.len() + 2));
        body.push(head);
        body.0.extend(self.0);
        body.push(foot);
        body
    }

    /// The pieces.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The parts of its text in order, of which none has parts again.
    #[must_use]
    pub fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = Vec::with_capacity(self.0.len());
        self.0.iter().for_each(|piece| piece.push_leaves(&mut leaves));
        leaves
    }

    /// Claims that there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many octets it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(Piece::len).sum()
    }

    /// All of it in one place.
    #[must_use]
    pub fn to_octets(&self) -> Vec<u8> {
        let leaves = self.leaves();
        leaves.iter().fold(Vec::with_capacity(self.len()), |mut all, leaf| {
            all.extend_from_slice(leaf.as_ref());
            all
        })
    }

    /// Hexadecimal digits that are others where the text is another.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&self.digest_octets())
    }

    fn digest_octets(&self) -> Digest {
        match &self.0[..] {
            [piece] => *piece.digest(),
            pieces => digest_of(pieces),
        }
    }
}

/// The digest of a text in these pieces.
pub fn digest_of<'a>(pieces: impl IntoIterator<Item = &'a Piece>) -> Digest {
    let digests: Vec<u8> = pieces.into_iter().flat_map(|piece| *piece.digest()).collect();
    digest(&digests)
}

/// XXH3 in 128 bits, the same on every machine: it tells our own texts apart, and keeps no secret.
fn digest(octets: &[u8]) -> Digest {
    xxh3_128(octets).to_be_bytes()
}

impl From<Piece> for Body {
    fn from(piece: Piece) -> Self {
        let mut body = Self::default();
        body.push(piece);
        body
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from(Piece::from(text))
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self::from(Piece::from(text))
    }
}

impl FromIterator<Piece> for Body {
    fn from_iter<T: IntoIterator<Item = Piece>>(pieces: T) -> Self {
        Self(pieces.into_iter().filter(|piece| !piece.is_empty()).collect())
    }
}

/// The whole text.
impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| write!(f, "{piece}"))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} octets in {} pieces", self.len(), self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, Piece};

    #[test]
    fn the_digest_is_another_where_the_text_is_another() {
        let body =
            |pieces: &[&str]| pieces.iter().map(|piece| Piece::from(*piece)).collect::<Body>();
        assert_eq!(body(&["a", "b"]).digest(), body(&["a", "b"]).digest());
        assert_ne!(body(&["a", "b"]).digest(), body(&["a", "c"]).digest());
        assert_ne!(body(&["a", "b"]).digest(), body(&["a"]).digest());
        assert_eq!(body(&["a", "b"]).to_string(), "ab");
    }
}
