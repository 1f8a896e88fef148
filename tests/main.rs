//! All tests that need more than one module: one crate, one file for each subject.

mod architecture;
mod changes;
mod cli;
mod conformance;
mod corpus;
mod definitions;
mod documents;
mod english;
mod feeds;
mod files;
mod golden;
mod hostile;
mod http;
mod identity;
mod last_good;
mod memory;
mod record;
mod record_merge;
mod refusals;
mod series;
mod service;
mod site;
mod store;
mod time;
mod words;
