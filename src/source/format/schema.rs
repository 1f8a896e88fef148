//! The check of a TOML table against a JSON Schema: it reports unknown keys and values of a wrong type with their
//! places, and takes them out, so that one mistake hides no other.
//!
//! It covers the few words of JSON Schema that our types make (`type`, `properties`, `additionalProperties`, `items`,
//! `anyOf`, `format`) and keeps the places in the file.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde_json::Value;
use toml::de::{DeArray, DeTable, DeValue};

use super::Written;
use crate::source::diagnostic::{self, MAX_PROBLEMS, Problem};

/// The most entries of a list: no event needs as many, and each of them costs time when others are checked and
/// published.
const MAX_ITEMS: usize = 1_000;

/// The most bytes of a key that a message shows.
const MAX_KEY: usize = 100;

/// The mistakes that [`check`] found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub problems: Vec<(Range<usize>, Problem)>,
    pub rejected: Rejected,
}

/// The keys of the values that were taken out.
#[derive(Debug, Default)]
pub(crate) struct Rejected {
    /// The keys of the file itself.
    top: BTreeSet<String>,
    /// The keys of tables: any table counts that lost a key of this name.
    below: BTreeSet<String>,
}

impl Rejected {
    fn insert(&mut self, path: &Path<'_>) {
        match path {
            Path::Root => false,
            Path::Below(Path::Root, key) => self.top.insert((*key).to_owned()),
            Path::Below(_, key) => self.below.insert((*key).to_owned()),
        };
    }

    /// Returns whether the file itself lost this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.top.contains(key)
    }

    /// Returns whether a table lost this key.
    pub(crate) fn has_below(&self, key: &str) -> bool {
        self.below.contains(key)
    }

    /// Returns the keys that the file itself lost.
    pub(crate) fn top(&self) -> impl Iterator<Item = &String> {
        self.top.iter()
    }
}

/// Checks `table` against `schema` and removes what does not fit.
pub(crate) fn check(table: &mut DeTable<'_>, schema: &Value) -> Findings {
    let mut walk = Walk { root: schema, findings: Findings::default(), unknown: Vec::new() };
    walk.table(table, schema, &Path::Root);
    walk.suggest();
    walk.findings
}

/// The path of a value in its file: a list on the stack, which becomes a text only for a mistake.
enum Path<'a> {
    Root,
    Below(&'a Self, &'a str),
}

/// Writes the keys, parted by dots. Each of many mistakes in a table has its path, so a long key is cut.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |key: &'_ str| key.floor_char_boundary(MAX_KEY);
        match self {
            Self::Root => Ok(()),
            Self::Below(Self::Root, key) => f.write_str(&key[..short(key)]),
            Self::Below(table, key) => write!(f, "{table}.{}", &key[..short(key)]),
        }
    }
}

struct Walk<'s> {
    root: &'s Value,
    findings: Findings,
    /// The unknown keys among the problems, by index, with the schema of the table that they are in.
    unknown: Vec<(usize, &'s Value)>,
}

impl<'s> Walk<'s> {
    fn table(&mut self, table: &mut DeTable<'_>, schema: &'s Value, path: &Path<'_>) {
        let mut unfit = Vec::new();
        for (key, value) in table.iter_mut() {
            let name: &str = key.get_ref();
            // Tables whose keys are names, such as those of venues, have `additionalProperties` instead of fixed keys.
            let expected =
                schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
            let own_path = Path::Below(path, name);
            let problem = match expected {
                None => Some((key.span(), self.unknown_key(name, schema, path))),
                Some(expected) => {
                    let span = value.span();
                    let problem = self.value(value.get_mut(), expected, &own_path);
                    problem.map(|problem| (span, problem))
                }
            };
            if let Some(problem) = problem {
                self.reject(problem, &own_path);
                unfit.push(name.to_owned());
            }
        }
        // A table cannot lose keys while it is walked.
        for name in unfit {
            table.remove(name.as_str());
        }
    }

    fn reject(&mut self, problem: (Range<usize>, Problem), path: &Path<'_>) {
        self.findings.problems.push(problem);
        self.findings.rejected.insert(path);
    }

    /// Checks one value and what is in it; the problem that is returned is one of the value itself.
    fn value(
        &mut self,
        value: &mut DeValue<'_>,
        schema: &'s Value,
        path: &Path<'_>,
    ) -> Option<Problem> {
        let Some(schema) = fitting(value, schema) else {
            return Some(Problem::WrongType {
                key: path.to_string(),
                expected: expected(schema),
                found: found(value),
            });
        };
        match value {
            DeValue::Table(table) => self.table(table, schema, path),
            DeValue::Array(items) if items.len() > MAX_ITEMS => {
                let (key, count) = (path.to_string(), items.len());
                return Some(Problem::TooManyItems { key, count, limit: MAX_ITEMS });
            }
            DeValue::Array(items) => {
                let mut all_fit = true;
                for item in items.iter_mut() {
                    let span = item.span();
                    if let Some(problem) = self.value(item.get_mut(), &schema["items"], path) {
                        self.reject((span, problem), path);
                        all_fit = false;
                    }
                }
                // The deserializer would stop at the item of a wrong type, and report it a second time.
                if !all_fit {
                    *items = DeArray::default();
                }
            }
            _ => {}
        }
        None
    }

