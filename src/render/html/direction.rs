//! The direction in which a language is written: HTML does not take it from `lang` (HTML Standard §3.2.6.4).

/// Languages whose usual script is written from right to left (the likely subtags of Unicode CLDR).
#[rustfmt::skip]
const LANGUAGES: [&str; 40] = [
    "aao", "abh", "aeb", "acm", "acq", "acw", "ajp", "apc", "apd", "ar", "arc", "ars", "ary", "arz", "azb", "bal",
    "bqi", "ckb", "dv", "fa", "glk", "haz", "he", "iw", "khw", "ks", "lrc", "luz", "mzn", "nqo", "pnb", "ps", "rhg",
    "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
];

/// Scripts that are written from right to left (ISO 15924).
const SCRIPTS: [&str; 13] = [
    "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Syre", "Syrj",
    "Thaa",
];

/// Returns whether a language is written from right to left. The script of the tag counts before the usual one:
/// `az-Arab` is, and `ur-Latn` is not.
pub(crate) fn is_right_to_left(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    // What follows a single letter is an extension (RFC 5646 §2.2.6).
    let mut subtags = subtags.take_while(|subtag| subtag.len() > 1);
    match subtags.find(|subtag| subtag.len() == 4 && !subtag.starts_with(|c: char| c.is_numeric()))
    {
        Some(script) => SCRIPTS.iter().any(|known| known.eq_ignore_ascii_case(script)),
        None => LANGUAGES.contains(&primary),
    }
}

/// Returns the value of `dir` for a part in one language of a page in another; `None` if both are written alike.
pub(crate) fn direction_in(part: &str, page: &str) -> Option<&'static str> {
    match (is_right_to_left(part), is_right_to_left(page)) {
        (true, false) => Some("rtl"),
        (false, true) => Some("ltr"),
        (true, true) | (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_a_tag_counts_before_that_of_its_language() {
        for tag in
            ["ar", "he", "fa", "ur", "yi", "ar-EG", "az-Arab", "ar-Arab-EG", "ckb", "ff-Adlm"]
        {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["de", "en", "az", "ur-Latn", "ar-Latn-EG", "de-1996", "de-x-arab", "arn", "fan"]
        {
            assert!(!is_right_to_left(tag), "{tag}");
        }
        assert_eq!(direction_in("de", "ar"), Some("ltr"));
        assert_eq!(direction_in("ar", "he"), None);
    }
}
