//! Where the files of definitions come from, and how large each may be.

mod files;

pub use files::{Asset, Content, FEED, FeedFolder, Files, Place, SourceFile, missing, shown};

/// The largest picture or attachment, in octets.
pub const MAX_ASSET_LEN: usize = 10 * 1024 * 1024;

/// The largest definition file, in octets.
pub const MAX_FILE_LEN: usize = 256 * 1024;
