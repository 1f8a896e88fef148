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
mod memory;
mod record;
mod record_merge;
mod refusals;
mod route;
mod series;
mod service;
mod site;
mod time;
mod words;
