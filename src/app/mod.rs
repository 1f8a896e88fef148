//! The work of the program: the straight line from files to a snapshot, the life of the service,
//! and one function for each subcommand.
//!
//! `build` is the line. `reload` walks it again whenever a file was edited, and holds what must
//! outlive one snapshot; `service` is the loop around it. The other files are one subcommand each,
//! or what several of them share: build, record and removals used one another in a circle before
//! `matched` and `store` were put below all three.

mod build;
mod error;
mod export;
mod gather;
mod history;
mod last_good;
mod matched;
mod proof;
mod published;
mod record;
mod reload;
mod removals;
mod service;
mod show;
mod status;
mod store;
mod terminal;

pub(crate) use build::build_held;
pub use build::{BuiltSite, Memos, build, check};
pub use error::Error;
pub(crate) use export::export;
pub(crate) use history::history;
pub use proof::prove;
pub use published::{documents, published};
pub use record::{
    Update, accept_removals, ensure_site_id, merge, reinstate, update_record, withdraw,
};
pub use reload::State;
pub(crate) use service::{Outside, run};
pub(crate) use show::{show, show_held};
pub use status::{HeldItem, Instead, SiteStatus};
pub(crate) use terminal::{
    log_message, print_line, print_lines, print_notes, print_report, print_warning,
};
