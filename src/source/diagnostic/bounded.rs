//! How many problems of a file are kept: a report of thousands helps nobody, and each of them costs time and memory.

use std::sync::Arc;

use super::lines::Lines;
use super::{Diagnostic, Problem, Severity};

/// The most problems of one file that are kept and shown; the others are counted.
pub(crate) const MAX_PROBLEMS: usize = 20;

/// Drops what only echoes broken syntax, sorts by path and place, and keeps the first problems of each file.
pub(crate) fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    // The sort is stable: problems at one place stay in the order in which they were found.
    diagnostics.sort_by(|a, b| a.path().cmp(b.path()).then_with(|| a.at().cmp(&b.at())));
    let mut kept = Vec::with_capacity(diagnostics.len().min(1024));
    let mut rest = std::mem::take(diagnostics).into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut file = vec![first];
        while let Some(next) = rest.next_if(|next| next.path() == file[0].path()) {
            file.push(next);
        }
        drop_echoes(&mut file);
        keep_first(&mut file);
        kept.append(&mut file);
    }
    *diagnostics = kept;
}

/// Drops diagnostics of one file that only echo broken syntax: missing keys (the parser may have passed over them), and
/// further problems in the broken line.
fn drop_echoes(file: &mut Vec<Diagnostic>) {
    let is_syntax = |one: &Diagnostic| matches!(one.problem, Problem::Syntax { .. });
    let Some(broken) = file.iter().find(|one| is_syntax(one)) else { return };
    let text = Arc::clone(&broken.file.text);
    let lines = Lines::of(&text);
    let line = |one: &Diagnostic| one.span.as_ref().map(|span| lines.number(span.start));
    // They are sorted by place, and so these are sorted by line.
    let broken: Vec<_> = file.iter().filter(|one| is_syntax(one)).map(line).collect();
    file.retain(|one| {
        let is_missing = matches!(one.problem, Problem::MissingKey { .. } | Problem::NoPlace);
        // Of several syntax errors in one line, none is the echo of another.
        is_syntax(one) || !(is_missing || broken.binary_search(&line(one)).is_ok())
    });
}

/// Keeps the first problems of one file, errors before warnings, since errors keep the file back; the others are
/// counted in a last one.
fn keep_first(file: &mut Vec<Diagnostic>) {
    if file.len() <= MAX_PROBLEMS {
        return;
    }
    let is_count = |one: &Diagnostic| matches!(one.problem, Problem::More { .. });
    let is_error = |one: &Diagnostic| !is_count(one) && one.problem.severity() == Severity::Error;
    let errors = file.iter().filter(|one| is_error(one)).count().min(MAX_PROBLEMS);
    let (mut room_for_errors, mut room_for_warnings) = (errors, MAX_PROBLEMS - errors);
    let (mut errors, mut warnings) = (0, 0);
    let place = file[0].clone();
    file.retain(|one| {
        if let Problem::More { errors: others, warnings: further } = one.problem {
            (errors, warnings) = (errors + others, warnings + further);
            return false;
        }
        let (room, count) = match one.problem.severity() {
            Severity::Error => (&mut room_for_errors, &mut errors),
            Severity::Warning => (&mut room_for_warnings, &mut warnings),
        };
        let is_kept = *room > 0;
        (*room, *count) = (*room - usize::from(is_kept), *count + usize::from(!is_kept));
        is_kept
    });
    let problem = Problem::More { errors, warnings };
    file.push(Diagnostic { problem, span: None, ..place });
}
