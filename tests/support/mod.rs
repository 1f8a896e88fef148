//! What several files of tests need: sites that are built and asked as in production, and what is read out
//! of their answers, their records and their folders.

mod answer;
mod calendar;
mod folder;
mod oversized;
mod property;
mod record;
mod service;
mod site;

pub(crate) use answer::{Answer, answer, ask, documents};
pub(crate) use folder::{copy, copy_shipped, tree, write};
pub(crate) use oversized::{Oversized, oversized};
pub(crate) use property::{Count, Outcome, property};
pub(crate) use record::{record_lines, record_text, without_sums};
pub(crate) use service::reload;
pub(crate) use site::{BASE, NOW, Site, UID, time, zones};

/// One grey pixel.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";