    fn unknown_key(&mut self, key: &str, schema: &'s Value, path: &Path<'_>) -> Problem {
        let is_below = !matches!(path, Path::Root);
        // In TOML every key below a `[table]` belongs to it, and authors like to add keys at the end of a file.
        if is_below && self.root["properties"].get(key).is_some() {
            return Problem::MisplacedKey { key: key.to_owned(), table: path.to_string() };
        }
        self.unknown.push((self.findings.problems.len(), schema));
        Problem::UnknownKey { key: key.to_owned(), nearest: None, belongs_to: None }
    }

    /// Adds what was probably meant to the unknown keys that are shown: the first ones of the file.
    fn suggest(&mut self) {
        let problems = &mut self.findings.problems;
        self.unknown.sort_by_key(|(at, _)| problems[*at].0.start);
        for (at, schema) in self.unknown.iter().take(MAX_PROBLEMS) {
            let (_, Problem::UnknownKey { key, nearest, belongs_to }) = &mut problems[*at] else {
                continue;
            };
            *nearest = diagnostic::nearest(key, &keys(schema)).map(str::to_owned);
            let mut homes = Vec::new();
            find_homes(key, self.root, "", &mut homes);
            // If several tables have such a key, none of them is the likely one.
            *belongs_to = (homes.len() == 1).then(|| homes.remove(0));
        }
    }
}

/// Adds the paths of all tables below `schema` that have this key to `homes`; tables in lists are left out.
fn find_homes(key: &str, schema: &Value, path: &str, homes: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        for table in alternatives(property).into_iter().filter(|one| one["properties"].is_object())
        {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if keys(table).contains(&key) {
                homes.push(path.clone());
            }
            find_homes(key, table, &path, homes);
        }
    }
}

fn keys(schema: &Value) -> Vec<&str> {
    let properties = schema["properties"].as_object();
    properties.map(|keys| keys.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// Returns the schemas of which a value must fit one; `null` stands for a key that is left out.
fn alternatives(schema: &Value) -> Vec<&Value> {
    match schema["anyOf"].as_array() {
        Some(schemas) => schemas.iter().flat_map(alternatives).collect(),
        None => vec![schema],
    }
}

/// Returns the first alternative that a value fits.
fn fitting<'s>(value: &DeValue<'_>, schema: &'s Value) -> Option<&'s Value> {
    match schema["anyOf"].as_array() {
        Some(schemas) => schemas.iter().find_map(|schema| fitting(value, schema)),
        None => fits(value, schema).then_some(schema),
    }
}

fn fits(value: &DeValue<'_>, schema: &Value) -> bool {
    let is_date = schema["format"] == Written::FORMAT;
    let is = |name: &str| match &schema["type"] {
        Value::Array(names) => names.iter().any(|one| one == name),
        one => one == name,
    };
    match value {
        DeValue::String(_) => is("string") && !is_date,
        DeValue::Integer(number) => {
            // TOML allows integers of any length; the fields hold 64 bits.
            let is_small = i64::from_str_radix(number.as_str(), number.radix()).is_ok();
            // A price may be written as `49`.
            is_small && (is("integer") || is("number"))
        }
        DeValue::Float(_) => is("number"),
        DeValue::Boolean(_) => is("boolean"),
        DeValue::Datetime(_) => is_date,
        DeValue::Array(_) => is("array"),
        DeValue::Table(_) => is("object"),
    }
}

/// Returns the value that a schema asks for, as an author would call it.
fn expected(schema: &Value) -> &'static str {
    // `OneOrMany` and `KeyOrTable` begin with a text.
    if alternatives(schema).len() > 1 && schema["anyOf"][0]["type"] == "string" {
        let is_list = schema["anyOf"][1]["type"] == "array";
        return if is_list {
            "text or a list of texts"
        } else {
            "a key in quotation marks, or a table"
        };
    }
    let schema = alternatives(schema)[0];
    if schema["format"] == Written::FORMAT {
        return "a date or time";
    }
    // The type of an optional text is a list: `["string", "null"]`.
    let name = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match name {
        Some("string") => "text",
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("boolean") => "true or false",
        Some("array") => "a list",
        _ => "a table",
    }
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(_) => "a whole number",
            Err(_) => "a number that is too large",
        },
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
