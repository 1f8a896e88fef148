//! Text to definitions: front matter between `+++` lines, TOML, and the check of every key against the schema.

use std::ops::Range;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use toml::de::{DeTable, Deserializer};

use super::schema::{self, Rejected};
use crate::source::diagnostic::{Diagnostic, Problem};
use crate::source::tree::SourceFile;

/// A definition that was read from a file.
#[derive(Debug)]
pub(crate) struct Parsed<T> {
    pub definition: T,
    /// The keys that were taken out because they are unknown or of a wrong type: they are reported already and must not
    /// be called missing.
    pub rejected: Rejected,
    /// Whether the syntax is broken, and the definition holds only what could be read all the same.
    pub is_broken: bool,
}

/// Returns the JSON Schema (draft 2020-12) of a file's definition.
#[must_use]
pub(crate) fn schema_of<T: JsonSchema>() -> Schema {
    // Without references to follow, the check walks table and schema side by side.
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>()
}

/// Reads a TOML file; `None` if its syntax is broken, since what it says of other files would be half of it.
pub(crate) fn toml_file<T>(
    file: &SourceFile,
    schema: &Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed<T>>
where
    T: for<'de> Deserialize<'de>,
{
    parse(file, &file.text, schema, diagnostics).filter(|parsed| !parsed.is_broken)
}

/// Reads an event file as far as that is possible: the definition between the `+++` lines, and the range of its text.
/// The other mistakes of an event are reported beside its broken syntax.
pub(crate) fn event_file<T>(
    file: &SourceFile,
    schema: &Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Parsed<T>, Range<usize>)>
where
    T: for<'de> Deserialize<'de>,
{
    let (keys, body) = match front_matter(&file.text) {
        Ok(parts) => parts,
        Err(problem) => {
            let first_line = 0..file.text.find('\n').unwrap_or(file.text.len());
            diagnostics.push(Diagnostic::new(file, Some(first_line), problem));
            return None;
        }
    };
    // Blanks in the place of what stands before keep every byte at its place: the parser's spans are the file's.
    let padded = " ".repeat(keys.start) + &file.text[keys];
    Some((parse(file, &padded, schema, diagnostics)?, body))
}

/// Returns the ranges of the keys and of the text.
fn front_matter(text: &str) -> Result<(Range<usize>, Range<usize>), Problem> {
    let mut at = 0;
    let mut marks = text.split_inclusive('\n').filter_map(|line| {
        let range = at..at + line.len();
        at = range.end;
        // Blanks behind a mark cannot be seen, so they are no mistake.
        (line.trim_end() == "+++").then_some(range)
    });
    // The first mark is the first line: what stood before it would be lost.
    let opening = marks.next().filter(|mark| mark.start == 0).ok_or(Problem::NoFrontMatter)?;
    let closing = marks.next().ok_or(Problem::UnclosedFrontMatter)?;
    Ok((opening.end..closing.start, closing.end..text.len()))
}

fn parse<T>(
    file: &SourceFile,
    text: &str,
    schema: &Schema,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed<T>>
where
    T: for<'de> Deserialize<'de>,
{
    // The usual parser stops at the first error; this one gives several, and the keys that it could read.
    let (mut table, errors) = DeTable::parse_recoverable(text);
    let is_broken = !errors.is_empty();
    diagnostics.extend(syntax_errors(file, &errors));
    let findings = schema::check(table.get_mut(), schema.as_value());
    diagnostics.extend(
        findings
            .problems
            .into_iter()
            .map(|(span, problem)| Diagnostic::new(file, Some(span), problem)),
    );
    match T::deserialize(Deserializer::from(table)) {
        Ok(definition) => Some(Parsed { definition, rejected: findings.rejected, is_broken }),
        // The syntax error is reported already; this one follows from it.
        Err(_) if is_broken => None,
        Err(error) => {
            let problem = Problem::Syntax { message: error.message().to_owned() };
            diagnostics.push(Diagnostic::new(file, error.span(), problem));
            None
        }
    }
}

/// The number of syntax errors from which on only the first of a line is kept, and the others are counted.
const MANY: usize = 1_000;

/// Returns the syntax errors of a file. One in each line is enough to know what only echoes it.
fn syntax_errors(file: &SourceFile, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
    let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    let (mut kept, mut others, mut before) = (Vec::new(), 0, 0);
    for (number, error) in errors.iter().enumerate() {
        let between = file.text.get(before..start(error));
        before = start(error);
        if number >= MANY && between.is_some_and(|between| !between.contains('\n')) {
            others += 1;
            continue;
        }
        let problem = Problem::Syntax { message: error.message().to_owned() };
        kept.push(Diagnostic::new(file, error.span(), problem));
    }
    if others > 0 {
        kept.push(Diagnostic::new(file, None, Problem::More { errors: others, warnings: 0 }));
    }
    kept
}
