//! Identifiers that last: slugs, uids, the site's id and language tags, each with a checked
//! constructor.
//!
//! Uids and ids of feed entries are version-5 UUIDs (RFC 9562 §5.5) of a name in the namespace of
//! the site's id. So they follow from the definitions alone: two replicas, or a server that lost
//! its record, publish the same ones.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::Line;
use super::stored::stored_as_text;

/// A segment of a URL: `[a-z0-9]+(-[a-z0-9]+)*`, at most 100 bytes; cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl Slug {
    /// The greatest length of a slug, in bytes.
    pub(crate) const MAX_LEN: usize = 100;
    /// The slug of the feed that holds every event, which always exists.
    pub(crate) const ALL: &'static str = "alle";

    /// Makes a slug of `name`, unchanged; returns `None` if it is not one.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        (name.len() <= Self::MAX_LEN && name.split('-').all(is_word)).then(|| Self(name.into()))
    }

    /// Returns the slug of the feed that holds every event.
    #[must_use]
    pub(crate) fn all() -> Self {
        Self(Self::ALL.into())
    }

    /// Returns the slug to propose for `name` (ä→ae, ß→ss, accents dropped, everything else to
    /// hyphens); `None` if no letter or digit is left.
    #[must_use]
    pub(crate) fn nearest(name: &str) -> Option<Self> {
        let mut words = vec![String::new()];
        // An `a` with a combining diaeresis is spelt out like `ä` only in its composed form.
        for c in name.nfc().flat_map(char::to_lowercase) {
            match spell_out(c) {
                Some(letters) => words.last_mut()?.push_str(&letters),
                None => words.push(String::new()),
            }
        }
        words.retain(|word| !word.is_empty());
        let mut slug = words.join("-");
        // The slug is ASCII, so that every length is a boundary of characters.
        slug.truncate(Self::MAX_LEN);
        Self::new(slug.trim_end_matches('-'))
    }

    /// Returns the slug as it stands in a URL.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the ASCII letters or the digit for `c`; `None` if `c` separates words.
