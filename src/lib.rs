//! Aushang loads event definitions from text files and publishes them as iCalendar, RSS, Atom, JSON
//! Feed, JSON-LD, CSV and web pages.
//!
//! # One straight line
//!
//! ```text
//! feeds/ -> SourceFile -> Definition -> Event -> Published -> Schedule -> Document -> Resource -> Response
//!            read          parse        validate   revise      expand     render     freeze      respond
//!            `------------ source -------------'  `record'    `schedule'  `render'  `snapshot'   `http'
//! ```
//!
//! `app` calls the rooms in this order, each request calls the last one. Between `source` and `record`,
//! `app::matched` gives each event the uid by which the record knows it. All mistakes of authors are found
//! in [`source`]. The clock is read in [`cli`] alone, once for each reload, and passed down; the data of
//! time zones are a value that `app` makes.
//!
//! # Invariants
//!
//! Each is an absence, and `tests/file_rules.rs` looks for most of them.
//!
//! - [`model`] does no I/O and knows no format, clock, path, query or client's quirk. Each value is checked
//!   when it is made; whether the values of an event fit together is checked in [`source`].
//! - The types of the file format are never seen outside [`source`]. No type is both the file format and
//!   the model.
//! - After [`source`] nothing fails because of content: [`schedule`], [`render`] and [`snapshot`] are
//!   pure and return no `Result`.
//! - [`render`] writes no timestamp of its own and no random id, and file times never reach a document.
//!   The same definitions, record, configuration, zone data and moment give the same bytes.
//! - [`http`] never sees an `Event`, reads no file and renders nothing.
//! - Paths are made and taken apart only in [`route`]. Escaping happens only in the writer of each format.
//! - Wrong states cannot be said: an [`EventTime`](model::EventTime) holds a start and an end of one
//!   kind and in order; a [`Slug`](model::Slug) cannot hold a slash. There is no `unwrap`, an `expect`
//!   has a sentence that proves it, and there is no `unsafe`.
//!
//! # The rooms
//!
//! Each room is a module; the arrows of `use` between them run one way.
//!
//! | room | what it does |
//! |---|---|
//! | [`cli`] | the subcommands, one file each; the clock |
//! | [`app`] | the line, the reload loop, the last-good store |
//! | [`config`] | the settings, in layers |
//! | [`model`] | event, time, place, party, participation, series, published state: pure data |
//! | [`recurrence`] | rules, RECUR text, expansion, gaps and overlaps: calendar arithmetic only |
//! | [`zone`] | which rules hold in a time zone, from which data |
//! | [`source`] | where files come from, the file format, its validation, diagnostics |
//! | [`record`] | what was published: identities, digests, revisions, merging, the store |
//! | [`schedule`] | occurrences in their window, feed membership, selection |
//! | `text` | what every format says in words; the locales |
//! | [`render`] | the table of formats, and the documents of events, feeds and the site |
//! | [`route`] | what a path is |
//! | [`snapshot`] | bytes, codings, headers; the one answer for a path |
//! | [`proof`] | claims of documents, read back with foreign parsers |
//! | `files` | the one door to the disk |
//! | [`http`] | server, limits, negotiation, conditional requests, queries |

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
mod schedule;
pub mod snapshot;
pub mod source;
mod text;
pub mod zone;

/// Values by key. A map whose order is random must never be iterated, which a hasher without a seed hides: this one has
/// the order in which it was filled.
type IndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;

/// Keys without values, in the order in which they came.
type IndexSet<K> = indexmap::IndexSet<K, FxBuildHasher>;
