//! The pictures and attachments of an event.
//!
//! A file beside the definition is held whole: the check of its type and size is a part of loading,
//! and what is published later is what was checked.

use std::sync::Arc;

use super::{Line, WebUrl};

/// A picture of the event (schema.org `image`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// The file, or its address.
    pub source: FileSource,
    /// The text for readers who do not see the picture.
    pub alt: Option<Line>,
}

/// A document that belongs to the event (RFC 4287 §4.2.7.2 `enclosure`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attachment {
    /// The label of the link.
    pub label: Line,
    /// The file, or its address.
    pub source: FileSource,
}

/// The origin of a picture or an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FileSource {
    /// A file beside the definition, which is published below the event's URL.
    Own(File),
    /// A file on another site.
    Web(WebUrl),
}

impl FileSource {
    /// Returns the file if this site publishes it.
    #[must_use]
    pub(crate) fn own(&self) -> Option<&File> {
        match self {
            Self::Own(file) => Some(file),
            Self::Web(_) => None,
        }
    }
}

/// A file of a known type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// The name, the last segment of its URL.
    pub name: FileName,
    /// The content.
    pub bytes: Arc<[u8]>,
    /// The width and height in pixels of a picture.
    pub size: Option<(usize, usize)>,
}

/// A file name that is safe in a URL: a slug, a point and the suffix of a known type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    name: Arc<str>,
    file_type: FileType,
}

impl FileName {
    /// Reads `name`; returns `None` if it is not a slug with the suffix of a known type.
    #[must_use]
    pub(crate) fn new(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        let file_type = FileType::from_ending(ending)?;
        let stem = super::Slug::new(stem)?;
        Some(Self { name: format!("{}.{ending}", stem.as_str()).into(), file_type })
    }

    /// Returns the name to propose for a file of a known type; `None` if no letter or digit of it
    /// can be kept.
    #[must_use]
    pub(crate) fn nearest(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        Self::new(&format!("{}.{}", super::Slug::nearest(stem)?.as_str(), ending.to_lowercase()))
    }

    /// Returns the name.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.name
    }

    /// Returns the type that the suffix stands for.
    #[must_use]
    pub(crate) fn file_type(&self) -> FileType {
        self.file_type
    }
}

/// A type of file that may be published.
// SVG and HTML are not among them: a browser runs their scripts under the site's own address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileType {
    Png,
    Jpeg,
    Gif,
    Webp,
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
}

impl FileType {
    /// The suffixes of all types.
    pub(crate) const ENDINGS: [(&str, Self); 12] = [
        ("png", Self::Png),
        ("jpg", Self::Jpeg),
        ("jpeg", Self::Jpeg),
        ("gif", Self::Gif),
        ("webp", Self::Webp),
        ("pdf", Self::Pdf),
        ("docx", Self::Docx),
        ("xlsx", Self::Xlsx),
        ("pptx", Self::Pptx),
        ("odt", Self::Odt),
        ("ods", Self::Ods),
        ("odp", Self::Odp),
    ];

    fn from_ending(ending: &str) -> Option<Self> {
        Self::ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, file_type)| *file_type)
    }

    /// Returns whether this is a picture.
    #[must_use]
    pub(crate) fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }

    /// Returns the name that readers know the type by.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Pdf => "PDF",
            Self::Docx => "Word",
            Self::Xlsx => "Excel",
            Self::Pptx => "PowerPoint",
            Self::Odt | Self::Ods | Self::Odp => "OpenDocument",
        }
    }

    /// Returns the media type (RFC 6838).
    #[must_use]
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
        }
    }

    /// Returns whether `bytes` begin with the signature of this type.
    #[must_use]
    pub(crate) fn is_of(self, bytes: &[u8]) -> bool {
        match self {
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            // Both GIF87a and GIF89a.
            Self::Gif => bytes.starts_with(b"GIF8"),
            // RIFF holds other media, too; bytes 8 to 11 name the format.
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Self::Pdf => bytes.starts_with(b"%PDF-"),
            // OOXML and OpenDocument files are ZIP archives.
            _ => bytes.starts_with(b"PK\x03\x04"),
        }
    }
}
