//! A strict reader of XML 1.0, by `quick-xml`, for elements and their text. A document with any fault is refused.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::is_forbidden_in_lines;

/// The depth that no document exceeds.
const DEEPEST: usize = 32;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name, with its prefix.
    pub name: String,
    /// Its own text, without that of its children.
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// Returns the children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Returns the text of the first child of this name.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.children.iter().find(|child| child.name == name).map(|child| child.text.as_str())
    }

    fn open(start: &BytesStart<'_>) -> Result<Self, String> {
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            // `quick-xml` does not look into values: an unknown entity there is found here.
            let value = std::str::from_utf8(&attribute.value).map_err(|error| error.to_string())?;
            quick_xml::escape::unescape(value).map_err(|error| error.to_string())?;
        }
        let name = start.name();
        let name = std::str::from_utf8(name.as_ref()).map_err(|error| error.to_string())?;
        Ok(Self { name: name.to_owned(), ..Self::default() })
    }
}

/// Reads the root of a document; an error is its first fault.
pub fn read(document: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_comments = true;
    // The open elements, from a stand-in for the document to the innermost one.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        if matches!(event, Event::Eof) {
            break;
        }
        take(event, &mut open)?;
    }
    let document = open.pop().filter(|_| open.is_empty()).ok_or("an element is not closed")?;
    match <[Element; 1]>::try_from(document.children) {
        Ok([root]) if document.text.trim().is_empty() => Ok(root),
        Ok(_) => Err("text outside of the root element".to_owned()),
        Err(roots) => Err(format!("{} root elements, not one", roots.len())),
    }
}

fn take(event: Event<'_>, open: &mut Vec<Element>) -> Result<(), String> {
    match event {
        Event::Start(start) if open.len() > DEEPEST => {
            return Err(format!("nested too deep: {:?}", start.name()));
        }
        Event::Start(start) => open.push(Element::open(&start)?),
        Event::Empty(start) => innermost(open)?.children.push(Element::open(&start)?),
        Event::End(_) => {
            let closed = open.pop().ok_or("an end without a start")?;
            innermost(open)?.children.push(closed);
        }
        Event::Text(text) => push(open, &text)?,
        Event::CData(text) => push(open, &text)?,
        Event::GeneralRef(reference) => {
            let c = reference.resolve_char_ref().map_err(|error| error.to_string())?;
            let c = c.or_else(|| predefined(&reference)).ok_or("an unknown entity")?;
            push(open, c.to_string().as_bytes())?;
        }
        Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Eof => {}
        // No document of this program has one.
        Event::DocType(_) => return Err("a document type declaration".to_owned()),
    }
    Ok(())
}

fn innermost(open: &mut [Element]) -> Result<&mut Element, String> {
    open.last_mut().ok_or_else(|| "an end without a start".to_owned())
}

fn push(open: &mut [Element], bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    // XML 1.0 §2.2 allows few control characters; the `rss` and `atom_syndication` crates let all of them pass.
    if text.contains(is_forbidden_in_lines) {
        return Err(format!("a forbidden character in {text:?}"));
    }
    innermost(open)?.text.push_str(text);
    Ok(())
}

fn predefined(name: &[u8]) -> Option<char> {
    Some(match name {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn text_is_read_with_entities_and_cdata() {
        let root = read("<a><b x=\"1\">1 &lt; &#228; <![CDATA[]]]]><![CDATA[>&]]></b></a>");
        assert_eq!(root.expect("well-formed").text_of("b"), Some("1 < ä ]]>&"));
    }

    #[test]
    fn whatever_is_not_well_formed_is_refused() {
        for text in ["", "<a>", "<a></b>", "<a/><b/>", "<a>&x;</a>", "<a b=1/>", "<a x='1' x='2'/>"]
        {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read("<a>\u{1}</a>").is_err());
        let deep = "<a>".repeat(100) + &"</a>".repeat(100);
        assert!(read(&deep).is_err());
    }
}
