//! The text of a document in pieces, so that documents share what they have in common.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::model::hex;

/// What tells texts apart.
pub type Digest = [u8; 16];

/// A text that never changes, with its length and its digest; cheap to clone.
#[derive(Clone)]
pub struct Piece(Arc<Inner>);

struct Inner {
    content: Content,
    len: usize,
    digest: Digest,
}

enum Content {
    Text(Box<str>),
    /// A file that is no text.
    Octets(Arc<[u8]>),
    Pieces(Box<[Piece]>),
}

impl Piece {
    /// How many octets it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len
    }

    /// Claims that it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Claims that it consists of exactly these pieces.
    fn is_group_of(&self, pieces: &[&Self]) -> bool {
        let Content::Pieces(own) = &self.0.content else { return false };
        let is_same = |(own, piece): (&Self, &&Self)| Arc::ptr_eq(&own.0, &piece.0);
        own.len() == pieces.len() && own.iter().zip(pieces).all(is_same)
    }

    /// The parts of its text in order, of which none has parts again.
    fn push_leaves(&self, leaves: &mut Vec<Leaf>) {
        match &self.0.content {
            Content::Text(_) | Content::Octets(_) => leaves.push(Leaf(self.clone())),
            Content::Pieces(pieces) => pieces.iter().for_each(|piece| piece.push_leaves(leaves)),
        }
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        let (len, digest) = (text.len(), short(&Sha256::digest(&text)));
        Self(Arc::new(Inner { content: Content::Text(text.into_boxed_str()), len, digest }))
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Body> for Piece {
    fn from(body: Body) -> Self {
        if let [piece] = body.pieces() {
            return piece.clone();
        }
        let (len, digest) = (body.len(), body.digest_octets());
        Self(Arc::new(Inner { content: Content::Pieces(body.0.into()), len, digest }))
    }
}

impl From<Arc<[u8]>> for Piece {
    fn from(octets: Arc<[u8]>) -> Self {
        let (len, digest) = (octets.len(), short(&Sha256::digest(&octets)));
        Self(Arc::new(Inner { content: Content::Octets(octets), len, digest }))
    }
}

/// The whole text.
impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.content {
            Content::Text(text) => f.write_str(text),
            Content::Octets(octets) => f.write_str(&String::from_utf8_lossy(octets)),
            Content::Pieces(pieces) => pieces.iter().try_for_each(|piece| write!(f, "{piece}")),
        }
    }
}

/// A part of a text that has no parts.
#[derive(Clone, Debug)]
pub struct Leaf(Piece);

impl AsRef<[u8]> for Leaf {
    fn as_ref(&self) -> &[u8] {
        match &self.0.0.content {
            Content::Text(text) => text.as_bytes(),
            Content::Octets(octets) => octets,
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
            [piece] => piece.0.digest,
            pieces => digest_of(pieces),
        }
    }
}

/// The digest of a text in these pieces.
pub fn digest_of<'a>(pieces: impl IntoIterator<Item = &'a Piece>) -> Digest {
    let digests = pieces.into_iter().map(|piece| piece.0.digest);
    short(&digests.fold(Sha256::new(), Sha256::chain_update).finalize())
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

/// Enough of a digest to tell texts apart.
fn short(digest: &[u8]) -> Digest {
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
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
