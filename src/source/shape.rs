//! Compares a TOML table with a JSON Schema: reports unknown keys and values of a wrong type, with
//! their places, and takes them out, so that one mistake hides no other.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;
use toml::de::{DeArray, DeTable, DeValue};
use toml::map::Map;

use super::definition::Written;
use super::problem::Problem;
use super::sentence::nearest;

/// What [`check`] found.
#[derive(Debug, Default)]
pub struct Findings {
    pub problems: Vec<(Range<usize>, Problem)>,
    /// Dotted paths of the values that were taken out.
    pub rejected: BTreeSet<String>,
}

/// Checks `table` against `schema` and removes what does not fit.
pub fn check(table: &mut DeTable<'_>, schema: &Value) -> Findings {
    let mut walk = Walk { root: schema, findings: Findings::default() };
    walk.table(table, schema, "");
    walk.findings
}

struct Walk<'s> {
    root: &'s Value,
    findings: Findings,
}

impl Walk<'_> {
    fn table(&mut self, table: &mut DeTable<'_>, schema: &Value, path: &str) {
        let mut kept = Map::new();
        for (key, mut value) in std::mem::take(table) {
            let name = key.get_ref().to_string();
            let key_path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let expected =
                schema["properties"].get(&name).or_else(|| schema.get("additionalProperties"));
            let problem = match expected {
                None => Some((key.span(), self.unknown_key(&name, schema, path))),
                Some(expected) => {
                    let span = value.span();
                    let problem = self.value(value.get_mut(), expected, &key_path);
                    problem.map(|problem| (span, problem))
                }
            };
            match problem {
                None => drop(kept.insert(key, value)),
                Some(problem) => {
                    self.findings.problems.push(problem);
                    self.findings.rejected.insert(key_path);
                }
            }
        }
        *table = kept;
    }

    /// Checks one value and what is in it; a problem is one of the value itself.
    fn value(&mut self, value: &mut DeValue<'_>, schema: &Value, path: &str) -> Option<Problem> {
        let Some(schema) = alternatives(schema).into_iter().find(|schema| fits(value, schema))
        else {
            return Some(Problem::WrongType {
                key: path.to_owned(),
                expected: expected(schema),
                found: found(value),
            });
        };
        match value {
            DeValue::Table(table) => self.table(table, schema, path),
            DeValue::Array(items) => {
                for item in items.iter_mut() {
                    let span = item.span();
                    if let Some(problem) = self.value(item.get_mut(), &schema["items"], path) {
                        self.findings.problems.push((span, problem));
                        self.findings.rejected.insert(path.to_owned());
                    }
                }
                if self.findings.rejected.contains(path) {
                    *items = DeArray::default();
                }
            }
            _ => {}
        }
        None
    }

    fn unknown_key(&self, key: &str, schema: &Value, path: &str) -> Problem {
        if !path.is_empty() && self.root["properties"].get(key).is_some() {
            return Problem::MisplacedKey { key: key.to_owned(), table: path.to_owned() };
        }
        let nearest = nearest(key, &keys(schema)).map(str::to_owned);
        let mut homes = Vec::new();
        find_homes(key, self.root, "", &mut homes);
        // Where several tables have such a key, none of them is the likely one.
        let belongs_to = (homes.len() == 1).then(|| homes.remove(0));
        Problem::UnknownKey { key: key.to_owned(), nearest, belongs_to }
    }
}

/// The paths of all tables below `schema` that have this key; not those of lists.
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

/// The schemas of which a value must fit one; `null` stands for a key that is left out.
fn alternatives(schema: &Value) -> Vec<&Value> {
    match schema["anyOf"].as_array() {
        Some(schemas) => schemas.iter().flat_map(alternatives).collect(),
        None => vec![schema],
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
            let is_small = i64::from_str_radix(number.as_str(), number.radix()).is_ok();
            is_small && (is("integer") || is("number"))
        }
        DeValue::Float(_) => is("number"),
        DeValue::Boolean(_) => is("boolean"),
        DeValue::Datetime(_) => is_date,
        DeValue::Array(_) => is("array"),
        DeValue::Table(_) => is("object"),
    }
}

/// What a schema asks for, as an author would say it.
fn expected(schema: &Value) -> &'static str {
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
