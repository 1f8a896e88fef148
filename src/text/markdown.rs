//! An author's Markdown (CommonMark) as safe HTML and as plain text, made from one pass over the same events.
//!
//! The filter is our own: `ammonia`, which cleans finished HTML, took 12.9 s for 50,000 nested quotes.

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};

use crate::model::Markdown;

/// The depth to which quotes and lists may nest; deeper ones are set flat.
const MAX_DEPTH: usize = 16;

/// Returns HTML, in which an author's own HTML is text and pictures are links to them; and plain text: paragraphs
/// parted by an empty line, lists with hyphens or numbers, links with their targets behind them.
pub(crate) fn html_and_text(markdown: &Markdown) -> (String, String) {
    let mut text = TextWriter::default();
    let events = Parser::new(markdown).inspect(|event| text.write(event.clone()));
    // Room for a quarter more than the Markdown: growing would copy a long text several times.
    let html = html(events, markdown.len() * 5 / 4);
    (html, text.text.trim_end().to_owned())
}

fn html<'a>(events: impl Iterator<Item = Event<'a>>, capacity: usize) -> String {
    let (mut depth, mut links) = (0, 0);
    let events = events.filter_map(|event| match event {
        // What stands in the file is shown in every format; no HTML of an author is run by a browser.
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        // A picture in a link is its alternative text: HTML allows no link in a link.
        Event::Start(
            Tag::Image { link_type, dest_url, title, id }
            | Tag::Link { link_type, dest_url, title, id },
        ) => {
            links += 1;
            let link = Tag::Link { link_type, dest_url, title, id };
            (links == 1).then_some(Event::Start(link))
        }
        Event::End(TagEnd::Image | TagEnd::Link) => {
            links -= 1;
            (links == 0).then_some(Event::End(TagEnd::Link))
        }
        // The title of the event stands above: a heading in the text is of the second rank.
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(heading())),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(heading().to_end())),
        Event::Start(tag) => {
            depth += 1;
            (depth <= MAX_DEPTH).then_some(Event::Start(tag))
        }
        Event::End(tag) => {
            depth -= 1;
            (depth < MAX_DEPTH).then_some(Event::End(tag))
        }
        other => Some(other),
    });
    let mut html = String::with_capacity(capacity);
    html::push_html(&mut html, events);
    html
}

fn heading<'a>() -> Tag<'a> {
    let level = pulldown_cmark::HeadingLevel::H2;
    Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }
}

/// Returns the first paragraph of a plain text, cut between words after at most `limit` characters.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let Some((limit, _)) = paragraph.char_indices().nth(limit) else {
        return paragraph.replace('\n', " ");
    };
    let cut = &paragraph[..limit];
    let end = cut.rfind([' ', '\n']).unwrap_or(cut.len());
    let cut = cut[..end].trim_end_matches([',', ';', ':', ' ', '\n']);
    [&cut.replace('\n', " "), " …"].concat()
}

#[derive(Default)]
struct TextWriter<'a> {
    text: String,
    /// The open lists, each with the number of its next item; `None` for hyphens.
    lists: Vec<Option<u64>>,
    /// The targets of open links and pictures, each with the place in `text` at which its words begin.
    targets: Vec<(CowStr<'a>, usize)>,
}

impl<'a> TextWriter<'a> {
    fn write(&mut self, event: Event<'a>) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text.push_str(&text);
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.text.push_str("---\n\n"),
            Event::Start(Tag::List(first)) => {
                self.end_line();
                self.lists.push(first);
            }
            Event::Start(Tag::Item) => self.begin_item(),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.targets.push((dest_url, self.text.len()));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_link(),
            Event::End(TagEnd::Item) => self.end_line(),
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                self.end_block();
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock,
            ) => self.end_block(),
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        self.end_line();
        // The HTML is set flat at this depth, too.
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(MAX_DEPTH));
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.text.push_str(&indent);
        self.text.push_str(&mark);
    }

    fn end_link(&mut self) {
        let Some((target, start)) = self.targets.pop() else { return };
        let words = &self.text[start..];
        // A link whose words are its address would say it twice.
        let address = target.strip_prefix("mailto:").unwrap_or(&target);
        if words != address {
            let suffix = format!(" ({address})");
            self.text.push_str(&suffix);
        }
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Ends a block with an empty line, or inside of a list with the end of the line.
    fn end_block(&mut self) {
        self.end_line();
        if self.lists.is_empty() && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(markdown: &str) -> String {
        html_and_text(&Markdown::new(markdown).expect("no control characters")).1
    }

    fn html(markdown: &str) -> String {
        html_and_text(&Markdown::new(markdown).expect("no control characters")).0
    }

    #[test]
    fn paragraphs_lists_and_links_stay_readable_as_text() {
        let markdown =
            "Eins\nzwei.\n\n* a\n* [b](https://example.org/)\n  1. c\n\n<https://example.org/x>";
        let expected =
            "Eins zwei.\n\n- a\n- b (https://example.org/)\n  1. c\n\nhttps://example.org/x";
        assert_eq!(text(markdown), expected);
    }

    #[test]
    fn html_of_an_author_is_text() {
        assert_eq!(text("a <b>c</b>"), "a <b>c</b>");
        assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
        assert_eq!(html("<script>x</script>"), "&lt;script&gt;x&lt;/script&gt;");
    }

    #[test]
    fn a_picture_in_a_link_is_its_words() {
        let markdown = "[![Bild](https://example.org/a.png)](https://example.org/)";
        assert_eq!(html(markdown), "<p><a href=\"https://example.org/\">Bild</a></p>\n");
    }

    #[test]
    fn deep_nesting_is_set_flat() {
        let depth = html(&">".repeat(5000)).matches("<blockquote>").count();
        assert_eq!(depth, MAX_DEPTH);
    }

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt("Eins zwei drei\n\nvier", 9), "Eins …");
        assert_eq!(excerpt("Eins zwei", 9), "Eins zwei");
    }
}
