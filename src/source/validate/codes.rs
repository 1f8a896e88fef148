//! Codes of currencies (ISO 4217) and of countries (ISO 3166-1 alpha-2).
//!
//! They are looked up here and not in the model: a record holds what was published, be it with a code that has left its
//! list since.

use std::collections::BTreeSet;

use iso_country::data;

use super::checker::Checker;
use crate::model::{Country, Currency};
use crate::source::diagnostic::{Problem, nearest};
use crate::source::format::Text;

/// Codes of currencies that the euro replaced so long ago that the list no longer has them, and what people write for one.
#[rustfmt::skip]
const BEFORE_THE_EURO: [&str; 20] = [
    "ATS", "BEF", "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GRD", "IEP",
    "ITL", "LTL", "LUF", "LVL", "MTL", "NLG", "PTE", "SIT", "SKK", "DM",
];

/// Codes of ISO 4217 in which nobody pays: funds and units of account, metals, and the codes for tests and for no
/// currency.
#[rustfmt::skip]
const NO_MONEY: [&str; 22] = [
    "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW",
    "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX",
];

/// Names that people write for their country, and that no list of codes has.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("deutschland", "DE"),
    ("frankreich", "FR"),
    ("großbritannien", "GB"),
    ("schweiz", "CH"),
    ("uk", "GB"),
    ("österreich", "AT"),
];

/// Reads the code of a currency.
pub(crate) fn currency(checker: &Checker<'_>, code: &Text) -> Option<Currency> {
    let read = |code: &str| Some(code).filter(|code| is_money(code)).and_then(Currency::new);
    checker.checked(code, read, |written| Problem::UnknownCurrency {
        code: written.to_owned(),
        nearest: checker.suggestion(|| meant_currency(written)),
    })
}

fn is_money(code: &str) -> bool {
    !NO_MONEY.contains(&code) && iso_currency::Currency::from_code(code).is_some()
}

/// Reads the code of a country. Kosovo has none in the standard; all the world writes `XK`, which the standard leaves to
/// its users.
pub(crate) fn country(checker: &Checker<'_>, code: &Text) -> Option<Country> {
    let is_known = |code: &str| code == "XK" || code.parse::<iso_country::Country>().is_ok();
    let read = |code: &str| Some(code).filter(|code| is_known(code)).and_then(Country::new);
    checker.checked(code, read, |written| Problem::UnknownCountry {
        code: written.to_owned(),
        nearest: checker.suggestion(|| meant_country(written)),
    })
}

/// Returns the code of the currency that was probably meant: one in small letters, a symbol, or one with
/// a slip of the pen.
fn meant_currency(written: &str) -> Option<String> {
    let capitals = written.trim().to_uppercase();
    if BEFORE_THE_EURO.contains(&&*capitals) {
        return Some("EUR".to_owned());
    }
    let countries = data::all().into_iter().filter_map(|country| country.alpha2.parse().ok());
    let used: BTreeSet<_> = countries.flat_map(iso_currency::Currency::from_country).collect();
    let mut of_symbol = used.iter().filter(|currency| currency.symbol().symbol == written.trim());
    if let (Some(currency), None) = (of_symbol.next(), of_symbol.next()) {
        return Some(currency.code().to_owned());
    }
    let codes: Vec<&str> = used.iter().map(iso_currency::Currency::code).collect();
    nearest(&capitals, &codes).map(str::to_owned)
}

/// Returns the code of the country that was probably meant: one in small letters, one of three letters, or a name.
fn meant_country(written: &str) -> Option<String> {
    let small = written.trim().to_lowercase();
    let countries = data::all();
    let is_code = |code: &str| code.eq_ignore_ascii_case(&small);
    let of_code = countries.iter().find(|one| is_code(one.alpha2) || is_code(one.alpha3));
    let names: Vec<&str> = countries.iter().map(|country| country.name).collect();
    let of_other_name = || OTHER_NAMES.iter().find(|(name, _)| *name == small).map(|(_, to)| *to);
    let of_name = || {
        let name = nearest(&small, &names)?;
        countries.iter().find(|country| country.name == name).map(|country| country.alpha2)
    };
    let of_code = of_code.map(|country| country.alpha2);
    of_code.or_else(of_other_name).or_else(of_name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_countries_is_that_of_the_standard() {
        let codes: BTreeSet<&str> = data::all().iter().map(|country| country.alpha2).collect();
        assert_eq!(codes.len(), 249);
        // The newest ones, and those that left.
        assert!(["SS", "CW", "BQ", "SX", "BL", "ME", "RS"].iter().all(|code| codes.contains(code)));
        assert!(
            ["AN", "CS", "YU", "DD", "SU", "ZR", "UK", "EU"]
                .iter()
                .all(|code| !codes.contains(code))
        );
        assert!(codes.iter().all(|code| code.parse::<iso_country::Country>().is_ok()));
    }

    #[test]
    fn the_list_of_currencies_is_of_today() {
        let is_known = |code: &&str| is_money(code);
        // The newest ones: Curaçao, Zimbabwe, Sierra Leone, Venezuela, Mauritania, Belarus.
        assert!(
            ["EUR", "CHF", "XCG", "ZWG", "SLE", "VED", "VES", "MRU", "BYN"].iter().all(is_known)
        );
        assert!(
            !["DEM", "ANG", "XYZ", "EURO", "eur", "XXX", "XAU", "CHE", ""].iter().any(is_known)
        );
        assert!(!BEFORE_THE_EURO.iter().any(is_known));
    }

    #[test]
    fn the_code_that_was_meant_is_found() {
        let currencies = [
            ("eur", Some("EUR")),
            ("Euro", Some("EUR")),
            ("€", Some("EUR")),
            ("DEM", Some("EUR")),
            ("FRF", Some("EUR")),
            ("EUT", Some("EUR")),
            ("zł", Some("PLN")),
            ("XQJ", None),
        ];
        for (written, meant) in currencies {
            assert_eq!(meant_currency(written).as_deref(), meant, "{written}");
        }
        let countries = [
            ("de", Some("DE")),
            ("DEU", Some("DE")),
            ("Deutschland", Some("DE")),
            ("Germany", Some("DE")),
            ("Germny", Some("DE")),
            ("Österreich", Some("AT")),
            ("UK", Some("GB")),
            ("XX", None),
        ];
        for (written, meant) in countries {
            assert_eq!(meant_country(written).as_deref(), meant, "{written}");
        }
    }
}
