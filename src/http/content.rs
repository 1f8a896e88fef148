//! The content of an answer: the pieces of a document, handed out one after the other.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};

use crate::render::{Body, Leaf};

/// How much is handed out at once where pieces are small: a system call costs more than copying it.
const CHUNK: usize = 64 * 1024;

/// What is left to hand out.
#[derive(Debug, Default)]
pub struct Content {
    pieces: std::vec::IntoIter<Leaf>,
    left: usize,
}

impl Content {
    /// All of a document.
    #[must_use]
    pub fn of(body: &Body) -> Self {
        Self { pieces: body.leaves().into_iter(), left: body.len() }
    }

    /// As many pieces as fit into a chunk, but one at least; one alone is not copied.
    fn next_chunk(&mut self) -> Option<Bytes> {
        let first = self.pieces.next()?;
        let mut len = first.as_ref().len();
        let more = self.pieces.as_slice().iter().take_while(|piece| {
            len += piece.as_ref().len();
            len <= CHUNK
        });
        let more = more.count();
        if more == 0 {
            return Some(Bytes::from_owner(first));
        }
        let pieces = std::iter::once(first).chain(self.pieces.by_ref().take(more));
        Some(Bytes::from(pieces.fold(Vec::with_capacity(CHUNK), |mut chunk, piece| {
            chunk.extend_from_slice(piece.as_ref());
            chunk
        })))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::of(&Body::from(text))
    }
}

impl HttpBody for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = self.next_chunk();
        self.left -= chunk.as_ref().map_or(0, Bytes::len);
        Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.left).unwrap_or(u64::MAX))
    }
}