fn spell_out(c: char) -> Option<String> {
    // German spells umlauts out, as authors do in addresses; other accents are dropped.
    match c {
        'ä' => Some("ae".to_owned()),
        'ö' => Some("oe".to_owned()),
        'ü' => Some("ue".to_owned()),
        'ß' => Some("ss".to_owned()),
        _ => c.nfd().next().filter(char::is_ascii_alphanumeric).map(String::from),
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The identifier of an event in every calendar, which never changes (`UID`, RFC 5545 §3.8.4.7).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(Line);

impl Uid {
    /// The greatest length of a written uid, in bytes. Programs have to keep 255
    /// bytes (RFC 5545 §3.8.4.7); calendar servers cut or refuse longer ones.
    pub(crate) const MAX_LEN: usize = 255;

    /// Makes a uid of a written text, unchanged; returns `None` if it is too long.
    #[must_use]
    pub fn new(text: Line) -> Option<Self> {
        (text.len() <= Self::MAX_LEN).then_some(Self(text))
    }

    /// Returns the uid of a session that is an entry of its own.
    #[must_use]
    pub(crate) fn session(&self, id: &Slug) -> String {
        format!("{}#{id}", self.0)
    }

    /// Returns the uid of an occurrence that is an entry of its own; `date` is its original local
    /// date.
    #[must_use]
    pub(crate) fn date(&self, date: NaiveDate) -> Self {
        Self(self.0.with_date(date))
    }

    /// Reads a uid of the record; returns `None` if somebody edited it into something that is none.
    #[must_use]
    pub(crate) fn recorded(text: &str) -> Option<Self> {
        Line::new(text).and_then(Self::new)
    }

    /// Returns the uid as it is published.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The random UUID of a site: the namespace of all its other identifiers, so that no two sites
/// publish the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SiteId(Uuid);

impl SiteId {
    /// Reads a UUID (RFC 9562); returns `None` if `text` is not one, or is the nil UUID.
    #[must_use]
    pub(crate) fn new(text: &str) -> Option<Self> {
        // The nil UUID stands for a site whose id is not known yet.
        Uuid::try_parse(text).ok().filter(|id| !id.is_nil()).map(Self)
    }

    /// Returns the id under which events are checked before the site's own id is known.
    #[must_use]
    pub(crate) fn unknown() -> Self {
        Self(Uuid::nil())
    }

    /// Returns the uid of the event with this slug.
    #[must_use]
    pub(crate) fn event_uid(&self, slug: &Slug) -> Uid {
        self.uid(&format!("event:{slug}"))
    }

    /// Returns the uid of a new event whose slug was that of another one: a renamed file kept the
    /// first uid.
    #[must_use]
    pub(crate) fn next_uid(&self, slug: &Slug) -> Uid {
        self.uid(&format!("event:{slug}#2"))
    }

    /// Returns the uid of the notice entry of an empty feed.
    #[must_use]
    pub(crate) fn notice_uid(&self, feed: &Slug) -> Uid {
        // A calendar without a VEVENT makes GNOME keep the old entries, so an empty feed has this
        // one.
        self.uid(&format!("feed:{feed}"))
    }

    /// Returns the uid of the notice entry of a retired feed.
    #[must_use]
    pub(crate) fn end_uid(&self, feed: &Slug) -> Uid {
        self.uid(&format!("feed:{feed}/end"))
    }

    /// Returns the `urn:uuid:` of the notice entry of a retired feed in RSS, Atom and JSON Feed.
    #[must_use]
    pub(crate) fn end_id(&self, feed: &Slug) -> String {
        self.entry_id("", &self.end_uid(feed))
    }

    /// Returns the `urn:uuid:` of an event's entry in RSS, Atom and JSON Feed. `mark` is empty, or
    /// the prefix of a language variant, whose entries have ids of their own.
    #[must_use]
    pub(crate) fn entry_id(&self, mark: &str, uid: &Uid) -> String {
        self.urn(&format!("{mark}entry:{uid}"))
    }

    /// Returns the `urn:uuid:` of the entry for one change of an event, in the language variant of
    /// `mark`.
    #[must_use]
    pub(crate) fn change_id(&self, mark: &str, uid: &Uid, sequence: u32) -> String {
        self.urn(&format!("{mark}entry:{uid}/{sequence}"))
    }

    /// Returns the `urn:uuid:` of a feed in the language variant of `mark`; `name` is its slug and
    /// the query that filters it.
    #[must_use]
    pub(crate) fn feed_id(&self, mark: &str, name: &str) -> String {
        self.urn(&format!("{mark}feed:{name}"))
    }

    fn uid(&self, name: &str) -> Uid {
        let uuid = self.name(name).to_string();
        Uid(Line::new(&uuid).expect("a UUID is a line of hexadecimal digits and hyphens"))
    }

    fn urn(&self, name: &str) -> String {
        self.name(name).urn().to_string()
    }

    fn name(&self, name: &str) -> Uuid {
        Uuid::new_v5(&self.0, name.as_bytes())
    }
}

/// A language tag (BCP 47): a primary language of two or three letters, then subtags.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(String);

impl Language {
    /// Reads a tag and brings it to its recommended case (`de`, `de-CH`, `sr-Latn`); returns `None`
    /// if it is not well-formed.
    #[must_use]
    pub(crate) fn new(tag: &str) -> Option<Self> {
        let mut subtags = tag.split('-');
        let primary = subtags.next().filter(|p| (2..=3).contains(&p.len()) && is_alphabetic(p))?;
        let mut language = primary.to_ascii_lowercase();
        for subtag in subtags {
            // RFC 5646 §2.1: subtags have one to eight letters or digits.
            let is_subtag = (1..=8).contains(&subtag.len())
                && subtag.bytes().all(|b| b.is_ascii_alphanumeric());
            language.push('-');
            language.push_str(&is_subtag.then(|| usual_case(subtag))?);
        }
        Some(Self(language))
    }

    /// Returns German, the language of a site that names none.
    #[must_use]
    pub(crate) fn german() -> Self {
        Self("de".to_owned())
    }

    /// Returns English, the language of translations.
    #[must_use]
    pub(crate) fn english() -> Self {
        Self("en".to_owned())
    }

    /// Returns the primary language, without script or region (RFC 5646 §2.2.1).
    #[must_use]
    pub(crate) fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Returns whether `primary` is the primary language of this tag: `de` is that of `de-CH`.
    #[must_use]
    pub(crate) fn is(&self, primary: &str) -> bool {
        let rest = self.0.strip_prefix(primary);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// Returns the tag.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_alphabetic(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphabetic())
}

fn usual_case(subtag: &str) -> String {
    // RFC 5646 §2.1.1: regions in capitals, scripts with an initial capital, everything else in
    // small letters.
    match subtag.len() {
        2 => subtag.to_ascii_uppercase(),
        4 if is_alphabetic(subtag) => {
            let (first, rest) = subtag.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        _ => subtag.to_ascii_lowercase(),
    }
}

stored_as_text!(Slug, "slug", Slug::new);
stored_as_text!(Uid, "uid", Uid::recorded);
stored_as_text!(Language, "language tag", Language::new);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_holds_small_letters_digits_and_single_hyphens() {
        for good in ["a", "2018-12-10-workshop", "x9"] {
            assert!(Slug::new(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "ä", "a/b", "a.b", "a b", &"x".repeat(101)] {
            assert!(Slug::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_nearest_slug_spells_out_umlauts() {
        let nearest = |name| Slug::nearest(name).map(|slug| slug.as_str().to_owned());
        assert_eq!(nearest("Größe & Übung 2"), Some("groesse-uebung-2".to_owned()));
        assert_eq!(nearest("Café_Tag"), Some("cafe-tag".to_owned()));
        assert_eq!(nearest("—"), None);
    }

    #[test]
    fn identifiers_are_version_5_uuids_in_the_namespace_of_the_site() {
        // The namespace of DNS names, and Python's uuid.uuid5 as the second opinion.
        let site = SiteId::new("6ba7b810-9dad-11d1-80b4-00c04fd430c8").expect("a UUID");
        let slug = Slug::new("a").expect("a slug");
        assert_eq!(site.event_uid(&slug).as_str(), "2a631390-0f75-5470-9f6b-f5c2eb220813");
    }

    #[test]
    fn a_language_is_a_bcp_47_tag() {
        let tag = |text| Language::new(text).map(|language| language.as_str().to_owned());
        assert_eq!(tag("DE-at"), Some("de-AT".to_owned()));
        assert_eq!(tag("sr-latn-RS"), Some("sr-Latn-RS".to_owned()));
        assert_eq!((tag("de_DE"), tag("deutsch"), tag("")), (None, None, None));
    }
}
