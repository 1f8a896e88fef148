//! One buffer for all that is made of an event.
//!
//! An event's page holds its data and its text, its feeds hold its files: what is the same is in memory once. The
//! writers of the formats need not know of it: they clone the byte strings that they share, and what lies in the same
//! place before lies in the same place behind. With one allocation for each event, 10,000 events take a third less than
//! with one for each byte string.

use bytes::Bytes;

use super::body::Body;

/// A shorter byte string is copied again: a reference to it is longer.
const SHORT: usize = 64;
/// Bytes of a usual event in all formats.
const USUAL: usize = 16 << 10;

/// The buffer while it is filled.
pub struct Filling {
    buffer: Vec<u8>,
    places: Vec<Place>,
}

/// Where a byte string was, and where it is in the buffer. The former are still there while the latter is filled.
struct Place {
    address: usize,
    len: usize,
    at: usize,
}

impl Place {
    /// Where in the buffer `segment` is, if it is a part of this one.
    fn find(&self, segment: &Bytes) -> Option<usize> {
        let address = segment.as_ptr().addr();
        let is_inside =
            address >= self.address && address + segment.len() <= self.address + self.len;
        is_inside.then(|| self.at + address - self.address)
    }
}

impl Filling {
    /// An empty buffer with room for what a usual event needs.
    pub fn new() -> Self {
        Self { buffer: Vec::with_capacity(USUAL), places: Vec::with_capacity(64) }
    }

    /// Adds a body that will be one byte string.
    pub fn add_whole(&mut self, body: &Body) {
        if whole(&self.places, body).is_none() {
            body.segments().iter().for_each(|segment| self.push(segment));
        }
    }

    /// Adds what is new of a body.
    pub fn add(&mut self, body: &Body) {
        for segment in body.segments() {
            if segment.len() < SHORT || !self.places.iter().any(|one| one.find(segment).is_some()) {
                self.push(segment);
            }
        }
    }

    fn push(&mut self, segment: &Bytes) {
        let (address, len, at) = (segment.as_ptr().addr(), segment.len(), self.buffer.len());
        self.places.push(Place { address, len, at });
        self.buffer.extend_from_slice(segment);
    }

    /// Ends the filling.
    pub fn finish(self) -> Slab {
        Slab { buffer: self.buffer.into_boxed_slice().into(), places: self.places }
    }
}

/// The filled buffer; it knows the bodies that were added to it.
pub struct Slab {
    buffer: Bytes,
    places: Vec<Place>,
}

impl Slab {
    /// The body as one byte string.
    pub fn whole(&self, body: &Body) -> Bytes {
        let at = whole(&self.places, body).expect("it was added as a whole");
        self.buffer.slice(at..at + body.len())
    }

    /// The body in as few byte strings as it is in the buffer.
    pub fn body(&self, body: &Body) -> Body {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for segment in body.segments() {
            let end = ranges.last().map(|(_, end)| *end);
            let mut found = self.places.iter().filter_map(|place| place.find(segment));
            let first = found.next().expect("it was added");
            let at = std::iter::once(first).chain(found).find(|at| Some(*at) == end);
            match (at, ranges.last_mut()) {
                (Some(at), Some((_, end))) => *end = at + segment.len(),
                _ => ranges.push((first, first + segment.len())),
            }
        }
        ranges.into_iter().map(|(start, end)| self.buffer.slice(start..end)).collect()
    }
}

/// Where a body is in the buffer, one byte string behind the other.
fn whole(places: &[Place], body: &Body) -> Option<usize> {
    let Some((first, others)) = body.segments().split_first() else { return Some(0) };
    let is_at = |segment: &Bytes, at: usize| places.iter().any(|one| one.find(segment) == Some(at));
    let starts = places.iter().filter_map(|place| place.find(first));
    starts.into_iter().find(|start| {
        let mut end = start + first.len();
        others.iter().all(|segment| {
            let is_next = is_at(segment, end);
            end += segment.len();
            is_next
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bodies_share_is_in_the_buffer_once() {
        let [head, text, foot] =
            ["<", &"text ".repeat(30), ">"].map(|part| Bytes::from(part.to_owned()));
        let page: Body = [head.clone(), text.clone(), foot.clone()].into_iter().collect();
        let item: Body = [foot, text.slice(5..), head].into_iter().collect();
        let mut filling = Filling::new();
        filling.add_whole(&page);
        filling.add(&item);
        let slab = filling.finish();
        assert_eq!(slab.buffer.len(), page.len() + 2, "the short ones again");
        assert_eq!(slab.whole(&page), page.to_bytes());
        assert_eq!(slab.body(&item).to_bytes(), item.to_bytes());
        assert_eq!(slab.body(&page).segments().len(), 1);
    }
}
