//! Pictures and attachments of an event.

use std::sync::Arc;

use super::{Line, WebUrl};

/// A picture (schema.org `image`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// Where it is.
    pub source: FileSource,
    /// What it shows, for those who do not see it.
    pub alt: Option<Line>,
}

/// Something to read or to print (RFC 4287 §4.2.7.2 `enclosure`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attachment {
    /// What the reader sees.
    pub label: Line,
    /// Where it is.
    pub source: FileSource,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FileSource {
    /// Beside the event; it is published under the event's URL.
    Own(File),
    /// Elsewhere.
    Web(WebUrl),
}

impl FileSource {
    /// The file, where it is published by this site.
    #[must_use]
    pub fn own(&self) -> Option<&File> {
        match self {
            Self::Own(file) => Some(file),
            Self::Web(_) => None,
        }
    }
}

/// A file of a known type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// Its part of the URL.
    pub name: FileName,
    /// The content.
    pub bytes: Arc<[u8]>,
    /// Of a picture, width and height in pixels.
    pub size: Option<(usize, usize)>,
}

/// A file name that is safe in a URL: small letters, digits, hyphens, and an ending that says what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    name: Arc<str>,
    file_type: FileType,
}

impl FileName {
    /// Reads `name`; `None` where it is not such a name.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        let file_type = FileType::from_ending(ending)?;
        let stem = super::Slug::new(stem)?;
        Some(Self { name: format!("{}.{ending}", stem.as_str()).into(), file_type })
    }

    /// The name that a file of a known type should have; `None` where nothing is left of it.
    #[must_use]
    pub fn nearest(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        Self::new(&format!("{}.{}", super::Slug::nearest(stem)?.as_str(), ending.to_lowercase()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// What its ending says.
    #[must_use]
    pub fn file_type(&self) -> FileType {
        self.file_type
    }
}

/// A type of file that may be published: none that a browser runs scripts of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are named as everybody names them")]
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
    /// The endings of all types.
    pub const ENDINGS: [(&str, Self); 12] = [
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

    /// Returns whether it is a picture.
    #[must_use]
    pub fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }

    /// Its name for readers.
    #[must_use]
    pub fn name(self) -> &'static str {
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

    /// The media type (RFC 6838).
    #[must_use]
    pub fn media_type(self) -> &'static str {
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

    /// Returns whether `bytes` begin as files of this type do.
    #[must_use]
    pub fn is_of(self, bytes: &[u8]) -> bool {
        match self {
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            Self::Gif => bytes.starts_with(b"GIF8"),
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Self::Pdf => bytes.starts_with(b"%PDF-"),
            // Office documents are ZIP archives.
            _ => bytes.starts_with(b"PK\x03\x04"),
        }
    }
}
