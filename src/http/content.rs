//! The content of an answer: the segments of a document, handed out one after the other without a copy.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};

use crate::snapshot;

/// The segments that are still to be handed out. The next one is taken out beforehand, so that a document of one
/// segment needs no place in a list.
#[derive(Debug, Default)]
pub struct ResponseBody {
    next: Option<Bytes>,
    rest: Option<Rest>,
    left: usize,
}

/// The place in a document after the next segment.
#[derive(Debug)]
struct Rest {
    document: snapshot::Content,
    part: usize,
    segment: usize,
}

impl ResponseBody {
    /// Returns a body with all of a document.
    #[must_use]
    pub(crate) fn of(document: &snapshot::Content) -> Self {
        let left = document.len();
        if let Some(one) = document.as_one() {
            return Self { next: Some(one.clone()), rest: None, left };
        }
        let mut rest = Rest { document: document.clone(), part: 0, segment: 0 };
        Self { next: rest.take(), rest: Some(rest), left }
    }

    fn take(&mut self) -> Option<Bytes> {
        let following = self.rest.as_mut().and_then(Rest::take);
        std::mem::replace(&mut self.next, following)
    }
}

impl Rest {
    fn take(&mut self) -> Option<Bytes> {
        let segments = self.document.parts().get(self.part)?.segments();
        let segment = segments.get(self.segment)?.clone();
        self.segment += 1;
        if self.segment == segments.len() {
            (self.part, self.segment) = (self.part + 1, 0);
        }
        Some(segment)
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self { left: bytes.len(), next: Some(bytes), rest: None }
    }
}

impl HttpBody for ResponseBody {
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
        // An exact size makes hyper write Content-Length instead of chunks.
        SizeHint::with_exact(u64::try_from(self.left).unwrap_or(u64::MAX))
    }
}
