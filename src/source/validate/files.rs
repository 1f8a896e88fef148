//! `image` and `attachments`: files beside the event, or https addresses.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::checker::Checker;
use crate::model::{Attachment, File, FileName, FileSource, Image, Line, Slug, WebUrl};
use crate::source::checked::Checked;
use crate::source::diagnostic::{Diagnostic, Problem};
use crate::source::format::{At, AttachmentDefinition, EventDefinition, KeyOrTable, Text};
use crate::source::tree::{Asset, FeedFolder, SourceFile};

const EXPECTED: &str = "the name of a file in this folder such as `programm.pdf` (small letters, digits, \
    hyphens; png, jpg, jpeg, gif, webp, pdf, docx, xlsx, pptx, odt, ods, odp), or an https address";

/// Reads `image` and `image_alt`.
pub(crate) fn image(
    checker: &Checker<'_>,
    event: &EventDefinition,
    assets: &[Asset],
) -> Option<Image> {
    let alt = checker.line("image_alt", &event.image_alt);
    let Some(written) = &event.image else {
        if let Some(alt) = &event.image_alt {
            checker.report(&alt.span, Problem::Needs { key: "image_alt", other: "`image`" });
        }
        return None;
    };
    let source = source(checker, "image", written, assets)?;
    // A web address is never fetched, so its type is not known.
    let is_picture = source.own().is_none_or(|file| file.name.file_type().is_image());
    if !is_picture {
        let (value, expected) = (written.value.clone(), "a picture: png, jpg, jpeg, gif or webp");
        checker.report(&written.span, Problem::InvalidValue { key: "image", value, expected });
        return None;
    }
    if event.image_alt.is_none() {
        checker.report(&written.span, Problem::PictureWithoutWords);
    }
    Some(Image { source, alt })
}

pub(crate) fn attachments(
    checker: &Checker<'_>,
    written: &[At<KeyOrTable<AttachmentDefinition>>],
    assets: &[Asset],
) -> Vec<Attachment> {
    written.iter().filter_map(|one| attachment(checker, one, assets)).collect()
}

fn attachment(
    checker: &Checker<'_>,
    written: &At<KeyOrTable<AttachmentDefinition>>,
    assets: &[Asset],
) -> Option<Attachment> {
    let (label, file): (&Text, _) = match &written.value {
        KeyOrTable::Key(name) => (&None, At { span: written.span.clone(), value: name.clone() }),
        KeyOrTable::Inline(table) => {
            let Some(file) = &table.file else {
                checker.missing(&written.span, "file", "`file = \"programm.pdf\"`");
                return None;
            };
            (&table.label, file.clone())
        }
    };
    let label = checker.line("label", label);
    let source = source(checker, "attachments", &file, assets)?;
    // Without a label it is called as its file or address is.
    Some(Attachment { label: label.or_else(|| Line::new(&file.value))?, source })
}

fn source(
    checker: &Checker<'_>,
    key: &'static str,
    written: &At<String>,
    assets: &[Asset],
) -> Option<FileSource> {
    // Without a label, the name or address is shown as it is written.
    if checker.has_direction_control(written) {
        return None;
    }
    // No name of a file has a colon.
    if written.value.contains("://") {
        let url = WebUrl::new(&written.value).filter(|url| url.as_url().scheme() == "https");
        if url.is_none() {
            checker.report(&written.span, Problem::UnsafeUrl { url: written.value.clone() });
        }
        return url.map(FileSource::Web);
    }
    let Some(name) = FileName::new(&written.value) else {
        let value = written.value.clone();
        let problem = match FileName::nearest(&value) {
            Some(nearest) => {
                Problem::WrittenFileName { name: value, nearest: nearest.as_str().to_owned() }
            }
            None => Problem::InvalidValue { key, value, expected: EXPECTED },
        };
        checker.report(&written.span, problem);
        return None;
    };
    own(checker, name, written, assets).map(FileSource::Own)
}

fn own(
    checker: &Checker<'_>,
    name: FileName,
    written: &At<String>,
    assets: &[Asset],
) -> Option<File> {
    let Some(asset) = assets.iter().find(|asset| asset.name == name) else {
        let names: Vec<&str> = assets.iter().map(|asset| asset.name.as_str()).collect();
        let nearest = checker.nearest(name.as_str(), &names);
        let name = name.as_str().to_owned();
        checker.report(&written.span, Problem::NoSuchFile { name, nearest });
        return None;
    };
    let file_type = name.file_type();
    // Pages give width and height, so that a browser keeps the room of a picture that is still on its way.
    let size = imagesize::blob_size(&asset.bytes).ok().map(|size| (size.width, size.height));
    let size = size.filter(|_| file_type.is_image());
    // The media type follows from the name, and `nosniff` keeps browsers from looking at the content.
    if !file_type.is_of(&asset.bytes) || (file_type.is_image() && size.is_none()) {
        let (name, expected) = (name.as_str().to_owned(), file_type.name());
        checker.report(&written.span, Problem::NotOfItsType { name, expected });
        return None;
    }
    Some(File { name, bytes: asset.bytes.clone(), size })
}

/// Reports files of known types that no event of their folder names: they are not published, perhaps by mistake.
pub(crate) fn unused(folders: &[FeedFolder], events: &[Arc<Checked>]) -> Vec<Diagnostic> {
    if folders.iter().all(|folder| folder.assets.is_empty()) {
        return Vec::new();
    }
    let mut named: BTreeSet<(Slug, FileName)> = BTreeSet::new();
    for event in events {
        let files = event.event.files().filter_map(FileSource::own);
        named.extend(files.map(|file| (event.event.feed.clone(), file.name.clone())));
    }
    let is_unused = |folder: &FeedFolder, asset: &Asset| {
        !named.contains(&(folder.slug.clone(), asset.name.clone()))
    };
    let unused = folders
        .iter()
        .flat_map(|folder| folder.assets.iter().filter(|asset| is_unused(folder, asset)));
    let report = |asset: &Asset| {
        let file = SourceFile { path: asset.path.clone(), text: "".into(), hash: 0 };
        Diagnostic::new(&file, None, Problem::UnusedFile)
    };
    unused.map(report).collect()
}
