//! The content of an answer: the byte strings of a document, handed out one after the other without a copy.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};

use crate::snapshot;

/// What is left to hand out.
#[derive(Debug, Default)]
pub struct Content {
    next: Option<Bytes>,
    /// The document, and how many of its byte strings were taken from it; that of a list only.
    rest: Option<(snapshot::Content, usize)>,
    left: usize,
}

impl Content {
    /// All of a document.
    #[must_use]
    pub fn of(content: &snapshot::Content) -> Self {
        let segments = content.segments();
        Self {
            next: segments.first().cloned(),
            rest: (segments.len() > 1).then(|| (content.clone(), 1)),
            left: content.len(),
        }
    }

    fn take(&mut self) -> Option<Bytes> {
        let next = self.next.take();
        if let Some((content, taken)) = &mut self.rest {
            self.next = content.segments().get(*taken).cloned();
            *taken += 1;
        }
        next
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self { left: bytes.len(), next: Some(bytes), rest: None }
    }
}

impl HttpBody for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = self.take();
        self.left -= bytes.as_ref().map_or(0, Bytes::len);
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.left).unwrap_or(u64::MAX))
    }
}
