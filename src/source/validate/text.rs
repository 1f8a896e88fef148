//! The Markdown text of an event: links that are safe, and no HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::model::{EmailAddress, Markdown, WebUrl};
use crate::source::problem::Problem;

use super::checker::Checker;

/// The text at `range` of the file.
pub fn body(checker: &Checker<'_>, range: Range<usize>) -> Markdown {
    let text = &checker.file.text[range.clone()];
    let mut has_html = false;
    for (event, at) in Parser::new(text).into_offset_iter() {
        let span = range.start + at.start..range.start + at.end;
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if !is_safe(&dest_url) =>
            {
                checker.report(&span, Problem::UnsafeUrl { url: dest_url.into_string() });
            }
            Event::Html(_) | Event::InlineHtml(_) if !has_html => {
                has_html = true;
                checker.report(&span, Problem::LooksLikeHtml);
            }
            _ => {}
        }
    }
    Markdown::new(text).expect("control characters were refused when the file was read")
}

/// Claims that a link in a text leads to the web, a mailbox or a telephone.
fn is_safe(url: &str) -> bool {
    match url.split_once(':') {
        Some(("mailto", address)) => EmailAddress::new(address).is_some(),
        Some(("tel", number)) => number.bytes().all(|b| b.is_ascii_digit() || b"+-()".contains(&b)),
        // An address in angle brackets: pulldown-cmark gives it without its scheme.
        None => EmailAddress::new(url).is_some(),
        Some(_) => WebUrl::new(url).is_some(),
    }
}
