//! Aushang loads event definitions from text files and publishes them as iCalendar, RSS, JSON-LD and
//! web pages, with exact time and the true place.
//!
//! ```text
//! feeds/ -> SourceFile -> Definition -> Catalogue -> Published -> Schedule -> Document -> Snapshot -> Answer
//!            read          parse         validate     revise      expand     render      freeze      respond
//!           `------------- source --------------'    `record'   `schedule' `render'  `snapshot'    `http'
//! ```
//!
//! All arrows are called, in this order, by [`app::build`]; the last one by each request.
//!
//! # Invariants
//!
//! Each is an absence, and `tests/architecture.rs` looks for most of them.
//!
//! - [`model`] does no I/O and knows no format and no clock. An [`Event`](model::Event) cannot be
//!   built from text that breaks a format.
//! - The types of the file format are never seen outside of [`source`], and no type is both the file
//!   format and the model.
//! - After [`source`] nothing fails because of content: [`schedule`], [`render`] and [`snapshot`]
//!   are pure and return no `Result`.
//! - [`render`] writes no timestamp of its own and no random id; file times are never read. The same
//!   files, configuration and moment give the same bytes.
//! - [`http`] never sees an event, reads no file and renders nothing.
//! - Paths are made and taken apart only in [`route`]. Escaping happens only in the writer of each format.
//! - Wrong states cannot be said: an [`EventTime`](model::EventTime) holds a start and an end of one
//!   kind and in order; a [`Slug`](model::Slug) cannot hold a slash.
//!
//! # Where things are
//!
//! | module | what it does |
//! |---|---|
//! | [`app`] | the straight line, the life of the service, the work of each subcommand |
//! | [`cli`] | arguments, exit codes, what is printed |
//! | [`config`] | settings, in layers |
//! | `files` | the one door to the disk |
//! | [`model`] | what an event is; the vocabulary |
//! | [`zone`] | where local times lie, and by which rules |
//! | [`recurrence`] | rules, and the dates that they give |
//! | [`source`] | files to model; every mistake that an author can make |
//! | [`record`] | what was published before: identities, revisions, removals |
//! | [`schedule`] | which feed holds what, and which dates are near |
//! | `text` | every word for readers, in each language |
//! | [`route`] | what a path is |
//! | [`render`] | documents |
//! | [`snapshot`] | bytes, entity tags, headers |
//! | [`http`] | answers |
//! | [`proof`] | whether all documents say the same, read back by other parsers |

use rustc_hash::FxBuildHasher;

pub mod app;
pub mod cli;
pub mod config;
mod files;
pub mod http;
pub mod model;
pub mod proof;
pub mod record;
pub mod recurrence;
pub mod render;
pub mod route;
pub mod schedule;
pub mod snapshot;
pub mod source;
mod text;
pub mod zone;

/// Values by key. A map whose order is random must never be iterated, which a hasher without a seed hides: this one has
/// the order in which it was filled.
type IndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;

/// Keys without values, in the order in which they came.
type IndexSet<K> = indexmap::IndexSet<K, FxBuildHasher>;
