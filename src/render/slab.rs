//! One buffer for all that is made of an event.
//!
//! An event's page holds its data and its text, its feeds hold its files: what is the same is in memory once. The
//! writers of the formats need not know of it: they clone the byte strings that they share, and what lies in the same
//! place before lies in the same place behind. With one allocation for each event, 10,000 events take a third less than
//! with one for each byte string.

use bytes::Bytes;

use super::body::SharedBytes;

/// A shorter byte string is copied again: a reference to it is longer.
const SHORT: usize = 64;
/// Bytes of a usual event in all formats.
const USUAL: usize = 16 << 10;

/// The buffer while it is filled.
pub struct Filling {
    buffer: Vec<u8>,
    places: Vec<SlabRange>,
}

/// Where a byte string was, and where it is in the buffer. The former are still there while the latter is filled.
struct SlabRange {
    address: usize,
    len: usize,
    at: usize,
}

impl SlabRange {
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

    /// Adds a part that will be one byte string.
    pub fn add_whole(&mut self, part: &SharedBytes) {
        if whole(&self.places, part).is_none() {
            part.segments().iter().for_each(|segment| self.push(segment));
        }
    }

    /// Adds what is new of a part.
    pub fn add(&mut self, part: &SharedBytes) {
        for segment in part.segments() {
            if segment.len() < SHORT || !self.places.iter().any(|one| one.find(segment).is_some()) {
                self.push(segment);
            }
        }
    }

    fn push(&mut self, segment: &Bytes) {
        let (address, len, at) = (segment.as_ptr().addr(), segment.len(), self.buffer.len());
        self.places.push(SlabRange { address, len, at });
        self.buffer.extend_from_slice(segment);
    }

    /// Ends the filling.
    pub fn finish(self) -> Slab {
        Slab { buffer: self.buffer.into_boxed_slice().into(), places: self.places }
    }
}

/// The filled buffer; it knows the parts that were added to it.
pub struct Slab {
    buffer: Bytes,
    places: Vec<SlabRange>,
}

impl Slab {
    /// The part as one byte string.
    pub fn whole(&self, part: &SharedBytes) -> Bytes {
        let at = whole(&self.places, part).expect("it was added as a whole");
        self.buffer.slice(at..at + part.len())
    }

    /// The part in as few byte strings as it is in the buffer.
    pub fn part(&self, part: &SharedBytes) -> SharedBytes {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for segment in part.segments() {
            let end = ranges.last().map(|(_, end)| *end);
            let mut found = self.places.iter().filter_map(|place| place.find(segment));
            let first = found.next().expect("it was added");
            let at = std::iter::once(first).chain(found).find(|at| Some(*at) == end);
            match (at, ranges.last_mut()) {
                (Some(at), Some((_, end))) => *end = at + segment.len(),
                _ => ranges.push((first, first + segment.len())),
            }
        }
        let segments = ranges.into_iter().map(|(start, end)| self.buffer.slice(start..end));
        segments.collect::<Vec<_>>().into()
    }
}

/// Where a part is in the buffer, one byte string behind the other.
fn whole(places: &[SlabRange], part: &SharedBytes) -> Option<usize> {
    let Some((first, others)) = part.segments().split_first() else { return Some(0) };
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
    fn what_parts_share_is_in_the_buffer_once() {
        let texts = ["<", &"text ".repeat(30), ">"];
        let [head, text, foot] = texts.map(|part| Bytes::from(part.to_owned()));
        let page = SharedBytes::from(vec![head.clone(), text.clone(), foot.clone()]);
        let item = SharedBytes::from(vec![foot, text.slice(5..), head]);
        let mut filling = Filling::new();
        filling.add_whole(&page);
        filling.add(&item);
        let slab = filling.finish();
        assert_eq!(slab.buffer.len(), page.len() + 2, "the short ones again");
        assert_eq!(slab.whole(&page), page.to_bytes());
        assert_eq!(slab.part(&item).to_bytes(), item.to_bytes());
        assert_eq!(slab.part(&page).segments().len(), 1);
    }
}
