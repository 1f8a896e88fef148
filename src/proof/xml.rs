//! A strict reader of XML 1.0 and its namespaces, by `roxmltree`. A document with any fault is refused.

use roxmltree::{Document, ExpandedName, Node, ParsingOptions};

use crate::model::is_forbidden_in_lines;

/// The depth that no document exceeds.
const DEEPEST: usize = 32;

/// Reads a document; an error is its first fault.
pub(crate) fn read(document: &str) -> Result<Document<'_>, String> {
    // `roxmltree` refuses what is not well-formed, an unknown entity and a document type declaration.
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let tree =
        Document::parse_with_options(document, options).map_err(|error| error.to_string())?;
    for node in tree.descendants() {
        if node.is_element() && node.ancestors().nth(DEEPEST + 1).is_some() {
            return Err(format!("nested too deep: {:?}", node.tag_name().name()));
        }
        let text = node.text().filter(|_| node.is_text()).unwrap_or_default();
        // XML 1.0 §2.2 allows few control characters; the `rss` and `atom_syndication` crates let all of them pass.
        if text.contains(is_forbidden_in_lines) {
            return Err(format!("a forbidden character in {text:?}"));
        }
    }
    Ok(tree)
}

/// Returns the text of the first child of this name; empty if the child is.
pub(crate) fn text_of<'a, 'n>(
    parent: Node<'a, '_>,
    name: impl Into<ExpandedName<'n, 'n>>,
) -> Option<&'a str> {
    let name = name.into();
    let child = parent.children().find(|child| child.has_tag_name(name))?;
    Some(child.text().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{read, text_of};

    #[test]
    fn text_is_read_with_entities_and_cdata() {
        let tree = read("<a><b x=\"1\">1 &lt; &#228; <![CDATA[]]]]><![CDATA[>&]]></b><c/></a>");
        let tree = tree.expect("well-formed");
        assert_eq!(text_of(tree.root_element(), "b"), Some("1 < ä ]]>&"));
        assert_eq!(text_of(tree.root_element(), "c"), Some(""));
        assert_eq!(text_of(tree.root_element(), "d"), None);
    }

    #[test]
    fn a_name_with_a_namespace_is_found_whatever_its_prefix_is() {
        let tree = read("<a xmlns:p='urn:x'><p:b>1</p:b></a>").expect("well-formed");
        assert_eq!(text_of(tree.root_element(), ("urn:x", "b")), Some("1"));
        assert_eq!(text_of(tree.root_element(), ("urn:y", "b")), None);
    }

    #[test]
    fn whatever_is_not_well_formed_is_refused() {
        let texts = [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>text",
            "<a>&x;</a>",
            "<a b='&x;'/>",
            "<a b=1/>",
            "<a x='1' x='2'/>",
            "<p:a/>",
            "<a><!-- -- --></a>",
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        ];
        for text in texts {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn forbidden_characters_are_refused_however_they_are_written() {
        for text in
            ["<a>\u{1}</a>", "<a>\u{85}</a>", "<a>\u{2028}</a>", "<a>&#1;</a>", "<a>&#x85;</a>"]
        {
            assert!(read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(read(&nested(32)).is_ok());
        for depth in [33, 100, 100_000] {
            assert!(read(&nested(depth)).is_err(), "{depth}");
        }
    }
}
