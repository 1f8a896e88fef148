//! The Markdown text of an event: its links must be safe, and HTML is warned of, since readers see it as text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::model::{EmailAddress, Markdown, WebUrl, is_embedding, is_forbidden_in_lines, places};
use crate::source::diagnostic::Problem;
use crate::source::format::At;

use super::checker::Checker;

/// Reads the text at `range` (in bytes) of the file.
pub(crate) fn body(checker: &Checker<'_>, range: Range<usize>) -> Markdown {
    let text = &checker.file.text[range.clone()];
    for (at, problem) in problems(text) {
        checker.report(&(range.start + at.start..range.start + at.end), problem);
    }
    Markdown::in_normal(&checker.file.text, range)
}

/// Reads a text that is written as the value of a key.
pub(crate) fn translated_body(checker: &Checker<'_>, written: &At<String>) -> Option<Markdown> {
    for (_, problem) in problems(&written.value) {
        checker.report(&written.span, problem);
    }
    let body = Markdown::new(&written.value);
    if body.is_none() {
        checker.report(&written.span, Problem::NotOneLine { key: "body" });
    }
    body
}

/// Returns the problems of a text, each with its place in it. HTML is reported once a text.
fn problems(text: &str) -> Vec<(Range<usize>, Problem)> {
    let mut problems: Vec<_> = directions(text).collect();
    // Links, HTML and character references begin with one of these: most texts need not be parsed.
    if places(text, |byte| matches!(byte, b'[' | b'<' | b'&')).next().is_none() {
        return problems;
    }
    let mut has_html = false;
    for (event, at) in Parser::new(text).into_offset_iter() {
        let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_));
        let problem = match &event {
            _ if is_html && !has_html => Some(Problem::LooksLikeHtml),
            Event::Start(
                Tag::Link { link_type, dest_url, title, .. }
                // A picture in a text is shown as a link to it.
                | Tag::Image { link_type, dest_url, title, .. },
            ) => unsafe_link(*link_type, dest_url).or_else(|| escaped_control(title)),
            Event::Text(text) | Event::Code(text) => escaped_control(text),
            _ => None,
        };
        // What is written as it is was found before.
        let is_known = |problem: &Problem| {
            matches!(problem, Problem::DirectionControl { .. })
                && text[at.clone()].contains(is_embedding)
        };
        let problem = problem.filter(|problem| !is_known(problem));
        has_html |= is_html;
        problems.extend(problem.map(|problem| (at, problem)));
    }
    problems
}

/// Returns the places at which the direction of writing is embedded or overridden. An isolate (U+2066 to U+2069) ends
/// with its paragraph and is how a name in another script is set apart: a text may hold it.
fn directions(text: &str) -> impl Iterator<Item = (Range<usize>, Problem)> {
    let suspects = places(text, |byte| byte == 0xe2);
    let characters = suspects.filter_map(|at| Some((at, text[at..].chars().next()?)));
    let embedding = characters.filter(|(_, character)| is_embedding(*character));
    embedding.map(|(at, character)| {
        (at..at + character.len_utf8(), Problem::DirectionControl { character })
    })
}

/// Returns the problem of a control character that was written as a reference such as `&#7;`.
fn escaped_control(text: &str) -> Option<Problem> {
    let is_suspect = |c: char| is_forbidden_in_lines(c) || is_embedding(c);
    let character = text.chars().find(|c| is_suspect(*c))?;
    Some(if is_embedding(character) {
        Problem::DirectionControl { character }
    } else {
        Problem::ControlCharacter { character }
    })
}

fn unsafe_link(kind: LinkType, url: &str) -> Option<Problem> {
    (!is_safe(kind, url)).then(|| Problem::UnsafeUrl { url: url.to_owned() })
}

/// Returns whether a link in a text leads to the web, a mailbox or a telephone.
fn is_safe(kind: LinkType, url: &str) -> bool {
    match url.split_once(':') {
        // pulldown-cmark gives an address in angle brackets without its scheme.
        _ if kind == LinkType::Email => EmailAddress::new(url).is_some(),
        Some(("mailto", address)) => EmailAddress::new(address).is_some(),
        Some(("tel", number)) => number.bytes().all(|b| b.is_ascii_digit() || b"+-()".contains(&b)),
        // A relative link would lead nowhere: feed readers and calendars show the text at no address of ours.
        _ => WebUrl::new(url).is_some(),
    }
}
