//! The content lines of calendars.

use super::Site;

impl Site {
    /// Returns the unfolded content lines of a calendar.
    pub(crate) fn lines(&self, path: &str) -> Vec<String> {
        let calendar = self.get(path).body.replace("\r\n ", "");
        calendar.split_terminator("\r\n").map(str::to_owned).collect()
    }

    /// Returns, for each VEVENT of a calendar, the content lines with one of these names.
    pub(crate) fn entries(&self, path: &str, names: &[&str]) -> Vec<Vec<String>> {
        let mut entries = Vec::new();
        let mut is_event = false;
        for line in self.lines(path) {
            if line == "BEGIN:VEVENT" {
                entries.push(Vec::new());
                is_event = true;
            }
            if let Some(entry) =
                entries.last_mut().filter(|_| is_event && names.contains(&name(&line)))
            {
                entry.push(line);
            }
        }
        entries
    }

    /// Returns the values of these properties of the first VEVENT; one that it does not have is empty.
    pub(crate) fn values(&self, path: &str, names: &[&str]) -> Vec<String> {
        let entries = self.entries(path, names);
        let lines = entries.first().expect("an event");
        let value = |wanted: &&str| {
            let line = lines.iter().find(|line| name(line) == *wanted);
            line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value).to_owned()
        };
        names.iter().map(value).collect()
    }
}

/// Returns the name of a content line, before its parameters and its value.
fn name(line: &str) -> &str {
    line.split([':', ';']).next().unwrap_or_default()
}
